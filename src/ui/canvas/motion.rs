//! Which picture stands for the map in a frame, if any, and painting it.

use std::sync::Arc;
use std::time::Duration;

use egui::{
    Color32, ColorImage, Event, Painter, Pos2, Rect as ScreenRect, TextureHandle, TextureOptions,
    Ui, pos2, vec2,
};

use super::state::Canvas;
use super::still::{Still, StillKey, is_slow, set_slow};
use super::still_order::{DrawnStill, StillOrder};
use crate::draw::raster::cut_out;
use crate::edit::Version;
use crate::export::{Known, Page};
use crate::geometry::{Point, Rect, point};
use crate::model::ActorIndex;
use crate::scene::camera::Camera;
use crate::scene::crowd::build::NAMED_PX;
use crate::scene::page::parts::Parts;
use crate::scene::primitive::{Mark, Owner};
use crate::scene::shown::Shown;
use crate::scene::theme::Theme;
use crate::ui::workspace::Workspace;

/// The view is at rest if it has not moved for so long, in seconds.
const REST: f64 = 0.15;
/// A large map is drawn again so long after an edit, in seconds, if none follows.
const SETTLED: f64 = 0.25;
/// Frames that are farther apart, in seconds, do not belong to one motion of the pointer.
const PAUSE: f64 = 2.0;
/// A frame that takes longer, in seconds, is slow.
const SLOW: f64 = 0.02;
/// A frame that takes longer, in seconds, is slow whatever has happened in it.
const VERY_SLOW: f32 = 0.12;
/// After so many slow frames, pictures are used.
const SLOW_FRAMES: u8 = 2;
/// How much a picture reaches beyond each side of the view, as a share of the view.
const BEYOND: f32 = 0.3;
/// The same while the view is zoomed, when each picture is soon replaced.
const BEYOND_ZOOMING: f32 = 0.08;
/// Room around a shape at the edge of the map, in pixels at 100 %: names, loops and notes.
const ROOM_PX: f32 = 120.0;

impl Canvas {
    /// Chooses the picture that stands for the map in this frame: for a crowded view always; where
    /// frames are slow, while the view moves or actors are dragged, and for a large map also at
    /// rest. True if nothing else has to be brought up to date.
    pub(super) fn choose_still(
        &mut self,
        ui: &Ui,
        workspace: &Workspace<'_>,
        theme: &Theme,
    ) -> bool {
        self.stills.shown = None;
        let Some(camera) = self.camera else { return false };
        let now = ui.input(|input| input.time);
        self.note_frame(ui, now);
        let before = self.stills.seen.replace(camera);
        if before.is_some_and(|before| before != camera) && !self.is_fitted {
            self.stills.moving_until = now + REST;
            self.stills.is_zooming =
                before.is_some_and(|before| before.zoom.to_bits() != camera.zoom.to_bits());
        }
        self.stills.is_zooming &= now < self.stills.moving_until;
        let dragged = self.dragged_actors();
        let is_drawable = self.glide.is_none()
            && self.resizing.is_none()
            && (dragged.is_some() || self.drag.as_ref().is_none_or(|drag| !drag.has_moved));
        let is_crowded = self.is_crowded();
        let is_needed = is_crowded || (is_slow(ui.ctx()) && is_drawable);
        if !is_needed {
            return false;
        }
        let is_dragged = dragged.is_some();
        let is_moving = now < self.stills.moving_until;
        if !is_dragged && !is_moving && !self.is_large() {
            return false;
        }
        let key = StillKey {
            version: workspace.document.version(),
            view: workspace.view.clone(),
            theme: theme.clone(),
            pixels_per_point: self.pixels_per_point,
            without: dragged.unwrap_or_default(),
        };
        let part = self.part_with_something();
        let best = self.stills.best(&key, &part, camera.zoom);
        let is = |is: &dyn Fn(&Still) -> bool| {
            best.and_then(|best| self.stills.list.get(best)).is_some_and(is)
        };
        let is_exact = is(&|still| self.is_exact(still, camera));
        let is_good = if is_moving || is_dragged {
            is(&|still| still.is_sharp(camera.zoom))
        } else {
            is_exact
        };
        let was_asked = |(asked, at): &(StillKey, Camera)| *asked == key && *at == camera;
        let is_wanted = !is_good
            && self.is_settled(ui, key.version, now)
            && self.stills.asked.is_none()
            && !self.stills.last_asked.as_ref().is_some_and(was_asked);
        self.stills.wanted = is_wanted.then_some(key);
        if is_moving || is_dragged || is_exact || is_crowded {
            self.stills.shown = best;
        }
        if is_crowded && best.is_none() {
            // The last picture, until one is there that shows the map as it is now.
            self.stills.shown = self.stills.list.len().checked_sub(1);
        }
        if is_moving {
            let rest = Duration::from_secs_f64(self.stills.moving_until - now + 0.001);
            ui.ctx().request_repaint_after(rest);
        }
        // What is dragged is drawn above the picture, and at rest the map can be pointed at.
        is_moving && !is_dragged && self.stills.shown.is_some()
    }

