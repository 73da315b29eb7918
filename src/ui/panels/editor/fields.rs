//! Shared by all forms: the ids of their fields, and the delete button.

use std::fmt::Debug;
use std::hash::Hash;

use egui::{Id, RichText, Ui};

use crate::edit::{Document, Selection};
use crate::model::{ActorId, Element, NoteId, RelationId, Source, SourceId};
use crate::ui::widgets::form::Form;

/// A form for the object that `key` identifies. The field ids also contain the number of the
/// document, so that unfinished input does not appear in another document.
pub(super) fn form(document: &Document, key: impl Hash + Debug) -> Form<'_> {
    Form { map: document.map(), key: key_in(document, key), is_left: false }
}

fn key_in(document: &Document, key: impl Hash + Debug) -> Id {
    Id::new((document.number(), key))
}

/// The key of the form of an actor.
pub(super) fn actor_key(actor: &ActorId) -> impl Hash + Debug {
    ("actor", actor.as_str())
}

/// The key of the form of an excerpt.
pub(super) fn excerpt_key(element: &Element, number: usize) -> impl Hash + Debug {
    ("excerpt", element, number)
}

/// The key of the form of a tie.
pub(super) fn relation_key(relation: &RelationId) -> impl Hash + Debug {
    ("relation", relation.as_str())
}

/// The key of the form of a note.
pub(super) fn note_key(note: &NoteId) -> impl Hash + Debug {
    ("note", note.as_str())
}

/// The label of the field for the text of a note.
pub(super) const TEXT: &str = "Text";

/// The key of the form of the map itself.
pub(super) const MAP_KEY: &str = "map";

/// The key of the form of a source.
pub(super) fn source_key(source: &SourceId) -> impl Hash + Debug {
    ("source", source.as_str())
}

/// The key of the form of a paragraph of a source.
pub(super) fn paragraph_key(source: &SourceId, number: usize) -> impl Hash + Debug {
    ("paragraph", source.as_str(), number)
}

/// The selection for which the inspector shows a form; `None` if no element of the document has
/// this form.
#[must_use]
pub fn selection_with(document: &Document, form: Id) -> Option<Selection> {
    let map = document.map();
    let is_it = |key: Id| key == form;
    let has_excerpt = |element: &Element, count: usize| {
        (0..count).any(|number| is_it(key_in(document, excerpt_key(element, number))))
    };
    let of_map = map.sources.iter().any(|source| {
        let paragraphs = 0..source.paragraphs.len();
        is_it(key_in(document, source_key(&source.id)))
            || paragraphs.into_iter().any(|number| is_it(paragraph_id(document, source, number)))
    });
    if of_map || is_it(key_in(document, MAP_KEY)) {
        return Some(Selection::default());
    }
    let actor = map.actors.iter().find_map(|actor| {
        let element = Element::Actor(actor.id.clone());
        let is_own = is_it(key_in(document, actor_key(&actor.id)));
        (is_own || has_excerpt(&element, actor.evidence.len())).then_some(element)
    });
    let tie = || {
        map.relations.iter().find_map(|tie| {
            let element = Element::Relation(tie.id.clone());
            let is_own = is_it(key_in(document, relation_key(&tie.id)));
            (is_own || has_excerpt(&element, tie.evidence.len())).then_some(element)
        })
    };
    let note = || {
        let mut notes = map.notes.iter();
        let note = notes.find(|note| is_it(key_in(document, note_key(&note.id))));
        note.map(|note| Element::Note(note.id.clone()))
    };
    actor.or_else(tie).or_else(note).map(Selection::of)
}

/// The key of the form of a paragraph, in this document.
pub(super) fn paragraph_id(document: &Document, source: &Source, number: usize) -> Id {
    key_in(document, paragraph_key(&source.id, number))
}

/// The id of the first field of the form that is shown for a selection; `None` for a selection of
/// several elements.
#[must_use]
pub fn first_field(document: &Document, selection: &Selection) -> Option<Id> {
    match selection.only() {
        None if selection.is_empty() => Some(key_in(document, MAP_KEY).with("Title")),
        None => None,
        Some(Element::Actor(id)) => Some(name_field(document, id)),
        Some(Element::Relation(id)) => Some(key_in(document, relation_key(id)).with("From")),
        Some(Element::Note(id)) => Some(text_field(document, id)),
    }
}

/// The id of the field for an actor's name.
#[must_use]
pub fn name_field(document: &Document, actor: &ActorId) -> Id {
    key_in(document, actor_key(actor)).with("Name")
}

/// The id of the field for the text of a note.
#[must_use]
pub fn text_field(document: &Document, note: &NoteId) -> Id {
    key_in(document, note_key(note)).with(TEXT)
}

/// The id of the field for the words of an excerpt.
#[must_use]
pub fn words_field(document: &Document, element: &Element, number: usize) -> Id {
    key_in(document, excerpt_key(element, number)).with("Words")
}

/// Converts words to a key: `armed group` becomes `armed_group`.
pub(super) fn key_of(words: &str) -> String {
    words.trim().replace(' ', "_")
}

/// A delete button. Returns true if it was clicked.
pub(super) fn danger(ui: &mut Ui, text: &str) -> bool {
    ui.add_space(4.0);
    let text = RichText::new(text).color(ui.visuals().error_fg_color);
    ui.button(text).on_hover_text("You can undo this").clicked()
}
