//! Reads the texts of sources in many formats (see `formats`), embedded in the map or in its
//! folder.

pub mod batch;
mod beside;
pub(in crate::file) mod decode;
mod docx;
mod epub;
pub(in crate::file) mod error;
mod extract;
mod flow;
pub mod formats;
mod html;
mod lines;
mod mail;
pub mod name_pattern;
mod odt;
pub mod package;
mod pdf;
mod properties;
mod recognise;
mod refused;
mod rtf;
mod rtf_tokens;
mod start;
mod xml;
mod zipped;

use std::collections::BTreeMap;
use std::io::Read as _;
use std::path::Path;
use std::sync::Arc;

pub use beside::{beside, carry, path_beside};
pub use error::SourceError;
pub use extract::SourceMeta;
pub use formats::TEXT_LIMIT_BYTES;

use crate::evidence::SourceText;
use crate::model::{Map, Source, SourceId};
use error::{Fault, unreadable};
use extract::Extract;
use formats::Kind;
use start::START_BYTES;

/// A file as it was read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SourceFile {
    pub text: SourceText,
    /// What the file says about itself.
    pub meta: SourceMeta,
    /// Sentences that the user should know, such as that the encoding was guessed.
    pub notes: Vec<String>,
}

/// Reads the text in the file at `path`, whatever format it has.
///
/// # Errors
/// If the file cannot be read, is too large or encrypted, has a format that is not read, or
/// contains no text.
pub fn read(path: &Path) -> Result<SourceText, SourceError> {
    read_file(path).map(|file| file.text)
}

impl SourceFile {
    /// A text from the clipboard, with what its first lines say about it.
    #[must_use]
    pub fn pasted(text: &str) -> Self {
        let lines: Vec<&str> = text.lines().map(str::trim_end).collect();
        let text = SourceText::new(lines.join("\n").trim().to_owned());
        let meta = SourceMeta::at_start_of(&text);
        Self { text, meta, notes: Vec::new() }
    }
}

/// Reads the text in the file at `path` and what the file says about it.
///
/// # Errors
/// As [`read`].
pub fn read_file(path: &Path) -> Result<SourceFile, SourceError> {
    let extract = extract(path).map_err(|fault| fault.at(path))?;
    let Extract { text, meta, notes } = extract;
    let text = SourceText::new(text);
    let meta = meta.or(SourceMeta::at_start_of(&text));
    Ok(SourceFile { text, meta, notes })
}

fn extract(path: &Path) -> Result<Extract, Fault> {
    let about = std::fs::metadata(path).map_err(|error| unreadable(&error))?;
    if about.is_dir() {
        return Err(Fault::new("this is a folder").expected(formats::names()));
    }
    if !about.is_file() {
        return Err(Fault::new("this is not a file").expected(formats::names()));
    }
    let extension = path.extension().unwrap_or_default().to_string_lossy().to_lowercase();
    let mut file = std::fs::File::open(path).map_err(|error| unreadable(&error))?;
    let mut bytes = Vec::new();
    let start = file.by_ref().take(START_BYTES as u64).read_to_end(&mut bytes);
    start.map_err(|error| unreadable(&error))?;
    let kind = if refused::has_streams(&bytes) {
        within(about.len(), Kind::Package.limit_bytes())?;
        file.read_to_end(&mut bytes).map_err(|error| unreadable(&error))?;
        return Err(refused::fault(refused::by_stream(&bytes)));
    } else {
        recognise::kind_of(&bytes, &extension)?
    };
    within(about.len(), kind.limit_bytes())?;
    // The file may grow meanwhile.
    let mut rest = file.take(kind.limit_bytes());
    rest.read_to_end(&mut bytes).map_err(|error| unreadable(&error))?;
    let extract = apart(move || parse(kind, &bytes, &extension))?;
    if extract.text.trim().is_empty() {
        return Err(no_text(kind));
    }
    Ok(extract)
}

fn no_text(kind: Kind) -> Fault {
    let advice = match kind {
        Kind::Pdf => {
            "If its pages are scanned, recognise the text (OCR) first, and attach the result."
        }
        _ => "Choose a file with the words of the source.",
    };
    Fault::new("it contains no text").expected("a text").advice(advice)
}

