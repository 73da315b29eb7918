//! Why a picture cannot be made.

use thiserror::Error;

use super::page::SIDE_LIMIT_PX;
use crate::progress::Cancelled;

/// Why there is no picture. Nothing was written.
#[derive(Debug, Error)]
pub enum ExportError {
    /// The file's name, and the endings that are possible.
    #[error("{0}: the name of a picture must end in {1}")]
    Extension(String, String),
    #[error(
        "a picture of {0}×{1} pixels cannot be made; give 1 to {SIDE_LIMIT_PX} for each side and at \
         most 300 million in all"
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
