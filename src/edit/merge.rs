//! Two edits of one map, brought together by id and field. What both sides changed is a conflict, never a guess.

use std::collections::{BTreeSet, HashMap, HashSet};

use serde_json::{Map as Object, Value};

use crate::model::check::check;
use crate::model::{ActorId, Map, Problem, Severity, SourceId};

/// What a conflict shows of a long value.
const SHOWN_LETTERS: usize = 90;
/// The parts of a map that are lists of things with an id.
const LISTS: [&str; 3] = ["sources", "actors", "relations"];

/// Something that both sides changed, each in its own way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Conflict {
    /// `stance of r04 (ttp → jfm)`.
    pub what: String,
    pub mine: String,
    pub theirs: String,
}

/// Two edits in one.
#[derive(Clone, Debug, PartialEq)]
pub struct Merged {
    pub map: Map,
    /// In a fixed order, so that a choice can be given for each.
    pub conflicts: Vec<Conflict>,
    /// What one side deleted and the other still names; it was kept.
    pub kept: Vec<String>,
}

/// What came of `base` in `mine` and `theirs`, together. In the conflict with number n `theirs` wins where
/// `takes_theirs[n]` is true, else `mine`.
///
/// # Errors
/// When both together make no valid map: every problem of it.
pub fn merge(base: &Map, mine: &Map, theirs: &Map, takes_theirs: &[bool]) -> Result<Merged, Vec<Problem>> {
    let values = [base, mine, theirs].map(|map| serde_json::to_value(map).unwrap_or_default());
    let [base_value, mine_value, theirs_value] = &values;
    let mut work = Work { takes_theirs, conflicts: Vec::new() };
    let whole = work.field(&[], Some(base_value), Some(mine_value), Some(theirs_value));
    let unreadable = |error: serde_json::Error| {
        vec![Problem::error(crate::model::Place::default(), error.to_string(), "a map out of both")]
    };
    let mut map: Map = serde_json::from_value(whole.unwrap_or_default()).map_err(unreadable)?;
    let kept = keep_what_is_named(&mut map, &[mine, theirs, base]);
    let errors: Vec<Problem> = check(&map).into_iter().filter(|problem| problem.severity == Severity::Error).collect();
    if errors.is_empty() { Ok(Merged { map, conflicts: work.conflicts, kept }) } else { Err(errors) }
}

struct Work<'a> {
    takes_theirs: &'a [bool],
    conflicts: Vec<Conflict>,
}

impl Work<'_> {
    /// One value, which may be absent on any side.
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
        let is_list_of_things = path.len() == 1 && path.first().is_some_and(|key| LISTS.contains(key));
        match (base, mine, theirs) {
            (base, Some(Value::Array(mine)), Some(Value::Array(theirs))) if is_list_of_things => {
                Some(self.things(path, base.and_then(Value::as_array), mine, theirs))
            }
            (base, Some(Value::Object(mine)), Some(Value::Object(theirs))) => {
                Some(self.object(path, base.and_then(Value::as_object), mine, theirs))
            }
            (base, Some(Value::Array(mine)), Some(Value::Array(theirs))) => {
                let none = Vec::new();
                let base = base.and_then(Value::as_array).unwrap_or(&none);
                bag(base, mine, theirs).map(Value::Array).or_else(|| {
                    self.conflict(path, Some(&Value::Array(mine.clone())), Some(&Value::Array(theirs.clone())))
                })
            }
            _ => self.conflict(path, mine, theirs),
        }
    }

    /// Key by key; mine first, then what only they have.
    fn object(
        &mut self,
        path: &[&str],
        base: Option<&Object<String, Value>>,
        mine: &Object<String, Value>,
        theirs: &Object<String, Value>,
    ) -> Value {
        let of = |object: Option<&Object<String, Value>>, key: &str| object.and_then(|object| object.get(key).cloned());
        let mut merged = Object::new();
        let only_theirs = theirs.keys().filter(|key| !mine.contains_key(*key));
        for key in mine.keys().chain(only_theirs) {
            let path: Vec<&str> = path.iter().copied().chain([key.as_str()]).collect();
            let before = of(base, key);
            if let Some(value) = self.field(&path, before.as_ref(), mine.get(key), theirs.get(key)) {
                merged.insert(key.clone(), value);
            }
        }
        Value::Object(merged)
    }

    /// Things with an id: mine in their order, then those that only they have.
    fn things<'a>(
        &mut self,
        path: &[&str],
        base: Option<&'a Vec<Value>>,
        mine: &'a [Value],
        theirs: &'a [Value],
    ) -> Value {
        let by_id = |list: &'a [Value]| list.iter().map(|thing| (id_of(thing), thing)).collect::<HashMap<_, _>>();
        let before = base.map(|base| by_id(base)).unwrap_or_default();
        let (here, there) = (by_id(mine), by_id(theirs));
        let only_theirs = theirs.iter().filter(|thing| !here.contains_key(id_of(thing)));
        let mut merged = Vec::new();
        for id in mine.iter().chain(only_theirs).map(id_of) {
            let (mine, theirs) = (here.get(id).copied(), there.get(id).copied());
            let named = words_for(mine.or(theirs), id);
            let path: Vec<&str> = path.iter().copied().chain([named.as_str()]).collect();
            merged.extend(self.field(&path, before.get(id).copied(), mine, theirs));
        }
        Value::Array(merged)
    }

    fn conflict(&mut self, path: &[&str], mine: Option<&Value>, theirs: Option<&Value>) -> Option<Value> {
        let takes_theirs = self.takes_theirs.get(self.conflicts.len()).copied().unwrap_or(false);
        let word = |key: &&str| if *key == "meta" { "the map".to_owned() } else { key.replace('_', " ") };
        let words: Vec<String> = path.iter().rev().filter(|key| !LISTS.contains(key)).map(word).collect();
        let conflict = Conflict { what: words.join(" of "), mine: shown(mine), theirs: shown(theirs) };
        self.conflicts.push(conflict);
        if takes_theirs { theirs.cloned() } else { mine.cloned() }
    }
}

