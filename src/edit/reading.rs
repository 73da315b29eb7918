//! The texts of sources and the data derived from them: the position of every excerpt and the
//! mentions of actors. Computed on a worker thread after every change of the content.

use std::collections::BTreeMap;
use std::ops::Range;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use crate::evidence::allusion::Allusions;
use crate::evidence::mention::{Mention, mentions};
use crate::evidence::suggest::Outline;
use crate::evidence::verify::{Known, Prepared, Verified, prepare, verify_changed};
use crate::evidence::{SourceText, State};
use crate::file::source::{self, SourceError};
use crate::model::{Actor, Element, Map, PerActorSlice, SourceId};

/// The number of the next reading.
static NEXT: AtomicU64 = AtomicU64::new(1);

/// Everything that the texts depend on. If it is unchanged, the texts need not be read again.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct TextInputs {
    /// Path of the map file.
    map: Option<PathBuf>,
    /// For each source: its id, its text file, and its embedded text.
    sources: Vec<(SourceId, Option<String>, Option<String>)>,
}

/// What an actor is called: its name, short form and aliases.
type Naming = (String, Option<String>, Vec<String>);

/// The texts of sources and the data derived from them.
#[derive(Clone, Debug, Default)]
pub struct Reading {
    /// Unique for each reading; 0 before the first one.
    number: u64,
    inputs: TextInputs,
    texts: BTreeMap<SourceId, Arc<SourceText>>,
    /// The texts that could not be read, and why.
    pub errors: BTreeMap<SourceId, SourceError>,
    /// Each text with its paragraphs.
    pub prepared: BTreeMap<SourceId, Prepared>,
    /// The verification result of each excerpt.
    pub verified: Vec<Verified>,
    /// Number of them that were not found word for word at exactly one position.
    doubtful: usize,
    /// Index in `verified`, by the owner of an excerpt and its index there.
    by_owner: BTreeMap<(Element, usize), usize>,
    /// The anchors, for the next reading.
    known: Known,
    /// What the actors were called, in file order.
    namings: Vec<Naming>,
    /// The mentions of actors in each text.
    pub mentions: BTreeMap<SourceId, Vec<Mention>>,
    /// The sentences of each text, and the names in it that no actor has.
    pub outlines: BTreeMap<SourceId, Arc<Outline>>,
    /// The words that recall each actor.
    pub allusions: Arc<Allusions>,
}

impl Reading {
    /// Reads the texts of `map` and verifies its excerpts. If the texts depend on the same files as
    /// in `before`, they are reused from there, unless `reads_again` is true.
    #[must_use]
    pub fn of(map: &Map, path: Option<PathBuf>, before: &Self, reads_again: bool) -> Self {
        let describe = |source: &crate::model::Source| {
            (source.id.clone(), source.text_file.clone(), source.text.clone())
        };
        let inputs = TextInputs { map: path, sources: map.sources.iter().map(describe).collect() };
        let (texts, errors) = if inputs == before.inputs && !reads_again {
            (before.texts.clone(), before.errors.clone())
        } else {
            let (texts, errors) = source::texts(map, inputs.map.as_deref());
            (with_unchanged(texts, &before.texts), errors)
        };
        let prepared = prepare(map, &texts);
        let (verified, known) = verify_changed(map, &prepared, &before.known);
        let by_owner = verified
            .iter()
            .enumerate()
            .map(|(at, one)| ((one.owner.clone(), one.number), at))
            .collect();
        let naming =
            |actor: &Actor| (actor.name.clone(), actor.short.clone(), actor.aliases.clone());
        // Without a text, names are not looked for.
        let named: &PerActorSlice<Actor> =
            if texts.is_empty() { PerActorSlice::from_ref(&[]) } else { &map.actors };
        let namings: Vec<Naming> = named.iter().map(naming).collect();
        let has_same_names = namings == before.namings;
        let in_text = |(id, prepared): (&SourceId, &Prepared)| {
            let is_same = has_same_names
                && before.texts.get(id).is_some_and(|text| Arc::ptr_eq(text, &prepared.text));
            let known = before.mentions.get(id).filter(|_| is_same).cloned();
            (id.clone(), known.unwrap_or_else(|| mentions(&prepared.text, &map.actors)))
        };
        let mentions: BTreeMap<SourceId, Vec<Mention>> = prepared.iter().map(in_text).collect();
        let outline = |(id, prepared): (&SourceId, &Prepared)| {
            let is_same =
                has_same_names && before.prepared.get(id).is_some_and(|other| other == prepared);
            let known = before.outlines.get(id).filter(|_| is_same).cloned();
            let mentions = mentions.get(id).map_or(&[] as &[_], Vec::as_slice);
            let outline = known.unwrap_or_else(|| {
                Arc::new(Outline::of(&prepared.text, &prepared.segments, mentions))
            });
            (id.clone(), outline)
        };
        let outlines = prepared.iter().map(outline).collect();
        let allusions = if has_same_names {
            Arc::clone(&before.allusions)
        } else {
            Arc::new(Allusions::of(named))
        };
        let is_doubtful = |one: &&Verified| one.state().is_some_and(|state| !state.is_exact());
        let number = NEXT.fetch_add(1, Ordering::Relaxed);
        Self {
            number,
            inputs,
            texts,
            errors,
            prepared,
            doubtful: verified.iter().filter(is_doubtful).count(),
            verified,
            by_owner,
            known,
            namings,
            mentions,
            outlines,
            allusions,
        }
    }

