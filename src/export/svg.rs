//! A scene as SVG text: real text, one group for each actor and tie, everything escaped, no script.

use std::fmt::Write as _;

use quick_xml::Writer as XmlWriter;
use quick_xml::events::{BytesEnd, BytesStart, BytesText, Event};

use crate::geometry::Point;
use crate::model::Map;
use crate::scene::camera::Camera;
use crate::scene::primitive::{Anchor, Color, Mark, Outline, Owner, Primitive, Stroke, Text};
use crate::scene::{Furniture, Scene, title};
use crate::text::{FALLBACK_FAMILY, FAMILY, Weight};

/// What stands on one page.
pub struct Sheet<'a> {
    pub map: &'a Map,
    pub scene: &'a Scene,
    pub furniture: &'a Furniture,
    pub camera: Camera,
    /// In pixels.
    pub size: Point,
    /// What the page is filled with; `None` leaves it empty.
    pub ground: Option<Color>,
}

/// Writes the page. The same page gives the same text.
#[must_use]
pub fn write(sheet: &Sheet<'_>) -> String {
    let mut writer = Writer { xml: Xml::default(), shift: Point::default(), zoom: 1.0 };
    writer.page(sheet);
    writer.xml.finish()
}

/// Elements one after the other, each closed by its own name; quick-xml escapes what needs it.
#[derive(Default)]
struct Xml {
    bytes: Vec<u8>,
    /// A start tag that may still get attributes.
    pending: Option<BytesStart<'static>>,
    open: Vec<&'static str>,
}

impl Xml {
    fn start_element(&mut self, name: &'static str) {
        self.flush();
        self.open.push(name);
        self.pending = Some(BytesStart::new(name));
    }

    fn write_attribute(&mut self, name: &str, value: &str) {
        if let Some(pending) = &mut self.pending {
            pending.push_attribute((name, value));
        }
    }

    fn write_text(&mut self, text: &str) {
        self.flush();
        self.event(Event::Text(BytesText::new(text)));
    }

    fn end_element(&mut self) {
        let Some(name) = self.open.pop() else { return };
        match self.pending.take() {
            Some(pending) => self.event(Event::Empty(pending)),
            None => self.event(Event::End(BytesEnd::new(name))),
        }
        self.bytes.push(b'\n');
    }

    fn flush(&mut self) {
        if let Some(pending) = self.pending.take() {
            self.event(Event::Start(pending));
        }
    }

    fn event(&mut self, event: Event<'_>) {
        // Writing to memory does not fail.
        let _ = XmlWriter::new(&mut self.bytes).write_event(event);
    }

    fn finish(self) -> String {
        String::from_utf8(self.bytes).unwrap_or_default()
    }
}

struct Writer {
    xml: Xml,
    /// What is written is `zoom` times the scene's point, plus `shift`: the page's pixels.
    shift: Point,
    zoom: f32,
}

impl Writer {
    fn page(&mut self, sheet: &Sheet<'_>) {
        let (width, height) = (number(sheet.size.x), number(sheet.size.y));
        self.xml.start_element("svg");
        self.xml.write_attribute("xmlns", "http://www.w3.org/2000/svg");
        self.xml.write_attribute("width", &width);
        self.xml.write_attribute("height", &height);
        self.xml.write_attribute("viewBox", &format!("0 0 {width} {height}"));
        self.xml.write_attribute("role", "img");
        self.xml.write_attribute("aria-labelledby", "map-title map-desc");
        self.xml.write_attribute("font-family", &format!("'{FAMILY}', '{FALLBACK_FAMILY}', sans-serif"));
        self.element_with_text("title", "map-title", title::heading(sheet.map));
        self.element_with_text("desc", "map-desc", &description(sheet));
        if let Some(ground) = sheet.ground {
            self.xml.start_element("rect");
            self.xml.write_attribute("width", &width);
            self.xml.write_attribute("height", &height);
            self.xml.write_attribute("fill", &hex(ground));
            self.xml.end_element();
        }
        self.zoom = sheet.camera.zoom;
        self.shift = sheet.size * 0.5 - sheet.camera.centre * sheet.camera.zoom;
        for mark in &sheet.scene.marks {
            self.mark(mark, sheet.map);
        }
        self.zoom = 1.0;
        self.shift = Point::default();
        for mark in &sheet.furniture.marks {
            self.mark(mark, sheet.map);
        }
        self.xml.end_element();
    }

    fn element_with_text(&mut self, name: &'static str, id: &str, text: &str) {
        self.xml.start_element(name);
        self.xml.write_attribute("id", id);
        self.xml.write_text(&printable(text));
        self.xml.end_element();
    }

    fn mark(&mut self, mark: &Mark, map: &Map) {
        self.xml.start_element("g");
        let (class, about) = owner(mark.owner, map);
        self.xml.write_attribute("class", class);
        if let Some(id) = about {
            self.xml.write_attribute("data-id", &printable(id));
        }
        for primitive in &mark.primitives {
            match primitive {
                Primitive::Shape { outline, fill, stroke } => self.shape(outline, *fill, stroke.as_ref()),
                Primitive::Text(text) => self.text(text),
            }
        }
        self.xml.end_element();
    }

