//! Bytes to a map and back: opening, saving, and saying precisely what is wrong with a file.
//!
//! Nothing here draws, asks or decides; a failed open or save leaves everything as it was.

pub mod native;
mod open;
mod opened;
pub mod source;
pub mod store;

pub use native::write::schema;
pub use open::{EXAMPLE, open, open_with, parse, view};
pub use opened::{Bytes, OpenError, Opened, Refusal};
pub use store::folder::state_folder;
