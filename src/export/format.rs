//! What an export format is: its names, its capabilities and its encoder.

use super::error::ExportError;
use super::page::Page;
use super::picture::Picture;
use crate::progress::Progress;
use crate::scene::view::Emphasis;

/// Pages that are wider than high by less than this become slides of 4:3, others of 16:9.
const BETWEEN_SLIDES: f32 = 1.5;

/// An export format.
#[derive(Debug)]
#[expect(clippy::struct_excessive_bools, reason = "independent capabilities")]
pub struct Format {
    /// Its name in menus: `PNG`.
    pub text: &'static str,
    /// File extension, and its name on the command line.
    pub extension: &'static str,
    /// What it is for: tooltip and help on the command line.
    pub hint: &'static str,
    /// True if a file has as many pages as it needs: for numbered evidence, and for the steps of a
    /// briefing.
    pub has_pages: bool,
    /// True if the pages are slides of one of two shapes, with every line as an element of its own.
    pub is_slides: bool,
    /// True if readers can select elements in the file, which also has the steps of the map.
    pub is_interactive: bool,
    /// True if the background can be left out.
    pub can_be_transparent: bool,
    /// True if the file names its fonts and can embed them.
    pub can_embed_fonts: bool,
    /// Encodes one picture, or one for each step if the format has pages.
    pub(super) encode: Encode,
}

/// An encoder.
#[derive(Clone, Copy, Debug)]
pub(super) enum Encode {
    /// Of one picture.
    One(fn(&Picture<'_>, &Progress) -> Result<Vec<u8>, ExportError>),
    /// Of one picture or more.
    Several(fn(&[Picture<'_>], &Progress) -> Result<Vec<u8>, ExportError>),
}

impl PartialEq for Format {
    fn eq(&self, other: &Self) -> bool {
        self.extension == other.extension
    }
}

impl Eq for Format {}

impl Format {
    /// A page as a file of this format has it: slides have one of two shapes, the nearer one, and no
    /// marks of what is selected.
    #[must_use]
    pub fn fitted(&self, mut page: Page) -> Page {
        if self.is_interactive {
            page.view.emphasis = Emphasis::default();
            page.view.numbers = false;
            page.is_transparent = false;
        }
        if !self.is_slides {
            return page;
        }
        #[expect(clippy::cast_precision_loss, reason = "sides are below 2^24")]
        let ratio = page.width_px as f32 / page.height_px.max(1) as f32;
        let [wide, high] = if ratio < BETWEEN_SLIDES { [4, 3] } else { [16, 9] };
        page.width_px = page.height_px.saturating_mul(wide) / high;
        page.draws_each = true;
        page.is_transparent = false;
        let Emphasis { bright_actors, bright_relations, .. } =
            std::mem::take(&mut page.view.emphasis);
        page.view.emphasis = Emphasis { bright_actors, bright_relations, ..Emphasis::default() };
        page
    }

    /// Encodes the picture as the bytes of a file.
    ///
    /// # Errors
    /// If the picture cannot be drawn, or the work was cancelled.
    pub fn encode(
        &self,
        picture: &Picture<'_>,
        progress: &Progress,
    ) -> Result<Vec<u8>, ExportError> {
        self.encode_all(std::slice::from_ref(picture), progress)
    }

    /// Encodes pictures as the bytes of one file: all if the format has pages, else the first.
    ///
    /// # Errors
    /// If there is no picture, one cannot be drawn, or the work was cancelled.
    pub fn encode_all(
        &self,
        pictures: &[Picture<'_>],
        progress: &Progress,
    ) -> Result<Vec<u8>, ExportError> {
        let first = || ExportError::Draw("there is nothing to draw".to_owned());
        let bytes = match (self.encode, pictures.first()) {
            (Encode::One(encode), Some(picture)) => encode(picture, progress)?,
            (Encode::Several(encode), Some(_)) => encode(pictures, progress)?,
            (_, None) => return Err(first()),
        };
        progress.reach(1.0)?;
        Ok(bytes)
    }
}
