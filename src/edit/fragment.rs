//! A fragment of a map, for the clipboard or a picture: the selected actors and notes, the ties
//! among the actors, and the sources they cite.

use std::collections::{BTreeMap, BTreeSet};

use super::Selection;
use super::history::{Change, Entry};
use super::ids::numbered;
use super::planned::{Plan, on_grid};
use crate::geometry::Point;
use crate::model::query::{Index, about};
use crate::model::words::counted;
use crate::model::{
    Actor, ActorId, ActorIndex, Element, Evidence, Map, Note, NoteId, PerActor, PerActorSlice,
    PerRelation, Placement, Relation, RelationId, RelationIndex, Source, SourceId,
};
use crate::scene::shown::Shown;

/// The selection as a separate map. A selected tie includes the actors at both ends.
#[must_use]
pub fn copied(map: &Map, index: &Index, selection: &Selection) -> Map {
    let mut fragment = among(map, index, selection);
    let chosen = |note: &&Note| selection.contains(&Element::Note(note.id.clone()));
    let inside = Index::of(&fragment);
    let within = |note: &Note| Note {
        about: note.about.clone().filter(|_| about(&inside, note) == about(index, note)),
        ..note.clone()
    };
    fragment.notes = map.notes.iter().filter(chosen).map(within).collect();
    drop_outside_references(fragment)
}

/// The selection as a map for a picture, with the metadata of the whole map, and the notes that are
/// selected or about something in it. Also returns the positions of its actors (map units) and a
/// remark on how many of the ties are shown. Actors outside the selection that speak or claim
/// something are given by name.
#[must_use]
pub fn pictured(
    map: &Map,
    index: &Index,
    positions: &PerActorSlice<Point>,
    shown: &Shown,
    selection: &Selection,
) -> (Map, PerActor<Point>, String) {
    let mut selection = selection.clone();
    let alone = selection.only().cloned();
    let folded = folded_in(index, shown, &selection);
    if let Some(Element::Actor(id)) = &alone {
        // A single actor is shown with all its ties and the actors at their other ends.
        let own = index.actor(id).into_iter().chain(folded.iter().copied());
        let ties: BTreeSet<RelationIndex> =
            own.flat_map(|actor| index.ties(actor)).copied().collect();
        for tie in ties.into_iter().filter_map(|tie| map.relations.get(tie)) {
            selection.toggle(Element::Relation(tie.id.clone()));
        }
    }
    // A whole that stands for its parts needs them for their ties.
    for part in folded.into_iter().filter_map(|part| map.actors.get(part)) {
        let part = Element::Actor(part.id.clone());
        if !selection.contains(&part) {
            selection.toggle(part);
        }
    }
    let mut part = among(map, index, &selection);
    part.meta = map.meta.clone();
    let inside = Index::of(&part);
    let is_pictured = |note: &&Note| {
        let is_about = about(index, note).is_some() && about(&inside, note) == about(index, note);
        is_about || selection.contains(&Element::Note(note.id.clone()))
    };
    part.notes = map.notes.iter().filter(is_pictured).cloned().collect();
    let known: BTreeSet<ActorId> = part.actors.iter().map(|actor| actor.id.clone()).collect();
    // Replaces the id of an actor outside the picture with its name.
    let name = |id: &mut Option<Box<ActorId>>| {
        if let Some(stranger) = id.as_deref_mut().filter(|id| !known.contains(id)) {
            *stranger = ActorId::from(index.name(map, stranger).to_owned());
        }
    };
    for actor in &mut part.actors {
        actor.evidence.iter_mut().for_each(|excerpt| name(&mut excerpt.speaker));
    }
    for relation in &mut part.relations {
        relation.optional_mentions_mut().for_each(name);
    }
    let place = |actor: &Actor| {
        index.actor(&actor.id).and_then(|at| positions.get(at)).copied().unwrap_or_default()
    };
    let positions = part.actors.iter().map(place).collect();
    let words =
        format!("A part of the map: {} of {} ties.", part.relations.len(), map.relations.len());
    (part, positions, words)
}

/// The actors that the selected ones stand for.
fn folded_in(index: &Index, shown: &Shown, selection: &Selection) -> Vec<ActorIndex> {
    let selected = selection.actors().filter_map(|id| index.actor(id));
    selected.flat_map(|actor| shown.folded_in(actor)).collect()
}

