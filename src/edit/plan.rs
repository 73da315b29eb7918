//! Turns a command into a list of changes, without applying them.

use std::collections::BTreeSet;

use super::difference::difference;
use super::history::{Change, Entry, StepKind};
use super::planned::{Plan, forget, on_grid};
use super::{Command, briefing, fragment, merge_actors, notes, rename, unassigned};
use crate::geometry::Point;
use crate::model::filter::Filter;
use crate::model::opening::view_of;
use crate::model::query::Index;
use crate::model::words::{counted, listed};
use crate::model::{
    Actor, ActorId, Element, Evidence, Map, NoteId, Placement, Relation, RelationId, SourceId,
    ViewSettings,
};

/// The plan of a command. It has no changes if there is nothing to do, or if the command is not
/// valid for this map.
pub(super) fn plan(map: &Map, index: &Index, command: Command) -> Plan {
    match command {
        Command::Move(moves) => move_actors(map, index, moves, "move"),
        Command::MoveElements(moves) => move_elements(map, index, moves),
        Command::Pin(actors, pinned) => pin(map, index, &actors, pinned),
        Command::AddActor(actor, at) => add_actor(map, index, *actor, at),
        Command::AddRelation(relation) => add_relation(map, index, *relation),
        Command::AddTie(actors, relation) => add_tie(map, index, actors, *relation),
        Command::AddNote(note) => notes::add(map, index, *note),
        Command::SetNote(note, field) => notes::set(map, index, *note, field),
        Command::ResizeNote(id, x, width) => notes::resize(map, index, &id, x, width),
        Command::AddSource(source) => {
            let is_new = !source.id.as_str().is_empty() && index.source(&source.id).is_none();
            let entry =
                is_new.then(|| Change::Source(Entry::added(map.sources.next_key(), *source)));
            Plan::new("add a source", entry.into_iter().collect())
        }
        Command::AddExcerpt(element, excerpt) => add_excerpt(map, index, &element, *excerpt),
        Command::SetActor(actor, field) => set_actor(map, index, *actor, field),
        Command::SetRelation(relation, field) => set_relation(map, index, *relation, field),
        Command::SetSource(source, field) => {
            let at = index.source(&source.id).filter(|at| map.sources.get(*at) != Some(&*source));
            let words = format!("change the {field} of {}", source.name());
            let key = format!("source {} {field}", source.id);
            let change =
                at.map(|at| Change::Source(Entry::replaced(at, map.sources[at].clone(), *source)));
            Plan::merging(words, change.into_iter().collect(), key)
        }
        Command::SetMeta(meta, field) => {
            let change = Change::Meta { before: Box::new(map.meta.clone()), after: meta };
            let is_change = matches!(&change, Change::Meta { before, after } if before != after);
            let changes = if is_change { vec![change] } else { Vec::new() };
            let words = format!("change the map's {field}");
            Plan::merging(words, changes, format!("meta {field}"))
        }
        Command::SetView(view, words) => set_view(map, view, words),
        Command::SetSteps(steps, words) => briefing::set(map, steps, words),
        Command::Align(verb, moves) => move_actors(map, index, unpinned(map, moves), verb),
        Command::Arrange(moves) => {
            let mut plan = move_actors(map, index, unpinned(map, moves), "arrange");
            plan.name.kind = StepKind::Arrangement;
            plan
        }
        Command::Paste(fragment, shift) => fragment::pasted(map, index, &fragment, shift),
        Command::RenameActor(from, to) => rename::actor(map, index, &from, &to),
        Command::RenameRelation(from, to) => rename::relation(map, index, &from, &to),
        Command::RenameSource(from, to) => rename::source(map, index, &from, &to),
        Command::ReplaceExcerpts(name, places) => place_excerpts(map, index, name, places),
        Command::AssignExcerpt(number, to) => {
            let add = |excerpt| add_excerpt(map, index, &to, excerpt);
            unassigned::assign(map, index, number, &to, add)
        }
        Command::RemoveUnassigned(number) => unassigned::removed(map, number),
        Command::MergeActors(kept, gone) => merge_actors::merge(map, index, &kept, &gone),
        Command::ReplaceMap(name, other) => Plan::new(name, difference(map, &other)),
        Command::Delete(items) => delete(map, index, &items),
        Command::DeleteSource(id) => delete_source(map, index, &id),
    }
}

