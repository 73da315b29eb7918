//! Layout animation: actors glide from their old positions to the new ones, so that the user can
//! follow them.

use egui::Context;

use super::state::{Canvas, Glide};
use crate::geometry::Point;
use crate::model::PerActor;

/// Duration of the animation, in seconds.
const DURATION: f64 = 0.4;

impl Canvas {
    /// Starts the animation from the positions `from`, unless the system asks for reduced motion,
    /// or the view is so crowded that no actor could be followed.
    pub fn glide(&mut self, ctx: &Context, from: PerActor<Point>) {
        let started = ctx.input(|input| input.time);
        let is_moving = ctx.global_style().animation_time > 0.0;
        let is_moving = is_moving && !self.is_crowded();
        self.glide = is_moving.then_some(Glide { from, started, share: 0.0 });
    }

    /// Advances the animation and returns its eased progress, 0 to 1; 1 if none is running.
    pub(super) fn glided(&mut self, ctx: &Context) -> f32 {
        let Some(glide) = &mut self.glide else { return 1.0 };
        let now = ctx.input(|input| input.time);
        #[expect(clippy::cast_possible_truncation, reason = "a fraction between 0 and 1")]
        let share = ((now - glide.started) / DURATION).clamp(0.0, 1.0) as f32;
        // Smoothstep: slow at both ends.
        glide.share = share * share * (3.0 - 2.0 * share);
        if share >= 1.0 {
            self.glide = None;
            return 1.0;
        }
        ctx.request_repaint();
        glide.share
    }

    /// Interpolates positions for the running animation.
    pub(super) fn interpolate(&mut self) {
        let Some(glide) =
            self.glide.as_ref().filter(|glide| glide.from.len() == self.positions.len())
        else {
            return;
        };
        for (at, from) in self.positions.iter_mut().zip(&glide.from) {
            *at = from.towards(*at, glide.share);
        }
    }
}
