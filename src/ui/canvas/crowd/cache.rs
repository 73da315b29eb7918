//! Caches for drawing large maps. A crowded view is one mesh, and texts are added once the view is
//! at rest. Close up, the visible part is drawn as a normal scene.

use std::sync::Arc;

use egui::epaint::Mesh;
use egui::{self, Context, Painter, Pos2, Shape, Ui, emath::TSTransform};

use super::mesh::{self, MeshPart, Stage};
use super::state::{Around, Still, WordsFor};
use crate::geometry::{Point, Rect, point};
use crate::model::{ActorIndex, LineIndex, PerActor};
use crate::scene::camera::Camera;
use crate::scene::picture::build::{Scene, build};
use crate::scene::picture::request::Part;
use crate::scene::picture::request::Request;
use crate::scene::theme::Theme;
use crate::scene::view::View;
use crate::ui::canvas::drawn_for::DrawnFor;
use crate::ui::canvas::state::Canvas;
use crate::ui::widgets::paint::Sketch;
use crate::ui::workspace::Workspace;

/// Maximum number of actors and ties in view for drawing them as a complete scene.
const CLOSE_AT_MOST: usize = 700;
/// How long the view must be at rest before texts are placed, in seconds.
const REST: f64 = 0.12;
/// Margin drawn on each side of the view, as a share of its longer side, so that small pans need no
/// redraw.
const MARGIN_SHARE: f32 = 0.3;
/// The margin while zooming, when each frame is redrawn anyway.
const MARGIN_SHARE_ZOOMING: f32 = 0.02;

impl Canvas {
    /// True if the map is too large to be drawn as one complete scene.
    pub(in crate::ui::canvas) fn is_large(&self) -> bool {
        self.overview.is_large
    }

    /// The part of a large map in or near the view; `None` for small maps.
    pub(in crate::ui::canvas) fn part(&self) -> Option<&MeshPart> {
        self.large.still.as_ref().filter(|_| self.is_large()).map(|still| &still.part)
    }

    /// True if too many elements are in view to be distinguished one by one.
    pub(in crate::ui::canvas) fn is_crowded(&self) -> bool {
        self.part().is_some_and(|part| part.len() > CLOSE_AT_MOST)
    }

    /// Redraws the cached pictures that are out of date.
    pub(in crate::ui::canvas) fn refresh_large(
        &mut self,
        ui: &Ui,
        workspace: &Workspace<'_>,
        theme: &Theme,
        camera: Camera,
        key: &DrawnFor,
    ) {
        let page = Rect { min: Point::default(), max: self.page };
        let view = Rect {
            min: camera.map_from_page(page.min, self.page),
            max: camera.map_from_page(page.max, self.page),
        };
        // Dragged actors get their own mesh. The key of the still mesh contains which actors are
        // dragged, but not their positions.
        let moved: Vec<ActorIndex> = key.moved.iter().map(|(actor, _)| *actor).collect();
        let still_key = DrawnFor {
            moved: moved.iter().map(|actor| (*actor, Point::default())).collect(),
            view: View { moved_notes: Vec::new(), ..key.view.clone() },
            ..key.clone()
        };
        let now = ui.input(|input| input.time);
        let is_there = |still: &Still| {
            still.key == still_key && still.area.contains(view.min) && still.area.contains(view.max)
        };
        if !self.large.still.as_ref().is_some_and(is_there) {
            let is_zooming = self
                .large
                .still
                .as_ref()
                .is_some_and(|still| still.key.zoom.to_bits() != still_key.zoom.to_bits());
            let share = if is_zooming { MARGIN_SHARE_ZOOMING } else { MARGIN_SHARE };
            let margin = view.width().max(view.height()) * share;
            let area = view.grown(margin);
            let mut part = self.within(&area, &still_key);
            let is_close = part.len() <= CLOSE_AT_MOST;
            if !is_close && !moved.is_empty() {
                part = self.split(&part, &moved).0;
            }
            let mesh = (!is_close).then(|| {
                Arc::new(self.mesh(ui.ctx(), workspace, theme, camera, &part, key.pixels_per_point))
            });
            if is_close {
                self.close_scene(workspace, theme, camera, &part, key.pixels_per_point);
                self.large.words_for = None;
            }
            self.large.still = Some(Still {
                key: still_key,
                area,
                part,
                mesh,
                origin: camera.centre,
                at: self.anchor(),
            });
            self.large.changed_at = now;
        } else if self.large.still.as_ref().is_some_and(|still| still.mesh.is_none())
            && self.drawn_for.as_ref().is_none_or(|before| before.moved != key.moved)
            && let Some(part) = self.large.still.as_ref().map(|still| still.part.clone())
        {
            self.close_scene(workspace, theme, camera, &part, key.pixels_per_point);
        }
        self.large.moving = None;
        if self.large.still.as_ref().is_some_and(|still| still.mesh.is_some()) {
            if !moved.is_empty() {
                let everything = MeshPart {
                    actor_looks: moved.clone(),
                    line_looks: self.brightness.order.clone(),
                    tethers: (0..u32::try_from(self.overview.tethers.len()).unwrap_or(u32::MAX))
                        .collect(),
                };
                let part = self.split(&everything, &moved).1;
                self.large.moving = Some(Arc::new(self.mesh(
                    ui.ctx(),
                    workspace,
                    theme,
                    camera,
                    &part,
                    key.pixels_per_point,
                )));
            }
            self.rest(ui, workspace, theme, camera, &view, key, now);
        }
    }

