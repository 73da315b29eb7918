//! Pointer input on the map: clicks, drags, the selection rectangle (marquee), the wheel.

use std::collections::HashSet;

use egui::{self, CursorIcon, Key, Pos2, Rect, Response, Ui, Vec2};

use super::elements::{actor_at, click, ties_of};
use super::graph::{Allowed, Event};
use super::notes::{moving, selected_actors, selected_notes};
use super::state::{Canvas, Drag};
use crate::edit::Selection;
use crate::edit::snap::{Snap, Snapping, snap};
use crate::geometry::{Point, point};
use crate::model::{ActorIndex, Element};
use crate::scene::camera::Camera;
use crate::ui::requests::{Request, Requests};
use crate::ui::workspace::Workspace;

/// Scroll distance that doubles the zoom, in points.
const WHEEL_POINTS_PER_DOUBLING: f32 = 260.0;

/// Maximum distance at which a dragged actor snaps to a line, in points.
const SNAP_REACH_PX: f32 = 6.0;

impl Canvas {
    /// True if pointer input may concern the map in this frame, or on the first frame.
    pub(super) fn needs_pointer_input(&self, ui: &Ui) -> bool {
        let rect = ui.available_rect_before_wrap();
        ui.input(|input| {
            let is_over = input.pointer.latest_pos().is_some_and(|at| rect.contains(at));
            let is_busy = self.drag.is_some() || self.marquee.is_some() || self.resizing.is_some();
            let pointed = input.events.iter().any(is_pointing)
                || input.pointer.any_down()
                || input.pointer.any_released()
                || input.smooth_scroll_delta() != Vec2::ZERO;
            (is_over || is_busy) && pointed
        }) || self.response_id.is_none()
    }

    /// Runs `GraphView` and converts pointer input to requests.
    pub(super) fn point(
        &mut self,
        ui: &mut Ui,
        workspace: &Workspace<'_>,
        out: &mut Requests,
    ) -> Response {
        let before = self.camera.unwrap_or(Camera { centre: Point::default(), zoom: 1.0 });
        self.start_connecting(ui, workspace);
        self.press_note(ui, workspace);
        let is_ours = self.marquee.is_some() || self.connecting.is_some() || self.holds_note();
        let allowed = Allowed {
            dragging: !is_ours,
            panning: !is_ours && !ui.input(|input| input.modifiers.shift),
        };
        self.offer(ui);
        let (response, events) = self.graph.show(ui, before, self.page, allowed);
        self.rect = response.rect;
        if ui.input(|input| input.key_pressed(Key::Escape)) {
            // egui ends the drag on Escape as well. The drag is dropped first, so that the reported
            // end does not move the actors.
            self.drag = None;
            self.resizing = None;
            self.marquee = None;
        }
        let zooming = ui.input(|input| (input.zoom_delta() - 1.0).abs() > f32::EPSILON);
        let control = self.clicked_control(workspace, &response);
        let is_on_control = control.is_some();
        out.extend(control);
        for event in events {
            match event {
                Event::Panned(centre) if !zooming && response.dragged() => {
                    self.look(Camera { centre, ..before });
                }
                Event::Panned(_) => {}
                Event::ActorPressed(actor) => self.grasp(ui, workspace, actor),
                Event::Released => self.drop_dragged(workspace, out),
                Event::ActorClicked(_) | Event::LineClicked(_)
                    if self.connecting.is_some() || is_on_control => {}
                Event::ActorClicked(actor) => {
                    if let Some(element) = actor_at(workspace, actor) {
                        out.push(click(ui, workspace, Selection::of(element)));
                    }
                }
                Event::LineClicked(line) => {
                    out.push(click(ui, workspace, ties_of(workspace, line)));
                }
            }
        }
        self.finish_connecting(ui, workspace, out);
        if !is_on_control {
            self.double_click(workspace, &response, out);
        }
        self.drag_elements(ui, workspace, &response);
        self.drag_note(ui, workspace, &response, out);
        if !is_on_control {
            self.click_note(ui, workspace, &response, out);
            self.click_on_nothing(ui, workspace, &response, out);
        }
        self.drag_marquee(ui, workspace, &response, out);
        self.wheel(ui, &response);
        self.hover(ui, workspace, &response);
        response
    }

