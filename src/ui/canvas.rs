//! The map itself: egui_graphs' `GraphView` says what was pointed at, the scene says what is seen.
//!
//! The only file that names egui_graphs. Where the picture is unchanged and nobody points, `GraphView` is not
//! run at all, because it asks for another frame every time.

use eframe::egui::{self, CursorIcon, Key, Modifiers, Pos2, Rect, Response, Sense, Ui, Vec2, pos2};
use egui_graphs::{
    DisplayEdge, DisplayNode, DrawContext, EdgeProps, Graph, GraphChange, GraphView, Layout, LayoutState, MetadataFrame,
    Node, NodeProps, SettingsInteraction, SettingsNavigation,
};
use petgraph::Directed;
use petgraph::stable_graph::{DefaultIx, NodeIndex};

use super::paint::Sketch;
use super::style;
use crate::edit::{Command, Document, Item, Selection};
use crate::geometry::{Point, point};
use crate::scene::camera::Camera;
use crate::scene::edge::{BADGE_PX, Route, width_px};
use crate::scene::shape::Body;
use crate::scene::theme::Theme;
use crate::scene::{self, Furniture, Request, Scene, View};
use crate::text::Fonts;

/// How close to a line counts as on it, in pixels.
const GRASP_PX: f32 = 5.0;
/// Wheel points that make one doubling.
const WHEEL_POINTS_PER_DOUBLING: f32 = 260.0;
const ZOOM_STEP: f32 = 1.25;

/// What the canvas wants done.
#[derive(Clone, Debug, PartialEq)]
pub enum Wish {
    Select(Selection),
    Do(Command),
}

/// What the canvas looks at, borrowed for a frame.
pub struct Seen<'a> {
    pub document: &'a Document,
    pub selection: &'a Selection,
    pub view: &'a View,
    pub fonts: &'a Fonts,
}

/// The canvas between frames.
pub struct Canvas {
    /// Names this document's pan and zoom in egui_graphs' memory.
    id: String,
    camera: Option<Camera>,
    /// Fit again at the next frame.
    is_fit_wanted: bool,
    /// True until somebody pans or zooms; then the window's size no longer moves the map.
    is_fitted: bool,
    page: Point,
    graph: Pointed,
    scene: Scene,
    sketch: Option<Sketch>,
    furniture: Option<(Furniture, Sketch)>,
    drawn_for: Option<DrawnFor>,
    drag: Option<Drag>,
    marquee: Option<Pos2>,
    /// Position in `map.relations` of the tie under the pointer.
    hovered_tie: Option<usize>,
    pub response_id: Option<egui::Id>,
    rect: Rect,
}

type Pointed = Graph<u32, u32, Directed, DefaultIx, Spot, Line>;

/// All that the picture depends on, but for the place of the camera.
#[derive(Clone, PartialEq)]
struct DrawnFor {
    revision: u64,
    view: View,
    zoom: f32,
    page: Point,
    theme: Theme,
    pixels_per_point: f32,
    moved: Vec<(usize, Point)>,
}

/// Actors under the pointer's hand.
struct Drag {
    /// Positions in `map.actors`, and where each started.
    actors: Vec<(usize, Point)>,
    /// The map point that was grasped.
    grasped: Point,
    delta: Point,
    has_moved: bool,
}

impl Canvas {
    /// A canvas for a newly opened document; `number` tells it from earlier ones.
    #[must_use]
    pub fn new(number: u64) -> Self {
        Self {
            id: format!("document-{number}"),
            camera: None,
            is_fit_wanted: true,
            is_fitted: true,
            page: point(1.0, 1.0),
            graph: Pointed::new(),
            scene: Scene::default(),
            sketch: None,
            furniture: None,
            drawn_for: None,
            drag: None,
            marquee: None,
            hovered_tie: None,
            response_id: None,
            rect: Rect::NOTHING,
        }
    }

