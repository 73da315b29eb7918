//! Draws a crowded view as one mesh of textured quads, with pictures from the sprites.

use egui::epaint::{Mesh, Vertex};
use egui::{Color32, Pos2, Vec2, pos2, vec2};

use super::sprites::{Profile, Sprite, Sprites, corners};
use crate::geometry::{Curve, Point, Rect, point};
use crate::model::{ActorIndex, PerActor, PerActorSlice};
use crate::scene::picture::overview::{Brightness, LineLook, Overview, tie_color};
use crate::scene::primitive::Dash;
use crate::scene::theme::Theme;
use crate::ui::widgets::style;

/// Minimum radius at which badges are drawn, in screen points; smaller ones would be specks.
const BADGE_MIN_RADIUS: f32 = 4.0;
/// Minimum length at which arrowheads are drawn, in physical pixels.
const HEAD_AT_LEAST: f32 = 3.5;
/// Physical pixels per pixel at 100 % below which lines are not clipped at the shapes.
const FAR: f32 = 0.13;
/// Minimum share of its colour at which an element counts as bright. Forecasts are faint but still
/// bright; elements outside the neighbourhood of the selection are below.
const BRIGHT: f32 = 0.45;
/// Number of straight pieces for a curved line.
const PIECES: u8 = 10;

/// A part of the map, in drawing order. Ties and tethers are indices in the lists of the overview.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct MeshPart {
    pub actor_looks: Vec<ActorIndex>,
    pub line_looks: Vec<u32>,
    pub tethers: Vec<u32>,
}

impl MeshPart {
    /// Number of actors and ties.
    #[must_use]
    pub fn len(&self) -> usize {
        self.actor_looks.len() + self.line_looks.len()
    }
}

/// All inputs for drawing one mesh.
pub struct Stage<'a> {
    pub overview: &'a Overview,
    pub brightness: &'a Brightness,
    pub positions: &'a PerActorSlice<Point>,
    pub theme: &'a Theme,
    pub sprites: &'a Sprites,
    /// Screen points per map unit.
    pub zoom: f32,
    /// Map units per pixel at 100 %.
    pub unit: f32,
    pub pixels_per_point: f32,
    /// A map point that serves as the reference.
    pub origin: Point,
    /// The screen position of `origin`.
    pub at: Pos2,
    /// For each tie, the position of its badge along the line, 0 to 1. May be shorter than the list
    /// of ties; the default is the middle, 0.5.
    pub sign_at: &'a [f32],
}

/// The part of the map within `area`, in map units; searches only `among` if that is given.
#[must_use]
pub fn within(
    overview: &Overview,
    brightness: &Brightness,
    positions: &PerActorSlice<Point>,
    area: &Rect,
    unit: f32,
    among: Option<&MeshPart>,
) -> MeshPart {
    let near = area.grown(48.0 * unit);
    let is_near = |actor: &ActorIndex| {
        near.contains(positions[*actor]) && overview.actor_looks[*actor].is_drawn
    };
    let wide = area.grown((overview.widest_lane.min(400.0) + 30.0) * unit);
    let (middle, half) = (wide.centre(), point(wide.width() * 0.5, wide.height() * 0.5));
    let touches = |from: ActorIndex, to: ActorIndex| {
        let (from, to) = (positions[from] - middle, positions[to] - middle);
        // Tests the axes of the box, then the normal of the line (separating axis theorem).
        let reach = |a: f32, b: f32, half: f32| a.min(b) <= half && a.max(b) >= -half;
        let way = to - from;
        let across = (way.x * from.y - way.y * from.x).abs();
        reach(from.x, to.x, half.x)
            && reach(from.y, to.y, half.y)
            && across <= half.x * way.y.abs() + half.y * way.x.abs()
    };
    let has_thread = |line_look: &u32| {
        let line_look = &overview.line_looks[*line_look as usize];
        touches(line_look.from, line_look.to)
    };
    let has_tether = |tether: &u32| {
        let [part, whole] = overview.tethers[*tether as usize];
        touches(part, whole)
    };
    let all = |count: usize| 0..u32::try_from(count).unwrap_or(u32::MAX);
    match among {
        Some(part) => MeshPart {
            actor_looks: part.actor_looks.iter().copied().filter(is_near).collect(),
            line_looks: part.line_looks.iter().copied().filter(has_thread).collect(),
            tethers: part.tethers.iter().copied().filter(has_tether).collect(),
        },
        None => MeshPart {
            actor_looks: positions.keys().filter(is_near).collect(),
            line_looks: brightness.order.iter().copied().filter(has_thread).collect(),
            tethers: all(overview.tethers.len()).filter(has_tether).collect(),
        },
    }
}

