//! Arranging the actors: on a thread, as one step that can be undone.

use std::sync::Arc;

use eframe::egui::Context;

use super::App;
use crate::edit::Command;
use crate::layout::arrange::{self, Method, Quality, Request};
use crate::model::query::Index;
use crate::progress::Progress;
use crate::ui::jobs::{ArrangedMap, Done};

impl App {
    /// Arranges the selected actors, or all; pinned ones stay.
    pub(super) fn arrange(&mut self, ctx: &Context, method: Method) {
        if self.document.is_read_only || self.document.map().actors.len() < 2 {
            "There is nothing here to arrange.".clone_into(&mut self.news);
            return;
        }
        let selected: Vec<usize> = self.selection.actors().filter_map(|id| self.document.index().actor(id)).collect();
        let only = (selected.len() > 1).then_some(selected);
        let (map, positions) = (self.document.map().clone(), self.document.positions().to_vec());
        let revision = self.document.revision();
        let progress = Arc::new(Progress::default());
        self.jobs.start_with(ctx, "Arranging", Some(Arc::clone(&progress)), move || {
            let index = Index::of(&map);
            let (quality, seed, only) = (Quality::Fast, 1, only.as_deref());
            let request = Request { map: &map, index: &index, positions: &positions, method, quality, seed, only };
            let outcome = arrange::arrange(&request, &progress);
            Done::Arranged(Box::new(ArrangedMap { revision, outcome }))
        });
    }

    pub(super) fn arranged(&mut self, arranged: ArrangedMap) {
        let Ok(done) = arranged.outcome else {
            "The arranging was stopped; nobody has moved.".clone_into(&mut self.news);
            return;
        };
        if arranged.revision != self.document.revision() {
            "The map changed while it was being arranged; nobody has moved. Arrange it again."
                .clone_into(&mut self.news);
            return;
        }
        let before = self.document.positions();
        let pairs = self.document.map().actors.iter().zip(done.positions.iter().zip(before));
        let moves =
            pairs.filter(|(_, (to, from))| to != from).map(|(actor, (to, _))| (actor.id.clone(), *to)).collect();
        self.apply(Command::Arrange("arranging", moves));
        let nearer = done.nearer;
        if nearer.pairs > 0 {
            // Rounded down, so that 100 % is said only where it is true.
            let share = (nearer.share() * 1000.0).floor() / 10.0;
            let (friends, all) = (nearer.friends, nearer.pairs);
            self.news = format!(
                "Arranged. In {share} % of the pairs of a friend and an enemy of one actor the friend stands nearer \
                 ({friends} of {all}, exact)."
            );
        }
        self.canvas.fit();
    }
}