    /// Shows the map and returns what the person did to it.
    pub fn ui(&mut self, ui: &mut Ui, seen: &Seen<'_>) -> Vec<Wish> {
        let theme = style::scene_theme(ui.ctx());
        ui.painter().rect_filled(ui.max_rect(), 0.0, style::color(theme.ground));
        let size = ui.available_size();
        let resized = (size.x - self.page.x).abs() > 0.5 || (size.y - self.page.y).abs() > 0.5;
        self.page = point(size.x.max(1.0), size.y.max(1.0));
        if resized && self.is_fitted {
            self.is_fit_wanted = true;
        }
        self.refresh(ui, seen, &theme);
        let mut wishes = Vec::new();
        let response = if self.wants_pointing(ui) {
            let response = self.point(ui, seen, &mut wishes);
            self.refresh(ui, seen, &theme);
            response
        } else {
            // The same widget, so that the next press finds it where egui saw it last.
            ui.allocate_painter(size, Sense::click_and_drag()).0
        };
        self.rect = response.rect;
        self.response_id = Some(response.id);
        self.keys(ui, seen, &response, &mut wishes);
        self.paint(ui, seen, &response, &theme);
        super::access::describe(ui, seen, self, &response, &mut wishes);
        self.hint(ui, seen, &response);
        wishes
    }

    /// The camera in use, once a frame was shown.
    #[must_use]
    pub fn camera(&self) -> Option<Camera> {
        self.camera
    }

    /// The size of the canvas in points.
    #[must_use]
    pub fn page(&self) -> Point {
        self.page
    }

    #[must_use]
    pub fn scene(&self) -> &Scene {
        &self.scene
    }

    /// Where a map point is on the screen.
    #[must_use]
    pub fn screen_from_map(&self, at: Point) -> Pos2 {
        let on_page = self.camera.map_or(Point::default(), |camera| camera.page_from_map(at, self.page));
        self.rect.min + Vec2::new(on_page.x, on_page.y)
    }

    /// Pixels for a pixel at 100 %.
    #[must_use]
    pub fn pixel(&self) -> f32 {
        self.scene.unit * self.camera.map_or(1.0, |camera| camera.zoom)
    }

    /// Shows everything at the next frame.
    pub fn fit(&mut self) {
        self.is_fit_wanted = true;
    }

    /// Zooms by steps around the middle.
    pub fn zoom_steps(&mut self, steps: i32) {
        let middle = self.page * 0.5;
        if let Some(camera) = self.camera {
            self.look(camera.zoomed(ZOOM_STEP.powi(steps), middle, self.page));
        }
    }

    /// Brings a map point into the middle, if it is not well in view.
    pub fn focus(&mut self, at: Point) {
        let Some(camera) = self.camera else { return };
        let on_page = camera.page_from_map(at, self.page);
        let margin = 90.0_f32.min(self.page.x / 4.0).min(self.page.y / 4.0);
        let is_in_view = (margin..=self.page.x - margin).contains(&on_page.x)
            && (margin..=self.page.y - margin).contains(&on_page.y);
        if !is_in_view {
            self.look(Camera { centre: at, ..camera });
        }
    }

    fn look(&mut self, camera: Camera) {
        self.camera = Some(camera);
        self.is_fitted = false;
    }

