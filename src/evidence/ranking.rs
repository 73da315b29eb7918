//! The actors that the tie of a passage probably connects, best first: a choice for the coder.
//!
//! Each name near the passage, and each word that hints at an actor, adds to the scores of the
//! actor: more for the near end where it stands like a subject, more for the far end where it
//! stands like an object. Ties that were coded before add to the scores of their ends, and at the
//! far end come first those that the near end has ties with.

use std::collections::BTreeSet;
use std::ops::Range;

use super::cues::cues;
use super::grammar::Grammar;
use super::hints::{Hint, telling};
use super::sentence::words;
use super::suggest::{self, Candidate, Coded, Named};
use crate::model::query::Index;
use crate::model::{ActorIndex, Map};

// What is added to the score of an actor. Tried on the bundled map, with and without the ties that
// come after the passage.

/// Named in the passage, in its sentences.
const PASSAGE: f32 = 8.0;
const SENTENCE: f32 = 4.0;
/// Named in the sentence before, in the paragraph, in the paragraph before, in the title.
const PREVIOUS: f32 = 1.0;
const PARAGRAPH: f32 = 0.3;
const EARLIER: f32 = 0.4;
const TITLE: f32 = 0.6;
/// Recalled by words of the passage, of its sentences, of its paragraph.
const RECALLED: [f32; 3] = [6.5, 2.2, 2.0];
/// Subject in the passage, for the near end; object in it, for the far end and against the near.
const SUBJECT: f32 = 8.5;
const OBJECT: f32 = 4.5;
/// Before the passage, and nearest before it, for the near end.
const BEFORE: f32 = 1.5;
const NEAREST_BEFORE: f32 = 9.0;
/// After the passage, for the far end and against the near one; nearest after it.
const AFTER: f32 = 0.5;
const AFTER_FROM: f32 = 2.0;
const NEAREST_AFTER: f32 = 10.0;
const NEAREST_AFTER_FROM: f32 = 3.0;
/// First in the sentence, after “by”, quoted, for the near end.
const FIRST: f32 = 1.0;
const AGENT: f32 = 40.0;
const QUOTED: f32 = 6.5;
/// After “according to”, after a preposition, before “’s”, against the near end.
const AUTHORITY: f32 = 1.7;
const AFTER_PREPOSITION: f32 = 1.0;
const POSSESSIVE: f32 = 0.6;
/// At one end of a tie that has an excerpt in the sentence, in the paragraph.
const CODED: [f32; 2] = [1.1, 0.7];
/// At one end of the last tie; the actors before have this share of it, and so on.
const RECENT: f32 = 9.0;
const RECENT_SHARE: f32 = 0.33;
/// Share of it if that tie has no excerpt in this paragraph.
const RECENT_ELSEWHERE: f32 = 0.3;
/// At this end of many ties.
const FREQUENT: f32 = 0.4;
/// For the far end: tied with the near end, as a share of its ties.
const PARTNER: f32 = 5.0;
/// For the far end: a part or the whole of the near end, which seldom have ties.
const OWN_PART: f32 = 2.0;
/// For a part of an actor and for its whole, this share of its score.
const PART: f32 = 0.06;

/// The scores of one candidate for each end.
#[derive(Clone, Debug, PartialEq)]
struct Scored {
    candidate: Candidate,
    from: f32,
    to: f32,
}

/// The candidates for the ends of one tie, with their scores.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Ranking {
    scores: Vec<Scored>,
    /// Both ends of each tie that was coded before.
    pairs: Vec<(ActorIndex, ActorIndex)>,
    /// Actors, each with what it is part of.
    wholes: Vec<(ActorIndex, ActorIndex)>,
}

impl Ranking {
    /// The candidates for the near end, best first.
    #[must_use]
    pub fn from(&self) -> Vec<Candidate> {
        by_score(self.scores.iter().map(|one| (one.candidate, one.from)).collect())
    }

