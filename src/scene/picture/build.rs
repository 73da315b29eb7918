//! Builds the picture of a map: shapes, lines, badges, names and labels of ties.

use super::badge::{self, BADGE_PX, Badge, Care};
use super::drawn::Drawn;
use super::edge::{self, Bows, Route};
use super::fading::Fading;
use super::names;
use super::notes;
use super::occupied::OccupiedGrid;
use super::painter::Painter;
use super::pill::{self, Pill};
use super::relief::{RELIEVED_AT_MOST, relief};
use super::request::Request;
use super::shape::{self, Body};
use super::{attach, captions, hull, sheet_room, tie_words};
use crate::geometry::{self, Point, Rect};
use crate::model::view::Membership;
use crate::model::words::cut_to;
use crate::model::{ActorIndex, LineIndex, PerActor, PerActorSlice};
use crate::scene::camera::{self, symbol_factor};
use crate::scene::primitive::Mark;
use crate::scene::shown::numbers;
use crate::text::{Measure, wrapped};

/// Up to this number of ties, names also avoid lines.
const KEPT_CLEAR_AT_MOST: usize = 600;
/// Below 1/2.6 of their size at 100 %, symbols count as dots, which names may cover.
const DOT_SHARE: f32 = 2.6;
/// Most characters of the label of a tie.
const LABEL_AT_MOST: usize = 40;
/// Up to this number of selected actors, their names are always shown, whatever they cover.
const NAMED_AT_ANY_PRICE: usize = 12;

/// A picture of the map, without title and legend, in map units.
#[derive(Clone, Debug, Default)]
pub struct Scene {
    /// In drawing order.
    pub marks: Vec<Mark>,
    /// The shapes.
    pub bodies: PerActor<Body>,
    /// The shapes that are drawn, ascending.
    pub actors: Vec<ActorIndex>,
    /// The lines with their routes.
    pub routes: Vec<(LineIndex, Route)>,
    /// One per route; `None` if the line has no badge.
    pub badges: Vec<Option<Badge>>,
    /// The names that found a place.
    pub names: Vec<names::Placed>,
    /// The pills of folded wholes.
    pub pills: Vec<Pill>,
    /// The labels of lines that found a place; empty if the view shows no kinds.
    pub kinds: Vec<tie_words::Placed>,
    /// The captions of areas that found a place.
    pub captions: Vec<captions::Placed>,
    /// The notes on the map, in drawing order.
    pub notes: Vec<notes::Placed>,
    /// The features that the legend has to explain; empty if only a part was built.
    pub drawn: Drawn,
    /// The highest number of ties in a pixel, if they are counted instead of drawn one by one.
    pub busiest: Option<u32>,
    /// True if actors are dots in an image, of which those with names are drawn larger.
    pub has_dots: bool,
    /// Map units per pixel at 100 %.
    pub unit: f32,
}

