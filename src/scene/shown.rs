//! What a view shows of a map: the actors that are drawn, and the lines for the ties between them.

use std::cell::Cell;

use super::folding::{folded_into, stands_for_parts};
use super::left_out::{LeftOut, Reason};
use super::lines::Lines;
use super::neighbourhood::{centres, neighbourhood};
use super::view::{Camps, View};
use crate::geometry::Point;
use crate::model::query::{Census, Index};
use crate::model::view::SizeBy;
use crate::model::{
    ActorIndex, LineIndex, Map, PerActor, PerActorSlice, PerLine, RelationIndex, ViewSettings,
};

/// What a view shows of a map. Computed once per version of the map and view settings.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Shown {
    /// Ascending.
    ties: Vec<RelationIndex>,
    /// For each actor the one that is drawn for it: itself, or the whole that it is folded into.
    /// `None` if neither is drawn.
    drawn: PerActor<Option<ActorIndex>>,
    /// Number of actors that have a shape.
    shapes: usize,
    lines: Lines,
    /// Number of actors that are folded into others.
    folded: usize,
    /// For each actor the number of actors that it stands for; empty if none is folded.
    stands_for: PerActor<u32>,
    /// What is not drawn, apart from folded actors and forecasts.
    left_out: LeftOut,
    /// For each actor the share of the largest size, 0 to 1.
    sizes: PerActor<f32>,
    /// For each actor the number of shown ties.
    degrees: PerActor<u32>,
    /// Counts of the shown ties and of their excerpts.
    census: Census,
    /// Number of forecasts and hypotheses that are left out because the view shows none.
    forecasts_left_out: usize,
    /// As in the view.
    camps: Camps,
}

/// Up to this number of actors and lines, a map is drawn as one scene, in which lines, badges and
/// names keep clear of each other. Larger maps are drawn part by part.
const SMALL_AT_MOST: usize = 1500;

impl Shown {
    /// True if so little is drawn that elements keep clear of each other.
    #[must_use]
    pub fn is_small(&self) -> bool {
        self.shapes + self.lines.len() <= SMALL_AT_MOST
    }

    /// What `view` shows of a map.
    #[must_use]
    pub fn of(map: &Map, index: &Index, view: &View) -> Self {
        let settings = &view.settings;
        let mut drawn = drawn_actors(map, index, settings);
        let mut left_out = LeftOut::by_settings(map, index, settings, &drawn);
        let inside = Cell::new(0);
        let passing = settings.filter.shown(map, index, settings.outlook).into_iter();
        let joined = |tie: RelationIndex| {
            let (from, to) = index.ends(tie)?;
            let ends = [drawn[from]?, drawn[to]?];
            // A tie inside a folded whole is not drawn.
            let is_inside = from != to && ends[0] == ends[1];
            let is_hidden = !settings.hidden_ties.is_empty()
                && settings.hidden_ties.contains(&map.relations[tie].id);
            inside.set(inside.get() + usize::from(is_inside && !is_hidden));
            (!is_inside && !is_hidden).then_some((tie, ends))
        };
        let mut ties: Vec<(RelationIndex, [ActorIndex; 2])> = passing.filter_map(joined).collect();
        left_out.ties_inside = inside.get();
        if let Some(around) = &settings.around {
            let centres = centres(around, &drawn, index);
            let is_near = neighbourhood(&ties, &centres, around.steps, drawn.len());
            ties.retain(|(_, ends)| ends.iter().all(|end| is_near[*end]));
            for by in &mut drawn {
                *by = by.filter(|by| is_near[*by]);
            }
            left_out.add(&drawn, |_| Reason::Apart);
            left_out.around = Some((centres, around.steps));
        }
        let lines = Lines::of(map, &ties, settings.line_mode(), &view.expanded);
        let degrees: PerActor<u32> = lines.degrees(map.actors.len()).into();
        if settings.filter.selects_ties() {
            let is_kept =
                |by: &ActorIndex| degrees[*by] > 0 || view.revealed.binary_search(by).is_ok();
            for by in &mut drawn {
                *by = by.filter(is_kept);
            }
            left_out.add(&drawn, |_| Reason::Filtered);
        }
        let ties: Vec<RelationIndex> = ties.into_iter().map(|(tie, _)| tie).collect();
        let census = Census::of(
            map.actors.iter().zip(&drawn).filter(|(_, by)| by.is_some()).map(|(actor, _)| actor),
            ties.iter().filter_map(|tie| map.relations.get(*tie)),
        );
        let is_folded =
            |(actor, by): (ActorIndex, &Option<ActorIndex>)| by.is_some_and(|by| by != actor);
        let folded = drawn.iter_enumerated().filter(|one| is_folded(*one)).count();
        let stands_for = stands_for(&drawn, folded);
        let shapes = drawn.len() - left_out.count() - folded;
        let sizes = sizes(map, settings.size, &drawn, &lines, &degrees);
        let camps = view.camps.clone();
        let forecasts_left_out = if settings.outlook { 0 } else { index.census().outlooks };
        Self {
            ties,
            drawn,
            shapes,
            lines,
            folded,
            stands_for,
            left_out,
            sizes,
            degrees,
            census,
            forecasts_left_out,
            camps,
        }
    }

