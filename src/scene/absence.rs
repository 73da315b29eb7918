//! Why an element of the map is not drawn.

use super::left_out::Reason;
use super::shown::Shown;
use crate::model::citation::isolated;
use crate::model::query::Index;
use crate::model::{ActorIndex, Element, Map, RelationIndex, ViewSettings};

/// Why an element of the map is not drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Absence {
    /// The actor is folded into this whole.
    Folded(ActorIndex),
    /// The tie joins two actors that are folded into this whole.
    Inside(ActorIndex),
    /// The element, its whole or an end of it is hidden.
    Hidden,
    /// The element is outside the neighbourhood that is shown.
    Apart,
    /// The filter leaves it out.
    Filtered,
    /// It is a forecast or hypothesis, and the view does not show these.
    Forecast,
}

impl Absence {
    /// Why an element is not drawn; `None` if it is, or if the map does not have it.
    #[must_use]
    pub fn of(
        map: &Map,
        index: &Index,
        settings: &ViewSettings,
        shown: &Shown,
        element: &Element,
    ) -> Option<Self> {
        match element {
            Element::Actor(id) => Self::of_actor(shown, index.actor(id)?),
            Element::Relation(id) => Self::of_tie(map, index, settings, shown, index.relation(id)?),
            // Notes are always drawn.
            Element::Note(_) => None,
        }
    }

    /// Why an actor has no shape of its own; `None` if it has one.
    #[must_use]
    pub fn of_actor(shown: &Shown, actor: ActorIndex) -> Option<Self> {
        match shown.drawn_for(actor) {
            Some(by) if by == actor => return None,
            Some(by) => return Some(Self::Folded(by)),
            None => {}
        }
        Some(match shown.left_out().reason(actor)? {
            Reason::Hidden => Self::Hidden,
            Reason::Filtered => Self::Filtered,
            Reason::Apart => Self::Apart,
        })
    }

    /// Why a tie is not drawn; `None` if it is.
    #[must_use]
    pub fn of_tie(
        map: &Map,
        index: &Index,
        settings: &ViewSettings,
        shown: &Shown,
        tie: RelationIndex,
    ) -> Option<Self> {
        if shown.contains(tie) {
            return None;
        }
        let relation = map.relations.get(tie)?;
        if settings.hidden_ties.contains(&relation.id) {
            return Some(Self::Hidden);
        }
        if relation.status.is_outlook() && !settings.outlook {
            return Some(Self::Forecast);
        }
        let Some((from, to)) = index.ends(tie) else { return Some(Self::Filtered) };
        match (shown.drawn_for(from), shown.drawn_for(to)) {
            (Some(one), Some(other)) if one == other && from != to => Some(Self::Inside(one)),
            (Some(_), Some(_)) => Some(Self::Filtered),
            // An end without another tie is filtered because this one is not drawn.
            _ => [from, to]
                .into_iter()
                .filter(|end| shown.drawn_for(*end).is_none())
                .filter_map(|end| Self::of_actor(shown, end))
                .min_by_key(|reason| *reason == Self::Filtered),
        }
    }

    /// The reason, as it follows “is”: `folded into Pakistan`, `left out by the filter`.
    #[must_use]
    pub fn words(self, map: &Map) -> String {
        let name = |actor: ActorIndex| {
            let actor = map.actors.get(actor);
            actor.map_or_else(String::new, |actor| isolated(actor.brief_name()).into_owned())
        };
        match self {
            Self::Folded(whole) => format!("folded into {}", name(whole)),
            Self::Inside(whole) => format!("between parts of {}, which is folded", name(whole)),
            Self::Hidden => "hidden".to_owned(),
            Self::Apart => "outside the neighbourhood that is shown".to_owned(),
            Self::Filtered => "left out by the filter".to_owned(),
            Self::Forecast => "a forecast, and forecasts are not shown".to_owned(),
        }
    }
}
