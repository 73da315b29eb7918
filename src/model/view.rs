//! How a map is looked at: settings that are saved with it, but say nothing about its actors.

use std::collections::BTreeSet;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::filter::saved::{self, SavedFilter};
use super::filter::settings::Filter;
use super::{ActorId, Extra, RelationId};
use crate::named::Named;

/// The settings of the view. Ids of elements that are not in the map are ignored.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct ViewSettings {
    /// What one line stands for; `None` for [`usual_lines`](super::opening::usual_lines).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub lines: Option<LineMode>,
    /// Wholes that stand for their parts.
    #[serde(skip_serializing_if = "BTreeSet::is_empty")]
    pub folded: BTreeSet<ActorId>,
    /// Actors that are not drawn. Their ties are not drawn either.
    #[serde(skip_serializing_if = "BTreeSet::is_empty")]
    pub hidden_actors: BTreeSet<ActorId>,
    /// Ties that are not drawn.
    #[serde(skip_serializing_if = "BTreeSet::is_empty")]
    pub hidden_ties: BTreeSet<RelationId>,
    /// Only the neighbourhood of these actors is drawn.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub around: Option<Neighbourhood>,
    /// True if forecasts and hypotheses are shown as well.
    #[serde(skip_serializing_if = "is_default")]
    pub outlook: bool,
    /// True if the kind of each tie is written beside its line.
    #[serde(skip_serializing_if = "is_default")]
    pub kinds: bool,
    /// How membership is shown.
    #[serde(skip_serializing_if = "is_default")]
    pub membership: Membership,
    /// True if the shapes of actors are tinted by camp.
    #[serde(skip_serializing_if = "is_default")]
    pub camps: bool,
    /// What the size of a shape shows.
    #[serde(skip_serializing_if = "is_default")]
    pub size: SizeBy,
    /// The ties to leave out.
    #[serde(with = "saved", skip_serializing_if = "Filter::is_none")]
    #[schemars(with = "SavedFilter")]
    pub filter: Filter,
    /// Unknown keys.
    #[serde(flatten)]
    pub extra: Extra,
}

/// Actors, and those that are up to a number of steps along lines away from them.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Neighbourhood {
    pub actors: BTreeSet<ActorId>,
    /// From 0.
    pub steps: u8,
}

/// What one line stands for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum LineMode {
    /// One tie.
    Ties,
    /// All ties of one stance between two actors.
    #[default]
    Stances,
    /// All ties between two actors.
    Pairs,
}

/// How membership (`part_of`) is drawn.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Membership {
    /// A thin line from each part to its whole.
    #[default]
    Tethers,
    /// An area around the whole and its parts.
    Hulls,
    /// Membership is not shown.
    Nothing,
}

/// What the size of a shape shows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum SizeBy {
    /// The number of ties that are shown.
    #[default]
    Ties,
    /// The number of excerpts of the ties that are shown, and of the actor.
    Excerpts,
    /// The number that the analyst has given to the actor.
    Weight,
}

impl ViewSettings {
    /// What one line stands for.
    #[must_use]
    pub fn line_mode(&self) -> LineMode {
        self.lines.unwrap_or_default()
    }

    /// Shows or hides forecasts and hypotheses. Neither remains in the filter.
    pub fn set_outlook(&mut self, outlook: bool) {
        self.outlook = outlook;
        self.filter.hidden_statuses.retain(|status| !status.is_outlook());
    }

    /// Replaces the id of an actor.
    pub fn rename_actor(&mut self, from: &ActorId, to: &ActorId) {
        let around = self.around.as_mut().map(|around| &mut around.actors);
        let Filter { actors, wholes, claimants, claiming_wholes, speakers, .. } = &mut self.filter;
        let of_filter = [actors, wholes, claimants, claiming_wholes];
        let sets = [&mut self.folded, &mut self.hidden_actors].into_iter().chain(of_filter);
        for set in sets.chain(around) {
            if set.remove(from) {
                set.insert(to.clone());
            }
        }
        if speakers.remove(&Some(from.clone())) {
            speakers.insert(Some(to.clone()));
        }
    }

    /// Removes the ids of deleted actors and ties.
    pub fn forget(&mut self, actors: &BTreeSet<&ActorId>, ties: &BTreeSet<&RelationId>) {
        let Filter { actors: only, wholes, claimants, claiming_wholes, speakers, .. } =
            &mut self.filter;
        let of_filter = [only, wholes, claimants, claiming_wholes];
        for set in [&mut self.folded, &mut self.hidden_actors].into_iter().chain(of_filter) {
            set.retain(|id| !actors.contains(id));
        }
        speakers.retain(|id| id.as_ref().is_none_or(|id| !actors.contains(id)));
        self.hidden_ties.retain(|id| !ties.contains(id));
        if let Some(around) = &mut self.around {
            around.actors.retain(|id| !actors.contains(id));
        }
        self.around = self.around.take().filter(|around| !around.actors.is_empty());
    }
}

impl Named for LineMode {
    const ALL: &'static [Self] = &[Self::Ties, Self::Stances, Self::Pairs];

    fn key(self) -> &'static str {
        match self {
            Self::Ties => "ties",
            Self::Stances => "stances",
            Self::Pairs => "pairs",
        }
    }

    fn hint(self) -> &'static str {
        match self {
            Self::Ties => "One line for each tie",
            Self::Stances => "One line for all ties of one stance between two actors",
            Self::Pairs => "One line for all ties between two actors",
        }
    }
}

impl Named for Membership {
    const ALL: &'static [Self] = &[Self::Tethers, Self::Hulls, Self::Nothing];

    fn key(self) -> &'static str {
        match self {
            Self::Tethers => "tethers",
            Self::Hulls => "hulls",
            Self::Nothing => "nothing",
        }
    }

    fn hint(self) -> &'static str {
        match self {
            Self::Tethers => "A thin line from each part to its whole",
            Self::Hulls => "An area around the whole and its parts",
            Self::Nothing => "Not shown",
        }
    }
}

impl Named for SizeBy {
    const ALL: &'static [Self] = &[Self::Ties, Self::Excerpts, Self::Weight];

    fn key(self) -> &'static str {
        match self {
            Self::Ties => "ties",
            Self::Excerpts => "excerpts",
            Self::Weight => "weight",
        }
    }

    fn hint(self) -> &'static str {
        match self {
            Self::Ties => "The number of ties shown",
            Self::Excerpts => "The number of excerpts",
            Self::Weight => "The number that the analyst gave to the actor",
        }
    }
}

fn is_default<T: Default + PartialEq>(value: &T) -> bool {
    *value == T::default()
}
