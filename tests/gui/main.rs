//! Tests that drive the window by accessible names. They need no display and no GPU.

mod canvas;
mod crowd;
mod dates;
mod disk;
mod documents;
mod editing;
mod evidence;
mod fields;
mod focus;
mod keyboard;
mod panels;
mod pictures;
mod recovery;
mod sessions;
mod support;
