//! What a panel is.

use std::ops::Range;

use eframe::egui::Ui;

use super::id::PanelId;
use crate::model::SourceId;
use crate::ui::requests::Requests;
use crate::ui::workspace::Workspace;

/// Where a panel is in the window.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Place {
    /// A bar at the top, this many points high.
    Top(f32),
    /// A line at the bottom.
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
    pub usual: f32,
    pub least: f32,
    /// At most; a share of the window if it is at most 1.
    pub most: f32,
}

/// A panel.
pub trait Panel {
    fn id(&self) -> PanelId;
    fn place(&self) -> Place;

    /// Shows the panel for one frame.
    fn ui(&mut self, ui: &mut Ui, workspace: &Workspace<'_>, out: &mut Requests);

    /// A panel that can be closed is shown only while it is open.
    fn can_be_closed(&self) -> bool {
        true
    }

    /// Shows a place in a source's text, or the text from its start.
    fn read(&mut self, _source: &SourceId, _place: Option<&Range<usize>>) {}

    /// The source whose text this panel shows.
    fn source(&self) -> Option<&SourceId> {
        None
    }
}
