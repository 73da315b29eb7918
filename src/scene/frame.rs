//! The page in map coordinates.

use super::camera::Camera;
use crate::geometry::{Point, Rect};

/// The page in map units, as it was when the whole map was last fitted to it. Names are placed
/// relative to this frame, so panning does not move them.
#[derive(Clone, Debug, PartialEq)]
pub struct Frame {
    /// The area that the page shows.
    pub visible: Rect,
    /// The areas that title and legend cover.
    pub taken: Vec<Rect>,
}

impl Frame {
    /// The frame of a page of size `page` under `camera`. `taken` is in page pixels.
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
