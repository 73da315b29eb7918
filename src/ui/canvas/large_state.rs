//! What is known about the view of a large map.

use egui::epaint::Mesh;

use super::drawn_for::DrawnFor;
use crate::geometry::Rect;
use crate::scene::crowd::in_view::InView;
use crate::ui::widgets::paint::Sketch;

/// What is known about the view of a large map.
#[derive(Default)]
pub(super) struct Large {
    /// The part in or near the view, with what it was computed for and its area in map units.
    pub(super) in_view: Option<(DrawnFor, Rect, InView)>,
    /// True if the part is not drawn as a scene, but as a picture.
    pub(super) is_crowded: bool,
    /// What is drawn above the picture.
    pub(super) above: Above,
    /// As in `Scene::busiest`, on the last picture.
    pub(super) busiest: Option<u32>,
    /// The same, in the legend.
    pub(super) furnished: Option<u32>,
}

/// What is being dragged, or is not yet on the picture at its new place.
#[derive(Default)]
pub(super) enum Above {
    #[default]
    Nothing,
    Scene(Sketch),
    /// Dots and plain lines, for very many; in screen points.
    Dots(Mesh),
}
