//! Everything around the map on a page: title, legend, marking and notes.

use super::content::covered;
use super::parts::Parts;
use super::{corners, legend, title, withheld};
use crate::geometry::{self, Point, Rect};
use crate::model::Map;
use crate::scene::camera::Camera;
use crate::scene::frame::Frame;
use crate::scene::picture::build::Scene;
use crate::scene::picture::drawn::Drawn;
use crate::scene::primitive::Mark;
use crate::scene::shown::Shown;
use crate::scene::theme::Theme;
use crate::scene::view::View;
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
    /// The area of the line below the heading, which tells what is not shown; `None` if it is not
    /// drawn.
    pub about: Option<Rect>,
    /// The area of the legend, if it is drawn. Actors are kept clear of it where possible.
    pub legend: Option<Rect>,
    /// The areas of the marking and of the notes.
    pub notes: Vec<Rect>,
}

impl Furniture {
    /// The frame of a page of size `page` and magnification `scale`, with this furniture, under
    /// `camera`.
    #[must_use]
    pub fn frame(&self, camera: &Camera, page: Point, scale: f32) -> Frame {
        Frame::new(self.taken(), camera, page, scale)
    }

    /// True if `other` has a title of the same height, and the same legend and notes. A longer
    /// title that needs no further line counts as the same; see [`Self::is_clear`].
    #[must_use]
    pub fn leaves_as_much(&self, other: &Self) -> bool {
        let is_same = |a: &Rect, b: &Rect| {
            let moved = (a.min - b.min).length() + (a.max - b.max).length();
            moved < 1.0
        };
        let is_title_same = (self.title.max.y - other.title.max.y).abs() < 1.0;
        let own = self.legend.iter().chain(&self.notes);
        let others = other.legend.iter().chain(&other.notes);
        is_title_same
            && self.legend.is_some() == other.legend.is_some()
            && self.notes.len() == other.notes.len()
            && own.zip(others).all(|(a, b)| is_same(a, b))
    }

    /// True if all that a scene draws is on the page, and nothing of it under title, legend or
    /// notes.
    #[must_use]
    pub fn is_clear(&self, scene: &Scene, camera: &Camera, page: Point) -> bool {
        let whole = Rect { min: Point::default(), max: page };
        let is_clear = |rect: &Rect| {
            let on_page = rect.overlap(&whole) > rect.width() * rect.height() - 1.0;
            on_page && self.taken().all(|taken| taken.overlap(rect) < 1.0)
        };
        covered(scene, camera, page).iter().all(is_clear)
    }

    /// Of what a scene draws: how much of it title, legend and notes cover, and the share that is
    /// on the page, 0 to 1.
    #[must_use]
    #[expect(clippy::cast_precision_loss, reason = "a share")]
    pub fn covers(&self, scene: &Scene, camera: &Camera, page: Point) -> (usize, f32) {
        let whole = Rect { min: Point::default(), max: page };
        let drawn = covered(scene, camera, page);
        let is_covered = |rect: &&Rect| self.taken().any(|taken| taken.overlap(rect) >= 1.0);
        let on_page = drawn.iter().filter(|rect| rect.overlap(&whole) > 0.0).count();
        let share = on_page as f32 / drawn.len().max(1) as f32;
        (drawn.iter().filter(is_covered).count(), share)
    }

    /// The areas that something around the map covers.
    pub fn taken(&self) -> impl Iterator<Item = &Rect> {
        std::iter::once(&self.title).chain(&self.legend).chain(&self.notes)
    }
}

/// Builds title, legend, marking and notes of a page, as far as `parts` includes them.
#[must_use]
#[expect(clippy::too_many_arguments, reason = "all that surrounds a map")]
pub fn furnish(
    map: &Map,
    (view, shown): (&View, &Shown),
    drawn: &Drawn,
    parts: &Parts,
    page: Point,
    scale: f32,
    theme: &Theme,
    measure: &dyn Measure,
) -> Furniture {
    let not_drawn = withheld::words(map, shown);
    let corners = corners::build(map, parts, &not_drawn, page, scale, theme, measure);
    let title::Title { mark: title, rect: title_rect, about } =
        title::build(map, (shown, view), parts, page.x - corners.head_width, scale, theme, measure);
    let has_title = parts.title || parts.about;
    let title_rect =
        if has_title { title_rect } else { Rect { max: title_rect.min, ..title_rect } };
    let foot = geometry::point(page.x, page.y - corners.foot_height);
    let legend = legend::build(drawn, (page, foot.y), scale, theme, measure);
    let legend = legend.filter(|_| parts.legend);
    // The marking at the upper right can reach farther down than the title.
    let head = corners.areas.iter().map(|area| area.max.y).filter(|end| *end < page.y * 0.5);
    let top = head.fold(title_rect.max.y, f32::max);
    let free = Rect { min: geometry::point(0.0, top), max: foot }.grown(-10.0 * scale);
    let mut marks: Vec<Mark> =
        Some(title).filter(|_| has_title).into_iter().chain(corners.mark).collect();
    let legend = legend.map(|(mark, rect)| {
        marks.push(mark);
        rect
    });
    Furniture {
        marks,
        free,
        title: title_rect.grown(8.0 * scale),
        about,
        legend,
        notes: corners.areas,
    }
}
