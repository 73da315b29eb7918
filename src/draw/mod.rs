//! Draws scene primitives to pixels on the CPU, for exports and for the window's sprites.

mod hairline;
pub mod raster;
pub mod text;
pub mod trace;
