//! Access to the objects of a PDF: references are followed, streams are unpacked within limits.

use std::io::Read as _;

use flate2::read::ZlibDecoder;
use lopdf::{Dictionary, Document, Object, Stream};

/// Maximum size of one unpacked stream, in bytes.
const STREAM_LIMIT_BYTES: u64 = 64 << 20;

/// The value of a key, with references followed.
pub(super) fn get<'a>(
    document: &'a Document,
    dict: &'a Dictionary,
    key: &[u8],
) -> Option<&'a Object> {
    resolved(document, dict.get(key).ok()?)
}

/// An object, with references followed.
pub(super) fn resolved<'a>(document: &'a Document, object: &'a Object) -> Option<&'a Object> {
    document.dereference(object).ok().map(|(_, object)| object)
}

pub(super) fn dictionary<'a>(
    document: &'a Document,
    dict: &'a Dictionary,
    key: &[u8],
) -> Option<&'a Dictionary> {
    match get(document, dict, key)? {
        Object::Dictionary(dict) => Some(dict),
        Object::Stream(stream) => Some(&stream.dict),
        _ => None,
    }
}

pub(super) fn name<'a>(
    document: &'a Document,
    dict: &'a Dictionary,
    key: &[u8],
) -> Option<&'a [u8]> {
    get(document, dict, key)?.as_name().ok()
}

pub(super) fn number(object: &Object) -> Option<f64> {
    match object {
        #[expect(clippy::cast_precision_loss, reason = "coordinates and widths are small")]
        Object::Integer(number) => Some(*number as f64),
        Object::Real(number) => Some(f64::from(*number)),
        _ => None,
    }
}

/// The numbers of an array; `None` if the value is no array. What is no number counts as 0.
pub(super) fn numbers(document: &Document, dict: &Dictionary, key: &[u8]) -> Option<Vec<f64>> {
    let array = get(document, dict, key)?.as_array().ok()?;
    let value = |object| resolved(document, object).and_then(number).unwrap_or(0.0);
    Some(array.iter().map(value).collect())
}

/// The contents of a stream, unpacked. Damaged streams give what can be read.
pub(super) fn contents(document: &Document, stream: &Stream) -> Vec<u8> {
    let filter = match get(document, &stream.dict, b"Filter") {
        None => return stream.content.clone(),
        Some(Object::Array(filters)) if filters.len() == 1 => {
            filters.first().and_then(|filter| resolved(document, filter))
        }
        other => other,
    };
    let is_plain = get(document, &stream.dict, b"DecodeParms").is_none();
    if is_plain && filter.and_then(|filter| filter.as_name().ok()) == Some(b"FlateDecode") {
        return inflated(&stream.content);
    }
    if stream.content.len() as u64 > STREAM_LIMIT_BYTES / 64 {
        return Vec::new();
    }
    stream.decompressed_content().unwrap_or_default()
}

fn inflated(bytes: &[u8]) -> Vec<u8> {
    let mut contents = Vec::new();
    // What was read before an error is kept.
    let _ = ZlibDecoder::new(bytes).take(STREAM_LIMIT_BYTES).read_to_end(&mut contents);
    if contents.is_empty() {
        let raw = flate2::read::DeflateDecoder::new(bytes.get(2..).unwrap_or_default());
        let _ = raw.take(STREAM_LIMIT_BYTES).read_to_end(&mut contents);
    }
    contents
}
