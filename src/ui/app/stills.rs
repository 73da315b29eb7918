//! What is worked out for a large map on worker threads: the pictures that stand for it
//! (`ui/canvas/still.rs`), and its camps.

use egui::{ColorImage, Context, TextureOptions};

use super::jobs::{Done, Job};
use super::program::App;
use super::showing::{FINDING_CAMPS, camp_words};
use crate::analysis::camps;
use crate::edit::FormVersion;
use crate::model::PerActor;
use crate::ui::canvas::DrawnStill;

impl App {
    /// Starts to draw a picture of the map if the canvas wants one.
    pub(super) fn update_stills(&mut self, ctx: &Context) {
        let Some(key) = self.session.canvas.ask_for_still() else { return };
        // What fits into a texture.
        let most = u32::try_from(ctx.input(|input| input.max_texture_side)).unwrap_or(u32::MAX);
        let order = self.session.canvas.still_order(&self.workspace(), key, most);
        let failed = order.failed();
        let job = Job::new("", "The map was not drawn");
        let job = job.for_document(self.session.document.number());
        let job = job.or_else(move |_| Done::Still(Box::new(failed)));
        self.jobs.start(ctx, job, move || Done::Still(Box::new(order.draw())));
    }

    /// Starts to find the camps of a large map if they are shown.
    pub(super) fn update_camps(&mut self, ctx: &Context) {
        let Some(version) = self.session.camps_to_find() else { return };
        let document = &self.session.document;
        let (map, index) = (document.shared_map(), document.shared_index());
        let job = Job::new("Finding camps", "Camps were not found").for_document(document.number());
        let job = job.or_else(move |_| Done::Camps(version, None));
        self.jobs.start(ctx, job, move || Done::Camps(version, Some(camps::of_map(&map, &index))));
    }

    /// Shows the camps of a large map.
    pub(super) fn camps_found(
        &mut self,
        version: FormVersion,
        camps: Option<PerActor<Option<u16>>>,
    ) {
        // Only where somebody waits for them.
        let is_first = self.session.camps().is_none() && self.news == FINDING_CAMPS;
        self.session.set_camps(version, camps);
        if let Some(count) = self.session.camps().filter(|_| is_first) {
            self.tell(camp_words(count));
        }
    }

    /// Hands a picture to the canvas.
    pub(super) fn still_drawn(&mut self, ctx: &Context, mut still: DrawnStill) {
        let texture = still.pixels.take().map(|pixels| {
            // Opaque, so that it does not matter that the colours are not premultiplied.
            let image = ColorImage::from_rgba_premultiplied(pixels.size, &pixels.rgba);
            ctx.load_texture("still", image, TextureOptions::LINEAR)
        });
        self.session.canvas.add_still(still, texture);
    }
}
