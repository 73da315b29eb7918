//! The choices of the export dialog, and the page that they describe.

use std::time::SystemTime;

use crate::export::{Format, Page, Paper, SCREEN_DPI, export_note};
use crate::geometry::Point;
use crate::scene::camera::Camera;
use crate::scene::frame::Frame;
use crate::scene::page::parts::Parts;
use crate::scene::theme::Theme;
use crate::scene::view::{Emphasis, View};

/// The choices of the export dialog. They are kept after the dialog closes.
#[derive(Clone, Debug, PartialEq)]
#[expect(clippy::struct_excessive_bools, reason = "independent choices")]
pub struct ExportChoices {
    pub format: &'static Format,
    pub(super) size: Size,
    /// Width and height in pixels for [`Size::Custom`].
    pub(super) custom: [u32; 2],
    /// True for portrait paper.
    pub(super) is_upright: bool,
    pub(super) paper_dpi: f32,
    /// Scale factor of text, lines and symbols.
    pub(super) enlarge: f32,
    pub(super) theme: Theme,
    pub(super) parts: Parts,
    pub(super) is_transparent: bool,
    pub(super) embeds_fonts: bool,
    pub(super) has_evidence: bool,
    /// True if the list of evidence is below the map instead of on a page of its own.
    pub(super) is_evidence_below: bool,
    /// True if the picture states its file name and date.
    pub(super) shows_file_and_date: bool,
    pub(super) shows_whole_map: bool,
    pub(super) is_selection: bool,
    pub(super) keeps_highlight: bool,
    /// True if slides are 4:3 instead of 16:9.
    pub(super) is_standard_slide: bool,
    /// True if each step of the briefing is exported.
    pub(super) is_steps: bool,
    /// The step in the preview, counted from 0.
    pub(super) previewed_step: usize,
    /// True if an HTML file has the steps of the briefing.
    pub(super) has_steps: bool,
    /// True if an HTML file has the texts of the sources.
    pub(super) has_texts: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Size {
    Screen,
    TwiceTheScreen,
    Hd,
    FullHd,
    UltraHd,
    Sheet(Paper),
    Custom,
}

impl Size {
    pub const ALL: [Self; 9] = [
        Self::Screen,
        Self::TwiceTheScreen,
        Self::Hd,
        Self::FullHd,
        Self::UltraHd,
        Self::Sheet(Paper::A4),
        Self::Sheet(Paper::A3),
        Self::Sheet(Paper::Letter),
        Self::Custom,
    ];

    pub fn words(self) -> &'static str {
        match self {
            Self::Screen => "Screen size",
            Self::TwiceTheScreen => "2 × screen size",
            Self::Hd => "1280 × 720",
            Self::FullHd => "1920 × 1080",
            Self::UltraHd => "3840 × 2160",
            Self::Sheet(Paper::A4) => "A4 paper",
            Self::Sheet(Paper::A3) => "A3 paper",
            Self::Sheet(Paper::Letter) => "Letter paper",
            Self::Custom => "Custom size",
        }
    }
}

impl Default for ExportChoices {
    fn default() -> Self {
        Self {
            format: Format::usual(),
            size: Size::TwiceTheScreen,
            custom: [1600, 1000],
            is_upright: false,
            paper_dpi: 150.0,
            enlarge: 1.0,
            theme: Theme::light(),
            parts: Parts::default(),
            is_transparent: false,
            embeds_fonts: false,
            has_evidence: false,
            is_evidence_below: false,
            shows_file_and_date: false,
            shows_whole_map: false,
            is_selection: false,
            keeps_highlight: true,
            is_standard_slide: false,
            is_steps: false,
            previewed_step: 0,
            has_steps: true,
            has_texts: false,
        }
    }
}

/// The canvas as shown on the screen, from which the picture is made.
pub struct OnScreen<'a> {
    /// Size of the canvas in points.
    pub page: Point,
    pub camera: Option<Camera>,
    pub frame: Option<&'a Frame>,
    pub pixels_per_point: f32,
    /// Name of the map file.
    pub file: &'a str,
    pub view: &'a View,
    /// True if the map has a marking.
    pub has_marking: bool,
    /// Number of steps of the briefing.
    pub steps: usize,
}

