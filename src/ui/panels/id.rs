//! The ids of the panels.

/// Identifies a panel by its name, which the settings file stores as well.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PanelId(pub &'static str);

/// The panels that other parts of the program open, close or address.
impl PanelId {
    pub const READER: Self = Self("reader");
    pub const LIST: Self = Self("list");
    pub const FILTER: Self = Self("filter");
    pub const TABLE: Self = Self("table");
    pub const STEPS: Self = Self("steps");
    pub const WAITING: Self = Self("waiting");
}
