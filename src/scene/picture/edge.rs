//! The line of a tie: its route between two shapes, and its arrowhead.

use std::collections::BTreeMap;

use super::occupied::OccupiedGrid;
use super::shape::Body;
use crate::geometry::{Curve, Point, Rect, point};
use crate::model::query::Index;
use crate::model::{ActorIndex, PerActorSlice, Relation, RelationIndex, Status};
use crate::scene::primitive::{Dash, Outline, Primitive, Stroke};
use crate::scene::theme::Theme;

/// Distance between the middles of parallel ties, in pixels at 100 %.
const FAN_PX: f32 = 27.0;
/// Above this number of ties, lines are not routed around other actors.
pub(super) const ROUTED_AT_MOST: usize = 200;
/// Number of steps in which a curve is sampled to find the actors that it crosses.
const PROBES: usize = 18;

/// The route of a line from shape to shape, in map units.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Route {
    Curve(Curve),
    /// From an actor to itself: a circle at the top of its shape.
    Loop {
        centre: Point,
        radius: f32,
    },
}

impl Route {
    /// The point at `t`, 0 at the start and 1 at the end.
    #[must_use]
    pub fn at(&self, t: f32) -> Point {
        match self {
            Self::Curve(curve) => curve.at(t),
            Self::Loop { centre, radius } => {
                let angle = (t - 0.5) * 4.4 - std::f32::consts::FRAC_PI_2;
                *centre + point(angle.cos(), angle.sin()) * *radius
            }
        }
    }

    /// Distance from `at` to the nearest point of the line.
    #[must_use]
    pub fn distance(&self, at: Point) -> f32 {
        match self {
            Self::Loop { centre, radius } => ((at - *centre).length() - radius).abs(),
            Self::Curve(curve) if curve.is_straight() => to_segment(at, curve.start, curve.end),
            Self::Curve(curve) => curve
                .points(24)
                .windows(2)
                .map(|pair| to_segment(at, pair[0], pair[1]))
                .fold(f32::INFINITY, f32::min),
        }
    }

    /// The bounding rectangle of the line; approximate for curves.
    #[must_use]
    pub fn bounds(&self) -> Rect {
        match self {
            Self::Loop { centre, radius } => Rect::around(*centre, *radius, *radius),
            Self::Curve(curve) => curve.points(8).into_iter().fold(Rect::NOTHING, Rect::with),
        }
    }
}

/// Distance from a point to a line segment.
#[must_use]
pub fn to_segment(at: Point, start: Point, end: Point) -> f32 {
    let way = end - start;
    let length_squared = way.x * way.x + way.y * way.y;
    let from_start = at - start;
    let t = if length_squared > 0.0 {
        (from_start.x * way.x + from_start.y * way.y) / length_squared
    } else {
        0.0
    };
    (at - start.towards(end, t.clamp(0.0, 1.0))).length()
}

/// For each pair of actors, the positions in `shown` of the ties between them. A self-loop belongs
/// to the pair of its actor with itself.
fn pairs(index: &Index, shown: &[RelationIndex]) -> BTreeMap<(ActorIndex, ActorIndex), Vec<usize>> {
    let mut pairs: BTreeMap<(ActorIndex, ActorIndex), Vec<usize>> = BTreeMap::new();
    for (slot, relation) in shown.iter().enumerate() {
        if let Some((from, to)) = index.ends(*relation) {
            pairs.entry((from.min(to), from.max(to))).or_default().push(slot);
        }
    }
    pairs
}

/// For each pair of actors: how far all its ties bow to avoid other actors, in map units.
pub type Bulges = BTreeMap<(ActorIndex, ActorIndex), f32>;

/// Computes the bulge of each pair of actors.
#[must_use]
pub fn bulges(
    index: &Index,
    shown: &[RelationIndex],
    bodies: &PerActorSlice<Body>,
    taken: &OccupiedGrid,
    unit: f32,
) -> Bulges {
    let pairs = pairs(index, shown).into_iter().filter(|((low, high), _)| low != high);
    let bulge = |((low, high), slots): ((ActorIndex, ActorIndex), Vec<usize>)| {
        let lanes = fan(slots.len(), unit);
        ((low, high), clear_bulge([&bodies[low], &bodies[high]], &lanes, taken, unit))
    };
    pairs.map(bulge).collect()
}

