//! One slide: what the scene draws, as shapes, connectors and texts.

use foldhash::{HashMap, HashSet};

use super::parts::{HEAD, ROOT, SPACES};
use super::xml::{Align, Connector, End, Row, Scale, Shape, body, bounds, sides, top_of};
use crate::export::formats::xml::words;
use crate::export::picture::Picture;
use crate::geometry::{Curve, Point, Rect, point};
use crate::model::citation::isolated;
use crate::model::query::about;
use crate::model::{ActorIndex, Element, LineIndex, NoteIndex};
use crate::scene::line_words;
use crate::scene::lines::Strand;
use crate::scene::picture::edge::{Route, strand_px};
use crate::scene::primitive::{Anchor, Color, Mark, Outline, Owner, Primitive, Stroke, Text};
use crate::text::{Fonts, Measure as _, Weight};

/// A line that bows by less is straight on the slide, in pixels of the page.
const STRAIGHT_PX: f32 = 4.0;

/// How much farther away, in pixels, a connection site may be to keep two lines apart.
const TAKEN_PX: f32 = 1000.0;
/// Room for a text, in widths of it in the font of the picture.
const WIDER: f32 = 1.1;
const MUCH_WIDER: f32 = 1.4;

/// What is drawn for an actor.
#[derive(Default)]
struct Body {
    id: usize,
    look: Option<(Outline, Option<Color>, Option<Stroke>)>,
    short: Option<Text>,
    names: Vec<Text>,
    /// Where connectors can be glued, in pixels of the page: the middle of each side. LibreOffice
    /// knows no others of a shape with an outline of its own, and would leave lines behind.
    sites: Vec<Point>,
    is_written: bool,
}

/// A slide that is being written.
pub(super) struct Slide<'a> {
    picture: &'a Picture<'a>,
    scale: Scale,
    xml: String,
    next_id: usize,
    bodies: HashMap<ActorIndex, Body>,
    notes: HashMap<NoteIndex, usize>,
    /// The routes of the lines, and the pairs with several lines.
    routes: HashMap<LineIndex, Route>,
    parallel: HashSet<LineIndex>,
    /// The connection sites that are joined by a connector.
    taken: HashSet<[(usize, usize); 2]>,
}

impl<'a> Slide<'a> {
    pub fn new(picture: &'a Picture<'a>, scale: Scale) -> Self {
        let mut slide = Self {
            picture,
            scale,
            xml: String::new(),
            next_id: 2,
            bodies: HashMap::default(),
            notes: HashMap::default(),
            routes: picture.scene.routes.iter().copied().collect(),
            parallel: parallel(picture),
            taken: HashSet::default(),
        };
        slide.collect();
        slide
    }

    /// Writes the slide.
    pub fn write(mut self) -> String {
        let picture = self.picture;
        // The shapes come after the connectors, whose connection sites they need.
        let (lines, rest): (Vec<&Mark>, Vec<&Mark>) =
            picture.scene.marks.iter().partition(|mark| is_below(mark));
        for mark in lines {
            self.mark_below(mark);
        }
        for mark in rest {
            self.mark(mark);
        }
        for mark in &picture.furniture.marks {
            self.furniture(mark);
        }
        let (zoom, shift) = picture.placing();
        // Read by `file::formats::slides`.
        let name = format!(
            "Map, {} EMU per unit, origin at {}, {}",
            f64::from(zoom) * self.scale.emu_per_px,
            self.scale.emu(shift.x),
            self.scale.emu(shift.y)
        );
        format!(
            "{HEAD}<p:sld {SPACES}><p:cSld name=\"{name}\"><p:spTree>{ROOT}{}</p:spTree></p:cSld>\
             <p:clrMapOvr><a:masterClrMapping/></p:clrMapOvr></p:sld>",
            self.xml
        )
    }

    fn id(&mut self) -> usize {
        self.next_id += 1;
        self.next_id - 1
    }

    /// A point of the map, in pixels of the page.
    fn on_page(&self, at: Point) -> Point {
        let (zoom, shift) = self.picture.placing();
        at * zoom + shift
    }

    fn length(&self, map_units: f32) -> f32 {
        map_units * self.picture.camera.zoom
    }

