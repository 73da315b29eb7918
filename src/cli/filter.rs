//! Command-line options that select the ties to show.

use clap::Args;
use ecow::EcoString;

use super::values::{confidence_or_none, one_of};
use crate::model::filter::Filter;
use crate::model::query::Index;
use crate::model::{ActorKind, Confidence, Map, PartialDate, Stance, Status, Strength, TypedDate};

/// Stands for the author of a source among speakers.
const AUTHOR: &str = "author";

/// Filter options. The picture says what they leave out.
#[derive(Clone, Debug, Default, PartialEq, Args)]
pub struct Wanted {
    /// Only ties with this stance; can be repeated.
    #[arg(long, value_parser = one_of::<Stance>())]
    pub stance: Vec<Stance>,
    /// Only ties with this status; can be repeated. A forecast or hypothetical tie is shown
    /// without --forecasts too.
    #[arg(long, value_parser = one_of::<Status>())]
    pub status: Vec<Status>,
    /// Only ties with this confidence; can be repeated.
    #[arg(long, value_parser = confidence_or_none())]
    pub confidence: Vec<Option<Confidence>>,
    /// Only ties of this kind, as written in the file; can be repeated.
    #[arg(long, value_name = "KIND")]
    pub kind: Vec<String>,
    /// No actors of this kind, and none of their ties; can be repeated.
    #[arg(long, value_name = "KIND")]
    pub without: Vec<String>,
    /// Only ties of this actor; can be repeated.
    #[arg(long, value_name = "ID")]
    pub actor: Vec<String>,
    /// Only ties of this actor and its parts, direct or indirect; can be repeated.
    #[arg(long, value_name = "ID")]
    pub within: Vec<String>,
    /// Only ties with an excerpt said by this actor, or by `author`; can be repeated.
    #[arg(long, value_name = "ID")]
    pub speaker: Vec<String>,
    /// Only ties that this actor claims; can be repeated.
    #[arg(long, value_name = "ID")]
    pub claimed_by: Vec<String>,
    /// Only ties that this actor or one of its parts claims, direct or indirect; can be repeated.
    #[arg(long, value_name = "ID")]
    pub claimed_within: Vec<String>,
    /// Only ties with an excerpt from this source; can be repeated.
    #[arg(long, value_name = "ID")]
    pub source: Vec<String>,
    /// Only ties that an actor denies (yes), or that no actor denies (no).
    #[arg(long, value_parser = ["yes", "no"])]
    pub contested: Option<String>,
    /// Only ties at least this strong.
    #[arg(long, value_name = "0-5", value_parser = clap::value_parser!(u8).range(0..=5))]
    pub min_strength: Option<u8>,
    /// Only ties that had not ended before this date, such as 2024-03-16 or "16 March 2024". A date
    /// without a year is in the year of the map.
    #[arg(long, value_name = "DATE")]
    pub since: Option<TypedDate>,
    /// Only ties that had begun by this date.
    #[arg(long, value_name = "DATE")]
    pub until: Option<TypedDate>,
    /// Only ties with these words in the names of their actors, their kind, note or excerpts.
    #[arg(long, value_name = "WORDS")]
    pub words: Option<String>,
}

