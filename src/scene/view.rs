//! How a map is looked at, and which of its ties that shows.

use crate::model::Map;
use crate::model::filter::Filter;

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

/// Positions in `map.relations` of the ties that `view` shows.
#[must_use]
pub fn shown_relations(map: &Map, view: &View) -> Vec<usize> {
    let mut shown = view.filter.shown(map);
    shown.retain(|index| {
        map.relations.get(*index).is_some_and(|tie| view.outlook || !tie.status.is_outlook())
    });
    shown
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
