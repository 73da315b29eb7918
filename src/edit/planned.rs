//! What a command would do, before it is done, and what those who plan it share.

use std::collections::BTreeSet;

use super::history::{Change, Event, StepName};
use crate::model::{ActorId, COORDINATE_LIMIT};

/// Positions are kept to a hundredth of a map unit; finer would only make files harder to compare.
const GRID_PER_UNIT: f64 = 100.0;

/// What a command would do.
pub(super) struct Plan {
    pub name: StepName,
    pub changes: Vec<Change>,
    /// Consecutive plans with the same key are one step.
    pub merge_key: Option<String>,
}

impl Plan {
    /// A plan that is a step of its own.
    pub(super) fn new(words: impl Into<String>, changes: Vec<Change>) -> Self {
        Self { name: StepName::edit(words), changes, merge_key: None }
    }

    /// A plan that joins the step before it if that has the same key.
    pub(super) fn merging(words: String, changes: Vec<Change>, key: String) -> Self {
        Self { merge_key: Some(key), ..Self::new(words, changes) }
    }
}

impl From<Plan> for Event {
    fn from(plan: Plan) -> Self {
        let Plan { name, changes, merge_key } = plan;
        Self { name, changes, merge_key }
    }
}

/// Empties a mention of an actor that goes.
pub(super) fn forget(id: &mut Option<Box<ActorId>>, gone: &BTreeSet<&ActorId>) {
    if id.as_deref().is_some_and(|id| gone.contains(id)) {
        *id = None;
    }
}

/// To a hundredth of a map unit, within the limits; what is no number is 0.
pub(super) fn on_grid(coordinate: f64) -> f64 {
    let coordinate = if coordinate.is_finite() {
        coordinate.clamp(-COORDINATE_LIMIT, COORDINATE_LIMIT)
    } else {
        0.0
    };
    (coordinate * GRID_PER_UNIT).round() / GRID_PER_UNIT + 0.0
}
