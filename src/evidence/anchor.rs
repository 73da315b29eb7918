//! Finds the position of an excerpt in the text of its source, and how certain that position is.
//!
//! The search tries, in this order: the stored position, if the text there is the same; the exact
//! words with the stored context; the exact words, if they occur once; the same words with
//! different typography; the most similar words within a bounded edit distance. The selectors are
//! those of the W3C Web Annotation Data Model (2017): text position and text quote.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::OnceLock;

use aho_corasick::{AhoCorasick, AhoCorasickKind};

use super::approximate::nearest;
use super::folded::Folded;
use super::paragraph::segment_of;
use super::{Segment, SourceText};
use crate::model::Evidence;

/// How certainly an excerpt was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum State {
    /// Found word for word at the stored position. If none is stored: found word for word once, in
    /// the stored paragraph if there is one.
    Anchored,
    /// Found word for word, but not at the stored position.
    Moved,
    /// Found with slightly different words.
    Altered,
    /// Found at several places that cannot be told apart.
    Ambiguous,
    /// Not found.
    Lost,
}

impl State {
    /// The state in one word, as `verify` prints it.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Self::Anchored => "anchored",
            Self::Moved => "moved",
            Self::Altered => "altered",
            Self::Ambiguous => "ambiguous",
            Self::Lost => "lost",
        }
    }

    /// True if the excerpt was found word for word.
    #[must_use]
    pub fn is_exact(self) -> bool {
        matches!(self, Self::Anchored | Self::Moved)
    }
}

/// Where an excerpt was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Anchor {
    pub state: State,
    /// Ranges of Unicode scalar values in the text: one if found, several if ambiguous, none if
    /// lost.
    pub places: Vec<Range<usize>>,
}

impl Anchor {
    fn at(state: State, place: Range<usize>) -> Self {
        Self { state, places: vec![place] }
    }

    /// The place, if there is exactly one.
    #[must_use]
    pub fn place(&self) -> Option<&Range<usize>> {
        self.places.first().filter(|_| self.places.len() == 1)
    }
}

/// Maximum number of places that are collected for an excerpt.
const PLACES_AT_MOST: usize = 1000;
/// Number of characters of context that are stored on each side of an excerpt.
const CONTEXT_LETTERS: usize = 32;
/// Excerpts with fewer characters are only searched exactly. An approximate search would find them
/// nearly anywhere.
const SHORTEST_ALTERED: usize = 8;
/// Excerpts with more characters are only searched exactly.
const LONGEST_ALTERED: usize = 4096;

/// The maximum edit distance of an altered excerpt with this many characters: 20 % for a few words,
/// 30 % for a sentence.
fn limit(letters: usize) -> usize {
    match letters {
        0..SHORTEST_ALTERED => 0,
        SHORTEST_ALTERED..24 => letters / 5,
        _ => letters * 3 / 10,
    }
}

/// Finds each excerpt in the text of its source. Returns the anchors in the order of `excerpts`.
#[must_use]
pub fn resolve(excerpts: &[&Evidence], text: &SourceText, segments: &[Segment]) -> Vec<Anchor> {
    let mut anchors: Vec<Option<Anchor>> =
        excerpts.iter().map(|excerpt| at_its_position(excerpt, text)).collect();
    let missing: Vec<usize> = (0..excerpts.len()).filter(|at| anchors[*at].is_none()).collect();
    let words: Vec<&str> = missing.iter().map(|at| excerpts[*at].excerpt.as_str()).collect();
    let page = Page { text, segments, folded: OnceLock::new() };
    let exact = occurrences(&words, text);
    let mut left = Vec::new();
    for (at, places) in missing.into_iter().zip(exact) {
        match page.narrowed(excerpts[at], places) {
            places if places.is_empty() => left.push(at),
            places => anchors[at] = Some(page.exact(excerpts[at], places)),
        }
    }
    for (at, anchor) in page.inexact(excerpts, &left) {
        anchors[at] = Some(anchor);
    }
    anchors
        .into_iter()
        .map(|anchor| anchor.unwrap_or(Anchor { state: State::Lost, places: Vec::new() }))
        .collect()
}

fn at_its_position(excerpt: &Evidence, text: &SourceText) -> Option<Anchor> {
    let place = excerpt.start?.into()..excerpt.end?.into();
    let agrees =
        place.end <= text.length() && !place.is_empty() && text.slice(&place) == excerpt.excerpt;
    agrees.then(|| Anchor::at(State::Anchored, place))
}

/// Excerpts above this length are searched for with a smaller automaton.
const LONG_PATTERN_BYTES: usize = 2_000;

/// All occurrences of each pattern in `words`, found in one pass over the text.
fn occurrences(words: &[&str], text: &SourceText) -> Vec<Vec<Range<usize>>> {
    let mut numbers: HashMap<&str, usize> = HashMap::new();
    let mut distinct: Vec<&str> = Vec::new();
    for word in words.iter().filter(|word| !word.trim().is_empty()) {
        numbers.entry(word).or_insert_with(|| {
            distinct.push(word);
            distinct.len() - 1
        });
    }
    let mut places: Vec<Vec<Range<usize>>> = vec![Vec::new(); distinct.len()];
    // The time to build the fastest kind of automaton grows with the square of a long repetitive
    // pattern; this kind needs time in proportion to the length.
    let has_long = distinct.iter().any(|word| word.len() > LONG_PATTERN_BYTES);
    let kind = has_long.then_some(AhoCorasickKind::ContiguousNFA);
    // Fails only for patterns of many gigabytes.
    if let Ok(automaton) = AhoCorasick::builder().kind(kind).build(&distinct) {
        for found in automaton.find_overlapping_iter(text.as_str()) {
            if let Some(places) = places.get_mut(found.pattern().as_usize())
                && places.len() < PLACES_AT_MOST
            {
                places.push(text.scalars(&found.range()));
            }
        }
    }
    words
        .iter()
        .map(|word| numbers.get(word).and_then(|at| places.get(*at)).cloned().unwrap_or_default())
        .collect()
}

