//! Places the names of actors: wrapped, with a halo, where they cover nothing. If there is no room,
//! the least important names are dropped.

use std::cmp::Ordering;

use super::occupied::OccupiedGrid;
use super::shape::Body;
use crate::geometry::{Point, Rect, point};
use crate::model::ActorIndex;
use crate::scene::frame::Frame;
use crate::scene::primitive::{Anchor, Primitive, Text};
use crate::scene::theme::Theme;
use crate::text::{Measure, Weight, held_together, shortened, wrapped};

/// Font size of a name at 100 %.
const SIZE_PX: f32 = 13.0;
/// Smallest font size of a name on the page, at scale 1.
const LEGIBLE_PX: f32 = 10.5;
const LINE_HEIGHT: f32 = 1.22;
/// Share of a name's area that may cover shapes and signs before the name is dropped. It may not
/// cover other names at all.
const COVERED_AT_MOST: f32 = 0.12;
/// Distance to another actor's shape below which a name could be mistaken for that actor's name, in
/// pixels at 100 %.
const MISTAKEN_PX: f32 = 6.0;
/// Cost of that, relative to covering the shape.
const MISTAKEN_COST: f32 = 0.15;
/// Gap between two names side by side, as a share of the font size.
const BETWEEN_NAMES: f32 = 0.35;
/// Empty space in a line above and below its letters, as a share of the font size.
const LEADING: f32 = 0.17;
/// Room around a name if all shapes are dots, as a share of the font size.
const AMONG_DOTS: f32 = 0.6;
/// Cost of covering something with the whole name, in the unit of the penalties of `candidates`.
const COVERING_COST: f32 = 40.0;
/// Cost of covering the ends of lines, relative to covering lines.
const HEAD_COST: f32 = 40.0;
/// Number of names for which a place is tried, the most important first; more would not find room.
const TRIED_AT_MOST: usize = 1500;

/// Font size of names in page pixels, rounded to quarter pixels so that glyphs are cached in few
/// sizes.
#[must_use]
pub fn size_px(factor: f32, scale: f32) -> f32 {
    ((SIZE_PX * factor).max(LEGIBLE_PX * scale) * 4.0).round() / 4.0
}

/// A name to be placed.
pub struct Wish<'a> {
    pub actor: ActorIndex,
    pub name: &'a str,
    pub body: &'a Body,
    /// True if the actor is in the neighbourhood of the selection. Its name is placed before
    /// others.
    pub is_bright: bool,
    /// True if the name is shown even if it covers something.
    pub is_needed: bool,
}

/// A name with its position, in map units.
#[derive(Clone, Debug, PartialEq)]
pub struct Placed {
    pub actor: ActorIndex,
    pub lines: Vec<String>,
    pub rect: Rect,
}

/// The areas that names should not cover.
pub struct Obstacles {
    pub bodies: OccupiedGrid,
    pub badges: OccupiedGrid,
    /// Small squares along every line.
    pub lines: OccupiedGrid,
    /// Areas that no name may touch.
    pub forbidden: Vec<Rect>,
    /// Arrowheads. Names cover them only if there is no other place.
    pub heads: OccupiedGrid,
    /// Weight of covering a shape, 0 to 1: less than 1 if shapes are small dots.
    pub body_weight: f32,
}

/// Places the names, up to `most` of them, and returns those that found a place. `size` is the font
/// size in map units, `unit` is map units per pixel at 100 %.
#[must_use]
pub fn place(
    mut wishes: Vec<Wish<'_>>,
    most: usize,
    obstacles: &Obstacles,
    frame: Option<&Frame>,
    size: f32,
    unit: f32,
    measure: &dyn Measure,
) -> Vec<Placed> {
    if wishes.len() > TRIED_AT_MOST {
        wishes.select_nth_unstable_by(TRIED_AT_MOST, by_importance);
        let needed = wishes.split_off(TRIED_AT_MOST).into_iter().filter(|wish| wish.is_needed);
        wishes.extend(needed);
    }
    wishes.sort_by(by_importance);
    let mut names = OccupiedGrid::new(6.0 * size);
    obstacles.forbidden.iter().for_each(|rect| names.add(*rect));
    let mut placed = Vec::new();
    for (rank, wish) in wishes.iter().enumerate() {
        if (rank >= TRIED_AT_MOST || placed.len() >= most) && !wish.is_needed {
            continue;
        }
        let lines = held_together(wish.name, wrapped(wish.name));
        // A long name that finds no room is reduced to the start of it.
        let short = (lines.len() > 2).then(|| shortened(lines.clone(), 1));
        let attempts = std::iter::once(lines).chain(short);
        let place = |lines: Vec<String>| {
            let rect = room_for(wish, &lines, obstacles, &names, frame, size, unit, measure)?;
            Some(Placed { actor: wish.actor, lines, rect })
        };
        if let Some(found) = attempts.into_iter().find_map(place) {
            names.add(letters(&found.rect, size, obstacles.body_weight));
            placed.push(found);
        }
    }
    placed
}

