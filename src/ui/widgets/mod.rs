//! Widgets that several panels and dialogs share.

pub mod check;
pub mod excerpt_card;
pub mod field;
pub mod form;
pub mod paged_list;
pub mod paint;
pub mod style;
pub mod words;
