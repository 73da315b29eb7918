//! Excerpts as the reader needs them.

use std::ops::Range;

use crate::edit::Document;
use crate::evidence::anchor::placed;
use crate::evidence::verify::Prepared;
use crate::model::{Element, Evidence, SourceId, Stance};

/// The stance of the tie that an excerpt stands behind; none for an actor's.
pub(super) fn stance_of(document: &Document, owner: &Element) -> Option<Stance> {
    let Element::Relation(id) = owner else { return None };
    document.relation(id).map(|tie| tie.stance)
}

/// An excerpt cut from a place of a source.
pub(super) fn cut(source: &SourceId, prepared: &Prepared, place: &Range<usize>) -> Evidence {
    let excerpt = Evidence { source: source.clone(), ..Evidence::default() };
    placed(&excerpt, place, &prepared.text, &prepared.segments)
}
