//! Accessibility: each visible actor, line and note is a node of the AccessKit tree, with a name
//! that describes what the picture shows.

use egui::accesskit::Action::Click;
use egui::accesskit::{self, Role};
use egui::{Rect, Response, Sense, Ui, Vec2};

use super::elements::{select_or_expand, ties_of};
use super::state::Canvas;
use crate::edit::Selection;
use crate::model::Element;
use crate::model::words::counted;
use crate::scene::shown_words::not_shown;
use crate::ui::requests::actions::Action;
use crate::ui::requests::{Request, Requests};
use crate::ui::widgets::words::{actor_name, line_name, note_name};
use crate::ui::workspace::Workspace;

/// Maximum number of nodes for actors, and of nodes for lines. More would slow down each frame and
/// are too many to listen to.
const TOLD_AT_MOST: usize = 1000;

/// Adds the nodes for the visible part of the map, and handles click actions on them.
pub fn describe(
    ui: &mut Ui,
    workspace: &Workspace<'_>,
    canvas: &Canvas,
    response: &Response,
    out: &mut Requests,
) {
    let document = workspace.document;
    let map = document.map();
    let (actors, ties) = (workspace.shown.actors().count(), workspace.shown.ties().len());
    let label = format!("Map of {} and {}", counted(actors, "actor"), counted(ties, "tie"));
    let active = workspace.selection.items().next();
    let active = active.map(|item| node_id(response, item).accesskit_id());
    let is_listening = ui.ctx().accesskit_node_builder(response.id, |node| {
        node.set_role(Role::Canvas);
        node.set_label(label);
        if let Some(active) = active {
            // The focus stays on the map; the selected element is its active descendant.
            node.set_active_descendant(active);
        }
    });
    if is_listening.is_none() {
        return;
    }
    let pixel = canvas.pixel();
    for at in canvas.actors_in_view().into_iter().take(TOLD_AT_MOST) {
        let Some(actor) = map.actors.get(at) else { continue };
        let bounds = canvas.body(at).bounds();
        let rect = Rect::from_two_pos(
            canvas.screen_from_map(bounds.min),
            canvas.screen_from_map(bounds.max),
        );
        let items = Selection::of(Element::Actor(actor.id.clone()));
        let name = || actor_name(document, workspace.shown, actor);
        node(ui, workspace, response, rect, items, name, out);
    }
    for control in canvas.fold_controls(workspace).into_iter().take(TOLD_AT_MOST) {
        let (min, max) = (control.rect.min, control.rect.max);
        let rect = Rect::from_two_pos(canvas.screen_from_map(min), canvas.screen_from_map(max));
        let id = response.id.with(("fold", control.actor));
        let request = control.request(workspace);
        button(ui, response, rect, id, control.name(workspace), request, out);
    }
    if let Some((rect, action)) = canvas.title_link(workspace) {
        let words = not_shown(map, workspace.shown).unwrap_or_default();
        let name = match action {
            Action::UnfoldAll => format!("Unfold all: {words}"),
            _ => format!("Show everything: {words}"),
        };
        let id = response.id.with("what is not shown");
        button(ui, response, rect, id, name, Some(Request::Act(action)), out);
    }
    for (line, at) in canvas.lines_in_view().into_iter().take(TOLD_AT_MOST) {
        let rect = Rect::from_center_size(canvas.screen_from_map(at), Vec2::splat(17.0 * pixel));
        let name = || line_name(document, workspace.shown, line);
        node(ui, workspace, response, rect, ties_of(workspace, line), name, out);
    }
    for placed in canvas.notes.iter().take(TOLD_AT_MOST) {
        let Some(note) = map.notes.get(placed.note) else { continue };
        let rect = Rect::from_two_pos(
            canvas.screen_from_map(placed.rect.min),
            canvas.screen_from_map(placed.rect.max),
        );
        let items = Selection::of(Element::Note(note.id.clone()));
        node(ui, workspace, response, rect, items, || note_name(document, note), out);
    }
}

/// Adds the node of one actor, line or note; `rect` is in screen points.
fn node(
    ui: &mut Ui,
    workspace: &Workspace<'_>,
    canvas: &Response,
    rect: Rect,
    items: Selection,
    name: impl FnOnce() -> String,
    out: &mut Requests,
) {
    let Some(first) = items.items().next().filter(|_| canvas.rect.intersects(rect)) else {
        return;
    };
    let id = node_id(canvas, first);
    let is_selected = items.items().all(|item| workspace.selection.contains(item));
    let _ = ui.interact(rect, id, Sense::empty());
    ui.ctx().accesskit_node_builder(id, |node| {
        node.set_bounds(bounds(rect));
        node.set_role(Role::ListItem);
        node.set_label(name());
        node.set_selected(is_selected);
        node.add_action(Click);
    });
    if ui.input(|input| input.has_accesskit_action_request(id, Click)) {
        out.push(select_or_expand(workspace, items));
    }
}

/// Adds a node for something on the canvas that can be clicked; `rect` is in screen points.
fn button(
    ui: &mut Ui,
    canvas: &Response,
    rect: Rect,
    id: egui::Id,
    name: String,
    request: Option<Request>,
    out: &mut Requests,
) {
    if !canvas.rect.intersects(rect) {
        return;
    }
    let _ = ui.interact(rect, id, Sense::empty());
    ui.ctx().accesskit_node_builder(id, |node| {
        node.set_bounds(bounds(rect));
        node.set_role(Role::Button);
        node.set_label(name);
        node.add_action(Click);
    });
    if ui.input(|input| input.has_accesskit_action_request(id, Click)) {
        out.extend(request);
    }
}

fn bounds(rect: Rect) -> accesskit::Rect {
    accesskit::Rect {
        x0: rect.min.x.into(),
        y0: rect.min.y.into(),
        x1: rect.max.x.into(),
        y1: rect.max.y.into(),
    }
}

/// The node of an actor or note, or of the line whose first tie this is.
fn node_id(canvas: &Response, item: &Element) -> egui::Id {
    canvas.id.with(item_key(item))
}

fn item_key(item: &Element) -> (u8, &str) {
    match item {
        Element::Actor(id) => (1, id.as_str()),
        Element::Relation(id) => (0, id.as_str()),
        Element::Note(id) => (2, id.as_str()),
    }
}
