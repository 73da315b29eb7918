//! Arrangements with a fixed shape: a circle by camp, rings by number of ties, a timeline, and
//! layers of wholes and their parts. Each actor gets its own slot. The order depends only on the
//! map and the seed (deterministic).

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::f32::consts::TAU;

use super::footprint::Sizes;
use super::unplaced::towards;
use crate::analysis::camps::camps;
use crate::analysis::graph::graph_of;
use crate::geometry::{Point, point};
use crate::model::query::Index;
use crate::model::{ActorIndex, Map, PartialDate};

/// Maximum number of actors on one circle. With more, there are several circles.
const ON_ONE_CIRCLE: usize = 160;
/// Number of free slots between two camps on the circle.
const BETWEEN_CAMPS: usize = 2;
/// Maximum gap between two dates, in column widths.
const GAP_AT_MOST: f32 = 4.0;
/// Maximum number of parts of one whole in a row. More form a block.
const ROW_OF_PARTS: usize = 6;

/// The actors to arrange.
pub(super) struct Chosen<'a> {
    pub map: &'a Map,
    pub index: &'a Index,
    pub actors: &'a [ActorIndex],
    /// Their current positions, in the same order.
    pub before: &'a [Point],
    /// Their sizes, in the same order.
    pub sizes: &'a Sizes,
    pub seed: u64,
}

impl Chosen<'_> {
    /// The number of ties of each actor.
    fn ties(&self) -> Vec<usize> {
        self.actors.iter().map(|actor| self.index.ties(*actor).len()).collect()
    }

    /// The camp of each actor.
    fn camps(&self) -> Vec<usize> {
        camps(&graph_of(self.map, self.index).subgraph(self.actors), self.seed)
    }
}

/// A circle, camp by camp, the largest first. In each camp, actors with the most ties are in the
/// middle.
#[expect(clippy::cast_precision_loss, reason = "counts of actors")]
pub(super) fn circle(chosen: &Chosen<'_>) -> Vec<Point> {
    let camp = chosen.camps();
    let ties = chosen.ties();
    let mut members: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for (at, camp) in camp.iter().enumerate() {
        members.entry(*camp).or_default().push(at);
    }
    // Large maps need several rows, and their small camps are combined into one group.
    let rows = camp.len().div_ceil(ON_ONE_CIRCLE).max(1);
    let small = (rows / 3).max(1);
    let (mut groups, alone): (Vec<Vec<usize>>, Vec<Vec<usize>>) =
        members.into_values().partition(|members| members.len() > small);
    groups.push(alone.concat());
    groups.retain(|group| !group.is_empty());
    let gap = if groups.len() > 1 { BETWEEN_CAMPS } else { 0 };
    let gap = if rows > 1 { gap.min(1) } else { gap };
    let columns: usize = groups.iter().map(|group| group.len().div_ceil(rows) + gap).sum();
    let room = diagonal(chosen.sizes.largest());
    // The chord between adjacent columns must be long enough.
    let radius = (room * 0.5 / libm::sinf(TAU * 0.5 / columns.max(2) as f32)).max(180.0);
    let mut places = vec![Point::default(); camp.len()];
    let mut slot = 0;
    for group in groups {
        for at in middle_out(group, |at| Reverse(ties[at])) {
            let angle = TAU * (slot / rows) as f32 / columns as f32 - TAU / 4.0;
            places[at] = towards(angle) * (radius + (slot % rows) as f32 * room);
            slot += 1;
        }
        slot = slot.next_multiple_of(rows) + gap * rows;
    }
    places
}

/// Distance at which neighbours of this size do not overlap in any direction: the diagonal.
fn diagonal(room: Point) -> f32 {
    (room.x * room.x + room.y * room.y).sqrt()
}

/// Orders a group by `key` from the middle outwards, alternating between both sides.
fn middle_out<K: Ord>(mut group: Vec<usize>, key: impl Fn(usize) -> K) -> Vec<usize> {
    group.sort_by_key(|at| (key(*at), *at));
    let (right, mut left): (Vec<_>, Vec<_>) =
        group.into_iter().enumerate().partition(|(rank, _)| rank % 2 == 0);
    left.reverse();
    left.into_iter().chain(right).map(|(_, at)| at).collect()
}

