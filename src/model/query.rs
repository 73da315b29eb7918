//! Queries on a map: an index of ids and ties, counts by stance, and word search.

use std::collections::BTreeMap;

use ecow::EcoString;
use foldhash::{HashMap, HashSet};

use super::{
    Actor, ActorId, ActorIndex, ActorKind, Element, Evidence, Map, Note, NoteId, NoteIndex,
    PerActor, PerRelation, Relation, RelationId, RelationIndex, SourceId, SourceIndex, Stance,
};

/// Indices by id, and the ties of each actor. Rebuilt after each change of the map's content.
#[derive(Clone, Debug, Default)]
pub struct Index {
    actors: HashMap<ActorId, ActorIndex>,
    relations: HashMap<RelationId, RelationIndex>,
    sources: HashMap<SourceId, SourceIndex>,
    notes: HashMap<NoteId, NoteIndex>,
    /// For each actor, its relations in file order; a self-loop is listed once.
    ties: PerActor<Vec<RelationIndex>>,
    /// For each relation, the indices of its two actors; `None` if one of them does not exist.
    ends: PerRelation<Option<(ActorIndex, ActorIndex)>>,
    /// For each whole, its parts in file order.
    parts: BTreeMap<ActorIndex, Vec<ActorIndex>>,
    census: Census,
    kinds: Vec<(EcoString, usize)>,
    actor_kinds: Vec<String>,
}

/// Counts of the elements of a map.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Census {
    pub ties: usize,
    pub excerpts: usize,
    pub stances: StanceCounts,
    /// Number of forecast and hypothetical ties.
    pub outlooks: usize,
}

impl Census {
    /// Counts ties, their excerpts and those of actors.
    pub fn of<'a>(
        actors: impl IntoIterator<Item = &'a Actor>,
        ties: impl IntoIterator<Item = &'a Relation>,
    ) -> Self {
        let excerpts = actors.into_iter().map(|actor| actor.evidence.len()).sum();
        let mut census = Self { excerpts, ..Self::default() };
        for tie in ties {
            census.ties += 1;
            census.excerpts += tie.evidence.len();
            census.stances.add(tie.stance);
            census.outlooks += usize::from(tie.status.is_outlook());
        }
        census
    }
}

impl Index {
    /// Indexes `map`.
    #[must_use]
    pub fn of(map: &Map) -> Self {
        let actors: HashMap<ActorId, ActorIndex> =
            map.actors.iter_enumerated().map(|(index, actor)| (actor.id.clone(), index)).collect();
        let ends: PerRelation<Option<(ActorIndex, ActorIndex)>> = map
            .relations
            .iter()
            .map(|relation| Some((*actors.get(&relation.from)?, *actors.get(&relation.to)?)))
            .collect();
        let mut ties: PerActor<Vec<RelationIndex>> = vec![Vec::new(); map.actors.len()].into();
        for (relation, end) in ends.iter_enumerated() {
            let Some((from, to)) = *end else { continue };
            ties[from].push(relation);
            if to != from {
                ties[to].push(relation);
            }
        }
        let mut parts: BTreeMap<ActorIndex, Vec<ActorIndex>> = BTreeMap::new();
        for (part, actor) in map.actors.iter_enumerated() {
            if let Some(whole) = actor.part_of.as_deref().and_then(|id| actors.get(id)) {
                parts.entry(*whole).or_default().push(part);
            }
        }
        let census = Census::of(&map.actors, &map.relations);
        let mut kinds: HashMap<&EcoString, usize> = HashMap::default();
        for relation in &map.relations {
            *kinds.entry(&relation.kind.0).or_default() += 1;
        }
        let mut kinds: Vec<(EcoString, usize)> =
            kinds.into_iter().map(|(kind, count)| (kind.clone(), count)).collect();
        kinds.sort_unstable_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
        let mut actor_kinds: Vec<String> = Vec::new();
        for actor in &map.actors {
            if let ActorKind::Other(kind) = &actor.kind
                && !actor_kinds.contains(kind)
            {
                actor_kinds.push(kind.clone());
            }
        }
        Self {
            parts,
            census,
            kinds,
            actor_kinds,
            relations: map
                .relations
                .iter_enumerated()
                .map(|(index, tie)| (tie.id.clone(), index))
                .collect(),
            sources: map
                .sources
                .iter_enumerated()
                .map(|(index, source)| (source.id.clone(), index))
                .collect(),
            notes: map
                .notes
                .iter_enumerated()
                .map(|(index, note)| (note.id.clone(), index))
                .collect(),
            actors,
            ties,
            ends,
        }
    }

    /// The actors that are part of this one.
    #[must_use]
    pub fn parts(&self, whole: ActorIndex) -> &[ActorIndex] {
        self.parts.get(&whole).map_or(&[], Vec::as_slice)
    }

