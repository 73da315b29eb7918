//! The read-only view of the application that panels, the canvas and commands receive.

use egui::Id;

use super::panels::id::PanelId;
use super::panels::search::Search;
use super::settings::Settings;
use crate::edit::reading::Reading;
use crate::edit::snap::Snapping;
use crate::edit::{Document, Selection};
use crate::model::Problem;
use crate::scene::view::{ShownTies, View};
use crate::text::Fonts;

/// Everything that may be read during one frame.
#[derive(Clone, Copy)]
pub struct Workspace<'a> {
    pub document: &'a Document,
    pub selection: &'a Selection,
    /// The selection before the current one.
    pub previous: Option<&'a Selection>,
    pub view: &'a View,
    /// The ties that the view shows.
    pub shown: &'a ShownTies,
    /// The problems of the map, as of the last check.
    pub problems: &'a [Problem],
    /// The texts of the sources and the excerpts found in them.
    pub reading: &'a Reading,
    pub search: &'a Search,
    pub fonts: &'a Fonts,
    pub settings: &'a Settings,
    /// True if the inspector shows fields instead of evidence.
    pub is_editing: bool,
    /// Where the keyboard focus should move; cleared once it is there.
    pub wanted_focus: Option<Focus>,
    /// The background operation shown in the status line.
    pub work: Option<Work>,
    /// The message in the status line.
    pub news: &'a str,
    /// Screen points per map unit.
    pub zoom: f32,
    /// True if the dark theme is in use.
    pub is_dark: bool,
}

impl Workspace<'_> {
    /// True if the panel is open, or shown because of a search.
    #[must_use]
    pub fn is_open(&self, panel: PanelId) -> bool {
        self.settings.is_open(panel) || (panel == PanelId::List && self.search.opens_list)
    }

    /// What dragged actors snap to.
    #[must_use]
    pub fn snapping(&self) -> Snapping {
        Snapping { lines: self.settings.snaps_to_lines, grid: self.settings.snaps_to_grid }
    }
}

/// A widget that should receive the keyboard focus.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Focus {
    /// The search field.
    Search,
    /// The first excerpt of the evidence panel.
    Evidence,
    /// A field of the form, by its id; its text is selected if `is_replaced`.
    Field { id: Id, is_replaced: bool },
}

/// A running background operation.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Work {
    /// What it does, such as `Exporting`.
    pub label: &'static str,
    /// Progress from 0 to 1; `None` if the operation cannot be cancelled.
    pub share: Option<f32>,
}
