//! Captions of the areas around wholes and their parts: the name of the whole, inside the upper
//! edge of its area. A caption that would cover anything is dropped.

use super::hull::Area;
use super::occupied::OccupiedGrid;
use crate::geometry::{Point, Rect, point};
use crate::model::words::cut_to;
use crate::model::{ActorIndex, Map};
use crate::scene::primitive::{Anchor, Color, Primitive, Text};
use crate::scene::theme::Theme;
use crate::text::{Measure, Weight};

/// Font size at 100 %.
const SIZE_PX: f32 = 11.5;
/// Smallest font size on the page, at scale 1.
const LEGIBLE_PX: f32 = 9.5;
const LINE_HEIGHT: f32 = 1.25;
/// Distance of a caption from the edge of its area, as a share of the font size.
const INSIDE: f32 = 0.45;
/// Most characters of a caption.
const LETTERS_AT_MOST: usize = 40;
/// Longest side of a small area, in pixels at 100 %. It has no caption if the name of the whole is
/// in it.
const SMALL_PX: f32 = 260.0;
/// Number of rows in which a place is tried, from the upper edge downwards.
const ROWS: u8 = 24;
/// Step from row to row, as a share of the font size.
const ROW_STEP: f32 = 0.5;
/// Distance of a caption from the name of its whole, as a share of the font size.
const FROM_NAME: f32 = 3.0;

/// A caption with its place, in map units.
#[derive(Clone, Debug, PartialEq)]
pub struct Placed {
    /// The whole whose area it names.
    pub whole: ActorIndex,
    pub words: String,
    pub rect: Rect,
}

/// Font size of captions, in map units.
#[must_use]
pub fn size(factor: f32, scale: f32, zoom: f32) -> f32 {
    (SIZE_PX * factor).max(LEGIBLE_PX * scale) / zoom
}

/// Places the captions where they overlap nothing in `taken`, if possible also nothing in `lines`.
/// Adds them to `taken`. `name_of` gives the rectangles of the names that are drawn. A caption is
/// not placed beside the same name.
pub(super) fn place(
    areas: &[Area],
    map: &Map,
    name_of: impl Fn(ActorIndex) -> Option<Rect>,
    (taken, lines): (&mut OccupiedGrid, &OccupiedGrid),
    size: f32,
    unit: f32,
    measure: &dyn Measure,
) -> Vec<Placed> {
    let mut placed = Vec::new();
    for area in areas {
        let bounds = area.outline.iter().fold(Rect::NOTHING, |bounds, at| bounds.with(*at));
        let is_small = bounds.width().max(bounds.height()) <= SMALL_PX * unit;
        let Some(whole) = map.actors.get(area.whole) else { continue };
        let name = name_of(area.whole).map(|name| name.grown(FROM_NAME * size));
        if is_small && name.is_some() {
            continue;
        }
        let words = cut_to(whole.name.trim(), LETTERS_AT_MOST);
        if words.is_empty() {
            continue;
        }
        let half = point(measure.width(&words, size, Weight::Regular), size * LINE_HEIGHT) * 0.5;
        let tried = places(&area.outline, bounds, half, size);
        let is_free = |rect: &&Rect| {
            taken.overlap(rect) <= 0.0 && name.is_none_or(|name| name.overlap(rect) <= 0.0)
        };
        let clear = tried.iter().filter(is_free).find(|rect| lines.overlap(rect) <= 0.0);
        let Some(rect) = clear.or_else(|| tried.iter().find(is_free)).copied() else { continue };
        taken.add(rect);
        placed.push(Placed { whole: area.whole, words, rect });
    }
    placed
}

/// The places for a caption inside an area: along its upper edge, the highest first.
fn places(outline: &[Point], bounds: Rect, half: Point, size: f32) -> Vec<Rect> {
    let room = half + point(size * INSIDE, size * INSIDE);
    let mut places = Vec::new();
    for row in 0..ROWS {
        let y = bounds.min.y + room.y + f32::from(row) * size * ROW_STEP;
        if row > 0 && y > bounds.centre().y {
            break;
        }
        let (Some(top), Some(bottom)) = (extent(outline, y - room.y), extent(outline, y + room.y))
        else {
            continue;
        };
        let (left, right) = (top.0.max(bottom.0) + room.x, top.1.min(bottom.1) - room.x);
        if left > right {
            continue;
        }
        let shares = [0.5, 0.0, 1.0, 0.25, 0.75];
        let at = |share: f32| point(left + (right - left) * share, y);
        places.extend(shares.map(|share| Rect::around(at(share), half.x, half.y)));
    }
    places
}

/// The left and the right end of a convex polygon at a height; `None` if it does not reach there.
fn extent(outline: &[Point], y: f32) -> Option<(f32, f32)> {
    let edges = outline.iter().zip(outline.iter().cycle().skip(1));
    let crossing = |(a, b): (&Point, &Point)| {
        let is_crossed = (a.y <= y) != (b.y <= y);
        is_crossed.then(|| a.x + (b.x - a.x) * (y - a.y) / (b.y - a.y))
    };
    edges.filter_map(crossing).fold(None, |ends: Option<(f32, f32)>, x| {
        Some(ends.map_or((x, x), |(left, right)| (left.min(x), right.max(x))))
    })
}

/// Draws a caption; `fill` is the colour of its area.
pub(super) fn draw(
    placed: &Placed,
    size: f32,
    unit: f32,
    share: f32,
    fill: Color,
    theme: &Theme,
) -> Primitive {
    Primitive::Text(Text {
        at: point(placed.rect.centre().x, placed.rect.min.y + size * 0.95),
        anchor: Anchor::Middle,
        content: placed.words.clone(),
        size,
        weight: Weight::Regular,
        color: theme.muted.over(fill, share),
        halo: Some((fill, 3.0 * unit)),
    })
}
