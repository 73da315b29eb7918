//! The actors that the tie of a passage probably connects, best first: a choice for the coder.

use std::ops::Range;

use super::allusion::Allusions;
use super::head::is_about;
use super::mention::Mention;
use super::names::{Proposal, proposals};
use super::sentence::{sentences, trimmed};
use super::{Segment, SourceText};
use crate::model::query::Index;
use crate::model::{Actor, ActorIndex, Map};

/// An actor of the map, or a name in the text that no actor has yet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Candidate {
    Known(ActorIndex),
    /// The index of a proposal.
    Proposed(usize),
}

/// The candidates for both ends of a tie, best first.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Ends {
    pub from: Vec<Candidate>,
    pub to: Vec<Candidate>,
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

/// The scores of one candidate for each end.
struct Scored {
    candidate: Candidate,
    from: f32,
    to: f32,
}

/// A place where a name stands, in scalar values of the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    pub range: Range<usize>,
    pub candidate: Candidate,
}

// What is added to the score of an actor. Tried on the bundled map: the right actors are among the
// first three for each end in 43 of its 57 coded passages. Higher values for one help others less.

/// Named in the passage, in its sentences, in its paragraph.
const NAMED: [f32; 3] = [6.0, 4.5, 0.3];
/// Recalled there.
const RECALLED: [f32; 3] = [7.0, 2.5, 0.4];
/// At one end of a tie that has an excerpt in the sentences, in the paragraph.
const CODED: [f32; 2] = [1.5, 0.3];
/// At one end of the last tie; the actors before have this share of it, and so on.
const RECENT: f32 = 5.5;
const RECENT_SHARE: f32 = 0.4;
/// The first name, as the actor that does something.
const FIRST: f32 = 1.5;
/// Named before the passage, as the actor that does something.
const BEFORE: f32 = 3.0;
/// Named after “by”, as the actor that does something.
const BY: f32 = 6.0;
/// Named after the start of the passage, as the other actor.
const AFTER: f32 = 0.6;
/// For a part of an actor, this share of the score of the whole.
const PART: f32 = 0.1;
/// Named in the paragraph before.
const EARLIER: f32 = 0.4;

impl Named<'_> {
    /// The candidates for the ends of the tie that a passage supports. Both lists have the same
    /// candidates, in different order.
    #[must_use]
    pub fn ends(&self, passage: &Range<usize>, map: &Map, index: &Index) -> Ends {
        let sentence = self.sentence_around(passage);
        let at = self.segments.partition_point(|segment| segment.range.end <= passage.start);
        let paragraph = self.segments.get(at).map_or(sentence.clone(), |one| one.range.clone());
        let mut scores: Vec<Scored> = Vec::new();
        for (range, weight) in [passage, &sentence, &paragraph].into_iter().zip(NAMED) {
            self.score_names(range, passage, weight, &mut scores);
        }
        for (range, weight) in [passage, &sentence, &paragraph].into_iter().zip(RECALLED) {
            for (actor, share) in self.allusions.recalled(self.text.slice(range)) {
                let score = share * weight;
                raise(&mut scores, Candidate::Known(actor), score, score);
            }
        }
        if let Some(before) = at.checked_sub(1).and_then(|at| self.segments.get(at)) {
            for place in self.places(&before.range) {
                raise(&mut scores, place.candidate, EARLIER, EARLIER);
            }
        }
        for (range, weight) in [&sentence, &paragraph].into_iter().zip(CODED) {
            self.score_coded(range, weight, &mut scores);
        }
        for (part, from, to) in parts(map, index, &scores) {
            add(&mut scores, part, from, to);
        }
        let mut weight = RECENT;
        for actor in self.recent {
            add(&mut scores, Candidate::Known(*actor), weight, weight);
            weight *= RECENT_SHARE;
        }
        ranked(scores)
    }

    /// Adds to the scores of the actors whose ties have an excerpt within a range, once each.
    fn score_coded(&self, range: &Range<usize>, weight: f32, scores: &mut Vec<Scored>) {
        let inside = |one: &&Coded| one.range.start < range.end && one.range.end > range.start;
        let mut seen: Vec<ActorIndex> = Vec::new();
        for one in self.coded.iter().filter(inside) {
            for actor in [one.from, one.to] {
                if !seen.contains(&actor) {
                    seen.push(actor);
                    add(scores, Candidate::Known(actor), weight, weight);
                }
            }
        }
    }

    /// Adds to the scores of all names within a range. One name before the passage's end counts
    /// more as the actor that does something, one after its start more as the other.
    fn score_names(
        &self,
        range: &Range<usize>,
        passage: &Range<usize>,
        weight: f32,
        scores: &mut Vec<Scored>,
    ) {
        let places = self.places(range);
        let first = places.first().map(|place| place.candidate);
        for place in places {
            let is_before = place.range.start <= passage.start;
            let lead = if first == Some(place.candidate) { FIRST } else { 0.0 };
            let is_agent = self.follows_by(place.range.start);
            let from = weight
                + lead
                + if is_before { BEFORE } else { 0.0 }
                + if is_agent { BY } else { 0.0 };
            let to = weight + if is_before { 0.0 } else { AFTER };
            raise(scores, place.candidate, from, to);
        }
    }

    /// True if one of the two words before a position is “by”.
    fn follows_by(&self, start: usize) -> bool {
        let before = self.text.slice(&(start.saturating_sub(24)..start));
        before.split_whitespace().rev().take(2).any(|word| word == "by")
    }

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

/// The actors that are part of a scored one, with their share of its scores.
fn parts(map: &Map, index: &Index, scores: &[Scored]) -> Vec<(Candidate, f32, f32)> {
    let part = |(part, actor): (ActorIndex, &Actor)| {
        let whole = Candidate::Known(index.actor(actor.part_of.as_deref()?)?);
        let score = scores.iter().find(|one| one.candidate == whole)?;
        Some((Candidate::Known(part), score.from * PART, score.to * PART))
    };
    map.actors.iter_enumerated().filter_map(part).collect()
}

/// Adds to the scores of a candidate.
fn add(scores: &mut Vec<Scored>, candidate: Candidate, from: f32, to: f32) {
    match scores.iter_mut().find(|one| one.candidate == candidate) {
        Some(one) => {
            one.from += from;
            one.to += to;
        }
        None => scores.push(Scored { candidate, from, to }),
    }
}

/// Raises the scores of a candidate to at least these values.
fn raise(scores: &mut Vec<Scored>, candidate: Candidate, from: f32, to: f32) {
    match scores.iter_mut().find(|one| one.candidate == candidate) {
        Some(one) => {
            one.from = one.from.max(from);
            one.to = one.to.max(to);
        }
        None => scores.push(Scored { candidate, from, to }),
    }
}

/// The candidates for each end, by falling score.
fn ranked(mut scores: Vec<Scored>) -> Ends {
    scores.sort_by(|a, b| b.from.total_cmp(&a.from));
    let from: Vec<Candidate> = scores.iter().map(|one| one.candidate).collect();
    scores.sort_by(|a, b| b.to.total_cmp(&a.to));
    let to = scores.iter().map(|one| one.candidate).collect();
    Ends { from, to }
}
