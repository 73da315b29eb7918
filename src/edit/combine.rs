//! Adds an imported map to the open one. Actors are the same by id, else by name and kind, else by
//! another name; ties by their actors and kind. Positions stay.

use std::collections::{HashMap, HashSet};

use ecow::EcoString;

use super::ids::free_like;
use crate::model::query::Index;
use crate::model::{
    Actor, ActorId, ActorKind, Evidence, Extra, Map, Relation, RelationId, Source, SourceId,
    Stance, Strength,
};

/// What happens to elements that are in both maps.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Known {
    /// They stay as they are; only new ones are added.
    #[default]
    Keep,
    /// What the import says of them replaces what they have.
    Update,
}

/// The two maps together, and what is new in them.
#[derive(Clone, Debug, Default)]
pub struct Combined {
    pub map: Map,
    /// The names of new actors, changed ones, and those that only the open map has.
    pub new_actors: Vec<String>,
    pub changed_actors: Vec<String>,
    pub missing_actors: Vec<String>,
    pub new_ties: usize,
    pub changed_ties: usize,
    pub missing_ties: usize,
    pub new_excerpts: usize,
    pub new_sources: usize,
    /// Number of new excerpts that wait to be assigned.
    pub new_waiting: usize,
}

impl Combined {
    /// True if nothing would change.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.new_actors.is_empty()
            && self.changed_actors.is_empty()
            && (self.new_ties, self.changed_ties, self.new_excerpts, self.new_sources)
                == (0, 0, 0, 0)
            && self.new_waiting == 0
    }
}

/// Both maps together. `tag` is the suffix of new ids.
#[must_use]
pub fn combined(own: &Map, other: &Map, known: Known, tag: &EcoString) -> Combined {
    let index = Index::of(own);
    let mut work = Work {
        tag: tag.clone(),
        told: Told::of(other),
        actors: HashMap::new(),
        sources: HashMap::new(),
        known,
        out: Combined { map: own.clone(), ..Combined::default() },
    };
    work.add_sources(other);
    work.add_actors(own, other, &index);
    work.add_ties(own, other, &index);
    let waiting = other.unassigned.iter().map(|excerpt| work.excerpt(excerpt)).collect();
    work.out.new_waiting = add_excerpts(&mut work.out.map.unassigned, waiting);
    work.out
}

/// Which fields the imported map tells about. One whose ties are all neutral says nothing of stances.
struct Told {
    has_stances: bool,
    has_strengths: bool,
}

impl Told {
    fn of(map: &Map) -> Self {
        Self {
            has_stances: map.relations.iter().any(|tie| tie.stance != Stance::Neutral),
            has_strengths: map.relations.iter().any(|tie| tie.strength != Strength::default()),
        }
    }
}

struct Work {
    /// The suffix of new ids.
    tag: EcoString,
    told: Told,
    /// The ids here of the actors and sources of the import.
    actors: HashMap<ActorId, ActorId>,
    sources: HashMap<SourceId, SourceId>,
    known: Known,
    out: Combined,
}

impl Work {
    fn add_sources(&mut self, other: &Map) {
        let mut taken: HashSet<SourceId> =
            self.out.map.sources.iter().map(|one| one.id.clone()).collect();
        for source in &other.sources {
            let found = self.out.map.sources.iter().find(|own| is_same_source(own, source));
            let id = if let Some(own) = found {
                own.id.clone()
            } else {
                let id = free_like(&source.id, &mut taken, &self.tag);
                self.out.map.sources.push(Source { id: id.clone(), ..source.clone() });
                self.out.new_sources += 1;
                id
            };
            self.sources.insert(source.id.clone(), id);
        }
    }

    fn add_actors(&mut self, own: &Map, other: &Map, index: &Index) {
        let by_name = names_of(own);
        let mut taken: HashSet<ActorId> = own.actors.iter().map(|one| one.id.clone()).collect();
        for actor in &other.actors {
            let found = same_actor(own, index, &by_name, actor);
            let id = found.unwrap_or_else(|| free_like(&actor.id, &mut taken, &self.tag));
            self.actors.insert(actor.id.clone(), id);
        }
        for actor in &other.actors {
            let Some(id) = self.actors.get(&actor.id).cloned() else { continue };
            match index.actor(&id) {
                None => {
                    let added = self.translated(actor, id.clone());
                    self.out.new_actors.push(added.name.clone());
                    self.out.map.actors.push(added);
                    // The places of another map fit only where nothing is yet.
                    if own.layout.is_empty()
                        && let Some(place) = other.layout.get(&actor.id)
                    {
                        self.out.map.layout.insert(id, place.clone());
                    }
                }
                Some(at) => {
                    let translated = self.translated(actor, id);
                    let whole = translated.part_of.as_deref();
                    let is_circle =
                        whole.is_some_and(|whole| self.is_inside(whole, &translated.id));
                    let Some(here) = self.out.map.actors.get_mut(at) else { continue };
                    let before = here.clone();
                    if self.known == Known::Update {
                        update_actor(here, &translated);
                        if let Some(whole) = translated.part_of.filter(|_| !is_circle) {
                            here.part_of = Some(whole);
                        }
                    }
                    let added = add_excerpts(&mut here.evidence, translated.evidence);
                    self.out.new_excerpts += added;
                    if *here != before {
                        self.out.changed_actors.push(here.name.clone());
                    }
                }
            }
        }
        let met: HashSet<&ActorId> = self.actors.values().collect();
        let missing = own.actors.iter().filter(|actor| !met.contains(&actor.id));
        self.out.missing_actors = missing.map(|actor| actor.name.clone()).collect();
    }

