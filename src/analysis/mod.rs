//! The signed graph of ties, and pure functions on it. `report` has the table of analyses that
//! users can run.

pub mod camps;
pub mod doubles;
pub mod graph;
pub mod nearness;
pub mod report;