/// Concentric rings, actors with the most ties inside. On each ring, actors keep their current
/// order around the centre.
#[expect(
    clippy::cast_precision_loss,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "counts"
)]
pub(super) fn concentric(chosen: &Chosen<'_>) -> Vec<Point> {
    let ties = chosen.ties();
    let count = ties.len();
    let middle = chosen.before.iter().fold(Point::default(), |sum, at| sum + *at)
        * (1.0 / count.max(1) as f32);
    let mut order: Vec<usize> = (0..count).collect();
    order.sort_by_key(|at| (Reverse(ties[*at]), *at));
    let room = diagonal(chosen.sizes.largest());
    let mut places = vec![Point::default(); count];
    let mut first = 0;
    let mut ring = 0;
    while first < count {
        let radius = ring as f32 * room;
        let fits = ((TAU * radius / room * 0.97) as usize).max(1);
        let mut on_ring = order[first..count.min(first + fits)].to_vec();
        let angle = |at: &usize| {
            let way = chosen.before[*at] - middle;
            libm::atan2f(way.y, way.x)
        };
        on_ring.sort_by(|a, b| angle(a).total_cmp(&angle(b)).then(a.cmp(b)));
        for (number, at) in on_ring.iter().enumerate() {
            let angle = TAU * (number as f32 / on_ring.len() as f32) - TAU / 2.0;
            places[*at] = towards(angle) * radius;
        }
        first += on_ring.len();
        ring += 1;
    }
    places
}

/// From left to right by [`first_date`]; actors without a date are at the right end. Actors with
/// the same date form columns, ordered by camp.
#[expect(clippy::cast_precision_loss, reason = "days and counts")]
pub(super) fn timeline(chosen: &Chosen<'_>) -> Vec<Point> {
    let camp = chosen.camps();
    let mut times: BTreeMap<Option<PartialDate>, Vec<usize>> = BTreeMap::new();
    for (at, actor) in chosen.actors.iter().enumerate() {
        times.entry(first_date(chosen.map, chosen.index, *actor)).or_default().push(at);
    }
    let undated = times.remove(&None);
    let groups: Vec<(Option<PartialDate>, Vec<usize>)> =
        times.into_iter().chain(undated.map(|group| (None, group))).collect();
    let room = chosen.sizes.largest();
    let height = ((camp.len() as f32 * room.x / room.y).sqrt() * 0.6).ceil().max(4.0);
    let days: Vec<f32> =
        groups.iter().filter_map(|(date, _)| Some(date.as_ref()?.first_day() as f32)).collect();
    let gaps: Vec<f32> = days.windows(2).map(|pair| pair[1] - pair[0]).collect();
    // A mean gap is one column wide; a longer gap is wider.
    let usual = gaps.iter().sum::<f32>() / gaps.len().max(1) as f32;
    let mut places = vec![Point::default(); camp.len()];
    let mut x = 0.0;
    for (number, (date, mut group)) in groups.into_iter().enumerate() {
        group.sort_by_key(|at| (camp[*at], *at));
        let columns = (group.len() as f32 / height).ceil().max(1.0);
        let rows = (group.len() as f32 / columns).ceil();
        if number > 0 {
            let gap = date
                .and(gaps.get(number - 1))
                .map_or(2.0, |gap| (gap / usual.max(1.0)).clamp(1.0, GAP_AT_MOST));
            x += gap * room.x;
        }
        for (rank, at) in group.into_iter().enumerate() {
            let column = (rank as f32 / rows).floor();
            let row = rank as f32 % rows;
            places[at] = point(x + column * room.x, (row - (rows - 1.0) / 2.0) * room.y);
        }
        x += (columns - 1.0) * room.x;
    }
    places
}

/// Why actors cannot be arranged by date; `None` if they can.
pub(super) fn objection_without_dates(
    map: &Map,
    index: &Index,
    actors: &[ActorIndex],
) -> Option<&'static str> {
    let is_dated = |actor: &ActorIndex| first_date(map, index, *actor).is_some();
    (!actors.iter().any(is_dated)).then_some(
        "no tie here has a date, and no cited source has one; set a start date for a tie, or \
         choose another arrangement",
    )
}

/// Why actors cannot be arranged in layers; `None` if they can.
pub(super) fn objection_without_parts(
    map: &Map,
    _: &Index,
    actors: &[ActorIndex],
) -> Option<&'static str> {
    let is_part =
        |actor: &ActorIndex| map.actors.get(*actor).is_some_and(|actor| actor.part_of.is_some());
    (!actors.iter().any(is_part)).then_some(
        "no actor here is part of another; set “Part of” for an actor, or choose another \
         arrangement",
    )
}

/// The first date of an actor's ties; else of the sources that its ties or the actor itself cite.
pub(super) fn first_date(map: &Map, index: &Index, actor: ActorIndex) -> Option<PartialDate> {
    let ties = || index.ties(actor).iter().filter_map(|tie| map.relations.get(*tie));
    let date = ties().filter_map(|tie| tie.start.or(tie.end)).min();
    let own = || map.actors.get(actor).into_iter().flat_map(|actor| &actor.evidence);
    let excerpts = || ties().flat_map(|tie| &tie.evidence).chain(own());
    let source = |id| index.source(id).and_then(|at| map.sources.get(at)?.date);
    date.or_else(|| excerpts().filter_map(|excerpt| source(&excerpt.source)).min())
}

