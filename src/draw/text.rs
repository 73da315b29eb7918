//! The horizontal position of a line of text.

use crate::scene::primitive::{Anchor, Text};
use crate::text::Line;

/// The `x` of the left end of a line of text, in the unit of the text.
#[must_use]
pub fn left_of(text: &Text, line: &Line) -> f32 {
    let width = line.width * text.size;
    match text.anchor {
        Anchor::Start => text.at.x,
        Anchor::Middle => text.at.x - width * 0.5,
        Anchor::End => text.at.x - width,
    }
}
