//! Plans that concern the notes of a map.

use super::history::{Change, Entry};
use super::planned::{Plan, on_grid};
use crate::geometry::Point;
use crate::model::query::{Index, about};
use crate::model::{Element, Map, Note, NoteId};

/// The field whose changes belong to the step that adds the note.
const TEXT: &str = "text";

/// Adds a note. What is then typed into it belongs to the same step. No changes if its id is taken
/// or empty.
pub(super) fn add(map: &Map, index: &Index, note: Note) -> Plan {
    let is_possible = !note.id.as_str().is_empty() && index.note(&note.id).is_none();
    let key = key(&note.id, TEXT);
    let note = Note { x: on_grid(note.x), y: on_grid(note.y), ..note };
    let change = is_possible.then(|| Change::Note(Entry::added(map.notes.next_key(), note)));
    Plan::merging("add a note".to_owned(), change.into_iter().collect(), key)
}

/// Replaces the note that has the same id.
pub(super) fn set(map: &Map, index: &Index, note: Note, field: &str) -> Plan {
    let key = key(&note.id, field);
    let note = Note { x: on_grid(note.x), y: on_grid(note.y), ..note };
    let words = match field {
        TEXT => "change the text of a note".to_owned(),
        field => format!("change {field} of {}", name(map, index, &note.id)),
    };
    Plan::merging(words, replaced(map, index, note).into_iter().collect(), key)
}

/// The merge key of changes to a field.
fn key(id: &NoteId, field: &str) -> String {
    format!("note {id} {field}")
}

/// Moves the middle of a note along x and sets its width.
pub(super) fn resize(map: &Map, index: &Index, id: &NoteId, x: f32, width: f64) -> Plan {
    let note = index.note(id).and_then(|at| map.notes.get(at)).cloned();
    let sized = |note: Note| Note { x: on_grid(x.into()), width: on_grid(width), ..note };
    let sized = note.map(sized).filter(|note| note.width > 0.0);
    let change = sized.and_then(|note| replaced(map, index, note));
    Plan::new(format!("resize {}", name(map, index, id)), change.into_iter().collect())
}

/// The change that moves a note; `None` if it is there already.
pub(super) fn moved(map: &Map, index: &Index, id: &NoteId, to: Point) -> Option<Change> {
    let note = map.notes.get(index.note(id)?)?.clone();
    replaced(map, index, Note { x: on_grid(to.x.into()), y: on_grid(to.y.into()), ..note })
}

/// The changes that make the notes about what is deleted be about nothing.
pub(super) fn without<'a>(
    map: &'a Map,
    index: &'a Index,
    is_deleted: impl Fn(&Element) -> bool + 'a,
) -> impl Iterator<Item = Change> + 'a {
    let orphaned = move |note: &&Note| about(index, note).is_some_and(|what| is_deleted(&what));
    let notes = map.notes.iter().filter(orphaned);
    notes.filter_map(|note| replaced(map, index, Note { about: None, ..note.clone() }))
}

/// The changes that follow a change of id: notes about `from` are about the new id.
pub(super) fn renamed(map: &Map, index: &Index, from: &Element, to: &str) -> Vec<Change> {
    let notes = map.notes.iter().filter(|note| about(index, note).as_ref() == Some(from));
    let renamed = |note: &Note| Note { about: Some(to.to_owned()), ..note.clone() };
    notes.filter_map(|note| replaced(map, index, renamed(note))).collect()
}

/// True if a note would be about something else if an actor or a tie had this id.
pub(super) fn is_meant_by_note(map: &Map, id: &str) -> bool {
    map.notes.iter().any(|note| note.about.as_deref() == Some(id))
}

/// `the note “Talks broke down”`, or `a note` if it has no text.
pub(super) fn name(map: &Map, index: &Index, id: &NoteId) -> String {
    let text = index.note(id).and_then(|at| map.notes.get(at)).map(Note::brief_text);
    match text.filter(|text| !text.is_empty()) {
        Some(text) => format!("the note “{text}”"),
        None => "a note".to_owned(),
    }
}

fn replaced(map: &Map, index: &Index, note: Note) -> Option<Change> {
    let at = index.note(&note.id)?;
    let before = map.notes.get(at).filter(|before| **before != note)?;
    Some(Change::Note(Entry::replaced(at, before.clone(), note)))
}
