//! The picture of a large map between frames.

use std::sync::Arc;

use eframe::egui::Pos2;
use eframe::egui::epaint::Mesh;

use super::mesh::MeshPart;
use super::sprites::SpriteCache;
use crate::edit::Version;
use crate::geometry::{Point, Rect};
use crate::scene::view::View;
use crate::ui::canvas::drawn_for::DrawnFor;

/// The picture of a large map between frames.
#[derive(Default)]
pub(in crate::ui::canvas) struct Large {
    pub(super) sprites: SpriteCache,
    pub(super) still: Option<Still>,
    pub(super) around: Option<Around>,
    /// What moves with the pointer, on top.
    pub(super) moving: Option<Arc<Mesh>>,
    /// Where along its line the sign of each tie was placed, 0 to 1.
    pub(super) sign_at: Vec<f32>,
    pub(super) words_for: Option<WordsFor>,
    /// When the view last changed.
    pub(super) changed_at: f64,
}

/// What lies in a larger area, so that the next frames need not look through the whole map.
pub(super) struct Around {
    pub(super) version: Version,
    pub(super) view: View,
    /// How far actors were on the way to new places, 0 to 1.
    pub(super) glided: f32,
    pub(super) area: Rect,
    pub(super) part: MeshPart,
}

/// What stays where it is while nothing but the view moves.
pub(super) struct Still {
    pub(super) key: DrawnFor,
    /// The part of the map it shows, in map units.
    pub(super) area: Rect,
    pub(super) part: MeshPart,
    /// `None` where the part is drawn as a scene.
    pub(super) mesh: Option<Arc<Mesh>>,
    pub(super) origin: Point,
    /// Where on the screen that was.
    pub(super) at: Pos2,
}

/// What the words of a crowd were placed for.
#[derive(Clone, PartialEq)]
pub(super) struct WordsFor {
    pub(super) key: DrawnFor,
    pub(super) centre: Point,
}
