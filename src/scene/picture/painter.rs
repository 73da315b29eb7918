//! Turns placed elements into marks: applies fading and sets the drawing order.

use super::badge::{self, Badge, Sizes};
use super::edge::{self, Route};
use super::fading::Fading;
use super::pill::{self, Pill};
use super::request::Request;
use super::shape::{self, Body};
use super::ways::Ways;
use super::{captions, hull, names, tie_words};
use crate::geometry::{Point, Rect};
use crate::model::{ActorIndex, LineIndex, PerActorSlice};
use crate::scene::primitive::{Color, Mark, Outline, Owner, Primitive, Stroke};
use crate::text::Measure;

/// Width of a line from a part to its whole, and radius of the dot at the whole, in pixels at 100
/// %.
const TETHER_PX: f32 = 1.3;
const TETHER_DOT_PX: f32 = 3.2;
/// Distance of that dot from the outline, so that no arrowhead covers it, in pixels at 100 %.
const BESIDE_HEADS_PX: f32 = 13.0;
/// Number of places that are tried for that dot.
const DOT_STEPS: u8 = 12;

/// Turns placed elements into marks.
pub(super) struct Painter<'a> {
    pub request: &'a Request<'a>,
    pub share: Fading,
    pub unit: f32,
    /// Pixels of the screen per pixel at 100 %, for what is drawn only if it is legible.
    pub factor: f32,
}

