//! Bows lines whose badges find no free place, until they do.

use super::badge::{Badge, CROSSED_COST, Care, STEPS, best_place, place};
use super::edge::Route;
use super::occupied::OccupiedGrid;
use super::ways::Ways;
use crate::geometry::{Point, Rect};

/// Up to this number of lines, they are bowed for their badges.
pub(super) const RELIEVED_AT_MOST: usize = 100;
/// How far a line is bowed, in pixels at 100 %; the first that helps.
const TRIED_PX: [f32; 8] = [14.0, -14.0, 26.0, -26.0, 40.0, -40.0, 56.0, -56.0];
/// Number of steps in which a line is sampled.
const PROBES: u8 = 18;

/// How much farther each route bows to the right of its direction, in map units, so that its badge
/// lies on no other line. 0 for a route that is left as it is.
pub(super) fn relief(
    routes: &[Route],
    halves: &[Option<(Point, Option<usize>)>],
    taken: &OccupiedGrid,
    unit: f32,
) -> Vec<f32> {
    let mut routes = routes.to_vec();
    let mut bows = vec![0.0; routes.len()];
    let mut ways = Ways::of(&routes, unit);
    let mut badges = place(&routes, halves, taken, &ways, Care::Most, unit);
    for slot in 0..routes.len() {
        let (Some(half), Some(route)) = (halves[slot], routes.get(slot).copied()) else { continue };
        let cost = |route: &Route, badges: &[Option<Badge>]| {
            let others = |rect: &Rect| -> f32 {
                let rest = badges.iter().enumerate().filter(|(other, _)| *other != slot);
                rest.filter_map(|(_, badge)| Some(badge.as_ref()?.bounds().overlap(rect))).sum()
            };
            best_place(route, slot, half, taken, &ways, others, (unit, STEPS))
        };
        let (_, before) = cost(&route, &badges);
        if before < CROSSED_COST {
            continue;
        }
        let met = covered(&route, taken, unit);
        let better = TRIED_PX.into_iter().find_map(|bow| {
            let bowed = route.bowed(bow * unit);
            let (badge, after) = cost(&bowed, &badges);
            let is_free = after < CROSSED_COST && covered(&bowed, taken, unit) <= met;
            is_free.then_some((bow * unit, bowed, badge))
        });
        if let Some((bow, bowed, badge)) = better {
            routes[slot] = bowed;
            bows[slot] = bow;
            badges[slot] = Some(badge);
            ways = Ways::of(&routes, unit);
        }
    }
    bows
}

/// How much of a line lies on `taken`, between its ends.
fn covered(route: &Route, taken: &OccupiedGrid, unit: f32) -> f32 {
    let half = 4.0 * unit;
    let at = |step: u8| Rect::around(route.at(f32::from(step) / f32::from(PROBES)), half, half);
    (2..PROBES - 1).map(|step| taken.overlap(&at(step))).sum()
}
