//! The list of actors, lines and ties at the left of the map. `rows.rs` decides which rows there
//! are, `panel.rs` shows them.

mod panel;
mod rows;

pub use panel::List;
