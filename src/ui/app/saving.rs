//! Saving: on a thread, one save of a file at a time, and what follows when it succeeds, fails or
//! stalls.

use std::path::{Path, PathBuf};
use std::time::Duration;

use eframe::egui::Context;

use super::App;
use super::jobs::{Done, SaveFailure, Saved};
use crate::file::store::atomic::write_atomically;
use crate::file::store::backup;
use crate::file::store::output::is_same_file;
use crate::file::{Bytes, source};
use crate::ui::dialogs::files::Wanted;
use crate::ui::dialogs::questions::Question;

/// A save that takes longer is spoken of.
const STALLED_AFTER_SECONDS: f64 = 10.0;

/// What a save may replace.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Replacing {
    /// The map's own file as it was last seen here, or any other file that the person has chosen.
    Known,
    /// The map's own file whatever is in it: the person was asked.
    Anything,
}

/// A save under way.
pub(super) struct Saving {
    number: u64,
    path: PathBuf,
    /// In seconds of egui's clock.
    started: f64,
    is_spoken_of: bool,
}

impl App {
    pub(super) fn save(&mut self, ctx: &Context) {
        if self.document.is_read_only {
            "This map is read-only here; “Save as…” writes an exact copy."
                .clone_into(&mut self.news);
            return;
        }
        if self.document.is_unsaved() {
            self.update_moved();
        }
        match self.document.path().map(Path::to_owned) {
            Some(path) => self.write(ctx, path, Replacing::Known),
            None => self.ask(ctx, Wanted::SaveMap),
        }
    }

    /// Writes the map to a file, on a thread.
    pub(super) fn write(&mut self, ctx: &Context, path: PathBuf, replacing: Replacing) {
        if self.is_saving(&path) {
            // Two at once could end in the wrong order.
            self.wants_save = true;
            return;
        }
        let bytes: Bytes = match self.document.to_bytes() {
            Ok(bytes) => bytes.into(),
            Err(error) => {
                let heading = "The map could not be written".to_owned();
                self.question =
                    Some(Question::Failed { heading, details: vec![error.to_string()] });
                return;
            }
        };
        self.saves += 1;
        let (number, state) = (self.saves, self.document.state());
        let own = self.document.path().map(Path::to_owned);
        let known = self.document.known_bytes().cloned();
        let (backups, inputs) = (self.backups.clone(), self.inputs());
        let texts: Vec<String> = self
            .document
            .map()
            .sources
            .iter()
            .filter_map(|source| source.text_file.clone())
            .collect();
        let started = ctx.input(|input| input.time);
        self.saving.push(Saving { number, path: path.clone(), started, is_spoken_of: false });
        self.jobs.start(ctx, "Saving", move || {
            let mut backup_failure = None;
            // Links are resolved here: on a dead drive that takes long.
            let own_file = own.clone().filter(|own| *own == path || is_same_file(own, &path));
            let is_own = own_file.is_some();
            let path = own_file.unwrap_or(path);
            let known = known.filter(|_| is_own && replacing != Replacing::Anything);
            let is_changed = known
                .is_some_and(|known| std::fs::read(&path).is_ok_and(|on_disk| *on_disk != *known));
            let refused = if is_own { Ok(()) } else { inputs.check(&path) };
            let outcome = if is_changed {
                Err(SaveFailure::ChangedOnDisk(Box::new(crate::file::open(&path))))
            } else if let Err(error) = refused {
                Err(SaveFailure::Failed(error))
            } else {
                let kept = backups.map_or(Ok(()), |folder| backup::keep(&folder, &path));
                backup_failure =
                    kept.err().map(|error| format!("the version before is not kept: {error}"));
                write_atomically(&path, &bytes).map_err(SaveFailure::Failed)
            };
            // Beside a map in another folder its sources' texts have to be as well.
            if outcome.is_ok()
                && let Some(before) = own.filter(|_| !is_own)
                && let Err(error) = source::carry(&texts, &before, &path)
            {
                backup_failure = Some(format!("a source's text did not come along: {error}"));
            }
            Done::Saved(Saved { number, path, bytes, state, outcome, backup_failure })
        });
    }

    /// True while the file at `path` is being written.
    pub(super) fn is_saving(&self, path: &Path) -> bool {
        self.saving.iter().any(|saving| saving.path == path)
    }

    /// Speaks of a save that takes too long; the window goes on all the same.
    pub(super) fn watch_saves(&mut self, ctx: &Context) {
        let now = ctx.input(|input| input.time);
        if !self.saving.is_empty() {
            ctx.request_repaint_after(Duration::from_millis(500));
        }
        let is_late = |saving: &&mut Saving| {
            !saving.is_spoken_of && now - saving.started > STALLED_AFTER_SECONDS
        };
        if self.question.is_none()
            && let Some(saving) = self.saving.iter_mut().find(is_late)
        {
            saving.is_spoken_of = true;
            self.question = Some(Question::Stalled(saving.path.clone()));
        }
    }

    pub(super) fn saved(&mut self, ctx: &Context, saved: Saved) {
        self.saving.retain(|saving| saving.number != saved.number);
        if matches!(self.question, Some(Question::Stalled(_))) {
            self.question = None;
        }
        if saved.number != self.saves {
            // Given up for a save elsewhere; the document is what that one made it.
            let how =
                if saved.outcome.is_ok() { "went through after all" } else { "failed in the end" };
            self.news = format!("The save that stalled {how}: {}", saved.path.display());
            return;
        }
        let wants_save = std::mem::take(&mut self.wants_save);
        match saved.outcome {
            Ok(()) => {
                self.settings.remember(&saved.path);
                self.forget_disk();
                self.document.saved(saved.path, saved.bytes, saved.state);
                self.news = match saved.backup_failure {
                    None => format!("Saved {}", self.document.file_name()),
                    Some(why) => format!("Saved {}; {why}", self.document.file_name()),
                };
                if self.document.is_unsaved() {
                    // What was done meanwhile now starts from the file as it is.
                    self.restart_journal();
                    if wants_save {
                        self.save(ctx);
                        return;
                    }
                }
                if let Some(then) = self.then.take() {
                    self.unless_unsaved(ctx, then);
                }
            }
            Err(SaveFailure::ChangedOnDisk(on_disk)) => match *on_disk {
                Ok(theirs) => self.ask_about(theirs, true),
                Err(_) => self.question = Some(Question::ChangedOnDisk(saved.path)),
            },
            Err(SaveFailure::Failed(error)) => {
                self.then = None;
                self.question = Some(Question::NotSaved(error.to_string()));
            }
        }
    }
}
