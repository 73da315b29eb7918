//! What stands in front of the window: questions, the export window, and the system's file dialogs.

pub mod export;
pub mod files;
pub mod questions;