    /// The request for a click on a control that folds a whole, or on the title that tells what is
    /// not shown.
    fn clicked_control(&self, workspace: &Workspace<'_>, response: &Response) -> Option<Request> {
        let at = response.interact_pointer_pos().filter(|_| response.clicked())?;
        if self.connecting.is_some() {
            return None;
        }
        let title = self.title_link(workspace).filter(|(rect, _)| rect.contains(at));
        if let Some((_, action)) = title {
            return Some(Request::Act(action));
        }
        self.fold_control_at(workspace, self.map_from_screen(at))?.request(workspace)
    }

    /// The map point at a screen position.
    pub(super) fn map_from_screen(&self, at: Pos2) -> Point {
        let on_page = at - self.rect.min;
        let camera = self.camera.unwrap_or(Camera { centre: Point::default(), zoom: 1.0 });
        camera.map_from_page(point(on_page.x, on_page.y), self.page)
    }

    /// Starts a drag of the pressed actor, or of the whole selection if it is a part of it.
    fn grasp(&mut self, ui: &Ui, workspace: &Workspace<'_>, actor: ActorIndex) {
        let Some(at) = ui.input(|input| input.pointer.press_origin()) else { return };
        if !ui.input(|input| input.pointer.primary_down()) {
            return;
        }
        let is_selected =
            actor_at(workspace, actor).is_some_and(|item| workspace.selection.contains(&item));
        let (mut actors, notes) = if is_selected {
            (selected_actors(workspace), selected_notes(workspace))
        } else {
            (Vec::new(), Vec::new())
        };
        actors.retain(|(other, _)| *other != actor);
        actors.insert(0, (actor, workspace.document.positions()[actor]));
        self.drag = Some(Drag {
            actors,
            notes,
            is_by_note: false,
            grasped: self.map_from_screen(at),
            delta: Point::default(),
            has_moved: false,
            guides: Vec::new(),
        });
    }

    /// Updates the offset of what is dragged, and the snapping guides.
    fn drag_elements(&mut self, ui: &Ui, workspace: &Workspace<'_>, response: &Response) {
        let Some(at) = ui.input(|input| input.pointer.latest_pos()) else { return };
        let here = self.map_from_screen(at);
        let Some(drag) = &self.drag else { return };
        if response.dragged() && ui.input(|input| input.pointer.is_decidedly_dragging()) {
            let free = here - drag.grasped;
            // Ctrl (Cmd on macOS) disables snapping.
            let is_free = ui.input(|input| input.modifiers.command);
            let snap = if is_free {
                Snap::default()
            } else {
                self.snapped(drag, free, workspace.snapping())
            };
            if let Some(drag) = &mut self.drag {
                drag.delta = free + snap.by;
                drag.guides = snap.guides;
                drag.has_moved = true;
            }
            self.is_fitted = false;
        }
    }

    /// The snapping correction for what is under the pointer after a move by `free` map units. It
    /// snaps to the other actors and notes in view and to the grid.
    fn snapped(&self, drag: &Drag, free: Point, snapping: Snapping) -> Snap {
        let of_actor = |(actor, start): &(ActorIndex, Point)| {
            let body = self.body(*actor);
            (body.bounds().max - body.centre, *start)
        };
        let lead = if drag.is_by_note {
            drag.notes.first().map(|(note, start)| (self.half_of_note(*note), *start))
        } else {
            drag.actors.first().map(of_actor)
        };
        let Some((half, start)) = lead else { return Snap::default() };
        let dragged: HashSet<ActorIndex> = drag.actors.iter().map(|(actor, _)| *actor).collect();
        let view = self.view();
        // In a crowded view every position is aligned with some actor.
        let others = if self.is_crowded() { Vec::new() } else { self.actors_in_view() };
        let others = others
            .into_iter()
            .filter(|actor| !dragged.contains(actor))
            .map(|actor| self.body(actor));
        let others = others.filter(|body| view.contains(body.centre));
        let sheets = if self.is_crowded() { Vec::new() } else { self.resting_sheets(drag) };
        let sheets = sheets.into_iter().filter(|sheet| view.contains(sheet.centre()));
        let others: Vec<_> = others.map(|body| body.bounds()).chain(sheets).collect();
        let moving = crate::geometry::Rect::around(start + free, half.x, half.y);
        let zoom = self.camera.map_or(1.0, |camera| camera.zoom).max(f32::MIN_POSITIVE);
        snap(moving, others.into_iter(), snapping, SNAP_REACH_PX / zoom)
    }

