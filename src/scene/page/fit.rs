//! The camera that shows the whole map on a page.

use super::furniture::Furniture;
use crate::geometry::{self, Point, Rect, point};
use crate::scene::camera::{self, Camera, symbol_factor};
use crate::scene::picture::badge::BADGE_PX;
use crate::scene::picture::build::ways;
use crate::scene::picture::request::Request;

/// Above this number of ties, lines are ignored when the map is fitted.
const BOWED_AT_MOST: usize = 1000;
/// Distance between a line and the edge of the page, in pixels at 100 %.
const EDGE_PX: f32 = 6.0;
/// Number of steps in which a line is sampled.
const PROBES: u8 = 16;
/// Maximum number of attempts, each with a smaller area.
const ROUNDS: usize = 4;

/// The camera that shows every actor and every line on a page, clear of title and legend where
/// possible. The zoom of the request is ignored.
#[must_use]
pub fn fit_whole(request: &Request<'_>, furniture: &Furniture, page: Point) -> Camera {
    let mut free = furniture.clone();
    let mut camera = fit(&request.positions.raw, &free, page, request.scale);
    for _ in 0..ROUNDS {
        let request = Request { zoom: camera.zoom, ..*request };
        let (unit, lines) = ways(&request, BOWED_AT_MOST);
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
        camera = fit(&request.positions.raw, &free, page, request.scale);
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
    let is_clear = |camera: &Camera| {
        let factor = symbol_factor(camera.zoom, scale, spacing) / scale;
        // An actor's name is wider than its shape. It lies below the shape, or beside it if space
        // is short.
        let aside = (84.0 * factor).max(124.0 - 40.0 * factor) * scale;
        let room = Rect {
            min: legend.min - geometry::point(aside, 62.0 * factor.max(0.75) * scale),
            max: legend.max + geometry::point(aside, 34.0 * factor * scale),
        };
        positions.iter().all(|at| !room.contains(camera.page_from_map(*at, page)))
    };
    // Try areas that leave out more and more on the left and below. Take the largest zoom at which
    // no actor lies on the legend.
    let shares = [0.0, 0.2, 0.4, 0.6, 0.8, 1.0];
    let inset = |left: f32, bottom: f32| {
        let right = legend.max.x + 8.0 * scale;
        let top = legend.min.y - 8.0 * scale;
        let min = furniture.free.min.towards(geometry::point(right, furniture.free.min.y), left);
        let max = furniture.free.max.towards(geometry::point(furniture.free.max.x, top), bottom);
        camera::fit_bounds(bounds, spacing, Rect { min, max }, page, scale)
    };
    let cameras = shares.into_iter().flat_map(|left| shares.map(|bottom| inset(left, bottom)));
    cameras.filter(is_clear).max_by(|a, b| a.zoom.total_cmp(&b.zoom)).unwrap_or(whole)
}
