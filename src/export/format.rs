//! The kinds of file, one row each: what they are called, what they can hold, and what writes them.

use std::path::Path;

use super::error::ExportError;
use super::picture::Picture;
use super::{pdf, png, svg};
use crate::progress::Progress;

/// A kind of file.
#[derive(Debug)]
pub struct Format {
    /// Its name in menus: `PNG`.
    pub text: &'static str,
    /// The ending of its files, and its name on the command line.
    pub extension: &'static str,
    /// What it is for.
    pub hint: &'static str,
    /// Numbered evidence goes to pages of its own instead of below the map.
    pub has_pages: bool,
    /// The background can be left out.
    pub can_be_transparent: bool,
    /// Fonts are named in the file, and can be embedded.
    pub can_embed_fonts: bool,
    encode: fn(&Picture<'_>, &Progress) -> Result<Vec<u8>, ExportError>,
}

/// Pixels.
pub static PNG: Format = Format {
    text: "PNG",
    extension: "png",
    hint: "Pixels, for slides and the web",
    has_pages: false,
    can_be_transparent: true,
    can_embed_fonts: false,
    encode: png::encode,
};

/// Lines and text.
pub static SVG: Format = Format {
    text: "SVG",
    extension: "svg",
    hint: "Lines and text, for editors and the web",
    has_pages: false,
    can_be_transparent: true,
    can_embed_fonts: true,
    encode: svg::encode,
};

/// Lines and text on paper.
pub static PDF: Format = Format {
    text: "PDF",
    extension: "pdf",
    hint: "Lines and text, for print and mail",
    has_pages: true,
    can_be_transparent: false,
    can_embed_fonts: false,
    encode: pdf::encode,
};

/// Every kind of file, the usual one first.
pub static FORMATS: [&Format; 3] = [&PNG, &SVG, &PDF];

impl PartialEq for Format {
    fn eq(&self, other: &Self) -> bool {
        self.extension == other.extension
    }
}

impl Eq for Format {}

impl Format {
    /// The kind that is used unless another is asked for.
    #[must_use]
    pub fn usual() -> &'static Self {
        &PNG
    }

    /// The kind that an ending stands for, upper or lower case.
    #[must_use]
    pub fn from_extension(extension: &str) -> Option<&'static Self> {
        FORMATS.into_iter().find(|format| format.extension.eq_ignore_ascii_case(extension))
    }

    /// The kind of a file by its name.
    ///
    /// # Errors
    /// When no kind of picture has this ending.
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

    /// The picture as the bytes of such a file.
    ///
    /// # Errors
    /// When it cannot be drawn, or is cancelled.
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
