//! The import window: how tables are read, what comes of it, and where it goes.

mod form;
mod preview;
mod state;

pub use form::{ImportAnswer, import_ui};
pub use state::{Content, Import, Into, Tried};
