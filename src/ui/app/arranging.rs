//! Automatic layout of actors: runs on a worker thread and is one undo step.

use std::sync::Arc;

use egui::Context;

use super::jobs::{ArrangedMap, Done, Job};
use super::program::App;
use crate::edit::Command;
use crate::layout::drawn::{DrawnMap, arrange_drawn, objection_to_drawn};
use crate::layout::methods::Method;
use crate::layout::request::{Arranged, Request};
use crate::model::ActorIndex;
use crate::progress::Progress;

impl App {
    /// Arranges the selected actors, or all that are drawn if fewer than two are selected. Pinned
    /// actors stay in place, and so do those that are not drawn.
    pub(super) fn arrange(&mut self, ctx: &Context, method: &'static Method) {
        let document = &self.session.document;
        let (map, index) = (document.map(), document.index());
        if document.is_read_only() || map.actors.len() < 2 {
            self.tell("Nothing to arrange.");
            return;
        }
        let shown = self.session.shown();
        let drawn = |id| index.actor(id).filter(|actor| shown.is_drawn(*actor));
        let selected: Vec<ActorIndex> = self.session.selection.actors().filter_map(drawn).collect();
        let only = (selected.len() > 1).then_some(selected);
        let request = Request::new(map, index, document.positions(), method);
        let request = Request { only: only.as_deref(), ..request };
        let drawn = DrawnMap::of(map, index, document.positions(), shown);
        if let Some(why) = objection_to_drawn(&request, drawn.as_ref()) {
            self.tell(format!("No actor was moved: {why}."));
            return;
        }
        self.start_arranging(ctx, method, only, drawn, false);
    }

    fn start_arranging(
        &mut self,
        ctx: &Context,
        method: &'static Method,
        only: Option<Vec<ActorIndex>>,
        drawn: Option<DrawnMap>,
        is_initial: bool,
    ) {
        let document = &self.session.document;
        let (map, index) = (document.shared_map(), document.shared_index());
        let (positions, version) = (document.shared_positions(), document.version());
        let progress = Arc::new(Progress::default());
        let job =
            Job::new("Arranging", "The actors could not be arranged").with_progress(&progress);
        self.jobs.start(ctx, job.for_document(document.number()), move || {
            let request = Request::new(&map, &index, &positions, method);
            let request = Request { only: only.as_deref(), ..request };
            let outcome = arrange_drawn(&request, drawn.as_ref(), &progress);
            Done::Arranged(Box::new(ArrangedMap { version, only, is_initial, outcome }))
        });
    }

    /// Starts computing positions for a map that was opened without any. They are displayed but do
    /// not count as a change to the map.
    pub(super) fn start_initial_layout(&mut self, ctx: &Context) {
        if std::mem::take(&mut self.session.needs_layout) {
            self.start_arranging(ctx, Method::usual(), None, None, true);
        }
    }

    /// Applies the result of a layout, unless the map changed while it was computed.
    pub(super) fn arranged(&mut self, ctx: &Context, arranged: ArrangedMap) {
        let Ok(done) = arranged.outcome else {
            self.tell("Arranging was cancelled; no actor was moved.");
            return;
        };
        let document = &mut self.session.document;
        if arranged.version != document.version() {
            self.tell("The map changed while it was being arranged; no actor was moved.");
            return;
        }
        let before = document.positions().to_owned();
        if arranged.is_initial {
            document.set_computed_positions(&done.positions);
        } else {
            let pairs = document.map().actors.iter().zip(done.positions.iter().zip(&before));
            let changed = pairs.filter(|(_, (to, from))| to != from);
            let moves = changed.map(|(actor, (to, _))| (actor.id.clone(), *to)).collect();
            self.apply(Command::Arrange(moves));
            self.report_arranged(&done, arranged.only.as_deref());
        }
        self.session.canvas.glide(ctx, before);
        self.session.canvas.fit();
    }

    fn report_arranged(&mut self, done: &Arranged, only: Option<&[ActorIndex]>) {
        let nearer = done.nearer;
        self.tell(if nearer.pairs > 0 {
            let (friends, all) = (nearer.friends, nearer.pairs);
            format!("Arranged. Friends are nearer than enemies in {friends} of {all} cases")
        } else {
            "Arranged.".to_owned()
        });
        let pinned = match only {
            Some(only) => only.iter().filter(|actor| self.is_pinned(**actor)).count(),
            None => self.session.shown().actors().filter(|actor| self.is_pinned(*actor)).count(),
        };
        self.report_pinned(pinned);
    }
}
