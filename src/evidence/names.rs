//! Names in a text that may be actors: runs of capitalised words, with abbreviations in brackets and
//! descriptions such as “X, the army chief,”. Works on Latin, Greek and Cyrillic text, whose letters
//! have two cases.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::mention::Mention;
use super::sentence::{sentences, words};
use super::{Segment, SourceText};

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

/// Words in lower case that may stand inside a name.
const CONNECTING: &[&str] = &[
    "al", "and", "bin", "da", "de", "del", "der", "di", "do", "dos", "du", "e", "el", "for", "ibn",
    "la", "le", "of", "the", "ud", "ul", "van", "von", "y", "και", "του", "της", "и", "по",
];

/// Capitalised words that are no actors: months, weekdays, forms of address, and words that often
/// begin a sentence or a title.
const NO_ACTORS: &[&str] = &[
    "a",
    "about",
    "after",
    "again",
    "against",
    "all",
    "also",
    "although",
    "amid",
    "among",
    "an",
    "and",
    "another",
    "april",
    "as",
    "at",
    "august",
    "because",
    "before",
    "both",
    "but",
    "by",
    "day",
    "december",
    "despite",
    "during",
    "each",
    "either",
    "even",
    "every",
    "february",
    "few",
    "finally",
    "first",
    "for",
    "former",
    "friday",
    "from",
    "given",
    "had",
    "has",
    "have",
    "he",
    "her",
    "here",
    "his",
    "how",
    "however",
    "i",
    "if",
    "in",
    "indeed",
    "instead",
    "is",
    "it",
    "its",
    "january",
    "july",
    "june",
    "last",
    "later",
    "like",
    "many",
    "march",
    "may",
    "meanwhile",
    "monday",
    "more",
    "moreover",
    "most",
    "much",
    "neither",
    "no",
    "not",
    "november",
    "now",
    "october",
    "of",
    "on",
    "once",
    "one",
    "only",
    "or",
    "other",
    "others",
    "our",
    "over",
    "photo",
    "saturday",
    "second",
    "september",
    "several",
    "she",
    "should",
    "since",
    "so",
    "some",
    "still",
    "such",
    "sunday",
    "that",
    "the",
    "their",
    "then",
    "there",
    "these",
    "they",
    "this",
    "those",
    "though",
    "three",
    "through",
    "thursday",
    "thus",
    "to",
    "today",
    "tuesday",
    "two",
    "under",
    "unless",
    "until",
    "we",
    "wednesday",
    "what",
    "when",
    "where",
    "whether",
    "which",
    "while",
    "who",
    "why",
    "will",
    "with",
    "without",
    "yes",
    "yesterday",
    "yet",
    "you",
    "в",
    "и",
    "на",
    "но",
    "по",
    "он",
    "она",
    "они",
    "это",
    "как",
    "из",
    "с",
    "о",
    "ο",
    "η",
    "το",
    "οι",
    "τα",
    "και",
    "στο",
    "στη",
];

/// Words that begin the name of a body even where every first word is capitalised.
const BODIES: &[&str] = &[
    "Alliance",
    "Army",
    "Bank",
    "Bureau",
    "Coalition",
    "Committee",
    "Council",
    "Court",
    "Department",
    "Embassy",
    "Emirate",
    "Federation",
    "Front",
    "Government",
    "House",
    "Institute",
    "Kingdom",
    "League",
    "Ministry",
    "Movement",
    "Office",
    "Organisation",
    "Organization",
    "Parliament",
    "Party",
    "Republic",
    "Society",
    "State",
    "Union",
    "University",
];

/// A description longer than this is a clause rather than a title.
const LONGEST_DESCRIPTION: usize = 60;

/// One run of capitalised words.
struct Run {
    range: Range<usize>,
    /// True if it is one word at the start of a sentence, where every word is capitalised.
    is_doubtful: bool,
}

