//! Modal dialogs: questions, the export and import dialogs, and the system's file dialogs.

pub mod articles;
pub mod data;
pub mod doubles;
pub mod export;
pub mod files;
pub mod frame;
pub mod import;
pub mod questions;
pub mod recover;