fn set_view(map: &Map, view: Box<ViewSettings>, words: &str) -> Plan {
    let before = view_of(map);
    if before == *view {
        return Plan::new(words, Vec::new());
    }
    let Filter { text, since, until, strengths, .. } = view.filter.clone();
    let mut typed = before;
    typed.filter = Filter { strengths, since, until, text, ..typed.filter };
    let is_typed = typed == *view;
    let changes = vec![Change::View { before: map.view.clone(), after: Some(view) }];
    if is_typed {
        Plan::merging(words.to_owned(), changes, "view filter".to_owned())
    } else {
        Plan::new(words, changes)
    }
}

/// Drops the moves of pinned actors.
fn unpinned(map: &Map, mut moves: Vec<(ActorId, Point)>) -> Vec<(ActorId, Point)> {
    moves.retain(|(id, _)| !map.layout.get(id).is_some_and(|placement| placement.pinned));
    moves
}

fn move_actors(map: &Map, index: &Index, moves: Vec<(ActorId, Point)>, verb: &str) -> Plan {
    // Actors without a placement are appended to the layout.
    let mut end = map.layout.len();
    let placed = |(actor, to): (ActorId, Point)| {
        index.actor(&actor)?;
        let before = map.layout.get(&actor).cloned();
        let after = Placement {
            x: on_grid(to.x.into()),
            y: on_grid(to.y.into()),
            ..before.clone().unwrap_or_default()
        };
        if before.as_ref() == Some(&after) {
            return None;
        }
        let at = map.layout.get_index_of(&actor).unwrap_or_else(|| {
            end += 1;
            end - 1
        });
        Some(Change::Place { actor, at, before, after: Some(after) })
    };
    let changes: Vec<Change> = moves.into_iter().filter_map(placed).collect();
    Plan::new(named(verb, map, index, &changes), changes)
}

/// Moves actors and notes.
fn move_elements(map: &Map, index: &Index, moves: Vec<(Element, Point)>) -> Plan {
    let mut actors = Vec::new();
    let mut changes = Vec::new();
    let mut moved_notes = Vec::new();
    for (element, to) in moves {
        match element {
            Element::Actor(id) => actors.push((id, to)),
            Element::Note(id) => {
                changes.extend(notes::moved(map, index, &id, to));
                moved_notes.push(id);
            }
            Element::Relation(_) => {}
        }
    }
    let of_actors = move_actors(map, index, actors, "move");
    let name = match (of_actors.changes.len(), moved_notes.as_slice()) {
        (_, []) => return of_actors,
        (0, [note]) => format!("move {}", notes::name(map, index, note)),
        (0, notes) => format!("move {}", counted(notes.len(), "note")),
        (count, notes) => {
            format!("move {} and {}", counted(count, "actor"), counted(notes.len(), "note"))
        }
    };
    changes.splice(0..0, of_actors.changes);
    Plan::new(name, changes)
}

fn pin(map: &Map, index: &Index, actors: &[ActorId], pinned: bool) -> Plan {
    let changes: Vec<Change> =
        actors.iter().filter_map(|actor| pinning(map, actor, pinned)).collect();
    Plan::new(named(if pinned { "pin" } else { "unpin" }, map, index, &changes), changes)
}

/// The change that pins or unpins an actor; `None` if its placement needs no change.
fn pinning(map: &Map, actor: &ActorId, pinned: bool) -> Option<Change> {
    let before = map.layout.get(actor).filter(|placement| placement.pinned != pinned)?.clone();
    let after = Placement { pinned, ..before.clone() };
    let at = map.layout.get_index_of(actor)?;
    Some(Change::Place { actor: actor.clone(), at, before: Some(before), after: Some(after) })
}

/// `move Pakistan`, `move 3 actors`.
fn named(verb: &str, map: &Map, index: &Index, changes: &[Change]) -> String {
    match changes {
        [Change::Place { actor, .. }] => format!("{verb} {}", index.name(map, actor)),
        many => format!("{verb} {} actors", many.len()),
    }
}