/// The names that may be actors, most frequent first. Leaves out every place where an actor of the
/// map is named.
#[must_use]
pub fn proposals(text: &SourceText, segments: &[Segment], mentions: &[Mention]) -> Vec<Proposal> {
    let mut runs = Vec::new();
    for sentence in sentences(text, segments) {
        if !is_headline(text, &sentence) {
            runs_in(text, &sentence, &mut runs);
        }
    }
    let is_taken = |range: &Range<usize>| {
        let first = mentions.partition_point(|mention| mention.range.end <= range.start);
        mentions.get(first).is_some_and(|mention| mention.range.start < range.end)
    };
    runs.retain(|run| !is_taken(&run.range));
    let certain: BTreeSet<&str> =
        runs.iter().filter(|run| !run.is_doubtful).map(|run| text.slice(&run.range)).collect();
    let mut found: BTreeMap<String, Proposal> = BTreeMap::new();
    for run in &runs {
        let words = text.slice(&run.range);
        let is_surname = || certain.iter().any(|name| name.ends_with(&format!(" {words}")));
        if run.is_doubtful && !certain.contains(words) && !is_surname() {
            continue;
        }
        let name = words.split_whitespace().collect::<Vec<_>>().join(" ");
        let proposal = found.entry(name.clone()).or_insert_with(|| Proposal {
            name,
            short: None,
            description: None,
            places: Vec::new(),
        });
        proposal.places.push(run.range.clone());
        if proposal.short.is_none() {
            proposal.short = abbreviation_after(text, run.range.end);
        }
        if proposal.description.is_none() {
            proposal.description = description_after(text, run.range.end);
        }
    }
    let mut proposals = joined(found);
    without_adjectives(&mut proposals);
    let first = |proposal: &Proposal| proposal.places.first().map_or(0, |place| place.start);
    proposals.sort_by_key(|one| (std::cmp::Reverse(one.places.len()), first(one)));
    proposals
}

/// True for a line in which nearly every longer word is capitalised: it does not show which are
/// names.
fn is_headline(text: &SourceText, sentence: &Range<usize>) -> bool {
    let words = words(text, sentence);
    let long: Vec<&str> =
        words.iter().map(|word| text.slice(word)).filter(|word| word.chars().count() > 3).collect();
    let capitalised = long.iter().filter(|word| is_capitalised(word)).count();
    let is_sentence = text.slice(sentence).ends_with(['.', '!', '?', '”', '"']);
    !is_sentence && long.len() > 3 && capitalised * 10 >= long.len() * 8
}

/// Collects the runs of capitalised words of a sentence.
fn runs_in(text: &SourceText, sentence: &Range<usize>, runs: &mut Vec<Run>) {
    let words = words(text, sentence);
    let mut at = 0;
    while at < words.len() {
        if !is_capitalised(text.slice(&words[at])) {
            at += 1;
            continue;
        }
        let mut last = at;
        while let Some(next) = next_part(text, &words, last) {
            last = next;
        }
        let mut first = at;
        at = last + 1;
        // A connecting word cannot begin or end a name.
        while first < last && is_left_out(text, &words, first) {
            first += 1;
        }
        while first < last && is_no_actor_or_connecting(text.slice(&words[last])) {
            last -= 1;
        }
        let range = words[first].start..without_possessive(text, &words[last]);
        let name = text.slice(&range);
        if is_no_actor(name) || name.chars().count() < 2 {
            continue;
        }
        let is_doubtful = first == last && first == 0 && !is_acronym(name);
        runs.push(Run { range, is_doubtful });
    }
}

/// True if the word at `at`, the first of a run, is not part of the name: a word that is no actor, a
/// connecting word, or the first word of a sentence such as “Troops of the Kestrian Army”.
fn is_left_out(text: &SourceText, words: &[Range<usize>], at: usize) -> bool {
    let word = text.slice(&words[at]);
    let is_joined_by_word = words.get(at + 1).is_some_and(|next| !is_capitalised(text.slice(next)));
    is_no_actor_or_connecting(word) || (at == 0 && is_joined_by_word && !BODIES.contains(&word))
}

fn is_no_actor_or_connecting(word: &str) -> bool {
    !is_capitalised(word) || is_no_actor(word)
}

/// The index of the next word of the name whose last word so far is `words[last]`; `None` if the
/// name ends there.
fn next_part(text: &SourceText, words: &[Range<usize>], last: usize) -> Option<usize> {
    let mut end = words[last].end;
    for (at, word) in words.iter().enumerate().skip(last + 1) {
        let gap = text.slice(&(end..word.start));
        let is_joined = matches!(gap, " " | "\n" | "-" | "‑" | "\u{a0}" | ". " | "’ ")
            && (gap != ". " || word.start - end > 0 && is_initial(text.slice(&words[at - 1])));
        if !is_joined || ends_possessive(text.slice(&words[at - 1])) {
            return None;
        }
        let word_text = text.slice(word);
        if is_capitalised(word_text) {
            return Some(at);
        }
        // Up to two connecting words may stand before the next capitalised word. “and” joins only
        // parts of one name, which it cannot do right after the first word.
        let is_and = gap == " " && matches!(word_text, "and" | "и" | "και" | "y" | "e");
        if !CONNECTING.contains(&word_text) || at > last + 2 || is_and {
            return None;
        }
        end = word.end;
    }
    None
}