    /// Builds again what no longer fits: furniture, camera, scene, and egui_graphs' copy of it.
    fn refresh(&mut self, ui: &Ui, seen: &Seen<'_>, theme: &Theme) {
        let document = seen.document;
        let moved = self.drag.as_ref().filter(|drag| drag.has_moved).map_or_else(Vec::new, Drag::moved);
        let pixels_per_point = ui.pixels_per_point();
        let is_same_page = self.drawn_for.as_ref().is_some_and(|key| {
            key.page == self.page
                && key.revision == document.revision()
                && key.view.outlook == seen.view.outlook
                && key.theme == *theme
                && (key.pixels_per_point - pixels_per_point).abs() < f32::EPSILON
        });
        if !is_same_page || self.furniture.is_none() {
            let furniture = scene::furnish(document.map(), seen.view, self.page, 1.0, theme, seen.fonts);
            let sketch = Sketch::new(&furniture.marks, Point::default(), 1.0, pixels_per_point);
            self.furniture = Some((furniture, sketch));
        }
        if let Some((furniture, _)) = &self.furniture
            && (self.is_fit_wanted || self.camera.is_none())
        {
            self.camera = Some(scene::fit(document.positions(), furniture, self.page, 1.0));
            self.is_fit_wanted = false;
            self.is_fitted = true;
        }
        let camera = self.camera.unwrap_or(Camera { centre: Point::default(), zoom: 1.0 });
        let key = DrawnFor {
            revision: document.revision(),
            view: seen.view.clone(),
            zoom: camera.zoom,
            page: self.page,
            theme: theme.clone(),
            pixels_per_point,
            moved,
        };
        if self.drawn_for.as_ref() == Some(&key) {
            return;
        }
        let mut positions = document.positions().to_vec();
        for (actor, at) in &key.moved {
            positions[*actor] = *at;
        }
        let request = Request {
            map: document.map(),
            index: document.index(),
            positions: &positions,
            view: seen.view,
            zoom: camera.zoom,
            scale: 1.0,
            theme,
        };
        self.scene = scene::build(&request, seen.fonts);
        self.sketch = Some(Sketch::new(&self.scene.marks, camera.centre, camera.zoom, pixels_per_point));
        self.fill_graph(seen);
        self.drawn_for = Some(key);
    }

    /// Copies bodies and routes into the graph that is pointed at. egui_graphs takes the first hit, so what is
    /// drawn last stands first.
    fn fill_graph(&mut self, seen: &Seen<'_>) {
        let map = seen.document.map();
        let is_same = self.graph.node_count() == self.scene.bodies.len() && self.graph.edge_count() == self.scene.routes.len();
        if !is_same {
            self.graph = Pointed::new();
            let count = self.scene.bodies.len();
            let nodes: Vec<NodeIndex> = (0..count).rev().map(|actor| self.graph.add_node(number(actor))).collect();
            for (relation, _) in self.scene.routes.iter().rev() {
                if let Some((from, to)) = seen.document.index().ends(*relation) {
                    self.graph.add_edge(nodes[count - 1 - from], nodes[count - 1 - to], number(*relation));
                }
            }
        }
        let graph = self.graph.g_mut();
        for node in graph.node_weights_mut() {
            let actor = *node.payload() as usize;
            if let Some(body) = self.scene.bodies.get(actor) {
                node.set_location(pos2(body.centre.x, body.centre.y));
                node.display_mut().body = Some(*body);
            }
        }
        let routes = self.scene.routes.iter().zip(&self.scene.badges).rev();
        for (edge, ((relation, route), badge)) in graph.edge_weights_mut().zip(routes) {
            *edge.payload_mut() = number(*relation);
            let width = map.relations.get(*relation).map_or(1.0, width_px);
            *edge.display_mut() = Line {
                route: Some(*route),
                reach: width * 0.5 * self.scene.unit + GRASP_PX * self.scene.unit,
                badge: badge.map(|at| (at, BADGE_PX * self.scene.unit)),
            };
        }
    }

    /// Whether the pointer may have something to say in this frame.
    fn wants_pointing(&self, ui: &Ui) -> bool {
        let rect = ui.available_rect_before_wrap();
        ui.input(|input| {
            let is_over = input.pointer.latest_pos().is_some_and(|at| rect.contains(at));
            let is_busy = self.drag.is_some() || self.marquee.is_some();
            let pointed = input.events.iter().any(is_pointing)
                || input.pointer.any_down()
                || input.pointer.any_released()
                || input.smooth_scroll_delta() != Vec2::ZERO;
            (is_over || is_busy) && pointed
        }) || self.response_id.is_none()
    }

