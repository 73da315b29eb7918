//! Optional labels of ties: their kinds, written beside their lines. A label that would cover
//! anything is dropped.

use super::badge::Badge;
use super::edge::Route;
use super::occupied::OccupiedGrid;
use crate::geometry::{Rect, point};
use crate::scene::primitive::{Anchor, Primitive, Text};
use crate::scene::theme::Theme;
use crate::text::{Measure, Weight};

/// Font size at 100 %.
const SIZE_PX: f32 = 10.5;
/// Smallest font size on the page, at scale 1.
const LEGIBLE_PX: f32 = 8.5;
/// Number of ties for which a label is tried; more would not find room.
const TRIED_AT_MOST: usize = 1500;

/// A label with its position.
#[derive(Clone, Debug, PartialEq)]
pub struct Placed {
    /// Position in the scene's routes.
    pub slot: usize,
    pub words: String,
    /// In map units.
    pub rect: Rect,
}

/// Font size of the labels, in map units. `legible` is the smallest one on this page, in page
/// pixels.
#[must_use]
pub fn size(factor: f32, legible: f32, scale: f32, zoom: f32) -> f32 {
    (SIZE_PX * factor).max(LEGIBLE_PX * scale).max(legible) / zoom
}

/// Places labels where they overlap nothing in `taken`. Adds the badges and the placed labels to
/// `taken`. `words`, `routes` and `badges` have one entry per tie; `size` is the font size in map
/// units.
#[must_use]
pub fn place(
    words: &[Option<String>],
    routes: &[Route],
    badges: &[Option<Badge>],
    taken: &mut OccupiedGrid,
    size: f32,
    unit: f32,
    measure: &dyn Measure,
) -> Vec<Placed> {
    for badge in badges.iter().flatten() {
        taken.add(badge.bounds());
    }
    let mut placed = Vec::new();
    for (slot, (words, route)) in words.iter().zip(routes).enumerate().take(TRIED_AT_MOST) {
        let Some(words) = words else { continue };
        let width = measure.width(words, size, Weight::Regular);
        let height = size * 1.2;
        let around_badge = badges[slot].map(|badge| (badge.at, badge.half));
        let beside = around_badge.into_iter().flat_map(|(at, half)| {
            let down = half.y + height * 0.5 + unit;
            let aside = half.x + width * 0.5 + 2.0 * unit;
            [
                at + point(0.0, down),
                at - point(0.0, down),
                at + point(aside, 0.0),
                at - point(aside, 0.0),
            ]
        });
        let on_line = [0.5, 0.4, 0.6, 0.3, 0.7].map(|t: f32| route.at(t));
        let rects = beside.chain(on_line).map(|at| Rect::around(at, width * 0.5, height * 0.5));
        if let Some(rect) = rects.into_iter().find(|rect| taken.overlap(rect) <= 0.0) {
            taken.add(rect);
            placed.push(Placed { slot, words: words.clone(), rect });
        }
    }
    placed
}

/// Draws the label of one tie.
#[must_use]
pub fn draw(placed: &Placed, size: f32, unit: f32, share: f32, theme: &Theme) -> Vec<Primitive> {
    vec![Primitive::Text(Text {
        at: point(placed.rect.centre().x, placed.rect.min.y + size * 0.93),
        anchor: Anchor::Middle,
        content: placed.words.clone(),
        size,
        weight: Weight::Regular,
        color: theme.muted.over(theme.ground, share),
        halo: Some((theme.ground, 3.0 * unit)),
    })]
}
