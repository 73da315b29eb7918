//! The bar at the top: which map this is, the most used commands, the menu, the search field.

use std::path::PathBuf;

use eframe::egui::containers::menu::SubMenuButton;
use eframe::egui::{self, Align, Button, Layout, RichText, TextEdit, Ui, Widget as _};

use crate::edit::Document;
use crate::edit::align::Arrangement;
use crate::edit::snap::Snapping;
use crate::text::visual;
use crate::ui::requests::actions::Action;
use crate::ui::widgets::style::bold;

/// The ways to arrange by hand, in groups.
const ARRANGEMENTS: &[&[Arrangement]] = &[
    &[
        Arrangement::Left,
        Arrangement::Centre,
        Arrangement::Right,
        Arrangement::Top,
        Arrangement::Middle,
        Arrangement::Bottom,
    ],
    &[Arrangement::Across, Arrangement::Down, Arrangement::Spread, Arrangement::Grid],
    &[
        Arrangement::MirrorAcross,
        Arrangement::MirrorDown,
        Arrangement::TurnLeft,
        Arrangement::TurnRight,
    ],
];

/// What was chosen in the bar.
#[derive(Default)]
pub struct Chosen {
    pub actions: Vec<Action>,
    pub recent: Option<PathBuf>,
    /// Enter was pressed in the search field.
    pub is_search_done: bool,
    pub is_search_changed: bool,
    /// Escape was pressed in the search field.
    pub is_search_left: bool,
}

/// What the bar shows.
#[expect(clippy::struct_excessive_bools, reason = "independent facts, each shown on its own")]
pub struct Bar<'a> {
    pub document: &'a Document,
    pub recent: &'a [PathBuf],
    pub search: &'a mut String,
    pub wants_search_focus: bool,
    pub is_list_open: bool,
    pub has_outlook: bool,
    pub is_outlook_shown: bool,
    pub are_kinds_shown: bool,
    /// The filter leaves something out.
    pub is_filtered: bool,
    pub snapping: Snapping,
}

/// The id of the search field.
#[must_use]
pub fn search_id() -> egui::Id {
    egui::Id::new("search field")
}

