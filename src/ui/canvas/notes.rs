//! Notes on the map under the pointer: hit tests, moving, resizing, and the layer in which they are
//! painted, above everything else of the map.

use egui::{Painter, Rect as ScreenRect, Response, Ui, Vec2};

use super::elements::click;
use super::resize::Resize;
use super::state::{Canvas, Drag};
use crate::edit::{Command, Selection};
use crate::geometry::{Point, Rect, point};
use crate::model::note::NOTE_WIDTH;
use crate::model::{ActorIndex, Element, Note, NoteIndex};
use crate::scene::note_place::NotePlace;
use crate::scene::picture::badge::Badge;
use crate::scene::picture::edge::Route;
use crate::scene::picture::notes::{self, Sizes};
use crate::scene::picture::request::Request as Scenery;
use crate::scene::primitive::{Mark, Owner};
use crate::scene::theme::Theme;
use crate::text::Measure;
use crate::ui::requests::{Request, Requests};
use crate::ui::widgets::paint::Sketch;
use crate::ui::widgets::style;
use crate::ui::workspace::Workspace;

/// Half the width of the area at the right edge of a note in which a press resizes it, in points.
const GRASP: f32 = 5.0;
/// Length of the bar that shows this area, in points.
const BAR: f32 = 18.0;
/// Height of a new note for which room is looked for, in pixels at 100 %.
const NEW_HEIGHT: f32 = 64.0;
/// Distance between the rings on which room for a new note is looked for, in pixels at 100 %.
const RING: f32 = 24.0;

/// Number of parts into which a line is divided to find room for a new note.
const ALONG: u8 = 32;

/// The marks of the sheets of notes, which are the last ones, and those before them.
pub(super) fn split(marks: &[Mark]) -> (&[Mark], &[Mark]) {
    let is_other = |mark: &Mark| !matches!(mark.owner, Owner::Note(_));
    marks.split_at(marks.iter().rposition(is_other).map_or(0, |last| last + 1))
}

impl Canvas {
    /// The note at a map point.
    pub(super) fn note_at(&self, at: Point) -> Option<NoteIndex> {
        self.notes.iter().rev().find(|note| note.rect.contains(at)).map(|note| note.note)
    }

    /// The note whose right edge is at a map point; the selected one before others.
    pub(super) fn note_edge_at(&self, workspace: &Workspace<'_>, at: Point) -> Option<NoteIndex> {
        let point_size = self.unit / self.pixel().max(f32::MIN_POSITIVE);
        let is_at_edge = |rect: &Rect| {
            (at.x - rect.max.x).abs() <= GRASP * point_size
                && (rect.min.y..=rect.max.y).contains(&at.y)
        };
        let selected = self.selected_note(workspace).filter(|(_, rect)| is_at_edge(rect));
        let others = self.notes.iter().rev().find(|placed| is_at_edge(&placed.rect));
        selected.map(|(note, _)| note).or_else(|| others.map(|placed| placed.note))
    }

    /// The selected note and its sheet, if nothing else is selected.
    fn selected_note(&self, workspace: &Workspace<'_>) -> Option<(NoteIndex, Rect)> {
        let Element::Note(id) = workspace.selection.only()? else { return None };
        let note = workspace.document.index().note(id)?;
        self.notes.iter().find(|placed| placed.note == note).map(|placed| (note, placed.rect))
    }

    /// The sizes of notes at the current zoom.
    fn note_sizes(&self) -> Sizes {
        Sizes::at(self.pixel(), 1.0, self.camera.map_or(1.0, |camera| camera.zoom))
    }

    /// The notes that are being moved or resized, with where they are shown.
    pub(super) fn moved_notes(&self, workspace: &Workspace<'_>) -> Vec<(NoteIndex, NotePlace)> {
        if let Some(resize) = self.resizing.as_ref().filter(|resize| resize.has_changed) {
            return vec![(resize.note, resize.place(self.note_sizes().unit))];
        }
        let Some(drag) = self.drag.as_ref().filter(|drag| drag.has_moved) else {
            return Vec::new();
        };
        let map = workspace.document.map();
        let place = |(note, start): &(NoteIndex, Point)| {
            let place = NotePlace::of(map.notes.get(*note)?);
            Some((*note, NotePlace { middle: *start + drag.delta, ..place }))
        };
        drag.notes.iter().filter_map(place).collect()
    }

