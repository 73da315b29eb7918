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
/// Hidden: base of support.` Empty if there are none, or too many to name.
#[must_use]
pub fn words(map: &Map, shown: &Shown, view: &View) -> String {
    let name = |actor: ActorIndex| {
        let actor = map.actors.get(actor);
        actor.map_or_else(String::new, |actor| isolated(actor.brief_name()).into_owned())
    };
    let hidden = &view.settings.hidden_actors;
    if shown.folded() + hidden.len() > NAMED_AT_MOST {
        return String::new();
    }
    let listed =
        |actors: Vec<ActorIndex>| actors.into_iter().map(name).collect::<Vec<_>>().join(", ");
    let wholes = shown.actors().filter(|actor| shown.stands_for(*actor) > 0);
    let mut sentences: Vec<String> = wholes
        .map(|whole| format!("Folded into {}: {}.", name(whole), listed(shown.folded_in(whole))))
        .collect();
    let hidden: Vec<ActorIndex> = map
        .actors
        .iter_enumerated()
        .filter(|(_, actor)| hidden.contains(&actor.id))
        .map(|(actor, _)| actor)
        .collect();
    if !hidden.is_empty() {
        sentences.push(format!("Hidden: {}.", listed(hidden)));
    }
    let words = sentences.join(" ");
    if words.chars().count() > LETTERS_AT_MOST { String::new() } else { words }
}
