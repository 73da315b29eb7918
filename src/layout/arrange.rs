//! Where actors stand so that the picture says who stands with whom.
//!
//! Ties become a graph, each of its components is laid out for itself in units of one step, turned to lie as it lay
//! before, made roomy, and put beside the others. The same request gives the same places.

use super::apart::{self, Sizes};
use super::camped;
use super::camps::camps;
use super::graph::{Chance, Graph, Sign};
use super::local::{self, Forces};
use super::pivots::{self, Draw};
use super::room::{self, Group};
use super::shaped::{self, Chosen};
use super::stress::{self, Sampling, Schedule};
use crate::geometry::Point;
use crate::model::query::Index;
use crate::model::{Map, Stance};
use crate::progress::{Cancelled, Progress};

/// How to arrange.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Method {
    /// Friends near, enemies far.
    Signed,
    /// As near as there are few ties between them, whatever the ties say.
    Stress,
    /// On a circle, camp by camp.
    Circle,
    /// On rings, those with most ties inside.
    Concentric,
    /// From left to right by their first date.
    Timeline,
    /// Wholes above, their parts below.
    Layers,
}

/// How long to look for a good arrangement.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Quality {
    Fast,
    High,
}

/// What is to be arranged.
pub struct Request<'a> {
    pub map: &'a Map,
    pub index: &'a Index,
    /// Where everybody stands now, in map units.
    pub positions: &'a [Point],
    pub method: Method,
    pub quality: Quality,
    pub seed: u64,
    /// These alone, by position; everybody else stays.
    pub only: Option<&'a [usize]>,
}

/// Places, and how well they say who stands with whom.
#[derive(Clone, Debug, PartialEq)]
pub struct Arranged {
    /// One for each actor, in map units.
    pub positions: Vec<Point>,
    pub nearer: Nearer,
}

/// Of all pairs of a friend and an enemy of one actor, those where the friend stands nearer (the criterion of Kermarrec
/// and Thraves 2011). Exact.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Nearer {
    pub friends: u64,
    pub pairs: u64,
}

impl Nearer {
    /// From 0 to 1; 1 where there is nothing to compare.
    #[must_use]
    #[expect(clippy::cast_precision_loss, reason = "a share")]
    pub fn share(self) -> f64 {
        if self.pairs == 0 { 1.0 } else { self.friends as f64 / self.pairs as f64 }
    }

    /// Counts it.
    #[must_use]
    pub fn of(graph: &Graph, places: &[Point]) -> Self {
        let mut nearer = Self::default();
        for actor in 0..graph.len() {
            let distances = |wanted: Sign| -> Vec<f32> {
                let of_sign = graph.links(actor).iter().filter(|(_, sign)| *sign == wanted);
                of_sign.map(|(other, _)| (places[*other as usize] - places[actor]).length()).collect()
            };
            let (friends, mut enemies) = (distances(Sign::Friend), distances(Sign::Enemy));
            enemies.sort_by(f32::total_cmp);
            for friend in &friends {
                let beaten = enemies.len() - enemies.partition_point(|enemy| enemy <= friend);
                nearer.friends += beaten as u64;
            }
            nearer.pairs += friends.len() as u64 * enemies.len() as u64;
        }
        nearer
    }
}

/// Actors from which all are a crowd, and the room that each has in it, in map units.
const CROWD_FROM: usize = 301;
const ROOM_IN_A_CROWD: f32 = 150.0;
/// Actors beyond which camps are dense enough to be evened out.
const EVENED_FROM: usize = 60;
/// Map units to one step.
const STEP: f32 = 150.0;
/// Actors up to which every pair is compared; beyond, pivots stand for the far ones.
const ALL_PAIRS_AT_MOST: usize = 1600;
/// Actors up to which the longer way costs nothing that anybody notices.
const SMALL_AT_MOST: usize = 500;
/// Actors that stand for the others, in a graph that unfolds and in one that does not.
const PIVOTS: usize = 30;
const MORE_PIVOTS: usize = 50;
/// Stress, as a share of what everybody in one place would have, below which springs have nothing to add.
const UNFOLDED: f32 = 0.05;

/// The ties of a map as a graph: what may happen pulls nobody, and a part is a friend of its whole.
#[must_use]
pub fn graph_of(map: &Map, index: &Index) -> Graph {
    let ties = map.relations.iter().enumerate().filter(|(_, tie)| !tie.status.is_outlook());
    let mut pairs: Vec<(usize, usize, Sign)> = ties
        .filter_map(|(at, tie)| {
            let (from, to) = index.ends(at)?;
            let sign = match tie.stance {
                Stance::Cooperative => Sign::Friend,
                Stance::Hostile => Sign::Enemy,
                Stance::Mixed | Stance::Neutral => Sign::Other,
            };
            Some((from, to, sign))
        })
        .collect();
    let parts = map.actors.iter().enumerate();
    pairs.extend(parts.filter_map(|(part, actor)| Some((part, index.actor(actor.part_of.as_deref()?)?, Sign::Friend))));
    Graph::new(map.actors.len(), &pairs)
}