    /// Runs `GraphView` and turns what it reports into wishes.
    fn point(&mut self, ui: &mut Ui, seen: &Seen<'_>, wishes: &mut Vec<Wish>) -> Response {
        let before = self.camera.unwrap_or(Camera { centre: Point::default(), zoom: 1.0 });
        let shift = ui.input(|input| input.modifiers.shift);
        let is_marquee = self.marquee.is_some();
        let mut frame = MetadataFrame::new(Some(self.id.clone())).load(ui);
        frame.zoom = before.zoom;
        let pan = self.page * 0.5 - before.centre * before.zoom;
        frame.pan = Vec2::new(pan.x, pan.y);
        frame.save(ui);
        let interaction = SettingsInteraction::new()
            .with_dragging_enabled(!is_marquee)
            .with_node_clicking_enabled(true)
            .with_edge_clicking_enabled(true)
            .with_hover_enabled(true);
        let navigation = SettingsNavigation::new()
            .with_fit_to_screen_enabled(false)
            .with_zoom_and_pan_enabled(!is_marquee && !shift);
        let shown = GraphView::<NoState, NoLayout>::new()
            .with_id(Some(self.id.clone()))
            .with_interactions(&interaction)
            .with_navigations(&navigation)
            .show(ui, &mut self.graph);
        let response = shown.response;
        self.rect = response.rect;
        let zooming = ui.input(|input| (input.zoom_delta() - 1.0).abs() > f32::EPSILON);
        let mut pressed = None;
        for change in shown.changes {
            match change {
                GraphChange::Panned { new_pan, .. } if !zooming && response.dragged() => {
                    let pan = point(new_pan.x, new_pan.y);
                    self.look(Camera { centre: (self.page * 0.5 - pan) * (1.0 / before.zoom), ..before });
                }
                GraphChange::NodeDragStarted { node } => pressed = self.actor_of(node),
                GraphChange::NodeDragEnded { .. } => self.drop_actors(seen, wishes),
                GraphChange::NodeClicked { node } => {
                    if let Some(item) = self.actor_of(node).and_then(|actor| actor_item(seen, actor)) {
                        wishes.push(click(ui, seen, item));
                    }
                }
                GraphChange::EdgeClicked { edge } => {
                    let relation = self.graph.g().edge_weight(edge).map(|edge| *edge.payload() as usize);
                    if let Some(item) = relation.and_then(|relation| relation_item(seen, relation)) {
                        wishes.push(click(ui, seen, item));
                    }
                }
                _ => {}
            }
        }
        if let Some(actor) = pressed {
            self.grasp(ui, seen, actor);
        }
        self.drag_actors(ui, &response);
        self.click_on_nothing(ui, seen, &response, wishes);
        self.drag_marquee(ui, seen, &response, wishes);
        self.wheel(ui, &response);
        self.hover(ui, &response);
        response
    }

    fn actor_of(&self, node: NodeIndex) -> Option<usize> {
        self.graph.g().node_weight(node).map(|node| *node.payload() as usize)
    }

    fn map_from_screen(&self, at: Pos2) -> Point {
        let on_page = at - self.rect.min;
        let camera = self.camera.unwrap_or(Camera { centre: Point::default(), zoom: 1.0 });
        camera.map_from_page(point(on_page.x, on_page.y), self.page)
    }

    /// Takes the pressed actor, and with it the selection if it is part of it.
    fn grasp(&mut self, ui: &Ui, seen: &Seen<'_>, actor: usize) {
        let Some(at) = ui.input(|input| input.pointer.press_origin()) else { return };
        if !ui.input(|input| input.pointer.primary_down()) {
            return;
        }
        let is_selected = actor_item(seen, actor).is_some_and(|item| seen.selection.contains(&item));
        let actors: Vec<usize> = if is_selected {
            seen.selection.actors().filter_map(|id| seen.document.index().actor(id)).collect()
        } else {
            vec![actor]
        };
        let starts = actors.into_iter().map(|actor| (actor, seen.document.positions()[actor])).collect();
        self.drag = Some(Drag { actors: starts, grasped: self.map_from_screen(at), delta: Point::default(), has_moved: false });
    }

    fn drag_actors(&mut self, ui: &Ui, response: &Response) {
        let Some(at) = ui.input(|input| input.pointer.latest_pos()) else { return };
        let here = self.map_from_screen(at);
        let Some(drag) = &mut self.drag else { return };
        if response.dragged() && ui.input(|input| input.pointer.is_decidedly_dragging()) {
            drag.delta = here - drag.grasped;
            drag.has_moved = true;
            self.is_fitted = false;
        }
        if ui.input(|input| input.key_pressed(Key::Escape)) {
            self.drag = None;
        }
    }

