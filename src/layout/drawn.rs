//! Arranging only what a view shows: actors that are drawn, with the ties drawn for them.

use super::arrange::{arrange, objection};
use super::request::{Arranged, Request};
use crate::geometry::Point;
use crate::model::query::Index;
use crate::model::{ActorId, ActorIndex, Map, PerActor, PerActorSlice, Relation, RelationIndex};
use crate::progress::{Cancelled, Progress};
use crate::scene::shown::Shown;

/// What a view shows of a map, as a map of its own: each tie joins the actors that are drawn for
/// its ends.
pub struct DrawnMap {
    map: Map,
    index: Index,
    positions: PerActor<Point>,
    /// For each of its actors the actor of the whole map.
    actors: Vec<ActorIndex>,
}

impl DrawnMap {
    /// The map of what is drawn, its index and the positions of its actors.
    #[must_use]
    pub fn parts(&self) -> (&Map, &Index, &PerActorSlice<Point>) {
        (&self.map, &self.index, &self.positions)
    }

    /// What `shown` draws of a map; `None` if that is all actors, none of them folded, and all ties
    /// apart from forecasts.
    #[must_use]
    pub fn of(
        map: &Map,
        index: &Index,
        positions: &PerActorSlice<Point>,
        shown: &Shown,
    ) -> Option<Self> {
        let is_drawn = |(tie, relation): (RelationIndex, &Relation)| {
            relation.status.is_outlook() || shown.contains(tie)
        };
        if map.actors.keys().all(|actor| shown.is_drawn(actor))
            && map.relations.iter_enumerated().all(is_drawn)
        {
            return None;
        }
        let actors: Vec<ActorIndex> = shown.actors().collect();
        let id = |actor: ActorIndex| map.actors.get(actor).map(|actor| actor.id.clone());
        let drawn = |whole: &ActorId| {
            let by = index.actor(whole).and_then(|whole| shown.drawn_for(whole));
            by.and_then(id).unwrap_or_else(|| whole.clone())
        };
        let tie = |at: &RelationIndex| {
            let relation = map.relations.get(*at)?;
            let (from, to) = index.ends(*at)?;
            let (from, to) = (shown.drawn_for(from)?, shown.drawn_for(to)?);
            Some(Relation { from: id(from)?, to: id(to)?, ..relation.clone() })
        };
        let part = |actor: &ActorIndex| {
            let mut actor = map.actors.get(*actor)?.clone();
            let whole = actor.part_of.as_deref().map(drawn);
            actor.part_of = whole.filter(|whole| *whole != actor.id).map(Box::new);
            Some(actor)
        };
        let drawn_map = Map {
            sources: map.sources.clone(),
            actors: actors.iter().filter_map(part).collect(),
            relations: shown.ties().iter().filter_map(tie).collect(),
            layout: map.layout.clone(),
            notes: map.notes.clone(),
            ..Map::default()
        };
        let index = Index::of(&drawn_map);
        let place = |actor: &ActorIndex| positions.get(*actor).copied().unwrap_or_default();
        let positions = actors.iter().map(place).collect();
        Some(Self { map: drawn_map, index, positions, actors })
    }

    /// The places of actors of the whole map in this one. Those that are not drawn are left out.
    fn places(&self, only: &[ActorIndex]) -> Vec<ActorIndex> {
        let place = |actor: &ActorIndex| self.actors.binary_search(actor).ok();
        only.iter().filter_map(place).map(ActorIndex::from).collect()
    }

    fn request<'a>(&'a self, request: &Request<'a>, only: Option<&'a [ActorIndex]>) -> Request<'a> {
        let Request { method, quality, seed, .. } = *request;
        let Self { map, index, positions, .. } = self;
        Request { map, index, positions, method, quality, seed, only }
    }
}

/// Why the method cannot arrange what is drawn, and what to do; `None` if it can.
#[must_use]
pub fn objection_to_drawn(request: &Request<'_>, drawn: Option<&DrawnMap>) -> Option<&'static str> {
    let Some(drawn) = drawn else { return objection(request) };
    let only = request.only.map(|only| drawn.places(only));
    objection(&drawn.request(request, only.as_deref()))
}

/// Computes positions for the requested actors that are drawn. The others stay in place.
///
/// # Errors
/// `Cancelled` if the work was cancelled.
pub fn arrange_drawn(
    request: &Request<'_>,
    drawn: Option<&DrawnMap>,
    progress: &Progress,
) -> Result<Arranged, Cancelled> {
    let Some(drawn) = drawn else { return arrange(request, progress) };
    let only = request.only.map(|only| drawn.places(only));
    let arranged = arrange(&drawn.request(request, only.as_deref()), progress)?;
    let mut positions = request.positions.to_owned();
    for (actor, at) in drawn.actors.iter().zip(arranged.positions) {
        positions[*actor] = at;
    }
    Ok(Arranged { positions, nearer: arranged.nearer })
}
