//! SVG encoding: real text, one group with an id for each actor and tie, everything escaped, no
//! scripts.
//!
//! Each style is written once, as a class of the style sheet, which keeps pictures of ten thousand
//! actors small.

mod groups;
mod look;
mod numbers;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use rustc_hash::FxHashMap;

use crate::export::error::ExportError;
use crate::export::format::{Encode, Format};
use crate::export::formats::png;
use crate::export::formats::xml::words;
use crate::export::picture::Picture;
use crate::export::pixels::straight;
use crate::geometry::{Curve, Point};
use crate::model::words::counted;
use crate::progress::Progress;
use crate::scene::page::title;
use crate::scene::primitive::{
    Anchor, Color, Image, Mark, Outline, Owner, Primitive, Stroke, Text,
};
use crate::text::{FALLBACK_FAMILY, FAMILY, Weight};
use look::{Look, hex, hundredths, name, number, push_number, rgb, style};
pub(in crate::export::formats) use numbers::Numbers;

/// Up to this number of marks, each group has a class and a role, and actors and ties have a title.
/// Above it, groups have only an id.
const DETAILED_AT_MOST: usize = 6000;

/// Vector graphics for editors and the web.
pub static SVG: Format = Format {
    text: "SVG",
    extension: "svg",
    hint: "Vector graphics, for editors and the web",
    has_pages: false,
    is_slides: false,
    is_interactive: false,
    can_be_transparent: true,
    can_embed_fonts: true,
    encode: Encode::One(encode),
};

/// Encodes the picture as an SVG. The output is deterministic.
///
/// # Errors
/// `Cancelled` if the work was cancelled.
fn encode(picture: &Picture<'_>, progress: &Progress) -> Result<Vec<u8>, ExportError> {
    let below = picture.list();
    let height = picture.height();
    let mut writer = Writer::new(picture);
    if let Some(list) = picture.list_sheet() {
        writer.mark(&list);
        return Ok(writer.finish(height, picture.page.embeds_fonts).into_bytes());
    }
    let (zoom, shift) = picture.placing();
    (writer.zoom, writer.shift) = (zoom, shift);
    let clips = below.is_some();
    if clips {
        // The map must not show through the list of evidence.
        let width = picture.size.x;
        let height = picture.size.y;
        let _ = write!(
            writer.body,
            "<clipPath id=\"map-page\"><path d=\"M0 0H{width}V{height}H0z\"/></clipPath>\n\
             <g clip-path=\"url(#map-page)\">\n"
        );
    }
    for marks in picture.scene.marks.chunks(500) {
        progress.check()?;
        for mark in marks {
            writer.mark(mark);
        }
    }
    if clips {
        writer.body.push_str("</g>\n");
    }
    (writer.zoom, writer.shift) = (1.0, Point::default());
    picture.furniture.marks.iter().chain(below).for_each(|mark| writer.mark(mark));
    progress.reach(0.7)?;
    Ok(writer.finish(height, picture.page.embeds_fonts).into_bytes())
}

pub(in crate::export::formats) struct Writer<'a> {
    pub picture: &'a Picture<'a>,
    pub body: String,
    /// Page pixels are scene coordinates times `zoom`, plus `shift`.
    pub zoom: f32,
    pub shift: Point,
    /// Number of decimal places.
    decimals: u32,
    /// True if groups have a class, a role and a title.
    is_detailed: bool,
    /// Style declarations, and those in the dark theme if there is a twin, each with the number of
    /// its class.
    classes: BTreeMap<(String, String), usize>,
    /// Cache of class names.
    looks: FxHashMap<(Look, Option<Look>), String>,
    /// Number of groups written so far, by owner.
    pub groups: FxHashMap<Owner, usize>,
    /// What groups say about themselves to a script; `None` for nothing.
    pub numbers: Option<Numbers<'a>>,
    /// Fonts in use: true if bold, and the position among the fonts of that weight.
    used: BTreeSet<(bool, usize)>,
}

