//! Everything that can be wrong with a map whose types are right: ids, dates, coordinates, gaps.
//!
//! Wrong types never get this far; `file::diagnose` reports those.

use std::collections::{HashMap, HashSet};

use super::{
    ActorId, COORDINATE_LIMIT, Evidence, Extra, FORMAT, Map, PartialDate, Place, Problem, Relation, Source, SourceId,
    Status, VERSION,
};

/// Every problem of `map`, errors first, then in file order within each kind of check.
#[must_use]
pub fn check(map: &Map) -> Vec<Problem> {
    let mut checker = Checker { map, known: Known::of(map), problems: Vec::new() };
    checker.run();
    // What keeps the map from opening comes first.
    checker.problems.sort_by_key(|problem| std::cmp::Reverse(problem.severity));
    checker.problems
}

/// What ids may be referred to.
struct Known<'a> {
    actors: HashSet<&'a ActorId>,
    /// Each source with its paragraph labels, where it lists them.
    sources: HashMap<&'a SourceId, HashSet<&'a str>>,
}

impl<'a> Known<'a> {
    fn of(map: &'a Map) -> Self {
        let labels = |source: &'a Source| source.paragraphs.iter().map(|paragraph| paragraph.label.as_str()).collect();
        Self {
            actors: map.actors.iter().map(|actor| &actor.id).collect(),
            sources: map.sources.iter().map(|source| (&source.id, labels(source))).collect(),
        }
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
        let root = Place::default();
        if map.format != FORMAT {
            self.error(root.key("format"), format!("the format is \"{}\"", map.format), format!("\"{FORMAT}\""));
        }
        if map.version > VERSION {
            let message = format!("the map is of version {}, newer than this program", map.version);
            self.warning(
                root.key("version"),
                message,
                format!("version {VERSION}; it opens to be looked at, not to be saved"),
            );
        }
        if map.version == 0 {
            self.error(root.key("version"), "the version is 0", format!("1 to {VERSION}"));
        }
        self.unknown_keys(&root, &map.extra);
        self.unknown_keys(&root.key("meta"), &map.meta.extra);
        self.unique("source", "sources", map.sources.iter().map(|source| source.id.as_str()));
        self.unique("actor", "actors", map.actors.iter().map(|actor| actor.id.as_str()));
        self.unique("relation", "relations", map.relations.iter().map(|relation| relation.id.as_str()));
        self.sources();
        self.actors();
        self.relations();
        self.layout();
    }

    fn error(&mut self, place: Place, message: impl Into<String>, expected: impl Into<String>) {
        self.problems.push(Problem::error(place, message, expected));
    }

    fn warning(&mut self, place: Place, message: impl Into<String>, expected: impl Into<String>) {
        self.problems.push(Problem::warning(place, message, expected));
    }

    fn unique(&mut self, noun: &str, section: &str, ids: impl Iterator<Item = &'a str>) {
        let mut first = HashMap::new();
        for (index, id) in ids.enumerate() {
            if id.is_empty() {
                let place = Place::default().key(section).index(index).key("id");
                self.error(place, format!("the {noun} has an empty id"), "an id of at least one letter");
            } else if let Some(earlier) = first.insert(id, index) {
                let place = Place::default().key(section).index(index).key("id");
                let message = format!("duplicate {noun} id \"{id}\", already used by {section}[{earlier}]");
                self.error(place, message, "each id once");
            }
        }
    }

    fn unknown_keys(&mut self, at: &Place, extra: &Extra) {
        if self.map.version > VERSION {
            return;
        }
        for key in extra.keys() {
            let message = format!("unknown key \"{key}\"");
            self.warning(at.key(key), message, "a key of the format (it is kept and written back)");
        }
    }

    fn actor_exists(&mut self, at: &Place, key: &str, id: Option<&ActorId>) {
        if let Some(id) = id.filter(|id| !self.known.actors.contains(id)) {
            self.error(at.key(key), format!("no actor has the id \"{id}\""), "the id of an actor in this map");
        }
    }

    fn sources(&mut self) {
        for (index, source) in self.map.sources.iter().enumerate() {
            let at = Place::default().key("sources").index(index);
            self.unknown_keys(&at, &source.extra);
            let mut labels = HashSet::new();
            for (number, paragraph) in source.paragraphs.iter().enumerate() {
                let at = at.key("paragraphs").index(number);
                self.unknown_keys(&at, &paragraph.extra);
                if !labels.insert(&paragraph.label) {
                    self.error(at.key("label"), format!("duplicate label \"{}\"", paragraph.label), "each label once");
                }
                if paragraph.start > paragraph.end {
                    self.error(at.key("end"), "the paragraph ends before it starts", "an end after the start");
                }
            }
        }
    }

