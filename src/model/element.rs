//! An actor or a relation, by id.

use super::{ActorId, RelationId};

/// An actor or a relation. Both can be selected and can have excerpts.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Element {
    Actor(ActorId),
    Relation(RelationId),
}

impl Element {
    /// The id of the actor or relation.
    #[must_use]
    pub fn id(&self) -> &str {
        match self {
            Self::Actor(id) => id.as_str(),
            Self::Relation(id) => id.as_str(),
        }
    }
}
