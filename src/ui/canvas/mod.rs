//! The canvas: shows the map and handles the pointer and keys on it. `egui_graphs` reports pointer
//! events, and the scene provides the drawing.

mod access;
mod camera;
mod drawn_for;
mod elements;
mod empty;
mod flight;
mod fold;
mod glide;
mod graph;
mod hit;
mod index;
mod keys;
mod large;
mod large_state;
mod menu;
mod motion;
mod notes;
mod overlay;
mod picture;
mod pointing;
mod present;
mod resize;
mod show;
mod state;
mod still;
mod still_order;

pub use state::Canvas;
pub use still::set_slow;
pub use still_order::DrawnStill;