    /// The shown ties, ascending.
    #[must_use]
    pub fn ties(&self) -> &[RelationIndex] {
        &self.ties
    }

    /// The lines that are drawn for the shown ties.
    #[must_use]
    pub fn lines(&self) -> &Lines {
        &self.lines
    }

    /// True if this tie is shown.
    #[must_use]
    pub fn contains(&self, tie: RelationIndex) -> bool {
        self.lines.line_of(tie).is_some()
    }

    /// The actor that is drawn for this one; `None` if it is not shown at all.
    #[must_use]
    pub fn drawn_for(&self, actor: ActorIndex) -> Option<ActorIndex> {
        self.drawn.get(actor).copied().flatten()
    }

    /// True if this actor has a shape of its own.
    #[must_use]
    pub fn is_drawn(&self, actor: ActorIndex) -> bool {
        self.drawn_for(actor) == Some(actor)
    }

    /// The actors that have shapes, ascending.
    pub fn actors(&self) -> impl Iterator<Item = ActorIndex> {
        let own = self.drawn.iter_enumerated().filter(|(actor, by)| **by == Some(*actor));
        own.map(|(actor, _)| actor)
    }

    /// The positions of the actors that have shapes, ascending by actor.
    #[must_use]
    pub fn places(&self, positions: &PerActorSlice<Point>) -> Vec<Point> {
        self.actors().filter_map(|actor| positions.get(actor)).copied().collect()
    }

    /// The actors that this one stands for, ascending; empty if it is not folded.
    #[must_use]
    pub fn folded_in(&self, whole: ActorIndex) -> Vec<ActorIndex> {
        if self.stands_for(whole) == 0 {
            return Vec::new();
        }
        let parts = self.drawn.iter_enumerated();
        let parts = parts.filter(|(part, by)| **by == Some(whole) && *part != whole);
        parts.map(|(part, _)| part).collect()
    }

    /// Number of other actors that this one stands for.
    #[must_use]
    pub fn stands_for(&self, whole: ActorIndex) -> usize {
        self.stands_for.get(whole).map_or(0, |count| *count as usize)
    }

    /// Number of actors that are folded into others.
    #[must_use]
    pub fn folded(&self) -> usize {
        self.folded
    }

    /// Number of actors that have a shape.
    #[must_use]
    pub fn shapes(&self) -> usize {
        self.shapes
    }

    /// What is not drawn, by reason, apart from folded actors and forecasts.
    #[must_use]
    pub fn left_out(&self) -> &LeftOut {
        &self.left_out
    }

    /// The size of an actor's shape, as a share of the largest one: 0 to 1.
    #[must_use]
    pub fn size(&self, actor: ActorIndex) -> f32 {
        self.sizes.get(actor).copied().unwrap_or(0.0)
    }

    /// The camp of an actor, counted from 0; `None` if it has none, or camps are not shown.
    #[must_use]
    pub fn camp(&self, actor: ActorIndex) -> Option<u16> {
        self.camps.as_ref()?.get(actor).copied().flatten()
    }

    /// Number of shown ties of an actor, with those of the actors that it stands for.
    #[must_use]
    pub fn degree(&self, actor: ActorIndex) -> u32 {
        self.degrees.get(actor).copied().unwrap_or(0)
    }

    /// Number of forecasts and hypotheses that are left out because the view shows none.
    #[must_use]
    pub fn forecasts_left_out(&self) -> usize {
        self.forecasts_left_out
    }