    /// The actors that others are part of, with these parts.
    pub fn wholes(&self) -> impl Iterator<Item = (ActorIndex, &[ActorIndex])> {
        self.parts.iter().map(|(whole, parts)| (*whole, parts.as_slice()))
    }

    /// The kinds of ties with their counts, the most frequent first. The empty string stands for
    /// ties without a kind.
    #[must_use]
    pub fn kinds(&self) -> &[(EcoString, usize)] {
        &self.kinds
    }

    /// The kinds of actors that are not known to the program, in file order.
    #[must_use]
    pub fn actor_kinds(&self) -> &[String] {
        &self.actor_kinds
    }

    /// The counts of the map's elements.
    #[must_use]
    pub fn census(&self) -> Census {
        self.census
    }

    /// Index of an actor.
    #[must_use]
    pub fn actor(&self, id: &ActorId) -> Option<ActorIndex> {
        self.actors.get(id).copied()
    }

    /// Index of a relation.
    #[must_use]
    pub fn relation(&self, id: &RelationId) -> Option<RelationIndex> {
        self.relations.get(id).copied()
    }

    /// Index of a source.
    #[must_use]
    pub fn source(&self, id: &SourceId) -> Option<SourceIndex> {
        self.sources.get(id).copied()
    }

    /// Index of a note.
    #[must_use]
    pub fn note(&self, id: &NoteId) -> Option<NoteIndex> {
        self.notes.get(id).copied()
    }

    /// The relations of an actor, in file order.
    #[must_use]
    pub fn ties(&self, actor: ActorIndex) -> &[RelationIndex] {
        self.ties.get(actor).map_or(&[], Vec::as_slice)
    }

    /// The actors at both ends of a relation.
    #[must_use]
    pub fn ends(&self, relation: RelationIndex) -> Option<(ActorIndex, ActorIndex)> {
        self.ends.get(relation).copied().flatten()
    }

    /// The name to show for an actor's id; the id itself if no actor has it.
    #[must_use]
    pub fn name<'a>(&self, map: &'a Map, id: &'a ActorId) -> &'a str {
        self.actor(id)
            .and_then(|index| map.actors.get(index))
            .map_or(id.as_str(), |actor| actor.name.as_str())
    }
}

/// Number of ties of each stance.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct StanceCounts {
    pub hostile: usize,
    pub cooperative: usize,
    pub mixed: usize,
    pub neutral: usize,
}

impl StanceCounts {
    /// Counts the stances of `relations`.
    pub fn of<'a>(relations: impl IntoIterator<Item = &'a Relation>) -> Self {
        let mut counts = Self::default();
        for relation in relations {
            counts.add(relation.stance);
        }
        counts
    }

    fn add(&mut self, stance: Stance) {
        match stance {
            Stance::Hostile => self.hostile += 1,
            Stance::Cooperative => self.cooperative += 1,
            Stance::Mixed => self.mixed += 1,
            Stance::Neutral => self.neutral += 1,
        }
    }

    /// The counts that are not zero, with their words: `[(5, "hostile"), (2, "cooperative")]`.
    #[must_use]
    pub fn parts(self) -> Vec<(usize, &'static str)> {
        [
            (self.hostile, "hostile"),
            (self.cooperative, "cooperative"),
            (self.mixed, "mixed"),
            (self.neutral, "neutral"),
        ]
        .into_iter()
        .filter(|(count, _)| *count > 0)
        .collect()
    }
}

/// The ties with both ends in `actors`, each once.
#[must_use]
pub fn ties_among(index: &Index, actors: &[ActorIndex]) -> Vec<RelationIndex> {
    let chosen: HashSet<ActorIndex> = actors.iter().copied().collect();
    let from_first_end = |actor: &ActorIndex| {
        let ties = index.ties(*actor).iter().copied();
        let actor = *actor;
        let chosen = &chosen;
        ties.filter(move |tie| {
            index.ends(*tie).is_some_and(|(from, to)| from == actor && chosen.contains(&to))
        })
    };
    actors.iter().flat_map(from_first_end).collect()
}

/// `ties`, grouped by their two actors in order of first appearance. Ties in both directions belong
/// to one group.
#[must_use]
pub fn ties_by_pair(
    index: &Index,
    ties: &[RelationIndex],
) -> Vec<([ActorIndex; 2], Vec<RelationIndex>)> {
    let mut order: Vec<([ActorIndex; 2], Vec<RelationIndex>)> = Vec::new();
    let mut place: BTreeMap<[ActorIndex; 2], usize> = BTreeMap::new();
    for tie in ties {
        let Some((from, to)) = index.ends(*tie) else { continue };
        let slot = *place.entry([from.min(to), from.max(to)]).or_insert_with(|| {
            order.push(([from, to], Vec::new()));
            order.len() - 1
        });
        if let Some((_, ties)) = order.get_mut(slot) {
            ties.push(*tie);
        }
    }
    order
}

