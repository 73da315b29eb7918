//! Hulls: an area around a whole and its members, as an alternative to tethers.

use std::collections::BTreeMap;
use std::f32::consts::TAU;

use super::request::Request;
use super::shape::Body;
use crate::geometry::{Point, point};
use crate::model::{ActorIndex, PerActorSlice};
use crate::scene::primitive::{Color, Mark, Outline, Owner, Primitive, Stroke};
use crate::scene::theme::Theme;

/// Distance of a hull from the shapes in it, in pixels at 100 %.
const MARGIN_PX: f32 = 14.0;
/// Number of points on the circle around a shape from which the hull is computed.
const CORNERS: u8 = 36;

/// The area around an actor and its members, in map units.
pub(super) struct Area {
    pub whole: ActorIndex,
    /// Convex, clockwise.
    pub outline: Vec<Point>,
}

/// The area of each actor that has members. It includes members of members. Areas with most members
/// come first, so that smaller ones are drawn on top.
pub(super) fn areas(request: &Request<'_>, bodies: &PerActorSlice<Body>, unit: f32) -> Vec<Area> {
    let Request { map, index, shown, .. } = *request;
    let mut members: BTreeMap<ActorIndex, Vec<ActorIndex>> = BTreeMap::new();
    for (member, actor) in map.actors.iter_enumerated() {
        if !shown.is_drawn(member) {
            continue;
        }
        let mut at = actor;
        // `part_of` may form a cycle, so there are at most as many steps as actors.
        for _ in 0..map.actors.len() {
            let Some(whole) = at
                .part_of
                .as_deref()
                .and_then(|id| index.actor(id))
                .filter(|whole| *whole != member)
            else {
                break;
            };
            let inside = members.entry(whole).or_default();
            // A member reaches each whole once, unless `part_of` forms a cycle.
            if inside.last() == Some(&member) {
                break;
            }
            inside.push(member);
            at = &map.actors[whole];
        }
    }
    let mut wholes: Vec<(ActorIndex, Vec<ActorIndex>)> = members.into_iter().collect();
    wholes.sort_by_key(|(_, members)| std::cmp::Reverse(members.len()));
    let area = |(whole, members): (ActorIndex, Vec<ActorIndex>)| {
        let inside = members
            .iter()
            .chain(shown.is_drawn(whole).then_some(&whole))
            .filter_map(|actor| bodies.get(*actor));
        Area { whole, outline: around(inside, MARGIN_PX * unit) }
    };
    wholes.into_iter().map(area).collect()
}

/// The colour of an area.
pub(super) fn fill(theme: &Theme) -> Color {
    theme.rule.over(theme.ground, 0.4)
}

/// Draws the areas.
pub(super) fn draw(areas: &[Area], theme: &Theme, unit: f32) -> Vec<Mark> {
    let mark = |area: &Area| {
        let outline = Outline::Polygon(area.outline.clone());
        let fill = fill(theme);
        let stroke = Stroke::solid(1.1 * unit, theme.rule);
        let primitives = vec![Primitive::Shape { outline, fill: Some(fill), stroke: Some(stroke) }];
        Mark { owner: Owner::Hull(area.whole), primitives }
    };
    areas.iter().map(mark).collect()
}

/// The convex hull of the circles around shapes, clockwise (Andrew's monotone chain, 1979).
fn around<'a>(bodies: impl Iterator<Item = &'a Body>, margin: f32) -> Vec<Point> {
    let circle = |body: &'a Body| {
        (0..CORNERS).map(move |corner| {
            let angle = TAU * f32::from(corner) / f32::from(CORNERS);
            body.centre + point(angle.cos(), angle.sin()) * (body.reach() + margin)
        })
    };
    let mut points: Vec<Point> = bodies.flat_map(circle).collect();
    points.sort_by(|a, b| a.x.total_cmp(&b.x).then(a.y.total_cmp(&b.y)));
    let mut hull = half(points.iter().copied());
    hull.pop();
    let mut upper = half(points.iter().rev().copied());
    upper.pop();
    hull.extend(upper);
    hull
}

/// One half of the hull, from points that are sorted along `x`.
fn half(points: impl Iterator<Item = Point>) -> Vec<Point> {
    let mut chain: Vec<Point> = Vec::new();
    for at in points {
        while let [.., before, last] = chain[..] {
            let a = last - before;
            let b = at - last;
            if a.x * b.y - a.y * b.x > 0.0 {
                break;
            }
            chain.pop();
        }
        chain.push(at);
    }
    chain
}
