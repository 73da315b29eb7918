//! Is the quote really in the source? Texts, their paragraphs, and where each excerpt stands in
//! them.
//!
//! Pure: texts come in as strings; reading files is `file::source`'s affair. Nothing is guessed
//! silently: what is not found word for word is said to be altered, ambiguous or lost.

pub mod anchor;
mod approximate;
mod folded;
pub mod mention;
pub mod paragraph;
pub mod table;
pub mod text;
pub mod verify;

pub use anchor::{Anchor, State};
pub use paragraph::{Segment, segments};
pub use text::SourceText;
pub use verify::Verified;
