//! Checks every excerpt of a map against the text of its source.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

use super::anchor::{self, Anchor, State};
use super::paragraph::segment_of;
use super::{Segment, SourceText, segments};
use crate::model::{Element, Evidence, Map, SourceId};

/// One excerpt and the result of its check.
#[derive(Clone, Debug, PartialEq)]
pub struct Verified {
    /// The actor or relation that has the excerpt.
    pub owner: Element,
    /// Its index among the owner's excerpts.
    pub number: usize,
    pub source: SourceId,
    /// Where the excerpt was found; `None` if the text of the source is not available.
    pub anchor: Option<Anchor>,
    /// Label of the paragraph where it was found.
    pub paragraph: Option<String>,
}

impl Verified {
    /// The state; `None` if the text is not available.
    #[must_use]
    pub fn state(&self) -> Option<State> {
        self.anchor.as_ref().map(|anchor| anchor.state)
    }

    /// The source and the place in its text, if there is exactly one place.
    #[must_use]
    pub fn in_source(&self) -> Option<(&SourceId, &Range<usize>)> {
        Some((&self.source, self.place()?))
    }

    /// The place in the text of the source, if there is exactly one.
    #[must_use]
    pub fn place(&self) -> Option<&Range<usize>> {
        self.anchor.as_ref().and_then(Anchor::place)
    }
}

/// A source's text and its paragraphs.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Prepared {
    pub text: Arc<SourceText>,
    pub segments: Vec<Segment>,
}

/// Every excerpt of a map with its owner and its index among the owner's excerpts: those of actors,
/// then those of relations, in file order.
pub fn excerpts(map: &Map) -> impl Iterator<Item = (Element, usize, &Evidence)> {
    let of_actors = map.actors.iter().flat_map(|actor| {
        actor
            .evidence
            .iter()
            .enumerate()
            .map(|(at, excerpt)| (Element::Actor(actor.id.clone()), at, excerpt))
    });
    let of_relations = map.relations.iter().flat_map(|tie| {
        tie.evidence
            .iter()
            .enumerate()
            .map(|(at, excerpt)| (Element::Relation(tie.id.clone()), at, excerpt))
    });
    of_actors.chain(of_relations)
}

/// Each text with its labelled paragraphs.
#[must_use]
pub fn prepare(
    map: &Map,
    texts: &BTreeMap<SourceId, Arc<SourceText>>,
) -> BTreeMap<SourceId, Prepared> {
    let prepared = |source: &crate::model::Source| {
        let text = texts.get(&source.id)?;
        let prepared =
            Prepared { text: Arc::clone(text), segments: segments(text, &source.paragraphs) };
        Some((source.id.clone(), prepared))
    };
    map.sources.iter().filter_map(prepared).collect()
}

/// Looks up every excerpt in the text of its source.
#[must_use]
pub fn verify(map: &Map, texts: &BTreeMap<SourceId, Prepared>) -> Vec<Verified> {
    let all: Vec<(Element, usize, &Evidence)> = excerpts(map).collect();
    let mut by_source: BTreeMap<&SourceId, Vec<usize>> = BTreeMap::new();
    for (at, (_, _, excerpt)) in all.iter().enumerate() {
        by_source.entry(&excerpt.source).or_default().push(at);
    }
    let mut anchors: Vec<Option<Anchor>> = vec![None; all.len()];
    for (source, members) in by_source {
        let Some(prepared) = texts.get(source) else { continue };
        let of_source: Vec<&Evidence> =
            members.iter().filter_map(|at| all.get(*at)).map(|(_, _, one)| *one).collect();
        let found = anchor::resolve(&of_source, &prepared.text, &prepared.segments);
        for (at, anchor) in members.into_iter().zip(found) {
            anchors[at] = Some(anchor);
        }
    }
    let verified =
        |((owner, number, excerpt), anchor): ((Element, usize, &Evidence), Option<Anchor>)| {
            let place = anchor.as_ref().and_then(Anchor::place);
            let segments =
                texts.get(&excerpt.source).map_or(&[] as &[Segment], |prepared| &prepared.segments);
            let paragraph = place
                .and_then(|place| segment_of(segments, place))
                .map(|segment| segment.label.clone());
            Verified { owner, number, source: excerpt.source.clone(), anchor, paragraph }
        };
    all.into_iter().zip(anchors).map(verified).collect()
}
