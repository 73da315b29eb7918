//! Camera movement: fitting, zooming, panning, focusing.

use egui::Vec2;

use super::state::Canvas;
use crate::geometry::{Point, point};
use crate::scene::camera::Camera;

/// Factor of one zoom step.
const ZOOM_STEP: f32 = 1.25;

/// Minimum symbol scale (screen points per pixel at 100 %) at which an actor and its ties are
/// readable.
const READABLE: f32 = 0.55;

/// A point that is nearer to the edge of the view is brought into view, in points: the shape of an
/// actor there would be cut off.
const EDGE: f32 = 40.0;

impl Canvas {
    /// Fits the whole map into the view in the next frame.
    pub fn fit(&mut self) {
        self.hovered_line = None;
        self.is_fit_wanted = true;
    }

    /// Zooms in by `steps` steps around the middle of the view; a negative number zooms out.
    pub fn zoom_steps(&mut self, steps: i32) {
        let middle = self.page * 0.5;
        if let Some(camera) = self.camera {
            self.look(camera.zoomed(ZOOM_STEP.powi(steps), middle, self.page));
        }
    }

    /// Moves the view by a distance in screen points.
    pub fn pan(&mut self, way: Vec2) {
        if let Some(camera) = self.camera {
            self.look(Camera {
                centre: camera.centre + point(way.x, way.y) * (1.0 / camera.zoom),
                ..camera
            });
        }
    }

    /// Number of actors and ties in view or just outside it.
    #[must_use]
    pub fn in_view(&self) -> usize {
        self.part().map_or(
            self.overview.actor_looks.len() + self.overview.line_looks.len(),
            crate::scene::crowd::in_view::InView::len,
        )
    }

    /// Centres the view on a map point unless it is already visible and away from the edges.
    pub fn focus(&mut self, at: Point) {
        let Some(camera) = self.camera else { return };
        let on_page = camera.page_from_map(at, self.page);
        let margin = EDGE.min(self.page.x / 4.0).min(self.page.y / 4.0);
        let is_in_view = (margin..=self.page.x - margin).contains(&on_page.x)
            && (margin..=self.page.y - margin).contains(&on_page.y);
        if !is_in_view {
            self.look(Camera { centre: at, ..camera });
        }
    }

    /// Centres the view on a map point and zooms in until the symbols there are readable.
    pub fn focus_close(&mut self, at: Point) {
        let pixel = self.pixel();
        let Some(camera) = self.camera.filter(|_| pixel < READABLE) else { return self.focus(at) };
        // Exact in crowded maps, where symbols grow with the zoom; elsewhere they grow more slowly.
        self.look(Camera { centre: at, zoom: camera.zoom * READABLE / pixel.max(1e-4) });
    }

    /// Sets the camera. The zoom is limited relative to the last fit, so that the map stays
    /// findable.
    pub(super) fn look(&mut self, camera: Camera) {
        let zoom = camera.zoom.clamp(self.fit_zoom * 0.25, (self.fit_zoom * 12.0).max(6.0));
        let is_at_an_end = (zoom - camera.zoom).abs() > f32::EPSILON;
        match self.camera.filter(|_| is_at_an_end) {
            Some(before) if (before.zoom - zoom).abs() < 1e-6 => {}
            _ => self.camera = Some(Camera { zoom, ..camera }),
        }
        self.is_fitted = false;
        // Another element may be under the pointer now.
        self.hovered_line = None;
    }
}
