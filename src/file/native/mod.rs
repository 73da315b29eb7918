//! Our own format, JSON: reading, writing, patching in place, and saying what is wrong and where.

pub(super) mod diagnose;
pub(super) mod locate;
pub mod patch;
pub(super) mod stream;
pub mod write;
