//! The highlights of excerpts in a text.

use std::ops::Range;

use egui::Color32;

use super::excerpts::stance_of;
use super::snap::overlaps;
use crate::evidence::{State, Verified};
use crate::model::{Element, Stance, Status};
use crate::scene::theme::Theme;
use crate::ui::widgets::style::color;
use crate::ui::workspace::Workspace;

/// The highlight of one excerpt.
pub(super) struct Highlight {
    pub owner: Element,
    /// In scalar values of the whole text.
    pub range: Range<usize>,
    /// `None` for the excerpt of an actor.
    pub stance: Option<Stance>,
    pub is_selected: bool,
    /// True for a tie that is not reported as fact; its badge is open, as on the map.
    pub is_open: bool,
    /// True if the excerpt was found word for word.
    pub is_exact: bool,
}

/// The highlights of the excerpts that were found in a part of a source, in text order. A longer
/// one comes before a shorter one with the same start.
pub(super) fn highlights(
    workspace: &Workspace<'_>,
    source: &crate::model::SourceId,
    part: &Range<usize>,
) -> Vec<Highlight> {
    let places = workspace.reading.places(source).filter(|(_, place)| overlaps(place, part));
    let mut highlights: Vec<Highlight> =
        places.map(|(one, place)| highlight_of(workspace, one, place)).collect();
    highlights.sort_by_key(|mark| (mark.range.start, std::cmp::Reverse(mark.range.end)));
    highlights
}

/// The highlight of an excerpt that was found at `place`.
fn highlight_of(workspace: &Workspace<'_>, one: &Verified, place: &Range<usize>) -> Highlight {
    Highlight {
        stance: stance_of(workspace.document, &one.owner),
        owner: one.owner.clone(),
        range: place.clone(),
        is_selected: workspace.selection.contains(&one.owner),
        is_open: is_open(workspace, &one.owner),
        is_exact: one.state().is_some_and(State::is_exact),
    }
}

/// True for a tie that is not reported as fact.
fn is_open(workspace: &Workspace<'_>, owner: &Element) -> bool {
    let Element::Relation(id) = owner else { return false };
    workspace.document.relation(id).is_some_and(|tie| tie.status != Status::Reported)
}

/// The element that a click on a character selects: the owner of the highlight there. If several
/// highlights overlap, each click selects the next one.
pub(super) fn clicked(highlights: &[Highlight], letter: usize) -> Option<Element> {
    let there: Vec<&Highlight> = highlights
        .iter()
        .filter(|mark| mark.range.start <= letter && letter <= mark.range.end)
        .collect();
    let next = there.iter().position(|mark| mark.is_selected).map_or(0, |at| at + 1);
    there.get(next).or(there.first()).map(|mark| mark.owner.clone())
}

/// The colour of a highlight.
pub(super) fn ink(stance: Option<Stance>, theme: &Theme) -> Color32 {
    stance.map_or(color(theme.muted), |stance| color(theme.stance(stance)))
}
