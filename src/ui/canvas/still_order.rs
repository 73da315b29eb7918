//! What is needed to draw a picture that stands for the map, on any thread.

use std::sync::Arc;

use super::still::StillKey;
use crate::export::{Known, Page, Picture, Pixels};
use crate::geometry::Point;
use crate::model::{ActorId, ActorIndex, Map, PerActor};
use crate::progress::Progress;
use crate::scene::camera::Camera;
use crate::scene::shown::Shown;

/// An order for a picture that stands for the map.
pub struct StillOrder {
    pub(super) key: StillKey,
    pub(super) map: Arc<Map>,
    pub(super) positions: Arc<PerActor<Point>>,
    pub(super) page: Page,
    pub(super) known: Known,
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
        let Self { map, positions, mut page, mut known, .. } = self;
        // A large map leaves out what is dragged itself.
        if !known.without.is_empty() && known.overview.is_none() {
            let dragged = known.without.iter().filter_map(|actor| map.actors.get(*actor));
            let dragged: Vec<ActorId> = dragged.map(|actor| actor.id.clone()).collect();
            page.view.settings.hidden_actors.extend(dragged);
            known.shown = Arc::new(Shown::of(&map, &known.index, &page.view));
        }
        if let Ok(picture) = Picture::with(&map, &positions, &page, known) {
            let scene = picture.scene();
            drawn.busiest = scene.busiest;
            if scene.has_dots {
                drawn.named = scene.names.iter().map(|name| name.actor).collect();
            }
            drawn.pixels = picture.to_pixels(&Progress::default()).ok();
        }
        drawn
    }
}
