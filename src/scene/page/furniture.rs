//! Everything around the map on a page: title, legend, marking and notes.

use super::parts::Parts;
use super::{corners, legend, title};
use crate::geometry::{self, Point, Rect};
use crate::model::Map;
use crate::scene::camera::Camera;
use crate::scene::frame::Frame;
use crate::scene::picture::drawn::Drawn;
use crate::scene::primitive::Mark;
use crate::scene::theme::Theme;
use crate::scene::view::{ShownTies, View};
use crate::text::Measure;

/// Title, legend, marking and notes of a page, in page pixels.
#[derive(Clone, Debug)]
pub struct Furniture {
    /// In drawing order.
    pub marks: Vec<Mark>,
    /// The part of the page that is left for the map.
    pub free: Rect,
    /// The area of the title block.
    pub title: Rect,
    /// The area of the legend, if it is drawn. Actors are kept clear of it where possible.
    pub legend: Option<Rect>,
}

impl Furniture {
    /// The frame of a page of size `page`, with this furniture, under `camera`.
    #[must_use]
    pub fn frame(&self, camera: &Camera, page: Point) -> Frame {
        Frame::new(std::iter::once(&self.title).chain(&self.legend), camera, page)
    }
}

/// Builds title, legend, marking and notes of a page, as far as `parts` includes them.
#[must_use]
pub fn furnish(
    map: &Map,
    (view, shown): (&View, &ShownTies),
    parts: &Parts,
    page: Point,
    scale: f32,
    theme: &Theme,
    measure: &dyn Measure,
) -> Furniture {
    let drawn = Drawn::in_view(map, view, shown.ties());
    let corners = corners::build(map, parts, page, scale, theme, measure);
    let hidden = shown.hidden();
    let (title, title_rect) = title::build(
        map,
        (hidden, view),
        parts,
        page.x - corners.head_width,
        scale,
        theme,
        measure,
    );
    let has_title = parts.title || parts.about;
    let title_rect =
        if has_title { title_rect } else { Rect { max: title_rect.min, ..title_rect } };
    let legend = legend::build(&drawn, page, scale, theme, measure).filter(|_| parts.legend);
    let foot = geometry::point(page.x, page.y - corners.foot_height);
    let free = Rect { min: geometry::point(0.0, title_rect.max.y), max: foot }.grown(-10.0 * scale);
    let mut marks: Vec<Mark> =
        Some(title).filter(|_| has_title).into_iter().chain(corners.mark).collect();
    let legend = legend.map(|(mark, rect)| {
        marks.push(mark);
        rect
    });
    Furniture { marks, free, title: title_rect.grown(8.0 * scale), legend }
}
