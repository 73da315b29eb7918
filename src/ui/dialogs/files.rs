//! Asking for a file with the system's dialogs. The only file that names rfd.

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};

/// What a file is asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Wanted {
    OpenMap,
    SaveMap,
    SavePicture,
    /// Where a screenshot of the window goes.
    SaveScreenshot,
    /// A text to attach to a source.
    SourceText,
    /// Where the evidence table goes.
    SaveTable,
}

impl Wanted {
    /// True for a file that is read, which has to be there.
    #[must_use]
    pub fn is_read(&self) -> bool {
        matches!(self, Self::OpenMap | Self::SourceText)
    }
}

/// The answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Picked {
    File(PathBuf),
    Cancelled,
    /// The system has no dialog to show: no portal and no zenity.
    NoDialog,
}

/// Whoever answers; the tests have their own.
pub trait Dialogs: Send + Sync {
    /// Asks and waits for the answer; called on a thread of its own.
    fn ask(&self, wanted: &Wanted, folder: Option<&Path>, name: &str) -> Picked;
}

/// The system's dialogs.
pub struct SystemDialogs;

impl Dialogs for SystemDialogs {
    fn ask(&self, wanted: &Wanted, folder: Option<&Path>, name: &str) -> Picked {
        let failures = FAILURES.load(Ordering::SeqCst);
        let mut dialog = rfd::FileDialog::new();
        if let Some(folder) = folder {
            dialog = dialog.set_directory(folder);
        }
        let picked = match wanted {
            Wanted::OpenMap => dialog
                .set_title("Open a map")
                .add_filter("Relationship maps", &["json"])
                .add_filter("All files", &["*"])
                .pick_file(),
            Wanted::SaveMap => dialog
                .set_title("Save the map")
                .set_file_name(name)
                .add_filter("Relationship maps", &["json"])
                .save_file(),
            Wanted::SourceText => dialog
                .set_title("Attach a source's text")
                .add_filter("Texts", &["txt", "md", "html", "htm", "pdf"])
                .add_filter("All files", &["*"])
                .pick_file(),
            Wanted::SaveTable => dialog
                .set_title("Save the table")
                .set_file_name(name)
                .add_filter("Tables", &["csv"])
                .save_file(),
            Wanted::SaveScreenshot => dialog
                .set_title("Save the screenshot")
                .set_file_name(name)
                .add_filter("Pictures", &["png"])
                .save_file(),
            Wanted::SavePicture => dialog
                .set_title("Export the picture")
                .set_file_name(name)
                .add_filter("Pictures", &["png", "svg", "pdf"])
                .save_file(),
        };
        match picked {
            Some(path) => Picked::File(path),
            None if FAILURES.load(Ordering::SeqCst) > failures => Picked::NoDialog,
            None => Picked::Cancelled,
        }
    }
}

/// How often rfd has said that it could show no dialog.
static FAILURES: AtomicUsize = AtomicUsize::new(0);

/// rfd answers `None` both for Cancel and where it has nothing to show; only its log tells them
/// apart.
pub struct Listener;

impl log::Log for Listener {
    fn enabled(&self, metadata: &log::Metadata<'_>) -> bool {
        metadata.level() <= log::Level::Warn
    }

    fn log(&self, record: &log::Record<'_>) {
        if record.target().starts_with("rfd") {
            // The portal's failure alone is followed by zenity; zenity's failure is the end.
            if record.level() == log::Level::Error
                && record.args().to_string().contains("with zenity")
            {
                FAILURES.fetch_add(1, Ordering::SeqCst);
            }
        } else if record.target().starts_with("allegiance") {
            eprintln!("allegiance: {}", record.args());
        }
    }

    fn flush(&self) {}
}