/// The mesh of `part`, in points on the screen.
#[must_use]
pub fn mesh(stage: &Stage<'_>, part: &MeshPart) -> Mesh {
    // Each tie has a line, and may have an arrowhead and a badge.
    let has_signs =
        BADGE_MIN_RADIUS <= crate::scene::picture::badge::BADGE_PX * stage.unit * stage.zoom;
    let quads = part.actor_looks.len() + part.line_looks.len() * if has_signs { 3 } else { 1 };
    let mut pen = Pen::new(stage, quads + part.tethers.len());
    for tether in &part.tethers {
        pen.tether(*tether as usize);
    }
    // Faded elements are drawn below all bright ones.
    let brightness = stage.brightness;
    let first_bright = part
        .line_looks
        .partition_point(|line_look| brightness.line_looks[*line_look as usize] < BRIGHT);
    let (faded, bright): (Vec<ActorIndex>, Vec<ActorIndex>) =
        part.actor_looks.iter().partition(|actor| brightness.actor_looks[**actor] < BRIGHT);
    let selected_ties = brightness.selected_lines.iter().map(|line_look| *line_look as usize);
    let chosen_ties = chosen(selected_ties, brightness.line_looks.len());
    let selected_actors = brightness.selected_actors.iter().map(|actor| actor.get());
    let chosen_actors: PerActor<bool> =
        chosen(selected_actors, brightness.actor_looks.len()).into();
    for (line_looks, actor_looks) in
        [(&part.line_looks[..first_bright], &faded), (&part.line_looks[first_bright..], &bright)]
    {
        for line_look in line_looks {
            if chosen_ties.get(*line_look as usize) == Some(&true) {
                pen.glow(*line_look as usize);
            }
            pen.line(*line_look as usize);
        }
        // Badges are drawn after all lines, so that no line crosses a badge.
        for line_look in line_looks.iter().filter(|_| has_signs) {
            pen.sign(*line_look as usize);
        }
        for actor in actor_looks {
            if chosen_actors.get(*actor) == Some(&true) {
                pen.ring(*actor);
            }
            pen.dot(*actor);
        }
    }
    pen.mesh
}

/// `count` flags, true at the indices in `list`; none at all if the list is empty.
fn chosen(list: impl ExactSizeIterator<Item = usize>, count: usize) -> Vec<bool> {
    let mut chosen = vec![false; if list.len() == 0 { 0 } else { count }];
    for at in list {
        if let Some(flag) = chosen.get_mut(at) {
            *flag = true;
        }
    }
    chosen
}

/// The course of a tie's line, in screen points: its ends at the outlines of the shapes, and how
/// far it bows to the right.
struct Way {
    start: Pos2,
    end: Pos2,
    bow: f32,
    direction: Vec2,
    length: f32,
}

/// Appends quads to a mesh.
struct Pen<'a> {
    stage: &'a Stage<'a>,
    mesh: Mesh,
    /// Screen points per pixel at 100 %.
    factor: f32,
    /// True if lines need not be clipped at the shapes.
    is_far: bool,
    /// Caches of line profiles (by width and dash) and of line colours (by stance and share).
    profiles: Vec<(f32, Dash, Profile)>,
    colors: Vec<(crate::model::Stance, u32, Color32)>,
}

