//! The pill at the lower edge of a folded whole: the number of actors that it stands for.

use super::edge::Route;
use super::shape::Body;
use crate::geometry::{Point, Rect, point};
use crate::model::ActorIndex;
use crate::scene::primitive::{Anchor, Outline, Primitive, Text};
use crate::scene::theme::Theme;
use crate::text::{Measure, Weight};

/// Height of a pill, in pixels at 100 %.
const HEIGHT_PX: f32 = 17.0;
/// Width of a digit, in pixels at 100 %.
const DIGIT_PX: f32 = 7.6;
/// Font size, in pixels at 100 %.
const SIZE_PX: f32 = 12.0;
/// Half the size of the area of an arrowhead that a pill keeps clear of, in pixels at 100 %.
const HEAD_PX: f32 = 6.0;
/// Smallest font size on the page at which the number is shown.
const LEGIBLE_PX: f32 = 4.0;

/// A pill that has its place.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Pill {
    pub actor: ActorIndex,
    /// Number of actors that it stands for.
    pub count: usize,
    pub rect: Rect,
}

/// What a pill says: `+4`.
#[must_use]
pub fn words(count: usize) -> String {
    format!("+{count}")
}

/// The area of a pill in the middle of the lower edge of a shape. `unit` is map units per pixel at
/// 100 %.
#[must_use]
pub fn usual_place(body: &Body, letters: usize, unit: f32) -> Rect {
    around(body, 0.0, letters, unit)
}

/// `aside` is the distance from the middle of the lower edge.
fn around(body: &Body, aside: f32, letters: usize, unit: f32) -> Rect {
    #[expect(clippy::cast_precision_loss, reason = "a few digits")]
    let half_width = (letters as f32 * DIGIT_PX + 9.0) * unit * 0.5;
    let at = point(body.centre.x + aside, body.bounds().max.y);
    Rect::around(at, half_width, HEIGHT_PX * 0.5 * unit)
}

/// The place of a pill at the lower edge where it covers the fewest ends of lines: in the middle,
/// or near a corner.
#[must_use]
pub fn place(actor: ActorIndex, count: usize, body: &Body, routes: &[&Route], unit: f32) -> Pill {
    let letters = words(count).chars().count();
    let half = body.bounds().width() * 0.5;
    let heads: Vec<Rect> = routes
        .iter()
        .flat_map(|route| [route.at(0.02), route.at(0.98)])
        .map(|at: Point| Rect::around(at, HEAD_PX * unit, HEAD_PX * unit))
        .collect();
    let covered = |rect: &Rect| -> f32 { heads.iter().map(|head| head.overlap(rect)).sum() };
    let places =
        [0.0, 0.55, -0.55, 0.9, -0.9].map(|share| around(body, share * half, letters, unit));
    let best = places.iter().min_by(|a, b| covered(a).total_cmp(&covered(b)));
    let rect = best.copied().unwrap_or_else(|| usual_place(body, letters, unit));
    Pill { actor, count, rect }
}

/// A pill around a point, as a sample in the legend.
#[must_use]
pub fn in_legend(at: Point, scale: f32) -> Pill {
    let rect = Rect::around(at, 11.0 * scale, HEIGHT_PX * 0.5 * scale);
    Pill { actor: ActorIndex::default(), count: 4, rect }
}

/// Draws a pill. `factor` is page pixels per pixel at 100 %; `share` the share of its colour that
/// it keeps.
#[must_use]
pub fn draw(
    pill: &Pill,
    unit: f32,
    factor: f32,
    share: f32,
    theme: &Theme,
    measure: &dyn Measure,
) -> Vec<Primitive> {
    let size = SIZE_PX * unit;
    if SIZE_PX * factor < LEGIBLE_PX {
        return Vec::new();
    }
    let content = words(pill.count);
    let width = measure.width(&content, 1.0, Weight::Bold).max(0.1);
    let size = size.min((pill.rect.width() - 4.0 * unit) / width);
    let outline = Outline::Rounded { rect: pill.rect, corner: pill.rect.height() * 0.5 };
    let fill = Some(theme.ink.over(theme.ground, share));
    vec![
        Primitive::Shape { outline, fill, stroke: None },
        Primitive::Text(Text {
            at: pill.rect.centre() + point(0.0, size * 0.36),
            anchor: Anchor::Middle,
            content,
            size,
            weight: Weight::Bold,
            color: theme.paper,
            halo: None,
        }),
    ]
}