    fn outline(&self, outline: &Outline) -> Outline {
        let at = |point: &Point| self.on_page(*point);
        match outline {
            Outline::Circle { centre, radius } => {
                Outline::Circle { centre: at(centre), radius: self.length(*radius) }
            }
            Outline::Rounded { rect, corner } => Outline::Rounded {
                rect: Rect { min: at(&rect.min), max: at(&rect.max) },
                corner: self.length(*corner),
            },
            Outline::Polygon(points) => Outline::Polygon(points.iter().map(at).collect()),
            Outline::Curve(curve) => Outline::Curve(Curve {
                start: at(&curve.start),
                control: at(&curve.control),
                end: at(&curve.end),
            }),
            Outline::Line(start, end) => Outline::Line(at(start), at(end)),
        }
    }

    fn stroke(&self, stroke: &Stroke) -> Stroke {
        let length = |value: f32| self.length(value);
        Stroke {
            width: length(stroke.width),
            pattern: stroke.pattern.map(|(on, off)| (length(on), length(off))),
            ..*stroke
        }
    }

    fn text(&self, text: &Text) -> Text {
        Text { at: self.on_page(text.at), size: self.length(text.size), ..text.clone() }
    }

    /// Collects what is drawn for each actor, and gives it an id.
    fn collect(&mut self) {
        let picture = self.picture;
        for actor in &picture.scene.actors {
            let id = self.id();
            self.bodies.insert(*actor, Body { id, ..Body::default() });
        }
        for mark in &picture.scene.marks {
            let Owner::Actor(actor) = mark.owner else { continue };
            let shape = mark.primitives.iter().find_map(|primitive| match primitive {
                Primitive::Shape { outline, fill: Some(fill), stroke: Some(stroke) } => {
                    Some((self.outline(outline), Some(*fill), Some(self.stroke(stroke))))
                }
                _ => None,
            });
            let texts: Vec<Text> = mark
                .primitives
                .iter()
                .filter_map(|primitive| match primitive {
                    Primitive::Text(text) => Some(self.text(text)),
                    _ => None,
                })
                .collect();
            let has_shape =
                mark.primitives.iter().any(|one| matches!(one, Primitive::Shape { .. }));
            let Some(body) = self.bodies.get_mut(&actor) else { continue };
            if let Some(look) = shape {
                body.sites = sides(&bounds(&look.0)).to_vec();
                body.look = Some(look);
                body.short = texts.into_iter().next();
            } else if !has_shape {
                body.names = texts;
            }
        }
    }

    /// Writes what is below the shapes: areas, tethers, lines and leaders.
    fn mark_below(&mut self, mark: &Mark) {
        match mark.owner {
            Owner::Tether(actor) => self.tether(actor, mark),
            Owner::Line(line) => self.line(line, mark),
            Owner::Note(note) => self.leader(note, mark),
            _ => self.plain(mark, "Area"),
        }
    }