impl<'a> Pen<'a> {
    fn new(stage: &'a Stage<'a>, count: usize) -> Self {
        let mut mesh = Mesh::with_texture(stage.sprites.texture());
        mesh.reserve_vertices(count * 4);
        mesh.reserve_triangles(count * 2);
        let factor = stage.unit * stage.zoom;
        let is_far = factor * stage.pixels_per_point < FAR;
        Self { stage, mesh, factor, is_far, profiles: Vec::new(), colors: Vec::new() }
    }

    /// The screen position of an actor.
    fn place(&self, actor: ActorIndex) -> Pos2 {
        let way = (self.stage.positions[actor] - self.stage.origin) * self.stage.zoom;
        self.stage.at + vec2(way.x, way.y)
    }

    fn quad(&mut self, corners: [Pos2; 4], uv: [Pos2; 4], color: Color32) {
        #[expect(clippy::cast_possible_truncation, reason = "a mesh has fewer than 2^32 corners")]
        let first = self.mesh.vertices.len() as u32;
        let vertex = |at: usize| Vertex { pos: corners[at], uv: uv[at], color };
        self.mesh.vertices.extend_from_slice(&[vertex(0), vertex(1), vertex(2), vertex(3)]);
        self.mesh.indices.extend_from_slice(&[
            first,
            first + 1,
            first + 2,
            first,
            first + 2,
            first + 3,
        ]);
    }

    fn sprite(&mut self, sprite: &Sprite, at: Pos2, along: Vec2, scale: f32, color: Color32) {
        let [min, max] = sprite.uv;
        let uv = [min, pos2(max.x, min.y), max, pos2(min.x, max.y)];
        self.quad(corners(sprite, at, along, scale), uv, color);
    }

    fn dot(&mut self, actor: ActorIndex) {
        let actor_look = &self.stage.overview.actor_looks[actor];
        let share = self.stage.brightness.actor_looks[actor];
        let (sprite, scale) =
            self.stage.sprites.actor(actor_look.build, actor_look.half_px, share, actor_look.camp);
        let at = self.place(actor);
        self.sprite(sprite, at, vec2(1.0, 0.0), scale * self.factor, Color32::WHITE);
    }

    /// The line from a part to its whole.
    fn tether(&mut self, at: usize) {
        let [part, whole] = self.stage.overview.tethers[at];
        let actor_looks = &self.stage.brightness.actor_looks;
        let share = actor_looks[part].min(actor_looks[whole]);
        let theme = self.stage.theme;
        let color = style::color(theme.tether().over(theme.ground, share));
        let profile = self.plain(1.1);
        self.solid(self.place(part), self.place(whole), profile, color);
    }

    /// The glow around a selected tie.
    fn glow(&mut self, at: usize) {
        let line_look = self.stage.overview.line_looks[at];
        let Some(way) = self.way(&line_look).filter(|_| line_look.from != line_look.to) else {
            return;
        };
        let theme = self.stage.theme;
        let color = style::color(theme.accent.over(theme.ground, 0.35));
        let profile = self.plain(line_look.width_px + 7.0_f32.min(3.0 / self.factor));
        let curve =
            Curve::bulging(point(way.start.x, way.start.y), point(way.end.x, way.end.y), way.bow);
        let points: Vec<Pos2> =
            curve.points(usize::from(PIECES)).iter().map(|at| pos2(at.x, at.y)).collect();
        for pair in points.windows(2) {
            self.solid(pair[0], pair[1], profile, color);
        }
    }

    /// The ring around a selected actor; it has a minimum size, so that it is visible at any zoom.
    fn ring(&mut self, actor: ActorIndex) {
        let body = self.stage.overview.body(actor, Point::default(), self.stage.unit);
        let radius = (body.reach() * self.stage.zoom + 5.0 * self.factor).max(6.0);
        let profile = self.plain(2.2_f32.max(1.6 / self.factor));
        let color = style::color(self.stage.theme.accent);
        let centre = self.place(actor);
        let corner = |step: u8| {
            centre + Vec2::angled(f32::from(step) / 28.0 * std::f32::consts::TAU) * radius
        };
        for step in 0..28 {
            self.solid(corner(step), corner(step + 1), profile, color);
        }
    }