    fn drop_actors(&mut self, seen: &Seen<'_>, wishes: &mut Vec<Wish>) {
        let Some(drag) = self.drag.take().filter(|drag| drag.has_moved) else { return };
        let id = |(actor, at): (usize, Point)| Some((seen.document.map().actors.get(actor)?.id.clone(), at));
        wishes.push(Wish::Do(Command::Move(drag.moved().into_iter().filter_map(id).collect())));
    }

    fn click_on_nothing(&self, ui: &Ui, seen: &Seen<'_>, response: &Response, wishes: &mut Vec<Wish>) {
        let keeps = ui.input(|input| input.modifiers.shift || input.modifiers.command);
        let hit = response.interact_pointer_pos().is_some_and(|at| self.item_at(self.map_from_screen(at)));
        if response.clicked() && !keeps && !hit && !seen.selection.is_empty() {
            wishes.push(Wish::Select(Selection::default()));
        }
    }

    fn item_at(&self, at: Point) -> bool {
        self.scene.bodies.iter().any(|body| body.contains(at, 0.0)) || self.tie_at(at).is_some()
    }

    /// The tie whose line or badge is under a map point; the one drawn last wins.
    fn tie_at(&self, at: Point) -> Option<usize> {
        let lines = self.graph.g().edge_weights().filter(|edge| edge.display().is_under(at));
        lines.map(|edge| *edge.payload() as usize).next()
    }

    fn drag_marquee(&mut self, ui: &Ui, seen: &Seen<'_>, response: &Response, wishes: &mut Vec<Wish>) {
        let (shift, origin, latest) =
            ui.input(|input| (input.modifiers.shift, input.pointer.press_origin(), input.pointer.latest_pos()));
        if response.drag_started() && shift && self.drag.is_none() {
            self.marquee = origin;
        }
        let (Some(start), Some(end)) = (self.marquee, latest) else { return };
        if response.dragged() && !response.drag_stopped() {
            return;
        }
        self.marquee = None;
        let area = Rect::from_two_pos(start, end);
        let inside = self.scene.bodies.iter().zip(&seen.document.map().actors).filter(|(body, _)| {
            let at = body.centre;
            area.contains(self.screen_from_map(at))
        });
        let mut selection = seen.selection.clone();
        for (_, actor) in inside {
            let item = Item::Actor(actor.id.clone());
            if !selection.contains(&item) {
                selection.toggle(item);
            }
        }
        wishes.push(Wish::Select(selection));
    }

    fn wheel(&mut self, ui: &Ui, response: &Response) {
        let Some(at) = response.hover_pos() else { return };
        let (pinch, scroll) = ui.input(|input| (input.zoom_delta(), input.smooth_scroll_delta().y));
        let factor = pinch * 2.0_f32.powf(scroll / WHEEL_POINTS_PER_DOUBLING);
        if let Some(camera) = self.camera.filter(|_| (factor - 1.0).abs() > 1e-6) {
            let on_page = at - self.rect.min;
            self.look(camera.zoomed(factor, point(on_page.x, on_page.y), self.page));
        }
    }

    fn hover(&mut self, ui: &Ui, response: &Response) {
        let at = response.hover_pos().map(|at| self.map_from_screen(at));
        let over_actor = at.is_some_and(|at| self.scene.bodies.iter().any(|body| body.contains(at, 0.0)));
        self.hovered_tie = at.filter(|_| !over_actor && self.drag.is_none()).and_then(|at| self.tie_at(at));
        let icon = match (&self.drag, self.marquee) {
            (Some(drag), _) if drag.has_moved => Some(CursorIcon::Grabbing),
            (_, Some(_)) => Some(CursorIcon::Crosshair),
            _ if self.hovered_tie.is_some() || over_actor => Some(CursorIcon::PointingHand),
            _ if response.dragged() => Some(CursorIcon::Grabbing),
            _ => None,
        };
        if let Some(icon) = icon {
            ui.set_cursor_icon(icon);
        }
    }

