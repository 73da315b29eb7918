//! Errors of an export.

use thiserror::Error;

use super::page::SIDE_LIMIT_PX;
use crate::progress::Cancelled;

/// Why an export failed. Nothing was written.
#[derive(Debug, Error)]
pub enum ExportError {
    /// Unknown file extension: the file name, and the possible extensions.
    #[error("{0}: the file name must end in {1}")]
    Extension(String, String),
    /// Width and height in pixels.
    #[error(
        "a picture of {0}×{1} pixels is not possible; each side must be from 1 to \
         {SIDE_LIMIT_PX} pixels, and the total at most 300 million"
    )]
    Size(u32, u32),
    #[error("the scale must be from 0.1 to 20, not {0}")]
    Scale(f32),
    /// Pixels per inch.
    #[error("the resolution must be from 10 to 10000 pixels per inch, not {0}")]
    Dpi(f32),
    #[error(transparent)]
    Cancelled(#[from] Cancelled),
    /// The reason, in words.
    #[error("the picture could not be drawn: {0}")]
    Draw(String),
}
