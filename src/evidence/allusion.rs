//! How strongly the words of a passage recall an actor that it does not name in full: “military
//! personnel” recalls the Pakistani military, “five women and three children” the women and children
//! killed in the strikes.

use std::collections::BTreeSet;

use unicode_segmentation::UnicodeSegmentation as _;

use crate::model::{Actor, PerActor, PerActorSlice};

/// Words of names that recall nothing.
const COMMON: &[&str] = &[
    "and", "for", "from", "its", "not", "the", "their", "this", "that", "those", "with", "who",
    "in", "of", "by", "on", "to", "a", "an", "among", "unnamed", "some", "other",
];

/// Endings by which two forms of one English word differ.
const ENDINGS: &[&str] =
    &["", "s", "es", "ed", "d", "ing", "er", "ers", "y", "ies", "ied", "e", "i", "’s", "'s", "ist"];

/// Letters that two forms of one word have in common at least.
const SHORTEST_STEM: usize = 3;

/// One name of an actor: its words, and the weight of each.
type Name = Vec<(String, f32)>;

/// The words that recall each actor of a map.
pub struct Allusions {
    names: PerActor<Vec<Name>>,
}

impl Allusions {
    /// Collects the words of all names and aliases. A word weighs the less, the more actors share
    /// it.
    #[must_use]
    pub fn of(actors: &PerActorSlice<Actor>) -> Self {
        let words: PerActor<Vec<Vec<String>>> = actors.iter().map(words_of).collect();
        let all: Vec<BTreeSet<&str>> = words
            .iter()
            .map(|names| names.iter().flatten().map(String::as_str).collect())
            .collect();
        let shared = |word: &str| {
            all.iter().filter(|words| words.iter().any(|other| is_same(other, word))).count()
        };
        let weighed = |name: &Vec<String>| {
            let weight = |word: &String| {
                let count = u16::try_from(shared(word)).unwrap_or(u16::MAX);
                (word.clone(), 1.0 / f32::from(count.max(1)))
            };
            name.iter().map(weight).collect::<Name>()
        };
        let names = words.iter().map(|names| names.iter().map(weighed).collect()).collect();
        Self { names }
    }

    /// For each actor, the share of its best name that the words of a passage recall: 0 to 1.
    #[must_use]
    pub fn recalled(&self, passage: &str) -> PerActor<f32> {
        let words: Vec<String> = passage
            .unicode_words()
            .map(str::to_lowercase)
            .filter(|word| is_telling(word))
            .collect();
        let recalled = |name: &Name| {
            let whole: f32 = name.iter().map(|(_, weight)| weight).sum();
            let found = name.iter().filter(|(word, _)| words.iter().any(|one| is_same(one, word)));
            let found: f32 = found.map(|(_, weight)| weight).sum();
            if whole > 0.0 { found / whole } else { 0.0 }
        };
        let best = |names: &Vec<Name>| names.iter().map(recalled).fold(0.0, f32::max);
        self.names.iter().map(best).collect()
    }
}

/// The telling words of an actor's name and of each alias, in lower case.
fn words_of(actor: &Actor) -> Vec<Vec<String>> {
    let names =
        std::iter::once(actor.name.as_str()).chain(actor.aliases.iter().map(String::as_str));
    let words = |name: &str| {
        let words = name.unicode_words().map(str::to_lowercase);
        words.filter(|word| is_telling(word)).collect::<Vec<String>>()
    };
    names.map(words).filter(|name: &Vec<String>| !name.is_empty()).collect()
}

fn is_telling(word: &str) -> bool {
    word.chars().count() >= SHORTEST_STEM && !COMMON.contains(&word)
}

/// True if two words in lower case are forms of one word: `allies` and `allied`.
fn is_same(one: &str, other: &str) -> bool {
    if one == other {
        return true;
    }
    let stem: usize =
        one.chars().zip(other.chars()).take_while(|(a, b)| a == b).map(|(a, _)| a.len_utf8()).sum();
    let ends = |word: &str| word.get(stem..).is_some_and(|end| ENDINGS.contains(&end));
    let letters = one.get(..stem).map_or(0, |stem| stem.chars().count());
    letters >= SHORTEST_STEM && ends(one) && ends(other)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rare_words_recall_an_actor_more_than_shared_ones() {
        let named = |name: &str| Actor { name: name.to_owned(), ..Actor::default() };
        let actors: PerActor<Actor> =
            vec![named("Kestrian military"), named("Kestrian police"), named("Rebel allies")]
                .into();
        let allusions = Allusions::of(&actors);
        let found = allusions.recalled("Kestrian officers of the military");
        assert!(found.raw[0] > 0.99 && found.raw[1] < 0.5 && found.raw[2] < 0.01, "{found:?}");
        assert!(allusions.recalled("the allied militants").raw[2] > 0.3);
        assert!(allusions.recalled("militants").raw[0] < 0.01);
    }
}
