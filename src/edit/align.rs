//! Aligning, distributing, rotating and mirroring the selected actors. Pure functions: boxes in,
//! positions out.
//!
//! Indexing cannot fail: indices come from `0..boxes.len()`, and `places` is as long as `boxes`.

use super::snap::GRID;
use crate::geometry::{Point, Rect, point};

/// A way to align, distribute or transform several actors.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Arrangement {
    /// Left edges in line with the leftmost one.
    Left,
    /// Centres on one vertical line.
    Centre,
    /// Right edges in line with the rightmost one.
    Right,
    /// Top edges in line with the topmost one.
    Top,
    /// Centres on one horizontal line.
    Middle,
    /// Bottom edges in line with the lowest one.
    Bottom,
    /// Equal horizontal gaps.
    DistributeAcross,
    /// Equal vertical gaps.
    DistributeDown,
    /// Mirrored left to right.
    MirrorAcross,
    /// Mirrored top to bottom.
    MirrorDown,
    /// Rotated anticlockwise by 15 degrees.
    RotateLeft,
    /// Rotated clockwise by 15 degrees.
    RotateRight,
    /// Pushed apart until no boxes overlap.
    Spread,
    /// Each centre moved to the nearest grid point.
    Grid,
}

/// Angle of one rotation step.
const TURN_DEGREES: f32 = 15.0;
/// Gap between two actors after spreading, in map units.
const SPREAD_GAP: f32 = 12.0;
/// Maximum number of spreading rounds. A stack of several hundred actors needs many.
const SPREAD_ROUNDS: usize = 400;

impl Arrangement {
    /// The verb in the name of the step: `align` in `align 3 actors`.
    #[must_use]
    pub fn verb(self) -> &'static str {
        match self {
            Self::Left | Self::Centre | Self::Right | Self::Top | Self::Middle | Self::Bottom => {
                "align"
            }
            Self::DistributeAcross | Self::DistributeDown => "distribute",
            Self::MirrorAcross | Self::MirrorDown => "mirror",
            Self::RotateLeft | Self::RotateRight => "rotate",
            Self::Spread => "spread",
            Self::Grid => "snap",
        }
    }

    /// The new centres of `boxes`, in the same order. `pinned[i]` is true if actor `i` is pinned;
    /// missing entries count as false. Spreading keeps pinned actors in place and moves the others
    /// around them. The other arrangements ignore `pinned`, because `Command::Align` skips pinned
    /// actors anyway.
    #[must_use]
    pub fn places(self, boxes: &[Rect], pinned: &[bool]) -> Vec<Point> {
        let whole = boxes.iter().fold(Rect::NOTHING, |whole, one| whole.union(*one));
        if whole.is_nothing() {
            return Vec::new();
        }
        let each = |place: &dyn Fn(&Rect) -> Point| boxes.iter().map(place).collect();
        let centre = whole.centre();
        match self {
            Self::Left => each(&|one| point(whole.min.x + one.width() / 2.0, one.centre().y)),
            Self::Centre => each(&|one| point(centre.x, one.centre().y)),
            Self::Right => each(&|one| point(whole.max.x - one.width() / 2.0, one.centre().y)),
            Self::Top => each(&|one| point(one.centre().x, whole.min.y + one.height() / 2.0)),
            Self::Middle => each(&|one| point(one.centre().x, centre.y)),
            Self::Bottom => each(&|one| point(one.centre().x, whole.max.y - one.height() / 2.0)),
            Self::DistributeAcross => {
                distributed(boxes, |at| at.x, |at, x| point(x, at.y), Rect::width)
            }
            Self::DistributeDown => {
                distributed(boxes, |at| at.y, |at, y| point(at.x, y), Rect::height)
            }
            Self::MirrorAcross => {
                each(&|one| point(2.0 * centre.x - one.centre().x, one.centre().y))
            }
            Self::MirrorDown => each(&|one| point(one.centre().x, 2.0 * centre.y - one.centre().y)),
            Self::RotateLeft => turned(boxes, -TURN_DEGREES),
            Self::RotateRight => turned(boxes, TURN_DEGREES),
            Self::Spread => spread(boxes, pinned),
            Self::Grid => each(&|one| on_grid(one.centre())),
        }
    }
}

