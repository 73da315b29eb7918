//! All menu commands in one table: text, shortcut, tooltip, menu section, and when each is enabled.
//! A shortcut does the same as its menu entry, and nothing if that is disabled.

use std::sync::LazyLock;

use egui::{Context, Key, KeyboardShortcut, Modifiers};

use crate::edit::align::Arrangement;
use crate::layout::methods::{METHODS, Method};
use crate::ui::panels::id::PanelId;
use crate::ui::workspace::Workspace;

pub use super::menu::Menu;

/// A command of the menu.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Action {
    New,
    Open,
    OpenExample,
    Save,
    SaveAs,
    /// Show the earlier versions of the file.
    Versions,
    Export,
    CopyPicture,
    /// Save a picture of the whole window.
    Screenshot,
    Quit,
    Undo,
    Redo,
    SelectAll,
    /// Cancel the running operation, or else clear the selection.
    Clear,
    NewActor,
    /// Add a tie between the selected actors.
    Connect,
    /// Switch between fields and evidence of the selection.
    Edit,
    Delete,
    Pin,
    Copy,
    /// Copy the selection as text, with citations.
    CopyText,
    Cut,
    Paste,
    Duplicate,
    Align(Arrangement),
    Arrange(&'static Method),
    SnapToLines,
    SnapToGrid,
    AddExcerpt,
    /// Fit the whole map into the window.
    Fit,
    ZoomIn,
    ZoomOut,
    /// Move the keyboard focus to the search field.
    Search,
    /// Show or hide the text of the source.
    /// Open or close a panel.
    Toggle(PanelId),
    /// Clear the filter.
    ShowAll,
    /// Show or hide forecasts.
    Outlook,
    /// Show or hide the labels of ties.
    Kinds,
    /// Show membership by lines, by areas, or not at all.
    Membership,
    /// Switch between the light and the dark theme.
    Theme,
    Problems,
    /// Show the keyboard shortcuts.
    Keys,
    /// Move the keyboard focus to the excerpts of the selection.
    Evidence,
    /// Move the keyboard focus between the map and the panels.
    LeaveCanvas,
    /// Cancel the running operation.
    CancelWork,
}

