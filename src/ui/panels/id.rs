//! The ids of the panels.

use serde::{Deserialize, Serialize};

/// Identifies a panel. The settings file stores it as well.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PanelId {
    Toolbar,
    Status,
    Inspector,
    Reader,
    List,
    Filter,
    Table,
}
