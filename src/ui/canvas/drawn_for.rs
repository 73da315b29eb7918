//! The cache key of the drawn picture.

use crate::edit::Version;
use crate::geometry::Point;
use crate::model::ActorIndex;
use crate::scene::theme::Theme;
use crate::scene::view::View;

/// Everything that the picture depends on, except the centre of the camera.
#[derive(Clone, PartialEq)]
pub struct DrawnFor {
    pub version: Version,
    pub view: View,
    /// Screen points per map unit.
    pub zoom: f32,
    /// Size of the canvas in points.
    pub page: Point,
    pub theme: Theme,
    pub pixels_per_point: f32,
    /// Dragged actors with their positions in map units.
    pub moved: Vec<(ActorIndex, Point)>,
    /// Progress of the layout animation, 0 to 1; 1 if none is running.
    pub glided: f32,
}