    /// Lays out the notes of a large map, of which only a part is built as a scene.
    pub(super) fn refresh_notes(&mut self, scenery: &Scenery<'_>, workspace: &Workspace<'_>) {
        let sizes = self.note_sizes();
        let mut notes = notes::sheets(scenery, sizes, workspace.fonts);
        if !notes.is_empty() {
            let overview = scenery.part.map(|part| part.overview);
            let body = |actor: ActorIndex| {
                Some(overview?.body(actor, *scenery.positions.get(actor)?, self.unit))
            };
            // In a crowd, lines are drawn without the bends of the scene.
            let is_exact = !self.is_crowded();
            let routes = if is_exact { self.scene.routes.as_slice() } else { &[] };
            let badges = if is_exact { self.scene.badges.as_slice() } else { &[] };
            let ends =
                notes::Ends { body: &body, routes, badges, kept_clear: &[], unit: self.unit };
            notes::lead(&mut notes, scenery, &ends);
        }
        let mut marks = notes::draw_leaders(&notes, sizes, scenery.theme);
        marks.extend(notes::draw_sheets(&notes, sizes, scenery));
        self.notes = notes;
        self.sketch_notes(&marks);
    }

    /// Tessellates the notes.
    pub(super) fn sketch_notes(&mut self, marks: &[Mark]) {
        let Some(camera) = self.camera.filter(|_| !marks.is_empty()) else {
            self.note_sketch = None;
            return;
        };
        let pixels_per_point = self.pixels_per_point;
        self.note_sketch = Some(Sketch::new(marks, camera.centre, camera.zoom, pixels_per_point));
    }

    /// Starts to move or resize the note under a press.
    pub(super) fn press_note(&mut self, ui: &Ui, workspace: &Workspace<'_>) {
        let pressed = ui.input(|input| {
            input.pointer.primary_pressed().then(|| input.pointer.press_origin()).flatten()
        });
        let is_free = self.connecting.is_none() && !workspace.document.is_read_only();
        let Some(at) = pressed.filter(|at| is_free && self.rect.contains(*at)) else { return };
        // A menu or a dialog may cover the map.
        if ui.ctx().layer_id_at(at) != Some(ui.layer_id()) {
            return;
        }
        let here = self.map_from_screen(at);
        if let Some(note) = self.note_edge_at(workspace, here) {
            self.resizing = self.resize_of(workspace, note, here);
        } else if let Some(note) = self.note_at(here) {
            self.grasp_note(workspace, note, here);
        }
    }

    fn resize_of(&self, workspace: &Workspace<'_>, note: NoteIndex, here: Point) -> Option<Resize> {
        let rect = self.notes.iter().find(|placed| placed.note == note)?.rect;
        let width = NotePlace::of(workspace.document.map().notes.get(note)?).width;
        let (left, y) = (rect.min.x, rect.centre().y);
        let grasped = here.x - rect.max.x;
        Some(Resize { note, left, y, grasped, width, has_changed: false })
    }

    /// Starts a drag of the pressed note, or of the whole selection if it is a part of it.
    fn grasp_note(&mut self, workspace: &Workspace<'_>, note: NoteIndex, here: Point) {
        let map = workspace.document.map();
        let Some(pressed) = map.notes.get(note) else { return };
        let item = Element::Note(pressed.id.clone());
        let (actors, mut notes) = if workspace.selection.contains(&item) {
            (selected_actors(workspace), selected_notes(workspace))
        } else {
            (Vec::new(), Vec::new())
        };
        notes.retain(|(other, _)| *other != note);
        // It may be drawn beside its place, clear of shapes.
        let drawn = self.notes.iter().find(|placed| placed.note == note);
        let start = drawn.map_or(NotePlace::of(pressed).middle, |placed| placed.rect.centre());
        notes.insert(0, (note, start));
        self.drag = Some(Drag {
            actors,
            notes,
            is_by_note: true,
            grasped: here,
            delta: Point::default(),
            has_moved: false,
            guides: Vec::new(),
        });
    }

    /// True while a note is pressed.
    pub(super) fn holds_note(&self) -> bool {
        self.resizing.is_some() || self.drag.as_ref().is_some_and(|drag| drag.is_by_note)
    }

