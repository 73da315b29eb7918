//! The camera that shows the whole map on a page.

use super::content::covered;
use super::furniture::Furniture;
use crate::geometry::{self, Point, Rect, point};
use crate::model::StepCamera;
use crate::scene::camera::{self, Camera, symbol_factor};
use crate::scene::note_place::NotePlace;
use crate::scene::picture::badge::BADGE_PX;
use crate::scene::picture::build::{bows, build, ways};
use crate::scene::picture::request::Request;
use crate::scene::step;
use crate::text::Measure;

/// Up to this number of actors and ties together, the fit looks at everything that is drawn.
const DRAWN_AT_MOST: usize = 600;
/// Maximum number of attempts for that.
const ATTEMPTS: usize = 16;
/// Maximum number of further attempts if something is still lost, each on a smaller area.
const SMALLER_ATTEMPTS: usize = 12;
/// How much smaller on each side, in pixels at 100 %.
const SMALLER_PX: f32 = 6.0;
/// Share of the missing room that one attempt takes. A smaller map has smaller names, so the whole
/// would be too much.
const STEP: f32 = 0.5;
/// Distance of everything that is drawn from title, legend and the edge of the page, in pixels at
/// 100 %.
const CLEAR_PX: f32 = 8.0;
/// Distance of the map from the edge of the page, in pixels at 100 %.
const MARGIN_PX: f32 = 10.0;
/// Smallest share of the page that the map gets, whatever is around it.
const SMALLEST_SHARE: f32 = 0.25;
/// Above this number of ties, lines are ignored when the map is fitted.
const BOWED_AT_MOST: usize = 1000;
/// Distance between a line and the edge of the page, in pixels at 100 %.
const EDGE_PX: f32 = 6.0;
/// Room for the shape of an actor around its place, in pixels at 100 %.
const SHAPE_PX: f32 = 34.0;
/// Number of steps in which a line is sampled.
const PROBES: u8 = 16;
/// Maximum number of attempts, each with a smaller area.
const ROUNDS: usize = 4;

/// The camera that shows everything that is drawn of a map on a page, clear of title, legend and
/// notes where possible. The zoom and the frame of the request are ignored.
#[must_use]
pub fn fit_whole(
    request: &Request<'_>,
    furniture: &Furniture,
    page: Point,
    measure: &dyn Measure,
) -> Camera {
    let own_bows;
    let bows = if let Some(bows) = request.bows {
        bows
    } else {
        // The same in every attempt.
        own_bows = bows(request, measure);
        &own_bows
    };
    let request = &Request { bows: Some(bows), ..*request };
    let mut positions = request.shown.places(request.positions);
    positions.extend(request.map.notes.iter().map(|note| NotePlace::of(note).middle));
    if positions.is_empty() || positions.len() + request.shown.lines().len() > DRAWN_AT_MOST {
        return fit_lines(request, &positions, furniture, page, measure);
    }
    let places = positions.iter().fold(Rect::NOTHING, |bounds, at| bounds.with(*at));
    let clear = CLEAR_PX * request.scale;
    let whole = Rect { min: Point::default(), max: page };
    let mut area = usable(whole.grown(-MARGIN_PX * request.scale), page);
    let mut camera = fit(&positions, furniture, page, request.scale);
    let mut best: Option<(f32, Camera)> = None;
    for attempt in 0..ATTEMPTS + SMALLER_ATTEMPTS {
        let is_smaller = attempt >= ATTEMPTS;
        if is_smaller && best.is_some_and(|(least, _)| least < 1.0) {
            break;
        }
        let frame = furniture.frame(&camera, page, request.scale);
        let request = Request { zoom: camera.zoom, frame: Some(&frame), ..*request };
        let drawn = covered(&build(&request, measure), &camera, page);
        let lost = lost(&drawn, furniture, page);
        match best {
            Some(before) if is_better((lost, camera), before) => best = Some((lost, camera)),
            None => best = Some((lost, camera)),
            // Nothing is lost any more, and further attempts only take more from the map.
            Some((least, _)) if lost < 1.0 && least < 1.0 => break,
            Some(_) => {}
        }
        let bounds = drawn.iter().copied().fold(Rect::NOTHING, Rect::union).grown(clear);
        for taken in furniture.taken() {
            area = beside(area, &drawn, bounds, taken.grown(clear), page);
        }
        let mut next = placed(&camera, places, bounds, area, page, request.scale);
        let is_stuck = is_same(&next, &camera, page);
        if is_stuck && lost < 1.0 {
            break;
        }
        if is_stuck || is_smaller {
            area = usable(area.grown(-SMALLER_PX * request.scale), page);
            next = placed(&camera, places, bounds, area, page, request.scale);
        }
        camera = next;
    }
    best.map_or(camera, |(_, camera)| camera)
}

