//! Badges: the signs of lines with their counts, as small shapes with a text.

use super::slide::{Look, Slide};
use super::text::{Align, Row, body};
use super::words::{around, row};
use super::xml::{Shape, bounds};
use crate::geometry::{Curve, Point, Rect, point};
use crate::model::LineIndex;
use crate::scene::line_words;
use crate::scene::lines::Strand;
use crate::scene::picture::edge::Route;
use crate::scene::primitive::{Anchor, Mark, Outline, Text};
use crate::text::Weight;

/// Where on a line a badge is tried if another is in its place.
const SHARES: [f32; 6] = [0.5, 0.35, 0.65, 0.25, 0.75, 0.2];

impl Slide<'_> {
    /// Finds how far each badge has to move, in pixels, so that it lies on the connector of its line
    /// instead of the line of the picture, and on no other badge.
    pub fn find_shifts(&mut self) {
        let scene = &self.picture.scene;
        let mut taken: Vec<Rect> = Vec::new();
        for ((at, route), badge) in scene.routes.iter().zip(&scene.badges) {
            let (Some(badge), Route::Curve(curve)) = (badge, route) else { continue };
            let [start, end] = [curve.start, curve.end].map(|end| self.on_page(end));
            let course = self.course(*at, route, [start, end]);
            let place = |share: f32| course.at(start, end, share);
            let half = badge.half * self.picture.camera.zoom;
            let area = |share: f32| {
                let at = place(share);
                Rect::around(at, half.x, half.y)
            };
            let is_free = |share: &f32| {
                let area = area(*share);
                taken.iter().all(|other| other.overlap(&area) <= 0.0)
            };
            let share = std::iter::once(badge.along).chain(SHARES).find(is_free);
            let share = share.unwrap_or(badge.along);
            taken.push(area(share));
            self.shifts.insert(*at, place(share) - self.on_page(badge.at));
        }
    }

    /// Signs of a line with their counts, or the label of a line.
    pub fn badge(&mut self, at: LineIndex, mark: &Mark) {
        let (mut shapes, mut texts) = self.parts(mark);
        let shift = self.shifts.get(&at).copied().unwrap_or_default();
        for (outline, ..) in &mut shapes {
            *outline = moved(outline, shift);
        }
        for text in &mut texts {
            text.at = text.at + shift;
        }
        let picture = self.picture;
        let about = line_words::line(picture.map, &picture.index, picture.shown.lines(), at);
        let is_closed =
            |outline: &Outline| matches!(outline, Outline::Circle { .. } | Outline::Rounded { .. });
        let mut bars: Vec<Look> = Vec::new();
        let closed: Vec<_> = shapes
            .into_iter()
            .filter_map(|shape| {
                if is_closed(&shape.0) {
                    Some(shape)
                } else {
                    bars.push(shape);
                    None
                }
            })
            .collect();
        if closed.is_empty() {
            for text in &texts {
                self.text_box(std::slice::from_ref(text), &about);
            }
            return;
        }
        let signs: Vec<Strand> = picture
            .shown
            .lines()
            .get(at)
            .into_iter()
            .flat_map(|line| line.strands().copied())
            .collect();
        for (outline, fill, stroke) in closed {
            let area = bounds(&outline);
            // The text that lies in this shape, or the sign that bars draw in it.
            let inside = stroke.is_some().then(|| {
                let at = texts
                    .iter()
                    .position(|text| area.contains(text.at - point(0.0, 0.36 * text.size)))?;
                Some(texts.remove(at))
            });
            let drawn = inside.flatten().or_else(|| Self::sign(&area, &bars, &signs));
            let rows: Vec<Row> = drawn.iter().map(|text| row(text, &self.picture.fonts)).collect();
            let text = body(&rows, Align::Middle, self.scale);
            let id = self.id();
            let shape = Shape {
                id,
                name: "Badge",
                about: &about,
                outline: &outline,
                fill,
                stroke: stroke.as_ref(),
                sites: &[],
                text_at: drawn
                    .as_ref()
                    .map_or(area, |text| around(std::slice::from_ref(text), picture)),
                text: if rows.is_empty() { "" } else { &text },
            };
            shape.write(&mut self.xml, self.scale);
        }
        for text in &texts {
            self.text_box(std::slice::from_ref(text), &about);
        }
    }

    /// The sign in a circle, as a text in place of its bars.
    fn sign(area: &Rect, bars: &[Look], strands: &[Strand]) -> Option<Text> {
        let inside = bars.iter().filter(|(outline, ..)| area.contains(bounds(outline).centre()));
        let bars: Vec<_> = inside.collect();
        let (_, _, stroke) = bars.first()?;
        let content = match bars.len() {
            1 => "\u{2212}",
            2 => "+",
            _ => "\u{b1}",
        };
        // A sign of neutral ties has no bars.
        strands.first()?;
        let size = area.height() * 0.9;
        Some(Text {
            at: area.centre() + point(0.0, 0.36 * size),
            anchor: Anchor::Middle,
            content: content.to_owned(),
            size,
            weight: Weight::Bold,
            color: stroke.as_ref()?.color,
            halo: None,
        })
    }
}

/// An outline elsewhere.
fn moved(outline: &Outline, by: Point) -> Outline {
    match outline {
        Outline::Circle { centre, radius } => {
            Outline::Circle { centre: *centre + by, radius: *radius }
        }
        Outline::Rounded { rect, corner } => {
            Outline::Rounded { rect: rect.moved(by), corner: *corner }
        }
        Outline::Polygon(points) => {
            Outline::Polygon(points.iter().map(|point| *point + by).collect())
        }
        Outline::Curve(curve) => Outline::Curve(Curve {
            start: curve.start + by,
            control: curve.control + by,
            end: curve.end + by,
        }),
        Outline::Line(start, end) => Outline::Line(*start + by, *end + by),
    }
}
