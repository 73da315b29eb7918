//! Versions that identify a document and its state. They serve as cache keys.

use std::sync::atomic::{AtomicU64, Ordering};

/// The next number. Every change to any document takes one, so numbers are unique in the process.
static NEXT: AtomicU64 = AtomicU64::new(1);

fn next() -> u64 {
    NEXT.fetch_add(1, Ordering::Relaxed)
}

/// Equal only for the same document in the same state: the cache key of everything that is derived
/// from a map and its positions.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Version {
    content: ContentVersion,
    form: FormVersion,
    places: u64,
}

/// Equal only for the same document with the same content; moving actors does not change it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct ContentVersion(u64);

/// Equal only for the same document with the same content apart from words: names, notes, and the
/// texts of excerpts. Most of what is derived from a map does not depend on them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct FormVersion(u64);

/// Equal only for the same document with the same positions.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct PlacesVersion(u64);

impl Version {
    /// The version of a document that was just opened.
    pub(super) fn new() -> Self {
        Self { content: ContentVersion(next()), form: FormVersion(next()), places: next() }
    }

    /// The version of the content, which does not depend on positions.
    #[must_use]
    pub fn content(self) -> ContentVersion {
        self.content
    }

    /// The version of the content apart from words.
    #[must_use]
    pub fn form(self) -> FormVersion {
        self.form
    }

    /// The version of the positions. It changes with the form as well.
    #[must_use]
    pub fn places(self) -> PlacesVersion {
        PlacesVersion(self.places)
    }

    /// Call this after a change of words only.
    pub(super) fn change_words(&mut self) {
        self.content = ContentVersion(next());
    }

    /// Call this after actors were moved.
    pub(super) fn change_places(&mut self) {
        self.places = next();
    }

    /// Call this after any other change.
    pub(super) fn change_content(&mut self) {
        self.change_words();
        self.form = FormVersion(next());
        self.change_places();
    }
}

/// Identifies one opened document within this process.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct DocumentNumber(u64);

impl DocumentNumber {
    pub(super) fn new() -> Self {
        Self(next())
    }
}

impl std::fmt::Display for DocumentNumber {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.fmt(f)
    }
}
