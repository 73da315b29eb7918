//! Spatial index for hit tests in large maps: R-trees of actors and lines, updated incrementally.

use rstar::primitives::{GeomWithData, Rectangle};
use rstar::{AABB, RTree};

use crate::geometry::Point;
use crate::model::{ActorIndex, PerActor, PerActorSlice};
use crate::scene::picture::overview::Overview;

type Spot = GeomWithData<[f32; 2], ActorIndex>;
/// The number is an index in `Overview::line_looks`.
type Line = GeomWithData<Rectangle<[f32; 2]>, u32>;

/// Maximum number of moved actors for an incremental update; above it, a rebuild is faster.
const CHANGED_AT_MOST: usize = 2000;

/// The positions of all actors and lines, in map units and therefore independent of the zoom.
#[derive(Default)]
pub struct Near {
    spots: RTree<Spot>,
    lines: RTree<Line>,
    /// The positions with which the trees were last updated.
    positions: PerActor<Point>,
    /// The number of lines at that time.
    line_looks: usize,
}

impl Near {
    /// Updates the trees for new positions. `is_same` is true if only positions have changed since
    /// the last call; otherwise the trees are rebuilt.
    pub fn follow(&mut self, overview: &Overview, positions: &PerActorSlice<Point>, is_same: bool) {
        let is_alike = is_same
            && positions.len() == self.positions.len()
            && overview.line_looks.len() == self.line_looks;
        let moved = |at: &ActorIndex| positions[*at] != self.positions[*at];
        let moved: Vec<ActorIndex> =
            if is_alike { positions.keys().filter(moved).collect() } else { Vec::new() };
        if !is_alike || moved.len() > CHANGED_AT_MOST {
            let spots = positions.iter_enumerated().map(|(actor, at)| spot(actor, *at));
            self.spots = RTree::bulk_load(spots.collect());
            let lines = (0..overview.line_looks.len()).map(|tie| line(overview, tie, positions));
            self.lines = RTree::bulk_load(lines.collect());
        } else {
            let line_looks = overview.line_looks.iter().enumerate().filter(|(_, tie)| {
                [tie.from, tie.to].iter().any(|end| moved.binary_search(end).is_ok())
            });
            if !moved.is_empty() {
                for (tie, _) in line_looks {
                    self.lines.remove(&line(overview, tie, &self.positions));
                    self.lines.insert(line(overview, tie, positions));
                }
            }
            for actor in moved {
                self.spots.remove(&spot(actor, self.positions[actor]));
                self.spots.insert(spot(actor, positions[actor]));
            }
        }
        positions.clone_into(&mut self.positions);
        self.line_looks = overview.line_looks.len();
    }

    /// Actors whose centre is in the square of side `2 * reach` around a point, those drawn last
    /// first.
    #[must_use]
    pub fn actors(&self, at: Point, reach: f32) -> Vec<ActorIndex> {
        let found = self.spots.locate_in_envelope(around(at, reach));
        let mut found: Vec<ActorIndex> = found.map(|spot| spot.data).collect();
        found.sort_unstable_by(|a, b| b.cmp(a));
        found
    }

    /// Ties whose bounding box is within `reach` of a point, as indices in `Overview::line_looks`,
    /// those drawn last first.
    #[must_use]
    pub fn ties_near(&self, at: Point, reach: f32) -> Vec<usize> {
        let found = self.lines.locate_in_envelope_intersecting(around(at, reach));
        let mut found: Vec<usize> = found.map(|line| line.data as usize).collect();
        found.sort_unstable_by(|a, b| b.cmp(a));
        found
    }
}

fn around(at: Point, reach: f32) -> AABB<[f32; 2]> {
    AABB::from_corners([at.x - reach, at.y - reach], [at.x + reach, at.y + reach])
}

fn spot(actor: ActorIndex, at: Point) -> Spot {
    GeomWithData::new([at.x, at.y], actor)
}

fn line(overview: &Overview, tie: usize, positions: &PerActorSlice<Point>) -> Line {
    let ends = overview.line_looks[tie];
    let [from, to] = [ends.from, ends.to].map(|end| positions[end]);
    let corners = Rectangle::from_corners([from.x, from.y], [to.x, to.y]);
    GeomWithData::new(corners, u32::try_from(tie).unwrap_or(u32::MAX))
}
