//! Actors that are directly or indirectly part of themselves.

use foldhash::HashMap;

use crate::model::{ActorId, ActorIndex, Map, PerActor};

/// For each actor, true if it is directly or indirectly part of itself.
pub(super) fn is_on_cycle(map: &Map, place: &HashMap<ActorId, ActorIndex>) -> PerActor<bool> {
    let mut is_own: PerActor<bool> = vec![false; map.actors.len()].into();
    // The number of the walk that visited each actor; 0 for none.
    let mut walk_of: PerActor<usize> = vec![0; map.actors.len()].into();
    for start in map.actors.keys() {
        let walk = start.get() + 1;
        let mut at = start;
        while walk_of[at] == 0 {
            walk_of[at] = walk;
            match whole_of(map, place, at) {
                Some(next) => at = next,
                None => break,
            }
        }
        // The walk returned to its own path, so the actors from here on form a cycle.
        while walk_of[at] == walk && whole_of(map, place, at).is_some() && !is_own[at] {
            is_own[at] = true;
            at = whole_of(map, place, at).unwrap_or(at);
        }
    }
    is_own
}

/// The actor that the actor `at` is part of.
fn whole_of(map: &Map, place: &HashMap<ActorId, ActorIndex>, at: ActorIndex) -> Option<ActorIndex> {
    map.actors.get(at)?.part_of.as_deref().and_then(|id| place.get(id)).copied()
}
