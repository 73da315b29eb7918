//! XML of graph formats: reading a document, and finding elements by their local names, because the
//! namespaces differ between versions.

use roxmltree::{Document, Node, ParsingOptions};

use super::draft::refused;
use crate::file::opened::OpenError;
use crate::file::source::decode;

/// Most elements and attributes of a file.
const NODES_AT_MOST: u32 = 50_000_000;

/// The text of a file, as its first line says, or as it looks.
pub(super) fn text_of(bytes: &[u8]) -> String {
    decode::text(bytes)
}

/// Parses a document. One with a document type is refused, because entities can be made to fill
/// the memory or to read other files.
///
/// # Errors
/// If it is not well-formed.
pub(super) fn parsed(text: &str) -> Result<Document<'_>, OpenError> {
    let options = ParsingOptions {
        allow_dtd: false,
        nodes_limit: NODES_AT_MOST,
        ..ParsingOptions::default()
    };
    Document::parse_with_options(text, options).map_err(|error| {
        refused(
            format!("this XML cannot be read: {error}"),
            "a complete XML file without a document type",
        )
    })
}

/// The children with this local name.
pub(super) fn children<'a, 'i>(
    node: Node<'a, 'i>,
    name: &'static str,
) -> impl Iterator<Item = Node<'a, 'i>> {
    node.children().filter(move |child| child.is_element() && child.tag_name().name() == name)
}

/// The first child with this local name.
pub(super) fn child<'a, 'i>(node: Node<'a, 'i>, name: &'static str) -> Option<Node<'a, 'i>> {
    children(node, name).next()
}

/// An attribute, whatever its namespace; empty if there is none.
pub(super) fn attribute<'a>(node: Node<'a, '_>, name: &str) -> &'a str {
    node.attributes().find(|one| one.name() == name).map_or("", |one| one.value())
}

/// All text inside an element.
pub(super) fn text_in(node: Node<'_, '_>) -> String {
    let parts = node.descendants().filter(Node::is_text).filter_map(|text| text.text());
    parts.collect::<String>().trim().to_owned()
}

/// A number; `None` if it is none, or infinite.
pub(super) fn number(text: &str) -> Option<f64> {
    text.trim().parse::<f64>().ok().filter(|number| number.is_finite())
}
