//! Removes overlaps between the shapes and names of actors.
//!
//! First the whole layout is enlarged, which keeps its proportions, until few pairs overlap. These
//! pairs are then pushed apart. Actors that still overlap move to the nearest free position.

use std::f32::consts::TAU;

use rstar::primitives::{GeomWithData, Rectangle};
use rstar::{AABB, RTree};

use super::footprint::{Sizes, mean_spacing};
use super::unplaced::towards;
use crate::geometry::{Point, Rect, point};
use crate::progress::{Cancelled, Progress};

/// Up to this number of actors there is time for many rounds of evening out.
const EVENED_LONG_AT_MOST: usize = 20_000;
/// Enlarging leaves one overlapping pair per this many actors; pushing separates those.
const ACTORS_TO_A_PUSH: usize = 12;
/// Maximum factor of enlargement.
const LARGER_AT_MOST: f32 = 16.0;
/// Pushing ends when at most one overlapping pair per this many actors is left.
const ACTORS_TO_A_STRAY: usize = 1000;
/// Maximum rounds of finding near pairs and pushing them apart.
const ROUNDS: usize = 30;
/// Margin, in map units, by which rectangles are enlarged to find near pairs.
const NEAR: f32 = 12.0;
/// Maximum pushes of each near pair per round.
const PUSHES: usize = 4;
/// Number of rings that are searched for a free position.
const RINGS: i32 = 160;
/// Factor of the radius from each ring to the next.
const RING_GROWTH: f32 = 1.15;
/// Number of positions on each ring.
const ON_A_RING: i32 = 24;

