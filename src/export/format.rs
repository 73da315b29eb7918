//! The table of export formats: names, capabilities and encoders.

use std::path::Path;

use super::error::ExportError;
use super::picture::Picture;
use super::{pdf, png, svg};
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
    encode: fn(&Picture<'_>, &Progress) -> Result<Vec<u8>, ExportError>,
}

/// Raster image for slides and the web.
pub static PNG: Format = Format {
    text: "PNG",
    extension: "png",
    hint: "Raster image, for slides and the web",
    has_pages: false,
    can_be_transparent: true,
    can_embed_fonts: false,
    encode: png::encode,
};

/// Vector graphics for editors and the web.
pub static SVG: Format = Format {
    text: "SVG",
    extension: "svg",
    hint: "Vector graphics, for editors and the web",
    has_pages: false,
    can_be_transparent: true,
    can_embed_fonts: true,
    encode: svg::encode,
};

/// Vector graphics for print and email.
pub static PDF: Format = Format {
    text: "PDF",
    extension: "pdf",
    hint: "Vector graphics, for print and email",
    has_pages: true,
    can_be_transparent: false,
    can_embed_fonts: false,
    encode: pdf::encode,
};

/// All export formats, the default first.
pub static FORMATS: [&Format; 3] = [&PNG, &SVG, &PDF];

impl PartialEq for Format {
    fn eq(&self, other: &Self) -> bool {
        self.extension == other.extension
    }
}

impl Eq for Format {}

impl Format {
    /// The default format.
    #[must_use]
    pub fn usual() -> &'static Self {
        &PNG
    }

    /// The format with this file extension, ignoring case.
    #[must_use]
    pub fn from_extension(extension: &str) -> Option<&'static Self> {
        FORMATS.into_iter().find(|format| format.extension.eq_ignore_ascii_case(extension))
    }

    /// The format of a file, by its extension.
    ///
    /// # Errors
    /// `Extension` if no format has this file extension.
    pub fn of(path: &Path) -> Result<&'static Self, ExportError> {
        let extension = path.extension().map(|extension| extension.to_string_lossy());
        let format = extension.and_then(|extension| Self::from_extension(&extension));
        format.ok_or_else(|| {
            let endings: Vec<String> =
                FORMATS.iter().map(|format| format!(".{}", format.extension)).collect();
            let (last, others) = endings.split_last().map_or(("", &[] as &[_]), |(a, b)| (a, b));
            let endings = format!("{} or {last}", others.join(", "));
            ExportError::Extension(path.display().to_string(), endings)
        })
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
        let bytes = (self.encode)(picture, progress)?;
        progress.reach(1.0)?;
        Ok(bytes)
    }
}