impl Bar<'_> {
    /// Shows the bar.
    pub fn ui(self, ui: &mut Ui) -> Chosen {
        let mut chosen = Chosen::default();
        ui.horizontal_centered(|ui| {
            let menu = ui.menu_button("☰ Menu", |ui| {
                let height = ui.ctx().content_rect().height() - 70.0;
                egui::ScrollArea::vertical()
                    .max_height(height)
                    .min_scrolled_height(height)
                    .show(ui, |ui| self.menu(ui, &mut chosen));
            });
            menu.response.on_hover_text("Everything the program can do");
            let search_width = (ui.available_width() * 0.24).clamp(120.0, 300.0);
            let room = (ui.available_width() - search_width - 560.0).clamp(60.0, 420.0);
            let title = RichText::new(visual(&self.document.title())).font(bold(14.0));
            ui.scope(|ui| {
                ui.set_max_width(room);
                egui::Label::new(title).truncate().ui(ui);
            });
            let state = match (self.document.is_read_only, self.document.is_unsaved()) {
                (true, _) => "read-only",
                (false, true) => "unsaved",
                (false, false) if self.document.path().is_none() => "not in a file yet",
                (false, false) => "saved",
            };
            ui.label(RichText::new(state).weak());
            let buttons = [
                (Action::Open, "Open"),
                (Action::Save, "Save"),
                (Action::Export, "Export"),
                (Action::Table, "Table"),
            ];
            for (action, text) in buttons {
                self.button(ui, action, text, &mut chosen);
            }
            let filter = if self.is_filtered { "Filter ●" } else { "Filter" };
            self.button(ui, Action::Filter, filter, &mut chosen);
            let arrange = ui.menu_button("Arrange ▾", |ui| {
                ui.set_min_width(260.0);
                ui.spacing_mut().interact_size.y = 22.0;
                ui.spacing_mut().button_padding.y = 2.0;
                for group in ARRANGEMENTS {
                    for arrangement in *group {
                        self.entry(ui, Action::Align(*arrangement), None, &mut chosen);
                    }
                    ui.separator();
                }
                self.entries(
                    ui,
                    &[
                        Action::ArrangeSigned,
                        Action::ArrangeStress,
                        Action::Circle,
                        Action::ArrangeConcentric,
                        Action::ArrangeTimeline,
                        Action::ArrangeLayers,
                        Action::Pin,
                    ],
                    &mut chosen,
                );
                ui.separator();
                let marked = |is_on: bool, action: Action| {
                    format!("{} {}", if is_on { "✔" } else { "  " }, action.about().text)
                };
                let lines = marked(self.snapping.lines, Action::SnapToLines);
                self.entry(ui, Action::SnapToLines, Some(&lines), &mut chosen);
                let grid = marked(self.snapping.grid, Action::SnapToGrid);
                self.entry(ui, Action::SnapToGrid, Some(&grid), &mut chosen);
            });
            arrange.response.on_hover_text("Put actors in order");
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                let edit = TextEdit::singleline(self.search)
                    .id(search_id())
                    .hint_text("Search actors, ties, excerpts…")
                    .margin(egui::Margin::symmetric(10, 5))
                    .desired_width(search_width - 20.0);
                let mut shown = edit.show(ui);
                let response = shown.response.response.clone();
                response.widget_info(|| {
                    egui::WidgetInfo::labeled(egui::WidgetType::TextEdit, true, "Search")
                });
                if self.wants_search_focus {
                    response.request_focus();
                    // Typing replaces the last search.
                    let end = egui::text::CCursor::new(self.search.chars().count());
                    let all = egui::text::CCursorRange::two(egui::text::CCursor::new(0), end);
                    shown.state.cursor.set_char_range(Some(all));
                    shown.state.store(ui.ctx(), search_id());
                }
                chosen.is_search_changed = response.changed();
                chosen.is_search_left =
                    response.lost_focus() && ui.input(|input| input.key_pressed(egui::Key::Escape));
                chosen.is_search_done =
                    response.lost_focus() && ui.input(|input| input.key_pressed(egui::Key::Enter));
            });
        });
        chosen
    }

    fn button(&self, ui: &mut Ui, action: Action, text: &str, chosen: &mut Chosen) {
        let about = action.about();
        let hint = format!("{} ({})", about.hint, about.key_words(ui.ctx()));
        if ui.add_enabled(self.is_possible(action), Button::new(text)).on_hover_text(hint).clicked()
        {
            chosen.actions.push(action);
        }
    }

    fn is_possible(&self, action: Action) -> bool {
        let map = self.document.map();
        match action {
            Action::Align(_)
            | Action::ArrangeSigned
            | Action::ArrangeStress
            | Action::ArrangeConcentric
            | Action::ArrangeTimeline
            | Action::ArrangeLayers
            | Action::Circle => map.actors.len() > 1,
            Action::Undo => self.document.undo_name().is_some(),
            Action::Redo => self.document.redo_name().is_some(),
            Action::Export
            | Action::CopyPicture
            | Action::SelectAll
            | Action::Fit
            | Action::Evidence => !map.actors.is_empty(),
            Action::Save => !self.document.is_read_only,
            Action::Versions => self.document.path().is_some(),
            Action::Outlook => self.has_outlook,
            Action::ShowAll => self.is_filtered,
            _ => true,
        }
    }

    fn menu(&self, ui: &mut Ui, chosen: &mut Chosen) {
        ui.set_min_width(270.0);
        // The whole menu fits a window of 720 points.
        ui.spacing_mut().interact_size.y = 19.0;
        ui.spacing_mut().button_padding.y = 0.5;
        ui.spacing_mut().item_spacing.y = 1.0;
        self.entry(ui, Action::New, None, chosen);
        self.entry(ui, Action::Open, None, chosen);
        ui.add_enabled_ui(!self.recent.is_empty(), |ui| {
            let button = Button::new("Open recent").right_text("▸");
            SubMenuButton::from_button(button).ui(ui, |ui| {
                for path in self.recent {
                    let button =
                        Button::new(path.file_name().unwrap_or(path.as_os_str()).to_string_lossy());
                    let folder =
                        path.parent().and_then(std::path::Path::file_name).unwrap_or_default();
                    let button = button.right_text(RichText::new(folder.to_string_lossy()).weak());
                    if ui
                        .add_enabled(path.exists(), button)
                        .on_hover_text(path.display().to_string())
                        .clicked()
                    {
                        chosen.recent = Some(path.clone());
                    }
                }
            });
        });
        self.entry(ui, Action::OpenExample, None, chosen);
        ui.separator();
        self.entries(ui, &[Action::Save, Action::SaveAs, Action::Versions, Action::Export], chosen);
        SubMenuButton::from_button(Button::new("Picture").right_text("▸")).ui(ui, |ui| {
            let kinds = if self.are_kinds_shown {
                "Hide the words on the ties"
            } else {
                "Words on the ties"
            };
            self.entry(ui, Action::Kinds, Some(kinds), chosen);
            self.entry(ui, Action::Membership, None, chosen);
            self.entries(ui, &[Action::CopyPicture, Action::Screenshot], chosen);
        });
        ui.separator();
        let undo = self.document.undo_name().map(|name| format!("Undo {name}"));
        self.entry(ui, Action::Undo, undo.as_deref(), chosen);
        let redo = self.document.redo_name().map(|name| format!("Redo {name}"));
        self.entry(ui, Action::Redo, redo.as_deref(), chosen);
        let edit =
            [Action::NewActor, Action::Connect, Action::AddExcerpt, Action::Edit, Action::Delete];
        self.entries(ui, &edit, chosen);
        self.entries(
            ui,
            &[Action::Copy, Action::CopyText, Action::Cut, Action::Paste, Action::Duplicate],
            chosen,
        );
        self.entries(ui, &[Action::SelectAll, Action::Clear], chosen);
        ui.separator();
        self.entries(ui, &[Action::Fit, Action::ZoomIn, Action::ZoomOut], chosen);
        let list =
            if self.is_list_open { "Hide the list" } else { "Show the list of actors and ties" };
        self.entry(ui, Action::List, Some(list), chosen);
        self.entries(ui, &[Action::Filter, Action::Reader, Action::Table], chosen);
        let outlook = if self.is_outlook_shown { "Hide forecasts" } else { "Show forecasts" };
        self.entry(ui, Action::Outlook, Some(outlook), chosen);
        let theme = if ui.visuals().dark_mode { "Light theme" } else { "Dark theme" };
        self.entry(ui, Action::Theme, Some(theme), chosen);
        ui.separator();
        self.entries(
            ui,
            &[
                Action::Search,
                Action::Evidence,
                Action::LeaveCanvas,
                Action::Problems,
                Action::Keys,
            ],
            chosen,
        );
        ui.separator();
        self.entry(ui, Action::Quit, None, chosen);
    }

    fn entries(&self, ui: &mut Ui, actions: &[Action], chosen: &mut Chosen) {
        for action in actions {
            self.entry(ui, *action, None, chosen);
        }
    }

    fn entry(&self, ui: &mut Ui, action: Action, text: Option<&str>, chosen: &mut Chosen) {
        let about = action.about();
        let button =
            Button::new(text.unwrap_or(about.text)).shortcut_text(about.key_words(ui.ctx()));
        if ui.add_enabled(self.is_possible(action), button).on_hover_text(about.hint).clicked() {
            chosen.actions.push(action);
            ui.close();
        }
    }
}
