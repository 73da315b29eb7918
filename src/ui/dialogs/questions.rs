//! Modal questions and information pages.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::SystemTime;

use egui::{self, Context, Id, Key, Modal, RichText, ScrollArea, TextEdit, Ui};

use super::files::Wanted;
use super::recover::{Decision, recover_ui};
use crate::edit::merge::Merged;
use crate::edit::unsaved::{Unsaved, when};
use crate::evidence::SourceText;
use crate::file::Opened;
use crate::file::store::backup::Version;

use crate::model::{Problem, SourceId};
use crate::ui::commands::{ON_THE_MAP, commands};
use crate::ui::widgets::style::bold;

/// The action that follows once unsaved changes are saved or discarded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Then {
    Close,
    New,
    Example,
    AskForFile,
    Open(PathBuf),
    /// Open the unsaved work of this journal.
    Recover(PathBuf),
}

/// The modal dialog that is open.
#[derive(Clone, Debug)]
pub enum Question {
    /// Save the changes first?
    Unsaved(Then),
    /// Another program changed the file at this path, and it is no longer a valid map.
    ChangedOnDisk(PathBuf),
    /// Another program wrote a different map to the file.
    Conflict(Box<Conflicting>),
    /// Saving failed, for this reason.
    NotSaved(String),
    /// Saving to this path takes unusually long.
    Stalled(PathBuf),
    /// Where should a text be kept: in the map, or in a separate file?
    KeepText {
        source: Option<SourceId>,
        path: PathBuf,
        text: Arc<SourceText>,
        /// True if the text can be kept in a file in the map's folder.
        can_keep_in_folder: bool,
    },
    /// Earlier versions of the file, newest first.
    Versions(Vec<Version>),
    /// The typed path already exists. Replace that file?
    Overwrite(Wanted, PathBuf),
    /// A field for a path, because the system has no file dialog.
    Path {
        wanted: Wanted,
        text: String,
    },
    /// An operation failed: a heading and the details.
    Failed {
        heading: String,
        details: Vec<String>,
    },
    /// Recover unsaved work after a crash?
    Recover(Vec<Unsaved>),
    Warnings(Vec<Problem>),
    /// The keyboard shortcuts.
    Keys,
    Export,
    /// The window closes when this work has finished. Holds the label of the work.
    Working(&'static str),
}

/// A changed file, in conflict with the unsaved changes in this window.
#[derive(Clone, Debug)]
pub struct Conflicting {
    /// The map in the file.
    pub theirs: Opened,
    /// The merged map, or the problems that prevent a merge.
    pub merged: Result<Merged, Vec<String>>,
    /// For each conflict: true if the value in the file is taken.
    pub choices: Vec<bool>,
    /// True if a save led to this question. The answer then continues that save.
    pub is_saving: bool,
}

/// The answer to a question.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answer {
    Save,
    Discard,
    /// What to do with unsaved work.
    Unsaved(Decision),
    Overwrite,
    SaveElsewhere,
    Mine,
    Theirs,
    Merge,
    /// Keep the text in the map.
    Embed,
    /// Keep the text in a file in the map's folder.
    Beside,
    /// The typed path, or the path of an earlier version.
    Path(PathBuf),
    CancelWork,
    Close,
}

/// Shows the question. Returns `None` while it is open.
pub fn question_ui(ctx: &Context, question: &mut Question, name: &str) -> Option<Answer> {
    let modal = modal(ctx, "question").show(ctx, |ui| match question {
        Question::Unsaved(_) => unsaved_ui(ui, name),
        Question::ChangedOnDisk(_) => {
            heading(ui, "The file has changed on disk");
            let words = format!(
                "Another program changed {name}, and it is no longer a valid map. Nothing has been \
                 saved yet."
            );
            ui.label(words);
            buttons(
                ui,
                &[
                    ("Overwrite it", Answer::Overwrite),
                    ("Save as…", Answer::SaveElsewhere),
                    ("Cancel", Answer::Close),
                ],
            )
        }
        Question::Conflict(asked) => conflict_ui(ui, name, asked),
        Question::NotSaved(why) => {
            heading(ui, "The map was not saved");
            ui.label("The map stays open with your unsaved changes. The file was not changed.");
            lines(ui, std::slice::from_ref(why));
            let choices = [
                ("Save as…", Answer::SaveElsewhere),
                ("Try again", Answer::Save),
                ("Close", Answer::Close),
            ];
            buttons(ui, &choices)
        }
        Question::Stalled(path) => {
            heading(ui, "The drive is not responding");
            ui.label(format!(
                "The map is still being saved to {}. It stays unsaved until this finishes.",
                path.display()
            ));
            buttons(
                ui,
                &[("Keep waiting", Answer::Close), ("Save elsewhere…", Answer::SaveElsewhere)],
            )
        }
        Question::KeepText { path, text, can_keep_in_folder, .. } => {
            keep_text_ui(ui, path, text, *can_keep_in_folder)
        }
        Question::Versions(versions) => versions_ui(ui, versions),
        Question::Overwrite(_, path) => {
            heading(ui, "Replace this file?");
            ui.label(path.display().to_string());
            buttons(ui, &[("Cancel", Answer::Close), ("Replace", Answer::Overwrite)])
        }
        Question::Path { wanted, text } => path_ui(ui, wanted, text),
        Question::Failed { heading: what, details } => {
            heading(ui, what);
            lines(ui, details);
            buttons(ui, &[("Close", Answer::Close)])
        }
        Question::Recover(works) => {
            let decision = recover_ui(ui, works).map(Answer::Unsaved);
            decision.or(buttons(ui, &[("Decide later", Answer::Close)]))
        }
        Question::Warnings(problems) => {
            heading(ui, "Problems in this map");
            ui.label("The map can be used as it is. These are worth checking:");
            lines(ui, &problems.iter().map(ToString::to_string).collect::<Vec<_>>());
            buttons(ui, &[("Close", Answer::Close)])
        }
        Question::Keys => keys_ui(ui),
        Question::Working(label) => working_ui(ui, label),
        Question::Export => None,
    });
    if modal.should_close() { modal.inner.or(Some(Answer::Close)) } else { modal.inner }
}

