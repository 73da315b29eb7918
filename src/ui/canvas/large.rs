//! Large maps. Close up, the part in view is drawn as a scene in each frame. From afar, a picture
//! stands for the map (`still.rs`), drawn on a worker thread, and only what is being dragged is
//! drawn above it.

use egui::epaint::{Mesh, Vertex, WHITE_UV};
use egui::{Color32, Painter, Pos2, Shape, vec2};

use super::drawn_for::DrawnFor;
use super::large_state::{Above, InViewOf};
use super::state::Canvas;
use crate::geometry::{Point, Rect, point};
use crate::model::{ActorIndex, LineIndex};
use crate::scene::camera::Camera;
use crate::scene::crowd::in_view::InView;
use crate::scene::crowd::plan::Plan;
use crate::scene::picture::build::{Scene, build};
use crate::scene::picture::overview::tie_color;
use crate::scene::picture::request::{Part, Request};
use crate::scene::theme::Theme;
use crate::scene::view::View;
use crate::ui::widgets::paint::Sketch;
use crate::ui::widgets::style;
use crate::ui::workspace::Workspace;

/// Maximum number of actors and ties in view for drawing them as a complete scene.
const CLOSE_AT_MOST: usize = 700;
/// Margin drawn on each side of the view, as a share of its longer side, so that small pans need no
/// redraw.
const MARGIN_SHARE: f32 = 0.3;
/// Up to this number of selected actors, each has a ring in a crowded view.
const RINGS_AT_MOST: usize = 200;
/// Smallest radius of such a ring, in points.
const RING_AT_LEAST: f32 = 6.0;
/// Smallest half size of a dragged dot, in points.
const DOT_AT_LEAST: f32 = 2.0;

impl Canvas {
    /// True if the map is too large to be drawn as one complete scene.
    pub(super) fn is_large(&self) -> bool {
        self.overview.is_large
    }

    /// The part of a large map in or near the view; `None` for small maps.
    pub(super) fn part(&self) -> Option<&InView> {
        self.large.in_view.as_ref().filter(|_| self.is_large()).map(|(.., part)| part)
    }

    /// True if too many elements are in view to be drawn as a scene in each frame.
    pub(super) fn is_crowded(&self) -> bool {
        self.is_large() && self.large.is_crowded
    }

    /// Brings up to date what is in view, and the scene of it if the view is not crowded.
    pub(super) fn refresh_large(
        &mut self,
        workspace: &Workspace<'_>,
        theme: &Theme,
        camera: Camera,
        key: &DrawnFor,
    ) {
        let view = self.view();
        let Some(overview) = self.overview_of.clone() else { return };
        // Where dragged actors are does not matter for a crowded view.
        let of = InViewOf { overview, zoom: key.zoom, glided: key.glided };
        let is_there = |(before, area, _): &(InViewOf, Rect, InView)| {
            let is_same = *before == of || (self.large.is_crowded && before.is_moved(&of));
            is_same && area.contains(view.min) && area.contains(view.max)
        };
        if !self.large.in_view.as_ref().is_some_and(is_there) {
            let area = view.grown(view.width().max(view.height()) * MARGIN_SHARE);
            let part = InView::of(&self.overview, &self.positions, &area, self.unit, &[]);
            let has_dots = Plan::of(0, self.pixel()).has_dots;
            self.large.is_crowded = part.len() > CLOSE_AT_MOST || has_dots;
            self.large.in_view = Some((of, area, part));
        }
        if self.large.is_crowded {
            self.scene = Scene::default();
            self.sketch = None;
        } else if let Some(part) = self.part().cloned() {
            let lines = part.lines(&self.overview);
            self.scene = self.scene_of(workspace, theme, camera, &part.actors, &lines);
            let scale = key.pixels_per_point;
            self.sketch = Some(Sketch::new(&self.scene.marks, camera.centre, camera.zoom, scale));
        }
    }

    /// Draws what is dragged, or not yet on the picture that stands for the map.
    pub(super) fn refresh_above(
        &mut self,
        workspace: &Workspace<'_>,
        theme: &Theme,
        camera: Camera,
    ) {
        self.large.above = Above::Nothing;
        let actors = self.above_still();
        if actors.is_empty() || !self.is_crowded() {
            return;
        }
        let (index, lines) = (workspace.document.index(), workspace.shown.lines());
        let ties = actors.iter().flat_map(|actor| index.ties(*actor));
        let mut own: Vec<LineIndex> = ties.filter_map(|tie| lines.line_of(*tie)).collect();
        own.sort_unstable();
        own.dedup();
        self.large.above = if actors.len() + own.len() <= CLOSE_AT_MOST {
            let scene = self.scene_of(workspace, theme, camera, &actors, &own);
            let scale = self.pixels_per_point;
            Above::Scene(Sketch::new(&scene.marks, camera.centre, camera.zoom, scale))
        } else {
            Above::Dots(self.dots(theme, &actors, &own))
        };
    }