    /// True if there are neither texts nor excerpts.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.texts.is_empty() && self.errors.is_empty() && self.verified.is_empty()
    }

    /// Identifies this reading; unique in the process.
    #[must_use]
    pub fn number(&self) -> u64 {
        self.number
    }

    /// The verification result of one excerpt; `None` if there is none yet.
    #[must_use]
    pub fn verified(&self, owner: &Element, number: usize) -> Option<&Verified> {
        self.by_owner.get(&(owner.clone(), number)).and_then(|at| self.verified.get(*at))
    }

    /// The text of a source in a range of Unicode scalar values.
    #[must_use]
    pub fn words(&self, source: &SourceId, place: &Range<usize>) -> Option<&str> {
        self.prepared.get(source).map(|prepared| prepared.text.slice(place))
    }

    /// The excerpts that were found at exactly one position in this source, with their ranges.
    pub fn places(&self, source: &SourceId) -> impl Iterator<Item = (&Verified, &Range<usize>)> {
        let of_source = self.verified.iter().filter(move |one| one.source == *source);
        of_source.filter_map(|one| Some((one, one.place()?)))
    }

    /// Number of excerpts that were not found word for word at exactly one position.
    #[must_use]
    pub fn doubtful(&self) -> usize {
        self.doubtful
    }

    /// The excerpts whose position in the text differs from the one stored in the map.
    pub fn moved(&self) -> impl Iterator<Item = &Verified> {
        self.verified.iter().filter(|one| one.state() == Some(State::Moved))
    }
}

/// The texts that were read, each replaced by the one from before if it is the same, so that what
/// was derived from that one is still valid.
fn with_unchanged(
    mut texts: BTreeMap<SourceId, Arc<SourceText>>,
    before: &BTreeMap<SourceId, Arc<SourceText>>,
) -> BTreeMap<SourceId, Arc<SourceText>> {
    for (id, text) in &mut texts {
        if let Some(before) = before.get(id).filter(|before| *before == text) {
            *text = Arc::clone(before);
        }
    }
    texts
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Source;

    #[test]
    fn texts_that_are_read_again_count_as_unchanged_if_they_are_the_same() {
        let source = |id: &str, text: &str| Source {
            id: id.into(),
            text: Some(text.to_owned()),
            ..Source::default()
        };
        let sources = vec![source("a", "one text"), source("b", "two texts")].into();
        let mut map = Map { sources, ..Map::default() };
        let first = Reading::of(&map, None, &Reading::default(), true);
        map.sources.raw[1].text = Some("ten texts".to_owned());
        let second = Reading::of(&map, None, &first, true);
        let is_shared = |id: &str| Arc::ptr_eq(&first.texts[&id.into()], &second.texts[&id.into()]);
        assert!(is_shared("a") && !is_shared("b"));
        assert_eq!(second.texts[&"b".into()].as_str(), "ten texts", "of the same length");
    }
}
