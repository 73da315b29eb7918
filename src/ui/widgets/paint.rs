//! Paints a scene with egui: its shapes as one cached mesh, its text as egui text.

use std::sync::Arc;

use egui::epaint::{CircleShape, Mesh, PathShape, QuadraticBezierShape, RectShape, Tessellator};
use egui::epaint::{TessellationOptions, TextShape};
use egui::{
    Color32, CornerRadius, Painter, Pos2, Rect, Shape, Stroke, StrokeKind, Vec2,
    emath::TSTransform, pos2, vec2,
};

use super::style::{color, font};
use crate::geometry::{Curve, Point};
use crate::scene::primitive::{Anchor, Mark, Outline, Primitive, Text};
use crate::text::visual;

/// Smallest length of dash plus gap that is drawn as a pattern, in screen pixels.
const FINEST_PATTERN: f32 = 3.0;

/// Marks prepared for painting at any position. The mesh is in screen points, with `origin` at
/// (0, 0); the text stays in map units.
pub struct Sketch {
    mesh: Arc<Mesh>,
    words: Vec<Text>,
    /// The map point at the centre of the mesh, so that coordinates far from (0, 0) keep their
    /// precision.
    pub origin: Point,
    /// Screen points per map unit.
    zoom: f32,
}

impl Sketch {
    /// Tessellates `marks` at `zoom` screen points per map unit.
    #[must_use]
    pub fn new<'a>(
        marks: impl IntoIterator<Item = &'a Mark>,
        origin: Point,
        zoom: f32,
        pixels_per_point: f32,
    ) -> Self {
        let options = TessellationOptions {
            coarse_tessellation_culling: false,
            round_line_segments_to_pixels: false,
            round_rects_to_pixels: false,
            ..TessellationOptions::default()
        };
        let mut tessellator = Tessellator::new(pixels_per_point, options, [1, 1], Vec::new());
        tessellator.set_clip_rect(Rect::EVERYTHING);
        let mut mesh = Mesh::default();
        let mut words = Vec::new();
        let place = |at: Point| screen((at - origin) * zoom);
        let scale = Scale { zoom, feather: 1.0 / pixels_per_point, place: &place };
        for primitive in marks.into_iter().flat_map(|mark| &mark.primitives) {
            match primitive {
                Primitive::Shape { outline, fill, stroke } => {
                    let fill = fill.map_or(Color32::TRANSPARENT, color);
                    let line = stroke.map_or(Stroke::NONE, |stroke| {
                        Stroke::new(stroke.width * zoom, color(stroke.color))
                    });
                    let pattern = stroke
                        .and_then(|stroke| stroke.pattern)
                        .map(|(on, off)| (on * zoom, off * zoom));
                    for shape in shapes(outline, fill, line, pattern, &scale) {
                        tessellator.tessellate_shape(shape, &mut mesh);
                    }
                }
                Primitive::Text(text) => words.push(text.clone()),
                // What has an image is drawn on a worker thread (`ui/canvas/still.rs`).
                Primitive::Image(_) => {}
            }
        }
        Self { mesh: Arc::new(mesh), words, origin, zoom }
    }

    /// Paints the sketch with its origin at `at`.
    pub fn paint(&self, painter: &Painter, at: Pos2) {
        self.paint_shapes(painter, at, self.zoom);
        self.paint_words(painter, at, self.zoom);
    }

    /// Paints the shapes, scaled to `zoom` if they were tessellated at another zoom.
    pub fn paint_shapes(&self, painter: &Painter, at: Pos2, zoom: f32) {
        if !self.mesh.is_empty() {
            let mut shape = Shape::Mesh(Arc::clone(&self.mesh));
            shape.transform(TSTransform { scaling: zoom / self.zoom, translation: at.to_vec2() });
            painter.add(shape);
        }
    }

    /// Paints the text at its positions under `zoom`, in the size for the zoom of the sketch.
    pub fn paint_words(&self, painter: &Painter, at: Pos2, zoom: f32) {
        let clip = painter.clip_rect().expand(200.0);
        for text in &self.words {
            let on_screen = at + screen((text.at - self.origin) * zoom).to_vec2();
            if clip.contains(on_screen) {
                words(painter, text, on_screen, self.zoom);
            }
        }
    }
}

fn screen(at: Point) -> Pos2 {
    pos2(at.x, at.y)
}

/// Conversion from map units to screen points.
struct Scale<'a> {
    zoom: f32,
    /// Width of egui's anti-aliasing in points: one screen pixel.
    feather: f32,
    place: &'a dyn Fn(Point) -> Pos2,
}

