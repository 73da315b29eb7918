//! Typed indices, so that an actor's index cannot be used in the list of relations.
//!
//! An index is valid for one version of a map: deleting or moving an element shifts those after it.

use serde::{Deserialize, Serialize};
use typed_index_collections::{TiSlice, TiVec};

macro_rules! index {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
        #[derive(Serialize, Deserialize)]
        #[serde(from = "usize", into = "usize")]
        pub struct $name(u32);

        impl From<usize> for $name {
            fn from(index: usize) -> Self {
                // A list of more than 2³² elements does not fit in memory; the largest index is
                // beyond the end of every list.
                Self(u32::try_from(index).unwrap_or(u32::MAX))
            }
        }

        impl From<$name> for usize {
            fn from(index: $name) -> Self {
                index.0 as usize
            }
        }

        impl $name {
            /// The index as a number, for lists that are not typed.
            #[must_use]
            pub fn get(self) -> usize {
                self.0 as usize
            }
        }
    };
}

index!(
    /// Index of an actor in `map.actors`, and in every list with one entry per actor.
    ActorIndex
);
index!(
    /// Index of a relation in `map.relations`, and in every list with one entry per relation.
    RelationIndex
);
index!(
    /// Index of a source in `map.sources`.
    SourceIndex
);
index!(
    /// Index of a note in `map.notes`.
    NoteIndex
);
index!(
    /// Index of a line that is drawn for one or more ties.
    LineIndex
);

/// A list with one entry per actor, in the order of `map.actors`.
pub type PerActor<T> = TiVec<ActorIndex, T>;
/// A borrowed list with one entry per actor.
pub type PerActorSlice<T> = TiSlice<ActorIndex, T>;
/// A list with one entry per relation, in the order of `map.relations`.
pub type PerRelation<T> = TiVec<RelationIndex, T>;
/// A borrowed list with one entry per relation.
pub type PerRelationSlice<T> = TiSlice<RelationIndex, T>;
/// A list with one entry per source, in the order of `map.sources`.
pub type PerSource<T> = TiVec<SourceIndex, T>;
/// A list with one entry per note, in the order of `map.notes`.
pub type PerNote<T> = TiVec<NoteIndex, T>;
/// A list with one entry per line that is drawn.
pub type PerLine<T> = TiVec<LineIndex, T>;