/// The camera that shows what a step shows, clear of the title and with none of the actors that the
/// step shows under legend or notes where possible. `places` are those of the actors that are
/// drawn.
#[must_use]
pub fn fit_step(
    step: &StepCamera,
    places: &[Point],
    furniture: &Furniture,
    page: Point,
    scale: f32,
) -> Camera {
    let free = furniture.free;
    let largest = step::camera(step, &free, page);
    let factor = symbol_factor(largest.zoom, scale, camera::spacing(places));
    let shown: Vec<Point> = places
        .iter()
        .copied()
        .filter(|at| free.contains(largest.page_from_map(*at, page)))
        .collect();
    let corners: Vec<Rect> = furniture.legend.iter().chain(&furniture.notes).copied().collect();
    let is_clear = |camera: &Camera| {
        let room = SHAPE_PX * factor * (camera.zoom / largest.zoom).min(1.0);
        let whole = Rect { min: Point::default(), max: page }.grown(-room);
        shown.iter().map(|at| camera.page_from_map(*at, page)).all(|at| {
            whole.contains(at) && corners.iter().all(|corner| !corner.grown(room).contains(at))
        })
    };
    // Areas that leave out more and more on both sides and below.
    let inside = |corner: &Rect| corner.grown(8.0 * scale);
    let (mut left, mut right, mut bottom) = (free.min.x, free.max.x, free.max.y);
    for corner in corners.iter().map(inside).filter(|corner| corner.centre().y > free.centre().y) {
        if corner.centre().x < free.centre().x {
            left = left.max(corner.max.x);
        } else {
            right = right.min(corner.min.x);
        }
        bottom = bottom.min(corner.min.y);
    }
    let toward = |from: f32, to: f32, share: f32| from + (to - from) * share;
    let shares = [0.0, 0.25, 0.5, 0.75, 1.0];
    let areas = shares.into_iter().flat_map(|below| {
        shares.into_iter().flat_map(move |before| shares.map(|after| [before, after, below]))
    });
    let cameras = areas.filter_map(|[before, after, below]| {
        let area = Rect {
            min: point(toward(free.min.x, left, before), free.min.y),
            max: point(toward(free.max.x, right, after), toward(free.max.y, bottom, below)),
        };
        let is_large =
            area.width() > page.x * SMALLEST_SHARE && area.height() > page.y * SMALLEST_SHARE;
        is_large.then(|| step::camera(step, &area, page))
    });
    let larger = |best: Camera, other: Camera| if other.zoom > best.zoom { other } else { best };
    cameras.filter(is_clear).reduce(larger).unwrap_or(largest)
}

/// The area, or a larger one around its centre if it is too small for a map.
fn usable(area: Rect, page: Point) -> Rect {
    let half = point(
        area.width().max(page.x * SMALLEST_SHARE) * 0.5,
        area.height().max(page.y * SMALLEST_SHARE) * 0.5,
    );
    Rect::around(area.centre(), half.x, half.y)
}

/// How much of what is drawn is off the page or covered, in square pixels. Lines count little,
/// because they are sampled by small squares.
fn lost(drawn: &[Rect], furniture: &Furniture, page: Point) -> f32 {
    let whole = Rect { min: Point::default(), max: page };
    let taken = || furniture.taken();
    let lost = |rect: &Rect| {
        let off = rect.width() * rect.height() - rect.overlap(&whole);
        off + taken().map(|taken| taken.overlap(rect)).sum::<f32>()
    };
    drawn.iter().map(lost).sum()
}

