//! The state of the canvas that is kept between frames, and its public queries.

use std::sync::Arc;

use egui::{self, Pos2, Rect, Vec2};

use super::drawn_for::DrawnFor;
use super::flight::Flight;
use super::graph::HitGraph;
use super::index::Near;
use super::large_state::Large;
use super::resize::Resize;
use super::still::Stills;
use crate::edit::snap::Guide;
use crate::edit::{DocumentNumber, FormVersion, PlacesVersion, Selection, Version};
use crate::geometry::{Point, point};
use crate::model::{ActorIndex, LineIndex, NoteIndex, PerActor};
use crate::scene::camera::Camera;
use crate::scene::frame::Frame;
use crate::scene::page::furniture::Furniture;
use crate::scene::picture::build::Scene;
use crate::scene::picture::drawn::Drawn;
use crate::scene::picture::edge::Bows;
use crate::scene::picture::notes::Placed;
use crate::scene::picture::overview::Overview;
use crate::scene::view::{Emphasis, View};
use crate::ui::widgets::paint::Sketch;

/// The canvas: camera, caches of the picture, and the state of pointer gestures.
pub struct Canvas {
    /// `None` before the first frame.
    pub(super) camera: Option<Camera>,
    /// The page in map coordinates at the last fit.
    pub(super) frame: Option<Frame>,
    /// The zoom of the last fit, in screen points per map unit.
    pub(super) fit_zoom: f32,
    /// True to fit the map into the view in the next frame.
    pub(super) is_fit_wanted: bool,
    /// True until the user pans or zooms. While true, resizing the window fits the map again.
    pub(super) is_fitted: bool,
    /// Size of the canvas in points.
    pub(super) page: Point,
    pub(super) graph: HitGraph,
    /// The scene of the whole map, or of the visible part of a large map.
    pub(super) scene: Scene,
    /// The tessellated scene.
    pub(super) sketch: Option<Sketch>,
    /// The notes on the map, in drawing order.
    pub(super) notes: Vec<Placed>,
    /// The tessellated notes; `None` if there are none.
    pub(super) note_sketch: Option<Sketch>,
    /// Title, legend and margins, and their tessellation.
    pub(super) furniture: Option<(Furniture, Sketch)>,
    /// What the legend explains, with its cache key.
    pub(super) drawn: Option<((FormVersion, View), Drawn)>,
    /// The cache key of the picture.
    pub(super) drawn_for: Option<DrawnFor>,
    /// The centre of the camera when the picture was drawn.
    pub(super) drawn_at: Option<Point>,
    /// How lines bow, with its cache key; the emphasis in the view is ignored.
    pub(super) bows: Option<((Version, View), Bows)>,
    pub(super) overview: Arc<Overview>,
    /// The cache key of `overview`; the emphasis in the view is ignored.
    pub(super) overview_of: Option<(FormVersion, PlacesVersion, View)>,
    /// Positions of all actors in map units, including drags and the layout animation.
    pub(super) positions: PerActor<Point>,
    /// Map units per pixel at 100 %.
    pub(super) unit: f32,
    /// Screen pixels per point.
    pub(super) pixels_per_point: f32,
    /// Spatial index for hit tests; only used for large maps.
    pub(super) near: Near,
    /// The cache key of `near`.
    pub(super) near_of: Option<(FormVersion, PlacesVersion, View)>,
    pub(super) large: Large,
    pub(super) stills: Stills,
    /// The running layout animation.
    pub(super) glide: Option<Glide>,
    /// The change to the step that is presented.
    pub(super) flight: Flight,
    /// The running drag of actors and notes.
    pub(super) drag: Option<Drag>,
    /// The note that is being resized.
    pub(super) resizing: Option<Resize>,
    /// Where the selection rectangle starts, in screen points, while it is dragged.
    pub(super) marquee: Option<Pos2>,
    /// The actor from which a tie is being drawn.
    pub(super) connecting: Option<ActorIndex>,
    /// What was under the pointer when the context menu opened, and the map point there.
    pub(super) context: (Option<Selection>, Point),
    /// The line under the pointer.
    pub(super) hovered_line: Option<LineIndex>,
    /// The actor under the pointer.
    pub(super) hovered_actor: Option<ActorIndex>,
    pub(super) response_id: Option<egui::Id>,
    /// True if the focus came here by a key. A border then shows it until the pointer is used.
    pub(super) is_focus_shown: bool,
    /// The canvas in the window, in points.
    pub(super) rect: Rect,
}

impl Canvas {
    /// A canvas for a newly opened document.
    #[must_use]
    pub fn new(number: DocumentNumber) -> Self {
        Self { graph: HitGraph::new(&number.to_string()), ..Self::default() }
    }
}

