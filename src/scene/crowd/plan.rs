//! Which parts of a view of a large map are drawn as an image.

use crate::scene::lines::DRAWN_AT_MOST;

/// Half the size of an ordinary actor from which shapes are drawn, in pixels at scale 1.
const SHAPE_PX: f32 = 5.0;
/// Half the size up to which dots do not cover lines.
const DOT_PX: f32 = 1.5;
/// Half the size of an ordinary actor, in pixels at 100 %.
pub(super) const USUAL_PX: f32 = 20.0;
/// Width of the outline of a shape, in pixels at 100 %.
pub(super) const OUTLINE_PX: f32 = 1.8;
/// What keeps more than this share of its colour is bright. Forecasts are faint but still bright.
pub(super) const BRIGHT: f32 = 0.45;

/// Which parts of a view are drawn as an image.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Plan {
    /// True if lines are counted instead of drawn one by one.
    pub counts_lines: bool,
    /// True if actors are dots instead of shapes.
    pub has_dots: bool,
}

impl Plan {
    /// The plan for so many lines in view, with a symbol factor in pixels at scale 1.
    #[must_use]
    pub fn of(lines: usize, factor: f32) -> Self {
        Self { counts_lines: lines > DRAWN_AT_MOST, has_dots: USUAL_PX * factor < SHAPE_PX }
    }

    /// True if any part is drawn as an image.
    #[must_use]
    pub fn has_image(self) -> bool {
        self.counts_lines || self.has_dots
    }
}

/// How near dots of this half size in pixels are to becoming shapes, 0 to 1.
pub(super) fn nearness(half_px: f32) -> f32 {
    ((half_px - DOT_PX) / (SHAPE_PX - DOT_PX)).clamp(0.0, 1.0)
}
