//! The steps of the briefing in the window: adding, updating and showing them.

use egui::Context;

use super::program::App;
use crate::edit::briefing::{OnScreen, captured, with_new};
use crate::edit::{Command, Selection};
use crate::model::query::element_of;
use crate::model::{BriefingStep, StepId};
use crate::scene;
use crate::ui::panels::id::PanelId;
use crate::ui::panels::steps::title_field;
use crate::ui::workspace::Focus;

impl App {
    /// What is on the screen, for a step.
    fn screen_for_step(&self) -> OnScreen<'_> {
        OnScreen {
            settings: &self.session.view.settings,
            selection: &self.session.selection,
            camera: self.session.canvas.camera_for_step(),
        }
    }

    /// Adds a step with what is on the screen, after the open one.
    pub(super) fn add_step(&mut self) {
        self.session.update_shown();
        let document = &self.session.document;
        let open = self.session.open_step.as_ref();
        let after = document.map().steps.iter().position(|step| Some(&step.id) == open);
        let screen = self.screen_for_step();
        let (steps, at) = with_new(document.map(), &document.new_ids(), after, screen);
        let id = steps[at].id.clone();
        self.apply(Command::SetSteps(steps, "add a step"));
        if self.session.document.map().steps.iter().any(|step| step.id == id) {
            self.show_panel(PanelId::STEPS, true);
            let field = title_field(&self.session.document, &id);
            self.session.wanted_focus = Some(Focus::Field { id: field, is_replaced: true });
            self.session.open_step = Some(id);
        }
    }

    /// Replaces what a step shows by what is on the screen.
    pub(super) fn update_step(&mut self, id: &StepId) {
        self.session.update_shown();
        let screen = self.screen_for_step();
        let update = |step: &BriefingStep| {
            if step.id == *id { captured(step.clone(), screen) } else { step.clone() }
        };
        let steps = self.session.document.map().steps.iter().map(update).collect();
        self.apply(Command::SetSteps(steps, "update a step from the screen"));
    }

    /// Shows on the map what a step shows, and opens its fields.
    pub(super) fn show_step(&mut self, ctx: &Context, id: StepId) {
        let document = &self.session.document;
        let (map, index) = (document.map(), document.index());
        let Some(step) = map.steps.iter().find(|step| step.id == id).cloned() else { return };
        let settings = scene::step::settings(map, &step);
        let focus: Selection = step.focus.iter().filter_map(|id| element_of(index, id)).collect();
        self.change_view("show what a step shows", |view| *view = settings);
        self.session.select(focus);
        match &step.camera {
            Some(camera) => self.session.canvas.look_at_step(camera),
            None => self.session.canvas.fit(),
        }
        self.session.open_step = Some(id);
        ctx.request_repaint();
    }
}