    /// The profile of a solid line; `width_px` is in pixels at 100 %.
    fn plain(&self, width_px: f32) -> Profile {
        let ppp = self.stage.pixels_per_point;
        let profile = self.stage.sprites.line(Dash::Solid, width_px * self.factor * ppp);
        Profile { half: profile.half / ppp, ..profile }
    }

    /// A straight solid line.
    fn solid(&mut self, start: Pos2, end: Pos2, profile: Profile, color: Color32) {
        let way = end - start;
        let aside = way.rot90() * (profile.half / way.length_sq().sqrt().max(1e-6));
        let [top, bottom] = profile.v;
        let uv = [pos2(0.0, top), pos2(0.0, top), pos2(0.0, bottom), pos2(0.0, bottom)];
        self.quad([start - aside, end - aside, end + aside, start + aside], uv, color);
    }

    fn profile(&mut self, line_look: &LineLook) -> Profile {
        let known = self.profiles.iter().find(|known| {
            known.0.to_bits() == line_look.width_px.to_bits() && known.1 == line_look.dash
        });
        if let Some((.., profile)) = known {
            return *profile;
        }
        let width = line_look.width_px * self.factor * self.stage.pixels_per_point;
        let mut profile = self.stage.sprites.line(line_look.dash, width);
        profile.half /= self.stage.pixels_per_point;
        self.profiles.push((line_look.width_px, line_look.dash, profile));
        profile
    }

    fn color(&mut self, line_look: &LineLook, share: f32) -> Color32 {
        let known = self
            .colors
            .iter()
            .find(|known| known.0 == line_look.stance && known.1 == share.to_bits());
        if let Some((.., color)) = known {
            return *color;
        }
        let color = style::color(tie_color(self.stage.theme, line_look.stance, share));
        self.colors.push((line_look.stance, share.to_bits(), color));
        color
    }

    /// The course of a tie between the outlines of its two shapes; `None` if they overlap.
    fn way(&self, line_look: &LineLook) -> Option<Way> {
        let (from, to) = (self.place(line_look.from), self.place(line_look.to));
        let way = to - from;
        let length = way.length_sq().sqrt();
        let direction = way / length.max(1e-6);
        if self.is_far {
            // Shapes are small dots here and cover the ends of the lines.
            return Some(Way {
                start: from,
                end: to,
                bow: line_look.lane * self.factor,
                direction,
                length,
            });
        }
        let reach = |actor: ActorIndex| {
            let body = self.stage.overview.body(actor, Point::default(), self.stage.unit);
            (body.reach_towards(point(direction.x, direction.y)) + self.stage.unit)
                * self.stage.zoom
        };
        let (leaves, arrives) = (reach(line_look.from), reach(line_look.to));
        let room = length - leaves - arrives;
        let bow = line_look.lane * self.factor;
        let (start, end) = (from + direction * leaves, to - direction * arrives);
        (room > 0.0).then_some(Way { start, end, bow, direction, length: room })
    }

    fn line(&mut self, at: usize) {
        let line_look = self.stage.overview.line_looks[at];
        let color = self.color(&line_look, self.stage.brightness.line_looks[at]);
        let profile = self.profile(&line_look);
        if line_look.from == line_look.to {
            self.round(&line_look, profile, color);
            return;
        }
        let Some(mut way) = self.way(&line_look) else { return };
        let (direction, length) = (way.direction, way.length);
        let head = (8.0 + line_look.width_px * 1.5) * self.factor;
        let is_head_seen = head * self.stage.pixels_per_point >= HEAD_AT_LEAST;
        // The slope of the curve at its end, relative to the straight line between its ends.
        let lean = if way.bow.abs() > 0.6 { 4.0 * way.bow / length.max(1.0) } else { 0.0 };
        let heads = line_look.heads.map(|is_wanted| is_wanted && is_head_seen);
        let is_short = length < head * if heads[0] { 2.5 } else { 1.5 };
        let head = if is_short { head * 0.6 } else { head };
        let sprite = self.stage.sprites.head;
        let back = (head * 0.85).min(length * if heads[0] { 0.4 } else { 0.8 });
        if heads[1] {
            let arrives = (direction - direction.rot90() * lean).normalized();
            self.sprite(&sprite, way.end - arrives * (head * 0.5), arrives, head, color);
            way.end -= arrives * back;
        }
        if heads[0] {
            let arrives = (direction + direction.rot90() * lean).normalized() * -1.0;
            self.sprite(&sprite, way.start - arrives * (head * 0.5), arrives, head, color);
            way.start -= arrives * back;
        }
        if way.bow.abs() <= 0.6 {
            self.piece(way.start, way.end, 0.0, profile, &line_look, color);
            return;
        }
        let curve =
            Curve::bulging(point(way.start.x, way.start.y), point(way.end.x, way.end.y), way.bow);
        self.pieces(
            (0..=PIECES).map(|step| curve.at(f32::from(step) / f32::from(PIECES))),
            profile,
            &line_look,
            color,
        );
    }

