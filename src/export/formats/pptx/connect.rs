//! Connectors: lines, tethers and the leaders of notes, glued to the shapes at their ends.

use foldhash::HashMap;

use super::slide::Slide;
use super::xml::{Connector, End};
use crate::geometry::{Point, point};
use crate::model::citation::isolated;
use crate::model::query::about;
use crate::model::{ActorIndex, Element, LineIndex, NoteIndex};
use crate::scene::line_words;
use crate::scene::lines::Strand;
use crate::scene::picture::edge::{Route, strand_px};
use crate::scene::primitive::{Mark, Outline, Primitive, Stroke};

/// A line that bows by less is straight on the slide, in pixels of the page.
const STRAIGHT_PX: f32 = 4.0;
/// How much farther away, in pixels, a connection site may be to keep two lines apart.
const TAKEN_PX: f32 = 1000.0;

impl Slide<'_> {
    /// Finds the lines that have others between the same two actors.
    pub fn find_parallel(&mut self) {
        let lines = self.picture.shown.lines();
        let mut pairs: HashMap<[ActorIndex; 2], Vec<LineIndex>> = HashMap::default();
        for (at, line) in lines.list().iter_enumerated() {
            let [from, to] = line.ends;
            pairs.entry([from.min(to), from.max(to)]).or_default().push(at);
        }
        self.parallel = pairs.into_values().filter(|lines| lines.len() > 1).flatten().collect();
    }

    /// The shape of an actor and the connection site that is nearest to a place of the page.
    fn glue(&self, actor: ActorIndex, at: Point) -> Option<(usize, usize)> {
        let body = self.bodies.get(&actor)?;
        body.look.as_ref()?;
        let sites = body.sites.iter().enumerate();
        let distance = |site: &Point| (*site - at).length();
        let nearest = sites.min_by(|a, b| distance(a.1).total_cmp(&distance(b.1)));
        Some((body.id, nearest?.0))
    }

    /// The connection sites for the ends of a line: the nearest ones that no other line between the
    /// same two shapes has, so that lines do not cover each other once shapes are moved.
    fn glue_both(
        &mut self,
        actors: [ActorIndex; 2],
        ends: [Point; 2],
    ) -> [Option<(usize, usize)>; 2] {
        let body = |end: usize| self.bodies.get(&actors[end]).filter(|body| body.look.is_some());
        let (Some(one), Some(other)) = (body(0), body(1)) else {
            return [0, 1].map(|end| self.glue(actors[end], ends[end]));
        };
        let mut best = (f32::INFINITY, [0, 0]);
        for (first, from) in one.sites.iter().enumerate() {
            for (last, to) in other.sites.iter().enumerate() {
                let key = [(one.id, first), (other.id, last)];
                let is_taken = self.taken.contains(&key) || self.taken.contains(&[key[1], key[0]]);
                let is_same = one.id == other.id && first == last;
                let cost = (*from - ends[0]).length() + (*to - ends[1]).length();
                let cost = cost + if is_taken || is_same { TAKEN_PX } else { 0.0 };
                if cost < best.0 {
                    best = (cost, [first, last]);
                }
            }
        }
        let glued = [(one.id, best.1[0]), (other.id, best.1[1])];
        self.taken.insert(glued);
        glued.map(Some)
    }

    pub fn line(&mut self, at: LineIndex, mark: &Mark) {
        let picture = self.picture;
        let (Some(line), Some(route)) =
            (picture.shown.lines().get(at), self.routes.get(&at).copied())
        else {
            return;
        };
        let strokes = mark.primitives.iter().filter_map(|primitive| match primitive {
            Primitive::Shape { fill: None, stroke: Some(stroke), .. } => Some(stroke),
            _ => None,
        });
        let strokes: Vec<Stroke> = strokes.map(|stroke| self.stroke(stroke)).collect();
        let strands: Vec<Strand> = line.strands().copied().collect();
        let width: f32 = strands.iter().map(strand_px).sum();
        let name = self.ends_words(line.ends);
        let about = line_words::line(picture.map, &picture.index, picture.shown.lines(), at);
        let is_curved = self.is_curved(at, &route);
        let unit = picture.scene.unit;
        let side = (route.at(1.0) - route.at(0.0)).direction().turned();
        let mut left = -width * 0.5;
        let mut pointed = [false; 2];
        for (strand, stroke) in strands.iter().zip(strokes) {
            let own = strand_px(strand);
            let aside = side * ((left + own * 0.5) * unit);
            left += own;
            let ends = [route.at(0.0) + aside, route.at(1.0) + aside].map(|end| self.on_page(end));
            let glued = self.glue_both(line.ends, ends);
            let heads = [0, 1].map(|end| {
                let has_head = strand.heads[end] && !std::mem::replace(&mut pointed[end], true);
                has_head.then(|| End::Arrow((8.0 + 1.5 * width) / own))
            });
            let id = self.id();
            let connector = Connector {
                id,
                name: &name,
                about: &about,
                ends,
                glued,
                is_curved,
                stroke: &stroke,
                heads,
            };
            connector.write(&mut self.xml, self.scale);
        }
    }

    /// True if the connector of a line is curved.
    pub fn is_curved(&self, at: LineIndex, route: &Route) -> bool {
        let Route::Curve(curve) = route else { return true };
        let middle = curve.start.towards(curve.end, 0.5);
        let bow = self.length((curve.control - middle).length() * 0.5);
        bow > STRAIGHT_PX && self.parallel.contains(&at)
    }

    /// `Pakistan – TTP`.
    fn ends_words(&self, ends: [ActorIndex; 2]) -> String {
        let name = |actor: ActorIndex| {
            let actor = self.picture.map.actors.get(actor);
            actor.map_or(String::new(), |actor| isolated(actor.brief_name()).into_owned())
        };
        format!("{} – {}", name(ends[0]), name(ends[1]))
    }

    pub fn tether(&mut self, part: ActorIndex, mark: &Mark) {
        let Some(Primitive::Shape { stroke: Some(stroke), .. }) = mark.primitives.first() else {
            return;
        };
        let picture = self.picture;
        let whole = picture.map.actors.get(part).and_then(|actor| actor.part_of.as_deref());
        let whole = whole.and_then(|id| picture.shown.drawn_for(picture.index.actor(id)?));
        let Some(whole) = whole else { return };
        let (stroke, bodies) = (self.stroke(stroke), &picture.scene.bodies);
        let (Some(from), Some(to)) = (bodies.get(part), bodies.get(whole)) else { return };
        let way = (to.centre - from.centre).direction();
        let start = from.centre + way * from.reach_towards(way);
        let end = to.centre - way * to.reach_towards(way * -1.0);
        let ends = [start, end].map(|at| self.on_page(at));
        let glued = [self.glue(part, ends[0]), self.glue(whole, ends[1])];
        let (id, name) = (self.id(), self.ends_words([part, whole]));
        let connector = Connector {
            id,
            name: &name,
            about: "part of",
            ends,
            glued,
            is_curved: false,
            stroke: &stroke,
            heads: [None, Some(End::Dot)],
        };
        connector.write(&mut self.xml, self.scale);
    }

    pub fn leader(&mut self, at: NoteIndex, mark: &Mark) {
        let Some(Primitive::Shape {
            outline: Outline::Line(from, to), stroke: Some(stroke), ..
        }) = mark.primitives.first()
        else {
            return;
        };
        let (ends, stroke) = ([*from, *to].map(|at| self.on_page(at)), self.stroke(stroke));
        let is_on_line = mark.primitives.len() > 1;
        let picture = self.picture;
        let note = picture.map.notes.get(at);
        let actor = match note.and_then(|note| about(&picture.index, note)) {
            Some(Element::Actor(id)) => picture.index.actor(&id),
            _ => None,
        };
        let actor = actor.and_then(|actor| picture.shown.drawn_for(actor));
        let glued = actor.filter(|_| !is_on_line).and_then(|actor| self.glue(actor, ends[1]));
        let (id, next) = (self.id(), self.id());
        let note_id = *self.notes.entry(at).or_insert(next);
        let connector = Connector {
            id,
            name: "Leader of a note",
            about: "",
            ends,
            // The fifth site of its sheet; see `note`.
            glued: [Some((note_id, 4)), glued],
            is_curved: false,
            stroke: &stroke,
            heads: [None, is_on_line.then_some(End::Dot)],
        };
        connector.write(&mut self.xml, self.scale);
    }
}