/// Makes the gaps between neighbours along one axis equal. The two outermost boxes stay in place.
fn distributed(
    boxes: &[Rect],
    along: fn(Point) -> f32,
    put: fn(Point, f32) -> Point,
    size: fn(&Rect) -> f32,
) -> Vec<Point> {
    let mut places: Vec<Point> = boxes.iter().map(Rect::centre).collect();
    let mut order: Vec<usize> = (0..boxes.len()).collect();
    order.sort_by(|a, b| along(places[*a]).total_cmp(&along(places[*b])));
    let (Some(first), Some(last)) = (order.first(), order.last()) else { return places };
    let start = along(places[*first]) - size(&boxes[*first]) / 2.0;
    let end = along(places[*last]) + size(&boxes[*last]) / 2.0;
    let sizes: f32 = boxes.iter().map(size).sum();
    #[expect(clippy::cast_precision_loss, reason = "far fewer than 2^24 actors")]
    let gap = (end - start - sizes) / (boxes.len().max(2) - 1) as f32;
    let mut at = start;
    for actor in order {
        let own = size(&boxes[actor]);
        places[actor] = put(places[actor], at + own / 2.0);
        at += own + gap;
    }
    places
}

/// Rotates the centres around the middle of their bounding box. Positive degrees are clockwise on
/// the screen.
fn turned(boxes: &[Rect], degrees: f32) -> Vec<Point> {
    let centres: Vec<Point> = boxes.iter().map(Rect::centre).collect();
    let pivot = centres.iter().fold(Rect::NOTHING, |whole, at| whole.with(*at)).centre();
    let (sin, cos) = degrees.to_radians().sin_cos();
    let turn = |at: &Point| {
        let way = *at - pivot;
        pivot + point(way.x * cos - way.y * sin, way.x * sin + way.y * cos)
    };
    centres.iter().map(turn).collect()
}

fn on_grid(at: Point) -> Point {
    point((at.x / GRID).round() * GRID, (at.y / GRID).round() * GRID)
}

/// Pushes overlapping boxes apart along the axis with the smaller overlap, until none overlap or
/// the maximum number of rounds is reached. Pinned boxes stay in place.
fn spread(boxes: &[Rect], pinned: &[bool]) -> Vec<Point> {
    let is_pinned = |actor: usize| pinned.get(actor).copied().unwrap_or(false);
    let mut places: Vec<Point> = boxes.iter().map(Rect::centre).collect();
    for _ in 0..SPREAD_ROUNDS {
        let mut is_clear = true;
        for a in 0..boxes.len() {
            for b in a + 1..boxes.len() {
                let way = places[b] - places[a];
                let overlap = point(
                    f32::midpoint(boxes[a].width(), boxes[b].width()) + SPREAD_GAP - way.x.abs(),
                    f32::midpoint(boxes[a].height(), boxes[b].height()) + SPREAD_GAP - way.y.abs(),
                );
                if overlap.x <= 0.01 || overlap.y <= 0.01 || (is_pinned(a) && is_pinned(b)) {
                    continue;
                }
                is_clear = false;
                // If two boxes have the same centre, the later one moves right or down.
                let push = if overlap.x < overlap.y {
                    point(sign(way.x) * overlap.x, 0.0)
                } else {
                    point(0.0, sign(way.y) * overlap.y)
                };
                let share = match (is_pinned(a), is_pinned(b)) {
                    (true, _) => 0.0,
                    (_, true) => 1.0,
                    _ => 0.5,
                };
                places[a] = places[a] - push * share;
                places[b] = places[b] + push * (1.0 - share);
            }
        }
        if is_clear {
            break;
        }
    }
    places
}

