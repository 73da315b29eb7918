//! Three-way merge of two edited versions of a map, by id and field. A field that both sides
//! changed differently is a conflict. Elements that either side added are always kept.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::hash::Hash;

use serde_json::{Map as Object, Value};

use crate::edit::ids::numbered;
use crate::model::check::check;
use crate::model::query::{Index, about};
use crate::model::{
    Actor, ActorId, Element, Map, Note, Problem, Relation, RelationId, Severity, SourceId,
};

/// Maximum length of a value in a conflict, in characters.
const SHOWN_LETTERS: usize = 90;
/// Keys of the lists whose elements have an id.
const LISTS: [&str; 5] = ["sources", "actors", "relations", "notes", "steps"];
/// Keys of lists without ids in which no element may be lost.
const KEEP_ALL_LISTS: [&str; 2] = ["evidence", "aliases"];

/// A field or element that both sides changed differently.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Conflict {
    /// The field and its element: `stance of the tie ttp → jfm (r04)`.
    pub what: String,
    /// The value on this side, as shortened text.
    pub mine: String,
    /// The value on the other side, as shortened text.
    pub theirs: String,
    /// The default choice. True if this side deleted what the other side changed, so that nothing
    /// is lost unless the user chooses so.
    pub prefers_theirs: bool,
}

/// The result of a merge.
#[derive(Clone, Debug, PartialEq)]
pub struct Merged {
    pub map: Map,
    /// All conflicts, in a deterministic order, so that choices can be given by index.
    pub conflicts: Vec<Conflict>,
    /// Names of actors and sources that one side deleted but that were kept, because the other side
    /// still refers to them.
    pub kept: Vec<String>,
    /// Old and new ids of elements that this side added under an id that the other side gave to a
    /// different new element. The other side keeps its ids, because they are already in the file.
    pub renamed: Vec<(Element, Element)>,
}

/// Merges `mine` and `theirs`, which were both edited from `base`. In conflict `n`, the value of
/// `theirs` is used if `takes_theirs[n]` is true, and that of `mine` if it is false. If there is no
/// entry, the default choice of the conflict applies.
///
/// # Errors
/// If the merged map is not valid: all its errors.
pub fn merge(
    base: &Map,
    mine: &Map,
    theirs: &Map,
    takes_theirs: &[bool],
) -> Result<Merged, Vec<Problem>> {
    let (mine, renamed) = with_free_ids(base, mine, theirs);
    let values = [base, &mine, theirs].map(|map| serde_json::to_value(map).unwrap_or_default());
    let [base_value, mine_value, theirs_value] = &values;
    let mut work = Merger { takes_theirs, conflicts: Vec::new() };
    let whole = work.field(&[], Some(base_value), Some(mine_value), Some(theirs_value));
    let unreadable = |error: serde_json::Error| {
        vec![Problem::error(crate::model::Place::default(), error.to_string(), "a valid map")]
    };
    let mut map: Map = serde_json::from_value(whole.unwrap_or_default()).map_err(unreadable)?;
    let kept = restore_referenced(&mut map, &[&mine, theirs, base]);
    drop_lost_leaders(&mut map, &[&mine, theirs]);
    let problems = check(&map).into_iter();
    let errors: Vec<Problem> =
        problems.filter(|problem| problem.severity == Severity::Error).collect();
    if errors.is_empty() {
        Ok(Merged { map, conflicts: work.conflicts, kept, renamed })
    } else {
        Err(errors)
    }
}