    /// The actor whose dot, drawn larger because it has a name, is at a map point.
    pub(super) fn named_dot_at(&self, at: Point) -> Option<ActorIndex> {
        let shown = self.stills.shown.and_then(|shown| self.stills.list.get(shown))?;
        let reach = NAMED_PX / self.camera?.zoom;
        let away = |actor: &ActorIndex| {
            self.positions.get(*actor).map_or(f32::INFINITY, |place| (*place - at).length())
        };
        let near = shown.named.iter().filter(|actor| away(actor) <= reach);
        near.min_by(|a, b| away(a).total_cmp(&away(b))).copied()
    }

    /// The actors that are drawn above the picture that stands for the map: those that are being
    /// dragged, and those that were when the picture was drawn. Ascending.
    pub(super) fn above_still(&self) -> Vec<ActorIndex> {
        let mut actors = self.dragged_actors().unwrap_or_default();
        let shown = self.stills.shown.and_then(|shown| self.stills.list.get(shown));
        actors.extend(shown.iter().flat_map(|still| &still.key.without));
        actors.retain(|actor| {
            self.overview.actor_looks.get(*actor).is_some_and(|look| look.is_drawn)
        });
        actors.sort_unstable();
        actors.dedup();
        actors
    }

    /// True if the document has not changed for a while, so that a large map is not drawn for each
    /// letter that is typed. Requests a frame for then.
    fn is_settled(&mut self, ui: &Ui, version: Version, now: f64) -> bool {
        let is_first = self.stills.edited.is_none();
        let (before, since) = self.stills.edited.get_or_insert((version, now));
        if *before != version {
            (*before, *since) = (version, now);
        }
        let left = *since + SETTLED - now;
        if is_first || left <= 0.0 || !self.overview.is_large {
            return true;
        }
        ui.ctx().request_repaint_after(Duration::from_secs_f64(left));
        false
    }

    /// True if each pixel of a picture falls on a pixel of the screen.
    fn is_exact(&self, still: &Still, camera: Camera) -> bool {
        let corner = self.screen_from_map(still.area.min) - self.rect.min;
        let off = |at: f32| {
            let pixels = at * self.pixels_per_point;
            (pixels - pixels.round()).abs()
        };
        (still.zoom / camera.zoom - 1.0).abs() < 1e-5 && off(corner.x).max(off(corner.y)) < 0.05
    }

    /// Counts a frame that was slow: during which more than one motion of the pointer came in.
    fn note_frame(&mut self, ui: &Ui, now: f64) {
        let (before, had_motion) = self.stills.frame;
        if (before - now).abs() < f64::EPSILON {
            return;
        }
        let motions = ui.input(|input| {
            let is_motion =
                |event: &&Event| matches!(event, Event::PointerMoved(_) | Event::MouseWheel { .. });
            input.events.iter().filter(is_motion).count()
        });
        self.stills.frame = (now, motions > 0);
        let gap = now - before;
        // Frames of a map that was just opened follow each other without any motion.
        let is_slow_at_once =
            self.is_large() && ui.input(|input| input.stable_dt) > VERY_SLOW && gap < PAUSE;
        let is_in_motion = had_motion && motions > 0 && gap < PAUSE;
        if is_slow_at_once || (is_in_motion && gap > SLOW && motions > 1) {
            self.stills.slow_frames = self.stills.slow_frames.saturating_add(1);
        } else if is_in_motion && gap < SLOW {
            self.stills.slow_frames = self.stills.slow_frames.saturating_sub(1);
        }
        if self.stills.slow_frames >= SLOW_FRAMES {
            set_slow(ui.ctx(), true);
        }
    }

