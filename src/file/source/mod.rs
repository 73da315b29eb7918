//! Reads the texts of sources: plain text, Markdown, web pages and PDFs, embedded in the map or in
//! its folder.

mod html;
mod pdf;

use std::collections::BTreeMap;
use std::fmt;
use std::path::{Component, Path, PathBuf};
use std::sync::Arc;

use thiserror::Error;

use crate::evidence::SourceText;
use crate::model::{Map, Source, SourceId};

/// Size limit for plain text. A whole book has about 1 MB.
pub const TEXT_LIMIT_BYTES: u64 = 64 << 20;
/// Size limit for web pages, which also contain scripts and pictures.
const PAGE_LIMIT_BYTES: u64 = 32 << 20;
/// Size limit for PDFs, which also contain pictures.
const PDF_LIMIT_BYTES: u64 = 256 << 20;

/// The text of a source could not be read.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub struct SourceError {
    pub path: PathBuf,
    /// What is wrong.
    pub message: String,
    /// What was expected, or what to do.
    pub expected: String,
}

impl SourceError {
    fn new(path: &Path, message: impl Into<String>, expected: impl Into<String>) -> Self {
        Self { path: path.to_owned(), message: message.into(), expected: expected.into() }
    }
}

impl fmt::Display for SourceError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}; expected {}", self.path.display(), self.message, self.expected)
    }
}

/// The kind of a source file, which decides how it is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Text,
    Page,
    Pdf,
}

/// Reads the text in the file at `path`, whatever kind of file it is.
///
/// # Errors
/// If the file cannot be read, is too large or encrypted, or contains no text.
pub fn read(path: &Path) -> Result<SourceText, SourceError> {
    let about = std::fs::metadata(path).map_err(|error| unreadable(path, &error))?;
    if !about.is_file() {
        return Err(SourceError::new(path, "this is not a file", "a text, a web page or a PDF"));
    }
    // Check the largest limit first, because the kind is only known once the first bytes were read.
    within(path, about.len(), PDF_LIMIT_BYTES)?;
    let kind = kind(path)?;
    let limit = match kind {
        Kind::Text => TEXT_LIMIT_BYTES,
        Kind::Page => PAGE_LIMIT_BYTES,
        Kind::Pdf => PDF_LIMIT_BYTES,
    };
    within(path, about.len(), limit)?;
    let bytes = std::fs::read(path).map_err(|error| unreadable(path, &error))?;
    let text = match kind {
        Kind::Pdf => apart(path, move || pdf::text(&bytes))?,
        Kind::Page => {
            let page = utf8(path, bytes)?;
            apart(path, move || html::text(&page))?
        }
        Kind::Text => utf8(path, bytes)?,
    };
    if text.trim().is_empty() {
        let expected = "a text; a scanned page needs text recognition (OCR) first";
        return Err(SourceError::new(path, "it contains no text", expected));
    }
    Ok(SourceText::new(text))
}

fn within(path: &Path, bytes: u64, limit: u64) -> Result<(), SourceError> {
    if bytes <= limit {
        return Ok(());
    }
    let message = format!("the file is {} MB", bytes >> 20);
    Err(SourceError::new(path, message, format!("at most {} MB for its kind", limit >> 20)))
}

/// The kind of a file, from its first bytes and its extension.
fn kind(path: &Path) -> Result<Kind, SourceError> {
    use std::io::Read as _;
    let mut start = Vec::new();
    let file = std::fs::File::open(path).map_err(|error| unreadable(path, &error))?;
    file.take(512).read_to_end(&mut start).map_err(|error| unreadable(path, &error))?;
    let extension = path
        .extension()
        .map(|extension| extension.to_string_lossy().to_lowercase())
        .unwrap_or_default();
    let head =
        String::from_utf8_lossy(&start).trim_start_matches('\u{feff}').trim_start().to_lowercase();
    Ok(if start.starts_with(b"%PDF-") || extension == "pdf" {
        Kind::Pdf
    } else if matches!(extension.as_str(), "html" | "htm" | "xhtml")
        || head.starts_with("<!doctype html")
        || head.starts_with("<html")
    {
        Kind::Page
    } else {
        Kind::Text
    })
}

fn unreadable(path: &Path, error: &std::io::Error) -> SourceError {
    use std::io::ErrorKind;
    match error.kind() {
        ErrorKind::NotFound => SourceError::new(path, "there is no such file", "the source's text"),
        ErrorKind::PermissionDenied => {
            SourceError::new(path, "no permission to read it", "a file you may read")
        }
        _ => SourceError::new(path, format!("it cannot be read: {error}"), "a readable file"),
    }
}

