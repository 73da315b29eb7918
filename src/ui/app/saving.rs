//! Saving on a worker thread, one save per file at a time, and the actions after a save that
//! succeeds, fails or takes too long.

use std::path::{Path, PathBuf};
use std::time::Duration;

use egui::Context;

use super::jobs::{Done, Job, SaveFailure, Saved};
use super::program::App;
use super::session::Saving;
use crate::edit::document::ToWrite;
use crate::file::source;
use crate::file::store::atomic::{has_content, replace};
use crate::file::store::backup;
use crate::file::store::output::{Inputs, is_same_file};
use crate::file::{self, Bytes};
use crate::ui::dialogs::files::Wanted;
use crate::ui::dialogs::questions::Question;

/// The user is asked about a save that takes longer.
const STALLED_AFTER_SECONDS: f64 = 10.0;

/// What a save may replace.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Replacing {
    /// The map's own file if it has not changed since it was last read or written here, or any
    /// other file that the user has chosen.
    Known,
    /// Any file, even the map's own file if it has changed; the user has confirmed this.
    Anything,
}

/// The work of a save, which runs on a worker thread.
struct Work {
    number: u64,
    path: PathBuf,
    contents: ToWrite,
    /// The state id of the document that is written.
    state: u64,
    replacing: Replacing,
    /// The map's file, if it has one.
    own: Option<PathBuf>,
    /// The bytes last read from or written to the map's own file.
    known: Option<Bytes>,
    inputs: Inputs,
    /// Folder for earlier versions; `None` if none are kept.
    backups: Option<PathBuf>,
    /// Paths, relative to the map's folder, of source texts that a copy of the map needs as well.
    text_files: Vec<String>,
}

impl Work {
    fn run(self) -> Saved {
        // Links are resolved on this thread, because a drive that does not respond would block.
        let own_file = self.own.clone().filter(|own| self.is_own_file(own));
        let is_own = own_file.is_some();
        let path = own_file.unwrap_or_else(|| self.path.clone());
        let is_compared = is_own && self.replacing == Replacing::Known;
        let known = self.known.as_ref().filter(|_| is_compared);
        let is_changed =
            known.is_some_and(|known| has_content(&path, known).is_ok_and(|is_same| !is_same));
        let mut warning = None;
        let outcome = if is_changed {
            Err(SaveFailure::ChangedOnDisk(Box::new(file::open(&path))))
        } else {
            self.write(&path, is_own, &mut warning)
        };
        Saved { number: self.number, path, state: self.state, outcome, warning }
    }

    /// True if `own`, the file of the map, is the file that the save writes.
    fn is_own_file(&self, own: &Path) -> bool {
        own == self.path || is_same_file(own, &self.path)
    }

    fn write(
        &self,
        path: &Path,
        is_own: bool,
        warning: &mut Option<String>,
    ) -> Result<Bytes, SaveFailure> {
        let bytes = self.contents.bytes().map_err(|error| save_failure(&error))?;
        if !is_own {
            self.inputs.check(path).map_err(|error| save_failure(&error))?;
        }
        let keep = |old: &Path| {
            if let Some(folder) = &self.backups
                && let Err(error) = backup::keep_replaced(folder, path, old)
            {
                *warning = Some(format!("the previous version could not be backed up: {error}"));
            }
        };
        replace(path, &bytes, keep).map_err(|error| save_failure(&error))?;
        if let Some(own) = self.own.as_ref().filter(|_| !is_own)
            && let Err(error) = source::carry(&self.text_files, own, path)
        {
            *warning = Some(format!("the text of a source could not be copied: {error}"));
        }
        Ok(bytes)
    }
}

/// The failure of a save, with the words of an error.
fn save_failure(error: &dyn std::fmt::Display) -> SaveFailure {
    SaveFailure::Failed(error.to_string())
}

impl App {
    /// Saves the map to its own file, or asks for a file if it has none.
    pub(super) fn save(&mut self, ctx: &Context) {
        if self.session.document.is_read_only() {
            self.tell("This map is read-only; “Save as…” writes an exact copy.");
            return;
        }
        if self.leads_to_rejected(ctx) {
            return;
        }
        if self.session.document.is_unsaved() {
            self.update_moved_excerpts();
        }
        match self.session.document.path().map(Path::to_owned) {
            Some(path) => self.write(ctx, path, Replacing::Known),
            None => self.ask(ctx, Wanted::SaveMap),
        }
    }

