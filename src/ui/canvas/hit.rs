//! Hit tests: finds the actor, tie or note at a map point. Elements drawn last are found first.

use egui::Ui;

use super::elements::{actor_at, note_at, ties_of};
use super::graph::{LineArea, Target};
use super::state::Canvas;
use crate::edit::{FormVersion, PlacesVersion, Selection};
use crate::geometry::Point;
use crate::model::{ActorIndex, LineIndex};
use crate::scene::picture::edge;
use crate::scene::view::View;
use crate::ui::workspace::Workspace;

/// Upper bound for half the size of a shape, in pixels at 100 %.
const WIDEST_SHAPE_PX: f32 = 48.0;
/// Upper bound for how far a loop or the width of a line extends beyond its ends, in pixels at
/// 100 %.
const BESIDE_PX: f32 = 60.0;

impl Canvas {
    /// The actor at a map point.
    pub(super) fn actor_at(&self, at: Point) -> Option<ActorIndex> {
        let is_under = |actor: &ActorIndex| self.body(*actor).contains(at, 0.0);
        if self.is_crowded()
            && let Some(actor) = self.named_dot_at(at)
        {
            return Some(actor);
        }
        if self.is_large() {
            let near = self.near.actors(at, WIDEST_SHAPE_PX * self.unit).into_iter();
            let is_drawn = |actor: &ActorIndex| self.overview.actor_looks[*actor].is_drawn;
            return near.filter(is_drawn).find(is_under);
        }
        let drawn = self.overview.actor_looks.iter_enumerated().rev();
        drawn.filter(|(_, look)| look.is_drawn).map(|(actor, _)| actor).find(is_under)
    }

    /// The line that is, or whose badge is, at a map point.
    pub(super) fn line_at(&self, at: Point) -> Option<LineIndex> {
        self.lines_near(at).find(|(_, area)| area.is_under(at)).map(|(line, _)| line)
    }

    /// The note, the actor, or the ties of the line, at a map point.
    pub(super) fn items_at(&self, workspace: &Workspace<'_>, at: Point) -> Option<Selection> {
        if let Some(note) = self.note_at(at) {
            return note_at(workspace, note).map(Selection::of);
        }
        match self.actor_at(at) {
            Some(actor) => actor_at(workspace, actor).map(Selection::of),
            None => self.line_at(at).map(|line| ties_of(workspace, line)),
        }
    }

    /// Passes the targets under the pointer to `egui_graphs`. They are not replaced while a button
    /// is held, because `egui_graphs` refers to the pressed one.
    pub(super) fn offer(&mut self, ui: &Ui) {
        let (is_pressed, is_held, latest, pressed) = ui.input(|input| {
            let pointer = &input.pointer;
            let is_pressed = pointer.any_pressed();
            let pressed = pointer.press_origin().filter(|_| is_pressed);
            (
                is_pressed,
                pointer.any_down() || pointer.any_released(),
                pointer.latest_pos(),
                pressed,
            )
        });
        if is_held && !is_pressed {
            return;
        }
        if self.is_large() && self.glide.is_some() {
            // Large maps have no hit tests during the animation, because the index holds the final
            // positions.
            self.graph.offer(&[]);
            return;
        }
        if self.is_large() && self.near_of != self.overview_of {
            let form = |of: &(FormVersion, PlacesVersion, View)| (of.0, of.2.clone());
            let is_same = self.near_of.as_ref().map(form) == self.overview_of.as_ref().map(form);
            self.near.follow(&self.overview, &self.positions, is_same);
            self.near_of.clone_from(&self.overview_of);
        }
        let at = pressed.or(latest).map(|at| self.map_from_screen(at));
        let mut targets = Vec::new();
        if let Some(at) = at.filter(|at| self.note_at(*at).is_none()) {
            // If the pointer moved within this frame, the hit test uses the press position.
            // `egui_graphs` tests the latest position, so the target is shifted there.
            let moved = latest.map_or(Point::default(), |latest| self.map_from_screen(latest) - at);
            let body = |actor| self.body(actor).moved(moved);
            targets.extend(self.actor_at(at).map(|actor| Target::Actor(actor, body(actor))));
            let line = self.lines_near(at).find(|(_, line)| line.is_under(at));
            targets.extend(line.map(|(line, area)| Target::Line(line, area)));
        }
        self.graph.offer(&targets);
    }

    /// Lines that may be at a map point, those drawn last first, with their areas.
    fn lines_near(&self, at: Point) -> Box<dyn Iterator<Item = (LineIndex, LineArea)> + '_> {
        if !self.is_large() || !self.is_crowded() {
            // Uses the routes and badges of the scene, exactly as drawn.
            let routes = self.scene.routes.iter().zip(&self.scene.badges).rev();
            return Box::new(routes.map(|((line, route), badge)| {
                let width = self.line_width(*line);
                let badge = badge.map(|badge| badge.bounds());
                (*line, LineArea::new(*route, badge, width, self.unit))
            }));
        }
        let reach = (self.overview.widest_lane + BESIDE_PX) * self.unit;
        let near = move |slot: usize| {
            let look = self.overview.line_looks[slot];
            let (from, to) = (self.body(look.from), self.body(look.to));
            let beside = (look.lane.abs() + BESIDE_PX) * self.unit;
            let is_near =
                look.from == look.to || edge::to_segment(at, from.centre, to.centre) <= beside;
            if !is_near {
                return None;
            }
            let ends = if look.from == look.to { [&from, &from] } else { [&from, &to] };
            let route = edge::route(ends, look.lane, 0.0, self.unit);
            Some((look.line, LineArea::new(route, None, look.width_px, self.unit)))
        };
        Box::new(self.near.ties_near(at, reach).into_iter().filter_map(near))
    }

    /// The width of a line, in pixels at 100 %.
    fn line_width(&self, line: LineIndex) -> f32 {
        let looks = self.overview.line_looks.get(self.overview.looks_of(line)).unwrap_or_default();
        looks.iter().map(|look| look.width_px).sum()
    }
}
