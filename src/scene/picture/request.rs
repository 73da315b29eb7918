//! The inputs of a scene.

use super::edge::Bows;
use super::overview::Overview;
use crate::geometry::{Point, Rect};
use crate::model::query::Index;
use crate::model::{ActorIndex, LineIndex, Map, PerActorSlice};
use crate::scene::frame::Frame;
use crate::scene::shown::Shown;
use crate::scene::theme::Theme;
use crate::scene::view::View;

/// Everything that a scene depends on.
#[derive(Clone, Copy)]
pub struct Request<'a> {
    pub map: &'a Map,
    pub index: &'a Index,
    /// In map units.
    pub positions: &'a PerActorSlice<Point>,
    pub view: &'a View,
    /// What the view shows.
    pub shown: &'a Shown,
    /// Page pixels per map unit.
    pub zoom: f32,
    /// Magnification of the whole page; 1 is the normal size.
    pub scale: f32,
    /// Pixels of the screen per page pixel, for what is drawn only if it is legible. A page that is
    /// exported has the pixels of the picture: 1.
    pub density: f32,
    /// The page that names should stay within, and the areas that they should not cover; `None` for
    /// no such limits.
    pub frame: Option<&'a Frame>,
    pub theme: &'a Theme,
    /// How lines bow, as [`bows`](super::build::bows) computes it; `None` to compute it anew.
    pub bows: Option<&'a Bows>,
    /// Actors of a large map that are left out with their lines, because they are being dragged.
    /// Ascending.
    pub without: &'a [ActorIndex],
    /// Build only this part; `None` for the whole map.
    pub part: Option<&'a Part<'a>>,
}

/// The visible part of a large map. Nothing else is built, to save time.
pub struct Part<'a> {
    pub overview: &'a Overview,
    /// Those that may have a name. Ascending.
    pub actors: &'a [ActorIndex],
    /// Those whose shapes are drawn. Ascending.
    pub shapes: &'a [ActorIndex],
    /// Those that names keep clear of.
    pub obstacles: &'a [ActorIndex],
    /// Those that are drawn. Ascending.
    pub lines: &'a [LineIndex],
    /// True if the lines from parts to wholes are drawn.
    pub has_tethers: bool,
    /// True if notes are drawn.
    pub has_notes: bool,
    /// What names may not cover.
    pub kept_clear: &'a [Rect],
    pub names_at_most: usize,
}