/// `mine`, with new ids for elements that it added under an id that `theirs` gave to a different
/// new element. Also returns the old and new ids of actors, relations and notes.
///
/// Sources are renamed first, then actors, relations and notes, because elements are compared with
/// the ids they refer to: two ties that look alike are different if they lead to different actors.
fn with_free_ids(base: &Map, mine: &Map, theirs: &Map) -> (Map, Vec<(Element, Element)>) {
    let mut map = mine.clone();
    let mut all = Vec::new();
    let sources =
        new_ids([base, &map, theirs].map(|map| by_id(&map.sources.raw, |source| &source.id)));
    rename_sources(&mut map, &sources);
    // A renamed actor changes the actors that refer to it, which can cause further collisions.
    loop {
        let actors =
            new_ids([base, &map, theirs].map(|map| by_id(&map.actors.raw, |actor| &actor.id)));
        if actors.is_empty() {
            break;
        }
        rename_actors(&mut map, &actors);
        all.extend(actors.into_iter().map(|(old, new)| (Element::Actor(old), Element::Actor(new))));
    }
    let relations =
        new_ids([base, &map, theirs].map(|map| by_id(&map.relations.raw, |tie| &tie.id)));
    rename_relations(&mut map, &relations);
    let relations = relations.into_iter();
    all.extend(relations.map(|(old, new)| (Element::Relation(old), Element::Relation(new))));
    let notes = new_ids([base, &map, theirs].map(|map| by_id(&map.notes.raw, |note| &note.id)));
    map.notes.iter_mut().for_each(|note| rename(&mut note.id, &notes));
    all.extend(notes.into_iter().map(|(old, new)| (Element::Note(old), Element::Note(new))));
    let steps = new_ids([base, &map, theirs].map(|map| by_id(&map.steps, |step| &step.id)));
    map.steps.iter_mut().for_each(|step| rename(&mut step.id, &steps));
    (map, all)
}

fn rename_sources(map: &mut Map, new_ids: &BTreeMap<SourceId, SourceId>) {
    map.sources.iter_mut().for_each(|source| rename(&mut source.id, new_ids));
    let of_actors = map.actors.iter_mut().flat_map(|actor| &mut actor.evidence);
    let of_relations = map.relations.iter_mut().flat_map(|relation| &mut relation.evidence);
    let waiting = map.unassigned.iter_mut();
    of_actors
        .chain(of_relations)
        .chain(waiting)
        .for_each(|excerpt| rename(&mut excerpt.source, new_ids));
}

/// The notes of a map, each with what it is about.
fn subjects(map: &mut Map) -> impl Iterator<Item = (&mut Note, Option<Element>)> {
    let index = if map.notes.is_empty() { Index::default() } else { Index::of(map) };
    map.notes.iter_mut().map(move |note| {
        let what = about(&index, note);
        (note, what)
    })
}

fn rename_relations(map: &mut Map, new_ids: &BTreeMap<RelationId, RelationId>) {
    if new_ids.is_empty() {
        return;
    }
    for (note, what) in subjects(map) {
        if let Some(new) = what.and_then(|what| match what {
            Element::Relation(id) => new_ids.get(&id),
            _ => None,
        }) {
            note.about = Some(new.to_string());
        }
    }
    let actors: HashSet<ActorId> = map.actors.iter().map(|actor| actor.id.clone()).collect();
    for (from, to) in new_ids {
        let is_in_focus = !actors.contains(&ActorId::from(from.as_str()));
        map.steps.iter_mut().for_each(|step| step.rename_tie(from, to, is_in_focus));
    }
    map.relations.iter_mut().for_each(|relation| rename(&mut relation.id, new_ids));
}

fn rename_actors(map: &mut Map, new_ids: &BTreeMap<ActorId, ActorId>) {
    for (note, what) in subjects(map) {
        if let Some(new) = what.and_then(|what| match what {
            Element::Actor(id) => new_ids.get(&id),
            _ => None,
        }) {
            note.about = Some(new.to_string());
        }
    }
    for (from, to) in new_ids {
        map.steps.iter_mut().for_each(|step| step.rename_actor(from, to));
    }
    for actor in &mut map.actors {
        rename(&mut actor.id, new_ids);
        actor.mentions_mut().for_each(|id| rename(id, new_ids));
    }
    let mentions = map.relations.iter_mut().flat_map(Relation::mentions_mut);
    mentions.for_each(|id| rename(id, new_ids));
    let placed = std::mem::take(&mut map.layout).into_iter().map(|(mut actor, placement)| {
        rename(&mut actor, new_ids);
        (actor, placement)
    });
    map.layout = placed.collect();
}

fn by_id<T, Id: Eq + Hash>(list: &[T], id: fn(&T) -> &Id) -> HashMap<&Id, &T> {
    list.iter().map(|element| (id(element), element)).collect()
}

