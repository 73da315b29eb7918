//! Nobody on anybody: the room that shapes and names need, and how actors who stand too close are
//! brought apart.
//!
//! A crowd is first made larger as a whole, which changes nothing of what its places say, until few
//! lie on one another; those are pushed apart; whom pushing does not free goes to the nearest free
//! place.

use std::f32::consts::TAU;

use rstar::primitives::{GeomWithData, Rectangle};
use rstar::{AABB, RTree};

use super::footprint::{Sizes, room_of_each};
use super::unplaced::towards;
use crate::geometry::{Point, Rect, point};
use crate::progress::{Cancelled, Progress};

/// Actors up to which there is time to even a crowd out thoroughly.
const EVENED_LONG_AT_MOST: usize = 20_000;
/// One pair that lies on another is left to be pushed apart for so many actors.
const ACTORS_TO_A_PUSH: usize = 12;
/// A crowd is made so many times larger at most.
const LARGER_AT_MOST: f32 = 16.0;
/// Pushing ends when no more than one pair for so many actors is left.
const ACTORS_TO_A_STRAY: usize = 1000;
/// Rounds of looking who is near whom, how near that is, and how often those are then pushed.
const ROUNDS: usize = 30;
const NEAR: f32 = 12.0;
const PUSHES: usize = 4;
/// Rings on which a free place is looked for, by how much each is wider, and places on each.
const RINGS: i32 = 160;
const RING_GROWTH: f32 = 1.15;
const ON_A_RING: i32 = 24;

/// Pushes those apart who stand closer than what the crowd as a whole has room for, so that its
/// symbols, which grow with that room, do not lie on one another where it is densest.
pub(super) fn even_out(places: &mut [Point]) {
    let least = 0.6 * room_of_each(places);
    let rounds = if places.len() <= EVENED_LONG_AT_MOST { 60 } else { 12 };
    for _ in 0..rounds {
        let mut has_pushed = false;
        let squares: Vec<Rect> =
            places.iter().map(|at| Rect::around(*at, least * 0.5, least * 0.5)).collect();
        for (a, b) in overlapping(&squares, point(least, least)) {
            let way = places[b] - places[a];
            let missing = least - way.length();
            if missing <= 0.0 {
                continue;
            }
            has_pushed = true;
            // Who stands in one place goes apart along a diagonal.
            let by = if way.length() > 1e-3 { way.direction() } else { point(0.8, 0.6) }
                * (missing * 0.5);
            places[a] = places[a] - by;
            places[b] = places[b] + by;
        }
        if !has_pushed {
            return;
        }
    }
}

/// Makes a crowd larger, as a whole, until few of its shapes and names lie on one another.
pub(super) fn make_room(places: &mut [Point], sizes: &Sizes) {
    let rects = sizes.rects(places);
    let needed = |(a, b): (usize, usize)| {
        let way = places[b] - places[a];
        let apart = (rects[a].width() + rects[b].width()) * 0.5;
        // One name hangs below, the other's shape stands above, or the other way round.
        let below =
            if way.y > 0.0 { rects[a].max.y - places[a].y } else { places[a].y - rects[a].min.y };
        let above =
            if way.y > 0.0 { places[b].y - rects[b].min.y } else { rects[b].max.y - places[b].y };
        (apart / way.x.abs().max(1e-6)).min((below + above) / way.y.abs().max(1e-6))
    };
    let mut scales: Vec<f32> = overlapping(&rects, sizes.mean()).into_iter().map(needed).collect();
    let left = places.len() / ACTORS_TO_A_PUSH;
    if left < scales.len() {
        let scale = *scales.select_nth_unstable_by(left, |a, b| b.total_cmp(a)).1;
        for at in places.iter_mut() {
            *at = *at * scale.clamp(1.0, LARGER_AT_MOST);
        }
    }
}

/// Brings actors apart until no shape or name lies on another. Those that are `fixed` stay, even on
/// one another.
///
/// # Errors
/// When nobody wants it any more.
pub(super) fn separate(
    places: &mut [Point],
    sizes: &Sizes,
    fixed: &[bool],
    progress: &Progress,
) -> Result<(), Cancelled> {
    let reach = sizes.mean() + point(2.0 * NEAR, 2.0 * NEAR);
    for _ in 0..ROUNDS {
        progress.check()?;
        // Who is near now is whom somebody may be pushed onto; a few pushes later others are.
        let near: Vec<Rect> = sizes.rects(places).iter().map(|rect| rect.grown(NEAR)).collect();
        let mut pairs = overlapping(&near, reach);
        pairs.retain(|(a, b)| !(fixed[*a] && fixed[*b]));
        let count = places.len();
        let mut round = || pairs.iter().filter(|(a, b)| push(places, sizes, fixed, *a, *b)).count();
        let pushed = round();
        if pushed == 0 {
            return Ok(());
        }
        if pushed * ACTORS_TO_A_STRAY <= count {
            break;
        }
        for _ in 1..PUSHES {
            if round() == 0 {
                break;
            }
        }
    }
    settle(places, sizes, fixed, progress)
}

