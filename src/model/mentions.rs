//! The one list of fields that refer to an actor. Checking, renaming, deleting, copying and merging
//! use these functions, so a new field of this kind is added only here.

use super::{Actor, ActorId, Evidence, Relation};

/// A field that refers to an actor.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MentionKey {
    From,
    To,
    AssertedBy,
    ContestedBy,
    PartOf,
    /// The speaker of the excerpt at this position of `evidence`.
    Speaker(usize),
}

impl MentionKey {
    /// The key in the file: `asserted_by`.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::From => "from",
            Self::To => "to",
            Self::AssertedBy => "asserted_by",
            Self::ContestedBy => "contested_by",
            Self::PartOf => "part_of",
            Self::Speaker(_) => "speaker",
        }
    }
}

impl Actor {
    /// Every actor that a field of this actor refers to. Its own id is not a mention.
    pub fn mentions(&self) -> impl Iterator<Item = (MentionKey, &ActorId)> {
        let whole = self.part_of.as_deref().map(|id| (MentionKey::PartOf, id));
        whole.into_iter().chain(speakers(&self.evidence))
    }

    /// Mutable references to the same ids.
    pub fn mentions_mut(&mut self) -> impl Iterator<Item = &mut ActorId> {
        self.optional_mentions_mut().filter_map(|field| field.as_deref_mut())
    }

    /// The optional fields that refer to an actor. For an actor, all of them are optional.
    pub fn optional_mentions_mut(&mut self) -> impl Iterator<Item = &mut Option<Box<ActorId>>> {
        let speakers = self.evidence.iter_mut().map(|excerpt| &mut excerpt.speaker);
        std::iter::once(&mut self.part_of).chain(speakers)
    }
}

impl Relation {
    /// Every actor that a field of this relation refers to, its two ends first.
    pub fn mentions(&self) -> impl Iterator<Item = (MentionKey, &ActorId)> {
        let ends = [(MentionKey::From, &self.from), (MentionKey::To, &self.to)];
        let claims = [
            (MentionKey::AssertedBy, self.asserted_by.as_deref()),
            (MentionKey::ContestedBy, self.contested_by.as_deref()),
        ];
        let claims = claims.into_iter().filter_map(|(key, id)| Some((key, id?)));
        ends.into_iter().chain(claims).chain(speakers(&self.evidence))
    }

    /// Mutable references to the same ids.
    pub fn mentions_mut(&mut self) -> impl Iterator<Item = &mut ActorId> {
        let claims = [&mut self.asserted_by, &mut self.contested_by].into_iter();
        let speakers = self.evidence.iter_mut().map(|excerpt| &mut excerpt.speaker);
        let optional = claims.chain(speakers).filter_map(|field| field.as_deref_mut());
        [&mut self.from, &mut self.to].into_iter().chain(optional)
    }

    /// The optional fields that refer to an actor: all except the two ends.
    pub fn optional_mentions_mut(&mut self) -> impl Iterator<Item = &mut Option<Box<ActorId>>> {
        let speakers = self.evidence.iter_mut().map(|excerpt| &mut excerpt.speaker);
        [&mut self.asserted_by, &mut self.contested_by].into_iter().chain(speakers)
    }
}

fn speakers(evidence: &[Evidence]) -> impl Iterator<Item = (MentionKey, &ActorId)> {
    evidence.iter().enumerate().filter_map(|(number, excerpt)| {
        Some((MentionKey::Speaker(number), excerpt.speaker.as_deref()?))
    })
}
