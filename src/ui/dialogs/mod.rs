//! Modal dialogs: questions, the export dialog, and the system's file dialogs.

pub mod export;
pub mod files;
pub mod frame;
pub mod questions;
pub mod recover;
