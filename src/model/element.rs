//! An actor, a relation or a note, by id.

use super::{ActorId, NoteId, RelationId};

/// An actor, a relation or a note. All can be selected; actors and relations can have excerpts.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Element {
    Actor(ActorId),
    Relation(RelationId),
    Note(NoteId),
}

impl Element {
    /// The id of the actor, if it is one.
    #[must_use]
    pub fn actor(&self) -> Option<&ActorId> {
        if let Self::Actor(id) = self { Some(id) } else { None }
    }

    /// The id of the relation, if it is one.
    #[must_use]
    pub fn relation(&self) -> Option<&RelationId> {
        if let Self::Relation(id) = self { Some(id) } else { None }
    }

    /// The id of the actor, relation or note.
    #[must_use]
    pub fn id(&self) -> &str {
        match self {
            Self::Actor(id) => id.as_str(),
            Self::Relation(id) => id.as_str(),
            Self::Note(id) => id.as_str(),
        }
    }
}
