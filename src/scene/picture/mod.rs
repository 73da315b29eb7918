//! The map itself as primitives: actors, ties, badges, names. In map units.

mod attach;
pub mod badge;
pub mod build;
pub mod captions;
pub mod drawn;
pub mod edge;
pub mod fading;
mod hull;
pub mod names;
pub mod notes;
pub mod occupied;
pub mod overview;
pub mod painter;
pub mod pill;
mod relief;
pub mod request;
pub mod shape;
mod sheet_room;
pub mod tie_words;
mod ways;
