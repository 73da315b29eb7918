//! What a file format consists of; one row of the table in `formats`.

use super::opened::{Bytes, OpenError, Opened};
use crate::progress::Progress;

/// How many bytes of a file a format is recognised by.
pub(super) const START_BYTES: usize = 4096;

/// A format of map files that can be opened.
#[derive(Debug)]
pub struct MapFormat {
    /// For messages and file dialogs, in the plural: `Relationship maps`.
    pub name: &'static str,
    /// File name extensions without the dot, the usual one first. They only filter file dialogs;
    /// the contents decide which format a file has.
    pub extensions: &'static [&'static str],
    /// True if a file may have this format, by its first 4,096 bytes, or all of a shorter file.
    pub recognises: fn(&[u8]) -> bool,
    /// Reads a whole file.
    pub read: fn(&Bytes, &Progress) -> Result<Opened, OpenError>,
}
