//! The actors that are a number of steps along ties away from others.

use std::collections::{BTreeSet, VecDeque};

use crate::model::query::Index;
use crate::model::view::Neighbourhood;
use crate::model::{ActorIndex, PerActor, RelationIndex};

/// The drawn actors around which a neighbourhood is shown.
pub(super) fn centres(
    around: &Neighbourhood,
    drawn: &PerActor<Option<ActorIndex>>,
    index: &Index,
) -> Vec<ActorIndex> {
    let centres: BTreeSet<ActorIndex> =
        around.actors.iter().filter_map(|id| drawn[index.actor(id)?]).collect();
    centres.into_iter().collect()
}

/// For each of `count` actors: true if it is at most `steps` steps along ties from one of
/// `centres`.
pub(super) fn neighbourhood(
    ties: &[(RelationIndex, [ActorIndex; 2])],
    centres: &[ActorIndex],
    steps: u8,
    count: usize,
) -> PerActor<bool> {
    let mut beside: PerActor<Vec<ActorIndex>> = vec![Vec::new(); count].into();
    for (_, [from, to]) in ties {
        beside[*from].push(*to);
        beside[*to].push(*from);
    }
    let mut is_near: PerActor<bool> = vec![false; count].into();
    let mut open: VecDeque<(ActorIndex, u8)> = VecDeque::new();
    for centre in centres {
        is_near[*centre] = true;
        open.push_back((*centre, 0));
    }
    while let Some((actor, gone)) = open.pop_front() {
        if gone == steps {
            continue;
        }
        for next in &beside[actor] {
            if !std::mem::replace(&mut is_near[*next], true) {
                open.push_back((*next, gone + 1));
            }
        }
    }
    is_near
}