fn shapes(
    outline: &Outline,
    fill: Color32,
    line: Stroke,
    pattern: Option<(f32, f32)>,
    scale: &Scale<'_>,
) -> Vec<Shape> {
    let Scale { zoom, feather, place } = *scale;
    if let Some((on, off)) = pattern.filter(|(on, off)| on + off < FINEST_PATTERN * feather) {
        // Too fine to draw: a solid line, paler in proportion to the gaps.
        let pale = Stroke::new(line.width, line.color.gamma_multiply(on / (on + off)));
        return self::shapes(outline, fill, pale, None, scale);
    }
    if let Some((on, off)) = pattern {
        let mut shapes = Vec::new();
        if fill != Color32::TRANSPARENT {
            shapes.extend(self::shapes(outline, fill, Stroke::NONE, None, scale));
        }
        // egui's anti-aliasing lengthens both ends of a line by half a pixel, which would turn dots
        // into dashes.
        let way = polyline(outline, zoom, place);
        let (on, off) = ((on - feather).max(0.1), off + feather.min(on));
        shapes.extend(Shape::dashed_line_with_offset(&way, line, &[on], &[off], feather * 0.5));
        return shapes;
    }
    match outline {
        Outline::Circle { centre, radius } => {
            // egui strokes a circle outside its radius; this centres the stroke on the radius.
            let radius = radius * zoom - line.width * 0.5;
            vec![CircleShape { center: place(*centre), radius, fill, stroke: line }.into()]
        }
        Outline::Rounded { rect, corner } => {
            let rect = Rect::from_min_max(place(rect.min), place(rect.max));
            #[expect(
                clippy::cast_possible_truncation,
                clippy::cast_sign_loss,
                reason = "clamped to a byte"
            )]
            let corner = CornerRadius::same((corner * zoom).round().clamp(0.0, 255.0) as u8);
            vec![RectShape::new(rect, corner, fill, line, StrokeKind::Middle).into()]
        }
        Outline::Polygon(points) => {
            vec![
                PathShape::convex_polygon(points.iter().copied().map(place).collect(), fill, line)
                    .into(),
            ]
        }
        Outline::Curve(curve) => vec![curve_shape(curve, line, place).into()],
        Outline::Line(start, end) => vec![Shape::line_segment([place(*start), place(*end)], line)],
    }
}

fn curve_shape(curve: &Curve, line: Stroke, place: &dyn Fn(Point) -> Pos2) -> QuadraticBezierShape {
    let points = [place(curve.start), place(curve.control), place(curve.end)];
    QuadraticBezierShape::from_points_stroke(points, false, Color32::TRANSPARENT, line)
}

/// The outline as a polyline, for dashes.
fn polyline(outline: &Outline, zoom: f32, place: &dyn Fn(Point) -> Pos2) -> Vec<Pos2> {
    match outline {
        Outline::Circle { centre, radius } => {
            let centre = place(*centre);
            (0_u8..=64)
                .map(|step| {
                    centre
                        + Vec2::angled(f32::from(step) / 64.0 * std::f32::consts::TAU)
                            * *radius
                            * zoom
                })
                .collect()
        }
        Outline::Rounded { rect, .. } => {
            let (min, max) = (place(rect.min), place(rect.max));
            vec![min, pos2(max.x, min.y), max, pos2(min.x, max.y), min]
        }
        Outline::Polygon(points) => {
            points.iter().chain(points.first()).copied().map(place).collect()
        }
        Outline::Curve(curve) => curve.points(48).into_iter().map(place).collect(),
        Outline::Line(start, end) => vec![place(*start), place(*end)],
    }
}

fn words(painter: &Painter, text: &Text, at: Pos2, zoom: f32) {
    let ink = color(text.color);
    let galley = painter.layout_no_wrap(
        visual(&text.content).into_owned(),
        font(text.size * zoom, text.weight),
        ink,
    );
    let width = galley.size().x;
    let left = match text.anchor {
        Anchor::Start => 0.0,
        Anchor::Middle => width / 2.0,
        Anchor::End => width,
    };
    let baseline =
        galley.rows.first().and_then(|row| row.glyphs.first()).map_or(0.0, |glyph| glyph.pos.y);
    let corner = at - vec2(left, baseline);
    if let Some((rim, rim_width)) = text.halo {
        let reach = rim_width * zoom * 0.5;
        for direction in 0_u8..8 {
            let offset = Vec2::angled(f32::from(direction) * std::f32::consts::FRAC_PI_4) * reach;
            painter.add(
                TextShape::new(corner + offset, Arc::clone(&galley), ink)
                    .with_override_text_color(color(rim)),
            );
        }
    }
    painter.add(TextShape::new(corner, galley, ink));
}
