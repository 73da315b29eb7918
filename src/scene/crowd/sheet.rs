//! The pixels of the page on which a large map is drawn.

use std::ops::Range;

use crate::geometry::{Point, Rect};
use crate::scene::camera::Camera;

/// Largest number of cells. On larger pages, a cell is several pixels wide.
const CELLS_AT_MOST: usize = 9_000_000;

/// A grid of cells over the page, each a square of one pixel or more.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Sheet {
    /// The part of the map that the grid covers, in map units. It reaches beyond the page at the
    /// right and below if the cells do not divide it.
    pub area: Rect,
    pub columns: usize,
    pub rows: usize,
    /// The part of `area` whose contents determine tones, names, and what is drawn as an image:
    /// the page without the margin that a picture in the window has for moving it.
    pub focus: Rect,
}

impl Sheet {
    /// The grid of a page of this size in pixels.
    #[must_use]
    #[expect(
        clippy::cast_precision_loss,
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "sides are below 2^24"
    )]
    pub fn of(camera: &Camera, page: Point) -> Self {
        let [width, height] = [page.x, page.y].map(|side| side.ceil().max(1.0) as usize);
        let mut cell_px = 1;
        while width.div_ceil(cell_px) * height.div_ceil(cell_px) > CELLS_AT_MOST {
            cell_px += 1;
        }
        let (columns, rows) = (width.div_ceil(cell_px), height.div_ceil(cell_px));
        let end = Point { x: (columns * cell_px) as f32, y: (rows * cell_px) as f32 };
        let min = camera.map_from_page(Point::default(), page);
        let area = Rect { min, max: min + end * (1.0 / camera.zoom) };
        let focus = Rect { min, max: camera.map_from_page(page, page) };
        Self { area, columns, rows, focus }
    }

    /// Cells per map unit.
    #[must_use]
    #[expect(clippy::cast_precision_loss, reason = "sides are below 2^24")]
    pub fn cells_per_unit(&self) -> f32 {
        self.columns as f32 / self.area.width()
    }

    /// The columns and the rows of the cells that `focus` touches.
    #[must_use]
    #[expect(
        clippy::cast_precision_loss,
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "limited to the grid"
    )]
    pub fn focused(&self) -> [Range<usize>; 2] {
        let [min, max] = [self.focus.min, self.focus.max].map(|at| self.cell_at(at));
        let range = |min: f32, max: f32, most: usize| {
            let end = (max - 0.01).ceil().clamp(0.0, most as f32) as usize;
            ((min + 0.01).floor().clamp(0.0, most as f32) as usize).min(end)..end
        };
        [range(min.x, max.x, self.columns), range(min.y, max.y, self.rows)]
    }

    /// A map point in cells from the upper left corner.
    #[must_use]
    pub fn cell_at(&self, at: Point) -> Point {
        (at - self.area.min) * self.cells_per_unit()
    }
}
