//! What is to be arranged, and what comes of it.

use crate::analysis::nearness::Nearer;
use crate::geometry::Point;
use crate::model::Map;
use crate::model::query::Index;

/// How to arrange.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Method {
    /// Friends near, enemies far.
    Signed,
    /// As near as there are few ties between them, whatever the ties say.
    Stress,
    /// On a circle, camp by camp.
    Circle,
    /// On rings, those with most ties inside.
    Concentric,
    /// From left to right by their first date.
    Timeline,
    /// Wholes above, their parts below.
    Layers,
}

/// How long to look for a good arrangement.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Quality {
    Fast,
    High,
}

/// What is to be arranged.
pub struct Request<'a> {
    pub map: &'a Map,
    pub index: &'a Index,
    /// Where everybody stands now, in map units.
    pub positions: &'a [Point],
    pub method: Method,
    pub quality: Quality,
    pub seed: u64,
    /// These alone, by position; everybody else stays.
    pub only: Option<&'a [usize]>,
}

/// Places, and how well they say who stands with whom.
#[derive(Clone, Debug, PartialEq)]
pub struct Arranged {
    /// One for each actor, in map units.
    pub positions: Vec<Point>,
    pub nearer: Nearer,
}
