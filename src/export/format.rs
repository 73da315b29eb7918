//! The kinds of file, and why a picture cannot be made.

use std::path::Path;

use thiserror::Error;

use super::page::SIDE_LIMIT_PX;
use crate::progress::Cancelled;

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
        let extension =
            path.extension().map(|extension| extension.to_string_lossy().to_lowercase());
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
    #[error(transparent)]
    Cancelled(#[from] Cancelled),
    #[error("the picture could not be drawn: {0}")]
    Draw(String),
}
