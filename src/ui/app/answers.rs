//! What stands in front of the window, and what its answers lead to.

use eframe::egui::Context;

use super::App;
use super::saving::Replacing;
use crate::ui::dialogs::files::Wanted;
use crate::ui::dialogs::questions::{Answer, Question, question_ui};

impl App {
    pub(super) fn front(&mut self, ctx: &Context) {
        let Some(mut question) = self.question.take() else { return };
        if matches!(question, Question::Export) {
            self.export_window(ctx);
            return;
        }
        match question_ui(ctx, &mut question, &self.document.file_name()) {
            None => self.question = Some(question),
            Some(answer) => self.answered(ctx, question, answer),
        }
    }

    fn answered(&mut self, ctx: &Context, question: Question, answer: Answer) {
        match (question, answer) {
            (Question::Unsaved(then), Answer::Save) => {
                self.then = Some(then);
                self.save(ctx);
            }
            (Question::Unsaved(then), Answer::Discard) => self.go_on(ctx, then),
            (Question::Conflict(asked), answer) => self.settled(ctx, *asked, &answer),
            (Question::NotSaved(_), Answer::Save) => self.save(ctx),
            (
                Question::NotSaved(_) | Question::Stalled(_) | Question::ChangedOnDisk(_),
                Answer::SaveElsewhere,
            ) => {
                self.ask(ctx, Wanted::SaveMap);
            }
            (Question::KeepText { source, path, text, .. }, Answer::Beside) => {
                self.keep_text(source.as_ref(), &path, &text, true);
            }
            (Question::KeepText { source, path, text, .. }, Answer::Embed) => {
                self.keep_text(source.as_ref(), &path, &text, false);
            }
            (Question::Versions(_), Answer::Path(path)) => self.read_version(ctx, path),
            (Question::ChangedOnDisk(path), Answer::Overwrite) => {
                self.write(ctx, path, Replacing::Anything)
            }
            (Question::Overwrite(wanted, path), Answer::Overwrite) => {
                self.use_path(ctx, &wanted, path)
            }
            (Question::Path { wanted, .. }, Answer::Path(path)) => {
                let path = self.final_path(&wanted, path);
                if !wanted.is_read() && path.is_dir() {
                    let heading = "This is a folder".to_owned();
                    let details =
                        vec![path.display().to_string(), "Give a file name inside it.".to_owned()];
                    self.question = Some(Question::Failed { heading, details });
                } else if !wanted.is_read() && path.exists() {
                    self.question = Some(Question::Overwrite(wanted, path));
                } else {
                    self.use_path(ctx, &wanted, path);
                }
            }
            (Question::Recover { .. }, Answer::Recover) => self.recover(),
            (Question::Recover { .. }, Answer::Discard) => self.discard_orphan(),
            _ => self.then = None,
        }
    }
}
