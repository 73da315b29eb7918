//! Tables of other programs: text with separators, and the sheets of workbooks. A [`Plan`] says what
//! the columns of a sheet mean; it is guessed, can be changed, and is kept by name. Reading the
//! sheets with their plans gives a map.
//!
//! ```text
//! bytes ──text, workbook──▶ Sheet ──guess, presets──▶ Plan
//!                             └────────read, gather─────┴──▶ map, and the rows that could not be read
//! ```

pub mod book;
mod columns;
pub mod form;
mod found;
mod gather;
mod guess;
mod guess_roles;
mod header_names;
mod matrix;
pub mod plan;
pub mod presets;
mod read;
pub mod role;
pub mod sheet;
mod states;
pub mod text;
mod tie;
mod value;
pub(in crate::file) mod workbook;

pub use book::{Book, Imported};
pub use found::Flaw;
pub use plan::Plan;
pub use role::Role;
pub(in crate::file) use text::looks_like_text_table;