impl Wanted {
    /// Checks the options against a map.
    ///
    /// # Errors
    /// If no tie has a given kind, no actor or source has a given id, or `--until` is before
    /// `--since`.
    pub fn check(&self, map: &Map) -> Result<(), String> {
        let index = Index::of(map);
        let is_known = |kind: &str| index.kinds().iter().any(|(known, _)| known == kind);
        if let Some(kind) = self.kind.iter().find(|kind| !is_known(kind)) {
            let known: Vec<&str> =
                index.kinds().iter().take(12).map(|(kind, _)| kind.as_str()).collect();
            return Err(format!(
                "no tie has the kind \"{kind}\"; kinds in this map include: {}",
                known.join(", ")
            ));
        }
        let is_there = |kind: &ActorKind| map.actors.iter().any(|actor| actor.kind == *kind);
        if let Some(kind) = self.without.iter().find(|kind| !is_there(&as_kind(kind))) {
            return Err(format!("no actor has the kind \"{kind}\""));
        }
        let actors = [&self.actor, &self.within, &self.claimed_by, &self.claimed_within];
        let actors = actors.into_iter().flatten();
        let speakers = self.speaker.iter().filter(|id| *id != AUTHOR);
        for id in actors.chain(speakers) {
            if index.actor(&id.as_str().into()).is_none() {
                return Err(format!("no actor has the id \"{id}\""));
            }
        }
        if let Some(id) = self.source.iter().find(|id| index.source(&id.as_str().into()).is_none())
        {
            return Err(format!("no source has the id \"{id}\""));
        }
        match (in_year("--since", self.since, map)?, in_year("--until", self.until, map)?) {
            (Some(since), Some(until)) if until.is_surely_before(since) => {
                Err(format!("--until {until} is before --since {since}; no tie can be in between"))
            }
            _ => Ok(()),
        }
    }

    /// True if no option is given.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.filter(&Map::default()).is_none() && self.kind.is_empty()
    }

    /// True if a given status is a forecast or a hypothesis, which are then shown.
    #[must_use]
    pub fn is_outlook(&self) -> bool {
        self.status.iter().any(|status| status.is_outlook())
    }

    /// The filter for these options.
    #[must_use]
    pub fn filter(&self, map: &Map) -> Filter {
        let ids = |ids: &[String]| ids.iter().map(|id| id.as_str().into()).collect();
        let speaker = |id: &String| (id != AUTHOR).then(|| id.as_str().into());
        let statuses = Status::ALL.iter().copied();
        let confidences = Confidence::ALL.iter().copied().map(Some).chain([None]);
        let kinds = map.relations.iter().map(|tie| tie.kind.0.clone());
        Filter {
            hidden_stances: others(Stance::ALL.iter().copied(), self.stance.iter().copied()),
            hidden_statuses: others(statuses, self.status.iter().copied()),
            hidden_confidences: others(confidences, self.confidence.iter().copied()),
            hidden_kinds: others(kinds, self.kind.iter().map(EcoString::from)),
            hidden_actor_kinds: self.without.iter().map(|kind| as_kind(kind)).collect(),
            actors: ids(&self.actor),
            wholes: ids(&self.within),
            speakers: self.speaker.iter().map(speaker).collect(),
            claimants: ids(&self.claimed_by),
            claiming_wholes: ids(&self.claimed_within),
            sources: self.source.iter().map(|id| id.as_str().into()).collect(),
            contested: self.contested.as_ref().map(|word| word == "yes"),
            strengths: (self.min_strength.unwrap_or(0), Strength::MAX),
            // `check` has reported a date without a year.
            since: in_year("--since", self.since, map).ok().flatten(),
            until: in_year("--until", self.until, map).ok().flatten(),
            text: self.words.clone().unwrap_or_default(),
            fixed: None,
        }
    }
}

/// The complete date of an option. A date without a year is in the year of the map.
fn in_year(
    option: &str,
    date: Option<TypedDate>,
    map: &Map,
) -> Result<Option<PartialDate>, String> {
    let year = map.meta.as_of.map(PartialDate::year);
    let date = date.map(|date| date.in_year(year)).transpose();
    date.map_err(|error| format!("{option}: {error}"))
}

/// All values that are not in `wanted`. Empty if `wanted` is empty: nothing is hidden then.
fn others<T: Ord>(
    all: impl Iterator<Item = T>,
    wanted: impl Iterator<Item = T>,
) -> std::collections::BTreeSet<T> {
    let wanted: std::collections::BTreeSet<T> = wanted.collect();
    all.filter(|one| !wanted.is_empty() && !wanted.contains(one)).collect()
}

/// The kind of actor with this key.
fn as_kind(key: &str) -> ActorKind {
    ActorKind::from(std::borrow::Cow::Borrowed(key))
}
