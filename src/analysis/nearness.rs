//! How often an actor's friends are nearer to it than its enemies.

use std::ops::Add;

use super::graph::{Graph, Sign};
use crate::geometry::Point;

/// Counts, over all actors, the pairs of a friend and an enemy of one actor (criterion of Kermarrec
/// and Thraves 2011). Exact, not sampled.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Nearer {
    /// Pairs in which the friend is nearer than the enemy.
    pub friends: u64,
    /// All pairs.
    pub pairs: u64,
}

impl Nearer {
    /// The share of pairs in which the friend is nearer, from 0 to 1; 1 if there are no pairs.
    #[must_use]
    #[expect(clippy::cast_precision_loss, reason = "a share")]
    pub fn share(self) -> f64 {
        if self.pairs == 0 { 1.0 } else { self.friends as f64 / self.pairs as f64 }
    }

    /// Counts the pairs of a graph whose actors are at `places`.
    #[must_use]
    pub fn of(graph: &Graph, places: &[Point]) -> Self {
        let of_actors = (0..graph.len()).map(|actor| Self::of_actor(graph, places, actor));
        of_actors.fold(Self::default(), Self::add)
    }

    /// Counts the pairs of one actor.
    #[must_use]
    pub fn of_actor(graph: &Graph, places: &[Point], actor: usize) -> Self {
        let distances = |wanted: Sign| -> Vec<f32> {
            let of_sign = graph.links(actor).iter().filter(|(_, sign)| *sign == wanted);
            of_sign.map(|(other, _)| (places[*other as usize] - places[actor]).length()).collect()
        };
        let friends = distances(Sign::Friend);
        let mut enemies = distances(Sign::Enemy);
        enemies.sort_by(f32::total_cmp);
        let farther =
            |friend: &f32| enemies.len() - enemies.partition_point(|enemy| enemy <= friend);
        Self {
            friends: friends.iter().map(|friend| farther(friend) as u64).sum(),
            pairs: friends.len() as u64 * enemies.len() as u64,
        }
    }
}

impl Add for Nearer {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Self { friends: self.friends + other.friends, pairs: self.pairs + other.pairs }
    }
}
