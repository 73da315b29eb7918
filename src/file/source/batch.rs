//! Reads several texts at once: files, and all texts of folders.

use std::path::{Path, PathBuf};

use super::error::SourceError;
use super::formats;
use super::name_pattern::NamePattern;
use super::{SourceFile, read_file};
use crate::evidence::head::paragraphs;
use crate::model::Source;
use crate::progress::{Cancelled, Progress};

/// Most files of a batch, and how deep folders are read.
const FILES_AT_MOST: usize = 2_000;
const DEPTH: usize = 4;

/// A text of a batch.
#[derive(Clone, Debug)]
pub struct BatchText {
    pub path: PathBuf,
    pub file: SourceFile,
}

/// Texts that were read together, and those that could not be read.
#[derive(Clone, Debug, Default)]
pub struct Batch {
    pub texts: Vec<BatchText>,
    pub errors: Vec<SourceError>,
    /// Number of files that were not read because there are too many.
    pub left_out: usize,
}

/// Reads the texts at these paths, in the order of their names. Of a folder, all files that can be
/// texts are read; links are not followed.
///
/// # Errors
/// `Cancelled` if it was cancelled.
pub fn read_batch(paths: &[PathBuf], progress: &Progress) -> Result<Batch, Cancelled> {
    let mut files = Vec::new();
    for path in paths {
        if path.is_dir() {
            add_folder(path, DEPTH, &mut files);
        } else {
            files.push(path.clone());
        }
    }
    let mut batch =
        Batch { left_out: files.len().saturating_sub(FILES_AT_MOST), ..Batch::default() };
    files.truncate(FILES_AT_MOST);
    let count = files.len();
    for (number, path) in files.into_iter().enumerate() {
        #[expect(clippy::cast_precision_loss, reason = "a share")]
        progress.reach(number as f32 / count as f32)?;
        match read_file(&path) {
            Ok(file) => batch.texts.push(BatchText { path, file }),
            Err(error) => batch.errors.push(error),
        }
    }
    Ok(batch)
}

fn add_folder(folder: &Path, depth: usize, files: &mut Vec<PathBuf>) {
    let Ok(entries) = std::fs::read_dir(folder) else { return };
    let mut entries: Vec<std::fs::DirEntry> = entries.flatten().collect();
    entries.sort_by_key(std::fs::DirEntry::file_name);
    for entry in entries {
        let is_hidden = entry.file_name().to_string_lossy().starts_with('.');
        let Ok(kind) = entry.file_type() else { continue };
        let path = entry.path();
        let ending = path.extension().unwrap_or_default().to_string_lossy().to_lowercase();
        if kind.is_dir() && depth > 1 && !is_hidden {
            add_folder(&path, depth - 1, files);
        } else if kind.is_file() && !is_hidden && formats::extensions().contains(&ending.as_str()) {
            files.push(path);
        }
    }
}

impl BatchText {
    /// The name of the file without its ending.
    #[must_use]
    pub fn name(&self) -> String {
        self.path.file_stem().unwrap_or_default().to_string_lossy().into_owned()
    }

    /// A source with this text inside. What the name of the file says by the pattern comes before
    /// what the file says itself; without a title, the name is the title.
    #[must_use]
    pub fn source(&self, pattern: Option<&NamePattern>) -> Source {
        let name = self.name();
        let named = pattern.and_then(|pattern| pattern.read(&name)).unwrap_or_default();
        let mut source = Source::default();
        named.or(self.file.meta.clone()).fill(&mut source);
        if source.title.is_empty() {
            source.title = name;
        }
        source
    }

    /// The same, with the text and its paragraphs.
    #[must_use]
    pub fn whole_source(&self, pattern: Option<&NamePattern>) -> Source {
        Source {
            text: Some(self.file.text.as_str().to_owned()),
            paragraphs: paragraphs(&self.file.text),
            ..self.source(pattern)
        }
    }
}
