//! The state that the reader keeps between frames.

use std::collections::BTreeSet;
use std::ops::Range;

use super::draft::{Draft, Picker};
use crate::model::{Element, SourceId, Stance};
use crate::ui::requests::Party;

/// The reader panel and its state. All ranges count scalar values of the text.
#[derive(Default)]
#[expect(clippy::struct_excessive_bools, reason = "independent switches of one panel")]
pub struct Reader {
    /// The source whose text is shown.
    pub(super) source: Option<SourceId>,
    /// Range to scroll to in the next frame.
    pub(super) target: Option<Range<usize>>,
    /// The element last scrolled to, so that each selection scrolls only once.
    pub(super) shown_for: Option<Element>,
    /// The passage marked with the mouse or the keyboard.
    pub(super) marked: Option<Range<usize>>,
    /// Where the keyboard is in the text while no passage is marked.
    pub(super) caret: usize,
    /// Where the mouse began to mark a passage.
    pub(super) dragged_from: Option<usize>,
    /// The tie that the marked passage may become.
    pub(super) draft: Draft,
    /// What the draft was made for: the number of the reading, and the passage.
    pub(super) draft_for: Option<(u64, Range<usize>)>,
    /// The open list of actors.
    pub(super) picker: Option<Picker>,
    /// Both ends of the ties added in this text, latest first.
    pub(super) recent: Vec<Party>,
    /// The stance of the last tie.
    pub(super) last_stance: Option<Stance>,
    /// True while names that may be actors are listed.
    pub(super) lists_names: bool,
    /// Index of the chosen name.
    pub(super) name_row: usize,
    /// Names that the user does not want as actors.
    pub(super) rejected: BTreeSet<String>,
    /// Names that were added as actors, until the text has been read again: the number of the
    /// reading, and the names.
    pub(super) added: (u64, BTreeSet<String>),
    /// True if the text takes the keyboard in the next frame.
    pub(super) takes_focus: bool,
    /// True if the text had the keyboard in the last frame.
    pub(super) has_focus: bool,
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
        *self = Self {
            source: Some(source),
            shows_names: self.shows_names,
            shown_for: self.shown_for.take(),
            takes_focus: self.takes_focus,
            // The scroll position of another text with this id may be kept.
            target: Some(0..0),
            ..Self::default()
        };
    }

    /// Marks a passage and scrolls to it.
    pub(super) fn mark(&mut self, passage: Range<usize>) {
        self.caret = passage.start;
        self.target = Some(passage.clone());
        self.marked = Some(passage);
    }

    /// Removes the mark; the caret stays at its start.
    pub(super) fn remove_mark(&mut self) {
        if let Some(marked) = self.marked.take() {
            self.caret = marked.start;
        }
        self.picker = None;
        self.draft_for = None;
    }
}