impl<'a> Writer<'a> {
    pub fn new(picture: &'a Picture<'a>) -> Self {
        let is_detailed = picture.scene.marks.len() <= DETAILED_AT_MOST;
        Self {
            picture,
            body: String::with_capacity(picture.scene.marks.len() * 120),
            zoom: 1.0,
            shift: Point::default(),
            decimals: if is_detailed { 2 } else { 1 },
            is_detailed,
            classes: BTreeMap::new(),
            looks: FxHashMap::default(),
            groups: FxHashMap::default(),
            numbers: None,
            used: BTreeSet::new(),
        }
    }

    fn finish(self, height: f32, embeds_fonts: bool) -> String {
        let picture = self.picture;
        let width = number(picture.size.x, 2);
        let height = number(height, 2);
        let mut page = String::with_capacity(self.body.len() + 4096);
        let _ = write!(
            page,
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{height}\" \
             viewBox=\"0 0 {width} {height}\" role=\"graphics-document document\" \
             aria-labelledby=\"map-title map-desc\" font-family=\"{}\">\n\
             <title id=\"map-title\">{}</title>\n<desc id=\"map-desc\">{}</desc>\n<style>\n",
            self.families(),
            words(title::page_heading(picture.map, picture.page.parts.step.as_ref())),
            words(&description(picture)),
        );
        if embeds_fonts {
            self.embed(&mut page);
        }
        page.push_str(&self.style_sheet());
        page.push_str("</style>\n");
        if let Some(ground) = picture.ground {
            let _ = writeln!(
                page,
                "<rect width=\"{width}\" height=\"{height}\" fill=\"{}\"/>",
                hex(rgb(ground))
            );
        }
        page.push_str(&self.body);
        page.push_str("</svg>\n");
        page
    }

    /// The style sheet: one class for each look, and its look in the dark theme inside an element of
    /// the class `dark`.
    pub fn style_sheet(&self) -> String {
        let mut classes: Vec<(&(String, String), usize)> =
            self.classes.iter().map(|(look, class)| (look, *class)).collect();
        classes.sort_by_key(|(_, class)| *class);
        let mut sheet = String::new();
        for ((look, dark), class) in classes {
            let class = name(class);
            let _ = writeln!(sheet, ".{class}{{{look}}}");
            if !dark.is_empty() && dark != look {
                let _ = writeln!(sheet, ".dark .{class}{{{dark}}}");
            }
        }
        sheet
    }

    /// The font families, as a value for the attribute `font-family`.
    pub fn families(&self) -> String {
        let mut families: Vec<&str> = Vec::new();
        for font in self.picture.fonts.of(Weight::Regular) {
            if !families.contains(&font.family.as_str()) {
                families.push(&font.family);
            }
        }
        if families.is_empty() {
            families = vec![FAMILY, FALLBACK_FAMILY];
        }
        let quoted: Vec<String> =
            families.into_iter().map(|family| format!("'{}'", words(family))).collect();
        format!("{}, sans-serif", quoted.join(", "))
    }

    /// Embeds the fonts in use. Collections of several faces (TTC) are left out, because browsers
    /// cannot read them.
    fn embed(&self, page: &mut String) {
        for (is_bold, position) in &self.used {
            let weight = if *is_bold { Weight::Bold } else { Weight::Regular };
            let Some(font) = self.picture.fonts.of(weight).get(*position) else { continue };
            if font.bytes.starts_with(b"ttcf") {
                continue;
            }
            let kind = if font.bytes.starts_with(b"OTTO") { "otf" } else { "ttf" };
            let weight = if *is_bold { 700 } else { 400 };
            let _ = writeln!(
                page,
                "@font-face{{font-family:'{}';font-weight:{weight};\
                 src:url(data:font/{kind};base64,{})}}",
                words(&font.family),
                BASE64.encode(font.bytes)
            );
        }
    }

    fn mark(&mut self, mark: &Mark) {
        self.mark_with(mark, None);
    }

