//! Snapping while dragging: to edges and centres of other actors, and to a grid. Pure functions:
//! boxes in, an offset out.

use crate::geometry::{Point, Rect, point};

/// Grid spacing in map units.
pub const GRID: f32 = 20.0;

/// What dragged actors snap to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Snapping {
    /// True if edges and centres snap to those of other actors.
    pub lines: bool,
    /// True if centres snap to multiples of [`GRID`].
    pub grid: bool,
}

/// A guide line to draw while an actor snaps to it, in map units.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Guide {
    pub from: Point,
    pub to: Point,
}

/// The result of snapping.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Snap {
    /// Offset to add to the position, in map units.
    pub by: Point,
    /// The guide lines to show.
    pub guides: Vec<Guide>,
}

/// The offset that snaps `moving` to the nearest line within `reach` (map units). Lines of other
/// actors take precedence over the grid. The two axes are independent.
#[must_use]
pub fn snap(
    moving: Rect,
    others: impl Iterator<Item = Rect> + Clone,
    snapping: Snapping,
    reach: f32,
) -> Snap {
    let (across, down) = if snapping.lines {
        (nearest(moving, others.clone(), xs, reach), nearest(moving, others.clone(), ys, reach))
    } else {
        (None, None)
    };
    let to_grid = |at: f32| snapping.grid.then(|| (at / GRID).round() * GRID - at);
    let centre = moving.centre();
    let by = point(
        across.or_else(|| to_grid(centre.x)).unwrap_or_default(),
        down.or_else(|| to_grid(centre.y)).unwrap_or_default(),
    );
    let there = moving.moved(by);
    let mut guides = Vec::new();
    if across.is_some() {
        guides.extend(
            met(there, others.clone(), xs, ys)
                .map(|(x, from, to)| Guide { from: point(x, from), to: point(x, to) }),
        );
    }
    if down.is_some() {
        guides.extend(
            met(there, others, ys, xs)
                .map(|(y, from, to)| Guide { from: point(from, y), to: point(to, y) }),
        );
    }
    Snap { by, guides }
}

/// x of the left edge, the centre and the right edge.
fn xs(of: &Rect) -> [f32; 3] {
    [of.min.x, of.centre().x, of.max.x]
}

/// y of the top edge, the centre and the bottom edge.
fn ys(of: &Rect) -> [f32; 3] {
    [of.min.y, of.centre().y, of.max.y]
}

/// The smallest offset along one axis that brings an edge or the centre of `moving` in line with
/// the same edge or centre of another box. `None` if all are farther away than `reach`.
fn nearest(
    moving: Rect,
    others: impl Iterator<Item = Rect>,
    lines: fn(&Rect) -> [f32; 3],
    reach: f32,
) -> Option<f32> {
    let mine = lines(&moving);
    let ways = others.flat_map(|other| {
        let theirs = lines(&other);
        [0, 1, 2].map(|line| theirs[line] - mine[line])
    });
    ways.filter(|way| way.abs() <= reach).min_by(|a, b| a.abs().total_cmp(&b.abs()))
}

/// The lines that the snapped box now shares with others, as (position, start, end): the position
/// on one axis, and the extent along the other.
fn met(
    there: Rect,
    others: impl Iterator<Item = Rect> + Clone,
    lines: fn(&Rect) -> [f32; 3],
    along: fn(&Rect) -> [f32; 3],
) -> impl Iterator<Item = (f32, f32, f32)> {
    /// Tolerance in map units, too small to be visible.
    const SAME: f32 = 0.02;
    let mine = lines(&there);
    let [start, _, end] = along(&there);
    [0, 1, 2].into_iter().filter_map(move |line| {
        let on_it = others.clone().filter(|other| (lines(other)[line] - mine[line]).abs() < SAME);
        let spans = on_it.map(|other| along(&other));
        let whole = spans.fold(None, |whole: Option<(f32, f32)>, [from, _, to]| {
            let (least, most) = whole.unwrap_or((start, end));
            Some((least.min(from), most.max(to)))
        });
        whole.map(|(from, to)| (mine[line], from, to))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const LINES: Snapping = Snapping { lines: true, grid: false };

    fn at(x: f32, y: f32) -> Rect {
        Rect::around(point(x, y), 10.0, 5.0)
    }

    #[test]
    fn the_nearest_line_within_reach_wins_on_each_axis() {
        let others = [at(103.0, 400.0), at(-200.0, 48.0)];
        let snap = snap(at(100.0, 50.0), others.into_iter(), LINES, 5.0);
        assert_eq!(snap.by, point(3.0, -2.0));
        let upright: Vec<&Guide> =
            snap.guides.iter().filter(|guide| (guide.from.x - guide.to.x).abs() < 0.01).collect();
        assert_eq!(upright.len(), 3, "both edges and the middle, because the boxes are alike");
        assert!(upright.iter().any(|guide| (guide.from.x - 103.0).abs() < 0.01));
        assert!(upright.iter().all(|guide| guide.from.y <= 43.0 && guide.to.y >= 405.0));
    }

    #[test]
    fn what_is_out_of_reach_is_left_alone() {
        assert_eq!(snap(at(0.0, 0.0), [at(60.0, 60.0)].into_iter(), LINES, 5.0), Snap::default());
        assert_eq!(
            snap(at(1.0, 1.0), [at(2.0, 2.0)].into_iter(), Snapping::default(), 5.0),
            Snap::default()
        );
    }

    #[test]
    fn the_grid_takes_the_middle_and_gives_way_to_lines() {
        let both = Snapping { lines: true, grid: true };
        assert_eq!(snap(at(31.0, 9.0), std::iter::empty(), both, 5.0).by, point(9.0, -9.0));
        assert_eq!(
            snap(at(31.0, 9.0), [at(33.0, 300.0)].into_iter(), both, 5.0).by,
            point(2.0, -9.0)
        );
    }
}
