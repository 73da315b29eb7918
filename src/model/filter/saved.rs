//! The filter as it is written in a file. Of short, closed lists it names the values that are
//! shown, of long or open lists those that are hidden.

use std::collections::BTreeSet;

use ecow::EcoString;
use schemars::JsonSchema;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::settings::Filter;
use crate::model::{
    ActorId, ActorKind, Confidence, PartialDate, SourceId, Stance, Status, Strength,
};

/// The filter in a file. An absent key is no criterion.
#[derive(Clone, Debug, Default, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct SavedFilter {
    /// Only ties of these stances.
    #[serde(skip_serializing_if = "Option::is_none")]
    stance: Option<BTreeSet<Stance>>,
    /// Only ties with one of these statuses.
    #[serde(skip_serializing_if = "Option::is_none")]
    status: Option<BTreeSet<Status>>,
    /// Only ties with one of these confidences; `null` stands for ties without one.
    #[serde(skip_serializing_if = "Option::is_none")]
    confidence: Option<BTreeSet<Option<Confidence>>>,
    /// No ties of these kinds; the empty string stands for ties without a kind.
    #[serde(skip_serializing_if = "BTreeSet::is_empty")]
    #[schemars(with = "BTreeSet<String>")]
    hidden_kinds: BTreeSet<EcoString>,
    /// No actors of these kinds.
    #[serde(skip_serializing_if = "BTreeSet::is_empty")]
    hidden_actor_kinds: BTreeSet<ActorKind>,
    #[serde(skip_serializing_if = "BTreeSet::is_empty")]
    actors: BTreeSet<ActorId>,
    #[serde(skip_serializing_if = "BTreeSet::is_empty")]
    wholes: BTreeSet<ActorId>,
    /// `null` stands for the author.
    #[serde(skip_serializing_if = "BTreeSet::is_empty")]
    speakers: BTreeSet<Option<ActorId>>,
    #[serde(skip_serializing_if = "BTreeSet::is_empty")]
    claimants: BTreeSet<ActorId>,
    #[serde(skip_serializing_if = "BTreeSet::is_empty")]
    claiming_wholes: BTreeSet<ActorId>,
    #[serde(skip_serializing_if = "BTreeSet::is_empty")]
    sources: BTreeSet<SourceId>,
    #[serde(skip_serializing_if = "Option::is_none")]
    contested: Option<bool>,
    /// The least and the greatest strength.
    #[serde(skip_serializing_if = "Option::is_none")]
    strength: Option<(u8, u8)>,
    #[serde(skip_serializing_if = "Option::is_none")]
    since: Option<PartialDate>,
    #[serde(skip_serializing_if = "Option::is_none")]
    until: Option<PartialDate>,
    #[serde(skip_serializing_if = "String::is_empty")]
    text: String,
}

/// Writes a filter.
///
/// # Errors
/// Only if the serializer fails.
pub fn serialize<S: Serializer>(filter: &Filter, serializer: S) -> Result<S::Ok, S::Error> {
    SavedFilter::from(filter.clone()).serialize(serializer)
}

/// Reads a filter.
///
/// # Errors
/// If a value is none of its list.
pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Filter, D::Error> {
    SavedFilter::deserialize(deserializer).map(Filter::from)
}

/// The confidences that a tie can have, and `None`.
fn confidences() -> impl Iterator<Item = Option<Confidence>> {
    Confidence::ALL.iter().copied().map(Some).chain([None])
}

/// The values that are not in a list; `None` if the list is empty.
fn others<T: Ord>(hidden: &BTreeSet<T>, all: impl Iterator<Item = T>) -> Option<BTreeSet<T>> {
    (!hidden.is_empty()).then(|| all.filter(|value| !hidden.contains(value)).collect())
}

/// The values that are not in a list; none if there is no list.
fn hidden<T: Ord>(shown: Option<BTreeSet<T>>, all: impl Iterator<Item = T>) -> BTreeSet<T> {
    shown.map_or_else(BTreeSet::new, |shown| all.filter(|value| !shown.contains(value)).collect())
}

impl From<Filter> for SavedFilter {
    fn from(filter: Filter) -> Self {
        Self {
            stance: others(&filter.hidden_stances, Stance::ALL.iter().copied()),
            status: others(&filter.hidden_statuses, Status::ALL.iter().copied()),
            confidence: others(&filter.hidden_confidences, confidences()),
            hidden_kinds: filter.hidden_kinds,
            hidden_actor_kinds: filter.hidden_actor_kinds,
            actors: filter.actors,
            wholes: filter.wholes,
            speakers: filter.speakers,
            claimants: filter.claimants,
            claiming_wholes: filter.claiming_wholes,
            sources: filter.sources,
            contested: filter.contested,
            strength: Some(filter.strengths).filter(|range| *range != (0, Strength::MAX)),
            since: filter.since,
            until: filter.until,
            text: filter.text,
        }
    }
}

impl From<SavedFilter> for Filter {
    fn from(saved: SavedFilter) -> Self {
        Self {
            hidden_stances: hidden(saved.stance, Stance::ALL.iter().copied()),
            hidden_statuses: hidden(saved.status, Status::ALL.iter().copied()),
            hidden_confidences: hidden(saved.confidence, confidences()),
            hidden_kinds: saved.hidden_kinds,
            hidden_actor_kinds: saved.hidden_actor_kinds,
            actors: saved.actors,
            wholes: saved.wholes,
            speakers: saved.speakers,
            claimants: saved.claimants,
            claiming_wholes: saved.claiming_wholes,
            sources: saved.sources,
            contested: saved.contested,
            strengths: saved.strength.unwrap_or((0, Strength::MAX)),
            since: saved.since,
            until: saved.until,
            text: saved.text,
            fixed: None,
        }
    }
}
