//! The native JSON format: reading, writing, patching in place, and locating errors.

pub(super) mod diagnose;
pub(super) mod format;
pub(super) mod locate;
pub mod patch;
pub(super) mod stream;
pub mod write;
