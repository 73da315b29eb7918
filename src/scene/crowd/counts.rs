//! How many ties pass each cell of a grid, by stance.
//!
//! As in datashader (`Canvas.line` with `count`), a straight line passes one cell in each column
//! that it crosses or, if it is steeper than it is wide, one in each row: the cell in which it is
//! at the middle of that column or row.

use crate::geometry::Point;
use crate::model::Stance;

/// The order of the stances in lists of counts.
pub const STANCES: [Stance; 4] =
    [Stance::Hostile, Stance::Cooperative, Stance::Mixed, Stance::Neutral];

/// A straight piece of a line, in cells from the upper left corner of the grid.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Piece {
    pub from: Point,
    pub to: Point,
    /// Number of ties that the line stands for.
    pub ties: u32,
}

/// How many ties pass each cell of a grid, by stance.
#[derive(Clone, Debug, PartialEq)]
pub struct Counts {
    columns: usize,
    rows: usize,
    /// In the order of [`STANCES`]; for each, row by row. Empty if there are no such ties.
    planes: [Vec<u32>; 4],
}

impl Counts {
    /// A grid that no tie passes.
    #[must_use]
    pub fn new(columns: usize, rows: usize) -> Self {
        Self { columns, rows, planes: [const { Vec::new() }; 4] }
    }

    /// Counts the ties of one stance.
    pub fn add(&mut self, stance: Stance, pieces: impl Iterator<Item = Piece>) {
        let Some(slot) = STANCES.iter().position(|other| *other == stance) else { return };
        let cells = self.columns * self.rows;
        let plane = &mut self.planes[slot];
        // Steep lines are counted in a transposed grid, so that both kinds run along the memory.
        let mut steep: Vec<u32> = Vec::new();
        for piece in pieces {
            let way = piece.to - piece.from;
            let (list, turn) =
                if way.y.abs() > way.x.abs() { (&mut steep, true) } else { (&mut *plane, false) };
            if list.is_empty() {
                list.resize(cells, 0);
            }
            let turned = |at: Point| if turn { [at.y, at.x] } else { [at.x, at.y] };
            let size = if turn { [self.rows, self.columns] } else { [self.columns, self.rows] };
            run(list, size, turned(piece.from), turned(piece.to), piece.ties);
        }
        if !steep.is_empty() {
            plane.resize(cells, 0);
            add_turned(plane, &steep, self.columns, self.rows);
        }
    }

    /// The counts of a cell, in the order of [`STANCES`]. Cells are numbered row by row.
    #[must_use]
    pub fn at(&self, cell: usize) -> [u32; 4] {
        self.planes.each_ref().map(|plane| plane.get(cell).copied().unwrap_or(0))
    }

    /// The counts of the cells of a row, in the order of [`STANCES`]; an empty list stands for
    /// zeros.
    #[must_use]
    pub fn row(&self, row: usize) -> [&[u32]; 4] {
        let cells = row * self.columns..(row + 1) * self.columns;
        self.planes.each_ref().map(|plane| plane.get(cells.clone()).unwrap_or_default())
    }

    /// Number of cells.
    #[must_use]
    pub fn len(&self) -> usize {
        self.columns * self.rows
    }

    /// True if the grid has no cells.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Number of columns.
    #[must_use]
    pub fn columns(&self) -> usize {
        self.columns
    }
}

/// Counts a piece in `list`, which has `size[0]` cells per line and `size[1]` lines. The piece is
/// longer along the lines than across them; its ends are positions along and across.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    clippy::cast_precision_loss,
    clippy::cast_possible_wrap,
    reason = "limited to the grid"
)]
fn run(list: &mut [u32], size: [usize; 2], from: [f32; 2], to: [f32; 2], ties: u32) {
    let [from, to] = if from[0] <= to[0] { [from, to] } else { [to, from] };
    let ([x0, y0], [x1, y1]) = (from.map(f64::from), to.map(f64::from));
    let length = x1 - x0;
    if length.is_nan() || length <= 0.0 {
        return;
    }
    let slope = (y1 - y0) / length;
    // The columns whose middles lie on the piece, and there within the grid.
    let (mut first, mut end) = ((x0 - 0.5).ceil(), (x1 - 0.5).ceil());
    first = first.max(0.0);
    end = end.min(size[0] as f64);
    let rows = size[1] as f64;
    if slope == 0.0 {
        if !(0.0..rows).contains(&y0) {
            return;
        }
    } else {
        let crossing = |y: f64| x0 + (y - y0) / slope - 0.5;
        let (enters, leaves) = (crossing(0.0), crossing(rows));
        first = first.max(enters.min(leaves).floor());
        end = end.min(enters.max(leaves).ceil() + 1.0);
    }
    if first >= end {
        return;
    }
    let at = |column: f64| y0 + (column + 0.5 - x0) * slope;
    let whole = 4_294_967_296.0;
    let mut across = (at(first) * whole).floor() as i64;
    let step = (slope * whole).round() as i64;
    let lines = size[1] as i64;
    for column in first as usize..end as usize {
        let line = across >> 32;
        if (0..lines).contains(&line)
            && let Some(cell) = list.get_mut(line as usize * size[0] + column)
        {
            *cell = cell.saturating_add(ties);
        }
        across += step;
    }
}

/// Adds a transposed grid to one of `columns` and `rows`, in blocks that fit into the cache.
fn add_turned(list: &mut [u32], turned: &[u32], columns: usize, rows: usize) {
    const BLOCK: usize = 32;
    for top in (0..rows).step_by(BLOCK) {
        for left in (0..columns).step_by(BLOCK) {
            let bottom = (top + BLOCK).min(rows);
            for column in left..(left + BLOCK).min(columns) {
                let from = column * rows;
                for (row, count) in (top..bottom).zip(&turned[from + top..from + bottom]) {
                    list[row * columns + column] += count;
                }
            }
        }
    }
}
