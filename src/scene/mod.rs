//! Turns a map, the positions of its actors and the view settings into drawing primitives.
//!
//! The window and every export draw the same scene. Nothing here depends on egui, files or input.

pub mod absence;
pub mod camera;
pub mod crowd;
pub mod emphasis;
pub mod facets;
pub mod folding;
pub mod frame;
pub mod left_out;
pub mod line_words;
pub mod lines;
mod neighbourhood;
pub mod note_place;
pub mod page;
pub mod picture;
pub mod primitive;
pub mod shown;
pub mod shown_words;
pub mod step;
pub mod theme;
pub mod view;
