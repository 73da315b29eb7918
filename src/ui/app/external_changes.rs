//! What happens to the open file beside us: noticed, read again, or asked about. Nothing of either
//! side is dropped without an answer.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use eframe::egui::{self, Context};

use super::App;
use super::jobs::Done;
use crate::edit::merge::{Conflict, merge};
use crate::file::store::backup;
use crate::file::store::watch::{Found, Watch, look};
use crate::file::{Bytes, OpenError, Opened, open};
use crate::ui::dialogs::questions::{Answer, Conflicting, Question};

/// The watch over the open file.
#[derive(Default)]
pub(super) struct Disk {
    watched: Option<PathBuf>,
    watch: Option<Watch>,
    /// Set by the watch's thread.
    has_stirred: Arc<AtomicBool>,
    /// Bytes on disk that were asked about and put off.
    put_off: Option<Bytes>,
    /// How often the document became another on disk, or was agreed with it, by our own doing.
    writes: u64,
    /// Another map on disk, to be asked about as soon as nothing else is.
    other: Option<Opened>,
}

impl App {
    /// Watches the open file, and looks at it where it may have changed.
    pub(super) fn watch_disk(&mut self, ctx: &Context) {
        if self.disk.watched.as_deref() != self.document.path() {
            self.follow_file(ctx);
        }
        // Network drives tell nothing: whoever comes back to the window looks.
        let returns = ctx.input(|input| input.events.contains(&egui::Event::WindowFocused(true)));
        // While it is saved here it stirs by itself; what others did meanwhile is seen right
        // afterwards.
        let is_saving = self.document.path().is_some_and(|path| self.is_saving(path));
        if (!is_saving && self.disk.has_stirred.swap(false, Ordering::SeqCst))
            || (returns && self.disk.watched.is_some())
        {
            self.look_at_file(ctx);
        }
        if returns && self.document.map().sources.iter().any(|source| source.text_file.is_some()) {
            self.wants_reading = true;
        }
        if self.question.is_none()
            && let Some(theirs) = self.disk.other.take().filter(|theirs| !self.is_known(theirs))
        {
            self.ask_about(theirs, false);
        }
    }

    fn follow_file(&mut self, ctx: &Context) {
        self.renew_disk(self.document.path().map(Path::to_owned));
        let has_stirred = Arc::clone(&self.disk.has_stirred);
        let Some(path) = &self.disk.watched else { return };
        // Work that was recovered starts from the file as it was then.
        self.disk.has_stirred.store(self.document.is_unsaved(), Ordering::SeqCst);
        let ctx = ctx.clone();
        let wake = move || {
            has_stirred.store(true, Ordering::SeqCst);
            ctx.request_repaint();
        };
        match Watch::new(path, wake) {
            Ok(watch) => self.disk.watch = Some(watch),
            // Saving still compares, and so does coming back to the window.
            Err(error) => log::warn!("changes of the file are not noticed at once: {error}"),
        }
    }

    /// Nothing is known yet of what happens on disk; what is still being looked at counts no more.
    pub(super) fn renew_disk(&mut self, watched: Option<PathBuf>) {
        self.disk = Disk { watched, writes: self.disk.writes + 1, ..Disk::default() };
    }

    fn look_at_file(&mut self, ctx: &Context) {
        // A save that is under way stirs the file itself; afterwards it is looked at.
        let Some(path) =
            self.document.path().map(Path::to_owned).filter(|path| !self.is_saving(path))
        else {
            return;
        };
        let known: Vec<Bytes> =
            self.document.known_bytes().into_iter().chain(&self.disk.put_off).cloned().collect();
        let writes = self.disk.writes;
        self.jobs.start(ctx, "", move || {
            let found = look(&path, &known);
            Done::Looked(path, writes, found)
        });
    }

    pub(super) fn looked(&mut self, path: &Path, writes: u64, found: Found) {
        if self.document.path() != Some(path) {
            return;
        }
        if writes != self.disk.writes || self.is_saving(path) {
            // Seen before our own last write; what is there now may be something else.
            self.disk.has_stirred.store(true, Ordering::SeqCst);
            return;
        }
        let name = self.document.file_name();
        match found {
            Found::Same => {}
            Found::Gone => {
                if !self.disk.is_gone() {
                    self.disk.put_off = Some(Arc::default());
                    self.document.lost_on_disk();
                    self.news = format!("{name} is gone from the disk; saving writes it again");
                }
            }
            Found::Changed(outcome) => match *outcome {
                Ok(theirs) if self.is_known(&theirs) => {}
                Ok(theirs) if !self.document.is_unsaved() => {
                    self.take_from_disk(theirs);
                    self.news = format!("{name} was changed by another program and read again");
                }
                Ok(theirs) => self.disk.other = Some(theirs),
                Err(error) => {
                    self.document.lost_on_disk();
                    let why = error
                        .problems
                        .first()
                        .map_or(String::new(), |problem| problem.message.clone());
                    self.news = format!(
                        "{name} on disk is no longer a map ({why}); what is open here is kept"
                    );
                }
            },
        }
    }

