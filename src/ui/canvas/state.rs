//! The canvas between frames, and what may be asked of it from outside.

use eframe::egui::{self, Pos2, Rect, Vec2};

use super::crowd::state::Large;
use super::drawn_for::DrawnFor;
use super::graph::Pointed;
use super::index::Near;
use crate::edit::snap::Guide;
use crate::edit::{DocumentNumber, Version};
use crate::geometry::{Point, point};
use crate::model::Element;
use crate::scene::camera::Camera;
use crate::scene::frame::Frame;
use crate::scene::page::furniture::Furniture;
use crate::scene::picture::build::Scene;
use crate::scene::picture::overview::{Brightness, Overview};
use crate::scene::view::View;
use crate::ui::widgets::paint::Sketch;

/// The canvas between frames.
pub struct Canvas {
    pub(super) camera: Option<Camera>,
    /// The page as it lay on the map at the last fit.
    pub(super) frame: Option<Frame>,
    /// The zoom of the last fit.
    pub(super) fit_zoom: f32,
    /// Fit again at the next frame.
    pub(super) is_fit_wanted: bool,
    /// True until somebody pans or zooms; then the window's size no longer moves the map.
    pub(super) is_fitted: bool,
    pub(super) page: Point,
    pub(super) graph: Pointed,
    pub(super) scene: Scene,
    pub(super) sketch: Option<Sketch>,
    pub(super) furniture: Option<(Furniture, Sketch)>,
    pub(super) drawn_for: Option<DrawnFor>,
    /// The middle of the view at that time.
    pub(super) drawn_at: Option<Point>,
    pub(super) overview: Overview,
    pub(super) brightness: Brightness,
    /// What these two were made of.
    pub(super) overview_of: Option<(Version, View)>,
    /// Where everybody stands, those under the pointer's hand included.
    pub(super) positions: Vec<Point>,
    /// Map units for a pixel at 100 %.
    pub(super) unit: f32,
    pub(super) near: Near,
    pub(super) near_of: Option<(Version, View)>,
    pub(super) large: Large,
    /// Everybody on the way from an old place to a new one.
    pub(super) glide: Option<Glide>,
    pub(super) drag: Option<Drag>,
    pub(super) marquee: Option<Pos2>,
    /// The actor that a tie is being drawn from, by position.
    pub(super) connecting: Option<usize>,
    /// What was under the pointer when the context menu opened, and where that was.
    pub(super) context: (Option<Element>, Point),
    /// Position in `map.relations` of the tie under the pointer.
    pub(super) hovered_tie: Option<usize>,
    pub(super) response_id: Option<egui::Id>,
    /// The keyboard came here by a key; the frame shows it until the pointer is used.
    pub(super) is_focus_shown: bool,
    pub(super) rect: Rect,
}

impl Canvas {
    /// A canvas for a newly opened document.
    #[must_use]
    pub fn new(number: DocumentNumber) -> Self {
        Self { graph: Pointed::new(&number.to_string()), ..Self::default() }
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
            graph: Pointed::new(""),
            scene: Scene::default(),
            sketch: None,
            furniture: None,
            drawn_for: None,
            drawn_at: None,
            overview: Overview::default(),
            brightness: Brightness::default(),
            overview_of: None,
            positions: Vec::new(),
            unit: 1.0,
            near: Near::default(),
            near_of: None,
            large: Large::default(),
            glide: None,
            drag: None,
            marquee: None,
            connecting: None,
            context: (None, Point::default()),
            hovered_tie: None,
            response_id: None,
            is_focus_shown: false,
            rect: Rect::NOTHING,
        }
    }
}

impl Canvas {
    /// The id of the map in egui's memory, once it was shown.
    #[must_use]
    pub fn id(&self) -> Option<egui::Id> {
        self.response_id
    }

    /// Shows that the keyboard is on the map, until the pointer is used.
    pub fn show_focus(&mut self) {
        self.is_focus_shown = true;
    }

    /// The camera in use, once a frame was shown.
    #[must_use]
    pub fn camera(&self) -> Option<Camera> {
        self.camera
    }

    /// The page as it lay on the map at the last fit.
    #[must_use]
    pub fn frame(&self) -> Option<&Frame> {
        self.frame.as_ref()
    }

    /// The size of the canvas in points.
    #[must_use]
    pub fn page(&self) -> Point {
        self.page
    }

    /// Where it is in the window.
    #[must_use]
    pub fn rect(&self) -> Rect {
        self.rect
    }

    /// Where a map point is on the screen.
    #[must_use]
    pub fn screen_from_map(&self, at: Point) -> Pos2 {
        let on_page =
            self.camera.map_or(Point::default(), |camera| camera.page_from_map(at, self.page));
        self.rect.min + Vec2::new(on_page.x, on_page.y)
    }

    /// Pixels for a pixel at 100 %.
    #[must_use]
    pub fn pixel(&self) -> f32 {
        self.unit * self.camera.map_or(1.0, |camera| camera.zoom)
    }

    /// The map point in the middle of the view.
    #[must_use]
    pub fn middle(&self) -> Point {
        self.camera.map_or(Point::default(), |camera| camera.centre)
    }

    /// The next actor that is clicked gets a tie from this one.
    pub fn connect_from(&mut self, actor: Option<usize>) {
        self.connecting = actor;
    }
}

/// The actors being dragged.
pub(super) struct Drag {
    /// Positions in `map.actors`, and where each started; the one under the pointer first.
    pub(super) actors: Vec<(usize, Point)>,
    /// The map point that was grasped.
    pub(super) grasped: Point,
    pub(super) delta: Point,
    pub(super) has_moved: bool,
    /// Guides through other actors that the first one is aligned with.
    pub(super) guides: Vec<Guide>,
}

impl Drag {
    pub(super) fn moved(&self) -> Vec<(usize, Point)> {
        self.actors.iter().map(|(actor, start)| (*actor, *start + self.delta)).collect()
    }
}

/// Actors on the way from old places to new ones.
pub(super) struct Glide {
    pub(super) from: Vec<Point>,
    /// In seconds of egui's clock.
    pub(super) started: f64,
    /// How far they are: 0 to 1, slow at both ends.
    pub(super) share: f32,
}
