//! Where a note on the map is shown.

use crate::geometry::{Point, point};
use crate::model::Note;
use crate::model::note::{NARROWEST, WIDEST};

/// Where a note is shown: its middle in map units, and its width in
/// pixels at 100 %.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct NotePlace {
    pub middle: Point,
    pub width: f32,
}

impl NotePlace {
    /// The place of a note in the map.
    #[must_use]
    #[expect(clippy::cast_possible_truncation, reason = "24 bits are enough for the screen")]
    pub fn of(note: &Note) -> Self {
        let middle = point(note.x as f32, note.y as f32);
        Self { middle, width: note.drawn_width() as f32 }
    }

    /// The same place with a width that can be drawn.
    #[must_use]
    #[expect(clippy::cast_possible_truncation, reason = "small numbers")]
    pub fn limited(self) -> Self {
        Self { width: self.width.clamp(NARROWEST as f32, WIDEST as f32), ..self }
    }
}
