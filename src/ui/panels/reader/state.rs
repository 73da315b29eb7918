//! The state that the reader keeps between frames.

use std::ops::Range;

use crate::model::{ActorId, Element, SourceId, Stance};

/// The reader panel and its state.
#[derive(Default)]
pub struct Reader {
    /// The source whose text is shown.
    pub(super) source: Option<SourceId>,
    /// Range to scroll to in the next frame. All ranges here count scalar values of the text.
    pub(super) target: Option<Range<usize>>,
    /// The element last scrolled to, so that each selection scrolls only once.
    pub(super) shown_for: Option<Element>,
    /// The passage marked with the mouse or the keyboard.
    pub(super) marked: Option<Range<usize>>,
    pub(super) draft: Option<TieDraft>,
    /// True if the names of actors are underlined.
    pub(super) shows_names: bool,
    /// The mention last visited from the list of names.
    pub(super) found: Option<Range<usize>>,
    /// Index of the first paragraph of the visible part of a long text.
    pub(super) first_segment: usize,
}

impl Reader {
    /// Shows a source. Keeps the state if the source is already shown.
    pub(super) fn show(&mut self, source: SourceId) {
        if self.source.as_ref() != Some(&source) {
            self.turn_to(source);
        }
    }

    /// Shows a source and scrolls to a range of its text.
    pub(super) fn go(&mut self, source: SourceId, place: Range<usize>) {
        self.show(source);
        self.target = Some(place);
    }

    /// Shows a source with fresh state.
    pub(super) fn turn_to(&mut self, source: SourceId) {
        *self = Self { source: Some(source), shows_names: self.shows_names, ..Self::default() };
    }
}

/// A new tie, drafted from the marked passage.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct TieDraft {
    pub from: ActorId,
    pub to: ActorId,
    pub stance: Stance,
}
