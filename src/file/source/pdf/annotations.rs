//! Form fields and remarks on a page, which are streams of their own.

use lopdf::{Dictionary, Document, Object, Stream};

use super::matrix::Matrix;
use super::objects::{dictionary, get, name, numbers, resolved};

/// The streams of the annotations that are shown, with their places.
pub(super) fn shown<'a>(document: &'a Document, page: &'a Dictionary) -> Vec<(&'a Stream, Matrix)> {
    let list = get(document, page, b"Annots").and_then(|list| list.as_array().ok());
    let annotations = list.into_iter().flatten();
    let one = |annotation: &'a Object| {
        let annotation = resolved(document, annotation)?.as_dict().ok()?;
        let stream = appearance(document, annotation).filter(|_| is_shown(document, annotation))?;
        Some((stream, placed(document, annotation, stream)))
    };
    annotations.filter_map(one).collect()
}

fn is_shown(document: &Document, annotation: &Dictionary) -> bool {
    let flags = get(document, annotation, b"F").and_then(|flags| flags.as_i64().ok());
    // Hidden, and not to be shown.
    let is_hidden = flags.unwrap_or(0) & 0b10_0010 != 0;
    let kind = name(document, annotation, b"Subtype").unwrap_or_default();
    !is_hidden && !matches!(kind, b"Popup" | b"Link")
}

/// The normal appearance of an annotation in its present state.
fn appearance<'a>(document: &'a Document, annotation: &'a Dictionary) -> Option<&'a Stream> {
    let all = dictionary(document, annotation, b"AP")?;
    match get(document, all, b"N")? {
        Object::Stream(stream) => Some(stream),
        Object::Dictionary(states) => {
            let state = name(document, annotation, b"AS")?;
            get(document, states, state)?.as_stream().ok()
        }
        _ => None,
    }
}

/// Where the appearance of an annotation is shown: its box is moved to the annotation's rectangle.
fn placed(document: &Document, annotation: &Dictionary, stream: &Stream) -> Matrix {
    let corner = |dict: &Dictionary, key: &[u8]| {
        let numbers = numbers(document, dict, key).unwrap_or_default();
        let at = |at: usize| numbers.get(at).copied().unwrap_or(0.0);
        (at(0).min(at(2)), at(1).min(at(3)))
    };
    let (x, y) = corner(annotation, b"Rect");
    let own = numbers(document, &stream.dict, b"Matrix").and_then(|six| Matrix::of(&six));
    let (left, bottom) = corner(&stream.dict, b"BBox");
    let (left, bottom) = own.unwrap_or(Matrix::IDENTITY).apply(left, bottom);
    Matrix::translation(x - left, y - bottom)
}
