//! Changes the id of an actor, a tie or a source, and all references to it.

use typed_index_collections::TiSlice;

use super::history::{Change, Entry};
use super::planned::Plan;
use super::{briefing, notes, unassigned};
use crate::model::query::Index;
use crate::model::{
    Actor, ActorId, Element, Evidence, Map, Relation, RelationId, Source, SourceId, ViewSettings,
};

/// Changes the id of the actor `from` to `to`. No changes if `to` is taken or empty, or if a note
/// about a tie of that id would be about the actor then.
pub(super) fn actor(map: &Map, index: &Index, from: &ActorId, to: &ActorId) -> Plan {
    let name = format!("change the id of {}", index.name(map, from));
    let is_possible =
        index.actor(from).is_some() && index.actor(to).is_none() && !to.as_str().trim().is_empty();
    if !is_possible || notes::is_meant_by_note(map, to.as_str()) {
        return Plan::new(name, Vec::new());
    }
    let renamed = |id: &mut ActorId| {
        if id == from {
            id.clone_from(to);
        }
    };
    let mut changes = Vec::new();
    each(&map.actors, Change::Actor, &mut changes, |actor: &mut Actor| {
        renamed(&mut actor.id);
        actor.mentions_mut().for_each(renamed);
    });
    each(&map.relations, Change::Relation, &mut changes, |relation: &mut Relation| {
        relation.mentions_mut().for_each(renamed);
    });
    changes.extend(unassigned::each(map, |excerpt| {
        excerpt.speaker.as_deref_mut().into_iter().for_each(renamed);
    }));
    changes.extend(notes::renamed(map, index, &Element::Actor(from.clone()), to.as_str()));
    changes.extend(view(map, |view| view.rename_actor(from, to)));
    changes.extend(briefing::each(map, |step| step.rename_actor(from, to)));
    if let Some((at, _, placement)) = map.layout.get_full(from) {
        let (gone, new) = (Some(placement.clone()), Some(placement.clone()));
        changes.push(Change::Place { actor: from.clone(), at, before: gone, after: None });
        changes.push(Change::Place { actor: to.clone(), at, before: None, after: new });
    }
    Plan::new(name, changes)
}

/// Changes the id of the relation `from` to `to`. No changes if `to` is taken or empty, or if a
/// note that is about it would be about an actor then.
pub(super) fn relation(map: &Map, index: &Index, from: &RelationId, to: &RelationId) -> Plan {
    let at = index
        .relation(from)
        .filter(|_| index.relation(to).is_none() && !to.as_str().trim().is_empty());
    let notes = notes::renamed(map, index, &Element::Relation(from.clone()), to.as_str());
    let is_actor = index.actor(&ActorId::from(to.as_str())).is_some();
    let at = at.filter(|_| notes.is_empty() || !is_actor);
    let change =
        at.and_then(|at| Some((at, map.relations.get(at)?.clone()))).map(|(at, before)| {
            let after = Relation { id: to.clone(), ..before.clone() };
            Change::Relation(Entry::replaced(at, before, after))
        });
    let is_in_focus = index.actor(&ActorId::from(from.as_str())).is_none();
    let steps = briefing::each(map, |step| step.rename_tie(from, to, is_in_focus));
    let mentions = notes.into_iter().chain(steps).filter(|_| change.is_some());
    let mentions: Vec<Change> = mentions.collect();
    Plan::new("change the id of a tie", change.into_iter().chain(mentions).collect())
}

/// Changes the id of the source `from` to `to`. No changes if `to` is taken or empty.
pub(super) fn source(map: &Map, index: &Index, from: &SourceId, to: &SourceId) -> Plan {
    let name = "change the id of a source";
    let is_possible = index.source(from).is_some()
        && index.source(to).is_none()
        && !to.as_str().trim().is_empty();
    if !is_possible {
        return Plan::new(name, Vec::new());
    }
    let renamed = |id: &mut SourceId| {
        if id == from {
            id.clone_from(to);
        }
    };
    let cited = |evidence: &mut [Evidence]| {
        for excerpt in evidence.iter_mut() {
            renamed(&mut excerpt.source);
        }
    };
    let mut changes = Vec::new();
    each(&map.sources, Change::Source, &mut changes, |source: &mut Source| renamed(&mut source.id));
    each(&map.actors, Change::Actor, &mut changes, |actor: &mut Actor| cited(&mut actor.evidence));
    each(&map.relations, Change::Relation, &mut changes, |relation: &mut Relation| {
        cited(&mut relation.evidence);
    });
    changes.extend(unassigned::each(map, |excerpt| renamed(&mut excerpt.source)));
    Plan::new(name, changes)
}

/// The change that `change` makes to the settings of the view; `None` if it makes none.
pub(super) fn view(map: &Map, change: impl FnOnce(&mut ViewSettings)) -> Option<Change> {
    let mut after = map.view.clone()?;
    change(&mut after);
    let before = map.view.clone();
    let after = Some(after);
    (before != after).then_some(Change::View { before, after })
}

/// Applies `change` to a copy of each element and records the elements that it changes.
fn each<K: From<usize>, T: Clone + PartialEq>(
    list: &TiSlice<K, T>,
    wrap: fn(Entry<K, T>) -> Change,
    changes: &mut Vec<Change>,
    change: impl Fn(&mut T),
) {
    for (at, before) in list.iter_enumerated() {
        let mut after = before.clone();
        change(&mut after);
        if after != *before {
            changes.push(wrap(Entry::replaced(at, before.clone(), after)));
        }
    }
}
