//! Makes one actor of two: everything that mentions one mentions the other, which keeps the names,
//! excerpts and remarks of both.

use serde_json::Value;

use super::difference::difference;
use super::planned::Plan;
use crate::model::query::Index;
use crate::model::{Actor, ActorId, ActorKind, Evidence, Map};

/// Merges `gone` into `kept`. No changes if one of them is not there or they are the same.
pub(super) fn merge(map: &Map, index: &Index, kept: &ActorId, gone: &ActorId) -> Plan {
    let found = [kept, gone].map(|id| index.actor(id).and_then(|at| map.actors.get(at)));
    let name = format!("merge {} into {}", index.name(map, gone), index.name(map, kept));
    let [Some(one), Some(other)] = found else { return Plan::new(name, Vec::new()) };
    if kept == gone {
        return Plan::new(name, Vec::new());
    }
    let mut merged = map.clone();
    let together = Actor { part_of: whole(map, index, one, other), ..joined(one, other) };
    merged.actors = merged
        .actors
        .into_iter()
        .filter(|actor| actor.id != *gone)
        .map(|actor| if actor.id == *kept { together.clone() } else { actor })
        .collect();
    let renamed = |id: &mut ActorId| {
        if id == gone {
            id.clone_from(kept);
        }
    };
    for actor in &mut merged.actors {
        actor.mentions_mut().for_each(renamed);
        if actor.id == *kept && actor.part_of.as_deref() == Some(kept) {
            actor.part_of = None;
        }
    }
    for tie in &mut merged.relations {
        tie.mentions_mut().for_each(renamed);
    }
    for excerpt in &mut merged.unassigned {
        excerpt.speaker.as_deref_mut().into_iter().for_each(renamed);
    }
    for note in &mut merged.notes {
        if note.about.as_deref() == Some(gone.as_str()) {
            note.about = Some(kept.to_string());
        }
    }
    if let Some(place) = merged.layout.shift_remove(gone) {
        merged.layout.entry(kept.clone()).or_insert(place);
    }
    if let Some(view) = &mut merged.view {
        view.rename_actor(gone, kept);
    }
    merged.steps.iter_mut().for_each(|step| step.rename_actor(gone, kept));
    Plan::new(name, difference(map, &merged))
}

/// The whole that both are part of; none that is one of them or a part of one.
fn whole(map: &Map, index: &Index, one: &Actor, other: &Actor) -> Option<Box<ActorId>> {
    let above = |id: &ActorId| {
        let actor = map.actors.get(index.actor(id)?)?;
        actor.part_of.as_deref().cloned()
    };
    let is_outside = |whole: &ActorId| {
        let mut steps = std::iter::successors(Some(whole.clone()), above).take(map.actors.len());
        !steps.any(|id| id == one.id || id == other.id)
    };
    let wholes = [&one.part_of, &other.part_of].into_iter().flatten();
    wholes.into_iter().find(|whole| is_outside(whole)).cloned()
}

/// One actor with what both have. Where both have something, that of `one` stays, and the other
/// is kept as an alias or a remark.
fn joined(one: &Actor, other: &Actor) -> Actor {
    let mut together = one.clone();
    let names = std::iter::once(&other.name).chain(&other.short).chain(&other.aliases);
    for name in names {
        let is_known = *name == together.name
            || together.short.as_ref() == Some(name)
            || together.aliases.contains(name);
        if !is_known && !name.trim().is_empty() {
            together.aliases.push(name.clone());
        }
    }
    if together.kind == ActorKind::Unknown {
        together.kind = other.kind.clone();
    }
    together.weight = together.weight.or(other.weight);
    together.wikidata = together.wikidata.take().or(other.wikidata.clone());
    if !other.note.is_empty() && !together.note.contains(other.note.as_str()) {
        let both = [together.note.as_str(), other.note.as_str()].join("\n");
        together.note = both.trim().into();
    }
    let is_new = |excerpt: &&Evidence| !one.evidence.contains(excerpt);
    together.evidence.extend(other.evidence.iter().filter(is_new).cloned());
    for (key, value) in other.extra.iter() {
        if !together.extra.contains_key(key) {
            together.extra.insert(key.clone(), value.clone());
        } else if together.extra.get(key) != Some(value) {
            let key = format!("{key} ({})", other.id);
            together.extra.insert(key, Value::clone(value));
        }
    }
    together
}
