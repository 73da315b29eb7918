//! A page as it lies on the map.

use super::camera::Camera;
use crate::geometry::{Point, Rect};

/// The page as it lay on the map when all of it was shown, in map units.
#[derive(Clone, Debug, PartialEq)]
pub struct Frame {
    /// What the page shows.
    pub visible: Rect,
    /// Where title and legend lie.
    pub taken: Vec<Rect>,
}

impl Frame {
    /// The frame of a page under a camera; `taken` in page pixels.
    #[must_use]
    pub fn new<'a>(taken: impl Iterator<Item = &'a Rect>, camera: &Camera, page: Point) -> Self {
        let on_map = |rect: &Rect| Rect {
            min: camera.map_from_page(rect.min, page),
            max: camera.map_from_page(rect.max, page),
        };
        let visible = on_map(&Rect { min: Point::default(), max: page });
        Self { visible, taken: taken.map(on_map).collect() }
    }
}
