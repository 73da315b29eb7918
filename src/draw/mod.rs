//! Draws scene primitives to pixels on the CPU, for exports and for pictures in the window.

mod hairline;
pub mod raster;
pub mod text;
pub mod trace;
