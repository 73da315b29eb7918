//! Shared by all forms: the ids of their fields, and the delete button.

use std::fmt::Debug;
use std::hash::Hash;

use egui::{Id, RichText, Ui};

use crate::edit::Document;
use crate::model::{ActorId, Element};
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

/// The id of the field for an actor's name.
#[must_use]
pub fn name_field(document: &Document, actor: &ActorId) -> Id {
    key_in(document, actor_key(actor)).with("Name")
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
