//! A scene on a page, as a file: PNG, SVG or PDF.
//!
//! Needs no window. Nothing here decides what is drawn; that is the scene's.

mod hairline;
mod pdf;
mod png;
mod raster;
mod sheet;
mod svg;
mod trace;

use std::path::Path;
use std::time::SystemTime;

use thiserror::Error;

use crate::geometry::Point;
use crate::model::Map;
use crate::progress::{Cancelled, Progress};
use crate::scene::camera::Camera;
use crate::scene::primitive::Mark;
use crate::scene::theme::Theme;
use crate::scene::{Frame, Parts, View};
use crate::text::Fonts;
use sheet::Sheet;
pub use sheet::words;

/// Side of a picture in pixels beyond which no program opens it.
pub const SIDE_LIMIT_PX: u32 = 30_000;
/// Pixels of a picture beyond which it does not fit into memory.
pub const AREA_LIMIT_PX: u64 = 300_000_000;
/// The size of a picture that nobody gave a size for, at scale 1.
pub const DEFAULT_SIZE_PX: (u32, u32) = (1600, 1000);

/// Pixels to an inch where nobody says otherwise (CSS).
pub const SCREEN_DPI: f32 = 96.0;

/// How large symbols are on paper, of their size on a screen: a sheet is read from nearer.
const PAPER_SHARE: f32 = 0.75;

/// Sheets of paper.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Paper {
    A4,
    A3,
    Letter,
}

impl Paper {
    /// Width and height in inches, landscape (ISO 216, ANSI/ASME Y14.1).
    #[must_use]
    pub fn inches(self) -> (f32, f32) {
        match self {
            Self::A4 => (297.0 / 25.4, 210.0 / 25.4),
            Self::A3 => (420.0 / 25.4, 297.0 / 25.4),
            Self::Letter => (11.0, 8.5),
        }
    }

    /// Its sides in pixels at `dpi` pixels to an inch, and the scale with which symbols keep their size on it.
    #[must_use]
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "saturates; checked later")]
    pub fn pixels(self, is_upright: bool, dpi: f32) -> ([u32; 2], f32) {
        let (wide, high) = self.inches();
        let sides = if is_upright { [high, wide] } else { [wide, high] };
        (sides.map(|side| (side * dpi).round() as u32), dpi / SCREEN_DPI * PAPER_SHARE)
    }
}

/// What a picture is to be.
#[derive(Clone, Debug, PartialEq)]
pub struct Page {
    pub width_px: u32,
    pub height_px: u32,
    /// Magnifies symbols, words, title and legend; the size in pixels stays.
    pub scale: f32,
    pub theme: Theme,
    /// What stands around the map.
    pub parts: Parts,
    /// No ground is drawn; a PNG is then transparent where nothing is.
    pub is_transparent: bool,
    /// Pixels to an inch of paper; decides the physical size of a PNG and of the page of a PDF.
    pub dpi: f32,
    /// An SVG carries the fonts of its words; else it names them.
    pub embeds_fonts: bool,
    /// With `numbers`, the numbered evidence stands below the map, which makes PNG and SVG higher than asked for, and
    /// on pages of its own in a PDF.
    pub view: View,
    /// What part of the map; `None` shows all of it.
    pub camera: Option<Camera>,
    /// The frame that goes with the camera, so that names stand where the window has them.
    pub frame: Option<Frame>,
}

impl Page {
    /// A page of this size that shows all of a map, in light colours.
    #[must_use]
    pub fn new(width_px: u32, height_px: u32) -> Self {
        Self {
            width_px,
            height_px,
            scale: 1.0,
            theme: Theme::light(),
            parts: Parts::default(),
            is_transparent: false,
            dpi: SCREEN_DPI,
            embeds_fonts: false,
            view: View::default(),
            camera: None,
            frame: None,
        }
    }
}

/// The kinds of file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    Png,
    Svg,
    Pdf,
}

impl Format {
    /// By the extension of a file name.
    ///
    /// # Errors
    /// When it is none of `.png`, `.svg` and `.pdf`.
    pub fn of(path: &Path) -> Result<Self, ExportError> {
        let extension = path.extension().map(|extension| extension.to_string_lossy().to_lowercase());
        match extension.as_deref() {
            Some("png") => Ok(Self::Png),
            Some("svg") => Ok(Self::Svg),
            Some("pdf") => Ok(Self::Pdf),
            _ => Err(ExportError::Extension(path.display().to_string())),
        }
    }
}

/// Why there is no picture. Nothing was written.
#[derive(Debug, Error)]
pub enum ExportError {
    #[error("{0}: the name of a picture must end in .png, .svg or .pdf")]
    Extension(String),
    #[error(
        "a picture of {0}×{1} pixels cannot be made; give 1 to {SIDE_LIMIT_PX} for each side and at most 300 million in all"
    )]
    Size(u32, u32),
    #[error("a scale of {0} cannot be used; give a number from 0.1 to 20")]
    Scale(f32),
    #[error("{0} pixels to an inch cannot be used; give a number from 10 to 10000")]
    Dpi(f32),
    #[error(transparent)]
    Cancelled(#[from] Cancelled),
    #[error("the picture could not be drawn: {0}")]
    Draw(String),
}

/// What a picture says of its making: `From map.json, exported 2026-11-22 10:15 UTC.`
#[must_use]
pub fn made_words(file: &str, now: SystemTime) -> String {
    let time = humantime::format_rfc3339_seconds(now).to_string();
    let minutes: String = time.chars().take(16).map(|letter| if letter == 'T' { ' ' } else { letter }).collect();
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
            #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "checked below")]
            let height = (height as u32).max(page.height_px);
            check(&Page { height_px: height, ..page.clone() })?;
            let pixels = raster::draw(&sheet, list.as_ref(), (page.width_px, height), progress)?;
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
    let pixels = raster::draw(&sheet, list.as_ref(), (page.width_px, height), progress)?;
    Ok((pixels.width(), pixels.height(), pixels.take_demultiplied()))
}

/// One mark on nothing, `origin` pixels from the upper left corner: four premultiplied bytes for each pixel. `None` where
/// there is not enough memory.
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

/// Looks whether a page can be made at all.
///
/// # Errors
/// When its size, scale or resolution cannot be used.
pub fn check(page: &Page) -> Result<(), ExportError> {
    if !(10.0..=10_000.0).contains(&page.dpi) {
        return Err(ExportError::Dpi(page.dpi));
    }
    if !(0.1..=20.0).contains(&page.scale) {
        return Err(ExportError::Scale(page.scale));
    }
    let (width, height) = (page.width_px, page.height_px);
    let is_possible = |side: u32| (1..=SIDE_LIMIT_PX).contains(&side);
    if !is_possible(width) || !is_possible(height) || u64::from(width) * u64::from(height) > AREA_LIMIT_PX {
        return Err(ExportError::Size(width, height));
    }
    Ok(())
}
