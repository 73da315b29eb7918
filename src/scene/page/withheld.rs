//! What is folded and hidden, by name.

use crate::model::citation::isolated;
use crate::model::{ActorIndex, Map};
use crate::scene::shown::Shown;
use crate::scene::view::View;

/// Most names; more than these are only counted, in the title.
const NAMED_AT_MOST: usize = 8;
/// Most characters, which are about two lines.
const LETTERS_AT_MOST: usize = 190;

/// The actors that are folded and hidden, by name: `Folded into Pakistan: Foreign Office, military.
/// Hidden: base of support.` If these are too many, those that are folded are counted. Empty if there
/// are none, or still too many.
#[must_use]
pub fn words(map: &Map, shown: &Shown, view: &View) -> String {
    let hidden = hidden(map, view);
    let wholes: Vec<ActorIndex> =
        shown.actors().filter(|actor| shown.stands_for(*actor) > 0).collect();
    let hidden_words =
        if hidden.is_empty() { String::new() } else { format!("Hidden: {}.", names(map, &hidden)) };
    let named = |whole: &ActorIndex| {
        let parts = shown.folded_in(*whole);
        format!("Folded into {}: {}.", name(map, *whole), names(map, &parts))
    };
    let counted =
        |whole: &ActorIndex| format!("{} into {}", shown.stands_for(*whole), name(map, *whole));
    let joined = |folded: String| [folded.as_str(), &hidden_words].join(" ").trim().to_owned();
    if hidden.len() > NAMED_AT_MOST || wholes.len() > NAMED_AT_MOST {
        return String::new();
    }
    if shown.folded() + hidden.len() <= NAMED_AT_MOST {
        let words = joined(wholes.iter().map(named).collect::<Vec<_>>().join(" "));
        if words.chars().count() <= LETTERS_AT_MOST {
            return words;
        }
    }
    let folded = wholes.iter().map(counted).collect::<Vec<_>>().join(", ");
    let folded = if folded.is_empty() { folded } else { format!("Actors folded: {folded}.") };
    Some(joined(folded))
        .filter(|words| words.chars().count() <= LETTERS_AT_MOST)
        .unwrap_or_default()
}

fn hidden(map: &Map, view: &View) -> Vec<ActorIndex> {
    let hidden = &view.settings.hidden_actors;
    let actors = map.actors.iter_enumerated().filter(|(_, actor)| hidden.contains(&actor.id));
    actors.map(|(actor, _)| actor).collect()
}

fn names(map: &Map, actors: &[ActorIndex]) -> String {
    actors.iter().map(|actor| name(map, *actor)).collect::<Vec<_>>().join(", ")
}

fn name(map: &Map, actor: ActorIndex) -> String {
    let actor = map.actors.get(actor);
    actor.map_or_else(String::new, |actor| isolated(&actor.name).into_owned())
}
