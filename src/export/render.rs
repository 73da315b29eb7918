//! Entry points of the export: a map as bytes, pixels as PNG, the note on the export, and the check
//! for missing glyphs.

use std::time::SystemTime;

use super::error::ExportError;
use super::format::Format;
use super::formats::png;
use super::page::Page;
use super::picture::{Picture, words};
use crate::geometry::Point;
use crate::model::{Map, PerActorSlice};
use crate::progress::Progress;
use crate::text::Fonts;

/// The note on file name and export date: `From map.json, exported 2026-11-22 10:15 UTC.`
#[must_use]
pub fn export_note(file: &str, now: SystemTime) -> String {
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
    let picture = Picture::new(map, positions, page)?;
    progress.reach(0.1)?;
    format.encode(&picture, progress)
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
