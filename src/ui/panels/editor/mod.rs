//! The forms of the inspector: every field of an actor, a tie, an excerpt, a source and the map
//! itself.

mod actor;
mod excerpts;
mod relation;
mod sources;

use eframe::egui::{Id, RichText, Ui};

use crate::edit::{Command, Document};
use crate::model::ActorId;
use crate::ui::widgets::form::Form;

pub use actor::actor_ui;
pub use excerpts::words_field;
pub use relation::relation_ui;
pub use sources::map_ui;

/// What the forms ask for.
#[derive(Default)]
pub struct Edits {
    pub commands: Vec<Command>,
    pub is_left: bool,
}

fn form(document: &Document, key: impl std::hash::Hash + std::fmt::Debug) -> Form<'_> {
    Form { map: document.map(), key: Id::new(key), is_left: false }
}

/// The id of the field for an actor's name.
#[must_use]
pub fn name_field(actor: &ActorId) -> Id {
    Id::new(("actor", actor.as_str())).with("Name")
}

/// Words as a key: `armed group` is `armed_group`.
fn key_of(words: &str) -> String {
    words.trim().replace(' ', "_")
}

/// The first of `s1`, `s2`, … that is not taken.
#[must_use]
pub fn free_id(stem: &str, is_taken: impl Fn(&String) -> bool) -> String {
    (1..=u64::MAX)
        .map(|number| format!("{stem}{number}"))
        .find(|id| !is_taken(id))
        .unwrap_or_default()
}

fn danger(ui: &mut Ui, text: &str) -> bool {
    ui.add_space(4.0);
    let text = RichText::new(text).color(ui.visuals().error_fg_color);
    ui.button(text).on_hover_text("It can be undone").clicked()
}
