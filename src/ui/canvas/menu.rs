//! The context menu of the map, and the handle from which the user draws ties.

use egui::{Align2, Button, FontId, Painter, Response, Ui, Vec2};

use super::state::Canvas;
use crate::edit::{Selection, showing};
use crate::geometry::{Point, Rect, point};
use crate::model::{ActorIndex, Element};
use crate::scene::theme::Theme;
use crate::ui::requests::actions::Action;
use crate::ui::requests::{Request, Requests};
use crate::ui::widgets::style;
use crate::ui::workspace::Workspace;

/// Radius of the handle beside the selected actor, in points.
const HANDLE: f32 = 8.0;
/// Distance of the centre of the handle from the shape of the actor, in points.
const HANDLE_GAP: f32 = 16.0;

impl Canvas {
    /// Shows the context menu for the element under the pointer, or for an empty area.
    pub(super) fn context_menu(
        &mut self,
        workspace: &Workspace<'_>,
        response: &Response,
        out: &mut Requests,
    ) {
        if response.secondary_clicked()
            && let Some(at) = response.interact_pointer_pos()
        {
            let at = self.map_from_screen(at);
            let items = self.items_at(workspace, at);
            let is_selected =
                |items: &Selection| items.items().all(|item| workspace.selection.contains(item));
            out.extend(items.clone().filter(|items| !is_selected(items)).map(Request::Select));
            self.context = (items, at);
        }
        let (items, at) = self.context.clone();
        response.context_menu(|ui| {
            ui.set_min_width(190.0);
            if let Some(items) = &items {
                let is_note = matches!(items.only(), Some(Element::Note(_)));
                if let Some(item) = items.only() {
                    let words = if is_note { "Edit the note" } else { "Edit fields" };
                    if ui.button(words).clicked() {
                        out.push(Request::EditFields(item.clone()));
                    }
                } else if workspace.view.expanded.is_empty() {
                    if ui.button("Show its ties one by one").clicked() {
                        out.push(Request::ExpandLine);
                    }
                } else if ui.button("Show its ties as one line").clicked() {
                    out.push(Request::CollapseLine);
                }
                if !is_note {
                    entry(ui, workspace, Action::Evidence, out);
                    entry(ui, workspace, Action::AddExcerpt, out);
                    // A note about a line for several ties is about the first of them.
                    let key = workspace.about(Action::NewNote);
                    let key = key.map_or_else(String::new, |about| about.key_words(ui.ctx()));
                    let note = Button::new("Add a note about it").shortcut_text(key);
                    if ui.add(note).clicked() {
                        out.extend(items.items().next().cloned().map(Request::AddNoteAbout));
                    }
                }
                if matches!(items.only(), Some(Element::Actor(_))) {
                    entry(ui, workspace, Action::Connect, out);
                    entry(ui, workspace, Action::Pin, out);
                }
                ui.separator();
                if matches!(items.only(), Some(Element::Actor(_))) {
                    let (map, index) = (workspace.document.map(), workspace.document.index());
                    let wholes = showing::wholes_of(map, index, workspace.shown, items);
                    if !wholes.is_empty() {
                        entry(ui, workspace, Action::Fold, out);
                    }
                    entry(ui, workspace, Action::Isolate(1), out);
                    entry(ui, workspace, Action::Isolate(2), out);
                }
                if !is_note {
                    entry(ui, workspace, Action::Hide, out);
                    ui.separator();
                }
                for action in [Action::Copy, Action::Cut, Action::Duplicate, Action::Delete] {
                    entry(ui, workspace, action, out);
                }
            } else {
                if ui.button("New actor here").clicked() {
                    out.push(Request::AddActor(at));
                }
                if ui.button("New note here").clicked() {
                    out.push(Request::AddNote(at));
                }
                if showing::is_withholding(&workspace.view.settings) {
                    entry(ui, workspace, Action::ShowAll, out);
                }
                if workspace.shown.folded() > 0 {
                    entry(ui, workspace, Action::UnfoldAll, out);
                }
                for action in [
                    Action::Paste,
                    Action::Fit,
                    Action::SelectAll,
                    Action::Undo,
                    Action::Redo,
                    Action::Export,
                ] {
                    entry(ui, workspace, action, out);
                }
            }
        });
    }

