//! Changes that other programs make to the open file: they are detected, then reloaded or asked
//! about. Changes on either side are never dropped without a decision of the user.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::Ordering;

use egui::{self, Context};

use super::jobs::{Done, Job};
use super::program::App;
use super::session::Disk;
use crate::edit::Command;
use crate::edit::merge::{Conflict, Merged, merge};
use crate::file::store::backup;
use crate::file::store::watch::{Found, Watch, look};
use crate::file::{Bytes, OpenError, Opened, open};
use crate::model::Problem;
use crate::ui::dialogs::questions::{Answer, Conflicting, Question};

impl App {
    /// Watches the open file and checks it when it may have changed. Called in each frame.
    pub(super) fn watch_disk(&mut self, ctx: &Context) {
        if self.session.disk.watched.as_deref() != self.session.document.path() {
            self.watch_file(ctx);
        }
        // Network drives often report no changes, so the file is also checked when the window
        // receives the focus.
        let returns = ctx.input(|input| input.events.contains(&egui::Event::WindowFocused(true)));
        let document = &self.session.document;
        let disk = &self.session.disk;
        // A save changes the file itself. Changes by others during a save are detected after it.
        let is_saving = document.path().is_some_and(|path| self.is_saving(path));
        let is_reported = !is_saving && disk.may_have_changed.swap(false, Ordering::SeqCst);
        let has_texts = document.map().sources.iter().any(|source| source.text_file.is_some());
        if is_reported || (returns && disk.watched.is_some()) {
            self.look_at_file(ctx);
        }
        if returns && has_texts {
            self.session.texts.is_reload_wanted = true;
        }
        if self.modal.is_none()
            && let Some(theirs) = self.session.disk.other.take()
            && !self.is_known(&theirs)
        {
            self.ask_about(theirs, false);
        }
    }

    fn watch_file(&mut self, ctx: &Context) {
        let path = self.session.document.path().map(Path::to_owned);
        let writes = self.session.disk.writes + 1;
        self.session.disk = Disk { watched: path.clone(), writes, ..Disk::default() };
        let disk = &mut self.session.disk;
        let Some(path) = path else { return };
        // Recovered work is based on an older state of the file, so the file is checked at once.
        disk.may_have_changed.store(self.session.document.is_unsaved(), Ordering::SeqCst);
        let (may_have_changed, ctx) = (Arc::clone(&disk.may_have_changed), ctx.clone());
        let wake = move || {
            may_have_changed.store(true, Ordering::SeqCst);
            ctx.request_repaint();
        };
        match Watch::new(std::slice::from_ref(&path), wake) {
            Ok(watch) => disk.watch = Some(watch),
            // Changes are still detected when saving and when the window receives the focus.
            Err(error) => log::warn!("the file cannot be watched for changes: {error}"),
        }
    }

    /// Starts a job that compares the file with the known bytes.
    fn look_at_file(&mut self, ctx: &Context) {
        let document = &self.session.document;
        // A running save changes the file itself; the file is checked after the save.
        let path = document.path().filter(|path| !self.is_saving(path));
        let Some(path) = path.map(Path::to_owned) else { return };
        let disk = &self.session.disk;
        let known = document.known_bytes().into_iter().chain(&disk.put_off);
        let (known, writes): (Vec<Bytes>, u64) = (known.cloned().collect(), disk.writes);
        let job = Job::new("", "The file could not be checked for changes");
        self.jobs.start(ctx, job.for_document(document.number()), move || {
            let found = look(&path, &known);
            Done::Looked(path, writes, found)
        });
    }

    /// Handles the result of a check. `writes` is the value of `Disk::writes` when it started.
    pub(super) fn looked(&mut self, path: &Path, writes: u64, found: Found) {
        if self.session.document.path() != Some(path) {
            return;
        }
        if writes != self.session.disk.writes || self.is_saving(path) {
            // The check is older than our last write, so the file is checked again.
            self.session.disk.may_have_changed.store(true, Ordering::SeqCst);
            return;
        }
        let name = self.session.document.file_name();
        match found {
            Found::Same => {}
            Found::Gone => {
                if !self.session.disk.is_gone() {
                    self.session.disk.put_off = Some(Arc::default());
                    self.session.document.mark_file_deleted();
                    self.tell(format!(
                        "{name} no longer exists on disk; saving will create it again"
                    ));
                }
            }
            Found::Changed(outcome) => match *outcome {
                Ok(theirs) if self.is_known(&theirs) => {}
                Ok(theirs) if !self.session.document.is_unsaved() => {
                    self.take_from_disk(theirs);
                    self.tell(format!("{name} was changed by another program and reloaded"));
                }
                Ok(theirs) => self.session.disk.other = Some(theirs),
                Err(error) => {
                    self.session.document.mark_file_deleted();
                    let why = error.problems.first();
                    let why = why.map_or(String::new(), |problem| problem.message.clone());
                    self.tell(format!(
                        "{name} on disk is no longer a map ({why}); the open map is unchanged"
                    ));
                }
            },
        }
    }

    /// True if these bytes were read or written by this window, or the decision about them was
    /// postponed. A check may finish after the user has answered.
    fn is_known(&self, theirs: &Opened) -> bool {
        let known = self.session.document.known_bytes();
        let mut known = known.into_iter().chain(&self.session.disk.put_off);
        theirs.native_bytes().is_some_and(|theirs| known.any(|known| known == theirs))
    }

