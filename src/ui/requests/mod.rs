//! What may be asked of the window.

pub mod actions;
