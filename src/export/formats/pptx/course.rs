//! The course of a connector: straight, or curved as Office draws it between two shapes.

use foldhash::{HashMap, HashSet};

use crate::export::picture::Picture;
use crate::geometry::{Point, Rect, point};
use crate::model::{ActorIndex, LineIndex};
use crate::scene::picture::edge::{Route, to_segment};
use crate::scene::picture::occupied::OccupiedGrid;

/// A line that bows by less is straight on the slide, in pixels of the page.
const STRAIGHT_PX: f32 = 4.0;
/// How much farther a curve may lead away from the line of the picture than a straight line, on the
/// average, in pixels of the page.
const FARTHER_PX: f32 = 6.0;
/// Number of parts in which two courses are compared.
const STEPS: u8 = 16;
/// Number of places of a straight line at which shapes are looked for.
const PROBES: u8 = 40;

/// How a connector leads from its start to its end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Course {
    Straight,
    /// Leaves and arrives in the same direction, upwards or downwards if `is_upright`, and is in
    /// the middle of both ends half-way (`curvedConnector3` of the preset shapes).
    Wave {
        is_upright: bool,
    },
    /// Leaves upwards or downwards and arrives sideways if `is_upright`, or else the other way
    /// round (`curvedConnector2`).
    Quarter {
        is_upright: bool,
    },
}

impl Course {
    /// The course of a line with these ends, in pixels of the page: curved if others join the same
    /// two actors (`parallel`), unless such a curve leads far away from the line of the picture.
    pub fn of(
        picture: &Picture<'_>,
        parallel: &HashSet<LineIndex>,
        (at, route): (LineIndex, &Route),
        ends: [Point; 2],
    ) -> Self {
        let is_loop = matches!(route, Route::Loop { .. });
        let has_others = parallel.contains(&at) && is_bowed(picture, route);
        if !is_loop && !has_others {
            return Self::Straight;
        }
        let Some(line) = picture.shown.lines().get(at) else { return Self::Straight };
        let (zoom, shift) = picture.placing();
        let on_page = |at: Point| at * zoom + shift;
        let [one, other] = line.ends.map(|actor| {
            let shape = picture.scene.bodies[actor].bounds();
            Rect { min: on_page(shape.min), max: on_page(shape.max) }
        });
        let curved = Self::curved([&one, &other], ends);
        let wanted = |share| on_page(route.at(share));
        let is_far = || {
            let straight = Self::Straight.distance(ends, wanted);
            curved.distance(ends, wanted) > straight + FARTHER_PX
        };
        if is_loop || !is_far() { curved } else { Self::Straight }
    }

    /// Its mean distance from a curve between the same ends, which `at` gives by the share of its
    /// way.
    fn distance(self, [start, end]: [Point; 2], at: impl Fn(f32) -> Point) -> f32 {
        let shares = || (0..=STEPS).map(|step| f32::from(step) / f32::from(STEPS));
        let other: Vec<Point> = shares().map(at).collect();
        let to_other = |place: Point| {
            let pairs = other.windows(2).map(|pair| to_segment(place, pair[0], pair[1]));
            pairs.fold(f32::INFINITY, f32::min)
        };
        let sum: f32 = shares().map(|share| to_other(self.at(start, end, share))).sum();
        sum / f32::from(STEPS + 1)
    }

    /// The curve from one shape to another: it leaves and arrives at right angles to the sides of
    /// the shapes that are nearest to its ends, as Office and `LibreOffice` draw it again when a
    /// shape is moved. Where that would be a detour, it follows its longer side.
    pub fn curved(shapes: [&Rect; 2], [start, end]: [Point; 2]) -> Self {
        let way = end - start;
        let [leaves, arrives] = [outwards(shapes[0], start), outwards(shapes[1], end) * -1.0];
        let is_upright = leaves.x == 0.0;
        if leaves.dot(way) <= 0.0 || arrives.dot(way) <= 0.0 {
            Self::Wave { is_upright: way.y.abs() > way.x.abs() }
        } else if is_upright == (arrives.x == 0.0) {
            Self::Wave { is_upright }
        } else {
            Self::Quarter { is_upright }
        }
    }

    /// The name of its preset shape.
    pub fn preset(self) -> &'static str {
        match self {
            Self::Straight => "straightConnector1",
            Self::Wave { .. } => "curvedConnector3",
            Self::Quarter { .. } => "curvedConnector2",
        }
    }

    /// True if it leaves upwards or downwards, and its preset shape is turned by a quarter.
    pub fn is_upright(self) -> bool {
        matches!(self, Self::Wave { is_upright: true } | Self::Quarter { is_upright: true })
    }

    /// The point at a share of the way.
    pub fn at(self, start: Point, end: Point, share: f32) -> Point {
        let way = end - start;
        // Shares of the way in the direction in which it leaves, and across.
        let (along, across) = match self {
            Self::Straight => (share, share),
            Self::Quarter { .. } => {
                (cubic([0.0, 0.5, 1.0, 1.0], share), cubic([0.0, 0.0, 0.5, 1.0], share))
            }
            // Two cubic curves, each over half of the way.
            Self::Wave { .. } if share < 0.5 => (
                cubic([0.0, 0.25, 0.5, 0.5], share * 2.0),
                cubic([0.0, 0.0, 0.25, 0.5], share * 2.0),
            ),
            Self::Wave { .. } => {
                let share = share * 2.0 - 1.0;
                (cubic([0.5, 0.5, 0.75, 1.0], share), cubic([0.5, 0.75, 1.0, 1.0], share))
            }
        };
        let (x, y) = if self.is_upright() { (across, along) } else { (along, across) };
        start + point(x * way.x, y * way.y)
    }
}

