//! One slide: what the scene draws, as shapes, connectors and texts.

use foldhash::{HashMap, HashSet};

use super::course::parallel;
use super::parts::{HEAD, ROOT, SPACES};
use super::text::{Align, Row, body, tabbed};
use super::words::{around, blocks, row, words_of};
use super::xml::{Scale, Shape, bounds, sides};
use crate::export::picture::Picture;
use crate::geometry::{Curve, Point, Rect};
use crate::model::{ActorIndex, LineIndex, NoteIndex};
use crate::scene::picture::edge::Route;
use crate::scene::picture::occupied::OccupiedGrid;
use crate::scene::primitive::{Anchor, Color, Mark, Outline, Owner, Primitive, Stroke, Text};

/// An outline with its fill and its stroke.
pub(super) type Look = (Outline, Option<Color>, Option<Stroke>);

/// What is drawn for an actor.
#[derive(Default)]
pub(super) struct Body {
    pub id: usize,
    pub look: Option<Look>,
    pub short: Option<Text>,
    pub names: Vec<Text>,
    /// Where connectors can be glued, in pixels of the page: the middle of each side, and the ends
    /// of the lines that are written so far.
    pub sites: Vec<Point>,
    is_written: bool,
}

/// A slide that is being written.
pub(super) struct Slide<'a> {
    pub picture: &'a Picture<'a>,
    pub scale: Scale,
    pub xml: String,
    next_id: usize,
    pub bodies: HashMap<ActorIndex, Body>,
    pub notes: HashMap<NoteIndex, usize>,
    /// The routes of the lines, and the lines that have others between the same two actors.
    pub routes: HashMap<LineIndex, Route>,
    pub parallel: HashSet<LineIndex>,
    /// How far the badge of a line moves, in pixels.
    pub shifts: HashMap<LineIndex, Point>,
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
            shifts: HashMap::default(),
        };
        slide.collect();
        slide.find_shifts();
        slide
    }

    /// Writes the slide.
    pub fn write(mut self) -> String {
        let picture = self.picture;
        // The title comes first, so that readers say it first. The shapes come after the
        // connectors, whose connection sites they need.
        let (title, furniture): (Vec<&Mark>, Vec<&Mark>) =
            picture.furniture.marks.iter().partition(|mark| mark.owner == Owner::Title);
        for mark in title {
            self.furniture(mark);
        }
        let (lines, rest): (Vec<&Mark>, Vec<&Mark>) =
            picture.scene.marks.iter().partition(|mark| is_below(mark));
        for mark in lines {
            self.mark_below(mark);
        }
        // Shapes whose names reach over others come last, so that no shape covers a name.
        let reaching = self.reaching();
        let last = rest.iter().rposition(|mark| matches!(mark.owner, Owner::Actor(_)));
        let (shapes, above) = rest.split_at(last.map_or(0, |last| last + 1));
        let reaches =
            |mark: &&&Mark| matches!(mark.owner, Owner::Actor(actor) if reaching.contains(&actor));
        let (over, under): (Vec<&Mark>, Vec<&Mark>) = shapes.iter().partition(reaches);
        for mark in under.into_iter().chain(over).chain(above.iter().copied()) {
            self.mark(mark);
        }
        for mark in furniture {
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

    pub fn id(&mut self) -> usize {
        self.next_id += 1;
        self.next_id - 1
    }

    /// A point of the map, in pixels of the page.
    pub fn on_page(&self, at: Point) -> Point {
        let (zoom, shift) = self.picture.placing();
        at * zoom + shift
    }

    pub fn length(&self, map_units: f32) -> f32 {
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

    pub fn stroke(&self, stroke: &Stroke) -> Stroke {
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

    /// The actors whose names reach over the shapes of others.
    fn reaching(&self) -> HashSet<ActorIndex> {
        let shapes = || {
            self.bodies
                .iter()
                .filter_map(|(actor, body)| Some((*actor, body, bounds(&body.look.as_ref()?.0))))
        };
        let cell = shapes().map(|(.., shape)| shape.width()).fold(1.0, f32::max);
        let mut taken = OccupiedGrid::new(cell);
        for (.., shape) in shapes() {
            taken.add(shape);
        }
        let reaches = |body: &Body, own: &Rect| {
            let name = around(&body.names, self.picture);
            taken.overlap(&name) > own.overlap(&name) + 1.0
        };
        let reaching = shapes().filter(|(_, body, own)| reaches(body, own));
        reaching.map(|(actor, ..)| actor).collect()
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
    pub fn parts(&self, mark: &Mark) -> (Vec<Look>, Vec<Text>) {
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
        let (texts, is_beside) = words_of(&body.names, body.short.as_ref());
        let rows: Vec<Row> = texts.iter().map(|text| row(text, &self.picture.fonts)).collect();
        let text_at = around(&texts, picture);
        let text = if is_beside {
            tabbed(&rows, text_at.min.x, self.scale)
        } else {
            super::text::body(&rows, Align::Middle, self.scale)
        };
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
            text_at,
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

    pub fn plain_parts(&mut self, shapes: &[Look], texts: &[Text], name: &str) {
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
    pub fn text_box(&mut self, texts: &[Text], name: &str) {
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