impl Default for Canvas {
    fn default() -> Self {
        Self {
            camera: None,
            frame: None,
            fit_zoom: 1.0,
            is_fit_wanted: true,
            is_fitted: true,
            page: point(1.0, 1.0),
            graph: HitGraph::new(""),
            scene: Scene::default(),
            sketch: None,
            notes: Vec::new(),
            note_sketch: None,
            furniture: None,
            drawn: None,
            drawn_for: None,
            drawn_at: None,
            bows: None,
            overview: Arc::default(),
            overview_of: None,
            positions: PerActor::new(),
            unit: 1.0,
            pixels_per_point: 1.0,
            near: Near::default(),
            near_of: None,
            large: Large::default(),
            stills: Stills::default(),
            glide: None,
            flight: Flight::default(),
            drag: None,
            resizing: None,
            marquee: None,
            connecting: None,
            context: (None, Point::default()),
            hovered_line: None,
            hovered_actor: None,
            response_id: None,
            is_focus_shown: false,
            rect: Rect::NOTHING,
        }
    }
}

impl Canvas {
    /// The widget id of the map; `None` before the first frame.
    #[must_use]
    pub fn id(&self) -> Option<egui::Id> {
        self.response_id
    }

    /// Shows a focus border around the map until the pointer is used.
    pub fn show_focus(&mut self) {
        self.is_focus_shown = true;
    }

    /// The current camera; `None` before the first frame.
    #[must_use]
    pub fn camera(&self) -> Option<Camera> {
        self.camera
    }

    /// The page in map coordinates at the last fit.
    #[must_use]
    pub fn frame(&self) -> Option<&Frame> {
        self.frame.as_ref()
    }

    /// The size of the canvas in points.
    #[must_use]
    pub fn page(&self) -> Point {
        self.page
    }

    /// The rectangle of the canvas in the window, in points.
    #[must_use]
    pub fn rect(&self) -> Rect {
        self.rect
    }

    /// The screen position of a map point.
    #[must_use]
    pub fn screen_from_map(&self, at: Point) -> Pos2 {
        let on_page =
            self.camera.map_or(Point::default(), |camera| camera.page_from_map(at, self.page));
        self.rect.min + Vec2::new(on_page.x, on_page.y)
    }

    /// Screen points per pixel at 100 %: the current scale of symbols.
    #[must_use]
    pub fn pixel(&self) -> f32 {
        self.unit * self.camera.map_or(1.0, |camera| camera.zoom)
    }

    /// The map point in the middle of the view.
    #[must_use]
    pub fn middle(&self) -> Point {
        self.camera.map_or(Point::default(), |camera| camera.centre)
    }

    /// Starts drawing a tie from this actor to the next actor clicked. `None` cancels.
    pub fn connect_from(&mut self, actor: Option<ActorIndex>) {
        self.connecting = actor;
    }

    /// The actor from which a tie is being drawn.
    #[must_use]
    pub fn connecting(&self) -> Option<ActorIndex> {
        self.connecting
    }

    /// Cancels what the pointer or the keyboard is doing on the map: drawing a tie, moving or
    /// resizing, or selecting in a rectangle. True if there was something.
    pub fn cancel(&mut self) -> bool {
        let is_connecting = self.connecting.take().is_some();
        let is_dragging = self.drag.take().is_some_and(|drag| drag.has_moved);
        let is_dragging = self.resizing.take().is_some() || is_dragging;
        self.marquee.take().is_some() || is_connecting || is_dragging
    }
}

/// The actors and notes being dragged.
pub(super) struct Drag {
    /// With their start positions; the actor under the pointer comes first.
    pub(super) actors: Vec<(ActorIndex, Point)>,
    /// With their start positions; the note under the pointer comes first.
    pub(super) notes: Vec<(NoteIndex, Point)>,
    /// True if a note is under the pointer.
    pub(super) is_by_note: bool,
    /// The map point where the drag started.
    pub(super) grasped: Point,
    /// Offset from the start positions, in map units.
    pub(super) delta: Point,
    /// True once the pointer has moved far enough for a drag.
    pub(super) has_moved: bool,
    /// Guides to the actors and notes that the one under the pointer is aligned with.
    pub(super) guides: Vec<Guide>,
}

impl Drag {
    /// The dragged actors with their current positions.
    pub(super) fn moved(&self) -> Vec<(ActorIndex, Point)> {
        self.actors.iter().map(|(actor, start)| (*actor, *start + self.delta)).collect()
    }

    /// The dragged notes with their current positions.
    pub(super) fn moved_notes(&self) -> Vec<(NoteIndex, Point)> {
        self.notes.iter().map(|(note, start)| (*note, *start + self.delta)).collect()
    }
}

/// The view without what is selected and what is being dragged.
pub(super) fn plain(view: &View) -> View {
    View { emphasis: Emphasis::default(), moved_notes: Vec::new(), ..view.clone() }
}

/// An animation from old positions to new ones.
pub(super) struct Glide {
    /// The old position of each actor, in map units.
    pub(super) from: PerActor<Point>,
    /// Start time in seconds of egui's clock.
    pub(super) started: f64,
    /// Eased progress, 0 to 1.
    pub(super) share: f32,
}
