//! Shows the question that is open.

use std::path::{Path, PathBuf};

use egui::{self, Context, Key, RichText, TextEdit, Ui};

use super::conflict::conflict_ui;
use super::pages::{keys_ui, problems_ui, versions_ui};
use super::question::{Answer, Question};
use crate::file::source::SourceFile;
use crate::ui::dialogs::articles::articles_ui;
use crate::ui::dialogs::doubles::doubles_ui;
use crate::ui::dialogs::files::Wanted;
use crate::ui::dialogs::frame::{choices_ui, modal};
use crate::ui::dialogs::recover::recover_ui;

/// Shows the question. Returns `None` while it is open.
pub fn question_ui(ctx: &Context, question: &mut Question, name: &str) -> Option<Answer> {
    let modal = modal(ctx, "question").show(ctx, |ui| match question {
        Question::Unsaved(_) => unsaved_ui(ui, name),
        Question::ChangedOnDisk(_) => changed_ui(ui, name),
        Question::Conflict(asked) => conflict_ui(ui, name, asked),
        Question::NotSaved(why) => not_saved_ui(ui, why),
        Question::Stalled(path) => stalled_ui(ui, path),
        Question::KeepText { path, file, can_keep_in_folder, .. } => {
            keep_text_ui(ui, path, file, *can_keep_in_folder)
        }
        Question::Versions(versions) => versions_ui(ui, versions),
        Question::Overwrite(_, path) | Question::OverwriteEvidence(_, path) => {
            overwrite_ui(ui, path)
        }
        Question::Path { wanted, text } => path_ui(ui, wanted, text),
        Question::Failed { heading, details } => failed_ui(ui, heading, details),
        Question::Recover(works) => recover_ui(ui, works, Answer::Unsaved, &Answer::Close),
        Question::Problems(problems) => problems_ui(ui, problems),
        Question::Articles(articles) => {
            articles_ui(ui, articles).map(|adds| if adds { Answer::Add } else { Answer::Close })
        }
        Question::Doubles(pairs) => {
            doubles_ui(ui, pairs).map(|done| done.map_or(Answer::Close, Answer::Doubled))
        }
        Question::Keys => keys_ui(ui),
        Question::Working(label) => working_ui(ui, label),
        Question::Export | Question::Import | Question::Data(_) => None,
    });
    if modal.should_close() { modal.inner.or(Some(Answer::Close)) } else { modal.inner }
}

fn unsaved_ui(ui: &mut Ui, name: &str) -> Option<Answer> {
    let choices =
        [("Save", Answer::Save), ("Don't save", Answer::Discard), ("Cancel", Answer::Close)];
    choices_ui(ui, &format!("Save the changes to {name}?"), &choices, |ui| {
        ui.label("Otherwise your changes will be lost.");
        None
    })
}

fn changed_ui(ui: &mut Ui, name: &str) -> Option<Answer> {
    let choices = [
        ("Overwrite it", Answer::Overwrite),
        ("Save as…", Answer::SaveElsewhere),
        ("Cancel", Answer::Close),
    ];
    choices_ui(ui, "The file has changed on disk", &choices, |ui| {
        ui.label(format!(
            "Another program changed {name}, and it is no longer a valid map. Nothing has been \
             saved yet."
        ));
        None
    })
}

fn not_saved_ui(ui: &mut Ui, why: &str) -> Option<Answer> {
    let choices = [
        ("Save as…", Answer::SaveElsewhere),
        ("Try again", Answer::Save),
        ("Close", Answer::Close),
    ];
    choices_ui(ui, "The map was not saved", &choices, |ui| {
        ui.label("The map stays open with your unsaved changes. The file was not changed.");
        ui.label(why);
        None
    })
}

fn stalled_ui(ui: &mut Ui, path: &Path) -> Option<Answer> {
    let choices = [("Keep waiting", Answer::Close), ("Save elsewhere…", Answer::SaveElsewhere)];
    choices_ui(ui, "The drive is not responding", &choices, |ui| {
        ui.label(format!(
            "The map is still being saved to {}. It stays unsaved until this finishes.",
            path.display()
        ));
        None
    })
}