/// The lines that have others between the same two actors.
pub(super) fn parallel(picture: &Picture<'_>) -> HashSet<LineIndex> {
    let mut pairs: HashMap<[ActorIndex; 2], Vec<LineIndex>> = HashMap::default();
    for (at, line) in picture.shown.lines().list().iter_enumerated() {
        let [from, to] = line.ends;
        pairs.entry([from.min(to), from.max(to)]).or_default().push(at);
    }
    pairs.into_values().filter(|lines| lines.len() > 1).flatten().collect()
}

/// True if a picture bows a line so much that it shows.
fn is_bowed(picture: &Picture<'_>, route: &Route) -> bool {
    let Route::Curve(curve) = route else { return false };
    let middle = curve.start.towards(curve.end, 0.5);
    (curve.control - middle).length() * 0.5 * picture.camera.zoom > STRAIGHT_PX
}

/// The number of lines that a picture bows around other actors, and that are straight on its slide
/// and pass behind them: Office knows no such curves.
pub(in crate::export) fn behind_actors(picture: &Picture<'_>) -> usize {
    let scene = &picture.scene;
    let parallel = parallel(picture);
    let (zoom, shift) = picture.placing();
    let is_straight = |at: LineIndex, route: &Route| {
        let ends = [route.at(0.0), route.at(1.0)].map(|end| end * zoom + shift);
        Course::of(picture, &parallel, (at, route), ends) == Course::Straight
    };
    let bowed = scene
        .routes
        .iter()
        .filter(|(at, route)| is_bowed(picture, route) && is_straight(*at, route));
    let mut bowed = bowed.peekable();
    if bowed.peek().is_none() {
        return 0;
    }
    let boxes: Vec<Rect> = scene.actors.iter().map(|actor| scene.bodies[*actor].bounds()).collect();
    let cell = boxes.iter().map(Rect::width).fold(0.0, f32::max);
    let mut taken = OccupiedGrid::new(cell);
    for rect in boxes {
        taken.add(rect);
    }
    let is_behind = |(at, route): &&(LineIndex, Route)| {
        let Some(line) = picture.shown.lines().get(*at) else { return false };
        let own = line.ends.map(|end| scene.bodies[end].bounds().grown(scene.unit));
        let [start, end] = [route.at(0.0), route.at(1.0)];
        (1..PROBES).any(|step| {
            let at = start.towards(end, f32::from(step) / f32::from(PROBES));
            own.iter().all(|own| !own.contains(at))
                && taken.overlap(&Rect::around(at, scene.unit, scene.unit)) > 0.0
        })
    };
    bowed.filter(is_behind).count()
}

/// The direction out of a box, at its side that is nearest to a point.
fn outwards(rect: &Rect, at: Point) -> Point {
    let sides = [
        (at.x - rect.min.x, point(-1.0, 0.0)),
        (rect.max.x - at.x, point(1.0, 0.0)),
        (at.y - rect.min.y, point(0.0, -1.0)),
        (rect.max.y - at.y, point(0.0, 1.0)),
    ];
    let nearest = sides.into_iter().min_by(|one, other| one.0.total_cmp(&other.0));
    nearest.map_or(point(0.0, 1.0), |(_, direction)| direction)
}

/// One coordinate of a cubic Bézier curve.
fn cubic([a, b, c, d]: [f32; 4], share: f32) -> f32 {
    let rest = 1.0 - share;
    a * rest.powi(3)
        + 3.0 * b * rest.powi(2) * share
        + 3.0 * c * rest * share.powi(2)
        + d * share.powi(3)
}

#[cfg(test)]
mod tests {
    use super::Course;
    use crate::geometry::{Point, Rect, point};

    fn around(x: f32, y: f32) -> Rect {
        Rect::around(point(x, y), 20.0, 20.0)
    }

    #[test]
    fn a_curve_leaves_and_arrives_at_right_angles_to_the_sides_of_its_shapes() {
        let (left, right) = (around(0.0, 0.0), around(200.0, 100.0));
        let course = |start: Point, end: Point| Course::curved([&left, &right], [start, end]);
        assert_eq!(
            course(point(20.0, 5.0), point(180.0, 95.0)),
            Course::Wave { is_upright: false }
        );
        assert_eq!(course(point(5.0, 20.0), point(195.0, 80.0)), Course::Wave { is_upright: true });
        assert_eq!(
            course(point(20.0, 5.0), point(195.0, 80.0)),
            Course::Quarter { is_upright: false }
        );
        assert_eq!(
            course(point(5.0, 20.0), point(180.0, 95.0)),
            Course::Quarter { is_upright: true }
        );
        // Out of the left side of the left shape it would have to turn back.
        assert_eq!(
            course(point(-20.0, 5.0), point(180.0, 95.0)),
            Course::Wave { is_upright: false }
        );
    }

    #[test]
    fn curves_go_from_end_to_end_in_their_directions() {
        let (start, end) = (point(10.0, 20.0), point(110.0, 80.0));
        for is_upright in [false, true] {
            for course in [Course::Wave { is_upright }, Course::Quarter { is_upright }] {
                assert!((course.at(start, end, 0.0) - start).length() < 1e-3);
                assert!((course.at(start, end, 1.0) - end).length() < 1e-3);
                let first = course.at(start, end, 0.01) - start;
                assert_eq!(first.y.abs() > first.x.abs(), is_upright, "{course:?} leaves");
                let last = end - course.at(start, end, 0.99);
                let arrives_upright = is_upright == matches!(course, Course::Wave { .. });
                assert_eq!(last.y.abs() > last.x.abs(), arrives_upright, "{course:?} arrives");
            }
        }
        let middle = Course::Wave { is_upright: true }.at(start, end, 0.5);
        assert!((middle - point(60.0, 50.0)).length() < 1e-3);
    }
}