/// What a note is about; `None` if that is nothing in the map.
#[must_use]
pub fn about(index: &Index, note: &Note) -> Option<Element> {
    element_of(index, note.about.as_deref()?)
}

/// The actor or tie with this id, an actor if both have it; `None` if there is neither.
#[must_use]
pub fn element_of(index: &Index, id: &str) -> Option<Element> {
    let (actor, tie) = (ActorId::from(id), RelationId::from(id));
    match (index.actor(&actor), index.relation(&tie)) {
        (Some(_), _) => Some(Element::Actor(actor)),
        (None, Some(_)) => Some(Element::Relation(tie)),
        (None, None) => None,
    }
}

/// Who claims a tie and who denies it, in words for searching: `claimed by Pakistan`,
/// `contested by TTP`.
#[must_use]
pub fn claims(map: &Map, index: &Index, tie: &Relation) -> Vec<String> {
    let claimed = tie.asserted_by.as_deref().map(|id| ("claimed", id));
    let contested = tie.contested_by.as_deref().map(|id| ("contested", id));
    let words = |(how, id): (&str, &ActorId)| format!("{how} by {}", index.name(map, id));
    claimed.into_iter().chain(contested).map(words).collect()
}

/// Words to search for. All of them must occur for a match, in any order and case.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Needle(Vec<String>);

impl Needle {
    /// Splits the text at white space. An empty needle matches everything.
    #[must_use]
    pub fn new(text: &str) -> Self {
        Self(text.split_whitespace().map(str::to_lowercase).collect())
    }

    /// True if every word occurs in at least one of `texts`.
    fn is_in<'a>(&self, texts: &(impl Iterator<Item = &'a str> + Clone)) -> bool {
        self.0.iter().all(|word| texts.clone().any(|text| holds(text, word)))
    }

    /// True if every word occurs in a text.
    #[must_use]
    pub fn finds(&self, text: &str) -> bool {
        self.is_in(&std::iter::once(text))
    }

    /// True if every word occurs in the actor's name, short form or aliases.
    #[must_use]
    pub fn finds_name_of(&self, actor: &super::Actor) -> bool {
        let short = actor.short.as_deref();
        let names = std::iter::once(actor.name.as_str()).chain(short);
        self.is_in(&names.chain(actor.aliases.iter().map(String::as_str)))
    }

    /// True if every word occurs in the relation's ends, kind, stance, status, note or excerpts.
    #[must_use]
    pub fn finds_relation(&self, map: &Map, index: &Index, relation: &Relation) -> bool {
        let kind = relation.kind.words().unwrap_or_default();
        let ends = [&relation.from, &relation.to]
            .map(|id| index.actor(id).and_then(|at| map.actors.get(at)));
        let names = ends
            .into_iter()
            .flatten()
            .flat_map(|actor| [actor.name.as_str(), actor.short.as_deref().unwrap_or("")]);
        let own = [
            kind.as_str(),
            relation.stance.words(),
            relation.status.words(),
            relation.note.as_str(),
        ];
        let claims = claims(map, index, relation);
        let excerpts = excerpt_texts(&relation.evidence);
        let texts = own.into_iter().chain(names).chain(excerpts);
        self.is_in(&texts.chain(claims.iter().map(String::as_str)))
    }
}

/// True if a text contains a word, ignoring case. The word must be in lower case.
fn holds(text: &str, word: &str) -> bool {
    let (Some(first), true) = (word.bytes().next(), text.is_ascii() && word.is_ascii()) else {
        return text.to_lowercase().contains(word);
    };
    // Fast path for ASCII, which needs no copy in lower case.
    let bytes = text.as_bytes();
    let starts = memchr::memchr2_iter(first, first.to_ascii_uppercase(), bytes);
    let is_here = |at: usize| {
        bytes
            .get(at..at + word.len())
            .is_some_and(|here| here.eq_ignore_ascii_case(word.as_bytes()))
    };
    starts.into_iter().any(is_here)
}

fn excerpt_texts(evidence: &[Evidence]) -> impl Iterator<Item = &str> + Clone {
    evidence.iter().flat_map(|excerpt| [excerpt.excerpt.as_str(), excerpt.note.as_str()])
}

#[cfg(test)]
mod tests {
    use super::holds;

    #[test]
    fn words_are_found_whatever_their_case() {
        assert!(holds("The Border Post", "border"));
        assert!(holds("at the end: POST", "post"));
        assert!(holds("Écoles", "école") && holds("x", "") && holds("", ""));
        assert!(!holds("Bord", "border") && !holds("", "a") && !holds("ecole", "école"));
    }
}
