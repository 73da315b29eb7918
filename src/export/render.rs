//! Pictures of a map: as the bytes of a file, and as pixels.

use std::time::SystemTime;

use super::check::check;
use super::format::{ExportError, Format};
use super::page::Page;
use super::pixels::draw;
use super::sheet::{Sheet, words};
use super::{pdf, png, svg};
use crate::draw::raster;
use crate::geometry::Point;
use crate::model::Map;
use crate::progress::Progress;
use crate::scene::primitive::Mark;
use crate::text::Fonts;

/// What a picture says of its making: `From map.json, exported 2026-11-22 10:15 UTC.`
#[must_use]
pub fn made_words(file: &str, now: SystemTime) -> String {
    let time = humantime::format_rfc3339_seconds(now).to_string();
    let minutes: String =
        time.chars().take(16).map(|letter| if letter == 'T' { ' ' } else { letter }).collect();
    format!("From {file}, exported {minutes} UTC.")
}

/// The picture as a file's bytes.
///
/// # Errors
/// When the size or the scale cannot be used, drawing fails, or it is cancelled.
pub fn render(
    map: &Map,
    positions: &[Point],
    page: &Page,
    format: Format,
    progress: &Progress,
) -> Result<Vec<u8>, ExportError> {
    check(page)?;
    progress.go_on()?;
    let sheet = Sheet::new(map, positions, page);
    progress.reach(0.1)?;
    let bytes = match format {
        Format::Pdf => pdf::render(&sheet, page, progress)?,
        Format::Svg => {
            let (list, height) = sheet.list_under(page);
            svg::write(&sheet, list.as_ref(), height, page.embeds_fonts, progress)?.into_bytes()
        }
        Format::Png => {
            let (list, height) = sheet.list_under(page);
            #[expect(
                clippy::cast_possible_truncation,
                clippy::cast_sign_loss,
                reason = "checked below"
            )]
            let height = (height as u32).max(page.height_px);
            check(&Page { height_px: height, ..page.clone() })?;
            let pixels = draw(&sheet, list.as_ref(), (page.width_px, height), progress)?;
            progress.reach(0.8)?;
            png::encode(&pixels, page, map).map_err(|error| ExportError::Draw(error.to_string()))?
        }
    };
    progress.reach(1.0)?;
    Ok(bytes)
}

/// The picture as pixels: width, height, and four bytes of straight RGBA for each.
///
/// # Errors
/// As [`render`].
pub fn pixels(
    map: &Map,
    positions: &[Point],
    page: &Page,
    progress: &Progress,
) -> Result<(u32, u32, Vec<u8>), ExportError> {
    check(page)?;
    let sheet = Sheet::new(map, positions, page);
    let (list, height) = sheet.list_under(page);
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "checked below")]
    let height = (height as u32).max(page.height_px);
    check(&Page { height_px: height, ..page.clone() })?;
    let pixels = draw(&sheet, list.as_ref(), (page.width_px, height), progress)?;
    Ok((pixels.width(), pixels.height(), pixels.take_demultiplied()))
}

/// One mark on nothing, `origin` pixels from the upper left corner: four premultiplied bytes for
/// each pixel. `None` where there is not enough memory.
#[must_use]
pub fn stamp(mark: &Mark, size: (u32, u32), origin: Point, fonts: &Fonts) -> Option<Vec<u8>> {
    raster::stamp(mark, size, origin, fonts)
}

/// Pages of the PDF.
#[must_use]
pub fn page_count(map: &Map, positions: &[Point], page: &Page) -> usize {
    if !page.view.numbers || check(page).is_err() {
        return 1;
    }
    1 + Sheet::new(map, positions, page).list_pages(page).len()
}

/// Straight RGBA pixels as a PNG.
///
/// # Errors
/// When there are not as many as the size asks for.
pub fn png_of(size: [usize; 2], rgba: &[u8]) -> Result<Vec<u8>, ExportError> {
    png::plain(size, rgba).map_err(|error| ExportError::Draw(error.to_string()))
}

/// What to tell about names that no font here can write; `None` where all can be written.
#[must_use]
pub fn unwritable(map: &Map) -> Option<String> {
    Fonts::for_words(&words(map)).complaint()
}
