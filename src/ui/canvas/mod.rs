//! The map itself: `egui_graphs`' `GraphView` says what was pointed at, the scene says what is
//! seen.
//!
//! The only file that names `egui_graphs`. Where the picture is unchanged and nobody points,
//! `GraphView` is not run at all, because it asks for another frame every time.

pub mod access;
mod camera;
mod crowd;
mod glide;
mod graph;
mod hit;
mod index;
mod keys;
mod menu;
mod overlay;
mod picture;
mod pointing;

use eframe::egui::{self, Pos2, Rect, Response, Sense, Ui, Vec2};

use self::crowd::cache::Large;
use self::glide::Glide;
use self::graph::Pointed;
use self::index::Near;
use self::picture::DrawnFor;
use self::pointing::Drag;
use super::requests::actions::Action;
use super::widgets::paint::Sketch;
use super::widgets::style;
use crate::edit::snap::Snapping;
use crate::edit::{Command, Document, Selection};
use crate::geometry::{Point, point};
use crate::model::citation::isolated;
use crate::model::{ActorId, Element};
use crate::scene::camera::Camera;
use crate::scene::frame::Frame;
use crate::scene::page::furniture::Furniture;
use crate::scene::picture::build::Scene;
use crate::scene::picture::overview::{Brightness, Overview};
use crate::scene::theme::Theme;
use crate::scene::view::View;
use crate::text::{Fonts, visual};

/// What the canvas wants done.
#[derive(Clone, Debug, PartialEq)]
pub enum Wish {
    Select(Selection),
    Do(Command),
    /// Open the fields of this.
    Edit(Element),
    AddActor(Point),
    /// Draw a tie from the first to the second.
    Connect(ActorId, ActorId),
    Act(Action),
}

/// What the canvas looks at, borrowed for a frame.
pub struct Seen<'a> {
    pub document: &'a Document,
    pub selection: &'a Selection,
    pub view: &'a View,
    pub fonts: &'a Fonts,
    pub snapping: Snapping,
}

/// The canvas between frames.
pub struct Canvas {
    camera: Option<Camera>,
    /// The page as it lay on the map at the last fit.
    frame: Option<Frame>,
    /// The zoom of the last fit.
    fit_zoom: f32,
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
    /// The middle of the view at that time.
    drawn_at: Option<Point>,
    overview: Overview,
    brightness: Brightness,
    /// What these two were made of.
    overview_of: Option<(u64, u64, View)>,
    /// Where everybody stands, those under the pointer's hand included.
    positions: Vec<Point>,
    /// Map units for a pixel at 100 %.
    unit: f32,
    near: Near,
    near_of: Option<(u64, u64, View)>,
    large: Large,
    /// Everybody on the way from an old place to a new one.
    glide: Option<Glide>,
    drag: Option<Drag>,
    marquee: Option<Pos2>,
    /// The actor that a tie is being drawn from, by position.
    connecting: Option<usize>,
    /// What was under the pointer when the context menu opened, and where that was.
    context: (Option<Element>, Point),
    /// Position in `map.relations` of the tie under the pointer.
    hovered_tie: Option<usize>,
    pub response_id: Option<egui::Id>,
    /// The keyboard came here by a key; the frame shows it until the pointer is used.
    pub is_focus_shown: bool,
    rect: Rect,
}

impl Canvas {
    /// A canvas for a newly opened document; `number` tells it from earlier ones.
    #[must_use]
    pub fn new(number: u64) -> Self {
        Self {
            camera: None,
            frame: None,
            fit_zoom: 1.0,
            is_fit_wanted: true,
            is_fitted: true,
            page: point(1.0, 1.0),
            graph: Pointed::new(number),
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
        self.context_menu(seen, &response, &mut wishes);
        self.paint(ui, seen, &response, &theme);
        self::access::describe(ui, seen, self, &response, &mut wishes);
        self.hint(ui, seen, &response);
        wishes
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

    fn paint(&self, ui: &Ui, seen: &Seen<'_>, response: &Response, theme: &Theme) {
        let painter = ui.painter_at(response.rect);
        self.paint_grid(seen, &painter, theme);
        if self.is_large() {
            self.paint_large(&painter);
        } else if let Some(sketch) = &self.sketch {
            sketch.paint(&painter, self.screen_from_map(sketch.origin));
        }
        self.paint_pins(&painter, theme);
        if let Some((_, furniture)) = &self.furniture {
            furniture.paint(&painter, response.rect.min);
        }
        self.paint_guides(&painter, theme);
        self.paint_handle(ui, seen, &painter, theme);
        if let (Some(start), Some(end)) =
            (self.marquee, ui.input(|input| input.pointer.latest_pos()))
        {
            let accent = style::color(theme.accent);
            let area = Rect::from_two_pos(start, end);
            painter.rect(
                area,
                2.0,
                accent.gamma_multiply(0.12),
                (1.0, accent),
                egui::StrokeKind::Middle,
            );
        }
        if response.has_focus() && self.is_focus_shown {
            let accent = style::color(theme.accent).gamma_multiply(0.5);
            painter.rect_stroke(
                response.rect.shrink(1.0),
                0.0,
                (1.0, accent),
                egui::StrokeKind::Inside,
            );
        }
        if seen.document.map().actors.is_empty() {
            let words = "No actors on this map yet.\nDouble-click to add one, open a map with Ctrl+O, or drop a map file here.";
            let color = style::color(theme.muted);
            painter.text(
                response.rect.center(),
                egui::Align2::CENTER_CENTER,
                words,
                egui::FontId::proportional(15.0),
                color,
            );
        }
    }

    /// What the tie under the pointer says, in one line.
    fn hint(&self, ui: &Ui, seen: &Seen<'_>, response: &Response) {
        let Some(relation) =
            self.hovered_tie.and_then(|tie| seen.document.map().relations.get(tie))
        else {
            return;
        };
        if self.drag.is_some() || !response.hovered() || ui.input(|input| input.pointer.any_down())
        {
            return;
        }
        let words = self::access::tie_name(seen.document, relation);
        response.clone().on_hover_ui_at_pointer(|ui| {
            ui.set_max_width(320.0);
            ui.label(visual(&words));
            if let Some(excerpt) = relation.evidence.first() {
                ui.label(
                    egui::RichText::new(style::prose(
                        ui,
                        &format!("“{}”", isolated(&excerpt.excerpt)),
                        13.0,
                    ))
                    .weak(),
                );
            }
        });
    }
}

fn actor_item(seen: &Seen<'_>, actor: usize) -> Option<Element> {
    seen.document.map().actors.get(actor).map(|actor| Element::Actor(actor.id.clone()))
}

fn relation_item(seen: &Seen<'_>, relation: usize) -> Option<Element> {
    seen.document
        .map()
        .relations
        .get(relation)
        .map(|relation| Element::Relation(relation.id.clone()))
}
