//! What a selection means for what is shown: the wholes to fold, and the elements to hide.

use std::collections::BTreeSet;

use super::Selection;
use crate::model::filter::Filter;
use crate::model::query::Index;
use crate::model::view::Neighbourhood;
use crate::model::words::counted;
use crate::model::{ActorId, Map, ViewSettings};
use crate::scene::shown::Shown;

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

/// `2 actors and 1 tie`; empty for none.
#[must_use]
pub fn counted_items(selection: &Selection) -> String {
    let counts = [(selection.actors().count(), "actor"), (selection.relations().count(), "tie")];
    let counts = counts.into_iter().filter(|(count, _)| *count > 0);
    counts.map(|(count, noun)| counted(count, noun)).collect::<Vec<_>>().join(" and ")
}
