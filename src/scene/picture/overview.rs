//! Zoom-independent drawing data: sizes, line styles, lanes, fading. Rebuilt only when the content,
//! view or layout changes, so that drawing a frame of a large map need not read the map.

use super::edge;
use super::fading::Shares;
use super::shape::{Body, Build, half_size_px};
use crate::geometry::Point;
use crate::model::query::Index;
use crate::model::{Map, Stance, Status};
use crate::scene::camera;
use crate::scene::primitive::{Color, Dash};
use crate::scene::theme::Theme;
use crate::scene::view::{Membership, ShownTies, View};

/// Drawing data of an actor.
#[derive(Clone, Copy, Debug)]
pub struct Dot {
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
pub struct Thread {
    /// Position in `map.relations`.
    pub relation: u32,
    /// Positions in `map.actors`.
    pub from: u32,
    pub to: u32,
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
    /// One per actor of the map.
    pub dots: Vec<Dot>,
    /// One per shown tie whose ends exist.
    pub threads: Vec<Thread>,
    /// Pairs of a part and its whole, as positions in `map.actors`; empty unless the view shows
    /// tethers.
    pub tethers: Vec<[u32; 2]>,
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
        positions: &[Point],
        view: &View,
        shown: &ShownTies,
    ) -> Self {
        let hidden_ties = shown.hidden();
        let shown = shown.ties();
        let lanes = edge::lanes(index, shown);
        let number = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
        let thread = |(relation, lane): (&usize, f32)| {
            let (from, to) = index.ends(*relation)?;
            let tie = map.relations.get(*relation)?;
            Some(Thread {
                relation: number(*relation),
                from: number(from),
                to: number(to),
                lane,
                width_px: edge::width_px(tie),
                stance: tie.stance,
                dash: edge::dash(tie.status),
                is_directed: tie.directed,
                is_open: tie.status != Status::Reported,
                is_outlook: tie.status.is_outlook(),
            })
        };
        let threads: Vec<Thread> = shown.iter().zip(lanes).filter_map(thread).collect();
        let mut ties = vec![0_usize; map.actors.len()];
        for end in threads.iter().flat_map(|thread| [thread.from, thread.to]) {
            ties[end as usize] += 1;
        }
        let most = ties.iter().copied().max().unwrap_or(0);
        let dot = |(actor, ties): (&crate::model::Actor, &usize)| Dot {
            build: Build::of(&actor.kind),
            half_px: half_size_px(*ties, most),
            is_tied: *ties > 0,
            is_pinned: map.layout.get(&actor.id).is_some_and(|placement| placement.pinned),
        };
        let tether = |(part, actor): (usize, &crate::model::Actor)| {
            Some([number(part), number(index.actor(actor.part_of.as_deref()?)?)])
        };
        let has_tethers = view.membership == Membership::Tethers;
        Self {
            tethers: map
                .actors
                .iter()
                .enumerate()
                .filter(|_| has_tethers)
                .filter_map(tether)
                .collect(),
            dots: map.actors.iter().zip(&ties).map(dot).collect(),
            spacing: camera::spacing(positions),
            widest_lane: threads.iter().map(|thread| thread.lane.abs()).fold(0.0, f32::max),
            hidden_ties,
            threads,
        }
    }

    /// The shape of an actor at a position; `unit` is map units per pixel at 100 %.
    #[must_use]
    pub fn body(&self, actor: usize, at: Point, unit: f32) -> Body {
        let (build, half_px) =
            self.dots.get(actor).map_or((Build::Circle, 0.0), |dot| (dot.build, dot.half_px));
        Body::of(build, at, half_px * unit)
    }
}

/// Fading under a selection, and the drawing order of ties.
#[derive(Debug, Default)]
pub struct Brightness {
    /// One per actor: the share of its colour that it keeps, 0 to 1.
    pub dots: Vec<f32>,
    /// One per thread: the share of its colour that it keeps, 0 to 1.
    pub threads: Vec<f32>,
    /// Positions in the overview's threads, faintest first.
    pub order: Vec<u32>,
    /// Selected actors, as positions in the overview's dots.
    pub selected_dots: Vec<u32>,
    /// Selected ties, as positions in the overview's threads.
    pub selected_threads: Vec<u32>,
}

impl Brightness {
    /// Computes the fading under the emphasis and filter of `view`.
    #[must_use]
    pub fn of(map: &Map, overview: &Overview, view: &View) -> Self {
        let shares =
            Shares::of(map, view, |actor| overview.dots.get(actor).is_some_and(|dot| dot.is_tied));
        let threads: Vec<f32> = overview
            .threads
            .iter()
            .map(|thread| shares.relation(thread.relation as usize))
            .collect();
        let mut order: Vec<u32> = (0..u32::try_from(threads.len()).unwrap_or(u32::MAX)).collect();
        order.sort_by(|a, b| threads[*a as usize].total_cmp(&threads[*b as usize]));
        let number = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
        let chosen: foldhash::HashSet<usize> =
            view.emphasis.selected_relations.iter().copied().collect();
        let is_selected = |at: &usize| chosen.contains(&(overview.threads[*at].relation as usize));
        let selected: Vec<usize> = if chosen.is_empty() {
            Vec::new()
        } else {
            (0..threads.len()).filter(is_selected).collect()
        };
        Self {
            dots: (0..overview.dots.len()).map(|actor| shares.actor(actor)).collect(),
            selected_dots: view
                .emphasis
                .selected_actors
                .iter()
                .map(|actor| number(*actor))
                .collect(),
            selected_threads: selected.into_iter().map(number).collect(),
            threads,
            order,
        }
    }
}

/// The colour of a tie that keeps `share` of its stance's colour.
#[must_use]
pub fn tie_color(theme: &Theme, stance: Stance, share: f32) -> Color {
    theme.stance(stance).over(theme.ground, share)
}