fn within(bytes: u64, limit: u64) -> Result<(), Fault> {
    if bytes <= limit {
        return Ok(());
    }
    Err(Fault::new(format!("the file is {} MB", bytes >> 20))
        .expected(format!("at most {} MB for its kind", limit >> 20))
        .advice("Attach the part that you need."))
}

fn parse(kind: Kind, bytes: &[u8], extension: &str) -> Result<Extract, Fault> {
    match kind {
        Kind::Text => text(bytes),
        Kind::Page => decoded(bytes, html::read),
        Kind::FlatDocument => decoded(bytes, odt::read_flat),
        Kind::Mail => mail::read(bytes),
        Kind::Rtf => rtf::read(bytes),
        Kind::Package => zipped::read(bytes, extension),
        Kind::Pdf => pdf::read(bytes),
    }
}

/// Reads markup in the encoding that it declares.
fn decoded(
    bytes: &[u8],
    read: impl FnOnce(&str) -> Result<Extract, Fault>,
) -> Result<Extract, Fault> {
    let decoded = decode::decode(bytes, decode::declared_in(bytes))?;
    let mut extract = read(&decoded.text)?;
    extract.notes.extend(decoded.note);
    Ok(extract)
}

fn text(bytes: &[u8]) -> Result<Extract, Fault> {
    let decoded = decode::decode(bytes, None)?;
    let mut text = decoded.text;
    // Line ends of the first Macintosh.
    if text.contains('\r') && !text.contains('\n') {
        text = text.replace('\r', "\n");
    }
    Ok(Extract { notes: decoded.note.into_iter().collect(), ..Extract::plain(text) })
}

/// Runs a parser of a foreign format on a separate thread, so that a panic becomes an error.
fn apart(read: impl FnOnce() -> Result<Extract, Fault> + Send + 'static) -> Result<Extract, Fault> {
    /// Enough for a page at the nesting limit.
    const STACK_BYTES: usize = 64 << 20;
    let thread =
        std::thread::Builder::new().name("source".to_owned()).stack_size(STACK_BYTES).spawn(read);
    let outcome = thread.map_err(|error| unreadable(&error))?.join();
    outcome.unwrap_or_else(|_| {
        Err(Fault::new("the file is damaged and cannot be read")
            .expected("an undamaged file")
            .advice("Open it in its program and save it again, or save it as text."))
    })
}

/// The text of a source, embedded or from a file in the map's folder. `None` if it has no text.
#[must_use]
pub fn of(source: &Source, map: Option<&Path>) -> Option<Result<SourceFile, SourceError>> {
    if let Some(text) = &source.text {
        let text = SourceText::new(text.clone());
        return Some(Ok(SourceFile { text, ..SourceFile::default() }));
    }
    let file = source.text_file.as_deref()?;
    let Some(map) = map else {
        let fault = Fault::new("the map has not been saved yet")
            .expected("a saved map, because the text is read from its folder")
            .advice("Save the map.");
        return Some(Err(fault.at(Path::new(file))));
    };
    Some(beside(map, file).and_then(|path| read_file(&path)))
}

/// The texts of a map's sources. Sources without a text are in none of the lists.
#[derive(Clone, Debug, Default)]
pub struct Texts {
    pub texts: BTreeMap<SourceId, Arc<SourceText>>,
    /// The texts that could not be read, and why.
    pub errors: BTreeMap<SourceId, SourceError>,
    /// What the user should know about the texts.
    pub notes: BTreeMap<SourceId, Vec<String>>,
}

/// Reads the texts of a map's sources.
#[must_use]
pub fn read_all(map: &Map, path: Option<&Path>) -> Texts {
    let mut all = Texts::default();
    for source in &map.sources {
        match of(source, path) {
            None => {}
            Some(Ok(SourceFile { text, notes, .. })) => {
                all.texts.insert(source.id.clone(), Arc::new(text));
                if !notes.is_empty() {
                    all.notes.insert(source.id.clone(), notes);
                }
            }
            Some(Err(error)) => drop(all.errors.insert(source.id.clone(), error)),
        }
    }
    all
}

/// The texts of a map's sources, and the errors for those that could not be read. Sources without a
/// text are in neither.
#[must_use]
pub fn texts(
    map: &Map,
    path: Option<&Path>,
) -> (BTreeMap<SourceId, Arc<SourceText>>, BTreeMap<SourceId, SourceError>) {
    let all = read_all(map, path);
    (all.texts, all.errors)
}
