//! Excerpts that wait to be assigned to an actor or a tie.

use std::collections::BTreeSet;

use super::history::Change;
use super::planned::Plan;
use crate::model::query::Index;
use crate::model::{ActorId, Element, Evidence, Map, SourceId};

/// Moves the waiting excerpt at `number` to an actor or a tie; `add` adds it there. No changes if
/// there is no such excerpt or element.
pub(super) fn assign(
    map: &Map,
    index: &Index,
    number: usize,
    to: &Element,
    add: impl FnOnce(Evidence) -> Plan,
) -> Plan {
    let Some(excerpt) = map.unassigned.get(number) else { return nothing() };
    let mut plan = add(excerpt.clone());
    if plan.changes.is_empty() {
        return nothing();
    }
    let mut left = map.unassigned.clone();
    left.remove(number);
    plan.changes.push(replaced(map, left));
    let name = match to {
        Element::Actor(id) => index.name(map, id).to_owned(),
        Element::Relation(_) | Element::Note(_) => "a tie".to_owned(),
    };
    Plan::new(format!("assign an excerpt to {name}"), plan.changes)
}

/// Removes the waiting excerpt at `number`.
pub(super) fn removed(map: &Map, number: usize) -> Plan {
    if number >= map.unassigned.len() {
        return nothing();
    }
    let mut left = map.unassigned.clone();
    left.remove(number);
    Plan::new("remove an excerpt", vec![replaced(map, left)])
}

fn nothing() -> Plan {
    Plan::new("assign an excerpt", Vec::new())
}

/// The change of the list after `change` was made to each excerpt; `None` if it changes nothing.
pub(super) fn each(map: &Map, change: impl Fn(&mut Evidence)) -> Option<Change> {
    let mut after = map.unassigned.clone();
    after.iter_mut().for_each(change);
    (after != map.unassigned).then(|| replaced(map, after))
}

/// The change of the list when actors are deleted: they are removed as speakers.
pub(super) fn without_speakers(map: &Map, gone: &BTreeSet<&ActorId>) -> Option<Change> {
    each(map, |excerpt| {
        excerpt.speaker = excerpt.speaker.take().filter(|speaker| !gone.contains(&**speaker));
    })
}

/// The change of the list when a source is deleted.
pub(super) fn without_source(map: &Map, source: &SourceId) -> Option<Change> {
    let kept = map.unassigned.iter().filter(|excerpt| excerpt.source != *source);
    let kept: Vec<Evidence> = kept.cloned().collect();
    (kept.len() < map.unassigned.len()).then(|| replaced(map, kept))
}

fn replaced(map: &Map, after: Vec<Evidence>) -> Change {
    Change::Unassigned { before: map.unassigned.clone(), after }
}
