//! What a view leaves out of a map, by reason.

use super::folding::{outermost_folded, stands_for_parts};
use crate::model::query::Index;
use crate::model::{ActorIndex, Map, PerActor, ViewSettings};

/// What is not drawn, by reason, apart from folded actors and forecasts.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct LeftOut {
    /// The reason for each actor; `None` if it or its whole is drawn. Empty if all are.
    reasons: PerActor<Option<Reason>>,
    /// Ties that are hidden themselves.
    pub hidden_ties: usize,
    /// Ties between two actors that are folded into the same whole.
    pub ties_inside: usize,
    /// The drawn actors and the number of steps around them, if only a neighbourhood is shown.
    pub around: Option<(Vec<ActorIndex>, u8)>,
}

/// Why an actor is not drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reason {
    /// It is hidden, or the whole that it is folded into.
    Hidden,
    /// Its kind is left out, or the filter leaves it no tie.
    Filtered,
    /// It is outside the neighbourhood that is shown.
    Apart,
}

impl LeftOut {
    /// What the settings leave out by name or kind, given the actors that they leave.
    pub(super) fn by_settings(
        map: &Map,
        index: &Index,
        settings: &ViewSettings,
        drawn: &PerActor<Option<ActorIndex>>,
    ) -> Self {
        let ties = settings.hidden_ties.iter().filter(|id| index.relation(id).is_some());
        let mut left_out = Self { hidden_ties: ties.count(), ..Self::default() };
        let is_hidden = |actor: ActorIndex| settings.hidden_actors.contains(&map.actors[actor].id);
        left_out.add(drawn, |actor| {
            let has_hidden = !settings.hidden_actors.is_empty()
                && (is_hidden(actor) || is_hidden(drawn_by(map, index, settings, actor)));
            if has_hidden { Reason::Hidden } else { Reason::Filtered }
        });
        left_out
    }

    /// Adds the actors that are no longer drawn.
    pub(super) fn add(
        &mut self,
        drawn: &PerActor<Option<ActorIndex>>,
        reason: impl Fn(ActorIndex) -> Reason,
    ) {
        if drawn.iter().all(Option::is_some) {
            return;
        }
        if self.reasons.is_empty() {
            self.reasons = vec![None; drawn.len()].into();
        }
        for (actor, _) in drawn.iter_enumerated().filter(|(_, by)| by.is_none()) {
            self.reasons[actor].get_or_insert_with(|| reason(actor));
        }
    }

    /// Why an actor is not drawn; `None` if it or its whole is.
    #[must_use]
    pub fn reason(&self, actor: ActorIndex) -> Option<Reason> {
        self.reasons.get(actor).copied().flatten()
    }

    /// The actors that are left out for a reason, ascending.
    pub fn actors(&self, reason: Reason) -> impl Iterator<Item = ActorIndex> {
        let all = self.reasons.iter_enumerated();
        all.filter(move |(_, one)| **one == Some(reason)).map(|(actor, _)| actor)
    }

    /// Number of actors that are left out.
    #[must_use]
    pub fn count(&self) -> usize {
        self.reasons.iter().flatten().count()
    }
}

/// The actor that would be drawn for this one if nothing were left out.
fn drawn_by(map: &Map, index: &Index, settings: &ViewSettings, actor: ActorIndex) -> ActorIndex {
    let whole = |actor: ActorIndex| index.actor(map.actors.get(actor)?.part_of.as_deref()?);
    let is_folded = |actor: ActorIndex| stands_for_parts(map, settings, actor);
    outermost_folded(actor, whole, is_folded)
}