    fn actors(&mut self) {
        let wholes: HashMap<&ActorId, &ActorId> =
            self.map.actors.iter().filter_map(|actor| Some((&actor.id, actor.part_of.as_ref()?))).collect();
        for (index, actor) in self.map.actors.iter().enumerate() {
            let at = Place::default().key("actors").index(index);
            self.unknown_keys(&at, &actor.extra);
            if actor.name.trim().is_empty() {
                self.warning(at.key("name"), format!("actor \"{}\" has no name", actor.id), "a name to show");
            }
            self.actor_exists(&at, "part_of", actor.part_of.as_ref());
            if is_in_a_circle(&wholes, &actor.id) {
                let message = format!("\"{}\" is, in the end, part of itself", actor.id);
                self.error(at.key("part_of"), message, "a whole that is not one of its own parts");
            }
            self.excerpts(&at, &actor.evidence);
        }
    }

    fn relations(&mut self) {
        for (index, relation) in self.map.relations.iter().enumerate() {
            let at = Place::default().key("relations").index(index);
            self.unknown_keys(&at, &relation.extra);
            self.actor_exists(&at, "from", Some(&relation.from));
            self.actor_exists(&at, "to", Some(&relation.to));
            self.actor_exists(&at, "asserted_by", relation.asserted_by.as_ref());
            self.actor_exists(&at, "contested_by", relation.contested_by.as_ref());
            self.period(&at, relation.start, relation.end);
            self.grounds(&at, relation);
            self.excerpts(&at, &relation.evidence);
        }
    }

    fn period(&mut self, at: &Place, start: Option<PartialDate>, end: Option<PartialDate>) {
        if let (Some(start), Some(end)) = (start, end)
            && end.is_surely_before(start)
        {
            self.error(
                at.key("end"),
                format!("it ends in {end}, before it starts in {start}"),
                "an end after the start",
            );
        }
    }

    /// A tie should be able to answer "says who?".
    fn grounds(&mut self, at: &Place, relation: &Relation) {
        if relation.evidence.is_empty() {
            let message = format!("relation \"{}\" has no excerpt", relation.id);
            self.warning(at.clone(), message, "at least one excerpt that carries it");
        }
        if relation.status == Status::Claimed && relation.asserted_by.is_none() {
            let message = format!("relation \"{}\" is a claim, but nobody's", relation.id);
            self.warning(at.clone(), message, "\"asserted_by\" with the id of the actor who claims it");
        }
    }

    fn excerpts(&mut self, at: &Place, evidence: &[Evidence]) {
        for (index, excerpt) in evidence.iter().enumerate() {
            let at = at.key("evidence").index(index);
            self.unknown_keys(&at, &excerpt.extra);
            self.actor_exists(&at, "speaker", excerpt.speaker.as_ref());
            match self.known.sources.get(&excerpt.source) {
                None => {
                    let message = format!("no source has the id \"{}\"", excerpt.source);
                    self.error(at.key("source"), message, "the id of a source in this map");
                }
                Some(labels) => {
                    let missing = |label: &&String| !labels.is_empty() && !labels.contains(label.as_str());
                    if let Some(label) = excerpt.paragraph.as_ref().filter(missing) {
                        let message = format!("the source lists no paragraph \"{label}\"");
                        self.warning(at.key("paragraph"), message, "one of the source's paragraph labels");
                    }
                }
            }
            if excerpt.excerpt.trim().is_empty() {
                self.warning(at.key("excerpt"), "the excerpt is empty", "the words of the source");
            }
            if let (Some(start), Some(end)) = (excerpt.start, excerpt.end)
                && start >= end
            {
                self.error(at.key("end"), "the excerpt ends before it starts", "an end after the start");
            }
        }
    }

    fn layout(&mut self) {
        let root = Place::default().key("layout");
        for (id, placement) in &self.map.layout {
            let at = root.key(id.as_str());
            self.unknown_keys(&at, &placement.extra);
            if !self.known.actors.contains(id) {
                self.error(at.clone(), format!("no actor has the id \"{id}\""), "the id of an actor in this map");
            }
            for (key, value) in [("x", placement.x), ("y", placement.y)] {
                if value.is_nan() || value.abs() > COORDINATE_LIMIT {
                    let expected = format!("a number from -{COORDINATE_LIMIT} to {COORDINATE_LIMIT}");
                    self.error(at.key(key), format!("the coordinate is {value}"), expected);
                }
            }
        }
    }
}

fn is_in_a_circle(wholes: &HashMap<&ActorId, &ActorId>, start: &ActorId) -> bool {
    let mut at = start;
    for _ in 0..=wholes.len() {
        match wholes.get(at) {
            Some(whole) if *whole == start => return true,
            Some(whole) => at = whole,
            None => return false,
        }
    }
    // A circle further up is reported where it closes.
    false
}
