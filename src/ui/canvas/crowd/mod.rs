//! Large maps: what is in view as one mesh, with a texture of shapes and letters.

pub mod cache;
pub mod mesh;
pub mod sprites;
pub mod state;
