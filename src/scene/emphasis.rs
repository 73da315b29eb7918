//! What stands out around some actors and ties.

use std::collections::BTreeSet;

use super::shown::Shown;
use super::view::Emphasis;
use crate::model::query::{Index, ties_among};
use crate::model::{ActorIndex, RelationIndex};

/// Actors and ties with their neighbourhood: the visible ties of the actor if it is only one, or
/// those among several actors, and both ends of these and of each given tie. An actor that is folded
/// into another is represented by that one.
#[must_use]
pub fn around(
    index: &Index,
    shown: &Shown,
    actors: impl Iterator<Item = ActorIndex>,
    selected_relations: Vec<RelationIndex>,
) -> Emphasis {
    let drawn = |actor: ActorIndex| shown.drawn_for(actor).unwrap_or(actor);
    let mut selected_actors: Vec<ActorIndex> = actors.map(drawn).collect();
    selected_actors.sort_unstable();
    selected_actors.dedup();
    let mut actors: BTreeSet<ActorIndex> = selected_actors.iter().copied().collect();
    let mut relations: BTreeSet<RelationIndex> = selected_relations.iter().copied().collect();
    // A shape that stands for its parts has their ties as well.
    let with_parts: Vec<ActorIndex> = selected_actors
        .iter()
        .flat_map(|actor| shown.folded_in(*actor).into_iter().chain([*actor]))
        .collect();
    if let [_] = selected_actors.as_slice() {
        relations.extend(with_parts.iter().flat_map(|actor| index.ties(*actor)));
    } else {
        relations.extend(ties_among(index, &with_parts));
    }
    relations.retain(|tie| shown.contains(*tie) || selected_relations.contains(tie));
    for (from, to) in relations.iter().filter_map(|relation| index.ends(*relation)) {
        actors.extend([from, to].map(drawn));
    }
    Emphasis {
        selected_actors,
        selected_relations,
        selected_notes: Vec::new(),
        bright_actors: actors.into_iter().collect(),
        bright_relations: relations.into_iter().collect(),
    }
}
