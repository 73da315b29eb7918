//! Files on disk: atomic writes, backups, journals, outputs, changes made by other programs.

pub mod atomic;
pub mod backup;
pub mod folder;
pub mod journal;
pub mod output;
pub mod watch;