    /// Asks for a file to save the map to.
    pub(super) fn save_as(&mut self, ctx: &Context) {
        if !self.leads_to_rejected(ctx) {
            self.ask(ctx, Wanted::SaveMap);
        }
    }

    /// Writes the map to a file on a worker thread.
    pub(super) fn write(&mut self, ctx: &Context, path: PathBuf, replacing: Replacing) {
        if self.is_saving(&path) {
            // Two saves at once could finish in the wrong order.
            self.session.saves.is_wanted = true;
            return;
        }
        let document = &self.session.document;
        let sources = document.map().sources.iter();
        let saves = &mut self.session.saves;
        saves.last += 1;
        let work = Work {
            number: saves.last,
            path: path.clone(),
            contents: document.to_write(),
            state: document.state(),
            replacing,
            own: document.path().map(Path::to_owned),
            known: document.known_bytes().cloned(),
            inputs: Inputs::of(document.path(), document.map()),
            backups: self.recovery.backups.clone(),
            text_files: sources.filter_map(|source| source.text_file.clone()).collect(),
        };
        let started = ctx.input(|input| input.time);
        let (number, state) = (work.number, work.state);
        saves.running.push(Saving { number, path: path.clone(), started, was_reported: false });
        let failed = move |why| {
            let outcome = Err(SaveFailure::Failed(why));
            Done::Saved(Saved { number, path, state, outcome, warning: None })
        };
        let job = Job::new("Saving", "The map was not saved");
        let job = job.for_document(document.number()).or_else(failed);
        self.jobs.start(ctx, job, move || Done::Saved(work.run()));
    }

    /// True while a save to `path` is running.
    pub(super) fn is_saving(&self, path: &Path) -> bool {
        self.session.saves.running.iter().any(|saving| saving.path == path)
    }

    /// Asks the user about a save that takes too long. The save itself continues.
    pub(super) fn watch_saves(&mut self, ctx: &Context) {
        let now = ctx.input(|input| input.time);
        let running = &mut self.session.saves.running;
        if !running.is_empty() || self.jobs.is_cancelling() {
            ctx.request_repaint_after(Duration::from_millis(500));
        }
        let is_late = |saving: &&mut Saving| {
            !saving.was_reported && now - saving.started > STALLED_AFTER_SECONDS
        };
        if self.modal.is_none()
            && let Some(saving) = running.iter_mut().find(is_late)
        {
            saving.was_reported = true;
            self.modal = Some(Question::Stalled(saving.path.clone()));
        }
    }

    /// Handles the result of a save.
    pub(super) fn saved(&mut self, ctx: &Context, saved: Saved) {
        let running_saves = &mut self.session.saves;
        running_saves.running.retain(|saving| saving.number != saved.number);
        if matches!(self.modal, Some(Question::Stalled(_))) {
            self.modal = None;
        }
        if saved.number != running_saves.last {
            // The user has saved elsewhere since; the state of the document follows that save.
            let how = if saved.outcome.is_ok() { "was completed after all" } else { "failed" };
            self.tell(format!("The save that stalled {how}: {}", saved.path.display()));
            return;
        }
        let is_wanted_again = std::mem::take(&mut running_saves.is_wanted);
        match saved.outcome {
            Ok(bytes) => {
                self.settings.remember(&saved.path);
                self.clear_disk_state();
                self.session.document.saved(saved.path, bytes, saved.state);
                let name = self.session.document.file_name();
                self.tell(match saved.warning {
                    None => format!("Saved {name}"),
                    Some(why) => format!("Saved {name}; {why}"),
                });
                self.after_save(ctx, is_wanted_again);
            }
            Err(SaveFailure::ChangedOnDisk(on_disk)) => match *on_disk {
                Ok(theirs) => self.ask_about(theirs, true),
                Err(_) => self.modal = Some(Question::ChangedOnDisk(saved.path)),
            },
            Err(SaveFailure::Failed(error)) => {
                self.lifecycle.give_up();
                self.modal = Some(Question::NotSaved(error));
            }
        }
    }

    fn after_save(&mut self, ctx: &Context, is_wanted_again: bool) {
        if self.session.document.is_unsaved() {
            // Edits made during the save are now relative to the saved file.
            self.restart_journal();
            if is_wanted_again {
                self.save(ctx);
                return;
            }
        }
        if let Some(then) = self.lifecycle.take_next() {
            self.confirm_unsaved_then(ctx, then);
        }
    }
}
