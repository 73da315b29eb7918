//! View settings, and the ties that are shown under them.

use crate::model::filter::Filter;
use crate::model::query::{Census, Index};
use crate::model::{ActorIndex, Map, PerRelation, RelationIndex};
use crate::named::Named;

/// View settings. They are never part of the map's content.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct View {
    /// True if forecasts and hypotheses are shown as well.
    pub outlook: bool,
    /// The ties to leave out.
    pub filter: Filter,
    /// True if the kind of each tie is written beside its line.
    pub kinds: bool,
    /// How membership is shown.
    pub membership: Membership,
    /// True if ties with excerpts are numbered (see [`numbers`]).
    pub numbers: bool,
    /// The selection and what is faded around it.
    pub emphasis: Emphasis,
}

/// How membership (`part_of`) is drawn.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Membership {
    /// A thin line from each part to its whole.
    #[default]
    Tethers,
    /// An area around the whole and its parts.
    Hulls,
    /// Membership is not shown.
    Nothing,
}

impl View {
    /// The filter in words, such as `only hostile`; empty if it hides nothing.
    #[must_use]
    pub fn filter_words(&self, map: &Map) -> String {
        self.filter.words(map, self.outlook)
    }

    /// Shows or hides forecasts and hypotheses. Neither remains in the filter.
    pub fn set_outlook(&mut self, outlook: bool) {
        self.outlook = outlook;
        self.filter.hidden_statuses.retain(|status| !status.is_outlook());
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

/// Highlighting: the selection and its neighbourhood.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Emphasis {
    /// Selected actors.
    pub selected_actors: Vec<ActorIndex>,
    /// Selected relations.
    pub selected_relations: Vec<RelationIndex>,
    /// Actors that are not faded. If this and `bright_relations` are both empty, nothing is faded.
    pub bright_actors: Vec<ActorIndex>,
    /// Relations that are not faded.
    pub bright_relations: Vec<RelationIndex>,
}

impl Emphasis {
    /// True if nothing is faded.
    #[must_use]
    pub fn is_none(&self) -> bool {
        self.bright_actors.is_empty() && self.bright_relations.is_empty()
    }
}

/// The ties that a view shows. Computed once per version of the map and view settings.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ShownTies {
    /// Ascending.
    ties: Vec<RelationIndex>,
    /// True for the relations that are shown.
    is_shown: PerRelation<bool>,
    /// Counts of the shown ties and of the excerpts that remain.
    census: Census,
}

impl ShownTies {
    /// The ties of a map that `view` shows.
    #[must_use]
    pub fn of(map: &Map, index: &Index, view: &View) -> Self {
        let ties = view.filter.shown(map, index, view.outlook);
        let mut is_shown: PerRelation<bool> = vec![false; map.relations.len()].into();
        for tie in &ties {
            is_shown[*tie] = true;
        }
        let census = Census::of(map, ties.iter().filter_map(|tie| map.relations.get(*tie)));
        Self { ties, is_shown, census }
    }

    /// The shown ties, ascending.
    #[must_use]
    pub fn ties(&self) -> &[RelationIndex] {
        &self.ties
    }

    /// True if this tie is shown.
    #[must_use]
    pub fn contains(&self, tie: RelationIndex) -> bool {
        self.is_shown.get(tie).copied().unwrap_or(false)
    }

    /// Counts of the shown ties and their excerpts, with the excerpts of all actors.
    #[must_use]
    pub fn census(&self) -> Census {
        self.census
    }

    /// Number of ties of the map that are not shown.
    #[must_use]
    pub fn hidden(&self) -> usize {
        self.is_shown.len() - self.ties.len()
    }
}

/// One entry per tie in `shown`: its number, counted from 1 in file order, or `None` if the tie has
/// no excerpts.
#[must_use]
pub fn numbers(map: &Map, shown: &[RelationIndex]) -> Vec<Option<usize>> {
    let mut next = 0;
    let number = |relation: &RelationIndex| {
        let has_excerpts = map.relations.get(*relation).is_some_and(|tie| !tie.evidence.is_empty());
        has_excerpts.then(|| {
            next += 1;
            next
        })
    };
    shown.iter().map(number).collect()
}
