//! Points, rectangles and curves in the plane. `y` grows downwards.

use std::ops::{Add, Mul, Sub};

/// A point or a vector, in map units or page pixels depending on the context.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Point {
    pub x: f32,
    pub y: f32,
}

/// Shorthand for a [`Point`] with these coordinates.
#[must_use]
pub const fn point(x: f32, y: f32) -> Point {
    Point { x, y }
}

impl Point {
    /// Length as a vector.
    #[must_use]
    pub fn length(self) -> f32 {
        // Not `hypot`: it is slower, and its result differs between platforms. Coordinates are too
        // small to overflow here.
        (self.x * self.x + self.y * self.y).sqrt()
    }

    /// The unit vector in this direction; (1, 0) for the zero vector.
    #[must_use]
    pub fn direction(self) -> Self {
        let length = self.length();
        if length > f32::EPSILON { self * (1.0 / length) } else { point(1.0, 0.0) }
    }

    /// The scalar product: 0 if at right angles, less than 0 if the directions are opposite.
    #[must_use]
    pub fn dot(self, other: Self) -> f32 {
        self.x * other.x + self.y * other.y
    }

    /// The vector rotated clockwise by 90° on the screen.
    #[must_use]
    pub fn turned(self) -> Self {
        point(-self.y, self.x)
    }

    /// Linear interpolation: this point at `t` = 0, `other` at `t` = 1.
    #[must_use]
    pub fn towards(self, other: Self, t: f32) -> Self {
        self + (other - self) * t
    }
}

impl Add for Point {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        point(self.x + other.x, self.y + other.y)
    }
}

impl Sub for Point {
    type Output = Self;
    fn sub(self, other: Self) -> Self {
        point(self.x - other.x, self.y - other.y)
    }
}

impl Mul<f32> for Point {
    type Output = Self;
    fn mul(self, factor: f32) -> Self {
        point(self.x * factor, self.y * factor)
    }
}

/// An axis-parallel rectangle.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Rect {
    pub min: Point,
    pub max: Point,
}

impl Rect {
    /// The empty rectangle. Its union with a point is that point.
    pub const NOTHING: Self = Self {
        min: point(f32::INFINITY, f32::INFINITY),
        max: point(f32::NEG_INFINITY, f32::NEG_INFINITY),
    };

    /// The rectangle around a centre.
    #[must_use]
    pub fn around(centre: Point, half_width: f32, half_height: f32) -> Self {
        let half = point(half_width, half_height);
        Self { min: centre - half, max: centre + half }
    }

    /// The rectangle with this top left corner and size.
    #[must_use]
    pub fn sized(min: Point, width: f32, height: f32) -> Self {
        Self { min, max: min + point(width, height) }
    }

    #[must_use]
    pub fn width(&self) -> f32 {
        self.max.x - self.min.x
    }

    #[must_use]
    pub fn height(&self) -> f32 {
        self.max.y - self.min.y
    }

    #[must_use]
    pub fn centre(&self) -> Point {
        self.min.towards(self.max, 0.5)
    }

    /// True if the rectangle is empty.
    #[must_use]
    pub fn is_nothing(&self) -> bool {
        self.min.x > self.max.x || self.min.y > self.max.y
    }

    /// The smallest rectangle that contains both.
    #[must_use]
    pub fn union(self, other: Self) -> Self {
        Self {
            min: point(self.min.x.min(other.min.x), self.min.y.min(other.min.y)),
            max: point(self.max.x.max(other.max.x), self.max.y.max(other.max.y)),
        }
    }

    /// The smallest rectangle that contains this one and a point.
    #[must_use]
    pub fn with(self, at: Point) -> Self {
        self.union(Self { min: at, max: at })
    }

    /// The same rectangle elsewhere.
    #[must_use]
    pub fn moved(self, way: Point) -> Self {
        Self { min: self.min + way, max: self.max + way }
    }

    /// The rectangle extended by `margin` on every side.
    #[must_use]
    pub fn grown(self, margin: f32) -> Self {
        Self { min: self.min - point(margin, margin), max: self.max + point(margin, margin) }
    }

    /// Area of the intersection.
    #[must_use]
    pub fn overlap(&self, other: &Self) -> f32 {
        let width = self.max.x.min(other.max.x) - self.min.x.max(other.min.x);
        let height = self.max.y.min(other.max.y) - self.min.y.max(other.min.y);
        if width > 0.0 && height > 0.0 { width * height } else { 0.0 }
    }

    /// True if the point is inside or on the border.
    #[must_use]
    pub fn contains(&self, at: Point) -> bool {
        (self.min.x..=self.max.x).contains(&at.x) && (self.min.y..=self.max.y).contains(&at.y)
    }
}

/// A quadratic Bézier curve.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Curve {
    pub start: Point,
    pub control: Point,
    pub end: Point,
}

impl Curve {
    /// A curve from `start` to `end` whose middle is offset from the chord by `bulge`: to the right
    /// of the direction of travel if positive.
    #[must_use]
    pub fn bulging(start: Point, end: Point, bulge: f32) -> Self {
        let side = (end - start).direction().turned();
        // The middle of a quadratic curve lies halfway between the chord and the control point.
        Self { start, control: start.towards(end, 0.5) + side * (2.0 * bulge), end }
    }

    /// The curve moved to the right of the direction of travel, as a whole.
    #[must_use]
    pub fn beside(&self, offset: f32) -> Self {
        let by = (self.end - self.start).direction().turned() * offset;
        Self { start: self.start + by, control: self.control + by, end: self.end + by }
    }

    /// The point at `t`, from 0 (start) to 1 (end).
    #[must_use]
    pub fn at(&self, t: f32) -> Point {
        self.start.towards(self.control, t).towards(self.control.towards(self.end, t), t)
    }

    /// The direction of travel at `t`, as a unit vector.
    #[must_use]
    pub fn tangent(&self, t: f32) -> Point {
        (self.control.towards(self.end, t) - self.start.towards(self.control, t)).direction()
    }

    /// The part of the curve from `t0` to `t1`.
    #[must_use]
    pub fn part(&self, t0: f32, t1: f32) -> Self {
        let control =
            self.start.towards(self.control, t0).towards(self.control.towards(self.end, t0), t1);
        Self { start: self.at(t0), control, end: self.at(t1) }
    }

    /// True if the curve is straight: the control point is at the middle of the chord, to within
    /// 0.1 % of its length.
    #[must_use]
    pub fn is_straight(&self) -> bool {
        let middle = self.start.towards(self.end, 0.5);
        (self.control - middle).length() <= 1e-3 * (self.end - self.start).length()
    }

    /// `steps` + 1 points along the curve, equally spaced in `t`.
    #[must_use]
    #[expect(clippy::cast_precision_loss, reason = "step counts are small")]
    pub fn points(&self, steps: usize) -> Vec<Point> {
        (0..=steps).map(|step| self.at(step as f32 / steps.max(1) as f32)).collect()
    }
}
