//! The signed graph of ties, and pure functions on it: camps and nearness.

pub mod camps;
pub mod graph;
pub mod nearness;
