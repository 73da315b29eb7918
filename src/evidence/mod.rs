//! The texts of sources. Excerpts are looked up in them (`anchor`, `verify`): one that is not found
//! word for word is reported as altered, ambiguous or lost. And what a passage says is guessed for
//! the coder: sentences, names, cue words, and the actors that it is about (`sentence`, `names`,
//! `cues`, `allusion`, `suggest`, `ranking`).
//!
//! Pure: texts are passed in as strings; `file::source` reads the files.

pub mod allusion;
pub mod anchor;
mod approximate;
pub mod cues;
pub mod find;
mod folded;
mod grammar;
pub mod head;
mod hints;
pub mod mention;
pub mod names;
pub mod paragraph;
pub mod ranking;
mod roles;
pub mod sentence;
pub mod suggest;
pub mod table;
pub mod text;
pub mod verify;
mod word_ends;
mod word_forms;

pub use anchor::{Anchor, State};
pub use paragraph::{Segment, segments};
pub use text::SourceText;
pub use verify::Verified;
