//! The exact difference between two maps, as an ordered list of changes.

use std::collections::HashSet;
use std::hash::Hash;

use typed_index_collections::{TiSlice, TiVec};

use super::history::{Change, Entry};
use crate::model::{Actor, ActorId, Layout, Map, Note, Placement, Relation, Source};

/// The changes that turn `from` into `to`, in the order in which to apply them. Empty if the maps
/// are equal. Format and version are not compared.
#[must_use]
pub fn difference(from: &Map, to: &Map) -> Vec<Change> {
    let mut changes = Vec::new();
    if from.meta != to.meta {
        changes.push(Change::Meta {
            before: Box::new(from.meta.clone()),
            after: Box::new(to.meta.clone()),
        });
    }
    if from.extra != to.extra || !from.extra.keys().eq(to.extra.keys()) {
        changes.push(Change::Extra { before: from.extra.clone(), after: to.extra.clone() });
    }
    lists(&from.sources, &to.sources, |source: &Source| &source.id, Change::Source, &mut changes);
    lists(&from.actors, &to.actors, |actor: &Actor| &actor.id, Change::Actor, &mut changes);
    lists(
        &from.relations,
        &to.relations,
        |relation: &Relation| &relation.id,
        Change::Relation,
        &mut changes,
    );
    lists(&from.notes, &to.notes, |note: &Note| &note.id, Change::Note, &mut changes);
    if from.steps != to.steps {
        let (before, after) = (from.steps.clone(), to.steps.clone());
        changes.push(Change::Steps { before, after });
    }
    if from.unassigned != to.unassigned {
        let (before, after) = (from.unassigned.clone(), to.unassigned.clone());
        changes.push(Change::Unassigned { before, after });
    }
    layouts(&from.layout, &to.layout, &mut changes);
    if from.view != to.view {
        changes.push(Change::View { before: from.view.clone(), after: to.view.clone() });
    }
    changes
}

/// Appends the changes that turn one list into another: first the removals, from the end, then the
/// insertions, moves and replacements, from the start. A move is a removal and an insertion.
fn lists<K: Copy + Ord + From<usize> + Into<usize>, T: Clone + PartialEq, Id: Eq + Hash>(
    from: &TiSlice<K, T>,
    to: &TiSlice<K, T>,
    id: fn(&T) -> &Id,
    change: fn(Entry<K, T>) -> Change,
    changes: &mut Vec<Change>,
) {
    let wanted: HashSet<&Id> = to.iter().map(id).collect();
    for (at, element) in
        from.iter_enumerated().rev().filter(|(_, element)| !wanted.contains(id(element)))
    {
        changes.push(change(Entry::removed(at, element.clone())));
    }
    // The list as it is after the changes so far.
    let mut present: TiVec<K, &T> =
        from.iter().filter(|element| wanted.contains(id(element))).collect();
    let known: HashSet<&Id> = present.iter().map(|element| id(element)).collect();
    for (at, element) in to.iter_enumerated() {
        if present.get(at).is_none_or(|there| id(there) != id(element)) {
            // `known` avoids a linear search for elements that are new.
            let later = known
                .contains(id(element))
                .then(|| present.position(|there| id(there) == id(element)));
            if let Some(later) = later.flatten() {
                let moved = present.remove(later);
                changes.push(change(Entry::removed(later, moved.clone())));
            }
            present.insert(at, element);
            changes.push(change(Entry::added(at, element.clone())));
        } else if let Some(there) = present.get_mut(at).filter(|there| **there != element) {
            changes.push(change(Entry::replaced(at, T::clone(there), element.clone())));
            *there = element;
        }
    }
}

/// The same for the layout, which is an ordered map.
fn layouts(from: &Layout, to: &Layout, changes: &mut Vec<Change>) {
    let change = |actor: &ActorId,
                  at: usize,
                  before: Option<&Placement>,
                  after: Option<&Placement>| Change::Place {
        actor: actor.clone(),
        at,
        before: before.cloned(),
        after: after.cloned(),
    };
    for (at, (actor, placement)) in
        from.iter().enumerate().rev().filter(|(_, (actor, _))| !to.contains_key(*actor))
    {
        changes.push(change(actor, at, Some(placement), None));
    }
    // The layout as it is after the changes so far.
    let mut present: Vec<(&ActorId, &Placement)> =
        from.iter().filter(|(actor, _)| to.contains_key(*actor)).collect();
    for (at, (actor, placement)) in to.iter().enumerate() {
        let there = present.get(at).filter(|(other, _)| *other == actor).map(|(_, there)| *there);
        if let Some(there) = there {
            if there != placement {
                changes.push(change(actor, at, Some(there), Some(placement)));
            }
            continue;
        }
        let later = from
            .contains_key(actor)
            .then(|| present.iter().position(|(other, _)| *other == actor))
            .flatten();
        if let Some(later) = later {
            let (_, moved) = present.remove(later);
            changes.push(change(actor, later, Some(moved), None));
        }
        present.insert(at, (actor, placement));
        changes.push(change(actor, at, None, Some(placement)));
    }
}
