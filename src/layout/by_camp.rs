//! Layout by friends and enemies for large graphs. Each camp is laid out separately. The camps are
//! then placed beside one another, friendly ones nearer than hostile ones, and rotated to face the
//! camps that they have ties to.

use super::by_steps::by_steps;
use super::request::Quality;
use super::stress::{self, Schedule};
use super::unplaced::towards;
use crate::analysis::graph::{Graph, Sign};
use crate::geometry::{Point, point};
use crate::progress::{Cancelled, Progress};
use crate::random::Random;

/// Maximum number of camps that are placed individually, the largest first. The actors of the other
/// camps are placed around them.
const CAMPS_AT_MOST: usize = 1000;
/// Share of all actors that a camp needs in order to be placed individually. Single actors without
/// friends would otherwise spread so far that the camps become dots.
const SHARE_AT_LEAST: f32 = 0.001;
/// Largest area for an actor outside camps, divided by π, in square steps: about one step apart.
const ROOM_AT_MOST: f32 = 1.2;
/// Gap between camps, in steps.
const BETWEEN: f32 = 2.0;
/// Maximum rounds of pushing overlapping camps apart.
const ROUNDS: usize = 120;

/// Positions for the actors of a connected graph, in units of one step. `camp` is the camp of each
/// actor.
pub(super) fn places(
    graph: &Graph,
    camp: &[usize],
    random: &mut Random,
    progress: &Progress,
) -> Result<Vec<Point>, Cancelled> {
    let count = large_camps(camp);
    let mut members: Vec<Vec<usize>> = vec![Vec::new(); count];
    for (actor, camp) in camp.iter().enumerate() {
        if let Some(members) = members.get_mut(*camp) {
            members.push(actor);
        }
    }
    let mut places = vec![Point::default(); graph.len()];
    let mut radius = Vec::with_capacity(count);
    for members in &members {
        let (inside, reach) = alone(&graph.subgraph(members), random, progress)?;
        for (actor, at) in members.iter().zip(inside) {
            places[*actor] = at;
        }
        radius.push(reach);
    }
    let middles = beside(&camps_as_graph(graph, camp, count), &radius, random, progress)?;
    let ways = faced(graph, camp, &places, &middles);
    for (actor, at) in places.iter_mut().enumerate().filter(|(actor, _)| camp[*actor] < count) {
        let way = ways[camp[actor]];
        *at =
            middles[camp[actor]] + point(at.x * way.x - at.y * way.y, at.x * way.y + at.y * way.x);
    }
    // The others are as close together as the members of camps.
    let inside: usize = members.iter().map(Vec::len).sum();
    #[expect(clippy::cast_precision_loss, reason = "a number of actors")]
    let room = radius.iter().map(|reach| reach * reach).sum::<f32>() / inside.max(1) as f32;
    around(graph, camp, count, room.min(ROOM_AT_MOST), &mut places, random);
    Ok(places)
}

/// Number of camps that are placed individually. Camps are numbered by size.
#[expect(
    clippy::cast_precision_loss,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a share of the actors"
)]
fn large_camps(camp: &[usize]) -> usize {
    let mut sizes = vec![0_usize; camp.iter().max().map_or(0, |last| last + 1)];
    for camp in camp {
        sizes[*camp] += 1;
    }
    let least = ((camp.len() as f32 * SHARE_AT_LEAST) as usize).max(1);
    // At least one, so that the others can be placed around it.
    let large = sizes.iter().take_while(|size| **size >= least).count().max(1);
    large.min(CAMPS_AT_MOST).min(sizes.len())
}

/// Places the actors of the remaining small camps around all others, each on the side of an actor
/// that it has a tie to. `room` is the area for each of them, divided by π, in square steps.
fn around(
    graph: &Graph,
    camp: &[usize],
    count: usize,
    room: f32,
    places: &mut [Point],
    random: &mut Random,
) {
    let is_placed = |actor: &usize| camp[*actor] < count;
    let reach =
        (0..camp.len()).filter(is_placed).map(|actor| places[actor].length()).fold(1.0, f32::max);
    let left: Vec<usize> = (0..camp.len()).filter(|actor| !is_placed(actor)).collect();
    // Radius of a ring with room for all of them.
    #[expect(clippy::cast_precision_loss, reason = "counts of actors")]
    let outer = (reach * reach + left.len() as f32 * room).sqrt();
    for actor in left {
        let tied = graph.links(actor).iter().map(|(other, _)| *other as usize).find(is_placed);
        let way = tied.map_or_else(
            || towards(random.share() * std::f32::consts::TAU),
            |other| places[other].direction(),
        );
        // A random offset to the side, so that they do not form rows.
        let aside = way.turned() * ((random.share() - 0.5) * reach * 0.3);
        let far = (reach * reach + random.share() * (outer * outer - reach * reach)).sqrt() + 1.0;
        places[actor] = (way * reach + aside).direction() * far;
    }
}