    /// The candidates for the far end of a tie that starts at `from`, best first.
    #[must_use]
    pub fn to(&self, from: Option<Candidate>) -> Vec<Candidate> {
        let others = self.scores.iter().filter(|one| Some(one.candidate) != from);
        let with = |one: &Scored| match (from, one.candidate) {
            (Some(Candidate::Known(from)), Candidate::Known(to)) => self.with(from, to),
            _ => 0.0,
        };
        by_score(others.map(|one| (one.candidate, one.to + with(one))).collect())
    }

    /// What the near end adds to the score of the far one.
    #[expect(clippy::cast_precision_loss, reason = "counts of ties")]
    fn with(&self, from: ActorIndex, to: ActorIndex) -> f32 {
        let of_from = self.pairs.iter().filter(|(one, other)| *one == from || *other == from);
        let is_with =
            |pair: &&(ActorIndex, ActorIndex)| **pair == (from, to) || **pair == (to, from);
        let (all, both) = (of_from.clone().count(), of_from.filter(is_with).count());
        let share = both as f32 / (all as f32 + 2.0);
        let is_part = self.wholes.contains(&(from, to)) || self.wholes.contains(&(to, from));
        PARTNER * share.sqrt() - if is_part { OWN_PART } else { 0.0 }
    }
}

/// Where a passage is.
struct Place<'a> {
    passage: &'a Range<usize>,
    sentence: Range<usize>,
    paragraph: Range<usize>,
    /// Index of the paragraph.
    number: usize,
}

