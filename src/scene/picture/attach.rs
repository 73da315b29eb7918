//! Where lines meet the outlines of shapes: side by side, so that arrowheads do not cover each
//! other.

use std::f32::consts::TAU;

use super::edge::Route;
use super::shape::Body;
use crate::geometry::{Curve, Point, point};
use crate::model::{ActorIndex, PerActorSlice};

/// Number of points at which an outline is measured.
const PROBES: u8 = 96;
/// Share of an outline that line ends may take. If there are more, they lie closer together.
const TAKEN_AT_MOST: f32 = 0.9;
/// How much closer together the ends are placed in a further attempt.
const CLOSER: f32 = 0.85;
/// Number of attempts for one shape.
const ATTEMPTS: usize = 16;
/// Length of the first piece of a line that must be outside the shape, in pixels at 100 %.
const OUTSIDE_PX: f32 = 4.0;
/// Gap between two line ends, in pixels at 100 %.
const GAP_PX: f32 = 4.0;

/// The outline of a shape, measured from the top clockwise.
struct Rim<'a> {
    body: &'a Body,
    /// Distance from the outline at which lines end.
    margin: f32,
    /// The way along the outline up to each of the probes; the last is the whole length.
    ways: Vec<f32>,
}

/// The end of a line at a shape.
#[derive(Clone, Copy)]
struct End {
    slot: usize,
    /// True for the end of the route, false for its start.
    is_last: bool,
    /// Where it is without others, as a way along the outline.
    wish: f32,
    /// Half the room that it needs on the outline.
    half: f32,
    /// A point on the line that the shape does not contain.
    towards: Point,
}

/// Moves the ends of lines along the outlines of the shapes so that they lie side by side. `ends`
/// are the actors of each route, `halves` half the room that each of its ends needs, in pixels at
/// 100 %.
pub(super) fn attach(
    routes: &mut [Route],
    ends: &[[ActorIndex; 2]],
    halves: &[[f32; 2]],
    bodies: &PerActorSlice<Body>,
    unit: f32,
) {
    let mut at_actor: Vec<(ActorIndex, usize, bool)> = Vec::new();
    for (slot, [from, to]) in ends.iter().enumerate() {
        if from != to {
            at_actor.extend([(*from, slot, false), (*to, slot, true)]);
        }
    }
    at_actor.sort_unstable();
    let mut moved: Vec<[Option<Point>; 2]> = vec![[None; 2]; routes.len()];
    for group in at_actor.chunk_by(|a, b| a.0 == b.0) {
        let (Some((actor, ..)), true) = (group.first(), group.len() > 1) else { continue };
        let Some(body) = bodies.get(*actor) else { continue };
        let rim = Rim::of(body, unit);
        let end = |(_, slot, is_last): &(ActorIndex, usize, bool)| {
            let Route::Curve(curve) = routes.get(*slot)? else { return None };
            let at = if *is_last { curve.end } else { curve.start };
            let towards = curve.at(if *is_last { 0.75 } else { 0.25 });
            let wish = rim.way_of(at);
            // A line that arrives at a slant takes more of the outline.
            let slant = rim.slant(wish, towards, 4.0 * unit);
            let half = (halves[*slot][usize::from(*is_last)] + GAP_PX * 0.5) * unit * slant;
            Some(End { slot: *slot, is_last: *is_last, wish, half, towards })
        };
        let wishes: Vec<End> = group.iter().filter_map(end).collect();
        for (end, at) in side_by_side(&rim, wishes, unit) {
            moved[end.slot][usize::from(end.is_last)] = Some(at);
        }
    }
    for (route, ends) in routes.iter_mut().zip(moved) {
        if let Route::Curve(curve) = route {
            let start = ends[0].unwrap_or(curve.start);
            let end = ends[1].unwrap_or(curve.end);
            // The line keeps how far it bows.
            let bow = curve.control - curve.start.towards(curve.end, 0.5);
            *curve = Curve { start, control: start.towards(end, 0.5) + bow, end };
        }
    }
}

/// The points of the ends of lines at one shape: as near to their wishes as the room that each
/// needs allows.
fn side_by_side(rim: &Rim<'_>, mut ends: Vec<End>, unit: f32) -> Vec<(End, Point)> {
    let length = rim.length();
    ends.sort_by(|a, b| a.wish.total_cmp(&b.wish).then(a.slot.cmp(&b.slot)));
    let needed: f32 = ends.iter().map(|end| 2.0 * end.half).sum();
    let mut share = (TAKEN_AT_MOST * length / needed.max(f32::MIN_POSITIVE)).min(1.0);
    start_after_widest_gap(&mut ends, length);
    let mut placed = Vec::new();
    for attempt in 0..ATTEMPTS {
        let halves: Vec<f32> = ends.iter().map(|end| end.half * share).collect();
        let wishes: Vec<f32> = ends.iter().map(|end| end.wish).collect();
        let ways = spread(&wishes, &halves);
        let ring = match (ways.first(), ways.last(), halves.first(), halves.last()) {
            (Some(first), Some(last), Some(a), Some(b)) => last + a + b - first,
            _ => 0.0,
        };
        placed = ends.iter().zip(&ways).map(|(end, way)| (*end, rim.at(*way))).collect();
        let is_outside = |(end, at): &(End, Point)| {
            let way = (end.towards - *at).direction() * (OUTSIDE_PX * unit);
            !rim.body.contains(*at + way, 0.0)
        };
        let is_last = attempt + 1 == ATTEMPTS;
        if is_last || (ring <= length && placed.iter().all(is_outside)) {
            break;
        }
        share *= CLOSER;
    }
    placed
}

