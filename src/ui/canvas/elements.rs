//! Converts indices in the map's lists to elements.

use crate::model::Element;
use crate::ui::workspace::Workspace;

/// The actor at an index of `map.actors`.
pub(super) fn actor_at(workspace: &Workspace<'_>, actor: usize) -> Option<Element> {
    let actor = workspace.document.map().actors.get(actor)?;
    Some(Element::Actor(actor.id.clone()))
}

/// The tie at an index of `map.relations`.
pub(super) fn tie_at(workspace: &Workspace<'_>, tie: usize) -> Option<Element> {
    let tie = workspace.document.map().relations.get(tie)?;
    Some(Element::Relation(tie.id.clone()))
}