/// Pushes apart actors that are closer than 60 % of the mean spacing. Symbols grow with the mean
/// spacing, so they would overlap in the densest places otherwise.
pub(super) fn even_out(places: &mut [Point]) {
    let least = 0.6 * mean_spacing(places);
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
            // Actors at the same position move apart along a diagonal.
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

/// Enlarges the whole layout until few shapes and names overlap.
pub(super) fn scale_up(places: &mut [Point], sizes: &Sizes) {
    let rects = sizes.rects(places);
    let pairs = overlapping(&rects, sizes.mean()).into_iter();
    let mut scales: Vec<f32> = pairs.map(|pair| needed_scale(places, &rects, pair)).collect();
    let left = places.len() / ACTORS_TO_A_PUSH;
    if left < scales.len() {
        let scale = *scales.select_nth_unstable_by(left, |a, b| b.total_cmp(a)).1;
        for at in places.iter_mut() {
            *at = *at * scale.clamp(1.0, LARGER_AT_MOST);
        }
    }
}

/// The scale at which a pair no longer overlaps.
fn needed_scale(places: &[Point], rects: &[Rect], (a, b): (usize, usize)) -> f32 {
    let way = places[b] - places[a];
    let apart = (rects[a].width() + rects[b].width()) * 0.5;
    // Names are below shapes, so the extents upwards and downwards differ.
    let below =
        if way.y > 0.0 { rects[a].max.y - places[a].y } else { places[a].y - rects[a].min.y };
    let above =
        if way.y > 0.0 { places[b].y - rects[b].min.y } else { rects[b].max.y - places[b].y };
    (apart / way.x.abs().max(1e-6)).min((below + above) / way.y.abs().max(1e-6))
}

/// Moves actors apart until no shapes or names overlap. Actors that are `fixed` stay in place, even
/// if they overlap each other.
///
/// # Errors
/// `Cancelled` if the work was cancelled.
pub(super) fn separate(
    places: &mut [Point],
    sizes: &Sizes,
    fixed: &[bool],
    progress: &Progress,
) -> Result<(), Cancelled> {
    let reach = sizes.mean() + point(2.0 * NEAR, 2.0 * NEAR);
    for _ in 0..ROUNDS {
        progress.check()?;
        // Near pairs may start to overlap during the pushes. After a few pushes, they are searched
        // again.
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
    move_to_free_positions(places, sizes, fixed, progress)
}

/// Pushes two actors apart. Returns false if they do not overlap.
fn push(places: &mut [Point], sizes: &Sizes, fixed: &[bool], actor: usize, other: usize) -> bool {
    let a = sizes.rect(actor, places[actor]);
    let b = sizes.rect(other, places[other]);
    let wide = a.max.x.min(b.max.x) - a.min.x.max(b.min.x);
    let high = a.max.y.min(b.max.y) - a.min.y.max(b.min.y);
    if wide <= 0.0 || high <= 0.0 {
        return false;
    }
    let way = places[other] - places[actor];
    // Along the axis with the smaller overlap, and slightly farther than needed, so that the
    // pushing ends.
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

/// Moves one actor of each pair that still overlaps to the nearest free position.
fn move_to_free_positions(
    places: &mut [Point],
    sizes: &Sizes,
    fixed: &[bool],
    progress: &Progress,
) -> Result<(), Cancelled> {
    let areas = places.iter().enumerate().map(|(actor, at)| taken(sizes, actor, *at));
    let mut all: RTree<Taken> = RTree::bulk_load(areas.collect());
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
            all.remove(&taken(sizes, moved, places[moved]));
            all.insert(taken(sizes, moved, free));
            places[moved] = free;
        }
    }
    Ok(())
}

/// The area that an actor covers at a position.
fn taken(sizes: &Sizes, actor: usize, at: Point) -> Taken {
    let Rect { min, max } = sizes.rect(actor, at);
    Taken::new(Rectangle::from_corners([min.x, min.y], [max.x, max.y]), actor)
}

/// Positions around `at`, on rings of increasing radius.
#[expect(clippy::cast_precision_loss, reason = "a few rings")]
fn around(at: Point) -> impl Iterator<Item = Point> {
    let ring = |number: i32| 12.0 * libm::powf(RING_GROWTH, number as f32);
    let angles = |ring: i32| {
        (0..ON_A_RING).map(move |at| (at as f32 + (ring % 2) as f32 * 0.5) / ON_A_RING as f32 * TAU)
    };
    (0..RINGS)
        .flat_map(move |number| angles(number).map(move |angle| at + towards(angle) * ring(number)))
}

/// Pairs of overlapping rectangles, in a deterministic order. Hashes rectangles into a grid; fast
/// if most of them are about the size of a `cell`.
fn overlapping(rects: &[Rect], cell: Point) -> Vec<(usize, usize)> {
    let of = |at: Point| (number(at.x / cell.x), number(at.y / cell.y));
    let cells = |rect: &Rect| {
        let ((left, top), (right, bottom)) = (of(rect.min), of(rect.max));
        (left..=right).flat_map(move |x| (top..=bottom).map(move |y| (x, y)))
    };
    let buckets = rects.len().next_power_of_two() * 2;
    // Counting sort: the end of each bucket, later its start. The entries of a bucket are adjacent.
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
                let a = &rects[*a];
                let b = &rects[*b];
                // A pair that shares several cells counts only in the first.
                let first = point(a.min.x.max(b.min.x), a.min.y.max(b.min.y));
                a.overlap(b) > 0.0 && of(first) == *cell
            });
            pairs.extend(overlap);
        }
    }
    pairs
}

/// The bucket of a cell, less than `buckets`, which is a power of two.
fn bucket((x, y): (i32, i32), buckets: usize) -> usize {
    let mixed =
        x.cast_unsigned().wrapping_mul(0x9E37_79B1) ^ y.cast_unsigned().wrapping_mul(0x85EB_CA77);
    (mixed ^ (mixed >> 15)) as usize & (buckets - 1)
}

/// The cell index along one axis; saturates for very large coordinates.
#[expect(clippy::cast_possible_truncation, reason = "cells of a plane")]
fn number(cells: f32) -> i32 {
    cells.floor() as i32
}
