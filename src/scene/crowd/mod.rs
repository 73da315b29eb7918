//! Large maps from afar: where single lines and shapes could not be told apart, each pixel shows
//! how many ties pass it, and of which stance.

pub mod build;
pub mod camp_names;
pub mod counts;
pub mod course;
pub mod image;
pub mod in_view;
pub mod paint;
pub mod plan;
pub mod sheet;
pub mod tones;
