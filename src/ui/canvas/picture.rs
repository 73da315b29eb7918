//! The picture in the canvas: rebuilds the parts that changed, and answers queries about what is
//! shown.

use std::sync::Arc;

use egui::Ui;

use super::drawn_for::DrawnFor;
use super::notes::split;
use super::state::{Canvas, Drag, plain};
use crate::geometry::Point;
use crate::model::{ActorIndex, LineIndex};
use crate::scene::camera::{Camera, symbol_factor};
use crate::scene::page::fit::fit_whole;
use crate::scene::page::furniture::{Furniture, furnish};
use crate::scene::page::parts::Parts;
use crate::scene::picture::build::{bows, build};
use crate::scene::picture::drawn::Drawn;
use crate::scene::picture::overview::Overview;
use crate::scene::picture::request::Request;
use crate::scene::picture::shape::Body;
use crate::scene::primitive::Mark;
use crate::scene::theme::Theme;
use crate::scene::view::{Emphasis, View};
use crate::ui::widgets::paint::Sketch;
use crate::ui::workspace::Workspace;

/// If this share of the map is on the page, the whole map counts as being in view.
const IN_VIEW_SHARE: f32 = 0.9;

impl Canvas {
    /// Rebuilds what is out of date: furniture, camera and scene.
    pub(super) fn refresh(&mut self, ui: &Ui, workspace: &Workspace<'_>, theme: &Theme) {
        let document = workspace.document;
        let moved =
            self.drag.as_ref().filter(|drag| drag.has_moved).map_or_else(Vec::new, Drag::moved);
        let pixels_per_point = ui.pixels_per_point();
        self.pixels_per_point = pixels_per_point;
        let moved_notes = self.moved_notes(workspace);
        let view = View { moved_notes, ..workspace.view.clone() };
        let has_other_settings =
            self.drawn_for.as_ref().is_some_and(|key| key.view.settings != workspace.view.settings);
        // If the map is in view, a setting that makes title or legend larger does not put more of
        // it under them.
        let before = (has_other_settings && !self.is_fitted).then(|| self.covered());
        self.refresh_furniture(workspace, theme);
        self.refresh_edges(ui, workspace);
        self.fit_if_wanted(ui, workspace, theme);
        if self.choose_still(ui, workspace, theme) {
            if let Some(camera) = self.camera.filter(|_| self.is_large()) {
                self.refresh_notes_of_large(workspace, theme, camera, workspace.view);
            }
            return;
        }
        let camera = self.camera.unwrap_or(Camera { centre: Point::default(), zoom: 1.0 });
        let key = DrawnFor {
            version: document.version(),
            view,
            zoom: camera.zoom,
            page: self.page,
            theme: theme.clone(),
            pixels_per_point,
            moved,
            glided: self.glided(ui.ctx()),
        };
        let is_same = self.drawn_for.as_ref() == Some(&key);
        // Only the visible part of a large map is drawn, so panning redraws it.
        if is_same && (!self.is_large() || self.drawn_at == Some(camera.centre)) {
            return;
        }
        if self.drawn_for.as_ref().is_some_and(|before| before.version != key.version) {
            // The line under the pointer may have moved or been deleted.
            self.hovered_line = None;
        }
        self.update_overview(workspace, &key);
        self.unit = symbol_factor(camera.zoom, 1.0, self.overview.spacing) / camera.zoom;
        if self.is_large() {
            self.refresh_large(workspace, theme, camera, &key);
            self.refresh_notes_of_large(workspace, theme, camera, &key.view);
            if self.is_crowded() {
                self.choose_still(ui, workspace, theme);
            }
            self.refresh_above(workspace, theme, camera);
        } else {
            self.refresh_bows(workspace, theme);
            let request = Request {
                map: document.map(),
                index: document.index(),
                positions: &self.positions,
                view: &key.view,
                shown: workspace.shown,
                zoom: camera.zoom,
                scale: 1.0,
                density: pixels_per_point,
                frame: self.frame.as_ref(),
                theme,
                bows: self.bows.as_ref().map(|(_, bows)| bows),
                without: &[],
                part: None,
            };
            self.scene = build(&request, workspace.fonts);
            self.sketch_scene(camera, workspace);
            let is_covered = before
                .is_some_and(|(before, share)| share >= IN_VIEW_SHARE && self.covered().0 > before);
            let is_empty = has_other_settings && !self.shows_any_actor(workspace);
            if self.has_lost_its_fit(&key, &camera) || is_covered || is_empty {
                self.is_fit_wanted = true;
                ui.ctx().request_repaint();
            }
        }
        self.drawn_for = Some(key);
        self.drawn_at = Some(camera.centre);
    }

