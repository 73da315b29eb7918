//! What a picture consists of: shapes and words, each with an owner. Window and exports draw these
//! alike.

use crate::geometry::{Curve, Point, Rect};
use crate::text::Weight;

/// An opaque sRGB colour; fading is mixed in, so that overlaps look the same everywhere.
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

    /// A share of this colour over `ground`: 1 is this colour, 0 the ground.
    #[must_use]
    pub fn over(self, ground: Self, share: f32) -> Self {
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "mixed bytes are bytes"
        )]
        let mix = |top: u8, bottom: u8| {
            (f32::from(top) * share + f32::from(bottom) * (1.0 - share)).round() as u8
        };
        Self {
            red: mix(self.red, ground.red),
            green: mix(self.green, ground.green),
            blue: mix(self.blue, ground.blue),
        }
    }
}

/// How a line is broken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Dash {
    Solid,
    Dashed,
    Dotted,
}

impl Dash {
    /// Length of a dash and of a gap, for a line of `width`; `None` for a solid line.
    #[must_use]
    pub fn pattern(self, width: f32) -> Option<(f32, f32)> {
        match self {
            Self::Solid => None,
            Self::Dashed => Some((width * 2.2 + 2.5, width * 1.2 + 2.5)),
            Self::Dotted => Some((width, width * 1.2 + 1.8)),
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Stroke {
    pub width: f32,
    pub color: Color,
    pub dash: Dash,
    /// Length of dash and gap in the unit of `width`.
    pub pattern: Option<(f32, f32)>,
}

impl Stroke {
    /// An unbroken line.
    #[must_use]
    pub fn solid(width: f32, color: Color) -> Self {
        Self { width, color, dash: Dash::Solid, pattern: None }
    }

    /// A line whose pattern is laid out for `width_px` and then scaled by `unit` along with the
    /// width.
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
    /// Corners are quarter circles.
    Rounded {
        rect: Rect,
        corner: f32,
    },
    /// Closed and convex.
    Polygon(Vec<Point>),
    /// Open.
    Curve(Curve),
    /// Open.
    Line(Point, Point),
}

/// Where the point of a text lies in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Anchor {
    Start,
    Middle,
    End,
}

/// One line of words.
#[derive(Clone, Debug, PartialEq)]
pub struct Text {
    /// On the baseline.
    pub at: Point,
    pub anchor: Anchor,
    pub content: String,
    /// The font's em.
    pub size: f32,
    pub weight: Weight,
    pub color: Color,
    /// A rim around the letters: colour and width.
    pub halo: Option<(Color, f32)>,
}

#[derive(Clone, Debug, PartialEq)]
pub enum Primitive {
    Shape { outline: Outline, fill: Option<Color>, stroke: Option<Stroke> },
    Text(Text),
}

/// Whom a group of primitives belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Owner {
    /// Position in `map.actors`.
    Actor(usize),
    /// Position in `map.relations`.
    Relation(usize),
    /// The tether of this actor to its whole.
    Tether(usize),
    /// The hull around this actor and its parts.
    Hull(usize),
    Title,
    Legend,
    /// Marking and notes.
    Note,
    /// The list of evidence.
    List,
}

/// A group of primitives with one owner, drawn in order.
#[derive(Clone, Debug, PartialEq)]
pub struct Mark {
    pub owner: Owner,
    pub primitives: Vec<Primitive>,
}
