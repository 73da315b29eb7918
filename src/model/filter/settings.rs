//! The criteria of the filter.

use std::collections::BTreeSet;

use ecow::EcoString;

use crate::model::{
    ActorId, ActorKind, Confidence, PartialDate, RelationId, SourceId, Stance, Status, Strength,
};

/// Which ties are hidden; by default none. A tie is shown if it meets every criterion. An empty
/// list of actors, speakers, claimants or sources is no criterion.
#[derive(Clone, Debug, PartialEq)]
pub struct Filter {
    pub hidden_stances: BTreeSet<Stance>,
    /// Forecasts and hypotheses are hidden as well while the view does not show them.
    pub hidden_statuses: BTreeSet<Status>,
    /// `None` stands for ties without a confidence.
    pub hidden_confidences: BTreeSet<Option<Confidence>>,
    /// The empty string stands for ties without a kind.
    pub hidden_kinds: BTreeSet<EcoString>,
    /// Kinds of actors that are not drawn, with their ties.
    pub hidden_actor_kinds: BTreeSet<ActorKind>,
    /// Only ties of one of these actors.
    pub actors: BTreeSet<ActorId>,
    /// Only ties of one of these actors or of their parts, direct or indirect.
    pub wholes: BTreeSet<ActorId>,
    /// Only ties with an excerpt of one of these speakers. `None` stands for the author.
    pub speakers: BTreeSet<Option<ActorId>>,
    /// Only ties that one of these actors claims.
    pub claimants: BTreeSet<ActorId>,
    /// Only ties that one of these actors or their parts claim, or one of `claimants`.
    pub claiming_wholes: BTreeSet<ActorId>,
    /// Only ties with an excerpt from one of these sources.
    pub sources: BTreeSet<SourceId>,
    /// Only ties that an actor denies (true), or that no actor denies (false).
    pub contested: Option<bool>,
    /// Minimum and maximum strength of shown ties, both inclusive.
    pub strengths: (u8, u8),
    /// Ties that ended before this date are hidden. If `since` or `until` is given, ties without
    /// dates are hidden too.
    pub since: Option<PartialDate>,
    /// Ties that began after this date are hidden.
    pub until: Option<PartialDate>,
    /// Words that a shown tie contains: in the names of its ends, its kind, its note or its
    /// excerpts.
    pub text: String,
    /// Only these ties; for a part of a map, in which the criteria cannot be evaluated.
    pub fixed: Option<Fixed>,
}

/// The ties that a filter shows, and its words, found in a whole map.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fixed {
    pub ties: BTreeSet<RelationId>,
    pub words: String,
}

impl Default for Filter {
    fn default() -> Self {
        Self {
            hidden_stances: BTreeSet::new(),
            hidden_statuses: BTreeSet::new(),
            hidden_confidences: BTreeSet::new(),
            hidden_kinds: BTreeSet::new(),
            hidden_actor_kinds: BTreeSet::new(),
            actors: BTreeSet::new(),
            wholes: BTreeSet::new(),
            speakers: BTreeSet::new(),
            claimants: BTreeSet::new(),
            claiming_wholes: BTreeSet::new(),
            sources: BTreeSet::new(),
            contested: None,
            strengths: (0, Strength::MAX),
            since: None,
            until: None,
            text: String::new(),
            fixed: None,
        }
    }
}

impl Filter {
    /// True if nothing is hidden.
    #[must_use]
    pub fn is_none(&self) -> bool {
        let plain = Self { text: self.text.trim().to_owned(), ..self.clone() };
        plain == Self::default()
    }

    /// True if ties with this status are shown.
    #[must_use]
    pub fn shows_status(&self, status: Status, outlook: bool) -> bool {
        !self.hidden_statuses.contains(&status) && (outlook || !status.is_outlook())
    }
}
