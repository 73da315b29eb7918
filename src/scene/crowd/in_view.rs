//! The part of a large map that lies in an area.

use crate::geometry::{Point, Rect, point};
use crate::model::{ActorIndex, LineIndex, PerActorSlice};
use crate::scene::picture::overview::Overview;

/// A part of the map. Lines are indices in the list of the overview.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct InView {
    pub actors: Vec<ActorIndex>,
    pub line_looks: Vec<u32>,
}

impl InView {
    /// The part within `area`, in map units, without these actors and their lines; `unit` is map
    /// units per pixel at 100 %.
    #[must_use]
    pub fn of(
        overview: &Overview,
        positions: &PerActorSlice<Point>,
        area: &Rect,
        unit: f32,
        without: &[ActorIndex],
    ) -> Self {
        let near = area.grown(48.0 * unit);
        let is_left_out = |actor: ActorIndex| without.binary_search(&actor).is_ok();
        let is_near = |actor: &ActorIndex| {
            !is_left_out(*actor)
                && near.contains(positions[*actor])
                && overview.actor_looks[*actor].is_drawn
        };
        let wide = area.grown((overview.widest_lane.min(400.0) + 30.0) * unit);
        let (middle, half) = (wide.centre(), point(wide.width() * 0.5, wide.height() * 0.5));
        let touches = |from: ActorIndex, to: ActorIndex| {
            let (from, to) = (positions[from] - middle, positions[to] - middle);
            // Tests the axes of the box, then the normal of the line (separating axis theorem).
            let reach = |a: f32, b: f32, half: f32| a.min(b) <= half && a.max(b) >= -half;
            let way = to - from;
            let across = (way.x * from.y - way.y * from.x).abs();
            reach(from.x, to.x, half.x)
                && reach(from.y, to.y, half.y)
                && across <= half.x * way.y.abs() + half.y * way.x.abs()
        };
        let slots = |count: usize| 0..u32::try_from(count).unwrap_or(u32::MAX);
        let lines = overview.line_looks.iter();
        Self {
            actors: positions.keys().filter(is_near).collect(),
            line_looks: slots(overview.line_looks.len())
                .zip(lines)
                .filter(|(_, look)| touches(look.from, look.to))
                .filter(|(_, look)| !is_left_out(look.from) && !is_left_out(look.to))
                .map(|(slot, _)| slot)
                .collect(),
        }
    }

    /// Number of actors and ties.
    #[must_use]
    pub fn len(&self) -> usize {
        self.actors.len() + self.line_looks.len()
    }

    /// True if nothing is in the area.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The lines, ascending.
    #[must_use]
    pub fn lines(&self, overview: &Overview) -> Vec<LineIndex> {
        let mut lines: Vec<LineIndex> =
            self.line_looks.iter().map(|look| overview.line_looks[*look as usize].line).collect();
        lines.dedup();
        lines
    }
}