/// The selected actors and ties, the actors at the ends of these ties, the ties between selected
/// actors, and the cited sources.
fn among(map: &Map, index: &Index, selection: &Selection) -> Map {
    let mut actors: BTreeSet<ActorIndex> =
        selection.actors().filter_map(|id| index.actor(id)).collect();
    let picked: BTreeSet<RelationIndex> =
        selection.relations().filter_map(|id| index.relation(id)).collect();
    for (from, to) in picked.iter().filter_map(|relation| index.ends(*relation)) {
        actors.extend([from, to]);
    }
    let is_among = |relation: RelationIndex| {
        let ends = index.ends(relation);
        // All ties between two selected actors; between the ends of a selected tie, only that tie.
        let both =
            |end: ActorIndex| selection.contains(&Element::Actor(map.actors[end].id.clone()));
        picked.contains(&relation) || ends.is_some_and(|(from, to)| both(from) && both(to))
    };
    let relations: PerRelation<Relation> = map
        .relations
        .iter_enumerated()
        .filter(|(relation, _)| is_among(*relation))
        .map(|(_, relation)| relation.clone())
        .collect();
    let actors: PerActor<Actor> =
        actors.into_iter().map(|actor| map.actors[actor].clone()).collect();
    let cited: BTreeSet<&SourceId> = relations
        .iter()
        .flat_map(|relation| &relation.evidence)
        .chain(actors.iter().flat_map(|actor| &actor.evidence))
        .map(|excerpt| &excerpt.source)
        .collect();
    let sources = map.sources.iter().filter(|source| cited.contains(&source.id)).cloned().collect();
    let place = |actor: &Actor| Some((actor.id.clone(), map.layout.get(&actor.id)?.clone()));
    let layout = actors.iter().filter_map(place).collect();
    Map { sources, actors, relations, layout, ..Map::default() }
}

/// Removes optional references to actors that are not in the fragment.
fn drop_outside_references(mut fragment: Map) -> Map {
    let known: BTreeSet<ActorId> = fragment.actors.iter().map(|actor| actor.id.clone()).collect();
    let forget = |id: &mut Option<Box<ActorId>>| {
        if id.as_deref().is_some_and(|id| !known.contains(id)) {
            *id = None;
        }
    };
    for actor in &mut fragment.actors {
        actor.optional_mentions_mut().for_each(forget);
    }
    for relation in &mut fragment.relations {
        relation.optional_mentions_mut().for_each(forget);
    }
    fragment
}

/// The plan for pasting `fragment`, moved by `shift` in map units. Elements whose id is taken get a
/// new id.
pub(super) fn pasted(map: &Map, index: &Index, fragment: &Map, shift: Point) -> Plan {
    let ids = Ids::new(map, index, fragment);
    let mut changes = Vec::new();
    let mut source_at = map.sources.len();
    for source in &fragment.sources {
        let id = ids.source(&source.id);
        if index.source(&id).is_none() {
            changes.push(Change::Source(Entry::added(
                source_at.into(),
                Source { id, ..source.clone() },
            )));
            source_at += 1;
        }
    }
    for (number, actor) in fragment.actors.iter().enumerate() {
        let mut actor = Actor { id: ids.actor(&actor.id), ..actor.clone() };
        actor.mentions_mut().for_each(|id| *id = ids.actor(id));
        ids.cited(&mut actor.evidence);
        changes.push(Change::Actor(Entry::added((map.actors.len() + number).into(), actor)));
    }
    for (number, (id, placement)) in fragment.layout.iter().enumerate() {
        let moved = Placement {
            x: on_grid(placement.x + f64::from(shift.x)),
            y: on_grid(placement.y + f64::from(shift.y)),
            ..placement.clone()
        };
        let at = map.layout.len() + number;
        changes.push(Change::Place { actor: ids.actor(id), at, before: None, after: Some(moved) });
    }
    for (number, relation) in fragment.relations.iter().enumerate() {
        let mut relation = Relation { id: ids.relation(&relation.id), ..relation.clone() };
        relation.mentions_mut().for_each(|id| *id = ids.actor(id));
        ids.cited(&mut relation.evidence);
        let at = (map.relations.len() + number).into();
        changes.push(Change::Relation(Entry::added(at, relation)));
    }
    for (number, note) in fragment.notes.iter().enumerate() {
        let note = Note {
            id: ids.note(&note.id),
            x: on_grid(note.x + f64::from(shift.x)),
            y: on_grid(note.y + f64::from(shift.y)),
            about: note.about.as_deref().map(|id| ids.about(id)),
            ..note.clone()
        };
        changes.push(Change::Note(Entry::added((map.notes.len() + number).into(), note)));
    }
    Plan::new(format!("paste {}", contents(fragment)), changes)
}

