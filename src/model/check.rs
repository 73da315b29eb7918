//! Checks a map whose types are valid: ids, dates, coordinates, missing data.
//!
//! Wrong types are reported earlier, by `file::native::diagnose`.

use std::hash::BuildHasher as _;

use foldhash::{HashMap, HashMapExt as _, HashSet, HashSetExt as _};

use super::{
    ActorId, ActorIndex, COORDINATE_LIMIT, Evidence, Extra, FORMAT, Map, MentionKey, PartialDate,
    PerActor, Place, Problem, Relation, Source, SourceId, Status, Step, VERSION,
};

/// Every problem of `map`, errors first, then in file order within each kind of check.
#[must_use]
pub fn check(map: &Map) -> Vec<Problem> {
    let mut checker = Checker { map, known: Known::of(map), problems: Vec::new() };
    checker.run();
    checker.problems.sort_by_key(|problem| std::cmp::Reverse(problem.severity));
    checker.problems
}

/// The ids that other fields may refer to.
struct Known<'a> {
    /// Index of each actor; of the last one if an id is used twice. Owns copies of the ids, because
    /// comparing with them is faster than following references into the list.
    actors: HashMap<ActorId, ActorIndex>,
    /// The paragraph labels of each source; empty if it lists none.
    sources: HashMap<&'a SourceId, HashSet<&'a str>>,
}

impl<'a> Known<'a> {
    fn of(map: &'a Map) -> Self {
        Self {
            actors: map
                .actors
                .iter_enumerated()
                .map(|(at, actor)| (actor.id.clone(), at))
                .collect(),
            sources: map.sources.iter().map(|source| (&source.id, Self::labels(source))).collect(),
        }
    }

    /// The paragraph labels of a source.
    fn labels(source: &'a Source) -> HashSet<&'a str> {
        source.paragraphs.iter().map(|paragraph| paragraph.label.as_str()).collect()
    }
}

/// A place in the map, as a linked list of steps on the stack. Converted to a [`Place`] only if
/// there is a problem.
#[derive(Clone, Copy)]
struct At<'a> {
    /// The enclosing place; `None` at the top level.
    above: Option<&'a At<'a>>,
    step: Part<'a>,
}

#[derive(Clone, Copy)]
enum Part<'a> {
    Key(&'a str),
    Index(usize),
}

impl At<'_> {
    fn top(section: &str) -> At<'_> {
        At { above: None, step: Part::Key(section) }
    }

    fn key<'a>(&'a self, key: &'a str) -> At<'a> {
        At { above: Some(self), step: Part::Key(key) }
    }

    fn index(&self, index: usize) -> At<'_> {
        At { above: Some(self), step: Part::Index(index) }
    }

    fn place(&self) -> Place {
        let ways = std::iter::successors(Some(self), |at| at.above);
        let mut steps: Vec<Step> = ways
            .map(|at| match at.step {
                Part::Key(key) => Step::Key(key.to_owned()),
                Part::Index(index) => Step::Index(index),
            })
            .collect();
        steps.reverse();
        Place { steps, line_column: None }
    }
}

struct Checker<'a> {
    map: &'a Map,
    known: Known<'a>,
    problems: Vec<Problem>,
}

impl<'a> Checker<'a> {
    fn run(&mut self) {
        let map = self.map;
        if map.format != FORMAT {
            self.error(
                At::top("format"),
                format!("the format is \"{}\"", map.format),
                format!("\"{FORMAT}\""),
            );
        }
        if map.version > VERSION {
            let message = format!("version {} is newer than this program supports", map.version);
            self.warning(
                At::top("version"),
                message,
                format!("version {VERSION}; the map opens read-only"),
            );
        }
        if map.version == 0 {
            self.error(At::top("version"), "the version is 0", format!("1 to {VERSION}"));
        }
        self.unknown_keys(None, &map.extra);
        self.unknown_keys(Some(&At::top("meta")), &map.meta.extra);
        self.unique("source", "sources", map.sources.iter().map(|source| source.id.as_str()));
        self.unique("actor", "actors", map.actors.iter().map(|actor| actor.id.as_str()));
        self.unique(
            "relation",
            "relations",
            map.relations.iter().map(|relation| relation.id.as_str()),
        );
        self.sources();
        self.actors();
        self.relations();
        self.layout();
    }

    fn error(&mut self, place: At<'_>, message: impl Into<String>, expected: impl Into<String>) {
        self.problems.push(Problem::error(place.place(), message, expected));
    }

    fn warning(&mut self, place: At<'_>, message: impl Into<String>, expected: impl Into<String>) {
        self.problems.push(Problem::warning(place.place(), message, expected));
    }

