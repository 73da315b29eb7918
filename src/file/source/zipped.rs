//! Documents in a ZIP file: Word, Open Document and EPUB. Other contents are refused by name.

use super::error::Fault;
use super::extract::Extract;
use super::package::Package;
use super::{docx, epub, odt, refused};

/// The text of a document in a ZIP file.
pub(super) fn read(bytes: &[u8], extension: &str) -> Result<Extract, Fault> {
    let mut package = Package::open(bytes)?;
    let names = package.names();
    let is_there = |wanted: &str| names.iter().any(|name| name == wanted);
    let media_type = if is_there("mimetype") { package.part("mimetype")? } else { None };
    let media_type = media_type.unwrap_or_default();
    if media_type.trim().starts_with("application/vnd.oasis.opendocument.text") {
        return odt::read(&mut package);
    }
    if epub::is_book(&names, &media_type) {
        return epub::read(&mut package);
    }
    if let Some(main) = docx::main_part(&mut package)? {
        return docx::read(&mut package, &main);
    }
    Err(refused::fault(refused::by_entries(&names, &media_type, extension)))
}
