//! Points along all lines in a grid, to find the lines near a place.

use rustc_hash::FxHashMap;

use super::edge::Route;
use crate::geometry::{Point, Rect};

/// Distance between two points of a line, in pixels at 100 %.
const STEP_PX: f32 = 4.0;
/// Most points that are counted in one place.
const COUNTED_AT_MOST: usize = 6;
/// Most points of one line.
const POINTS_AT_MOST: f32 = 400.0;

/// Points along lines. A line is known by its position in the list of routes.
pub(super) struct Ways {
    cell: f32,
    cells: FxHashMap<(i32, i32), Vec<(u32, Point)>>,
}

impl Ways {
    /// Points along these routes; `unit` is map units per pixel at 100 %.
    pub fn of(routes: &[Route], unit: f32) -> Self {
        let mut ways = Self { cell: 24.0 * unit, cells: FxHashMap::default() };
        for (slot, route) in (0_u32..).zip(routes) {
            let length = match route {
                Route::Curve(curve) => {
                    (curve.control - curve.start).length() + (curve.end - curve.control).length()
                }
                Route::Loop { radius, .. } => 6.3 * radius,
            };
            let count = (length / (STEP_PX * unit)).clamp(2.0, POINTS_AT_MOST).ceil();
            #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped")]
            for step in 0..=count as u16 {
                let at = route.at(f32::from(step) / count);
                ways.cells.entry(ways.cell_of(at)).or_default().push((slot, at));
            }
        }
        ways
    }

    /// Number of points of other lines than `own` in a rectangle; at most [`COUNTED_AT_MOST`].
    pub fn others_in(&self, rect: &Rect, own: usize) -> usize {
        let (low, high) = (self.cell_of(rect.min), self.cell_of(rect.max));
        let cells = (low.0..=high.0).flat_map(|x| (low.1..=high.1).map(move |y| (x, y)));
        let points = cells.filter_map(|cell| self.cells.get(&cell)).flatten();
        let others = points.filter(|(slot, at)| *slot as usize != own && rect.contains(*at));
        others.take(COUNTED_AT_MOST).count()
    }

    #[expect(clippy::cast_possible_truncation, reason = "the cast saturates")]
    fn cell_of(&self, at: Point) -> (i32, i32) {
        ((at.x / self.cell).floor() as i32, (at.y / self.cell).floor() as i32)
    }
}
