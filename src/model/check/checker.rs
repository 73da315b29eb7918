//! The checks, section by section. Messages name elements as the window shows them.

use std::borrow::Cow;
use std::hash::BuildHasher as _;

use foldhash::{HashMap, HashMapExt as _, HashSet, HashSetExt as _};

use super::cycle::is_on_cycle;
use super::place::At;
use crate::model::citation::isolated;
use crate::model::problem::Subject;
use crate::model::{
    Actor, ActorId, ActorIndex, Element, Evidence, Extra, FORMAT, Map, MentionKey, Note,
    PartialDate, Problem, Relation, Source, SourceId, Status, VERSION,
};

/// How many elements with the same unknown key are named; the others are counted.
const UNKNOWN_NAMED: usize = 20;

/// Every problem of `map`, errors first, then in file order within each kind of check.
#[must_use]
pub fn check(map: &Map) -> Vec<Problem> {
    let mut checker = Checker {
        map,
        known: Known::of(map),
        about: About::Map,
        unknown: HashMap::new(),
        problems: Vec::new(),
    };
    checker.run();
    checker.problems.sort_by_key(|problem| std::cmp::Reverse(problem.severity));
    checker.problems
}

/// The ids that other fields may refer to.
pub(super) struct Known<'a> {
    /// Index of each actor; of the last one if an id is used twice. Owns copies of the ids, because
    /// comparing with them is faster than following references into the list.
    pub(super) actors: HashMap<ActorId, ActorIndex>,
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

