//! What is known of a text when a passage of it is coded: sentences, names and earlier ties.

use std::ops::Range;

use super::allusion::Allusions;
use super::head::is_about;
use super::mention::Mention;
use super::names::{Proposal, proposals};
use super::sentence::{sentences, trimmed};
use super::{Segment, SourceText};
use crate::model::ActorIndex;

/// An actor of the map, or a name in the text that no actor has yet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Candidate {
    Known(ActorIndex),
    /// The index of a proposal.
    Proposed(usize),
}

/// What a text consists of, for reading it sentence by sentence.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Outline {
    /// All sentences, in order.
    pub sentences: Vec<Range<usize>>,
    /// The names that no actor has, most frequent first.
    pub proposals: Vec<Proposal>,
}

impl Outline {
    /// Reads a text in which actors are named at `mentions`.
    #[must_use]
    pub fn of(text: &SourceText, segments: &[Segment], mentions: &[Mention]) -> Self {
        Self {
            sentences: sentences(text, segments),
            proposals: proposals(text, segments, mentions),
        }
    }
}

/// An excerpt of a tie, and both ends of the tie.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Coded {
    pub range: Range<usize>,
    pub from: ActorIndex,
    pub to: ActorIndex,
}

/// A text, and where actors and other names stand in it.
#[derive(Clone, Copy)]
pub struct Named<'a> {
    pub text: &'a SourceText,
    pub segments: &'a [Segment],
    pub mentions: &'a [Mention],
    pub outline: &'a Outline,
    pub allusions: &'a Allusions,
    /// The excerpts of ties in this text.
    pub coded: &'a [Coded],
    /// The actors of the last ties, latest first.
    pub recent: &'a [ActorIndex],
}

/// A place where a name stands, in scalar values of the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    pub range: Range<usize>,
    pub candidate: Candidate,
}

impl Named<'_> {
    /// The passage, extended to whole sentences.
    #[must_use]
    pub fn sentence_around(&self, passage: &Range<usize>) -> Range<usize> {
        let touching = self
            .outline
            .sentences
            .iter()
            .filter(|one| one.start < passage.end && one.end > passage.start)
            .fold(passage.clone(), |whole, one| whole.start.min(one.start)..whole.end.max(one.end));
        trimmed(self.text, &touching)
    }

    /// Every name within a range, in order.
    #[must_use]
    pub fn places(&self, range: &Range<usize>) -> Vec<Place> {
        let first = self.mentions.partition_point(|mention| mention.range.end <= range.start);
        let known = self.mentions.get(first..).unwrap_or_default().iter();
        let mut places: Vec<Place> = known
            .take_while(|mention| mention.range.start < range.end)
            .map(|mention| Place {
                range: mention.range.clone(),
                candidate: Candidate::Known(mention.actor),
            })
            .collect();
        for (number, proposal) in self.outline.proposals.iter().enumerate() {
            let inside = proposal
                .places
                .iter()
                .filter(|place| place.start < range.end && place.end > range.start);
            let candidate = Candidate::Proposed(number);
            places.extend(inside.map(|place| Place { range: place.clone(), candidate }));
        }
        places.sort_by_key(|place| place.range.start);
        places
    }

    /// True for the title, the byline and the date, which are seldom coded.
    fn is_in_head(&self, range: &Range<usize>) -> bool {
        let at = self.segments.partition_point(|segment| segment.range.end <= range.start);
        self.segments.get(at).is_some_and(|one| one.label == "T" || is_about(&one.label))
    }

    /// The next sentence from a position on (or the last one before it) that names at least one
    /// actor or other name.
    #[must_use]
    pub fn naming_sentence(&self, from: usize, is_forward: bool) -> Option<Range<usize>> {
        let names = |one: &&Range<usize>| !self.is_in_head(one) && !self.places(one).is_empty();
        if is_forward {
            self.outline.sentences.iter().filter(|one| one.start >= from).find(names).cloned()
        } else {
            self.outline.sentences.iter().rev().filter(|one| one.end <= from).find(names).cloned()
        }
    }
}
