//! The scene of a large map: what can be told apart as shapes and lines, the rest as an image.

use super::camp_names::{self, CampName};
use super::course::counts_of;
use super::in_view::InView;
use super::paint::{Dot, Layer, Looks, paint};
use super::sheet::Sheet;
use super::tones::Tones;
use crate::model::{ActorIndex, LineIndex};
use crate::scene::camera::symbol_factor;
use crate::scene::lines::DRAWN_AT_MOST;
use crate::scene::picture::build::{Scene, build};
use crate::scene::picture::fading::{FADED_SHARE, Fading};
use crate::scene::picture::overview::Overview;
use crate::scene::picture::request::{Part, Request};
use crate::scene::picture::shape;
use crate::scene::primitive::{Color, Image, Mark, Outline, Owner, Primitive, Stroke};
use crate::text::Measure;

/// From this number of lines in view, a single one is as faint as it can be.
const LINES_OF_FAINTEST: f32 = 40_000.0;
/// How opaque a single line is there.
const FAINTEST: f32 = 0.22;
/// Half the size of an ordinary actor from which shapes are drawn, in pixels at scale 1.
const SHAPE_PX: f32 = 5.0;
/// How much farther from the ground the tints of camps are in tiny dots, so that they can be seen
/// between lines.
const TINT: f32 = 1.3;
/// Half the size up to which dots do not cover lines.
const DOT_PX: f32 = 1.5;
/// Half the size of an ordinary actor, in pixels at 100 %.
const USUAL_PX: f32 = 20.0;
/// Width of the outline of a shape, in pixels at 100 %.
const OUTLINE_PX: f32 = 1.8;
/// What keeps more than this share of its colour is bright. Forecasts are faint but still bright.
const BRIGHT: f32 = 0.45;
/// Up to this number of bright elements around a selection, they are drawn above the image.
const BRIGHT_AT_MOST: usize = 2500;
/// Half the size from which names keep clear of dots.
const OBSTACLE_PX: f32 = 3.0;
/// Smallest radius of the dot of an actor with a name, in pixels at scale 1.
pub const NAMED_PX: f32 = 3.0;
/// Width of its outline, where it is smallest.
const NAMED_LINE_PX: f32 = 1.2;
/// Number of names over an image of the smallest dots, and where dots become shapes.
const NAMES_OVER_DOTS: f32 = 60.0;
const NAMES_OVER_SHAPES: f32 = 1500.0;

/// Which parts of a view are drawn as an image.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Plan {
    /// True if lines are counted instead of drawn one by one.
    pub counts_lines: bool,
    /// True if actors are dots instead of shapes.
    pub has_dots: bool,
}

impl Plan {
    /// The plan for so many lines in view, with a symbol factor in pixels at scale 1.
    #[must_use]
    pub fn of(lines: usize, factor: f32) -> Self {
        Self { counts_lines: lines > DRAWN_AT_MOST, has_dots: USUAL_PX * factor < SHAPE_PX }
    }

    /// True if any part is drawn as an image.
    #[must_use]
    pub fn has_image(self) -> bool {
        self.counts_lines || self.has_dots
    }
}

/// Builds the scene of the part of a large map that is on the sheet; without notes unless
/// `has_notes`.
#[must_use]
pub fn build_large(
    request: &Request<'_>,
    overview: &Overview,
    sheet: &Sheet,
    has_notes: bool,
    measure: &dyn Measure,
) -> Scene {
    let factor = symbol_factor(request.zoom, request.scale, overview.spacing);
    let unit = factor / request.zoom;
    let find = |area| InView::of(overview, request.positions, area, unit, request.without);
    let in_view = find(&sheet.focus);
    let plan = Plan::of(in_view.line_looks.len(), factor / request.scale);
    let fading = Fading::of(request.map.actors.len(), request.shown.lines(), request.view);
    let has_emphasis = !request.view.emphasis.is_none();
    // Above an image, only what a selection keeps bright is drawn one by one, if it is not too
    // much.
    let mut lines = in_view.lines(overview);
    if plan.counts_lines {
        lines.retain(|line| has_emphasis && fading.lines[*line] > BRIGHT);
        lines.truncate(if lines.len() > BRIGHT_AT_MOST { 0 } else { BRIGHT_AT_MOST });
    }
    let mut shapes = in_view.actors.clone();
    if plan.has_dots {
        shapes.retain(|actor| has_emphasis && fading.actors[*actor] > BRIGHT);
        shapes.truncate(if shapes.len() > BRIGHT_AT_MOST { 0 } else { BRIGHT_AT_MOST });
    }
    let camp_names = if plan.has_dots {
        camp_names::place(request, &in_view.actors, sheet, measure)
    } else {
        Vec::new()
    };
    let kept_clear: Vec<_> = camp_names.iter().map(|name| name.rect).collect();
    let is_in_the_way = USUAL_PX * factor / request.scale >= OBSTACLE_PX;
    let part = Part {
        overview,
        actors: &in_view.actors,
        lines: &lines,
        shapes: &shapes,
        obstacles: if is_in_the_way { &in_view.actors } else { &shapes },
        has_tethers: !plan.counts_lines,
        has_notes,
        kept_clear: &kept_clear,
        names_at_most: names_at_most(plan, USUAL_PX * factor / request.scale),
    };
    let mut scene = build(&Request { part: Some(&part), ..*request }, measure);
    if plan.has_dots {
        // Below all names.
        let dots = scene.names.iter().map(|name| named_dot(request, name.actor, unit));
        let dots: Vec<Mark> = dots.collect();
        scene.marks.splice(..0, dots);
        scene.has_dots = true;
    }
    if plan.has_image() {
        let on_sheet = find(&sheet.area);
        let crowd = Crowd {
            request,
            overview,
            sheet,
            on_sheet: &on_sheet,
            in_focus: in_view.line_looks.len(),
            plan,
            fading: &fading,
            drawn: &lines,
            unit,
        };
        let (mark, most) = crowd.image();
        scene.marks.insert(0, mark);
        scene.busiest = plan.counts_lines.then_some(most);
    }
    scene.marks.extend(camp_names.iter().map(CampName::mark));
    scene
}

