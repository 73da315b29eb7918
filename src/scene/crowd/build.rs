//! The scene of a large map: what can be told apart as shapes and lines, the rest as an image.

use super::camp_names::{self, CampName};
use super::image::CrowdImage;
use super::in_view::InView;
use super::plan::{BRIGHT, OUTLINE_PX, Plan, USUAL_PX, nearness};
use super::sheet::Sheet;
use crate::geometry::Point;
use crate::model::{ActorIndex, PerActorSlice};
use crate::scene::camera::symbol_factor;
use crate::scene::picture::build::{Scene, build};
use crate::scene::picture::fading::Fading;
use crate::scene::picture::overview::Overview;
use crate::scene::picture::request::{Part, Request};
use crate::scene::picture::shape;
use crate::scene::primitive::{Mark, Outline, Owner, Primitive, Stroke};
use crate::scene::theme::Theme;
use crate::text::Measure;

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
    let stage = Stage { overview, positions: request.positions, theme: request.theme };
    let (mut scene, image) = build_around(request, stage, sheet, has_notes, measure);
    if let Some(image) = image {
        image.add_to(&mut scene);
    }
    scene
}

/// What the image of a crowd is made from. It does not need the map, which can be edited meanwhile.
#[derive(Clone, Copy)]
pub struct Stage<'a> {
    pub overview: &'a Overview,
    pub positions: &'a PerActorSlice<Point>,
    pub theme: &'a Theme,
}

/// Like [`build_large`], but returns the image apart, if there is one, so that it can be painted
/// when the map is no longer needed.
#[must_use]
pub fn build_around<'a>(
    request: &Request<'_>,
    stage: Stage<'a>,
    sheet: &Sheet,
    has_notes: bool,
    measure: &dyn Measure,
) -> (Scene, Option<CrowdImage<'a>>) {
    let Stage { overview, positions, theme } = stage;
    let factor = symbol_factor(request.zoom, request.scale, overview.spacing);
    let unit = factor / request.zoom;
    let find = |area| InView::of(overview, positions, area, unit, request.without);
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
    scene.marks.extend(camp_names.iter().map(CampName::mark));
    let image = plan.has_image().then(|| CrowdImage {
        overview,
        positions,
        theme,
        sheet: *sheet,
        on_sheet: find(&sheet.area),
        in_focus: in_view.line_looks.len(),
        plan,
        has_emphasis,
        fading,
        draws_bright: !lines.is_empty(),
        unit,
        half_px: USUAL_PX * factor / request.scale,
    });
    (scene, image)
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
