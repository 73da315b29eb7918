//! Wholes that stand for their parts.

use crate::model::query::Index;
use crate::model::{ActorId, ActorIndex, Map, PerActorSlice, ViewSettings};

/// True if an actor is folded and its kind is not left out. A whole whose kind is left out does not
/// stand for its parts: they remain.
#[must_use]
pub fn stands_for_parts(map: &Map, settings: &ViewSettings, actor: ActorIndex) -> bool {
    map.actors.get(actor).is_some_and(|actor| {
        settings.folded.contains(&actor.id)
            && !settings.filter.hidden_actor_kinds.contains(&actor.kind)
    })
}

/// The actor that is drawn for each actor if those in `folded` stand for their parts: the outermost
/// folded whole, or the actor itself. `whole` gives the whole of an actor.
#[must_use]
pub fn folded_into(
    count: usize,
    whole: impl Fn(ActorIndex) -> Option<ActorIndex>,
    is_folded: &PerActorSlice<bool>,
) -> Vec<ActorIndex> {
    let is_folded = |actor| is_folded.get(actor).copied().unwrap_or(false);
    let outermost = |number: usize| outermost_folded(ActorIndex::from(number), &whole, is_folded);
    (0..count).map(outermost).collect()
}

/// The outermost folded whole of an actor, or the actor itself.
#[must_use]
pub fn outermost_folded(
    actor: ActorIndex,
    whole: impl Fn(ActorIndex) -> Option<ActorIndex>,
    is_folded: impl Fn(ActorIndex) -> bool,
) -> ActorIndex {
    let (mut at, mut found) = (actor, actor);
    // In a faulty file, `part_of` may form a cycle. It is found as by Brent (1980): after 1, 2, 4 …
    // steps, the actor there is the one to come back to.
    let (mut mark, mut steps, mut most) = (actor, 0_usize, 1_usize);
    loop {
        let Some(next) = whole(at) else { return found };
        at = next;
        if is_folded(at) {
            found = at;
        }
        if at == mark {
            break;
        }
        steps += 1;
        if steps == most {
            (mark, steps, most) = (at, 0, most.saturating_mul(2));
        }
    }
    // The folded actor of the cycle that comes first in the file is drawn for all of it.
    let start = at;
    let mut first: Option<ActorIndex> = None;
    loop {
        if is_folded(at) {
            first = Some(first.map_or(at, |first| first.min(at)));
        }
        match whole(at) {
            Some(next) if next != start => at = next,
            _ => return first.unwrap_or(found),
        }
    }
}

/// The folded wholes that an actor is inside of, the innermost first. None of them may stay folded
/// if the actor is to have a shape of its own.
#[must_use]
pub fn folded_around(
    map: &Map,
    index: &Index,
    settings: &ViewSettings,
    actor: ActorIndex,
) -> Vec<ActorId> {
    let mut found = Vec::new();
    let mut at = actor;
    // `part_of` may form a cycle, so there are at most as many steps as actors.
    for _ in 0..map.actors.len() {
        let whole = map.actors.get(at).and_then(|actor| index.actor(actor.part_of.as_deref()?));
        let Some(next) = whole.filter(|next| *next != actor) else { break };
        at = next;
        let id = map.actors.get(at).map(|actor| &actor.id);
        found.extend(id.filter(|id| settings.folded.contains(*id)).cloned());
    }
    found
}