    /// Counts of the shown ties and their excerpts, with those of the actors that are drawn or
    /// folded into drawn ones.
    #[must_use]
    pub fn census(&self) -> Census {
        self.census
    }
}

/// One entry per line in `lines`: its number, counted from 1 in file order, or `None` if no tie of
/// it has excerpts.
#[must_use]
pub fn numbers(map: &Map, lines: &Lines) -> PerLine<Option<usize>> {
    let mut next = 0;
    let number = |line: LineIndex| {
        let has_excerpts = |tie: &RelationIndex| !map.relations[*tie].evidence.is_empty();
        lines.ties(line).iter().any(has_excerpts).then(|| {
            next += 1;
            next
        })
    };
    lines.list().keys().map(number).collect()
}

/// For each actor the number of actors that are folded into it; empty if none is.
fn stands_for(drawn: &PerActor<Option<ActorIndex>>, folded: usize) -> PerActor<u32> {
    if folded == 0 {
        return PerActor::new();
    }
    let mut counts: PerActor<u32> = vec![0; drawn.len()].into();
    for (actor, by) in drawn.iter_enumerated() {
        if let Some(by) = by.filter(|by| *by != actor) {
            counts[by] += 1;
        }
    }
    counts
}

/// For each actor the one that is drawn for it, before any tie is looked at.
fn drawn_actors(map: &Map, index: &Index, settings: &ViewSettings) -> PerActor<Option<ActorIndex>> {
    let hidden_kinds = &settings.filter.hidden_actor_kinds;
    let is_plain = settings.hidden_actors.is_empty() && hidden_kinds.is_empty();
    let is_visible = |actor: ActorIndex| {
        let actor = &map.actors[actor];
        !settings.hidden_actors.contains(&actor.id) && !hidden_kinds.contains(&actor.kind)
    };
    if settings.folded.is_empty() {
        let own = |actor: ActorIndex| (is_plain || is_visible(actor)).then_some(actor);
        return map.actors.keys().map(own).collect();
    }
    let mut is_folded: PerActor<bool> = vec![false; map.actors.len()].into();
    for actor in settings.folded.iter().filter_map(|id| index.actor(id)) {
        is_folded[actor] = stands_for_parts(map, settings, actor);
    }
    let whole = |actor: ActorIndex| index.actor(map.actors[actor].part_of.as_deref()?);
    let by = folded_into(map.actors.len(), whole, &is_folded);
    let drawn = map.actors.keys().zip(by);
    drawn.map(|(actor, by)| (is_visible(actor) && is_visible(by)).then_some(by)).collect()
}

/// The size of each drawn actor as a share of the largest one, 0 to 1.
fn sizes(
    map: &Map,
    by: SizeBy,
    drawn: &PerActor<Option<ActorIndex>>,
    lines: &Lines,
    degrees: &PerActor<u32>,
) -> PerActor<f32> {
    #[expect(clippy::cast_precision_loss, reason = "counts are far below 2^24")]
    let values: PerActor<f32> = match by {
        SizeBy::Ties => degrees.iter().map(|count| *count as f32).collect(),
        SizeBy::Excerpts => {
            let mut counts: PerActor<f32> = vec![0.0; drawn.len()].into();
            for (actor, by) in drawn.iter_enumerated() {
                if let Some(by) = by {
                    counts[*by] += map.actors[actor].evidence.len() as f32;
                }
            }
            for (line, ends) in lines.list().iter_enumerated().map(|(at, line)| (at, line.ends)) {
                let ties = lines.ties(line).iter();
                let count: usize = ties.map(|tie| map.relations[*tie].evidence.len()).sum();
                for end in ends {
                    counts[end] += count as f32;
                }
            }
            counts
        }
        #[expect(clippy::cast_possible_truncation, reason = "a share of the largest is enough")]
        SizeBy::Weight => {
            let weight = |actor: &crate::model::Actor| actor.weight.unwrap_or(0.0).max(0.0) as f32;
            map.actors.iter().map(weight).collect()
        }
    };
    let most = values.iter().copied().filter(|value| value.is_finite()).fold(0.0, f32::max);
    let share = |value: &f32| {
        if most > 0.0 { (value / most).clamp(0.0, 1.0).sqrt() } else { 0.0 }
    };
    values.iter().map(share).collect()
}
