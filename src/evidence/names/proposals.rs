//! Collects the names of a text.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::adjective::{is_adjective, with_noun};
use super::around::{abbreviation_after, description_after};
use super::runs::{Run, is_capitalised, is_headline, runs_in};
use crate::evidence::head::is_about;
use crate::evidence::mention::Mention;
use crate::evidence::sentence::sentences;
use crate::evidence::{Segment, SourceText};

/// A name in a text that no actor of the map has.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Proposal {
    pub name: String,
    /// The abbreviation that follows the name in brackets: `TTP`.
    pub short: Option<String>,
    /// The description that follows the name between commas: `the army chief`.
    pub description: Option<String>,
    /// Where the name stands, in order. Ranges count Unicode scalar values.
    pub places: Vec<Range<usize>>,
}

/// The names that may be actors, most frequent first. Leaves out every place where an actor of the
/// map is named.
#[must_use]
pub fn proposals(text: &SourceText, segments: &[Segment], mentions: &[Mention]) -> Vec<Proposal> {
    let mut found: BTreeMap<String, Proposal> = BTreeMap::new();
    for range in places(text, segments, mentions) {
        let name = text.slice(&range).split_whitespace().collect::<Vec<_>>().join(" ");
        let proposal = found.entry(name.clone()).or_insert_with(|| Proposal {
            name,
            short: None,
            description: None,
            places: Vec::new(),
        });
        proposal.short = proposal.short.take().or_else(|| abbreviation_after(text, range.end));
        proposal.description =
            proposal.description.take().or_else(|| description_after(text, range.end));
        proposal.places.push(range);
    }
    let mut proposals = joined(found);
    let first = |proposal: &Proposal| proposal.places.first().map_or(0, |place| place.start);
    proposals.sort_by_key(|one| (std::cmp::Reverse(one.places.len()), first(one)));
    proposals
}

/// Where the names stand, in order.
fn places(text: &SourceText, segments: &[Segment], mentions: &[Mention]) -> Vec<Range<usize>> {
    let mut runs: Vec<Run> = Vec::new();
    // Bylines name authors, not actors.
    let body: Vec<Segment> = segments.iter().filter(|one| !is_about(&one.label)).cloned().collect();
    for sentence in sentences(text, &body) {
        if !is_headline(text, &sentence) {
            runs_in(text, &sentence, &mut runs);
        }
    }
    let is_taken = |range: &Range<usize>| {
        let first = mentions.partition_point(|mention| mention.range.end <= range.start);
        // A longer name may contain the name of an actor: Tehreek-e-Taliban Pakistan.
        let covers = |mention: &Mention| {
            mention.range.start <= range.start && mention.range.end >= range.end
        };
        mentions.get(first).is_some_and(covers)
    };
    runs.retain(|run| !is_taken(&run.range));
    let certain: BTreeSet<&str> =
        runs.iter().filter(|run| !run.is_doubtful).map(|run| text.slice(&run.range)).collect();
    let known = mentions.iter().map(|mention| text.slice(&mention.range));
    let names: BTreeSet<&str> =
        runs.iter().map(|run| text.slice(&run.range)).chain(known).collect();
    let place = |run: &Run| {
        let words = text.slice(&run.range);
        if is_adjective(words, &names) {
            return with_noun(text, &run.range).filter(|range| !is_taken(range));
        }
        let is_surname = || certain.iter().any(|name| name.ends_with(&format!(" {words}")));
        let is_name = !run.is_doubtful || certain.contains(words) || is_surname();
        is_name.then(|| run.range.clone())
    };
    runs.iter().filter_map(place).collect()
}

