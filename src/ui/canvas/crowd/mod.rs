//! Drawing of large maps: the visible part as one mesh, with a texture of shapes, badges and lines.

pub mod cache;
pub mod mesh;
pub mod sprites;
pub mod state;