    /// Ends a drag: requests the move if anything has moved.
    pub(super) fn drop_dragged(&mut self, workspace: &Workspace<'_>, out: &mut Requests) {
        let Some(drag) = self.drag.take().filter(|drag| drag.has_moved) else { return };
        out.edit(moving(workspace, drag.moved(), drag.moved_notes()));
    }

    /// Clears the selection after a click on an empty area.
    fn click_on_nothing(
        &self,
        ui: &Ui,
        workspace: &Workspace<'_>,
        response: &Response,
        out: &mut Requests,
    ) {
        let keeps = ui.input(|input| input.modifiers.shift || input.modifiers.command);
        let at = response.interact_pointer_pos().map(|at| self.map_from_screen(at));
        let hit = at.is_some_and(|at| {
            self.items_at(workspace, at).is_some() || self.handle_at(workspace, at).is_some()
        });
        if response.clicked() && !keeps && !hit && !workspace.selection.is_empty() {
            out.push(Request::Select(Selection::default()));
        }
    }

    /// Starts drawing a tie after a press on the handle; Escape cancels it.
    fn start_connecting(&mut self, ui: &Ui, workspace: &Workspace<'_>) {
        let pressed = ui.input(|input| {
            input.pointer.primary_pressed().then(|| input.pointer.press_origin()).flatten()
        });
        if let Some(at) = pressed.filter(|at| self.connecting.is_none() && self.rect.contains(*at))
        {
            self.connecting = self.handle_at(workspace, self.map_from_screen(at));
        }
        if ui.input(|input| input.key_pressed(Key::Escape)) {
            self.connecting = None;
        }
    }

    /// Finishes drawing a tie when the button is released: on an actor it adds the tie, elsewhere
    /// it cancels. After a release on the handle, drawing continues until the next click.
    fn finish_connecting(&mut self, ui: &Ui, workspace: &Workspace<'_>, out: &mut Requests) {
        let released = ui.input(|input| {
            input.pointer.primary_released().then(|| input.pointer.latest_pos()).flatten()
        });
        let (Some(from), Some(at)) = (self.connecting, released) else { return };
        let at = self.map_from_screen(at);
        if self.handle_at(workspace, at).is_some() {
            return;
        }
        self.connecting = None;
        let actors = &workspace.document.map().actors;
        let to = self.actor_at(at);
        if let (Some(from), Some(to)) = (actors.get(from), to.and_then(|to| actors.get(to))) {
            out.push(Request::Connect(from.id.clone(), to.id.clone()));
        }
    }

    /// Edits the element under a double click, or adds an actor in an empty area.
    fn double_click(&self, workspace: &Workspace<'_>, response: &Response, out: &mut Requests) {
        if !response.double_clicked() || workspace.document.is_read_only() {
            return;
        }
        let Some(at) = response.interact_pointer_pos().map(|at| self.map_from_screen(at)) else {
            return;
        };
        match self.items_at(workspace, at) {
            // The second click has expanded a line for several ties.
            Some(items) => out.extend(items.only().cloned().map(Request::EditFields)),
            None => out.push(Request::AddActor(at)),
        }
    }

