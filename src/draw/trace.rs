//! Converts the outline of a shape to path commands, for every output that draws paths.

use crate::geometry::{Curve, Point, Rect};
use crate::scene::primitive::Outline;

/// Length of the handles of a cubic curve for a quarter circle, relative to the radius (Goldapp
/// 1991).
const KAPPA: f32 = 0.552_284_8;

/// A receiver of path commands.
pub trait Pen {
    fn start(&mut self, at: Point);
    fn line(&mut self, to: Point);
    fn quadratic(&mut self, control: Point, to: Point);
    fn cubic(&mut self, first: Point, second: Point, to: Point);
    fn close(&mut self);
}

/// Sends an outline to `pen`, with each point multiplied by `zoom` and then moved by `shift`.
pub fn trace(outline: &Outline, zoom: f32, shift: Point, pen: &mut dyn Pen) {
    let at = |at: Point| at * zoom + shift;
    match outline {
        Outline::Circle { centre, radius } => {
            circle(at(*centre), radius * zoom, pen);
        }
        Outline::Rounded { rect, corner } => {
            rounded(Rect { min: at(rect.min), max: at(rect.max) }, corner * zoom, pen);
        }
        Outline::Polygon(points) => {
            for (number, point) in points.iter().enumerate() {
                if number == 0 { pen.start(at(*point)) } else { pen.line(at(*point)) }
            }
            pen.close();
        }
        Outline::Curve(Curve { start, control, end }) => {
            pen.start(at(*start));
            pen.quadratic(at(*control), at(*end));
        }
        Outline::Line(start, end) => {
            pen.start(at(*start));
            pen.line(at(*end));
        }
    }
}

/// Sends a circle, clockwise from the right, where SVG and the window start it as well, so that its
/// dashes are in the same places.
fn circle(centre: Point, r: f32, pen: &mut dyn Pen) {
    let k = r * KAPPA;
    let at = |x: f32, y: f32| centre + crate::geometry::point(x, y);
    pen.start(at(r, 0.0));
    pen.cubic(at(r, k), at(k, r), at(0.0, r));
    pen.cubic(at(-k, r), at(-r, k), at(-r, 0.0));
    pen.cubic(at(-r, -k), at(-k, -r), at(0.0, -r));
    pen.cubic(at(k, -r), at(r, -k), at(r, 0.0));
    pen.close();
}

/// Sends a rectangle with corners of radius `corner`, clockwise from the upper left.
fn rounded(rect: Rect, corner: f32, pen: &mut dyn Pen) {
    let r = corner.min(rect.width() * 0.5).min(rect.height() * 0.5).max(0.0);
    let left = rect.min.x;
    let top = rect.min.y;
    let right = rect.max.x;
    let bottom = rect.max.y;
    let k = r * (1.0 - KAPPA);
    let at = crate::geometry::point;
    pen.start(at(left + r, top));
    pen.line(at(right - r, top));
    pen.cubic(at(right - k, top), at(right, top + k), at(right, top + r));
    pen.line(at(right, bottom - r));
    pen.cubic(at(right, bottom - k), at(right - k, bottom), at(right - r, bottom));
    pen.line(at(left + r, bottom));
    pen.cubic(at(left + k, bottom), at(left, bottom - k), at(left, bottom - r));
    pen.line(at(left, top + r));
    pen.cubic(at(left, top + k), at(left + k, top), at(left + r, top));
    pen.close();
}
