//! What is drawn: a map, where its actors stand and how it is looked at, turned into primitives in map units.
//!
//! One scene feeds the window and every export. Nothing here knows egui, files or the pointer.

pub mod camera;
pub mod crowd;
pub mod edge;
pub mod label;
pub mod legend;
mod marks;
pub mod note;
pub mod primitive;
pub mod shape;
pub mod theme;
pub mod title;

use crate::model::Map;
use crate::model::query::Index;
use crate::text::Measure;

use crate::geometry::{self, Point, Rect};
use camera::{Camera, symbol_factor};
use crowd::Crowd;
use edge::Route;
use legend::Drawn;
use marks::{Painter, Shares};
pub use note::Parts;
use primitive::Mark;
use shape::Body;
use theme::Theme;

/// How much of its colour an actor or tie keeps outside the neighbourhood of the selection.
const FADED_SHARE: f32 = 0.26;
/// How much of its colour a forecast keeps.
pub(crate) const FAINT_SHARE: f32 = 0.5;

/// How the map is looked at; never part of what it says.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct View {
    /// Show what may happen beside what does.
    pub outlook: bool,
    pub emphasis: Emphasis,
}

/// What stands out: the selection and its neighbourhood.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Emphasis {
    /// Selected actors and relations, by position.
    pub selected_actors: Vec<usize>,
    pub selected_relations: Vec<usize>,
    /// What stays bright; both empty: everything does.
    pub bright_actors: Vec<usize>,
    pub bright_relations: Vec<usize>,
}

impl Emphasis {
    /// Everything is bright.
    #[must_use]
    pub fn is_none(&self) -> bool {
        self.bright_actors.is_empty() && self.bright_relations.is_empty()
    }
}

/// All that a scene depends on.
pub struct Request<'a> {
    pub map: &'a Map,
    pub index: &'a Index,
    /// One for each actor, in map units.
    pub positions: &'a [Point],
    pub view: &'a View,
    /// Pixels for a map unit.
    pub zoom: f32,
    /// Magnifies the page: pixels for a pixel at 100 %.
    pub scale: f32,
    /// What names should not leave or cover; `None` where nobody knows.
    pub frame: Option<&'a Frame>,
    pub theme: &'a Theme,
}

/// The page as it lay on the map when all of it was shown, in map units.
#[derive(Clone, Debug, PartialEq)]
pub struct Frame {
    /// What the page shows.
    pub visible: Rect,
    /// Where title and legend lie.
    pub taken: Vec<Rect>,
}

impl Frame {
    /// The frame of a page with its furniture under a camera.
    #[must_use]
    pub fn new(furniture: &Furniture, camera: &Camera, page: Point) -> Self {
        let on_map =
            |rect: &Rect| Rect { min: camera.map_from_page(rect.min, page), max: camera.map_from_page(rect.max, page) };
        let taken = std::iter::once(&furniture.title).chain(&furniture.legend).map(on_map).collect();
        Self { visible: on_map(&Rect { min: Point::default(), max: page }), taken }
    }
}

/// A picture of the map, without its title and legend.
#[derive(Clone, Debug, Default)]
pub struct Scene {
    /// In drawing order.
    pub marks: Vec<Mark>,
    /// One for each actor.
    pub bodies: Vec<Body>,
    /// The relations that are shown and their ways.
    pub routes: Vec<(usize, Route)>,
    /// Where the badges stand, one for each route; `None` where a tie has none.
    pub badges: Vec<Option<Point>>,
    /// The names that found a place.
    pub names: Vec<label::Placed>,
    /// What the legend has to explain.
    pub drawn: Drawn,
    /// Ties that the view leaves out.
    pub hidden_ties: usize,
    /// Map units for a pixel at 100 %.
    pub unit: f32,
}

/// Positions in `map.relations` of the ties that `view` shows.
#[must_use]
pub fn shown_relations(map: &Map, view: &View) -> Vec<usize> {
    let is_shown =
        |index: &usize| map.relations.get(*index).is_some_and(|tie| view.outlook || !tie.status.is_outlook());
    (0..map.relations.len()).filter(is_shown).collect()
}