impl ExportChoices {
    /// Width and height in pixels, and the resolution in dots per inch.
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a screen has a few thousand pixels"
    )]
    pub(super) fn size_px(&self, screen: &OnScreen<'_>) -> ([u32; 2], f32) {
        let on_screen = screen.page * screen.pixels_per_point;
        let on_screen = if self.size == Size::TwiceTheScreen { on_screen * 2.0 } else { on_screen };
        if self.format.is_slides {
            return ([if self.is_standard_slide { 960 } else { 1280 }, 720], SCREEN_DPI);
        }
        let size = match self.size {
            Size::Screen | Size::TwiceTheScreen => {
                [on_screen.x.round().max(16.0) as u32, on_screen.y.round().max(16.0) as u32]
            }
            Size::Hd => [1280, 720],
            Size::FullHd => [1920, 1080],
            Size::UltraHd => [3840, 2160],
            Size::Sheet(paper) => {
                return (paper.pixels(self.is_upright, self.paper_dpi).0, self.paper_dpi);
            }
            Size::Custom => self.custom,
        };
        (size, SCREEN_DPI)
    }

    /// True if only the selection is exported.
    #[must_use]
    pub fn is_selection(&self, screen: &OnScreen<'_>) -> bool {
        self.is_selection && !screen.view.emphasis.is_none() && !self.is_steps(screen)
    }

    /// Shows the first step in the preview.
    pub fn start_preview(&mut self) {
        self.previewed_step = 0;
    }

    /// True if each step of the briefing is exported, in pages or files of its own.
    #[must_use]
    pub fn is_steps(&self, screen: &OnScreen<'_>) -> bool {
        self.is_steps && screen.steps > 0 && !self.format.is_interactive
    }

    /// The step in the preview, counted from 0; `None` if the steps are not exported.
    #[must_use]
    pub fn previewed_step(&self, screen: &OnScreen<'_>) -> Option<usize> {
        self.is_steps(screen).then(|| self.previewed_step.min(screen.steps.saturating_sub(1)))
    }

    /// The page that these choices describe.
    #[must_use]
    #[expect(clippy::cast_precision_loss, reason = "sides are below 2^24")]
    pub fn page(&self, screen: &OnScreen<'_>) -> Page {
        let ([width_px, height_px], dpi) = self.size_px(screen);
        let magnified = (width_px as f32 / screen.page.x).min(height_px as f32 / screen.page.y);
        let camera = screen.camera.filter(|_| !self.shows_whole_map);
        let mut view = View { numbers: self.has_evidence, ..screen.view.clone() };
        if !self.keeps_highlight {
            view.emphasis = Emphasis::default();
        }
        self.format.fitted(Page {
            width_px,
            height_px,
            scale: (magnified * self.enlarge).clamp(0.1, 20.0),
            theme: self.theme.clone(),
            parts: Parts {
                made: if self.shows_file_and_date {
                    export_note(screen.file, SystemTime::now())
                } else {
                    String::new()
                },
                ..self.parts.clone()
            },
            is_transparent: self.is_transparent && self.format.can_be_transparent,
            embeds_fonts: self.embeds_fonts && self.format.can_embed_fonts,
            dpi,
            view,
            has_evidence_pages: !self.is_evidence_below,
            step_camera: None,
            camera: camera.map(|camera| Camera { zoom: camera.zoom * magnified, ..camera }),
            frame: screen.frame.filter(|_| !self.shows_whole_map).cloned(),
            has_steps: self.has_steps,
            has_texts: self.has_texts,
            draws_each: false,
        })
    }

    /// Choices that reproduce the screen pixel for pixel.
    #[must_use]
    pub fn of_screen(theme: Theme) -> Self {
        Self { size: Size::Screen, theme, ..Self::default() }
    }

    /// The page for the clipboard: the current view at twice the screen resolution, with the theme
    /// and page elements chosen here.
    #[must_use]
    pub fn page_for_clipboard(&self, screen: &OnScreen<'_>) -> Page {
        let like_the_screen = Self {
            size: Size::TwiceTheScreen,
            enlarge: 1.0,
            shows_whole_map: false,
            is_selection: false,
            has_evidence: false,
            is_transparent: false,
            is_steps: false,
            format: Format::usual(),
            ..self.clone()
        };
        like_the_screen.page(screen)
    }
}
