//! Pictures of the map that stand for it while the view moves, so that the cost of a frame does not
//! depend on the size of the map. They are drawn by the painter of the exports on a worker thread
//! (`ui/app/stills.rs`), if frames of a moving view have turned out to be slow.

use egui::{
    Color32, ColorImage, Context, Event, Id, Painter, Pos2, Rect as ScreenRect, TextureHandle,
    TextureOptions, Ui, pos2, vec2,
};

use super::state::Canvas;
use crate::draw::raster::cut_out;
use crate::edit::Version;
use crate::geometry::{Point, Rect};
use crate::model::ActorIndex;
use crate::scene::camera::Camera;
use crate::scene::primitive::{Mark, Owner};
use crate::scene::shown::Shown;
use crate::scene::theme::Theme;
use crate::scene::view::View;
use crate::ui::workspace::Workspace;

/// The view is at rest if it has not moved for so long, in seconds.
const REST: f64 = 0.15;
/// Motions that are farther apart do not belong together, in seconds.
const PAUSE: f64 = 2.0;
/// A frame that takes longer, in seconds, is slow.
const SLOW: f64 = 0.02;
/// After so many slow frames, pictures are used.
const SLOW_FRAMES: u8 = 2;
/// Largest number of shapes and lines of which a picture is drawn.
const ELEMENTS_AT_MOST: usize = 400_000;
/// A picture is sharp enough up to this magnification and down to its inverse. Others are shown until
/// a new one is there.
const SHARP: f32 = 1.6;
/// Room around a shape at the edge of the map, in pixels at 100 %: names, loops and notes.
const ROOM_PX: f32 = 120.0;

/// What a picture was drawn for, apart from the camera.
#[derive(Clone, Debug, PartialEq)]
pub struct StillKey {
    version: Version,
    view: View,
    theme: Theme,
    pixels_per_point: f32,
    /// The actors that are being dragged, which are not on it; ascending.
    without: Vec<ActorIndex>,
}

impl StillKey {
    /// The actors that are not on the picture; ascending.
    #[must_use]
    pub fn without(&self) -> &[ActorIndex] {
        &self.without
    }
}

/// A picture of a part of the map.
struct Still {
    key: StillKey,
    texture: TextureHandle,
    /// In map units.
    area: Rect,
    /// Screen points per map unit.
    zoom: f32,
}

/// The pictures, and what is known about the motion of the view.
#[derive(Default)]
pub(super) struct Stills {
    list: Vec<Still>,
    /// The picture that is being drawn.
    asked: Option<StillKey>,
    /// The camera of the last frame, and its time.
    seen: Option<(Camera, f64)>,
    moving_until: f64,
    /// How far actors have been dragged, and since when.
    dragged: Option<(Point, f64)>,
    slow_frames: u8,
    /// The key and the camera of a frame that should have a picture.
    wanted: Option<StillKey>,
    /// The picture that stands for the map in this frame.
    shown: Option<usize>,
    /// The pictures of title, legend and notes at the edges, with their areas on the page.
    edges: Vec<(TextureHandle, Rect)>,
}

impl Still {
    /// True if it shows all of `part`, a part of the map.
    fn covers(&self, part: &Rect) -> bool {
        self.area.contains(part.min) && self.area.contains(part.max)
    }

    fn is_sharp(&self, zoom: f32) -> bool {
        (1.0 / SHARP..=SHARP).contains(&(zoom / self.zoom))
    }
}

/// Where it is remembered that frames are slow on this machine.
fn slow_id() -> Id {
    Id::new("frames of a moving view are slow")
}

/// Uses pictures while the view moves, or not, without waiting for slow frames.
#[doc(hidden)]
pub fn set_slow(ctx: &Context, is_slow: bool) {
    ctx.data_mut(|data| data.insert_temp(slow_id(), is_slow));
}

impl Canvas {
    /// Notes whether the view has moved since the last frame. True if a picture stands for the map
    /// in this frame, so that nothing else has to be brought up to date.
    pub(super) fn is_moved_as_picture(
        &mut self,
        ui: &Ui,
        workspace: &Workspace<'_>,
        theme: &Theme,
    ) -> bool {
        self.stills.shown = None;
        let Some(camera) = self.camera else { return false };
        let now = ui.input(|input| input.time);
        let before = self.stills.seen.replace((camera, now));
        let has_moved = before.is_some_and(|(before, _)| before != camera) && !self.is_fitted;
        if has_moved {
            let gap = now - (self.stills.moving_until - REST);
            if (f64::EPSILON..PAUSE).contains(&gap) {
                self.note_slow_frame(ui, gap);
            }
            self.stills.moving_until = now + REST;
        }
        let dragged = self.dragged_actors();
        self.note_drag(ui, now);
        let is_drawable = self.glide.is_none()
            && self.resizing.is_none()
            && (dragged.is_some() || self.drag.as_ref().is_none_or(|drag| !drag.has_moved));
        let elements = workspace.shown.shapes() + workspace.shown.lines().len();
        if !is_slow(ui.ctx()) || !is_drawable || elements > ELEMENTS_AT_MOST {
            return false;
        }
        let is_moving = dragged.is_some() || now < self.stills.moving_until;
        let has_rested = was_just_moving(before, self.stills.moving_until, now);
        if !is_moving && !has_rested {
            return false;
        }
        let key = StillKey {
            version: workspace.document.version(),
            view: workspace.view.clone(),
            theme: theme.clone(),
            pixels_per_point: self.pixels_per_point,
            without: dragged.clone().unwrap_or_default(),
        };
        let part = self.part_with_something(workspace);
        let best = self.stills.best(&key, &part, camera.zoom);
        let is_best_sharp = best
            .and_then(|best| self.stills.list.get(best))
            .is_some_and(|still| still.is_sharp(camera.zoom));
        self.stills.wanted = (!is_best_sharp && self.stills.asked.is_none()).then_some(key);
        if dragged.is_some() {
            // What is dragged is drawn above the picture.
            self.stills.shown = best;
            return false;
        }
        if is_moving {
            self.stills.shown = best;
            let rest = std::time::Duration::from_secs_f64(self.stills.moving_until - now + 0.001);
            ui.ctx().request_repaint_after(rest);
        }
        self.stills.shown.is_some()
    }