    /// Writes a mark; `twin` is the same one in the dark theme.
    pub fn mark_with(&mut self, mark: &Mark, twin: Option<&Mark>) {
        self.open(mark.owner);
        for (at, primitive) in mark.primitives.iter().enumerate() {
            let twin = twin.and_then(|twin| twin.primitives.get(at));
            match primitive {
                Primitive::Shape { outline, fill, stroke } => {
                    let look = self.shape_look(*fill, stroke.as_ref());
                    let dark = match twin {
                        Some(Primitive::Shape { fill, stroke, .. }) => {
                            Some(self.shape_look(*fill, stroke.as_ref()))
                        }
                        _ => None,
                    };
                    let class = self.class(look, dark);
                    self.shape(outline, &class);
                }
                Primitive::Text(text) => {
                    let dark = match twin {
                        Some(Primitive::Text(text)) => Some(self.text_look(text).0),
                        _ => None,
                    };
                    self.text(text, dark);
                }
                Primitive::Image(image) => {
                    let dark = match twin {
                        Some(Primitive::Image(dark)) if dark.rgba != image.rgba => Some(dark),
                        _ => None,
                    };
                    self.image(image, dark.map_or("", |_| " class=\"by-day\""));
                    if let Some(dark) = dark {
                        self.image(dark, " class=\"by-night\"");
                    }
                }
            }
        }
        self.body.push_str("</g>\n");
    }

    fn shape_look(&self, fill: Option<Color>, stroke: Option<&Stroke>) -> Look {
        let stroke = stroke.map(|stroke| {
            let pattern = stroke
                .pattern
                .map(|(on, off)| (hundredths(on * self.zoom), hundredths(off * self.zoom)));
            (rgb(stroke.color), hundredths(stroke.width * self.zoom), pattern)
        });
        Look::Shape { fill: fill.map(rgb), stroke }
    }

    /// Writes an image; `class` is an attribute.
    fn image(&mut self, image: &Image, class: &str) {
        let Ok(bytes) = png::plain(image.size, &straight(&image.rgba)) else { return };
        let corner = image.area.min * self.zoom + self.shift;
        let _ = writeln!(
            self.body,
            "<image{class} x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\" \
             preserveAspectRatio=\"none\" image-rendering=\"pixelated\" \
             href=\"data:image/png;base64,{}\"/>",
            number(corner.x, 2),
            number(corner.y, 2),
            number(image.area.width() * self.zoom, 2),
            number(image.area.height() * self.zoom, 2),
            BASE64.encode(bytes)
        );
    }

    fn shape(&mut self, outline: &Outline, class: &str) {
        match outline {
            Outline::Circle { centre, radius } => {
                self.element("circle", class);
                let centre = self.on_page(*centre);
                self.attribute(" cx=\"", centre.x);
                self.attribute(" cy=\"", centre.y);
                self.attribute(" r=\"", radius * self.zoom);
            }
            Outline::Rounded { rect, corner } => {
                self.element("rect", class);
                let min = self.on_page(rect.min);
                self.attribute(" x=\"", min.x);
                self.attribute(" y=\"", min.y);
                self.attribute(" width=\"", rect.width() * self.zoom);
                self.attribute(" height=\"", rect.height() * self.zoom);
                if *corner > 0.0 {
                    self.attribute(" rx=\"", corner * self.zoom);
                }
            }
            Outline::Polygon(points) => self.way(class, points, |_| 'l', true),
            Outline::Curve(Curve { start, control, end }) => {
                self.way(
                    class,
                    &[*start, *control, *end],
                    |at| if at == 1 { 'Q' } else { ' ' },
                    false,
                );
            }
            Outline::Line(start, end) => self.way(class, &[*start, *end], |_| 'l', false),
        }
        self.body.push_str("/>");
    }

    fn element(&mut self, name: &str, class: &str) {
        self.body.push('<');
        self.body.push_str(name);
        self.body.push_str(" class=\"");
        self.body.push_str(class);
        self.body.push('"');
    }

