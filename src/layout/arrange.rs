//! Computes positions that show who stands with whom.
//!
//! The ties form a graph. Each of its connected components is laid out separately, in units of one
//! step. It is then scaled to map units, rotated towards its previous orientation, freed of
//! overlaps, and packed beside the others. Deterministic: the same request gives the same
//! positions.

use super::by_steps::{ALL_PAIRS_AT_MOST, PIVOTS, by_steps};
use super::footprint::{Sizes, middle};
use super::methods::{Algorithm, Method};
use super::pivots::{self, Draw};
use super::placement::{self, Group};
use super::request::{Arranged, Quality, Request};
use super::shapes::Chosen;
use super::stress::{self, Schedule};
use super::{by_camp, separate};
use crate::analysis::camps::camps;
use crate::analysis::graph::{Graph, graph_of};
use crate::analysis::nearness::Nearer;
use crate::geometry::Point;
use crate::model::query::Index;
use crate::model::{ActorIndex, Map, PerActor};
use crate::progress::{Cancelled, Progress};
use crate::random::Random;

/// Components with at least this many actors are scaled to a fixed density.
const CROWD_FROM: usize = 301;
/// Side of the mean square cell per actor at that density, in map units.
const ROOM_IN_A_CROWD: f32 = 150.0;
/// In components with more actors than this, camps are so dense that they are evened out.
const EVENED_FROM: usize = 60;
/// Map units per step.
const STEP: f32 = 150.0;

/// Positions for a map that was just opened: those in the file, or the default arrangement if it
/// has none.
///
/// # Errors
/// `Cancelled` if the work was cancelled.
pub fn initial(
    map: &Map,
    index: &Index,
    progress: &Progress,
) -> Result<PerActor<Point>, Cancelled> {
    let positions = super::positions(map);
    if !map.layout.is_empty() || map.actors.len() < 2 {
        return Ok(positions);
    }
    let request = Request::new(map, index, &positions, Method::usual());
    Ok(arrange(&request, progress)?.positions)
}

