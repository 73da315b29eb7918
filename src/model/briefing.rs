//! The steps of a briefing: each a title, a few sentences, and how the map is looked at meanwhile.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::words::cut_to;
use super::{ActorId, Extra, RelationId, StepId, ViewSettings};

/// Most characters of a step in a message.
const BRIEF_AT_MOST: usize = 40;

/// A step of a briefing.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct BriefingStep {
    pub id: StepId,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub title: String,
    /// A few sentences.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub text: String,
    /// How the map is looked at.
    #[serde(default)]
    pub view: ViewSettings,
    /// The ids of the actors and ties that stand out; of an actor, if both have this id.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub focus: Vec<String>,
    /// The part of the map that is shown; `None` for all that the view shows.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub camera: Option<StepCamera>,
    #[serde(flatten)]
    pub extra: Extra,
}

/// The part of the map that a step shows: a rectangle that fits into [`STEP_PAGE`] pixels at this
/// zoom. Pages show all of it, between their title and their notes.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct StepCamera {
    /// Horizontal position of the centre, in map units.
    pub x: f64,
    /// Vertical position of the centre, in map units.
    pub y: f64,
    /// Pixels per map unit; above 0.
    pub zoom: f64,
    /// Width of the rectangle, divided by its height; above 0. `None` for that of [`STEP_PAGE`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ratio: Option<f64>,
}

/// Width and height, in pixels, of the page to which the zoom of a step refers.
pub const STEP_PAGE: (f32, f32) = (1600.0, 1000.0);

impl BriefingStep {
    /// Its title, or the start of its text, or `step 3`; `number` counts from 1.
    #[must_use]
    pub fn name(&self, number: usize) -> String {
        let lines = [&self.title, &self.text].into_iter().flat_map(|text| text.lines());
        let line = lines.map(str::trim).find(|line| !line.is_empty());
        line.map_or_else(|| format!("step {number}"), |line| cut_to(line, BRIEF_AT_MOST))
    }

    /// Replaces the id of an actor.
    pub fn rename_actor(&mut self, from: &ActorId, to: &ActorId) {
        self.view.rename_actor(from, to);
        self.rename_in_focus(from.as_str(), to.as_str());
    }

    /// Replaces the id of a tie. `is_in_focus` is false if an actor has the old id, which is then
    /// meant by the focus.
    pub fn rename_tie(&mut self, from: &RelationId, to: &RelationId, is_in_focus: bool) {
        if self.view.hidden_ties.remove(from) {
            self.view.hidden_ties.insert(to.clone());
        }
        if is_in_focus {
            self.rename_in_focus(from.as_str(), to.as_str());
        }
    }

    fn rename_in_focus(&mut self, from: &str, to: &str) {
        let is_known = self.focus.iter().any(|id| id == to);
        self.focus.retain(|id| !is_known || id != from);
        for id in self.focus.iter_mut().filter(|id| *id == from) {
            to.clone_into(id);
        }
    }
}
