//! From an old arrangement to a new one: actors glide to their places, so that the eye can follow.

use eframe::egui::Context;

use super::state::{Canvas, Glide};
use crate::geometry::Point;

/// How long it takes, in seconds.
const DURATION: f64 = 0.4;

impl Canvas {
    /// Starts the animation from old positions; there is none if the system asks for little motion.
    pub fn glide(&mut self, ctx: &Context, from: Vec<Point>) {
        let started = ctx.input(|input| input.time);
        let is_moving = ctx.global_style().animation_time > 0.0;
        self.glide = is_moving.then_some(Glide { from, started, share: 0.0 });
    }

    /// How far actors are on their way; 1 without an animation.
    pub(super) fn glided(&mut self, ctx: &Context) -> f32 {
        let Some(glide) = &mut self.glide else { return 1.0 };
        let now = ctx.input(|input| input.time);
        #[expect(clippy::cast_possible_truncation, reason = "a share")]
        let share = ((now - glide.started) / DURATION).clamp(0.0, 1.0) as f32;
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