impl Painter<'_> {
    pub fn tethers(
        &self,
        actors: &[ActorIndex],
        bodies: &PerActorSlice<Body>,
        ways: &Ways,
    ) -> Vec<Mark> {
        let theme = self.request.theme;
        let shown = self.request.shown;
        let tether = |index: &ActorIndex| {
            let index = *index;
            let actor = self.request.map.actors.get(index)?;
            let whole = self.request.index.actor(actor.part_of.as_deref()?)?;
            let whole = shown.drawn_for(whole).filter(|whole| *whole != index)?;
            let share = self.share.actors[index].min(self.share.actors[whole]);
            let color = theme.tether().over(theme.ground, share);
            let ends = [bodies.get(index)?.centre, bodies.get(whole)?.centre];
            let reach = bodies.get(whole)?.reach_towards((ends[0] - ends[1]).direction());
            let primitives = tether(ends, self.clear_reach(ends, reach, ways), self.unit, color);
            Some(Mark { owner: Owner::Tether(index), primitives })
        };
        actors.iter().filter_map(tether).collect()
    }

    /// The distance of a tether's dot from the middle of the whole, whose outline is at `reach`:
    /// the first that is clear of other lines, or else beside their arrowheads.
    fn clear_reach(&self, [part, whole]: [Point; 2], reach: f32, ways: &Ways) -> f32 {
        let way = (part - whole).direction();
        let first = reach + BESIDE_HEADS_PX * self.unit;
        let room = 2.0 * TETHER_DOT_PX * self.unit;
        let is_clear = |distance: &f32| {
            let at = whole + way * *distance;
            ways.others_in(&Rect::around(at, room, room), usize::MAX) == 0
        };
        let steps = (0..DOT_STEPS).map(|step| first + f32::from(step) * room);
        let half = (part - whole).length() * 0.5;
        steps.take_while(|distance| *distance < half).find(is_clear).unwrap_or(first)
    }

    /// Lines and badges, faded lines first and selected lines last.
    pub fn lines(
        &self,
        shown: &[LineIndex],
        routes: &[Route],
        badges: &[Option<Badge>],
        sizes: &Sizes,
        measure: &dyn Measure,
    ) -> Vec<Mark> {
        let mut order: Vec<usize> = (0..shown.len()).collect();
        let rank = |slot: &usize| {
            let line = shown[*slot];
            (self.share.selected_lines[line], self.share.lines[line])
        };
        order.sort_by(|a, b| rank(a).0.cmp(&rank(b).0).then(rank(a).1.total_cmp(&rank(b).1)));
        let mark = |slot: usize, primitives| Mark { owner: Owner::Line(shown[slot]), primitives };
        // All lines come before all badges, so that no line crosses a badge.
        let lines = order
            .iter()
            .map(|slot| mark(*slot, edge::draw_line(&routes[*slot], &self.looks(shown[*slot]))));
        let signs = order.iter().filter_map(|slot| {
            let looks = self.looks(shown[*slot]);
            Some(mark(*slot, badge::draw(&badges[*slot]?, sizes, &looks, measure)))
        });
        lines.chain(signs).collect()
    }

    /// How a line is drawn.
    fn looks(&self, line: LineIndex) -> edge::Looks<'_> {
        edge::Looks {
            line: &self.request.shown.lines().list()[line],
            unit: self.unit,
            factor: self.factor,
            share: self.share.lines[line],
            is_selected: self.share.selected_lines[line],
            theme: self.request.theme,
        }
    }

    pub fn kinds(&self, shown: &[LineIndex], kinds: &[tie_words::Placed], size: f32) -> Vec<Mark> {
        let mark = |placed: &tie_words::Placed| {
            let line = shown[placed.slot];
            let share = self.share.lines[line];
            let primitives = tie_words::draw(placed, size, self.unit, share, self.request.theme);
            Mark { owner: Owner::Line(line), primitives }
        };
        kinds.iter().map(mark).collect()
    }

    pub fn captions(&self, captions: &[captions::Placed], size: f32) -> Vec<Mark> {
        let fill = hull::fill(self.request.theme);
        let mark = |placed: &captions::Placed| {
            let share = self.share.actors[placed.whole];
            let theme = self.request.theme;
            let text = captions::draw(placed, size, self.unit, share, fill, theme);
            Mark { owner: Owner::Hull(placed.whole), primitives: vec![text] }
        };
        captions.iter().map(mark).collect()
    }

    pub fn actors(
        &self,
        actors: &[ActorIndex],
        bodies: &PerActorSlice<Body>,
        measure: &dyn Measure,
    ) -> Vec<Mark> {
        let mark = |index: &ActorIndex| {
            let index = *index;
            let body = &bodies[index];
            let actor = &self.request.map.actors[index];
            let looks = shape::Looks {
                kind: &actor.kind,
                short: actor.short.as_deref(),
                unit: self.unit,
                factor: self.factor,
                share: self.share.actors[index],
                is_selected: self.share.selected_actors[index],
                camp: self.request.view.camp(index),
                theme: self.request.theme,
            };
            Mark { owner: Owner::Actor(index), primitives: shape::draw(body, &looks, measure) }
        };
        actors.iter().map(mark).filter(|mark| !mark.primitives.is_empty()).collect()
    }

    pub fn pills(&self, pills: &[Pill], measure: &dyn Measure) -> Vec<Mark> {
        let mark = |pill: &Pill| {
            let (theme, share) = (self.request.theme, self.share.actors[pill.actor]);
            let primitives = pill::draw(pill, self.unit, self.factor, share, theme, measure);
            Mark { owner: Owner::Actor(pill.actor), primitives }
        };
        pills.iter().map(mark).filter(|mark| !mark.primitives.is_empty()).collect()
    }

    pub fn names(&self, names: &[names::Placed], size: f32) -> Vec<Mark> {
        let mark = |placed: &names::Placed| Mark {
            owner: Owner::Actor(placed.actor),
            primitives: names::draw(
                placed,
                size,
                self.unit,
                self.share.actors[placed.actor],
                self.request.theme,
            ),
        };
        names.iter().map(mark).collect()
    }
}

/// A thin line from a part to its whole, with a dot at a distance of `reach` from the end of it.
/// The legend uses this as well.
#[must_use]
pub fn tether(ends: [Point; 2], reach: f32, unit: f32, color: Color) -> Vec<Primitive> {
    let [part, whole] = ends;
    let line = Primitive::Shape {
        outline: Outline::Line(part, whole),
        fill: None,
        stroke: Some(Stroke::solid(TETHER_PX * unit, color)),
    };
    let out = (part - whole).direction() * reach;
    let dot = Primitive::Shape {
        outline: Outline::Circle { centre: whole + out, radius: TETHER_DOT_PX * unit },
        fill: Some(color),
        stroke: None,
    };
    vec![line, dot]
}
