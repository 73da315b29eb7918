//! Scale, rotation and position of a layout, and packing of its components.

use super::footprint::{Sizes, mean_spacing};
use crate::geometry::{Point, Rect, point};

/// Gap between components, in map units.
const GAP: f32 = 120.0;

/// Moves `places` so that their mean is the mean of `before`. Actors that are `fixed` keep their
/// position in `before`.
pub(super) fn move_to(places: &mut [Point], before: &[Point], fixed: &[bool]) {
    let by = mean(before) - mean(places);
    for ((at, old), fixed) in places.iter_mut().zip(before).zip(fixed) {
        *at = if *fixed { *old } else { *at + by };
    }
}

/// The mean of some positions; the origin if there are none.
#[expect(clippy::cast_precision_loss, reason = "counts of actors")]
fn mean(points: &[Point]) -> Point {
    points.iter().fold(Point::default(), |sum, at| sum + *at) * (1.0 / points.len().max(1) as f32)
}

/// Rotates, mirrors and moves `places` to fit `before` as closely as possible (orthogonal
/// Procrustes). If some actors are `fixed`, only these determine the fit, and they get exactly
/// their position in `before`.
pub(super) fn turn_towards(places: &mut [Point], before: &[Point], fixed: &[bool]) {
    let has_fixed = fixed.contains(&true);
    let counted = |at: usize| !has_fixed || fixed[at];
    let middle = |points: &[Point]| {
        let mut sum = Point::default();
        let mut count = 0.0;
        for (_, at) in points.iter().enumerate().filter(|(number, _)| counted(*number)) {
            sum = sum + *at;
            count += 1.0;
        }
        sum * (1.0 / f32::max(count, 1.0))
    };
    let from = middle(places);
    let to = middle(before);
    let mut best = (1.0, 0.0, 1.0);
    let mut fit = f32::NEG_INFINITY;
    for mirror in [1.0, -1.0] {
        let mut dot = 0.0;
        let mut cross = 0.0;
        for (number, (at, old)) in
            places.iter().zip(before).enumerate().filter(|(number, _)| counted(*number))
        {
            let _ = number;
            let a = point((at.x - from.x) * mirror, at.y - from.y);
            let b = *old - to;
            dot += a.x * b.x + a.y * b.y;
            cross += a.x * b.y - a.y * b.x;
        }
        let length = (dot * dot + cross * cross).sqrt();
        // Mirror only if the fit is clearly better.
        if length > fit * 1.000_01 {
            fit = length;
            best =
                if length > 0.0 { (dot / length, cross / length, mirror) } else { (1.0, 0.0, 1.0) };
        }
    }
    let (cos, sin, mirror) = best;
    for at in places.iter_mut() {
        let way = point((at.x - from.x) * mirror, at.y - from.y);
        *at = point(way.x * cos - way.y * sin, way.x * sin + way.y * cos) + to;
    }
    for (number, at) in places.iter_mut().enumerate() {
        if fixed[number] {
            *at = before[number];
        }
    }
}

/// Scales `places` around the origin so that the mean square cell per actor has the side `room`.
pub(super) fn to_scale(places: &mut [Point], room: f32) {
    let own = mean_spacing(places);
    if own > 1e-6 {
        for at in places.iter_mut() {
            *at = *at * (room / own);
        }
    }
}

/// Actors and their positions.
pub(super) type Group = (Vec<usize>, Vec<Point>);

/// Packs components. Those with a `pinned` actor stay in place. The others form rows below, in the
/// order of `groups`. If no actor is pinned and `was_placed` is true, the whole layout keeps its
/// previous centre.
pub(super) fn pack(
    groups: &[Group],
    sizes: &Sizes,
    before: &[Point],
    pinned: &[bool],
    was_placed: bool,
) -> Vec<Point> {
    let mut places = before.to_vec();
    let mut taken = Rect::NOTHING;
    let (held, free): (Vec<_>, Vec<_>) =
        groups.iter().partition(|(actors, _)| actors.iter().any(|actor| pinned[*actor]));
    for (actors, points) in held {
        taken = taken.union(bounds(sizes, actors, points));
        for (actor, at) in actors.iter().zip(points) {
            places[*actor] = *at;
        }
    }
    let boxes: Vec<Rect> =
        free.iter().map(|(actors, points)| bounds(sizes, actors, points)).collect();
    let area: f32 = boxes.iter().map(|rect| (rect.width() + GAP) * (rect.height() + GAP)).sum();
    let widest = boxes.iter().map(|rect| rect.width() + GAP).fold(0.0, f32::max);
    let room = (area * 1.6).sqrt().max(widest);
    let start =
        if taken.is_nothing() { Point::default() } else { point(taken.min.x, taken.max.y + GAP) };
    let mut corner = start;
    let mut row_height = 0.0_f32;
    let mut corners = Vec::with_capacity(boxes.len());
    for rect in &boxes {
        if corner.x > start.x && corner.x + rect.width() > start.x + room {
            corner = point(start.x, corner.y + row_height + GAP);
            row_height = 0.0;
        }
        corners.push(corner);
        corner.x += rect.width() + GAP;
        row_height = row_height.max(rect.height());
    }
    // Rows run from right to left, so that the last row leaves the lower left corner free for the
    // legend.
    let right = corners
        .iter()
        .zip(&boxes)
        .map(|(corner, rect)| corner.x + rect.width())
        .fold(start.x, f32::max);
    for (((actors, points), rect), corner) in free.iter().zip(&boxes).zip(&corners) {
        let corner = point(start.x + right - corner.x - rect.width(), corner.y);
        for (actor, at) in actors.iter().zip(points.iter()) {
            places[*actor] = *at - rect.min + corner;
        }
    }
    if taken.is_nothing() && was_placed {
        let whole = |points: &[Point]| {
            points.iter().fold(Rect::NOTHING, |bounds, at| bounds.with(*at)).centre()
        };
        let shift = whole(before) - whole(&places);
        if shift.x.is_finite() && shift.y.is_finite() {
            for at in &mut places {
                *at = *at + shift;
            }
        }
    }
    places
}

/// The rectangle around all actors of a component, with their names.
fn bounds(sizes: &Sizes, actors: &[usize], points: &[Point]) -> Rect {
    actors
        .iter()
        .zip(points)
        .fold(Rect::NOTHING, |bounds, (actor, at)| bounds.union(sizes.rect(*actor, *at)))
}
