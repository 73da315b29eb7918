//! How strongly the words of a passage recall an actor that it does not name in full: “military
//! personnel” recalls the Pakistani military, “five women and three children” the women and
//! children killed in the strikes.

use std::collections::{BTreeMap, BTreeSet};

use foldhash::{HashMap, HashMapExt as _};
use unicode_segmentation::UnicodeSegmentation as _;

use super::roles::role_of;
use super::word_forms::{SHORTEST_STEM, is_same_word};
use crate::model::{Actor, ActorIndex, PerActorSlice};

/// Words of names that recall nothing.
const COMMON: &[&str] = &[
    "and", "for", "from", "its", "not", "the", "their", "this", "that", "those", "with", "who",
    "in", "of", "by", "on", "to", "a", "an", "among", "unnamed", "some", "other",
];

/// A word of a name.
#[derive(Clone, Debug)]
struct Word {
    letters: String,
    actor: ActorIndex,
    /// Index of the name: 0 for the actor's own, then its aliases and its short form.
    name: usize,
    /// One divided by the number of actors that share the word; less if the word stands for
    /// many actors of one kind, such as “forces”.
    weight: f32,
}

/// The words that recall each actor of a map.
#[derive(Clone, Debug, Default)]
pub struct Allusions {
    /// The words by their first letters, so that only a few are compared.
    words: BTreeMap<String, Vec<Word>>,
    /// The weight of all words of each name.
    whole: HashMap<(ActorIndex, usize), f32>,
}

impl Allusions {
    /// Collects the words of all names, aliases and short forms. A word weighs the less, the more
    /// actors share it.
    #[must_use]
    pub fn of(actors: &PerActorSlice<Actor>) -> Self {
        let mut words: BTreeMap<String, Vec<Word>> = BTreeMap::new();
        for (actor, one) in actors.iter_enumerated() {
            for (name, letters) in words_of(one) {
                let word = Word { actor, name, weight: 1.0, letters };
                words.entry(start_of(&word.letters)).or_default().push(word);
            }
        }
        for bucket in words.values_mut() {
            weigh(bucket);
        }
        let mut whole: HashMap<(ActorIndex, usize), f32> = HashMap::new();
        for word in words.values().flatten() {
            *whole.entry((word.actor, word.name)).or_default() += word.weight;
        }
        Self { words, whole }
    }

    /// The actors that the words of a passage recall, each with the share of its best name that is
    /// recalled: above 0 and up to 1.
    #[must_use]
    pub fn recalled<'a>(&self, words: impl Iterator<Item = &'a str>) -> Vec<(ActorIndex, f32)> {
        let words: BTreeSet<String> = words.map(str::to_lowercase).collect();
        let mut found: BTreeMap<(ActorIndex, usize), BTreeMap<&str, f32>> = BTreeMap::new();
        for word in words.iter().filter(|word| is_telling(word)) {
            let bucket = self.words.get(&start_of(word)).map_or(&[] as &[_], Vec::as_slice);
            for one in bucket.iter().filter(|one| is_same_word(&one.letters, word)) {
                found.entry((one.actor, one.name)).or_default().insert(&one.letters, one.weight);
            }
        }
        let mut best: BTreeMap<ActorIndex, f32> = BTreeMap::new();
        for (name, words) in found {
            let whole = self.whole.get(&name).copied().unwrap_or(f32::INFINITY);
            let share = (words.values().sum::<f32>() / whole).min(1.0);
            let before = best.entry(name.0).or_default();
            *before = before.max(share);
        }
        best.into_iter().collect()
    }
}

/// Sets the weights of words that begin alike.
fn weigh(bucket: &mut [Word]) {
    let mut actors: BTreeMap<&str, BTreeSet<ActorIndex>> = BTreeMap::new();
    for word in bucket.iter() {
        actors.entry(&word.letters).or_default().insert(word.actor);
    }
    let shared = |letters: &str| {
        let same = actors.iter().filter(|(other, _)| is_same_word(other, letters));
        same.flat_map(|(_, actors)| actors).collect::<BTreeSet<_>>().len()
    };
    let counts: BTreeMap<String, usize> =
        actors.keys().map(|letters| ((*letters).to_owned(), shared(letters))).collect();
    for word in bucket {
        let count = counts.get(&word.letters).copied().unwrap_or(1);
        let share = if role_of(&word.letters).is_some() { 0.51 } else { 1.0 };
        word.weight = share / f32::from(u16::try_from(count).unwrap_or(u16::MAX).max(1));
    }
}

/// The first letters of a word, which all forms of it have.
fn start_of(word: &str) -> String {
    word.chars().take(SHORTEST_STEM).collect()
}

/// The telling words of an actor's name, of each alias and of the short form, in lower case, each
/// with the index of the name.
fn words_of(actor: &Actor) -> Vec<(usize, String)> {
    let names = std::iter::once(&actor.name).chain(&actor.aliases).chain(&actor.short).enumerate();
    let words = |(number, name)| {
        let words: BTreeSet<String> =
            String::as_str(name).unicode_words().map(str::to_lowercase).collect();
        words.into_iter().filter(|word| is_telling(word)).map(move |word| (number, word))
    };
    names.flat_map(words).collect()
}

fn is_telling(word: &str) -> bool {
    word.chars().count() >= SHORTEST_STEM && !COMMON.contains(&word)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::PerActor;

    #[test]
    fn rare_words_recall_an_actor_more_than_shared_ones() {
        let named = |name: &str| Actor { name: name.to_owned(), ..Actor::default() };
        let actors: PerActor<Actor> =
            vec![named("Kestrian military"), named("Kestrian police"), named("Rebel allies")]
                .into();
        let allusions = Allusions::of(&actors);
        let shares = |passage: &str| {
            let mut shares = [0.0; 3];
            for (actor, share) in allusions.recalled(passage.unicode_words()) {
                shares[actor.get()] = share;
            }
            shares
        };
        let [military, police, allies] = shares("Kestrian officers of the military");
        assert!(military > 0.99 && police < 0.5 && allies < 0.01);
        assert!(shares("the allied militants")[2] > 0.3);
        assert!(shares("militants")[0] < 0.01);
    }
}
