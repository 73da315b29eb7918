//! Pictures of the map that stand for it while the view moves, so that the cost of a frame does not
//! depend on the size of the map. They are drawn by the painter of the exports on a worker thread
//! (`ui/app/stills.rs`), if frames of a moving view have turned out to be slow.

use egui::{Context, Id, TextureHandle};

use crate::edit::Version;
use crate::geometry::Rect;
use crate::model::ActorIndex;
use crate::scene::camera::Camera;
use crate::scene::theme::Theme;
use crate::scene::view::View;

/// A picture is sharp enough up to this magnification and down to its inverse. Others are shown
/// until a new one is there.
const SHARP: f32 = 2.0;

/// What a picture was drawn for, apart from the camera.
#[derive(Clone, Debug, PartialEq)]
pub struct StillKey {
    pub(super) version: Version,
    pub(super) view: View,
    pub(super) theme: Theme,
    pub(super) pixels_per_point: f32,
    /// The actors that are being dragged, which are not on it; ascending.
    pub(super) without: Vec<ActorIndex>,
}

impl StillKey {
    /// The actors that are not on the picture; ascending.
    #[must_use]
    pub fn without(&self) -> &[ActorIndex] {
        &self.without
    }
}

/// A picture of a part of the map.
pub(super) struct Still {
    pub(super) key: StillKey,
    pub(super) texture: TextureHandle,
    /// In map units.
    pub(super) area: Rect,
    /// Screen points per map unit.
    pub(super) zoom: f32,
    /// Actors with names, if all are dots.
    pub(super) named: Vec<ActorIndex>,
}

/// The pictures, and what is known about the motion of the view.
#[derive(Default)]
pub(super) struct Stills {
    pub(super) list: Vec<Still>,
    /// The picture that is being drawn.
    pub(super) asked: Option<StillKey>,
    /// What the last picture was asked for. It is not asked for again: it could not be drawn, or
    /// its pixels cannot be those of the screen.
    pub(super) last_asked: Option<(StillKey, Camera)>,
    /// The picture that should be drawn.
    pub(super) wanted: Option<StillKey>,
    /// The picture that stands for the map in this frame.
    pub(super) shown: Option<usize>,
    /// The pictures of title, legend and notes at the edges, with their areas on the page.
    pub(super) edges: Vec<(TextureHandle, Rect)>,
    /// The camera of the last frame.
    pub(super) seen: Option<Camera>,
    /// The time until which the view counts as moving, in seconds of egui's clock.
    pub(super) moving_until: f64,
    /// The time of the last frame, and whether the pointer moved in it.
    pub(super) frame: (f64, bool),
    pub(super) slow_frames: u8,
    /// True while the view is zoomed, not just moved.
    pub(super) is_zooming: bool,
    /// The last version of the document, and when it was first seen, in seconds of egui's clock.
    pub(super) edited: Option<(Version, f64)>,
}

impl Still {
    /// True if it shows all of `part`, a part of the map.
    pub(super) fn covers(&self, part: &Rect) -> bool {
        self.area.contains(part.min) && self.area.contains(part.max)
    }

    pub(super) fn is_sharp(&self, zoom: f32) -> bool {
        (1.0 / SHARP..=SHARP).contains(&(zoom / self.zoom))
    }
}

/// Where it is remembered that frames are slow on this machine.
fn slow_id() -> Id {
    Id::new("frames of a moving view are slow")
}

/// Uses pictures while the view moves, or not, without waiting for slow frames.
#[doc(hidden)]
pub fn set_slow(ctx: &Context, is_slow: bool) {
    ctx.data_mut(|data| data.insert_temp(slow_id(), is_slow));
}

/// True if frames of a moving view are slow on this machine.
pub(super) fn is_slow(ctx: &Context) -> bool {
    ctx.data(|data| data.get_temp(slow_id())).unwrap_or(false)
}

impl Stills {
    /// The picture that shows this part of the map best: the sharpest.
    pub(super) fn best(&self, key: &StillKey, part: &Rect, zoom: f32) -> Option<usize> {
        let fits = |still: &&Still| still.key == *key && still.covers(part);
        let sharpness = |still: &Still| (zoom / still.zoom).ln().abs();
        let all = self.list.iter().enumerate();
        let fitting = all.filter(|(_, still)| fits(still));
        let best = fitting.min_by(|a, b| sharpness(a.1).total_cmp(&sharpness(b.1)));
        best.map(|(at, _)| at)
    }
}
