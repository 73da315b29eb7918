//! The map of a presentation: as large as the window, without anything to edit it. Changes of the
//! camera are animated; other changes fade in.

use egui::{self, Context, Response, Sense, Ui, WidgetInfo, WidgetType};

use super::flight::Flight;
use super::state::Canvas;
use crate::geometry::{Point, Rect, point};
use crate::model::StepCamera;
use crate::scene::camera::Camera;
use crate::scene::step;
use crate::ui::widgets::style;
use crate::ui::workspace::Workspace;

/// Duration of a change from one step to the next, in seconds.
const DURATION: f64 = 0.6;

impl Canvas {
    /// The camera for a step, if the view was moved or zoomed since the map was fitted to it.
    #[must_use]
    pub fn camera_for_step(&self) -> Option<StepCamera> {
        let camera = self.camera.filter(|_| !self.is_fitted)?;
        Some(step::step_camera(&camera, &self.free(), self.page))
    }

    /// Shows what a step shows.
    pub fn look_at_step(&mut self, camera: &StepCamera) {
        self.look(step::camera(camera, &self.free(), self.page));
    }

    /// The part of the page between title and notes.
    fn free(&self) -> Rect {
        let whole = Rect { min: Point::default(), max: self.page };
        self.furniture.as_ref().map_or(whole, |(furniture, _)| furniture.free)
    }

    /// Changes to another step of a presentation.
    pub fn fly_to(&mut self, aim: Option<StepCamera>) {
        let before = self.sketch.take();
        self.drawn_for = None;
        let from = self.camera;
        self.flight = Flight { aim, is_new: true, from, to: None, started: None, before };
    }

    /// Shows the map of a presentation for one frame. `words` are read aloud.
    pub fn present(&mut self, ui: &mut Ui, workspace: &Workspace<'_>, words: &str) -> Response {
        let theme = style::scene_theme(ui.ctx());
        let size = ui.available_size();
        let is_resized = (size.x - self.page.x).abs() > 0.5 || (size.y - self.page.y).abs() > 0.5;
        self.page = point(size.x.max(1.0), size.y.max(1.0));
        if is_resized || self.flight.is_new || self.camera.is_none() {
            self.take_aim(ui, workspace, is_resized);
        }
        let share = self.advance(ui.ctx());
        self.refresh(ui, workspace, &theme);
        let response = ui.allocate_painter(size, Sense::click()).0;
        self.rect = response.rect;
        self.response_id = Some(response.id);
        let painter = ui.painter_at(response.rect);
        painter.rect_filled(response.rect, 0.0, style::color(theme.ground));
        let is_still = self.paint_still(&painter);
        if !is_still && self.is_large() {
            self.paint_large(&painter, &theme);
        } else if let Some(sketch) = self.sketch.as_ref().filter(|_| !is_still) {
            sketch.paint(&painter, self.screen_from_map(sketch.origin));
        }
        if !is_still || self.is_large() {
            self.paint_notes(&painter);
        }
        if let Some(sketch) = &self.flight.before {
            let mut fading = painter.clone();
            fading.set_opacity(1.0 - share);
            sketch.paint(&fading, self.screen_from_map(sketch.origin));
        }
        self.paint_edges(&painter, response.rect.min);
        response.widget_info(|| WidgetInfo::labeled(WidgetType::Label, true, words));
        response
    }

    /// Finds the camera of the step, and starts the change to it.
    fn take_aim(&mut self, ui: &Ui, workspace: &Workspace<'_>, is_resized: bool) {
        let theme = style::scene_theme(ui.ctx());
        let from = self.flight.from.filter(|_| self.flight.is_new && !is_resized);
        // Title and notes of this step.
        self.refresh_furniture(workspace, &theme);
        if let Some(aim) = &self.flight.aim {
            let camera = step::camera(aim, &self.free(), self.page);
            (self.camera, self.fit_zoom) = (Some(camera), camera.zoom);
            self.frame = None;
        } else {
            self.is_fit_wanted = true;
        }
        self.refresh(ui, workspace, &theme);
        // A change of the settings makes the map fit again where it is edited.
        self.is_fit_wanted = false;
        self.is_fitted = false;
        self.flight.is_new = false;
        self.flight.to = self.camera;
        let is_animated = ui.style().animation_time > 0.0 && from.is_some();
        self.flight.started = is_animated.then(|| ui.input(|input| input.time));
        let is_moving = from.zip(self.camera).is_some_and(|(from, to)| !is_near(&from, &to));
        self.flight.from = from.filter(|_| is_animated && is_moving);
        if is_moving || !is_animated {
            self.flight.before = None;
        }
    }

    /// Moves the camera on its way; returns the share of the time that has passed, 0 to 1.
    #[expect(clippy::cast_possible_truncation, reason = "a share")]
    fn advance(&mut self, ctx: &Context) -> f32 {
        let Some(started) = self.flight.started else { return 1.0 };
        let passed = (ctx.input(|input| input.time) - started) / DURATION;
        let passed = passed.clamp(0.0, 1.0) as f32;
        // Smoothstep: slow at both ends.
        let share = passed * passed * (3.0 - 2.0 * passed);
        if let (Some(from), Some(to)) = (self.flight.from, self.flight.to) {
            self.camera = Some(between(&from, &to, share));
        }
        if passed >= 1.0 {
            self.camera = self.flight.to.or(self.camera);
            (self.flight.from, self.flight.started, self.flight.before) = (None, None, None);
            return 1.0;
        }
        ctx.request_repaint();
        share
    }
}

/// True if two cameras show the same.
fn is_near(one: &Camera, other: &Camera) -> bool {
    (one.centre - other.centre).length() * other.zoom < 1.0
        && (one.zoom / other.zoom - 1.0).abs() < 1e-3
}

/// A camera on the way from one to another. Equal times multiply the zoom by equal factors.
fn between(from: &Camera, to: &Camera, share: f32) -> Camera {
    let zoom = from.zoom * (to.zoom / from.zoom).powf(share);
    // What is in the middle moves on the screen as steadily as the zoom changes.
    let ratio = to.zoom / from.zoom;
    let part = if (ratio - 1.0).abs() < 1e-3 {
        share
    } else {
        (1.0 - ratio.powf(-share)) / (1.0 - ratio.powf(-1.0))
    };
    Camera { centre: from.centre.towards(to.centre, part), zoom }
}
