//! Occupied areas: rectangles in a uniform grid, with a query for overlap.

use rustc_hash::FxHashMap;

use crate::geometry::Rect;

/// Maximum number of grid cells per rectangle. Larger rectangles are not indexed, but compared in
/// every query.
const CELLS_AT_MOST: f32 = 400.0;

/// Rectangles, indexed by the grid cells that they touch.
pub struct OccupiedGrid {
    cell: f32,
    rects: Vec<(Rect, Cells)>,
    cells: FxHashMap<(i32, i32), Vec<u32>>,
    large: Vec<usize>,
}

/// The cells of a rectangle: left, top, right, bottom.
#[derive(Clone, Copy, Default)]
struct Cells(i32, i32, i32, i32);

impl OccupiedGrid {
    /// An empty set. `cell` is the side of a grid cell, best about the size of the rectangles in
    /// queries.
    #[must_use]
    pub fn new(cell: f32) -> Self {
        Self {
            cell: cell.max(f32::MIN_POSITIVE),
            rects: Vec::new(),
            cells: FxHashMap::default(),
            large: Vec::new(),
        }
    }

    /// Adds an occupied rectangle.
    pub fn add(&mut self, rect: Rect) {
        let index = self.rects.len();
        let (Some(cells), Ok(number)) = (self.cells_of(&rect), u32::try_from(index)) else {
            self.rects.push((rect, Cells::default()));
            self.large.push(index);
            return;
        };
        self.rects.push((rect, cells));
        for x in cells.0..=cells.2 {
            for y in cells.1..=cells.3 {
                self.cells.entry((x, y)).or_default().push(number);
            }
        }
    }

    /// Area of `rect` that the added rectangles cover. Area that two of them cover counts twice.
    #[must_use]
    pub fn overlap(&self, rect: &Rect) -> f32 {
        let Some(asked) = self.cells_of(rect) else {
            return self.rects.iter().map(|(other, _)| other.overlap(rect)).sum();
        };
        let mut area: f32 = self.large.iter().map(|index| self.rects[*index].0.overlap(rect)).sum();
        for x in asked.0..=asked.2 {
            for y in asked.1..=asked.3 {
                for number in self.cells.get(&(x, y)).into_iter().flatten() {
                    let (other, cells) = &self.rects[*number as usize];
                    // A pair of rectangles that shares several cells counts only in the first of
                    // them.
                    if x == cells.0.max(asked.0) && y == cells.1.max(asked.1) {
                        area += other.overlap(rect);
                    }
                }
            }
        }
        area
    }

    /// The cells of a rectangle; `None` if there are too many.
    fn cells_of(&self, rect: &Rect) -> Option<Cells> {
        #[expect(
            clippy::cast_possible_truncation,
            reason = "the cast saturates; distant cells then share a bucket"
        )]
        let cell = |value: f32| (value / self.cell).floor() as i32;
        let count = (rect.width() / self.cell + 2.0) * (rect.height() / self.cell + 2.0);
        let is_small = count.is_finite() && count <= CELLS_AT_MOST;
        is_small
            .then(|| Cells(cell(rect.min.x), cell(rect.min.y), cell(rect.max.x), cell(rect.max.y)))
    }
}
