//! The shape of an actor: its kind determines the outline, its number of ties the size.

use std::f32::consts::TAU;

use crate::geometry::{Point, Rect, point};
use crate::model::ActorKind;
use crate::scene::primitive::{Anchor, Color, Dash, Outline, Primitive, Stroke, Text};
use crate::scene::theme::Theme;
use crate::text::{Measure, Weight};

/// Half the size of an actor without ties, in pixels at 100 %.
const SMALLEST_PX: f32 = 18.0;
/// Added to that for the actor with the most ties.
const GROWTH_PX: f32 = 14.0;

/// Smallest font size on the page at which the short label is shown.
const LEGIBLE_PX: f32 = 6.5;

/// Half the size of an actor, in pixels at 100 %. `share` is its size as a share of the largest
/// one, 0 to 1.
#[must_use]
pub fn half_size_px(share: f32) -> f32 {
    SMALLEST_PX + GROWTH_PX * share
}

/// An actor's outline at a position, in map units.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Body {
    pub centre: Point,
    /// Half its nominal size; some shapes are wider or flatter.
    pub size: f32,
    form: Form,
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Form {
    Circle {
        radius: f32,
    },
    /// Half the width and height, and the radius of the corners.
    Box {
        half: Point,
        corner: f32,
    },
    /// Circumradius. One corner points up.
    Hexagon {
        radius: f32,
    },
}

/// The shapes of actors, by kind (see [`Build::of`]).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Build {
    Square,
    Hexagon,
    /// A wide rectangle with rounded corners.
    Oblong,
    /// A wide rectangle with semicircular ends.
    Pill,
    Circle,
    /// A circle with a dashed outline.
    Broken,
    /// A circle with a muted outline.
    Muted,
}

impl Build {
    /// Every shape, with one of the kinds that have it.
    pub const ALL: [(Self, ActorKind); 7] = [
        (Self::Square, ActorKind::State),
        (Self::Hexagon, ActorKind::ArmedGroup),
        (Self::Oblong, ActorKind::Organisation),
        (Self::Pill, ActorKind::Population),
        (Self::Circle, ActorKind::Person),
        (Self::Broken, ActorKind::Faction),
        (Self::Muted, ActorKind::Unknown),
    ];

    /// The shape for actors of this kind.
    #[must_use]
    pub fn of(kind: &ActorKind) -> Self {
        match kind {
            ActorKind::State | ActorKind::GovernmentBody => Self::Square,
            ActorKind::ArmedGroup => Self::Hexagon,
            ActorKind::Organisation => Self::Oblong,
            ActorKind::Population | ActorKind::Collective => Self::Pill,
            ActorKind::Person => Self::Circle,
            ActorKind::Faction => Self::Broken,
            ActorKind::Unknown | ActorKind::Other(_) => Self::Muted,
        }
    }
}

impl Body {
    /// The outline for actors of this kind; `half_size` in map units.
    #[must_use]
    pub fn new(kind: &ActorKind, centre: Point, half_size: f32) -> Self {
        Self::of(Build::of(kind), centre, half_size)
    }

    /// The outline of this shape; `half_size` in map units.
    #[must_use]
    pub fn of(build: Build, centre: Point, half_size: f32) -> Self {
        let r = half_size;
        let form = match build {
            Build::Square => Form::Box { half: point(r, r), corner: r * 0.24 },
            Build::Hexagon => Form::Hexagon { radius: r * 1.1 },
            Build::Oblong => Form::Box { half: point(r * 1.3, r * 0.8), corner: r * 0.24 },
            Build::Pill => Form::Box { half: point(r * 1.35, r * 0.72), corner: r * 0.72 },
            Build::Circle | Build::Broken | Build::Muted => Form::Circle { radius: r },
        };
        Self { centre, size: half_size, form }
    }

    /// The same outline, moved by a vector.
    #[must_use]
    pub fn moved(self, by: Point) -> Self {
        Self { centre: self.centre + by, ..self }
    }

    /// Distance from the centre to the outline in the direction `way`, a vector of length 1.
    /// Ignores the rounding of a box's corners.
    #[must_use]
    pub fn reach_towards(&self, way: Point) -> f32 {
        let x = way.x.abs().max(1e-6);
        let y = way.y.abs().max(1e-6);
        match self.form {
            Form::Circle { radius } => radius,
            Form::Box { half, corner } if half.x > half.y && corner >= half.y => {
                // A pill: the ray meets its straight side or the semicircle at its end.
                let middle = half.x - corner;
                let along = half.y / y;
                if along * x <= middle {
                    along
                } else {
                    middle * x + (corner * corner - middle * middle * y * y).max(0.0).sqrt()
                }
            }
            Form::Box { half, .. } => (half.x / x).min(half.y / y),
            Form::Hexagon { radius } => {
                let inner = radius * (TAU / 12.0).cos();
                inner / x.max(x * 0.5 + y * (TAU / 12.0).cos())
            }
        }
    }

    /// The bounding rectangle of the outline.
    #[must_use]
    pub fn bounds(&self) -> Rect {
        let half = self.half();
        Rect::around(self.centre, half.x, half.y)
    }

