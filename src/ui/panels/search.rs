//! The text in the search field and its hits, which are cached until the text or the content of
//! the map changes.

use crate::edit::{ContentVersion, Document};
use crate::model::search::Haystack;
use crate::model::{ActorIndex, Element, RelationIndex};

/// The search state of one document.
#[derive(Default)]
pub struct Search {
    text: String,
    /// True if the search opened the list. The list then closes with the search.
    pub opens_list: bool,
    /// Content version and text for which the hits were found.
    made_for: Option<(ContentVersion, String)>,
    /// The searchable text of the map, and the content version it was built from.
    haystack: Option<(ContentVersion, Haystack)>,
    actors: Vec<ActorIndex>,
    ties: Vec<RelationIndex>,
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

    /// Searches again if the text or the content of the map has changed.
    pub fn refresh(&mut self, document: &Document) {
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

    /// The first hit, which Enter in the search field selects.
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
