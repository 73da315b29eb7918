//! Zoom-independent drawing data: sizes, line styles, lanes, fading. Rebuilt only when the content,
//! view or layout changes, so that drawing a frame of a large map need not read the map.

use super::edge;
use super::shape::{Body, Build, half_size_px};
use crate::geometry::{Point, Rect};
use crate::model::query::Index;
use crate::model::{Actor, ActorIndex, LineIndex, Map, PerActor, PerActorSlice, Stance};
use crate::scene::camera;
use crate::scene::lines::Line;
use crate::scene::primitive::{Color, Dash};
use crate::scene::shown::Shown;
use crate::scene::theme::Theme;
use crate::scene::view::View;

/// Drawing data of an actor.
#[derive(Clone, Copy, Debug)]
pub struct ActorLook {
    pub build: Build,
    /// Half its size, in pixels at 100 %.
    pub half_px: f32,
    /// False if it has no shape of its own.
    pub is_drawn: bool,
    /// The camp whose tint it has, counted from 0.
    pub camp: Option<u16>,
    /// True if its position is pinned.
    pub is_pinned: bool,
}

/// Drawing data of the ties of one stance in a line.
#[derive(Clone, Copy, Debug)]
pub struct LineLook {
    pub line: LineIndex,
    pub from: ActorIndex,
    pub to: ActorIndex,
    /// As returned by [`edge::lanes`].
    pub lane: f32,
    /// In pixels at 100 %.
    pub width_px: f32,
    pub stance: Stance,
    pub dash: Dash,
    /// True if an arrowhead is at the start, at the end.
    pub heads: [bool; 2],
    /// True if its sign is drawn open, for claims and inferences.
    pub is_open: bool,
    /// Number of ties.
    pub ties: u32,
}

/// Drawing data of everything that is shown, in file order.
#[derive(Clone, Debug, Default)]
pub struct Overview {
    pub actor_looks: PerActor<ActorLook>,
    /// Ascending by line: one for each stance in it.
    pub line_looks: Vec<LineLook>,
    /// As returned by [`camera::spacing`], in map units.
    pub spacing: f32,
    /// The rectangle around the places of all that is shown, in map units; `None` if nothing is.
    pub bounds: Option<Rect>,
    /// The largest absolute lane, in pixels at 100 %.
    pub widest_lane: f32,
    /// True if the map is too large to be drawn as one scene.
    pub is_large: bool,
}

impl Overview {
    /// Computes the drawing data of a map.
    #[must_use]
    pub fn of(
        map: &Map,
        index: &Index,
        positions: &PerActorSlice<Point>,
        view: &View,
        shown: &Shown,
    ) -> Self {
        let lines = shown.lines();
        let all: Vec<LineIndex> = lines.list().keys().collect();
        let offsets = edge::lanes(lines, &all);
        let looks = lines.list().iter_enumerated().zip(offsets);
        let line_looks: Vec<LineLook> =
            looks.flat_map(|((at, line), lane)| Self::line_looks(at, line, lane)).collect();
        let actor_look = |(index, actor): (ActorIndex, &Actor)| ActorLook {
            build: Build::of(&actor.kind),
            half_px: half_size_px(shown.size(index)),
            is_drawn: shown.is_drawn(index),
            camp: view.camp(index),
            is_pinned: false,
        };
        let mut overview = Self {
            actor_looks: map.actors.iter_enumerated().map(actor_look).collect(),
            spacing: f32::INFINITY,
            bounds: None,
            widest_lane: line_looks.iter().map(|look| look.lane.abs()).fold(0.0, f32::max),
            is_large: !shown.is_small(),
            line_looks,
        };
        overview.follow(map, index, positions, shown);
        overview
    }

    /// Updates what depends on positions and pins.
    pub fn follow(
        &mut self,
        map: &Map,
        index: &Index,
        positions: &PerActorSlice<Point>,
        shown: &Shown,
    ) {
        let places = shown.places(positions);
        self.spacing = camera::spacing(&places);
        self.bounds = places.iter().map(|at| Rect { min: *at, max: *at }).reduce(Rect::union);
        self.actor_looks.iter_mut().for_each(|look| look.is_pinned = false);
        let pinned = map.layout.iter().filter(|(_, placement)| placement.pinned);
        for actor in pinned.filter_map(|(id, _)| index.actor(id)) {
            if let Some(look) = self.actor_looks.get_mut(actor) {
                look.is_pinned = true;
            }
        }
    }

    /// The drawing data of a line: for each stance, side by side.
    fn line_looks(at: LineIndex, drawn: &Line, lane: f32) -> impl Iterator<Item = LineLook> + '_ {
        let width: f32 = drawn.strands().map(edge::strand_px).sum();
        let mut left = -width / 2.0;
        drawn.strands().map(move |strand| {
            let width_px = edge::strand_px(strand);
            let beside = left + width_px / 2.0;
            left += width_px;
            LineLook {
                line: at,
                from: drawn.ends[0],
                to: drawn.ends[1],
                lane: lane + beside,
                width_px,
                stance: strand.stance,
                dash: edge::dash(strand.status),
                heads: strand.heads,
                is_open: strand.reported < strand.count,
                ties: strand.count,
            }
        })
    }

    /// The places of a line in `line_looks`.
    #[must_use]
    pub fn looks_of(&self, line: LineIndex) -> std::ops::Range<usize> {
        let start = self.line_looks.partition_point(|look| look.line < line);
        let rest = self.line_looks.get(start..).unwrap_or_default();
        start..start + rest.iter().take_while(|look| look.line == line).count()
    }

    /// The shape of an actor at a position; `unit` is map units per pixel at 100 %.
    #[must_use]
    pub fn body(&self, actor: ActorIndex, at: Point, unit: f32) -> Body {
        let (build, half_px) = self
            .actor_looks
            .get(actor)
            .map_or((Build::Circle, 0.0), |actor_look| (actor_look.build, actor_look.half_px));
        Body::of(build, at, half_px * unit)
    }
}

/// The colour of a tie that keeps `share` of its stance's colour.
#[must_use]
pub fn tie_color(theme: &Theme, stance: Stance, share: f32) -> Color {
    theme.stance(stance).over(theme.ground, share)
}