fn overwrite_ui(ui: &mut Ui, path: &Path) -> Option<Answer> {
    let choices = [("Cancel", Answer::Close), ("Replace", Answer::Overwrite)];
    choices_ui(ui, "Replace this file?", &choices, |ui| {
        ui.label(path.display().to_string());
        None
    })
}

fn failed_ui(ui: &mut Ui, heading: &str, details: &[String]) -> Option<Answer> {
    choices_ui(ui, heading, &[("Close", Answer::Close)], |ui| {
        for line in details {
            ui.label(line);
        }
        None
    })
}

fn working_ui(ui: &mut Ui, label: &str) -> Option<Answer> {
    let choices =
        [("Keep the window open", Answer::Close), ("Cancel it and close", Answer::CancelWork)];
    choices_ui(ui, &format!("{label} is not finished"), &choices, |ui| {
        ui.label("The window closes when it is finished.");
        None
    })
}

fn keep_text_ui(
    ui: &mut Ui,
    path: &Path,
    file: &SourceFile,
    can_keep_in_folder: bool,
) -> Option<Answer> {
    let beside = [("Keep it in the map's folder", Answer::Beside)];
    let others = [("Put it into the map", Answer::Embed), ("Cancel", Answer::Close)];
    let choices = beside.into_iter().filter(|_| can_keep_in_folder).chain(others);
    let choices: Vec<_> = choices.collect();
    choices_ui(ui, "Where should the text be kept?", &choices, |ui| {
        let name = path.file_name().unwrap_or(path.as_os_str()).to_string_lossy();
        let start: String = file.text.as_str().chars().take(160).collect();
        ui.label(format!("{name}: {} characters.", file.text.length()));
        for note in &file.notes {
            ui.label(note);
        }
        ui.label(
            RichText::new(format!("“{}…”", start.split_whitespace().collect::<Vec<_>>().join(" ")))
                .weak(),
        );
        ui.label(
        "In the map's folder, the text is a separate file. Inside the map, everyone who gets the \
         map also gets the text.",
    );
        None
    })
}

fn path_ui(ui: &mut Ui, wanted: &Wanted, text: &mut String) -> Option<Answer> {
    // The field is checked after it was shown, so that OK takes what was typed in this frame.
    let mut is_entered = false;
    let choices = [("OK", Answer::Overwrite), ("Cancel", Answer::Close)];
    let answer = choices_ui(ui, wanted.title(), &choices, |ui| {
        ui.label(
            "This system offers no file dialog (no desktop portal and no zenity). Type the path \
             of the file:",
        );
        is_entered = path_field_ui(ui, text);
        None
    });
    let accept = Answer::Path(PathBuf::from(text.trim()));
    let answer = match answer {
        Some(Answer::Overwrite) => Some(accept),
        None if is_entered => Some(accept),
        other => other,
    };
    answer.filter(|answer| *answer == Answer::Close || !text.trim().is_empty())
}

/// The field for a path. Returns true if Enter was pressed in it.
fn path_field_ui(ui: &mut Ui, text: &mut String) -> bool {
    let id = ui.id().with("path");
    let field = TextEdit::singleline(text)
        .id(id)
        .desired_width(f32::INFINITY)
        .hint_text("folder/file.json");
    let mut shown = field.margin(egui::Margin::symmetric(8, 5)).show(ui);
    let edit = shown.response.response.clone();
    edit.widget_info(|| egui::WidgetInfo::labeled(egui::WidgetType::TextEdit, true, "Path"));
    let is_entered = edit.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter));
    if !is_entered && ui.memory(|memory| memory.focused().is_none()) {
        edit.request_focus();
        // Typing replaces the suggestion.
        let all = egui::text::CCursorRange::two(
            egui::text::CCursor::new(0),
            egui::text::CCursor::new(text.chars().count()),
        );
        shown.state.cursor.set_char_range(Some(all));
        shown.state.store(ui.ctx(), id);
    }
    is_entered
}
