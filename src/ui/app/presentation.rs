//! A running presentation of the steps.

use crate::edit::Selection;
use crate::model::{RelationIndex, ViewSettings};
use crate::ui::canvas::Canvas;

/// A running presentation, and what the window showed before it.
pub(super) struct Presentation {
    /// The index of the step.
    pub at: usize,
    /// True if the excerpts of the focus are shown.
    pub has_words: bool,
    pub canvas: Canvas,
    pub selection: Selection,
    pub previous: Option<Selection>,
    pub own_view: Option<ViewSettings>,
    pub expanded: Vec<RelationIndex>,
    pub was_full_screen: bool,
    pub zoom_factor: f32,
}
