//! What a scene is built from.

use super::overview::Overview;
use crate::geometry::Point;
use crate::model::Map;
use crate::model::query::Index;
use crate::scene::frame::Frame;
use crate::scene::theme::Theme;
use crate::scene::view::{ShownTies, View};

/// All that a scene depends on.
pub struct Request<'a> {
    pub map: &'a Map,
    pub index: &'a Index,
    /// One for each actor, in map units.
    pub positions: &'a [Point],
    pub view: &'a View,
    /// The ties that the view shows.
    pub shown: &'a ShownTies,
    /// Pixels for a map unit.
    pub zoom: f32,
    /// Magnifies the page: pixels for a pixel at 100 %.
    pub scale: f32,
    /// What names should not leave or cover; `None` where nobody knows.
    pub frame: Option<&'a Frame>,
    pub theme: &'a Theme,
    /// Nothing but this is built; `None` for everything.
    pub part: Option<&'a Part<'a>>,
}

/// The part of a large map that a page shows, so that the rest costs nothing.
pub struct Part<'a> {
    pub overview: &'a Overview,
    /// Positions in `map.actors`, ascending.
    pub actors: &'a [usize],
    /// Positions in `map.relations`, ascending; all of them shown.
    pub ties: &'a [usize],
    /// Words only: whoever asks draws shapes and lines in a way of his own.
    pub has_words_only: bool,
}
