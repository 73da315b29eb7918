//! Texts of codes and glyphs that only the embedded font knows.

use std::collections::{BTreeMap, HashMap};

use lopdf::{Dictionary, Document, Object};
use skrifa::{FontRef, MetadataProvider as _};

use super::glyph_names;
use super::lexer::{Item, Lexer};
use super::objects::{contents, dictionary, get};

/// How many bytes at the start of a Type 1 font are searched for its encoding.
const TYPE1_START: usize = 64 << 10;

fn file(document: &Document, dict: &Dictionary, key: &[u8]) -> Option<Vec<u8>> {
    let descriptor = dictionary(document, dict, b"FontDescriptor")?;
    match get(document, descriptor, key)? {
        Object::Stream(stream) => Some(contents(document, stream)),
        _ => None,
    }
}

/// The text of each glyph of a descendant font, by the character map of the embedded font.
pub(super) fn glyph_texts(document: &Document, dict: &Dictionary) -> HashMap<u32, String> {
    let bytes = file(document, dict, b"FontFile2").or_else(|| file(document, dict, b"FontFile3"));
    let mut texts = HashMap::new();
    let Some(bytes) = bytes else { return texts };
    let Ok(font) = FontRef::new(&bytes) else { return texts };
    for (letter, glyph) in font.charmap().mappings() {
        if let Some(letter) = char::from_u32(letter) {
            texts.entry(glyph.to_u32()).or_insert_with(|| letter.to_string());
        }
    }
    texts
}

/// The texts of the codes of a simple font, by the encoding in the embedded font; empty if there is
/// none.
pub(super) fn simple_texts(document: &Document, dict: &Dictionary) -> Vec<Option<String>> {
    if let Some(bytes) = file(document, dict, b"FontFile") {
        return type1_texts(&bytes);
    }
    file(document, dict, b"FontFile3").map(|bytes| compact_texts(&bytes)).unwrap_or_default()
}

/// The encoding of a font in the Compact Font Format.
fn compact_texts(bytes: &[u8]) -> Vec<Option<String>> {
    let Some(table) = cff_parser::Table::parse(bytes) else { return Vec::new() };
    let mut texts = vec![None; 256];
    let codes: BTreeMap<u8, _> =
        table.encoding.get_code_to_sid_table(&table.charset).into_iter().collect();
    for (code, name) in codes {
        let name = cff_parser::string_by_id(&table, name).filter(|name| *name != ".notdef");
        if let (Some(text), Some(name)) = (texts.get_mut(usize::from(code)), name) {
            *text = glyph_names::unicode(name.as_bytes());
        }
    }
    texts
}

/// The encoding of a Type 1 font: `dup 65 /A put` for each code.
fn type1_texts(bytes: &[u8]) -> Vec<Option<String>> {
    let start = bytes.get(..TYPE1_START).unwrap_or(bytes);
    let Some(at) = memchr::memmem::find(start, b"/Encoding") else { return Vec::new() };
    let mut texts = vec![None; 256];
    let mut operands: Vec<Item> = Vec::new();
    let mut is_own = false;
    for item in Lexer::new(start.get(at..).unwrap_or_default()).take(2000) {
        match item {
            Item::Operator(operator) if operator == b"put" => {
                if let [.., Item::Number(code), Item::Name(name)] = operands.as_slice() {
                    #[expect(
                        clippy::cast_possible_truncation,
                        clippy::cast_sign_loss,
                        reason = "clamped"
                    )]
                    let code = code.clamp(0.0, 255.0) as usize;
                    if let Some(text) = texts.get_mut(code) {
                        *text = glyph_names::unicode(name);
                        is_own = true;
                    }
                }
                operands.clear();
            }
            Item::Operator(operator) if operator == b"def" || operator == b"readonly" => break,
            Item::Operator(_) => operands.clear(),
            other => operands.push(other),
        }
    }
    if is_own { texts } else { Vec::new() }
}
