//! The line of a tie: its route between two shapes, and its arrowhead.

use std::collections::BTreeMap;

use super::occupied::OccupiedGrid;
use super::shape::Body;
use crate::geometry::{Curve, Point, Rect, point};
use crate::model::{ActorIndex, LineIndex, PerActorSlice, Stance, Status};
use crate::scene::lines::{Line, Lines, Strand};
use crate::scene::primitive::{Dash, Outline, Primitive, Stroke};
use crate::scene::theme::Theme;

/// Distance between the middles of parallel ties, in pixels at 100 %.
const FAN_PX: f32 = 27.0;
/// Above this number of ties, lines are not routed around other actors.
pub(super) const ROUTED_AT_MOST: usize = 200;
/// Smallest width of a dotted line in the colour of a stance, in pixels at 100 %.
const DOTS_PX: f32 = 2.4;
/// Half the width of an arrowhead, as a share of its length.
const HEAD_SHARE: f32 = 0.46;
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

    /// The route with its middle moved to the right of its direction; a loop stays as it is.
    #[must_use]
    pub fn bowed(&self, bow: f32) -> Self {
        match self {
            Self::Curve(curve) => {
                let side = (curve.end - curve.start).direction().turned();
                Self::Curve(Curve { control: curve.control + side * (2.0 * bow), ..*curve })
            }
            Self::Loop { .. } => *self,
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
    let length_squared = way.dot(way);
    let from_start = at - start;
    let t = if length_squared > 0.0 { from_start.dot(way) / length_squared } else { 0.0 };
    (at - start.towards(end, t.clamp(0.0, 1.0))).length()
}

/// For each pair of actors, the number of lines between them in `shown`. A loop belongs to the pair
/// of its actor with itself.
fn pairs(lines: &Lines, shown: &[LineIndex]) -> BTreeMap<(ActorIndex, ActorIndex), usize> {
    let mut pairs: BTreeMap<(ActorIndex, ActorIndex), usize> = BTreeMap::new();
    for [from, to] in shown.iter().filter_map(|line| Some(lines.get(*line)?.ends)) {
        *pairs.entry((from.min(to), from.max(to))).or_default() += 1;
    }
    pairs
}

/// For each pair of actors: how far all its lines bow to avoid other actors, in map units.
pub type Bulges = BTreeMap<(ActorIndex, ActorIndex), f32>;

/// How lines bow, in map units. The same at every zoom.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Bows {
    /// All lines of a pair of actors, around other actors.
    pub pairs: Bulges,
    /// Single lines, for their badges; one entry per line, or none.
    pub lines: Vec<f32>,
}

/// Computes the bulge of each pair of actors.
#[must_use]
pub fn bulges(
    lines: &Lines,
    shown: &[LineIndex],
    bodies: &PerActorSlice<Body>,
    taken: &OccupiedGrid,
    unit: f32,
) -> Bulges {
    let pairs = pairs(lines, shown).into_iter().filter(|((low, high), _)| low != high);
    let bulge = |((low, high), count): ((ActorIndex, ActorIndex), usize)| {
        let offsets = fan(count, unit);
        ((low, high), clear_bulge([&bodies[low], &bodies[high]], &offsets, taken, unit))
    };
    pairs.map(bulge).collect()
}

/// The lane of each line in `shown`: its offset from the middle of its pair, in pixels at 100 %,
/// positive to the right of its own direction. For a loop, its number among the loops of its actor,
/// from 0.
#[must_use]
pub fn lanes(lines: &Lines, shown: &[LineIndex]) -> Vec<f32> {
    let mut offsets = vec![0.0; shown.len()];
    let key = |(slot, line): (usize, &LineIndex)| {
        let [from, to] = lines.get(*line)?.ends;
        // Sorted like this, lines of the same direction lie side by side.
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
            offsets[*slot] = match (low == high, is_forward) {
                (true, _) => number as f32,
                (false, true) => beside,
                (false, false) => -beside,
            };
        }
    }
    offsets
}

