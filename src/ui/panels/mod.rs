//! The panels around the map. Each reads the `Workspace`, sends `Request`s, and keeps only its own
//! state, which is dropped with the document.

pub mod editor;
mod excerpt_state;
pub mod filter;
pub mod id;
pub mod inspector;
pub mod list;
pub mod panel;
pub mod reader;
pub mod search;
pub mod status;
pub mod steps;
pub mod table;
pub mod toolbar;
pub mod waiting;
mod wanted_field;

use self::panel::Panel;

/// Every panel, in layout order: each takes its space from the space that is left.
#[must_use]
pub fn all() -> Vec<Box<dyn Panel>> {
    vec![
        Box::new(toolbar::Toolbar),
        Box::new(status::Status),
        Box::new(inspector::Inspector),
        Box::new(reader::Reader::default()),
        Box::<list::List>::default(),
        Box::new(filter::FilterPanel::default()),
        Box::<waiting::Waiting>::default(),
        Box::new(steps::Steps),
        Box::new(table::EvidenceTable::default()),
    ]
}