/// The lane of each tie in `shown`: its offset from the middle of its pair, in pixels at 100 %,
/// positive to the right of its own direction. For a self-loop, its number among the loops of its
/// actor, from 0.
#[must_use]
pub fn lanes(index: &Index, shown: &[RelationIndex]) -> Vec<f32> {
    let mut lanes = vec![0.0; shown.len()];
    let key = |(slot, relation): (usize, &RelationIndex)| {
        let (from, to) = index.ends(*relation)?;
        // Sorted like this, ties of the same direction lie side by side.
        Some((from.min(to), from.max(to), from <= to, slot))
    };
    let mut keys: Vec<(ActorIndex, ActorIndex, bool, usize)> =
        shown.iter().enumerate().filter_map(key).collect();
    keys.sort_unstable();
    for fan in keys.chunk_by(|a, b| (a.0, a.1) == (b.0, b.1)) {
        let gap = gap_px(fan.len());
        #[expect(clippy::cast_precision_loss, reason = "a handful of ties")]
        for (number, (low, high, is_forward, slot)) in fan.iter().enumerate() {
            let beside = (number as f32 - (fan.len() as f32 - 1.0) / 2.0) * gap;
            lanes[*slot] = match (low == high, is_forward) {
                (true, _) => number as f32,
                (false, true) => beside,
                (false, false) => -beside,
            };
        }
    }
    lanes
}

/// The routes of the ties in `shown`, in the same order. Ties between one pair fan out.
#[must_use]
pub fn routes(
    index: &Index,
    shown: &[RelationIndex],
    bodies: &PerActorSlice<Body>,
    bulges: &Bulges,
    unit: f32,
) -> Vec<Route> {
    let route = |(relation, lane): (&RelationIndex, f32)| {
        let Some((from, to)) = index.ends(*relation) else {
            return Route::Loop { centre: Point::default(), radius: 0.0 };
        };
        let base = bulges.get(&(from.min(to), from.max(to))).copied().unwrap_or(0.0);
        let bulge = if from < to { base } else { -base };
        route([&bodies[from], &bodies[to]], lane, bulge, unit)
    };
    shown.iter().zip(lanes(index, shown)).map(route).collect()
}

/// The route of one tie, a loop if both ends are the same reference. `lane` is in pixels at 100 %
/// (see [`lanes`]), `bulge` in map units (see [`Bulges`]).
#[must_use]
pub fn route(ends: [&Body; 2], lane: f32, bulge: f32, unit: f32) -> Route {
    let [start, end] = ends;
    if std::ptr::eq(start, end) {
        return self_loop(start, lane, unit);
    }
    Route::Curve(clipped(
        Curve::bulging(start.centre, end.centre, bulge + lane * unit),
        start,
        end,
        unit,
    ))
}

/// Distance between neighbouring ties in a fan of `count`, in pixels at 100 %. In a large fan they
/// are closer together, so that the outermost ties do not leave the picture.
#[expect(clippy::cast_precision_loss, reason = "a handful of ties")]
fn gap_px(count: usize) -> f32 {
    FAN_PX * (5.0 / count as f32).clamp(0.55, 1.0)
}

/// The bulges of `count` parallel ties, in map units, symmetric around 0.
#[expect(clippy::cast_precision_loss, reason = "a handful of ties")]
fn fan(count: usize, unit: f32) -> Vec<f32> {
    let gap = gap_px(count) * unit;
    (0..count).map(|lane| (lane as f32 - (count as f32 - 1.0) / 2.0) * gap).collect()
}

/// The common bulge, in map units, at which the ties of one pair cross the fewest other actors.
/// Larger bulges cost more.
fn clear_bulge(ends: [&Body; 2], lanes: &[f32], taken: &OccupiedGrid, unit: f32) -> f32 {
    let length = (ends[1].centre - ends[0].centre).length();
    let mut best = (f32::INFINITY, 0.0);
    for share in [0.0, 0.08, -0.08, 0.15, -0.15, 0.22, -0.22, 0.3, -0.3] {
        let bulge: f32 = share * length;
        let met: f32 =
            lanes.iter().map(|lane| overlap_along(ends, bulge + lane, taken, unit)).sum();
        #[expect(clippy::cast_precision_loss, reason = "a handful of ties")]
        let cost = met / lanes.len() as f32 + share.abs() * 2.8;
        if cost < best.0 - 1e-4 {
            best = (cost, bulge);
        }
    }
    best.1
}

/// How much of `taken` lies on the curve, summed over sampled points. Points near both ends are
/// ignored; every other point counts from 0 to 1.5.
fn overlap_along(ends: [&Body; 2], bulge: f32, taken: &OccupiedGrid, unit: f32) -> f32 {
    let curve = Curve::bulging(ends[0].centre, ends[1].centre, bulge);
    let half = 4.0 * unit;
    let own = ends.map(|body| body.bounds().grown(24.0 * unit));
    curve
        .points(PROBES)
        .into_iter()
        .filter(|at| own.iter().all(|rect| !rect.contains(*at)))
        .map(|at| (taken.overlap(&Rect::around(at, half, half)) / (4.0 * half * half)).min(1.5))
        .sum()
}

/// The loop of an actor with itself; loops with a higher number are larger.
fn self_loop(body: &Body, number: f32, unit: f32) -> Route {
    let radius = (12.0 + 8.0 * number) * unit;
    Route::Loop { centre: point(body.centre.x, body.bounds().min.y - radius * 0.6), radius }
}

