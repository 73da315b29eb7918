//! The panel that leaves ties out of the picture: by stance, status, confidence, strength, kind,
//! date and words.

use std::collections::BTreeSet;

use ecow::EcoString;
use eframe::egui::{self, Id, RichText, ScrollArea, Slider, Ui};

use crate::edit::Document;
use crate::model::filter::Filter;
use crate::model::{Confidence, Stance, Status, Strength};
use crate::ui::widgets::excerpt_card::badge_ui;
use crate::ui::widgets::form::Form;
use crate::ui::widgets::style::{bold, scene_theme};

/// What the panel shows.
pub struct FilterPanel<'a> {
    pub document: &'a Document,
    pub filter: &'a mut Filter,
    /// Ties that are shown.
    pub shown: usize,
    /// The how many-th filter this is.
    pub epoch: u64,
}

/// What was asked for in the panel.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Asked {
    Close,
    ShowAll,
}

impl FilterPanel<'_> {
    /// Shows the panel.
    pub fn ui(self, ui: &mut Ui) -> Option<Asked> {
        let Self { document, filter, shown, epoch } = self;
        let mut asked = None;
        ui.horizontal(|ui| {
            ui.label(RichText::new("Filter").font(bold(15.0)));
            if ui.link("Close").clicked() {
                asked = Some(Asked::Close);
            }
            let show_all = egui::Link::new("Show all ties");
            if ui
                .add_enabled(!filter.is_none(), show_all)
                .on_hover_text("Leave nothing out (Ctrl+Shift+X)")
                .clicked()
            {
                asked = Some(Asked::ShowAll);
            }
        });
        let all = document.map().relations.len();
        ui.label(
            RichText::new(format!(
                "{shown} of {all} ties shown. The picture says what is left out."
            ))
            .weak(),
        );
        ScrollArea::vertical().auto_shrink(false).show(ui, |ui| {
            ui.set_max_width(ui.available_width() - 8.0);
            // The whole of it is in sight in most windows.
            ui.spacing_mut().item_spacing.y = 1.0;
            ui.spacing_mut().interact_size.y = 19.0;
            // Another one after everything was shown again, so that what was typed is gone from the
            // fields.
            let key = Id::new(("filter", epoch));
            let mut form = Form { map: document.map(), key, is_left: false };
            if let Some(text) = form.line(ui, "Has the words", &filter.text) {
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
            ui.add(Slider::new(least, 0..=*most).text("at least"));
            ui.add(Slider::new(most, *least..=Strength::MAX).text("at most"));
            group(ui, "Date");
            if let Some(since) = form.date(ui, "Since", filter.since) {
                filter.since = since;
            }
            if let Some(until) = form.date(ui, "Until", filter.until) {
                filter.until = until;
            }
            kinds_ui(ui, document, &mut filter.hidden_kinds);
            ui.add_space(12.0);
        });
        asked
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

/// A box that is checked where `one` is not hidden.
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