    fn mark(&mut self, mark: &Mark) {
        match mark.owner {
            Owner::Actor(actor) => self.actor(actor, mark),
            Owner::Line(line) => self.badge(line, mark),
            Owner::Note(note) => self.note(note, mark),
            _ => self.plain(mark, "Area"),
        }
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

    fn line(&mut self, at: LineIndex, mark: &Mark) {
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
    fn is_curved(&self, at: LineIndex, route: &Route) -> bool {
        let Route::Curve(curve) = route else { return true };
        let middle = curve.start.towards(curve.end, 0.5);
        let bow = self.length((curve.control - middle).length() * 0.5);
        bow > STRAIGHT_PX && self.parallel.contains(&at)
    }

    /// How far a badge has to move so that it lies on the connector of its line instead of the line
    /// of the picture, in pixels.
    fn badge_shift(&self, at: LineIndex) -> Point {
        let scene = &self.picture.scene;
        let slot = scene.routes.iter().position(|(line, _)| *line == at);
        let badge = slot.and_then(|slot| scene.badges.get(slot).copied().flatten());
        let (Some(badge), Some(route)) = (badge, self.routes.get(&at)) else {
            return Point::default();
        };
        let Route::Curve(curve) = route else { return Point::default() };
        let [start, end] = [curve.start, curve.end].map(|end| self.on_page(end));
        let there = if self.is_curved(at, route) {
            on_curve(start, end, badge.along)
        } else {
            start.towards(end, badge.along)
        };
        there - self.on_page(badge.at)
    }

    /// `Pakistan – TTP`.
    fn ends_words(&self, ends: [ActorIndex; 2]) -> String {
        let name = |actor: ActorIndex| {
            let actor = self.picture.map.actors.get(actor);
            actor.map_or(String::new(), |actor| isolated(actor.brief_name()).into_owned())
        };
        format!("{} – {}", name(ends[0]), name(ends[1]))
    }

    fn tether(&mut self, part: ActorIndex, mark: &Mark) {
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

    fn leader(&mut self, at: NoteIndex, mark: &Mark) {
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
        let note_id = *self.notes.entry(at).or_insert_with(|| {
            self.next_id += 1;
            self.next_id - 1
        });
        let id = self.id();
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

    fn note(&mut self, at: NoteIndex, mark: &Mark) {
        let (shape, texts) = self.parts(mark);
        let Some((outline, fill, stroke)) = shape.into_iter().next_back() else { return };
        let id = match self.notes.get(&at) {
            Some(id) => *id,
            None => self.id(),
        };
        let rows: Vec<Row> = texts.iter().map(|text| row(text, &self.picture.fonts)).collect();
        let is_right = texts.iter().all(|text| text.anchor == Anchor::End);
        let align = if is_right { Align::Right } else { Align::Left };
        let mut sites = sides(&bounds(&outline)).to_vec();
        let placed = self.picture.scene.notes.iter().find(|note| note.note == at);
        sites.extend(placed.and_then(|note| note.leader).map(|leader| self.on_page(leader.from)));
        let text = body(&rows, align, self.scale);
        let shape = Shape {
            id,
            name: "Note",
            about: "",
            outline: &outline,
            fill,
            stroke: stroke.as_ref(),
            sites: &sites,
            text_at: around(&texts, self.picture),
            text: &text,
        };
        shape.write(&mut self.xml, self.scale);
    }

    /// The shapes and the texts of a mark, in pixels of the page.
    #[expect(clippy::type_complexity, reason = "the parts of a shape")]
    fn parts(&self, mark: &Mark) -> (Vec<(Outline, Option<Color>, Option<Stroke>)>, Vec<Text>) {
        let (mut shapes, mut texts) = (Vec::new(), Vec::new());
        for primitive in &mark.primitives {
            match primitive {
                Primitive::Shape { outline, fill, stroke } => shapes.push((
                    self.outline(outline),
                    *fill,
                    stroke.as_ref().map(|stroke| self.stroke(stroke)),
                )),
                Primitive::Text(text) => texts.push(self.text(text)),
                Primitive::Image(_) => {}
            }
        }
        (shapes, texts)
    }

    /// Signs of a line with their counts, or the label of a line.
    fn badge(&mut self, at: LineIndex, mark: &Mark) {
        let (mut shapes, mut texts) = self.parts(mark);
        let shift = self.badge_shift(at);
        shapes.iter_mut().for_each(|(outline, ..)| *outline = moved(outline, shift));
        texts.iter_mut().for_each(|text| text.at = text.at + shift);
        let picture = self.picture;
        let about = line_words::line(picture.map, &picture.index, picture.shown.lines(), at);
        let is_closed =
            |outline: &Outline| matches!(outline, Outline::Circle { .. } | Outline::Rounded { .. });
        let mut bars: Vec<(Outline, Option<Color>, Option<Stroke>)> = Vec::new();
        let closed: Vec<_> = shapes
            .into_iter()
            .filter_map(|shape| {
                if is_closed(&shape.0) {
                    Some(shape)
                } else {
                    bars.push(shape);
                    None
                }
            })
            .collect();
        if closed.is_empty() {
            for text in &texts {
                self.text_box(std::slice::from_ref(text), &about);
            }
            return;
        }
        let signs: Vec<Strand> = picture
            .shown
            .lines()
            .get(at)
            .into_iter()
            .flat_map(|line| line.strands().copied())
            .collect();
        for (outline, fill, stroke) in closed {
            let area = bounds(&outline);
            // The text that lies in this shape, or the sign that bars draw in it.
            let inside = stroke.is_some().then(|| {
                let at = texts
                    .iter()
                    .position(|text| area.contains(text.at - point(0.0, 0.36 * text.size)))?;
                Some(texts.remove(at))
            });
            let drawn = inside.flatten().or_else(|| self.sign(&area, &bars, &signs));
            let rows: Vec<Row> = drawn.iter().map(|text| row(text, &self.picture.fonts)).collect();
            let text = body(&rows, Align::Middle, self.scale);
            let id = self.id();
            let shape = Shape {
                id,
                name: "Badge",
                about: &about,
                outline: &outline,
                fill,
                stroke: stroke.as_ref(),
                sites: &[],
                text_at: drawn
                    .as_ref()
                    .map_or(area, |text| around(std::slice::from_ref(text), picture)),
                text: if rows.is_empty() { "" } else { &text },
            };
            shape.write(&mut self.xml, self.scale);
        }
        for text in &texts {
            self.text_box(std::slice::from_ref(text), &about);
        }
    }

    /// The sign in a circle, as a text in place of its bars.
    fn sign(
        &self,
        area: &Rect,
        bars: &[(Outline, Option<Color>, Option<Stroke>)],
        strands: &[Strand],
    ) -> Option<Text> {
        let inside = bars.iter().filter(|(outline, ..)| area.contains(bounds(outline).centre()));
        let bars: Vec<_> = inside.collect();
        let (_, _, stroke) = bars.first()?;
        let content = match bars.len() {
            1 => "\u{2212}",
            2 => "+",
            _ => "\u{b1}",
        };
        // A sign of neutral ties has no bars.
        strands.first()?;
        let size = area.height() * 0.9;
        Some(Text {
            at: area.centre() + point(0.0, 0.36 * size),
            anchor: Anchor::Middle,
            content: content.to_owned(),
            size,
            weight: Weight::Bold,
            color: stroke.as_ref()?.color,
            halo: None,
        })
    }

    fn actor(&mut self, actor: ActorIndex, mark: &Mark) {
        let picture = self.picture;
        let is_name = mark.primitives.iter().all(|one| matches!(one, Primitive::Text(_)));
        let Some(body) = self.bodies.get_mut(&actor) else { return };
        if is_name {
            return;
        }
        if std::mem::replace(&mut body.is_written, true) {
            self.plain(mark, "Number of folded actors");
            return;
        }
        let body = std::mem::take(body);
        let Some((outline, fill, stroke)) = &body.look else { return };
        let Some(said) = picture.map.actors.get(actor) else { return };
        let texts = words_of(&body, &bounds(outline));
        let rows: Vec<Row> = texts.iter().map(|text| row(text, &self.picture.fonts)).collect();
        let text = super::xml::body(&rows, Align::Middle, self.scale);
        // Read by `file::formats::slides`.
        let name = format!("{} (actor {})", said.name, said.id);
        let about = format!("{} ({})", said.full_name(), said.kind.words());
        let shape = Shape {
            id: body.id,
            name: &name,
            about: &about,
            outline,
            fill: *fill,
            stroke: stroke.as_ref(),
            sites: &body.sites,
            text_at: around(&texts, picture),
            text: &text,
        };
        shape.write(&mut self.xml, self.scale);
        self.bodies.insert(actor, Body { is_written: true, ..body });
    }

    /// Shapes and texts as they are.
    fn plain(&mut self, mark: &Mark, name: &str) {
        let (shapes, texts) = self.parts(mark);
        self.plain_parts(&shapes, &texts, name);
    }

    fn plain_parts(
        &mut self,
        shapes: &[(Outline, Option<Color>, Option<Stroke>)],
        texts: &[Text],
        name: &str,
    ) {
        for (outline, fill, stroke) in shapes {
            let id = self.id();
            let shape = Shape {
                id,
                name,
                about: "",
                outline,
                fill: *fill,
                stroke: stroke.as_ref(),
                sites: &[],
                text_at: bounds(outline),
                text: "",
            };
            shape.write(&mut self.xml, self.scale);
        }
        for block in blocks(texts) {
            self.text_box(block, name);
        }
    }

    /// Lines of text as one text box.
    fn text_box(&mut self, texts: &[Text], name: &str) {
        let Some(first) = texts.first() else { return };
        let rows: Vec<Row> = texts.iter().map(|text| row(text, &self.picture.fonts)).collect();
        let align = match first.anchor {
            Anchor::Start => Align::Left,
            Anchor::Middle => Align::Middle,
            Anchor::End => Align::Right,
        };
        let text = body(&rows, align, self.scale);
        let at = around(texts, self.picture);
        let outline = Outline::Rounded { rect: at, corner: 0.0 };
        let id = self.id();
        let shape = Shape {
            id,
            name,
            about: "",
            outline: &outline,
            fill: None,
            stroke: None,
            sites: &[],
            text_at: at,
            text: &text,
        };
        shape.write(&mut self.xml, self.scale);
    }

    /// Title, legend, marking and notes, which are in pixels of the page.
    fn furniture(&mut self, mark: &Mark) {
        let shape = |primitive: &Primitive| match primitive {
            Primitive::Shape { outline, fill, stroke } => Some((outline.clone(), *fill, *stroke)),
            _ => None,
        };
        let text = |primitive: &Primitive| match primitive {
            Primitive::Text(text) => Some(text.clone()),
            _ => None,
        };
        match mark.owner {
            Owner::Legend => {
                let all = std::mem::take(&mut self.xml);
                let area = mark.primitives.iter().filter_map(shape);
                let area = area.map(|(outline, ..)| bounds(&outline));
                let area = area.fold(Rect::NOTHING, Rect::union);
                for primitive in &mark.primitives {
                    let shapes: Vec<_> = shape(primitive).into_iter().collect();
                    let texts: Vec<Text> = text(primitive).into_iter().collect();
                    self.plain_parts(&shapes, &texts, "Legend");
                }
                let inside = std::mem::replace(&mut self.xml, all);
                let id = self.id();
                self.group(id, "Legend", &area, &inside);
            }
            owner => {
                let shapes: Vec<_> = mark.primitives.iter().filter_map(shape).collect();
                let texts: Vec<Text> = mark.primitives.iter().filter_map(text).collect();
                let name = if owner == Owner::Title { "Title" } else { "Remark" };
                let heading = texts
                    .iter()
                    .take_while(|text| owner == Owner::Title && text.weight == Weight::Bold);
                let heading = heading.count();
                self.plain_parts(&shapes, &[], name);
                self.title(&texts[..heading]);
                self.plain_parts(&[], &texts[heading..], name);
            }
        }
    }

    /// The heading as the title of the slide, by which outlines and screen readers name it.
    fn title(&mut self, texts: &[Text]) {
        if texts.is_empty() {
            return;
        }
        let start = self.xml.len();
        self.text_box(texts, "Title");
        let box_xml = self.xml.split_off(start);
        let as_title = box_xml.replacen("<p:cNvSpPr txBox=\"1\"/>", "<p:cNvSpPr/>", 1).replacen(
            "<p:nvPr/>",
            "<p:nvPr><p:ph type=\"title\"/></p:nvPr>",
            1,
        );
        self.xml.push_str(&as_title);
    }

    fn group(&mut self, id: usize, name: &str, area: &Rect, inside: &str) {
        let [x, y] = [self.scale.emu(area.min.x), self.scale.emu(area.min.y)];
        let [width, height] = [self.scale.emu(area.width()), self.scale.emu(area.height())];
        self.xml.push_str(&format!(
            "<p:grpSp><p:nvGrpSpPr><p:cNvPr id=\"{id}\" name=\"{}\"/><p:cNvGrpSpPr/><p:nvPr/>\
             </p:nvGrpSpPr><p:grpSpPr><a:xfrm><a:off x=\"{x}\" y=\"{y}\"/><a:ext cx=\"{width}\" \
             cy=\"{height}\"/><a:chOff x=\"{x}\" y=\"{y}\"/><a:chExt cx=\"{width}\" \
             cy=\"{height}\"/></a:xfrm></p:grpSpPr>{inside}</p:grpSp>",
            words(name)
        ));
    }
}

/// The point of a curved connector at a share of its way: it leaves and arrives along its longer
/// side, and is in the middle of both ends half-way (`curvedConnector3` of the preset shapes).
fn on_curve(start: Point, end: Point, share: f32) -> Point {
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

/// An outline elsewhere.
fn moved(outline: &Outline, by: Point) -> Outline {
    match outline {
        Outline::Circle { centre, radius } => {
            Outline::Circle { centre: *centre + by, radius: *radius }
        }
        Outline::Rounded { rect, corner } => {
            Outline::Rounded { rect: rect.moved(by), corner: *corner }
        }
        Outline::Polygon(points) => {
            Outline::Polygon(points.iter().map(|point| *point + by).collect())
        }
        Outline::Curve(curve) => Outline::Curve(Curve {
            start: curve.start + by,
            control: curve.control + by,
            end: curve.end + by,
        }),
        Outline::Line(start, end) => Outline::Line(*start + by, *end + by),
    }
}

/// The lines that have others between the same two actors.
fn parallel(picture: &Picture<'_>) -> HashSet<LineIndex> {
    let lines = picture.shown.lines();
    let mut pairs: HashMap<[ActorIndex; 2], Vec<LineIndex>> = HashMap::default();
    for (at, line) in lines.list().iter_enumerated() {
        let [from, to] = line.ends;
        pairs.entry([from.min(to), from.max(to)]).or_default().push(at);
    }
    pairs.into_values().filter(|lines| lines.len() > 1).flatten().collect()
}

/// True for areas, and for what connects shapes: it is written first, so that the shapes know where
/// connectors are glued.
fn is_below(mark: &Mark) -> bool {
    let has_text = mark.primitives.iter().any(|one| matches!(one, Primitive::Text(_)));
    let is_line = |primitive: &Primitive| {
        matches!(primitive, Primitive::Shape { fill: None, stroke: Some(_), .. })
    };
    match mark.owner {
        Owner::Tether(_) => true,
        Owner::Hull(_) => !has_text,
        // Badges begin with a filled shape, labels with a text.
        Owner::Line(_) | Owner::Note(_) => mark.primitives.first().is_some_and(is_line),
        _ => false,
    }
}

fn row(text: &Text, fonts: &Fonts) -> Row {
    Row {
        content: text.content.clone(),
        size: text.size,
        weight: text.weight,
        color: text.color,
        is_right_to_left: fonts.line(&text.content, text.weight).is_right_to_left,
        baseline: text.at.y,
    }
}

/// The area of lines of text, with some room for fonts that are wider.
fn around(texts: &[Text], picture: &Picture<'_>) -> Rect {
    let area = texts.iter().fold(Rect::NOTHING, |area, text| {
        // Other scripts are drawn in other fonts than on the picture.
        let wider = if text.content.is_ascii() { WIDER } else { MUCH_WIDER };
        let width = picture.fonts.width(&text.content, text.size, text.weight) * wider;
        let left = match text.anchor {
            Anchor::Start => text.at.x,
            Anchor::Middle => text.at.x - width * 0.5,
            Anchor::End => text.at.x - width,
        };
        area.with(point(left, text.at.y)).with(point(left + width, text.at.y + 0.24 * text.size))
    });
    match texts.first() {
        Some(first) => Rect { min: point(area.min.x, top_of(&row(first, &picture.fonts))), ..area },
        None => Rect { min: Point::default(), max: Point::default() },
    }
}

/// The words of an actor that can be in one text: short name and name if they are one below the
/// other, or else the name.
fn words_of(body: &Body, shape: &Rect) -> Vec<Text> {
    let names = &body.names;
    let (Some(first), Some(short)) = (names.first(), &body.short) else {
        return if names.is_empty() { body.short.iter().cloned().collect() } else { names.clone() };
    };
    let is_below = first.at.y > shape.max.y;
    let is_above = names.last().is_some_and(|last| last.at.y < shape.min.y);
    let is_in_line = (first.at.x - short.at.x).abs() < 1.0 && first.anchor == Anchor::Middle;
    match (is_in_line, is_above, is_below) {
        (true, true, _) => names.iter().chain([short]).cloned().collect(),
        (true, _, true) => std::iter::once(short).chain(names).cloned().collect(),
        _ => names.clone(),
    }
}

/// Consecutive lines of text that belong together: one below the other, and alike.
fn blocks(texts: &[Text]) -> Vec<&[Text]> {
    texts
        .chunk_by(|above, below| {
            let gap = (below.at.y - above.at.y) / below.size.max(1e-6);
            above.anchor == below.anchor
                && (above.at.x - below.at.x).abs() < 0.5
                && (above.size - below.size).abs() < 0.01
                && above.weight == below.weight
                && above.color == below.color
                && (0.8..2.0).contains(&gap)
        })
        .collect()
}