impl Named<'_> {
    /// The candidates for the ends of the tie that a passage supports.
    #[must_use]
    pub fn ranking(&self, passage: &Range<usize>, map: &Map, index: &Index) -> Ranking {
        let sentence = self.sentence_around(passage);
        let number = self.segments.partition_point(|segment| segment.range.end <= passage.start);
        let paragraph = self.segments.get(number).map_or(sentence.clone(), |one| one.range.clone());
        let place = Place { passage, sentence, paragraph, number };
        let wholes: Vec<(ActorIndex, ActorIndex)> = map
            .actors
            .iter_enumerated()
            .filter_map(|(part, actor)| Some((part, index.actor(actor.part_of.as_deref()?)?)))
            .collect();
        let mut scores = Vec::new();
        self.score_sentence(&place, map, &mut scores);
        self.score_surroundings(&place, map, &mut scores);
        self.score_recalled(&place, &mut scores);
        self.score_ties(&place, &mut scores);
        share(&wholes, &mut scores);
        self.score_recent(&place, &mut scores);
        Ranking { scores, pairs: self.coded.iter().map(|one| (one.from, one.to)).collect(), wholes }
    }

    /// Scores what the sentence of the passage names and hints at.
    fn score_sentence(&self, place: &Place<'_>, map: &Map, scores: &mut Vec<Scored>) {
        let hints = self.hints(&place.sentence, map);
        let names = self.places(&place.sentence);
        let quoted = cues(self.text, &place.sentence, &names).speaker;
        let clause = Clause::of(self, place, &hints);
        for hint in &hints {
            let (mut from, to) = clause.scores(hint);
            if hint.is_name && quoted == Some(hint.candidate) {
                from += QUOTED;
            }
            raise(scores, hint.candidate, from * hint.strength, to * hint.strength);
        }
    }

    /// Scores what is named around the sentence of the passage.
    fn score_surroundings(&self, place: &Place<'_>, map: &Map, scores: &mut Vec<Scored>) {
        let number = self.outline.sentences.partition_point(|one| one.end <= place.sentence.start);
        let previous = number.checked_sub(1).and_then(|at| self.outline.sentences.get(at));
        if let Some(previous) = previous.filter(|one| one.start >= place.paragraph.start) {
            for hint in self.hints(previous, map) {
                let score = PREVIOUS * hint.strength;
                raise(scores, hint.candidate, score, score);
            }
        }
        for one in self.places(&place.paragraph) {
            raise(scores, one.candidate, PARAGRAPH, PARAGRAPH);
        }
        if let Some(before) = place.number.checked_sub(1).and_then(|at| self.segments.get(at)) {
            for one in self.places(&before.range) {
                raise(scores, one.candidate, EARLIER, EARLIER);
            }
        }
        if let Some(title) = self.segments.first() {
            for one in self.places(&title.range) {
                add(scores, one.candidate, TITLE, TITLE);
            }
        }
    }

    /// Scores what words recall that are no part of a name.
    fn score_recalled(&self, place: &Place<'_>, scores: &mut Vec<Scored>) {
        let ranges = [place.passage, &place.sentence, &place.paragraph];
        for (range, weight) in ranges.into_iter().zip(RECALLED) {
            let names = self.places(range);
            let is_free = |word: &&Range<usize>| {
                let is_known = |one: &suggest::Place| {
                    matches!(one.candidate, Candidate::Known(_))
                        && one.range.start < word.end
                        && word.start < one.range.end
                };
                !names.iter().any(is_known)
            };
            let words = words(self.text, range);
            let free = words.iter().filter(is_free).map(|word| self.text.slice(word));
            for (actor, share) in self.allusions.recalled(free) {
                let score = telling(share) * weight;
                raise(scores, Candidate::Known(actor), score, score);
            }
        }
    }

    /// Scores the ends of ties: of those with an excerpt near the passage, once each, and of all.
    #[expect(clippy::cast_precision_loss, reason = "counts of ties")]
    fn score_ties(&self, place: &Place<'_>, scores: &mut Vec<Scored>) {
        let ends = self.coded.iter().flat_map(|one| [one.from, one.to]);
        let actors: BTreeSet<ActorIndex> = ends.collect();
        for actor in actors {
            let candidate = Candidate::Known(actor);
            for (range, weight) in [&place.sentence, &place.paragraph].into_iter().zip(CODED) {
                if self.is_coded_in(actor, range) {
                    add(scores, candidate, weight, weight);
                }
            }
            let count = |is_end: fn(&Coded) -> ActorIndex| {
                self.coded.iter().filter(|one| is_end(one) == actor).count() as f32
            };
            let score = |count: f32| (1.0 + count).ln() * FREQUENT;
            add(scores, candidate, score(count(|one| one.from)), score(count(|one| one.to)));
        }
    }

    /// Scores the actors of the last ties.
    fn score_recent(&self, place: &Place<'_>, scores: &mut Vec<Scored>) {
        let mut weight = RECENT;
        for actor in self.recent {
            let is_here = self.is_coded_in(*actor, &place.paragraph);
            let score = if is_here { weight } else { weight * RECENT_ELSEWHERE };
            add(scores, Candidate::Known(*actor), score, score);
            weight *= RECENT_SHARE;
        }
    }

    /// True if a tie of an actor has an excerpt within a range.
    fn is_coded_in(&self, actor: ActorIndex, range: &Range<usize>) -> bool {
        let mut inside = self
            .coded
            .iter()
            .filter(|one| one.range.start < range.end && range.start < one.range.end);
        inside.any(|one| one.from == actor || one.to == actor)
    }
}

/// What the hints of a sentence are to the passage.
struct Clause<'a> {
    grammar: Grammar<'a>,
    passage: &'a Range<usize>,
    hints: &'a [Hint],
    /// Where the nearest hints before and after the passage start.
    before: Option<usize>,
    after: Option<usize>,
    /// True if the passage itself has a subject, an object.
    has_subject: bool,
    has_object: bool,
}

impl<'a> Clause<'a> {
    fn of(named: &Named<'a>, place: &'a Place<'a>, hints: &'a [Hint]) -> Self {
        let passage = place.passage;
        let starts = || hints.iter().map(|hint| hint.range.start);
        let before = hints.iter().filter(|hint| hint.range.end <= passage.start);
        let mut clause = Self {
            grammar: Grammar { text: named.text, sentence: &place.sentence },
            passage,
            hints,
            before: before.map(|hint| hint.range.start).max(),
            after: starts().filter(|start| *start >= passage.end).min(),
            has_subject: false,
            has_object: false,
        };
        for hint in hints.iter().filter(|hint| hint.is_in(passage) && hint.strength > 0.6) {
            let is_object = clause.is_object(hint);
            clause.has_object |= is_object;
            clause.has_subject |= !is_object;
        }
        clause
    }