/// The routes of the lines in `shown`, in the same order. Lines between one pair fan out.
#[must_use]
pub fn routes(
    lines: &Lines,
    shown: &[LineIndex],
    bodies: &PerActorSlice<Body>,
    bulges: &Bulges,
    unit: f32,
) -> Vec<Route> {
    let route = |(line, lane): (&LineIndex, f32)| {
        let Some([from, to]) = lines.get(*line).map(|line| line.ends) else {
            return Route::Loop { centre: Point::default(), radius: 0.0 };
        };
        let base = bulges.get(&(from.min(to), from.max(to))).copied().unwrap_or(0.0);
        let bulge = if from < to { base } else { -base };
        route([&bodies[from], &bodies[to]], lane, bulge, unit)
    };
    shown.iter().zip(lanes(lines, shown)).map(route).collect()
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
pub fn width_px(strength: u8) -> f32 {
    match strength {
        0 => 1.3,
        strength => 1.5 + f32::from(strength - 1) * 0.875,
    }
}

/// Width of the ties of one stance in pixels at 100 %. A thin row of dots would be too pale.
#[must_use]
pub fn strand_px(strand: &Strand) -> f32 {
    let width = width_px(strand.strength);
    let is_pale = dash(strand.status) == Dash::Dotted && strand.stance != Stance::Neutral;
    if is_pale { width.max(DOTS_PX) } else { width }
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

/// How a line is drawn, apart from its route.
pub struct Looks<'a> {
    pub line: &'a Line,
    /// Map units per pixel at 100 %.
    pub unit: f32,
    /// Page pixels per pixel at 100 %.
    pub factor: f32,
    /// Share of its colour that the line keeps: 1, or less if it is faded.
    pub share: f32,
    pub is_selected: bool,
    pub theme: &'a Theme,
}

/// Draws the line, its glow if selected, and its arrowheads. Stances lie side by side.
#[must_use]
pub fn draw_line(route: &Route, looks: &Looks<'_>) -> Vec<Primitive> {
    let strands: Vec<&Strand> = looks.line.strands().collect();
    let widths: Vec<f32> = strands.iter().map(|strand| strand_px(strand)).collect();
    let width: f32 = widths.iter().sum();
    let color =
        |strand: &Strand| looks.theme.stance(strand.stance).over(looks.theme.ground, looks.share);
    // The head at each end has the colour of the first stance that points there.
    let head_of = |end: usize| strands.iter().find(|strand| strand.heads[end]);
    let (line, heads) =
        with_heads(route, [0, 1].map(|end| head_of(end).is_some()), width, looks.unit);
    let outline = |offset: f32| match &line {
        Route::Curve(curve) => curve_outline(&curve.beside(offset * looks.unit)),
        Route::Loop { centre, radius } => {
            Outline::Circle { centre: *centre, radius: radius + offset * looks.unit }
        }
    };
    let mut primitives = Vec::with_capacity(2);
    let mut stroke = |offset: f32, stroke: Stroke| {
        let outline = outline(offset);
        primitives.push(Primitive::Shape { outline, fill: None, stroke: Some(stroke) });
    };
    if looks.is_selected {
        let glow = looks.theme.accent.over(looks.theme.ground, 0.35);
        stroke(0.0, Stroke::solid((width + 7.0) * looks.unit, glow));
    }
    let mut left = -width / 2.0;
    for (strand, width) in strands.iter().zip(&widths) {
        let dash = dash(strand.status);
        stroke(left + width / 2.0, Stroke::dashed(*width, looks.unit, color(strand), dash));
        left += width;
    }
    for (end, head) in heads.into_iter().enumerate() {
        if let (Some(points), Some(strand)) = (head, head_of(end)) {
            let outline = Outline::Polygon(points);
            primitives.push(Primitive::Shape { outline, fill: Some(color(strand)), stroke: None });
        }
    }
    primitives
}

fn curve_outline(curve: &Curve) -> Outline {
    if curve.is_straight() { Outline::Line(curve.start, curve.end) } else { Outline::Curve(*curve) }
}

/// Half the room that a line needs where it ends, in pixels at 100 %: half its arrowhead, or half
/// its width.
#[must_use]
pub fn half_end_px(line: &Line) -> [f32; 2] {
    let width: f32 = line.strands().map(strand_px).sum();
    [0, 1].map(|end| {
        let has_head = line.strands().any(|strand| strand.heads[end]);
        if has_head { head_length(width, 1.0) * HEAD_SHARE } else { width * 0.5 + 1.5 }
    })
}

/// The length of an arrowhead, in units of `unit` pixels at 100 %.
#[must_use]
pub fn head_length(width_px: f32, unit: f32) -> f32 {
    (8.0 + width_px * 1.5) * unit
}

/// A route shortened by its arrowheads, and the arrowheads at its start and end. A line that is too
/// short is not shortened and gets smaller heads.
fn with_heads(
    route: &Route,
    wanted: [bool; 2],
    width_px: f32,
    unit: f32,
) -> (Route, [Option<Vec<Point>>; 2]) {
    let length = head_length(width_px, unit);
    let curve = match route {
        Route::Curve(curve) => *curve,
        Route::Loop { .. } => {
            let tip = route.at(1.0);
            let end = head(tip, (tip - route.at(0.94)).direction(), length);
            return (*route, [None, wanted.contains(&true).then_some(end)]);
        }
    };
    let is_short = (curve.end - curve.start).length() < length * if wanted[0] { 2.5 } else { 1.5 };
    if is_short {
        let small = length * 0.6;
        let start = || head(curve.start, curve.tangent(0.0) * -1.0, small);
        let end = || head(curve.end, curve.tangent(1.0), small);
        return (*route, [wanted[0].then(start), wanted[1].then(end)]);
    }
    let within = |t: f32, tip: Point| (curve.at(t) - tip).length() < length * 0.85;
    let first = if wanted[0] { last_inside(|t| within(t, curve.start)) } else { 0.0 };
    let last = if wanted[1] { 1.0 - last_inside(|t| within(1.0 - t, curve.end)) } else { 1.0 };
    let tip = |tip: Point, base: f32| head(tip, (tip - curve.at(base)).direction(), length);
    let heads =
        [wanted[0].then(|| tip(curve.start, first)), wanted[1].then(|| tip(curve.end, last))];
    (Route::Curve(curve.part(first, last)), heads)
}

fn head(tip: Point, direction: Point, length: f32) -> Vec<Point> {
    let back = tip - direction * length;
    let side = direction.turned() * (length * HEAD_SHARE);
    vec![tip, back + side, back - side]
}