    /// Plain lines and squares for actors, in screen points.
    fn dots(&self, theme: &Theme, actors: &[ActorIndex], lines: &[LineIndex]) -> Mesh {
        let mut mesh = Mesh::default();
        let mut quad = |corners: [Pos2; 4], color: Color32| {
            let first = u32::try_from(mesh.vertices.len()).unwrap_or(u32::MAX);
            mesh.vertices.extend(corners.map(|pos| Vertex { pos, uv: WHITE_UV, color }));
            mesh.indices.extend([0, 1, 2, 0, 2, 3].map(|corner| first + corner));
        };
        let at = |actor: ActorIndex| self.screen_from_map(self.positions[actor]);
        for look in
            lines.iter().flat_map(|line| &self.overview.line_looks[self.overview.looks_of(*line)])
        {
            let (from, to) = (at(look.from), at(look.to));
            let aside = (to - from).normalized().rot90() * 0.5;
            let color = style::color(tie_color(theme, look.stance, 0.6));
            quad([from - aside, to - aside, to + aside, from + aside], color);
        }
        for actor in actors {
            let half = (self.overview.actor_looks[*actor].half_px * self.pixel()).max(DOT_AT_LEAST);
            let at = at(*actor);
            let corner = |x: f32, y: f32| at + vec2(x, y) * half;
            let corners =
                [corner(-1.0, -1.0), corner(1.0, -1.0), corner(1.0, 1.0), corner(-1.0, 1.0)];
            quad(corners, style::color(theme.muted));
        }
        mesh
    }

    /// The scene of some actors and lines.
    fn scene_of(
        &self,
        workspace: &Workspace<'_>,
        theme: &Theme,
        camera: Camera,
        actors: &[ActorIndex],
        lines: &[LineIndex],
    ) -> Scene {
        let part = Part {
            overview: &self.overview,
            actors,
            shapes: actors,
            obstacles: actors,
            lines,
            has_tethers: true,
            has_notes: false,
            kept_clear: &[],
            names_at_most: usize::MAX,
        };
        let request = Request {
            map: workspace.document.map(),
            index: workspace.document.index(),
            positions: &self.positions,
            view: workspace.view,
            shown: workspace.shown,
            zoom: camera.zoom,
            scale: 1.0,
            density: self.pixels_per_point,
            // After panning or zooming, the frame of the last fit no longer limits where texts go.
            frame: self.frame.as_ref().filter(|_| self.is_fitted),
            theme,
            bows: None,
            without: &[],
            part: Some(&part),
        };
        build(&request, workspace.fonts)
    }

    /// Lays out the notes, which are drawn at any zoom.
    pub(super) fn refresh_notes_of_large(
        &mut self,
        workspace: &Workspace<'_>,
        theme: &Theme,
        camera: Camera,
        view: &View,
    ) {
        if workspace.document.map().notes.is_empty() {
            self.notes.clear();
            self.note_sketch = None;
            return;
        }
        let positions = std::mem::take(&mut self.positions);
        let overview = std::mem::take(&mut self.overview);
        let part = Part {
            overview: &overview,
            actors: &[],
            shapes: &[],
            obstacles: &[],
            lines: &[],
            has_tethers: false,
            has_notes: true,
            kept_clear: &[],
            names_at_most: 0,
        };
        self.refresh_notes(
            &Request {
                map: workspace.document.map(),
                index: workspace.document.index(),
                positions: &positions,
                view,
                shown: workspace.shown,
                zoom: camera.zoom,
                scale: 1.0,
                density: self.pixels_per_point,
                frame: None,
                theme,
                bows: None,
                without: &[],
                part: Some(&part),
            },
            workspace,
        );
        (self.positions, self.overview) = (positions, overview);
    }

    /// Paints a large map without a picture: a close view, or nothing.
    pub(super) fn paint_large(&self, painter: &Painter, theme: &Theme) {
        let zoom = self.camera.map_or(1.0, |camera| camera.zoom);
        if self.is_crowded() {
            let is_drawing = self.stills.asked.is_some() || self.stills.wanted.is_some();
            let words = if is_drawing || self.stills.last_asked.is_none() {
                "Drawing the map…"
            } else {
                "There was not enough memory to draw the map. Zoom in, or make the window smaller."
            };
            let font = egui::FontId::proportional(15.0);
            let middle = painter.clip_rect().center();
            let color = style::color(theme.muted);
            painter.text(middle, egui::Align2::CENTER_CENTER, words, font, color);
        } else if let Some(sketch) = &self.sketch {
            sketch.paint_shapes(painter, self.screen_from_map(sketch.origin), zoom);
            // During the layout animation, names would not follow their actors, so they are hidden.
            if self.glide.is_none() {
                sketch.paint_words(painter, self.screen_from_map(sketch.origin), zoom);
            }
        }
    }

    /// Paints rings around selected actors of a crowded view, where they would hardly be seen, and
    /// the picture with the selection is still being drawn.
    pub(super) fn paint_rings(&self, workspace: &Workspace<'_>, painter: &Painter, theme: &Theme) {
        let selected = &workspace.view.emphasis.selected_actors;
        if !self.is_crowded() || selected.len() > RINGS_AT_MOST {
            return;
        }
        let zoom = self.camera.map_or(1.0, |camera| camera.zoom);
        for actor in selected.iter().filter(|actor| workspace.shown.is_drawn(**actor)) {
            let body = self.body(*actor);
            let radius = (body.reach() * zoom + 5.0 * self.pixel()).max(RING_AT_LEAST);
            let stroke = (2.0, style::color(theme.accent));
            painter.circle_stroke(self.screen_from_map(body.centre), radius, stroke);
        }
    }

    /// Paints what is above the picture of a crowded view.
    pub(super) fn paint_above(&self, painter: &Painter) {
        match &self.large.above {
            Above::Nothing => {}
            Above::Scene(sketch) => sketch.paint(painter, self.screen_from_map(sketch.origin)),
            Above::Dots(mesh) => {
                painter.add(Shape::mesh(mesh.clone()));
            }
        }
    }

    /// The visible area in map units.
    #[must_use]
    pub(super) fn view(&self) -> Rect {
        let corners = [point(0.0, 0.0), self.page];
        let camera = self.camera.unwrap_or(Camera { centre: Point::default(), zoom: 1.0 });
        let [min, max] = corners.map(|corner| camera.map_from_page(corner, self.page));
        Rect { min, max }
    }
}