/// A text with the data for searching it.
struct Page<'a> {
    text: &'a SourceText,
    segments: &'a [Segment],
    /// The folded text, built lazily when the first excerpt is not found word for word.
    folded: OnceLock<(Folded, SourceText)>,
}

impl Page<'_> {
    fn folded(&self) -> &(Folded, SourceText) {
        self.folded.get_or_init(|| {
            let folded = Folded::new(self.text.as_str());
            let text = SourceText::new(folded.scalars.iter().collect());
            (folded, text)
        })
    }

    /// The places with the stored context and, of these, the ones in the stored paragraph. A
    /// criterion that no place meets is skipped.
    fn narrowed(&self, excerpt: &Evidence, places: Vec<Range<usize>>) -> Vec<Range<usize>> {
        if places.len() < 2 {
            return places;
        }
        let mut places = places;
        for speaks_for in [Self::has_context, Self::is_in_paragraph] {
            let some: Vec<Range<usize>> =
                places.iter().filter(|place| speaks_for(self, excerpt, place)).cloned().collect();
            if !some.is_empty() {
                places = some;
            }
        }
        places
    }

    fn has_context(&self, excerpt: &Evidence, place: &Range<usize>) -> bool {
        if excerpt.prefix.is_empty() && excerpt.suffix.is_empty() {
            return false;
        }
        let start = place.start.saturating_sub(Self::letters_around(&excerpt.prefix));
        let end = place.end.saturating_add(Self::letters_around(&excerpt.suffix));
        let before = Folded::new(self.text.slice(&(start..place.start)));
        let after = Folded::new(self.text.slice(&(place.end..end.min(self.text.length()))));
        before.scalars.ends_with(&Folded::new(&excerpt.prefix).scalars)
            && after.scalars.starts_with(&Folded::new(&excerpt.suffix).scalars)
    }

    /// The number of characters to compare with `words`: more than it has, because folding may
    /// shorten the text.
    fn letters_around(words: &str) -> usize {
        words.chars().count() * 2 + 8
    }

    fn is_in_paragraph(&self, excerpt: &Evidence, place: &Range<usize>) -> bool {
        let label = segment_of(self.segments, place).map(|segment| segment.label.as_str());
        label.is_some() && label == excerpt.paragraph.as_deref()
    }

    fn exact(&self, excerpt: &Evidence, places: Vec<Range<usize>>) -> Anchor {
        let [place] = places.as_slice() else { return Anchor { state: State::Ambiguous, places } };
        let is_elsewhere = match (excerpt.start, &excerpt.paragraph) {
            (Some(_), _) => true,
            (None, Some(_)) => !self.is_in_paragraph(excerpt, place),
            (None, None) => false,
        };
        Anchor { state: if is_elsewhere { State::Moved } else { State::Anchored }, places }
    }

    /// Searches the excerpts at the indices `left`, which were not found word for word.
    fn inexact(&self, excerpts: &[&Evidence], left: &[usize]) -> Vec<(usize, Anchor)> {
        if left.is_empty() {
            return Vec::new();
        }
        let (folded, folded_text) = self.folded();
        let patterns: Vec<Folded> =
            left.iter().map(|at| Folded::new(&excerpts[*at].excerpt)).collect();
        let words: Vec<String> =
            patterns.iter().map(|pattern| pattern.scalars.iter().collect()).collect();
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        let mut found = Vec::new();
        for ((at, places), pattern) in
            left.iter().zip(occurrences(&words, folded_text)).zip(&patterns)
        {
            let mut places: Vec<Range<usize>> =
                places.iter().map(|place| folded.origin(place)).collect();
            let letters = pattern.scalars.len();
            if places.is_empty() && (SHORTEST_ALTERED..=LONGEST_ALTERED).contains(&letters) {
                let near = nearest(&pattern.scalars, &folded.scalars, limit(letters));
                places = near.into_iter().map(|near| folded.origin(&near.range)).collect();
            }
            let places = self.narrowed(excerpts[*at], places);
            let state = match places.len() {
                0 => State::Lost,
                1 => State::Altered,
                _ => State::Ambiguous,
            };
            found.push((*at, Anchor { state, places }));
        }
        found
    }
}

/// The excerpt anchored at `place`: a copy with the words, context, position and paragraph of that
/// place.
#[must_use]
pub fn placed(
    excerpt: &Evidence,
    place: &Range<usize>,
    text: &SourceText,
    segments: &[Segment],
) -> Evidence {
    let before = place.start.saturating_sub(CONTEXT_LETTERS)..place.start;
    let after = place.end..(place.end + CONTEXT_LETTERS).min(text.length());
    // The context stays within the paragraph, because adjacent paragraphs may be moved separately.
    let within = segment_of(segments, place)
        .map(|segment| segment.range.clone())
        .unwrap_or(0..text.length());
    Evidence {
        paragraph: segment_of(segments, place).map(|segment| segment.label.as_str().into()),
        excerpt: text.slice(place).into(),
        prefix: context(text, &before, &within).into(),
        suffix: context(text, &after, &within).into(),
        start: Some(place.start.into()),
        end: Some(place.end.into()),
        ..excerpt.clone()
    }
}

/// The text of the part of `range` that lies within `within`.
fn context<'a>(text: &'a SourceText, range: &Range<usize>, within: &Range<usize>) -> &'a str {
    let range = range.start.max(within.start)..range.end.min(within.end);
    if range.start < range.end { text.slice(&range) } else { "" }
}
