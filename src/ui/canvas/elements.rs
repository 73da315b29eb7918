//! Converts indices to elements.

use egui::Ui;

use crate::edit::Selection;
use crate::model::{ActorIndex, Element, LineIndex, NoteIndex};
use crate::ui::requests::Request;
use crate::ui::workspace::Workspace;

/// The actor at an index.
pub(super) fn actor_at(workspace: &Workspace<'_>, actor: ActorIndex) -> Option<Element> {
    let actor = workspace.document.map().actors.get(actor)?;
    Some(Element::Actor(actor.id.clone()))
}

/// The note at an index.
pub(super) fn note_at(workspace: &Workspace<'_>, note: NoteIndex) -> Option<Element> {
    let note = workspace.document.map().notes.get(note)?;
    Some(Element::Note(note.id.clone()))
}

/// The ties of a line.
pub(super) fn ties_of(workspace: &Workspace<'_>, line: LineIndex) -> Selection {
    let relations = &workspace.document.map().relations;
    let ties = workspace.shown.lines().ties(line).iter().filter_map(|tie| relations.get(*tie));
    let ties: Vec<Element> = ties.map(|tie| Element::Relation(tie.id.clone())).collect();
    match <[Element; 1]>::try_from(ties) {
        Ok([tie]) => Selection::of(tie),
        Err(ties) => ties.into_iter().collect(),
    }
}

/// The request for a click on an actor or on the ties of a line. A second click on a line for
/// several ties expands it.
pub(super) fn select_or_expand(workspace: &Workspace<'_>, items: Selection) -> Request {
    let is_again = items.len() > 1 && workspace.selection.has_same(&items);
    if is_again { Request::ExpandLine } else { Request::Select(items) }
}

/// The request for a click on an actor, a note or the ties of a line: selects them, or toggles them
/// with Shift or Ctrl. A second click on a line for several ties expands it.
pub(super) fn click(ui: &Ui, workspace: &Workspace<'_>, items: Selection) -> Request {
    let adds = ui.input(|input| input.modifiers.shift || input.modifiers.command);
    if adds {
        let mut selection = workspace.selection.clone();
        let is_selected = items.items().all(|item| selection.contains(item));
        for item in items.items() {
            if selection.contains(item) == is_selected {
                selection.toggle(item.clone());
            }
        }
        return Request::Select(selection);
    }
    select_or_expand(workspace, items)
}
