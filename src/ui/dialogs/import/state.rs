//! The state of the import window, and the work of trying an import out.

use std::path::PathBuf;
use std::sync::Arc;

use ecow::EcoString;

use crate::edit::combine::{Combined, Known, combined};
use crate::file::tables::book::{Book, Imported};
use crate::file::{OpenError, Opened};
use crate::model::{Map, Problem};
use crate::progress::Progress;

/// What is imported.
#[derive(Clone, Debug)]
pub enum Content {
    /// Tables, of which the user says how they are read.
    Tables(Book),
    /// A map of this or of another program.
    Map(Arc<Opened>),
}

/// Where the import goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Into {
    NewMap,
    OpenMap(Known),
}

/// An import that was tried out.
#[derive(Clone, Debug)]
pub struct Tried {
    pub map: Map,
    pub warnings: Vec<Problem>,
    /// What could not be read of tables; their map is `map`.
    pub tables: Option<Imported>,
    /// With the open map, if it goes there.
    pub combined: Option<Combined>,
}

/// An import on its way.
pub struct Import {
    /// The files, of which the first names the map.
    pub paths: Vec<PathBuf>,
    pub content: Content,
    /// The sheet that is shown.
    pub sheet: usize,
    pub into: Into,
    /// The name for a mapping that is to be saved; `None` while it is not asked for.
    pub preset_name: Option<String>,
    /// Number of the last trial; results of earlier ones are ignored.
    pub number: u64,
    /// True if something was changed since the last trial was started.
    pub is_stale: bool,
    /// The progress of a trial that runs.
    pub progress: Option<Arc<Progress>>,
    pub tried: Option<Result<Arc<Tried>, String>>,
}

impl Import {
    #[must_use]
    pub fn new(paths: Vec<PathBuf>, content: Content, into: Into) -> Self {
        Self {
            paths,
            content,
            sheet: 0,
            into,
            preset_name: None,
            number: 0,
            is_stale: true,
            progress: None,
            tried: None,
        }
    }

    /// The name of the first file.
    #[must_use]
    pub fn file_name(&self) -> String {
        let name = self.paths.first().and_then(|path| path.file_name());
        name.map(|name| name.to_string_lossy().into_owned()).unwrap_or_default()
    }

    /// The title of a new map.
    #[must_use]
    pub fn title(&self) -> String {
        let stem = self.paths.first().and_then(|path| path.file_stem());
        stem.map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default()
    }

    /// Ends a trial that runs.
    pub fn end_trial(&mut self) {
        if let Some(progress) = self.progress.take() {
            progress.cancel();
        }
    }
}

impl Content {
    /// Reads everything, and joins it with `own` if it goes there.
    ///
    /// # Errors
    /// If nothing can be read as the plans say, or it was cancelled.
    pub fn tried(
        &self,
        title: &str,
        own: Option<(&Map, Known)>,
        tag: &EcoString,
        progress: &Progress,
    ) -> Result<Tried, OpenError> {
        let mut tried = match self {
            Self::Tables(book) => {
                let mut tables = book.import(title, progress)?;
                Tried {
                    map: std::mem::take(&mut tables.opened.map),
                    warnings: std::mem::take(&mut tables.opened.warnings),
                    tables: Some(tables),
                    combined: None,
                }
            }
            Self::Map(opened) => Tried {
                map: opened.map.clone(),
                warnings: opened.warnings.clone(),
                tables: None,
                combined: None,
            },
        };
        tried.combined = own.map(|(own, known)| combined(own, &tried.map, known, tag));
        Ok(tried)
    }
}
