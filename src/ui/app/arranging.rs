//! Arranging the actors: on a thread, as one step that can be undone.

use std::sync::Arc;

use eframe::egui::Context;

use super::App;
use super::jobs::{ArrangedMap, Done};
use crate::edit::Command;
use crate::layout::arrange;
use crate::layout::request::{Arranged, Method, Quality, Request};
use crate::model::query::Index;
use crate::progress::Progress;

impl App {
    /// Arranges the selected actors, or all; pinned ones stay.
    pub(super) fn arrange(&mut self, ctx: &Context, method: Method) {
        if self.document.is_read_only || self.document.map().actors.len() < 2 {
            "There is nothing here to arrange.".clone_into(&mut self.news);
            return;
        }
        let selected: Vec<usize> =
            self.selection.actors().filter_map(|id| self.document.index().actor(id)).collect();
        let only = (selected.len() > 1).then_some(selected);
        let (map, index, positions) =
            (self.document.map(), self.document.index(), self.document.positions());
        let (quality, seed, only_these) = (Quality::Fast, 1, only.as_deref());
        let request = Request { map, index, positions, method, quality, seed, only: only_these };
        if let Some(why) = arrange::objection(&request) {
            self.news = format!("Nobody has moved: {why}.");
            return;
        }
        self.start_arranging(ctx, method, only, false);
    }

    fn start_arranging(
        &mut self,
        ctx: &Context,
        method: Method,
        only: Option<Vec<usize>>,
        settles: bool,
    ) {
        let (map, positions) = (self.document.map().clone(), self.document.positions().to_vec());
        let (opened, revision) = (self.documents_opened, self.document.revision());
        let progress = Arc::new(Progress::default());
        self.jobs.start_with(ctx, "Arranging", Some(Arc::clone(&progress)), move || {
            let index = Index::of(&map);
            let (quality, seed) = (Quality::Fast, 1);
            let (map, index, positions) = (&map, &index, &positions);
            let request =
                Request { map, index, positions, method, quality, seed, only: only.as_deref() };
            let outcome = arrange::arrange(&request, &progress);
            Done::Arranged(Box::new(ArrangedMap { opened, revision, only, settles, outcome }))
        });
    }

    /// Finds places for a map that was opened and has none: to be looked at, and no change of it.
    pub(super) fn keep_settled(&mut self, ctx: &Context) {
        if std::mem::replace(&mut self.settled, self.documents_opened) == self.documents_opened {
            return;
        }
        if self.document.map().layout.is_empty() && self.document.map().actors.len() > 1 {
            self.start_arranging(ctx, Method::Signed, None, true);
        }
    }

    pub(super) fn arranged(&mut self, ctx: &Context, arranged: ArrangedMap) {
        let Ok(done) = arranged.outcome else {
            "The arranging was stopped; nobody has moved.".clone_into(&mut self.news);
            return;
        };
        if arranged.opened != self.documents_opened {
            return;
        }
        if arranged.revision != self.document.revision() {
            "The map changed while it was being arranged; nobody has moved. Arrange it again."
                .clone_into(&mut self.news);
            return;
        }
        let before = self.document.positions().to_vec();
        if arranged.settles {
            self.document.settle(&done.positions);
        } else {
            let pairs = self.document.map().actors.iter().zip(done.positions.iter().zip(&before));
            let moves = pairs
                .filter(|(_, (to, from))| to != from)
                .map(|(actor, (to, _))| (actor.id.clone(), *to))
                .collect();
            self.apply(Command::Arrange("arranging", moves));
            self.tell_of_arranging(&done, arranged.only.as_deref());
        }
        self.canvas.glide(ctx, before);
        self.canvas.fit();
    }

    fn tell_of_arranging(&mut self, done: &Arranged, only: Option<&[usize]>) {
        let nearer = done.nearer;
        "Arranged.".clone_into(&mut self.news);
        if nearer.pairs > 0 {
            // Rounded down, so that 100 % is said only where it is true.
            let share = (nearer.share() * 1000.0).floor() / 10.0;
            let (friends, all) = (nearer.friends, nearer.pairs);
            self.news = format!(
                "Arranged. In {share} % of the pairs of friend and enemy the friend stands nearer ({friends} of {all}, \
                 exact)"
            );
        }
        let count = self.document.map().actors.len();
        let pinned = match only {
            Some(only) => only.iter().filter(|actor| self.is_pinned(**actor)).count(),
            None => (0..count).filter(|actor| self.is_pinned(*actor)).count(),
        };
        self.tell_of_pinned(pinned);
    }
}
