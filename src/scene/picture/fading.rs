//! Fading of actors and lines under a selection.

use typed_index_collections::TiVec;

use crate::model::{LineIndex, PerActor, PerLine, RelationIndex};
use crate::scene::lines::Lines;
use crate::scene::view::View;

/// Share of its colour that an actor or line keeps outside the neighbourhood of the selection.
pub const FADED_SHARE: f32 = 0.26;
/// Share of its colour that a forecast or hypothesis keeps.
pub const FAINT_SHARE: f32 = 0.5;

/// For each actor and line: the share of its colour that it keeps, 0 to 1, and true if it is
/// selected.
pub(in crate::scene) struct Fading {
    pub actors: PerActor<f32>,
    pub lines: PerLine<f32>,
    pub selected_actors: PerActor<bool>,
    pub selected_lines: PerLine<bool>,
}

impl Fading {
    /// The fading of a picture with `actors` actors and these lines.
    pub fn of(actors: usize, lines: &Lines, view: &View) -> Self {
        let emphasis = &view.emphasis;
        let rest = if emphasis.is_none() { 1.0 } else { FADED_SHARE };
        let of_ties = |ties: &[RelationIndex]| -> Vec<LineIndex> {
            ties.iter().filter_map(|tie| lines.line_of(*tie)).collect()
        };
        let mut shares = Self {
            actors: brightened(actors, &emphasis.bright_actors, rest),
            lines: brightened(lines.len(), &of_ties(&emphasis.bright_relations), rest),
            selected_actors: marked(actors, &emphasis.selected_actors),
            selected_lines: marked(lines.len(), &of_ties(&emphasis.selected_relations)),
        };
        for (share, line) in shares.lines.iter_mut().zip(lines.list()) {
            if line.is_outlook() {
                *share *= FAINT_SHARE;
            }
        }
        shares
    }

    /// Share of its colour that a line keeps; 1 if there is no such line.
    pub fn line(&self, line: LineIndex) -> f32 {
        self.lines.get(line).copied().unwrap_or(1.0)
    }
}

/// `count` shares: 1 at the indices in `bright`, `rest` at all others.
fn brightened<K: Copy + Into<usize>>(count: usize, bright: &[K], rest: f32) -> TiVec<K, f32> {
    let mut shares = vec![rest; count];
    for index in bright {
        if let Some(share) = shares.get_mut((*index).into()) {
            *share = 1.0;
        }
    }
    shares.into()
}

/// `count` marks: true at the indices in `selected`.
fn marked<K: Copy + Into<usize>>(count: usize, selected: &[K]) -> TiVec<K, bool> {
    let mut marks = vec![false; count];
    for index in selected {
        if let Some(mark) = marks.get_mut((*index).into()) {
            *mark = true;
        }
    }
    marks.into()
}
