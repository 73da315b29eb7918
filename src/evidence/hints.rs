//! The places in a sentence that hint at an actor: names, words that are most of a name, and nouns
//! for kinds of actors.

use std::ops::Range;

use super::grammar::Grammar;
use super::roles::{Role, role_of};
use super::sentence::words;
use super::suggest::{Candidate, Named};
use crate::model::{Actor, ActorIndex, Map};

// How much a hint counts that is no name.

/// A noun such as “soldiers”, for an actor whose name has such a word.
const BY_NAME: f32 = 0.65;
/// Such a noun, for the last actor of its kind that was named before.
const BY_KIND: f32 = 0.7;
/// For the other actors of the kind, if there are few.
const BY_KIND_OTHERS: f32 = 0.55;
const FEW: usize = 4;
/// This many times as much for a part of an actor that the sentence names.
const WITHIN: f32 = 5.0;
/// Words that are a share of an actor's name count as this share of it.
const RECALLED: f32 = 0.9;
/// Smaller shares do not count.
const LEAST_RECALLED: f32 = 0.35;
/// Number of words in a row that may recall a name.
const WINDOW: usize = 6;

/// How much a share of a name tells: a half of it more than half.
pub(super) fn telling(share: f32) -> f32 {
    share.powf(0.75)
}

/// A word or words that hint at an actor.
#[derive(Clone, Debug)]
pub(super) struct Hint {
    pub range: Range<usize>,
    pub candidate: Candidate,
    /// How much it counts, compared with a name.
    pub strength: f32,
    /// True if it names the actor.
    pub is_name: bool,
}

impl Hint {
    /// True if it overlaps a range.
    pub fn is_in(&self, range: &Range<usize>) -> bool {
        self.range.start < range.end && range.start < self.range.end
    }
}

impl Named<'_> {
    /// All hints in a sentence, in order.
    pub(super) fn hints(&self, sentence: &Range<usize>, map: &Map) -> Vec<Hint> {
        let places = self.places(sentence).into_iter();
        let mut hints: Vec<Hint> = places
            .map(|place| Hint {
                range: place.range,
                candidate: place.candidate,
                strength: 1.0,
                is_name: true,
            })
            .collect();
        let known: Vec<Hint> = hints
            .iter()
            .filter(|hint| matches!(hint.candidate, Candidate::Known(_)))
            .cloned()
            .collect();
        let words = words(self.text, sentence);
        for word in words.iter().filter(|word| !known.iter().any(|hint| hint.is_in(word))) {
            if let Some(role) = role_of(&self.text.slice(word).to_lowercase()) {
                self.add_roles(role, (word, sentence), &known, map, &mut hints);
            }
        }
        self.add_recalled(&words, &mut hints);
        hints.sort_by_key(|hint| hint.range.start);
        hints
    }

    /// Adds the actors that a noun or pronoun at a place may mean.
    fn add_roles(
        &self,
        role: &Role,
        (word, sentence): (&Range<usize>, &Range<usize>),
        known: &[Hint],
        map: &Map,
        hints: &mut Vec<Hint>,
    ) {
        let named = |hint: &Hint| match hint.candidate {
            Candidate::Known(at) => map.actors.get(at),
            Candidate::Proposed(_) => None,
        };
        // In “Guild militants” the name already tells who is meant.
        let modifier = known.iter().find(|hint| hint.range.end + 1 == word.start);
        if modifier.and_then(named).is_some_and(|actor| role.fits(actor)) {
            return;
        }
        let mut add = |actor: ActorIndex, strength: f32| {
            let candidate = Candidate::Known(actor);
            hints.push(Hint { range: word.clone(), candidate, strength, is_name: false });
        };
        let (by_name, others): (Vec<_>, Vec<_>) =
            map.actors.iter_enumerated().partition(|(_, actor)| role.names(actor));
        for (at, _) in by_name {
            add(at, BY_NAME);
        }
        let by_kind: Vec<(ActorIndex, &Actor)> =
            others.into_iter().filter(|(_, actor)| role.fits(actor)).collect();
        let is_of_kind = |actor: ActorIndex| by_kind.iter().any(|(at, _)| *at == actor);
        let end = self.mentions.partition_point(|mention| mention.range.end <= word.start);
        let before = self.mentions.get(..end).unwrap_or_default();
        let last = before.iter().rev().map(|one| one.actor).find(|actor| is_of_kind(*actor));
        let grammar = Grammar { text: self.text, sentence };
        let is_another = grammar.is_another(word.start);
        for (at, actor) in &by_kind {
            let whole = actor.part_of.as_deref();
            let is_within =
                whole.is_some_and(|id| known.iter().filter_map(named).any(|one| one.id == *id));
            let times = if is_within { WITHIN } else { 1.0 };
            if (Some(*at) == last) != is_another {
                add(*at, BY_KIND * times);
            } else if by_kind.len() < FEW {
                add(*at, BY_KIND_OTHERS * times);
            }
        }
    }

    /// Adds the actors of whose names words that stand close together are a part.
    fn add_recalled(&self, words: &[Range<usize>], hints: &mut Vec<Hint>) {
        for at in 0..words.len() {
            let window = words.get(at..words.len().min(at + WINDOW)).unwrap_or_default();
            let Some(first) = window.first() else { continue };
            let recalled = |skipped: usize| {
                let words = window.iter().skip(skipped).map(|word| self.text.slice(word));
                self.allusions.recalled(words)
            };
            let whole = recalled(0);
            // Only what needs the first word, so that each place counts once.
            let rest = if whole.is_empty() { Vec::new() } else { recalled(1) };
            for (actor, share) in whole {
                let without = rest.iter().find(|one| one.0 == actor).map_or(0.0, |one| one.1);
                if share > without && share >= LEAST_RECALLED {
                    let candidate = Candidate::Known(actor);
                    let strength = telling(share) * RECALLED;
                    hints.push(Hint { range: first.clone(), candidate, strength, is_name: false });
                }
            }
        }
    }
}
