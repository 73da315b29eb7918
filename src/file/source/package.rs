//! A ZIP file with the parts of a document: reading and writing.

use std::io::{self, Cursor, Read as _, Write as _, copy, sink};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipArchive, ZipWriter};

use super::decode::{declared_in, decode};
use super::error::Fault;

/// Maximum size of an unpacked part. The text of a long book has about 10 MB in XML.
const PART_LIMIT_BYTES: u64 = 128 << 20;

/// A ZIP file with the parts of a document.
pub(in crate::file) struct Package<'a> {
    archive: ZipArchive<Cursor<&'a [u8]>>,
}

impl<'a> Package<'a> {
    pub(in crate::file) fn open(bytes: &'a [u8]) -> Result<Self, Fault> {
        let archive = ZipArchive::new(Cursor::new(bytes)).map_err(|error| damaged(&error))?;
        Ok(Self { archive })
    }

    /// The text of a part; `None` if the package does not have it.
    pub(in crate::file) fn part(&mut self, name: &str) -> Result<Option<String>, Fault> {
        let Some(bytes) = self.bytes(name)? else { return Ok(None) };
        Ok(Some(decode(&bytes, declared_in(&bytes))?.text))
    }

    /// Unpacks everything without keeping it. `None` if that is more than `at_most` bytes: such a file
    /// was made to fill the memory.
    pub(in crate::file) fn unpacked(&mut self, at_most: u64) -> Result<Option<u64>, Fault> {
        let mut size = 0;
        for index in 0..self.archive.len() {
            let file = self.archive.by_index(index).map_err(|error| damaged(&error))?;
            let mut file = file.take(at_most - size + 1);
            size += copy(&mut file, &mut sink()).map_err(|error| damaged(&error))?;
            if size > at_most {
                return Ok(None);
            }
        }
        Ok(Some(size))
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

    pub(in crate::file) fn names(&self) -> Vec<String> {
        let names = self.archive.file_names_raw();
        names.map(|name| String::from_utf8_lossy(name).into_owned()).collect()
    }
}

/// A ZIP file that is being written.
pub struct PackageWriter(ZipWriter<Cursor<Vec<u8>>>);

impl Default for PackageWriter {
    fn default() -> Self {
        Self(ZipWriter::new(Cursor::new(Vec::new())))
    }
}

impl PackageWriter {
    /// Adds a part. Equal parts in equal order give equal bytes.
    ///
    /// # Errors
    /// If the part cannot be packed.
    pub fn add(&mut self, name: &str, content: &[u8]) -> io::Result<()> {
        let options = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
        self.0.start_file(name, options)?;
        self.0.write_all(content)
    }

    /// The bytes of the file.
    ///
    /// # Errors
    /// If the list of parts cannot be written.
    pub fn finish(self) -> io::Result<Vec<u8>> {
        Ok(self.0.finish()?.into_inner())
    }
}

fn damaged(error: &dyn std::fmt::Display) -> Fault {
    Fault::new(format!("the file is damaged ({error})"))
        .expected("a complete document")
        .advice("Open it in its program and save it again, or copy it again from where it came.")
}
