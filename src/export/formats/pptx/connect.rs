//! Connectors: lines, tethers and the leaders of notes, glued to the shapes at their ends.

use super::course::Course;
use super::slide::Slide;
use super::xml::{Connector, End};
use crate::geometry::Point;
use crate::model::citation::isolated;
use crate::model::query::about;
use crate::model::{ActorIndex, Element, LineIndex, NoteIndex};
use crate::scene::line_words;
use crate::scene::lines::Strand;
use crate::scene::picture::edge::{head_length, strand_px};
use crate::scene::primitive::{Mark, Outline, Primitive, Stroke};

/// A connector uses a connection site that is nearer to its end, in pixels of the page.
const SAME_SITE_PX: f32 = 0.5;

impl Slide<'_> {
    /// The shape of an actor, and its connection site at a place of the page, where a line ends.
    /// Each line has its own sites, so that lines stay apart and keep their ends when shapes are
    /// moved.
    fn glue(&mut self, actor: ActorIndex, at: Point) -> Option<(usize, usize)> {
        let body = self.bodies.get_mut(&actor)?;
        body.look.as_ref()?;
        let site = body.sites.iter().position(|site| (*site - at).length() < SAME_SITE_PX);
        let site = site.unwrap_or_else(|| {
            body.sites.push(at);
            body.sites.len() - 1
        });
        Some((body.id, site))
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
        let unit = picture.scene.unit;
        let side = (route.at(1.0) - route.at(0.0)).direction().turned();
        let mut left = -width * 0.5;
        let mut pointed = [false; 2];
        for (strand, stroke) in strands.iter().zip(strokes) {
            let own = strand_px(strand);
            let aside = side * ((left + own * 0.5) * unit);
            left += own;
            let ends = [route.at(0.0) + aside, route.at(1.0) + aside].map(|end| self.on_page(end));
            let course = Course::of(picture, &self.parallel, (at, &route), ends);
            let glued = [0, 1].map(|end| self.glue(line.ends[end], ends[end]));
            let heads = [0, 1].map(|end| {
                let has_head = strand.heads[end] && !std::mem::replace(&mut pointed[end], true);
                has_head.then(|| End::Arrow(self.length(head_length(width, unit))))
            });
            let id = self.id();
            let connector = Connector {
                id,
                name: &name,
                about: &about,
                ends,
                glued,
                course,
                stroke: &stroke,
                heads,
            };
            connector.write(&mut self.xml, self.scale);
        }
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
            course: Course::Straight,
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
            course: Course::Straight,
            stroke: &stroke,
            heads: [None, is_on_line.then_some(End::Dot)],
        };
        connector.write(&mut self.xml, self.scale);
    }
}