    fn half(&self) -> Point {
        match self.form {
            Form::Circle { radius } => point(radius, radius),
            Form::Box { half, .. } => half,
            Form::Hexagon { radius } => point(radius * (TAU / 12.0).cos(), radius),
        }
    }

    /// Radius of the smallest circle around the outline.
    #[must_use]
    pub fn reach(&self) -> f32 {
        match self.form {
            Form::Circle { radius } | Form::Hexagon { radius } => radius,
            Form::Box { half, corner } => (half - point(corner, corner)).length() + corner,
        }
    }

    /// True if `at` lies inside the outline, grown by `margin`.
    #[must_use]
    pub fn contains(&self, at: Point, margin: f32) -> bool {
        let way = at - self.centre;
        match self.form {
            Form::Circle { radius } => way.length() <= radius + margin,
            Form::Box { half, corner } => {
                let corner = corner + margin;
                let beyond = point(
                    (way.x.abs() - (half.x + margin - corner)).max(0.0),
                    (way.y.abs() - (half.y + margin - corner)).max(0.0),
                );
                beyond.length() <= corner
            }
            Form::Hexagon { radius } => {
                let x = way.x.abs();
                let y = way.y.abs();
                let inner = radius * (TAU / 12.0).cos() + margin;
                x <= inner && x * 0.5 + y * (TAU / 12.0).cos() <= inner
            }
        }
    }

    /// The outline to draw, grown by `margin`.
    #[must_use]
    pub fn outline(&self, margin: f32) -> Outline {
        match self.form {
            Form::Circle { radius } => {
                Outline::Circle { centre: self.centre, radius: radius + margin }
            }
            Form::Box { half, corner } => Outline::Rounded {
                rect: Rect::around(self.centre, half.x, half.y).grown(margin),
                corner: corner + margin,
            },
            Form::Hexagon { radius } => Outline::Polygon(
                [0.0, 1.0, 2.0, 3.0, 4.0, 5.0]
                    .iter()
                    .map(|corner: &f32| {
                        let angle = TAU * (corner / 6.0 + 0.25);
                        self.centre + point(angle.cos(), -angle.sin()) * (radius + margin)
                    })
                    .collect(),
            ),
        }
    }
}

/// How an actor is drawn, apart from its body.
pub struct Looks<'a> {
    pub kind: &'a ActorKind,
    pub short: Option<&'a str>,
    /// Map units per pixel at 100 %.
    pub unit: f32,
    /// Page pixels per pixel at 100 %.
    pub factor: f32,
    /// Share of its colour that the actor keeps: 1, or less if it is faded.
    pub share: f32,
    pub is_selected: bool,
    /// The camp whose tint fills the shape, counted from 0.
    pub camp: Option<u16>,
    pub theme: &'a Theme,
}

/// Draws the short label inside the shape, if there is one.
pub fn draw_words(body: &Body, looks: &Looks<'_>, measure: &dyn Measure) -> Vec<Primitive> {
    let text = looks.short.and_then(|short| short_label(body, short, looks, measure));
    text.map(Primitive::Text).into_iter().collect()
}

/// Draws the shape, its ring if selected, and the short label inside.
pub fn draw(body: &Body, looks: &Looks<'_>, measure: &dyn Measure) -> Vec<Primitive> {
    let theme = looks.theme;
    let fade = |color: Color| color.over(theme.ground, looks.share);
    let mut primitives = Vec::with_capacity(if looks.is_selected { 3 } else { 1 });
    if looks.is_selected {
        primitives.push(Primitive::Shape {
            outline: Outline::Circle {
                centre: body.centre,
                radius: body.reach() + 5.0 * looks.unit,
            },
            fill: None,
            stroke: Some(Stroke::solid(2.2 * looks.unit, theme.accent)),
        });
    }
    let line = match looks.kind {
        ActorKind::Unknown | ActorKind::Other(_) => fade(theme.muted),
        _ => fade(theme.ink),
    };
    let dash = if *looks.kind == ActorKind::Faction { Dash::Dashed } else { Dash::Solid };
    primitives.push(Primitive::Shape {
        outline: body.outline(0.0),
        fill: Some(fade(looks.camp.map_or(theme.paper, |camp| theme.camp(camp)))),
        stroke: Some(Stroke::dashed(1.8, looks.unit, line, dash)),
    });
    primitives.extend(draw_words(body, looks, measure));
    primitives
}

/// The short label, as large as fits inside; `None` if it would be illegible.
fn short_label(body: &Body, short: &str, looks: &Looks<'_>, measure: &dyn Measure) -> Option<Text> {
    let half = body.half();
    let width_at_1 = measure.width(short, 1.0, Weight::Bold);
    let size = (half.y * 0.72).min(12.5 * looks.unit).min(1.55 * half.x / width_at_1.max(0.1));
    let is_legible = size / looks.unit * looks.factor >= LEGIBLE_PX;
    is_legible.then(|| Text {
        at: body.centre + point(0.0, size * 0.36),
        anchor: Anchor::Middle,
        content: short.to_owned(),
        size,
        weight: Weight::Bold,
        color: looks.theme.ink.over(looks.theme.ground, looks.share),
        halo: None,
    })
}