/// The best place for a name of these lines; `None` if it would cover too much everywhere.
#[expect(clippy::too_many_arguments, reason = "all that surrounds one name, with one caller")]
fn room_for(
    wish: &Wish<'_>,
    lines: &[String],
    obstacles: &Obstacles,
    names: &OccupiedGrid,
    frame: Option<&Frame>,
    size: f32,
    unit: f32,
    measure: &dyn Measure,
) -> Option<Rect> {
    let width =
        lines.iter().map(|line| measure.width(line, size, Weight::Bold)).fold(0.0, f32::max);
    #[expect(clippy::cast_precision_loss, reason = "a few lines")]
    let height = lines.len() as f32 * size * LINE_HEIGHT;
    let limit = COVERED_AT_MOST * width * height;
    let covered = |rect: &Rect| {
        let names = names.overlap(&letters(rect, size, obstacles.body_weight)) * 1.5;
        if names > 0.0 && !wish.is_needed {
            return f32::INFINITY;
        }
        let around = rect.grown(MISTAKEN_PX * unit);
        let near =
            (obstacles.bodies.overlap(&around) - wish.body.bounds().overlap(&around)).max(0.0);
        let bodies = obstacles.bodies.overlap(rect) + near * MISTAKEN_COST;
        let others = names + obstacles.badges.overlap(rect) + bodies * obstacles.body_weight;
        others + frame.map_or(0.0, |frame| lost(rect, frame))
    };
    let mut best: Option<(f32, f32, Rect)> = None;
    for (penalty, rect) in candidates(wish.body, width, height, unit) {
        if best.is_some_and(|(least, ..)| penalty >= least) {
            break;
        }
        let area = rect.width() * rect.height();
        let covered = covered(&rect);
        if covered.is_infinite() {
            continue;
        }
        let cost = (covered * COVERING_COST
            + obstacles.lines.overlap(&rect) * 0.8
            + obstacles.heads.overlap(&rect) * HEAD_COST)
            / area.max(f32::MIN_POSITIVE)
            + penalty;
        if best.is_none_or(|(least, ..)| cost < least) {
            best = Some((cost, covered, rect));
        }
    }
    let (_, covered, rect) = best?;
    (covered <= limit || wish.is_needed).then_some(rect)
}

/// Orders names by importance, the most important first. Actors with more ties are larger, and
/// their names come first.
fn by_importance(a: &Wish<'_>, b: &Wish<'_>) -> Ordering {
    let first = (b.is_needed, b.is_bright).cmp(&(a.is_needed, a.is_bright));
    first.then(b.body.size.total_cmp(&a.body.size)).then(a.actor.cmp(&b.actor))
}

/// The area around a name that no other name may touch. Among dots, names are farther apart, so
/// that the dots between them stay visible.
fn letters(rect: &Rect, size: f32, body_weight: f32) -> Rect {
    let among_dots = (1.0 - body_weight) * AMONG_DOTS;
    let room = point(size * (BETWEEN_NAMES * 0.5 + among_dots), size * (among_dots - LEADING));
    Rect { min: rect.min - room, max: rect.max + room }
}

/// Area of a name that the page cuts off, plus a multiple of the area that title and legend cover.
fn lost(rect: &Rect, frame: &Frame) -> f32 {
    let cut = rect.width() * rect.height() - rect.overlap(&frame.visible);
    // A name that is half covered by title or legend looks broken, not just cut off.
    cut + frame.taken.iter().map(|taken| taken.overlap(rect) * 6.0).sum::<f32>()
}

/// Candidate places around a shape with their penalties, in ascending order. The best place is
/// below the shape, with penalty 0.
fn candidates(
    body: &Body,
    width: f32,
    height: f32,
    unit: f32,
) -> impl Iterator<Item = (f32, Rect)> {
    let bounds = body.bounds();
    let gap = 3.0 * unit;
    let centre = body.centre;
    let half = point(width / 2.0, height / 2.0);
    let below = bounds.max.y + gap + half.y;
    let above = bounds.min.y - gap - half.y;
    let left = bounds.min.x - 2.0 * gap - half.x;
    let right = bounds.max.x + 2.0 * gap + half.x;
    let raise = half.y * 1.2;
    [
        (0.0, point(centre.x, below)),
        (0.12, point(centre.x, above)),
        (0.16, point(right, centre.y)),
        (0.16, point(left, centre.y)),
        (0.2, point(centre.x + half.x * 0.6, below)),
        (0.2, point(centre.x - half.x * 0.6, below)),
        (0.3, point(centre.x + half.x * 0.6, above)),
        (0.3, point(centre.x - half.x * 0.6, above)),
        (0.3, point(right, centre.y + raise)),
        (0.3, point(left, centre.y + raise)),
        (0.34, point(right, centre.y - raise)),
        (0.34, point(left, centre.y - raise)),
        (0.5, point(centre.x, below + height * 0.6)),
        (0.55, point(centre.x, above - height * 0.6)),
        (0.6, point(centre.x + half.x, below)),
        (0.6, point(centre.x - half.x, below)),
        (0.65, point(centre.x + half.x, above)),
        (0.65, point(centre.x - half.x, above)),
        (0.7, point(right + 5.0 * gap, centre.y)),
        (0.7, point(left - 5.0 * gap, centre.y)),
        (0.75, point(right, centre.y + 1.8 * raise)),
        (0.75, point(left, centre.y + 1.8 * raise)),
        (0.8, point(right, centre.y - 1.8 * raise)),
        (0.8, point(left, centre.y - 1.8 * raise)),
        (0.9, point(centre.x, below + height)),
        (0.95, point(centre.x, above - height)),
    ]
    .into_iter()
    .map(move |(penalty, at): (f32, Point)| (penalty, Rect::around(at, half.x, half.y)))
}

/// Draws the lines of a placed name.
#[must_use]
pub fn draw(placed: &Placed, size: f32, unit: f32, share: f32, theme: &Theme) -> Vec<Primitive> {
    let mut baseline = placed.rect.min.y + size * 0.95;
    let line = |content: &String| {
        let text = Text {
            at: point(placed.rect.centre().x, baseline),
            anchor: Anchor::Middle,
            content: content.clone(),
            size,
            weight: Weight::Bold,
            color: theme.ink.over(theme.ground, share),
            halo: Some((theme.ground, 3.5 * unit)),
        };
        baseline += size * LINE_HEIGHT;
        Primitive::Text(text)
    };
    placed.lines.iter().map(line).collect()
}
