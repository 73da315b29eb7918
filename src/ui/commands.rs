//! The table of all commands, in the order of the menus. A shortcut does the same as its menu
//! entry, and nothing if that is disabled.

use std::sync::LazyLock;

use egui::{Key, KeyboardShortcut};

use super::panels;
use super::requests::actions::{Action, Menu, ctrl, ctrl_shift, plain, shift};
use super::workspace::{CommandInfo, Workspace, always};
use crate::edit::align::Arrangement;
use crate::layout::methods::{METHODS, Method};
use crate::model::view::LineMode;

/// All commands, in the order of the menus.
#[must_use]
pub fn commands() -> &'static [CommandInfo] {
    &ALL
}

static ALL: LazyLock<Vec<CommandInfo>> = LazyLock::new(|| {
    let mut all = Vec::from(COMMANDS);
    let arrangements: Vec<CommandInfo> = METHODS.iter().filter_map(arrangement).collect();
    let start = all.iter().position(|about| about.menu == Menu::PLACE).unwrap_or(all.len());
    drop(all.splice(start..start, arrangements));
    let panels: Vec<CommandInfo> =
        panels::all().iter().filter_map(|panel| panel.command()).collect();
    let start = all.iter().position(|about| about.action == Action::Outlook).unwrap_or(all.len());
    drop(all.splice(start..start, panels));
    all
});

/// The command that applies a layout method; `None` if the method's shortcut is not a key.
fn arrangement(method: &'static Method) -> Option<CommandInfo> {
    let key = Key::from_name(method.shortcut)?;
    let action = Action::Arrange(method);
    Some(row(action, method.text, ctrl_shift(key), method.hint, Menu::PLACE, can_align))
}