/// A modal window with the frame and backdrop that all dialogs share.
#[must_use]
pub fn modal(ctx: &Context, id: &str) -> Modal {
    let frame = egui::Frame::popup(&ctx.global_style()).inner_margin(egui::Margin::same(22));
    Modal::new(Id::new(id)).frame(frame).backdrop_color(egui::Color32::from_black_alpha(70))
}

fn heading(ui: &mut Ui, text: &str) {
    ui.set_width(ui.ctx().content_rect().width().min(620.0) - 60.0);
    ui.label(RichText::new(text).font(bold(17.0)));
    ui.add_space(2.0);
}

fn buttons(ui: &mut Ui, choices: &[(&str, Answer)]) -> Option<Answer> {
    ui.add_space(8.0);
    let mut answer = None;
    ui.horizontal(|ui| {
        for (number, (text, meaning)) in choices.iter().enumerate() {
            let response = ui.button(*text);
            if number == 0 && ui.memory(|memory| memory.focused().is_none()) {
                response.request_focus();
            }
            if response.clicked() {
                answer = Some(meaning.clone());
            }
        }
    });
    answer
}

fn unsaved_ui(ui: &mut Ui, name: &str) -> Option<Answer> {
    heading(ui, &format!("Save the changes to {name}?"));
    ui.label("Otherwise your changes will be lost.");
    buttons(
        ui,
        &[("Save", Answer::Save), ("Don't save", Answer::Discard), ("Cancel", Answer::Close)],
    )
}

fn working_ui(ui: &mut Ui, label: &str) -> Option<Answer> {
    heading(ui, &format!("{label} is not finished"));
    ui.label("The window closes when it is finished.");
    let choices =
        [("Keep the window open", Answer::Close), ("Cancel it and close", Answer::CancelWork)];
    buttons(ui, &choices)
}

fn conflict_ui(ui: &mut Ui, name: &str, asked: &mut Conflicting) -> Option<Answer> {
    heading(ui, &format!("{name} was changed by another program"));
    ui.label("You have unsaved changes too. Nothing has been changed yet.");
    let keep = [
        ("Keep mine", Answer::Mine),
        ("Take theirs", Answer::Theirs),
        ("Decide later", Answer::Close),
    ];
    let merged = match &asked.merged {
        Ok(merged) => merged,
        Err(problems) => {
            ui.label("Together they are not a valid map, so they cannot be merged:");
            lines(ui, problems);
            return buttons(ui, &keep);
        }
    };
    let words = match merged.conflicts.len() {
        0 => "Both can be merged; nothing was changed on both sides.".to_owned(),
        1 => "Both can be merged. One thing was changed on both sides; choose one:".to_owned(),
        count => {
            format!(
                "Both can be merged. {count} things were changed on both sides; choose one for \
                 each:"
            )
        }
    };
    ui.label(words);
    let height = ui.ctx().content_rect().height() * 0.4;
    ScrollArea::vertical().max_height(height).auto_shrink([false, true]).show(ui, |ui| {
        for (conflict, takes_theirs) in merged.conflicts.iter().zip(&mut asked.choices) {
            ui.add_space(4.0);
            ui.label(RichText::new(&conflict.what).font(bold(13.0)));
            ui.radio_value(takes_theirs, false, format!("in this window: {}", conflict.mine));
            ui.radio_value(takes_theirs, true, format!("in the file: {}", conflict.theirs));
        }
        if !merged.kept.is_empty() {
            let kept = merged.kept.join(", ");
            ui.label(format!(
                "Kept, because deleted on one side but still used on the other: {kept}"
            ));
        }
    });
    let merge = [("Merge", Answer::Merge)];
    buttons(ui, &merge.into_iter().chain(keep).collect::<Vec<_>>())
}

