//! A ZIP file with the parts of a document.

use std::io::{Cursor, Read as _};

use zip::ZipArchive;

use super::decode::{declared_in, decode};
use super::error::Fault;

/// Maximum size of an unpacked part. The text of a long book has about 10 MB in XML.
const PART_LIMIT_BYTES: u64 = 128 << 20;

/// A ZIP file with the parts of a document.
pub(super) struct Package<'a> {
    archive: ZipArchive<Cursor<&'a [u8]>>,
}

impl<'a> Package<'a> {
    pub(super) fn open(bytes: &'a [u8]) -> Result<Self, Fault> {
        let archive = ZipArchive::new(Cursor::new(bytes)).map_err(|error| damaged(&error))?;
        Ok(Self { archive })
    }

    /// The text of a part; `None` if the package does not have it.
    pub(super) fn part(&mut self, name: &str) -> Result<Option<String>, Fault> {
        let Some(bytes) = self.bytes(name)? else { return Ok(None) };
        Ok(Some(decode(&bytes, declared_in(&bytes))?.text))
    }

    fn bytes(&mut self, name: &str) -> Result<Option<Vec<u8>>, Fault> {
        let Ok(index) = self.archive.index_for_name(name).ok_or(()) else { return Ok(None) };
        let file = self.archive.by_index(index).map_err(|error| damaged(&error))?;
        let mut bytes = Vec::new();
        file.take(PART_LIMIT_BYTES + 1).read_to_end(&mut bytes).map_err(|error| damaged(&error))?;
        if bytes.len() as u64 > PART_LIMIT_BYTES {
            return Err(Fault::new(format!(
                "its part {name} has more than {} MB when unpacked",
                PART_LIMIT_BYTES >> 20
            ))
            .expected("a document with the text of a source")
            .advice("Check where the file comes from; it may be made to do harm."));
        }
        Ok(Some(bytes))
    }

    pub(super) fn names(&self) -> Vec<String> {
        let names = self.archive.file_names_raw();
        names.map(|name| String::from_utf8_lossy(name).into_owned()).collect()
    }
}

fn damaged(error: &dyn std::fmt::Display) -> Fault {
    Fault::new(format!("the file is damaged ({error})"))
        .expected("a complete document")
        .advice("Open it in its program and save it again, or copy it again from where it came.")
}