/// Builds the scene.
#[must_use]
pub fn build(request: &Request<'_>, measure: &dyn Measure) -> Scene {
    let factor = symbol_factor(request.zoom, request.scale);
    let unit = factor / request.zoom;
    let shown = shown_relations(request.map, request.view);
    let ties = tie_counts(request, &shown);
    let bodies = bodies(request, &ties, unit);
    let crowd = |names: &[label::Placed]| {
        let mut crowd = Crowd::new(90.0 * unit);
        for rect in bodies.iter().map(Body::bounds).chain(names.iter().map(|name| name.rect)) {
            crowd.add(rect);
        }
        crowd
    };
    let bulges = bulges(request, &shown, &ties);
    let routes = edge::routes(request.index, &shown, &bodies, &bulges, unit);
    let badges = |taken: &Crowd| -> Vec<Option<Point>> {
        let places = edge::badge_places(&routes, taken, unit);
        let has_badge = |relation: usize| edge::has_badge(&request.map.relations[relation], factor);
        shown.iter().zip(places).map(|(relation, at)| has_badge(*relation).then_some(at)).collect()
    };
    let size = label::size_px(factor, request.scale) / request.zoom;
    // Names keep clear of badges; badges that a name could not keep clear of then move along their line.
    let names = names(request, &bodies, &ties, crowd(&[]), &routes, &badges(&crowd(&[])), size, unit, measure);
    let badges = badges(&crowd(&names));
    let painter = Painter { request, share: Shares::of(request), unit, factor };
    let mut marks = painter.tethers(&bodies);
    marks.extend(painter.ties(&shown, &routes, &badges));
    marks.extend(painter.actors(&bodies, measure));
    marks.extend(painter.names(&names, size));
    Scene {
        drawn: Drawn::of(
            shown.iter().filter_map(|relation| request.map.relations.get(*relation)),
            request.map.actors.iter().any(|actor| actor.part_of.is_some()),
        ),
        hidden_ties: request.map.relations.len() - shown.len(),
        marks,
        bodies,
        routes: shown.into_iter().zip(routes).collect(),
        badges,
        names,
        unit,
    }
}

/// Title and legend for a page, in page pixels.
#[derive(Clone, Debug)]
pub struct Furniture {
    pub marks: Vec<Mark>,
    /// The part of the page that is left for the map.
    pub free: Rect,
    /// Where the title lies.
    pub title: Rect,
    /// Where the legend lies; the map keeps clear of it where it can.
    pub legend: Option<Rect>,
}

/// Builds what stands around the map on a page: those of title, legend, marking and notes that are wanted.
#[must_use]
pub fn furnish(
    map: &Map,
    view: &View,
    parts: &Parts,
    page: Point,
    scale: f32,
    theme: &Theme,
    measure: &dyn Measure,
) -> Furniture {
    let shown = shown_relations(map, view);
    let tethers = map.actors.iter().any(|actor| actor.part_of.is_some());
    let drawn = Drawn::of(shown.iter().filter_map(|relation| map.relations.get(*relation)), tethers);
    let corners = note::build(map, parts, page, scale, theme, measure);
    let hidden = map.relations.len() - shown.len();
    let (title, title_rect) = title::build(map, hidden, page.x - corners.head_width, scale, theme, measure);
    let title_rect = if parts.title { title_rect } else { Rect { max: title_rect.min, ..title_rect } };
    let legend = legend::build(&drawn, page, scale, theme, measure).filter(|_| parts.legend);
    let foot = geometry::point(page.x, page.y - corners.foot_height);
    let free = Rect { min: geometry::point(0.0, title_rect.max.y), max: foot }.grown(-10.0 * scale);
    let mut marks: Vec<Mark> = Some(title).filter(|_| parts.title).into_iter().chain(corners.mark).collect();
    let legend = legend.map(|(mark, rect)| {
        marks.push(mark);
        rect
    });
    Furniture { marks, free, title: title_rect.grown(8.0 * scale), legend }
}

/// The camera that shows every actor on a page, clear of title and legend.
#[must_use]
pub fn fit(positions: &[Point], furniture: &Furniture, page: Point, scale: f32) -> Camera {
    let whole = camera::fit(positions, furniture.free, page, scale);
    let Some(legend) = furniture.legend else { return whole };
    let is_clear = |camera: &Camera| {
        let factor = symbol_factor(camera.zoom, scale) / scale;
        // An actor's name is wider than its shape and hangs below it, or beside it where there is little room.
        let aside = (84.0 * factor).max(124.0 - 40.0 * factor) * scale;
        let room = Rect {
            min: legend.min - geometry::point(aside, 62.0 * factor.max(0.75) * scale),
            max: legend.max + geometry::point(aside, 34.0 * factor * scale),
        };
        positions.iter().all(|at| !room.contains(camera.page_from_map(*at, page)))
    };
    // A little less room on the left and below, until the corner is empty.
    let shares = [0.0, 0.2, 0.4, 0.6, 0.8, 1.0];
    let inset = |left: f32, bottom: f32| {
        let (right, top) = (legend.max.x + 8.0 * scale, legend.min.y - 8.0 * scale);
        let min = furniture.free.min.towards(geometry::point(right, furniture.free.min.y), left);
        let max = furniture.free.max.towards(geometry::point(furniture.free.max.x, top), bottom);
        camera::fit(positions, Rect { min, max }, page, scale)
    };
    let cameras = shares.into_iter().flat_map(|left| shares.map(|bottom| inset(left, bottom)));
    cameras.filter(is_clear).max_by(|a, b| a.zoom.total_cmp(&b.zoom)).unwrap_or(whole)
}