    /// Starts the marquee on a drag with Shift. At its end, the actors and notes inside are added
    /// to the selection.
    fn drag_marquee(
        &mut self,
        ui: &Ui,
        workspace: &Workspace<'_>,
        response: &Response,
        out: &mut Requests,
    ) {
        let (shift, origin, latest) = ui.input(|input| {
            (input.modifiers.shift, input.pointer.press_origin(), input.pointer.latest_pos())
        });
        if response.drag_started() && shift && self.drag.is_none() && self.resizing.is_none() {
            self.marquee = origin;
        }
        let (Some(start), Some(end)) = (self.marquee, latest) else { return };
        if response.dragged() && !response.drag_stopped() {
            return;
        }
        self.marquee = None;
        let area = Rect::from_two_pos(start, end);
        let places = self.positions.iter_enumerated().zip(&workspace.document.map().actors);
        let places = places.filter(|((index, _), _)| workspace.shown.is_drawn(*index));
        let inside = places.filter(|((_, at), _)| area.contains(self.screen_from_map(**at)));
        let mut selection = workspace.selection.clone();
        let actors = inside.map(|(_, actor)| Element::Actor(actor.id.clone()));
        let notes = self
            .notes
            .iter()
            .filter(|note| area.contains(self.screen_from_map(note.rect.centre())));
        let notes = notes.filter_map(|placed| workspace.document.map().notes.get(placed.note));
        for item in actors.chain(notes.map(|note| Element::Note(note.id.clone()))) {
            if !selection.contains(&item) {
                selection.toggle(item);
            }
        }
        out.push(Request::Select(selection));
    }

    /// Zooms around the pointer with the wheel or a pinch.
    fn wheel(&mut self, ui: &Ui, response: &Response) {
        let Some(at) = response.hover_pos() else { return };
        let (pinch, scroll) = ui.input(|input| (input.zoom_delta(), input.smooth_scroll_delta().y));
        let factor = pinch * 2.0_f32.powf(scroll / WHEEL_POINTS_PER_DOUBLING);
        if let Some(camera) = self.camera.filter(|_| (factor - 1.0).abs() > 1e-6) {
            let on_page = at - self.rect.min;
            self.look(camera.zoomed(factor, point(on_page.x, on_page.y), self.page));
        }
    }

    /// Updates the hovered line and the cursor icon.
    fn hover(&mut self, ui: &Ui, workspace: &Workspace<'_>, response: &Response) {
        let at = response.hover_pos().map(|at| self.map_from_screen(at));
        if self.drag.is_some() {
            self.hovered_line = None;
        }
        let at = at.filter(|_| self.drag.is_none());
        let over_title = response.hover_pos().is_some_and(|at| {
            self.title_link(workspace).is_some_and(|(rect, _)| rect.contains(at))
        });
        let over_edge = self.resizing.is_some()
            || at.is_some_and(|at| self.note_edge_at(workspace, at).is_some());
        let over_note = at.is_some_and(|at| self.note_at(at).is_some());
        let bare = at.filter(|_| !over_note);
        let control = bare.and_then(|at| self.fold_control_at(workspace, at));
        self.hovered_actor = control.map(|control| control.actor).or_else(|| self.actor_at(bare?));
        let over_actor = self.drag.is_some() || over_note || self.hovered_actor.is_some();
        self.hovered_line = at.filter(|_| !over_actor).and_then(|at| self.line_at(at));
        let icon = match (&self.drag, self.marquee) {
            (Some(drag), _) if drag.has_moved => Some(CursorIcon::Grabbing),
            (_, Some(_)) => Some(CursorIcon::Crosshair),
            _ if over_edge => Some(CursorIcon::ResizeHorizontal),
            _ if self.hovered_line.is_some() || over_actor || over_title => {
                Some(CursorIcon::PointingHand)
            }
            _ if response.dragged() => Some(CursorIcon::Grabbing),
            _ => None,
        };
        if let Some(icon) = icon {
            ui.set_cursor_icon(icon);
        }
    }
}

fn is_pointing(event: &egui::Event) -> bool {
    use egui::Event;
    matches!(
        event,
        Event::PointerMoved(_)
            | Event::PointerButton { .. }
            | Event::PointerGone
            | Event::MouseWheel { .. }
            | Event::Zoom(_)
            | Event::Touch { .. }
    )
}