    /// True if an actor is, directly or indirectly, part of `whole`, or is `whole`.
    fn is_inside(&self, actor: &ActorId, whole: &ActorId) -> bool {
        let actors = &self.out.map.actors;
        let above = |id: &ActorId| {
            let found = actors.iter().find(|one| one.id == *id)?;
            found.part_of.as_deref().cloned()
        };
        let mut steps = std::iter::successors(Some(actor.clone()), above).take(actors.len() + 1);
        steps.any(|id| id == *whole)
    }

    /// An imported actor with the ids of this map.
    fn translated(&self, actor: &Actor, id: ActorId) -> Actor {
        let part_of = actor.part_of.as_deref().and_then(|whole| self.actors.get(whole));
        Actor {
            id,
            part_of: part_of.cloned().map(Box::new),
            evidence: actor.evidence.iter().map(|one| self.excerpt(one)).collect(),
            ..actor.clone()
        }
    }

    fn excerpt(&self, excerpt: &Evidence) -> Evidence {
        let source = self.sources.get(&excerpt.source).unwrap_or(&excerpt.source).clone();
        let speaker = excerpt.speaker.as_deref().and_then(|id| self.actors.get(id));
        Evidence { source, speaker: speaker.cloned().map(Box::new), ..excerpt.clone() }
    }

    fn add_ties(&mut self, own: &Map, other: &Map, index: &Index) {
        // Ties of the same two actors and kind are matched in their order.
        let mut here: HashMap<Key, Vec<usize>> = HashMap::new();
        for (at, tie) in own.relations.iter().enumerate().rev() {
            here.entry(Key::of(tie)).or_default().push(at);
        }
        let mut taken: HashSet<RelationId> =
            own.relations.iter().map(|one| one.id.clone()).collect();
        let mut met: HashSet<usize> = HashSet::new();
        for tie in &other.relations {
            let translated = self.tie(tie);
            let key = Key::of(&translated);
            let is_one =
                |at: usize| own.relations.raw.get(at).is_some_and(|own| is_like(own, &translated));
            // Ids of imports can be made up, so that the actors and the kind have to be the same.
            let by_id = index
                .relation(&tie.id)
                .map(usize::from)
                .filter(|at| own.relations.raw.get(*at).is_some_and(|own| Key::of(own) == key));
            let found = by_id.filter(|at| is_one(*at) || !met.contains(at)).or_else(|| {
                let list = here.get(&key)?;
                list.iter().rev().copied().find(|at| is_one(*at) && !met.contains(at))
            });
            if let Some(at) = found {
                met.insert(at);
                self.meet(at, translated);
                continue;
            }
            let id = free_like(&tie.id, &mut taken, &self.tag);
            self.out.new_ties += 1;
            self.out.new_excerpts += translated.evidence.len();
            self.out.map.relations.push(Relation { id, ..translated });
        }
        self.out.missing_ties = own.relations.len() - met.len();
    }

    fn meet(&mut self, at: usize, tie: Relation) {
        let Some(here) = self.out.map.relations.raw.get_mut(at) else { return };
        let before = here.clone();
        if self.known == Known::Update {
            update_tie(here, &tie, &self.told);
        }
        self.out.new_excerpts += add_excerpts(&mut here.evidence, tie.evidence);
        if *here != before {
            self.out.changed_ties += 1;
        }
    }

    fn tie(&self, tie: &Relation) -> Relation {
        let id = |id: &ActorId| self.actors.get(id).unwrap_or(id).clone();
        let boxed = |one: &Option<Box<ActorId>>| one.as_deref().map(|one| Box::new(id(one)));
        Relation {
            from: id(&tie.from),
            to: id(&tie.to),
            asserted_by: boxed(&tie.asserted_by),
            contested_by: boxed(&tie.contested_by),
            evidence: tie.evidence.iter().map(|one| self.excerpt(one)).collect(),
            ..tie.clone()
        }
    }
}

/// True if two ties of the same actors and kind can be one: they do not begin at different times.
fn is_like(own: &Relation, other: &Relation) -> bool {
    match (own.start, other.start) {
        (Some(one), Some(two)) => one == two,
        _ => true,
    }
}

/// What makes two ties the same: their actors, in order if directed, and the kind.
#[derive(PartialEq, Eq, Hash)]
struct Key {
    from: ActorId,
    to: ActorId,
    is_directed: bool,
    kind: EcoString,
}

impl Key {
    fn of(tie: &Relation) -> Self {
        let (mut from, mut to) = (tie.from.clone(), tie.to.clone());
        if !tie.directed && from > to {
            std::mem::swap(&mut from, &mut to);
        }
        Self { from, to, is_directed: tie.directed, kind: tie.kind.0.clone() }
    }
}

