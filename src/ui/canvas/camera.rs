//! Where the camera looks: fitting, zooming, moving.

use eframe::egui::Vec2;

use super::state::Canvas;
use crate::geometry::{Point, point};
use crate::scene::camera::Camera;

const ZOOM_STEP: f32 = 1.25;

/// Pixels for one at 100 % from which on an actor and his ties can be read.
const READABLE: f32 = 0.55;

impl Canvas {
    /// Shows everything at the next frame.
    pub fn fit(&mut self) {
        self.hovered_tie = None;
        self.is_fit_wanted = true;
    }

    /// Zooms by steps around the middle.
    pub fn zoom_steps(&mut self, steps: i32) {
        let middle = self.page * 0.5;
        if let Some(camera) = self.camera {
            self.look(camera.zoomed(ZOOM_STEP.powi(steps), middle, self.page));
        }
    }

    /// Moves the view by points on the screen.
    pub fn pan(&mut self, way: Vec2) {
        if let Some(camera) = self.camera {
            self.look(Camera {
                centre: camera.centre + point(way.x, way.y) * (1.0 / camera.zoom),
                ..camera
            });
        }
    }

    /// How many actors and ties are in view or just beside it.
    #[must_use]
    pub fn in_view(&self) -> usize {
        self.part().map_or(
            self.overview.dots.len() + self.overview.threads.len(),
            super::crowd::mesh::MeshPart::len,
        )
    }

    /// Brings a map point into the middle, if it is not well in view.
    pub fn focus(&mut self, at: Point) {
        let Some(camera) = self.camera else { return };
        let on_page = camera.page_from_map(at, self.page);
        let margin = 90.0_f32.min(self.page.x / 4.0).min(self.page.y / 4.0);
        let is_in_view = (margin..=self.page.x - margin).contains(&on_page.x)
            && (margin..=self.page.y - margin).contains(&on_page.y);
        if !is_in_view {
            self.look(Camera { centre: at, ..camera });
        }
    }

    /// Brings a map point into the middle, near enough to read what is there.
    pub fn focus_close(&mut self, at: Point) {
        let pixel = self.pixel();
        let Some(camera) = self.camera.filter(|_| pixel < READABLE) else { return self.focus(at) };
        // In a crowd symbols grow with the zoom, elsewhere more slowly.
        self.look(Camera { centre: at, zoom: camera.zoom * READABLE / pixel.max(1e-4) });
    }

    /// Looks elsewhere, but not so far away or so near that the map is lost.
    pub(super) fn look(&mut self, camera: Camera) {
        let zoom = camera.zoom.clamp(self.fit_zoom * 0.25, (self.fit_zoom * 12.0).max(6.0));
        let is_at_an_end = (zoom - camera.zoom).abs() > f32::EPSILON;
        match self.camera.filter(|_| is_at_an_end) {
            Some(before) if (before.zoom - zoom).abs() < 1e-6 => {}
            _ => self.camera = Some(Camera { zoom, ..camera }),
        }
        self.is_fitted = false;
        // What was under the pointer has gone elsewhere.
        self.hovered_tie = None;
    }
}
