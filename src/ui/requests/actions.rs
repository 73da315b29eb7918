//! The menu commands, the sections of the menus, and shortcuts. `ui/commands.rs` has the table of
//! all commands.

use egui::{Key, KeyboardShortcut, Modifiers};

use crate::edit::align::Arrangement;
use crate::layout::methods::Method;
use crate::model::view::LineMode;
use crate::ui::panels::id::PanelId;

pub use super::menu::Menu;

/// A command of the menu.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Action {
    New,
    Open,
    OpenExample,
    /// Add an article as a source, with its text.
    AddArticle,
    /// Add all articles of a folder.
    AddArticles,
    /// Import a table or another map.
    Import,
    /// List actors that may be the same.
    Doubles,
    Save,
    SaveAs,
    /// Show the earlier versions of the file.
    Versions,
    /// List the unsaved work that earlier runs left behind.
    Recover,
    Export,
    /// Export the map as data for other programs.
    ExportData,
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
    /// Add a note, about the selected actor or tie if there is one.
    NewNote,
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
    /// Add a step to the briefing, with what is on the screen.
    AddStep,
    /// Present the steps on the full screen.
    Present,
    /// The same, from the step whose fields are open.
    PresentHere,
    /// Open or close a panel.
    Toggle(PanelId),
    /// Draw a line for each tie, stance or pair.
    Lines(LineMode),
    /// Fold or unfold the selected wholes.
    Fold,
    FoldAll,
    UnfoldAll,
    /// Hide the selection.
    Hide,
    /// Show only what is up to so many steps away from the selection.
    Isolate(u8),
    /// Clear the filter, hidden elements and the neighbourhood.
    ShowAll,
    /// Colour by camp, or not.
    Camps,
    /// Show the next measure as the size of shapes.
    Size,
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

/// A shortcut with Ctrl, or with ⌘ on macOS.
#[must_use]
pub const fn ctrl(key: Key) -> KeyboardShortcut {
    KeyboardShortcut::new(Modifiers::COMMAND, key)
}

/// A shortcut with Ctrl and Shift.
#[must_use]
pub const fn ctrl_shift(key: Key) -> KeyboardShortcut {
    KeyboardShortcut::new(Modifiers::COMMAND.plus(Modifiers::SHIFT), key)
}

/// A shortcut with Shift.
#[must_use]
pub const fn shift(key: Key) -> KeyboardShortcut {
    KeyboardShortcut::new(Modifiers::SHIFT, key)
}

/// A shortcut without modifiers.
#[must_use]
pub const fn plain(key: Key) -> KeyboardShortcut {
    KeyboardShortcut::new(Modifiers::NONE, key)
}
