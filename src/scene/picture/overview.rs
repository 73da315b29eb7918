//! Zoom-independent drawing data: sizes, line styles, lanes, fading. Rebuilt only when the content,
//! view or layout changes, so that drawing a frame of a large map need not read the map.

use super::edge;
use super::fading::Fading;
use super::shape::{Body, Build, half_size_px};
use crate::geometry::Point;
use crate::model::query::Index;
use crate::model::{
    Actor, ActorIndex, Map, PerActor, PerActorSlice, RelationIndex, Stance, Status,
};
use crate::scene::camera;
use crate::scene::primitive::{Color, Dash};
use crate::scene::theme::Theme;
use crate::scene::view::{Membership, ShownTies, View};

/// Drawing data of an actor.
#[derive(Clone, Copy, Debug)]
pub struct ActorLook {
    pub build: Build,
    /// Half its size, in pixels at 100 %.
    pub half_px: f32,
    /// True if it has a shown tie.
    pub is_tied: bool,
    /// True if its position is pinned.
    pub is_pinned: bool,
}

/// Drawing data of a tie.
#[derive(Clone, Copy, Debug)]
pub struct TieLook {
    pub relation: RelationIndex,
    pub from: ActorIndex,
    pub to: ActorIndex,
    /// As returned by [`edge::lanes`].
    pub lane: f32,
    /// In pixels at 100 %.
    pub width_px: f32,
    pub stance: Stance,
    pub dash: Dash,
    pub is_directed: bool,
    /// True if its sign is drawn open, for a claim or an inference.
    pub is_open: bool,
    /// True for forecasts and hypotheses.
    pub is_outlook: bool,
}

/// Drawing data of everything that is shown, in file order.
#[derive(Clone, Debug, Default)]
pub struct Overview {
    pub actor_looks: PerActor<ActorLook>,
    /// One per shown tie whose ends exist.
    pub tie_looks: Vec<TieLook>,
    /// Pairs of a part and its whole; empty unless the view shows tethers.
    pub tethers: Vec<[ActorIndex; 2]>,
    /// As returned by [`camera::spacing`], in map units.
    pub spacing: f32,
    /// The largest absolute lane, in pixels at 100 %.
    pub widest_lane: f32,
    /// Number of ties that the view leaves out.
    pub hidden_ties: usize,
}

impl Overview {
    /// Computes the drawing data of a map.
    #[must_use]
    pub fn of(
        map: &Map,
        index: &Index,
        positions: &PerActorSlice<Point>,
        view: &View,
        shown: &ShownTies,
    ) -> Self {
        let hidden_ties = shown.hidden();
        let shown = shown.ties();
        let lanes = edge::lanes(index, shown);
        let tie_looks: Vec<TieLook> = shown
            .iter()
            .zip(lanes)
            .filter_map(|(relation, lane)| Self::tie_look(map, index, *relation, lane))
            .collect();
        let mut ties: PerActor<usize> = vec![0; map.actors.len()].into();
        for end in tie_looks.iter().flat_map(|tie_look| [tie_look.from, tie_look.to]) {
            ties[end] += 1;
        }
        let most = ties.iter().copied().max().unwrap_or(0);
        let actor_look = |(actor, ties): (&Actor, &usize)| ActorLook {
            build: Build::of(&actor.kind),
            half_px: half_size_px(*ties, most),
            is_tied: *ties > 0,
            is_pinned: map.layout.get(&actor.id).is_some_and(|placement| placement.pinned),
        };
        let tether = |(part, actor): (ActorIndex, &Actor)| {
            Some([part, index.actor(actor.part_of.as_deref()?)?])
        };
        let has_tethers = view.membership == Membership::Tethers;
        Self {
            tethers: map
                .actors
                .iter_enumerated()
                .filter(|_| has_tethers)
                .filter_map(tether)
                .collect(),
            actor_looks: map.actors.iter().zip(&ties).map(actor_look).collect(),
            spacing: camera::spacing(&positions.raw),
            widest_lane: tie_looks.iter().map(|tie_look| tie_look.lane.abs()).fold(0.0, f32::max),
            hidden_ties,
            tie_looks,
        }
    }

    /// The drawing data of a tie; `None` if one of its ends does not exist.
    fn tie_look(map: &Map, index: &Index, relation: RelationIndex, lane: f32) -> Option<TieLook> {
        let (from, to) = index.ends(relation)?;
        let tie = map.relations.get(relation)?;
        Some(TieLook {
            relation,
            from,
            to,
            lane,
            width_px: edge::width_px(tie),
            stance: tie.stance,
            dash: edge::dash(tie.status),
            is_directed: tie.directed,
            is_open: tie.status != Status::Reported,
            is_outlook: tie.status.is_outlook(),
        })
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

/// Fading under a selection, and the drawing order of ties.
#[derive(Debug, Default)]
pub struct Brightness {
    /// The share of its colour that each actor keeps, 0 to 1.
    pub actor_looks: PerActor<f32>,
    /// One per tie: the share of its colour that it keeps, 0 to 1.
    pub tie_looks: Vec<f32>,
    /// Positions in the overview's ties, faintest first.
    pub order: Vec<u32>,
    pub selected_actors: Vec<ActorIndex>,
    /// Selected ties, as positions in the overview's ties.
    pub selected_ties: Vec<u32>,
}

impl Brightness {
    /// Computes the fading under the emphasis and filter of `view`.
    #[must_use]
    pub fn of(map: &Map, overview: &Overview, view: &View) -> Self {
        let shares = Fading::of(map, view, |actor| {
            overview.actor_looks.get(actor).is_some_and(|actor_look| actor_look.is_tied)
        });
        let tie_looks: Vec<f32> =
            overview.tie_looks.iter().map(|tie_look| shares.relation(tie_look.relation)).collect();
        let slots = 0..u32::try_from(tie_looks.len()).unwrap_or(u32::MAX);
        let mut order: Vec<u32> = slots.clone().collect();
        order.sort_by(|a, b| tie_looks[*a as usize].total_cmp(&tie_looks[*b as usize]));
        let chosen: foldhash::HashSet<RelationIndex> =
            view.emphasis.selected_relations.iter().copied().collect();
        let is_selected =
            |slot: &u32| chosen.contains(&overview.tie_looks[*slot as usize].relation);
        let selected_ties =
            if chosen.is_empty() { Vec::new() } else { slots.filter(is_selected).collect() };
        Self {
            actor_looks: overview.actor_looks.keys().map(|actor| shares.actor(actor)).collect(),
            selected_actors: view.emphasis.selected_actors.clone(),
            selected_ties,
            tie_looks,
            order,
        }
    }
}

/// The colour of a tie that keeps `share` of its stance's colour.
#[must_use]
pub fn tie_color(theme: &Theme, stance: Stance, share: f32) -> Color {
    theme.stance(stance).over(theme.ground, share)
}
