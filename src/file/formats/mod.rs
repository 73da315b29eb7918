//! Every file format that can be opened, one row each. The native format is one of them; a format
//! of another program lives in a file of its own here, and gets a row.

mod annotations;
mod bibtex;
mod canvas;
mod csl;
mod cx2;
mod dl;
pub(in crate::file) mod draft;
pub(in crate::file) mod draft_sources;
mod gexf;
mod gml;
mod graphml;
mod kumu;
mod oligrapher;
mod pajek;
mod qdpx;
mod references;
mod ris;
pub mod slides;
mod table;
mod values;
mod vna;
mod xml;

use std::path::Path;

use super::format::MapFormat;
use super::native::format::NATIVE;

/// All formats. The first that recognises a file reads it.
pub static FORMATS: &[&MapFormat] = &[
    &gexf::GEXF,
    &graphml::GRAPHML,
    &canvas::CANVAS,
    &oligrapher::OLIGRAPHER,
    &kumu::KUMU,
    &cx2::CX2,
    &pajek::PAJEK,
    &gml::GML,
    &dl::DL,
    &vna::VNA,
    &qdpx::QDPX,
    &annotations::ANNOTATIONS,
    &csl::CSL,
    &ris::RIS,
    &bibtex::BIBTEX,
    &annotations::HYPOTHESIS_TABLE,
    &NATIVE,
    &table::WORKBOOKS,
    &table::TABLES,
];

/// The format of a file, by its first bytes.
pub(super) fn recognised(start: &[u8]) -> Option<&'static MapFormat> {
    FORMATS.iter().find(|format| (format.recognises)(start)).copied()
}

/// True for the formats of tables, of which the user can say how they are to be read.
#[must_use]
pub(super) fn is_of_tables(format: &'static MapFormat) -> bool {
    [&table::WORKBOOKS, &table::TABLES].into_iter().any(|one| std::ptr::eq(one, format))
}

/// The extensions of tables.
#[must_use]
pub fn of_tables() -> Vec<&'static str> {
    [&table::WORKBOOKS, &table::TABLES]
        .into_iter()
        .flat_map(|one| one.extensions)
        .copied()
        .collect()
}

/// True if a file has the ending of a table.
#[must_use]
pub fn is_table_name(path: &Path) -> bool {
    let ending = path.extension().map(|ending| ending.to_string_lossy().to_lowercase());
    ending.is_some_and(|ending| of_tables().contains(&ending.as_str()))
}

/// True if a file has the ending of a table, of references or of quotations: what it holds can
/// belong to the open map.
#[must_use]
pub fn is_imported_name(path: &Path) -> bool {
    let others = [&ris::RIS, &bibtex::BIBTEX, &qdpx::QDPX];
    let ending = path.extension().map(|ending| ending.to_string_lossy().to_lowercase());
    let is_of =
        |ending: &String| others.iter().any(|one| one.extensions.contains(&ending.as_str()));
    is_table_name(path) || ending.as_ref().is_some_and(is_of)
}

/// The extensions of all formats, for file dialogs.
#[must_use]
pub fn extensions() -> Vec<&'static str> {
    FORMATS.iter().flat_map(|format| format.extensions).copied().collect()
}
