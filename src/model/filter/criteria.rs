//! The ties that meet the criteria of a filter.

use std::collections::BTreeSet;

use foldhash::{HashSet, HashSetExt as _};

use crate::model::query::{Index, Needle};
use crate::model::{ActorId, ActorIndex, Map, Relation, RelationIndex};

use super::settings::{Filter, Fixed};

/// One criterion, for counting the ties that fail no other one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Criterion {
    Stance,
    Status,
    Confidence,
    Kind,
    /// The kinds of its ends.
    ActorKind,
    Actor,
    Whole,
    Speaker,
    Claimant,
    Source,
    Contested,
    /// Has a date, if dates are filtered.
    Dated,
    Time,
    Strength,
    Words,
    Fixed,
}

/// The criteria that a tie fails.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Failed(u16);

impl Failed {
    fn note(&mut self, criterion: Criterion, is_met: bool) {
        self.0 |= u16::from(!is_met) << criterion as u16;
    }

    fn contains(self, criterion: Criterion) -> bool {
        self.0 >> criterion as u16 & 1 == 1
    }

    /// True if the tie meets all criteria.
    #[must_use]
    pub fn is_none(self) -> bool {
        self.0 == 0
    }

    /// True if the tie meets all criteria, or fails only this one.
    #[must_use]
    pub fn is_at_most(self, criterion: Criterion) -> bool {
        self.0 & !(1 << criterion as u16) == 0
    }
}

impl Filter {
    /// True if the filter leaves out ties for another reason than the kinds of their ends.
    #[must_use]
    pub fn selects_ties(&self) -> bool {
        // A part of a map has only the actors that are wanted.
        let of_ties = Self { hidden_actor_kinds: BTreeSet::new(), ..self.clone() };
        self.fixed.is_none() && !of_ties.is_none()
    }

    /// Relaxes the criteria that a tie fails, so that it passes: its values are shown again, and a
    /// list of wanted values that it is not on is emptied.
    pub fn admit(&mut self, map: &Map, index: &Index, at: RelationIndex) {
        let Some(tie) = map.relations.get(at) else { return };
        let failed = Test::new(self, map, index, true).failed(at, tie);
        let fails = |criterion| failed.contains(criterion);
        self.hidden_stances.remove(&tie.stance);
        self.hidden_statuses.remove(&tie.status);
        self.hidden_confidences.remove(&tie.confidence);
        self.hidden_kinds.remove(&tie.kind.0);
        for end in index.ends(at).into_iter().flat_map(|(from, to)| [from, to]) {
            self.hidden_actor_kinds.remove(&map.actors[end].kind);
        }
        if fails(Criterion::Actor) {
            self.actors.clear();
        }
        if fails(Criterion::Whole) {
            self.wholes.clear();
        }
        if fails(Criterion::Speaker) {
            self.speakers.clear();
        }
        if fails(Criterion::Claimant) {
            self.claimants.clear();
            self.claiming_wholes.clear();
        }
        if fails(Criterion::Source) {
            self.sources.clear();
        }
        if fails(Criterion::Contested) {
            self.contested = None;
        }
        if fails(Criterion::Dated) || fails(Criterion::Time) {
            (self.since, self.until) = (None, None);
        }
        if fails(Criterion::Strength) {
            let strength = tie.strength.value();
            self.strengths = (self.strengths.0.min(strength), self.strengths.1.max(strength));
        }
        if fails(Criterion::Words) {
            self.text.clear();
        }
        self.fixed = None;
    }

    /// The ties that pass the filter; forecasts and hypotheses only if `outlook` is true.
    #[must_use]
    pub fn shown(&self, map: &Map, index: &Index, outlook: bool) -> Vec<RelationIndex> {
        let ties = map.relations.iter_enumerated();
        if self.is_none() {
            let ties = ties.filter(|(_, tie)| outlook || !tie.status.is_outlook());
            return ties.map(|(at, _)| at).collect();
        }
        let test = Test::new(self, map, index, outlook);
        ties.filter(|(at, tie)| test.failed(*at, tie).is_none()).map(|(at, _)| at).collect()
    }

    /// The same filter for a part of `map`: it shows the same ties and has the same words, even if
    /// the part lacks the actors that the filter names.
    #[must_use]
    pub fn fixed(&self, map: &Map, index: &Index, outlook: bool) -> Self {
        if self.is_none() {
            return self.clone();
        }
        let ties = self.shown(map, index, outlook).into_iter();
        let ids = ties.filter_map(|tie| map.relations.get(tie)).map(|tie| tie.id.clone());
        let fixed = Fixed { ties: ids.collect(), words: self.words(map, outlook) };
        Self { fixed: Some(fixed), ..Self::default() }
    }
}

/// A filter with what it looks up, computed once for all ties.
pub struct Test<'a> {
    filter: &'a Filter,
    map: &'a Map,
    index: &'a Index,
    outlook: bool,
    words: Option<Needle>,
    /// The wholes of the filter with all their parts.
    members: HashSet<ActorIndex>,
    /// The claiming wholes with all their parts.
    claimants: HashSet<ActorIndex>,
}

