//! The status bar: counts, what is not shown, warnings, running work, messages, and zoom.

use egui::{Align, Color32, Label, Layout, RichText, TextStyle, TextWrapMode, Ui, WidgetText};

use super::id::PanelId;
use super::panel::{Panel, Place};
use crate::model::words::{capitalised, counted, shown_of};
use crate::scene::shown_words::reasons;
use crate::text::visual;
use crate::ui::requests::Requests;
use crate::ui::requests::actions::Action;
use crate::ui::widgets::words::census_words;
use crate::ui::workspace::Workspace;

/// Most room for which the counts become shorter to show a message, in points.
const MESSAGE: f32 = 480.0;

/// The status bar.
pub struct Status;

impl Panel for Status {
    fn id(&self) -> PanelId {
        PanelId("status")
    }

    fn place(&self) -> Place {
        Place::Bottom(28.0)
    }

    fn ui(&mut self, ui: &mut Ui, workspace: &Workspace<'_>, out: &mut Requests) {
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            zoom_ui(ui, workspace, out);
            ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
                let mut items = items(ui, workspace);
                let message = message(workspace);
                let wanted = width(ui, &message).min(MESSAGE);
                shorten(ui, &mut items, wanted);
                for item in items {
                    item.ui(ui, out);
                }
                message_ui(ui, workspace, &message, out);
            });
        });
    }
}

/// A part of the bar.
struct Item {
    words: String,
    /// What is shown instead if there is little room.
    short: Option<String>,
    color: Option<Color32>,
    /// What is shown while the pointer rests on it.
    hint: String,
    /// What a click does.
    action: Option<Action>,
}

impl Item {
    fn ui(self, ui: &mut Ui, out: &mut Requests) {
        let text = match self.color {
            Some(color) => RichText::new(self.words).color(color),
            None => RichText::new(self.words),
        };
        let response = match self.action {
            Some(_) => ui.link(text),
            None => ui.label(text),
        };
        if let Some(action) = self.action.filter(|_| response.clicked()) {
            out.act(action);
        }
        if !self.hint.is_empty() {
            response.on_hover_text(self.hint);
        }
    }
}

/// Counts, what is not shown, and warnings, in this order.
fn items(ui: &Ui, workspace: &Workspace<'_>) -> Vec<Item> {
    let Workspace { document, view, shown, .. } = *workspace;
    let map = document.map();
    let warning = Some(ui.visuals().warn_fg_color);
    let link = |words: String, hint: &str, action: Action| Item {
        words,
        short: None,
        color: warning,
        hint: hint.to_owned(),
        action: Some(action),
    };
    let mut items = vec![Item {
        words: census_words(document, shown),
        short: Some(shown_of(shown.ties().len(), map.relations.len(), "tie")),
        color: None,
        hint: census_words(document, shown),
        action: None,
    }];
    if !view.settings.filter.is_none() {
        let words = format!("Filtered: {}", view.filter_words(map));
        let left_out = map.relations.len() - shown.ties().len();
        let hint = format!("{words}. {} not shown", counted(left_out, "tie"));
        let short = Some("Filtered".to_owned());
        items.push(Item { words, short, color: warning, hint, action: None });
    }
    let reasons = capitalised(&reasons(map, shown).join(", "));
    if let Some(action) = workspace.what_shows().filter(|_| !reasons.is_empty()) {
        let about = workspace.about(action);
        let hint = about.map_or_else(String::new, |about| {
            format!("{} ({})", about.text, about.key_words(ui.ctx()))
        });
        let hint = format!("{reasons}. {hint}");
        let short = Some("Not all is shown".to_owned()).filter(|short| short.len() < reasons.len());
        items.push(Item { short, ..link(reasons, &hint, action) });
    }
    let outlooks = document.index().census().outlooks;
    if outlooks > 0 && !view.settings.outlook {
        let words = format!("{} hidden", counted(outlooks, "forecast"));
        items.push(Item { color: None, ..link(words, "Show the forecasts", Action::Outlook) });
    }
    if view.settings.outlook {
        let words = "Hide forecasts".to_owned();
        items.push(Item { color: None, ..link(words, "", Action::Outlook) });
    }
    if !workspace.problems.is_empty() {
        let words = counted(workspace.problems.len(), "warning");
        items.push(link(words, "Show the problems in this map (F8)", Action::Problems));
    }
    if workspace.unsaved_works > 0 {
        let words = format!("Unsaved work of {}", counted(workspace.unsaved_works, "map"));
        let hint = "Recover or discard what a crash left behind (Ctrl+F5)";
        items.push(link(words, hint, Action::Recover));
    }
    let doubtful = workspace.reading.doubtful();
    if doubtful > 0 {
        let words = format!("{} not found word for word", counted(doubtful, "excerpt"));
        let hint = format!("{words}. Show the evidence table (F9)");
        let short = Some(format!("{} not found", counted(doubtful, "excerpt")));
        items.push(Item { short, ..link(words, &hint, Action::Toggle(PanelId::TABLE)) });
    }
    items
}

/// Replaces items by their short forms, from the left, until `more` points are free beside them.
fn shorten(ui: &Ui, items: &mut [Item], more: f32) {
    let gap = ui.spacing().item_spacing.x;
    let mut widths: Vec<f32> = items.iter().map(|item| width(ui, &item.words) + gap).collect();
    for at in 0..items.len() {
        if widths.iter().sum::<f32>() + more <= ui.available_width() {
            return;
        }
        if let Some(short) = items[at].short.take() {
            widths[at] = width(ui, &short) + gap;
            items[at].words = short;
        }
    }
}

fn width(ui: &Ui, words: &str) -> f32 {
    let text = WidgetText::from(words);
    let extend = Some(TextWrapMode::Extend);
    text.into_galley(ui, extend, f32::INFINITY, TextStyle::Body).size().x
}

/// The running work, or else the latest message.
fn message(workspace: &Workspace<'_>) -> String {
    match &workspace.work {
        Some(work) => {
            let share = work.share.map(|share| format!(" {:.0} %", share * 100.0));
            format!("{}…{}", work.label, share.unwrap_or_default())
        }
        None => visual(workspace.news).into_owned(),
    }
}

fn message_ui(ui: &mut Ui, workspace: &Workspace<'_>, message: &str, out: &mut Requests) {
    if message.is_empty() {
        return;
    }
    let is_cancellable = workspace.work.as_ref().is_some_and(|work| work.share.is_some());
    if is_cancellable {
        ui.label(RichText::new(message).weak());
        if ui.link("Cancel").clicked() {
            out.act(Action::CancelWork);
        }
    } else {
        ui.add(Label::new(RichText::new(message).weak()).truncate()).on_hover_text(message);
    }
}

/// The zoom, and a link that fits the map to the window.
fn zoom_ui(ui: &mut Ui, workspace: &Workspace<'_>, out: &mut Requests) {
    let percent = workspace.zoom * 100.0;
    ui.label(if percent < 2.0 { format!("{percent:.2}%") } else { format!("{percent:.0}%") });
    if ui.link("Fit").on_hover_text("Fit to window (F)").clicked() {
        out.act(Action::Fit);
    }
}
