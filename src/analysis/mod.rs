//! Pure functions of the signed graph: who is tied to whom, camps, nearness.

pub mod camps;
pub mod graph;
pub mod nearness;
