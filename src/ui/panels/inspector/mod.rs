//! The panel that answers "says who?": the evidence for the selection, or a summary of the map if
//! nothing is selected. One file for each kind of selection.

mod about_map;
mod actor;
mod kept;
mod line;
mod note;
mod page;
mod panel;
mod relation;
mod several;

pub use panel::Inspector;