    fn keys(&mut self, ui: &Ui, seen: &Seen<'_>, response: &Response, wishes: &mut Vec<Wish>) {
        if response.clicked() || response.drag_started() {
            response.request_focus();
        }
        if !response.has_focus() {
            return;
        }
        let filter = egui::EventFilter { tab: true, horizontal_arrows: true, vertical_arrows: true, escape: true };
        ui.memory_mut(|memory| memory.set_focus_lock_filter(response.id, filter));
        let pressed = |modifiers: Modifiers, key: Key| ui.input_mut(|input| input.consume_key(modifiers, key));
        let mut step = |forward: bool| {
            if let Some(item) = self.next_actor(seen, forward) {
                wishes.push(self.select_and_show(seen, item));
            }
        };
        if pressed(Modifiers::SHIFT, Key::Tab) {
            step(false);
        } else if pressed(Modifiers::NONE, Key::Tab) {
            step(true);
        }
        for (key, forward) in [(Key::OpenBracket, false), (Key::CloseBracket, true)] {
            if pressed(Modifiers::NONE, key)
                && let Some(item) = next_tie(seen, forward)
            {
                wishes.push(self.select_and_show(seen, item));
            }
        }
        for (key, way) in [
            (Key::ArrowLeft, point(-1.0, 0.0)),
            (Key::ArrowRight, point(1.0, 0.0)),
            (Key::ArrowUp, point(0.0, -1.0)),
            (Key::ArrowDown, point(0.0, 1.0)),
        ] {
            if pressed(Modifiers::ALT, key) {
                if let Some(item) = self.actor_towards(seen, way) {
                    wishes.push(self.select_and_show(seen, item));
                }
            } else if pressed(Modifiers::SHIFT, key) {
                self.nudge(seen, way * 10.0, wishes);
            } else if pressed(Modifiers::NONE, key) {
                self.nudge(seen, way, wishes);
            }
        }
    }

    fn select_and_show(&mut self, seen: &Seen<'_>, item: Item) -> Wish {
        if let Item::Actor(id) = &item
            && let Some(actor) = seen.document.index().actor(id)
        {
            self.focus(seen.document.positions()[actor]);
        }
        Wish::Select(Selection::of(item))
    }

    /// The next actor in reading order: by rows, then from left to right.
    fn next_actor(&self, seen: &Seen<'_>, forward: bool) -> Option<Item> {
        let row = 60.0 * self.scene.unit.max(f32::MIN_POSITIVE);
        let positions = seen.document.positions();
        let mut order: Vec<usize> = (0..positions.len()).collect();
        order.sort_by(|a, b| {
            let rows = (positions[*a].y / row).round().total_cmp(&(positions[*b].y / row).round());
            rows.then(positions[*a].x.total_cmp(&positions[*b].x))
        });
        let count = order.len();
        let current = seen.selection.actors().find_map(|id| seen.document.index().actor(id));
        let place = current.and_then(|actor| order.iter().position(|other| *other == actor));
        let next = match (place, forward) {
            (None, true) => 0,
            (None, false) => count.checked_sub(1)?,
            (Some(place), true) => (place + 1) % count,
            (Some(place), false) => (place + count - 1) % count,
        };
        order.get(next).and_then(|actor| actor_item(seen, *actor))
    }

    /// The actor that is nearest in a direction: what lies off the way counts double.
    fn actor_towards(&self, seen: &Seen<'_>, way: Point) -> Option<Item> {
        let positions = seen.document.positions();
        let from = seen.selection.actors().find_map(|id| seen.document.index().actor(id))?;
        let cost = |to: usize| {
            let delta = positions[to] - positions[from];
            let along = delta.x * way.x + delta.y * way.y;
            let aside = (delta.x * way.y - delta.y * way.x).abs();
            (along > aside * 0.5 && along > 0.0).then_some(along + 2.0 * aside)
        };
        let others = (0..positions.len()).filter(|to| *to != from);
        let nearest = others.filter_map(|to| Some((cost(to)?, to))).min_by(|a, b| a.0.total_cmp(&b.0));
        nearest.and_then(|(_, actor)| actor_item(seen, actor))
    }

