//! Adapter for `egui_graphs`, which turns pointer events into presses, clicks and panning. The only
//! file that uses it.
//!
//! The crate is given only the actor or line under the pointer, which our spatial index finds,
//! because it tests every node of its graph in each frame and returns the first hit instead of the
//! topmost. Its shapes, selection and dragging are not used, because they cost many times as much
//! as one mesh (`tests/benches/frames.rs`), and a press would move an actor to the pointer.

use egui::{self, Pos2, Response, Ui, Vec2, pos2};
use egui_graphs::{
    DisplayEdge, DisplayNode, DrawContext, EdgeProps, Graph, GraphChange, GraphView, Layout,
    LayoutState, MetadataFrame, Node, NodeProps, SettingsInteraction, SettingsNavigation,
};
use petgraph::Directed;
use petgraph::stable_graph::{DefaultIx, NodeIndex};

use crate::geometry::{Point, Rect, point};
use crate::model::{ActorIndex, LineIndex};
use crate::scene::camera::Camera;
use crate::scene::picture::edge::Route;
use crate::scene::picture::shape::Body;

/// Hit tolerance on each side of a line, in pixels at 100 %.
const GRASP_PX: f32 = 5.0;

/// A pointer event.
pub enum Event {
    /// The view was panned; holds the map point that is now in the middle.
    Panned(Point),
    ActorPressed(ActorIndex),
    /// The pressed actor was released.
    Released,
    ActorClicked(ActorIndex),
    LineClicked(LineIndex),
}

/// Which pointer gestures are enabled in this frame.
#[derive(Clone, Copy)]
pub struct Allowed {
    pub dragging: bool,
    pub panning: bool,
}

/// The part of the map near the pointer, as a graph for `egui_graphs`.
pub struct HitGraph {
    /// Key of this document's pan and zoom in egui's memory.
    id: String,
    graph: Graph<Option<ActorIndex>, LineIndex, Directed, DefaultIx, Spot, LineArea>,
}

impl HitGraph {
    /// An empty graph; `document` separates its pan and zoom from those of other documents.
    pub fn new(document: &str) -> Self {
        Self { id: format!("document-{document}"), graph: Graph::new() }
    }

    /// Replaces the graph by the targets near the pointer, which keeps it small for large maps.
    /// `egui_graphs` takes the first hit, so targets that are drawn last must come first.
    pub fn offer(&mut self, near: &[Target]) {
        self.graph = Graph::new();
        let mut ends = Vec::new();
        for target in near {
            match target {
                Target::Actor(actor, body) => {
                    let node = self.graph.add_node(Some(*actor));
                    if let Some(node) = self.graph.node_mut(node) {
                        node.set_location(pos2(body.centre.x, body.centre.y));
                        node.display_mut().body = Some(*body);
                    }
                }
                Target::Line(line, area) => ends.push((line, area)),
            }
        }
        if ends.is_empty() {
            return;
        }
        // An edge needs end nodes; this one has no outline and cannot be hit.
        let nowhere = self.graph.add_node(None);
        for (line, area) in ends {
            let edge = self.graph.add_edge(nowhere, nowhere, *line);
            if let Some(edge) = self.graph.edge_mut(edge) {
                *edge.display_mut() = *area;
            }
        }
    }

    /// Runs `GraphView` for one frame. It always requests another frame from egui.
    pub fn show(
        &mut self,
        ui: &mut Ui,
        camera: Camera,
        page: Point,
        allowed: Allowed,
    ) -> (Response, Vec<Event>) {
        let mut frame = MetadataFrame::new(Some(self.id.clone())).load(ui);
        let pan = page * 0.5 - camera.centre * camera.zoom;
        frame.zoom = camera.zoom;
        frame.pan = Vec2::new(pan.x, pan.y);
        frame.save(ui);
        let interaction = SettingsInteraction::new()
            .with_dragging_enabled(allowed.dragging)
            .with_node_clicking_enabled(true)
            .with_edge_clicking_enabled(true)
            .with_hover_enabled(true);
        let navigation = SettingsNavigation::new()
            .with_fit_to_screen_enabled(false)
            .with_zoom_and_pan_enabled(allowed.panning);
        let shown = GraphView::<NoState, NoLayout>::new()
            .with_id(Some(self.id.clone()))
            .with_interactions(&interaction)
            .with_navigations(&navigation)
            .show(ui, &mut self.graph);
        let events = shown.changes.into_iter().filter_map(|change| match change {
            GraphChange::Panned { new_pan, .. } => {
                let pan = point(new_pan.x, new_pan.y);
                Some(Event::Panned((page * 0.5 - pan) * (1.0 / camera.zoom)))
            }
            GraphChange::NodeDragStarted { node } => self.actor_of(node).map(Event::ActorPressed),
            GraphChange::NodeDragEnded { .. } => Some(Event::Released),
            GraphChange::NodeClicked { node } => self.actor_of(node).map(Event::ActorClicked),
            GraphChange::EdgeClicked { edge } => {
                self.graph.g().edge_weight(edge).map(|edge| Event::LineClicked(*edge.payload()))
            }
            // Node moves are ignored: the canvas computes them itself, with snapping.
            _ => None,
        });
        (shown.response, events.collect())
    }

