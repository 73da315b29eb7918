//! What is needed to draw a picture that stands for the map, on any thread.

use std::sync::Arc;

use super::still::StillKey;
use crate::export::{Known, Page, Picture, Pixels, pixels_of};
use crate::geometry::{Point, Rect, point};
use crate::model::{ActorId, ActorIndex, Map, PerActor};
use crate::progress::Progress;
use crate::scene::camera::Camera;
use crate::scene::crowd::build::{Stage, build_around};
use crate::scene::crowd::sheet::Sheet;
use crate::scene::picture::overview::Overview;
use crate::scene::picture::request::Request;
use crate::scene::shown::Shown;

/// An order for a picture that stands for the map.
pub struct StillOrder {
    pub(super) key: StillKey,
    pub(super) map: Arc<Map>,
    pub(super) positions: Arc<PerActor<Point>>,
    pub(super) page: Page,
    pub(super) known: Known,
    /// Given for a large map.
    pub(super) overview: Option<Arc<Overview>>,
    /// What is in view, in map units.
    pub(super) focus: Rect,
    /// In screen points.
    pub(super) camera: Camera,
    /// Size of the page in screen points.
    pub(super) size: Point,
}

/// A picture that stands for the map.
pub struct DrawnStill {
    pub(super) key: StillKey,
    /// In screen points.
    pub(super) camera: Camera,
    /// Size of its page, in screen points.
    pub(super) page: Point,
    /// `None` if it could not be drawn.
    pub pixels: Option<Pixels>,
    /// As in `Scene::busiest`.
    pub(super) busiest: Option<u32>,
    /// Actors with names, if all are dots.
    pub(super) named: Vec<ActorIndex>,
}

impl StillOrder {
    /// The result if the picture cannot be drawn.
    #[must_use]
    pub fn failed(&self) -> DrawnStill {
        let Self { key, camera, size, .. } = self;
        DrawnStill {
            key: key.clone(),
            camera: *camera,
            page: *size,
            pixels: None,
            busiest: None,
            named: Vec::new(),
        }
    }

    /// Draws the picture.
    #[must_use]
    pub fn draw(self) -> DrawnStill {
        let mut drawn = self.failed();
        match self.overview.clone() {
            Some(overview) => self.draw_large(&overview, &mut drawn),
            None => self.draw_small(&mut drawn),
        }
        drawn
    }

    fn draw_small(self, drawn: &mut DrawnStill) {
        let Self { key, map, positions, mut page, mut known, .. } = self;
        if !key.without.is_empty() {
            let dragged = key.without.iter().filter_map(|actor| map.actors.get(*actor));
            let dragged: Vec<ActorId> = dragged.map(|actor| actor.id.clone()).collect();
            page.view.settings.hidden_actors.extend(dragged);
            known.shown = Arc::new(Shown::of(&map, &known.index, &page.view));
        }
        if let Ok(picture) = Picture::with(&map, &positions, &page, known) {
            drawn.pixels = picture.to_pixels(&Progress::default()).ok();
        }
    }

    fn draw_large(self, overview: &Overview, drawn: &mut DrawnStill) {
        let Self { key, map, positions, page, known, focus, .. } = self;
        let Known { index, shown, fonts } = known;
        let Some(camera) = page.camera else { return };
        #[expect(clippy::cast_precision_loss, reason = "sides are below 2^24")]
        let size = point(page.width_px as f32, page.height_px as f32);
        let mut sheet = Sheet::of(&camera, size);
        sheet.focus = focus;
        let request = Request {
            map: &map,
            index: &index,
            positions: &positions,
            view: &page.view,
            shown: &shown,
            zoom: camera.zoom,
            scale: page.scale,
            density: 1.0,
            frame: page.frame.as_ref(),
            theme: &page.theme,
            bows: None,
            without: &key.without,
            part: None,
        };
        let stage = Stage { overview, positions: &positions, theme: &page.theme };
        // Notes are drawn above the picture, so that they can be moved.
        let (mut scene, image) = build_around(&request, stage, &sheet, false, &*fonts);
        // An edit copies the map if it is still held here.
        drop((map, index, shown));
        if let Some(image) = image {
            image.add_to(&mut scene);
        }
        drawn.busiest = scene.busiest;
        if scene.has_dots {
            drawn.named = scene.names.iter().map(|name| name.actor).collect();
        }
        drawn.pixels = pixels_of(&scene.marks, size, &camera, page.theme.ground, &fonts);
    }
}