/// Maps each id that both `mine` and `theirs`, but not `base`, use for different elements to a free
/// id.
fn new_ids<T: PartialEq, Id: Ord + Hash + Clone + From<String> + AsRef<str>>(
    [base, mine, theirs]: [HashMap<&Id, &T>; 3],
) -> BTreeMap<Id, Id> {
    let taken_twice = |(id, thing): (&&Id, &&T)| {
        let is_taken =
            !base.contains_key(*id) && theirs.get(*id).is_some_and(|other| other != thing);
        is_taken.then(|| Id::clone(id))
    };
    let taken: BTreeSet<Id> = mine.iter().filter_map(taken_twice).collect();
    let mut given = BTreeMap::new();
    for id in taken {
        let is_free = |new: &Id| {
            [&base, &mine, &theirs].iter().all(|side| !side.contains_key(new))
                && !given.values().any(|other| other == new)
        };
        let new = numbered(id.as_ref()).map(Id::from).find(is_free).unwrap_or_else(|| id.clone());
        given.insert(id, new);
    }
    given
}

fn rename<Id: Ord + Clone>(id: &mut Id, new_ids: &BTreeMap<Id, Id>) {
    if let Some(new) = new_ids.get(id) {
        id.clone_from(new);
    }
}

/// A merge in progress.
struct Merger<'a> {
    takes_theirs: &'a [bool],
    conflicts: Vec<Conflict>,
}

impl Merger<'_> {
    /// Merges one value, which may be absent on any side.
    fn field(
        &mut self,
        path: &[&str],
        base: Option<&Value>,
        mine: Option<&Value>,
        theirs: Option<&Value>,
    ) -> Option<Value> {
        if mine == theirs || base == theirs {
            return mine.cloned();
        }
        if base == mine {
            return theirs.cloned();
        }
        let is_list_of_things =
            path.len() == 1 && path.first().is_some_and(|key| LISTS.contains(key));
        match (base, mine, theirs) {
            (base, Some(Value::Array(mine)), Some(Value::Array(theirs))) if is_list_of_things => {
                Some(self.things(path, base.and_then(Value::as_array), mine, theirs))
            }
            (base, Some(Value::Object(mine)), Some(Value::Object(theirs))) => {
                Some(self.object(path, base.and_then(Value::as_object), mine, theirs))
            }
            (before, Some(Value::Array(ours)), Some(Value::Array(others))) => {
                let before =
                    before.and_then(Value::as_array).map_or(&[] as &[Value], Vec::as_slice);
                if path.last().is_some_and(|key| KEEP_ALL_LISTS.contains(key)) {
                    return Some(Value::Array(self.keep_all_list(path, before, ours, others)));
                }
                let both_removed = removed(before, ours).any(|one| !others.contains(one));
                if both_removed {
                    self.conflict(path, mine, theirs)
                } else {
                    Some(Value::Array(both(before, ours, others)))
                }
            }
            _ => self.conflict(path, mine, theirs),
        }
    }

    /// Merges an object key by key, in the order of `mine`, followed by the keys that only `theirs`
    /// has.
    fn object(
        &mut self,
        path: &[&str],
        base: Option<&Object<String, Value>>,
        mine: &Object<String, Value>,
        theirs: &Object<String, Value>,
    ) -> Value {
        let mut merged = Object::new();
        let only_theirs = theirs.keys().filter(|key| !mine.contains_key(*key));
        for key in mine.keys().chain(only_theirs) {
            let path: Vec<&str> = path.iter().copied().chain([key.as_str()]).collect();
            let before = base.and_then(|base| base.get(key));
            if let Some(value) = self.field(&path, before, mine.get(key), theirs.get(key)) {
                merged.insert(key.clone(), value);
            }
        }
        Value::Object(merged)
    }

    /// Merges a list of elements with ids, in the order of `mine`, followed by the elements that
    /// only `theirs` has.
    fn things<'a>(
        &mut self,
        path: &[&str],
        base: Option<&'a Vec<Value>>,
        mine: &'a [Value],
        theirs: &'a [Value],
    ) -> Value {
        let by_id = |list: &'a [Value]| {
            list.iter().map(|thing| (id_of(thing), thing)).collect::<HashMap<_, _>>()
        };
        let before = base.map(|base| by_id(base)).unwrap_or_default();
        let here = by_id(mine);
        let there = by_id(theirs);
        let only_theirs = theirs.iter().filter(|thing| !here.contains_key(id_of(thing)));
        let mut merged = Vec::new();
        for id in mine.iter().chain(only_theirs).map(id_of) {
            let mine = here.get(id).copied();
            let theirs = there.get(id).copied();
            // By what both sides knew, because either may have changed the name itself.
            let thing = before.get(id).copied().or(mine).or(theirs);
            let is_step = path.first() == Some(&"steps");
            let named = if is_step { step_words(thing, id) } else { words_for(thing, id) };
            let path: Vec<&str> = path.iter().copied().chain([named.as_str()]).collect();
            merged.extend(self.field(&path, before.get(id).copied(), mine, theirs));
        }
        Value::Array(merged)
    }

    /// Merges a list in which nothing may be lost. An excerpt that both sides changed is merged
    /// field by field. All other elements that either side added are kept.
    fn keep_all_list(
        &mut self,
        path: &[&str],
        base: &[Value],
        mine: &[Value],
        theirs: &[Value],
    ) -> Vec<Value> {
        let mut mine = mine.to_vec();
        let mut theirs = theirs.to_vec();
        for before in base {
            let here = Self::changed_version(&mine, base, before);
            let there = Self::changed_version(&theirs, base, before);
            let (Some(here), Some(there)) = (here, there) else { continue };
            let words = before.get("excerpt").and_then(Value::as_str).unwrap_or_default();
            let named = format!("the excerpt “{}”", shown(Some(&Value::from(words))));
            let path: Vec<&str> = path.iter().copied().chain([named.as_str()]).collect();
            let merged = self.field(&path, Some(before), mine.get(here), theirs.get(there));
            if let Some(merged) = merged {
                theirs[there] = merged.clone();
                mine[here] = merged;
            }
        }
        both(base, &mine, &theirs)
    }

    /// The index of the version of `before` in `side`; `None` if `side` did not change it.
    fn changed_version(side: &[Value], base: &[Value], before: &Value) -> Option<usize> {
        if side.contains(before) {
            return None;
        }
        side.iter().position(|one| !base.contains(one) && is_same_quote(one, before))
    }

    fn conflict(
        &mut self,
        path: &[&str],
        mine: Option<&Value>,
        theirs: Option<&Value>,
    ) -> Option<Value> {
        let prefers_theirs = mine.is_none();
        let choice = self.takes_theirs.get(self.conflicts.len()).copied();
        let takes_theirs = choice.unwrap_or(prefers_theirs);
        let named = path.iter().rev().filter(|key| !LISTS.contains(key) && **key != "evidence");
        let words: Vec<String> = named.map(|key| key_words(key)).collect();
        self.conflicts.push(Conflict {
            what: words.join(" of "),
            mine: shown(mine),
            theirs: shown(theirs),
            prefers_theirs,
        });
        if takes_theirs { theirs.cloned() } else { mine.cloned() }
    }
}

