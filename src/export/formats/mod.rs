//! The table of export formats. Each format has its own file.

mod html;
mod pdf;
pub(super) mod png;
pub(super) mod pptx;
mod svg;
mod xml;

use std::path::Path;

pub use self::html::HTML;
pub use self::pdf::PDF;
pub use self::png::PNG;
pub use self::pptx::PPTX;
pub use self::svg::SVG;
use super::error::ExportError;
use super::format::Format;

/// All export formats, the default first.
pub static FORMATS: [&Format; 5] = [&PNG, &SVG, &PDF, &PPTX, &HTML];

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
}
