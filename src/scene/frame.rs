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
    /// Smallest font size of the labels of ties, in page pixels at scale 1: what can be read from a
    /// distance when the page fills a screen.
    pub label_px: f32,
}

/// Smallest font size of labels on a page whose shorter side is `LABEL_PAGE_PX`.
const LABEL_PX: f32 = 14.0;
const LABEL_PAGE_PX: f32 = 1080.0;

impl Frame {
    /// The frame of a page of size `page` and magnification `scale` under `camera`. `taken` is in
    /// page pixels.
    #[must_use]
    pub fn new<'a>(
        taken: impl Iterator<Item = &'a Rect>,
        camera: &Camera,
        page: Point,
        scale: f32,
    ) -> Self {
        let on_map = |rect: &Rect| Rect {
            min: camera.map_from_page(rect.min, page),
            max: camera.map_from_page(rect.max, page),
        };
        let visible = on_map(&Rect { min: Point::default(), max: page });
        let label_px = page.x.min(page.y) / scale * (LABEL_PX / LABEL_PAGE_PX);
        Self { visible, taken: taken.map(on_map).collect(), label_px }
    }
}