fn add_actor(map: &Map, index: &Index, actor: Actor, at: Point) -> Plan {
    if actor.id.as_str().is_empty() || index.actor(&actor.id).is_some() {
        return Plan::new("add an actor", Vec::new());
    }
    Plan::new("add an actor", added_actor(map, 0, actor, at).into())
}

/// The changes that append an actor and its place. `number` counts the actors that are appended
/// before it in the same step.
fn added_actor(map: &Map, number: usize, actor: Actor, at: Point) -> [Change; 2] {
    let placement =
        Placement { x: on_grid(at.x.into()), y: on_grid(at.y.into()), ..Placement::default() };
    let place = Change::Place {
        actor: actor.id.clone(),
        at: map.layout.len() + number,
        before: None,
        after: Some(placement),
    };
    let at = (map.actors.len() + number).into();
    [Change::Actor(Entry::added(at, actor)), place]
}

fn add_relation(map: &Map, index: &Index, relation: Relation) -> Plan {
    let is_possible = !relation.id.as_str().is_empty()
        && index.relation(&relation.id).is_none()
        && index.actor(&relation.from).is_some()
        && index.actor(&relation.to).is_some();
    let name = format!(
        "add the tie {} to {}",
        index.name(map, &relation.from),
        index.name(map, &relation.to)
    );
    let entry =
        is_possible.then(|| Change::Relation(Entry::added(map.relations.next_key(), relation)));
    Plan::new(name, entry.into_iter().collect())
}

/// Adds the actors that are new, and a tie between two that are known then.
fn add_tie(map: &Map, index: &Index, actors: Vec<(Actor, Point)>, relation: Relation) -> Plan {
    let called = |id: &ActorId| match actors.iter().find(|(actor, _)| actor.id == *id) {
        Some((actor, _)) => actor.name.clone(),
        None => index.name(map, id).to_owned(),
    };
    let name = format!("add the tie {} to {}", called(&relation.from), called(&relation.to));
    let are_new = actors
        .iter()
        .all(|(actor, _)| !actor.id.as_str().is_empty() && index.actor(&actor.id).is_none());
    let is_known =
        |id: &ActorId| index.actor(id).is_some() || actors.iter().any(|(actor, _)| actor.id == *id);
    let is_possible = are_new
        && !relation.id.as_str().is_empty()
        && index.relation(&relation.id).is_none()
        && relation.mentions().all(|(_, id)| is_known(id))
        && cites_known(index, &relation.evidence);
    if !is_possible {
        return Plan::new(name, Vec::new());
    }
    let mut changes = Vec::new();
    for (number, (actor, at)) in actors.into_iter().enumerate() {
        changes.extend(added_actor(map, number, actor, at));
    }
    changes.push(Change::Relation(Entry::added(map.relations.next_key(), relation)));
    Plan::new(name, changes)
}

fn set_actor(map: &Map, index: &Index, actor: Actor, field: &str) -> Plan {
    let words = format!("change the {field} of {}", index.name(map, &actor.id));
    let key = format!("actor {} {field}", actor.id);
    let are_known = actor.mentions().all(|(_, id)| index.actor(id).is_some());
    let is_whole = are_known && cites_known(index, &actor.evidence);
    let at = index.actor(&actor.id).filter(|at| is_whole && map.actors.get(*at) != Some(&actor));
    let change = at.map(|at| Change::Actor(Entry::replaced(at, map.actors[at].clone(), actor)));
    Plan::merging(words, change.into_iter().collect(), key)
}

fn set_relation(map: &Map, index: &Index, relation: Relation, field: &str) -> Plan {
    let ends = format!("{} to {}", index.name(map, &relation.from), index.name(map, &relation.to));
    let key = format!("relation {} {field}", relation.id);
    let are_known = relation.mentions().all(|(_, id)| index.actor(id).is_some());
    let is_whole = are_known && cites_known(index, &relation.evidence);
    let at = index
        .relation(&relation.id)
        .filter(|at| is_whole && map.relations.get(*at) != Some(&relation));
    let change =
        at.map(|at| Change::Relation(Entry::replaced(at, map.relations[at].clone(), relation)));
    let words = format!("change the {field} of the tie {ends}");
    Plan::merging(words, change.into_iter().collect(), key)
}

