//! Notes on the map: a text at a place, with an optional line to what it is about.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Extra, NoteId};

/// Width of a new note, in map units.
pub const NOTE_WIDTH: f64 = 180.0;

/// A note on the map.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Note {
    pub id: NoteId,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub text: String,
    /// Horizontal position of its middle, in map units.
    pub x: f64,
    /// Vertical position of its middle, in map units.
    pub y: f64,
    /// In map units; the height follows from the text.
    #[serde(default = "usual_width")]
    pub width: f64,
    /// The id of the actor or tie that it is about; an actor, if both have this id.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub about: Option<String>,
    #[serde(flatten)]
    pub extra: Extra,
}

fn usual_width() -> f64 {
    NOTE_WIDTH
}
