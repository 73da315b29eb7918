//! Layout by the number of steps between actors, ignoring the sign of ties: stress with pivots,
//! then attraction and repulsion if the stress remains high.

use super::local::{self, Forces};
use super::pivots::{self, Draw};
use super::request::Quality;
use super::stress::{self, Sampling, Schedule};
use crate::analysis::graph::Graph;
use crate::geometry::Point;
use crate::progress::{Cancelled, Progress};
use crate::random::Random;

/// Up to this number of actors, all pairs are used. Above it, pivots represent distant actors.
pub(super) const ALL_PAIRS_AT_MOST: usize = 1600;
/// Up to this number of actors, more rounds take no noticeable time.
const SMALL_AT_MOST: usize = 500;
/// Number of pivots.
pub(super) const PIVOTS: usize = 30;
/// Number of pivots if the stress remains high.
const MORE_PIVOTS: usize = 50;
/// Stress below which attraction and repulsion bring no improvement. 1 is the stress of all actors
/// in one position.
const UNFOLDED: f32 = 0.05;

/// Positions for the actors of a connected graph, in units of one step.
pub(super) fn by_steps(
    graph: &Graph,
    quality: Quality,
    random: &mut Random,
    progress: &Progress,
) -> Result<Vec<Point>, Cancelled> {
    let count = graph.len();
    let free = vec![false; count];
    let (pivots, steps) = pivots::draw(graph, PIVOTS, Draw::FarApart, random);
    let mut places = pivots::scaling(&steps, random);
    let whole = Schedule { rounds: 15, first_step: 1.0, last_step: 0.1 };
    if count <= ALL_PAIRS_AT_MOST {
        let rounds =
            if quality == Quality::High || count <= SMALL_AT_MOST { 60 } else { whole.rounds };
        let mut terms = stress::all_pairs(graph);
        terms.descend(&mut places, &free, Schedule { rounds, ..whole }, random, progress)?;
        return Ok(places);
    }
    let mut terms = stress::with_pivots(graph, &pivots, &steps);
    // The start already has the overall shape, so a few small steps suffice.
    let near = Schedule { rounds: 7, first_step: 0.12, last_step: 0.1 };
    stress::descend(&mut terms, &mut places, &free, near, random, progress)?;
    if stress::of(&terms, &places) > UNFOLDED {
        let (pivots, steps) = pivots::draw(graph, MORE_PIVOTS, Draw::Random, random);
        terms = stress::with_pivots(graph, &pivots, &steps);
        stress::descend(&mut terms, &mut places, &free, whole, random, progress)?;
        local::relax(graph, &mut places, &free, forces(count), progress)?;
        stress::rescale(&terms, &mut places);
        let polish = Schedule { rounds: 6, first_step: 0.001, last_step: 0.01 };
        stress::descend(&mut terms, &mut places, &free, polish, random, progress)?;
    }
    if quality == Quality::High {
        let sampling = Sampling { rounds: 40, sources: 40, first_step: 2.0, last_step: 0.05 };
        stress::descend_sampled(graph, &mut places, &free, sampling, random, progress)?;
    }
    Ok(places)
}

/// The forces for a graph of this size. In larger graphs, actors have farther to move.
#[expect(clippy::cast_precision_loss, reason = "counts of actors")]
fn forces(count: usize) -> Forces {
    let (rounds, cooling) = if count <= 20_000 { (140, 0.98) } else { (200, 0.985) };
    Forces { rounds, charge: 0.05, first_step: 0.02 * (count as f32).sqrt(), cooling, opening: 1.4 }
}