/// Builds the scene.
#[must_use]
pub fn build(request: &Request<'_>, measure: &dyn Measure) -> Scene {
    let actors: Vec<ActorIndex> =
        request.part.map_or_else(|| request.shown.actors().collect(), |part| part.actors.to_vec());
    let spacing = request.part.map_or_else(
        || camera::spacing(&request.shown.places(request.positions)),
        |part| part.overview.spacing,
    );
    let factor = symbol_factor(request.zoom, request.scale, spacing);
    let unit = factor / request.zoom;
    let lines = request.shown.lines();
    let all: Vec<LineIndex>;
    let shown = if let Some(part) = request.part {
        part.lines
    } else {
        all = lines.list().keys().collect();
        &all
    };
    let bodies = bodies(request, unit);
    let size = names::size_px(factor, request.scale) / request.zoom;
    let note_sizes = notes::Sizes::at(factor, request.scale, request.zoom);
    let mut notes = placed_sheets(request, note_sizes, &actors, &bodies, unit, measure);
    let mut sheets: Vec<Rect> = notes.iter().map(|note| note_sizes.around(note.rect)).collect();
    sheets.extend(request.part.into_iter().flat_map(|part| part.kept_clear));
    let shapes = request.part.map_or(actors.as_slice(), |part| part.shapes);
    let obstacles = request.part.map_or(actors.as_slice(), |part| part.obstacles);
    let crowd = |names: &[names::Placed]| {
        let names = names.iter().map(|name| name.rect).chain(sheets.iter().copied());
        crowd(request, obstacles, &bodies, names, (40.0 * unit).max(1.4 * size), unit)
    };
    let sizes = badge::Sizes::at(factor, request.scale, request.zoom, request.density);
    let own_bows;
    let bows = if let Some(bows) = request.bows {
        bows
    } else {
        own_bows = bows_of(request, shown, measure);
        &own_bows
    };
    let routes = routes(request, shown, &bodies, bows, unit);
    let halves = badge_half_sizes(request, shown, &sizes, measure);
    let care = Care::of(request.shown);
    let ways = badge::ways(&routes, care, unit);
    // Names avoid the badges at their first positions. Then the badges are placed again, so that
    // any badge that a name still covers moves along its line.
    let early = badge::place(&routes, &halves, &crowd(&[]), &ways, care.less(), unit);
    let clear_of = (crowd(&[]), sheets.as_slice());
    let names =
        placed_names(request, &bodies, &actors, clear_of, &routes, &early, size, unit, measure);
    let mut taken = crowd(&names);
    let badges = badge::place(&routes, &halves, &taken, &ways, care, unit);
    let legible = request.frame.map_or(0.0, |frame| frame.label_px * request.scale);
    let kind_size = tie_words::size(factor, legible, request.scale, request.zoom);
    let kinds =
        placed_kinds(request, shown, &routes, &badges, &mut taken, kind_size, unit, measure);
    let areas = match request.view.settings.membership {
        Membership::Hulls => hull::areas(request, &bodies, unit),
        Membership::Tethers | Membership::Nothing => Vec::new(),
    };
    let caption_size = captions::size(factor, request.scale, request.zoom);
    let captions =
        placed_captions(request, &areas, &names, &routes, taken, caption_size, unit, measure);
    let share = Fading::of(request.map.actors.len(), lines, request.view);
    let painter = Painter { request, share, unit, factor: factor * request.density };
    let mut marks = match request.view.settings.membership {
        Membership::Tethers if request.part.is_none_or(|part| part.has_tethers) => {
            painter.tethers(shapes, &bodies, &ways)
        }
        Membership::Hulls => hull::draw(&areas, request.theme, unit),
        Membership::Tethers | Membership::Nothing => Vec::new(),
    };
    marks.extend(painter.lines(shown, &routes, &badges, &sizes, measure));
    let pills = pills(request, shapes, &bodies, shown, &routes, unit);
    let routes: Vec<(LineIndex, Route)> = shown.iter().copied().zip(routes).collect();
    let has_notes = request.part.is_none_or(|part| part.has_notes);
    if has_notes {
        lead_notes(&mut notes, request, &bodies, &actors, &names, &routes, &badges, unit);
        marks.extend(notes::draw_leaders(&notes, note_sizes, request.theme));
    }
    marks.extend(painter.captions(&captions, caption_size));
    marks.extend(painter.kinds(shown, &kinds, kind_size));
    marks.extend(painter.actors(shapes, &bodies, measure));
    marks.extend(painter.pills(&pills, measure));
    marks.extend(painter.names(&names, size));
    if has_notes {
        marks.extend(notes::draw_sheets(&notes, note_sizes, request));
    }
    let of_whole = || Drawn::in_view(request.map, request.view, request.shown);
    let drawn = request.part.map_or_else(of_whole, |_| Drawn::default());
    Scene {
        marks,
        bodies,
        actors,
        routes,
        badges,
        names,
        pills,
        kinds,
        captions,
        notes,
        drawn,
        busiest: None,
        has_dots: false,
        unit,
    }
}

/// The sheets of notes, clear of shapes. They have no leaders yet.
fn placed_sheets(
    request: &Request<'_>,
    sizes: notes::Sizes,
    actors: &[ActorIndex],
    bodies: &PerActorSlice<Body>,
    unit: f32,
    measure: &dyn Measure,
) -> Vec<notes::Placed> {
    let mut notes = notes::sheets(request, sizes, measure);
    if request.part.is_none() && !notes.is_empty() {
        let shapes = crowd(request, actors, bodies, std::iter::empty(), 40.0 * unit, unit);
        sheet_room::make_room(&mut notes, request, shapes, 2.0 * unit, measure);
    }
    notes
}