    /// The actors that are being dragged, ascending; `None` if nothing is, or notes are.
    fn dragged_actors(&self) -> Option<Vec<ActorIndex>> {
        let is_crowded = self.is_crowded();
        let drag = self.drag.as_ref().filter(|drag| drag.has_moved)?;
        // The picture of a small map has its notes as well.
        if !drag.notes.is_empty() && (!is_crowded || drag.actors.is_empty()) {
            return None;
        }
        let mut actors: Vec<ActorIndex> = drag.actors.iter().map(|(actor, _)| *actor).collect();
        actors.sort_unstable();
        Some(actors)
    }

    /// True if a picture stands for all but what is dragged, and this mark belongs to that.
    pub(super) fn is_above_still(&self, mark: &Mark, shown: &Shown) -> bool {
        let key = self.stills.shown.and_then(|shown| self.stills.list.get(shown));
        let Some(without) = key.map(|still| &still.key.without) else { return true };
        let is_dragged = |actor: &ActorIndex| without.binary_search(actor).is_ok();
        match mark.owner {
            Owner::Actor(actor) | Owner::Tether(actor) => is_dragged(&actor),
            Owner::Line(line) => {
                shown.lines().get(line).is_some_and(|line| line.ends.iter().any(is_dragged))
            }
            _ => false,
        }
    }

    /// The part of the map in view where something can be.
    fn part_with_something(&self) -> Rect {
        let view = self.view();
        let notes = self.notes.iter().map(|note| note.rect);
        let places = self.overview.bounds.map(|bounds| bounds.grown(ROOM_PX * self.unit));
        let content = notes.chain(places).reduce(Rect::union);
        let Some(content) = content else { return Rect { min: view.min, max: view.min } };
        let limited = |at: Point| {
            point(
                at.x.clamp(content.min.x, content.max.x),
                at.y.clamp(content.min.y, content.max.y),
            )
        };
        Rect { min: limited(view.min), max: limited(view.max) }
    }

    /// What a picture should be drawn for now. It then counts as being drawn.
    pub fn ask_for_still(&mut self) -> Option<StillKey> {
        let key = self.stills.wanted.take()?;
        self.stills.asked = Some(key.clone());
        self.stills.last_asked = self.camera.map(|camera| (key.clone(), camera));
        Some(key)
    }