/// A key of the file in words.
fn key_words(key: &str) -> String {
    if key == "meta" { "the map".to_owned() } else { key.replace('_', " ") }
}

/// The elements of `base` that `side` no longer has.
fn removed<'a>(base: &'a [Value], side: &'a [Value]) -> impl Iterator<Item = &'a Value> {
    base.iter().filter(|element| !side.contains(element))
}

/// Merges a list without ids: `mine` without the elements that `theirs` removed, followed by the
/// elements that `theirs` added.
fn both(base: &[Value], mine: &[Value], theirs: &[Value]) -> Vec<Value> {
    let is_kept = |element: &&Value| theirs.contains(element) || !base.contains(element);
    let is_new = |element: &&Value| !base.contains(element) && !mine.contains(element);
    mine.iter().filter(is_kept).chain(theirs.iter().filter(is_new)).cloned().collect()
}

/// True if both are versions of one excerpt: the same words from the same source.
fn is_same_quote(a: &Value, b: &Value) -> bool {
    a.is_object() && ["source", "excerpt"].iter().all(|key| a.get(key) == b.get(key))
}

fn id_of(thing: &Value) -> &str {
    thing.get("id").and_then(Value::as_str).unwrap_or_default()
}

/// Describes an element: an actor by its name, a tie by its ends, a source by its title, a note by
/// its text.
fn words_for(thing: Option<&Value>, id: &str) -> String {
    let text = |key: &str| thing.and_then(|thing| thing.get(key)).and_then(Value::as_str);
    if let (Some(from), Some(to)) = (text("from"), text("to")) {
        return format!("the tie {from} → {to} ({id})");
    }
    match (text("name"), text("title"), text("text")) {
        (Some(name), ..) => format!("the actor “{name}”"),
        (_, Some(title), _) => format!("the source “{title}”"),
        (_, _, Some(words)) => format!("the note “{}”", shown(Some(&Value::from(words)))),
        _ => id.to_owned(),
    }
}

