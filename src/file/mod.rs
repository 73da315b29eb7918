//! Opening and saving files, with precise error reports.
//!
//! No drawing and no dialogs here. A failed open or save leaves every file unchanged.

pub mod native;
mod open;
mod opened;
pub mod source;
pub mod store;

pub use native::write::schema;
pub use open::{EXAMPLE, open, open_with, parse, view};
pub use opened::{Bytes, OpenError, Opened, Refusal};
pub use store::folder::state_folder;
