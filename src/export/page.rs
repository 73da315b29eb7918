//! The page of an exported picture: its size, its paper and its contents.

use crate::model::StepCamera;
use crate::named::Named;
use crate::scene::camera::Camera;
use crate::scene::frame::Frame;
use crate::scene::page::parts::Parts;
use crate::scene::theme::Theme;
use crate::scene::view::View;

/// Longest side of a picture in pixels. Other programs do not open larger ones.
pub const SIDE_LIMIT_PX: u32 = 30_000;
/// Largest number of pixels in a picture. More would not fit into memory.
pub const AREA_LIMIT_PX: u64 = 300_000_000;
/// Default width and height of a picture in pixels, at scale 1.
pub const DEFAULT_SIZE_PX: (u32, u32) = (1600, 1000);

/// Default resolution in pixels per inch (CSS).
pub const SCREEN_DPI: f32 = 96.0;

/// Size of symbols on paper relative to a screen. Paper is read from a shorter distance.
const PAPER_SHARE: f32 = 0.75;

/// Paper sizes.
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

    /// Width and height in pixels at `dpi` pixels per inch, and the scale at which symbols have the
    /// right size on paper.
    #[must_use]
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "the cast saturates; the size is checked later"
    )]
    pub fn pixels(self, is_upright: bool, dpi: f32) -> ([u32; 2], f32) {
        let (wide, high) = self.inches();
        let sides = if is_upright { [high, wide] } else { [wide, high] };
        (sides.map(|side| (side * dpi).round() as u32), dpi / SCREEN_DPI * PAPER_SHARE)
    }
}

/// Settings of an exported picture.
#[derive(Clone, Debug, PartialEq)]
#[expect(clippy::struct_excessive_bools, reason = "independent settings")]
pub struct Page {
    pub width_px: u32,
    pub height_px: u32,
    /// Magnification of symbols, text, title and legend. The size in pixels stays the same.
    pub scale: f32,
    pub theme: Theme,
    /// The parts around the map.
    pub parts: Parts,
    /// True if no background is drawn.
    pub is_transparent: bool,
    /// Pixels per inch. Determines the physical size of a PNG and of a PDF page.
    pub dpi: f32,
    /// True if an SVG embeds its fonts. Otherwise it only names them.
    pub embeds_fonts: bool,
    /// View settings. With `numbers`, the list of evidence is added.
    pub view: View,
    /// True if the list of evidence is on pages of its own, which are further files for formats
    /// without pages. Else it is below the map in PNG and SVG, which become higher than
    /// `height_px`.
    pub has_evidence_pages: bool,
    /// The part of the map to show; `None` for all of it.
    pub camera: Option<Camera>,
    /// The part of the map that a step shows, between title and notes, in place of `camera`.
    pub step_camera: Option<StepCamera>,
    /// True if an interactive file has the steps of the briefing.
    pub has_steps: bool,
    /// True if an interactive file has the texts of the sources.
    pub has_texts: bool,
    /// True if every line is drawn as a line of its own, however many there are.
    pub draws_each: bool,
    /// The frame that belongs to the camera, so that names are placed as in the window.
    pub frame: Option<Frame>,
}

impl Page {
    /// A page of this size that shows the whole map in the light theme.
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
            has_evidence_pages: false,
            camera: None,
            step_camera: None,
            has_steps: true,
            has_texts: false,
            draws_each: false,
            frame: None,
        }
    }
}
