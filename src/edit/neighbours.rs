//! Keyboard navigation from element to element.

use crate::geometry::Point;
use crate::model::ActorIndex;

/// The element of `places` after or before `current` in reading order: in rows of height `row` (map
/// units), then from left to right. Wraps around at the ends. Without a current one it returns the
/// first (forward) or the last. `None` if there are no places.
#[must_use]
pub fn next_in_reading_order<K: Copy + PartialEq>(
    places: &[(K, Point)],
    current: Option<K>,
    row: f32,
    forward: bool,
) -> Option<K> {
    let row = row.max(f32::MIN_POSITIVE);
    let mut order: Vec<&(K, Point)> = places.iter().collect();
    order.sort_by(|(_, a), (_, b)| {
        let rows = (a.y / row).round().total_cmp(&(b.y / row).round());
        rows.then(a.x.total_cmp(&b.x))
    });
    let place = current.and_then(|current| order.iter().position(|(other, _)| *other == current));
    let next = next_wrapping(order.len(), place, forward).and_then(|next| order.get(next));
    next.map(|(element, _)| *element)
}

/// The index after or before `place` in a list of `count` elements, wrapping around at the ends.
/// `None` if the list is empty.
#[must_use]
pub fn next_wrapping(count: usize, place: Option<usize>, forward: bool) -> Option<usize> {
    let last = count.checked_sub(1)?;
    Some(match (place, forward) {
        (None, true) => 0,
        (None, false) => last,
        (Some(place), true) => (place + 1) % count,
        (Some(place), false) => (place + last) % count,
    })
}

/// The actor of `places` nearest to `from` in the direction `way`, a unit vector. Distance across
/// the direction counts double. Actors more than about 63° off the direction are ignored. `None` if
/// there is no such actor.
#[must_use]
pub fn nearest_towards(
    places: &[(ActorIndex, Point)],
    from: ActorIndex,
    way: Point,
) -> Option<ActorIndex> {
    let (_, start) = *places.iter().find(|(actor, _)| *actor == from)?;
    let cost = |at: Point| {
        let delta = at - start;
        let along = delta.dot(way);
        let aside = (delta.x * way.y - delta.y * way.x).abs();
        (along > aside * 0.5 && along > 0.0).then_some(along + 2.0 * aside)
    };
    let others = places.iter().filter(|(to, _)| *to != from);
    let nearest =
        others.filter_map(|(to, at)| Some((cost(*at)?, *to))).min_by(|a, b| a.0.total_cmp(&b.0));
    nearest.map(|(_, to)| to)
}
