//! Background jobs, each on its own worker thread. The window stays responsive and is repainted
//! when a job ends. Every job ends with a result, even if it panics, cannot be started, or ignores
//! its cancellation.

use std::any::Any;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, Sender, channel};

use crate::edit::reading::Reading;
use crate::edit::{DocumentNumber, FormVersion, Version};
use crate::export::{ExportError, Pixels};
use crate::file::source::batch::Batch;
use crate::file::source::{SourceError, SourceFile};
use crate::file::store::atomic::SaveError;
use crate::file::store::watch::Found;
use crate::file::{Bytes, OpenError, Opened};
use crate::layout::request::Arranged;
use crate::model::{ActorIndex, PerActor, SourceId};
use crate::progress::{Cancelled, Progress};
use crate::ui::canvas::DrawnStill;
use crate::ui::dialogs::files::{Picked, Wanted};
use crate::ui::dialogs::import::{Content, Into, Tried};

/// How long a cancelled job may go on, in seconds. After that its result is ignored.
const PATIENCE_SECONDS: f64 = 2.0;

/// The result of a job.
pub enum Done {
    /// A file dialog was closed.
    Picked(Wanted, Picked),
    Opened(PathBuf, Box<Result<Opened, OpenError>>),
    /// Files were read that the import window is to be shown for.
    ToImport(Box<ToImport>),
    /// Several articles were read.
    Articles(Box<Batch>),
    /// An import was tried out.
    Tried(Box<TriedImport>),
    /// The job was cancelled, with a message for the status line.
    Cancelled(&'static str),
    /// The job failed in a way that no other variant covers: a heading and the reason.
    Failed(&'static str, String),
    Saved(Saved),
    /// The open file was checked for changes; the number is that of the last write when the check
    /// began.
    Looked(PathBuf, u64, Found),
    /// The texts of the sources were read; the number is that of the reading.
    Read(u64, Result<Box<Reading>, String>),
    /// A text to attach to a source was read.
    ReadText(Box<ReadText>),
    TableSaved(PathBuf, Result<(), String>),
    /// An earlier version of the file was read.
    Version(Box<Result<Opened, OpenError>>),
    /// The first file, and what is to be told besides its path.
    Exported(PathBuf, Result<String, OutputError>),
    /// The preview in the export dialog was drawn.
    Previewed(Box<Previewed>),
    Arranged(Box<ArrangedMap>),
    /// A picture that stands for the map while the view moves was drawn.
    Still(Box<DrawnStill>),
    /// The camps of a large map with this content were found; `None` if that failed.
    Camps(FormVersion, Option<PerActor<Option<u16>>>),
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

/// The result of arranging one version of a map.
pub struct ArrangedMap {
    /// The version that was arranged.
    pub version: Version,
    /// The actors that were arranged; `None` for all.
    pub only: Option<Vec<ActorIndex>>,
    /// True for the initial layout of a map without positions, which is not a change to the map.
    pub is_initial: bool,
    pub outcome: Result<Arranged, Cancelled>,
}

/// An encoded file and its reduced preview.
pub struct Previewed {
    /// The number of this preview; results of older ones are ignored.
    pub number: u64,
    /// Width and height of the whole picture, in pixels.
    pub size: [usize; 2],
    /// The number of pages; `None` for a format without pages.
    pub pages: Option<usize>,
    /// The number of further files with the list of evidence.
    pub more_files: usize,
    /// Sentences about the parts of the map that have no place on the slide.
    pub remarks: Vec<String>,
    /// The bytes of the file, and the preview.
    pub outcome: Result<(Arc<[u8]>, Pixels), ExportError>,
}

/// A text that was read to be attached to a source.
pub struct ReadText {
    /// `None` if a new source is to be added for the text.
    pub source: Option<SourceId>,
    pub path: PathBuf,
    pub outcome: Result<SourceFile, SourceError>,
}

/// Files that were read for an import.
pub struct ToImport {
    pub paths: Vec<PathBuf>,
    pub into: Into,
    pub outcome: Result<Content, OpenError>,
}

/// An import that was tried out; the number is that of the trial.
pub struct TriedImport {
    pub number: u64,
    pub outcome: Result<Box<Tried>, OpenError>,
}

/// A save that has ended, successfully or not.
pub struct Saved {
    /// The number of this save.
    pub number: u64,
    pub path: PathBuf,
    /// The state id of the document that was written.
    pub state: u64,
    /// The bytes that were written.
    pub outcome: Result<Bytes, SaveFailure>,
    /// Why the previous version was not backed up or a source text was not copied, if so.
    pub warning: Option<String>,
}

/// Why a save failed.
pub enum SaveFailure {
    /// Another program has written the file since it was read; holds what is in it now.
    ChangedOnDisk(Box<Result<Opened, OpenError>>),
    Failed(String),
}

/// How a job is started.
pub struct Job {
    /// Shown in the status line while the job runs; empty for a job that is not shown.
    label: &'static str,
    /// The document that the result belongs to, if any. The result is not applied to another one.
    document: Option<DocumentNumber>,
    /// Reports progress and carries the cancellation; `None` if the job cannot be cancelled.
    progress: Option<Arc<Progress>>,
    /// Makes the result if the job panics or cannot be started; the argument is the reason.
    failed: Box<dyn FnOnce(String) -> Done + Send>,
}

impl Job {
    /// A job with a label, and a heading for the message if it fails unexpectedly.
    #[must_use]
    pub fn new(label: &'static str, failure: &'static str) -> Self {
        let failed = Box::new(move |why| Done::Failed(failure, why));
        Self { label, document: None, progress: None, failed }
    }

    /// Ties the result to a document.
    #[must_use]
    pub fn for_document(self, document: DocumentNumber) -> Self {
        Self { document: Some(document), ..self }
    }

    /// Makes the job cancellable.
    #[must_use]
    pub fn with_progress(self, progress: &Arc<Progress>) -> Self {
        Self { progress: Some(Arc::clone(progress)), ..self }
    }

    /// Sets the result for a job that panics or cannot be started, given the reason.
    #[must_use]
    pub fn or_else(self, failed: impl FnOnce(String) -> Done + Send + 'static) -> Self {
        Self { failed: Box::new(failed), ..self }
    }
}

/// A running job.
struct Running {
    number: u64,
    label: &'static str,
    document: Option<DocumentNumber>,
    progress: Option<Arc<Progress>>,
    /// The time of its cancellation in seconds of egui's clock, if it was cancelled.
    cancelled: Option<f64>,
}

/// The result of a job, and the document that it belongs to, if any.
pub struct Finished {
    pub document: Option<DocumentNumber>,
    pub done: Done,
}

/// The running jobs.
pub struct Jobs {
    sender: Sender<(u64, Done)>,
    receiver: Receiver<(u64, Done)>,
    running: Vec<Running>,
    /// Number of jobs started so far; also the number of the last one.
    started: u64,
}

impl Default for Jobs {
    fn default() -> Self {
        let (sender, receiver) = channel();
        Self { sender, receiver, running: Vec::new(), started: 0 }
    }
}

impl Jobs {
    /// Starts `work` on a new thread.
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
        // Shared, because the closure below is lost if the thread cannot be started.
        let failed = Arc::new(std::sync::Mutex::new(Some(failed)));
        let (sender, waker, on_panic) = (self.sender.clone(), ctx.clone(), Arc::clone(&failed));
        let spawned = thread.spawn(move || {
            let outcome = catch_unwind(AssertUnwindSafe(work));
            let done = outcome.unwrap_or_else(|panic| {
                failure(&on_panic, format!("internal error: {}", message_of(&*panic)))
            });
            // Sending fails if the window was closed meanwhile.
            if sender.send((number, done)).is_ok() {
                waker.request_repaint();
            }
        });
        if let Err(error) = spawned {
            let done = failure(&failed, format!("a new thread could not be started: {error}"));
            // Cannot fail: the receiver is in `self`.
            let _ = self.sender.send((number, done));
            ctx.request_repaint();
        }
    }

    /// The results of jobs that ended or were abandoned since the last call; `now` is in seconds of
    /// egui's clock.
    pub fn finished(&mut self, now: f64) -> Vec<Finished> {
        let mut finished = Vec::new();
        for (number, done) in self.receiver.try_iter() {
            // An abandoned job is no longer in the list, and its result is dropped.
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

    /// The label of the first running job that is shown in the status line.
    #[must_use]
    pub fn label(&self) -> Option<&'static str> {
        self.shown().map(|job| job.label)
    }

    /// The progress of that job, 0 to 1; `None` if it cannot be cancelled.
    #[must_use]
    pub fn share(&self) -> Option<f32> {
        self.shown()?.progress.as_ref().map(|progress| progress.share())
    }

    fn shown(&self) -> Option<&Running> {
        self.running.iter().find(|job| !job.label.is_empty())
    }

    /// Cancels all jobs that are shown and cancellable; `now` is in seconds of egui's clock.
    pub fn cancel(&mut self, now: f64) {
        for job in self.running.iter_mut().filter(|job| !job.label.is_empty()) {
            if let Some(progress) = &job.progress {
                progress.cancel();
                job.cancelled.get_or_insert(now);
            }
        }
    }

    /// True while a cancelled job is still running.
    #[must_use]
    pub fn is_cancelling(&self) -> bool {
        self.running.iter().any(|job| job.cancelled.is_some())
    }

    /// True while any job is running.
    #[must_use]
    pub fn is_busy(&self) -> bool {
        !self.running.is_empty()
    }
}

/// The handler for an unexpected failure, which is called at most once.
type Failed = Arc<std::sync::Mutex<Option<Box<dyn FnOnce(String) -> Done + Send>>>>;

fn failure(failed: &Failed, why: String) -> Done {
    let failed = failed.lock().ok().and_then(|mut failed| failed.take());
    match failed {
        Some(failed) => failed(why),
        None => Done::Failed("An operation failed", why),
    }
}

/// The message in the payload of a panic.
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
        assert!(message(&ended(&mut jobs)).ends_with("internal error: out of luck"));
        assert!(!jobs.is_busy() && jobs.label().is_none());
    }

    #[test]
    fn a_job_that_cannot_be_started_ends_with_a_message() {
        let (mut jobs, ctx) = (Jobs::default(), egui::Context::default());
        let thread = std::thread::Builder::new().stack_size(usize::MAX >> 1);
        let job = Job::new("Working", "The work failed");
        jobs.start_on(thread, &ctx, job, || Done::Cancelled("never"));
        assert!(message(&ended(&mut jobs)).starts_with("The work failed: a new thread could"));
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
