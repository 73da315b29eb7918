//! What a drawn picture depends on.

use crate::edit::Version;
use crate::geometry::Point;
use crate::scene::theme::Theme;
use crate::scene::view::View;

/// All that the picture depends on, but for the place of the camera.
#[derive(Clone, PartialEq)]
pub struct DrawnFor {
    pub version: Version,
    pub view: View,
    pub zoom: f32,
    pub page: Point,
    pub theme: Theme,
    pub pixels_per_point: f32,
    pub moved: Vec<(usize, Point)>,
    /// How far actors are on the way to new places, 0 to 1.
    pub glided: f32,
}
