//! Turns placed elements into marks: applies fading and sets the drawing order.

use super::badge::{self, Badge};
use super::edge::{self, Route};
use super::fading::Fading;
use super::request::Request;
use super::shape::{self, Body};
use super::{names, tie_words};
use crate::model::{ActorIndex, PerActorSlice, RelationIndex};
use crate::scene::primitive::{Mark, Outline, Owner, Primitive, Stroke};
use crate::text::Measure;

/// Turns placed elements into marks.
pub(super) struct Painter<'a> {
    pub request: &'a Request<'a>,
    pub share: Fading,
    pub unit: f32,
    pub factor: f32,
}

impl Painter<'_> {
    pub fn tethers(&self, actors: &[ActorIndex], bodies: &PerActorSlice<Body>) -> Vec<Mark> {
        let theme = self.request.theme;
        let tether = |index: &ActorIndex| {
            let index = *index;
            let actor = self.request.map.actors.get(index)?;
            let whole = self.request.index.actor(actor.part_of.as_deref()?)?;
            let share = self.share.actors[index].min(self.share.actors[whole]);
            let stroke = Stroke::solid(1.1 * self.unit, theme.rule.over(theme.ground, share));
            let outline = Outline::Line(bodies.get(index)?.centre, bodies.get(whole)?.centre);
            let primitives = vec![Primitive::Shape { outline, fill: None, stroke: Some(stroke) }];
            Some(Mark { owner: Owner::Tether(index), primitives })
        };
        actors.iter().filter_map(tether).collect()
    }

    /// Lines and badges, faded ties first and selected ties last.
    pub fn ties(
        &self,
        shown: &[RelationIndex],
        routes: &[Route],
        badges: &[Option<Badge>],
        size: f32,
    ) -> Vec<Mark> {
        let mut order: Vec<usize> = (0..shown.len()).collect();
        let rank = |slot: &usize| {
            let relation = shown[*slot];
            (self.share.selected_relations[relation], self.share.relations[relation])
        };
        order.sort_by(|a, b| rank(a).0.cmp(&rank(b).0).then(rank(a).1.total_cmp(&rank(b).1)));
        let mark =
            |slot: usize, primitives| Mark { owner: Owner::Relation(shown[slot]), primitives };
        // All lines come before all badges, so that no line crosses a badge.
        let lines = order
            .iter()
            .map(|slot| mark(*slot, edge::draw_line(&routes[*slot], &self.looks(shown[*slot]))));
        let signs = order.iter().filter_map(|slot| {
            Some(mark(*slot, badge::draw(&badges[*slot]?, size, &self.looks(shown[*slot]))))
        });
        lines.chain(signs).collect()
    }

    /// How a relation of the map is drawn.
    fn looks(&self, relation: RelationIndex) -> edge::Looks<'_> {
        edge::Looks {
            relation: &self.request.map.relations[relation],
            unit: self.unit,
            factor: self.factor,
            share: self.share.relations[relation],
            is_selected: self.share.selected_relations[relation],
            theme: self.request.theme,
        }
    }

    pub fn kinds(
        &self,
        shown: &[RelationIndex],
        kinds: &[tie_words::Placed],
        size: f32,
    ) -> Vec<Mark> {
        let mark = |placed: &tie_words::Placed| {
            let relation = shown[placed.slot];
            let primitives = tie_words::draw(
                placed,
                size,
                self.unit,
                self.share.relations[relation],
                self.request.theme,
            );
            Mark { owner: Owner::Relation(relation), primitives }
        };
        kinds.iter().map(mark).collect()
    }

    pub fn actors(
        &self,
        actors: &[ActorIndex],
        bodies: &PerActorSlice<Body>,
        only_words: bool,
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
                theme: self.request.theme,
            };
            let draw = if only_words { shape::draw_words } else { shape::draw };
            Mark { owner: Owner::Actor(index), primitives: draw(body, &looks, measure) }
        };
        actors.iter().map(mark).filter(|mark| !mark.primitives.is_empty()).collect()
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
