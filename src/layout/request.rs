//! The request for an arrangement, and its result.

use super::methods::Method;
use crate::analysis::nearness::Nearer;
use crate::geometry::Point;
use crate::model::query::Index;
use crate::model::{ActorIndex, Map, PerActor, PerActorSlice};
use crate::named::Named;

/// How much time is spent on a good arrangement.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Quality {
    #[default]
    Fast,
    High,
}

impl Named for Quality {
    const ALL: &'static [Self] = &[Self::Fast, Self::High];

    fn key(self) -> &'static str {
        match self {
            Self::Fast => "fast",
            Self::High => "high",
        }
    }
}

/// A request to arrange actors.
pub struct Request<'a> {
    pub map: &'a Map,
    pub index: &'a Index,
    /// The current position of each actor, in map units.
    pub positions: &'a PerActorSlice<Point>,
    pub method: &'static Method,
    pub quality: Quality,
    /// Seed of the random numbers.
    pub seed: u64,
    /// The actors to arrange; `None` for all. The others stay in place.
    pub only: Option<&'a [ActorIndex]>,
}

impl<'a> Request<'a> {
    /// A request for all actors, with the default quality and seed.
    #[must_use]
    pub fn new(
        map: &'a Map,
        index: &'a Index,
        positions: &'a PerActorSlice<Point>,
        method: &'static Method,
    ) -> Self {
        Self { map, index, positions, method, quality: Quality::Fast, seed: 1, only: None }
    }
}

/// Positions, and how well they show who stands with whom.
#[derive(Clone, Debug, PartialEq)]
pub struct Arranged {
    /// In map units.
    pub positions: PerActor<Point>,
    /// How often friends are nearer than enemies.
    pub nearer: Nearer,
}
