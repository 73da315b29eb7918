//! Asks for files with the system's file dialogs. The only module that uses `rfd`.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use crate::export::{FORMATS, Format};
use crate::file::exchange::ExchangeFormat;
use crate::file::{formats, source};

/// The purpose of the file that the dialog asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Wanted {
    OpenMap,
    /// A table or a map for the import window.
    Import,
    /// A further table for the open import window.
    ImportMore,
    SaveMap,
    SavePicture,
    /// A new file for the map in a format of another program.
    SaveData(&'static ExchangeFormat),
    /// A new file for a screenshot of the window.
    SaveScreenshot,
    /// A text to attach to a source.
    SourceText,
    /// A folder with articles.
    ArticleFolder,
    /// A new file for a table. Holds the bytes of the CSV file.
    SaveTable(Arc<[u8]>),
}

impl Wanted {
    /// True if the file is read, and therefore must exist.
    #[must_use]
    pub fn is_read(&self) -> bool {
        matches!(
            self,
            Self::OpenMap
                | Self::Import
                | Self::ImportMore
                | Self::SourceText
                | Self::ArticleFolder
        )
    }

    /// The allowed file extensions, the default first. `format` is the format of a picture.
    #[must_use]
    pub fn endings(&self, format: &'static Format) -> Vec<&'static str> {
        match self {
            Self::OpenMap | Self::Import => formats::extensions(),
            Self::ImportMore => formats::of_tables(),
            Self::SaveMap => vec!["json"],
            Self::SaveData(format) => vec![format.extension],
            Self::SaveTable(_) => vec!["csv"],
            Self::SaveScreenshot => vec!["png"],
            Self::SourceText => source::formats::extensions(),
            Self::ArticleFolder => vec![""],
            Self::SavePicture => {
                let others = FORMATS.iter().map(|other| other.extension);
                let others = others.filter(|other| *other != format.extension);
                std::iter::once(format.extension).chain(others).collect()
            }
        }
    }

    /// The title of the dialog.
    #[must_use]
    pub fn title(&self) -> &'static str {
        match self {
            Self::OpenMap => "Open a map",
            Self::Import => "Import a table or a map",
            Self::ImportMore => "Add a table",
            Self::SaveMap => "Save the map",
            Self::SaveData(_) => "Export data",
            Self::SavePicture => "Export picture",
            Self::SaveScreenshot => "Save the screenshot",
            Self::SourceText => "Choose the text of an article",
            Self::ArticleFolder => "Choose a folder of articles",
            Self::SaveTable(_) => "Save the table",
        }
    }

    /// The name of the file filter.
    fn kind(&self) -> &'static str {
        match self {
            Self::OpenMap | Self::SaveMap => "Relationship maps",
            Self::Import => "Tables and maps",
            Self::SavePicture | Self::SaveScreenshot => "Pictures",
            Self::SaveData(format) => format.name,
            Self::SourceText | Self::ArticleFolder => "Text documents",
            Self::SaveTable(_) | Self::ImportMore => "Tables",
        }
    }
}

/// The result of a file dialog.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Picked {
    File(PathBuf),
    Cancelled,
    /// No dialog could be shown: the system has neither a portal nor zenity.
    NoDialog,
}

/// Shows file dialogs. Tests use their own implementation.
pub trait Dialogs: Send + Sync {
    /// Shows a dialog and blocks until it is answered. Called on its own thread. `name` is the
    /// suggested file name.
    fn ask(&self, wanted: &Wanted, folder: Option<&Path>, name: &str) -> Picked;
}

/// The system's file dialogs.
#[derive(Default)]
pub struct SystemDialogs {
    /// A dialog that belongs to the window, once there is one; each dialog is a copy of it.
    start: rfd::FileDialog,
}

impl SystemDialogs {
    /// Dialogs that stay in front of a window.
    #[must_use]
    pub fn of(window: &eframe::CreationContext<'_>) -> Self {
        Self { start: rfd::FileDialog::new().set_parent(window) }
    }
}

impl Dialogs for SystemDialogs {
    fn ask(&self, wanted: &Wanted, folder: Option<&Path>, name: &str) -> Picked {
        let failures = FAILURES.load(Ordering::SeqCst);
        let mut dialog = self.start.clone();
        if let Some(folder) = folder {
            dialog = dialog.set_directory(folder);
        }
        let endings = wanted.endings(Format::usual());
        dialog = dialog.set_title(wanted.title()).add_filter(wanted.kind(), &endings);
        let picked = if *wanted == Wanted::ArticleFolder {
            dialog.pick_folder()
        } else if wanted.is_read() {
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

/// How many times `rfd` has logged that it could not show a dialog.
static FAILURES: AtomicUsize = AtomicUsize::new(0);

/// A logger that counts the failures of `rfd`. It returns `None` both for Cancel and if it cannot
/// show a dialog; only its log distinguishes the two.
pub struct Listener;

impl log::Log for Listener {
    fn enabled(&self, metadata: &log::Metadata<'_>) -> bool {
        metadata.level() <= log::Level::Warn
    }

    fn log(&self, record: &log::Record<'_>) {
        if record.target().starts_with("rfd") {
            // If the portal fails, `rfd` tries zenity. Only a failure of zenity is final.
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

/// Shows a message box of the system, for when there is no window.
pub fn complain(words: &str) {
    rfd::MessageDialog::new()
        .set_level(rfd::MessageLevel::Error)
        .set_title("Allegiance")
        .set_description(words)
        .show();
}
