//! Shows the open modal dialog and acts on the answer.

use egui::Context;

use super::lifecycle::Lifecycle;
use super::program::App;
use super::saving::Replacing;
use crate::file::formats;
use crate::file::source::formats::is_article;
use crate::model::problem::Subject;
use crate::ui::dialogs::files::Wanted;
use crate::ui::dialogs::import::Into;
use crate::ui::dialogs::questions::{Answer, Question, Then, question_ui};

/// How long closing the window waits for jobs that were cancelled for it, in seconds.
const CLOSES_AFTER_SECONDS: f64 = 1.0;

impl App {
    /// Shows the open dialog, if any, and performs its answer.
    pub(super) fn modal_ui(&mut self, ctx: &Context) {
        let Some(mut question) = self.modal.take() else { return };
        if matches!(question, Question::Export) {
            self.export_window(ctx);
            return;
        }
        if let Question::Data(format) = question {
            self.data_window(ctx, format);
            return;
        }
        if matches!(question, Question::Import) {
            self.import_window(ctx);
            return;
        }
        match question_ui(ctx, &mut question, &self.session.document.file_name()) {
            None => self.modal = Some(question),
            Some(answer) => {
                self.answered(ctx, question, answer);
                // The pressed button no longer exists, so the keyboard focus returns to the map.
                if self.modal.is_none() {
                    self.release_keyboard(ctx);
                }
            }
        }
    }

    fn answered(&mut self, ctx: &Context, question: Question, answer: Answer) {
        match (question, answer) {
            (Question::Unsaved(then), Answer::Save) => {
                self.lifecycle = Lifecycle::Saving(then);
                self.save(ctx);
            }
            (Question::Unsaved(then), Answer::Discard) => {
                self.session.discarded = Some(self.session.document.state());
                self.proceed(ctx, then);
            }
            (Question::Working(_), Answer::CancelWork) => {
                let now = ctx.input(|input| input.time);
                self.jobs.cancel(now);
                let at_the_latest = Some(now + CLOSES_AFTER_SECONDS);
                self.lifecycle = Lifecycle::ClosingAfterWork { at_the_latest };
            }
            (Question::Working(_), _) => self.lifecycle = Lifecycle::Running,
            (Question::Conflict(asked), answer) => self.resolve_conflict(ctx, *asked, &answer),
            (Question::NotSaved(_), Answer::Save) => self.save(ctx),
            (
                Question::NotSaved(_) | Question::Stalled(_) | Question::ChangedOnDisk(_),
                Answer::SaveElsewhere,
            ) => self.ask(ctx, Wanted::SaveMap),
            (Question::KeepText { source, path, file, .. }, Answer::Beside) => {
                self.keep_text(source.as_ref(), &path, &file, true);
            }
            (Question::KeepText { source, path, file, .. }, Answer::Embed) => {
                self.keep_text(source.as_ref(), &path, &file, false);
            }
            (Question::Versions(_), Answer::Path(path)) => self.read_version(ctx, path),
            (Question::ChangedOnDisk(path), Answer::Overwrite) => {
                self.write(ctx, path, Replacing::Anything);
            }
            (Question::Overwrite(wanted, path), Answer::Overwrite) => {
                self.use_path(ctx, &wanted, path);
            }
            (Question::OverwriteEvidence(path, _), Answer::Overwrite) => self.export_now(ctx, path),
            (Question::Path { wanted, .. }, Answer::Path(path)) => {
                let path = self.final_path(&wanted, path);
                if !wanted.is_read() && path.is_dir() {
                    let heading = "This is a folder".to_owned();
                    let details = vec![
                        path.display().to_string(),
                        "Enter the name of a file inside it.".to_owned(),
                    ];
                    self.modal = Some(Question::Failed { heading, details });
                } else if !wanted.is_read() && path.exists() {
                    self.modal = Some(Question::Overwrite(wanted, path));
                } else {
                    self.use_path(ctx, &wanted, path);
                }
            }
            (Question::Problems(_), Answer::Show(subject)) => match subject {
                Subject::Element(element) => self.select_and_focus(ctx, &element),
                Subject::Source(source) => self.show_source(&source, None),
            },
            (Question::Articles(articles), Answer::Add) => self.add_articles(&articles),
            (Question::Doubles(pairs), Answer::Doubled(done)) => {
                self.settle_double(ctx, pairs, done);
            }
            (Question::Recover(_), Answer::Unsaved(decision)) => self.decide(ctx, decision),
            (Question::Recover(_), _) => self.put_off_recovery(),
            _ => self.lifecycle.give_up(),
        }
    }

    /// Opens a map file, after asking about unsaved changes.
    pub(super) fn open_path(&mut self, ctx: &Context, path: std::path::PathBuf) {
        if is_article(&path) {
            self.open_article(ctx, &path);
        } else if formats::is_imported_name(&path) {
            // Whether it becomes a new map is decided in the import window.
            self.start_import(ctx, vec![path], Into::NewMap);
        } else {
            self.confirm_unsaved_then(ctx, Then::Open(path));
        }
    }
}