/// Rotates the ends so that the widest gap between two wishes is between the last and the first,
/// and adds whole turns, so that the wishes ascend.
fn start_after_widest_gap(ends: &mut [End], length: f32) {
    let count = ends.len();
    let gap = |at: usize| {
        let next = (at + 1) % count;
        let turn = if next == 0 { length } else { 0.0 };
        ends[next].wish + turn - ends[at].wish
    };
    let widest = (0..count).max_by(|a, b| gap(*a).total_cmp(&gap(*b))).unwrap_or(0);
    let start = (widest + 1) % count.max(1);
    ends.rotate_left(start);
    for end in &mut ends[count - start..] {
        end.wish += length;
    }
}

/// Places on a line that are nearest to ascending `wishes`, in the sense of least squares, so that
/// neighbours are at least the sum of their `halves` apart: isotonic regression by pooling adjacent
/// violators (Ayer and others 1955).
fn spread(wishes: &[f32], halves: &[f32]) -> Vec<f32> {
    let mut offset = 0.0;
    let mut before = 0.0;
    let mut offsets = Vec::with_capacity(wishes.len());
    // Each pool: the sum of its values, and how many they are.
    let mut pools: Vec<(f32, f32)> = Vec::new();
    for (number, (wish, half)) in wishes.iter().zip(halves).enumerate() {
        offset += if number == 0 { 0.0 } else { before + half };
        before = *half;
        offsets.push(offset);
        pools.push((wish - offset, 1.0));
        while let [.., (low, low_count), (high, high_count)] = pools[..] {
            if low / low_count <= high / high_count {
                break;
            }
            pools.pop();
            pools.pop();
            pools.push((low + high, low_count + high_count));
        }
    }
    let values = pools.iter().flat_map(|(sum, count)| {
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a count")]
        std::iter::repeat_n(sum / count, *count as usize)
    });
    values.zip(offsets).map(|(value, offset)| value + offset).collect()
}

impl<'a> Rim<'a> {
    fn of(body: &'a Body, margin: f32) -> Self {
        let probe = |number: u8| {
            let way = towards(f32::from(number) / f32::from(PROBES));
            body.centre + way * body.reach_towards(way)
        };
        let mut ways = Vec::with_capacity(usize::from(PROBES) + 1);
        let mut way = 0.0;
        let mut before = probe(0);
        for number in 0..=PROBES {
            let at = probe(number % PROBES);
            way += (at - before).length();
            before = at;
            ways.push(way);
        }
        Self { body, margin, ways }
    }

    fn length(&self) -> f32 {
        self.ways.last().copied().unwrap_or(0.0)
    }

    /// The way along the outline to the direction of a point.
    fn way_of(&self, at: Point) -> f32 {
        let to = at - self.body.centre;
        let turn = to.x.atan2(-to.y) / TAU;
        let place = (turn - turn.floor()) * f32::from(PROBES);
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a probe")]
        let probe = (place as usize).min(usize::from(PROBES) - 1);
        #[expect(clippy::cast_precision_loss, reason = "a probe")]
        let rest = place - probe as f32;
        self.ways[probe] + (self.ways[probe + 1] - self.ways[probe]) * rest
    }

    /// How much more of the outline a line takes that arrives from `from`, than one that arrives at
    /// a right angle: 1 to 2. The direction of the outline is measured over a distance of `reach`
    /// to both sides.
    fn slant(&self, way: f32, from: Point, reach: f32) -> f32 {
        let along = (self.at(way + reach) - self.at(way - reach)).direction();
        let line = (from - self.at(way)).direction();
        let across = (along.x * line.y - along.y * line.x).abs();
        1.0 / across.max(0.5)
    }

    /// The point at a way along the outline, at the distance at which lines end.
    fn at(&self, way: f32) -> Point {
        let length = self.length().max(f32::MIN_POSITIVE);
        let way = way - (way / length).floor() * length;
        let probe = self.ways.partition_point(|other| *other <= way).clamp(1, usize::from(PROBES));
        let (low, high) = (self.ways[probe - 1], self.ways[probe]);
        let rest = if high > low { (way - low) / (high - low) } else { 0.0 };
        #[expect(clippy::cast_precision_loss, reason = "a probe")]
        let turn = ((probe - 1) as f32 + rest) / f32::from(PROBES);
        let direction = towards(turn);
        // The corners of a box are rounded, so the outline is found by bisection.
        let (mut inside, mut outside) = (0.0, 2.0 * (self.body.reach() + self.margin));
        for _ in 0..20 {
            let middle = 0.5 * (inside + outside);
            let at = self.body.centre + direction * middle;
            if self.body.contains(at, self.margin) { inside = middle } else { outside = middle }
        }
        self.body.centre + direction * outside
    }
}

/// The direction at a share of a turn, from the top clockwise.
fn towards(turn: f32) -> Point {
    let (sin, cos) = (turn * TAU).sin_cos();
    point(sin, -cos)
}

#[cfg(test)]
mod tests {
    use super::spread;

    #[test]
    fn ends_move_no_farther_than_their_room_requires() {
        assert_eq!(spread(&[0.0, 10.0], &[2.0, 2.0]), [0.0, 10.0]);
        assert_eq!(spread(&[5.0, 5.0], &[2.0, 2.0]), [3.0, 7.0]);
        assert_eq!(spread(&[0.0, 1.0, 2.0, 50.0], &[1.0; 4]), [-1.0, 1.0, 3.0, 50.0]);
        assert_eq!(spread(&[4.0, 6.0], &[1.0, 3.0]), [3.0, 7.0]);
    }
}