    fn is_first(&self, hint: &Hint) -> bool {
        self.hints.first().is_some_and(|first| first.range.start == hint.range.start)
    }

    /// True if the passage starts with its sentence, and so probably with the subject.
    fn is_whole(&self) -> bool {
        self.passage.start <= self.grammar.sentence.start + 2
    }

    /// True if a hint inside the passage is an object of it.
    fn is_object(&self, hint: &Hint) -> bool {
        let start = hint.range.start;
        let is_governed = self.grammar.has_verb_between(self.passage.start, start)
            || self.grammar.is_after_preposition(start);
        is_governed && !self.grammar.is_agent(start) && !(self.is_whole() && self.is_first(hint))
    }

    /// What a hint, if it were a name, adds to the scores for both ends.
    fn scores(&self, hint: &Hint) -> (f32, f32) {
        let start = hint.range.start;
        let is_inside = hint.is_in(self.passage);
        let (mut from, to) = if is_inside {
            self.inside(hint)
        } else if start < self.passage.start {
            (SENTENCE + BEFORE + self.nearness_before(hint), SENTENCE)
        } else if self.after == Some(start) && !self.has_object {
            (SENTENCE - AFTER_FROM - NEAREST_AFTER_FROM, SENTENCE + AFTER + NEAREST_AFTER)
        } else {
            (SENTENCE - AFTER_FROM, SENTENCE + AFTER)
        };
        if !is_inside && self.grammar.is_after_preposition(start) {
            from -= AFTER_PREPOSITION;
        }
        if self.grammar.is_authority(start) {
            from -= AUTHORITY;
        }
        if self.is_first(hint) {
            from += FIRST;
        }
        if start >= self.passage.start && self.grammar.is_agent(start) {
            from += AGENT / (1.0 + self.names_until(start).powi(2));
        }
        (from, to)
    }

    fn inside(&self, hint: &Hint) -> (f32, f32) {
        match (self.is_object(hint), self.is_whole()) {
            (false, _) => (PASSAGE + SUBJECT, PASSAGE),
            (true, true) => (PASSAGE, PASSAGE + OBJECT),
            (true, false) => (PASSAGE - OBJECT, PASSAGE + OBJECT),
        }
    }

    /// What the nearest hint before the passage, and each that is joined to it, adds for the near
    /// end.
    fn nearness_before(&self, hint: &Hint) -> f32 {
        let is_nearest = self.before.is_some_and(|nearest| {
            nearest >= hint.range.start && self.grammar.is_joined(hint.range.end, nearest)
        });
        let end = hint.range.end;
        let is_possessive = ["’s", "'s"].contains(&self.grammar.text.slice(&(end..end + 2)));
        let nearness = if is_nearest && !self.has_subject { NEAREST_BEFORE } else { 0.0 };
        nearness - if is_possessive { POSSESSIVE } else { 0.0 }
    }

    /// Number of names from the start of the passage to a position.
    #[expect(clippy::cast_precision_loss, reason = "a count of names")]
    fn names_until(&self, start: usize) -> f32 {
        let names = self.hints.iter().filter(|hint| hint.is_name);
        names.filter(|hint| (self.passage.start..start).contains(&hint.range.start)).count() as f32
    }
}

/// Lets parts and wholes share in the scores of each other.
fn share(wholes: &[(ActorIndex, ActorIndex)], scores: &mut Vec<Scored>) {
    let mut shares = Vec::new();
    for (part, whole) in wholes {
        for (one, other) in [(part, whole), (whole, part)] {
            let score = scores.iter().find(|scored| scored.candidate == Candidate::Known(*one));
            shares.extend(score.map(|score| (*other, score.from * PART, score.to * PART)));
        }
    }
    for (actor, from, to) in shares {
        add(scores, Candidate::Known(actor), from, to);
    }
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

/// The candidates by falling score.
fn by_score(mut scores: Vec<(Candidate, f32)>) -> Vec<Candidate> {
    scores.sort_by(|a, b| b.1.total_cmp(&a.1));
    scores.into_iter().map(|(candidate, _)| candidate).collect()
}
