//! Drawing primitives: shapes and texts, grouped by owner. The window and the exports draw the same
//! primitives.

use std::sync::Arc;

use crate::geometry::{Curve, Point, Rect};
use crate::model::{ActorIndex, LineIndex, NoteIndex};
use crate::text::Weight;

/// An opaque sRGB colour. Fading mixes it with the background instead of using transparency, so
/// that overlaps look the same in every output.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Color {
    pub red: u8,
    pub green: u8,
    pub blue: u8,
}

impl Color {
    /// From `0xRRGGBB`.
    #[must_use]
    pub const fn rgb(hex: u32) -> Self {
        let [_, red, green, blue] = hex.to_be_bytes();
        Self { red, green, blue }
    }

    /// Mixes this colour with `ground`: a `share` of 1 gives this colour, 0 gives the ground.
    #[must_use]
    pub fn over(self, ground: Self, share: f32) -> Self {
        Self {
            red: Self::mix(self.red, ground.red, share),
            green: Self::mix(self.green, ground.green, share),
            blue: Self::mix(self.blue, ground.blue, share),
        }
    }

    /// This colour, `times` as far from the ground in each channel.
    #[must_use]
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "limited to a byte"
    )]
    pub fn stronger(self, ground: Self, times: f32) -> Self {
        let channel = |own: u8, ground: u8| {
            let (own, ground) = (f32::from(own), f32::from(ground));
            (ground + (own - ground) * times).round().clamp(0.0, 255.0) as u8
        };
        Self {
            red: channel(self.red, ground.red),
            green: channel(self.green, ground.green),
            blue: channel(self.blue, ground.blue),
        }
    }

    /// Mixes one channel of two colours: a `share` of 1 gives `top`, 0 gives `bottom`.
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a mix of two bytes is from 0 to 255"
    )]
    fn mix(top: u8, bottom: u8, share: f32) -> u8 {
        (f32::from(top) * share + f32::from(bottom) * (1.0 - share)).round() as u8
    }
}

/// The dash style of a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Dash {
    Solid,
    Dashed,
    Dotted,
}

impl Dash {
    /// Lengths of dash and gap for a line of `width`, all in pixels at 100 %; `None` for a solid
    /// line.
    #[must_use]
    pub fn pattern(self, width: f32) -> Option<(f32, f32)> {
        match self {
            Self::Solid => None,
            Self::Dashed => Some((width * 2.2 + 2.5, width * 1.2 + 2.5)),
            Self::Dotted => Some((width, width * 1.2 + 1.8)),
        }
    }
}

/// How a line is drawn.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Stroke {
    /// In the unit of the coordinates.
    pub width: f32,
    pub color: Color,
    pub dash: Dash,
    /// Lengths of dash and gap, in the unit of `width`; `None` for a solid line.
    pub pattern: Option<(f32, f32)>,
}

impl Stroke {
    /// A solid line.
    #[must_use]
    pub fn solid(width: f32, color: Color) -> Self {
        Self { width, color, dash: Dash::Solid, pattern: None }
    }

    /// A line with the dash pattern for `width_px` pixels at 100 %. Width and pattern are both
    /// multiplied by `unit`.
    #[must_use]
    pub fn dashed(width_px: f32, unit: f32, color: Color, dash: Dash) -> Self {
        let pattern = dash.pattern(width_px).map(|(on, off)| (on * unit, off * unit));
        Self { width: width_px * unit, color, dash, pattern }
    }
}

/// The outline of a shape.
#[derive(Clone, Debug, PartialEq)]
pub enum Outline {
    Circle {
        centre: Point,
        radius: f32,
    },
    /// A rectangle whose corners are quarter circles of radius `corner`.
    Rounded {
        rect: Rect,
        corner: f32,
    },
    /// A closed, convex polygon.
    Polygon(Vec<Point>),
    /// A quadratic Bézier curve.
    Curve(Curve),
    /// A straight line.
    Line(Point, Point),
}

/// Which point of a text its position refers to, also for right-to-left text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Anchor {
    /// The left end.
    Start,
    /// The middle.
    Middle,
    /// The right end.
    End,
}

/// One line of text.
#[derive(Clone, Debug, PartialEq)]
pub struct Text {
    /// Position on the baseline.
    pub at: Point,
    pub anchor: Anchor,
    pub content: String,
    /// Font size (1 em), in the unit of the coordinates.
    pub size: f32,
    pub weight: Weight,
    pub color: Color,
    /// An outline behind the letters: colour and stroke width.
    pub halo: Option<(Color, f32)>,
}

/// A shape, a line of text or an image.
#[derive(Clone, Debug, PartialEq)]
pub enum Primitive {
    Shape { outline: Outline, fill: Option<Color>, stroke: Option<Stroke> },
    Text(Text),
    Image(Image),
}

/// An image, drawn without smoothing.
#[derive(Clone, PartialEq)]
pub struct Image {
    pub area: Rect,
    /// Columns and rows.
    pub size: [usize; 2],
    /// Premultiplied RGBA, row by row.
    pub rgba: Arc<[u8]>,
}

impl std::fmt::Debug for Image {
    fn fmt(&self, form: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        form.debug_struct("Image")
            .field("area", &self.area)
            .field("size", &self.size)
            .finish_non_exhaustive()
    }
}

/// The element that a group of primitives belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Owner {
    Actor(ActorIndex),
    /// A line, for one tie or more.
    Line(LineIndex),
    /// The line from this actor to its whole.
    Tether(ActorIndex),
    /// The area around this actor and its parts.
    Hull(ActorIndex),
    /// A note on the map, with its leader.
    Note(NoteIndex),
    Title,
    Legend,
    /// The marking, and the remarks at the edges of the page.
    Margin,
    /// The list of evidence.
    List,
    /// What of a large map is drawn as an image, and the names of its camps.
    Crowd,
}

/// A group of primitives with one owner, drawn in order.
#[derive(Clone, Debug, PartialEq)]
pub struct Mark {
    pub owner: Owner,
    pub primitives: Vec<Primitive>,
}
