//! Badges: the sign of a tie on its line, with the number of its evidence if the view shows
//! numbers.

use super::edge::{Looks, Route};
use super::occupied::OccupiedGrid;
use crate::geometry::{Point, Rect, point};
use crate::model::{Relation, Stance, Status};
use crate::scene::primitive::{Anchor, Color, Outline, Primitive, Stroke, Text};
use crate::text::{Measure, Weight};

/// Radius of a badge, in pixels at 100 %.
pub const BADGE_PX: f32 = 8.5;
/// Smallest radius on the page; smaller badges are illegible and left out.
const LEGIBLE_PX: f32 = 4.0;
/// Font size of a number at 100 %.
const NUMBER_PX: f32 = 10.5;
/// Smallest font size of a number on the page, at scale 1.
const NUMBER_LEGIBLE_PX: f32 = 8.0;

/// A badge with its position, in map units.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Badge {
    /// Its centre.
    pub at: Point,
    /// Position of the centre along the line, 0 to 1.
    pub along: f32,
    /// Half its width and height.
    pub half: Point,
    /// The number of the tie's evidence, if it is shown.
    pub number: Option<usize>,
}

impl Badge {
    /// The rectangle around it.
    #[must_use]
    pub fn bounds(&self) -> Rect {
        Rect::around(self.at, self.half.x, self.half.y)
    }
}

/// True if signs are large enough to read; `factor` is page pixels per pixel at 100 %.
#[must_use]
pub fn is_legible(factor: f32) -> bool {
    BADGE_PX * factor >= LEGIBLE_PX
}

/// True if the tie has a sign and it is large enough to read.
#[must_use]
pub fn has_sign(relation: &Relation, factor: f32) -> bool {
    relation.stance != Stance::Neutral && is_legible(factor)
}

/// Font size of numbers, in map units.
#[must_use]
pub fn number_size(factor: f32, scale: f32, zoom: f32) -> f32 {
    (NUMBER_PX * factor).max(NUMBER_LEGIBLE_PX * scale) / zoom
}

/// Half the width and height of a tie's badge, in map units; `None` if it has no badge. `number` is
/// the number and its font size, `looks` the factor and the unit of [`Looks`].
#[must_use]
pub fn half(
    relation: &Relation,
    number: Option<(usize, f32)>,
    looks: (f32, f32),
    measure: &dyn Measure,
) -> Option<Point> {
    let (factor, unit) = looks;
    let has_sign = has_sign(relation, factor);
    let sign = BADGE_PX * unit;
    match number {
        None => has_sign.then_some(point(sign, sign)),
        Some((number, size)) => {
            let words = measure.width(&number.to_string(), size, Weight::Bold);
            let sign_width = if has_sign { 2.0 * sign } else { size * 0.4 };
            Some(point((sign_width + words + size * 0.55) * 0.5, sign.max(size * 0.68)))
        }
    }
}

/// Finds a place on each route for its badge, clear of `taken` and other badges if possible.
#[must_use]
pub fn place(
    routes: &[Route],
    halves: &[Option<(Point, Option<usize>)>],
    taken: &OccupiedGrid,
    unit: f32,
) -> Vec<Option<Badge>> {
    const PLACES: [f32; 11] = [0.5, 0.44, 0.56, 0.38, 0.62, 0.32, 0.68, 0.26, 0.74, 0.2, 0.8];
    let mut badges = OccupiedGrid::new(4.0 * BADGE_PX * unit);
    let place = |(route, half): (&Route, &Option<(Point, Option<usize>)>)| {
        let (half, number) = (*half)?;
        let room = half + point(2.0 * unit, 2.0 * unit);
        let mut best = (f32::INFINITY, 0.5);
        for t in PLACES {
            let aside = (t - 0.5_f32).abs();
            if aside >= best.0 {
                break;
            }
            let rect = Rect::around(route.at(t), room.x, room.y);
            let cost =
                (taken.overlap(&rect) * 2.0 + badges.overlap(&rect)) / (room.x * room.y) + aside;
            if cost < best.0 {
                best = (cost, t);
            }
        }
        let at = route.at(best.1);
        badges.add(Rect::around(at, room.x, room.y));
        Some(Badge { at, along: best.1, half, number })
    };
    routes.iter().zip(halves).map(place).collect()
}

