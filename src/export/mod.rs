//! Exports a map on a page as PNG, SVG, PDF or HTML, or on a slide as PPTX.
//!
//! Needs no window, and returns bytes instead of writing files. What is drawn comes from the scene.

mod check;
mod error;
pub mod format;
mod formats;
pub mod page;
mod picture;
mod pixels;
mod remarks;
mod render;
mod steps;

pub use check::check;
pub use error::ExportError;
pub use format::Format;
pub use formats::{FORMATS, HTML, PDF, PNG, PPTX, SVG};
pub use page::{DEFAULT_SIZE_PX, Page, Paper, SCREEN_DPI};
pub use picture::{Known, Picture, words};
pub use pixels::{Pixels, pixels_of};
pub use remarks::remarks;
pub use render::{
    evidence_files, evidence_path, export_note, missing_glyphs_message, png_of, render,
    render_files,
};
pub use steps::{render_steps, step_pages, step_paths, step_pictures};