/// How a command is displayed and invoked, and when it is enabled.
pub struct About {
    pub action: Action,
    /// Text of the menu entry.
    pub text: &'static str,
    pub key: KeyboardShortcut,
    /// Tooltip, and description on the page of keyboard shortcuts.
    pub hint: &'static str,
    pub menu: Menu,
    /// Returns true if the command is enabled.
    pub is_possible: fn(&Workspace<'_>) -> bool,
}

const fn ctrl(key: Key) -> KeyboardShortcut {
    KeyboardShortcut::new(Modifiers::COMMAND, key)
}

const fn ctrl_shift(key: Key) -> KeyboardShortcut {
    KeyboardShortcut::new(Modifiers::COMMAND.plus(Modifiers::SHIFT), key)
}

const fn plain(key: Key) -> KeyboardShortcut {
    KeyboardShortcut::new(Modifiers::NONE, key)
}

const fn row(
    action: Action,
    text: &'static str,
    key: KeyboardShortcut,
    hint: &'static str,
    menu: Menu,
    is_possible: fn(&Workspace<'_>) -> bool,
) -> About {
    About { action, text, key, hint, menu, is_possible }
}

/// All commands, in the order of the menus.
#[must_use]
pub fn table() -> &'static [About] {
    &ALL
}

static ALL: LazyLock<Vec<About>> = LazyLock::new(|| {
    let arrangements = METHODS.iter().filter_map(|method| {
        let key = Key::from_name(method.shortcut)?;
        let action = Action::Arrange(method);
        Some(row(action, method.text, ctrl_shift(key), method.hint, Menu::PLACE, can_align))
    });
    // They come first in their section of the menu.
    let start = COMMANDS.iter().position(|about| about.menu == Menu::PLACE);
    let mut all = Vec::from(COMMANDS);
    let start = start.unwrap_or(all.len());
    drop(all.splice(start..start, arrangements));
    all
});

/// All commands except the layout methods, which have their own table.
#[rustfmt::skip]
const COMMANDS: [About; 59] = [
    row(Action::New, "New map", ctrl(Key::N),
        "Start an empty map", Menu::FILE, always),
    row(Action::Open, "Open…", ctrl(Key::O),
        "Open a map file", Menu::FILE, always),
    row(Action::OpenExample, "Open the example", ctrl_shift(Key::O),
        "Open the bundled example map", Menu::FILE, always),
    row(Action::Save, "Save", ctrl(Key::S),
        "Save the map", Menu::FILE, can_save),
    row(Action::SaveAs, "Save as…", ctrl_shift(Key::S),
        "Save the map to another file", Menu::FILE, always),
    row(Action::Versions, "Earlier versions…", plain(Key::F7),
        "Earlier versions of this file", Menu::FILE, is_in_file),
    row(Action::Export, "Export…", ctrl(Key::E),
        "Export the picture as PNG, SVG or PDF", Menu::FILE, has_actors),
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
    row(Action::SelectAll, "Select all actors", ctrl(Key::A),
        "Select every actor", Menu::EDIT, has_actors),
    row(Action::Clear, "Clear the selection", plain(Key::Escape),
        "Cancel the current operation, or else clear the selection", Menu::EDIT, always),
    row(Action::Fit, "Fit to window", plain(Key::F),
        "Show the whole map", Menu::VIEW, has_actors),
    row(Action::ZoomIn, "Zoom in", plain(Key::Plus),
        "Zoom in", Menu::VIEW, always),
    row(Action::ZoomOut, "Zoom out", plain(Key::Minus),
        "Zoom out", Menu::VIEW, always),
    row(Action::Toggle(PanelId::List), "List of actors and ties", ctrl(Key::L),
        "Show or hide the list", Menu::VIEW, always),
    row(Action::Toggle(PanelId::Filter), "Filter…", ctrl_shift(Key::F),
        "Hide ties by stance, status, strength, kind, date or text", Menu::VIEW, always),
    row(Action::ShowAll, "Show all ties", ctrl_shift(Key::X),
        "Clear the filter", Menu::VIEW, is_filtered),
    row(Action::Toggle(PanelId::Reader), "Source text", plain(Key::R),
        "Show or hide the text of the source", Menu::VIEW, always),
    row(Action::Toggle(PanelId::Table), "Evidence table", plain(Key::F9),
        "Show all excerpts in a table instead of the map", Menu::VIEW, always),
    row(Action::Outlook, "Forecasts", ctrl(Key::H),
        "Show or hide forecasts", Menu::VIEW, has_outlook),
    row(Action::Theme, "Light or dark", ctrl(Key::T),
        "Switch between the light and the dark theme", Menu::VIEW, always),
    row(Action::Search, "Search", ctrl(Key::F),
        "Find actors, ties and excerpts", Menu::FIND, always),
    row(Action::Evidence, "Go to the evidence", plain(Key::Enter),
        "Move the keyboard focus to the excerpts of the selection", Menu::FIND, has_actors),
    row(Action::LeaveCanvas, "Switch between map and panels", plain(Key::F6),
        "Move the keyboard focus from the map to the panels and back", Menu::FIND, always),
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

fn always(_: &Workspace<'_>) -> bool {
    true
}

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

fn is_filtered(workspace: &Workspace<'_>) -> bool {
    !workspace.view.filter.is_none()
}

fn is_in_file(workspace: &Workspace<'_>) -> bool {
    workspace.document.path().is_some()
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
    ("Drag an actor", "Move it; all selected actors move together"),
    ("Click", "Select an actor or a tie"),
    ("Shift+click, Ctrl+click", "Add to or remove from the selection"),
    ("Click an empty area", "Clear the selection"),
    ("Double-click", "Edit the actor or tie; in an empty area, add an actor"),
    ("Drag the + beside an actor", "Draw a tie from the selected actor to another"),
    ("Right-click", "Open the context menu"),
    ("Drag an empty area", "Move the view"),
    ("Shift+drag an empty area", "Select the actors in a rectangle"),
    ("Wheel, pinch", "Zoom at the pointer"),
    ("Tab, Shift+Tab", "Next or previous actor, in reading order"),
    (
        "Alt+arrow",
        "Select the nearest actor in that direction; with Shift, add it to the selection",
    ),
    ("[ and ]", "Previous or next tie of the selected actor"),
    ("Arrow", "Move the selected actors by 1, or with Shift by 10; else move the view"),
];

impl About {
    /// The shortcut as displayed, such as `Ctrl+S` or `?`.
    #[must_use]
    pub fn key_words(&self, ctx: &Context) -> String {
        let key = self.key.logical_key;
        if self.is_plain() {
            key.symbol_or_name().to_owned()
        } else {
            ctx.format_shortcut(&self.key)
        }
    }

    /// True for a shortcut without modifiers, which is disabled while typing in a text field.
    #[must_use]
    pub fn is_plain(&self) -> bool {
        self.key.modifiers.is_none()
    }

    /// The text of the menu entry in the current state.
    #[must_use]
    pub fn text_in(&self, workspace: &Workspace<'_>) -> String {
        let document = workspace.document;
        let marked = |is_on: bool| format!("{} {}", if is_on { "✔" } else { "  " }, self.text);
        match self.action {
            Action::Undo => step("Undo", document.undo_name()),
            Action::Redo => step("Redo", document.redo_name()),
            Action::SnapToLines => marked(workspace.settings.snaps_to_lines),
            Action::SnapToGrid => marked(workspace.settings.snaps_to_grid),
            Action::Toggle(PanelId::List) => {
                let is_open = workspace.is_open(PanelId::List);
                either(is_open, "Hide the list", "Show the list of actors and ties")
            }
            Action::Outlook => either(workspace.view.outlook, "Hide forecasts", "Show forecasts"),
            Action::Kinds => either(workspace.view.kinds, "Hide tie labels", "Show tie labels"),
            Action::Theme => either(workspace.is_dark, "Light theme", "Dark theme"),
            Action::Pin => {
                let is_pinned = |id| document.is_pinned(id);
                let mut actors = workspace.selection.actors().peekable();
                let are_pinned = actors.peek().is_some() && actors.all(is_pinned);
                either(are_pinned, "Unpin", self.text)
            }
            _ => self.text.to_owned(),
        }
    }
}

/// A verb, followed by the name of an undo step, if there is one.
fn step(verb: &str, name: Option<&str>) -> String {
    name.map_or_else(|| verb.to_owned(), |name| format!("{verb} {name}"))
}

/// The text `on` if `is_on`, else the text `off`.
fn either(is_on: bool, on: &str, off: &str) -> String {
    let text = if is_on { on } else { off };
    text.to_owned()
}

impl Action {
    /// The table row of this command.
    #[must_use]
    pub fn about(self) -> &'static About {
        // Every action has a row (tested), so the fallback is never used.
        ALL.iter().find(|about| about.action == self).unwrap_or(&ALL[0])
    }
}
