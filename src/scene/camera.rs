//! Which part of the map a page shows, and how large symbols are at a zoom.

use crate::geometry::{Point, Rect, point};

/// The nearest and the farthest anyone gets.
pub const ZOOM_LIMITS: (f32, f32) = (1e-5, 50.0);
/// A fit does not enlarge beyond this.
const FIT_ZOOM_AT_MOST: f32 = 2.5;

/// A view of the map: what is in the middle, and how many pixels a map unit takes.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Camera {
    pub centre: Point,
    pub zoom: f32,
}

impl Camera {
    /// Where a map point lies on a page of this size, in page pixels.
    #[must_use]
    pub fn page_from_map(&self, at: Point, page: Point) -> Point {
        (at - self.centre) * self.zoom + page * 0.5
    }

    /// The map point under a page pixel.
    #[must_use]
    pub fn map_from_page(&self, at: Point, page: Point) -> Point {
        (at - page * 0.5) * (1.0 / self.zoom) + self.centre
    }

    /// Zoomed by `factor` with the map point under `at` staying where it is.
    #[must_use]
    pub fn zoomed(&self, factor: f32, at: Point, page: Point) -> Self {
        let fixed = self.map_from_page(at, page);
        let zoom = (self.zoom * factor).clamp(ZOOM_LIMITS.0, ZOOM_LIMITS.1);
        Self { zoom, centre: fixed - (at - page * 0.5) * (1.0 / zoom) }
    }
}

/// Actors up to which symbols have their full size however close the actors stand.
const SPACIOUS_AT_MOST: usize = 300;
/// Half the size of an ordinary symbol at 100 %, and the share of the distance between neighbours
/// that it may take.
const SYMBOL_PX: f32 = 20.0;
const SYMBOL_SHARE: f32 = 0.42;
/// The smallest that symbols become in a crowd.
const SMALLEST_FACTOR: f32 = 0.06;

/// From pixels at 100 % to pixels on the page. Symbols grow and shrink more slowly than distances,
/// so that an overview keeps them visible and a close look makes room; in a crowd, where neighbours
/// stand `spacing` map units apart, they stay small enough to be told apart. `scale` magnifies a
/// whole page: a page twice as large at twice the scale and the zoom is the same picture.
#[must_use]
pub fn symbol_factor(zoom: f32, scale: f32, spacing: f32) -> f32 {
    let zoom = zoom / scale;
    let room = (zoom * spacing * SYMBOL_SHARE / SYMBOL_PX).max(SMALLEST_FACTOR);
    scale * zoom.sqrt().clamp(0.12, 1.5).min(room)
}

/// How far apart neighbours stand, in map units: the side of the square that an actor has for
/// itself where most of them are. Infinite for maps that are small enough to be put in order by
/// hand.
#[must_use]
#[expect(clippy::cast_precision_loss, reason = "counts of actors")]
pub fn spacing(positions: &[Point]) -> f32 {
    if positions.len() <= SPACIOUS_AT_MOST {
        return f32::INFINITY;
    }
    // Nine tenths along each axis; those far out say nothing of the crowd.
    let extent = |of: fn(&Point) -> f32| {
        let mut values: Vec<f32> = positions.iter().map(of).collect();
        let (low, high) = (values.len() / 20, values.len() - 1 - values.len() / 20);
        let low = *values.select_nth_unstable_by(low, f32::total_cmp).1;
        *values.select_nth_unstable_by(high, f32::total_cmp).1 - low
    };
    let area = extent(|at| at.x) * extent(|at| at.y);
    (area / (0.81 * positions.len() as f32)).sqrt()
}

/// The camera that shows all of `positions` within `area` of a page, with room around them for
/// symbols and names.
#[must_use]
pub fn fit(positions: &[Point], area: Rect, page: Point, scale: f32) -> Camera {
    let bounds = positions.iter().fold(Rect::NOTHING, |bounds, at| bounds.with(*at));
    fit_bounds(bounds, spacing(positions), area, page, scale)
}

/// As [`fit`], for actors within `bounds` that stand `spacing` apart.
#[must_use]
pub fn fit_bounds(bounds: Rect, spacing: f32, area: Rect, page: Point, scale: f32) -> Camera {
    if bounds.is_nothing() {
        return Camera { centre: Point::default(), zoom: scale };
    }
    let shrink = 1.0 / scale;
    let (area, page) = (Rect { min: area.min * shrink, max: area.max * shrink }, page * shrink);
    let mut zoom = 1.0;
    // The room that symbols take depends on the zoom, which depends on the room: four rounds settle
    // it.
    for _ in 0..4 {
        let room = margins(symbol_factor(zoom, 1.0, spacing));
        let width = (area.width() - 2.0 * room.x).max(0.3 * area.width());
        let height = (area.height() - room.y).max(0.3 * area.height());
        let by_width = width / bounds.width().max(1e-3);
        let by_height = height / bounds.height().max(1e-3);
        zoom = by_width.min(by_height).clamp(ZOOM_LIMITS.0, FIT_ZOOM_AT_MOST);
    }
    let factor = symbol_factor(zoom, 1.0, spacing);
    // Names hang below: half of the room above, half below, less what the shape takes on both
    // sides.
    let lift = point(0.0, (margins(factor).y * 0.5 - 36.0 * factor).max(0.0));
    let wanted = area.centre() - lift;
    Camera { centre: bounds.centre() - (wanted - page * 0.5) * (1.0 / zoom), zoom: zoom * scale }
}

/// Half the width of names at either side, and the height of shapes and names above and below
/// together.
fn margins(factor: f32) -> Point {
    // Names do not shrink below what can be read.
    point((80.0 * factor).max(118.0 - 60.0 * factor), 104.0 * factor.max(0.5))
}
