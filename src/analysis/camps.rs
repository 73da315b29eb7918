//! Camps: groups of actors with many friends and few enemies inside.
//!
//! Correlation clustering (Bansal, Blum and Chawla 2004). Maximises the number of friends minus the
//! number of enemies inside camps. Like the Louvain method (Blondel and others 2008), it moves
//! single actors first, then whole camps.

use std::collections::BTreeMap;

use super::graph::{Graph, Sign, graph_of};
use crate::model::query::Index;
use crate::model::{Map, PerActor};
use crate::random::Random;

/// Maximum rounds of moves at one level. Usually the moves end earlier.
const ROUNDS: usize = 20;

/// The camp of each actor. Camps are numbered by size; the largest is 0. An actor without friends
/// forms its own camp.
#[must_use]
pub fn camps(graph: &Graph, seed: u64) -> Vec<usize> {
    let mut random = Random::new(seed);
    let mut camp: Vec<usize> = (0..graph.len()).collect();
    let mut links: Vec<BTreeMap<usize, i64>> = (0..graph.len())
        .map(|actor| {
            let others = graph.links(actor).iter();
            others.map(|(other, sign)| (*other as usize, worth_of(*sign))).collect()
        })
        .collect();
    loop {
        let group = local_moves(&links, &mut random);
        let count = group.iter().max().map_or(0, |last| last + 1);
        for camp in &mut camp {
            *camp = group[*camp];
        }
        if count == links.len() {
            break;
        }
        let mut joined = vec![BTreeMap::new(); count];
        for (actor, links) in links.iter().enumerate() {
            for (other, worth) in links.iter().filter(|(other, _)| group[**other] != group[actor]) {
                *joined[group[actor]].entry(group[*other]).or_insert(0) += worth;
            }
        }
        links = joined;
    }
    by_size(&camp)
}

/// The camp of each actor of a map, counted from 0; the largest comes first. `None` for an actor
/// that is in a camp of its own.
#[must_use]
pub fn of_map(map: &Map, index: &Index) -> PerActor<Option<u16>> {
    let camp = camps(&graph_of(map, index), 1);
    let mut members = vec![0_usize; camp.len()];
    for camp in &camp {
        members[*camp] += 1;
    }
    let number = |camp: &usize| u16::try_from(*camp).ok().filter(|_| members[*camp] > 1);
    camp.iter().map(number).collect()
}

/// What a pair with this sign adds to a camp that contains both.
fn worth_of(sign: Sign) -> i64 {
    match sign {
        Sign::Friend => 1,
        Sign::Enemy => -1,
        Sign::Other => 0,
    }
}

/// The group that each node of one level moves to. Groups are numbered from 0.
fn local_moves(links: &[BTreeMap<usize, i64>], random: &mut Random) -> Vec<usize> {
    let mut group: Vec<usize> = (0..links.len()).collect();
    let mut order = group.clone();
    random.shuffle(&mut order);
    for _ in 0..ROUNDS {
        let mut has_moved = false;
        for node in &order {
            let mut gains: BTreeMap<usize, i64> = BTreeMap::new();
            for (other, worth) in &links[*node] {
                *gains.entry(group[*other]).or_insert(0) += worth;
            }
            let stay = gains.get(&group[*node]).copied().unwrap_or(0);
            // Deterministic tie-break: of the best groups, the one with the lowest number.
            let best =
                gains.into_iter().max_by_key(|(group, gain)| (*gain, std::cmp::Reverse(*group)));
            if let Some((best, gain)) = best.filter(|(_, gain)| *gain > stay && *gain > 0) {
                let _ = gain;
                group[*node] = best;
                has_moved = true;
            }
        }
        if !has_moved {
            break;
        }
    }
    by_size(&group)
}

/// The same groups, renumbered by size, the largest first. Groups of equal size are ordered by
/// their first member.
fn by_size(group: &[usize]) -> Vec<usize> {
    let mut sizes: BTreeMap<usize, (usize, usize)> = BTreeMap::new();
    for (member, group) in group.iter().enumerate() {
        sizes.entry(*group).or_insert((0, member)).0 += 1;
    }
    let mut order: Vec<(usize, (usize, usize))> = sizes.into_iter().collect();
    order.sort_by_key(|(_, (size, first))| (std::cmp::Reverse(*size), *first));
    let number: BTreeMap<usize, usize> =
        order.iter().enumerate().map(|(number, (group, _))| (*group, number)).collect();
    group.iter().map(|group| number[group]).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn friends_stand_together_and_enemies_apart() {
        use Sign::{Enemy, Friend};
        let pairs = [
            (0, 1, Friend),
            (1, 2, Friend),
            (3, 4, Friend),
            (0, 3, Enemy),
            (2, 4, Enemy),
            (5, 0, Enemy),
        ];
        assert_eq!(camps(&Graph::new(6, &pairs), 1), [0, 0, 0, 1, 1, 2]);
    }

    #[test]
    fn a_balanced_graph_falls_into_its_two_camps() {
        let mut pairs = Vec::new();
        for a in 0..12 {
            for b in 0..a {
                let sign = if a % 2 == b % 2 { Sign::Friend } else { Sign::Enemy };
                pairs.push((a, b, sign));
            }
        }
        let camp = camps(&Graph::new(12, &pairs), 7);
        assert!((0..12).all(|actor| camp[actor] == camp[actor % 2]) && camp[0] != camp[1]);
        assert!(camps(&Graph::default(), 1).is_empty());
    }
}
