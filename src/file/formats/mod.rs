//! Every file format that can be opened, one row each. The native format is one of them; a format
//! of another program lives in a file of its own here, and gets a row.

mod canvas;
mod cx2;
mod dl;
mod draft;
mod gexf;
mod gml;
mod graphml;
mod kumu;
mod oligrapher;
mod pajek;
mod vna;
mod xml;

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
    &NATIVE,
];

/// The format of a file, by its first bytes.
pub(super) fn recognised(start: &[u8]) -> Option<&'static MapFormat> {
    FORMATS.iter().find(|format| (format.recognises)(start)).copied()
}

/// The extensions of all formats, for file dialogs.
#[must_use]
pub fn extensions() -> Vec<&'static str> {
    FORMATS.iter().flat_map(|format| format.extensions).copied().collect()
}