/// The point of a curved connector at a share of its way: it leaves and arrives along its longer
/// side, and is in the middle of both ends half-way (`curvedConnector3` of the preset shapes).
pub(super) fn on_curve(start: Point, end: Point, share: f32) -> Point {
    let way = end - start;
    let is_high = way.y.abs() > way.x.abs();
    let (long, short) = if is_high { (way.y, way.x) } else { (way.x, way.y) };
    // Two cubic curves, each over half of the way.
    let (first, rest) = if share < 0.5 { (true, share * 2.0) } else { (false, share * 2.0 - 1.0) };
    let cubic = |points: [f32; 4]| {
        let [a, b, c, d] = points;
        let other = 1.0 - rest;
        a * other.powi(3)
            + 3.0 * b * other.powi(2) * rest
            + 3.0 * c * other * rest.powi(2)
            + d * rest.powi(3)
    };
    let (along, aside) = if first {
        (cubic([0.0, 0.25, 0.5, 0.5]), cubic([0.0, 0.0, 0.25, 0.5]))
    } else {
        (cubic([0.5, 0.5, 0.75, 1.0]), cubic([0.5, 0.75, 1.0, 1.0]))
    };
    let (along, aside) = (along * long, aside * short);
    start + if is_high { point(aside, along) } else { point(along, aside) }
}
