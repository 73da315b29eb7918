//! The page that a picture is drawn on: its size, its paper, and what is on it.

use crate::named::Named;
use crate::scene::camera::Camera;
use crate::scene::frame::Frame;
use crate::scene::page::parts::Parts;
use crate::scene::theme::Theme;
use crate::scene::view::View;

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

impl Named for Paper {
    const ALL: &'static [Self] = &[Self::A4, Self::A3, Self::Letter];

    fn key(self) -> &'static str {
        match self {
            Self::A4 => "a4",
            Self::A3 => "a3",
            Self::Letter => "letter",
        }
    }
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

    /// Its sides in pixels at `dpi` pixels to an inch, and the scale with which symbols keep their
    /// size on it.
    #[must_use]
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "saturates; checked later"
    )]
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
    /// With `numbers`, the numbered evidence stands below the map, which makes PNG and SVG higher
    /// than asked for, and on pages of its own in a PDF.
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
