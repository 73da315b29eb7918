//! What is known about the view of a large map.

use egui::epaint::Mesh;

use crate::edit::{FormVersion, PlacesVersion};
use crate::geometry::Rect;
use crate::scene::crowd::in_view::InView;
use crate::scene::view::View;
use crate::ui::widgets::paint::Sketch;

/// What is known about the view of a large map.
#[derive(Default)]
pub(super) struct Large {
    /// The part in or near the view, with what it was computed for and its area in map units.
    pub(super) in_view: Option<(InViewOf, Rect, InView)>,
    /// True if the part is not drawn as a scene, but as a picture.
    pub(super) is_crowded: bool,
    /// What is drawn above the picture.
    pub(super) above: Above,
    /// As in `Scene::busiest`, on the last picture.
    pub(super) busiest: Option<u32>,
    /// The same, in the legend.
    pub(super) furnished: Option<u32>,
}

/// What the part in view depends on, apart from the area.
#[derive(Clone, PartialEq)]
pub(super) struct InViewOf {
    pub(super) overview: (FormVersion, PlacesVersion, View),
    /// Screen points per map unit.
    pub(super) zoom: f32,
    /// Progress of the layout animation, 0 to 1.
    pub(super) glided: f32,
}

impl InViewOf {
    /// True if between this and `other` actors have moved, and nothing else has changed. Where
    /// thousands are in view, it does not matter that some have come or gone.
    pub(super) fn is_moved(&self, other: &Self) -> bool {
        self.overview.0 == other.overview.0
            && self.overview.2 == other.overview.2
            && self.zoom.to_bits() == other.zoom.to_bits()
            && self.glided.to_bits() == other.glided.to_bits()
    }
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
