//! Where a line of words begins.

use crate::scene::primitive::{Anchor, Text};
use crate::text::Line;

/// Left end of a line of words on its baseline, in the unit of the text.
#[must_use]
pub fn left_of(text: &Text, line: &Line) -> f32 {
    let width = line.width * text.size;
    match text.anchor {
        Anchor::Start => text.at.x,
        Anchor::Middle => text.at.x - width * 0.5,
        Anchor::End => text.at.x - width,
    }
}
