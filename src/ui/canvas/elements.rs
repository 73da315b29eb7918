//! Converts indices to elements.

use crate::edit::Selection;
use crate::model::{ActorIndex, Element, LineIndex};
use crate::ui::workspace::Workspace;

/// The actor at an index.
pub(super) fn actor_at(workspace: &Workspace<'_>, actor: ActorIndex) -> Option<Element> {
    let actor = workspace.document.map().actors.get(actor)?;
    Some(Element::Actor(actor.id.clone()))
}

/// The ties of a line.
pub(super) fn ties_of(workspace: &Workspace<'_>, line: LineIndex) -> Selection {
    let relations = &workspace.document.map().relations;
    let ties = workspace.shown.lines().ties(line).iter().filter_map(|tie| relations.get(*tie));
    let ties: Vec<Element> = ties.map(|tie| Element::Relation(tie.id.clone())).collect();
    match <[Element; 1]>::try_from(ties) {
        Ok([tie]) => Selection::of(tie),
        Err(ties) => ties.into_iter().collect(),
    }
}