const fn row(
    action: Action,
    text: &'static str,
    key: KeyboardShortcut,
    hint: &'static str,
    menu: Menu,
    is_possible: fn(&Workspace<'_>) -> bool,
) -> CommandInfo {
    CommandInfo { action, text, key, hint, menu, is_possible }
}

/// All commands except the layout methods and the panels, which have their own tables.
#[rustfmt::skip]
const COMMANDS: [CommandInfo; 76] = [
    row(Action::New, "New map", ctrl(Key::N),
        "Start an empty map", Menu::FILE, always),
    row(Action::Open, "Open…", ctrl(Key::O),
        "Open a map file", Menu::FILE, always),
    row(Action::OpenExample, "Open the example", ctrl_shift(Key::O),
        "Open the bundled example map", Menu::FILE, always),
    row(Action::AddArticle, "Add an article…", plain(Key::F4),
        "Add a text as a source: title, author and date are taken from it", Menu::FILE, can_change),
    row(Action::AddArticles, "Add a folder of articles…", shift(Key::F4),
        "Add all texts of a folder as sources; the names of the files can tell title and date", Menu::FILE, can_change),
    row(Action::Import, "Import…", plain(Key::F3),
        "Import a table, event data or another map, as a new map or into this one", Menu::FILE, always),
    row(Action::Save, "Save", ctrl(Key::S),
        "Save the map", Menu::FILE, can_save),
    row(Action::SaveAs, "Save as…", ctrl_shift(Key::S),
        "Save the map to another file", Menu::FILE, always),
    row(Action::Versions, "Earlier versions…", plain(Key::F7),
        "Earlier versions of this file", Menu::FILE, is_in_file),
    row(Action::Recover, "Recover unsaved work…", ctrl(Key::F5),
        "Unsaved work that a crash left behind", Menu::FILE, has_unsaved_work),
    row(Action::Export, "Export…", ctrl(Key::E),
        "Export a picture, slides or a page for browsers: PNG, SVG, PDF, PPTX, HTML", Menu::FILE, has_actors),
    row(Action::ExportData, "Export data…", ctrl(Key::G),
        "Export graphs and tables for Gephi, Kumu, yEd, spreadsheets and others", Menu::FILE, has_actors),
    row(Action::Kinds, "Tie labels", ctrl(Key::K),
        "Show next to each line what the tie is about, where there is room", Menu::PICTURE, always),
    row(Action::Membership, "Show membership", ctrl(Key::M),
        "Show parts of a whole by lines, by areas, or not at all", Menu::PICTURE, always),
    row(Action::CopyPicture, "Copy the picture", ctrl_shift(Key::C),
        "Copy the picture to the clipboard", Menu::PICTURE, has_actors),
    row(Action::Screenshot, "Save a screenshot…", plain(Key::F12),
        "Save a picture of the whole window", Menu::PICTURE, always),
    row(Action::Undo, "Undo", ctrl(Key::Z),
        "Undo the last step", Menu::EDIT, can_undo),
    row(Action::Redo, "Redo", ctrl_shift(Key::Z),
        "Redo the last undone step", Menu::EDIT, can_redo),
    row(Action::NewActor, "New actor", plain(Key::N),
        "Add an actor in the middle of the view", Menu::EDIT, always),
    row(Action::Connect, "New tie", plain(Key::T),
        "Connect the two selected actors, or the selected one to the next one clicked",
        Menu::EDIT, always),
    row(Action::NewNote, "New note", plain(Key::M),
        "Add a note to the map, about the selected actor or tie if there is one", Menu::EDIT,
        can_change),
    row(Action::AddExcerpt, "New excerpt", plain(Key::X),
        "Add an excerpt to the selected actor or tie", Menu::EDIT, always),
    row(Action::Edit, "Edit fields", plain(Key::F2),
        "Edit the fields of the selection, or of the map", Menu::EDIT, always),
    row(Action::Delete, "Delete", plain(Key::Delete),
        "Delete the selection; an actor is deleted with its ties", Menu::EDIT, always),
    row(Action::Copy, "Copy", ctrl(Key::C),
        "Copy the selection, with the ties among its actors", Menu::EDIT, always),
    row(Action::CopyText, "Copy as text", ctrl_shift(Key::T),
        "Copy the selection as text, with citations", Menu::EDIT, always),
    row(Action::Cut, "Cut", ctrl(Key::X),
        "Cut the selection", Menu::EDIT, always),
    row(Action::Paste, "Paste", ctrl(Key::V),
        "Paste what was copied in this or another window", Menu::EDIT, always),
    row(Action::Duplicate, "Duplicate", ctrl(Key::D),
        "Duplicate the selection", Menu::EDIT, always),
    row(Action::Doubles, "Find duplicates…", plain(Key::F10),
        "List actors that may be the same, to merge them", Menu::EDIT, has_actors),
    row(Action::SelectAll, "Select all actors", ctrl(Key::A),
        "Select every actor", Menu::EDIT, has_actors),
    row(Action::Clear, "Clear the selection", plain(Key::Escape),
        "Cancel the current operation, or else clear the selection", Menu::EDIT, always),
    row(Action::Present, "Present the steps", plain(Key::F5),
        "Show the steps of the briefing on the full screen: arrow keys, E for the excerpts, Esc to leave", Menu::VIEW, always),
    row(Action::PresentHere, "Present from the open step", shift(Key::F5),
        "The same, from the step whose fields are open", Menu::VIEW, always),
    row(Action::AddStep, "Add a step", plain(Key::A),
        "Add a step to the briefing: the view, the camera, and what is selected", Menu::EDIT, can_change),
    row(Action::Fit, "Fit to window", plain(Key::F),
        "Show the whole map", Menu::VIEW, has_actors),
    row(Action::ZoomIn, "Zoom in", plain(Key::Plus),
        "Zoom in", Menu::VIEW, always),
    row(Action::ZoomOut, "Zoom out", plain(Key::Minus),
        "Zoom out", Menu::VIEW, always),
    row(Action::Outlook, "Forecasts", ctrl(Key::H),
        "Show or hide forecasts", Menu::VIEW, has_outlook),
    row(Action::Theme, "Light or dark", ctrl(Key::T),
        "Switch between the light and the dark theme", Menu::VIEW, always),
    row(Action::Lines(LineMode::Ties), "Lines by tie", plain(Key::Num1),
        "Draw one line for each tie", Menu::LINES, always),
    row(Action::Lines(LineMode::Stances), "Lines by stance", plain(Key::Num2),
        "Draw one line for all ties of one stance between two actors", Menu::LINES, always),
    row(Action::Lines(LineMode::Pairs), "Lines by pair", plain(Key::Num3),
        "Draw one line for all ties between two actors", Menu::LINES, always),
    row(Action::Fold, "Fold the whole", plain(Key::W),
        "Let the selected whole, or the whole of the selected part, stand for its parts; \
         again to unfold it", Menu::FOLD, always),
    row(Action::FoldAll, "Fold all wholes", ctrl_shift(Key::W),
        "Let every whole stand for its parts", Menu::FOLD, always),
    row(Action::UnfoldAll, "Unfold all", ctrl(Key::U),
        "Show the parts of every whole", Menu::FOLD, is_folded),
    row(Action::Hide, "Hide the selection", plain(Key::H),
        "Hide the selected actors and ties; they remain in the map", Menu::HIDE, has_selection),
    row(Action::Isolate(1), "Only its neighbourhood", plain(Key::I),
        "Show only the selection and what is one step along lines away", Menu::HIDE,
        has_selection),
    row(Action::Isolate(2), "Only two steps around", ctrl(Key::I),
        "Show only the selection and what is up to two steps along lines away", Menu::HIDE,
        has_selection),
    row(Action::ShowAll, "Show everything", ctrl_shift(Key::X),
        "Clear the filter, and show all that is hidden again", Menu::HIDE, always),
    row(Action::Camps, "Colour by camp", plain(Key::C),
        "Tint actors by camp: groups with many friends and few enemies", Menu::LOOKS, always),
    row(Action::Size, "Size of actors", plain(Key::S),
        "Let the size of actors show the number of ties, of excerpts, or the weight", Menu::LOOKS,
        always),
    row(Action::Search, "Search", ctrl(Key::F),
        "Find actors, ties and excerpts", Menu::FIND, always),
    row(Action::Evidence, "Go to the evidence", plain(Key::Enter),
        "Move the keyboard focus to the excerpts of the selection", Menu::FIND, has_actors),
    row(Action::LeaveCanvas, "Switch between map and panels", plain(Key::F6),
        "Move the keyboard focus to the search, then to the steps, and back to the map", Menu::FIND, always),
    row(Action::Problems, "Problems in this map", plain(Key::F8),
        "List possible problems in this map", Menu::FIND, always),
    row(Action::Keys, "Keyboard shortcuts", plain(Key::Questionmark),
        "Show all keyboard shortcuts", Menu::FIND, always),
    row(Action::CancelWork, "Cancel", ctrl(Key::Period),
        "Cancel the current operation", Menu::FIND, can_cancel),
    row(Action::Quit, "Quit", ctrl(Key::Q),
        "Close the window", Menu::QUIT, always),
    row(Action::Align(Arrangement::Left), "Align left", ctrl_shift(Key::ArrowLeft),
        "Align the left edges of the selected actors", Menu::ALIGN, can_align),
    row(Action::Align(Arrangement::Centre), "Align in a column", ctrl_shift(Key::E),
        "Align the centres of the selected actors in a column", Menu::ALIGN, can_align),
    row(Action::Align(Arrangement::Right), "Align right", ctrl_shift(Key::ArrowRight),
        "Align the right edges of the selected actors", Menu::ALIGN, can_align),
    row(Action::Align(Arrangement::Top), "Align top", ctrl_shift(Key::ArrowUp),
        "Align the top edges of the selected actors", Menu::ALIGN, can_align),
    row(Action::Align(Arrangement::Middle), "Align in a row", ctrl_shift(Key::M),
        "Align the centres of the selected actors in a row", Menu::ALIGN, can_align),
    row(Action::Align(Arrangement::Bottom), "Align bottom", ctrl_shift(Key::ArrowDown),
        "Align the bottom edges of the selected actors", Menu::ALIGN, can_align),
    row(Action::Align(Arrangement::DistributeAcross), "Distribute horizontally", ctrl_shift(Key::D),
        "Make the horizontal gaps equal", Menu::SPREAD, can_align),
    row(Action::Align(Arrangement::DistributeDown), "Distribute vertically", ctrl_shift(Key::B),
        "Make the vertical gaps equal", Menu::SPREAD, can_align),
    row(Action::Align(Arrangement::Spread), "Spread", ctrl_shift(Key::P),
        "Push overlapping actors apart", Menu::SPREAD, can_align),
    row(Action::Align(Arrangement::Grid), "Align to the grid", ctrl_shift(Key::G),
        "Move each selected actor to the nearest grid point", Menu::SPREAD, can_align),
    row(Action::Align(Arrangement::MirrorAcross), "Mirror left–right", ctrl_shift(Key::J),
        "Mirror the selected actors left to right", Menu::TURN, can_align),
    row(Action::Align(Arrangement::MirrorDown), "Mirror top–bottom", ctrl_shift(Key::I),
        "Mirror the selected actors top to bottom", Menu::TURN, can_align),
    row(Action::Align(Arrangement::RotateLeft), "Rotate left", ctrl_shift(Key::L),
        "Rotate the selected actors anticlockwise by 15 degrees", Menu::TURN, can_align),
    row(Action::Align(Arrangement::RotateRight), "Rotate right", ctrl_shift(Key::R),
        "Rotate the selected actors clockwise by 15 degrees", Menu::TURN, can_align),
    row(Action::Pin, "Pin", plain(Key::P),
        "Pin or unpin the selected actors", Menu::PLACE, always),
    row(Action::SnapToLines, "Snap to other actors", plain(Key::L),
        "Align with other actors while dragging; hold Ctrl to drag freely", Menu::SNAP, always),
    row(Action::SnapToGrid, "Snap to the grid", plain(Key::G),
        "Snap to the grid while dragging; hold Ctrl to drag freely", Menu::SNAP, always),
];

fn can_undo(workspace: &Workspace<'_>) -> bool {
    workspace.document.undo_name().is_some()
}

fn can_redo(workspace: &Workspace<'_>) -> bool {
    workspace.document.redo_name().is_some()
}

fn has_actors(workspace: &Workspace<'_>) -> bool {
    !workspace.document.map().actors.is_empty()
}

/// True if the map has forecasts.
fn has_outlook(workspace: &Workspace<'_>) -> bool {
    workspace.document.index().census().outlooks > 0
}

fn is_folded(workspace: &Workspace<'_>) -> bool {
    !workspace.view.settings.folded.is_empty()
}

fn has_selection(workspace: &Workspace<'_>) -> bool {
    !workspace.selection.is_empty()
}

fn is_in_file(workspace: &Workspace<'_>) -> bool {
    workspace.document.path().is_some()
}

fn has_unsaved_work(workspace: &Workspace<'_>) -> bool {
    workspace.unsaved_works > 0
}

fn can_save(workspace: &Workspace<'_>) -> bool {
    !workspace.document.is_read_only()
}

fn can_cancel(workspace: &Workspace<'_>) -> bool {
    workspace.work.is_some_and(|work| work.share.is_some())
}

fn can_change(workspace: &Workspace<'_>) -> bool {
    !workspace.document.is_read_only()
}

fn can_align(workspace: &Workspace<'_>) -> bool {
    can_change(workspace) && workspace.document.map().actors.len() > 1
}

/// Mouse gestures and keys on the map, for the page of keyboard shortcuts: input, and effect.
pub const ON_THE_MAP: &[(&str, &str)] = &[
    ("Drag an actor or a note", "Move it; all that is selected moves together"),
    ("Drag the right edge of a note", "Change its width"),
    ("Click", "Select an actor, a line or a note; again on a line, show its ties one by one"),
    ("Shift+click, Ctrl+click", "Add to or remove from the selection"),
    ("Click an empty area", "Clear the selection"),
    ("Double-click", "Edit the actor, tie or note; in an empty area, add an actor"),
    ("E, Enter", "Edit the selected note"),
    ("Drag the + beside an actor", "Draw a tie from the selected actor to another"),
    ("Right-click", "Open the context menu"),
    ("Drag an empty area", "Move the view"),
    ("Shift+drag an empty area", "Select the actors and notes in a rectangle"),
    ("Wheel, pinch", "Zoom at the pointer"),
    ("Tab, Shift+Tab", "Next or previous actor or note, in reading order"),
    (
        "Alt+arrow",
        "Select the nearest actor in that direction; with Shift, add it to the selection",
    ),
    ("[ and ]", "Previous or next line of the selected actor"),
    ("Enter on a line for several ties", "Show its ties one by one; again to end that"),
    ("Click +4 or − below an actor", "Unfold or fold it"),
    ("Arrow", "Move the selected actors and notes by 1, or with Shift by 10; else move the view"),
];
