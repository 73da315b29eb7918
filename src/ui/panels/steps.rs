//! The steps of the briefing: their order, their words, and what each of them shows.

use egui::{self, Id, Key, Response, RichText, ScrollArea, Ui};

use super::id::PanelId;
use super::panel::{Panel, Place, Width};
use super::wanted_field::take_field;
use crate::edit::{Command, Document};
use crate::model::citation::isolated;
use crate::model::words::counted;
use crate::model::{BriefingStep, StepId};
use crate::text::visual;
use crate::ui::requests::actions::{Action, plain};
use crate::ui::requests::{Request, Requests};
use crate::ui::widgets::form::Form;
use crate::ui::widgets::style::bold;
use crate::ui::workspace::{CommandInfo, Focus, Workspace};

/// The label of the field for the title of a step.
const TITLE: &str = "Title";

/// A longer text of a step may be cut off on a page.
const LETTERS_ON_A_PAGE: usize = 600;

/// The list of steps, with the fields of the one that is open.
#[derive(Default)]
pub struct Steps;

impl Panel for Steps {
    fn id(&self) -> PanelId {
        PanelId::STEPS
    }

    fn place(&self) -> Place {
        Place::Left(Width { usual: 300.0, least: 240.0, most: 460.0 })
    }

    fn command(&self) -> Option<CommandInfo> {
        Some(CommandInfo::panel(
            PanelId::STEPS,
            "Steps of the briefing",
            plain(Key::B),
            "Show or hide the steps of the briefing",
        ))
    }

    fn ui(&mut self, ui: &mut Ui, workspace: &Workspace<'_>, out: &mut Requests) {
        let steps = &workspace.document.map().steps;
        ui.horizontal(|ui| {
            ui.label(RichText::new("Steps").font(bold(15.0)));
            ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
                if ui.button("Close").clicked() {
                    out.push(Request::Show(PanelId::STEPS, false));
                }
            });
        });
        ui.add_space(4.0);
        ui.horizontal(|ui| {
            let can_change = !workspace.document.is_read_only();
            let add = command_ui(ui, workspace, Action::AddStep, "Add step", can_change, out);
            let can_present = !steps.is_empty();
            let present = command_ui(ui, workspace, Action::Present, "Present", can_present, out);
            if workspace.wanted_focus == Some(Focus::Steps) {
                if can_change { add } else { present }.request_focus();
                out.push(Request::FocusTaken);
            }
        });
        ui.add_space(6.0);
        if steps.is_empty() {
            ui.label(
                "No steps yet. Arrange what the first slide should show: zoom, filter, fold, select \
                 what should stand out. Then “Add step” keeps it, with a title and a few sentences. \
                 Present (F5) shows the steps on the full screen; exports have a page or slide for \
                 each.",
            );
            return;
        }
        take_field(ui, workspace, out);
        ScrollArea::vertical().auto_shrink([false, false]).show(ui, |ui| {
            for (number, step) in steps.iter().enumerate() {
                let is_open = workspace.open_step == Some(&step.id);
                row_ui(ui, number, step, is_open, out);
                if is_open {
                    ui.indent(("step", step.id.as_str()), |ui| {
                        fields_ui(ui, workspace, number, step, out);
                    });
                    ui.add_space(6.0);
                }
            }
        });
    }
}

/// The row of a step; a click shows what the step shows.
fn row_ui(ui: &mut Ui, number: usize, step: &BriefingStep, is_open: bool, out: &mut Requests) {
    let words = format!("{}  {}", number + 1, isolated(&step.name(number + 1)));
    let label = egui::Button::selectable(is_open, visual(&words)).truncate();
    let row = ui.add(label).on_hover_text("Show what this step shows");
    if row.clicked() {
        out.push(Request::ShowStep(step.id.clone()));
    }
}

/// The fields and buttons of the open step.
fn fields_ui(
    ui: &mut Ui,
    workspace: &Workspace<'_>,
    number: usize,
    step: &BriefingStep,
    out: &mut Requests,
) {
    let document = workspace.document;
    let mut form = Form { map: document.map(), key: key(document, &step.id), is_left: false };
    ui.add_enabled_ui(!document.is_read_only(), |ui| {
        if let Some(title) = form.line(ui, TITLE, &step.title) {
            let step = BriefingStep { title, ..step.clone() };
            out.edit(replaced(document, number, step, "change the title of a step"));
        }
        if let Some(text) = form.lines(ui, "Text", &step.text) {
            let step = BriefingStep { text, ..step.clone() };
            out.edit(replaced(document, number, step, "change the text of a step"));
        }
        if step.text.chars().count() > LETTERS_ON_A_PAGE {
            let words = "Pages and slides show only about eight lines of it.";
            ui.label(RichText::new(words).weak().size(12.0));
        }
        if form.is_left {
            out.push(Request::SealStep);
        }
        let focus = match step.focus.len() {
            0 => "Nothing stands out".to_owned(),
            count => format!("{} in focus", counted(count, "element")),
        };
        let area = if step.camera.is_some() { "a part of the map" } else { "the whole map" };
        ui.label(RichText::new(format!("{focus}; shows {area}.")).weak().size(12.0));
        ui.horizontal_wrapped(|ui| {
            let hint = "Replace view, focus and camera of the step by what is on the screen";
            if ui.button("Update from screen").on_hover_text(hint).clicked() {
                out.push(Request::UpdateStep(step.id.clone()));
            }
            let last = document.map().steps.len().saturating_sub(1);
            let up = egui::Button::new("↑");
            if ui.add_enabled(number > 0, up).on_hover_text("Move the step up").clicked() {
                out.edit(moved(document, number, number.saturating_sub(1)));
            }
            let down = egui::Button::new("↓");
            if ui.add_enabled(number < last, down).on_hover_text("Move the step down").clicked() {
                out.edit(moved(document, number, number + 1));
            }
            if ui.button("Delete").on_hover_text("Delete the step").clicked() {
                let mut steps = document.map().steps.clone();
                steps.remove(number);
                out.edit(Command::SetSteps(steps, "delete a step"));
            }
        });
    });
}

/// The button of a command, with its shortcut as tooltip.
fn command_ui(
    ui: &mut Ui,
    workspace: &Workspace<'_>,
    action: Action,
    words: &str,
    is_enabled: bool,
    out: &mut Requests,
) -> Response {
    let button = ui.add_enabled(is_enabled, egui::Button::new(words));
    let about = workspace.about(action);
    let hint = about
        .map_or(String::new(), |about| format!("{} ({})", about.hint, about.key_words(ui.ctx())));
    let button = button.on_hover_text(hint);
    if button.clicked() {
        out.act(action);
    }
    button
}

fn replaced(
    document: &Document,
    number: usize,
    step: BriefingStep,
    words: &'static str,
) -> Command {
    let mut steps = document.map().steps.clone();
    if let Some(place) = steps.get_mut(number) {
        *place = step;
    }
    Command::SetSteps(steps, words)
}

fn moved(document: &Document, from: usize, to: usize) -> Command {
    let mut steps = document.map().steps.clone();
    if from < steps.len() && to < steps.len() {
        let step = steps.remove(from);
        steps.insert(to, step);
    }
    Command::SetSteps(steps, "reorder the steps")
}

fn key(document: &Document, step: &StepId) -> Id {
    Id::new((document.number(), "step", step.as_str()))
}

/// The id of the field for the title of a step.
#[must_use]
pub fn title_field(document: &Document, step: &StepId) -> Id {
    key(document, step).with(TITLE)
}