/// The shapes and pills of actors, and other rectangles, in cells of this size.
fn crowd(
    request: &Request<'_>,
    actors: &[ActorIndex],
    bodies: &PerActorSlice<Body>,
    others: impl Iterator<Item = Rect>,
    cell: f32,
    unit: f32,
) -> OccupiedGrid {
    let mut crowd = OccupiedGrid::new(cell);
    for actor in actors.iter().filter(|actor| request.shown.stands_for(**actor) > 0) {
        crowd.add(pill::usual_place(&bodies[*actor], 2, unit));
    }
    let shapes = actors.iter().filter_map(|actor| bodies.get(*actor)).map(Body::bounds);
    shapes.chain(others).for_each(|rect| crowd.add(rect));
    crowd
}

/// Places the labels of ties, if the view shows them. Adds them and the badges to `taken`.
#[expect(clippy::too_many_arguments, reason = "all parts of one scene, with one caller")]
fn placed_kinds(
    request: &Request<'_>,
    shown: &[LineIndex],
    routes: &[Route],
    badges: &[Option<Badge>],
    taken: &mut OccupiedGrid,
    size: f32,
    unit: f32,
    measure: &dyn Measure,
) -> Vec<tie_words::Placed> {
    if !request.view.settings.kinds {
        badges.iter().flatten().for_each(|badge| taken.add(badge.bounds()));
        return Vec::new();
    }
    let words: Vec<Option<String>> = shown.iter().map(|line| label(request, *line)).collect();
    tie_words::place(&words, routes, badges, taken, size, unit, measure)
}

/// Finds the leaders of notes.
#[expect(clippy::too_many_arguments, reason = "all parts of one scene, with one caller")]
fn lead_notes(
    notes: &mut [notes::Placed],
    request: &Request<'_>,
    bodies: &PerActorSlice<Body>,
    actors: &[ActorIndex],
    names: &[names::Placed],
    routes: &[(LineIndex, Route)],
    badges: &[Option<Badge>],
    unit: f32,
) {
    if notes.is_empty() {
        return;
    }
    let shapes = actors.iter().filter_map(|actor| bodies.get(*actor)).map(Body::bounds);
    let kept_clear: Vec<Rect> = shapes.chain(names.iter().map(|name| name.rect)).collect();
    let body = |actor: ActorIndex| bodies.get(actor).copied();
    let ends = notes::Ends { body: &body, routes, badges, kept_clear: &kept_clear, unit };
    notes::lead(notes, request, &ends);
}

/// The pills of the wholes in `actors` that stand for others, clear of the ends of their lines.
fn pills(
    request: &Request<'_>,
    actors: &[ActorIndex],
    bodies: &PerActorSlice<Body>,
    shown: &[LineIndex],
    routes: &[Route],
    unit: f32,
) -> Vec<Pill> {
    if request.shown.folded() == 0 {
        return Vec::new();
    }
    let lines = request.shown.lines();
    let pill = |actor: &ActorIndex| {
        let count = request.shown.stands_for(*actor);
        let ends = |line: &LineIndex| lines.get(*line).map(|line| line.ends);
        let own = shown.iter().zip(routes);
        let own = own.filter(|(line, _)| ends(line).is_some_and(|ends| ends.contains(actor)));
        let own: Vec<&Route> = own.map(|(_, route)| route).collect();
        let body = bodies.get(*actor).filter(|_| count > 0)?;
        Some(pill::place(*actor, count, body, &own, unit))
    };
    actors.iter().filter_map(pill).collect()
}

/// The kinds of a line's ties, as a label; `None` if none has a kind.
fn label(request: &Request<'_>, line: LineIndex) -> Option<String> {
    let mut kinds: Vec<String> = Vec::new();
    for tie in request.shown.lines().ties(line) {
        let words = request.map.relations[*tie].kind.words();
        kinds.extend(words.filter(|words| !kinds.contains(words)));
    }
    (!kinds.is_empty()).then(|| cut_to(&kinds.join(", "), LABEL_AT_MOST))
}

/// Half the size of each badge, with its number; `None` if a line has neither sign nor number.
fn badge_half_sizes(
    request: &Request<'_>,
    shown: &[LineIndex],
    sizes: &badge::Sizes,
    measure: &dyn Measure,
) -> Vec<Option<(Point, Option<usize>)>> {
    let lines = request.shown.lines();
    let numbers = request.view.numbers.then(|| numbers(request.map, lines));
    let half = |line: &LineIndex| {
        let number = numbers.as_ref().and_then(|numbers| numbers.get(*line).copied().flatten());
        Some((badge::half(lines.get(*line)?, number, sizes, measure)?, number))
    };
    shown.iter().map(half).collect()
}

