//! The signed graph of ties, stored as one array of neighbours per actor (compressed sparse rows).

use crate::model::query::Index;
use crate::model::{Map, Stance};

/// An undirected graph. Several ties between a pair are merged into one. There are no self-loops.
#[derive(Clone, Debug, Default)]
pub struct Graph {
    /// Index in `links` of each actor's first neighbour. One entry more than there are actors.
    starts: Vec<u32>,
    /// Neighbour and sign of the tie.
    links: Vec<(u32, Sign)>,
}

/// The combined sign of all ties between a pair.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Sign {
    Friend,
    Enemy,
    /// Neither friend nor enemy, or both.
    Other,
}

impl Graph {
    /// A graph of `count` actors, from pairs of actors with a sign. Self-loops and pairs with an
    /// actor index of `count` or more are left out.
    #[must_use]
    pub fn new(count: usize, pairs: &[(usize, usize, Sign)]) -> Self {
        let mut all: Vec<(u32, u32, Sign)> = Vec::with_capacity(pairs.len() * 2);
        for (a, b, sign) in pairs.iter().filter(|(a, b, _)| a != b && *a < count && *b < count) {
            if let (Ok(a), Ok(b)) = (u32::try_from(*a), u32::try_from(*b)) {
                all.extend([(a, b, *sign), (b, a, *sign)]);
            }
        }
        all.sort_unstable();
        all.dedup();
        let mut starts = vec![0_u32; count + 1];
        let mut links: Vec<(u32, Sign)> = Vec::with_capacity(all.len());
        let mut last = None;
        for (from, to, sign) in all {
            if last == Some((from, to)) {
                // The pair has ties of different signs.
                if let Some(link) = links.last_mut() {
                    link.1 = Sign::Other;
                }
                continue;
            }
            last = Some((from, to));
            links.push((to, sign));
            starts[from as usize + 1] += 1;
        }
        for at in 0..count {
            starts[at + 1] += starts[at];
        }
        Self { starts, links }
    }

    /// Number of actors.
    #[must_use]
    pub fn len(&self) -> usize {
        self.starts.len().saturating_sub(1)
    }

    /// True if there are no actors.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Neighbours of an actor, each once.
    #[must_use]
    pub fn links(&self, actor: usize) -> &[(u32, Sign)] {
        &self.links[self.starts[actor] as usize..self.starts[actor + 1] as usize]
    }

    /// Every tied pair once: lower actor, higher actor, sign.
    pub fn pairs(&self) -> impl Iterator<Item = (usize, usize, Sign)> {
        let of = |from: usize| {
            self.links(from).iter().map(move |(to, sign)| (from, *to as usize, *sign))
        };
        (0..self.len()).flat_map(of).filter(|(from, to, _)| from < to)
    }

    /// The connected components, the largest first. The actors in each are in ascending order.
    #[must_use]
    pub fn components(&self) -> Vec<Vec<usize>> {
        let mut seen = vec![false; self.len()];
        let mut components = Vec::new();
        for start in 0..self.len() {
            if seen[start] {
                continue;
            }
            seen[start] = true;
            let mut component = vec![start];
            let mut next = 0;
            while let Some(actor) = component.get(next).copied() {
                next += 1;
                for (other, _) in self.links(actor) {
                    let other = *other as usize;
                    if !seen[other] {
                        seen[other] = true;
                        component.push(other);
                    }
                }
            }
            component.sort_unstable();
            components.push(component);
        }
        components.sort_by_key(|component| std::cmp::Reverse(component.len()));
        components
    }

    /// The subgraph of some actors, renumbered in their order.
    #[must_use]
    pub fn subgraph<K: Copy + Into<usize>>(&self, actors: &[K]) -> Self {
        let numbers = || actors.iter().map(|actor| (*actor).into());
        if numbers().eq(0..self.len()) {
            return self.clone();
        }
        let mut place = vec![u32::MAX; self.len()];
        for (number, actor) in numbers().enumerate() {
            place[actor] = u32::try_from(number).unwrap_or(u32::MAX);
        }
        let mut starts = Vec::with_capacity(actors.len() + 1);
        let mut links = Vec::new();
        starts.push(0);
        for actor in numbers() {
            let inside = self.links(actor).iter().map(|(to, sign)| (place[*to as usize], *sign));
            links.extend(inside.filter(|(to, _)| *to != u32::MAX));
            starts.push(u32::try_from(links.len()).unwrap_or(u32::MAX));
        }
        Self { starts, links }
    }

    /// Breadth-first search. Writes the number of steps from `source` to each actor to `steps`;
    /// `u16::MAX` if there is no path. `queue` is a reusable buffer; afterwards it holds the
    /// reached actors, the nearest first.
    pub fn steps(&self, source: usize, steps: &mut [u16], queue: &mut Vec<u32>) {
        steps.fill(u16::MAX);
        queue.clear();
        steps[source] = 0;
        queue.push(u32::try_from(source).unwrap_or(0));
        let mut next = 0;
        while let Some(actor) = queue.get(next).copied() {
            next += 1;
            let further = steps[actor as usize].saturating_add(1);
            for (other, _) in self.links(actor as usize) {
                if steps[*other as usize] == u16::MAX {
                    steps[*other as usize] = further;
                    queue.push(*other);
                }
            }
        }
    }
}

/// The graph of a map's ties. Forecast and hypothetical ties are left out. A part is a friend of
/// its whole.
#[must_use]
pub fn graph_of(map: &Map, index: &Index) -> Graph {
    let ties = map.relations.iter_enumerated().filter(|(_, tie)| !tie.status.is_outlook());
    let mut pairs: Vec<(usize, usize, Sign)> = ties
        .filter_map(|(at, tie)| {
            let (from, to) = index.ends(at)?;
            let sign = match tie.stance {
                Stance::Cooperative => Sign::Friend,
                Stance::Hostile => Sign::Enemy,
                Stance::Mixed | Stance::Neutral => Sign::Other,
            };
            Some((from.get(), to.get(), sign))
        })
        .collect();
    let parts = map.actors.iter_enumerated();
    pairs.extend(parts.filter_map(|(part, actor)| {
        let whole = index.actor(actor.part_of.as_deref()?)?;
        Some((part.get(), whole.get(), Sign::Friend))
    }));
    Graph::new(map.actors.len(), &pairs)
}
