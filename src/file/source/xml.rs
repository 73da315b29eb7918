//! Reads XML as a sequence of elements and text, without namespaces and without custom entities.

use quick_xml::escape::resolve_predefined_entity;
use quick_xml::events::{BytesRef, BytesStart, Event};
use quick_xml::{Reader, XmlVersion};

use super::error::Fault;

/// An opening tag.
pub(super) struct Tag<'a> {
    start: &'a BytesStart<'a>,
}

impl Tag<'_> {
    /// The value of the attribute with this name, whatever its prefix.
    pub(super) fn attribute(&self, name: &str) -> Option<String> {
        let mut attributes = self.start.attributes();
        let mut attributes = attributes.with_checks(false).flatten();
        let found = attributes.find(|one| one.key.local_name().as_ref() == name)?;
        let value = found.normalized_value(XmlVersion::Implicit1_0);
        value.ok().map(std::borrow::Cow::into_owned)
    }
}

/// Receives the contents of an XML file in order. Names come without a prefix.
pub(super) trait Handler {
    fn open(&mut self, name: &str, tag: &Tag<'_>) -> Result<(), Fault>;
    fn close(&mut self, name: &str);
    fn text(&mut self, text: &str);
}

/// Reads `xml` into `handler`. Reading ends without an error where the file is cut off, if
/// something was read.
pub(super) fn read(xml: &str, handler: &mut impl Handler) -> Result<(), Fault> {
    let mut reader = Reader::from_str(xml);
    let config = reader.config_mut();
    config.check_end_names = false;
    config.allow_unmatched_ends = true;
    loop {
        let event = reader.read_event().map_err(|error| {
            let place = reader.error_position();
            Fault::new(format!("the file is damaged (XML, byte {place}: {error})"))
                .expected("a complete document")
                .advice("Open it in its program and save it again.")
        })?;
        match event {
            Event::Start(start) => {
                handler.open(start.local_name().as_ref(), &Tag { start: &start })?;
            }
            Event::Empty(start) => {
                let name = start.local_name();
                handler.open(name.as_ref(), &Tag { start: &start })?;
                handler.close(name.as_ref());
            }
            Event::End(end) => handler.close(end.local_name().as_ref()),
            Event::Text(text) => handler.text(&text),
            Event::CData(text) => handler.text(&text),
            Event::GeneralRef(reference) => handler.text(&resolved(&reference)),
            Event::Eof => return Ok(()),
            Event::Comment(_) | Event::Decl(_) | Event::PI(_) | Event::DocType(_) => {}
        }
    }
}

/// The character that a reference such as `&amp;` or `&#233;` stands for.
fn resolved(reference: &BytesRef<'_>) -> String {
    if let Ok(Some(letter)) = reference.resolve_char_ref() {
        return letter.to_string();
    }
    resolve_predefined_entity(reference).unwrap_or_default().to_owned()
}
