//! The plan of a command: its changes before they are applied. Also the functions that the planning
//! modules share.

use std::collections::BTreeSet;

use super::history::{Change, Event, StepName};
use crate::model::{ActorId, COORDINATE_LIMIT};

/// Positions are rounded to 1/100 map unit. More digits would only make files harder to compare.
const GRID_PER_UNIT: f64 = 100.0;

/// The changes that a command makes, and the name of the step.
pub(super) struct Plan {
    pub name: StepName,
    pub changes: Vec<Change>,
    /// Consecutive plans with the same key become one step.
    pub merge_key: Option<String>,
}

impl Plan {
    /// A plan that becomes a separate step.
    pub(super) fn new(words: impl Into<String>, changes: Vec<Change>) -> Self {
        Self { name: StepName::edit(words), changes, merge_key: None }
    }

    /// A plan that is merged into the previous step if that has the same key.
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

/// Clears a reference to an actor that is being deleted.
pub(super) fn forget(id: &mut Option<Box<ActorId>>, gone: &BTreeSet<&ActorId>) {
    if id.as_deref().is_some_and(|id| gone.contains(id)) {
        *id = None;
    }
}

/// Rounds a coordinate to 1/100 map unit and clamps it to the limits. NaN and infinity become 0.
pub(super) fn on_grid(coordinate: f64) -> f64 {
    let coordinate = if coordinate.is_finite() {
        coordinate.clamp(-COORDINATE_LIMIT, COORDINATE_LIMIT)
    } else {
        0.0
    };
    // Adding 0.0 turns -0.0 into 0.0.
    (coordinate * GRID_PER_UNIT).round() / GRID_PER_UNIT + 0.0
}
