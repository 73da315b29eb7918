//! The map: `egui_graphs` says what was pointed at, the scene says what is seen.

mod access;
mod camera;
mod crowd;
mod drawn_for;
mod elements;
mod glide;
mod graph;
mod hit;
mod index;
mod keys;
mod menu;
mod overlay;
mod picture;
mod pointing;
mod show;
mod state;

pub use state::Canvas;