/// Adds an excerpt. It has the merge key of the field, so that an empty excerpt and the words that
/// are then typed into it are one step.
fn add_excerpt(map: &Map, index: &Index, element: &Element, excerpt: Evidence) -> Plan {
    let plan = match element {
        Element::Actor(id) => index.actor(id).and_then(|at| map.actors.get(at)).map(|actor| {
            let mut actor = actor.clone();
            actor.evidence.push(excerpt);
            set_actor(map, index, actor, "excerpts")
        }),
        Element::Relation(id) => {
            index.relation(id).and_then(|at| map.relations.get(at)).map(|relation| {
                let mut relation = relation.clone();
                relation.evidence.push(excerpt);
                set_relation(map, index, relation, "excerpts")
            })
        }
        Element::Note(_) => None,
    };
    plan.unwrap_or_else(|| Plan::new("add an excerpt", Vec::new()))
}

/// Replaces excerpts. Skips those that name an unknown source, speaker or owner.
fn place_excerpts(
    map: &Map,
    index: &Index,
    name: &str,
    places: Vec<(Element, usize, Evidence)>,
) -> Plan {
    let mut after = map.clone();
    let is_whole = |excerpt: &Evidence| {
        let is_known = |id: &ActorId| index.actor(id).is_some();
        cites_known(index, std::slice::from_ref(excerpt))
            && excerpt.speaker.as_deref().is_none_or(is_known)
    };
    for (owner, number, excerpt) in places.into_iter().filter(|(_, _, excerpt)| is_whole(excerpt)) {
        let evidence = match &owner {
            Element::Actor(id) => {
                index.actor(id).and_then(|at| after.actors.get_mut(at)).map(|one| &mut one.evidence)
            }
            Element::Relation(id) => index
                .relation(id)
                .and_then(|at| after.relations.get_mut(at))
                .map(|one| &mut one.evidence),
            Element::Note(_) => None,
        };
        if let Some(place) = evidence.and_then(|evidence| evidence.get_mut(number)) {
            *place = excerpt;
        }
    }
    Plan::new(name, difference(map, &after))
}

/// True if every excerpt is from a source of the map.
fn cites_known(index: &Index, evidence: &[Evidence]) -> bool {
    evidence.iter().all(|excerpt| index.source(&excerpt.source).is_some())
}

/// Deletes relations, and actors with their ties. Clears all other references to deleted actors.
fn delete(map: &Map, index: &Index, items: &[Element]) -> Plan {
    let mut actors: BTreeSet<&ActorId> = BTreeSet::new();
    let mut relations: BTreeSet<&RelationId> = BTreeSet::new();
    let mut gone_notes: BTreeSet<&NoteId> = BTreeSet::new();
    for item in items {
        match item {
            Element::Actor(id) => drop(index.actor(id).map(|_| actors.insert(id))),
            Element::Relation(id) => drop(index.relation(id).map(|_| relations.insert(id))),
            Element::Note(id) => drop(index.note(id).map(|_| gone_notes.insert(id))),
        }
    }
    let gone = map.relations.iter().filter(|tie| is_deleted(tie, &actors, &relations)).count();
    let is_gone = |what: &Element| match what {
        Element::Actor(id) => actors.contains(id),
        Element::Relation(id) => {
            index.relation(id).is_some_and(|at| is_deleted(&map.relations[at], &actors, &relations))
        }
        Element::Note(_) => false,
    };
    let mut changes: Vec<Change> = notes::without(map, index, is_gone).collect();
    for (at, note) in map.notes.iter_enumerated().rev() {
        if gone_notes.contains(&note.id) {
            changes.push(Change::Note(Entry::removed(at, note.clone())));
        }
    }
    // Back to front, so that a removal does not shift the positions of later removals.
    for (at, relation) in map.relations.iter_enumerated().rev() {
        if is_deleted(relation, &actors, &relations) {
            changes.push(Change::Relation(Entry::removed(at, relation.clone())));
        } else if let Some(after) = relation_without(relation, &actors) {
            changes.push(Change::Relation(Entry::replaced(at, relation.clone(), after)));
        }
    }
    for (at, (id, placement)) in map.layout.iter().enumerate().rev() {
        if actors.contains(id) {
            changes.push(Change::Place {
                actor: id.clone(),
                at,
                before: Some(placement.clone()),
                after: None,
            });
        }
    }
    for (at, actor) in map.actors.iter_enumerated().rev() {
        if actors.contains(&actor.id) {
            changes.push(Change::Actor(Entry::removed(at, actor.clone())));
        } else if let Some(after) = actor_without(actor, &actors) {
            changes.push(Change::Actor(Entry::replaced(at, actor.clone(), after)));
        }
    }
    changes.extend(unassigned::without_speakers(map, &actors));
    changes.extend(briefing::without(map, index, is_gone));
    Plan::new(deletion_name(map, index, &actors, gone, &gone_notes), changes)
}