/// Map units per pixel at 100 %, and the routes of all lines. There are no routes if there are more
/// than `at_most` lines.
#[must_use]
pub fn ways(request: &Request<'_>, at_most: usize, measure: &dyn Measure) -> (f32, Vec<Route>) {
    let spacing = camera::spacing(&request.shown.places(request.positions));
    let unit = symbol_factor(request.zoom, request.scale, spacing) / request.zoom;
    let lines = request.shown.lines();
    if lines.len() > at_most {
        return (unit, Vec::new());
    }
    let shown: Vec<LineIndex> = lines.list().keys().collect();
    let own_bows;
    let bows = if let Some(bows) = request.bows {
        bows
    } else {
        own_bows = bows_of(request, &shown, measure);
        &own_bows
    };
    (unit, routes(request, &shown, &bodies(request, unit), bows, unit))
}

/// The routes of the lines in `shown`, whose ends lie side by side at the shapes.
fn routes(
    request: &Request<'_>,
    shown: &[LineIndex],
    bodies: &PerActorSlice<Body>,
    bows: &Bows,
    unit: f32,
) -> Vec<Route> {
    let lines = request.shown.lines();
    let mut routes = edge::routes(lines, shown, bodies, &bows.pairs, unit);
    // The lines of a large map are a mesh, whose ends are not moved, wherever they are drawn.
    if !request.shown.is_small() {
        return routes;
    }
    let list = lines.list();
    let ends: Vec<[ActorIndex; 2]> = shown.iter().map(|line| list[*line].ends).collect();
    let halves: Vec<[f32; 2]> = shown.iter().map(|line| edge::half_end_px(&list[*line])).collect();
    attach::attach(&mut routes, &ends, &halves, bodies, unit);
    for (route, bow) in routes.iter_mut().zip(&bows.lines) {
        *route = route.bowed(*bow);
    }
    routes
}

/// How lines bow around other actors, and for their badges. Computed at the zoom at which the whole
/// map fits an ordinary page, so that lines keep their shape at every zoom and on every page.
#[must_use]
pub fn bows(request: &Request<'_>, measure: &dyn Measure) -> Bows {
    let shown: Vec<LineIndex> = request.shown.lines().list().keys().collect();
    bows_of(request, &shown, measure)
}

fn bows_of(request: &Request<'_>, shown: &[LineIndex], measure: &dyn Measure) -> Bows {
    if request.part.is_some() || shown.len() > edge::ROUTED_AT_MOST {
        return Bows::default();
    }
    let page = geometry::point(1600.0, 1000.0);
    let whole = Rect { min: Point::default(), max: page };
    let actors: Vec<ActorIndex> = request.shown.actors().collect();
    let zoom = camera::fit(&request.shown.places(request.positions), whole, page, 1.0).zoom;
    let factor = symbol_factor(zoom, 1.0, f32::INFINITY);
    let unit = factor / zoom;
    let bodies = bodies(request, unit);
    let taken = with_names_below(request, &bodies, &actors, unit);
    let pairs = edge::bulges(request.shown.lines(), shown, &bodies, &taken, unit);
    let mut bows = Bows { pairs, lines: Vec::new() };
    if shown.len() <= RELIEVED_AT_MOST {
        let routes = routes(request, shown, &bodies, &bows, unit);
        let sizes = badge::Sizes::at(factor, 1.0, zoom, 1.0);
        let halves = badge_half_sizes(request, shown, &sizes, measure);
        bows.lines = relief(&routes, &halves, &taken, unit);
    }
    bows
}

/// The shapes of all actors, also of those that are not drawn.
fn bodies(request: &Request<'_>, unit: f32) -> PerActor<Body> {
    if let Some(part) = request.part {
        let body = |(actor, at): (ActorIndex, &Point)| part.overview.body(actor, *at, unit);
        return request.positions.iter_enumerated().map(body).collect();
    }
    let actors = request.map.actors.iter_enumerated().zip(request.positions);
    let size = |actor| shape::half_size_px(request.shown.size(actor)) * unit;
    actors.map(|((index, actor), at)| Body::new(&actor.kind, *at, size(index))).collect()
}

