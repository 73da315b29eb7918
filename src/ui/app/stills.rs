//! Draws the pictures that stand for the map while the view moves (`ui/canvas/still.rs`).

use egui::{ColorImage, Context, TextureOptions};

use super::exporting::Subject;
use super::jobs::{Done, DrawnStill, Job};
use super::program::App;
use crate::geometry::{Point, point};
use crate::progress::Progress;
use crate::scene::camera::Camera;
use crate::scene::page::parts::Parts;

/// How much a picture reaches beyond each side of the view, as a share of the view.
const BEYOND: f32 = 0.3;

impl App {
    /// Starts to draw a picture of the map if the canvas wants one.
    pub(super) fn update_stills(&mut self, ctx: &Context) {
        let Some(key) = self.session.canvas.ask_for_still() else { return };
        let (mut page, _) = self.page_on_screen(ctx);
        page.parts = Parts::none();
        page.is_transparent = false;
        let document = &self.session.document;
        let dragged = key.without().iter().filter_map(|actor| document.map().actors.get(*actor));
        page.view.settings.hidden_actors.extend(dragged.map(|actor| actor.id.clone()));
        // What fits into a texture.
        let most = u32::try_from(ctx.input(|input| input.max_texture_side)).unwrap_or(u32::MAX);
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            clippy::cast_precision_loss,
            reason = "sides are below 2^24"
        )]
        let beyond = |side: u32| {
            let beyond = (side as f32 * BEYOND) as u32;
            side + 2 * beyond.min(most.saturating_sub(side) / 2)
        };
        (page.width_px, page.height_px) = (beyond(page.width_px), beyond(page.height_px));
        let pixels_per_point = ctx.pixels_per_point();
        #[expect(clippy::cast_precision_loss, reason = "sides are below 2^24")]
        let size = point(page.width_px as f32, page.height_px as f32) * (1.0 / pixels_per_point);
        let failed_key = key.clone();
        let Some(camera) = page.camera else {
            self.session.canvas.add_still(
                key,
                Camera { centre: Point::default(), zoom: 1.0 },
                size,
                None,
            );
            return;
        };
        let camera = Camera { zoom: camera.zoom / pixels_per_point, ..camera };
        let document = &self.session.document;
        let (map, positions) = (document.shared_map(), document.shared_positions());
        let subject = Subject { map, positions, page };
        let job = Job::new("", "The map was not drawn").for_document(document.number());
        let job = job.or_else(move |_| {
            let still = DrawnStill { key: failed_key, camera, page: size, pixels: None };
            Done::Still(Box::new(still))
        });
        self.jobs.start(ctx, job, move || {
            let picture = subject.picture();
            let pixels = picture.and_then(|picture| picture.to_pixels(&Progress::default())).ok();
            Done::Still(Box::new(DrawnStill { key, camera, page: size, pixels }))
        });
    }

    /// Hands a picture to the canvas.
    pub(super) fn still_drawn(&mut self, ctx: &Context, still: DrawnStill) {
        let DrawnStill { key, camera, page, pixels } = still;
        let texture = pixels.map(|pixels| {
            // Opaque, so that it does not matter that the colours are not premultiplied.
            let image = ColorImage::from_rgba_premultiplied(pixels.size, &pixels.rgba);
            ctx.load_texture("still", image, TextureOptions::LINEAR)
        });
        self.session.canvas.add_still(key, camera, page, texture);
    }
}