/// True if `actors` has an end of the relation, or `relations` the relation itself.
fn is_deleted(
    relation: &Relation,
    actors: &BTreeSet<&ActorId>,
    relations: &BTreeSet<&RelationId>,
) -> bool {
    relations.contains(&relation.id)
        || actors.contains(&relation.from)
        || actors.contains(&relation.to)
}

fn deletion_name(
    map: &Map,
    index: &Index,
    actors: &BTreeSet<&ActorId>,
    ties: usize,
    gone_notes: &BTreeSet<&NoteId>,
) -> String {
    let actors_words = match actors.first() {
        Some(id) if actors.len() == 1 => index.name(map, id).to_owned(),
        _ => counted(actors.len(), "actor"),
    };
    let ties_words = counted(ties, "tie");
    let notes_words = match gone_notes.first() {
        Some(id) if gone_notes.len() == 1 && actors.is_empty() && ties == 0 => {
            notes::name(map, index, id)
        }
        _ => counted(gone_notes.len(), "note"),
    };
    let all = [(actors.len(), actors_words), (ties, ties_words), (gone_notes.len(), notes_words)];
    let named: Vec<String> =
        all.into_iter().filter(|(count, _)| *count > 0).map(|(_, words)| words).collect();
    format!("delete {}", listed(&named))
}

fn relation_without(relation: &Relation, gone: &BTreeSet<&ActorId>) -> Option<Relation> {
    let mut after = relation.clone();
    after.optional_mentions_mut().for_each(|id| forget(id, gone));
    (after != *relation).then_some(after)
}

fn actor_without(actor: &Actor, gone: &BTreeSet<&ActorId>) -> Option<Actor> {
    let mut after = actor.clone();
    after.optional_mentions_mut().for_each(|id| forget(id, gone));
    (after != *actor).then_some(after)
}

/// Deletes a source and every excerpt from it.
fn delete_source(map: &Map, index: &Index, id: &SourceId) -> Plan {
    let Some(at) = index.source(id) else { return Plan::new("delete a source", Vec::new()) };
    let mut changes = Vec::new();
    for (at, actor) in map.actors.iter_enumerated() {
        if let Some(evidence) = evidence_without(&actor.evidence, id) {
            changes.push(Change::Actor(Entry::replaced(
                at,
                actor.clone(),
                Actor { evidence, ..actor.clone() },
            )));
        }
    }
    for (at, relation) in map.relations.iter_enumerated() {
        if let Some(evidence) = evidence_without(&relation.evidence, id) {
            let after = Relation { evidence, ..relation.clone() };
            changes.push(Change::Relation(Entry::replaced(at, relation.clone(), after)));
        }
    }
    changes.extend(unassigned::without_source(map, id));
    changes.push(Change::Source(Entry::removed(at, map.sources[at].clone())));
    Plan::new(format!("delete the source {}", map.sources[at].name()), changes)
}

/// The excerpts that are not from `source`; `None` if all are kept.
fn evidence_without(evidence: &[Evidence], source: &SourceId) -> Option<Vec<Evidence>> {
    let kept: Vec<Evidence> =
        evidence.iter().filter(|excerpt| excerpt.source != *source).cloned().collect();
    (kept.len() < evidence.len()).then_some(kept)
}
