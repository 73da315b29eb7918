//! Badges: the sign of a tie in the middle of its line, with the number of its evidence where
//! numbers are asked for.

use super::edge::{Looks, Route};
use super::occupied::Crowd;
use crate::geometry::{Point, Rect, point};
use crate::model::{Relation, Stance, Status};
use crate::scene::primitive::{Anchor, Color, Outline, Primitive, Stroke, Text};
use crate::text::{Measure, Weight};

/// Radius of a badge, in pixels at 100 %.
pub const BADGE_PX: f32 = 8.5;
/// A badge smaller than this on the page could not be read and is left out.
const LEGIBLE_PX: f32 = 4.0;
/// Size of a number at 100 %, and the smallest at which it is shown.
const NUMBER_PX: f32 = 10.5;
const NUMBER_LEGIBLE_PX: f32 = 8.0;

/// A badge with its place.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Badge {
    pub at: Point,
    /// Which share of its line that is.
    pub along: f32,
    /// Half its width and height.
    pub half: Point,
    /// The number of the tie's evidence.
    pub number: Option<usize>,
}

impl Badge {
    /// The rectangle around it.
    #[must_use]
    pub fn bounds(&self) -> Rect {
        Rect::around(self.at, self.half.x, self.half.y)
    }
}

/// True where a sign is large enough to be read.
#[must_use]
pub fn is_legible(factor: f32) -> bool {
    BADGE_PX * factor >= LEGIBLE_PX
}

/// True where the tie has a sign and it can be read.
#[must_use]
pub fn has_sign(relation: &Relation, factor: f32) -> bool {
    relation.stance != Stance::Neutral && is_legible(factor)
}

/// How large numbers are, in map units.
#[must_use]
pub fn number_size(factor: f32, scale: f32, zoom: f32) -> f32 {
    (NUMBER_PX * factor).max(NUMBER_LEGIBLE_PX * scale) / zoom
}

/// Half the width and height of a tie's badge; `None` where it has none.
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

/// A place on each route for its badge, clear of shapes and other badges where there is one.
#[must_use]
pub fn place(
    routes: &[Route],
    halves: &[Option<(Point, Option<usize>)>],
    taken: &Crowd,
    unit: f32,
) -> Vec<Option<Badge>> {
    const PLACES: [f32; 11] = [0.5, 0.44, 0.56, 0.38, 0.62, 0.32, 0.68, 0.26, 0.74, 0.2, 0.8];
    let mut badges = Crowd::new(4.0 * BADGE_PX * unit);
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

/// The sign in a circle: full for what is reported, open for somebody's claim or inference; behind
/// it the number.
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

/// A sign in given colours (its own, the paper's, that of a sign on its own colour); the legend
/// draws it too.
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