/// Lays out one camp around (0, 0). Returns the positions and the radius.
fn alone(
    graph: &Graph,
    random: &mut Random,
    progress: &Progress,
) -> Result<(Vec<Point>, f32), Cancelled> {
    let mut places = vec![Point::default(); graph.len()];
    let mut reach = 0.0_f32;
    let mut turn = 0.0_f32;
    // A camp may have several components. The largest is in the middle, the others around it.
    let mut pieces = graph.components();
    pieces.sort_by_key(|piece| std::cmp::Reverse(piece.len()));
    for piece in pieces {
        let inside = if piece.len() > 1 {
            by_steps(&graph.subgraph(&piece), Quality::Fast, random, progress)?
        } else {
            vec![Point::default()]
        };
        #[expect(clippy::cast_precision_loss, reason = "counts of actors")]
        let middle =
            inside.iter().fold(Point::default(), |sum, at| sum + *at) * (1.0 / inside.len() as f32);
        let own = inside.iter().map(|at| (*at - middle).length()).fold(0.0, f32::max) + 0.5;
        let at = if reach > 0.0 { towards(turn) * (reach + own) } else { Point::default() };
        for (actor, place) in piece.iter().zip(inside) {
            places[*actor] = at + place - middle;
        }
        reach = reach.max(own).max(at.length() * 0.7 + own);
        // The golden angle, in radians: no two directions are the same.
        turn += 2.399_963;
    }
    Ok((places, reach))
}

/// The ties between actors of different camps, among the first `count` camps.
fn across<'a>(
    graph: &'a Graph,
    camp: &'a [usize],
    count: usize,
) -> impl Iterator<Item = (usize, usize, Sign)> + 'a {
    graph.pairs().filter(move |(a, b, _)| camp[*a] != camp[*b] && camp[*a].max(camp[*b]) < count)
}

/// The graph of camps. Two camps are friends if more ties between them are friendly than hostile,
/// and enemies if fewer are.
fn camps_as_graph(graph: &Graph, camp: &[usize], count: usize) -> Graph {
    let mut between: std::collections::BTreeMap<(usize, usize), i64> =
        std::collections::BTreeMap::new();
    for (a, b, sign) in across(graph, camp, count) {
        let pair = (camp[a].min(camp[b]), camp[a].max(camp[b]));
        *between.entry(pair).or_default() += match sign {
            Sign::Friend => 1,
            Sign::Enemy => -1,
            Sign::Other => 0,
        };
    }
    let pairs: Vec<(usize, usize, Sign)> =
        between.into_iter().map(|((a, b), net)| (a, b, sign_of(net))).collect();
    Graph::new(count, &pairs)
}

/// The sign of two camps; `net` is the number of friendly ties minus the number of hostile ties.
fn sign_of(net: i64) -> Sign {
    match net {
        0 => Sign::Other,
        1.. => Sign::Friend,
        _ => Sign::Enemy,
    }
}

/// Centres of the camps, such that camps do not overlap.
fn beside(
    camps: &Graph,
    radius: &[f32],
    random: &mut Random,
    progress: &Progress,
) -> Result<Vec<Point>, Cancelled> {
    let count = camps.len();
    let mut middles: Vec<Point> =
        (0..count).map(|_| point(random.share() - 0.5, random.share() - 0.5)).collect();
    if count < 2 {
        return Ok(vec![Point::default(); count]);
    }
    let own: Vec<usize> = (0..count).collect();
    let mut terms = stress::signed_pairs(camps, &own);
    let schedule = Schedule { rounds: 40, first_step: 1.0, last_step: 0.1 };
    terms.descend(&mut middles, &vec![false; count], schedule, random, progress)?;
    // Scale to the extent that all camps need together, then push overlapping camps apart.
    let needed =
        radius.iter().map(|radius| (radius + BETWEEN) * (radius + BETWEEN)).sum::<f32>().sqrt();
    let middle = middles.iter().fold(Point::default(), |sum, at| sum + *at);
    #[expect(clippy::cast_precision_loss, reason = "counts of camps")]
    let middle = middle * (1.0 / count as f32);
    let extent = middles.iter().map(|at| (*at - middle).length()).fold(1e-3, f32::max);
    for at in &mut middles {
        *at = (*at - middle) * (needed / extent);
    }
    for _ in 0..ROUNDS {
        progress.check()?;
        let mut has_moved = false;
        for a in 0..count {
            for b in 0..a {
                let way = middles[a] - middles[b];
                let missing = radius[a] + radius[b] + BETWEEN - way.length();
                if missing > 0.0 {
                    // The smaller camp moves farther.
                    let share = radius[b] / (radius[a] + radius[b]).max(1e-6);
                    middles[a] = middles[a] + way.direction() * (missing * share * 0.6);
                    middles[b] = middles[b] - way.direction() * (missing * (1.0 - share) * 0.6);
                    has_moved = true;
                }
            }
        }
        if !has_moved {
            break;
        }
    }
    Ok(middles)
}

/// The rotation of each camp, as a unit vector (cosine, sine), that turns its members towards the
/// camps that they have ties to.
fn faced(graph: &Graph, camp: &[usize], places: &[Point], middles: &[Point]) -> Vec<Point> {
    let mut ways = vec![Point::default(); middles.len()];
    for (a, b, _) in across(graph, camp, middles.len()) {
        for (own, other) in [(a, b), (b, a)] {
            let at = places[own];
            let to = middles[camp[other]] - middles[camp[own]];
            let to = to.direction();
            ways[camp[own]] =
                ways[camp[own]] + point(at.x * to.x + at.y * to.y, at.x * to.y - at.y * to.x);
        }
    }
    ways.into_iter().map(Point::direction).collect()
}
