//! Saving: on a thread, one save of a file at a time, and what follows when it succeeds, fails or
//! takes too long.

use std::path::{Path, PathBuf};
use std::time::Duration;

use eframe::egui::Context;

use super::jobs::{Done, Job, SaveFailure, Saved};
use super::program::App;
use super::session::Saving;
use crate::file::source;
use crate::file::store::atomic::write_atomically;
use crate::file::store::backup;
use crate::file::store::output::{Inputs, is_same_file};
use crate::file::{self, Bytes};
use crate::ui::dialogs::files::Wanted;
use crate::ui::dialogs::questions::Question;

/// A save that takes longer is reported.
const STALLED_AFTER_SECONDS: f64 = 10.0;

/// What a save may replace.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Replacing {
    /// The map's own file as it was last seen here, or any other file that the person has chosen.
    Known,
    /// The map's own file whatever is in it: the person was asked.
    Anything,
}

/// A save as its thread does it.
struct Work {
    number: u64,
    path: PathBuf,
    bytes: Bytes,
    state: u64,
    replacing: Replacing,
    /// The map's file, if it has one.
    own: Option<PathBuf>,
    /// What was last seen there.
    known: Option<Bytes>,
    inputs: Inputs,
    /// Where earlier versions are kept.
    backups: Option<PathBuf>,
    /// Texts that are beside the map and have to be beside a copy of it.
    text_files: Vec<String>,
}

impl Work {
    fn run(self) -> Saved {
        // Links are resolved here: on a drive that does not answer, that takes long.
        let is_own_file = |own: &PathBuf| *own == self.path || is_same_file(own, &self.path);
        let own_file = self.own.clone().filter(is_own_file);
        let is_own = own_file.is_some();
        let path = own_file.unwrap_or_else(|| self.path.clone());
        let is_compared = is_own && self.replacing == Replacing::Known;
        let known = self.known.as_ref().filter(|_| is_compared);
        let is_changed =
            known.is_some_and(|known| std::fs::read(&path).is_ok_and(|now| now != **known));
        let mut warning = None;
        let outcome = if is_changed {
            Err(SaveFailure::ChangedOnDisk(Box::new(file::open(&path))))
        } else {
            self.write(&path, is_own, &mut warning)
        };
        let Self { number, bytes, state, .. } = self;
        Saved { number, path, bytes, state, outcome, warning }
    }

    fn write(
        &self,
        path: &Path,
        is_own: bool,
        warning: &mut Option<String>,
    ) -> Result<(), SaveFailure> {
        let failed = |error: &dyn std::fmt::Display| SaveFailure::Failed(error.to_string());
        if !is_own {
            self.inputs.check(path).map_err(|error| failed(&error))?;
        }
        if let Some(folder) = &self.backups
            && let Err(error) = backup::keep(folder, path)
        {
            *warning = Some(format!("the version before is not kept: {error}"));
        }
        write_atomically(path, &self.bytes).map_err(|error| failed(&error))?;
        if let Some(own) = self.own.as_ref().filter(|_| !is_own)
            && let Err(error) = source::carry(&self.text_files, own, path)
        {
            *warning = Some(format!("a source's text was not copied: {error}"));
        }
        Ok(())
    }
}

impl App {
    pub(super) fn save(&mut self, ctx: &Context) {
        if self.session.document.is_read_only() {
            self.tell("This map is read-only here; “Save as…” writes an exact copy.");
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

    /// Writes the map to a file, on a thread.
    pub(super) fn write(&mut self, ctx: &Context, path: PathBuf, replacing: Replacing) {
        if self.is_saving(&path) {
            // Two at once could end in the wrong order.
            self.session.saves.is_wanted = true;
            return;
        }
        let document = &self.session.document;
        let bytes: Bytes = match document.to_bytes() {
            Ok(bytes) => bytes.into(),
            Err(error) => return self.fail("The map could not be written", error),
        };
        let sources = document.map().sources.iter();
        let saves = &mut self.session.saves;
        saves.last += 1;
        let work = Work {
            number: saves.last,
            path: path.clone(),
            bytes: Bytes::clone(&bytes),
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
            Done::Saved(Saved { number, path, bytes, state, outcome, warning: None })
        };
        let job = Job::new("Saving", "The map was not saved");
        let job = job.for_document(document.number()).or_else(failed);
        self.jobs.start(ctx, job, move || Done::Saved(work.run()));
    }

    /// True while the file at `path` is being written.
    pub(super) fn is_saving(&self, path: &Path) -> bool {
        self.session.saves.running.iter().any(|saving| saving.path == path)
    }

    /// Reports a save that takes too long; the window goes on all the same.
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

    pub(super) fn saved(&mut self, ctx: &Context, saved: Saved) {
        let running_saves = &mut self.session.saves;
        running_saves.running.retain(|saving| saving.number != saved.number);
        if matches!(self.modal, Some(Question::Stalled(_))) {
            self.modal = None;
        }
        if saved.number != running_saves.last {
            // Given up for a save elsewhere; the document is what that one made it.
            let how = if saved.outcome.is_ok() { "was completed after all" } else { "failed" };
            self.tell(format!("The save that stalled {how}: {}", saved.path.display()));
            return;
        }
        let is_wanted_again = std::mem::take(&mut running_saves.is_wanted);
        match saved.outcome {
            Ok(()) => {
                self.settings.remember(&saved.path);
                self.forget_disk();
                self.session.document.saved(saved.path, saved.bytes, saved.state);
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
            // What was done meanwhile starts from the file as it is now.
            self.restart_journal();
            if is_wanted_again {
                self.save(ctx);
                return;
            }
        }
        if let Some(then) = self.lifecycle.take_then() {
            self.unless_unsaved(ctx, then);
        }
    }
}
