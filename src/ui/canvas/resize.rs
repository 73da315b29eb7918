//! The width of a note while it is being changed.

use crate::geometry::point;
use crate::model::NoteIndex;
use crate::scene::note_place::NotePlace;

/// A note that is being resized at its right edge.
pub(super) struct Resize {
    pub(super) note: NoteIndex,
    /// Its left edge, which stays in place, in map units.
    pub(super) left: f32,
    /// The height of its middle, in map units.
    pub(super) y: f32,
    /// Distance of the pointer from the right edge when it was pressed, in map units.
    pub(super) grasped: f32,
    /// Its width, in pixels at 100 %.
    pub(super) width: f32,
    pub(super) has_changed: bool,
}

impl Resize {
    pub(super) fn place(&self, unit: f32) -> NotePlace {
        let limited = NotePlace { middle: point(0.0, self.y), width: self.width }.limited();
        NotePlace { middle: point(self.left + limited.width * unit * 0.5, self.y), ..limited }
    }
}
