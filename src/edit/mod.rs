//! The open document: commands that change a map, undo and redo, what is selected, what is unsaved.
//!
//! Nothing else changes a map. No file is touched and nothing is drawn here.

pub mod document;
pub mod history;
pub mod selection;
pub mod walk;

pub use document::{Document, Origin};
pub use history::{Change, Step};
pub use selection::{Item, Selection};

use crate::geometry::Point;
use crate::model::ActorId;

/// What the window may ask of a document.
#[derive(Clone, Debug, PartialEq)]
pub enum Command {
    /// Put actors elsewhere; one step, however many they are.
    Move(Vec<(ActorId, Point)>),
}
