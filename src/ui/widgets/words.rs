//! Descriptions of actors, ties and notes, for lists, menus and screen readers.

use crate::edit::Document;
use crate::model::citation::isolated;
use crate::model::query::{StanceCounts, about};
use crate::model::words::{counted, cut_to, of};
use crate::model::{Actor, ActorId, Element, LineIndex, Note, Relation, RelationIndex};
use crate::scene::line_words::counts;
use crate::scene::shown::Shown;

/// Most characters of a name within a sentence.
const NAME_AT_MOST: usize = 80;

/// For example `11 of 16 actors · 47 of 57 ties · 60 of 71 excerpts shown`.
#[must_use]
pub fn census_words(document: &Document, shown: &Shown) -> String {
    let (actors, all_actors) = (shown.shapes(), document.map().actors.len());
    let (shown, all) = (shown.census(), document.index().census());
    let counts = [
        (actors, all_actors, "actor"),
        (shown.ties, all.ties, "tie"),
        (shown.excerpts, all.excerpts, "excerpt"),
    ];
    let is_all = counts.iter().all(|(shown, all, _)| shown == all);
    let words = counts.map(|(shown, all, noun)| of(shown, all, noun)).join(" · ");
    if is_all { words } else { format!("{words} shown") }
}

/// For example `Pakistan, state, 5 hostile, 2 cooperative`. Counts the shown ties.
#[must_use]
pub fn actor_name(document: &Document, shown: &Shown, actor: &Actor) -> String {
    let mut words = vec![isolated(&actor.full_name()).into_owned(), actor.kind.words()];
    let index = document.index();
    let at = index.actor(&actor.id);
    // A shape that stands for its parts has their ties as well.
    let parts = at.map_or_else(Vec::new, |at| shown.folded_in(at));
    let mut ties: Vec<RelationIndex> = at
        .into_iter()
        .chain(parts.iter().copied())
        .flat_map(|at| index.ties(at))
        .copied()
        .collect();
    ties.sort_unstable();
    ties.dedup();
    let visible = ties.iter().filter(|tie| shown.contains(**tie));
    let counts = StanceCounts::of(visible.filter_map(|tie| document.map().relations.get(*tie)));
    if !parts.is_empty() {
        words.push(format!("stands for {}", counted(parts.len(), "actor")));
    }
    if let Some(camp) = at.and_then(|at| shown.camp(at)) {
        words.push(format!("camp {}", camp + 1));
    }
    let counts = counts.parts();
    if counts.is_empty() {
        words.push(if ties.is_empty() { "no ties" } else { "no ties shown" }.to_owned());
    }
    words.extend(counts.into_iter().map(|(count, stance)| format!("{count} {stance}")));
    if document.map().layout.get(&actor.id).is_some_and(|placement| placement.pinned) {
        words.push("pinned".to_owned());
    }
    words.join(", ")
}

/// For example `Pakistan → TTP, air strike, hostile, reported`. If undirected:
/// `Hardliners ↔ Moderates, …`.
#[must_use]
pub fn tie_name(document: &Document, relation: &Relation) -> String {
    let mut parts = vec![arrow(document, relation)];
    parts.extend(relation.kind.words());
    parts.push(relation.stance.words().to_owned());
    parts.push(by_whom(document, relation, relation.status.key()));
    parts.join(", ")
}

/// For example `Pakistan ↔ TTP, 5 hostile ties: 2 reported, 3 inferred`; the name of the tie if the
/// line stands for one.
#[must_use]
pub fn line_name(document: &Document, shown: &Shown, line: LineIndex) -> String {
    let (map, lines) = (document.map(), shown.lines());
    let ties = lines.ties(line);
    match (ties, lines.get(line)) {
        ([tie], _) => {
            map.relations.get(*tie).map_or_else(String::new, |tie| tie_name(document, tie))
        }
        (_, Some(drawn)) => {
            let [from, to] = drawn.ends.map(|end| {
                map.actors.get(end).map_or_else(String::new, |actor| short_name(actor.brief_name()))
            });
            format!("{from} {} {to}, {}", drawn.arrow(), counts(map, ties))
        }
        (_, None) => String::new(),
    }
}

/// For example `Note: Talks broke down, about Pakistan`.
#[must_use]
pub fn note_name(document: &Document, note: &Note) -> String {
    let text = cut_to(note.text.trim(), NAME_AT_MOST);
    let text = if text.is_empty() { "no text".to_owned() } else { isolated(&text).into_owned() };
    match subject_name(document, note) {
        Some(subject) => format!("Note: {text}, about {subject}"),
        None => format!("Note: {text}"),
    }
}

/// The name of what a note is about; `None` if that is nothing in the map.
#[must_use]
pub fn subject_name(document: &Document, note: &Note) -> Option<String> {
    match about(document.index(), note)? {
        Element::Actor(id) => Some(brief_name(document, &id)),
        Element::Relation(id) => document.relation(&id).map(|tie| tie_name(document, tie)),
        Element::Note(_) => None,
    }
}

/// The actors of a tie, for example `Pakistan → TTP`.
#[must_use]
pub fn arrow(document: &Document, relation: &Relation) -> String {
    let from = brief_name(document, &relation.from);
    let arrow = if relation.directed { "→" } else { "↔" };
    let to = brief_name(document, &relation.to);
    format!("{from} {arrow} {to}")
}

/// The brief name of an actor, or its id if the map has no such actor.
fn brief_name(document: &Document, id: &ActorId) -> String {
    let actor = document.actor(id);
    short_name(actor.map_or(id.as_str(), Actor::brief_name))
}

fn short_name(name: &str) -> String {
    isolated(&cut_to(name, NAME_AT_MOST)).into_owned()
}

/// The status of a tie, for example `Claimed by Pakistan` or `Reported`.
#[must_use]
pub fn status_words(document: &Document, relation: &Relation) -> String {
    by_whom(document, relation, relation.status.words())
}

/// A status, followed by the actor that makes the claim, if there is one.
fn by_whom(document: &Document, relation: &Relation, status: &str) -> String {
    match &relation.asserted_by {
        Some(id) => {
            format!("{status} by {}", isolated(document.index().name(document.map(), id)))
        }
        None => status.to_owned(),
    }
}