/// Draws the sign in a circle, followed by the number if there is one. The circle is filled for
/// reported ties and open for all others, such as claims and inferences. `size` is the font size of
/// the number.
#[must_use]
pub fn draw(badge: &Badge, size: f32, looks: &Looks<'_>) -> Vec<Primitive> {
    let theme = looks.theme;
    let color = theme.stance(looks.relation.stance).over(theme.ground, looks.share);
    let paper = theme.paper.over(theme.ground, looks.share);
    let on_color = Color::rgb(0x00FF_FFFF).over(color, looks.share.min(1.0));
    let is_open = looks.relation.status != Status::Reported;
    let has_sign = has_sign(looks.relation, looks.factor);
    let mut primitives = Vec::new();
    let mut sign_at = badge.at;
    if let Some(number) = badge.number {
        primitives.push(Primitive::Shape {
            outline: Outline::Rounded { rect: badge.bounds(), corner: badge.half.y },
            fill: Some(paper),
            stroke: Some(Stroke::solid(1.2 * looks.unit, color)),
        });
        sign_at = badge.at - point(badge.half.x - BADGE_PX * looks.unit, 0.0);
        let left = if has_sign {
            sign_at.x + BADGE_PX * looks.unit
        } else {
            badge.at.x - badge.half.x + size * 0.2
        };
        let middle = (left + badge.at.x + badge.half.x - size * 0.15) * 0.5;
        primitives.push(Primitive::Text(Text {
            at: point(middle, badge.at.y + size * 0.36),
            anchor: Anchor::Middle,
            content: number.to_string(),
            size,
            weight: Weight::Bold,
            color: theme.ink.over(theme.ground, looks.share),
            halo: None,
        }));
    }
    if has_sign {
        primitives.extend(sign(
            sign_at,
            looks.relation.stance,
            is_open,
            looks.unit,
            [color, paper, on_color],
        ));
    }
    primitives
}

/// Draws a sign. `colors` are the colour of the stance, the fill of an open circle, and the colour
/// of the symbol on a filled circle. The legend uses this as well.
#[must_use]
pub fn sign(
    at: Point,
    stance: Stance,
    is_open: bool,
    unit: f32,
    colors: [Color; 3],
) -> Vec<Primitive> {
    let [color, paper, sign] = colors;
    let (fill, sign) = if is_open { (paper, color) } else { (color, sign) };
    let mut primitives = vec![Primitive::Shape {
        outline: Outline::Circle { centre: at, radius: (BADGE_PX - 0.8) * unit },
        fill: Some(fill),
        stroke: Some(Stroke::solid(1.6 * unit, color)),
    }];
    let stroke = Some(Stroke::solid(1.8 * unit, sign));
    let arm = 3.8 * unit;
    let mut bar = |start: Point, end: Point| {
        primitives.push(Primitive::Shape {
            outline: Outline::Line(at + start, at + end),
            fill: None,
            stroke,
        });
    };
    match stance {
        Stance::Hostile => bar(point(-arm, 0.0), point(arm, 0.0)),
        Stance::Cooperative => {
            bar(point(-arm, 0.0), point(arm, 0.0));
            bar(point(0.0, -arm), point(0.0, arm));
        }
        Stance::Mixed => {
            let raise = 1.4 * unit;
            bar(point(-arm * 0.8, -raise), point(arm * 0.8, -raise));
            bar(point(0.0, -raise - arm * 0.8), point(0.0, -raise + arm * 0.8));
            bar(point(-arm * 0.8, arm), point(arm * 0.8, arm));
        }
        Stance::Neutral => {}
    }
    primitives
}
