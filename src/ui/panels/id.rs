//! The names of the panels.

use serde::{Deserialize, Serialize};

/// Names a panel, in the settings too.
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