    /// The order for a picture of what is in view, with a margin for moving it. Its sides are at
    /// most `most` pixels.
    #[must_use]
    pub fn still_order(&self, workspace: &Workspace<'_>, key: StillKey, most: u32) -> StillOrder {
        let document = workspace.document;
        // A window of more pixels than a texture can have gets a coarser picture.
        #[expect(clippy::cast_precision_loss, reason = "sides are below 2^24")]
        let finest = most as f32 / self.page.x.max(self.page.y);
        let pixels_per_point = self.pixels_per_point.min(finest);
        let beyond = if self.stills.is_zooming { BEYOND_ZOOMING } else { BEYOND };
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            clippy::cast_precision_loss,
            reason = "sides are below 2^24"
        )]
        let with_margin = |side: f32| {
            let side = ((side * pixels_per_point).round().max(1.0) as u32).min(most);
            let beyond = (side as f32 * beyond) as u32;
            side + 2 * beyond.min(most.saturating_sub(side) / 2)
        };
        let [width, height] = [self.page.x, self.page.y].map(with_margin);
        #[expect(clippy::cast_precision_loss, reason = "sides are below 2^24")]
        let size = point(width as f32, height as f32) * (1.0 / pixels_per_point);
        let camera = self.camera.unwrap_or(Camera { centre: Point::default(), zoom: 1.0 });
        let page = Page {
            scale: pixels_per_point,
            theme: key.theme.clone(),
            parts: Parts::none(),
            view: key.view.clone(),
            camera: Some(Camera { zoom: camera.zoom * pixels_per_point, ..camera }),
            frame: self.frame.clone(),
            ..Page::new(width, height)
        };
        let known = Known {
            index: document.shared_index(),
            shown: Arc::clone(workspace.shown),
            fonts: Arc::new(workspace.fonts.clone()),
        };
        let overview = self.is_large().then(|| Arc::clone(&self.overview));
        let focus = self.view();
        let (map, positions) = (document.shared_map(), document.shared_positions());
        StillOrder { key, map, positions, page, known, overview, focus, camera, size }
    }

    /// Adds a picture, with its texture; `None` if it could not be drawn.
    pub fn add_still(&mut self, drawn: DrawnStill, texture: Option<TextureHandle>) {
        let DrawnStill { key, camera, page, busiest, named, .. } = drawn;
        self.stills.asked = None;
        let Some(texture) = texture else { return };
        self.large.busiest = busiest;
        let area = Rect {
            min: camera.map_from_page(Point::default(), page),
            max: camera.map_from_page(page, page),
        };
        let list = &mut self.stills.list;
        list.retain(|still| still.key == key);
        // Of the others, the one that shows most of the map is kept, for zooming out.
        list.sort_by(|a, b| a.zoom.total_cmp(&b.zoom));
        list.truncate(1);
        list.push(Still { key, texture, area, zoom: camera.zoom, named });
    }

    /// Paints the picture that stands for the map, and above it what is dragged. False if there is
    /// none.
    pub(super) fn paint_still(&self, painter: &Painter) -> bool {
        let shown = self.stills.shown.and_then(|shown| self.stills.list.get(shown));
        let Some(still) = shown else { return false };
        let corners = [still.area.min, still.area.max].map(|at| self.screen_from_map(at));
        let uv = ScreenRect::from_min_max(pos2(0.0, 0.0), pos2(1.0, 1.0));
        let area = ScreenRect::from_min_max(corners[0], corners[1]);
        painter.image(still.texture.id(), area, uv, Color32::WHITE);
        if self.is_crowded() {
            self.paint_above(painter);
        } else if still.key.without.is_empty() {
            return true;
        } else if let Some(sketch) = &self.sketch {
            sketch.paint(painter, self.screen_from_map(sketch.origin));
        }
        true
    }

    /// True if the picture that stands for the map covers all of the canvas.
    pub(super) fn is_covered_by_still(&self) -> bool {
        let shown = self.stills.shown.and_then(|shown| self.stills.list.get(shown));
        shown.is_some_and(|still| still.covers(&self.view()))
    }
}

impl Canvas {
    /// Draws title, legend and notes at the edges as pictures too, if frames are slow.
    pub(super) fn refresh_edges(&mut self, ui: &Ui, workspace: &Workspace<'_>) {
        if !self.stills.edges.is_empty() || !is_slow(ui.ctx()) {
            return;
        }
        let Some((furniture, _)) = &self.furniture else { return };
        let zoom = self.pixels_per_point;
        let whole = |area: &Rect| {
            let area = area.grown(2.0);
            let on_pixels =
                |at: Point| point((at.x * zoom).floor() / zoom, (at.y * zoom).floor() / zoom);
            Rect { min: on_pixels(area.min), max: on_pixels(area.max) }
        };
        let picture = |area: Rect| {
            let (size, pixels) = cut_out(&furniture.marks, area, zoom, workspace.fonts)?;
            let image = ColorImage::from_rgba_premultiplied(size, &pixels);
            let texture = ui.ctx().load_texture("edge", image, TextureOptions::NEAREST);
            Some((texture, area))
        };
        self.stills.edges = furniture.taken().map(whole).filter_map(picture).collect();
    }

    /// Forgets the pictures of title, legend and notes at the edges.
    pub(super) fn forget_edges(&mut self) {
        self.stills.edges.clear();
    }

    /// Paints title, legend and notes at the edges.
    pub(super) fn paint_edges(&self, painter: &Painter, corner: Pos2) {
        let edges = &self.stills.edges;
        let Some((_, sketch)) = self.furniture.as_ref().filter(|_| edges.is_empty()) else {
            let uv = ScreenRect::from_min_max(pos2(0.0, 0.0), pos2(1.0, 1.0));
            for (texture, area) in edges {
                let at = |at: Point| corner + vec2(at.x, at.y);
                let area = ScreenRect::from_min_max(at(area.min), at(area.max));
                painter.image(texture.id(), area, uv, Color32::WHITE);
            }
            return;
        };
        sketch.paint(painter, corner);
    }
}
