//! Converts indices to elements.

use crate::model::{ActorIndex, Element, RelationIndex};
use crate::ui::workspace::Workspace;

/// The actor at an index.
pub(super) fn actor_at(workspace: &Workspace<'_>, actor: ActorIndex) -> Option<Element> {
    let actor = workspace.document.map().actors.get(actor)?;
    Some(Element::Actor(actor.id.clone()))
}

/// The tie at an index.
pub(super) fn tie_at(workspace: &Workspace<'_>, tie: RelationIndex) -> Option<Element> {
    let tie = workspace.document.map().relations.get(tie)?;
    Some(Element::Relation(tie.id.clone()))
}
