//! Information pages: earlier versions, problems of the map, and keyboard shortcuts.

use std::time::SystemTime;

use egui::{self, RichText, Ui};

use super::question::Answer;
use crate::edit::unsaved::when;
use crate::file::store::backup::Version;
use crate::model::Problem;
use crate::text::visual;
use crate::ui::commands::{ON_THE_MAP, commands};
use crate::ui::dialogs::frame::choices_ui;
use crate::ui::panels::reader;
use crate::ui::requests::actions::Menu;
use crate::ui::widgets::paged_list;
use crate::ui::widgets::style::bold;

pub(super) fn versions_ui(ui: &mut Ui, versions: &[Version]) -> Option<Answer> {
    choices_ui(ui, "Earlier versions", &[("Close", Answer::Close)], |ui| {
        if versions.is_empty() {
            ui.label("None yet. Each save keeps the version that it replaces.");
            return None;
        }
        ui.label("Returning to an earlier version can be undone.");
        let mut answer = None;
        for version in versions {
            let age = when(version.written, SystemTime::now());
            let text = format!("Saved {age}, {} bytes", version.size_bytes);
            if ui.button(text).clicked() {
                answer = Some(Answer::Path(version.path.clone()));
            }
        }
        answer
    })
}

/// The problems of the map. A click on one shows what it concerns.
pub(super) fn problems_ui(ui: &mut Ui, problems: &[Problem]) -> Option<Answer> {
    choices_ui(ui, "Problems in this map", &[("Close", Answer::Close)], |ui| {
        ui.label("The map can be used as it is. These are worth checking:");
        let mut answer = None;
        for problem in problems.iter().take(paged_list::shown(ui, "problems")) {
            ui.add_space(2.0);
            let words = problem.sentence();
            let expected = match problem.expected.as_ref() {
                "" => String::new(),
                expected => format!("Expected: {expected}."),
            };
            let Some(subject) = &problem.subject else {
                ui.label(visual(&words));
                ui.label(RichText::new(expected).weak().size(12.0));
                continue;
            };
            if ui.link(visual(&words)).on_hover_text("Show it on the map").clicked() {
                answer = Some(Answer::Show(subject.clone()));
            }
            ui.label(RichText::new(expected).weak().size(12.0));
        }
        paged_list::more_ui(ui, "problems", problems.len());
        answer
    })
}

pub(super) fn keys_ui(ui: &mut Ui) -> Option<Answer> {
    choices_ui(ui, "Keyboard shortcuts", &[("Close", Answer::Close)], |ui| {
        ui.spacing_mut().item_spacing.y = 5.0;
        for (heading, sections) in Menu::GROUPS {
            group_ui(ui, heading);
            for about in commands().iter().filter(|about| sections.contains(&about.menu)) {
                key_row_ui(ui, &about.key_words(ui.ctx()), about.hint);
            }
        }
        group_ui(ui, "On the map");
        for (keys, what) in ON_THE_MAP {
            key_row_ui(ui, keys, what);
        }
        group_ui(ui, "In the text of a source");
        for (keys, what) in reader::help() {
            key_row_ui(ui, keys, what);
        }
        None
    })
}

/// The heading of a group of shortcuts.
fn group_ui(ui: &mut Ui, heading: &str) {
    ui.add_space(6.0);
    ui.label(RichText::new(heading).weak());
}

/// One row of the shortcuts: keys, and what they do.
fn key_row_ui(ui: &mut Ui, keys: &str, what: &str) {
    let left = (ui.available_width() * 0.4).min(200.0);
    ui.horizontal_top(|ui| {
        ui.spacing_mut().interact_size.y = 0.0;
        ui.vertical(|ui| {
            ui.set_width(left);
            ui.label(RichText::new(keys).font(bold(13.0)));
        });
        ui.vertical(|ui| ui.label(what));
    });
}
