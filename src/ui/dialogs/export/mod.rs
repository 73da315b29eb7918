//! The export dialog: format, size, theme, page elements, and a preview of the file.

mod choices;
mod form;

pub use choices::{ExportChoices, OnScreen};
pub use form::{ExportAnswer, Shown};
