//! Badges: the signs of lines with their counts, as small shapes with a text.

use foldhash::HashMap;

use super::course::Course;
use super::slide::{Look, Slide};
use super::text::{Align, Row, body};
use super::words::{around, row};
use super::xml::{Shape, bounds};
use crate::geometry::{Curve, Point, Rect, point};
use crate::model::LineIndex;
use crate::scene::line_words;
use crate::scene::lines::Strand;
use crate::scene::picture::edge::Route;
use crate::scene::picture::occupied::OccupiedGrid;
use crate::scene::primitive::{Anchor, Mark, Outline, Text};
use crate::text::Weight;

/// Where on a line a badge is tried if something is in its place.
const SHARES: [f32; 9] = [0.5, 0.42, 0.58, 0.35, 0.65, 0.28, 0.72, 0.22, 0.78];
/// Distance of a badge in another place from the ends of its line, in pixels of the page: an
/// arrowhead.
const FROM_ENDS_PX: f32 = 14.0;
/// Up to this number of lines, badges avoid the lines of others.
const AVOIDED_AT_MOST: usize = 2000;
/// Distance of the places at which a line is looked at, in pixels of the page.
const PROBE_PX: f32 = 4.0;

/// A line on the slide.
struct Drawn {
    course: Course,
    ends: [Point; 2],
}

impl Drawn {
    fn at(&self, share: f32) -> Point {
        self.course.at(self.ends[0], self.ends[1], share)
    }

    /// Small areas all along the line.
    fn areas(&self) -> impl Iterator<Item = Rect> + '_ {
        let length = (self.ends[1] - self.ends[0]).length();
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "a few hundred"
        )]
        let count = (length / PROBE_PX).clamp(2.0, 500.0) as u16;
        (1..count)
            .map(move |step| Rect::around(self.at(f32::from(step) / f32::from(count)), 1.0, 1.0))
    }
}

impl Slide<'_> {
    /// Finds how far each badge has to move, in pixels, so that it lies on the connector of its
    /// line instead of the line of the picture, on no other badge, and where possible on no other
    /// line.
    pub fn find_shifts(&mut self) {
        let scene = &self.picture.scene;
        let drawn = |at: LineIndex, route: &Route| {
            let Route::Curve(curve) = route else { return None };
            let ends = [curve.start, curve.end].map(|end| self.on_page(end));
            let course = Course::of(self.picture, &self.parallel, (at, route), ends);
            Some(Drawn { course, ends })
        };
        let zoom = self.picture.camera.zoom;
        let cell =
            scene.badges.iter().flatten().map(|badge| badge.half.x * zoom).fold(4.0, f32::max);
        let mut badges = OccupiedGrid::new(2.0 * cell);
        let mut lines = OccupiedGrid::new(2.0 * cell);
        if scene.routes.len() <= AVOIDED_AT_MOST {
            for line in scene.routes.iter().filter_map(|(at, route)| drawn(*at, route)) {
                line.areas().for_each(|area| lines.add(area));
            }
        }
        let mut shifts = HashMap::default();
        for ((at, route), badge) in scene.routes.iter().zip(&scene.badges) {
            let (Some(badge), Some(line)) = (badge, drawn(*at, route)) else { continue };
            let half = badge.half * zoom;
            let area = |share: f32| {
                let at = line.at(share);
                Rect::around(at, half.x, half.y)
            };
            let is_free = |share: &f32| badges.overlap(&area(*share)) <= 0.0;
            let is_clear = |share: &f32| {
                let area = area(*share);
                let own: f32 = line.areas().map(|part| part.overlap(&area)).sum();
                is_free(share) && lines.overlap(&area) < own + 0.5
            };
            let far = |share: &f32| {
                let at = line.at(*share);
                line.ends.iter().all(|end| (*end - at).length() > half.x + FROM_ENDS_PX)
            };
            let elsewhere = || SHARES.into_iter().filter(far);
            let share = std::iter::once(badge.along).chain(elsewhere()).find(is_clear);
            let share = share.or_else(|| {
                std::iter::once(badge.along).chain(elsewhere()).chain(SHARES).find(is_free)
            });
            let share = share.unwrap_or(badge.along);
            badges.add(area(share));
            shifts.insert(*at, line.at(share) - self.on_page(badge.at));
        }
        self.shifts = shifts;
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