/// True if the first camera loses less, or loses nothing more and does not show the map smaller.
fn is_better((lost, camera): (f32, Camera), (least, before): (f32, Camera)) -> bool {
    if (lost - least).abs() < 1.0 { camera.zoom > before.zoom * 0.999 } else { lost < least }
}

/// The area without a strip that has to stay free so that nothing lies under `taken`, which is in a
/// corner of the page: a strip along the side or one along the top or bottom, whichever takes less
/// from the map. `bounds` is around `drawn`.
fn beside(area: Rect, drawn: &[Rect], bounds: Rect, taken: Rect, page: Point) -> Rect {
    if drawn.iter().all(|rect| rect.overlap(&taken) <= 0.0) {
        return area;
    }
    let middle = taken.centre();
    let (is_left, is_top) = (middle.x < page.x * 0.5, middle.y < page.y * 0.5);
    let at_its_height =
        drawn.iter().filter(|rect| rect.min.y < taken.max.y && rect.max.y > taken.min.y);
    let at_its_width =
        drawn.iter().filter(|rect| rect.min.x < taken.max.x && rect.max.x > taken.min.x);
    // How far the map has to move away from the side, and from the top or bottom.
    let aside = at_its_height
        .map(|rect| if is_left { taken.max.x - rect.min.x } else { rect.max.x - taken.min.x })
        .fold(0.0, f32::max);
    let along = at_its_width
        .map(|rect| if is_top { taken.max.y - rect.min.y } else { rect.max.y - taken.min.y })
        .fold(0.0, f32::max);
    // A map that is smaller than its area is in the middle of it, so it moves by half of the strip
    // until it fills the rest.
    let spare = point(area.width() - bounds.width(), area.height() - bounds.height());
    let strip = |shift: f32, spare: f32| (2.0 * shift).min(spare.max(0.0) * 0.5 + shift) * STEP;
    let (across, down) = (strip(aside, spare.x), strip(along, spare.y));
    let loss = |strip: f32, spare: f32, side: f32| (strip - spare.max(0.0)).max(0.0) / side;
    let by_across = loss(across, spare.x, area.width());
    let by_down = loss(down, spare.y, area.height());
    let mut rest = area;
    match ((by_across, across) <= (by_down, down), is_left, is_top) {
        (true, true, _) => rest.min.x += across,
        (true, false, _) => rest.max.x -= across,
        (false, _, true) => rest.min.y += down,
        (false, _, false) => rest.max.y -= down,
    }
    usable(rest, page)
}

/// The camera that makes what is drawn fill an area, and centres it there. `places` are the places
/// of the actors on the map, `bounds` is what was drawn with `camera`, in page pixels. What extends
/// beyond the places, such as names, is assumed to keep its size.
fn placed(
    camera: &Camera,
    places: Rect,
    bounds: Rect,
    area: Rect,
    page: Point,
    scale: f32,
) -> Camera {
    let (low, high) =
        (camera.page_from_map(places.min, page), camera.page_from_map(places.max, page));
    let (before, after) = (low - bounds.min, bounds.max - high);
    let along = |room: f32, beyond: f32, size: f32| {
        if size < 1.0 { f32::INFINITY } else { (room - beyond) / size }
    };
    let share = along(area.width(), before.x + after.x, high.x - low.x)
        .min(along(area.height(), before.y + after.y, high.y - low.y))
        .clamp(0.4, 2.5);
    let zoom = camera::limited(camera.zoom * share, scale);
    let share = zoom / camera.zoom;
    // The middle of the new bounds comes to the middle of the area.
    let middle = area.centre() + (before - after) * 0.5;
    let size = (high - low) * share;
    let start = middle - size * 0.5;
    Camera { centre: places.min - (start - page * 0.5) * (1.0 / zoom), zoom }
}

/// True if both cameras show the same, within a pixel.
fn is_same(a: &Camera, b: &Camera, page: Point) -> bool {
    let moved = a.page_from_map(b.map_from_page(Point::default(), page), page);
    moved.length() < 1.0 && (a.zoom / b.zoom - 1.0).abs() < 0.002
}

