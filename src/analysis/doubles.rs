//! Actors that may be the same: names that differ only in spelling, accents or word order, and
//! abbreviations. Each pair has the reason.

use std::collections::{BTreeMap, BTreeSet};

use strsim::damerau_levenshtein;
use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::is_combining_mark;

use crate::model::{Actor, ActorIndex, Map};

/// Words that names share too often to tell anything are passed over.
const WORD_SHARED_BY: usize = 40;
/// Names from this many letters may differ by one letter, longer ones by two.
const ONE_SLIP: usize = 6;
const TWO_SLIPS: usize = 12;
/// Most pairs.
const PAIRS: usize = 500;
/// Words that are left out of names.
const SMALL: [&str; 9] = ["the", "of", "and", "de", "la", "al", "el", "für", "for"];

/// Two actors that may be the same.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Double {
    pub one: ActorIndex,
    pub other: ActorIndex,
    /// `the names differ by one letter`.
    pub reason: &'static str,
}

/// A name, taken apart.
struct Name {
    actor: ActorIndex,
    /// Lower case, without accents and signs.
    plain: String,
    words: Vec<String>,
    initials: String,
    /// True if it is an abbreviation itself.
    is_short: bool,
}

/// All likely pairs, the surest first.
#[must_use]
pub fn doubles(map: &Map) -> Vec<Double> {
    let names: Vec<Name> =
        map.actors.iter_enumerated().flat_map(|(at, actor)| names_of(at, actor)).collect();
    let mut groups: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (number, name) in names.iter().enumerate() {
        let mut keys: BTreeSet<&str> = name.words.iter().map(String::as_str).collect();
        keys.extend(name.plain.get(..4));
        keys.insert(&name.plain);
        if name.is_short {
            keys.insert(&name.plain);
        } else if name.initials.len() > 1 {
            keys.insert(&name.initials);
        }
        for key in keys.into_iter().filter(|key| key.len() > 1) {
            groups.entry(key).or_default().push(number);
        }
    }
    let mut found: BTreeMap<(ActorIndex, ActorIndex), (u8, &'static str)> = BTreeMap::new();
    for group in groups.values().filter(|group| group.len() <= WORD_SHARED_BY) {
        for (at, one) in group.iter().enumerate() {
            for other in group.iter().skip(at + 1) {
                let (Some(one), Some(other)) = (names.get(*one), names.get(*other)) else {
                    continue;
                };
                let Some(reason) = reason(one, other).filter(|_| one.actor != other.actor) else {
                    continue;
                };
                let pair = (one.actor.min(other.actor), one.actor.max(other.actor));
                let best = found.entry(pair).or_insert(reason);
                *best = (*best).min(reason);
            }
        }
    }
    let related = |(one, other): &(ActorIndex, ActorIndex)| {
        let (one, other) = (&map.actors[*one], &map.actors[*other]);
        // A part is not its whole.
        one.part_of.as_deref() == Some(&other.id) || other.part_of.as_deref() == Some(&one.id)
    };
    let mut all: Vec<_> = found.into_iter().filter(|(pair, _)| !related(pair)).collect();
    all.sort_by_key(|(pair, (rank, _))| (*rank, *pair));
    all.truncate(PAIRS);
    all.into_iter().map(|((one, other), (_, reason))| Double { one, other, reason }).collect()
}

/// Why two names may be of one actor, with a rank: the lower, the surer.
fn reason(one: &Name, other: &Name) -> Option<(u8, &'static str)> {
    if one.plain == other.plain {
        return Some((0, "the names are the same but for spelling"));
    }
    if is_abbreviation(one, other) || is_abbreviation(other, one) {
        return Some((2, "one is the initials of the other"));
    }
    let sorted = |name: &Name| {
        let mut words = name.words.clone();
        words.sort_unstable();
        words
    };
    if one.words.len() > 1 && sorted(one) == sorted(other) {
        return Some((1, "the names have the same words"));
    }
    // Names with different numbers are different: the 1st and the 2nd army.
    let digits = |name: &Name| name.plain.chars().filter(char::is_ascii_digit).collect::<String>();
    let shorter = one.plain.chars().count().min(other.plain.chars().count());
    if shorter < ONE_SLIP || digits(one) != digits(other) {
        return None;
    }
    match damerau_levenshtein(&one.plain, &other.plain) {
        1 => Some((3, "the names differ by one letter")),
        2 if shorter >= TWO_SLIPS => Some((4, "the names differ by two letters")),
        _ => None,
    }
}

fn is_abbreviation(short: &Name, long: &Name) -> bool {
    short.is_short && !long.is_short && long.words.len() > 1 && short.plain == long.initials
}

/// The name of an actor, and its other names.
fn names_of(at: ActorIndex, actor: &Actor) -> Vec<Name> {
    let all = std::iter::once(&actor.name).chain(&actor.short).chain(&actor.aliases);
    all.filter(|name| !name.trim().is_empty()).map(|name| taken_apart(at, name)).collect()
}

fn taken_apart(actor: ActorIndex, name: &str) -> Name {
    let without_marks: String = name.nfkd().filter(|letter| !is_combining_mark(*letter)).collect();
    let all: Vec<String> = without_marks
        .split(|letter: char| !letter.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
        .collect();
    let words: Vec<String> =
        all.iter().filter(|word| !SMALL.contains(&word.as_str())).cloned().collect();
    let words = if words.is_empty() { all } else { words };
    let trimmed = name.trim();
    let letters = trimmed.chars().filter(|letter| letter.is_alphabetic());
    let is_short = words.len() == 1
        && (2..=6).contains(&trimmed.chars().count())
        && letters.clone().count() > 1
        && letters.clone().all(char::is_uppercase);
    let initials = words.iter().filter_map(|word| word.chars().next()).collect();
    Name { actor, plain: words.join(" "), words, initials, is_short }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(names: &[&str]) -> Vec<(usize, usize, &'static str)> {
        let actors = names.iter().enumerate().map(|(number, name)| Actor {
            id: format!("a{number}").into(),
            name: (*name).to_owned(),
            ..Actor::default()
        });
        let map = Map { actors: actors.collect(), ..Map::default() };
        let pairs = doubles(&map).into_iter();
        pairs.map(|pair| (pair.one.into(), pair.other.into(), pair.reason)).collect()
    }

    #[test]
    fn spelling_accents_order_and_abbreviations_are_found() {
        let same = "the names are the same but for spelling";
        assert_eq!(found(&["Côte d’Ivoire", "Cote d'Ivoire", "Chad"]), [(0, 1, same)]);
        assert_eq!(found(&["The Taliban", "taliban "]), [(0, 1, same)]);
        assert_eq!(
            found(&["Ahmad Massoud", "Massoud, Ahmad"]),
            [(0, 1, "the names have the same words")]
        );
        assert_eq!(
            found(&["Tehrik-i-Taliban Pakistan", "TTP", "ISI"]).len()
                + found(&["UN", "United Nations"]).len(),
            1
        );
        assert_eq!(
            found(&["Zabihullah Mujahid", "Zabiullah Mujahid"]),
            [(0, 1, "the names differ by one letter")]
        );
    }

    #[test]
    fn different_actors_with_names_alike_are_not() {
        assert!(found(&["1st Army", "2nd Army", "Iran", "Iraq", "Niger", "Nigeria"]).is_empty());
        assert!(found(&["Council 100", "Council 101"]).is_empty());
    }
}