    fn actor_of(&self, node: NodeIndex) -> Option<ActorIndex> {
        self.graph.g().node_weight(node).and_then(|node| *node.payload())
    }
}

/// An actor in the graph: an outline for hit tests that draws nothing.
#[derive(Clone, Copy)]
struct Spot {
    body: Option<Body>,
}

impl From<NodeProps<Option<ActorIndex>>> for Spot {
    fn from(_: NodeProps<Option<ActorIndex>>) -> Self {
        Self { body: None }
    }
}

impl DisplayNode<Option<ActorIndex>, LineIndex, Directed, DefaultIx> for Spot {
    fn closest_boundary_point(&self, _: Vec2) -> Pos2 {
        self.body.map_or(Pos2::ZERO, |body| pos2(body.centre.x, body.centre.y))
    }

    fn shapes(&mut self, _: &DrawContext<'_>) -> Vec<egui::Shape> {
        Vec::new()
    }

    fn update(&mut self, _: &NodeProps<Option<ActorIndex>>) {}

    fn is_inside(&self, pos: Pos2) -> bool {
        self.body.is_some_and(|body| body.contains(point(pos.x, pos.y), 0.0))
    }
}

/// A candidate for a hit test.
#[derive(Clone, Copy)]
pub enum Target {
    Actor(ActorIndex, Body),
    Line(LineIndex, LineArea),
}

/// A line in the graph: an area for hit tests that draws nothing.
#[derive(Clone, Copy)]
pub struct LineArea {
    pub route: Option<Route>,
    /// Maximum distance of a hit from the line, in map units.
    pub reach: f32,
    /// The area of the badge, in map units.
    pub badge: Option<Rect>,
}

impl LineArea {
    /// For a line of `width` pixels, where a pixel at 100 % is `unit` map units.
    #[must_use]
    pub fn new(route: Route, badge: Option<Rect>, width: f32, unit: f32) -> Self {
        Self { route: Some(route), reach: width * 0.5 * unit + GRASP_PX * unit, badge }
    }

    /// True if a map point is on the line or its badge.
    #[must_use]
    pub fn is_under(&self, at: Point) -> bool {
        let on_badge = self.badge.is_some_and(|badge| badge.contains(at));
        let near = |route: &Route| {
            let bounds = route.bounds().grown(self.reach);
            bounds.contains(at) && route.distance(at) <= self.reach
        };
        on_badge || self.route.as_ref().is_some_and(near)
    }
}

impl From<EdgeProps<LineIndex>> for LineArea {
    fn from(_: EdgeProps<LineIndex>) -> Self {
        Self { route: None, reach: 0.0, badge: None }
    }
}

impl DisplayEdge<Option<ActorIndex>, LineIndex, Directed, DefaultIx, Spot> for LineArea {
    fn shapes(&mut self, _: &NodeOf, _: &NodeOf, _: &DrawContext<'_>) -> Vec<egui::Shape> {
        Vec::new()
    }

    fn update(&mut self, _: &EdgeProps<LineIndex>) {}

    fn is_inside(&self, _: &NodeOf, _: &NodeOf, pos: Pos2) -> bool {
        self.is_under(point(pos.x, pos.y))
    }
}

type NodeOf = Node<Option<ActorIndex>, LineIndex, Directed, DefaultIx, Spot>;

/// The state of [`NoLayout`]. Positions come from the map; a layout of `egui_graphs` would
/// overwrite them.
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