    fn unique(&mut self, noun: &str, section: &str, ids: impl Iterator<Item = &'a str> + Clone) {
        // Fast path: strictly increasing ids need no hash set. Most ids are numbered and in order.
        let mut before = "";
        let goes_up =
            |id: &'a str| (before.len(), std::mem::replace(&mut before, id)) < (id.len(), id);
        if ids.clone().all(goes_up) {
            return;
        }
        // Second fast path: ids with different hashes are different. 0 stands for an empty id.
        let state = foldhash::fast::RandomState::default();
        let mut numbers: Vec<u64> =
            ids.clone().map(|id| if id.is_empty() { 0 } else { state.hash_one(id) }).collect();
        numbers.sort_unstable();
        if numbers.windows(2).all(|pair| pair[0] != pair[1]) && !numbers.contains(&0) {
            return;
        }
        let mut first = HashMap::new();
        let list = At::top(section);
        for (index, id) in ids.enumerate() {
            let at = list.index(index);
            if id.is_empty() {
                self.error(
                    at.key("id"),
                    format!("the {noun} has an empty id"),
                    "an id with at least one letter",
                );
            } else if let Some(earlier) = first.insert(id, index) {
                let message =
                    format!("duplicate {noun} id \"{id}\", already used by {section}[{earlier}]");
                self.error(at.key("id"), message, "each id once");
            }
        }
    }

    /// Warns about the unknown keys of the object at `at`; `None` is the top level. A newer version
    /// of the format may have more keys, so it gets no warnings.
    fn unknown_keys(&mut self, at: Option<&At<'_>>, extra: &Extra) {
        if self.map.version > VERSION {
            return;
        }
        for key in extra.keys() {
            let message = format!("unknown key \"{key}\"");
            let place = at.map_or(At::top(key), |at| at.key(key));
            self.warning(place, message, "a key of the format (it is kept and written back)");
        }
    }

    /// Reports a field that refers to an actor that does not exist. `at` is the element with the
    /// field.
    fn mention(&mut self, at: &At<'_>, key: MentionKey, id: &ActorId) {
        if self.known.actors.contains_key(id) {
            return;
        }
        let message = format!("no actor has the id \"{id}\"");
        let expected = "the id of an actor in this map";
        if let MentionKey::Speaker(number) = key {
            self.error(at.key("evidence").index(number).key(key.key()), message, expected);
        } else {
            self.error(at.key(key.key()), message, expected);
        }
    }

    fn sources(&mut self) {
        let list = At::top("sources");
        for (index, source) in self.map.sources.iter().enumerate() {
            let at = list.index(index);
            self.unknown_keys(Some(&at), &source.extra);
            let mut labels = HashSet::new();
            let list = at.key("paragraphs");
            for (number, paragraph) in source.paragraphs.iter().enumerate() {
                let at = list.index(number);
                self.unknown_keys(Some(&at), &paragraph.extra);
                if !labels.insert(&paragraph.label) {
                    self.error(
                        at.key("label"),
                        format!("duplicate label \"{}\"", paragraph.label),
                        "each label once",
                    );
                }
                if paragraph.start > paragraph.end {
                    self.error(
                        at.key("end"),
                        "the paragraph ends before it starts",
                        "an end after the start",
                    );
                }
            }
        }
    }

    fn actors(&mut self) {
        let is_on_cycle = is_on_cycle(self.map, &self.known.actors);
        let list = At::top("actors");
        for (index, actor) in self.map.actors.iter_enumerated() {
            let at = list.index(index.get());
            self.unknown_keys(Some(&at), &actor.extra);
            if actor.name.trim().is_empty() {
                self.warning(
                    at.key("name"),
                    format!("actor \"{}\" has no name", actor.id),
                    "a name",
                );
            }
            for (key, id) in actor.mentions() {
                self.mention(&at, key, id);
            }
            if is_on_cycle.get(index) == Some(&true) {
                let message = format!("\"{}\" is directly or indirectly part of itself", actor.id);
                self.error(at.key("part_of"), message, "a whole that is not one of its own parts");
            }
            self.excerpts(&at, &actor.evidence);
        }
    }

    fn relations(&mut self) {
        let known = &self.known.actors;
        // Fast path: usually all ends exist. Looking them up in one loop lets cache misses overlap.
        let mut ends =
            self.map.relations.iter().flat_map(|relation| [&relation.from, &relation.to]);
        let are_ends_known = ends.all(|id| known.contains_key(id));
        let list = At::top("relations");
        for (index, relation) in self.map.relations.iter().enumerate() {
            let at = list.index(index);
            self.unknown_keys(Some(&at), &relation.extra);
            let is_end = |key| matches!(key, MentionKey::From | MentionKey::To);
            for (key, id) in relation.mentions().filter(|(key, _)| !are_ends_known || !is_end(*key))
            {
                self.mention(&at, key, id);
            }
            self.period(&at, relation.start, relation.end);
            self.grounds(&at, relation);
            self.excerpts(&at, &relation.evidence);
        }
    }