    /// True for what was read or written here, or asked about and put off: a look may end after the
    /// answer.
    fn is_known(&self, theirs: &Opened) -> bool {
        let mut known = self.document.known_bytes().into_iter().chain(&self.disk.put_off);
        known.any(|known| **known == *theirs.bytes)
    }

    fn take_from_disk(&mut self, theirs: Opened) {
        self.document.is_read_only = theirs.is_newer();
        self.document.found_on_disk("reload of the file from disk", theirs, None);
        // What is on disk needs no journal.
        self.document.take_events();
        self.journal.end();
        self.after_history();
    }

    /// Mine, theirs, or both? `is_saving`: the answer ends in a save.
    pub(super) fn ask_about(&mut self, theirs: Opened, is_saving: bool) {
        let merged = self.merged(&theirs, &[]);
        let conflicts = merged.as_ref().map_or(&[] as &[Conflict], |merged| &merged.conflicts);
        let choices = conflicts.iter().map(|conflict| conflict.prefers_theirs).collect();
        let merged = merged.map_err(|problems| problems.iter().map(ToString::to_string).collect());
        self.question =
            Some(Question::Conflict(Box::new(Conflicting { theirs, merged, choices, is_saving })));
    }

    fn merged(
        &self,
        theirs: &Opened,
        choices: &[bool],
    ) -> Result<crate::edit::merge::Merged, Vec<crate::model::Problem>> {
        let base = self.document.map_on_disk().map_err(|error: OpenError| error.problems)?;
        merge(&base, self.document.map(), &theirs.map, choices)
    }

    /// The answer to that question.
    pub(super) fn settled(&mut self, ctx: &Context, asked: Conflicting, answer: &Answer) {
        let Conflicting { theirs, choices, is_saving, .. } = asked;
        match answer {
            Answer::Mine => self.keep_mine(ctx, theirs, is_saving),
            Answer::Theirs => self.take_theirs(ctx, theirs),
            Answer::Merge => self.merge_both(ctx, theirs, &choices, is_saving),
            _ => self.put_off(&theirs),
        }
    }

    fn keep_mine(&mut self, ctx: &Context, theirs: Opened, is_saving: bool) {
        self.document.keep_against(theirs);
        self.restart_journal();
        "Kept what is open here; saving replaces the file on disk".clone_into(&mut self.news);
        self.go_on_saving(ctx, is_saving);
    }

    fn take_theirs(&mut self, ctx: &Context, theirs: Opened) {
        self.take_from_disk(theirs);
        "Took the file from disk; undo brings back what was here".clone_into(&mut self.news);
        if let Some(then) = self.then.take() {
            self.unless_unsaved(ctx, then);
        }
    }

    fn merge_both(&mut self, ctx: &Context, theirs: Opened, choices: &[bool], is_saving: bool) {
        match self.merged(&theirs, choices) {
            Ok(merged) => {
                self.document.found_on_disk(
                    "merging with the file on disk",
                    theirs,
                    Some(merged.map),
                );
                self.restart_journal();
                for (from, to) in merged.renamed {
                    self.selection.rename(&from, to);
                }
                self.after_history();
                self.news = match merged.kept.as_slice() {
                    [] => "Merged with the file on disk".to_owned(),
                    kept => {
                        format!(
                            "Merged; deleted on one side and kept, because the other names it: {}",
                            kept.join(", ")
                        )
                    }
                };
                self.go_on_saving(ctx, is_saving);
            }
            Err(_) => self.disk.other = Some(theirs),
        }
    }

    /// Neither now: the same bytes are not asked about again before the next save.
    fn put_off(&mut self, theirs: &Opened) {
        self.disk.put_off = Some(Arc::clone(&theirs.bytes));
        self.then = None;
    }

    /// The file is ours again; what was found there before is no longer there.
    pub(super) fn forget_disk(&mut self) {
        self.disk.writes += 1;
        self.disk.put_off = None;
        self.disk.other = None;
    }

    fn go_on_saving(&mut self, ctx: &Context, is_saving: bool) {
        if is_saving && self.document.is_unsaved() {
            self.save(ctx);
        }
    }

    /// The versions of the open file that saves have replaced.
    pub(super) fn show_versions(&mut self) {
        let path = self.document.path();
        let versions = match (&self.backups, path) {
            (Some(folder), Some(path)) => backup::versions(folder, path),
            _ => Vec::new(),
        };
        self.question = Some(Question::Versions(versions));
    }

    pub(super) fn read_version(&mut self, ctx: &Context, path: PathBuf) {
        self.jobs.start(ctx, "Opening", move || Done::Version(Box::new(open(&path))));
    }

    pub(super) fn take_version(&mut self, outcome: Result<Opened, OpenError>) {
        match outcome {
            Ok(opened) => {
                let command = crate::edit::Command::Become(
                    "return to an earlier version",
                    Box::new(opened.map),
                );
                self.apply(command);
                self.canvas.fit();
            }
            Err(error) => self.failed_to_open(Path::new("the earlier version"), &error),
        }
    }
}

impl Disk {
    fn is_gone(&self) -> bool {
        self.put_off.as_ref().is_some_and(|bytes| bytes.is_empty())
    }
}
