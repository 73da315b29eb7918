//! What an export format is: its names, its capabilities and its encoder.

use super::error::ExportError;
use super::picture::Picture;
use crate::progress::Progress;

/// An export format.
#[derive(Debug)]
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
