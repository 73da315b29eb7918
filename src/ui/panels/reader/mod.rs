//! The reader panel: the text of a source, with every excerpt highlighted in the colour of its tie.
//! A click on a highlight selects the tie. Selecting a tie scrolls to its highlight. A passage that
//! is marked, with the mouse or the keyboard, can become a tie, an excerpt or an actor.

mod bar;
mod coding;
mod draft;
mod excerpts;
mod highlights;
mod keys;
mod names;
mod page;
mod panel;
mod part;
mod picker;
mod rows;
mod snap;
mod state;

pub use keys::help;
pub use state::Reader;

/// The id of the text, for the rule of the keyboard focus.
#[must_use]
pub fn text_id() -> egui::Id {
    egui::Id::new("source text")
}