    /// Updates the width of the note that is being resized, and ends what is done with a note when
    /// the button is released.
    pub(super) fn drag_note(
        &mut self,
        ui: &Ui,
        workspace: &Workspace<'_>,
        response: &Response,
        out: &mut Requests,
    ) {
        let (latest, is_released, is_decided) = ui.input(|input| {
            let pointer = &input.pointer;
            (pointer.latest_pos(), pointer.primary_released(), pointer.is_decidedly_dragging())
        });
        let unit = self.note_sizes().unit;
        let here = latest.map(|at| self.map_from_screen(at));
        if let (Some(resize), Some(here)) = (&mut self.resizing, here)
            && is_decided
            && (response.dragged() || is_released)
        {
            resize.width = (here.x - resize.grasped - resize.left) / unit;
            resize.has_changed = true;
            self.is_fitted = false;
        }
        if !is_released {
            return;
        }
        if let Some(resize) = self.resizing.take().filter(|resize| resize.has_changed)
            && let Some(note) = workspace.document.map().notes.get(resize.note)
        {
            let place = resize.place(unit);
            let width = f64::from(place.width.round());
            out.edit(Command::ResizeNote(note.id.clone(), place.middle.x, width));
        }
        if self.drag.as_ref().is_some_and(|drag| drag.is_by_note) {
            self.drop_dragged(workspace, out);
        }
    }

    /// Selects the note under a click.
    pub(super) fn click_note(
        &self,
        ui: &Ui,
        workspace: &Workspace<'_>,
        response: &Response,
        out: &mut Requests,
    ) {
        let at = response.interact_pointer_pos().filter(|_| response.clicked());
        let note = at.and_then(|at| self.note_at(self.map_from_screen(at)));
        if let Some(note) = note.and_then(|note| workspace.document.map().notes.get(note)) {
            out.push(click(ui, workspace, Selection::of(Element::Note(note.id.clone()))));
        }
    }

    /// The sheets of the notes that are not being dragged.
    pub(super) fn resting_sheets(&self, drag: &Drag) -> Vec<Rect> {
        let is_dragged = |note: NoteIndex| drag.notes.iter().any(|(other, _)| *other == note);
        let resting = self.notes.iter().filter(|placed| !is_dragged(placed.note));
        resting.map(|placed| placed.rect).collect()
    }

    /// Half the width and height of a note.
    pub(super) fn half_of_note(&self, note: NoteIndex) -> Point {
        let placed = self.notes.iter().find(|placed| placed.note == note);
        placed.map_or(Point::default(), |placed| placed.rect.max - placed.rect.centre())
    }

    /// Paints the notes.
    pub(super) fn paint_notes(&self, painter: &Painter) {
        if let Some(sketch) = &self.note_sketch {
            let zoom = self.camera.map_or(1.0, |camera| camera.zoom);
            let at = self.screen_from_map(sketch.origin);
            sketch.paint_shapes(painter, at, zoom);
            sketch.paint_words(painter, at, zoom);
        }
    }

    /// Paints the bar at the right edge of the selected note.
    pub(super) fn paint_note_edge(
        &self,
        workspace: &Workspace<'_>,
        painter: &Painter,
        theme: &Theme,
    ) {
        if workspace.document.is_read_only() {
            return;
        }
        let Some((_, rect)) = self.selected_note(workspace) else { return };
        let at = self.screen_from_map(point(rect.max.x, rect.centre().y));
        let bar = ScreenRect::from_center_size(at, Vec2::new(6.0, BAR));
        let line = (1.4, style::color(theme.accent));
        painter.rect(bar, 3.0, style::color(theme.paper), line, egui::StrokeKind::Middle);
    }

    /// A map point for the middle of a new note that is about an actor or a line: beside it, clear
    /// of what is drawn there if possible.
    #[must_use]
    pub fn place_beside(&self, at: Point) -> Point {
        let unit = self.note_sizes().unit;
        self.free_place(at, 4).unwrap_or(at + point(0.0, -4.0 * RING * unit))
    }

    /// A map point for the middle of a new note about nothing: in the middle of the view or near
    /// it, clear of what is drawn if possible.
    #[must_use]
    pub fn place_in_middle(&self) -> Point {
        self.free_place(self.middle(), 0).unwrap_or_else(|| self.middle())
    }

