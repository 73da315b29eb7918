//! What is to be arranged, and what comes of it.

use super::methods::Method;
use crate::analysis::nearness::Nearer;
use crate::geometry::Point;
use crate::model::Map;
use crate::model::query::Index;
use crate::named::Named;

/// How long to look for a good arrangement.
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

/// What is to be arranged.
pub struct Request<'a> {
    pub map: &'a Map,
    pub index: &'a Index,
    /// Where each actor is now, in map units.
    pub positions: &'a [Point],
    pub method: &'static Method,
    pub quality: Quality,
    pub seed: u64,
    /// Positions in `map.actors` of those that are arranged; `None` for all. The others stay.
    pub only: Option<&'a [usize]>,
}

impl<'a> Request<'a> {
    /// All actors, in the usual quality, with the usual seed.
    #[must_use]
    pub fn new(
        map: &'a Map,
        index: &'a Index,
        positions: &'a [Point],
        method: &'static Method,
    ) -> Self {
        Self { map, index, positions, method, quality: Quality::Fast, seed: 1, only: None }
    }
}

/// Positions, and how well they say who stands with whom.
#[derive(Clone, Debug, PartialEq)]
pub struct Arranged {
    /// One for each actor, in map units.
    pub positions: Vec<Point>,
    pub nearer: Nearer,
}