fn keep_text_ui(
    ui: &mut Ui,
    path: &Path,
    text: &SourceText,
    can_keep_in_folder: bool,
) -> Option<Answer> {
    heading(ui, "Where should the text be kept?");
    let name = path.file_name().unwrap_or(path.as_os_str()).to_string_lossy();
    let start: String = text.as_str().chars().take(160).collect();
    ui.label(format!("{name}: {} characters.", text.length()));
    ui.label(
        RichText::new(format!("“{}…”", start.split_whitespace().collect::<Vec<_>>().join(" ")))
            .weak(),
    );
    ui.label(
        "In the map's folder, the text is a separate file. Inside the map, everyone who gets the \
         map also gets the text.",
    );
    let beside = [("Keep it in the map's folder", Answer::Beside)];
    let others = [("Put it into the map", Answer::Embed), ("Cancel", Answer::Close)];
    let choices = beside.into_iter().filter(|_| can_keep_in_folder).chain(others);
    buttons(ui, &choices.collect::<Vec<_>>())
}

fn versions_ui(ui: &mut Ui, versions: &[Version]) -> Option<Answer> {
    heading(ui, "Earlier versions");
    if versions.is_empty() {
        ui.label("None yet. Each save keeps the version that it replaces.");
        return buttons(ui, &[("Close", Answer::Close)]);
    }
    ui.label("Returning to an earlier version can be undone.");
    let mut answer = None;
    let height = ui.ctx().content_rect().height() * 0.5;
    ScrollArea::vertical().max_height(height).auto_shrink([false, true]).show(ui, |ui| {
        for version in versions {
            let age = when(version.written, SystemTime::now());
            let text = format!("Saved {age}, {} bytes", version.size_bytes);
            if ui.button(text).clicked() {
                answer = Some(Answer::Path(version.path.clone()));
            }
        }
    });
    buttons(ui, &[("Close", Answer::Close)]).or(answer)
}

fn path_ui(ui: &mut Ui, wanted: &Wanted, text: &mut String) -> Option<Answer> {
    heading(ui, wanted.title());
    ui.label(
        "This system offers no file dialog (no desktop portal and no zenity). Type the \
         path of the file:",
    );
    let id = ui.id().with("path");
    let field = TextEdit::singleline(text)
        .id(id)
        .desired_width(f32::INFINITY)
        .hint_text("folder/file.json");
    let mut shown = field.margin(egui::Margin::symmetric(8, 5)).show(ui);
    let edit = shown.response.response.clone();
    edit.widget_info(|| egui::WidgetInfo::labeled(egui::WidgetType::TextEdit, true, "Path"));
    let entered = edit.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter));
    if !entered && ui.memory(|memory| memory.focused().is_none()) {
        edit.request_focus();
        // Typing replaces the suggestion.
        let all = egui::text::CCursorRange::two(
            egui::text::CCursor::new(0),
            egui::text::CCursor::new(text.chars().count()),
        );
        shown.state.cursor.set_char_range(Some(all));
        shown.state.store(ui.ctx(), id);
    }
    let path = PathBuf::from(text.trim());
    let accept = Answer::Path(path);
    let answer = buttons(ui, &[("OK", accept.clone()), ("Cancel", Answer::Close)]);
    let answer = if entered { Some(accept) } else { answer };
    answer.filter(|answer| *answer == Answer::Close || !text.trim().is_empty())
}

fn lines(ui: &mut Ui, details: &[String]) {
    let height = ui.ctx().content_rect().height() * 0.5;
    ScrollArea::vertical().max_height(height).auto_shrink([false, true]).show(ui, |ui| {
        for line in details {
            ui.label(line);
        }
    });
}

fn keys_ui(ui: &mut Ui) -> Option<Answer> {
    heading(ui, "Keyboard shortcuts");
    let height = ui.ctx().content_rect().height() * 0.66;
    ScrollArea::vertical().max_height(height).auto_shrink([false, true]).show(ui, |ui| {
        ui.spacing_mut().interact_size.y = 0.0;
        ui.set_max_width(ui.available_width() - 14.0);
        egui::Grid::new("keys").num_columns(2).spacing([24.0, 5.0]).show(ui, |ui| {
            for about in commands() {
                ui.label(RichText::new(about.key_words(ui.ctx())).font(bold(13.0)));
                ui.label(about.hint);
                ui.end_row();
            }
            ui.label(RichText::new("On the map").weak());
            ui.end_row();
            for (keys, what) in ON_THE_MAP {
                ui.label(RichText::new(*keys).font(bold(13.0)));
                ui.label(*what);
                ui.end_row();
            }
        });
    });
    buttons(ui, &[("Close", Answer::Close)])
}