/// `2 actors`, `1 actor and 1 note`.
#[must_use]
pub fn contents(fragment: &Map) -> String {
    let (actors, notes) = (fragment.actors.len(), fragment.notes.len());
    match (actors, notes) {
        (_, 0) => counted(actors, "actor"),
        (0, _) => counted(notes, "note"),
        _ => format!("{} and {}", counted(actors, "actor"), counted(notes, "note")),
    }
}

/// Maps each id in a fragment to its id in the map.
struct Ids {
    sources: BTreeMap<SourceId, SourceId>,
    actors: BTreeMap<ActorId, ActorId>,
    relations: BTreeMap<RelationId, RelationId>,
    notes: BTreeMap<NoteId, NoteId>,
}

impl Ids {
    fn new(map: &Map, index: &Index, fragment: &Map) -> Self {
        // A source that is already in the map, with equal fields, is not added again.
        let is_same = |source: &Source| {
            index.source(&source.id).and_then(|at| map.sources.get(at)) == Some(source)
        };
        let source = |id: &str| index.source(&SourceId::from(id.to_owned())).is_some();
        let actor = |id: &str| index.actor(&ActorId::from(id.to_owned())).is_some();
        let note = |id: &str| index.note(&NoteId::from(id.to_owned())).is_some();
        let relation = |id: &str| index.relation(&RelationId::from(id.to_owned())).is_some();
        let sources =
            fragment.sources.iter().map(|source| (source.id.to_string(), is_same(source)));
        let actors = fragment.actors.iter().map(|actor| (actor.id.to_string(), false));
        let relations = fragment.relations.iter().map(|relation| (relation.id.to_string(), false));
        let notes = fragment.notes.iter().map(|note| (note.id.to_string(), false));
        Self {
            notes: renamed(notes, note)
                .into_iter()
                .map(|(a, b)| (NoteId::from(a), NoteId::from(b)))
                .collect(),
            sources: renamed(sources, source)
                .into_iter()
                .map(|(a, b)| (SourceId::from(a), SourceId::from(b)))
                .collect(),
            actors: renamed(actors, actor)
                .into_iter()
                .map(|(a, b)| (ActorId::from(a), ActorId::from(b)))
                .collect(),
            relations: renamed(relations, relation)
                .into_iter()
                .map(|(a, b)| (RelationId::from(a), RelationId::from(b)))
                .collect(),
        }
    }

    fn source(&self, id: &SourceId) -> SourceId {
        self.sources.get(id).unwrap_or(id).clone()
    }

    fn actor(&self, id: &ActorId) -> ActorId {
        self.actors.get(id).unwrap_or(id).clone()
    }

    fn relation(&self, id: &RelationId) -> RelationId {
        self.relations.get(id).unwrap_or(id).clone()
    }

    fn note(&self, id: &NoteId) -> NoteId {
        self.notes.get(id).unwrap_or(id).clone()
    }

    /// The id of what a note in the fragment is about.
    fn about(&self, id: &str) -> String {
        let actor = self.actors.get(&ActorId::from(id)).map(ToString::to_string);
        let tie = || self.relations.get(&RelationId::from(id)).map(ToString::to_string);
        actor.or_else(tie).unwrap_or_else(|| id.to_owned())
    }

    fn cited(&self, evidence: &mut [Evidence]) {
        for excerpt in evidence {
            excerpt.source = self.source(&excerpt.source);
        }
    }
}

/// Maps each id to the id it gets. An id that is free, or whose flag is true, stays the same;
/// otherwise the first free number is appended.
fn renamed(
    ids: impl Iterator<Item = (String, bool)>,
    is_taken: impl Fn(&str) -> bool,
) -> BTreeMap<String, String> {
    let mut given: BTreeSet<String> = BTreeSet::new();
    let mut names = BTreeMap::new();
    for (id, stays) in ids {
        let is_free = |name: &String| !is_taken(name) && !given.contains(name);
        let name = if stays || is_free(&id) {
            id.clone()
        } else {
            numbered(&id).find(is_free).unwrap_or_default()
        };
        given.insert(name.clone());
        names.insert(id, name);
    }
    names
}
