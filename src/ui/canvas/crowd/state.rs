//! The cached pictures of a large map.

use std::sync::Arc;

use egui::Pos2;
use egui::epaint::Mesh;

use super::mesh::MeshPart;
use super::sprites::SpriteCache;
use crate::edit::Version;
use crate::geometry::{Point, Rect};
use crate::scene::view::View;
use crate::ui::canvas::drawn_for::DrawnFor;

/// The cached pictures of a large map.
#[derive(Default)]
pub(in crate::ui::canvas) struct Large {
    pub(super) sprites: SpriteCache,
    pub(super) still: Option<Still>,
    pub(super) around: Option<Around>,
    /// The mesh of dragged actors and their ties, drawn on top.
    pub(super) moving: Option<Arc<Mesh>>,
    /// For each tie, the position of its badge along the line, 0 to 1; empty if no badge is shown.
    pub(super) sign_at: Vec<f32>,
    /// The cache key of the placed texts.
    pub(super) words_for: Option<WordsFor>,
    /// Time of the last change of the view, in seconds of egui's clock.
    pub(super) changed_at: f64,
}

/// The part of the map in a larger area, so that the next frames need not search the whole map.
pub(super) struct Around {
    pub(super) version: Version,
    pub(super) view: View,
    /// Progress of the layout animation, 0 to 1.
    pub(super) glided: f32,
    /// In map units.
    pub(super) area: Rect,
    pub(super) part: MeshPart,
}

/// The picture without the dragged actors; reused while only the view moves.
pub(super) struct Still {
    pub(super) key: DrawnFor,
    /// The area that it shows, in map units.
    pub(super) area: Rect,
    pub(super) part: MeshPart,
    /// `None` if the part is drawn as a scene.
    pub(super) mesh: Option<Arc<Mesh>>,
    /// The map point that was in the middle of the view.
    pub(super) origin: Point,
    /// The screen position of `origin` at that time.
    pub(super) at: Pos2,
}

/// The cache key of the texts of a crowded view.
#[derive(Clone, PartialEq)]
pub(super) struct WordsFor {
    pub(super) key: DrawnFor,
    /// The centre of the camera, in map units.
    pub(super) centre: Point,
}
