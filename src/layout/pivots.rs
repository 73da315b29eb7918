//! Pivots: a few actors that represent all others. Chooses them, counts the steps from each to all
//! actors, and computes an initial layout from these counts.

use super::stress::number;
use crate::analysis::graph::Graph;
use crate::geometry::{Point, point};
use crate::random::Random;

/// How pivots are chosen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Draw {
    /// Each pivot is the actor farthest from the previous ones. Captures the overall shape of a
    /// graph.
    FarApart,
    /// Random actors, so that each pivot represents about the same number of actors. For graphs
    /// with a small diameter.
    Random,
}

/// Chooses up to `count` pivots. Returns them and, for each, the number of steps to every actor.
pub(super) fn draw(
    graph: &Graph,
    count: usize,
    by: Draw,
    random: &mut Random,
) -> (Vec<usize>, Vec<Vec<u16>>) {
    let all = graph.len();
    let mut pivots = Vec::new();
    let mut steps: Vec<Vec<u16>> = Vec::new();
    let mut nearest = vec![u16::MAX; all];
    let mut next = random.below(number(all.max(1))) as usize;
    let mut queue = Vec::with_capacity(all);
    while pivots.len() < count.min(all) {
        let mut from = vec![0; all];
        graph.steps(next, &mut from, &mut queue);
        for (least, steps) in nearest.iter_mut().zip(&from) {
            *least = (*least).min(*steps);
        }
        pivots.push(next);
        steps.push(from);
        next = match by {
            Draw::FarApart => (0..all).max_by_key(|actor| nearest[*actor]).unwrap_or(0),
            // A few attempts to find an actor that is not a pivot yet.
            Draw::Random => (0..8)
                .map(|_| random.below(number(all)) as usize)
                .find(|actor| nearest[*actor] > 0)
                .unwrap_or(next),
        };
        if nearest[next] == 0 {
            break;
        }
    }
    (pivots, steps)
}

/// An initial layout with the overall shape: classical scaling of the steps to the pivots (Brandes
/// and Pich 2007).
#[expect(clippy::cast_precision_loss, reason = "counts of actors and pivots")]
pub(super) fn scaling(steps: &[Vec<u16>], random: &mut Random) -> Vec<Point> {
    let rows = steps.first().map_or(0, Vec::len);
    let columns = steps.len();
    let square = |steps: u16| f32::from(steps) * f32::from(steps);
    let mut row_means = vec![0.0_f32; rows];
    let mut column_means = vec![0.0_f32; columns];
    for (column, from) in steps.iter().enumerate() {
        let mut sum = 0.0_f64;
        for (row, steps) in from.iter().enumerate() {
            row_means[row] += square(*steps) / columns as f32;
            sum += f64::from(square(*steps));
        }
        #[expect(clippy::cast_possible_truncation, reason = "a mean")]
        let mean = (sum / rows.max(1) as f64) as f32;
        column_means[column] = mean;
    }
    let mean = column_means.iter().sum::<f32>() / columns.max(1) as f32;
    let centred = |row: usize, column: usize| {
        -0.5 * (square(steps[column][row]) - row_means[row] - column_means[column] + mean)
    };
    // The inner products of the columns, and their two principal eigenvectors by power iteration.
    let mut products = vec![vec![0.0_f64; columns]; columns];
    let table: Vec<Vec<f32>> =
        (0..columns).map(|column| (0..rows).map(|row| centred(row, column)).collect()).collect();
    for one in 0..columns {
        for other in 0..=one {
            let product: f64 =
                table[one].iter().zip(&table[other]).map(|(a, b)| f64::from(a * b)).sum();
            products[one][other] = product;
            products[other][one] = product;
        }
    }
    let first = eigenvector(&products, None, random);
    let second = eigenvector(&products, Some(&first), random);
    let along = |vector: &[f64], row: usize| -> f32 {
        let sum: f64 = vector
            .iter()
            .enumerate()
            .map(|(column, share)| share * f64::from(table[column][row]))
            .sum();
        #[expect(clippy::cast_possible_truncation, reason = "a coordinate")]
        let sum = sum as f32;
        sum
    };
    let mut places: Vec<Point> =
        (0..rows).map(|row| point(along(&first, row), along(&second, row))).collect();
    // Scale to units of one step.
    let mut drawn = 0.0_f64;
    let mut meant = 0.0_f64;
    if let Some(from) = steps.first()
        && let Some(pivot) = from.iter().position(|steps| *steps == 0)
    {
        let origin = places[pivot];
        for (at, steps) in places.iter().zip(from) {
            drawn += f64::from((*at - origin).length());
            meant += f64::from(*steps);
        }
    }
    #[expect(clippy::cast_possible_truncation, reason = "a ratio")]
    let scale = if drawn > 0.0 { (meant / drawn) as f32 } else { 1.0 };
    for at in &mut places {
        // A random offset separates actors with the same steps to all pivots.
        *at = *at * scale + point(random.share() - 0.5, random.share() - 0.5) * 0.1;
    }
    places
}

/// The principal eigenvector of a symmetric matrix, orthogonal to `without`, by power iteration.
fn eigenvector(matrix: &[Vec<f64>], without: Option<&[f64]>, random: &mut Random) -> Vec<f64> {
    let mut vector: Vec<f64> = matrix.iter().map(|_| f64::from(random.share()) - 0.5).collect();
    for _ in 0..100 {
        if let Some(other) = without {
            let along: f64 = vector.iter().zip(other).map(|(a, b)| a * b).sum();
            vector.iter_mut().zip(other).for_each(|(a, b)| *a -= along * b);
        }
        let next: Vec<f64> =
            matrix.iter().map(|row| row.iter().zip(&vector).map(|(a, b)| a * b).sum()).collect();
        let length = next.iter().map(|value| value * value).sum::<f64>().sqrt();
        if length <= f64::MIN_POSITIVE {
            break;
        }
        vector = next.into_iter().map(|value| value / length).collect();
    }
    vector
}