/// The element that is being checked.
#[derive(Clone, Copy)]
pub(super) enum About<'a> {
    Map,
    Source(&'a Source),
    Actor(&'a Actor),
    Relation(&'a Relation),
    Note(&'a Note),
}

impl About<'_> {
    fn subject(self) -> Option<Subject> {
        match self {
            Self::Map => None,
            Self::Source(source) => Some(Subject::Source(source.id.clone())),
            Self::Actor(actor) => Some(Subject::Element(Element::Actor(actor.id.clone()))),
            Self::Relation(tie) => Some(Subject::Element(Element::Relation(tie.id.clone()))),
            Self::Note(note) => Some(Subject::Element(Element::Note(note.id.clone()))),
        }
    }
}

pub(super) struct Checker<'a> {
    pub(super) map: &'a Map,
    pub(super) known: Known<'a>,
    pub(super) about: About<'a>,
    /// How often each unknown key occurs.
    unknown: HashMap<String, usize>,
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
        self.unique("note", "notes", map.notes.iter().map(|note| note.id.as_str()));
        self.unique("step", "steps", map.steps.iter().map(|step| step.id.as_str()));
        self.sources();
        self.actors();
        self.relations();
        self.layout();
        self.notes();
        self.steps();
        self.unassigned();
        self.further_unknown_keys();
    }

    pub(super) fn error(
        &mut self,
        place: At<'_>,
        message: impl Into<String>,
        expected: impl Into<Cow<'static, str>>,
    ) {
        let problem = Problem::error(place.place(), message, expected);
        self.problems.push(Problem { subject: self.about.subject(), ..problem });
    }

    pub(super) fn warning(
        &mut self,
        place: At<'_>,
        message: impl Into<String>,
        expected: impl Into<Cow<'static, str>>,
    ) {
        let problem = Problem::warning(place.place(), message, expected);
        self.problems.push(Problem { subject: self.about.subject(), ..problem });
    }

    /// The name of the element that is being checked, such as `Arland → Borland (air strike)`;
    /// empty for the map itself.
    pub(super) fn name(&self) -> String {
        match self.about {
            About::Map => String::new(),
            About::Source(source) => format!("the source “{}”", isolated(source.name())),
            About::Actor(actor) if actor.name.trim().is_empty() => actor.id.to_string(),
            About::Actor(actor) => isolated(actor.brief_name()).into_owned(),
            About::Relation(tie) => {
                let arrow = if tie.directed { "→" } else { "↔" };
                let (from, to) = (self.actor_name(&tie.from), self.actor_name(&tie.to));
                let kind = tie.kind.words().map_or(String::new(), |kind| format!(" ({kind})"));
                format!("{from} {arrow} {to}{kind}")
            }
            About::Note(note) => format!("the note “{}”", isolated(&note.brief_text())),
        }
    }

    /// The brief name of an actor; the id if there is no such actor or it has no name.
    fn actor_name(&self, id: &ActorId) -> String {
        let actor = self.known.actors.get(id).and_then(|at| self.map.actors.get(*at));
        let name = actor.map(Actor::brief_name).filter(|name| !name.trim().is_empty());
        isolated(name.unwrap_or(id.as_str())).into_owned()
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
    pub(super) fn unknown_keys(&mut self, at: Option<&At<'_>>, extra: &Extra) {
        if self.map.version > VERSION {
            return;
        }
        for key in extra.keys() {
            let count = self.unknown.entry(key.clone()).or_insert(0);
            *count += 1;
            if *count > UNKNOWN_NAMED {
                continue;
            }
            let message = match self.name().as_str() {
                "" => format!("unknown key \"{key}\""),
                name => format!("unknown key \"{key}\" in {name}"),
            };
            let place = at.map_or(At::top(key), |at| at.key(key));
            self.warning(place, message, "a key of the format (it is kept and written back)");
        }
    }

    /// Counts the elements with an unknown key that were not named one by one.
    fn further_unknown_keys(&mut self) {
        self.about = About::Map;
        let further = std::mem::take(&mut self.unknown).into_iter();
        let mut further: Vec<(String, usize)> =
            further.filter(|(_, count)| *count > UNKNOWN_NAMED).collect();
        further.sort_unstable();
        for (key, count) in further {
            let more = count - UNKNOWN_NAMED;
            let message = format!("unknown key \"{key}\" in {more} more elements");
            self.warning(
                At::top("relations"),
                message,
                "a key of the format (it is kept and written back)",
            );
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
            self.about = About::Source(source);
            self.unknown_keys(Some(&at), &source.extra);
            let mut labels = HashSet::new();
            let list = at.key("paragraphs");
            for (number, paragraph) in source.paragraphs.iter().enumerate() {
                let at = list.index(number);
                self.unknown_keys(Some(&at), &paragraph.extra);
                if !labels.insert(&paragraph.label) {
                    self.error(
                        at.key("label"),
                        format!("{} has two paragraphs \"{}\"", self.name(), paragraph.label),
                        "each label once",
                    );
                }
                if paragraph.start > paragraph.end {
                    self.error(
                        at.key("end"),
                        format!(
                            "paragraph \"{}\" of {} ends before it starts",
                            paragraph.label,
                            self.name()
                        ),
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
            self.about = About::Actor(actor);
            self.unknown_keys(Some(&at), &actor.extra);
            if actor.name.trim().is_empty() {
                self.warning(
                    at.key("name"),
                    format!("the actor with the id \"{}\" has no name", actor.id),
                    "a name",
                );
            }
            for (key, id) in actor.mentions() {
                self.mention(&at, key, id);
            }
            if is_on_cycle.get(index) == Some(&true) {
                let message = format!("{} is directly or indirectly part of itself", self.name());
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
            self.about = About::Relation(relation);
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

    fn unassigned(&mut self) {
        self.about = About::Map;
        let list = At::top("unassigned");
        for (number, excerpt) in self.map.unassigned.iter().enumerate() {
            let at = list.index(number);
            if let Some(speaker) = excerpt.speaker.as_deref()
                && !self.known.actors.contains_key(speaker)
            {
                let message = format!("no actor has the id \"{speaker}\"");
                self.error(at.key("speaker"), message, "the id of an actor in this map");
            }
        }
        self.excerpts_in(&list, &self.map.unassigned);
    }

    fn period(&mut self, at: &At<'_>, start: Option<PartialDate>, end: Option<PartialDate>) {
        if let (Some(start), Some(end)) = (start, end)
            && end.is_surely_before(start)
        {
            self.error(
                at.key("end"),
                format!("{}: the end ({end}) is before the start ({start})", self.name()),
                "an end after the start",
            );
        }
    }

    /// A tie should be able to answer "says who?".
    fn grounds(&mut self, at: &At<'_>, relation: &Relation) {
        if relation.evidence.is_empty() {
            let message = format!("{} has no excerpt", self.name());
            self.warning(*at, message, "at least one excerpt that supports it");
        }
        if relation.status == Status::Claimed && relation.asserted_by.is_none() {
            let message = format!("{} is claimed, but it is not said by whom", self.name());
            let expected = "the actor that claims it, under Claimed by (\"asserted_by\")";
            self.warning(*at, message, expected);
        }
    }

    fn excerpts(&mut self, at: &At<'_>, evidence: &[Evidence]) {
        self.excerpts_in(&at.key("evidence"), evidence);
    }

    /// Checks the excerpts of the list at `list`.
    fn excerpts_in(&mut self, list: &At<'_>, evidence: &[Evidence]) {
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
                        let source = self.map.sources.iter().find(|one| one.id == excerpt.source);
                        let message = format!(
                            "{}: the source “{}” has no paragraph \"{label}\"",
                            self.name(),
                            isolated(source.map_or(excerpt.source.as_str(), Source::name))
                        );
                        self.warning(
                            at.key("paragraph"),
                            message,
                            "one of the paragraph labels of the source",
                        );
                    }
                }
            }
            if excerpt.excerpt.chars().all(char::is_whitespace) {
                let message = format!("{}: an excerpt is empty", self.name());
                self.warning(at.key("excerpt"), message, "the quoted words");
            }
            if let (Some(start), Some(end)) = (excerpt.start, excerpt.end)
                && start >= end
            {
                self.error(
                    at.key("end"),
                    format!("{}: an excerpt ends before it starts", self.name()),
                    "an end after the start",
                );
            }
        }
    }
}
