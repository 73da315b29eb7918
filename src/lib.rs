//! test
pub mod file;
pub mod model;
pub mod scene;
pub mod text;
pub mod export;
