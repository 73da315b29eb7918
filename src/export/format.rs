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
    /// True if numbered evidence goes on separate pages instead of below the map.
    pub has_pages: bool,
    /// True if the background can be left out.
    pub can_be_transparent: bool,
    /// True if the file names its fonts and can embed them.
    pub can_embed_fonts: bool,
    pub(super) encode: fn(&Picture<'_>, &Progress) -> Result<Vec<u8>, ExportError>,
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
        let bytes = (self.encode)(picture, progress)?;
        progress.reach(1.0)?;
        Ok(bytes)
    }
}