/// The part of a curve between the outlines of the shapes at its ends.
fn clipped(curve: Curve, start: &Body, end: &Body, unit: f32) -> Curve {
    let margin = unit;
    let leaves = last_inside(|t| start.contains(curve.at(t), margin));
    let arrives = 1.0 - last_inside(|t| end.contains(curve.at(1.0 - t), margin));
    if leaves < arrives { curve.part(leaves, arrives) } else { curve.part(0.49, 0.51) }
}

/// The largest `t` up to which a line that starts inside stays inside, by bisection.
fn last_inside(is_inside: impl Fn(f32) -> bool) -> f32 {
    let mut inside = 0.0;
    let mut outside = 1.0;
    for _ in 0..20 {
        let middle = 0.5 * (inside + outside);
        if is_inside(middle) { inside = middle } else { outside = middle }
    }
    outside
}

/// Width of a line in pixels at 100 %: 1.3 for structural ties (strength 0), 1.5 to 5 for strengths
/// 1 to 5.
#[must_use]
pub fn width_px(relation: &Relation) -> f32 {
    match relation.strength.value() {
        0 => 1.3,
        strength => 1.5 + f32::from(strength - 1) * 0.875,
    }
}

/// Dash style by status, as in i2 charts.
#[must_use]
pub fn dash(status: Status) -> Dash {
    match status {
        Status::Reported => Dash::Solid,
        Status::Claimed => Dash::Dashed,
        Status::Inferred | Status::Forecast | Status::Hypothetical => Dash::Dotted,
    }
}

/// How a tie is drawn, apart from its route.
pub struct Looks<'a> {
    pub relation: &'a Relation,
    /// Map units per pixel at 100 %.
    pub unit: f32,
    /// Page pixels per pixel at 100 %.
    pub factor: f32,
    /// Share of its colour that the tie keeps: 1, or less if it is faded.
    pub share: f32,
    pub is_selected: bool,
    pub theme: &'a Theme,
}

/// Draws the line, its glow if selected, and its arrowhead.
#[must_use]
pub fn draw_line(route: &Route, looks: &Looks<'_>) -> Vec<Primitive> {
    let color = looks.theme.stance(looks.relation.stance).over(looks.theme.ground, looks.share);
    let width = width_px(looks.relation);
    let (line, head) = match route {
        Route::Curve(curve) if looks.relation.directed => with_head(curve, width, looks.unit),
        Route::Loop { .. } if looks.relation.directed => {
            (None, Some(loop_head(route, width, looks.unit)))
        }
        _ => (None, None),
    };
    let outline = match (route, line) {
        (_, Some(curve)) => curve_outline(&curve),
        (Route::Curve(curve), None) => curve_outline(curve),
        (Route::Loop { centre, radius }, None) => {
            Outline::Circle { centre: *centre, radius: *radius }
        }
    };
    let mut primitives = Vec::with_capacity(if looks.is_selected { 3 } else { 1 });
    if looks.is_selected {
        let glow = Stroke::solid(
            (width + 7.0) * looks.unit,
            looks.theme.accent.over(looks.theme.ground, 0.35),
        );
        primitives.push(Primitive::Shape {
            outline: outline.clone(),
            fill: None,
            stroke: Some(glow),
        });
    }
    let stroke = Stroke::dashed(width, looks.unit, color, dash(looks.relation.status));
    primitives.push(Primitive::Shape { outline, fill: None, stroke: Some(stroke) });
    if let Some(head) = head {
        primitives.push(Primitive::Shape {
            outline: Outline::Polygon(head),
            fill: Some(color),
            stroke: None,
        });
    }
    primitives
}

fn curve_outline(curve: &Curve) -> Outline {
    if curve.is_straight() { Outline::Line(curve.start, curve.end) } else { Outline::Curve(*curve) }
}

fn head_length(width_px: f32, unit: f32) -> f32 {
    (8.0 + width_px * 1.5) * unit
}

/// The curve shortened by its arrowhead, and the arrowhead. A line that is too short is not
/// shortened (`None`) and gets a smaller head.
fn with_head(curve: &Curve, width_px: f32, unit: f32) -> (Option<Curve>, Option<Vec<Point>>) {
    let length = head_length(width_px, unit);
    if (curve.end - curve.start).length() < length * 1.5 {
        return (None, Some(head(curve.end, curve.tangent(1.0), length * 0.6)));
    }
    let base = 1.0 - last_inside(|t| (curve.at(1.0 - t) - curve.end).length() < length * 0.85);
    let direction = (curve.end - curve.at(base)).direction();
    (Some(curve.part(0.0, base)), Some(head(curve.end, direction, length)))
}

fn loop_head(route: &Route, width_px: f32, unit: f32) -> Vec<Point> {
    let tip = route.at(1.0);
    head(tip, (tip - route.at(0.94)).direction(), head_length(width_px, unit))
}

fn head(tip: Point, direction: Point, length: f32) -> Vec<Point> {
    let back = tip - direction * length;
    let side = direction.turned() * (length * 0.46);
    vec![tip, back + side, back - side]
}
