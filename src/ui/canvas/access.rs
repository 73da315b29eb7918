//! Accessibility: each visible actor and tie is a node of the AccessKit tree, with a name that
//! describes what the picture shows.

use egui::accesskit::{self, Action, Role};
use egui::{Rect, Response, Sense, Ui, Vec2};

use super::state::Canvas;
use crate::edit::Selection;
use crate::model::Element;
use crate::ui::requests::{Request, Requests};
use crate::ui::widgets::words::{actor_name, tie_name};
use crate::ui::workspace::Workspace;

/// Maximum number of nodes for actors, and of nodes for ties. More would slow down each frame and
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
    let label = format!("Map of {} actors and {} ties", map.actors.len(), canvas.shown_ties());
    let active = workspace.selection.only().map(|item| node_id(response, item).accesskit_id());
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
        let item = Element::Actor(actor.id.clone());
        node(
            ui,
            workspace,
            response,
            rect,
            item,
            || actor_name(document, workspace.shown, actor),
            out,
        );
    }
    for (relation, at) in canvas.ties_in_view().into_iter().take(TOLD_AT_MOST) {
        let Some(relation) = map.relations.get(relation) else { continue };
        let rect = Rect::from_center_size(canvas.screen_from_map(at), Vec2::splat(17.0 * pixel));
        let item = Element::Relation(relation.id.clone());
        node(ui, workspace, response, rect, item, || tie_name(document, relation), out);
    }
}

/// Adds the node of one actor or tie; `rect` is in screen points.
fn node(
    ui: &mut Ui,
    workspace: &Workspace<'_>,
    canvas: &Response,
    rect: Rect,
    item: Element,
    name: impl FnOnce() -> String,
    out: &mut Requests,
) {
    if !canvas.rect.intersects(rect) {
        return;
    }
    let id = node_id(canvas, &item);
    let is_selected = workspace.selection.contains(&item);
    let _ = ui.interact(rect, id, Sense::empty());
    ui.ctx().accesskit_node_builder(id, |node| {
        let (min, max) = (rect.min, rect.max);
        node.set_bounds(accesskit::Rect {
            x0: min.x.into(),
            y0: min.y.into(),
            x1: max.x.into(),
            y1: max.y.into(),
        });
        node.set_role(Role::ListItem);
        node.set_label(name());
        node.set_selected(is_selected);
        node.add_action(Action::Click);
    });
    if ui.input(|input| input.has_accesskit_action_request(id, Action::Click)) {
        out.push(Request::Select(Selection::of(item)));
    }
}

fn node_id(canvas: &Response, item: &Element) -> egui::Id {
    canvas.id.with(item_key(item))
}

fn item_key(item: &Element) -> (bool, &str) {
    match item {
        Element::Actor(id) => (true, id.as_str()),
        Element::Relation(id) => (false, id.as_str()),
    }
}
