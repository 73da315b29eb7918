//! Force-directed layout: neighbours attract each other, all actors repel each other (Hu 2005).
//! Distant actors act as one (Barnes and Hut 1986). Separates clusters where stress alone leaves
//! one dense mass.

use crate::analysis::graph::Graph;
use crate::geometry::{Point, Rect};
use crate::progress::{Cancelled, Progress};

/// Maximum number of actors in a cell that is not divided further.
const LEAF: usize = 8;
/// Levels of the tree; each halves the side of a cell.
const LEVELS: u32 = 16;

/// A cell of the plane with the actors in it.
struct Cell {
    /// Mean position of its actors.
    middle: Point,
    count: f32,
    /// Squared side of the cell.
    side_squared: f32,
    /// Index of the cell that follows this one and all cells inside it.
    next: u32,
    /// Range in `Tree::order`; empty for cells that are divided.
    actors: std::ops::Range<u32>,
}

/// A quadtree of all actors.
pub(super) struct Tree {
    cells: Vec<Cell>,
    /// Actors in the order of the cells, with their positions.
    order: Vec<(u32, Point)>,
    /// Morton code and actor, sorted.
    keys: Vec<(u32, u32)>,
}

impl Tree {
    pub fn new() -> Self {
        Self { cells: Vec::new(), order: Vec::new(), keys: Vec::new() }
    }

    /// Rebuilds the tree from new positions.
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "16 bits along each side"
    )]
    pub fn fill(&mut self, places: &[Point]) {
        let bounds = places.iter().fold(Rect::NOTHING, |bounds, at| bounds.with(*at));
        let side = bounds.width().max(bounds.height()).max(1e-6) * 1.0001;
        let scale = f32::from(u16::MAX) / side;
        self.keys.clear();
        self.keys.extend(places.iter().zip(0_u32..).map(|(at, actor)| {
            let x = (at.x - bounds.min.x) * scale;
            let y = (at.y - bounds.min.y) * scale;
            (spread(x as u32) | spread(y as u32) << 1, actor)
        }));
        self.keys.sort_unstable();
        self.order.clear();
        self.order.extend(self.keys.iter().map(|(_, actor)| (*actor, places[*actor as usize])));
        self.cells.clear();
        self.divide(0..places.len(), LEVELS, side);
    }

    fn divide(&mut self, range: std::ops::Range<usize>, level: u32, side: f32) {
        let at = self.cells.len();
        let is_leaf = range.len() <= LEAF || level == 0;
        #[expect(clippy::cast_precision_loss, reason = "counts of actors")]
        let count = range.len() as f32;
        let sum = self.order[range.clone()].iter().fold(Point::default(), |sum, (_, at)| sum + *at);
        let actors = if is_leaf { index(range.start)..index(range.end) } else { 0..0 };
        self.cells.push(Cell {
            middle: sum * (1.0 / count),
            count,
            side_squared: side * side,
            next: 0,
            actors,
        });
        if !is_leaf {
            let shift = 2 * (level - 1);
            let mut start = range.start;
            for quarter in 0..4 {
                let rest = &self.keys[start..range.end];
                let end = start + rest.partition_point(|(key, _)| (key >> shift) & 3 <= quarter);
                if end > start {
                    self.divide(start..end, level - 1, side * 0.5);
                }
                start = end;
            }
        }
        self.cells[at].next = index(self.cells.len());
    }

    /// The repulsion at a position: the sum over all other actors of the vector from them, divided
    /// by its squared length. `opening_squared` is the square of [`Forces::opening`].
    fn push(&self, at: Point, opening_squared: f32) -> Point {
        let mut sum = Point::default();
        let mut cell = 0;
        while let Some(Cell { middle, count, side_squared, next, actors }) = self.cells.get(cell) {
            let way = at - *middle;
            let distance = way.x * way.x + way.y * way.y;
            if *side_squared < opening_squared * distance {
                sum = sum + way * (count / distance);
                cell = *next as usize;
            } else if actors.is_empty() {
                cell += 1;
            } else {
                for (_, other) in &self.order[actors.start as usize..actors.end as usize] {
                    let way = at - *other;
                    let distance = way.x * way.x + way.y * way.y;
                    if distance > 0.0 {
                        sum = sum + way * (1.0 / distance.max(1e-4));
                    }
                }
                cell = *next as usize;
            }
        }
        sum
    }
}

/// Spreads the lower 16 bits to every second bit, for a Morton code.
fn spread(bits: u32) -> u32 {
    let mut spread = bits & 0xFFFF;
    spread = (spread | spread << 8) & 0x00FF_00FF;
    spread = (spread | spread << 4) & 0x0F0F_0F0F;
    spread = (spread | spread << 2) & 0x3333_3333;
    (spread | spread << 1) & 0x5555_5555
}

fn index(value: usize) -> u32 {
    u32::try_from(value).unwrap_or(u32::MAX)
}

/// Parameters of the forces.
#[derive(Clone, Copy, Debug)]
pub(super) struct Forces {
    pub rounds: u16,
    /// Repulsion of two actors one unit apart.
    pub charge: f32,
    /// Maximum movement of an actor in the first round.
    pub first_step: f32,
    /// Factor of the maximum movement from each round to the next.
    pub cooling: f32,
    /// A cell acts as one actor if its side is less than this factor times its distance.
    pub opening: f32,
}

/// Applies the forces to `places`. Ties should be about one unit long. Actors that are `is_fixed`
/// stay in place.
pub(super) fn relax(
    graph: &Graph,
    places: &mut [Point],
    is_fixed: &[bool],
    forces: Forces,
    progress: &Progress,
) -> Result<(), Cancelled> {
    let mut tree = Tree::new();
    let mut step = forces.first_step;
    let mut moves = vec![Point::default(); places.len()];
    for _ in 0..forces.rounds {
        progress.check()?;
        tree.fill(places);
        for (actor, at) in &tree.order {
            let mut force = tree.push(*at, forces.opening * forces.opening) * forces.charge;
            for (other, _) in graph.links(*actor as usize) {
                let way = places[*other as usize] - *at;
                // Attraction grows with the length to the power of 9/8. Three square roots, unlike
                // `powf`, give the same result on every platform.
                force = force + way * way.length().sqrt().sqrt().sqrt();
            }
            moves[*actor as usize] = force;
        }
        for ((at, force), is_fixed) in places.iter_mut().zip(&moves).zip(is_fixed) {
            let length = force.length();
            if !is_fixed && length > 0.0 {
                *at = *at + *force * (step.min(length) / length);
            }
        }
        step *= forces.cooling;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::geometry::point;
    use crate::random::Random;

    #[test]
    fn the_push_of_cells_is_nearly_that_of_all_others() {
        let mut random = Random::new(3);
        let places: Vec<Point> =
            (0..500).map(|_| point(random.share() * 10.0, random.share() * 10.0)).collect();
        let mut tree = Tree::new();
        tree.fill(&places);
        for at in places.iter().step_by(25) {
            let exact =
                places.iter().filter(|other| *other != at).fold(Point::default(), |sum, other| {
                    let way = *at - *other;
                    sum + way * (1.0 / (way.x * way.x + way.y * way.y))
                });
            assert!((tree.push(*at, 0.25) - exact).length() < exact.length() * 0.05 + 0.5);
        }
    }
}