/// Why the method cannot arrange these actors, and what to do; `None` if it can.
#[must_use]
pub fn objection(request: &Request<'_>) -> Option<&'static str> {
    let all: Vec<ActorIndex> = request.map.actors.keys().collect();
    (request.method.objection)(request.map, request.index, request.only.unwrap_or(&all))
}

/// Computes positions for the requested actors.
///
/// # Errors
/// `Cancelled` if the work was cancelled.
pub fn arrange(request: &Request<'_>, progress: &Progress) -> Result<Arranged, Cancelled> {
    let whole = graph_of(request.map, request.index);
    let all: Vec<ActorIndex> = request.map.actors.keys().collect();
    let chosen = request.only.unwrap_or(&all);
    let graph = whole.subgraph(chosen);
    let pinned: Vec<bool> = chosen.iter().map(|actor| is_pinned(request.map, *actor)).collect();
    let before: Vec<Point> = chosen.iter().map(|actor| request.positions[*actor]).collect();
    let sizes = Sizes::of(chosen.iter().filter_map(|actor| request.map.actors.get(*actor)));
    let places = if let Algorithm::Shape(shape) = request.method.algorithm {
        let map = request.map;
        let index = request.index;
        let seed = request.seed;
        let mut places =
            shape(&Chosen { map, index, actors: chosen, before: &before, sizes: &sizes, seed });
        placement::move_to(&mut places, &before, &pinned);
        places
    } else {
        let has_places = request.only.is_some() || !request.map.layout.is_empty();
        let groups = components(request, &graph, &sizes, &before, &pinned, progress)?;
        placement::pack(&groups, &sizes, &before, &pinned, has_places)
    };
    progress.reach(0.95)?;
    let mut positions = request.positions.to_owned();
    for (actor, at) in chosen.iter().zip(places) {
        positions[*actor] = at;
    }
    // Actors that stay in place, and notes, may overlap those that were moved.
    let notes = &request.map.notes;
    let mut is_fixed = vec![true; positions.len() + notes.len()];
    for (actor, pinned) in chosen.iter().zip(&pinned) {
        is_fixed[actor.get()] = *pinned;
    }
    if is_fixed.contains(&true) {
        let sizes = Sizes::of(request.map.actors.iter()).with_notes(notes.iter());
        let actors = positions.len();
        positions.raw.extend(notes.iter().map(middle));
        separate::separate(&mut positions.raw, &sizes, &is_fixed, progress)?;
        positions.raw.truncate(actors);
    }
    Ok(Arranged { nearer: Nearer::of(&whole, &positions.raw), positions })
}

/// True if the position of an actor is pinned.
fn is_pinned(map: &Map, actor: ActorIndex) -> bool {
    let actor = map.actors.get(actor);
    actor.and_then(|actor| map.layout.get(&actor.id)).is_some_and(|placement| placement.pinned)
}

/// The connected components, with positions for their actors.
fn components(
    request: &Request<'_>,
    graph: &Graph,
    sizes: &Sizes,
    before: &[Point],
    pinned: &[bool],
    progress: &Progress,
) -> Result<Vec<Group>, Cancelled> {
    let algorithm = request.method.algorithm;
    let components = graph.components();
    let mut groups: Vec<Group> = Vec::with_capacity(components.len());
    let mut done = 0;
    for component in components {
        let part = graph.subgraph(&component);
        let mut places = connected(&part, algorithm, request.quality, request.seed, progress)?;
        for at in &mut places {
            *at = *at * STEP;
        }
        let sizes = sizes.part(&component);
        if component.len() >= CROWD_FROM {
            placement::to_scale(&mut places, ROOM_IN_A_CROWD);
        }
        if component.len() > EVENED_FROM && matches!(algorithm, Algorithm::SignedStress) {
            separate::even_out(&mut places);
        }
        separate::scale_up(&mut places, &sizes);
        let old: Vec<Point> = component.iter().map(|actor| before[*actor]).collect();
        let fixed: Vec<bool> = component.iter().map(|actor| pinned[*actor]).collect();
        placement::turn_towards(&mut places, &old, &fixed);
        separate::separate(&mut places, &sizes, &fixed, progress)?;
        done += component.len();
        #[expect(clippy::cast_precision_loss, reason = "a share")]
        progress.reach(0.9 * done as f32 / graph.len() as f32)?;
        groups.push((component, places));
    }
    Ok(groups)
}

/// Positions for the actors of a connected graph, in units of one step.
pub(super) fn connected(
    graph: &Graph,
    algorithm: Algorithm,
    quality: Quality,
    seed: u64,
    progress: &Progress,
) -> Result<Vec<Point>, Cancelled> {
    let count = graph.len();
    if count <= 1 {
        return Ok(vec![Point::default(); count]);
    }
    match algorithm {
        Algorithm::SignedStress => {
            // The smaller the graph, the more random starts there is time for. The best one is
            // kept.
            let starts: u64 = match (count, quality) {
                (0..=60, _) => 24,
                (61..=300, _) => 6,
                (301..=1600, Quality::High) => 4,
                _ => 1,
            };
            let mut best: Option<(f64, Vec<Point>)> = None;
            for start in 0..starts {
                let places =
                    by_sign(graph, &mut Random::new(seed.wrapping_add(start)), seed, progress)?;
                let share = Nearer::of(graph, &places).share();
                if best.as_ref().is_none_or(|(most, _)| share > *most) {
                    best = Some((share, places));
                }
                if best.as_ref().is_some_and(|(most, _)| *most >= 1.0) {
                    break;
                }
            }
            Ok(best.map_or_else(Vec::new, |(_, places)| places))
        }
        _ => by_steps(graph, quality, &mut Random::new(seed), progress),
    }
}

/// Positions by signed stress: all pairs in small graphs, camp by camp in large ones.
fn by_sign(
    graph: &Graph,
    random: &mut Random,
    seed: u64,
    progress: &Progress,
) -> Result<Vec<Point>, Cancelled> {
    let count = graph.len();
    let free = vec![false; count];
    let camp = camps(graph, seed);
    if count <= ALL_PAIRS_AT_MOST {
        let (_, steps) = pivots::draw(graph, PIVOTS, Draw::FarApart, random);
        let mut places = pivots::scaling(&steps, random);
        let mut terms = stress::signed_pairs(graph, &camp);
        let rounds = if count <= 300 { 60 } else { 40 };
        let schedule = Schedule { rounds, first_step: 1.0, last_step: 0.1 };
        terms.descend(&mut places, &free, schedule, random, progress)?;
        return Ok(places);
    }
    by_camp::places(graph, &camp, random, progress)
}
