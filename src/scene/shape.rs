//! The shape of an actor: its kind decides the outline, its ties the size.

use std::f32::consts::TAU;

use super::primitive::{Anchor, Color};
use super::primitive::{Dash, Outline, Primitive, Stroke, Text};
use super::theme::Theme;
use crate::geometry::{Point, Rect, point};
use crate::model::ActorKind;
use crate::text::{Measure, Weight};

/// Half the size of an actor without ties, in pixels at 100 %.
const SMALLEST_PX: f32 = 18.0;
/// What the actor with most ties has more.
const GROWTH_PX: f32 = 14.0;

/// The smallest size on the page at which the short form is shown.
const LEGIBLE_PX: f32 = 6.5;

/// Half the size in pixels at 100 % of an actor with `ties` ties, where the most anyone has is `most`.
#[must_use]
#[expect(clippy::cast_precision_loss, reason = "counts of ties are far below 2^24")]
pub fn half_size_px(ties: usize, most: usize) -> f32 {
    SMALLEST_PX + GROWTH_PX * (ties as f32 / most.max(1) as f32).sqrt()
}

/// An actor's outline at a place.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Body {
    pub centre: Point,
    form: Form,
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Form {
    Circle {
        radius: f32,
    },
    /// Half width, half height, corner.
    Box {
        half: Point,
        corner: f32,
    },
    /// Circumradius; a corner points up.
    Hexagon {
        radius: f32,
    },
}

impl Body {
    /// The shape for `kind`; `half_size` in map units.
    #[must_use]
    pub fn new(kind: &ActorKind, centre: Point, half_size: f32) -> Self {
        let r = half_size;
        let form = match kind {
            ActorKind::State | ActorKind::GovernmentBody => Form::Box { half: point(r, r), corner: r * 0.24 },
            ActorKind::ArmedGroup => Form::Hexagon { radius: r * 1.1 },
            ActorKind::Organisation => Form::Box { half: point(r * 1.3, r * 0.8), corner: r * 0.24 },
            ActorKind::Population | ActorKind::Collective => {
                Form::Box { half: point(r * 1.35, r * 0.72), corner: r * 0.72 }
            }
            ActorKind::Person | ActorKind::Faction | ActorKind::Unknown | ActorKind::Other(_) => {
                Form::Circle { radius: r }
            }
        };
        Self { centre, form }
    }

    /// The rectangle around the outline.
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

    /// Radius of the circle around the outline.
    #[must_use]
    pub fn reach(&self) -> f32 {
        match self.form {
            Form::Circle { radius } | Form::Hexagon { radius } => radius,
            Form::Box { half, corner } => (half - point(corner, corner)).length() + corner,
        }
    }

    /// True inside the outline grown by `margin`.
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
                let (x, y) = (way.x.abs(), way.y.abs());
                let inner = radius * (TAU / 12.0).cos() + margin;
                x <= inner && x * 0.5 + y * (TAU / 12.0).cos() <= inner
            }
        }
    }

    /// The outline to draw, grown by `margin`.
    #[must_use]
    pub fn outline(&self, margin: f32) -> Outline {
        match self.form {
            Form::Circle { radius } => Outline::Circle { centre: self.centre, radius: radius + margin },
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

/// What decides how an actor is drawn, besides its body.
pub struct Looks<'a> {
    pub kind: &'a ActorKind,
    pub short: Option<&'a str>,
    /// Map units for a pixel.
    pub unit: f32,
    /// Pixels at 100 % to pixels on the page.
    pub factor: f32,
    /// 1, or less where the actor fades.
    pub share: f32,
    pub is_selected: bool,
    pub theme: &'a Theme,
}

/// The shape, the ring of a selection and the short label inside.
pub fn draw(body: &Body, looks: &Looks<'_>, measure: &dyn Measure) -> Vec<Primitive> {
    let theme = looks.theme;
    let fade = |color: Color| color.over(theme.ground, looks.share);
    let mut primitives = Vec::with_capacity(if looks.is_selected { 3 } else { 1 });
    if looks.is_selected {
        primitives.push(Primitive::Shape {
            outline: Outline::Circle { centre: body.centre, radius: body.reach() + 5.0 * looks.unit },
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
        fill: Some(fade(theme.paper)),
        stroke: Some(Stroke::dashed(1.8, looks.unit, line, dash)),
    });
    if let Some(text) = looks.short.and_then(|short| short_label(body, short, looks, measure)) {
        primitives.push(Primitive::Text(text));
    }
    primitives
}

/// The short form, as large as fits inside; `None` where it would be illegible.
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
