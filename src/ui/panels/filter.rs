//! The panel that filters ties by stance, status, confidence, strength, kind, date and text.

use std::collections::BTreeSet;

use ecow::EcoString;
use egui::{self, Id, Key, RichText, ScrollArea, Slider, Ui};

use super::id::PanelId;
use super::panel::{Panel, Place, Width};
use crate::edit::Document;
use crate::model::filter::Filter;
use crate::model::{Confidence, Stance, Status, Strength};
use crate::ui::requests::actions::Action;
use crate::ui::requests::actions::ctrl_shift;
use crate::ui::requests::{Request, Requests};
use crate::ui::widgets::excerpt_card::badge_ui;
use crate::ui::widgets::form::Form;
use crate::ui::widgets::style::{bold, scene_theme};
use crate::ui::workspace::{CommandInfo, Workspace};

/// The filter panel.
#[derive(Default)]
pub struct FilterPanel {
    /// The filter as this panel last showed it. If the view's filter differs, it was changed
    /// elsewhere.
    last: Filter,
    /// Part of the field ids. Incremented when the filter changes elsewhere, so that the fields
    /// drop unfinished input.
    epoch: u64,
}

impl Panel for FilterPanel {
    fn id(&self) -> PanelId {
        PanelId::FILTER
    }

    fn command(&self) -> Option<CommandInfo> {
        Some(CommandInfo::panel(
            PanelId::FILTER,
            "Filter…",
            ctrl_shift(Key::F),
            "Hide ties by stance, status, strength, kind, date or text",
        ))
    }

    fn place(&self) -> Place {
        Place::Left(Width { usual: 250.0, least: 210.0, most: 420.0 })
    }

    fn ui(&mut self, ui: &mut Ui, workspace: &Workspace<'_>, out: &mut Requests) {
        let document = workspace.document;
        if self.last != workspace.view.filter {
            self.last = workspace.view.filter.clone();
            self.epoch += 1;
        }
        let filter = &mut self.last;
        ui.horizontal(|ui| {
            ui.label(RichText::new("Filter").font(bold(15.0)));
            if ui.link("Close").clicked() {
                out.push(Request::Show(PanelId::FILTER, false));
            }
            let show_all = ui.add_enabled(!filter.is_none(), egui::Link::new("Show all ties"));
            if show_all.on_hover_text("Remove all filters (Ctrl+Shift+X)").clicked() {
                out.act(Action::ShowAll);
            }
        });
        let (shown, all) = (workspace.shown.ties().len(), document.map().relations.len());
        let words = format!("{shown} of {all} ties shown. Exported pictures state the filter.");
        ui.label(RichText::new(words).weak());
        ScrollArea::vertical().auto_shrink(false).show(ui, |ui| {
            ui.set_max_width(ui.available_width() - 8.0);
            // Compact rows: most windows then show the whole panel without scrolling.
            ui.spacing_mut().item_spacing.y = 1.0;
            ui.spacing_mut().interact_size.y = 19.0;
            let key = Id::new(("filter", document.number(), self.epoch));
            let mut form = Form { map: document.map(), key, is_left: false };
            if let Some(text) = form.line(ui, "Contains", &filter.text) {
                filter.text = text;
            }
            group(ui, "Stance");
            for stance in Stance::ALL {
                ui.horizontal(|ui| {
                    check(ui, &mut filter.hidden_stances, *stance, stance.words());
                    badge_ui(ui, *stance, Status::Reported, &scene_theme(ui.ctx()));
                });
            }
            group(ui, "Status");
            for status in Status::ALL.iter().filter(|status| !status.is_outlook()) {
                check(ui, &mut filter.hidden_statuses, *status, status.words());
            }
            group(ui, "Confidence");
            for confidence in Confidence::ALL.iter().copied().map(Some).chain([None]) {
                let words = confidence.map_or("not given", Confidence::words);
                check(ui, &mut filter.hidden_confidences, confidence, words);
            }
            group(ui, "Strength");
            let (least, most) = &mut filter.strengths;
            ui.add(Slider::new(least, 0..=*most).text("Minimum"));
            ui.add(Slider::new(most, *least..=Strength::MAX).text("Maximum"));
            group(ui, "Date");
            if let Some(since) = form.date(ui, "From", filter.since) {
                filter.since = since;
            }
            if let Some(until) = form.date(ui, "To", filter.until) {
                filter.until = until;
            }
            kinds_ui(ui, document, &mut filter.hidden_kinds);
            ui.add_space(12.0);
        });
        if self.last != workspace.view.filter {
            out.push(Request::SetFilter(self.last.clone()));
        }
    }
}

fn kinds_ui(ui: &mut Ui, document: &Document, hidden: &mut BTreeSet<EcoString>) {
    let kinds = document.index().kinds();
    if kinds.is_empty() {
        return;
    }
    ui.horizontal(|ui| {
        group(ui, "Kind");
        if ui.link("all").clicked() {
            hidden.clear();
        }
        if ui.link("none").clicked() {
            *hidden = kinds.iter().map(|(kind, _)| kind.clone()).collect();
        }
    });
    for (kind, count) in kinds {
        let words =
            if kind.is_empty() { "no kind".to_owned() } else { kind.as_str().replace('_', " ") };
        check(ui, hidden, kind.clone(), &format!("{words} ({count})"));
    }
}

fn group(ui: &mut Ui, words: &str) {
    ui.add_space(4.0);
    ui.label(RichText::new(words).font(bold(12.5)));
}

/// A checkbox that is checked if `one` is not hidden.
fn check<T: Ord>(ui: &mut Ui, hidden: &mut BTreeSet<T>, one: T, words: &str) {
    let mut is_shown = !hidden.contains(&one);
    if ui.checkbox(&mut is_shown, words).changed() {
        if is_shown {
            hidden.remove(&one);
        } else {
            hidden.insert(one);
        }
    }
}
