//! The native format: typed reading, the canonical form, the schema.

use std::io;

use serde::Serialize;
use serde_json::ser::{Formatter, PrettyFormatter};

use super::stream::{self, without_bom};
use crate::model::Map;
use crate::progress::{Cancelled, Progress};

/// Parses a map; the error has the line and column.
pub(in crate::file) fn read(bytes: &[u8], progress: &Progress) -> serde_json::Result<Map> {
    match stream::read(bytes, bytes.len() as u64, progress) {
        Some(map) => Ok(map),
        // The fast path gives no reason; serde_json gives the message and the position.
        None if progress.check().is_ok() => serde_json::from_slice(without_bom(bytes)),
        None => Err(serde::de::Error::custom(Cancelled)),
    }
}

/// Writes a map in canonical form: keys in the order of the format, two spaces of indent, one line
/// for each placement and paragraph.
///
/// # Errors
/// Only if serde fails, which does not happen for maps that were read or edited here.
pub fn write(map: &Map) -> serde_json::Result<Vec<u8>> {
    canonical(map)
}

/// Writes a value in canonical form, as at the top level of a file.
pub(in crate::file) fn canonical(value: &impl Serialize) -> serde_json::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    let mut serializer =
        serde_json::Serializer::with_formatter(&mut bytes, MapFormatter::default());
    value.serialize(&mut serializer)?;
    bytes.push(b'\n');
    Ok(bytes)
}

/// The JSON Schema of format version 1, generated from the types.
///
/// # Errors
/// Only if serde fails; never in practice.
pub fn schema() -> serde_json::Result<String> {
    serde_json::to_string_pretty(&schemars::schema_for!(Map)).map(|text| text + "\n")
}

/// Pretty-printing that keeps each placement and each paragraph on one line, so that moving an
/// actor changes one line.
#[derive(Default)]
struct MapFormatter {
    pretty: PrettyFormatter<'static>,
    /// Number of open containers.
    depth: usize,
    /// Depth of the outermost container that is written on one line, while inside one.
    line_from: Option<usize>,
    /// The current key at the top level.
    top_key: String,
    /// True while a key at the top level is being written.
    is_in_top_key: bool,
}

impl MapFormatter {
    /// Enters a container. True if it is written on one line.
    fn open(&mut self) -> bool {
        self.depth += 1;
        // A placement is at depth 3 of the layout; a paragraph is at depth 5 of the sources.
        let starts = matches!((self.top_key.as_str(), self.depth), ("layout", 3) | ("sources", 5));
        if starts && self.line_from.is_none() {
            self.line_from = Some(self.depth);
        }
        self.line_from.is_some()
    }

    /// Leaves a container. True if it was written on one line.
    fn close(&mut self) -> bool {
        let in_line = self.line_from.is_some();
        if self.line_from == Some(self.depth) {
            self.line_from = None;
        }
        self.depth = self.depth.saturating_sub(1);
        in_line
    }
}

impl Formatter for MapFormatter {
    fn begin_array<W: ?Sized + io::Write>(&mut self, writer: &mut W) -> io::Result<()> {
        if self.open() { writer.write_all(b"[") } else { self.pretty.begin_array(writer) }
    }

    fn end_array<W: ?Sized + io::Write>(&mut self, writer: &mut W) -> io::Result<()> {
        if self.close() { writer.write_all(b"]") } else { self.pretty.end_array(writer) }
    }

    fn begin_array_value<W: ?Sized + io::Write>(
        &mut self,
        writer: &mut W,
        first: bool,
    ) -> io::Result<()> {
        match (self.line_from, first) {
            (None, _) => self.pretty.begin_array_value(writer, first),
            (Some(_), true) => Ok(()),
            (Some(_), false) => writer.write_all(b", "),
        }
    }

    fn end_array_value<W: ?Sized + io::Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.pretty.end_array_value(writer)
    }

    fn begin_object<W: ?Sized + io::Write>(&mut self, writer: &mut W) -> io::Result<()> {
        if self.open() { writer.write_all(b"{") } else { self.pretty.begin_object(writer) }
    }

    fn end_object<W: ?Sized + io::Write>(&mut self, writer: &mut W) -> io::Result<()> {
        if self.close() { writer.write_all(b" }") } else { self.pretty.end_object(writer) }
    }

    fn begin_object_key<W: ?Sized + io::Write>(
        &mut self,
        writer: &mut W,
        first: bool,
    ) -> io::Result<()> {
        if self.depth == 1 {
            self.top_key.clear();
            self.is_in_top_key = true;
        }
        match (self.line_from, first) {
            (None, _) => self.pretty.begin_object_key(writer, first),
            (Some(_), true) => writer.write_all(b" "),
            (Some(_), false) => writer.write_all(b", "),
        }
    }

    fn end_object_key<W: ?Sized + io::Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.is_in_top_key = false;
        self.pretty.end_object_key(writer)
    }

    fn begin_object_value<W: ?Sized + io::Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.pretty.begin_object_value(writer)
    }

    fn end_object_value<W: ?Sized + io::Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.pretty.end_object_value(writer)
    }

    fn write_string_fragment<W: ?Sized + io::Write>(
        &mut self,
        writer: &mut W,
        fragment: &str,
    ) -> io::Result<()> {
        if self.is_in_top_key {
            self.top_key.push_str(fragment);
        }
        writer.write_all(fragment.as_bytes())
    }
}