    fn attribute(&mut self, start: &str, value: f32) {
        self.body.push_str(start);
        push_number(&mut self.body, f64::from(value), self.decimals);
        self.body.push('"');
    }

    /// Writes a path through points. `letter` returns the path command for each position; after
    /// `l`, a point is written relative to the one before.
    fn way(
        &mut self,
        class: &str,
        points: &[Point],
        letter: impl Fn(usize) -> char,
        is_closed: bool,
    ) {
        self.element("path", class);
        self.body.push_str(" d=\"M");
        let unit = 10_f64.powi(i32::try_from(self.decimals).unwrap_or(2));
        let rounded = |value: f32| (f64::from(value) * unit).round() / unit;
        let mut before = (0.0, 0.0);
        for (position, at) in points.iter().enumerate() {
            let at = self.on_page(*at);
            let at = (rounded(at.x), rounded(at.y));
            let letter = if position == 0 { 'M' } else { letter(position) };
            let (x, y) = if letter == 'l' { (at.0 - before.0, at.1 - before.1) } else { at };
            let y = (y * unit).round() / unit;
            if position > 0 {
                self.body.push(letter);
            }
            push_number(&mut self.body, x, self.decimals);
            if y >= 0.0 {
                self.body.push(' ');
            }
            push_number(&mut self.body, y, self.decimals);
            before = at;
        }
        if is_closed {
            self.body.push('z');
        }
        self.body.push('"');
    }

    /// The look of a text, and whether it is written from right to left.
    fn text_look(&mut self, text: &Text) -> (Look, bool) {
        let line = self.picture.fonts.line(&text.content, text.weight);
        for run in &line.runs {
            self.used.insert((text.weight == Weight::Bold, run.font));
        }
        let anchor = match (text.anchor, line.is_right_to_left) {
            (Anchor::Middle, _) => 1,
            (Anchor::Start, false) | (Anchor::End, true) => 0,
            (Anchor::End, false) | (Anchor::Start, true) => 2,
        };
        let look = Look::Text {
            size: hundredths(text.size * self.zoom),
            weight: text.weight,
            anchor,
            fill: rgb(text.color),
            halo: text.halo.map(|(color, width)| (rgb(color), hundredths(width * self.zoom))),
        };
        (look, line.is_right_to_left)
    }

    fn text(&mut self, text: &Text, dark: Option<Look>) {
        let (look, is_right_to_left) = self.text_look(text);
        let class = self.class(look, dark);
        self.element("text", &class);
        let at = self.on_page(text.at);
        self.attribute(" x=\"", at.x);
        self.attribute(" y=\"", at.y);
        if is_right_to_left {
            self.body.push_str(" direction=\"rtl\" unicode-bidi=\"embed\"");
        }
        self.body.push('>');
        self.body.push_str(&words(&text.content));
        self.body.push_str("</text>");
    }

    /// The class name of a look, and its look in the dark theme. Adds a class if the look is new.
    pub fn class(&mut self, look: Look, dark: Option<Look>) -> String {
        if let Some(class) = self.looks.get(&(look, dark)) {
            return class.clone();
        }
        let styles = (style(look), dark.map_or_else(String::new, style));
        let next = self.classes.len();
        let class = name(*self.classes.entry(styles).or_insert(next));
        self.looks.insert((look, dark), class.clone());
        class
    }

    fn on_page(&self, at: Point) -> Point {
        at * self.zoom + self.shift
    }
}

fn description(picture: &Picture<'_>) -> String {
    let (map, shown) = (picture.map, &picture.shown);
    let (actors, ties) = (shown.actors().count(), shown.ties().len());
    let mut text = format!("A map of {} and {}.", counted(actors, "actor"), counted(ties, "tie"));
    let about = title::subheading(map, shown, &picture.page.view, picture.page.parts.step.as_ref());
    if !about.is_empty() {
        let _ = write!(text, " {about}.");
    }
    text
}