/// A list without ids: both sides' additions and removals, unless both took out the same element, which each may
/// have replaced in its own way.
fn bag(base: &[Value], mine: &[Value], theirs: &[Value]) -> Option<Vec<Value>> {
    let gone = |side: &[Value]| base.iter().filter(|element| !side.contains(element)).cloned().collect::<Vec<Value>>();
    let (gone_mine, gone_theirs) = (gone(mine), gone(theirs));
    if gone_mine.iter().any(|element| gone_theirs.contains(element)) {
        return None;
    }
    let stays = mine.iter().filter(|element| !gone_theirs.contains(element));
    let new = theirs.iter().filter(|element| !base.contains(element) && !mine.contains(element));
    Some(stays.chain(new).cloned().collect())
}

fn id_of(thing: &Value) -> &str {
    thing.get("id").and_then(Value::as_str).unwrap_or_default()
}

/// An actor by its name, a tie by its ends, a source by its title.
fn words_for(thing: Option<&Value>, id: &str) -> String {
    let text = |key: &str| thing.and_then(|thing| thing.get(key)).and_then(Value::as_str);
    match (text("from"), text("to"), text("name").or(text("title"))) {
        (Some(from), Some(to), _) => format!("the tie {from} → {to} ({id})"),
        (_, _, Some(name)) => name.to_owned(),
        _ => id.to_owned(),
    }
}

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

/// Puts back what one side deleted and the other's ties, parts, speakers or excerpts still name.
fn keep_what_is_named(map: &mut Map, sides: &[&Map]) -> Vec<String> {
    let mut kept = Vec::new();
    // What is put back may name something else that went.
    loop {
        let actors: HashSet<&ActorId> = map.actors.iter().map(|actor| &actor.id).collect();
        let sources: HashSet<&SourceId> = map.sources.iter().map(|source| &source.id).collect();
        let excerpts = || {
            let ties = map.relations.iter().flat_map(|relation| &relation.evidence);
            ties.chain(map.actors.iter().flat_map(|actor| &actor.evidence))
        };
        let by_ties = map.relations.iter().flat_map(|tie| {
            [Some(&tie.from), Some(&tie.to), tie.asserted_by.as_deref(), tie.contested_by.as_deref()]
                .into_iter()
                .flatten()
        });
        let by_actors = map.actors.iter().filter_map(|actor| actor.part_of.as_deref());
        let named = by_ties.chain(by_actors).chain(excerpts().filter_map(|excerpt| excerpt.speaker.as_deref()));
        let lost_actors: BTreeSet<ActorId> = named.filter(|id| !actors.contains(id)).cloned().collect();
        let cited = excerpts().map(|excerpt| &excerpt.source);
        let lost_sources: BTreeSet<SourceId> = cited.filter(|id| !sources.contains(id)).cloned().collect();
        let mut found = false;
        for id in lost_actors {
            let side = sides.iter().find_map(|side| Some((*side, side.actors.iter().find(|actor| actor.id == id)?)));
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
            if let Some(source) = sides.iter().find_map(|side| side.sources.iter().find(|source| source.id == id)) {
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
