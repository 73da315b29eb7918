//! Notes on the map: a text at a place, with an optional line to what it is about.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::words::cut_to;
use super::{Extra, NoteId};

/// Width of a new note, in pixels at 100 %.
pub const NOTE_WIDTH: f64 = 180.0;
/// Narrowest width that is drawn.
pub const NARROWEST: f64 = 60.0;
/// Widest width that is drawn.
pub const WIDEST: f64 = 900.0;

/// Most characters of a note in a list or message.
const BRIEF_AT_MOST: usize = 40;

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
    /// In pixels at 100 %, as the sizes of shapes; the height follows from the text.
    #[serde(default = "usual_width")]
    pub width: f64,
    /// The id of the actor or tie that it is about; an actor, if both have this id.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub about: Option<String>,
    #[serde(flatten)]
    pub extra: Extra,
}

impl Note {
    /// The start of its first line that is not empty, for lists and messages.
    #[must_use]
    pub fn brief_text(&self) -> String {
        let line = self.text.lines().map(str::trim).find(|line| !line.is_empty());
        cut_to(line.unwrap_or_default(), BRIEF_AT_MOST)
    }

    /// The width that is drawn.
    #[must_use]
    pub fn drawn_width(&self) -> f64 {
        if self.width.is_finite() { self.width.clamp(NARROWEST, WIDEST) } else { NOTE_WIDTH }
    }
}

fn usual_width() -> f64 {
    NOTE_WIDTH
}
