//! The panel itself: evidence or fields, the Edit button, and the way back to the actor before.

use egui::{self, RichText, ScrollArea, Ui};

use super::page::Page;
use crate::edit::{Document, Selection};
use crate::model::Element;
use crate::model::citation::isolated;
use crate::text::visual;
use crate::ui::panels::editor;
use crate::ui::panels::id::PanelId;
use crate::ui::panels::panel::{Panel, Place, Width};
use crate::ui::panels::wanted_field::take_field;
use crate::ui::requests::{Request, Requests};
use crate::ui::widgets::style::bold;
use crate::ui::workspace::{Focus, Workspace};

/// The inspector panel.
pub struct Inspector;

impl Panel for Inspector {
    fn id(&self) -> PanelId {
        PanelId("inspector")
    }

    fn place(&self) -> Place {
        Place::Right(Width { usual: 374.0, least: 260.0, most: f32::INFINITY })
    }

    fn ui(&mut self, ui: &mut Ui, workspace: &Workspace<'_>, out: &mut Requests) {
        let Workspace { document, selection, is_editing, .. } = *workspace;
        ui.with_layout(egui::Layout::right_to_left(egui::Align::Min), |ui| {
            let words = if is_editing { "Done" } else { "Edit" };
            let button = egui::Button::new(RichText::new(words).size(12.0)).small();
            let hint = "Edit the fields of the selection, or of the map (F2)";
            if ui.add(button).on_hover_text(hint).clicked() {
                out.push(Request::ToggleEditing);
            }
        });
        let shows_fields = is_editing && selection.len() <= 1;
        if !shows_fields {
            // The heading shares the row of the Edit button.
            ui.add_space(-24.0);
        }
        back_link_ui(ui, workspace, out);
        if shows_fields {
            editor_ui(ui, document, selection, out);
            take_field(ui, workspace, out);
            return;
        }
        let wants_focus = workspace.wanted_focus == Some(Focus::Evidence);
        let mut page = Page {
            document,
            selection,
            view: workspace.view,
            shown: workspace.shown,
            reading: workspace.reading,
            wants_focus,
            out,
        };
        let id = selection.only().map_or_else(|| "map".to_owned(), |item| format!("{item:?}"));
        ScrollArea::vertical().id_salt(id).auto_shrink(false).show(ui, |ui| {
            ui.spacing_mut().item_spacing.y = 8.0;
            match selection.only() {
                None if selection.is_empty() => page.map_ui(ui),
                None => match page.selected_line() {
                    Some(ties) => page.line_ui(ui, ties),
                    None => page.several_ui(ui),
                },
                Some(Element::Actor(id)) => {
                    if let Some(at) = document.index().actor(id) {
                        page.actor_ui(ui, at);
                    }
                }
                Some(Element::Relation(id)) => {
                    if let Some(at) = document.index().relation(id) {
                        page.relation_ui(ui, at);
                    }
                }
                Some(Element::Note(id)) => page.note_ui(ui, id),
            }
            ui.add_space(12.0);
        });
    }
}

/// A link from a tie back to the actor that was selected before it.
fn back_link_ui(ui: &mut Ui, workspace: &Workspace<'_>, out: &mut Requests) {
    let previous = workspace.previous.and_then(Selection::only);
    if let (Some(Element::Relation(_)), Some(Element::Actor(before))) =
        (workspace.selection.only(), previous)
    {
        let name = workspace.document.index().name(workspace.document.map(), before);
        let words = visual(&format!("← {}", isolated(name))).into_owned();
        if ui.link(RichText::new(words).size(12.0)).clicked() {
            out.push(Request::SelectPrevious);
        }
        ui.add_space(2.0);
    }
}

fn editor_ui(ui: &mut Ui, document: &Document, selection: &Selection, out: &mut Requests) {
    let map = document.map();
    ScrollArea::vertical().id_salt("editor").auto_shrink(false).show(ui, |ui| {
        ui.set_max_width(ui.available_width() - 8.0);
        let heading = match selection.only() {
            None => "The map",
            Some(Element::Actor(_)) => "Actor",
            Some(Element::Relation(_)) => "Tie",
            Some(Element::Note(_)) => "Note",
        };
        ui.label(RichText::new(heading).font(bold(18.0)));
        match selection.only() {
            None => editor::map_ui(ui, document, out),
            Some(Element::Actor(id)) => {
                if let Some(actor) = document.index().actor(id).and_then(|at| map.actors.get(at)) {
                    editor::actor_ui(ui, document, actor, out);
                }
            }
            Some(Element::Relation(id)) => {
                if let Some(relation) =
                    document.index().relation(id).and_then(|at| map.relations.get(at))
                {
                    editor::relation_ui(ui, document, relation, out);
                }
            }
            Some(Element::Note(id)) => {
                if let Some(note) = document.note(id) {
                    editor::note_ui(ui, document, note, out);
                }
            }
        }
        ui.add_space(12.0);
    });
}
