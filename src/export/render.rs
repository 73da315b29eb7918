//! Entry points of the export: a map as bytes, pixels as PNG, the note on the export, and the check
//! for missing glyphs.

use std::path::{Path, PathBuf};
use std::time::SystemTime;

use super::error::ExportError;
use super::format::Format;
use super::formats::png;
use super::page::Page;
use super::picture::{Picture, words};
use super::remarks::remarks;
use crate::geometry::Point;
use crate::model::{Map, PerActorSlice};
use crate::progress::Progress;
use crate::text::Fonts;

/// The last second that can be written with a year of four digits, since 1970.
const LAST_SECOND: u64 = 253_402_300_799;

/// The note on file name and export date: `From map.json, exported 2026-11-22 10:15 UTC.` A clock
/// before 1970 or after the year 9999 is wrong, so the date is left out.
#[must_use]
pub fn export_note(file: &str, now: SystemTime) -> String {
    let seconds = now.duration_since(SystemTime::UNIX_EPOCH).map(|age| age.as_secs());
    if !seconds.is_ok_and(|seconds| seconds <= LAST_SECOND) {
        return format!("From {file}.");
    }
    let time = humantime::format_rfc3339_seconds(now).to_string();
    let minutes: String =
        time.chars().take(16).map(|letter| if letter == 'T' { ' ' } else { letter }).collect();
    format!("From {file}, exported {minutes} UTC.")
}

/// Renders a map as the bytes of a file.
///
/// # Errors
/// If the page is invalid, the picture cannot be drawn, or the work was cancelled.
pub fn render(
    map: &Map,
    positions: &PerActorSlice<Point>,
    page: &Page,
    format: &Format,
    progress: &Progress,
) -> Result<Vec<u8>, ExportError> {
    progress.check()?;
    let page = format.fitted(page.clone());
    let picture = Picture::new(map, positions, &page)?;
    progress.reach(0.1)?;
    format.encode(&picture, progress)
}

/// Renders a map, and its list of evidence if that is on pages of its own, as the bytes of one file
/// each. A format with pages needs only one. Also returns the [`remarks`] about slides.
///
/// # Errors
/// If the page is invalid, a picture cannot be drawn, or the work was cancelled.
pub fn render_files(
    map: &Map,
    positions: &PerActorSlice<Point>,
    page: &Page,
    format: &Format,
    progress: &Progress,
) -> Result<(Vec<Vec<u8>>, Vec<String>), ExportError> {
    progress.check()?;
    let page = format.fitted(page.clone());
    let mut picture = Picture::new(map, positions, &page)?;
    progress.reach(0.1)?;
    let mut files = vec![format.encode(&picture, progress)?];
    files.extend(evidence_files(&mut picture, format, progress)?);
    Ok((files, remarks(format, std::slice::from_ref(&picture))))
}

/// The list of evidence of a picture as the bytes of further files; empty if it needs none.
///
/// # Errors
/// If a page cannot be drawn, or the work was cancelled.
pub fn evidence_files(
    picture: &mut Picture<'_>,
    format: &Format,
    progress: &Progress,
) -> Result<Vec<Vec<u8>>, ExportError> {
    let count = if format.has_pages { 1 } else { picture.file_count() };
    let mut files = Vec::new();
    for sheet in 1..count {
        progress.check()?;
        picture.turn_to(sheet);
        files.push(format.encode(picture, progress)?);
    }
    Ok(files)
}

/// The path of a file with the list of evidence, for a picture at `path`: `map-evidence.png`, then
/// `map-evidence-2.png`. `number` counts from 1.
#[must_use]
pub fn evidence_path(path: &Path, number: usize) -> PathBuf {
    let mut name = path.file_stem().unwrap_or_default().to_os_string();
    name.push("-evidence");
    if number > 1 {
        name.push(format!("-{number}"));
    }
    if let Some(extension) = path.extension() {
        name.push(".");
        name.push(extension);
    }
    path.with_file_name(name)
}

/// Encodes straight RGBA pixels as a PNG.
///
/// # Errors
/// If the number of pixels does not match `size`.
pub fn png_of(size: [usize; 2], rgba: &[u8]) -> Result<Vec<u8>, ExportError> {
    png::plain(size, rgba).map_err(|error| ExportError::Draw(error.to_string()))
}

/// A message about the characters of a map that no installed font has; `None` if there are none.
#[must_use]
pub fn missing_glyphs_message(map: &Map) -> Option<String> {
    Fonts::for_words(&words(map)).complaint()
}