/// How ties bow around other actors. Looked for at the size that the whole map has on an ordinary page, so that
/// lines keep their shape at every zoom and on every page.
fn bulges(request: &Request<'_>, shown: &[usize], ties: &[usize]) -> edge::Bulges {
    let page = geometry::point(1600.0, 1000.0);
    let whole = Rect { min: Point::default(), max: page };
    let zoom = camera::fit(request.positions, whole, page, 1.0).zoom;
    let unit = symbol_factor(zoom, 1.0) / zoom;
    let bodies = bodies(request, ties, unit);
    edge::bulges(request.index, shown, &bodies, &with_names_below(request, &bodies, unit), unit)
}

fn tie_counts(request: &Request<'_>, shown: &[usize]) -> Vec<usize> {
    let mut counts = vec![0; request.map.actors.len()];
    for (from, to) in shown.iter().filter_map(|relation| request.index.ends(*relation)) {
        counts[from] += 1;
        counts[to] += 1;
    }
    counts
}

fn bodies(request: &Request<'_>, ties: &[usize], unit: f32) -> Vec<Body> {
    let most = ties.iter().copied().max().unwrap_or(0);
    let actors = request.map.actors.iter().zip(request.positions).zip(ties);
    actors.map(|((actor, at), ties)| Body::new(&actor.kind, *at, shape::half_size_px(*ties, most) * unit)).collect()
}

/// Shapes and a guess of their names: what lines go around.
fn with_names_below(request: &Request<'_>, bodies: &[Body], unit: f32) -> Crowd {
    let mut crowd = Crowd::new(90.0 * unit);
    for (body, actor) in bodies.iter().zip(&request.map.actors) {
        let bounds = body.bounds();
        crowd.add(bounds.grown(3.0 * unit));
        let lines = label::wrapped(&actor.name);
        let letters = lines.iter().map(|line| line.chars().count()).max().unwrap_or(0);
        #[expect(clippy::cast_precision_loss, reason = "a few letters and lines")]
        let (half, height) = (letters as f32 * 3.4 * unit, lines.len() as f32 * 14.0 * unit);
        crowd.add(Rect::sized(geometry::point(body.centre.x - half, bounds.max.y), 2.0 * half, height));
    }
    crowd
}

#[expect(clippy::too_many_arguments, reason = "all parts of one scene, taken apart nowhere else")]
fn names(
    request: &Request<'_>,
    bodies: &[Body],
    ties: &[usize],
    crowd_of_bodies: Crowd,
    routes: &[Route],
    badges: &[Option<Point>],
    size: f32,
    unit: f32,
    measure: &dyn Measure,
) -> Vec<label::Placed> {
    let mut obstacles =
        label::Obstacles { bodies: crowd_of_bodies, badges: Crowd::new(90.0 * unit), lines: Crowd::new(90.0 * unit) };
    for at in badges.iter().flatten() {
        obstacles.badges.add(Rect::around(*at, edge::BADGE_PX * unit, edge::BADGE_PX * unit));
    }
    if routes.len() <= 2000 {
        for route in routes {
            for step in 0_u8..=24 {
                obstacles.lines.add(Rect::around(route.at(f32::from(step) / 24.0), 4.0 * unit, 4.0 * unit));
            }
            // An arrowhead is worth more than a piece of line.
            obstacles.lines.add(Rect::around(route.at(1.0), 9.0 * unit, 9.0 * unit));
            obstacles.lines.add(Rect::around(route.at(1.0), 9.0 * unit, 9.0 * unit));
        }
    }
    let needed = |actor: &usize| request.view.emphasis.selected_actors.contains(actor);
    let wishes = bodies.iter().enumerate().zip(&request.map.actors).map(|((actor, body), said)| label::Wish {
        actor,
        name: &said.name,
        body,
        importance: ties[actor],
        is_needed: needed(&actor),
    });
    label::place(wishes.collect(), &obstacles, request.frame, size, unit, measure)
}