    fn pieces(
        &mut self,
        way: impl Iterator<Item = Point>,
        profile: Profile,
        line_look: &LineLook,
        color: Color32,
    ) {
        let mut done = 0.0;
        let mut before: Option<Pos2> = None;
        for at in way {
            let at = pos2(at.x, at.y);
            if let Some(before) = before {
                self.piece(before, at, done, profile, line_look, color);
                done += (at - before).length_sq().sqrt();
            }
            before = Some(at);
        }
    }

    /// A straight piece of a line; it starts `done` points after the start of the line, which sets
    /// the phase of the dashes.
    fn piece(
        &mut self,
        start: Pos2,
        end: Pos2,
        done: f32,
        profile: Profile,
        line_look: &LineLook,
        color: Color32,
    ) {
        let way = end - start;
        let length = way.length_sq().sqrt();
        let aside = way.rot90() * (profile.half / length.max(1e-6));
        let [top, bottom] = profile.v;
        let period = match line_look.dash.pattern(line_look.width_px) {
            Some((on, off)) => Sprites::period() / ((on + off) * self.factor),
            None => 0.0,
        };
        let (u, to_u) = (done * period, (done + length) * period);
        let uv = [pos2(u, top), pos2(to_u, top), pos2(to_u, bottom), pos2(u, bottom)];
        self.quad([start - aside, end - aside, end + aside, start + aside], uv, color);
    }

    /// The loop of a tie from an actor to itself.
    fn round(&mut self, line_look: &LineLook, profile: Profile, color: Color32) {
        let body = self.stage.overview.body(line_look.from, Point::default(), self.stage.unit);
        let ends = [&body, &body];
        let crate::scene::picture::edge::Route::Loop { centre, radius } =
            crate::scene::picture::edge::route(ends, line_look.lane, 0.0, self.stage.unit)
        else {
            return;
        };
        let actor = self.place(line_look.from);
        let (centre, radius) =
            (point(actor.x, actor.y) + centre * self.stage.zoom, radius * self.stage.zoom);
        let around = (0_u8..=20).map(|step| {
            let angle = f32::from(step) / 20.0 * std::f32::consts::TAU;
            centre + point(angle.cos(), angle.sin()) * radius
        });
        self.pieces(around, profile, line_look, color);
    }

    /// The badge of a tie.
    fn sign(&mut self, at: usize) {
        let line_look = self.stage.overview.line_looks[at];
        let share = self.stage.brightness.line_looks[at];
        let Some(sprite) =
            self.stage.sprites.sign(line_look.stance, line_look.is_open, share).copied()
        else {
            return;
        };
        let Some(way) = self.way(&line_look).filter(|_| line_look.from != line_look.to) else {
            return;
        };
        let along = self.stage.sign_at.get(at).copied().unwrap_or(0.5);
        let curve =
            Curve::bulging(point(way.start.x, way.start.y), point(way.end.x, way.end.y), way.bow);
        let middle = curve.at(along);
        self.sprite(&sprite, pos2(middle.x, middle.y), vec2(1.0, 0.0), self.factor, Color32::WHITE);
    }
}
