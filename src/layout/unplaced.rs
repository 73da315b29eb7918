//! Positions for actors that have none in the map: on a circle.

use std::collections::HashMap;
use std::f32::consts::TAU;
use std::hash::BuildHasher;

use crate::geometry::{Point, Rect, point};
use crate::model::{ActorId, Map, PerActor, Placement};

/// Space per actor along a circle, in map units.
const ROOM_ON_CIRCLE: f32 = 110.0;
/// Minimum radius of a circle, in map units.
const SMALLEST_RADIUS: f32 = 180.0;

/// A position for every actor: its placement, or a point on a circle in file order. If some actors
/// are placed, the circle for the others goes around them.
#[must_use]
pub fn positions(map: &Map) -> PerActor<Point> {
    positions_with_fallback(map, &HashMap::<_, _>::new())
}

/// As [`positions`], but actors without a placement get their position from `computed`, if it has
/// one.
#[must_use]
pub fn positions_with_fallback<S: BuildHasher>(
    map: &Map,
    computed: &HashMap<ActorId, Point, S>,
) -> PerActor<Point> {
    let place =
        |id: &ActorId| map.layout.get(id).map(point_of).or_else(|| computed.get(id).copied());
    let placed: Vec<Option<Point>> = map.actors.iter().map(|actor| place(&actor.id)).collect();
    let bounds = placed.iter().flatten().fold(Rect::NOTHING, |bounds, at| bounds.with(*at));
    let (centre, least) = if bounds.is_nothing() {
        (Point::default(), SMALLEST_RADIUS)
    } else {
        (bounds.centre(), (bounds.max - bounds.min).length() / 2.0 + ROOM_ON_CIRCLE)
    };
    let missing = placed.iter().filter(|at| at.is_none()).count();
    let mut circle = circle(missing, centre, least).into_iter();
    placed.into_iter().map(|at| at.or_else(|| circle.next()).unwrap_or(centre)).collect()
}

/// `count` points on a circle, clockwise from the top, with a radius of at least `least`.
#[must_use]
#[expect(clippy::cast_precision_loss, reason = "maps have fewer than 2^24 actors")]
pub fn circle(count: usize, centre: Point, least: f32) -> Vec<Point> {
    let radius = (count as f32 * ROOM_ON_CIRCLE / TAU).max(least);
    let at = |number: usize| {
        let angle = TAU * number as f32 / count as f32 - TAU / 4.0;
        centre + towards(angle) * radius
    };
    (0..count).map(at).collect()
}

/// The coordinates of a placement as a point.
#[must_use]
#[expect(clippy::cast_possible_truncation, reason = "24 bits are enough for the screen")]
pub fn point_of(placement: &Placement) -> Point {
    point(placement.x as f32, placement.y as f32)
}

/// The unit vector at an angle in radians. Uses `libm`, because the standard sine differs between
/// platforms and an arrangement must not.
#[must_use]
pub fn towards(angle: f32) -> Point {
    point(libm::cosf(angle), libm::sinf(angle))
}
