//! What is known of the sources' texts: the texts, the place of every excerpt, the names in them.
//! Worked out on a thread, anew whenever what the map says changes.

use std::collections::BTreeMap;
use std::ops::Range;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use crate::evidence::mention::{Mention, mentions};
use crate::evidence::verify::{Prepared, Verified, prepare, verify};
use crate::evidence::{SourceText, State};
use crate::file::source::{self, SourceError};
use crate::model::{Element, Map, SourceId};

/// The number of the next reading.
static NEXT: AtomicU64 = AtomicU64::new(1);

/// What the texts depend on.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Origin {
    map: Option<PathBuf>,
    /// For each source its file and the length of the text inside the map.
    sources: Vec<(SourceId, Option<String>, Option<usize>)>,
}

/// The texts and what is in them.
#[derive(Clone, Debug, Default)]
pub struct Reading {
    /// Differs between any two readings; 0 before the first.
    number: u64,
    origin: Origin,
    texts: BTreeMap<SourceId, Arc<SourceText>>,
    /// What kept a text from being read.
    pub errors: BTreeMap<SourceId, SourceError>,
    /// Each text with its paragraphs.
    pub prepared: BTreeMap<SourceId, Prepared>,
    pub verified: Vec<Verified>,
    by_owner: BTreeMap<(Element, usize), usize>,
    /// The names of actors in each text.
    pub mentions: BTreeMap<SourceId, Vec<Mention>>,
}

impl Reading {
    /// Reads what `map` says now; texts that are known from `before` are not read again unless that
    /// is asked for.
    #[must_use]
    pub fn of(map: &Map, path: Option<PathBuf>, before: &Self, reads_again: bool) -> Self {
        let describe = |source: &crate::model::Source| {
            (source.id.clone(), source.text_file.clone(), source.text.as_ref().map(String::len))
        };
        let origin = Origin { map: path, sources: map.sources.iter().map(describe).collect() };
        let (texts, errors) = if origin == before.origin && !reads_again {
            (before.texts.clone(), before.errors.clone())
        } else {
            source::texts(map, origin.map.as_deref())
        };
        let prepared = prepare(map, &texts);
        let verified = verify(map, &prepared);
        let by_owner = verified
            .iter()
            .enumerate()
            .map(|(at, one)| ((one.owner.clone(), one.number), at))
            .collect();
        let mentions = prepared
            .iter()
            .map(|(id, prepared)| (id.clone(), mentions(&prepared.text, &map.actors)))
            .collect();
        let number = NEXT.fetch_add(1, Ordering::Relaxed);
        Self { number, origin, texts, errors, prepared, verified, by_owner, mentions }
    }

    /// Tells this reading from every other.
    #[must_use]
    pub fn number(&self) -> u64 {
        self.number
    }

    /// What became of one excerpt; `None` before it is known.
    #[must_use]
    pub fn verified(&self, owner: &Element, number: usize) -> Option<&Verified> {
        self.by_owner.get(&(owner.clone(), number)).and_then(|at| self.verified.get(*at))
    }

    /// The words of a source at a place.
    #[must_use]
    pub fn words(&self, source: &SourceId, place: &Range<usize>) -> Option<&str> {
        self.prepared.get(source).map(|prepared| prepared.text.slice(place))
    }

    /// The excerpts that were found in one place of this source: which, where and how surely.
    pub fn places(&self, source: &SourceId) -> impl Iterator<Item = (&Verified, &Range<usize>)> {
        let of_source = self.verified.iter().filter(move |one| one.source == *source);
        of_source.filter_map(|one| Some((one, one.place()?)))
    }

    /// How many excerpts are in each state that somebody should look at.
    #[must_use]
    pub fn doubtful(&self) -> usize {
        let is_doubtful = |state: State| !state.is_exact();
        self.verified.iter().filter(|one| one.state().is_some_and(is_doubtful)).count()
    }

    /// The excerpts that stand elsewhere than the map says.
    pub fn moved(&self) -> impl Iterator<Item = &Verified> {
        self.verified.iter().filter(|one| one.state() == Some(State::Moved))
    }
}
