//! The map for those who do not see it: each visible actor and tie is a node of the AccessKit tree,
//! with a name that says what the picture shows.

use eframe::egui::accesskit::{self, Action, Role};
use eframe::egui::{Rect, Response, Sense, Ui, Vec2};

use super::{Canvas, Seen, Wish};
use crate::edit::{Document, Selection};
use crate::model::citation::isolated;
use crate::model::query::StanceCounts;
use crate::model::{Actor, Element, Relation};

/// Actors and ties of which each is told; more at once nobody listens to, and they would slow every
/// frame.
const TOLD_AT_MOST: usize = 1000;

/// `Pakistan, state, 5 hostile, 2 cooperative`.
#[must_use]
pub fn actor_name(document: &Document, actor: &Actor) -> String {
    let mut parts = vec![isolated(&actor.full_name()).into_owned(), actor.kind.words()];
    let index = document.index();
    let ties = index.actor(&actor.id).map_or(&[] as &[usize], |at| index.ties(at));
    let counts = StanceCounts::of(ties.iter().filter_map(|tie| document.map().relations.get(*tie)));
    parts.extend(counts.parts().into_iter().map(|(count, stance)| format!("{count} {stance}")));
    if ties.is_empty() {
        parts.push("no ties".to_owned());
    }
    if document.map().layout.get(&actor.id).is_some_and(|placement| placement.pinned) {
        parts.push("pinned".to_owned());
    }
    parts.join(", ")
}

/// `Pakistan → TTP, air strike, hostile, reported`; two ways: `Hardliners ↔ Moderates, …`.
#[must_use]
pub fn tie_name(document: &Document, relation: &Relation) -> String {
    let mut parts = vec![arrow(document, relation)];
    parts.extend(relation.kind.words());
    parts.push(relation.stance.words().to_owned());
    let status = status_words(document, relation);
    parts.push(status.replacen(relation.status.words(), relation.status.key(), 1));
    parts.join(", ")
}

/// `Pakistan → TTP`.
#[must_use]
pub fn arrow(document: &Document, relation: &Relation) -> String {
    let name = |id| {
        let actor = document.index().actor(id).and_then(|at| document.map().actors.get(at));
        isolated(actor.map_or(id.as_str(), |actor| actor.brief_name())).into_owned()
    };
    let arrow = if relation.directed { "→" } else { "↔" };
    format!("{} {arrow} {}", name(&relation.from), name(&relation.to))
}

/// `Claimed by Pakistan`, `Reported`.
#[must_use]
pub fn status_words(document: &Document, relation: &Relation) -> String {
    match &relation.asserted_by {
        Some(id) => format!(
            "{} by {}",
            relation.status.words(),
            isolated(document.index().name(document.map(), id))
        ),
        None => relation.status.words().to_owned(),
    }
}

/// Tells AccessKit what the canvas shows, and answers what it is asked to do.
pub fn describe(
    ui: &mut Ui,
    seen: &Seen<'_>,
    canvas: &Canvas,
    response: &Response,
    wishes: &mut Vec<Wish>,
) {
    let document = seen.document;
    let map = document.map();
    let label = format!("Map of {} actors and {} ties", map.actors.len(), canvas.shown_ties());
    let active = seen.selection.only().map(|item| node_id(response, item).accesskit_id());
    let is_listening = ui.ctx().accesskit_node_builder(response.id, |node| {
        node.set_role(Role::Canvas);
        node.set_label(label);
        if let Some(active) = active {
            // The keyboard stays on the map; this is what it stands on there.
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
        node(ui, seen, response, rect, item, || actor_name(document, actor), wishes);
    }
    for (relation, at) in canvas.ties_in_view().into_iter().take(TOLD_AT_MOST) {
        let Some(relation) = map.relations.get(relation) else { continue };
        let rect = Rect::from_center_size(canvas.screen_from_map(at), Vec2::splat(17.0 * pixel));
        let item = Element::Relation(relation.id.clone());
        node(ui, seen, response, rect, item, || tie_name(document, relation), wishes);
    }
}

fn node(
    ui: &mut Ui,
    seen: &Seen<'_>,
    canvas: &Response,
    rect: Rect,
    item: Element,
    name: impl FnOnce() -> String,
    wishes: &mut Vec<Wish>,
) {
    if !canvas.rect.intersects(rect) {
        return;
    }
    let id = node_id(canvas, &item);
    let is_selected = seen.selection.contains(&item);
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
        wishes.push(Wish::Select(Selection::of(item)));
    }
}

fn node_id(canvas: &Response, item: &Element) -> eframe::egui::Id {
    canvas.id.with(item_key(item))
}

fn item_key(item: &Element) -> (bool, &str) {
    match item {
        Element::Actor(id) => (true, id.as_str()),
        Element::Relation(id) => (false, id.as_str()),
    }
}
