//! The toolbar: menu, title of the map, the most used commands, and search field.

use egui::containers::menu::SubMenuButton;
use egui::{self, Align, Button, Layout, RichText, TextEdit, Ui, Widget as _};

use super::id::PanelId;
use super::panel::{Panel, Place};
use crate::edit::Document;
use crate::text::visual;
use crate::ui::requests::actions::{Action, Menu};
use crate::ui::requests::{Request, Requests};
use crate::ui::widgets::field::select_all;
use crate::ui::widgets::style::bold;
use crate::ui::workspace::{CommandInfo, Focus, Workspace};

/// Commands that have their own button, and the width of the toolbar from which it is shown, in
/// points. In a narrower window, the command is in the menu.
const BUTTONS: &[(Action, &str, f32)] = &[
    (Action::Open, "Open", 620.0),
    (Action::Save, "Save", 560.0),
    (Action::Export, "Export", 490.0),
    (Action::Toggle(PanelId::TABLE), "Table", 420.0),
];

/// Width of a column of the main menu, in points.
const MENU_WIDTH: f32 = 270.0;
/// Least width of the title and the state of the file, in points.
const TITLE_WIDTH: f32 = 120.0;
/// Width reserved for the state of the file beside the title, in points.
const STATE_WIDTH: f32 = 84.0;

/// The id of the search field.
#[must_use]
pub fn search_id() -> egui::Id {
    egui::Id::new("search field")
}

/// The toolbar.
pub struct Toolbar;

impl Panel for Toolbar {
    fn id(&self) -> PanelId {
        PanelId("toolbar")
    }

    fn place(&self) -> Place {
        Place::Top(42.0)
    }

    fn ui(&mut self, ui: &mut Ui, workspace: &Workspace<'_>, out: &mut Requests) {
        ui.horizontal_centered(|ui| {
            let menu = ui.menu_button("☰ Menu", |ui| {
                scrolled_ui(ui, |ui| menu_ui(ui, workspace, out));
            });
            menu.response.on_hover_text("All commands");
            let width = ui.available_width();
            let search_width = (width * 0.24).clamp(120.0, 300.0);
            for (action, text, least_width) in BUTTONS {
                if width >= *least_width {
                    button(ui, workspace, *action, text, out);
                }
            }
            let is_filtered = !workspace.view.settings.filter.is_none();
            let filter = if is_filtered { "Filter ●" } else { "Filter" };
            button(ui, workspace, Action::Toggle(PanelId::FILTER), filter, out);
            for (text, hint, sections) in [
                ("Show ▾", "Lines, folding, hiding, colour and size", Menu::SHOW),
                ("Arrange ▾", "Arrange actors", Menu::ARRANGE),
            ] {
                let menu = ui.menu_button(text, |ui| {
                    ui.set_min_width(270.0);
                    ui.spacing_mut().interact_size.y = 22.0;
                    ui.spacing_mut().button_padding.y = 2.0;
                    scrolled_ui(ui, |ui| sections_ui(ui, workspace, sections, out));
                });
                menu.response.on_hover_text(hint);
            }
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                search_ui(ui, workspace, search_width, out);
                // The title comes last, so that the buttons stay where they are.
                let room = ui.available_width();
                if room > TITLE_WIDTH {
                    ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
                        title_ui(ui, workspace.document, room);
                    });
                }
            });
        });
    }
}

fn title_ui(ui: &mut Ui, document: &Document, room: f32) {
    let title = RichText::new(visual(&document.title())).font(bold(14.0));
    ui.scope(|ui| {
        ui.set_max_width((room - STATE_WIDTH).max(TITLE_WIDTH - STATE_WIDTH));
        egui::Label::new(title).truncate().ui(ui);
    });
    let state = match (document.is_read_only(), document.is_unsaved()) {
        (true, _) => "read-only",
        (false, true) => "unsaved",
        (false, false) if document.path().is_none() => "no file yet",
        (false, false) => "saved",
    };
    ui.label(RichText::new(state).weak());
}

