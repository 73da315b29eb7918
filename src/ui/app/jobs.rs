//! Work that may take a while, each piece on a thread of its own; the window goes on and is woken
//! at the end.

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, Sender, channel};

use eframe::egui;

use crate::edit::reading::Reading;
use crate::evidence::SourceText;
use crate::export::ExportError;
use crate::file::source::SourceError;
use crate::file::store::atomic::SaveError;
use crate::file::store::watch::Found;
use crate::file::{Bytes, OpenError, Opened};
use crate::layout::request::Arranged;
use crate::model::SourceId;
use crate::progress::{Cancelled, Progress};
use crate::ui::dialogs::files::{Picked, Wanted};

/// What a piece of work ended with.
pub enum Done {
    Picked(Wanted, Picked),
    Opened(PathBuf, Box<Result<Opened, OpenError>>),
    /// Somebody stopped it; this is to be told.
    Stopped(&'static str),
    Saved(Saved),
    /// The open file was looked at again; the number is that of the last write when the look began.
    Looked(PathBuf, u64, Found),
    /// The sources were read for the present map.
    Read(Box<Reading>),
    /// A text that is to be a source's was read.
    ReadText(Box<ReadText>),
    TableSaved(PathBuf, Result<(), String>),
    /// An earlier version was read.
    Version(Box<Result<Opened, OpenError>>),
    Exported(PathBuf, Result<(), OutputError>),
    /// The picture of the export window was drawn.
    Previewed(Box<Previewed>),
    /// Actors were arranged.
    Arranged(Box<ArrangedMap>),
    /// The picture for the clipboard was drawn.
    Drawn(Result<Drawn, ExportError>),
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

/// Places for the actors of a map as it was.
pub struct ArrangedMap {
    /// The how many-th document this is of, and its revision that was arranged.
    pub opened: u64,
    pub revision: u64,
    /// These alone, by position.
    pub only: Option<Vec<usize>>,
    /// The map had no places: these are shown, and are no change of it.
    pub settles: bool,
    pub outcome: Result<Arranged, Cancelled>,
}

/// Pixels: width, height, straight RGBA.
pub struct Drawn {
    pub size: [usize; 2],
    pub rgba: Vec<u8>,
}

/// A file as it will be, and its picture made small.
pub struct Previewed {
    /// The how many-th preview of this window.
    pub number: u64,
    /// In pixels, of the whole picture.
    pub size: [usize; 2],
    /// Of a PDF.
    pub pages: Option<usize>,
    pub outcome: Result<(Arc<[u8]>, Drawn), ExportError>,
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
    /// The how many-th of this window.
    pub number: u64,
    pub path: PathBuf,
    pub bytes: Bytes,
    /// The document's state that `bytes` hold.
    pub state: u64,
    pub outcome: Result<(), SaveFailure>,
    /// Why no copy of the file before is kept, if none is.
    pub backup_failure: Option<String>,
}

/// Why a save did not happen.
pub enum SaveFailure {
    /// The file is not the one that was opened: somebody else wrote it.
    ChangedOnDisk(Box<Result<Opened, OpenError>>),
    Failed(SaveError),
}

struct Running {
    number: u64,
    label: &'static str,
    /// Where the work says how far it is and can be stopped.
    progress: Option<Arc<Progress>>,
}

/// The pieces of work under way.
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
    /// Starts `work`; `label` is shown until it ends, unless it is empty.
    pub fn start(
        &mut self,
        ctx: &egui::Context,
        label: &'static str,
        work: impl FnOnce() -> Done + Send + 'static,
    ) {
        self.start_with(ctx, label, None, work);
    }

    /// As [`Jobs::start`], for work that says how far it is and stops when it is asked to.
    pub fn start_with(
        &mut self,
        ctx: &egui::Context,
        label: &'static str,
        progress: Option<Arc<Progress>>,
        work: impl FnOnce() -> Done + Send + 'static,
    ) {
        self.started += 1;
        let (number, sender, ctx) = (self.started, self.sender.clone(), ctx.clone());
        let spawned = std::thread::Builder::new().name(label.to_owned()).spawn(move || {
            let done = work();
            // The window may be gone by now; then nobody waits for this.
            if sender.send((number, done)).is_ok() {
                ctx.request_repaint();
            }
        });
        match spawned {
            Ok(_) => self.running.push(Running { number, label, progress }),
            Err(error) => log::error!("no thread for {label}: {error}"),
        }
    }

    /// What ended since the last call.
    pub fn finished(&mut self) -> Vec<Done> {
        let ended: Vec<(u64, Done)> = self.receiver.try_iter().collect();
        self.running.retain(|job| ended.iter().all(|(ended, _)| *ended != job.number));
        ended.into_iter().map(|(_, done)| done).collect()
    }

    /// What to tell about work under way.
    #[must_use]
    pub fn label(&self) -> Option<&'static str> {
        self.running.iter().map(|job| job.label).find(|label| !label.is_empty())
    }

    /// How far the work is that is told about, where it says so.
    #[must_use]
    pub fn share(&self) -> Option<f32> {
        let shown = self.running.iter().find(|job| !job.label.is_empty())?;
        shown.progress.as_ref().map(|progress| progress.share())
    }

    /// Stops the work that is told about, where it can be stopped.
    pub fn cancel(&self) {
        let shown = self.running.iter().filter(|job| !job.label.is_empty());
        shown.filter_map(|job| job.progress.as_ref()).for_each(|progress| progress.cancel());
    }

    /// True while anything runs.
    #[must_use]
    pub fn is_busy(&self) -> bool {
        !self.running.is_empty()
    }
}
