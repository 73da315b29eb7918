//! Checks every excerpt of a map against the text of its source.

use std::collections::{BTreeMap, HashMap};
use std::ops::Range;
use std::sync::Arc;

use arcstr::ArcStr;
use ecow::EcoString;

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

/// What the anchor of an excerpt depends on besides the text of its source.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
struct Quoted {
    source: SourceId,
    words: ArcStr,
    prefix: ArcStr,
    suffix: ArcStr,
    paragraph: Option<EcoString>,
    place: (Option<usize>, Option<usize>),
}

impl Quoted {
    fn of(excerpt: &Evidence) -> Self {
        Self {
            source: excerpt.source.clone(),
            words: excerpt.excerpt.clone(),
            prefix: excerpt.prefix.clone(),
            suffix: excerpt.suffix.clone(),
            paragraph: excerpt.paragraph.clone(),
            place: (excerpt.start.map(usize::from), excerpt.end.map(usize::from)),
        }
    }
}

/// The anchors that a verification found, so that the next one looks up only what changed.
#[derive(Clone, Debug, Default)]
pub struct Known {
    texts: BTreeMap<SourceId, Prepared>,
    anchors: HashMap<Quoted, Anchor>,
}

impl Known {
    /// The anchor of an excerpt; `None` if it or the text of its source changed.
    fn anchor(&self, quoted: &Quoted, prepared: &Prepared) -> Option<&Anchor> {
        let before = self.texts.get(&quoted.source)?;
        let is_same =
            Arc::ptr_eq(&before.text, &prepared.text) && before.segments == prepared.segments;
        self.anchors.get(quoted).filter(|_| is_same)
    }
}

/// Looks up every excerpt in the text of its source.
#[must_use]
pub fn verify(map: &Map, texts: &BTreeMap<SourceId, Prepared>) -> Vec<Verified> {
    verify_changed(map, texts, &Known::default()).0
}

/// Like [`verify`], but looks up only the excerpts that changed since `before`, and those whose
/// text did.
#[must_use]
pub fn verify_changed(
    map: &Map,
    texts: &BTreeMap<SourceId, Prepared>,
    before: &Known,
) -> (Vec<Verified>, Known) {
    let all: Vec<(Element, usize, &Evidence)> = excerpts(map).collect();
    let quoted: Vec<Quoted> = all.iter().map(|(.., excerpt)| Quoted::of(excerpt)).collect();
    let mut anchors: Vec<Option<Anchor>> = quoted
        .iter()
        .map(|quoted| before.anchor(quoted, texts.get(&quoted.source)?).cloned())
        .collect();
    let mut by_source: BTreeMap<&SourceId, Vec<usize>> = BTreeMap::new();
    for (at, quoted) in quoted.iter().enumerate().filter(|(at, _)| anchors[*at].is_none()) {
        by_source.entry(&quoted.source).or_default().push(at);
    }
    for (source, members) in by_source {
        let Some(prepared) = texts.get(source) else { continue };
        let of_source: Vec<&Evidence> =
            members.iter().filter_map(|at| all.get(*at)).map(|(_, _, one)| *one).collect();
        let found = anchor::resolve(&of_source, &prepared.text, &prepared.segments);
        for (at, anchor) in members.into_iter().zip(found) {
            anchors[at] = Some(anchor);
        }
    }
    let found = quoted.into_iter().zip(&anchors);
    let known = Known {
        texts: texts.clone(),
        anchors: found.filter_map(|(quoted, anchor)| Some((quoted, anchor.clone()?))).collect(),
    };
    let results = all.into_iter().zip(anchors);
    (results.map(|(excerpt, anchor)| verified(excerpt, anchor, texts)).collect(), known)
}

/// The result for one excerpt, with the label of the paragraph that contains its anchor.
fn verified(
    (owner, number, excerpt): (Element, usize, &Evidence),
    anchor: Option<Anchor>,
    texts: &BTreeMap<SourceId, Prepared>,
) -> Verified {
    let place = anchor.as_ref().and_then(Anchor::place);
    let segments =
        texts.get(&excerpt.source).map_or(&[] as &[Segment], |prepared| &prepared.segments);
    let paragraph =
        place.and_then(|place| segment_of(segments, place)).map(|segment| segment.label.clone());
    Verified { owner, number, source: excerpt.source.clone(), anchor, paragraph }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Relation, RelationId, Source, Stance};

    fn quoting(words: [&str; 2]) -> Map {
        let mut map = Map::default();
        map.sources.push(Source { id: "s".into(), ..Source::default() });
        let mut tie = Relation::new(RelationId::from("r"), "a".into(), "b".into(), Stance::Hostile);
        tie.evidence = words
            .map(|words| Evidence {
                source: "s".into(),
                excerpt: words.into(),
                ..Evidence::default()
            })
            .into();
        map.relations.push(tie);
        map
    }

    fn texts(map: &Map, text: &str) -> BTreeMap<SourceId, Prepared> {
        let text = Arc::new(SourceText::new(text.to_owned()));
        prepare(map, &BTreeMap::from([("s".into(), text)]))
    }

    fn places(verified: &[Verified]) -> Vec<Option<Range<usize>>> {
        verified.iter().map(|one| one.place().cloned()).collect()
    }

    #[test]
    fn only_what_changed_is_looked_up_again() {
        let before = quoting(["one", "two"]);
        let text = texts(&before, "one two three");
        let (verified, mut known) = verify_changed(&before, &text, &Known::default());
        assert_eq!(places(&verified), [Some(0..3), Some(4..7)]);
        // A wrong anchor shows whether it is used.
        let wrong = Anchor { state: State::Moved, places: std::iter::once(9..10).collect() };
        known.anchors.values_mut().for_each(|anchor| *anchor = wrong.clone());
        let after = quoting(["one", "three"]);
        let (verified, _) = verify_changed(&after, &text, &known);
        assert_eq!(places(&verified), [Some(9..10), Some(8..13)]);
        // With another text, nothing that was found before counts.
        let text = texts(&after, "three two one");
        let (verified, _) = verify_changed(&after, &text, &known);
        assert_eq!(places(&verified), [Some(10..13), Some(0..5)]);
        assert_eq!(verified, verify(&after, &text));
    }
}
