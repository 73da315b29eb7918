//! Asking for a file with the system's dialogs. The only file that names rfd.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use crate::export::{FORMATS, Format};

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
    /// Where a table goes, as the bytes of a CSV file.
    SaveTable(Arc<[u8]>),
}

impl Wanted {
    /// True for a file that is read, which has to be there.
    #[must_use]
    pub fn is_read(&self) -> bool {
        matches!(self, Self::OpenMap | Self::SourceText)
    }

    /// The endings that such a file may have, the usual one first; `format` is that of a picture.
    #[must_use]
    pub fn endings(&self, format: &'static Format) -> Vec<&'static str> {
        match self {
            Self::OpenMap | Self::SaveMap => vec!["json"],
            Self::SaveTable(_) => vec!["csv"],
            Self::SaveScreenshot => vec!["png"],
            Self::SourceText => vec!["txt", "md", "html", "htm", "pdf"],
            Self::SavePicture => {
                let others = FORMATS.iter().map(|other| other.extension);
                let others = others.filter(|other| *other != format.extension);
                std::iter::once(format.extension).chain(others).collect()
            }
        }
    }

    /// What the dialog is called.
    #[must_use]
    pub fn title(&self) -> &'static str {
        match self {
            Self::OpenMap => "Open a map",
            Self::SaveMap => "Save the map",
            Self::SavePicture => "Export the picture",
            Self::SaveScreenshot => "Save the screenshot",
            Self::SourceText => "Attach a source's text",
            Self::SaveTable(_) => "Save the table",
        }
    }

    /// What such files are called.
    fn kind(&self) -> &'static str {
        match self {
            Self::OpenMap | Self::SaveMap => "Relationship maps",
            Self::SavePicture | Self::SaveScreenshot => "Pictures",
            Self::SourceText => "Texts",
            Self::SaveTable(_) => "Tables",
        }
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

/// What shows the dialogs; tests have one of their own.
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
        let endings = wanted.endings(Format::usual());
        dialog = dialog.set_title(wanted.title()).add_filter(wanted.kind(), &endings);
        let picked = if wanted.is_read() {
            dialog.add_filter("All files", &["*"]).pick_file()
        } else {
            dialog.set_file_name(name).save_file()
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
