//! The actors that are not drawn, by name.

use crate::model::citation::isolated;
use crate::model::{ActorIndex, Map};
use crate::scene::left_out::Reason;
use crate::scene::shown::Shown;

/// Most names; more than these are only counted, in the title.
const NAMED_AT_MOST: usize = 8;
/// Most characters, which are about two lines.
const LETTERS_AT_MOST: usize = 190;

/// The actors that are not drawn, by name: `Folded into Pakistan: Foreign Office, military. Hidden:
/// base of support.` If these are too many, those that are folded are counted, or only those that
/// are hidden are named. Empty if there are none, or still too many.
#[must_use]
pub fn words(map: &Map, shown: &Shown) -> String {
    let wholes: Vec<ActorIndex> =
        shown.actors().filter(|actor| shown.stands_for(*actor) > 0).collect();
    let folded = wholes.iter().map(|whole| {
        let heading = format!("Folded into {}", name(map, *whole));
        (heading, shown.folded_in(*whole))
    });
    let counted =
        |whole: &ActorIndex| format!("{} into {}", shown.stands_for(*whole), name(map, *whole));
    let counted = wholes.iter().map(counted).collect::<Vec<_>>().join(", ");
    let counted = if wholes.len() > NAMED_AT_MOST { String::new() } else { counted };
    let others = [
        ("Hidden", Reason::Hidden),
        ("Left out by the filter", Reason::Filtered),
        ("Outside the neighbourhood", Reason::Apart),
    ];
    let others = others.map(|(heading, reason)| {
        (heading.to_owned(), shown.left_out().actors(reason).collect::<Vec<_>>())
    });
    let all: Vec<_> = folded.chain(others.clone()).collect();
    let counted = if counted.is_empty() { counted } else { format!("Actors folded: {counted}.") };
    let with_counts = |groups: &[(String, Vec<ActorIndex>)]| {
        Some([counted.clone(), named(map, groups)?].join(" ").trim().to_owned())
    };
    let ways = [named(map, &all), with_counts(&others), with_counts(&others[..1])];
    let fits = |words: &String| words.chars().count() <= LETTERS_AT_MOST;
    ways.into_iter().flatten().find(fits).unwrap_or_default()
}

/// Each group with its names; `None` if these are too many.
fn named(map: &Map, groups: &[(String, Vec<ActorIndex>)]) -> Option<String> {
    let count: usize = groups.iter().map(|(_, actors)| actors.len()).sum();
    let filled = groups.iter().filter(|(_, actors)| !actors.is_empty());
    (count <= NAMED_AT_MOST).then(|| {
        let words = filled.map(|(heading, actors)| format!("{heading}: {}.", names(map, actors)));
        words.collect::<Vec<_>>().join(" ")
    })
}

fn names(map: &Map, actors: &[ActorIndex]) -> String {
    actors.iter().map(|actor| name(map, *actor)).collect::<Vec<_>>().join(", ")
}

fn name(map: &Map, actor: ActorIndex) -> String {
    let actor = map.actors.get(actor);
    actor.map_or_else(String::new, |actor| isolated(&actor.name).into_owned())
}
