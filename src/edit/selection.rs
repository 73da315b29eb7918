//! The selected elements, and the elements that are emphasised because of them.

use std::collections::BTreeSet;

use crate::model::query::Index;
use crate::model::{ActorId, Element, Map, NoteId, RelationId};
use crate::scene::emphasis::around;
use crate::scene::shown::Shown;
use crate::scene::view::Emphasis;

/// The selected actors, relations and notes. Stored by id, so that the selection survives edits.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Selection {
    items: BTreeSet<Element>,
    /// The element that was selected last, if it is still selected.
    lead: Option<Element>,
}

impl Selection {
    /// A selection of one element.
    #[must_use]
    pub fn of(item: Element) -> Self {
        Self { items: BTreeSet::from([item.clone()]), lead: Some(item) }
    }

    /// A selection of all actors.
    #[must_use]
    pub fn all_actors(map: &Map) -> Self {
        map.actors.iter().map(|actor| Element::Actor(actor.id.clone())).collect()
    }

    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.items.is_empty()
    }

    #[must_use]
    pub fn len(&self) -> usize {
        self.items.len()
    }

    #[must_use]
    pub fn contains(&self, item: &Element) -> bool {
        self.items.contains(item)
    }

    /// Adds the element, or removes it if it is already selected.
    pub fn toggle(&mut self, item: Element) {
        if self.items.remove(&item) {
            self.lead = self.lead.take().filter(|lead| *lead != item);
        } else {
            self.items.insert(item.clone());
            self.lead = Some(item);
        }
    }

    /// Replaces `from` with its new id `to`, if it is selected.
    pub fn rename(&mut self, from: &Element, to: Element) {
        if self.contains(from) {
            self.toggle(from.clone());
            self.toggle(to);
        }
    }

    /// The element that was selected last, or else the first selected one in the order of ids.
    #[must_use]
    pub fn lead(&self) -> Option<&Element> {
        self.lead.as_ref().or(self.items.first())
    }

    /// The selected element, if exactly one is selected.
    #[must_use]
    pub fn only(&self) -> Option<&Element> {
        self.items.first().filter(|_| self.items.len() == 1)
    }

    /// The selected elements, in the order of their ids.
    pub fn items(&self) -> impl Iterator<Item = &Element> {
        self.items.iter()
    }

    /// True if both have the same elements.
    #[must_use]
    pub fn has_same(&self, other: &Self) -> bool {
        self.items == other.items
    }

    /// The selected actors, in the order of their ids.
    pub fn actors(&self) -> impl Iterator<Item = &ActorId> {
        self.items.iter().filter_map(|item| match item {
            Element::Actor(id) => Some(id),
            Element::Relation(_) | Element::Note(_) => None,
        })
    }

    /// The selected relations, in the order of their ids.
    pub fn relations(&self) -> impl Iterator<Item = &RelationId> {
        self.items.iter().filter_map(|item| match item {
            Element::Relation(id) => Some(id),
            Element::Actor(_) | Element::Note(_) => None,
        })
    }

    /// The selected notes, in the order of their ids.
    pub fn notes(&self) -> impl Iterator<Item = &NoteId> {
        self.items.iter().filter_map(|item| match item {
            Element::Note(id) => Some(id),
            Element::Actor(_) | Element::Relation(_) => None,
        })
    }

    /// Removes elements that are not in the map.
    pub fn retain_known(&mut self, index: &Index) {
        self.items.retain(|item| match item {
            Element::Actor(id) => index.actor(id).is_some(),
            Element::Relation(id) => index.relation(id).is_some(),
            Element::Note(id) => index.note(id).is_some(),
        });
        self.lead = self.lead.take().filter(|lead| self.items.contains(lead));
    }

    /// The selection with its neighbourhood: the visible ties of the selected actor, or those among
    /// several selected actors, and both ends of these and of each selected tie. An actor that is
    /// folded into another is represented by that one.
    #[must_use]
    pub fn emphasis(&self, index: &Index, shown: &Shown) -> Emphasis {
        let actors = self.actors().filter_map(|id| index.actor(id));
        let relations = self.relations().filter_map(|id| index.relation(id)).collect();
        Emphasis {
            selected_notes: self.notes().filter_map(|id| index.note(id)).collect(),
            ..around(index, shown, actors, relations)
        }
    }
}

impl FromIterator<Element> for Selection {
    fn from_iter<T: IntoIterator<Item = Element>>(items: T) -> Self {
        Self { items: items.into_iter().collect(), lead: None }
    }
}
