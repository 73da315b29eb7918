//! The camera: which part of the map a page shows, and how large symbols are at each zoom.

use crate::geometry::{Point, Rect, point};

/// Lowest and highest zoom, in pixels per map unit.
pub const ZOOM_LIMITS: (f32, f32) = (1e-5, 50.0);
/// Highest zoom that a fit chooses, in pixels per map unit at scale 1.
const FIT_ZOOM_AT_MOST: f32 = 2.5;

/// The part of the map that a page shows.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Camera {
    /// The map point in the middle of the page.
    pub centre: Point,
    /// Page pixels per map unit.
    pub zoom: f32,
}

impl Camera {
    /// Converts a map point to page pixels, on a page of size `page`.
    #[must_use]
    pub fn page_from_map(&self, at: Point, page: Point) -> Point {
        (at - self.centre) * self.zoom + page * 0.5
    }

    /// Converts page pixels to a map point, on a page of size `page`.
    #[must_use]
    pub fn map_from_page(&self, at: Point, page: Point) -> Point {
        (at - page * 0.5) * (1.0 / self.zoom) + self.centre
    }

    /// Zooms by `factor` around the page pixel `at`: the map point under it stays in place.
    #[must_use]
    pub fn zoomed(&self, factor: f32, at: Point, page: Point) -> Self {
        let fixed = self.map_from_page(at, page);
        let zoom = (self.zoom * factor).clamp(ZOOM_LIMITS.0, ZOOM_LIMITS.1);
        Self { zoom, centre: fixed - (at - page * 0.5) * (1.0 / zoom) }
    }
}

/// Up to this number of actors, symbols keep their full size however close the actors are.
const SPACIOUS_AT_MOST: usize = 300;
/// Half the size of an ordinary symbol, in pixels at 100 %.
const SYMBOL_PX: f32 = 20.0;
/// Share of the distance between neighbours that half a symbol may take.
const SYMBOL_SHARE: f32 = 0.42;
/// Smallest symbol factor that crowding may cause, at scale 1.
const SMALLEST_FACTOR: f32 = 0.06;

/// The factor from pixels at 100 % to page pixels. Symbols grow and shrink more slowly than
/// distances, so that they stay visible in an overview and leave more room between them in a close
/// view. On a crowded map, whose neighbours are `spacing` map units apart, they also stay small
/// enough to be told apart. `scale` magnifies the whole page: a page twice as large, at twice the
/// scale and zoom, is the same picture.
#[must_use]
pub fn symbol_factor(zoom: f32, scale: f32, spacing: f32) -> f32 {
    let zoom = zoom / scale;
    let room = (zoom * spacing * SYMBOL_SHARE / SYMBOL_PX).max(SMALLEST_FACTOR);
    scale * zoom.sqrt().clamp(0.12, 1.5).min(room)
}

/// The typical distance between neighbours, in map units: the side of the mean square cell per
/// actor, ignoring 5 % outliers on each side. Infinite for up to `SPACIOUS_AT_MOST` actors, which
/// can be arranged by hand.
#[must_use]
#[expect(clippy::cast_precision_loss, reason = "counts of actors")]
pub fn spacing(positions: &[Point]) -> f32 {
    if positions.len() <= SPACIOUS_AT_MOST {
        return f32::INFINITY;
    }
    // The middle nine tenths along each axis; outliers would distort the result.
    let extent = |of: fn(&Point) -> f32| {
        let mut values: Vec<f32> = positions.iter().map(of).collect();
        let low = values.len() / 20;
        let high = values.len() - 1 - values.len() / 20;
        let low = *values.select_nth_unstable_by(low, f32::total_cmp).1;
        *values.select_nth_unstable_by(high, f32::total_cmp).1 - low
    };
    let area = extent(|at| at.x) * extent(|at| at.y);
    // About 0.9 × 0.9 of the actors lie within this area.
    (area / (0.81 * positions.len() as f32)).sqrt()
}

/// The zoom, limited to what a fit chooses at this scale.
#[must_use]
pub fn limited(zoom: f32, scale: f32) -> f32 {
    zoom.clamp(ZOOM_LIMITS.0 * scale, FIT_ZOOM_AT_MOST * scale)
}

/// The camera that shows all of `positions` within `area` of a page, with room around them for
/// symbols and names.
#[must_use]
pub fn fit(positions: &[Point], area: Rect, page: Point, scale: f32) -> Camera {
    let bounds = positions.iter().fold(Rect::NOTHING, |bounds, at| bounds.with(*at));
    fit_bounds(bounds, spacing(positions), area, page, scale)
}

/// Like [`fit`], for actors within `bounds` that are `spacing` map units apart.
#[must_use]
pub fn fit_bounds(bounds: Rect, spacing: f32, area: Rect, page: Point, scale: f32) -> Camera {
    if bounds.is_nothing() {
        return Camera { centre: Point::default(), zoom: scale };
    }
    let shrink = 1.0 / scale;
    let area = Rect { min: area.min * shrink, max: area.max * shrink };
    let page = page * shrink;
    let mut zoom = 1.0;
    // The margins depend on the zoom and the zoom on the margins. Four iterations converge.
    for _ in 0..4 {
        let room = margins(symbol_factor(zoom, 1.0, spacing));
        let width = (area.width() - 2.0 * room.x).max(0.3 * area.width());
        let height = (area.height() - room.y).max(0.3 * area.height());
        let by_width = width / bounds.width().max(1e-3);
        let by_height = height / bounds.height().max(1e-3);
        zoom = by_width.min(by_height).clamp(ZOOM_LIMITS.0, FIT_ZOOM_AT_MOST);
    }
    let factor = symbol_factor(zoom, 1.0, spacing);
    // Names lie below their shapes, so the actors move up by half of the vertical margin, less the
    // room that the shapes themselves need above and below.
    let lift = point(0.0, (margins(factor).y * 0.5 - 36.0 * factor).max(0.0));
    let wanted = area.centre() - lift;
    Camera { centre: bounds.centre() - (wanted - page * 0.5) * (1.0 / zoom), zoom: zoom * scale }
}

/// Margins in pixels at scale 1: `x` is half the width of a name, on each side; `y` is the height
/// of shapes and names, above and below together.
fn margins(factor: f32) -> Point {
    // Names do not shrink below a legible size, so the margin shrinks more slowly.
    point((80.0 * factor).max(118.0 - 60.0 * factor), 104.0 * factor.max(0.5))
}