    /// Replaces the open map by the one on disk, as an undo step.
    fn take_from_disk(&mut self, theirs: Opened) {
        self.session.document.accept_disk_version("reload the file from disk", theirs, None);
        // The map is identical to the file, so nothing needs to be journalled.
        self.session.document.take_events();
        self.recovery.journal.end();
        self.after_history();
    }

    /// Asks whether to keep this version, take the one on disk, or merge both. If `is_saving`, a
    /// save led to the question and continues after the answer.
    pub(super) fn ask_about(&mut self, theirs: Opened, is_saving: bool) {
        let merged = self.merged(&theirs, &[]);
        let conflicts = merged.as_ref().map_or(&[] as &[Conflict], |merged| &merged.conflicts);
        let choices = conflicts.iter().map(|conflict| conflict.prefers_theirs).collect();
        let merged = merged.map_err(|problems| problems.iter().map(Problem::to_string).collect());
        let asked = Conflicting { theirs, merged, choices, is_saving };
        self.modal = Some(Question::Conflict(Box::new(asked)));
    }

    /// Merges the open map with `theirs`. `choices` has one entry per conflict: true takes theirs.
    fn merged(&self, theirs: &Opened, choices: &[bool]) -> Result<Merged, Vec<Problem>> {
        let document = &self.session.document;
        let base = document.map_on_disk().map_err(|error: OpenError| error.problems)?;
        merge(&base, document.map(), &theirs.map, choices)
    }

    /// Performs the answer to [`Question::Conflict`].
    pub(super) fn resolve_conflict(&mut self, ctx: &Context, asked: Conflicting, answer: &Answer) {
        let Conflicting { theirs, choices, is_saving, .. } = asked;
        match answer {
            Answer::Mine => self.keep_mine(ctx, theirs, is_saving),
            Answer::Theirs => self.take_theirs(ctx, theirs),
            Answer::Merge => self.merge_both(ctx, theirs, &choices, is_saving),
            _ => self.put_off(&theirs),
        }
    }

    fn keep_mine(&mut self, ctx: &Context, theirs: Opened, is_saving: bool) {
        self.session.document.keep_own_version(theirs);
        self.restart_journal();
        self.tell("Kept your version; saving will replace the file on disk");
        self.continue_saving(ctx, is_saving);
    }

    fn take_theirs(&mut self, ctx: &Context, theirs: Opened) {
        self.take_from_disk(theirs);
        self.tell("Loaded the version on disk; undo restores your version");
        if let Some(then) = self.lifecycle.take_next() {
            self.confirm_unsaved_then(ctx, then);
        }
    }

    fn merge_both(&mut self, ctx: &Context, theirs: Opened, choices: &[bool], is_saving: bool) {
        let Ok(Merged { map, kept, renamed, .. }) = self.merged(&theirs, choices) else {
            self.session.disk.other = Some(theirs);
            return;
        };
        let name = "merge with the file on disk";
        self.session.document.accept_disk_version(name, theirs, Some(map));
        self.restart_journal();
        for (from, to) in renamed {
            self.session.selection.rename(&from, to);
        }
        self.after_history();
        self.tell(if kept.is_empty() {
            "Merged with the file on disk".to_owned()
        } else {
            let kept = kept.join(", ");
            format!("Merged. Deleted on one side, but kept because the other refers to it: {kept}")
        });
        self.continue_saving(ctx, is_saving);
    }

    /// Postpones the decision: the same bytes are not asked about again until the next save.
    fn put_off(&mut self, theirs: &Opened) {
        self.session.disk.put_off = theirs.native_bytes().cloned();
        self.lifecycle.give_up();
    }

    /// Discards what was found on disk, after this window has written the file.
    pub(super) fn clear_disk_state(&mut self) {
        let disk = &mut self.session.disk;
        disk.writes += 1;
        disk.put_off = None;
        disk.other = None;
    }

    fn continue_saving(&mut self, ctx: &Context, is_saving: bool) {
        if is_saving && self.session.document.is_unsaved() {
            self.save(ctx);
        }
    }

    /// Shows the list of earlier versions of the open file.
    pub(super) fn show_versions(&mut self) {
        let versions = match (&self.recovery.backups, self.session.document.path()) {
            (Some(folder), Some(path)) => backup::versions(folder, path),
            _ => Vec::new(),
        };
        self.modal = Some(Question::Versions(versions));
    }

    /// Starts reading an earlier version of the file.
    pub(super) fn read_version(&mut self, ctx: &Context, path: PathBuf) {
        let job = Job::new("Opening", "The earlier version could not be opened");
        let job = job.for_document(self.session.document.number());
        self.jobs.start(ctx, job, move || Done::Version(Box::new(open(&path))));
    }

    /// Replaces the open map by an earlier version, as an undo step.
    pub(super) fn version_read(&mut self, outcome: Result<Opened, OpenError>) {
        match outcome {
            Ok(opened) => {
                let name = "return to an earlier version";
                self.apply(Command::ReplaceMap(name, Box::new(opened.map)));
                self.session.canvas.fit();
            }
            Err(error) => self.failed_to_open(Path::new("the earlier version"), &error),
        }
    }
}
