//! Room for notes in small pictures. A note keeps its legible size while actors move together, so
//! that it could come to lie on shapes.

use std::f32::consts::TAU;

use super::notes::{Placed, sheet_at_full_size};
use super::occupied::OccupiedGrid;
use super::request::Request;
use crate::geometry::{Point, Rect, point};
use crate::text::Measure;

/// Distance from an actor within which a note is taken to lie on its shape, in pixels at 100 %.
const SHAPE_PX: f32 = 26.0;
/// Number of directions in which a free place is looked for.
const WAYS: u16 = 24;
/// Number of distances.
const STEPS: u16 = 14;
/// The distance between two of them, as a share of the height of the sheet.
const STEP: f32 = 0.2;

/// Moves sheets to the nearest place where they cover no shapes and no other sheets, unless they
/// cover some at 100 % as well, where the user can see that. `shapes` has the shapes of actors,
/// `room` is the distance to keep from them.
pub(super) fn make_room(
    notes: &mut [Placed],
    request: &Request<'_>,
    mut taken: OccupiedGrid,
    room: f32,
    measure: &dyn Measure,
) {
    for note in notes {
        if taken.overlap(&note.rect) > 0.0
            && is_clear_at_full_size(note, request, measure)
            && let Some(way) = way_out(note.rect, &taken, request, room)
        {
            note.rect = note.rect.moved(way);
        }
        taken.add(note.rect.grown(room));
    }
}

/// True if the user has not put the note on a shape, and does not move or write it now.
fn is_clear_at_full_size(note: &Placed, request: &Request<'_>, measure: &dyn Measure) -> bool {
    let Some(one) = request.map.notes.get(note.note) else { return false };
    let is_moved = request.view.moved_notes.iter().any(|(moved, _)| *moved == note.note)
        || request.view.emphasis.selected_notes.contains(&note.note);
    let sheet = sheet_at_full_size(one, measure).grown(SHAPE_PX);
    let mut places = request.shown.actors().filter_map(|actor| request.positions.get(actor));
    !is_moved && !places.any(|at| sheet.contains(*at))
}

/// The way to the nearest free place; `None` if there is none near.
fn way_out(sheet: Rect, taken: &OccupiedGrid, request: &Request<'_>, room: f32) -> Option<Point> {
    let page = request.frame.map(|frame| frame.visible);
    let is_free = |way: &Point| {
        let rect = sheet.moved(*way).grown(room);
        let is_on_page =
            page.is_none_or(|page| rect.overlap(&page) > 0.99 * rect.width() * rect.height());
        is_on_page && taken.overlap(&rect) <= 0.0
    };
    let ways = (1..=STEPS).flat_map(|step| {
        let distance = f32::from(step) * STEP * sheet.height();
        (0..WAYS).map(move |way| {
            let angle = TAU * f32::from(way) / f32::from(WAYS);
            // A sheet is wider than it is high.
            point(libm::cosf(angle) * 1.4, libm::sinf(angle)) * distance
        })
    });
    ways.into_iter().find(is_free)
}