    fn period(&mut self, at: &At<'_>, start: Option<PartialDate>, end: Option<PartialDate>) {
        if let (Some(start), Some(end)) = (start, end)
            && end.is_surely_before(start)
        {
            self.error(
                at.key("end"),
                format!("the end ({end}) is before the start ({start})"),
                "an end after the start",
            );
        }
    }

    /// A tie should be able to answer "says who?".
    fn grounds(&mut self, at: &At<'_>, relation: &Relation) {
        if relation.evidence.is_empty() {
            let message = format!("relation \"{}\" has no excerpt", relation.id);
            self.warning(*at, message, "at least one excerpt that supports it");
        }
        if relation.status == Status::Claimed && relation.asserted_by.is_none() {
            let message = format!("relation \"{}\" is claimed but has no claimant", relation.id);
            self.warning(*at, message, "\"asserted_by\" with the id of the actor that claims it");
        }
    }

    fn excerpts(&mut self, at: &At<'_>, evidence: &[Evidence]) {
        let list = at.key("evidence");
        for (index, excerpt) in evidence.iter().enumerate() {
            let at = list.index(index);
            self.unknown_keys(Some(&at), &excerpt.extra);
            match self.known.sources.get(&excerpt.source) {
                None => {
                    let message = format!("no source has the id \"{}\"", excerpt.source);
                    self.error(at.key("source"), message, "the id of a source in this map");
                }
                Some(labels) => {
                    let missing = |label: &&str| !labels.is_empty() && !labels.contains(label);
                    if let Some(label) = excerpt.paragraph.as_deref().filter(missing) {
                        let message = format!("the source lists no paragraph \"{label}\"");
                        self.warning(
                            at.key("paragraph"),
                            message,
                            "one of the paragraph labels of the source",
                        );
                    }
                }
            }
            if excerpt.excerpt.chars().all(char::is_whitespace) {
                self.warning(at.key("excerpt"), "the excerpt is empty", "the quoted words");
            }
            if let (Some(start), Some(end)) = (excerpt.start, excerpt.end)
                && start >= end
            {
                self.error(
                    at.key("end"),
                    "the excerpt ends before it starts",
                    "an end after the start",
                );
            }
        }
    }

    fn layout(&mut self) {
        let list = At::top("layout");
        let are_all_known =
            self.map.layout.keys().eq(self.map.actors.iter().map(|actor| &actor.id));
        for (id, placement) in &self.map.layout {
            let at = list.key(id.as_str());
            self.unknown_keys(Some(&at), &placement.extra);
            if !are_all_known && !self.known.actors.contains_key(id) {
                self.error(
                    at,
                    format!("no actor has the id \"{id}\""),
                    "the id of an actor in this map",
                );
            }
            for (key, value) in [("x", placement.x), ("y", placement.y)] {
                if value.is_nan() || value.abs() > COORDINATE_LIMIT {
                    let expected =
                        format!("a number from -{COORDINATE_LIMIT} to {COORDINATE_LIMIT}");
                    self.error(at.key(key), format!("the coordinate is {value}"), expected);
                }
            }
        }
    }
}

/// For each actor, true if it is directly or indirectly part of itself.
fn is_on_cycle(map: &Map, place: &HashMap<ActorId, ActorIndex>) -> PerActor<bool> {
    let mut is_own: PerActor<bool> = vec![false; map.actors.len()].into();
    // The number of the walk that visited each actor; 0 for none.
    let mut walk_of: PerActor<usize> = vec![0; map.actors.len()].into();
    for start in map.actors.keys() {
        let walk = start.get() + 1;
        let mut at = start;
        while walk_of[at] == 0 {
            walk_of[at] = walk;
            match whole_of(map, place, at) {
                Some(next) => at = next,
                None => break,
            }
        }
        // The walk returned to its own path, so the actors from here on form a cycle.
        while walk_of[at] == walk && whole_of(map, place, at).is_some() && !is_own[at] {
            is_own[at] = true;
            at = whole_of(map, place, at).unwrap_or(at);
        }
    }
    is_own
}

/// The actor that the actor `at` is part of.
fn whole_of(map: &Map, place: &HashMap<ActorId, ActorIndex>, at: ActorIndex) -> Option<ActorIndex> {
    map.actors.get(at)?.part_of.as_deref().and_then(|id| place.get(id)).copied()
}
