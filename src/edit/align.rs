//! Arranging by hand: lining up, spacing out, turning and mirroring what is selected. Pure: places
//! in, places out.

use super::snap::GRID;
use crate::geometry::{Point, Rect, point};

/// A way to put several actors in order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Arrangement {
    Left,
    Centre,
    Right,
    Top,
    Middle,
    Bottom,
    /// Equal gaps from left to right.
    Across,
    /// Equal gaps from top to bottom.
    Down,
    MirrorAcross,
    MirrorDown,
    TurnLeft,
    TurnRight,
    /// Pushed apart until nothing overlaps.
    Spread,
    /// Each centre to the nearest point of the grid.
    Grid,
}

/// How far a turn goes.
const TURN_DEGREES: f32 = 15.0;
/// Gap that spreading leaves between two actors.
const SPREAD_GAP: f32 = 12.0;
/// Rounds of spreading; a stack of hundreds needs some.
const SPREAD_ROUNDS: usize = 400;

impl Arrangement {
    /// The name of the step in the history.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Self::Left | Self::Centre | Self::Right | Self::Top | Self::Middle | Self::Bottom => {
                "aligning"
            }
            Self::Across | Self::Down => "distribution",
            Self::MirrorAcross | Self::MirrorDown => "mirroring",
            Self::TurnLeft | Self::TurnRight => "turning",
            Self::Spread => "spreading",
            Self::Grid => "snapping",
        }
    }

    /// Where the centres of `boxes` go, in their order. The `pinned` ones (none where the list
    /// ends) stay, whatever is said of them here; spreading goes around them.
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
            Self::Across => distributed(boxes, |at| at.x, |at, x| point(x, at.y), Rect::width),
            Self::Down => distributed(boxes, |at| at.y, |at, y| point(at.x, y), Rect::height),
            Self::MirrorAcross => {
                each(&|one| point(2.0 * centre.x - one.centre().x, one.centre().y))
            }
            Self::MirrorDown => each(&|one| point(one.centre().x, 2.0 * centre.y - one.centre().y)),
            Self::TurnLeft => turned(boxes, -TURN_DEGREES),
            Self::TurnRight => turned(boxes, TURN_DEGREES),
            Self::Spread => spread(boxes, pinned),
            Self::Grid => each(&|one| on_grid(one.centre())),
        }
    }
}

/// The same gap between neighbours along one axis; the outermost stay.
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
    #[expect(clippy::cast_precision_loss, reason = "a selection is small")]
    let gap = (end - start - sizes) / (boxes.len().max(2) - 1) as f32;
    let mut at = start;
    for actor in order {
        let own = size(&boxes[actor]);
        places[actor] = put(places[actor], at + own / 2.0);
        at += own + gap;
    }
    places
}

/// Turned around the middle of the centres, clockwise on the screen for positive degrees.
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

/// Pushes overlapping boxes apart along the shorter way, round after round; pinned ones push and
/// are not pushed.
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
                // On one spot: the later one goes to the right.
                let sign = |value: f32| if value < 0.0 { -1.0 } else { 1.0 };
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
        let places = Arrangement::Across
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
                let (one, other) = (Rect::around(*a, 10.0, 5.0), Rect::around(*b, 10.0, 5.0));
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
            let (one, other) =
                (Rect::around(*place, 10.0, 5.0), Rect::around(places[1], 10.0, 5.0));
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
        assert!(Arrangement::Across.places(&[], &[]).is_empty());
        assert_eq!(Arrangement::Across.places(&boxes(&[(1.0, 2.0)]), &[]), [point(1.0, 2.0)]);
    }
}
