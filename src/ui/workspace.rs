//! The read-only view of the application that panels, the canvas and commands receive, and what is
//! known about each command.

use std::sync::Arc;

use egui::{Context, Id, KeyboardShortcut};

use super::panels::id::PanelId;
use super::panels::search::Search;
use super::requests::actions::{Action, Menu};
use super::settings::Settings;
use crate::edit::reading::Reading;
use crate::edit::snap::Snapping;
use crate::edit::{Document, Selection, showing};
use crate::model::view::SizeBy;
use crate::model::{Problem, StepId};
use crate::scene::page::parts::StepWords;
use crate::scene::shown::Shown;
use crate::scene::view::View;
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
    pub shown: &'a Arc<Shown>,
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
    /// Number of maps with unsaved work that earlier runs left behind.
    pub unsaved_works: usize,
    /// What is presented; `None` if the map is edited.
    pub presented: Option<&'a Presented>,
    /// The step of the briefing whose fields are shown.
    pub open_step: Option<&'a StepId>,
    /// Screen points per map unit.
    pub zoom: f32,
    /// True if the dark theme is in use.
    pub is_dark: bool,
    /// All menu commands.
    pub commands: &'static [CommandInfo],
}

impl Workspace<'_> {
    /// True if the panel is open, or shown because of a search.
    #[must_use]
    pub fn is_open(&self, panel: PanelId) -> bool {
        self.settings.is_open(panel) || (panel == PanelId::LIST && self.search.opens_list)
    }

    /// What is known about a menu command.
    #[must_use]
    pub fn about(&self, action: Action) -> Option<&'static CommandInfo> {
        self.commands.iter().find(|about| about.action == action)
    }

    /// The command that shows what is left out: everything, or if only parts are folded, those.
    /// `None` if nothing is.
    #[must_use]
    pub fn what_shows(&self) -> Option<Action> {
        if showing::is_withholding(&self.view.settings) {
            return Some(Action::ShowAll);
        }
        (self.shown.folded() > 0).then_some(Action::UnfoldAll)
    }

    /// What dragged actors snap to.
    #[must_use]
    pub fn snapping(&self) -> Snapping {
        Snapping { lines: self.settings.snaps_to_lines, grid: self.settings.snaps_to_grid }
    }
}

/// A step that is presented.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Presented {
    /// What stands out.
    pub focus: Selection,
    pub words: StepWords,
}

/// A widget that should receive the keyboard focus.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Focus {
    /// The search field.
    Search,
    /// The first excerpt of the evidence panel.
    Evidence,
    /// The first command of the panel of steps.
    Steps,
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

/// How a command is displayed and invoked, and when it is enabled.
#[derive(Clone, Copy)]
pub struct CommandInfo {
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

impl CommandInfo {
    /// The command that opens and closes a panel.
    #[must_use]
    pub const fn panel(
        panel: PanelId,
        text: &'static str,
        key: KeyboardShortcut,
        hint: &'static str,
    ) -> Self {
        let action = Action::Toggle(panel);
        Self { action, text, key, hint, menu: Menu::VIEW, is_possible: always }
    }

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
            Action::Toggle(panel) => marked(workspace.is_open(panel)),
            Action::Outlook => {
                either(workspace.view.settings.outlook, "Hide forecasts", "Show forecasts")
            }
            Action::Kinds => {
                either(workspace.view.settings.kinds, "Hide tie labels", "Show tie labels")
            }
            Action::Lines(mode) => marked(workspace.view.settings.line_mode() == mode),
            Action::Camps => marked(workspace.view.settings.camps),
            Action::Size => match workspace.view.settings.size {
                SizeBy::Ties => "Size: number of ties".to_owned(),
                SizeBy::Excerpts => "Size: number of excerpts".to_owned(),
                SizeBy::Weight => "Size: weight".to_owned(),
            },
            Action::Fold => {
                let (map, index) = (document.map(), document.index());
                let (shown, selection) = (workspace.shown, workspace.selection);
                let wholes = showing::wholes_of(map, index, shown, selection);
                let folded = &workspace.view.settings.folded;
                let are_folded = wholes.iter().all(|whole| folded.contains(whole));
                either(!wholes.is_empty() && are_folded, "Unfold the whole", self.text)
            }
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

/// For commands that are always enabled.
#[must_use]
pub fn always(_: &Workspace<'_>) -> bool {
    true
}