/// The sign of a value: -1 if it is negative, else 1.
fn sign(value: f32) -> f32 {
    if value < 0.0 { -1.0 } else { 1.0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn boxes(places: &[(f32, f32)]) -> Vec<Rect> {
        places.iter().map(|(x, y)| Rect::around(point(*x, *y), 10.0, 5.0)).collect()
    }

    #[test]
    fn edges_and_middles_line_up() {
        let boxes =
            [Rect::around(point(0.0, 0.0), 10.0, 10.0), Rect::around(point(50.0, 30.0), 20.0, 5.0)];
        assert_eq!(Arrangement::Left.places(&boxes, &[]), [point(0.0, 0.0), point(10.0, 30.0)]);
        assert_eq!(Arrangement::Right.places(&boxes, &[]), [point(60.0, 0.0), point(50.0, 30.0)]);
        assert_eq!(Arrangement::Top.places(&boxes, &[]), [point(0.0, 0.0), point(50.0, -5.0)]);
        assert_eq!(Arrangement::Bottom.places(&boxes, &[]), [point(0.0, 25.0), point(50.0, 30.0)]);
        assert_eq!(Arrangement::Centre.places(&boxes, &[]), [point(30.0, 0.0), point(30.0, 30.0)]);
        assert_eq!(Arrangement::Middle.places(&boxes, &[]), [point(0.0, 12.5), point(50.0, 12.5)]);
    }

    #[test]
    fn distribution_leaves_equal_gaps_and_the_outermost_where_they_are() {
        let places = Arrangement::DistributeAcross
            .places(&boxes(&[(0.0, 0.0), (90.0, 4.0), (20.0, 8.0), (100.0, 1.0)]), &[]);
        assert_eq!((places[0], places[3]), (point(0.0, 0.0), point(100.0, 1.0)));
        assert!((places[2].x - 33.333).abs() < 0.01 && (places[1].x - 66.667).abs() < 0.01);
        assert!((places[1].y - 4.0).abs() < f32::EPSILON);
    }

    #[test]
    fn mirroring_twice_and_turning_back_change_nothing() {
        let places = [(0.0, 0.0), (90.0, 4.0), (20.0, 8.0)];
        let there = |align: Arrangement, from: &[Point]| {
            align.places(
                &from.iter().map(|at| Rect::around(*at, 10.0, 5.0)).collect::<Vec<_>>(),
                &[],
            )
        };
        let start: Vec<Point> = places.iter().map(|(x, y)| point(*x, *y)).collect();
        for (first, second) in [
            (Arrangement::MirrorAcross, Arrangement::MirrorAcross),
            (Arrangement::MirrorDown, Arrangement::MirrorDown),
        ] {
            assert_eq!(there(second, &there(first, &start)), start);
        }
    }

    #[test]
    fn spreading_ends_without_overlaps() {
        let stack = boxes(&[(0.0, 0.0); 12]);
        let places = Arrangement::Spread.places(&stack, &[]);
        for (number, a) in places.iter().enumerate() {
            for b in &places[..number] {
                let one = Rect::around(*a, 10.0, 5.0);
                let other = Rect::around(*b, 10.0, 5.0);
                assert!(one.overlap(&other) <= 0.0, "{a:?} lies on {b:?}");
            }
        }
    }

    #[test]
    fn spreading_goes_around_what_is_pinned() {
        let stack = boxes(&[(0.0, 0.0); 5]);
        let places = Arrangement::Spread.places(&stack, &[false, true, false, false, false]);
        assert_eq!(places[1], point(0.0, 0.0));
        for (number, place) in places.iter().enumerate().filter(|(number, _)| *number != 1) {
            let one = Rect::around(*place, 10.0, 5.0);
            let other = Rect::around(places[1], 10.0, 5.0);
            assert!(one.overlap(&other) <= 0.0, "{number} lies on the pinned one");
        }
    }

    #[test]
    fn the_grid_takes_each_to_its_nearest_point() {
        let places = Arrangement::Grid.places(&boxes(&[(9.0, 11.0), (-31.0, 100.0)]), &[]);
        assert_eq!(places, [point(0.0, 20.0), point(-40.0, 100.0)]);
    }

    #[test]
    fn nothing_selected_goes_nowhere() {
        assert!(Arrangement::DistributeAcross.places(&[], &[]).is_empty());
        assert_eq!(
            Arrangement::DistributeAcross.places(&boxes(&[(1.0, 2.0)]), &[]),
            [point(1.0, 2.0)]
        );
    }
}
