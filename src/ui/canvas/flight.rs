//! The change from one step of a presentation to the next.

use crate::model::StepCamera;
use crate::scene::camera::Camera;
use crate::ui::widgets::paint::Sketch;

/// What a presentation shows, and the change to it.
#[derive(Default)]
pub(super) struct Flight {
    /// The camera of the step; `None` for the whole map.
    pub(super) aim: Option<StepCamera>,
    /// True until the camera is found.
    pub(super) is_new: bool,
    pub(super) from: Option<Camera>,
    pub(super) to: Option<Camera>,
    /// In seconds of egui's clock; `None` if nothing changes.
    pub(super) started: Option<f64>,
    /// What was drawn before, which fades out.
    pub(super) before: Option<Sketch>,
}
