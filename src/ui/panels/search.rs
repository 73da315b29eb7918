//! The text in the search field and its hits, which are cached until the text or the content of
//! the map changes.

use std::ops::Range;

use crate::edit::reading::Reading;
use crate::edit::{ContentVersion, Document};
use crate::evidence::find::places;
use crate::model::search::Haystack;
use crate::model::{ActorIndex, Element, NoteIndex, RelationIndex, SourceId};

/// Maximum number of places in source texts that are listed.
const PASSAGES_AT_MOST: usize = 100;
/// Number of characters around a place that are listed with it.
const AROUND: usize = 30;

/// A place in the text of a source that has the words of the search.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Passage {
    pub source: SourceId,
    pub range: Range<usize>,
    /// The label of its paragraph.
    pub label: String,
    /// The words before the place, those of the place, and those after it.
    pub words: [String; 3],
}

/// What a search finds first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum First {
    Element(Element),
    Passage(SourceId, Range<usize>),
}

/// The search state of one document.
#[derive(Default)]
pub struct Search {
    text: String,
    /// True if the search opened the list. The list then closes with the search.
    pub opens_list: bool,
    /// Content version and text for which the hits were found.
    made_for: Option<(ContentVersion, String)>,
    /// The number of the reading in which `passages` were found, and the text.
    read_for: Option<(u64, String)>,
    /// The searchable text of the map, and the content version it was built from.
    haystack: Option<(ContentVersion, Haystack)>,
    actors: Vec<ActorIndex>,
    ties: Vec<RelationIndex>,
    notes: Vec<NoteIndex>,
    passages: Vec<Passage>,
}

impl Search {
    /// The text in the search field.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Sets the text to search for. [`Self::refresh`] then updates the hits.
    pub fn set_text(&mut self, text: String) {
        self.opens_list = !text.is_empty();
        self.text = text;
    }

    /// The actors found, best first. Without a text: all actors, by name.
    #[must_use]
    pub fn actors(&self) -> &[ActorIndex] {
        &self.actors
    }

    /// The ties found, best first. Without a text: all ties, in file order.
    #[must_use]
    pub fn ties(&self) -> &[RelationIndex] {
        &self.ties
    }

    /// The notes on the map that were found, best first. Without a text: all, in file order.
    #[must_use]
    pub fn notes(&self) -> &[NoteIndex] {
        &self.notes
    }

    /// The places in source texts, in order. Without a text: none.
    #[must_use]
    pub fn passages(&self) -> &[Passage] {
        &self.passages
    }

    /// Searches again if the text, the content of the map or a source text has changed.
    /// Without a text, the hits are needed only if `has_list`.
    pub fn refresh(&mut self, document: &Document, reading: &Reading, has_list: bool) {
        let key = (reading.number(), self.text.clone());
        if self.read_for.as_ref() != Some(&key) {
            self.passages = passages(document, reading, &self.text);
            self.read_for = Some(key);
        }
        if has_list || !self.text.trim().is_empty() {
            self.refresh_map(document);
        }
    }

    fn refresh_map(&mut self, document: &Document) {
        let version = document.version().content();
        let is_same =
            |(made, text): &(ContentVersion, String)| *made == version && *text == self.text;
        if self.made_for.as_ref().is_some_and(is_same) {
            return;
        }
        let (map, index) = (document.map(), document.index());
        if self.text.trim().is_empty() {
            self.actors = map.actors.keys().collect();
            self.actors.sort_by_cached_key(|at| {
                map.actors.get(*at).map(|actor| actor.name.to_lowercase())
            });
            self.ties = map.relations.keys().collect();
            self.notes = map.notes.keys().collect();
        } else {
            if self.haystack.as_ref().is_none_or(|(made, _)| *made != version) {
                self.haystack = Some((version, Haystack::of(map, index)));
            }
            let find = |(_, haystack): &(_, Haystack)| haystack.find(&self.text);
            let hits = self.haystack.as_ref().map(find).unwrap_or_default();
            (self.actors, self.ties, self.notes) = (hits.actors, hits.relations, hits.notes);
        }
        self.made_for = Some((version, self.text.clone()));
    }

    /// The first hit, which Enter in the search field selects or shows.
    #[must_use]
    pub fn first(&self, document: &Document) -> Option<First> {
        let map = document.map();
        let actor = self.actors.first().and_then(|at| map.actors.get(*at));
        let tie = || self.ties.first().and_then(|at| map.relations.get(*at));
        let note = || self.notes.first().and_then(|at| map.notes.get(*at));
        let element = actor
            .map(|actor| Element::Actor(actor.id.clone()))
            .or_else(|| tie().map(|tie| Element::Relation(tie.id.clone())))
            .or_else(|| note().map(|note| Element::Note(note.id.clone())));
        let passage = |one: &Passage| First::Passage(one.source.clone(), one.range.clone());
        element.map(First::Element).or_else(|| self.passages.first().map(passage))
    }
}

/// The places in the texts of all sources that have these words.
fn passages(document: &Document, reading: &Reading, words: &str) -> Vec<Passage> {
    let mut found = Vec::new();
    for source in &document.map().sources {
        let Some(prepared) = reading.prepared.get(&source.id) else { continue };
        let text = &prepared.text;
        for range in places(text, words, PASSAGES_AT_MOST - found.len()) {
            let segments = &prepared.segments;
            let at = segments.partition_point(|segment| segment.range.end <= range.start);
            let segment = segments.get(at).filter(|one| one.range.start < range.end);
            let whole = segment.map_or(range.clone(), |one| one.range.clone());
            let before = range.start.saturating_sub(AROUND).max(whole.start)..range.start;
            let after = range.end..(range.end + AROUND).min(whole.end).max(range.end);
            let slice = |range: &Range<usize>| text.slice(range).replace('\n', " ");
            found.push(Passage {
                source: source.id.clone(),
                label: segment.map(|one| one.label.clone()).unwrap_or_default(),
                words: [slice(&before), slice(&range), slice(&after)],
                range,
            });
        }
    }
    found
}
