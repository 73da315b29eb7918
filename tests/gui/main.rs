//! Tests that drive the window by accessible names. They need no display and no GPU.

mod briefing;
mod canvas;
mod coding;
mod counts;
mod crowd;
mod dates;
mod dialogs;
mod disk;
mod documents;
mod editing;
mod evidence;
mod fields;
mod focus;
mod hostile;
#[path = "../core/hostile_maps.rs"]
mod hostile_maps;
mod importing;
mod keyboard;
mod lines;
mod motion;
mod panels;
mod pictures;
mod recovery;
mod sessions;
mod support;