    /// The part of the map within an area. Searches the cached surroundings if they cover the area,
    /// else the whole map.
    fn within(&mut self, area: &Rect, key: &DrawnFor) -> MeshPart {
        let find = |area: &Rect, among: Option<&MeshPart>| {
            mesh::within(&self.overview, &self.brightness, &self.positions, area, self.unit, among)
        };
        // Includes lines that lie beside the area but extend into it by their width or lane.
        let needed = area.grown((self.overview.widest_lane.min(400.0) + 60.0) * self.unit);
        let around = self.large.around.take().filter(|around| {
            around.version == key.version
                && around.view == key.view
                && around.glided.to_bits() == key.glided.to_bits()
                && key.moved.is_empty()
                && around.area.contains(needed.min)
                && around.area.contains(needed.max)
                && around.area.width() < 8.0 * needed.width()
        });
        let around = around.unwrap_or_else(|| {
            let area = needed.grown(needed.width() * 0.6);
            let (version, view, glided) = (key.version, key.view.clone(), key.glided);
            Around { version, view, glided, part: find(&area, None), area }
        });
        let part = find(area, Some(&around.part));
        self.large.around = Some(around).filter(|_| key.moved.is_empty());
        part
    }

    /// True if the texts of a crowded view are not placed yet.
    pub(in crate::ui::canvas) fn needs_text_layout(&self, key: &DrawnFor, camera: &Camera) -> bool {
        let words_for = WordsFor { key: key.clone(), centre: camera.centre };
        self.is_crowded() && self.large.words_for.as_ref() != Some(&words_for)
    }

    /// Places the texts of a crowded view once it is at rest.
    #[expect(clippy::too_many_arguments, reason = "the state of one frame")]
    fn rest(
        &mut self,
        ui: &Ui,
        workspace: &Workspace<'_>,
        theme: &Theme,
        camera: Camera,
        view: &Rect,
        key: &DrawnFor,
        now: f64,
    ) {
        let words_for = WordsFor { key: key.clone(), centre: camera.centre };
        if self.large.words_for.as_ref() == Some(&words_for) {
            return;
        }
        let is_first = self.large.words_for.is_none();
        if self.drawn_for.as_ref() != Some(key) || self.drawn_at != Some(camera.centre) {
            self.large.changed_at = now;
        }
        let left = self.large.changed_at + REST - now;
        if self.drag.is_some() || self.resizing.is_some() {
            // Texts are placed after the drag, which runs this function again.
            return;
        }
        if left > 0.0 && !is_first {
            ui.ctx().request_repaint_after(std::time::Duration::from_secs_f64(left));
            return;
        }
        let part = self.within(view, key);
        self.scene = self.scene_of(workspace, theme, camera, &part, true);
        self.sketch =
            Some(Sketch::new(&self.scene.marks, camera.centre, camera.zoom, key.pixels_per_point));
        self.large.words_for = Some(words_for);
        // Placing the texts may have moved badges along their lines, so the mesh is rebuilt.
        let has_signs = self.scene.badges.iter().any(Option::is_some);
        self.large.sign_at.clear();
        if has_signs {
            self.large.sign_at.resize(self.overview.line_looks.len(), 0.5);
            for ((line, _), badge) in self.scene.routes.iter().zip(&self.scene.badges) {
                let looks = self.overview.looks_of(*line);
                if let (Some(places), Some(badge)) = (self.large.sign_at.get_mut(looks), badge) {
                    places.fill(badge.along);
                }
            }
            if let Some((mut still, mesh)) = self.large.still.take().map(|still| {
                let mesh = self.mesh(
                    ui.ctx(),
                    workspace,
                    theme,
                    camera,
                    &still.part,
                    key.pixels_per_point,
                );
                (still, mesh)
            }) {
                still.mesh = Some(Arc::new(mesh));
                (still.origin, still.at) = (camera.centre, self.anchor());
                self.large.still = Some(still);
            }
        }
    }

    /// Splits a part into what stays and what moves with these actors.
    fn split(&self, part: &MeshPart, moved: &[ActorIndex]) -> (MeshPart, MeshPart) {
        let mut is_moved: PerActor<bool> = vec![false; self.overview.actor_looks.len()].into();
        for actor in moved {
            is_moved[*actor] = true;
        }
        let line_looks = &self.overview.line_looks;
        let is_pulled = |line_look: &u32| {
            let line_look = &line_looks[*line_look as usize];
            is_moved[line_look.from] || is_moved[line_look.to]
        };
        let (moving_threads, line_looks) =
            part.line_looks.iter().partition(|line_look| is_pulled(line_look));
        let (moving_dots, actor_looks) =
            part.actor_looks.iter().partition(|actor| is_moved[**actor]);
        let pulls =
            |tether: &u32| self.overview.tethers[*tether as usize].iter().any(|end| is_moved[*end]);
        let (moving_tethers, tethers) = part.tethers.iter().partition(|tether| pulls(tether));
        let moving = MeshPart {
            actor_looks: moving_dots,
            line_looks: moving_threads,
            tethers: moving_tethers,
        };
        (MeshPart { actor_looks, line_looks, tethers }, moving)
    }

