//! What a picture covers on its page: shapes, names, lines with their arrowheads, badges, labels,
//! areas and notes.

use crate::geometry::{Point, Rect};
use crate::scene::camera::Camera;
use crate::scene::picture::build::Scene;
use crate::scene::picture::edge::Route;
use crate::scene::primitive::{Outline, Owner, Primitive};

/// Number of steps in which a line is sampled.
const PROBES: u8 = 24;
/// Half the width of the widest line, in pixels at 100 %.
const LINE_PX: f32 = 3.0;
/// Half the width of the largest arrowhead, in pixels at 100 %.
const HEAD_PX: f32 = 8.0;

/// The rectangles that a scene covers, in page pixels. Lines are covered by small squares.
pub(super) fn covered(scene: &Scene, camera: &Camera, page: Point) -> Vec<Rect> {
    let unit = scene.unit;
    let bodies = scene.actors.iter().map(|actor| scene.bodies[*actor].bounds().grown(2.0 * unit));
    let names = scene.names.iter().map(|name| name.rect);
    let labels = scene.kinds.iter().map(|label| label.rect);
    let badges = scene.badges.iter().flatten().map(|badge| badge.bounds().grown(unit));
    let lines = scene.routes.iter().flat_map(|(_, route)| along(route, unit));
    let notes = scene.notes.iter().map(|note| note.rect.grown(unit));
    let all = bodies.chain(names).chain(labels).chain(badges).chain(lines).chain(notes);
    let on_page = |rect: Rect| Rect {
        min: camera.page_from_map(rect.min, page),
        max: camera.page_from_map(rect.max, page),
    };
    all.chain(corners_of_areas(scene)).map(on_page).collect()
}

/// Squares along a line, the last one around its arrowhead.
fn along(route: &Route, unit: f32) -> impl Iterator<Item = Rect> + '_ {
    (0..=PROBES).map(move |step| {
        let half = if step == PROBES { HEAD_PX } else { LINE_PX } * unit;
        Rect::around(route.at(f32::from(step) / f32::from(PROBES)), half, half)
    })
}

/// The corners of the areas that show membership.
fn corners_of_areas(scene: &Scene) -> impl Iterator<Item = Rect> + '_ {
    let areas = scene.marks.iter().filter(|mark| matches!(mark.owner, Owner::Hull(_)));
    let outlines = areas.flat_map(|mark| &mark.primitives).filter_map(|shape| match shape {
        Primitive::Shape { outline: Outline::Polygon(points), .. } => Some(points),
        _ => None,
    });
    outlines.flatten().map(|at| Rect { min: *at, max: *at })
}
