//! The dialog that lists the unsaved work that earlier runs left behind.

use std::path::PathBuf;
use std::time::SystemTime;

use egui::{RichText, Ui};

use super::frame::dialog_ui;
use crate::edit::unsaved::Unsaved;
use crate::text::visual;
use crate::ui::widgets::style::bold;

/// What to do with unsaved work, which is identified by its journal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Decision {
    /// Open it.
    Recover(PathBuf),
    /// Delete it.
    Discard(PathBuf),
    /// Remove it from this list until it is shown again.
    Later(PathBuf),
}

/// Shows the list, with `later` as the answer of the button below it. The first button of the list
/// gets the keyboard focus.
pub fn recover_ui<T: Clone>(
    ui: &mut Ui,
    works: &[Unsaved],
    answer: impl Fn(Decision) -> T,
    later: &T,
) -> Option<T> {
    let list = |ui: &mut Ui| {
        ui.label("The program ended before these changes were saved.");
        ui.add_space(4.0);
        let mut decision = None;
        for (number, work) in works.iter().enumerate() {
            ui.push_id(&work.journal, |ui| {
                decision = decision.take().or(row_ui(ui, work, number == 0));
            });
            ui.add_space(6.0);
        }
        decision.map(answer)
    };
    dialog_ui(ui, 620.0, "Recover unsaved work?", list, |ui| {
        ui.button("Decide later").clicked().then(|| later.clone())
    })
}

/// One unsaved work, with its buttons.
fn row_ui(ui: &mut Ui, work: &Unsaved, is_first: bool) -> Option<Decision> {
    ui.label(RichText::new(visual(&work.name)).font(bold(13.0)));
    ui.label(work.words(SystemTime::now()));
    ui.label(RichText::new(visual(&work.place())).size(12.0).weak());
    let journal = || work.journal.clone();
    let choices = [
        ("Recover", "Open the map with these changes", Decision::Recover(journal())),
        ("Discard", "Delete these changes", Decision::Discard(journal())),
        ("Later", "Keep these changes and decide later", Decision::Later(journal())),
    ];
    let mut decision = None;
    ui.horizontal(|ui| {
        for (at, (text, hint, meaning)) in choices.into_iter().enumerate() {
            let button = ui.button(text).on_hover_text(hint);
            ui.ctx().accesskit_node_builder(button.id, |node| {
                node.set_description(work.name.as_str());
            });
            if is_first && at == 0 && ui.memory(|memory| memory.focused().is_none()) {
                button.request_focus();
            }
            if button.gained_focus() {
                button.scroll_to_me(None);
            }
            if button.clicked() {
                decision = Some(meaning);
            }
        }
    });
    decision
}
