//! Functions on excerpts for the reader.

use std::ops::Range;

use crate::edit::Document;
use crate::evidence::anchor::placed;
use crate::evidence::verify::Prepared;
use crate::model::{Element, Evidence, SourceId, Stance};

/// The stance of the tie that owns an excerpt; `None` if an actor owns it.
pub(super) fn stance_of(document: &Document, owner: &Element) -> Option<Stance> {
    let Element::Relation(id) = owner else { return None };
    document.relation(id).map(|tie| tie.stance)
}

/// A new excerpt from a range of a source's text.
pub(super) fn cut(source: &SourceId, prepared: &Prepared, place: &Range<usize>) -> Evidence {
    let excerpt = Evidence { source: source.clone(), ..Evidence::default() };
    placed(&excerpt, place, &prepared.text, &prepared.segments)
}