    fn nudge(&mut self, seen: &Seen<'_>, way: Point, wishes: &mut Vec<Wish>) {
        let document = seen.document;
        let moved = |id: &crate::model::ActorId| {
            let actor = document.index().actor(id)?;
            Some((id.clone(), document.positions()[actor] + way))
        };
        let moves: Vec<_> = seen.selection.actors().filter_map(moved).collect();
        if moves.is_empty() {
            if let Some(camera) = self.camera {
                self.look(Camera { centre: camera.centre + way * (40.0 / camera.zoom), ..camera });
            }
        } else {
            wishes.push(Wish::Do(Command::Move(moves)));
        }
    }

    fn paint(&self, ui: &Ui, seen: &Seen<'_>, response: &Response, theme: &Theme) {
        let painter = ui.painter_at(response.rect);
        if let Some(sketch) = &self.sketch {
            sketch.paint(&painter, self.screen_from_map(sketch.origin));
        }
        if let Some((_, furniture)) = &self.furniture {
            furniture.paint(&painter, response.rect.min);
        }
        if let (Some(start), Some(end)) = (self.marquee, ui.input(|input| input.pointer.latest_pos())) {
            let accent = style::color(theme.accent);
            let area = Rect::from_two_pos(start, end);
            painter.rect(area, 2.0, accent.gamma_multiply(0.12), (1.0, accent), egui::StrokeKind::Middle);
        }
        if response.has_focus() && seen.selection.is_empty() && ui.input(|input| input.pointer.latest_pos().is_none()) {
            let accent = style::color(theme.accent).gamma_multiply(0.5);
            painter.rect_stroke(response.rect.shrink(1.0), 0.0, (1.0, accent), egui::StrokeKind::Inside);
        }
        if seen.document.map().actors.is_empty() {
            let words = "No actors on this map yet.\nOpen a map with Ctrl+O, or drop a map file here.";
            let color = style::color(theme.muted);
            painter.text(response.rect.center(), egui::Align2::CENTER_CENTER, words, egui::FontId::proportional(15.0), color);
        }
    }

    /// What the tie under the pointer says, in one line.
    fn hint(&self, ui: &Ui, seen: &Seen<'_>, response: &Response) {
        let Some(relation) = self.hovered_tie.and_then(|tie| seen.document.map().relations.get(tie)) else { return };
        if self.drag.is_some() || ui.input(|input| input.pointer.any_down()) {
            return;
        }
        let words = super::access::tie_name(seen.document, relation);
        response.clone().on_hover_ui_at_pointer(|ui| {
            ui.set_max_width(320.0);
            ui.label(words);
            if let Some(excerpt) = relation.evidence.first() {
                ui.label(egui::RichText::new(format!("“{}”", excerpt.excerpt)).weak());
            }
        });
    }
}

