//! The open document: commands that change the map, undo and redo, the selection, unsaved changes.
//!
//! All changes to a map go through here. Nothing here draws or writes files.

pub mod align;
pub mod briefing;
pub mod citation;
pub mod combine;
pub mod command;
pub mod difference;
pub mod document;
pub mod fragment;
pub mod history;
pub mod ids;
pub mod merge;
mod merge_actors;
pub mod neighbours;
mod notes;
mod plan;
mod planned;
pub mod reading;
mod rename;
pub mod selection;
pub mod showing;
pub mod snap;
mod unassigned;
pub mod unsaved;
pub mod version;

pub use command::Command;
pub use document::{Document, Origin};
pub use history::{Change, Entry, Event, Step, StepKind, StepName};
pub use selection::Selection;
pub use version::{ContentVersion, DocumentNumber, FormVersion, PlacesVersion, Version};