fn utf8(path: &Path, bytes: Vec<u8>) -> Result<String, SourceError> {
    if bytes.starts_with(&[0xFF, 0xFE]) || bytes.starts_with(&[0xFE, 0xFF]) {
        return Err(SourceError::new(path, "this is UTF-16 text", "UTF-8; save it as UTF-8"));
    }
    if bytes.contains(&0) {
        return Err(SourceError::new(
            path,
            "this is not text: it contains zero bytes",
            "text in UTF-8",
        ));
    }
    let text = String::from_utf8(bytes).map_err(|error| {
        let message = format!("byte {} is not UTF-8", error.utf8_error().valid_up_to());
        SourceError::new(path, message, "UTF-8; save it as UTF-8")
    })?;
    Ok(text.strip_prefix('\u{feff}').map(str::to_owned).unwrap_or(text))
}

/// Runs a parser of a foreign format on a separate thread, so that a panic becomes an error.
fn apart(
    path: &Path,
    read: impl FnOnce() -> Result<String, (String, &'static str)> + Send + 'static,
) -> Result<String, SourceError> {
    /// Enough for a page at the nesting limit.
    const STACK_BYTES: usize = 64 << 20;
    let thread =
        std::thread::Builder::new().name("source".to_owned()).stack_size(STACK_BYTES).spawn(read);
    let outcome = thread.map_err(|error| unreadable(path, &error))?.join();
    let damaged = || {
        Err(("the file is damaged and cannot be read".to_owned(), "an undamaged file, or its text"))
    };
    outcome
        .unwrap_or_else(|_| damaged())
        .map_err(|(message, expected)| SourceError::new(path, message, expected))
}

/// The path of a source's `text_file`, which must be inside the folder of the map.
///
/// # Errors
/// If the path leads out of that folder.
pub fn beside(map: &Path, text_file: &str) -> Result<PathBuf, SourceError> {
    let relative = Path::new(text_file);
    let folder = folder_of(map);
    let path = path_beside(map, text_file);
    let outside = || {
        let message = "the path leads out of the map's folder";
        Err(SourceError::new(
            &path,
            message,
            "a file in that folder; attach it again to copy it there",
        ))
    };
    if !relative.components().all(|part| matches!(part, Component::Normal(_) | Component::CurDir)) {
        return outside();
    }
    // A symbolic link may lead out as well.
    match (std::fs::canonicalize(&path), std::fs::canonicalize(folder)) {
        (Ok(real), Ok(folder)) if !real.starts_with(&folder) => outside(),
        _ => Ok(path),
    }
}

/// The path of a `text_file`, without checking that it is inside the folder of the map.
#[must_use]
pub fn path_beside(map: &Path, text_file: &str) -> PathBuf {
    folder_of(map).join(text_file)
}

fn folder_of(map: &Path) -> &Path {
    map.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// Copies source texts from the folder of the map `from` to the folder of the map `to`. Existing
/// files are not overwritten; files that are missing or outside the folder are skipped.
///
/// # Errors
/// If one of them cannot be copied.
pub fn carry(text_files: &[String], from: &Path, to: &Path) -> std::io::Result<()> {
    for name in text_files {
        let (Ok(old), Ok(new)) = (beside(from, name), beside(to, name)) else { continue };
        if old.is_file() && !new.exists() {
            if let Some(folder) = new.parent() {
                std::fs::create_dir_all(folder)?;
            }
            std::fs::copy(old, new)?;
        }
    }
    Ok(())
}

/// The text of a source, embedded or from a file in the map's folder. `None` if it has no text.
#[must_use]
pub fn of(source: &Source, map: Option<&Path>) -> Option<Result<SourceText, SourceError>> {
    if let Some(text) = &source.text {
        return Some(Ok(SourceText::new(text.clone())));
    }
    let file = source.text_file.as_deref()?;
    let Some(map) = map else {
        let message = "the map has not been saved yet";
        return Some(Err(SourceError::new(
            Path::new(file),
            message,
            "a saved map; the text is read from its folder",
        )));
    };
    Some(beside(map, file).and_then(|path| read(&path)))
}

/// The texts of a map's sources, and the errors for those that could not be read. Sources without a
/// text are in neither.
#[must_use]
pub fn texts(
    map: &Map,
    path: Option<&Path>,
) -> (BTreeMap<SourceId, Arc<SourceText>>, BTreeMap<SourceId, SourceError>) {
    let mut texts = BTreeMap::new();
    let mut errors = BTreeMap::new();
    for source in &map.sources {
        match of(source, path) {
            None => {}
            Some(Ok(text)) => drop(texts.insert(source.id.clone(), Arc::new(text))),
            Some(Err(error)) => drop(errors.insert(source.id.clone(), error)),
        }
    }
    (texts, errors)
}
