//! Room on the plane: nobody on anybody, components beside one another, the whole turned as it lay.

use rustc_hash::FxHashMap;

use crate::geometry::{Point, Rect, point};
use crate::model::Actor;

/// Half the largest shape, about, and room around it, in map units at 100 %.
const BODY: f32 = 38.0;
/// Width of a letter and height of a line of a name.
const LETTER: f32 = 7.4;
const LINE: f32 = 16.0;
/// Letters to a line of a name.
const LETTERS: usize = 22;
/// Actors up to which there is time to even a crowd out thoroughly.
const EVENED_LONG_AT_MOST: usize = 20_000;
/// Rounds of pushing apart at one scale.
const ROUNDS: usize = 40;
/// Actors beyond which places are only scaled: their symbols and names shrink with the crowd.
const SEPARATED_AT_MOST: usize = 3000;
/// Room between components.
const GAP: f32 = 120.0;

/// Half the width, and how far up and down, an actor's shape and name reach, in map units.
#[derive(Clone, Debug, Default)]
pub(super) struct Sizes(Vec<(f32, f32, f32)>);

impl Sizes {
    #[expect(clippy::cast_precision_loss, reason = "a few letters")]
    pub fn of<'a>(actors: impl Iterator<Item = &'a Actor>) -> Self {
        let size = |actor: &Actor| {
            let letters = actor.name.chars().count();
            let lines = letters.div_ceil(LETTERS).max(1);
            let longest = actor.name.split_whitespace().map(|word| word.chars().count()).max().unwrap_or(0);
            let width = letters.min(LETTERS).max(longest) as f32 * LETTER;
            (BODY.max(width * 0.5 + 6.0), BODY, BODY + lines as f32 * LINE)
        };
        Self(actors.map(size).collect())
    }

    /// The same without names: in a crowd they are shown where there is room.
    pub fn without_names(mut self) -> Self {
        self.0.fill((BODY, BODY, BODY));
        self
    }

    pub fn part(&self, actors: &[usize]) -> Self {
        Self(actors.iter().filter_map(|actor| self.0.get(*actor)).copied().collect())
    }

    fn rect(&self, actor: usize, at: Point) -> Rect {
        let (half, up, down) = self.0.get(actor).copied().unwrap_or((BODY, BODY, BODY));
        Rect { min: at - point(half, up), max: at + point(half, down) }
    }

    pub fn largest(&self) -> Point {
        self.0
            .iter()
            .fold(point(1.0, 1.0), |most, (half, up, down)| point(most.x.max(2.0 * half), most.y.max(up + down)))
    }
}

/// Moves `places` to where they lay before, middle on middle; those that are `fixed` stay where they were.
#[expect(clippy::cast_precision_loss, reason = "counts of actors")]
pub(super) fn move_to(places: &mut [Point], before: &[Point], fixed: &[bool]) {
    let middle = |points: &[Point]| {
        points.iter().fold(Point::default(), |sum, at| sum + *at) * (1.0 / points.len().max(1) as f32)
    };
    let by = middle(before) - middle(places);
    for ((at, old), fixed) in places.iter_mut().zip(before).zip(fixed) {
        *at = if *fixed { *old } else { *at + by };
    }
}

