//! The `Panel` trait, and the places that panels have in the window.

use std::ops::Range;

use egui::Ui;

use super::id::PanelId;
use crate::model::SourceId;
use crate::ui::requests::Requests;
use crate::ui::workspace::{CommandInfo, Workspace};

/// Where a panel is in the window.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Place {
    /// A bar at the top, this many points high.
    Top(f32),
    /// A bar at the bottom, this many points high.
    Bottom(f32),
    /// At the right of the map.
    Right(Width),
    /// Below the panel at the right.
    BelowRight,
    /// At the left of the map.
    Left(Width),
    /// In place of the map.
    InsteadOfMap,
}

/// The width of a panel at the side, in points.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Width {
    /// Initial width.
    pub usual: f32,
    /// Minimum width.
    pub least: f32,
    /// Maximum width, where the window leaves as much.
    pub most: f32,
}

/// A panel of the window.
pub trait Panel {
    fn id(&self) -> PanelId;
    fn place(&self) -> Place;

    /// The command that opens and closes the panel; `None` for a panel that is always open.
    fn command(&self) -> Option<CommandInfo> {
        None
    }

    /// Shows the panel for one frame.
    fn ui(&mut self, ui: &mut Ui, workspace: &Workspace<'_>, out: &mut Requests);

    /// Shows a range of a source's text, or the text from its start. The range counts Unicode
    /// scalar values.
    fn read(&mut self, _source: &SourceId, _place: Option<&Range<usize>>) {}

    /// Shows a source's text with this range of it marked.
    fn mark_words(&mut self, _source: &SourceId, _place: &Range<usize>) {}

    /// Moves the keyboard to the text of the panel, if it has one.
    fn take_keyboard(&mut self) {}

    /// True if a passage is marked.
    fn has_mark(&self) -> bool {
        false
    }

    /// Removes the mark from a passage. Returns false if none is marked.
    fn unmark(&mut self) -> bool {
        false
    }

    /// True if the panel has a text to show. Without one it is small.
    fn has_text(&self, _workspace: &Workspace<'_>) -> bool {
        true
    }

    /// The source whose text this panel shows, if any.
    fn source(&self) -> Option<&SourceId> {
        None
    }
}
