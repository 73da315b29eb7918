//! The texts of sources: read from plain text, Markdown, web pages and PDF, and found beside the
//! map.

mod html;
mod pdf;

use std::collections::BTreeMap;
use std::fmt;
use std::path::{Component, Path, PathBuf};
use std::sync::Arc;

use thiserror::Error;

use crate::evidence::SourceText;
use crate::model::{Map, Source, SourceId};

/// A longer text is no article; a book has 1 MB.
pub const TEXT_LIMIT_BYTES: u64 = 64 << 20;
/// Web pages and PDFs carry pictures and scripts as well.
const PAGE_LIMIT_BYTES: u64 = 32 << 20;
const PDF_LIMIT_BYTES: u64 = 256 << 20;

/// A source's text that could not be read.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub struct SourceError {
    pub path: PathBuf,
    /// What is wrong.
    pub message: String,
    /// What would be right, or what to do.
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

/// How a file has to be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Text,
    Page,
    Pdf,
}

/// Reads the text in the file at `path`, whatever kind of file it is.
///
/// # Errors
/// When it cannot be read, is too large, encrypted, or no text at all.
pub fn read(path: &Path) -> Result<SourceText, SourceError> {
    let about = std::fs::metadata(path).map_err(|error| unreadable(path, &error))?;
    if !about.is_file() {
        return Err(SourceError::new(path, "this is no file", "a text, a web page or a PDF"));
    }
    // The largest limit first: what kind it is is known from its bytes.
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
        let expected = "a text; of a scanned page the words have to be recognised first";
        return Err(SourceError::new(path, "there are no words in it", expected));
    }
    Ok(SourceText::new(text))
}

fn within(path: &Path, bytes: u64, limit: u64) -> Result<(), SourceError> {
    if bytes <= limit {
        return Ok(());
    }
    let message = format!("the file has {} MB", bytes >> 20);
    Err(SourceError::new(path, message, format!("at most {} MB of its kind", limit >> 20)))
}

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
        return Err(SourceError::new(path, "this is UTF-16 text", "UTF-8; save it as that"));
    }
    if bytes.contains(&0) {
        return Err(SourceError::new(
            path,
            "this is no text: it has bytes of value 0",
            "text in UTF-8",
        ));
    }
    let text = String::from_utf8(bytes).map_err(|error| {
        let message = format!("byte {} is not UTF-8", error.utf8_error().valid_up_to());
        SourceError::new(path, message, "text in UTF-8; save it as that")
    })?;
    Ok(text.strip_prefix('\u{feff}').map(str::to_owned).unwrap_or(text))
}

/// Runs a reader of foreign formats on a thread of its own, so that its failure is only its own.
fn apart(
    path: &Path,
    read: impl FnOnce() -> Result<String, (String, &'static str)> + Send + 'static,
) -> Result<String, SourceError> {
    /// Enough for the deepest page that is let through.
    const STACK_BYTES: usize = 64 << 20;
    let thread =
        std::thread::Builder::new().name("source".to_owned()).stack_size(STACK_BYTES).spawn(read);
    let outcome = thread.map_err(|error| unreadable(path, &error))?.join();
    let damaged = || {
        Err((
            "the file is damaged in a way that cannot be read".to_owned(),
            "a whole file, or its text",
        ))
    };
    outcome
        .unwrap_or_else(|_| damaged())
        .map_err(|(message, expected)| SourceError::new(path, message, expected))
}

/// Where a source's `text_file` is: inside the folder of the map, never outside.
///
/// # Errors
/// For a path that leads elsewhere.
pub fn beside(map: &Path, text_file: &str) -> Result<PathBuf, SourceError> {
    let relative = Path::new(text_file);
    let folder = folder_of(map);
    let path = path_beside(map, text_file);
    let outside = || {
        let message = "the path leads out of the map's folder";
        Err(SourceError::new(
            &path,
            message,
            "a file beside the map; attach it again to copy it there",
        ))
    };
    if !relative.components().all(|part| matches!(part, Component::Normal(_) | Component::CurDir)) {
        return outside();
    }
    // A link may lead out as well.
    match (std::fs::canonicalize(&path), std::fs::canonicalize(folder)) {
        (Ok(real), Ok(folder)) if !real.starts_with(&folder) => outside(),
        _ => Ok(path),
    }
}

/// The path that a `text_file` stands for, whether or not it may be read.
#[must_use]
pub fn path_beside(map: &Path, text_file: &str) -> PathBuf {
    folder_of(map).join(text_file)
}

fn folder_of(map: &Path) -> &Path {
    map.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// Copies texts that lie beside one map to the folder of another, where nothing of that name is
/// there yet.
///
/// # Errors
/// When one of them cannot be copied.
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

/// The text of a source, if it has one: embedded, or in a file beside the map.
#[must_use]
pub fn of(source: &Source, map: Option<&Path>) -> Option<Result<SourceText, SourceError>> {
    if let Some(text) = &source.text {
        return Some(Ok(SourceText::new(text.clone())));
    }
    let file = source.text_file.as_deref()?;
    let Some(map) = map else {
        let message = "the map has no folder yet";
        return Some(Err(SourceError::new(
            Path::new(file),
            message,
            "a saved map; the text is looked for beside it",
        )));
    };
    Some(beside(map, file).and_then(|path| read(&path)))
}

/// The texts of a map's sources that are at hand, and what is wrong with the others that should be.
#[must_use]
pub fn texts(
    map: &Map,
    path: Option<&Path>,
) -> (BTreeMap<SourceId, Arc<SourceText>>, BTreeMap<SourceId, SourceError>) {
    let (mut texts, mut errors) = (BTreeMap::new(), BTreeMap::new());
    for source in &map.sources {
        match of(source, path) {
            None => {}
            Some(Ok(text)) => drop(texts.insert(source.id.clone(), Arc::new(text))),
            Some(Err(error)) => drop(errors.insert(source.id.clone(), error)),
        }
    }
    (texts, errors)
}
