//! The question after another program changed the open file: keep mine, take theirs, or merge.

use egui::{RichText, Ui};

use super::question::{Answer, Conflicting};
use crate::edit::merge::Merged;
use crate::ui::dialogs::frame::choices_ui;
use crate::ui::widgets::style::bold;

pub(super) fn conflict_ui(ui: &mut Ui, name: &str, asked: &mut Conflicting) -> Option<Answer> {
    let merge = [("Merge", Answer::Merge)].into_iter().filter(|_| asked.merged.is_ok());
    let keep = [
        ("Keep mine", Answer::Mine),
        ("Take theirs", Answer::Theirs),
        ("Decide later", Answer::Close),
    ];
    let choices: Vec<_> = merge.chain(keep).collect();
    choices_ui(ui, &format!("{name} was changed by another program"), &choices, |ui| {
        ui.label("You have unsaved changes too. Nothing has been changed yet.");
        match &asked.merged {
            Ok(merged) => merged_ui(ui, merged, &mut asked.choices),
            Err(problems) => {
                ui.label("Together they are not a valid map, so they cannot be merged:");
                for problem in problems {
                    ui.label(problem);
                }
            }
        }
        None
    })
}

/// The conflicts of a merge, each with the choice between its two sides.
fn merged_ui(ui: &mut Ui, merged: &Merged, choices: &mut [bool]) {
    let words = match merged.conflicts.len() {
        0 => "Both can be merged; nothing was changed on both sides.".to_owned(),
        1 => "Both can be merged. One thing was changed on both sides; choose one:".to_owned(),
        count => format!(
            "Both can be merged. {count} things were changed on both sides; choose one for each:"
        ),
    };
    ui.label(words);
    for (conflict, takes_theirs) in merged.conflicts.iter().zip(choices) {
        ui.add_space(4.0);
        ui.label(RichText::new(&conflict.what).font(bold(13.0)));
        ui.radio_value(takes_theirs, false, format!("in this window: {}", conflict.mine));
        ui.radio_value(takes_theirs, true, format!("in the file: {}", conflict.theirs));
    }
    if !merged.kept.is_empty() {
        let kept = merged.kept.join(", ");
        ui.label(format!("Kept, because deleted on one side but still used on the other: {kept}"));
    }
}
