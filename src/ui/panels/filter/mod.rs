//! The filter panel: which ties are shown, by stance, status, actor, source, date and more.

mod groups;
mod panel;

pub use panel::FilterPanel;