/// How near dots of this half size in pixels are to becoming shapes, 0 to 1.
fn nearness(half_px: f32) -> f32 {
    ((half_px - DOT_PX) / (SHAPE_PX - DOT_PX)).clamp(0.0, 1.0)
}

/// Number of names over dots of this half size in pixels: more the larger they are, so that names
/// do not appear all at once.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "from 60 to 1500")]
fn names_at_most(plan: Plan, half_px: f32) -> usize {
    if !plan.has_dots {
        return usize::MAX;
    }
    let share = nearness(half_px);
    (NAMES_OVER_DOTS * (NAMES_OVER_SHAPES / NAMES_OVER_DOTS).powf(share)) as usize
}

/// A dot under the name of an actor, which tells what the name belongs to.
fn named_dot(request: &Request<'_>, actor: ActorIndex, unit: f32) -> Mark {
    let theme = request.theme;
    let usual = shape::half_size_px(request.shown.size(actor)) * unit;
    let fill = request.view.camp(actor).map_or(theme.paper, |camp| theme.camp(camp));
    let px = request.scale / request.zoom;
    // As thin as that of a shape, where dots become shapes.
    let far = 1.0 - nearness(USUAL_PX * unit / px);
    let line = (OUTLINE_PX * unit).max(NAMED_LINE_PX * px * far);
    let dot = Primitive::Shape {
        outline: Outline::Circle {
            centre: request.positions[actor],
            radius: usual.max(NAMED_PX * px),
        },
        fill: Some(fill),
        stroke: Some(Stroke::solid(line, theme.ink)),
    };
    Mark { owner: Owner::Actor(actor), primitives: vec![dot] }
}

/// Everything that an image depends on.
struct Crowd<'a> {
    request: &'a Request<'a>,
    overview: &'a Overview,
    sheet: &'a Sheet,
    on_sheet: &'a InView,
    /// Number of lines in the focus of the sheet.
    in_focus: usize,
    plan: Plan,
    fading: &'a Fading,
    /// The bright lines that are drawn one by one.
    drawn: &'a [LineIndex],
    unit: f32,
}

impl Crowd<'_> {
    /// The image of what is on the sheet, and the highest number of ties in a cell.
    fn image(&self) -> (Mark, u32) {
        let Self { request, sheet, .. } = self;
        let mut layers = Vec::new();
        if self.plan.counts_lines {
            if request.view.emphasis.is_none() {
                layers.push(self.layer(1.0, |_| true));
            } else {
                let is_bright = |line: LineIndex| self.fading.lines[line] > BRIGHT;
                layers.push(self.layer(FADED_SHARE, |line| !is_bright(line)));
                if self.drawn.is_empty() {
                    layers.push(self.layer(1.0, is_bright));
                }
            }
        }
        let half_px = USUAL_PX * self.unit * request.zoom / request.scale;
        let dots_above = nearness(half_px);
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
            Looks { theme: request.theme, faintest: 1.0 + (FAINTEST - 1.0) * crowding, dots_above };
        let rgba = paint((sheet.columns, sheet.rows), &layers, &dots, &looks);
        let image =
            Image { area: sheet.area, size: [sheet.columns, sheet.rows], rgba: rgba.into() };
        let most = layers.iter().map(|layer| layer.tones.most()).max().unwrap_or(0);
        (Mark { owner: Owner::Crowd, primitives: vec![Primitive::Image(image)] }, most)
    }

    /// The lines that `is_wanted` chooses.
    fn layer(&self, share: f32, is_wanted: impl Fn(LineIndex) -> bool) -> Layer {
        let Self { overview, sheet, on_sheet, .. } = self;
        let positions = self.request.positions;
        let counts = counts_of(overview, positions, sheet, on_sheet, self.unit, is_wanted);
        Layer { tones: Tones::of(&counts, sheet.focused()), counts, share }
    }

    /// The dot of an actor: as large as its shape. The tint of its camp is `strength` times as far
    /// from the ground.
    fn dot(&self, actor: ActorIndex, strength: f32) -> Dot {
        let look = &self.overview.actor_looks[actor];
        let theme = self.request.theme;
        let share = self.fading.actors[actor];
        let fade = |color: Color| color.over(theme.ground, share);
        let fill =
            look.camp.map_or(theme.paper, |camp| theme.camp(camp).stronger(theme.ground, strength));
        let is_selected = self.fading.selected_actors[actor];
        let cells = self.unit * self.sheet.cells_per_unit();
        Dot {
            centre: self.sheet.cell_at(self.request.positions[actor]),
            radius: (look.half_px + OUTLINE_PX * 0.5) * cells,
            outline: OUTLINE_PX * cells,
            fill: if is_selected { theme.accent } else { fade(fill) },
            line: if is_selected { theme.accent } else { fade(theme.ink) },
        }
    }
}