    /// The free place for a new note that is nearest to a map point, but no nearer than this ring.
    fn free_place(&self, at: Point, nearest: u8) -> Option<Point> {
        let unit = self.note_sizes().unit;
        #[expect(clippy::cast_possible_truncation, reason = "a small number")]
        let half = point(NOTE_WIDTH as f32, NEW_HEIGHT) * (0.5 * unit);
        let bodies = self.actors_in_view();
        let bodies = bodies.iter().map(|actor| self.body(*actor).bounds());
        let names = self.scene.names.iter().map(|name| name.rect);
        let badges = self.scene.badges.iter().flatten().map(Badge::bounds);
        let sheets = self.notes.iter().map(|note| note.rect);
        let taken: Vec<Rect> = bodies.chain(names).chain(badges).chain(sheets).collect();
        let lines: Vec<Point> =
            self.scene.routes.iter().flat_map(|(_, route)| along(route)).collect();
        let view = self.view();
        let room = |middle: &Point| Rect::around(*middle, half.x, half.y).grown(6.0 * unit);
        let is_free = |middle: &Point| {
            let rect = room(middle);
            let is_in_view = view.contains(rect.min) && view.contains(rect.max);
            is_in_view && taken.iter().all(|other| other.overlap(&rect) <= 0.0)
        };
        let around = (nearest..nearest + 24).flat_map(|ring| {
            crate::layout::circle(16, Point::default(), 0.0)
                .into_iter()
                .map(move |way| at + way.direction() * (f32::from(ring) * RING * unit))
        });
        let free: Vec<Point> = around.filter(is_free).collect();
        let is_clear = |middle: &&Point| {
            let rect = room(middle);
            !lines.iter().any(|at| rect.contains(*at))
        };
        // Clear of lines too, unless there is no such place.
        free.iter().find(is_clear).or(free.first()).copied()
    }

    /// A changed note whose upper edge is where it was before: it grows downwards.
    #[must_use]
    pub fn with_top_kept(&self, before: &Note, after: Note, measure: &dyn Measure) -> Note {
        let height = |note: &Note| notes::sheet_of(note, self.note_sizes(), measure).height();
        let grown = f64::from(height(&after) - height(before));
        Note { y: after.y + 0.5 * grown, ..after }
    }
}

/// Points along a route that are close enough together to find out what the line crosses.
fn along(route: &Route) -> impl Iterator<Item = Point> + '_ {
    (0..=ALONG).map(|step| route.at(f32::from(step) / f32::from(ALONG)))
}

/// The selected actors with their positions.
pub(super) fn selected_actors(workspace: &Workspace<'_>) -> Vec<(ActorIndex, Point)> {
    let document = workspace.document;
    let actors = workspace.selection.actors().filter_map(|id| document.index().actor(id));
    actors.filter_map(|actor| Some((actor, *document.positions().get(actor)?))).collect()
}

/// The selected notes with their middles.
pub(super) fn selected_notes(workspace: &Workspace<'_>) -> Vec<(NoteIndex, Point)> {
    let document = workspace.document;
    let notes = workspace.selection.notes().filter_map(|id| document.index().note(id));
    let place = |note| Some((note, NotePlace::of(document.map().notes.get(note)?).middle));
    notes.filter_map(place).collect()
}

/// The command that moves actors and notes to these places.
pub(super) fn moving(
    workspace: &Workspace<'_>,
    actors: Vec<(ActorIndex, Point)>,
    notes: Vec<(NoteIndex, Point)>,
) -> Command {
    let map = workspace.document.map();
    let actors =
        actors.into_iter().filter_map(|(actor, at)| Some((map.actors.get(actor)?.id.clone(), at)));
    if notes.is_empty() {
        return Command::Move(actors.collect());
    }
    let notes = notes
        .into_iter()
        .filter_map(|(note, at)| Some((Element::Note(map.notes.get(note)?.id.clone()), at)));
    let actors = actors.map(|(id, at)| (Element::Actor(id), at));
    Command::MoveElements(actors.chain(notes).collect())
}

/// Requests the fields of the selected note. True if exactly one note is selected.
pub(super) fn edit_selected_note(workspace: &Workspace<'_>, out: &mut Requests) -> bool {
    match workspace.selection.only() {
        Some(item @ Element::Note(_)) => {
            out.push(Request::EditFields(item.clone()));
            true
        }
        _ => false,
    }
}
