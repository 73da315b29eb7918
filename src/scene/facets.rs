//! How many ties each value of the filter shows, or would show.

use std::collections::BTreeMap;

use ecow::EcoString;

use super::shown::Shown;
use super::view::View;
use crate::model::filter::{Criterion, Filter, Test};
use crate::model::query::Index;
use crate::model::{
    ActorId, ActorIndex, ActorKind, Confidence, Map, PerActor, RelationIndex, SourceId, Stance,
    Status, ViewSettings,
};

/// For each value, the number of ties that have it and meet all other criteria.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Facets {
    pub stances: BTreeMap<Stance, usize>,
    pub statuses: BTreeMap<Status, usize>,
    /// `None` stands for ties without a confidence.
    pub confidences: BTreeMap<Option<Confidence>, usize>,
    /// The empty string stands for ties without a kind.
    pub kinds: BTreeMap<EcoString, usize>,
    /// `None` stands for the author.
    pub speakers: BTreeMap<Option<ActorId>, usize>,
    pub claimants: BTreeMap<ActorId, usize>,
    /// For each actor that has parts: the ties that it or one of them claims.
    pub claiming_wholes: BTreeMap<ActorId, usize>,
    pub sources: BTreeMap<SourceId, usize>,
    /// Number of actors that have a shape, not of ties.
    pub actor_kinds: BTreeMap<ActorKind, usize>,
    /// True for ties that an actor denies.
    pub contested: BTreeMap<bool, usize>,
    /// Number of ties that are hidden only because they have no dates.
    pub undated: usize,
}

impl Facets {
    /// Counts the ties and actors of a map in a view. Elements that are hidden, folded or outside
    /// the neighbourhood that is shown do not count, as no value of the filter shows them.
    #[must_use]
    pub fn of(map: &Map, index: &Index, view: &View, shown: &Shown) -> Self {
        let ViewSettings { filter, outlook, .. } = &view.settings;
        let test = Test::new(filter, map, index, *outlook);
        let unfiltered = Unfiltered::of(map, index, view, shown);
        let mut has_tie: PerActor<bool> = vec![!filter.selects_ties(); map.actors.len()].into();
        let mut facets = Self::default();
        for (at, tie) in map.relations.iter_enumerated() {
            let failed = test.failed(at, tie);
            let is_possible = unfiltered.shows_tie(at, failed.is_none());
            let counts = |criterion| usize::from(is_possible && failed.is_at_most(criterion));
            if counts(Criterion::ActorKind) > 0 {
                for end in index.ends(at).into_iter().flat_map(|(from, to)| [from, to]) {
                    has_tie[unfiltered.drawn_for(end)] = true;
                }
            }
            add(&mut facets.stances, &tie.stance, counts(Criterion::Stance));
            add(&mut facets.statuses, &tie.status, counts(Criterion::Status));
            add(&mut facets.confidences, &tie.confidence, counts(Criterion::Confidence));
            add(&mut facets.kinds, &tie.kind.0, counts(Criterion::Kind));
            let is_contested = tie.contested_by.is_some();
            add(&mut facets.contested, &is_contested, counts(Criterion::Contested));
            if !failed.is_none() {
                facets.undated += counts(Criterion::Dated);
            }
            if let Some(id) = tie.asserted_by.as_deref() {
                add(&mut facets.claimants, id, counts(Criterion::Claimant));
                for whole in wholes_of(map, index, id) {
                    add(&mut facets.claiming_wholes, whole, counts(Criterion::Claimant));
                }
            }
            // A tie with several excerpts of one speaker or source counts once.
            let mut speakers: Vec<Option<&ActorId>> =
                tie.evidence.iter().map(|excerpt| tie.speaker(excerpt)).collect();
            speakers.sort_unstable();
            speakers.dedup();
            for speaker in speakers {
                add(&mut facets.speakers, &speaker.cloned(), counts(Criterion::Speaker));
            }
            let mut sources: Vec<&SourceId> =
                tie.evidence.iter().map(|excerpt| &excerpt.source).collect();
            sources.sort_unstable();
            sources.dedup();
            for source in sources {
                add(&mut facets.sources, source, counts(Criterion::Source));
            }
        }
        for (at, actor) in map.actors.iter_enumerated() {
            let is_hidden = filter.hidden_actor_kinds.contains(&actor.kind);
            let is_counted = if is_hidden {
                has_tie[at] && unfiltered.drawn_for(at) == at && unfiltered.shows_actor(at)
            } else {
                shown.is_drawn(at)
            };
            add(&mut facets.actor_kinds, &actor.kind, usize::from(is_counted));
        }
        facets
    }
}

/// What a view shows, and what it would show without a filter.
struct Unfiltered<'a> {
    shown: &'a Shown,
    /// `None` if that is the whole map.
    without: Option<Shown>,
}

impl<'a> Unfiltered<'a> {
    fn of(map: &Map, index: &Index, view: &View, shown: &'a Shown) -> Self {
        let without =
            ViewSettings { filter: Filter::default(), outlook: true, ..view.settings.clone() };
        let is_whole = without.folded.is_empty()
            && without.hidden_actors.is_empty()
            && without.hidden_ties.is_empty()
            && without.around.is_none();
        let view = View { settings: without, ..View::default() };
        Self { shown, without: (!is_whole).then(|| Shown::of(map, index, &view)) }
    }

    /// True if a tie that passes the filter, or would pass another one, is drawn.
    fn shows_tie(&self, tie: RelationIndex, passes: bool) -> bool {
        if passes {
            return self.shown.contains(tie);
        }
        self.without.as_ref().is_none_or(|without| without.contains(tie))
    }

    fn shows_actor(&self, actor: ActorIndex) -> bool {
        self.without.as_ref().is_none_or(|without| without.is_drawn(actor))
    }

    /// The actor that is drawn for this one, or the actor itself.
    fn drawn_for(&self, actor: ActorIndex) -> ActorIndex {
        let by = self.without.as_ref().and_then(|without| without.drawn_for(actor));
        by.unwrap_or(actor)
    }
}

/// What an actor belongs to, directly or indirectly, and itself if it has parts.
fn wholes_of<'a>(map: &'a Map, index: &Index, actor: &'a ActorId) -> Vec<&'a ActorId> {
    let mut chain: Vec<&ActorId> = Vec::new();
    let mut next = Some(actor);
    // An actor may be a part of itself in a faulty file.
    while let Some(id) = next.filter(|id| !chain.contains(id)) {
        chain.push(id);
        let at = index.actor(id).and_then(|at| map.actors.get(at));
        next = at.and_then(|actor| actor.part_of.as_deref());
    }
    let has_parts = |id: &&ActorId| index.actor(id).is_some_and(|at| !index.parts(at).is_empty());
    chain.into_iter().filter(has_parts).collect()
}

/// Adds to the count of a value. A value that is met gets an entry, even if it is 0.
fn add<K: Ord + Clone>(counts: &mut BTreeMap<K, usize>, value: &K, count: usize) {
    if let Some(known) = counts.get_mut(value) {
        *known += count;
    } else {
        counts.insert(value.clone(), count);
    }
}
