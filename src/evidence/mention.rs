//! Finds names of actors in a text, and paragraphs that name at least two actors and have no
//! excerpt yet.

use std::collections::BTreeSet;
use std::ops::Range;

use aho_corasick::{AhoCorasick, MatchKind};

use super::folded::Folded;
use super::{Segment, SourceText};
use crate::model::{Actor, ActorIndex, PerActorSlice};

/// An occurrence of an actor's name in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mention {
    pub actor: ActorIndex,
    /// Range of Unicode scalar values in the text.
    pub range: Range<usize>,
}

/// A name with fewer characters counts only if it is an acronym.
const SHORTEST_NAME: usize = 4;

/// Every occurrence of an actor's name, alias or acronym as a whole word, in order. Of overlapping
/// matches, the longest counts. Acronyms match only in their exact case.
#[must_use]
pub fn mentions(text: &SourceText, actors: &PerActorSlice<Actor>) -> Vec<Mention> {
    let folded = Folded::new(text.as_str());
    let folded_text = SourceText::new(folded.scalars.iter().collect());
    let mut names: Vec<(String, ActorIndex, Option<String>)> = Vec::new();
    for (index, actor) in actors.iter_enumerated() {
        // The name without an addition in parentheses.
        let bare = actor.name.split(" (").next().unwrap_or_default();
        let words =
            [actor.name.as_str(), bare].into_iter().chain(actor.aliases.iter().map(String::as_str));
        for name in words.chain(actor.short.as_deref().filter(|short| short.chars().count() > 2)) {
            let key: String = Folded::new(name).scalars.into_iter().collect();
            let is_acronym =
                name.chars().all(|letter| letter.is_uppercase() || !letter.is_alphabetic());
            let is_short = key.chars().count() < SHORTEST_NAME;
            if key.chars().count() > 1 && (is_acronym || !is_short) {
                names.push((key, index, is_acronym.then(|| name.to_owned())));
            }
        }
    }
    let keys = names.iter().map(|(key, _, _)| key);
    let Ok(automaton) = AhoCorasick::builder().match_kind(MatchKind::LeftmostLongest).build(keys)
    else {
        return Vec::new();
    };
    let mut found = Vec::new();
    for hit in automaton.find_iter(folded_text.as_str()) {
        let place = folded_text.scalars(&hit.range());
        let is_letter = |at: Option<usize>| {
            at.and_then(|at| folded.scalars.get(at)).is_some_and(|c| c.is_alphanumeric())
        };
        if is_letter(place.start.checked_sub(1)) || is_letter(Some(place.end)) {
            continue;
        }
        let range = folded.origin(&place);
        if let Some((_, actor, acronym)) = names.get(hit.pattern().as_usize())
            && acronym.as_ref().is_none_or(|acronym| text.slice(&range) == acronym)
        {
            found.push(Mention { actor: *actor, range });
        }
    }
    found
}

/// The actors named within a range, in order, each once.
#[must_use]
pub fn within(mentions: &[Mention], range: &Range<usize>) -> Vec<ActorIndex> {
    let mut actors = Vec::new();
    for mention in mentions
        .iter()
        .filter(|mention| mention.range.start < range.end && mention.range.end > range.start)
    {
        if !actors.contains(&mention.actor) {
            actors.push(mention.actor);
        }
    }
    actors
}

/// The paragraphs that name at least two actors and overlap none of `places`, the positions of
/// excerpts.
#[must_use]
pub fn unmapped<'a>(
    segments: &'a [Segment],
    mentions: &[Mention],
    places: &[Range<usize>],
) -> Vec<&'a Segment> {
    let is_unmapped = |segment: &&Segment| {
        let holds = |place: &Range<usize>| {
            place.start < segment.range.end && place.end > segment.range.start
        };
        let named: BTreeSet<ActorIndex> = within(mentions, &segment.range).into_iter().collect();
        named.len() > 1 && !places.iter().any(holds)
    };
    segments.iter().filter(is_unmapped).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::evidence::segments;
    use crate::model::PerActor;

    fn actor(name: &str, short: Option<&str>, aliases: &[&str]) -> Actor {
        Actor {
            name: name.to_owned(),
            short: short.map(str::to_owned),
            aliases: aliases.iter().map(|alias| (*alias).to_owned()).collect(),
            ..Actor::default()
        }
    }

    #[test]
    fn names_aliases_and_acronyms_are_found_as_whole_words() {
        let actors: PerActor<Actor> = vec![
            actor("Pakistan", Some("PK"), &["Islamabad"]),
            actor("Pakistani military", Some("MIL"), &[]),
            actor("Tehreek-e-Taliban Pakistan", Some("TTP"), &[]),
            actor("Moderates (pro-Pakistan camp)", None, &[]),
        ]
        .into();
        let text = SourceText::new(
            "Pakistan’s forces and the Pakistani Military fought the TTP \
             (Tehreek‑e‑Taliban Pakistan); ttp, Pakistanis and MODERATES in islamabad."
                .to_owned(),
        );
        let found = mentions(&text, &actors);
        let words: Vec<(&str, usize)> =
            found.iter().map(|one| (text.slice(&one.range), one.actor.get())).collect();
        assert_eq!(
            words,
            [
                ("Pakistan", 0),
                ("Pakistani Military", 1),
                ("TTP", 2),
                ("Tehreek‑e‑Taliban Pakistan", 2),
                ("MODERATES", 3),
                ("islamabad", 0)
            ]
        );
    }

    #[test]
    fn paragraphs_that_name_two_and_carry_nothing_are_told() {
        let actors: PerActor<Actor> =
            vec![actor("Arland", None, &[]), actor("Borland", None, &[])].into();
        let text = SourceText::new(
            "Arland struck Borland.\nBorland wept.\nBorland struck Arland.".to_owned(),
        );
        let segments = segments(&text, &[]);
        let mentions = mentions(&text, &actors);
        let labels = |places: &[Range<usize>]| {
            unmapped(&segments, &mentions, places)
                .iter()
                .map(|one| one.label.clone())
                .collect::<Vec<_>>()
        };
        assert_eq!(labels(&[]), ["P1", "P3"]);
        assert_eq!(labels(std::slice::from_ref(&(0..6))), ["P3"]);
    }
}
