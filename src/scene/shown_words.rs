//! How much of a map is drawn, and why not all of it, in words.

use super::left_out::Reason;
use super::shown::Shown;
use crate::model::citation::isolated;
use crate::model::words::{counted, of, shown_of};
use crate::model::{ActorIndex, Map};

/// How much of the map is drawn, if that is not all of it: `19 lines for 43 of 57 ties, without 10
/// forecasts, 1 actor hidden, 4 actors folded`.
#[must_use]
pub fn not_shown(map: &Map, shown: &Shown) -> Option<String> {
    let (lines, ties, all) = (shown.lines().len(), shown.ties().len(), map.relations.len());
    let drawn = match (lines == ties, ties == all) {
        (true, true) => None,
        (true, false) => Some(shown_of(ties, all, "tie")),
        (false, _) => Some(format!("{} for {}", counted(lines, "line"), of(ties, all, "tie"))),
    };
    let left_out = shown.forecasts_left_out();
    let forecasts = (left_out > 0).then(|| format!("without {}", counted(left_out, "forecast")));
    let parts: Vec<String> =
        drawn.into_iter().chain(forecasts).chain(reasons(map, shown)).collect();
    (!parts.is_empty()).then(|| parts.join(", "))
}

/// Why not all of the map is drawn, apart from forecasts: `only within 1 step of Pakistan`, `2
/// actors and 1 tie hidden`, `4 actors left out by the filter`, `4 actors folded`.
#[must_use]
pub fn reasons(map: &Map, shown: &Shown) -> Vec<String> {
    let left_out = shown.left_out();
    let name = |actor: &ActorIndex| {
        let actor = map.actors.get(*actor);
        actor.map_or_else(String::new, |actor| isolated(actor.brief_name()).into_owned())
    };
    let around = left_out.around.as_ref().map(|(centres, steps)| {
        let centre = match centres.as_slice() {
            [only] => name(only),
            several => counted(several.len(), "actor"),
        };
        format!("only within {} of {centre}", counted((*steps).into(), "step"))
    });
    let count = |reason| left_out.actors(reason).count();
    let by_hand = match (count(Reason::Hidden), left_out.hidden_ties) {
        (0, 0) => None,
        (0, ties) => Some(format!("{} hidden", counted(ties, "tie"))),
        (actors, 0) => Some(format!("{} hidden", counted(actors, "actor"))),
        (actors, ties) => {
            Some(format!("{} and {} hidden", counted(actors, "actor"), counted(ties, "tie")))
        }
    };
    let filtered = Some(count(Reason::Filtered)).filter(|count| *count > 0);
    let filtered =
        filtered.map(|count| format!("{} left out by the filter", counted(count, "actor")));
    let inside = match left_out.ties_inside {
        0 => String::new(),
        ties => format!(" with {} inside", counted(ties, "tie")),
    };
    let folded = (shown.folded() > 0)
        .then(|| format!("{} folded{inside}", counted(shown.folded(), "actor")));
    [around, by_hand, filtered, folded].into_iter().flatten().collect()
}
