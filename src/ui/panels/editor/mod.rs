//! The forms of the inspector: every field of an actor, a tie, a note, an excerpt, a source and the
//! map itself.

mod actor;
mod excerpts;
pub mod fields;
mod note;
mod relation;
mod sources;

pub use actor::actor_ui;
pub use note::note_ui;
pub use relation::relation_ui;
pub use sources::map_ui;
