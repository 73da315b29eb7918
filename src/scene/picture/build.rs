//! Builds the picture of a map: shapes, lines, badges, names and labels of ties.

use super::badge::{self, BADGE_PX, Badge};
use super::drawn::Drawn;
use super::edge::{self, Route};
use super::fading::Fading;
use super::names;
use super::occupied::OccupiedGrid;
use super::painter::Painter;
use super::pill::{self, Pill};
use super::request::Request;
use super::shape::{self, Body};
use super::{hull, tie_words};
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
    /// The features that the legend has to explain; empty if only a part was built.
    pub drawn: Drawn,
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
    let shown = match request.part {
        Some(part) => part.lines,
        None => {
            all = lines.list().keys().collect();
            &all
        }
    };
    let bodies = bodies(request, unit);
    let size = names::size_px(factor, request.scale) / request.zoom;
    let crowd = |names: &[names::Placed]| {
        let mut crowd = OccupiedGrid::new((40.0 * unit).max(1.4 * size));
        let shapes = actors.iter().filter_map(|actor| bodies.get(*actor)).map(Body::bounds);
        let folded = actors.iter().filter(|actor| request.shown.stands_for(**actor) > 0);
        for actor in folded {
            crowd.add(pill::usual_place(&bodies[*actor], 2, unit));
        }
        for rect in shapes.chain(names.iter().map(|name| name.rect)) {
            crowd.add(rect);
        }
        crowd
    };
    let is_text_only = request.part.is_some_and(|part| part.is_text_only);
    // Texts alone need no routes if kinds are off and signs are illegible.
    let are_lines_needed =
        !is_text_only || request.view.settings.kinds || badge::is_legible(factor);
    let bulges = bulges(request, shown);
    let routes = if are_lines_needed {
        edge::routes(lines, shown, &bodies, &bulges, unit)
    } else {
        Vec::new()
    };
    let sizes = badge::Sizes::at(factor, request.scale, request.zoom);
    let halves = badge_half_sizes(request, shown, &sizes, measure);
    // Names avoid the badges at their first positions. Then the badges are placed again, so that
    // any badge that a name still covers moves along its line.
    let early = badge::place(&routes, &halves, &crowd(&[]), unit);
    let names =
        placed_names(request, &bodies, &actors, crowd(&[]), &routes, &early, size, unit, measure);
    let mut taken = crowd(&names);
    let badges = badge::place(&routes, &halves, &taken, unit);
    let legible = request.frame.map_or(0.0, |frame| frame.label_px * request.scale);
    let kind_size = tie_words::size(factor, legible, request.scale, request.zoom);
    let kinds = if request.view.settings.kinds {
        let words: Vec<Option<String>> = shown.iter().map(|line| label(request, *line)).collect();
        tie_words::place(&words, &routes, &badges, &mut taken, kind_size, unit, measure)
    } else {
        Vec::new()
    };
    let share = Fading::of(request.map.actors.len(), lines, request.view);
    let painter = Painter { request, share, unit, factor };
    let mut marks = match request.view.settings.membership {
        Membership::Tethers if !is_text_only => painter.tethers(&actors, &bodies),
        Membership::Hulls => hull::draw(request, &bodies, unit),
        Membership::Tethers | Membership::Nothing => Vec::new(),
    };
    if !is_text_only {
        marks.extend(painter.lines(shown, &routes, &badges, &sizes, measure));
    }
    marks.extend(painter.kinds(shown, &kinds, kind_size));
    marks.extend(painter.actors(&actors, &bodies, is_text_only, measure));
    let pills = pills(request, &actors, &bodies, shown, &routes, unit);
    marks.extend(painter.pills(&pills, measure));
    marks.extend(painter.names(&names, size));
    let drawn = match request.part {
        Some(_) => Drawn::default(),
        None => Drawn::in_view(request.map, request.view, request.shown),
    };
    Scene {
        drawn,
        marks,
        bodies,
        actors,
        routes: shown.iter().copied().zip(routes).collect(),
        badges,
        names,
        pills,
        kinds,
        unit,
    }
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
pub fn ways(request: &Request<'_>, at_most: usize) -> (f32, Vec<Route>) {
    let spacing = camera::spacing(&request.shown.places(request.positions));
    let unit = symbol_factor(request.zoom, request.scale, spacing) / request.zoom;
    let lines = request.shown.lines();
    if lines.len() > at_most {
        return (unit, Vec::new());
    }
    let shown: Vec<LineIndex> = lines.list().keys().collect();
    let bulges = bulges(request, &shown);
    (unit, edge::routes(lines, &shown, &bodies(request, unit), &bulges, unit))
}

/// How lines bow around other actors. Computed at the zoom at which the whole map fits an ordinary
/// page, so that lines keep their shape at every zoom and on every page.
fn bulges(request: &Request<'_>, shown: &[LineIndex]) -> edge::Bulges {
    if request.part.is_some() || shown.len() > edge::ROUTED_AT_MOST {
        return edge::Bulges::new();
    }
    let page = geometry::point(1600.0, 1000.0);
    let whole = Rect { min: Point::default(), max: page };
    let actors: Vec<ActorIndex> = request.shown.actors().collect();
    let zoom = camera::fit(&request.shown.places(request.positions), whole, page, 1.0).zoom;
    let unit = symbol_factor(zoom, 1.0, f32::INFINITY) / zoom;
    let bodies = bodies(request, unit);
    let taken = with_names_below(request, &bodies, &actors, unit);
    edge::bulges(request.shown.lines(), shown, &bodies, &taken, unit)
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

#[expect(clippy::too_many_arguments, reason = "all parts of one scene, with one caller")]
fn placed_names(
    request: &Request<'_>,
    bodies: &PerActorSlice<Body>,
    actors: &[ActorIndex],
    crowd_of_bodies: OccupiedGrid,
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
        badges: OccupiedGrid::new(4.0 * BADGE_PX * unit),
        lines: OccupiedGrid::new(40.0 * unit),
        heads: OccupiedGrid::new(40.0 * unit),
    };
    for badge in badges.iter().flatten() {
        obstacles.badges.add(badge.bounds());
    }
    if routes.len() <= KEPT_CLEAR_AT_MOST {
        for route in routes {
            for step in 0_u8..=24 {
                obstacles.lines.add(Rect::around(
                    route.at(f32::from(step) / 24.0),
                    4.0 * unit,
                    4.0 * unit,
                ));
            }
            // Names avoid arrowheads more strongly than lines.
            obstacles.heads.add(Rect::around(route.at(0.985), 7.0 * unit, 7.0 * unit));
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
    names::place(wishes.collect(), &obstacles, request.frame, size, unit, measure)
}
