//! How a map is looked at, and which of its ties that shows.

use crate::model::Map;
use crate::model::filter::Filter;
use crate::model::query::Index;
use crate::named::Named;

/// How the map is looked at; never part of what it says.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct View {
    /// Show what may happen beside what does.
    pub outlook: bool,
    /// Which ties are left out.
    pub filter: Filter,
    /// Say beside each line what the tie is about.
    pub kinds: bool,
    pub membership: Membership,
    /// Number the ties that excerpts stand behind, as [`numbers`] does.
    pub numbers: bool,
    pub emphasis: Emphasis,
}

/// How it is shown that an actor is part of another.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Membership {
    /// A thin line to the whole.
    #[default]
    Tethers,
    /// An area around the whole and its parts.
    Hulls,
    Nothing,
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
            Self::Tethers => "A thin line to the whole",
            Self::Hulls => "An area around the whole and its parts",
            Self::Nothing => "Not shown",
        }
    }
}

/// What stands out: the selection and its neighbourhood.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Emphasis {
    /// Selected actors and relations, by position.
    pub selected_actors: Vec<usize>,
    pub selected_relations: Vec<usize>,
    /// What stays bright; both empty: everything does.
    pub bright_actors: Vec<usize>,
    pub bright_relations: Vec<usize>,
}

impl Emphasis {
    /// Everything is bright.
    #[must_use]
    pub fn is_none(&self) -> bool {
        self.bright_actors.is_empty() && self.bright_relations.is_empty()
    }
}

/// The ties that a view shows. Computed once for each version of a map and each filter.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ShownTies {
    /// Positions in `map.relations`, ascending.
    ties: Vec<usize>,
    /// For each relation of the map whether it is shown.
    is_shown: Vec<bool>,
}

impl ShownTies {
    /// The ties of a map that `view` shows.
    #[must_use]
    pub fn of(map: &Map, index: &Index, view: &View) -> Self {
        let mut ties = view.filter.shown(map, index);
        let is_in_view = |tie: &usize| {
            map.relations.get(*tie).is_some_and(|tie| view.outlook || !tie.status.is_outlook())
        };
        ties.retain(is_in_view);
        let mut is_shown = vec![false; map.relations.len()];
        for tie in &ties {
            is_shown[*tie] = true;
        }
        Self { ties, is_shown }
    }

    /// Positions in `map.relations`, ascending.
    #[must_use]
    pub fn ties(&self) -> &[usize] {
        &self.ties
    }

    /// True if the tie at this position of `map.relations` is shown.
    #[must_use]
    pub fn contains(&self, tie: usize) -> bool {
        self.is_shown.get(tie).copied().unwrap_or(false)
    }

    /// How many ties of the map are not shown.
    #[must_use]
    pub fn hidden(&self) -> usize {
        self.is_shown.len() - self.ties.len()
    }
}

/// The numbers of the ties in `shown` that excerpts stand behind, in the order of the file.
#[must_use]
pub fn numbers(map: &Map, shown: &[usize]) -> Vec<Option<usize>> {
    let mut next = 0;
    let number = |relation: &usize| {
        let has_excerpts = map.relations.get(*relation).is_some_and(|tie| !tie.evidence.is_empty());
        has_excerpts.then(|| {
            next += 1;
            next
        })
    };
    shown.iter().map(number).collect()
}
