//! How a step of a briefing looks at the map.

use super::camera::Camera;
use super::emphasis::around;
use super::shown::Shown;
use super::view::{Emphasis, View};
use crate::geometry::{Point, Rect, point};
use crate::model::briefing::STEP_PAGE;
use crate::model::opening::usual_lines;
use crate::model::query::{Index, element_of};
use crate::model::{
    ActorIndex, BriefingStep, Element, Map, RelationIndex, StepCamera, ViewSettings,
};

/// The camera of a step that shows what `camera` shows in the part `area` of a page of this size.
#[must_use]
pub fn step_camera(camera: &Camera, area: &Rect, page: Point) -> StepCamera {
    let (wide, high) = (area.width().max(1.0), area.height().max(1.0));
    let zoom = camera.zoom * (STEP_PAGE.0 / wide).min(STEP_PAGE.1 / high);
    let centre = camera.map_from_page(area.centre(), page);
    let rounded = |value: f32, digits: f64| (f64::from(value) * digits).round() / digits;
    StepCamera {
        x: rounded(centre.x, 100.0),
        y: rounded(centre.y, 100.0),
        zoom: f64::from(zoom).max(1e-6),
        ratio: Some(rounded(wide / high, 10_000.0)),
    }
}

/// The camera that shows in the part `area` of a page of this size what the step shows.
#[must_use]
#[expect(clippy::cast_possible_truncation, reason = "map units and factors")]
pub fn camera(step: &StepCamera, area: &Rect, page: Point) -> Camera {
    let usual = STEP_PAGE.0 / STEP_PAGE.1;
    let ratio = step.ratio.map_or(usual, |ratio| ratio as f32);
    let (wide, high) = if ratio > usual {
        (STEP_PAGE.0, STEP_PAGE.0 / ratio)
    } else {
        (STEP_PAGE.1 * ratio, STEP_PAGE.1)
    };
    let share = (area.width() / wide).min(area.height() / high).max(f32::MIN_POSITIVE);
    let zoom = step.zoom as f32 * share;
    // The middle of what is shown is in the middle of the area.
    let aside = (area.centre() - page * 0.5) * (1.0 / zoom);
    Camera { centre: point(step.x as f32, step.y as f32) - aside, zoom }
}

/// The settings of the view of a step, with the usual lines if it names none.
#[must_use]
pub fn settings(map: &Map, step: &BriefingStep) -> ViewSettings {
    let mut settings = step.view.clone();
    settings.lines.get_or_insert_with(|| usual_lines(map));
    settings
}

/// What stands out in a step; nothing is selected.
#[must_use]
pub fn emphasis(index: &Index, shown: &Shown, step: &BriefingStep) -> Emphasis {
    let mut actors: Vec<ActorIndex> = Vec::new();
    let mut ties: Vec<RelationIndex> = Vec::new();
    for element in step.focus.iter().filter_map(|id| element_of(index, id)) {
        match element {
            Element::Actor(id) => actors.extend(index.actor(&id)),
            Element::Relation(id) => ties.extend(index.relation(&id)),
            Element::Note(_) => {}
        }
    }
    let around = around(index, shown, actors.into_iter(), ties);
    Emphasis {
        bright_actors: around.bright_actors,
        bright_relations: around.bright_relations,
        ..Emphasis::default()
    }
}

/// The view of a step, with what it shows. `base` has all else than the settings and the emphasis.
#[must_use]
pub fn view(map: &Map, index: &Index, step: &BriefingStep, base: &View) -> (View, Shown) {
    let settings = settings(map, step);
    let mut view = View {
        settings,
        expanded: Vec::new(),
        revealed: Vec::new(),
        moved_notes: Vec::new(),
        ..base.clone()
    };
    if !view.settings.camps {
        view.camps = None;
    }
    let shown = Shown::of(map, index, &view);
    view.emphasis = emphasis(index, &shown, step);
    (view, shown)
}
