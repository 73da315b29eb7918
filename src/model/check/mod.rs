//! Checks a map whose types are valid: ids, dates, coordinates, missing data.
//!
//! Wrong types are reported earlier, by `file::native::diagnose`.

mod checker;
mod cycle;
mod looks;
mod place;

pub use checker::check;