/// Wholes above their parts, layer by layer. Actors that are not part of another and have no parts
/// are in rows below.
pub(super) fn layers(chosen: &Chosen<'_>) -> Vec<Point> {
    let place: BTreeMap<ActorIndex, usize> =
        chosen.actors.iter().enumerate().map(|(at, actor)| (*actor, at)).collect();
    let mut parts: Vec<Vec<usize>> = vec![Vec::new(); chosen.actors.len()];
    let mut roots = Vec::new();
    for at in 0..chosen.actors.len() {
        match whole_of(chosen, &place, at).filter(|whole| *whole != at) {
            Some(whole) => parts[whole].push(at),
            None => roots.push(at),
        }
    }
    let (trees, alone): (Vec<usize>, Vec<usize>) =
        roots.into_iter().partition(|root| !parts[*root].is_empty());
    let room = chosen.sizes.largest();
    let mut tree = Tree {
        parts: &parts,
        room,
        places: vec![Point::default(); chosen.actors.len()],
        next: 0.0,
        lowest: 0.0,
    };
    for root in trees {
        tree.put(root);
    }
    let top = if tree.lowest > 0.0 { tree.lowest + room.y * 1.6 } else { 0.0 };
    #[expect(clippy::cast_precision_loss, reason = "counts of actors")]
    let across = ((alone.len() as f32 * room.y / room.x).sqrt() * 1.4)
        .ceil()
        .max(tree.next / room.x)
        .max(1.0);
    #[expect(clippy::cast_precision_loss, reason = "counts of actors")]
    for (number, at) in alone.into_iter().enumerate() {
        let row = (number as f32 / across).floor();
        let column = number as f32 % across;
        tree.places[at] = point(column * room.x, top + row * room.y);
    }
    tree.places
}

/// The position in `chosen` of the whole that an actor is part of. `place` is the position in
/// `chosen` of each actor of the map.
fn whole_of(chosen: &Chosen<'_>, place: &BTreeMap<ActorIndex, usize>, at: usize) -> Option<usize> {
    let actor = chosen.map.actors.get(*chosen.actors.get(at)?)?;
    chosen.index.actor(actor.part_of.as_deref()?).and_then(|whole| place.get(&whole)).copied()
}

/// State of the layout in layers.
struct Tree<'a> {
    /// The parts of each actor.
    parts: &'a [Vec<usize>],
    /// Width and height of a slot.
    room: Point,
    places: Vec<Point>,
    /// The x coordinate of the next free column.
    next: f32,
    /// The greatest y coordinate in use.
    lowest: f32,
}

impl Tree<'_> {
    /// Places a tree: the parts first, then the whole centred above them. Iterative, so that a deep
    /// tree does not overflow the call stack.
    fn put(&mut self, root: usize) {
        let mut open = vec![(root, 0_usize, 0.0_f32, false)];
        while let Some((at, depth, left, is_done)) = open.pop() {
            #[expect(clippy::cast_precision_loss, reason = "layers")]
            let y = depth as f32 * self.room.y * 1.8;
            self.lowest = self.lowest.max(y);
            let (leaves, inner): (Vec<usize>, Vec<usize>) =
                self.parts[at].iter().partition(|part| self.parts[**part].is_empty());
            if is_done {
                let right = self.next - self.room.x;
                self.places[at] = point((left + right.max(left)) * 0.5, y);
            } else if self.parts[at].is_empty() {
                self.places[at] = point(self.next, y);
                self.next += self.room.x;
            } else {
                open.push((at, depth, self.next, true));
                self.block(&leaves, y + self.room.y * 1.8);
                open.extend(inner.into_iter().rev().map(|part| (part, depth + 1, 0.0, false)));
            }
        }
    }

    /// Places parts that have no parts: in a row, or in a block if there are many.
    #[expect(clippy::cast_precision_loss, reason = "counts of actors")]
    fn block(&mut self, leaves: &[usize], y: f32) {
        let count = leaves.len();
        let across = if count <= ROW_OF_PARTS {
            count
        } else {
            (count + count / 5).isqrt().max(ROW_OF_PARTS)
        };
        for (number, leaf) in leaves.iter().enumerate() {
            let row = number / across;
            let column = number % across;
            let at = point(self.next + column as f32 * self.room.x, y + row as f32 * self.room.y);
            self.lowest = self.lowest.max(at.y);
            self.places[*leaf] = at;
        }
        self.next += across as f32 * self.room.x;
    }
}