    fn shape(&mut self, outline: &Outline, fill: Option<Color>, stroke: Option<&Stroke>) {
        match outline {
            Outline::Circle { centre, radius } => {
                self.xml.start_element("circle");
                self.coordinates(&["cx", "cy"], *centre);
                self.xml.write_attribute("r", &number(radius * self.zoom));
            }
            Outline::Rounded { rect, corner } => {
                self.xml.start_element("rect");
                self.coordinates(&["x", "y"], rect.min);
                self.xml.write_attribute("width", &number(rect.width() * self.zoom));
                self.xml.write_attribute("height", &number(rect.height() * self.zoom));
                self.xml.write_attribute("rx", &number(corner * self.zoom));
            }
            Outline::Polygon(points) => {
                let points: Vec<String> = points.iter().map(|at| self.pair(*at)).collect();
                self.xml.start_element("polygon");
                self.xml.write_attribute("points", &points.join(" "));
            }
            Outline::Curve(curve) => {
                let data =
                    format!("M{} Q{} {}", self.pair(curve.start), self.pair(curve.control), self.pair(curve.end));
                self.xml.start_element("path");
                self.xml.write_attribute("d", &data);
            }
            Outline::Line(start, end) => {
                self.xml.start_element("line");
                self.coordinates(&["x1", "y1"], *start);
                self.coordinates(&["x2", "y2"], *end);
            }
        }
        self.xml.write_attribute("fill", &fill.map_or_else(|| "none".to_owned(), hex));
        if let Some(stroke) = stroke {
            self.xml.write_attribute("stroke", &hex(stroke.color));
            self.xml.write_attribute("stroke-width", &number(stroke.width * self.zoom));
            if let Some((on, off)) = stroke.pattern {
                let pattern = format!("{} {}", number(on * self.zoom), number(off * self.zoom));
                self.xml.write_attribute("stroke-dasharray", &pattern);
            }
        }
        self.xml.end_element();
    }

    fn text(&mut self, text: &Text) {
        self.xml.start_element("text");
        self.coordinates(&["x", "y"], text.at);
        self.xml.write_attribute("font-size", &number(text.size * self.zoom));
        if text.weight == Weight::Bold {
            self.xml.write_attribute("font-weight", "bold");
        }
        match text.anchor {
            Anchor::Start => {}
            Anchor::Middle => self.xml.write_attribute("text-anchor", "middle"),
            Anchor::End => self.xml.write_attribute("text-anchor", "end"),
        }
        self.xml.write_attribute("fill", &hex(text.color));
        if let Some((color, width)) = text.halo {
            self.xml.write_attribute("stroke", &hex(color));
            self.xml.write_attribute("stroke-width", &number(width * self.zoom));
            self.xml.write_attribute("stroke-linejoin", "round");
            self.xml.write_attribute("paint-order", "stroke");
        }
        self.xml.write_text(&printable(&text.content));
        self.xml.end_element();
    }

    fn coordinates(&mut self, names: &[&str; 2], at: Point) {
        let at = self.on_page(at);
        self.xml.write_attribute(names[0], &number(at.x));
        self.xml.write_attribute(names[1], &number(at.y));
    }

    fn pair(&self, at: Point) -> String {
        let at = self.on_page(at);
        format!("{},{}", number(at.x), number(at.y))
    }

    fn on_page(&self, at: Point) -> Point {
        at * self.zoom + self.shift
    }
}

fn owner(owner: Owner, map: &Map) -> (&'static str, Option<&str>) {
    match owner {
        Owner::Actor(index) => ("actor", map.actors.get(index).map(|actor| actor.id.as_str())),
        Owner::Relation(index) => ("tie", map.relations.get(index).map(|relation| relation.id.as_str())),
        Owner::Tether(index) => ("part-of", map.actors.get(index).map(|actor| actor.id.as_str())),
        Owner::Title => ("title", None),
        Owner::Legend => ("legend", None),
        Owner::Note => ("note", None),
    }
}

fn description(sheet: &Sheet<'_>) -> String {
    let ties = sheet.map.relations.len() - sheet.scene.hidden_ties;
    let mut text = format!("A map of {} actors and {ties} ties.", sheet.map.actors.len());
    let about = title::subheading(sheet.map, sheet.scene.hidden_ties);
    if !about.is_empty() {
        let _ = write!(text, " {about}.");
    }
    text
}

/// Two decimals at most; less than a hundredth of a pixel cannot be seen.
fn number(value: f32) -> String {
    let rounded = (f64::from(value) * 100.0).round() / 100.0;
    // Minus zero would be written with its sign.
    format!("{}", rounded + 0.0)
}

fn hex(color: Color) -> String {
    format!("#{:02x}{:02x}{:02x}", color.red, color.green, color.blue)
}

/// Without the characters that XML 1.0 cannot carry at all.
fn printable(text: &str) -> String {
    let is_allowed = |letter: &char| matches!(letter, '\t' | '\n' | '\r' | ' '..='\u{D7FF}' | '\u{E000}'..='\u{FFFD}' | '\u{10000}'..);
    text.chars().filter(is_allowed).collect()
}
