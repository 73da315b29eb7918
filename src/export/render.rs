//! What is asked of pictures apart from a file: what they say of their making, single marks, and
//! screenshots as PNG.

use std::time::SystemTime;

use super::error::ExportError;
use super::format::Format;
use super::page::Page;
use super::picture::{Picture, words};
use super::png;
use crate::geometry::Point;
use crate::model::Map;
use crate::progress::Progress;
use crate::text::Fonts;

/// What a picture says of its making: `From map.json, exported 2026-11-22 10:15 UTC.`
#[must_use]
pub fn made_words(file: &str, now: SystemTime) -> String {
    let time = humantime::format_rfc3339_seconds(now).to_string();
    let minutes: String =
        time.chars().take(16).map(|letter| if letter == 'T' { ' ' } else { letter }).collect();
    format!("From {file}, exported {minutes} UTC.")
}

/// The picture of a map as the bytes of a file.
///
/// # Errors
/// When the page cannot be used, the picture cannot be drawn, or it is cancelled.
pub fn render(
    map: &Map,
    positions: &[Point],
    page: &Page,
    format: &Format,
    progress: &Progress,
) -> Result<Vec<u8>, ExportError> {
    progress.check()?;
    let picture = Picture::new(map, positions, page)?;
    progress.reach(0.1)?;
    format.encode(&picture, progress)
}

/// Straight RGBA pixels as a PNG.
///
/// # Errors
/// When there are not as many as the size asks for.
pub fn png_of(size: [usize; 2], rgba: &[u8]) -> Result<Vec<u8>, ExportError> {
    png::plain(size, rgba).map_err(|error| ExportError::Draw(error.to_string()))
}

/// Tells which letters of a map no installed font has; `None` if all can be drawn.
#[must_use]
pub fn unwritable(map: &Map) -> Option<String> {
    Fonts::for_words(&words(map)).complaint()
}
