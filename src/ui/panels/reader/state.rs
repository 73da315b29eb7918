//! The state of the reader between frames.

use std::ops::Range;

use crate::model::{ActorId, Element, SourceId, Stance};

/// The reader between frames.
#[derive(Default)]
pub struct Reader {
    pub(super) source: Option<SourceId>,
    /// Scroll to this place once.
    pub(super) target: Option<Range<usize>>,
    /// What was scrolled to last, so that it happens once for each selection.
    pub(super) shown_for: Option<Element>,
    /// The passage that is marked with the mouse or the keyboard.
    pub(super) marked: Option<Range<usize>>,
    pub(super) draft: Option<TieDraft>,
    pub(super) shows_names: bool,
    /// The name that was gone to last.
    pub(super) found: Option<Range<usize>>,
    /// Where the part of a long text begins that is shown, as a paragraph's position.
    pub(super) first_segment: usize,
}

impl Reader {
    /// Turns to a source.
    pub(super) fn show(&mut self, source: SourceId) {
        if self.source.as_ref() != Some(&source) {
            self.turn_to(source);
        }
    }

    /// Turns to a place of a source.
    pub(super) fn go(&mut self, source: SourceId, place: Range<usize>) {
        self.show(source);
        self.target = Some(place);
    }

    pub(super) fn turn_to(&mut self, source: SourceId) {
        *self = Self { source: Some(source), shows_names: self.shows_names, ..Self::default() };
    }
}

/// A tie that is being made from the marked passage.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct TieDraft {
    pub from: ActorId,
    pub to: ActorId,
    pub stance: Stance,
}