/// Describes a step by its title.
fn step_words(step: Option<&Value>, id: &str) -> String {
    let title = step.and_then(|step| step.get("title")).and_then(Value::as_str);
    title.map_or_else(|| format!("the step {id}"), |title| format!("the step “{title}”"))
}

/// The text for a value in a conflict, shortened.
fn shown(value: Option<&Value>) -> String {
    let text = match value {
        None => "(nothing)".to_owned(),
        Some(Value::String(text)) => text.clone(),
        Some(value) => value.to_string(),
    };
    if text.chars().count() <= SHOWN_LETTERS {
        return text;
    }
    text.chars().take(SHOWN_LETTERS).chain(std::iter::once('…')).collect()
}

/// Makes notes be about nothing if the merged map no longer has what they were about.
fn drop_lost_leaders(map: &mut Map, sides: &[&Map]) {
    if map.notes.is_empty() {
        return;
    }
    let sides: Vec<(&Map, Index)> = sides.iter().map(|side| (*side, Index::of(side))).collect();
    let was_known = |note: &Note| {
        sides.iter().any(|(side, index)| {
            let own = index.note(&note.id).and_then(|at| side.notes.get(at));
            own.is_some_and(|own| own.about == note.about && about(index, own).is_some())
        })
    };
    for (note, what) in subjects(map) {
        if what.is_none() && was_known(note) {
            note.about = None;
        }
    }
}

/// Restores actors and sources that one side deleted but the merged map still refers to, and drops
/// placements of actors that are not in the map. Returns the names of the restored elements.
fn restore_referenced(map: &mut Map, sides: &[&Map]) -> Vec<String> {
    let mut kept = Vec::new();
    // A restored actor may refer to another deleted element, so repeat until none is missing.
    loop {
        let actors: HashSet<&ActorId> = map.actors.iter().map(|actor| &actor.id).collect();
        let sources: HashSet<&SourceId> = map.sources.iter().map(|source| &source.id).collect();
        let excerpts = || {
            let ties = map.relations.iter().flat_map(|relation| &relation.evidence);
            let actors = map.actors.iter().flat_map(|actor| &actor.evidence);
            ties.chain(actors).chain(&map.unassigned)
        };
        let by_ties = map.relations.iter().flat_map(Relation::mentions);
        let named = by_ties.chain(map.actors.iter().flat_map(Actor::mentions)).map(|(_, id)| id);
        let speakers = map.unassigned.iter().filter_map(|excerpt| excerpt.speaker.as_deref());
        let named = named.chain(speakers);
        let lost_actors: BTreeSet<ActorId> =
            named.filter(|id| !actors.contains(id)).cloned().collect();
        let cited = excerpts().map(|excerpt| &excerpt.source);
        let lost_sources: BTreeSet<SourceId> =
            cited.filter(|id| !sources.contains(id)).cloned().collect();
        let mut found = false;
        for id in lost_actors {
            let side = sides
                .iter()
                .find_map(|side| Some((*side, side.actors.iter().find(|actor| actor.id == id)?)));
            if let Some((side, actor)) = side {
                kept.push(actor.name.clone());
                map.actors.push(actor.clone());
                if let Some(placement) = side.layout.get(&id) {
                    map.layout.insert(id, placement.clone());
                }
                found = true;
            }
        }
        for id in lost_sources {
            if let Some(source) =
                sides.iter().find_map(|side| side.sources.iter().find(|source| source.id == id))
            {
                kept.push(source.name().to_owned());
                map.sources.push(source.clone());
                found = true;
            }
        }
        if !found {
            break;
        }
    }
    let actors: HashSet<ActorId> = map.actors.iter().map(|actor| actor.id.clone()).collect();
    map.layout.retain(|actor, _| actors.contains(actor));
    kept
}