    /// Builds title, legend and margins anew if they are out of date.
    pub(super) fn refresh_furniture(&mut self, workspace: &Workspace<'_>, theme: &Theme) {
        let is_same_page = self.drawn_for.as_ref().is_some_and(|key| {
            key.page == self.page
                && key.version.content() == workspace.document.version().content()
                && key.view.settings == workspace.view.settings
                && key.view.expanded == workspace.view.expanded
                && key.view.revealed == workspace.view.revealed
                && key.view.camps == workspace.view.camps
                && key.theme == *theme
                && (key.pixels_per_point - self.pixels_per_point).abs() < f32::EPSILON
                && self.large.busiest == self.large.furnished
        });
        if !is_same_page || self.furniture.is_none() {
            self.update_drawn(workspace);
            let step = workspace.presented.map(|presented| presented.words.clone());
            let furniture = furnish(
                workspace.document.map(),
                (workspace.view, workspace.shown),
                self.drawn.as_ref().map_or(&Drawn::default(), |(_, drawn)| drawn),
                &Parts { step, ..Parts::default() },
                self.page,
                1.0,
                theme,
                workspace.fonts,
            );
            // A map that was fitted between title, legend and notes stays clear of them.
            self.is_fit_wanted |= self.is_fitted && self.is_in_the_way(&furniture);
            let sketch =
                Sketch::new(&furniture.marks, Point::default(), 1.0, self.pixels_per_point);
            self.furniture = Some((furniture, sketch));
            self.large.furnished = self.large.busiest;
            self.forget_edges();
        }
    }

    /// Brings up to date what the legend explains.
    fn update_drawn(&mut self, workspace: &Workspace<'_>) {
        let of = (workspace.document.version().form(), plain(workspace.view));
        if self.drawn.as_ref().is_none_or(|(before, _)| *before != of) {
            let map = workspace.document.map();
            let drawn = Drawn::in_view(map, workspace.view, workspace.shown);
            self.drawn = Some((of, drawn));
        }
        if let Some((_, drawn)) = &mut self.drawn {
            drawn.busiest = self.large.busiest;
        }
    }

    /// Recomputes how lines bow, if the map or the view has changed. While actors are dragged,
    /// lines bow as before.
    fn refresh_bows(&mut self, workspace: &Workspace<'_>, theme: &Theme) {
        let document = workspace.document;
        let view = View {
            emphasis: Emphasis::default(),
            moved_notes: Vec::new(),
            ..workspace.view.clone()
        };
        let key = (document.version(), view);
        if self.bows.as_ref().is_some_and(|(of, _)| *of == key) {
            return;
        }
        let request = whole(workspace, theme, self.pixels_per_point);
        self.bows = Some((key, bows(&request, workspace.fonts)));
    }

    /// Fits the camera to the map if that was requested, or in the first frame.
    fn fit_if_wanted(&mut self, ui: &Ui, workspace: &Workspace<'_>, theme: &Theme) {
        if self.is_fit_wanted || self.camera.is_none() {
            self.refresh_bows(workspace, theme);
        }
        if let Some((furniture, _)) = &self.furniture
            && (self.is_fit_wanted || self.camera.is_none())
        {
            let bows = self.bows.as_ref().map(|(_, bows)| bows);
            let request = Request { bows, ..whole(workspace, theme, self.pixels_per_point) };
            let camera = fit_whole(&request, furniture, self.page, workspace.fonts);
            self.frame = Some(furniture.frame(&camera, self.page, 1.0));
            self.camera = Some(camera);
            self.fit_zoom = camera.zoom;
            self.is_fit_wanted = false;
            self.is_fitted = true;
            // The status line shows the zoom and was drawn earlier in this frame.
            ui.ctx().request_repaint();
        }
    }

    /// Tessellates the scene, and the notes apart from it, because they are painted above its
    /// texts.
    fn sketch_scene(&mut self, camera: Camera, workspace: &Workspace<'_>) {
        let (marks, notes) = split(&self.scene.marks);
        let notes = notes.to_vec();
        let above = |mark: &&Mark| self.is_above_still(mark, workspace.shown);
        let marks = marks.iter().filter(above);
        self.sketch = Some(Sketch::new(marks, camera.centre, camera.zoom, self.pixels_per_point));
        self.notes.clone_from(&self.scene.notes);
        self.sketch_notes(&notes);
    }

