//! The image of the crowd on a sheet.

use super::course::counts_of;
use super::in_view::InView;
use super::paint::{Dot, Layer, Looks, paint};
use super::plan::{BRIGHT, OUTLINE_PX, Plan, nearness};
use super::sheet::Sheet;
use super::tones::Tones;
use crate::geometry::Point;
use crate::model::{ActorIndex, LineIndex, PerActorSlice};
use crate::scene::lines::DRAWN_AT_MOST;
use crate::scene::picture::build::Scene;
use crate::scene::picture::fading::{FADED_SHARE, Fading};
use crate::scene::picture::overview::Overview;
use crate::scene::primitive::{Color, Image, Mark, Owner, Primitive};
use crate::scene::theme::Theme;

/// From this number of lines in view, a single one is as faint as it can be.
const LINES_OF_FAINTEST: f32 = 40_000.0;
/// How opaque a single line is there.
const FAINTEST: f32 = 0.22;
/// How much farther from the ground the tints of camps are in tiny dots, so that they can be seen
/// between lines.
const TINT: f32 = 1.3;

/// Everything that an image depends on.
pub struct CrowdImage<'a> {
    pub(super) overview: &'a Overview,
    pub(super) positions: &'a PerActorSlice<Point>,
    pub(super) theme: &'a Theme,
    pub(super) sheet: Sheet,
    pub(super) on_sheet: InView,
    /// Number of lines in the focus of the sheet.
    pub(super) in_focus: usize,
    pub(super) plan: Plan,
    /// True if something is faded.
    pub(super) has_emphasis: bool,
    pub(super) fading: Fading,
    /// True if bright lines are drawn one by one.
    pub(super) draws_bright: bool,
    /// Map units per pixel at 100 %.
    pub(super) unit: f32,
    /// Half the size of an ordinary actor, in pixels at scale 1.
    pub(super) half_px: f32,
}

impl CrowdImage<'_> {
    /// Paints the image and adds it to the scene, below everything else.
    pub fn add_to(&self, scene: &mut Scene) {
        let (mark, most) = self.image();
        scene.marks.insert(0, mark);
        scene.busiest = self.plan.counts_lines.then_some(most);
    }

    /// The image of what is on the sheet, and the highest number of ties in a cell.
    fn image(&self) -> (Mark, u32) {
        let Self { sheet, .. } = self;
        let mut layers = Vec::new();
        if self.plan.counts_lines {
            if self.has_emphasis {
                let is_bright = |line: LineIndex| self.fading.lines[line] > BRIGHT;
                layers.push(self.layer(FADED_SHARE, |line| !is_bright(line)));
                if !self.draws_bright {
                    layers.push(self.layer(1.0, is_bright));
                }
            } else {
                layers.push(self.layer(1.0, |_| true));
            }
        }
        let dots_above = nearness(self.half_px);
        let dots: Vec<Dot> = if self.plan.has_dots {
            let dot = |actor: &ActorIndex| self.dot(*actor, 1.0 + (1.0 - dots_above) * TINT);
            self.on_sheet.actors.iter().map(dot).collect()
        } else {
            Vec::new()
        };
        #[expect(clippy::cast_precision_loss, reason = "a number of lines")]
        let [lines, few] = [self.in_focus, DRAWN_AT_MOST].map(|lines| lines.max(1) as f32);
        let crowding = ((lines / few).ln() / (LINES_OF_FAINTEST / few).ln()).clamp(0.0, 1.0);
        let looks =
            Looks { theme: self.theme, faintest: 1.0 + (FAINTEST - 1.0) * crowding, dots_above };
        let rgba = paint((sheet.columns, sheet.rows), &layers, &dots, &looks);
        let image =
            Image { area: sheet.area, size: [sheet.columns, sheet.rows], rgba: rgba.into() };
        let most = layers.iter().map(|layer| layer.tones.most()).max().unwrap_or(0);
        (Mark { owner: Owner::Crowd, primitives: vec![Primitive::Image(image)] }, most)
    }

    /// The lines that `is_wanted` chooses.
    fn layer(&self, share: f32, is_wanted: impl Fn(LineIndex) -> bool) -> Layer {
        let Self { overview, positions, sheet, on_sheet, .. } = self;
        let counts = counts_of(overview, positions, sheet, on_sheet, self.unit, is_wanted);
        Layer { tones: Tones::of(&counts, sheet.focused()), counts, share }
    }

    /// The dot of an actor: as large as its shape. The tint of its camp is `strength` times as far
    /// from the ground.
    fn dot(&self, actor: ActorIndex, strength: f32) -> Dot {
        let look = &self.overview.actor_looks[actor];
        let theme = self.theme;
        let share = self.fading.actors[actor];
        let fade = |color: Color| color.over(theme.ground, share);
        let fill =
            look.camp.map_or(theme.paper, |camp| theme.camp(camp).stronger(theme.ground, strength));
        let is_selected = self.fading.selected_actors[actor];
        let cells = self.unit * self.sheet.cells_per_unit();
        Dot {
            centre: self.sheet.cell_at(self.positions[actor]),
            radius: (look.half_px + OUTLINE_PX * 0.5) * cells,
            outline: OUTLINE_PX * cells,
            fill: if is_selected { theme.accent } else { fade(fill) },
            line: if is_selected { theme.accent } else { fade(theme.ink) },
        }
    }
}