    /// Counts the frame if it is slow and actors have been dragged on since the last one.
    fn note_drag(&mut self, ui: &Ui, now: f64) {
        let delta = self.drag.as_ref().filter(|drag| drag.has_moved).map(|drag| drag.delta);
        let before = self.stills.dragged;
        if before.map(|(before, _)| before) == delta {
            return;
        }
        self.stills.dragged = delta.map(|delta| (delta, now));
        let gap = before.map(|(_, time)| now - time);
        if let Some(gap) = gap.filter(|gap| (f64::EPSILON..PAUSE).contains(gap)) {
            self.note_slow_frame(ui, gap);
        }
    }

    /// The actors that are being dragged, ascending; `None` if nothing is, or notes are.
    fn dragged_actors(&self) -> Option<Vec<ActorIndex>> {
        let drag = self.drag.as_ref().filter(|drag| drag.has_moved && drag.notes.is_empty())?;
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

    /// Counts slow frames: those during which more than one event has come in.
    fn note_slow_frame(&mut self, ui: &Ui, seconds: f64) {
        let events = ui.input(|input| {
            let is_motion =
                |event: &&Event| matches!(event, Event::PointerMoved(_) | Event::MouseWheel { .. });
            input.events.iter().filter(is_motion).count()
        });
        if seconds < SLOW {
            self.stills.slow_frames = self.stills.slow_frames.saturating_sub(1);
        } else if events > 1 {
            self.stills.slow_frames += 1;
        }
        if self.stills.slow_frames >= SLOW_FRAMES {
            set_slow(ui.ctx(), true);
        }
    }

    /// The part of the map in view where something can be.
    fn part_with_something(&self, workspace: &Workspace<'_>) -> Rect {
        let view = self.view();
        let places = workspace.shown.actors().filter_map(|actor| self.positions.get(actor));
        let notes = self.notes.iter().map(|note| note.rect);
        let room = ROOM_PX * self.unit;
        let content =
            places.map(|at| Rect::around(*at, room, room)).chain(notes).reduce(Rect::union);
        let Some(content) = content else { return Rect { min: view.min, max: view.min } };
        let limited = |at: Point| {
            crate::geometry::point(
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
        Some(key)
    }

    /// Adds a picture of `camera` on a page of this size, both in screen points; `None` if it could
    /// not be drawn.
    pub fn add_still(
        &mut self,
        key: StillKey,
        camera: Camera,
        page: Point,
        texture: Option<TextureHandle>,
    ) {
        self.stills.asked = None;
        let Some(texture) = texture else { return };
        let area = Rect {
            min: camera.map_from_page(Point::default(), page),
            max: camera.map_from_page(page, page),
        };
        let list = &mut self.stills.list;
        list.retain(|still| still.key == key);
        // Of the others, the one that shows most of the map is kept, for zooming out.
        list.sort_by(|a, b| a.zoom.total_cmp(&b.zoom));
        list.truncate(1);
        list.push(Still { key, texture, area, zoom: camera.zoom });
    }

    /// True if a picture stands for the map in this frame.
    #[must_use]
    pub fn is_still_shown(&self) -> bool {
        self.stills.shown.is_some()
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
        if still.key.without.is_empty() {
            return true;
        }
        if self.is_large() {
            self.paint_dragged_of_large(painter);
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

impl Stills {
    /// The picture that shows this part of the map best: the sharpest.
    fn best(&self, key: &StillKey, part: &Rect, zoom: f32) -> Option<usize> {
        let fits = |still: &&Still| still.key == *key && still.covers(part);
        let sharpness = |still: &Still| (zoom / still.zoom).ln().abs();
        let all = self.list.iter().enumerate();
        let fitting = all.filter(|(_, still)| fits(still));
        let best = fitting.min_by(|a, b| sharpness(a.1).total_cmp(&sharpness(b.1)));
        best.map(|(at, _)| at)
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
            let on_pixels = |at: Point| {
                crate::geometry::point((at.x * zoom).floor() / zoom, (at.y * zoom).floor() / zoom)
            };
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

/// True if frames of a moving view are slow on this machine.
fn is_slow(ctx: &Context) -> bool {
    ctx.data(|data| data.get_temp(slow_id())).unwrap_or(false)
}

/// True in the first frame in which the view is at rest.
fn was_just_moving(before: Option<(Camera, f64)>, until: f64, now: f64) -> bool {
    before.is_some_and(|(_, time)| time < until && now >= until)
}