    /// How much of the scene title, legend and notes cover, and the share that is on the page.
    fn covered(&self) -> (usize, f32) {
        match (&self.furniture, &self.camera) {
            (Some((furniture, _)), Some(camera)) if !self.is_large() => {
                furniture.covers(&self.scene, camera, self.page)
            }
            _ => (0, 0.0),
        }
    }

    /// True if an actor is in view, or the map shows none at all.
    fn shows_any_actor(&self, workspace: &Workspace<'_>) -> bool {
        let view = self.view();
        let mut actors = workspace.shown.actors().peekable();
        actors.peek().is_none()
            || actors.any(|actor| self.positions.get(actor).is_some_and(|at| view.contains(*at)))
    }

    /// True if an edit or a setting of the view has put something of a fitted map under the title,
    /// the legend or the notes, or off the page.
    fn has_lost_its_fit(&self, key: &DrawnFor, camera: &Camera) -> bool {
        let (Some(before), Some((furniture, _))) = (&self.drawn_for, &self.furniture) else {
            return false;
        };
        let settings = |key: &DrawnFor| plain(&key.view);
        let is_changed =
            before.version.content() != key.version.content() || settings(before) != settings(key);
        is_changed && self.is_fitted && !furniture.is_clear(&self.scene, camera, self.page)
    }

    /// True if new furniture takes other parts of the page than before, or covers the map.
    fn is_in_the_way(&self, furniture: &Furniture) -> bool {
        let (Some((before, _)), Some(camera)) = (&self.furniture, &self.camera) else {
            return false;
        };
        !before.leaves_as_much(furniture)
            || (before.title != furniture.title
                && !self.is_large()
                && !furniture.is_clear(&self.scene, camera, self.page))
    }

    /// Updates the zoom-independent overview and the positions, if they changed.
    fn update_overview(&mut self, workspace: &Workspace<'_>, key: &DrawnFor) {
        let document = workspace.document;
        let before = self.drawn_for.as_ref();
        let view = plain(&key.view);
        let of = (document.version().form(), document.version().places(), view);
        let is_same = self.overview_of.as_ref() == Some(&of);
        let has_same_form =
            self.overview_of.as_ref().is_some_and(|before| before.0 == of.0 && before.2 == of.2);
        if !is_same && has_same_form {
            Arc::make_mut(&mut self.overview).follow(
                document.map(),
                document.index(),
                document.positions(),
                workspace.shown,
            );
            self.overview_of = Some(of);
        } else if !is_same {
            self.overview = Arc::new(Overview::of(
                document.map(),
                document.index(),
                document.positions(),
                workspace.view,
                workspace.shown,
            ));
            self.overview_of = Some(of);
        }
        let has_moved = |before: &DrawnFor| {
            before.moved != key.moved || before.glided.to_bits() != key.glided.to_bits()
        };
        if !is_same || before.is_none_or(has_moved) {
            document.positions().clone_into(&mut self.positions);
            for (actor, at) in &key.moved {
                self.positions[*actor] = *at;
            }
            self.interpolate();
        }
    }

    /// The current outline of an actor, in map units.
    #[must_use]
    pub fn body(&self, actor: ActorIndex) -> Body {
        let at = self.positions.get(actor).copied().unwrap_or_default();
        self.overview.body(actor, at, self.unit)
    }

    /// The actors that may be in view.
    #[must_use]
    pub fn actors_in_view(&self) -> Vec<ActorIndex> {
        match self.part() {
            Some(part) => part.actors.clone(),
            None => self.scene.actors.clone(),
        }
    }

    /// The lines that may be in view, with the map points of their badges. Empty if the view is
    /// crowded, because single lines cannot be distinguished then.
    #[must_use]
    pub fn lines_in_view(&self) -> Vec<(LineIndex, Point)> {
        if self.is_crowded() {
            return Vec::new();
        }
        let lines = self.scene.routes.iter().zip(&self.scene.badges);
        let place = lines.map(|((line, route), badge)| {
            (*line, badge.map_or_else(|| route.at(0.5), |badge| badge.at))
        });
        place.collect()
    }
}

/// The request for a scene of the whole map at zoom 1, with the positions of the document.
fn whole<'a>(workspace: &'a Workspace<'_>, theme: &'a Theme, density: f32) -> Request<'a> {
    Request {
        map: workspace.document.map(),
        index: workspace.document.index(),
        positions: workspace.document.positions(),
        view: workspace.view,
        shown: workspace.shown,
        zoom: 1.0,
        scale: 1.0,
        density,
        frame: None,
        theme,
        bows: None,
        without: &[],
        part: None,
    }
}