/// Turns and mirrors `places` around their middle so that they lie as near as possible to where they lay before
/// (orthogonal Procrustes), and puts those that are `fixed` back in their places, the rest along with them.
pub(super) fn turn_towards(places: &mut [Point], before: &[Point], fixed: &[bool]) {
    let has_fixed = fixed.contains(&true);
    let counted = |at: usize| !has_fixed || fixed[at];
    let middle = |points: &[Point]| {
        let (mut sum, mut count) = (Point::default(), 0.0);
        for (_, at) in points.iter().enumerate().filter(|(number, _)| counted(*number)) {
            sum = sum + *at;
            count += 1.0;
        }
        sum * (1.0 / f32::max(count, 1.0))
    };
    let (from, to) = (middle(places), middle(before));
    let (mut best, mut fit) = ((1.0, 0.0, 1.0), f32::NEG_INFINITY);
    for mirror in [1.0, -1.0] {
        let (mut dot, mut cross) = (0.0, 0.0);
        for (number, (at, old)) in places.iter().zip(before).enumerate().filter(|(number, _)| counted(*number)) {
            let _ = number;
            let (a, b) = (point((at.x - from.x) * mirror, at.y - from.y), *old - to);
            dot += a.x * b.x + a.y * b.y;
            cross += a.x * b.y - a.y * b.x;
        }
        let length = (dot * dot + cross * cross).sqrt();
        // As it is where nothing says otherwise.
        if length > fit * 1.000_01 {
            fit = length;
            best = if length > 0.0 { (dot / length, cross / length, mirror) } else { (1.0, 0.0, 1.0) };
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

/// Pushes those apart who stand closer than what the crowd as a whole has room for, so that its symbols, which grow with
/// that room, do not lie on one another where it is densest. Those that are `fixed` stay.
pub(super) fn even_out(places: &mut [Point], fixed: &[bool]) {
    let least = 0.6 * room_of_each(places);
    let rounds = if places.len() <= EVENED_LONG_AT_MOST { 60 } else { 12 };
    for _ in 0..rounds {
        let mut has_pushed = false;
        let is_close = |a: usize, b: usize| (places[b] - places[a]).length() < least;
        for (a, b) in near(places, point(least, least), is_close) {
            let way = places[b] - places[a];
            let missing = least - way.length();
            if missing <= 0.0 || (fixed[a] && fixed[b]) {
                continue;
            }
            has_pushed = true;
            // Who stands in one place goes apart along a diagonal.
            let by = if way.length() > 1e-3 { way.direction() } else { point(0.8, 0.6) } * (missing * 0.5);
            if !fixed[a] {
                places[a] = places[a] - by;
            }
            if !fixed[b] {
                places[b] = places[b] + by;
            }
        }
        if !has_pushed {
            return;
        }
    }
}

/// The side of the square that each has for himself where most of them are.
#[expect(clippy::cast_precision_loss, reason = "counts of actors")]
fn room_of_each(places: &[Point]) -> f32 {
    let most = |mut values: Vec<f32>| {
        values.sort_by(f32::total_cmp);
        let cut = values.len() / 20;
        values.get(values.len().saturating_sub(1 + cut)).zip(values.get(cut)).map_or(0.0, |(high, low)| high - low)
    };
    let area = most(places.iter().map(|at| at.x).collect()) * most(places.iter().map(|at| at.y).collect());
    (area / (0.81 * places.len().max(1) as f32)).sqrt()
}

/// Pairs in neighbouring cells of a grid that are `kept`.
#[expect(clippy::cast_possible_truncation, reason = "cells of a plane, which saturate far out")]
fn near(places: &[Point], cell: Point, kept: impl Fn(usize, usize) -> bool) -> Vec<(usize, usize)> {
    let of = |at: Point| ((at.x / cell.x).floor() as i32, (at.y / cell.y).floor() as i32);
    let mut cells: FxHashMap<(i32, i32), Vec<usize>> = FxHashMap::default();
    for (actor, at) in places.iter().enumerate() {
        cells.entry(of(*at)).or_default().push(actor);
    }
    let mut pairs = Vec::new();
    for (actor, at) in places.iter().enumerate() {
        let (x, y) = of(*at);
        for (dx, dy) in (-1..=1).flat_map(|dx| (-1..=1).map(move |dy| (dx, dy))) {
            let near = cells.get(&(x.saturating_add(dx), y.saturating_add(dy)));
            let others = near.into_iter().flatten().copied();
            pairs.extend(others.filter(|other| *other > actor && kept(actor, *other)).map(|other| (actor, other)));
        }
    }
    pairs
}

/// Brings a crowd to the scale at which each has `room` for himself, around its middle.
pub(super) fn to_scale(places: &mut [Point], room: f32) {
    let own = room_of_each(places);
    if own > 1e-6 {
        for at in places.iter_mut() {
            *at = *at * (room / own);
        }
    }
}

/// Pushes actors apart until no shape or name lies on another. First everybody moves away from the middle until few lie
/// on others, so that pushing changes little of what the places say. Those that are `fixed` stay.
pub(super) fn separate(places: &mut [Point], sizes: &Sizes, fixed: &[bool]) {
    if places.len() > SEPARATED_AT_MOST {
        return;
    }
    let largest = sizes.largest();
    for _ in 0..120 {
        let crowded = overlaps(places, sizes, largest).len();
        let is_roomy = crowded * 12 <= places.len().max(12);
        if is_roomy && (0..ROUNDS).any(|_| !push(places, sizes, fixed, largest)) {
            return;
        }
        #[expect(clippy::cast_precision_loss, reason = "a mean")]
        let middle = places.iter().fold(Point::default(), |sum, at| sum + *at) * (1.0 / places.len() as f32);
        for (at, is_fixed) in places.iter_mut().zip(fixed) {
            if !is_fixed {
                *at = middle + (*at - middle) * 1.12;
            }
        }
    }
}

/// Pairs of actors that lie on one another.
fn overlaps(places: &[Point], sizes: &Sizes, cell: Point) -> Vec<(usize, usize)> {
    near(places, cell, |a, b| sizes.rect(a, places[a]).overlap(&sizes.rect(b, places[b])) > 0.0)
}

/// One round; false where nobody lay on anybody.
fn push(places: &mut [Point], sizes: &Sizes, fixed: &[bool], cell: Point) -> bool {
    let pairs = overlaps(places, sizes, cell);
    let mut has_pushed = false;
    for (actor, other) in pairs {
        let (a, b) = (sizes.rect(actor, places[actor]), sizes.rect(other, places[other]));
        let wide = a.max.x.min(b.max.x) - a.min.x.max(b.min.x);
        let high = a.max.y.min(b.max.y) - a.min.y.max(b.min.y);
        if fixed[actor] && fixed[other] {
            continue;
        }
        has_pushed = true;
        if wide <= 0.0 || high <= 0.0 {
            continue;
        }
        let way = places[other] - places[actor];
        // Along the side on which it is the shorter way; a little more than needed, so that it ends.
        let by = if wide < high {
            point((wide + 0.5) * if way.x < 0.0 { -1.0 } else { 1.0 }, 0.0)
        } else {
            point(0.0, (high + 0.5) * if way.y < 0.0 { -1.0 } else { 1.0 })
        };
        let share = match (fixed[actor], fixed[other]) {
            (true, _) => 0.0,
            (_, true) => 1.0,
            _ => 0.5,
        };
        places[actor] = places[actor] - by * share;
        places[other] = places[other] + by * (1.0 - share);
    }
    has_pushed
}

/// Puts components beside one another: those with somebody `pinned` where they are, the others in rows below, the
/// largest first; the whole with its middle where it was, where it `was_placed`.
pub(super) fn pack(
    groups: &[(Vec<usize>, Vec<Point>)],
    sizes: &Sizes,
    before: &[Point],
    pinned: &[bool],
    was_placed: bool,
) -> Vec<Point> {
    let mut places = before.to_vec();
    let bounds = |actors: &[usize], points: &[Point]| {
        actors.iter().zip(points).fold(Rect::NOTHING, |bounds, (actor, at)| bounds.union(sizes.rect(*actor, *at)))
    };
    let mut taken = Rect::NOTHING;
    let (held, free): (Vec<_>, Vec<_>) =
        groups.iter().partition(|(actors, _)| actors.iter().any(|actor| pinned[*actor]));
    for (actors, points) in held {
        taken = taken.union(bounds(actors, points));
        for (actor, at) in actors.iter().zip(points) {
            places[*actor] = *at;
        }
    }
    let boxes: Vec<Rect> = free.iter().map(|(actors, points)| bounds(actors, points)).collect();
    let area: f32 = boxes.iter().map(|rect| (rect.width() + GAP) * (rect.height() + GAP)).sum();
    let widest = boxes.iter().map(|rect| rect.width() + GAP).fold(0.0, f32::max);
    let room = (area * 1.6).sqrt().max(widest);
    let start = if taken.is_nothing() { Point::default() } else { point(taken.min.x, taken.max.y + GAP) };
    let (mut corner, mut row_height) = (start, 0.0_f32);
    for ((actors, points), rect) in free.iter().zip(&boxes) {
        if corner.x > start.x && corner.x + rect.width() > start.x + room {
            corner = point(start.x, corner.y + row_height + GAP);
            row_height = 0.0;
        }
        for (actor, at) in actors.iter().zip(points.iter()) {
            places[*actor] = *at - rect.min + corner;
        }
        corner.x += rect.width() + GAP;
        row_height = row_height.max(rect.height());
    }
    if taken.is_nothing() && was_placed {
        let whole = |points: &[Point]| points.iter().fold(Rect::NOTHING, |bounds, at| bounds.with(*at)).centre();
        let shift = whole(before) - whole(&places);
        if shift.x.is_finite() && shift.y.is_finite() {
            for at in &mut places {
                *at = *at + shift;
            }
        }
    }
    places
}
