//! The courses of lines over the cells of a sheet.

use super::counts::{Counts, Piece, STANCES};
use super::in_view::InView;
use super::sheet::Sheet;
use crate::geometry::{Curve, Point};
use crate::model::{LineIndex, PerActorSlice};
use crate::scene::picture::overview::{LineLook, Overview};

/// Lines that bow further, in cells, are counted in pieces.
const BOW: f32 = 1.0;
const PIECES: u8 = 6;

/// How many ties pass each cell of the sheet, of the lines that `is_wanted` chooses. `unit` is map
/// units per pixel at 100 %.
#[must_use]
pub fn counts_of(
    overview: &Overview,
    positions: &PerActorSlice<Point>,
    sheet: &Sheet,
    on_sheet: &InView,
    unit: f32,
    is_wanted: impl Fn(LineIndex) -> bool,
) -> Counts {
    let mut counts = Counts::new(sheet.columns, sheet.rows);
    for stance in STANCES {
        let looks = on_sheet.line_looks.iter().map(|look| &overview.line_looks[*look as usize]);
        let own = looks.filter(|look| look.stance == stance && is_wanted(look.line));
        counts.add(stance, own.flat_map(|look| pieces(look, positions, sheet, unit)));
    }
    counts
}

/// A line in cells: straight, or in pieces if it bows.
fn pieces(
    look: &LineLook,
    positions: &PerActorSlice<Point>,
    sheet: &Sheet,
    unit: f32,
) -> impl Iterator<Item = Piece> + use<> {
    let [from, to] = [look.from, look.to].map(|end| sheet.cell_at(positions[end]));
    let bow = look.lane * unit * sheet.cells_per_unit();
    let steps: u8 = if bow.abs() > BOW { PIECES } else { 1 };
    let curve = Curve::bulging(from, to, bow);
    let at = move |step: u8| match step {
        0 => from,
        step if step == steps => to,
        step => curve.at(f32::from(step) / f32::from(steps)),
    };
    let ties = look.ties;
    (0..steps).map(move |step| Piece { from: at(step), to: at(step + 1), ties })
}
