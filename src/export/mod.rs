//! A scene on a page, as a file: PNG, SVG or PDF.
//!
//! Needs no window and writes nothing. What is drawn is decided by the scene.

mod check;
pub mod format;
pub mod page;
mod pdf;
mod pixels;
mod png;
pub mod render;
mod sheet;
mod svg;

pub use check::check;
pub use format::{ExportError, Format};
pub use page::{DEFAULT_SIZE_PX, Page, Paper, SCREEN_DPI};
pub use render::{made_words, page_count, pixels, png_of, render, stamp, unwritable};
pub use sheet::words;
