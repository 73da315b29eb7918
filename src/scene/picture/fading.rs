//! Fading of actors and ties under a selection and a filter.

use typed_index_collections::TiVec;

use crate::model::{ActorIndex, Map, PerActor, PerRelation, RelationIndex};
use crate::scene::view::View;

/// Share of its colour that an actor or tie keeps outside the neighbourhood of the selection.
pub const FADED_SHARE: f32 = 0.26;
/// Share of its colour that a forecast or hypothesis keeps.
pub const FAINT_SHARE: f32 = 0.5;

/// For each actor and relation: the share of its colour that it keeps, 0 to 1, and true if it is
/// selected.
pub(super) struct Fading {
    pub actors: PerActor<f32>,
    pub relations: PerRelation<f32>,
    pub selected_actors: PerActor<bool>,
    pub selected_relations: PerRelation<bool>,
}

impl Fading {
    /// `is_tied` returns true if an actor has a shown tie. Under a filter, actors without one are
    /// faded.
    pub fn of(map: &Map, view: &View, is_tied: impl Fn(ActorIndex) -> bool) -> Self {
        let emphasis = &view.emphasis;
        let rest = if emphasis.is_none() { 1.0 } else { FADED_SHARE };
        let actors = map.actors.len();
        let relations = map.relations.len();
        let mut shares = Self {
            actors: brightened(actors, &emphasis.bright_actors, rest),
            relations: brightened(relations, &emphasis.bright_relations, rest),
            selected_actors: marked(actors, &emphasis.selected_actors),
            selected_relations: marked(relations, &emphasis.selected_relations),
        };
        for (share, relation) in shares.relations.iter_mut().zip(&map.relations) {
            if relation.status.is_outlook() {
                *share *= FAINT_SHARE;
            }
        }
        if !view.filter.is_none() {
            for (actor, share) in shares.actors.iter_mut_enumerated() {
                if !is_tied(actor) && !shares.selected_actors[actor] {
                    *share = share.min(FADED_SHARE);
                }
            }
        }
        shares
    }

    /// Share of its colour that an actor keeps; 1 if there is no such actor.
    pub fn actor(&self, actor: ActorIndex) -> f32 {
        self.actors.get(actor).copied().unwrap_or(1.0)
    }

    /// Share of its colour that a relation keeps; 1 if there is no such relation.
    pub fn relation(&self, relation: RelationIndex) -> f32 {
        self.relations.get(relation).copied().unwrap_or(1.0)
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