impl<'a> Test<'a> {
    /// Looks up what a filter names. `outlook` is true if the view shows forecasts and hypotheses.
    #[must_use]
    pub fn new(filter: &'a Filter, map: &'a Map, index: &'a Index, outlook: bool) -> Self {
        let words = Some(Needle::new(&filter.text)).filter(|_| !filter.text.trim().is_empty());
        let members = |ids: &BTreeSet<ActorId>| {
            with_parts(index, ids.iter().filter_map(|id| index.actor(id)))
        };
        let (members, claimants) = (members(&filter.wholes), members(&filter.claiming_wholes));
        Self { filter, map, index, outlook, words, members, claimants }
    }

    /// The criteria that this tie fails.
    #[must_use]
    pub fn failed(&self, at: RelationIndex, tie: &Relation) -> Failed {
        let Filter { hidden_stances, hidden_confidences, hidden_kinds, strengths, .. } =
            self.filter;
        let mut failed = Failed::default();
        failed.note(Criterion::Stance, !hidden_stances.contains(&tie.stance));
        failed.note(Criterion::Status, self.filter.shows_status(tie.status, self.outlook));
        failed.note(Criterion::Confidence, !hidden_confidences.contains(&tie.confidence));
        failed.note(Criterion::Kind, !hidden_kinds.contains(&tie.kind.0));
        failed.note(Criterion::ActorKind, self.has_shown_ends(at));
        failed.note(Criterion::Actor, self.is_of_actors(tie));
        failed.note(Criterion::Whole, self.is_of_wholes(at));
        failed.note(Criterion::Speaker, self.is_said(tie));
        failed.note(Criterion::Claimant, self.is_claimed(tie));
        failed.note(Criterion::Source, self.is_from_source(tie));
        let contested = self.filter.contested;
        failed.note(
            Criterion::Contested,
            contested.is_none_or(|is_wanted| tie.contested_by.is_some() == is_wanted),
        );
        failed.note(Criterion::Dated, self.has_needed_date(tie));
        let is_strong = (strengths.0..=strengths.1).contains(&tie.strength.value());
        let is_among = self.filter.fixed.as_ref().is_none_or(|fixed| fixed.ties.contains(&tie.id));
        failed.note(Criterion::Strength, is_strong);
        failed.note(Criterion::Fixed, is_among);
        failed.note(Criterion::Time, self.is_in_time(tie));
        failed.note(Criterion::Words, self.has_words(tie));
        failed
    }

    fn has_shown_ends(&self, at: RelationIndex) -> bool {
        let hidden = &self.filter.hidden_actor_kinds;
        let is_hidden = |end: ActorIndex| hidden.contains(&self.map.actors[end].kind);
        hidden.is_empty()
            || self.index.ends(at).is_none_or(|(from, to)| !is_hidden(from) && !is_hidden(to))
    }

    fn is_of_actors(&self, tie: &Relation) -> bool {
        let actors = &self.filter.actors;
        actors.is_empty() || actors.contains(&tie.from) || actors.contains(&tie.to)
    }

    fn is_of_wholes(&self, at: RelationIndex) -> bool {
        let is_member = |(from, to)| self.members.contains(&from) || self.members.contains(&to);
        self.filter.wholes.is_empty() || self.index.ends(at).is_some_and(is_member)
    }

    fn is_said(&self, tie: &Relation) -> bool {
        let speakers = &self.filter.speakers;
        // A tie without an excerpt has no speaker.
        let mut said = tie.evidence.iter().map(|excerpt| tie.speaker(excerpt).cloned());
        speakers.is_empty() || said.any(|speaker| speakers.contains(&speaker))
    }

    fn is_claimed(&self, tie: &Relation) -> bool {
        let Filter { claimants, claiming_wholes, .. } = self.filter;
        let is_part = |id| self.index.actor(id).is_some_and(|at| self.claimants.contains(&at));
        let is_wanted = |id| claimants.contains(id) || is_part(id);
        (claimants.is_empty() && claiming_wholes.is_empty())
            || tie.asserted_by.as_deref().is_some_and(is_wanted)
    }

    fn is_from_source(&self, tie: &Relation) -> bool {
        let sources = &self.filter.sources;
        sources.is_empty() || tie.evidence.iter().any(|excerpt| sources.contains(&excerpt.source))
    }

    fn has_words(&self, tie: &Relation) -> bool {
        let words = self.words.as_ref();
        words.is_none_or(|words| words.finds_relation(self.map, self.index, tie))
    }

    /// True if a tie has a date, or none is needed because dates are not filtered.
    fn has_needed_date(&self, tie: &Relation) -> bool {
        let is_needed = self.filter.since.is_some() || self.filter.until.is_some();
        !is_needed || tie.start.is_some() || tie.end.is_some()
    }

    fn is_in_time(&self, tie: &Relation) -> bool {
        let Filter { since, until, .. } = *self.filter;
        let ended = tie.end.zip(since).is_some_and(|(end, since)| end.is_surely_before(since));
        let began_later =
            tie.start.zip(until).is_some_and(|(start, until)| until.is_surely_before(start));
        // A tie with a start and no end is ongoing.
        !ended && !began_later
    }
}

/// These actors with all their parts, direct and indirect.
fn with_parts(index: &Index, wholes: impl Iterator<Item = ActorIndex>) -> HashSet<ActorIndex> {
    let mut members = HashSet::new();
    let mut open: Vec<ActorIndex> = wholes.collect();
    while let Some(actor) = open.pop() {
        if members.insert(actor) {
            open.extend(index.parts(actor));
        }
    }
    members
}
