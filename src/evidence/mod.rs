//! Checks excerpts against the texts of their sources: texts, paragraphs, and the position of each
//! excerpt.
//!
//! Pure: texts are passed in as strings; `file::source` reads the files. An excerpt that is not
//! found word for word is reported as altered, ambiguous or lost.

pub mod allusion;
pub mod anchor;
mod approximate;
pub mod cues;
mod folded;
pub mod head;
pub mod mention;
pub mod names;
pub mod paragraph;
pub mod sentence;
pub mod suggest;
pub mod table;
pub mod text;
pub mod verify;
mod word_ends;

pub use anchor::{Anchor, State};
pub use paragraph::{Segment, segments};
pub use text::SourceText;
pub use verify::Verified;
