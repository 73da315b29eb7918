//! Wholes and their members: an area around them, for those who prefer that to tethers.

use std::collections::BTreeMap;
use std::f32::consts::TAU;

use super::shape::Body;
use crate::geometry::{Point, point};
use crate::model::Map;
use crate::model::query::Index;
use crate::scene::primitive::{Mark, Outline, Owner, Primitive, Stroke};
use crate::scene::theme::Theme;

/// Distance of a hull from the shapes in it, in pixels at 100 %.
const MARGIN_PX: f32 = 14.0;
/// Corners that a shape's circle lends to a hull.
const CORNERS: u8 = 36;

/// One hull for each actor that others are part of, the largest first; members of members are in it
/// too.
pub(super) fn draw(
    map: &Map,
    index: &Index,
    bodies: &[Body],
    unit: f32,
    theme: &Theme,
) -> Vec<Mark> {
    let mut members: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for (member, actor) in map.actors.iter().enumerate() {
        let mut at = actor;
        // A chain longer than all actors is a circle.
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
            // Each member comes by once, so that only a circle brings it back.
            if inside.last() == Some(&member) {
                break;
            }
            inside.push(member);
            at = &map.actors[whole];
        }
    }
    let mut wholes: Vec<(usize, Vec<usize>)> = members.into_iter().collect();
    wholes.sort_by_key(|(_, members)| std::cmp::Reverse(members.len()));
    let mark = |(whole, members): (usize, Vec<usize>)| {
        let inside = members.iter().chain([&whole]).filter_map(|actor| bodies.get(*actor));
        // A member of a member lies a little further in.
        let margin = MARGIN_PX * unit;
        let outline = Outline::Polygon(around(inside, margin));
        let fill = theme.rule.over(theme.ground, 0.4);
        let stroke = Stroke::solid(1.1 * unit, theme.rule);
        let primitives = vec![Primitive::Shape { outline, fill: Some(fill), stroke: Some(stroke) }];
        Mark { owner: Owner::Hull(whole), primitives }
    };
    wholes.into_iter().map(mark).collect()
}

/// The convex hull of the circles around shapes (Andrew's monotone chain, 1979), in the order of
/// the clock.
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

fn half(points: impl Iterator<Item = Point>) -> Vec<Point> {
    let mut chain: Vec<Point> = Vec::new();
    for at in points {
        while let [.., before, last] = chain[..] {
            let (a, b) = (last - before, at - last);
            if a.x * b.y - a.y * b.x > 0.0 {
                break;
            }
            chain.pop();
        }
        chain.push(at);
    }
    chain
}
