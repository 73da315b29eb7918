//! A scene on a page, as a file: SVG text, and PNG from that very text.
//!
//! Needs no window. Nothing here decides what is drawn; that is the scene's.

mod pdf;
pub mod png;
pub mod svg;

use std::path::Path;
use std::time::SystemTime;

use thiserror::Error;

use crate::geometry::{Point, point};
use crate::model::Map;
use crate::model::query::Index;
use crate::scene::camera::Camera;
use crate::scene::theme::Theme;
use crate::scene::{self, Frame, Parts, Request, View};
use crate::text::{self, Fonts};

/// Side of a picture in pixels beyond which no program opens it.
pub const SIDE_LIMIT_PX: u32 = 30_000;
/// Pixels of a picture beyond which it does not fit into memory.
pub const AREA_LIMIT_PX: u64 = 300_000_000;
/// The size of a picture that nobody gave a size for, at scale 1.
pub const DEFAULT_SIZE_PX: (u32, u32) = (1600, 1000);

/// Pixels to an inch where nobody says otherwise (CSS).
pub const SCREEN_DPI: f32 = 96.0;

/// What a picture is to be.
#[derive(Clone, Debug)]
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
    #[error("the picture could not be drawn: {0}")]
    Draw(String),
    #[error(transparent)]
    Save(#[from] crate::file::save::SaveError),
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
/// When the size or the scale cannot be used, or drawing fails.
pub fn render(map: &Map, positions: &[Point], page: &Page, format: Format) -> Result<Vec<u8>, ExportError> {
    check(page)?;
    let svg = svg_text(map, positions, page);
    match format {
        Format::Svg => Ok(svg.into_bytes()),
        Format::Png => png::render(&svg, page, map, &text::database(&all_words(map))),
        Format::Pdf => pdf::render(&svg, page, map, &text::database(&all_words(map))),
    }
}

fn check(page: &Page) -> Result<(), ExportError> {
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

fn svg_text(map: &Map, positions: &[Point], page: &Page) -> String {
    let fonts = Fonts::default();
    let index = Index::of(map);
    #[expect(clippy::cast_precision_loss, reason = "sides are below 2^24")]
    let size = point(page.width_px as f32, page.height_px as f32);
    let furniture = scene::furnish(map, &page.view, &page.parts, size, page.scale, &page.theme, &fonts);
    let camera = page.camera.unwrap_or_else(|| scene::fit(positions, &furniture, size, page.scale));
    let whole = page.camera.is_none().then(|| Frame::new(&furniture, &camera, size));
    let request = Request {
        map,
        index: &index,
        positions,
        view: &page.view,
        zoom: camera.zoom,
        scale: page.scale,
        frame: page.frame.as_ref().or(whole.as_ref()),
        theme: &page.theme,
    };
    let scene = scene::build(&request, &fonts);
    let ground = (!page.is_transparent).then_some(page.theme.ground);
    svg::write(&svg::Sheet { map, scene: &scene, furniture: &furniture, camera, size, ground })
}

/// All that a picture may have to write, to find out which fonts it needs.
fn all_words(map: &Map) -> String {
    let names = map.actors.iter().flat_map(|actor| [actor.name.as_str(), actor.short.as_deref().unwrap_or("")]);
    let mut words: String = names.collect::<Vec<_>>().join(" ");
    words.push_str(&map.meta.title);
    for more in [&map.meta.message, &map.meta.marking, &map.meta.caveat, &map.meta.author] {
        words.push_str(more);
    }
    words
}
