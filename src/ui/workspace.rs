//! The one read-only view of everything that panels, the canvas and commands may look at.

use eframe::egui::Id;

use super::panels::id::PanelId;
use super::panels::search::Search;
use super::settings::Settings;
use crate::edit::reading::Reading;
use crate::edit::snap::Snapping;
use crate::edit::{Document, Selection};
use crate::scene::view::{ShownTies, View};
use crate::text::Fonts;

/// What may be looked at, borrowed for one frame.
#[derive(Clone, Copy)]
pub struct Workspace<'a> {
    pub document: &'a Document,
    pub selection: &'a Selection,
    /// What was selected before.
    pub previous: Option<&'a Selection>,
    pub view: &'a View,
    /// The ties that the view shows.
    pub shown: &'a ShownTies,
    /// What is known of the sources' texts.
    pub reading: &'a Reading,
    pub search: &'a Search,
    pub fonts: &'a Fonts,
    pub settings: &'a Settings,
    /// Fields are shown instead of evidence.
    pub is_editing: bool,
    /// Where the keyboard should go, until it is there.
    pub wanted_focus: Option<Focus>,
    /// Work that the status line tells about.
    pub work: Option<Work>,
    /// The last thing that happened.
    pub news: &'a str,
    /// Points on the screen for a map unit.
    pub zoom: f32,
    /// The dark theme is shown.
    pub is_dark: bool,
}

impl Workspace<'_> {
    /// True for a panel that is open, or that the search shows.
    #[must_use]
    pub fn is_open(&self, panel: PanelId) -> bool {
        self.settings.is_open(panel) || (panel == PanelId::List && self.search.opens_list)
    }

    /// How dragged actors snap.
    #[must_use]
    pub fn snapping(&self) -> Snapping {
        Snapping { lines: self.settings.snaps_to_lines, grid: self.settings.snaps_to_grid }
    }
}

/// Something that should receive the keyboard.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Focus {
    /// The search field.
    Search,
    /// The first excerpt of the evidence panel.
    Evidence,
    /// A field of the form, by its id; its text is selected if `is_replaced`.
    Field { id: Id, is_replaced: bool },
}

/// A piece of work under way.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Work {
    /// `Exporting`.
    pub label: &'static str,
    /// How much is done, 0 to 1; `None` for work that cannot be cancelled.
    pub share: Option<f32>,
}