/// Pushes two apart; false where they do not lie on one another.
fn push(places: &mut [Point], sizes: &Sizes, fixed: &[bool], actor: usize, other: usize) -> bool {
    let (a, b) = (sizes.rect(actor, places[actor]), sizes.rect(other, places[other]));
    let wide = a.max.x.min(b.max.x) - a.min.x.max(b.min.x);
    let high = a.max.y.min(b.max.y) - a.min.y.max(b.min.y);
    if wide <= 0.0 || high <= 0.0 {
        return false;
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
    true
}

type Taken = GeomWithData<Rectangle<[f32; 2]>, usize>;

/// Takes one of each pair that still lies on one another to the nearest free place.
fn settle(
    places: &mut [Point],
    sizes: &Sizes,
    fixed: &[bool],
    progress: &Progress,
) -> Result<(), Cancelled> {
    let taken = |actor: usize, at: Point| {
        let Rect { min, max } = sizes.rect(actor, at);
        Taken::new(Rectangle::from_corners([min.x, min.y], [max.x, max.y]), actor)
    };
    let mut all: RTree<Taken> =
        RTree::bulk_load(places.iter().enumerate().map(|(at, place)| taken(at, *place)).collect());
    for (actor, other) in overlapping(&sizes.rects(places), sizes.mean()) {
        progress.check()?;
        let is_apart =
            sizes.rect(actor, places[actor]).overlap(&sizes.rect(other, places[other])) <= 0.0;
        let Some(moved) = [other, actor].into_iter().find(|at| !fixed[*at] && !is_apart) else {
            continue;
        };
        let is_free = |at: &Point| {
            let Rect { min, max } = sizes.rect(moved, *at);
            let area = AABB::from_corners([min.x, min.y], [max.x, max.y]);
            all.locate_in_envelope_intersecting(area).all(|other| other.data == moved)
        };
        if let Some(free) = around(places[moved]).find(is_free) {
            all.remove(&taken(moved, places[moved]));
            all.insert(taken(moved, free));
            places[moved] = free;
        }
    }
    Ok(())
}

/// Places on wider and wider rings.
#[expect(clippy::cast_precision_loss, reason = "a few rings")]
fn around(at: Point) -> impl Iterator<Item = Point> {
    let ring = |number: i32| 12.0 * libm::powf(RING_GROWTH, number as f32);
    let angles = |ring: i32| {
        (0..ON_A_RING).map(move |at| (at as f32 + (ring % 2) as f32 * 0.5) / ON_A_RING as f32 * TAU)
    };
    (0..RINGS)
        .flat_map(move |number| angles(number).map(move |angle| at + towards(angle) * ring(number)))
}

/// Pairs of rectangles that overlap, in an order that hangs on them alone; quick where most are
/// about as large as a `cell`.
fn overlapping(rects: &[Rect], cell: Point) -> Vec<(usize, usize)> {
    let of = |at: Point| (number(at.x / cell.x), number(at.y / cell.y));
    let cells = |rect: &Rect| {
        let ((left, top), (right, bottom)) = (of(rect.min), of(rect.max));
        (left..=right).flat_map(move |x| (top..=bottom).map(move |y| (x, y)))
    };
    let buckets = rects.len().next_power_of_two() * 2;
    // Where each bucket ends, then where it begins: its rectangles stand side by side, with the
    // cell they share.
    let mut starts = vec![0_usize; buckets + 1];
    for cell in rects.iter().flat_map(cells) {
        starts[bucket(cell, buckets)] += 1;
    }
    let mut sum = 0;
    for start in &mut starts {
        sum += *start;
        *start = sum;
    }
    let mut entries = vec![((0, 0), 0); sum];
    for (at, rect) in rects.iter().enumerate().rev() {
        for cell in cells(rect) {
            let start = &mut starts[bucket(cell, buckets)];
            *start -= 1;
            entries[*start] = (cell, at);
        }
    }
    let mut pairs = Vec::new();
    for range in starts.windows(2).filter(|range| range[1] - range[0] > 1) {
        let shared = &entries[range[0]..range[1]];
        for (rank, (cell, a)) in shared.iter().enumerate() {
            let others = shared[rank + 1..].iter().filter(|(other, _)| other == cell);
            let overlap = others.map(|(_, b)| (*a, *b)).filter(|(a, b)| {
                let (a, b) = (&rects[*a], &rects[*b]);
                // Two that share several cells count in the first.
                let first = point(a.min.x.max(b.min.x), a.min.y.max(b.min.y));
                a.overlap(b) > 0.0 && of(first) == *cell
            });
            pairs.extend(overlap);
        }
    }
    pairs
}

/// One of `buckets`, a power of two, for a cell.
fn bucket((x, y): (i32, i32), buckets: usize) -> usize {
    let mixed =
        x.cast_unsigned().wrapping_mul(0x9E37_79B1) ^ y.cast_unsigned().wrapping_mul(0x85EB_CA77);
    (mixed ^ (mixed >> 15)) as usize & (buckets - 1)
}

/// The cell along one axis; saturates far out.
#[expect(clippy::cast_possible_truncation, reason = "cells of a plane")]
fn number(cells: f32) -> i32 {
    cells.floor() as i32
}
