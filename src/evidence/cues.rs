//! Cue words: what the words of a passage suggest about a tie. Only a first guess for the coder,
//! who sees it before the tie is added. The words are English.

use std::ops::Range;

use super::SourceText;
use super::sentence::words;
use super::suggest::{Candidate, Place};
use crate::model::{Stance, Status};

/// Words after which someone is quoted: the tie is claimed.
const CLAIMED: &[&str] = &[
    "accused",
    "accuses",
    "accusing",
    "alleged",
    "allegedly",
    "alleges",
    "asserted",
    "asserts",
    "attribute",
    "attributed",
    "attributes",
    "blamed",
    "blames",
    "claim",
    "claimed",
    "claims",
    "declared",
    "denied",
    "denies",
    "insisted",
    "insists",
    "maintained",
    "maintains",
    "said",
    "says",
    "stated",
    "told",
    "warned",
    "warns",
];

/// Words for what may happen.
const FORECAST: &[&str] =
    &["could", "expected", "likely", "may", "might", "poised", "risk", "risks", "will"];

/// Beginnings of words for hostile acts and speech.
const HOSTILE: &[&str] = &[
    "accus",
    "airstrike",
    "ambush",
    "arrest",
    "assault",
    "attack",
    "ban",
    "blam",
    "bomb",
    "clash",
    "condemn",
    "conflict",
    "confront",
    "denounc",
    "enem",
    "expel",
    "feud",
    "fight",
    "fought",
    "hostil",
    "insurgen",
    "invad",
    "kill",
    "militan",
    "offensive",
    "oppos",
    "punish",
    "raid",
    "reject",
    "retaliat",
    "rival",
    "sanction",
    "shell",
    "strike",
    "struck",
    "target",
    "tension",
    "terror",
    "threat",
    "violat",
    "war",
    "warn",
];

/// Beginnings of words for cooperative acts and speech.
const COOPERATIVE: &[&str] = &[
    "agree",
    "aid",
    "alliance",
    "allied",
    "ally",
    "assist",
    "back",
    "ceasefire",
    "cooperat",
    "endors",
    "friend",
    "harbo",
    "help",
    "join",
    "mediat",
    "partner",
    "peace",
    "pledg",
    "prais",
    "protect",
    "shelter",
    "support",
    "treaty",
    "truce",
    "welcom",
];

/// Characters between a quoted actor and the word that reports its speech, at most.
const FARTHEST_BEFORE: usize = 60;
const FARTHEST_AFTER: usize = 16;

/// What a passage suggests about its tie.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Cues {
    /// `None` if no word tells, or as many words for one stance as for the other.
    pub stance: Option<Stance>,
    pub status: Option<Status>,
    /// Who is quoted: the one named nearest before the word that reports speech, else the nearest
    /// after it.
    pub speaker: Option<Candidate>,
}

/// Reads the cue words of a passage, in which `names` stand in this order.
#[must_use]
pub fn cues(text: &SourceText, passage: &Range<usize>, names: &[Place]) -> Cues {
    let places = words(text, passage);
    let lower: Vec<String> = places.iter().map(|place| text.slice(place).to_lowercase()).collect();
    let quoting = lower
        .iter()
        .position(|word| CLAIMED.contains(&word.as_str()))
        .or_else(|| lower.windows(2).position(|pair| pair == ["according", "to"]));
    // “May” with a capital letter is the month.
    let is_forecast = places.iter().zip(&lower).any(|(place, word)| {
        FORECAST.contains(&word.as_str()) && text.slice(place) == word.as_str()
    });
    let status = if quoting.is_some() {
        Some(Status::Claimed)
    } else {
        is_forecast.then_some(Status::Forecast)
    };
    let speaker = quoting.and_then(|at| speaker_at(places.get(at)?, names));
    Cues { stance: stance(&lower), status, speaker }
}

/// The one named nearest before a word that reports speech, else nearest after it.
fn speaker_at(word: &Range<usize>, names: &[Place]) -> Option<Candidate> {
    let is_before =
        |one: &&Place| one.range.end <= word.start && word.start - one.range.end <= FARTHEST_BEFORE;
    let is_after =
        |one: &&Place| one.range.start >= word.end && one.range.start - word.end <= FARTHEST_AFTER;
    let before = names.iter().rev().find(is_before);
    before.or_else(|| names.iter().find(is_after)).map(|place| place.candidate)
}

fn stance(words: &[String]) -> Option<Stance> {
    let count = |starts: &[&str]| {
        words.iter().filter(|word| starts.iter().any(|start| word.starts_with(start))).count()
    };
    match count(HOSTILE).cmp(&count(COOPERATIVE)) {
        std::cmp::Ordering::Greater => Some(Stance::Hostile),
        std::cmp::Ordering::Less => Some(Stance::Cooperative),
        std::cmp::Ordering::Equal => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn place(actor: usize, range: Range<usize>) -> Place {
        Place { range, candidate: Candidate::Known(actor.into()) }
    }

    fn read(words: &str, mentions: &[Place]) -> Cues {
        let text = SourceText::new(words.to_owned());
        cues(&text, &(0..text.length()), mentions)
    }

    #[test]
    fn words_tell_stance_and_status() {
        let struck = read("Arland struck Borland", &[]);
        assert_eq!((struck.stance, struck.status), (Some(Stance::Hostile), None));
        let may = read("Arland may support Borland", &[]);
        assert_eq!((may.stance, may.status), (Some(Stance::Cooperative), Some(Status::Forecast)));
        assert_eq!(read("Arland met Borland in May", &[]), Cues::default());
        let both = read("an alliance and a war", &[]);
        assert_eq!(both.stance, None);
    }

    #[test]
    fn the_quoted_actor_stands_next_to_the_word_that_reports_speech() {
        let mentions = [place(0, 0..6), place(1, 21..28)];
        let said = read("Arland said at noon, Borland attacked", &mentions);
        assert_eq!(
            (said.status, said.speaker),
            (Some(Status::Claimed), Some(Candidate::Known(0.into())))
        );
        let told = read("According to Borland, it rained", &[place(1, 13..20)]);
        assert_eq!(
            (told.status, told.speaker),
            (Some(Status::Claimed), Some(Candidate::Known(1.into())))
        );
    }
}
