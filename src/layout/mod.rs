//! Layout: computes positions of actors from a request. Needs no window and runs on any thread.

pub mod arrange;
mod by_camp;
mod by_steps;
pub mod drawn;
mod footprint;
mod local;
pub mod methods;
mod pivots;
mod placement;
pub mod request;
mod separate;
mod shapes;
mod stress;
pub mod unplaced;

pub use unplaced::{circle, point_of, positions, positions_with_fallback};