/// Joins the proposals for one actor: an abbreviation with the name that introduces it, and the
/// last word of a longer name with that name.
fn joined(mut found: BTreeMap<String, Proposal>) -> Vec<Proposal> {
    let names: Vec<String> = found.keys().cloned().collect();
    for name in names {
        let first = found.get(&name).and_then(|one| one.places.first()).map_or(0, |one| one.start);
        let is_other = |other: &&Proposal| {
            other.name != name
                && (other.short.as_deref() == Some(name.as_str())
                    || is_last_part(other, &name, first))
        };
        let longer: Vec<String> =
            found.values().filter(is_other).map(|other| other.name.clone()).collect();
        // If two longer names end alike, it is not known which one is meant.
        let [longer] = longer.as_slice() else { continue };
        let Some(shorter) = found.remove(&name) else { continue };
        if let Some(whole) = found.get_mut(longer) {
            whole.places.extend(shorter.places);
            whole.places.sort_by_key(|place| place.start);
            whole.description = whole.description.take().or(shorter.description);
        }
    }
    found.into_values().collect()
}

/// True if `name`, first used at `first`, is the last word of a longer name that is used before:
/// the surname of a person.
fn is_last_part(longer: &Proposal, name: &str, first: usize) -> bool {
    let Some(start) = longer.name.strip_suffix(name).and_then(|start| start.strip_suffix(' '))
    else {
        return false;
    };
    let is_plain = start.split(' ').all(|word| is_capitalised(word) && !word.contains('-'));
    is_plain && longer.places.first().is_some_and(|place| place.start < first)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::evidence::segments;

    fn proposed(text: &str) -> Vec<(String, usize)> {
        let text = SourceText::new(text.to_owned());
        let found = proposals(&text, &segments(&text, &[]), &[]);
        found.into_iter().map(|one| (one.name, one.places.len())).collect()
    }

    #[test]
    fn capitalised_runs_are_names_and_first_words_are_not() {
        let found = proposed(
            "Troops of the Kestrian Army entered Volmark on Monday. Meanwhile the Army of the \
             North waited. Volmark’s mayor Ana Petrović called it a crime. Petrović left.",
        );
        let names: Vec<&str> = found.iter().map(|(name, _)| name.as_str()).collect();
        assert_eq!(names, ["Volmark", "Ana Petrović", "Kestrian Army", "Army of the North"]);
        assert_eq!(found[0].1, 2);
        assert_eq!(found[1].1, 2);
    }

    #[test]
    fn abbreviations_and_descriptions_are_found() {
        let text = SourceText::new(
            "The Front for Free Kestria (FFK) fights Ivo Dan, the army chief, in Tarsa. The FFK \
             won."
                .to_owned(),
        );
        let found = proposals(&text, &segments(&text, &[]), &[]);
        let front = found.iter().find(|one| one.name == "Front for Free Kestria").expect("found");
        assert_eq!((front.short.as_deref(), front.places.len()), (Some("FFK"), 3));
        let chief = found.iter().find(|one| one.name == "Ivo Dan").expect("found");
        assert_eq!(chief.description.as_deref(), Some("the army chief"));
    }

    #[test]
    fn other_scripts_with_two_cases_are_read() {
        let found = proposed("Вчера Армия Кестрии вошла в Вольмарк. Мэр покинул Вольмарк.");
        assert!(found.contains(&("Вольмарк".to_owned(), 2)), "{found:?}");
        let found =
            proposed("Χθες ο στρατός της Κεστρίας μπήκε στο Βόλμαρκ. Έφυγε από το Βόλμαρκ.");
        assert!(found.contains(&("Βόλμαρκ".to_owned(), 2)), "{found:?}");
    }

    #[test]
    fn names_of_actors_are_left_out() {
        let text = SourceText::new("The army of Arland fought that of Borland.".to_owned());
        let segments = segments(&text, &[]);
        let mention = Mention { actor: 0.into(), range: 12..18 };
        let found = proposals(&text, &segments, &[mention]);
        let names: Vec<&str> = found.iter().map(|one| one.name.as_str()).collect();
        assert_eq!(names, ["Borland"]);
    }

    #[test]
    fn hyphens_join_headlines_are_skipped_and_adjectives_are_no_actors() {
        let found = proposed(
            "Kestria And Borland Enter Uncharted Territory\nKestria bombed Borland. A Kestrian \
             officer blamed the Front-e-Kestria Borland (FKB). FKB fighters left Kestria.",
        );
        let names: Vec<&str> = found.iter().map(|(name, _)| name.as_str()).collect();
        assert_eq!(names, ["Front-e-Kestria Borland", "Kestria", "Borland"]);
    }
}
