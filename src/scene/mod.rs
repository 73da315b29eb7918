//! What is drawn: a map, where its actors stand and how it is looked at, turned into primitives.
//!
//! One scene feeds the window and every export. Nothing here knows egui, files or the pointer.

pub mod camera;
pub mod frame;
pub mod page;
pub mod picture;
pub mod primitive;
pub mod theme;
pub mod view;
