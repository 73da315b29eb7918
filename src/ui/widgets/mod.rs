//! Widgets that several panels and dialogs share.

pub mod check;
pub mod drop_down;
pub mod excerpt_card;
pub mod field;
pub mod form;
mod input;
pub mod paged_list;
pub mod paint;
pub mod rejected;
pub mod style;
pub mod words;