fn is_same_source(own: &Source, other: &Source) -> bool {
    if let (Some(one), Some(two)) = (&own.url, &other.url) {
        return one == two;
    }
    let are_known = !own.author.is_empty() && !other.author.is_empty();
    own.title == other.title && !own.title.is_empty() && (own.author == other.author || !are_known)
}

/// The actors of a map by each of their names.
fn names_of(map: &Map) -> HashMap<String, Vec<&Actor>> {
    let mut names: HashMap<String, Vec<&Actor>> = HashMap::new();
    for actor in &map.actors {
        let others = actor.aliases.iter().chain(&actor.short);
        for name in std::iter::once(&actor.name).chain(others) {
            let of_name = names.entry(plain(name)).or_default();
            if !of_name.iter().any(|one| one.id == actor.id) {
                of_name.push(actor);
            }
        }
    }
    names
}

/// A name for comparison.
fn plain(name: &str) -> String {
    name.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}

/// The actor here that an imported one is.
fn same_actor(
    own: &Map,
    index: &Index,
    names: &HashMap<String, Vec<&Actor>>,
    actor: &Actor,
) -> Option<ActorId> {
    if let Some(found) = index.actor(&actor.id).and_then(|at| own.actors.get(at)) {
        return Some(found.id.clone());
    }
    let has_kind = |one: &Actor| {
        one.kind == actor.kind
            || [&one.kind, &actor.kind].into_iter().any(|kind| *kind == ActorKind::Unknown)
    };
    let of = |name: &str| names.get(&plain(name)).map(Vec::as_slice).unwrap_or_default();
    let has_other =
        |one: &Actor, name: &str| one.aliases.iter().chain(&one.short).any(|other| other == name);
    let by_name = of(&actor.name);
    // The same letters come before the same words in other letters.
    let exact = by_name.iter().find(|one| one.name == actor.name && has_kind(one));
    let exact_alias = || by_name.iter().find(|one| has_other(one, &actor.name));
    let alike =
        || by_name.iter().find(|one| plain(&one.name) == plain(&actor.name) && has_kind(one));
    let by_alias = || by_name.iter().find(|one| plain(&one.name) != plain(&actor.name));
    let other_names = || {
        let mut all = actor.aliases.iter().chain(&actor.short).map(|alias| of(alias));
        all.find_map(|found| found.iter().find(|one| has_kind(one)))
    };
    let found = exact.or_else(exact_alias).or_else(alike).or_else(by_alias).or_else(other_names);
    found.map(|one| one.id.clone())
}

fn update_actor(here: &mut Actor, other: &Actor) {
    if plain(&here.name) != plain(&other.name) {
        let is_known =
            here.aliases.iter().chain(&here.short).any(|own| plain(own) == plain(&other.name));
        if !is_known {
            // The id says that they are the same: the actor has got another name.
            here.aliases.push(std::mem::replace(&mut here.name, other.name.clone()));
        }
    }
    if other.kind != ActorKind::Unknown {
        here.kind = other.kind.clone();
    }
    for alias in &other.aliases {
        if !here.aliases.contains(alias) && *alias != here.name {
            here.aliases.push(alias.clone());
        }
    }
    here.short = other.short.clone().or(here.short.take());
    here.weight = other.weight.or(here.weight);
    here.wikidata = other.wikidata.clone().or(here.wikidata.take());
    if !other.note.is_empty() {
        here.note = other.note.clone();
    }
    update_extra(&mut here.extra, &other.extra);
}

fn update_tie(here: &mut Relation, other: &Relation, told: &Told) {
    if told.has_stances {
        here.stance = other.stance;
    }
    if told.has_strengths {
        here.strength = other.strength;
    }
    if other.status != crate::model::Status::default() {
        here.status = other.status;
    }
    here.channel = other.channel.or(here.channel);
    here.confidence = other.confidence.or(here.confidence);
    here.asserted_by = other.asserted_by.clone().or(here.asserted_by.take());
    here.contested_by = other.contested_by.clone().or(here.contested_by.take());
    here.start = other.start.or(here.start);
    here.end = other.end.or(here.end);
    if let (Some(start), Some(end)) = (here.start, here.end)
        && end.is_surely_before(start)
    {
        here.end = other.end;
    }
    if !other.note.is_empty() {
        here.note = other.note.clone();
    }
    update_extra(&mut here.extra, &other.extra);
}

fn update_extra(here: &mut Extra, other: &Extra) {
    for (key, value) in other.iter() {
        here.insert(key.clone(), value.clone());
    }
}

/// Adds the excerpts that are not there yet; returns how many.
fn add_excerpts(here: &mut Vec<Evidence>, others: Vec<Evidence>) -> usize {
    let before = here.len();
    for one in others {
        let is_same = |own: &&Evidence| own.source == one.source && own.excerpt == one.excerpt;
        if here.iter().find(is_same).is_none() {
            here.push(one);
        }
    }
    here.len() - before
}
