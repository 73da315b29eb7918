//! What stands around the map on a page.

use super::camera::Camera;
use super::legend;
use super::note::{self, Parts};
use super::primitive::Mark;
use super::theme::Theme;
use super::{View, shown_relations, title};
use crate::geometry::{self, Point, Rect};
use crate::model::Map;
use crate::text::Measure;

/// The page as it lay on the map when all of it was shown, in map units.
#[derive(Clone, Debug, PartialEq)]
pub struct Frame {
    /// What the page shows.
    pub visible: Rect,
    /// Where title and legend lie.
    pub taken: Vec<Rect>,
}

impl Frame {
    /// The frame of a page with its furniture under a camera.
    #[must_use]
    pub fn new(furniture: &Furniture, camera: &Camera, page: Point) -> Self {
        let on_map =
            |rect: &Rect| Rect { min: camera.map_from_page(rect.min, page), max: camera.map_from_page(rect.max, page) };
        let taken = std::iter::once(&furniture.title).chain(&furniture.legend).map(on_map).collect();
        Self { visible: on_map(&Rect { min: Point::default(), max: page }), taken }
    }
}

/// Title and legend for a page, in page pixels.
#[derive(Clone, Debug)]
pub struct Furniture {
    pub marks: Vec<Mark>,
    /// The part of the page that is left for the map.
    pub free: Rect,
    /// Where the title lies.
    pub title: Rect,
    /// Where the legend lies; the map keeps clear of it where it can.
    pub legend: Option<Rect>,
}

/// Builds what stands around the map on a page: those of title, legend, marking and notes that are wanted.
#[must_use]
pub fn furnish(
    map: &Map,
    view: &View,
    parts: &Parts,
    page: Point,
    scale: f32,
    theme: &Theme,
    measure: &dyn Measure,
) -> Furniture {
    let shown = shown_relations(map, view);
    let drawn = super::drawn(map, view, &shown);
    let corners = note::build(map, parts, page, scale, theme, measure);
    let hidden = map.relations.len() - shown.len();
    let (title, title_rect) =
        title::build(map, (hidden, &view.filter), parts, page.x - corners.head_width, scale, theme, measure);
    let has_title = parts.title || parts.about;
    let title_rect = if has_title { title_rect } else { Rect { max: title_rect.min, ..title_rect } };
    let legend = legend::build(&drawn, page, scale, theme, measure).filter(|_| parts.legend);
    let foot = geometry::point(page.x, page.y - corners.foot_height);
    let free = Rect { min: geometry::point(0.0, title_rect.max.y), max: foot }.grown(-10.0 * scale);
    let mut marks: Vec<Mark> = Some(title).filter(|_| has_title).into_iter().chain(corners.mark).collect();
    let legend = legend.map(|(mark, rect)| {
        marks.push(mark);
        rect
    });
    Furniture { marks, free, title: title_rect.grown(8.0 * scale), legend }
}