/// The camera that shows every actor and, if there are not too many, every line on a page.
fn fit_lines(
    request: &Request<'_>,
    positions: &[Point],
    furniture: &Furniture,
    page: Point,
    measure: &dyn Measure,
) -> Camera {
    let mut free = furniture.clone();
    let mut camera = fit(positions, &free, page, request.scale);
    for _ in 0..ROUNDS {
        let request = Request { zoom: camera.zoom, ..*request };
        let (unit, lines) = ways(&request, BOWED_AT_MOST, measure);
        let bounds = lines.iter().fold(Rect::NOTHING, |bounds, line| bounds.union(line.bounds()));
        // How far lines reach up under the title, in page pixels.
        let under = lines
            .iter()
            .flat_map(|line| (0..=PROBES).map(|step| line.at(f32::from(step) / f32::from(PROBES))));
        let under = under
            .map(|at| camera.page_from_map(at, page))
            .filter(|at| furniture.title.contains(*at));
        let under = under.map(|at| furniture.title.max.y - at.y).fold(0.0, f32::max);
        if bounds.is_nothing() {
            return camera;
        }
        let edge = BADGE_PX * unit * camera.zoom + EDGE_PX * request.scale;
        let min = camera.page_from_map(bounds.min, page);
        let max = camera.page_from_map(bounds.max, page);
        let before = point((edge - min.x).max(0.0), (edge - min.y).max(under));
        let after = point((max.x + edge - page.x).max(0.0), (max.y + edge - page.y).max(0.0));
        if before == Point::default() && after == Point::default() {
            return camera;
        }
        let inset = Rect { min: free.free.min + before, max: free.free.max - after };
        if inset.width() < page.x * 0.25 || inset.height() < page.y * 0.25 {
            return camera;
        }
        free.free = inset;
        camera = fit(positions, &free, page, request.scale);
    }
    camera
}

/// The camera that shows every actor on a page, clear of the title and, where possible, the legend.
#[must_use]
pub fn fit(positions: &[Point], furniture: &Furniture, page: Point, scale: f32) -> Camera {
    let bounds = positions.iter().fold(Rect::NOTHING, |bounds, at| bounds.with(*at));
    let spacing = camera::spacing(positions);
    let whole = camera::fit_bounds(bounds, spacing, furniture.free, page, scale);
    let Some(legend) = furniture.legend else { return whole };
    // An actor's name is wider than its shape. It lies below the shape, or beside it if space is
    // short.
    let is_clear = |camera: &Camera, with_names: bool| {
        let factor = symbol_factor(camera.zoom, scale, spacing) / scale;
        let around = geometry::point(SHAPE_PX * factor * scale, SHAPE_PX * factor * scale);
        let (before, after) = if with_names {
            let aside = (84.0 * factor).max(124.0 - 40.0 * factor) * scale;
            (
                geometry::point(aside, 62.0 * factor.max(0.75) * scale),
                geometry::point(aside, around.y),
            )
        } else {
            (around, around)
        };
        let room = Rect { min: legend.min - before, max: legend.max + after };
        positions.iter().all(|at| !room.contains(camera.page_from_map(*at, page)))
    };
    // Try areas that leave out more and more on the left and below. Take the largest zoom at which
    // no actor lies on the legend: with its name, or else without.
    let shares = [0.0, 0.2, 0.4, 0.6, 0.8, 1.0];
    let inset = |left: f32, bottom: f32| {
        let right = legend.max.x + 8.0 * scale;
        let top = legend.min.y - 8.0 * scale;
        let min = furniture.free.min.towards(geometry::point(right, furniture.free.min.y), left);
        let max = furniture.free.max.towards(geometry::point(furniture.free.max.x, top), bottom);
        camera::fit_bounds(bounds, spacing, Rect { min, max }, page, scale)
    };
    let cameras = || shares.into_iter().flat_map(|left| shares.map(|bottom| inset(left, bottom)));
    // Among equal zooms, the first one takes least from the left and from below.
    let larger = |best: Camera, other: Camera| if other.zoom > best.zoom { other } else { best };
    let best = |with_names| cameras().filter(|one| is_clear(one, with_names)).reduce(larger);
    best(true).or_else(|| best(false)).unwrap_or(whole)
}
