//! Work that may take a while, each job on a thread of its own; the window goes on and is woken at
//! the end. Every job ends with a message, also if it panics, cannot be started, or ignores its
//! cancellation.

use std::any::Any;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, Sender, channel};

use eframe::egui;

use crate::edit::reading::Reading;
use crate::edit::{DocumentNumber, Version};
use crate::evidence::SourceText;
use crate::export::{ExportError, Pixels};
use crate::file::source::SourceError;
use crate::file::store::atomic::SaveError;
use crate::file::store::watch::Found;
use crate::file::{Bytes, OpenError, Opened};
use crate::layout::request::Arranged;
use crate::model::SourceId;
use crate::progress::{Cancelled, Progress};
use crate::ui::dialogs::files::{Picked, Wanted};

/// How long a job may go on after it was cancelled, in seconds. Then its result is not waited for.
const PATIENCE_SECONDS: f64 = 2.0;

/// What a job ended with.
pub enum Done {
    Picked(Wanted, Picked),
    Opened(PathBuf, Box<Result<Opened, OpenError>>),
    /// It was cancelled; this is to be told.
    Cancelled(&'static str),
    /// It failed in a way that no other variant has: a heading and the reason.
    Failed(&'static str, String),
    Saved(Saved),
    /// The open file was looked at again; the number is that of the last write when that began.
    Looked(PathBuf, u64, Found),
    /// The sources were read; the number is that of the reading.
    Read(u64, Result<Box<Reading>, String>),
    /// A text that is to be a source's was read.
    ReadText(Box<ReadText>),
    TableSaved(PathBuf, Result<(), String>),
    /// An earlier version was read.
    Version(Box<Result<Opened, OpenError>>),
    Exported(PathBuf, Result<(), OutputError>),
    /// The picture of the export window was drawn.
    Previewed(Box<Previewed>),
    Arranged(Box<ArrangedMap>),
    /// The picture for the clipboard was drawn.
    Drawn(Result<Pixels, ExportError>),
}

/// Why a picture was not written.
#[derive(Debug, thiserror::Error)]
pub enum OutputError {
    #[error(transparent)]
    Export(#[from] ExportError),
    #[error(transparent)]
    Save(#[from] SaveError),
}

impl OutputError {
    /// True if the work was cancelled.
    #[must_use]
    pub fn is_cancelled(&self) -> bool {
        matches!(self, Self::Export(ExportError::Cancelled(_)))
    }
}

/// Positions for the actors of a map as it was.
pub struct ArrangedMap {
    /// The version that was arranged.
    pub version: Version,
    /// Positions in `map.actors` of those that were arranged; `None` for all.
    pub only: Option<Vec<usize>>,
    /// The map had no positions: these are shown, and are no change of it.
    pub is_initial: bool,
    pub outcome: Result<Arranged, Cancelled>,
}

/// A file as it will be, and its picture made small.
pub struct Previewed {
    /// The number of this preview.
    pub number: u64,
    /// In pixels, of the whole picture.
    pub size: [usize; 2],
    /// For a format with pages.
    pub pages: Option<usize>,
    pub outcome: Result<(Arc<[u8]>, Pixels), ExportError>,
}

/// A text for a source.
pub struct ReadText {
    /// `None` for a source that the map does not have yet.
    pub source: Option<SourceId>,
    pub path: PathBuf,
    pub outcome: Result<SourceText, SourceError>,
}

/// A save that was tried.
pub struct Saved {
    /// The number of this save.
    pub number: u64,
    pub path: PathBuf,
    pub bytes: Bytes,
    /// The document's state that `bytes` hold.
    pub state: u64,
    pub outcome: Result<(), SaveFailure>,
    /// Why no copy of the file before is kept, or a text did not come along, if that is so.
    pub warning: Option<String>,
}

/// Why a save did not happen.
pub enum SaveFailure {
    /// The file is not the one that was opened: another program wrote it.
    ChangedOnDisk(Box<Result<Opened, OpenError>>),
    Failed(String),
}

/// How a job is started.
pub struct Job {
    /// Shown while it runs; empty for work that nobody needs to know about.
    label: &'static str,
    /// The document that its result is for; the result for another one is not used.
    document: Option<DocumentNumber>,
    /// Where it records how far it is, and is cancelled.
    progress: Option<Arc<Progress>>,
    /// What it ends with if it fails in an unexpected way, for this reason.
    failed: Box<dyn FnOnce(String) -> Done + Send>,
}

impl Job {
    /// A job that tells about a failure under a heading.
    #[must_use]
    pub fn new(label: &'static str, failure: &'static str) -> Self {
        let failed = Box::new(move |why| Done::Failed(failure, why));
        Self { label, document: None, progress: None, failed }
    }

    /// Its result is for this document.
    #[must_use]
    pub fn for_document(self, document: DocumentNumber) -> Self {
        Self { document: Some(document), ..self }
    }

    /// It can be cancelled.
    #[must_use]
    pub fn with_progress(self, progress: &Arc<Progress>) -> Self {
        Self { progress: Some(Arc::clone(progress)), ..self }
    }

    /// What it ends with if it fails in an unexpected way.
    #[must_use]
    pub fn or_else(self, failed: impl FnOnce(String) -> Done + Send + 'static) -> Self {
        Self { failed: Box::new(failed), ..self }
    }
}

/// A job under way.
struct Running {
    number: u64,
    label: &'static str,
    document: Option<DocumentNumber>,
    progress: Option<Arc<Progress>>,
    /// When it was cancelled, in seconds of egui's clock.
    cancelled: Option<f64>,
}

/// What a job ended with, and the document that it was for.
pub struct Finished {
    pub document: Option<DocumentNumber>,
    pub done: Done,
}

/// The jobs under way.
pub struct Jobs {
    sender: Sender<(u64, Done)>,
    receiver: Receiver<(u64, Done)>,
    running: Vec<Running>,
    started: u64,
}

impl Default for Jobs {
    fn default() -> Self {
        let (sender, receiver) = channel();
        Self { sender, receiver, running: Vec::new(), started: 0 }
    }
}

impl Jobs {
    /// Starts `work` on a thread.
    pub fn start(
        &mut self,
        ctx: &egui::Context,
        job: Job,
        work: impl FnOnce() -> Done + Send + 'static,
    ) {
        let thread = std::thread::Builder::new().name(job.label.to_owned());
        self.start_on(thread, ctx, job, work);
    }

    fn start_on(
        &mut self,
        thread: std::thread::Builder,
        ctx: &egui::Context,
        job: Job,
        work: impl FnOnce() -> Done + Send + 'static,
    ) {
        self.started += 1;
        let Job { label, document, progress, failed } = job;
        let number = self.started;
        self.running.push(Running { number, label, document, progress, cancelled: None });
        // Shared, so that one of the two is left if the thread cannot be started.
        let failed = Arc::new(std::sync::Mutex::new(Some(failed)));
        let (sender, waker, on_panic) = (self.sender.clone(), ctx.clone(), Arc::clone(&failed));
        let spawned = thread.spawn(move || {
            let outcome = catch_unwind(AssertUnwindSafe(work));
            let done = outcome.unwrap_or_else(|panic| {
                failure(&on_panic, format!("the program made an error: {}", message_of(&*panic)))
            });
            // The window may be closed by now.
            if sender.send((number, done)).is_ok() {
                waker.request_repaint();
            }
        });
        if let Err(error) = spawned {
            let done = failure(&failed, format!("the system starts no more threads: {error}"));
            // Our own receiver is there.
            let _ = self.sender.send((number, done));
            ctx.request_repaint();
        }
    }

    /// What ended since the last call; `now` in seconds of egui's clock.
    pub fn finished(&mut self, now: f64) -> Vec<Finished> {
        let mut finished = Vec::new();
        for (number, done) in self.receiver.try_iter() {
            // A job that was given up is no longer in the list.
            if let Some(at) = self.running.iter().position(|job| job.number == number) {
                let document = self.running.remove(at).document;
                finished.push(Finished { document, done });
            }
        }
        let is_given_up = |job: &Running| {
            job.cancelled.is_some_and(|cancelled| now - cancelled > PATIENCE_SECONDS)
        };
        for job in self.running.extract_if(.., |job| is_given_up(job)) {
            let words = "It does not respond. Its result will be ignored.";
            let done = Done::Failed("The operation was cancelled", words.to_owned());
            finished.push(Finished { document: job.document, done });
        }
        finished
    }

    /// The label of a job that is shown, if one runs.
    #[must_use]
    pub fn label(&self) -> Option<&'static str> {
        self.shown().map(|job| job.label)
    }

    /// How much of that job is done, 0 to 1, if it can be cancelled.
    #[must_use]
    pub fn share(&self) -> Option<f32> {
        self.shown()?.progress.as_ref().map(|progress| progress.share())
    }

    fn shown(&self) -> Option<&Running> {
        self.running.iter().find(|job| !job.label.is_empty())
    }

    /// Cancels the jobs that are shown and can be cancelled; `now` in seconds of egui's clock.
    pub fn cancel(&mut self, now: f64) {
        for job in self.running.iter_mut().filter(|job| !job.label.is_empty()) {
            if let Some(progress) = &job.progress {
                progress.cancel();
                job.cancelled.get_or_insert(now);
            }
        }
    }

    /// True while a job that was cancelled still runs.
    #[must_use]
    pub fn is_cancelling(&self) -> bool {
        self.running.iter().any(|job| job.cancelled.is_some())
    }

    /// True while any job runs.
    #[must_use]
    pub fn is_busy(&self) -> bool {
        !self.running.is_empty()
    }
}

type Failed = Arc<std::sync::Mutex<Option<Box<dyn FnOnce(String) -> Done + Send>>>>;

fn failure(failed: &Failed, why: String) -> Done {
    let failed = failed.lock().ok().and_then(|mut failed| failed.take());
    match failed {
        Some(failed) => failed(why),
        None => Done::Failed("An operation failed", why),
    }
}

/// The message of a panic.
fn message_of(panic: &(dyn Any + Send)) -> &str {
    let text = panic.downcast_ref::<&str>().copied();
    text.or_else(|| panic.downcast_ref::<String>().map(String::as_str)).unwrap_or("no message")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ended(jobs: &mut Jobs) -> Vec<Finished> {
        for _ in 0..200 {
            let finished = jobs.finished(0.0);
            if !finished.is_empty() {
                return finished;
            }
            std::thread::sleep(std::time::Duration::from_millis(5));
        }
        Vec::new()
    }

    fn message(finished: &[Finished]) -> String {
        match finished {
            [Finished { done: Done::Failed(heading, why), .. }] => format!("{heading}: {why}"),
            _ => String::new(),
        }
    }

    #[test]
    fn a_job_that_panics_ends_with_a_message() {
        let (mut jobs, ctx) = (Jobs::default(), egui::Context::default());
        jobs.start(&ctx, Job::new("Working", "The work failed"), || panic!("out of luck"));
        assert!(message(&ended(&mut jobs)).ends_with("the program made an error: out of luck"));
        assert!(!jobs.is_busy() && jobs.label().is_none());
    }

    #[test]
    fn a_job_that_cannot_be_started_ends_with_a_message() {
        let (mut jobs, ctx) = (Jobs::default(), egui::Context::default());
        let thread = std::thread::Builder::new().stack_size(usize::MAX >> 1);
        let job = Job::new("Working", "The work failed");
        jobs.start_on(thread, &ctx, job, || Done::Cancelled("never"));
        assert!(message(&ended(&mut jobs)).starts_with("The work failed: the system starts no"));
        assert!(!jobs.is_busy());
    }

    #[test]
    fn a_job_that_ignores_its_cancellation_is_given_up_and_its_result_ignored() {
        let (mut jobs, ctx) = (Jobs::default(), egui::Context::default());
        let (release, wait) = channel::<()>();
        let progress = Arc::new(Progress::default());
        let job = Job::new("Working", "The work failed").with_progress(&progress);
        jobs.start(&ctx, job, move || {
            let _ = wait.recv();
            Done::Cancelled("late")
        });
        jobs.cancel(10.0);
        assert!(jobs.finished(11.0).is_empty() && jobs.is_cancelling());
        assert!(message(&jobs.finished(12.5)).contains("does not respond"));
        assert!(!jobs.is_busy());
        drop(release);
        std::thread::sleep(std::time::Duration::from_millis(30));
        assert!(jobs.finished(13.0).is_empty());
    }
}
