//! The text in the search field and what it finds; kept until the text or the map's content changes.

use crate::edit::{ContentVersion, Document};
use crate::model::Element;
use crate::model::search::Haystack;

/// The search of one document.
#[derive(Default)]
pub struct Search {
    text: String,
    /// The list was opened by the search and closes with it.
    pub opens_list: bool,
    made_for: Option<(ContentVersion, String)>,
    /// The words of the map, and what they were made from.
    haystack: Option<(ContentVersion, Haystack)>,
    actors: Vec<usize>,
    ties: Vec<usize>,
}

impl Search {
    /// The text in the search field.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Searches for another text.
    pub fn set_text(&mut self, text: String) {
        self.opens_list = !text.is_empty();
        self.text = text;
    }

    /// Positions in `map.actors` of the hits, the best first; all by name without a text.
    #[must_use]
    pub fn actors(&self) -> &[usize] {
        &self.actors
    }

    /// Positions in `map.relations` of the hits, the best first; all in file order without a text.
    #[must_use]
    pub fn ties(&self) -> &[usize] {
        &self.ties
    }

    /// Searches again if something changed.
    pub fn refresh(&mut self, document: &Document) {
        let version = document.version().content();
        let is_same =
            |(made, text): &(ContentVersion, String)| *made == version && *text == self.text;
        if self.made_for.as_ref().is_some_and(is_same) {
            return;
        }
        let (map, index) = (document.map(), document.index());
        if self.text.trim().is_empty() {
            self.actors = (0..map.actors.len()).collect();
            self.actors.sort_by_cached_key(|at| {
                map.actors.get(*at).map(|actor| actor.name.to_lowercase())
            });
            self.ties = (0..map.relations.len()).collect();
        } else {
            if self.haystack.as_ref().is_none_or(|(made, _)| *made != version) {
                self.haystack = Some((version, Haystack::of(map, index)));
            }
            let find = |(_, haystack): &(_, Haystack)| haystack.find(&self.text);
            let hits = self.haystack.as_ref().map(find).unwrap_or_default();
            (self.actors, self.ties) = (hits.actors, hits.relations);
        }
        self.made_for = Some((version, self.text.clone()));
    }

    /// The first hit: what Enter in the search field selects.
    #[must_use]
    pub fn first(&self, document: &Document) -> Option<Element> {
        let map = document.map();
        let actor = self.actors.first().and_then(|at| map.actors.get(*at));
        let tie = || self.ties.first().and_then(|at| map.relations.get(*at));
        actor
            .map(|actor| Element::Actor(actor.id.clone()))
            .or_else(|| tie().map(|tie| Element::Relation(tie.id.clone())))
    }
}