/// Where everybody stands on a map: where it says, and if it says nothing, arranged by friends and enemies.
///
/// # Errors
/// When nobody wants it any more.
pub fn settled(map: &Map, index: &Index, progress: &Progress) -> Result<Vec<Point>, Cancelled> {
    let positions = super::positions(map);
    if !map.layout.is_empty() || map.actors.len() < 2 {
        return Ok(positions);
    }
    let (method, quality) = (Method::Signed, Quality::Fast);
    let request = Request { map, index, positions: &positions, method, quality, seed: 1, only: None };
    Ok(arrange(&request, progress)?.positions)
}

/// Why a method has nothing to go by, and what to do; `None` where it has.
#[must_use]
pub fn objection(request: &Request<'_>) -> Option<&'static str> {
    let all: Vec<usize> = (0..request.map.actors.len()).collect();
    let mut chosen = request.only.unwrap_or(&all).iter();
    let (map, index) = (request.map, request.index);
    let is_part = |actor: &usize| map.actors.get(*actor).is_some_and(|actor| actor.part_of.is_some());
    match request.method {
        Method::Timeline if !chosen.any(|actor| shaped::first_date(map, index, *actor).is_some()) => {
            Some("no tie here has a date, nor a source behind one; give ties a start, or arrange in another way")
        }
        Method::Layers if !chosen.any(is_part) => {
            Some("nobody here is part of anybody; say who belongs to whom, or arrange in another way")
        }
        _ => None,
    }
}

/// Arranges.
///
/// # Errors
/// When nobody wants it any more.
pub fn arrange(request: &Request<'_>, progress: &Progress) -> Result<Arranged, Cancelled> {
    let whole = graph_of(request.map, request.index);
    let all: Vec<usize> = (0..whole.len()).collect();
    let chosen = request.only.unwrap_or(&all);
    let graph = whole.part(chosen);
    let is_pinned = |actor: usize| {
        let actor = request.map.actors.get(actor);
        actor.and_then(|actor| request.map.layout.get(&actor.id)).is_some_and(|placement| placement.pinned)
    };
    let pinned: Vec<bool> = chosen.iter().map(|actor| is_pinned(*actor)).collect();
    let before: Vec<Point> = chosen.iter().map(|actor| request.positions[*actor]).collect();
    let sizes = Sizes::of(chosen.iter().filter_map(|actor| request.map.actors.get(*actor)));
    let places = if let Some(shape) = shape_of(request.method) {
        let (map, index, seed) = (request.map, request.index, request.seed);
        let mut places = shape(&Chosen { map, index, actors: chosen, before: &before, sizes: &sizes, seed });
        room::move_to(&mut places, &before, &pinned);
        places
    } else {
        let has_places = request.only.is_some() || !request.map.layout.is_empty();
        let groups = components(request, &graph, &sizes, &before, &pinned, progress)?;
        room::pack(&groups, &sizes, &before, &pinned, has_places)
    };
    progress.reach(0.95)?;
    let mut positions = request.positions.to_vec();
    for (actor, at) in chosen.iter().zip(places) {
        positions[*actor] = at;
    }
    // Whoever stays may be in somebody's way.
    let mut is_fixed = vec![true; positions.len()];
    for (actor, pinned) in chosen.iter().zip(&pinned) {
        is_fixed[*actor] = *pinned;
    }
    if is_fixed.contains(&true) {
        let sizes = Sizes::of(request.map.actors.iter());
        apart::separate(&mut positions, &sizes, &is_fixed, progress)?;
    }
    Ok(Arranged { nearer: Nearer::of(&whole, &positions), positions })
}

/// The connected parts, each with places for its actors.
fn components(
    request: &Request<'_>,
    graph: &Graph,
    sizes: &Sizes,
    before: &[Point],
    pinned: &[bool],
    progress: &Progress,
) -> Result<Vec<Group>, Cancelled> {
    let components = graph.components();
    let mut groups: Vec<Group> = Vec::with_capacity(components.len());
    let mut done = 0;
    for component in components {
        let part = graph.part(&component);
        let mut places = connected(&part, request.method, request.quality, request.seed, progress)?;
        for at in &mut places {
            *at = *at * STEP;
        }
        let sizes = sizes.part(&component);
        if component.len() >= CROWD_FROM {
            room::to_scale(&mut places, ROOM_IN_A_CROWD);
        }
        if component.len() > EVENED_FROM && request.method == Method::Signed {
            apart::even_out(&mut places);
        }
        apart::make_room(&mut places, &sizes);
        let old: Vec<Point> = component.iter().map(|actor| before[*actor]).collect();
        let fixed: Vec<bool> = component.iter().map(|actor| pinned[*actor]).collect();
        room::turn_towards(&mut places, &old, &fixed);
        apart::separate(&mut places, &sizes, &fixed, progress)?;
        done += component.len();
        #[expect(clippy::cast_precision_loss, reason = "a share")]
        progress.reach(0.9 * done as f32 / graph.len() as f32)?;
        groups.push((component, places));
    }
    Ok(groups)
}

type Shape = fn(&Chosen<'_>) -> Vec<Point>;

fn shape_of(method: Method) -> Option<Shape> {
    match method {
        Method::Signed | Method::Stress => None,
        Method::Circle => Some(shaped::circle),
        Method::Concentric => Some(shaped::concentric),
        Method::Timeline => Some(shaped::timeline),
        Method::Layers => Some(shaped::layers),
    }
}

/// Places for the actors of a connected graph, in units of one step.
pub(super) fn connected(
    graph: &Graph,
    method: Method,
    quality: Quality,
    seed: u64,
    progress: &Progress,
) -> Result<Vec<Point>, Cancelled> {
    let count = graph.len();
    if count <= 1 {
        return Ok(vec![Point::default(); count]);
    }
    match method {
        Method::Signed => {
            let starts: u64 = match (count, quality) {
                (0..=60, _) => 24,
                (61..=300, _) => 6,
                (301..=1600, Quality::High) => 4,
                _ => 1,
            };
            let mut best: Option<(f64, Vec<Point>)> = None;
            for start in 0..starts {
                let places = by_sign(graph, &mut Chance::new(seed.wrapping_add(start)), seed, progress)?;
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
        _ => by_steps(graph, quality, &mut Chance::new(seed), progress),
    }
}

pub(super) fn by_steps(
    graph: &Graph,
    quality: Quality,
    chance: &mut Chance,
    progress: &Progress,
) -> Result<Vec<Point>, Cancelled> {
    let count = graph.len();
    let free = vec![false; count];
    let (pivots, steps) = pivots::draw(graph, PIVOTS, Draw::FarApart, chance);
    let mut places = pivots::scaling(&steps, chance);
    let whole = Schedule { rounds: 15, first_step: 1.0, last_step: 0.1 };
    if count <= ALL_PAIRS_AT_MOST {
        let rounds = if quality == Quality::High || count <= SMALL_AT_MOST { 60 } else { whole.rounds };
        let mut terms = stress::all_pairs(graph);
        terms.descend(&mut places, &free, Schedule { rounds, ..whole }, chance, progress)?;
        return Ok(places);
    }
    let mut terms = stress::with_pivots(graph, &pivots, &steps);
    // The start has the large shape already.
    let near = Schedule { rounds: 7, first_step: 0.12, last_step: 0.1 };
    stress::descend(&mut terms, &mut places, &free, near, chance, progress)?;
    if stress::of(&terms, &places) > UNFOLDED {
        let (pivots, steps) = pivots::draw(graph, MORE_PIVOTS, Draw::Chance, chance);
        terms = stress::with_pivots(graph, &pivots, &steps);
        stress::descend(&mut terms, &mut places, &free, whole, chance, progress)?;
        local::relax(graph, &mut places, &free, forces(count), progress)?;
        stress::rescale(&terms, &mut places);
        let polish = Schedule { rounds: 6, first_step: 0.001, last_step: 0.01 };
        stress::descend(&mut terms, &mut places, &free, polish, chance, progress)?;
    }
    if quality == Quality::High {
        let sampling = Sampling { rounds: 40, sources: 40, first_step: 2.0, last_step: 0.05 };
        stress::descend_sampled(graph, &mut places, &free, sampling, chance, progress)?;
    }
    Ok(places)
}

/// Springs and charges for a graph of this size; larger ones have farther to go.
#[expect(clippy::cast_precision_loss, reason = "counts of actors")]
fn forces(count: usize) -> Forces {
    let (rounds, cooling) = if count <= 20_000 { (140, 0.98) } else { (200, 0.985) };
    Forces { rounds, charge: 0.05, first_step: 0.02 * (count as f32).sqrt(), cooling, opening: 1.4 }
}

fn by_sign(graph: &Graph, chance: &mut Chance, seed: u64, progress: &Progress) -> Result<Vec<Point>, Cancelled> {
    let count = graph.len();
    let free = vec![false; count];
    let camp = camps(graph, seed);
    if count <= ALL_PAIRS_AT_MOST {
        let (_, steps) = pivots::draw(graph, PIVOTS, Draw::FarApart, chance);
        let mut places = pivots::scaling(&steps, chance);
        let mut terms = stress::signed_pairs(graph, &camp);
        let rounds = if count <= 300 { 60 } else { 40 };
        let schedule = Schedule { rounds, first_step: 1.0, last_step: 0.1 };
        terms.descend(&mut places, &free, schedule, chance, progress)?;
        return Ok(places);
    }
    camped::places(graph, &camp, chance, progress)
}