impl Drag {
    fn moved(&self) -> Vec<(usize, Point)> {
        self.actors.iter().map(|(actor, start)| (*actor, *start + self.delta)).collect()
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

fn click(ui: &Ui, seen: &Seen<'_>, item: Item) -> Wish {
    let adds = ui.input(|input| input.modifiers.shift || input.modifiers.command);
    if !adds {
        return Wish::Select(Selection::of(item));
    }
    let mut selection = seen.selection.clone();
    selection.toggle(item);
    Wish::Select(selection)
}

fn actor_item(seen: &Seen<'_>, actor: usize) -> Option<Item> {
    seen.document.map().actors.get(actor).map(|actor| Item::Actor(actor.id.clone()))
}

fn relation_item(seen: &Seen<'_>, relation: usize) -> Option<Item> {
    seen.document.map().relations.get(relation).map(|relation| Item::Relation(relation.id.clone()))
}

/// The tie before or after the selected one among the ties of its first end, or an actor's first or last tie.
fn next_tie(seen: &Seen<'_>, forward: bool) -> Option<Item> {
    let index = seen.document.index();
    let shown = scene::shown_relations(seen.document.map(), seen.view);
    let is_shown = |tie: &usize| shown.binary_search(tie).is_ok();
    let of_actor = |actor: usize| -> Vec<usize> { index.ties(actor).iter().copied().filter(is_shown).collect() };
    let (ties, place) = match seen.selection.only()? {
        Item::Actor(id) => (of_actor(index.actor(id)?), None),
        Item::Relation(id) => {
            let relation = index.relation(id)?;
            let ties = of_actor(index.ends(relation)?.0);
            let place = ties.iter().position(|tie| *tie == relation);
            (ties, place)
        }
    };
    let count = ties.len();
    let next = match (place, forward) {
        (None, true) => 0,
        (None, false) => count.checked_sub(1)?,
        (Some(place), true) => (place + 1) % count,
        (Some(place), false) => (place + count - 1) % count,
    };
    ties.get(next).and_then(|tie| relation_item(seen, *tie))
}

fn number(index: usize) -> u32 {
    u32::try_from(index).unwrap_or(u32::MAX)
}

/// An actor as egui_graphs sees it: an outline that can be pointed at and draws nothing.
#[derive(Clone, Copy)]
struct Spot {
    body: Option<Body>,
}

impl From<NodeProps<u32>> for Spot {
    fn from(_: NodeProps<u32>) -> Self {
        Self { body: None }
    }
}

impl DisplayNode<u32, u32, Directed, DefaultIx> for Spot {
    fn closest_boundary_point(&self, _: Vec2) -> Pos2 {
        self.body.map_or(Pos2::ZERO, |body| pos2(body.centre.x, body.centre.y))
    }

    fn shapes(&mut self, _: &DrawContext<'_>) -> Vec<egui::Shape> {
        Vec::new()
    }

    fn update(&mut self, _: &NodeProps<u32>) {}

    fn is_inside(&self, pos: Pos2) -> bool {
        self.body.is_some_and(|body| body.contains(point(pos.x, pos.y), 0.0))
    }
}

/// A tie as egui_graphs sees it.
#[derive(Clone, Copy)]
struct Line {
    route: Option<Route>,
    /// How far from the line counts as on it, in map units.
    reach: f32,
    /// Centre and radius.
    badge: Option<(Point, f32)>,
}

impl Line {
    fn is_under(&self, at: Point) -> bool {
        let on_badge = self.badge.is_some_and(|(centre, radius)| (at - centre).length() <= radius);
        let near = |route: &Route| {
            let bounds = route.bounds().grown(self.reach);
            bounds.contains(at) && route.distance(at) <= self.reach
        };
        on_badge || self.route.as_ref().is_some_and(near)
    }
}

impl From<EdgeProps<u32>> for Line {
    fn from(_: EdgeProps<u32>) -> Self {
        Self { route: None, reach: 0.0, badge: None }
    }
}

impl DisplayEdge<u32, u32, Directed, DefaultIx, Spot> for Line {
    fn shapes(&mut self, _: &NodeOf, _: &NodeOf, _: &DrawContext<'_>) -> Vec<egui::Shape> {
        Vec::new()
    }

    fn update(&mut self, _: &EdgeProps<u32>) {}

    fn is_inside(&self, _: &NodeOf, _: &NodeOf, pos: Pos2) -> bool {
        self.is_under(point(pos.x, pos.y))
    }
}

type NodeOf = Node<u32, u32, Directed, DefaultIx, Spot>;

/// Positions come from the map; egui_graphs' own layouts would overwrite them.
#[derive(Clone, Debug, Default, serde::Serialize, serde::Deserialize)]
struct NoState;

impl LayoutState for NoState {}

#[derive(Default)]
struct NoLayout;

impl Layout<NoState> for NoLayout {
    fn from_state(_: NoState) -> impl Layout<NoState> {
        Self
    }

    fn next<N, E, Ty, Ix, Dn, De>(&mut self, _: &mut Graph<N, E, Ty, Ix, Dn, De>, _: &Ui)
    where
        N: Clone,
        E: Clone,
        Ty: petgraph::EdgeType,
        Ix: petgraph::graph::IndexType,
        Dn: DisplayNode<N, E, Ty, Ix>,
        De: DisplayEdge<N, E, Ty, Ix, Dn>,
    {
    }

    fn state(&self) -> NoState {
        NoState
    }
}
