//! Ids for new elements. No other module creates ids.

use std::collections::HashSet;
use std::fmt::Display;
use std::hash::Hash;

use ecow::EcoString;

use crate::model::query::Index;
use crate::model::{ActorId, Map, NoteId, RelationId, SourceId, StepId};

/// Creates ids that are not used in the map: `a3`, or `a3-k7f` with a tag.
///
/// The tag differs between windows, so that two people who edit the same file at the same time do
/// not create the same id.
#[derive(Clone, Copy, Debug)]
pub struct NewIds<'a> {
    pub(super) index: &'a Index,
    pub(super) tag: &'a EcoString,
}

/// `wanted` if it is not taken yet, else with a number: `x-2`, or `x-2-k7f` with a tag. Takes it.
pub(super) fn free_like<Id>(wanted: &Id, taken: &mut HashSet<Id>, tag: &EcoString) -> Id
where
    Id: Clone + Eq + Hash + From<String> + Display,
{
    let tail = if tag.is_empty() { String::new() } else { format!("-{tag}") };
    let mut id = wanted.clone();
    let mut copy = 2;
    while !taken.insert(id.clone()) {
        id = Id::from(format!("{wanted}-{copy}{tail}"));
        copy += 1;
    }
    id
}

impl NewIds<'_> {
    /// An id for a new actor.
    #[must_use]
    pub fn actor(self) -> ActorId {
        self.free("a", |id| self.index.actor(id).is_some())
    }

    /// Ids for several new actors.
    #[must_use]
    pub fn actors(self, count: usize) -> Vec<ActorId> {
        let is_free = |id: &ActorId| self.index.actor(id).is_none();
        self.ids("a").filter(is_free).take(count).collect()
    }

    /// An id for a new relation.
    #[must_use]
    pub fn relation(self) -> RelationId {
        self.free("r", |id| self.index.relation(id).is_some())
    }

    /// An id for a new source.
    #[must_use]
    pub fn source(self) -> SourceId {
        self.free("s", |id| self.index.source(id).is_some())
    }

    /// Ids for several new sources.
    #[must_use]
    pub fn sources(self, count: usize) -> Vec<SourceId> {
        let is_free = |id: &SourceId| self.index.source(id).is_none();
        self.ids("s").filter(is_free).take(count).collect()
    }

    /// An id for a new note.
    #[must_use]
    pub fn note(self) -> NoteId {
        self.free("n", |id| self.index.note(id).is_some())
    }

    /// An id for a new step of the briefing of `map`.
    #[must_use]
    pub fn step(self, map: &Map) -> StepId {
        self.free("p", |id| map.steps.iter().any(|step| step.id == *id))
    }

    fn free<Id: From<String> + Default>(self, stem: &str, is_taken: impl Fn(&Id) -> bool) -> Id {
        self.ids(stem).find(|id| !is_taken(id)).unwrap_or_default()
    }

    /// `a1`, `a2`, … or `a1-k7f`, `a2-k7f`, …
    fn ids<Id: From<String>>(self, stem: &str) -> impl Iterator<Item = Id> {
        let tail = if self.tag.is_empty() { String::new() } else { format!("-{}", self.tag) };
        (1..=u64::MAX).map(move |number| Id::from(format!("{stem}{number}{tail}")))
    }
}

/// `id-2`, `id-3`, …: candidates for an element whose own id is taken.
pub(super) fn numbered(id: &str) -> impl Iterator<Item = String> {
    (2..=u64::MAX).map(move |number| format!("{id}-{number}"))
}
