//! The panels around the map.

pub mod editor;
mod excerpt_state;
pub mod filter;
pub mod inspector;
pub mod list;
pub mod reader;
pub mod status;
pub mod table;
pub mod toolbar;
