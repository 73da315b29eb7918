//! What is already taken: rectangles in a uniform grid, asked for overlap.

use std::collections::HashMap;

use crate::geometry::Rect;

/// Cells one rectangle may take; larger ones are kept aside and compared with everything.
const CELLS_AT_MOST: f32 = 400.0;

/// Rectangles, each found again by the cells it touches.
pub struct Crowd {
    cell: f32,
    rects: Vec<Rect>,
    cells: HashMap<(i32, i32), Vec<usize>>,
    large: Vec<usize>,
}

impl Crowd {
    /// An empty one; `cell` is about the size of what will be asked for.
    #[must_use]
    pub fn new(cell: f32) -> Self {
        Self { cell: cell.max(f32::MIN_POSITIVE), rects: Vec::new(), cells: HashMap::new(), large: Vec::new() }
    }

    /// Takes a place.
    pub fn add(&mut self, rect: Rect) {
        let index = self.rects.len();
        self.rects.push(rect);
        match self.cells_of(&rect) {
            Some(cells) => cells.for_each(|cell| self.cells.entry(cell).or_default().push(index)),
            None => self.large.push(index),
        }
    }

    /// Area of `rect` that others cover; where two of them overlap, it counts twice.
    #[must_use]
    pub fn overlap(&self, rect: &Rect) -> f32 {
        let large: f32 = self.large.iter().map(|index| self.rects[*index].overlap(rect)).sum();
        let mut met: Vec<usize> = match self.cells_of(rect) {
            Some(cells) => cells.filter_map(|cell| self.cells.get(&cell)).flatten().copied().collect(),
            None => (0..self.rects.len()).collect(),
        };
        met.sort_unstable();
        met.dedup();
        large + met.into_iter().map(|index| self.rects[index].overlap(rect)).sum::<f32>()
    }

    fn cells_of(&self, rect: &Rect) -> Option<impl Iterator<Item = (i32, i32)> + use<>> {
        #[expect(clippy::cast_possible_truncation, reason = "saturates, and far cells only share a bucket")]
        let cell = |value: f32| (value / self.cell).floor() as i32;
        let count = (rect.width() / self.cell + 2.0) * (rect.height() / self.cell + 2.0);
        let (left, right, top, bottom) = (cell(rect.min.x), cell(rect.max.x), cell(rect.min.y), cell(rect.max.y));
        let is_small = count.is_finite() && count <= CELLS_AT_MOST;
        is_small.then(|| (left..=right).flat_map(move |x| (top..=bottom).map(move |y| (x, y))))
    }
}
