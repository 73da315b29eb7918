//! Opening and saving files, with precise error reports.
//!
//! No drawing and no dialogs here. A failed open or save leaves every file unchanged.

pub mod exchange;
mod format;
pub mod formats;
pub mod native;
mod open;
mod opened;
pub mod source;
pub mod store;
pub mod tables;

pub use format::MapFormat;
pub use native::write::schema;
pub use open::{
    EXAMPLE, is_table, open, open_bytes, open_native, open_with, parse, read_bytes, view,
};
pub use opened::{Bytes, Contents, OpenError, Opened, Refusal};
pub use store::folder::state_folder;

/// An error for work that failed for this reason.
#[must_use]
pub fn refusal(why: String) -> OpenError {
    formats::draft::refused(why, "")
}