/// The end of a word without `’s`.
fn without_possessive(text: &SourceText, word: &Range<usize>) -> usize {
    if ends_possessive(text.slice(word)) { word.end - 2 } else { word.end }
}

fn ends_possessive(word: &str) -> bool {
    word.ends_with("’s") || word.ends_with("'s")
}

fn is_capitalised(word: &str) -> bool {
    word.chars().next().is_some_and(char::is_uppercase)
}

fn is_initial(word: &str) -> bool {
    word.chars().count() == 1 && is_capitalised(word)
}

/// True for two or more capital letters: such a word is a name even at the start of a sentence.
fn is_acronym(word: &str) -> bool {
    word.chars().count() > 1 && word.chars().all(|letter| letter.is_uppercase() || letter == '-')
}

fn is_no_actor(word: &str) -> bool {
    NO_ACTORS.contains(&word.to_lowercase().as_str())
}

/// A name without “the”, “a” or “an” before it.
#[must_use]
pub fn without_article(name: &str) -> &str {
    let article = ["the ", "a ", "an "].into_iter().find(|article| {
        name.get(..article.len()).is_some_and(|start| start.eq_ignore_ascii_case(article))
    });
    article.and_then(|article| name.get(article.len()..)).unwrap_or(name)
}

/// The first letters of the capitalised words of a name: `KA` for `Kestrian Army`. `None` for names
/// of one word, and for those whose letters have no cases.
#[must_use]
pub fn abbreviation(name: &str) -> Option<String> {
    let capitals = name.split([' ', '-']).filter(|word| is_capitalised(word));
    let short: String = capitals.filter_map(|word| word.chars().next()).collect();
    (2..=5).contains(&short.chars().count()).then_some(short)
}

/// The abbreviation in brackets right after a name: `TTP` in `… Pakistan (TTP)`.
fn abbreviation_after(text: &SourceText, end: usize) -> Option<String> {
    let rest = text.slice(&(end..end + 16)).trim_start();
    let inside = rest.strip_prefix('(')?.split_once(')')?.0;
    let short = inside.trim_matches(|letter: char| !letter.is_alphanumeric());
    let capitals = short.chars().filter(|letter| letter.is_uppercase()).count();
    let is_short = (2..=8).contains(&short.chars().count()) && !short.contains(' ');
    (is_short && capitals >= 2).then(|| short.to_owned())
}

/// The description between commas right after a name: `the army chief` in `X, the army chief,`.
fn description_after(text: &SourceText, end: usize) -> Option<String> {
    let rest = text.slice(&(end..end + LONGEST_DESCRIPTION + 4)).strip_prefix(',')?.trim_start();
    let is_title = ["the ", "a ", "an ", "leader ", "head ", "chief ", "its ", "their "]
        .iter()
        .any(|start| rest.starts_with(start));
    let description = rest.split_once([',', '.', ';', '\n'])?.0.trim();
    (is_title && description.chars().count() <= LONGEST_DESCRIPTION).then(|| description.to_owned())
}

/// Joins the proposals for one actor: an abbreviation with the name that introduces it, and the last
/// word of a longer name with that name.
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

/// True if `name`, first used at `first`, is the last word of a longer name that is used before: the
/// surname of a person.
fn is_last_part(longer: &Proposal, name: &str, first: usize) -> bool {
    let Some(start) = longer.name.strip_suffix(name).and_then(|start| start.strip_suffix(' '))
    else {
        return false;
    };
    let is_plain = start.split(' ').all(|word| is_capitalised(word) && !word.contains('-'));
    is_plain && longer.places.first().is_some_and(|place| place.start < first)
}

/// Removes the adjectives of other names: `Pakistani` beside `Pakistan`, `Afghan` beside
/// `Afghanistan`.
fn without_adjectives(proposals: &mut Vec<Proposal>) {
    let names: BTreeSet<String> = proposals.iter().map(|one| one.name.clone()).collect();
    let is_adjective = |name: &str| {
        let of_shorter = ["i", "n", "an", "ian", "ese", "ish"].iter().any(|ending| {
            name.strip_suffix(ending).is_some_and(|stem| {
                stem.chars().count() > 2
                    && names.iter().any(|other| {
                        other == stem || other.strip_suffix(['a', 'e', 'y']) == Some(stem)
                    })
            })
        });
        of_shorter || names.contains(&format!("{name}istan"))
    };
    proposals.retain(|one| one.name.contains(' ') || !is_adjective(&one.name));
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
