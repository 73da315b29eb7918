//! Handles the results of background jobs.

use egui::Context;

use super::jobs::{Done, Finished};
use super::program::App;
use crate::ui::dialogs::questions::Question;

impl App {
    /// Handles the result of a job; one for another document is only reported.
    pub(super) fn handle_job_result(&mut self, ctx: &Context, finished: Finished) {
        let number = self.session.document.number();
        if finished.document.is_some_and(|document| document != number) {
            self.handle_late_result(finished.done);
            return;
        }
        match finished.done {
            Done::Picked(wanted, picked) => self.picked(ctx, wanted, picked),
            Done::Cancelled(news) => self.tell(news),
            Done::Failed(heading, why) => {
                self.lifecycle.give_up();
                self.fail(heading, why);
            }
            Done::Opened(path, outcome) => self.opened(ctx, path, *outcome),
            Done::ToImport(read) => self.show_import(*read),
            Done::Articles(batch) => self.articles_read(*batch),
            Done::Tried(tried) => self.import_tried(*tried),
            Done::Saved(saved) => self.saved(ctx, saved),
            Done::Looked(path, writes, found) => self.looked(&path, writes, found),
            Done::Read(number, reading) => self.sources_read(number, reading),
            Done::ReadText(read) => self.text_read(*read),
            Done::TableSaved(path, Ok(())) => self.tell(format!("Saved {}", path.display())),
            Done::TableSaved(_, Err(error)) => self.fail("The table was not saved", error),
            Done::Version(outcome) => self.version_read(*outcome),
            Done::Previewed(previewed) => self.previewed(ctx, *previewed),
            Done::Still(still) => self.still_drawn(ctx, *still),
            Done::Camps(version, camps) => self.camps_found(version, camps),
            Done::Arranged(arranged) => self.arranged(ctx, *arranged),
            Done::Drawn(outcome) => self.drawn_for_clipboard(ctx, outcome),
            Done::Exported(_, Err(error)) if error.is_cancelled() => {
                self.tell("The export was cancelled; nothing was written.");
            }
            Done::Exported(path, Ok(more)) => {
                self.tell(format!("Exported {}{more}", path.display()));
            }
            Done::Exported(_, Err(error)) => self.fail("The picture was not exported", error),
        }
    }

    /// Reports the result of a job for a document that is no longer open. The open document is not
    /// changed.
    fn handle_late_result(&mut self, done: Done) {
        match done {
            Done::Saved(saved) => {
                let how = if saved.outcome.is_ok() { "was saved" } else { "was not saved" };
                self.tell(format!("{} {how}", saved.path.display()));
            }
            Done::Exported(path, Ok(more)) => {
                self.tell(format!("Exported {}{more}", path.display()));
            }
            Done::TableSaved(path, Ok(())) => self.tell(format!("Saved {}", path.display())),
            Done::Exported(_, Err(error)) if !error.is_cancelled() => {
                self.fail("The picture was not exported", error);
            }
            Done::TableSaved(_, Err(error)) => self.fail("The table was not saved", error),
            Done::Picked(wanted, _) if !wanted.is_read() && self.modal.is_none() => {
                let details = vec![
                    "Another map was opened while the file dialog was open.".to_owned(),
                    "Nothing was written. Choose the command again.".to_owned(),
                ];
                let heading = "The file was not written".to_owned();
                self.modal = Some(Question::Failed { heading, details });
            }
            _ => {}
        }
    }
}