fn search_ui(ui: &mut Ui, workspace: &Workspace<'_>, width: f32, out: &mut Requests) {
    let mut text = workspace.search.text().to_owned();
    let edit = TextEdit::singleline(&mut text)
        .id(search_id())
        .hint_text("Search actors, ties, texts…")
        .margin(egui::Margin::symmetric(10, 5))
        .desired_width(width - 20.0);
    let response = ui.add(edit);
    response.widget_info(|| egui::WidgetInfo::labeled(egui::WidgetType::TextEdit, true, "Search"));
    if workspace.wanted_focus == Some(Focus::Search) {
        response.request_focus();
        select_all(ui.ctx(), search_id());
        out.push(Request::FocusTaken);
    }
    let is_left = |key| response.lost_focus() && ui.input(|input| input.key_pressed(key));
    if is_left(egui::Key::Escape) {
        out.push(Request::Search(String::new()));
    } else if response.changed() {
        out.push(Request::Search(text));
    }
    if is_left(egui::Key::Enter) {
        out.push(Request::SearchDone);
    }
}

fn button(ui: &mut Ui, workspace: &Workspace<'_>, action: Action, text: &str, out: &mut Requests) {
    let Some(about) = workspace.about(action) else { return };
    let hint = format!("{} ({})", about.hint, about.key_words(ui.ctx()));
    let button = ui.add_enabled((about.is_possible)(workspace), Button::new(text));
    if button.on_hover_text(hint).clicked() {
        out.act(action);
    }
}

/// The contents of a menu, which scroll if the window is too low for them.
fn scrolled_ui(ui: &mut Ui, contents: impl FnOnce(&mut Ui)) {
    let height = (ui.ctx().content_rect().height() - 70.0).max(100.0);
    egui::ScrollArea::vertical().max_height(height).min_scrolled_height(height).show(ui, contents);
}

/// The main menu: two columns, or one in a narrow window.
fn menu_ui(ui: &mut Ui, workspace: &Workspace<'_>, out: &mut Requests) {
    ui.spacing_mut().interact_size.y = 22.0;
    ui.spacing_mut().button_padding.y = 1.0;
    ui.spacing_mut().item_spacing.y = 1.0;
    if ui.ctx().content_rect().width() < 2.0 * MENU_WIDTH + 60.0 {
        ui.set_min_width(MENU_WIDTH);
        sections_ui(ui, workspace, &[Menu::FIRST, Menu::SECOND].concat(), out);
        return;
    }
    ui.horizontal_top(|ui| {
        for sections in [Menu::FIRST, Menu::SECOND] {
            let size = egui::vec2(MENU_WIDTH, 0.0);
            ui.allocate_ui_with_layout(size, Layout::top_down_justified(Align::LEFT), |ui| {
                sections_ui(ui, workspace, sections, out);
            });
        }
    });
}

/// The commands of several menu sections, separated by lines.
fn sections_ui(ui: &mut Ui, workspace: &Workspace<'_>, sections: &[Menu], out: &mut Requests) {
    for (number, section) in sections.iter().enumerate() {
        if number > 0 {
            ui.separator();
        }
        for about in workspace.commands.iter().filter(|about| about.menu == *section) {
            entry(ui, workspace, about, out);
            if about.action == Action::Open {
                recent_ui(ui, workspace, out);
            }
        }
        if *section == Menu::FILE {
            SubMenuButton::from_button(Button::new("Picture").right_text("▸")).ui(ui, |ui| {
                sections_ui(ui, workspace, &[Menu::PICTURE], out);
            });
        }
    }
}

fn recent_ui(ui: &mut Ui, workspace: &Workspace<'_>, out: &mut Requests) {
    let recent = &workspace.settings.recent;
    ui.add_enabled_ui(!recent.is_empty(), |ui| {
        let button = Button::new("Open recent").right_text("▸");
        SubMenuButton::from_button(button).ui(ui, |ui| {
            for path in recent {
                let name = path.file_name().unwrap_or(path.as_os_str()).to_string_lossy();
                let folder = path.parent().and_then(std::path::Path::file_name).unwrap_or_default();
                let folder = RichText::new(folder.to_string_lossy()).weak();
                let button = Button::new(name).right_text(folder);
                let response = ui.add_enabled(path.exists(), button);
                if response.on_hover_text(path.display().to_string()).clicked() {
                    out.push(Request::Open(path.clone()));
                }
            }
        });
    });
}

fn entry(ui: &mut Ui, workspace: &Workspace<'_>, about: &CommandInfo, out: &mut Requests) {
    let text = about.text_in(workspace);
    let button = Button::new(text).shortcut_text(about.key_words(ui.ctx()));
    let response = ui.add_enabled((about.is_possible)(workspace), button);
    if response.on_hover_text(about.hint).clicked() {
        out.act(about.action);
        ui.close();
    }
}