    /// The selected actor if its handle is at a map point.
    pub(super) fn handle_at(&self, workspace: &Workspace<'_>, at: Point) -> Option<ActorIndex> {
        let (actor, centre) = self.handle(workspace)?;
        let reach = (HANDLE + 3.0) * self.unit / self.pixel().max(f32::MIN_POSITIVE);
        ((at - centre).length() <= reach).then_some(actor)
    }

    /// The selected actor and the centre of its handle in map units, if exactly one actor
    /// is selected.
    fn handle(&self, workspace: &Workspace<'_>) -> Option<(ActorIndex, Point)> {
        let Some(Element::Actor(id)) = workspace.selection.only() else { return None };
        let actor = workspace.document.index().actor(id)?;
        let actor = Some(actor).filter(|actor| workspace.shown.is_drawn(*actor))?;
        let body = self.body(actor);
        let point_size = self.unit / self.pixel().max(f32::MIN_POSITIVE);
        let away = body.reach() + HANDLE_GAP * point_size;
        let name = self.scene.names.iter().find(|name| name.actor == actor);
        // To the right of the actor, unless its name is there.
        let places = [point(away, 0.0), point(-away, 0.0), point(0.0, -away), point(0.0, away)];
        let half = HANDLE * point_size;
        let is_free = |at: &Point| {
            name.is_none_or(|name| name.rect.overlap(&Rect::around(*at, half, half)) <= 0.0)
        };
        let mut places = places.into_iter().map(|place| body.centre + place);
        let first = body.centre + point(away, 0.0);
        Some((actor, places.find(is_free).unwrap_or(first)))
    }

    /// Paints the handle, and the line of a tie being drawn.
    pub(super) fn paint_handle(
        &self,
        ui: &Ui,
        workspace: &Workspace<'_>,
        painter: &Painter,
        theme: &Theme,
    ) {
        let accent = style::color(theme.accent);
        if let Some((_, at)) = self
            .handle(workspace)
            .filter(|_| self.drag.is_none() && !workspace.document.is_read_only())
        {
            let at = self.screen_from_map(at);
            painter.circle(at, HANDLE, style::color(theme.paper), (1.4, accent));
            painter
                .line_segment([at - Vec2::new(4.0, 0.0), at + Vec2::new(4.0, 0.0)], (1.4, accent));
            painter
                .line_segment([at - Vec2::new(0.0, 4.0), at + Vec2::new(0.0, 4.0)], (1.4, accent));
        }
        let Some(body) = self.connecting.map(|actor| self.body(actor)) else { return };
        // Another actor was selected by keyboard.
        let target = match workspace.selection.only() {
            Some(Element::Actor(id)) => workspace.document.index().actor(id),
            _ => None,
        };
        let target = target.filter(|target| Some(*target) != self.connecting);
        let target = target.map(|actor| self.screen_from_map(self.body(actor).centre));
        if let Some(to) = target.or_else(|| ui.input(|input| input.pointer.latest_pos())) {
            painter.line_segment([self.screen_from_map(body.centre), to], (2.0, accent));
            let words = "to…";
            let at = to + Vec2::new(12.0, -6.0);
            painter.text(at, Align2::LEFT_BOTTOM, words, FontId::proportional(12.0), accent);
        }
    }
}

fn entry(ui: &mut Ui, workspace: &Workspace<'_>, action: Action, out: &mut Requests) {
    let Some(about) = workspace.about(action) else { return };
    let button = Button::new(about.text_in(workspace)).shortcut_text(about.key_words(ui.ctx()));
    if ui.add_enabled((about.is_possible)(workspace), button).clicked() {
        out.push(Request::Act(action));
        ui.close();
    }
}