/// The areas that lines are routed around: shapes and estimates of their names.
fn with_names_below(
    request: &Request<'_>,
    bodies: &PerActorSlice<Body>,
    actors: &[ActorIndex],
    unit: f32,
) -> OccupiedGrid {
    let mut crowd = OccupiedGrid::new(90.0 * unit);
    for actor in actors {
        let (body, actor) = (&bodies[*actor], &request.map.actors[*actor]);
        let bounds = body.bounds();
        crowd.add(bounds.grown(3.0 * unit));
        let lines = wrapped(&actor.name);
        let letters = lines.iter().map(|line| line.chars().count()).max().unwrap_or(0);
        #[expect(clippy::cast_precision_loss, reason = "a few letters and lines")]
        let (half, height) = (letters as f32 * 3.4 * unit, lines.len() as f32 * 14.0 * unit);
        crowd.add(Rect::sized(
            geometry::point(body.centre.x - half, bounds.max.y),
            2.0 * half,
            height,
        ));
    }
    crowd
}

/// Places the captions of areas.
#[expect(clippy::too_many_arguments, reason = "all parts of one scene, with one caller")]
fn placed_captions(
    request: &Request<'_>,
    areas: &[hull::Area],
    names: &[names::Placed],
    routes: &[Route],
    mut taken: OccupiedGrid,
    size: f32,
    unit: f32,
    measure: &dyn Measure,
) -> Vec<captions::Placed> {
    let name_of = |actor| names.iter().find(|name| name.actor == actor).map(|name| name.rect);
    let obstacles = (&mut taken, &along_lines(routes, unit));
    captions::place(areas, request.map, name_of, obstacles, size, unit, measure)
}

/// Small squares along lines; none if there are too many lines.
fn along_lines(routes: &[Route], unit: f32) -> OccupiedGrid {
    let mut lines = OccupiedGrid::new(40.0 * unit);
    for route in routes.iter().filter(|_| routes.len() <= KEPT_CLEAR_AT_MOST) {
        for step in 0_u8..=24 {
            let at = route.at(f32::from(step) / 24.0);
            lines.add(Rect::around(at, 4.0 * unit, 4.0 * unit));
        }
    }
    lines
}

#[expect(clippy::too_many_arguments, reason = "all parts of one scene, with one caller")]
fn placed_names(
    request: &Request<'_>,
    bodies: &PerActorSlice<Body>,
    actors: &[ActorIndex],
    (crowd_of_bodies, sheets): (OccupiedGrid, &[Rect]),
    routes: &[Route],
    badges: &[Option<Badge>],
    size: f32,
    unit: f32,
    measure: &dyn Measure,
) -> Vec<names::Placed> {
    let dot = unit * request.zoom / request.scale * DOT_SHARE;
    let mut obstacles = names::Obstacles {
        body_weight: (dot * dot).min(1.0),
        bodies: crowd_of_bodies,
        forbidden: sheets.to_vec(),
        badges: OccupiedGrid::new(4.0 * BADGE_PX * unit),
        lines: along_lines(routes, unit),
        heads: OccupiedGrid::new(40.0 * unit),
    };
    for badge in badges.iter().flatten() {
        obstacles.badges.add(badge.bounds());
    }
    if routes.len() <= KEPT_CLEAR_AT_MOST {
        for route in routes {
            // Names avoid the ends of lines more strongly than lines.
            for (end, inside) in [(0.0, 0.2), (1.0, 0.8)] {
                let (end, inside) = (route.at(end), route.at(inside));
                let middle = end + (inside - end).direction() * (6.0 * unit);
                obstacles.heads.add(Rect::around(middle, 8.0 * unit, 8.0 * unit));
            }
        }
    }
    let emphasis = &request.view.emphasis;
    // If many actors are selected, there is no room for all of their names.
    let is_few = emphasis.selected_actors.len() <= NAMED_AT_ANY_PRICE;
    let needed = |actor: &ActorIndex| is_few && emphasis.selected_actors.contains(actor);
    let bright: foldhash::HashSet<ActorIndex> = emphasis.bright_actors.iter().copied().collect();
    let wishes = actors.iter().filter_map(|actor| {
        let body = bodies.get(*actor)?;
        let said = request.map.actors.get(*actor)?;
        let is_bright = bright.contains(actor);
        Some(names::Wish {
            actor: *actor,
            name: &said.name,
            body,
            is_bright,
            is_needed: needed(actor),
        })
    });
    let most = request.part.map_or(usize::MAX, |part| part.names_at_most);
    names::place(wishes.collect(), most, &obstacles, request.frame, size, unit, measure)
}
