//! What a selection means for what is shown: the wholes to fold, and the elements to hide.

use std::collections::BTreeSet;

use super::Selection;
use crate::model::citation::isolated;
use crate::model::filter::Filter;
use crate::model::query::Index;
use crate::model::view::Neighbourhood;
use crate::model::words::counted;
use crate::model::{ActorId, ActorIndex, Element, Map, ViewSettings};
use crate::scene::absence::Absence;
use crate::scene::folding::folded_around;
use crate::scene::shown::Shown;
use crate::scene::view::View;

/// The wholes that a selection means: selected wholes, and those of selected parts.
#[must_use]
pub fn wholes_of(map: &Map, index: &Index, shown: &Shown, selection: &Selection) -> Vec<ActorId> {
    let whole = |id: &ActorId| {
        let actor = index.actor(id)?;
        let by = shown.drawn_for(actor).filter(|by| *by != actor);
        let own = || (!index.parts(actor).is_empty()).then_some(actor);
        let above = || index.actor(map.actors.get(actor)?.part_of.as_deref()?);
        let whole = by.or_else(own).or_else(above)?;
        Some(map.actors.get(whole)?.id.clone())
    };
    let wholes: BTreeSet<ActorId> = selection.actors().filter_map(whole).collect();
    wholes.into_iter().collect()
}

/// All wholes of a map, in the order of their ids.
#[must_use]
pub fn all_wholes(map: &Map, index: &Index) -> Vec<ActorId> {
    let ids = index.wholes().filter_map(|(whole, _)| map.actors.get(whole));
    let ids: BTreeSet<ActorId> = ids.map(|actor| actor.id.clone()).collect();
    ids.into_iter().collect()
}

/// Adds the selected actors and ties to those that are hidden.
pub fn hide(settings: &mut ViewSettings, selection: &Selection) {
    settings.hidden_actors.extend(selection.actors().cloned());
    settings.hidden_ties.extend(selection.relations().cloned());
}

/// The neighbourhood of the selected actors and of the ends of the selected ties; `None` if nothing
/// is selected.
#[must_use]
pub fn around(map: &Map, index: &Index, selection: &Selection, steps: u8) -> Option<Neighbourhood> {
    let ends = selection.relations().filter_map(|id| index.ends(index.relation(id)?));
    let ends = ends.flat_map(|(from, to)| [from, to]).filter_map(|end| map.actors.get(end));
    let actors = selection.actors().cloned().chain(ends.map(|actor| actor.id.clone())).collect();
    let around = Neighbourhood { actors, steps };
    (!around.actors.is_empty()).then_some(around)
}

/// True if the settings leave something out, apart from forecasts.
#[must_use]
pub fn is_withholding(settings: &ViewSettings) -> bool {
    !settings.filter.is_none()
        || !settings.hidden_actors.is_empty()
        || !settings.hidden_ties.is_empty()
        || settings.around.is_some()
}

/// Removes all that leaves something out. Folded wholes remain folded.
pub fn show_everything(settings: &mut ViewSettings) {
    settings.filter = Filter::default();
    settings.hidden_actors.clear();
    settings.hidden_ties.clear();
    settings.around = None;
}

/// The settings in which an element is drawn: of all that keeps it from being drawn, no more is
/// removed than is necessary. An actor without a tie that passes the filter is drawn only while it
/// is selected.
#[must_use]
pub fn showing_again(
    map: &Map,
    index: &Index,
    settings: &ViewSettings,
    element: &Element,
) -> ViewSettings {
    let mut settings = settings.clone();
    // Each round removes a reason. Two ends with their wholes have fewer reasons than this.
    for _ in 0..12 {
        let view = View { settings: settings.clone(), ..View::default() };
        let shown = Shown::of(map, index, &view);
        let absence = Absence::of(map, index, &settings, &shown, element);
        let Some(absence) = absence else { break };
        remove_reason(map, index, &mut settings, element, absence);
        if settings == view.settings {
            break;
        }
    }
    settings
}

/// Removes what keeps an element from being drawn.
fn remove_reason(
    map: &Map,
    index: &Index,
    settings: &mut ViewSettings,
    element: &Element,
    absence: Absence,
) {
    let tie = element.relation().and_then(|id| index.relation(id));
    let ends = tie.and_then(|tie| index.ends(tie)).into_iter().flat_map(|(from, to)| [from, to]);
    let actors: Vec<ActorIndex> =
        element.actor().and_then(|id| index.actor(id)).into_iter().chain(ends).collect();
    let wholes: Vec<ActorId> =
        actors.iter().flat_map(|actor| folded_around(map, index, settings, *actor)).collect();
    match absence {
        Absence::Folded(_) | Absence::Inside(_) => {
            settings.folded.retain(|id| !wholes.contains(id));
        }
        Absence::Hidden => {
            let ids = actors.iter().filter_map(|actor| map.actors.get(*actor));
            for id in ids.map(|actor| &actor.id).chain(&wholes) {
                settings.hidden_actors.remove(id);
            }
            if let Some(id) = element.relation() {
                settings.hidden_ties.remove(id);
            }
        }
        Absence::Apart => settings.around = None,
        Absence::Forecast => settings.set_outlook(true),
        Absence::Filtered => {
            let before = settings.filter.clone();
            for actor in actors.iter().filter_map(|actor| map.actors.get(*actor)) {
                settings.filter.hidden_actor_kinds.remove(&actor.kind);
            }
            if let Some(tie) = tie {
                settings.filter.admit(map, index, tie);
            }
            if element.relation().is_some() && settings.filter == before {
                // It passes, but is inside a whole that has no other tie.
                settings.folded.retain(|id| !wholes.contains(id));
            }
        }
    }
}

/// What showing an element again has changed, apart from the element: `Pakistan unfolded`, `the
/// filter is now: only hostile`.
#[must_use]
pub fn what_changed(
    map: &Map,
    before: &ViewSettings,
    after: &ViewSettings,
    element: &Element,
) -> Vec<String> {
    let mut words = Vec::new();
    let name = |id: &ActorId| {
        let actor = map.actors.iter().find(|actor| actor.id == *id)?;
        Some(isolated(actor.brief_name()).into_owned())
    };
    let shown = before.hidden_actors.difference(&after.hidden_actors);
    let shown: Vec<String> =
        shown.filter(|id| element.actor() != Some(id)).filter_map(name).collect();
    if !shown.is_empty() {
        words.push(format!("{} no longer hidden", shown.join(", ")));
    }
    let unfolded: Vec<String> = before.folded.difference(&after.folded).filter_map(name).collect();
    if !unfolded.is_empty() {
        words.push(format!("{} unfolded", unfolded.join(", ")));
    }
    if before.around.is_some() && after.around.is_none() {
        words.push("no longer only the neighbourhood".to_owned());
    }
    if before.outlook != after.outlook {
        words.push("forecasts are shown".to_owned());
    }
    let (was, is) = (before.filter.is_none(), after.filter.is_none());
    if !was && is {
        words.push("nothing is filtered any more".to_owned());
    } else if before.filter != after.filter {
        words.push(format!("the filter is now: {}", after.filter.words(map, after.outlook)));
    }
    words
}

/// `2 actors and 1 tie`; empty for none.
#[must_use]
pub fn counted_items(selection: &Selection) -> String {
    let counts = [(selection.actors().count(), "actor"), (selection.relations().count(), "tie")];
    let counts = counts.into_iter().filter(|(count, _)| *count > 0);
    counts.map(|(count, noun)| counted(count, noun)).collect::<Vec<_>>().join(" and ")
}