    fn mesh(
        &mut self,
        ctx: &Context,
        workspace: &Workspace<'_>,
        theme: &Theme,
        camera: Camera,
        part: &MeshPart,
        ppp: f32,
    ) -> Mesh {
        let scale = self.unit * camera.zoom * ppp;
        let has_camps = workspace.view.camps.is_some();
        let sprites = self.large.sprites.at(ctx, scale, theme, has_camps, workspace.fonts);
        let stage = Stage {
            overview: &self.overview,
            brightness: &self.brightness,
            positions: &self.positions,
            theme,
            sprites: &sprites,
            zoom: camera.zoom,
            unit: self.unit,
            pixels_per_point: ppp,
            origin: camera.centre,
            at: self.anchor(),
            sign_at: &self.large.sign_at,
        };
        mesh::mesh(&stage, part)
    }

    /// The scene of a part; texts only if `is_text_only`.
    fn scene_of(
        &self,
        workspace: &Workspace<'_>,
        theme: &Theme,
        camera: Camera,
        part: &MeshPart,
        is_text_only: bool,
    ) -> Scene {
        let mut actors = part.actor_looks.clone();
        let line = |line_look: &u32| self.overview.line_looks[*line_look as usize].line;
        let mut lines: Vec<LineIndex> = part.line_looks.iter().map(line).collect();
        actors.sort_unstable();
        lines.sort_unstable();
        lines.dedup();
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
            part: Some(&Part {
                overview: &self.overview,
                actors: &actors,
                lines: &lines,
                is_text_only,
            }),
        };
        build(&request, workspace.fonts)
    }

    /// Lays out the notes, which are drawn at any zoom.
    pub(in crate::ui::canvas) fn refresh_notes_of_large(
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
                part: Some(&Part {
                    overview: &overview,
                    actors: &[],
                    lines: &[],
                    is_text_only: true,
                }),
            },
            workspace,
        );
        (self.positions, self.overview) = (positions, overview);
    }

    /// Draws a part as a complete scene.
    fn close_scene(
        &mut self,
        workspace: &Workspace<'_>,
        theme: &Theme,
        camera: Camera,
        part: &MeshPart,
        ppp: f32,
    ) {
        self.scene = self.scene_of(workspace, theme, camera, part, false);
        self.sketch = Some(Sketch::new(&self.scene.marks, camera.centre, camera.zoom, ppp));
    }

    /// Paints the picture of a large map.
    pub(in crate::ui::canvas) fn paint_large(&self, painter: &Painter) {
        let zoom = self.camera.map_or(1.0, |camera| camera.zoom);
        let Some(still) = &self.large.still else { return };
        if let Some(sketch) = &self.sketch {
            sketch.paint_shapes(painter, self.screen_from_map(sketch.origin), zoom);
        }
        if let Some(mesh) = &still.mesh {
            let by = self.screen_from_map(still.origin) - still.at;
            let mut shape = Shape::Mesh(Arc::clone(mesh));
            // The transform copies the mesh, so it is skipped while the view is at rest.
            if by.length() > 0.01 {
                shape.transform(TSTransform::from_translation(by));
            }
            painter.add(shape);
        }
        if let Some(mesh) = &self.large.moving {
            painter.add(Shape::Mesh(Arc::clone(mesh)));
        }
        // During the layout animation, names would not follow their actors, so they are hidden.
        if let Some(sketch) = self.sketch.as_ref().filter(|_| self.glide.is_none()) {
            sketch.paint_words(painter, self.screen_from_map(sketch.origin), zoom);
        }
    }

    /// Paints the dragged actors of a large map, and their ties.
    pub(in crate::ui::canvas) fn paint_dragged_of_large(&self, painter: &Painter) {
        if let Some(mesh) = &self.large.moving {
            painter.add(Shape::Mesh(Arc::clone(mesh)));
        }
    }

    /// The middle of the page in screen points.
    fn anchor(&self) -> Pos2 {
        let corner = if self.rect.is_finite() { self.rect.min } else { Pos2::ZERO };
        corner + egui::vec2(self.page.x, self.page.y) * 0.5
    }

    /// The visible area in map units.
    #[must_use]
    pub(in crate::ui::canvas) fn view(&self) -> Rect {
        let corners = [point(0.0, 0.0), self.page];
        let camera = self.camera.unwrap_or(Camera { centre: Point::default(), zoom: 1.0 });
        let [min, max] = corners.map(|corner| camera.map_from_page(corner, self.page));
        Rect { min, max }
    }
}
