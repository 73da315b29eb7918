//! PDF encoding: vector graphics, and text that can be selected and searched. The numbered evidence
//! follows on separate pages.

use std::ops::Range;

use krilla::Document;
use krilla::color::rgb;
use krilla::destination::XyzDestination;
use krilla::geom::{Path, PathBuilder, Point as At, Rect as Box, Size, Transform};
use krilla::image::Image as Pixels;
use krilla::metadata::Metadata;
use krilla::num::NormalizedF32;
use krilla::outline::{Outline as Bookmarks, OutlineNode};
use krilla::page::PageSettings;
use krilla::paint::{Fill, LineJoin, Stroke as Pen, StrokeDash};
use krilla::surface::Surface;
use krilla::text::{Font as PdfFont, GlyphId, KrillaGlyph};

use crate::draw::text::left_of;
use crate::draw::trace::{self, trace};
use crate::export::error::ExportError;
use crate::export::format::{Encode, Format};
use crate::export::picture::Picture;
use crate::export::pixels::straight;
use crate::geometry::{Point, point};
use crate::progress::Progress;
use crate::scene::page::title;
use crate::scene::primitive::{Color, Image, Mark, Outline, Primitive, Stroke, Text};
use crate::text::{Fonts, Line, Weight, is_direction_mark};

/// Points, the unit of PDF, per inch.
const POINTS_PER_INCH: f32 = 72.0;

/// Vector graphics for print and email.
pub static PDF: Format = Format {
    text: "PDF",
    extension: "pdf",
    hint: "Vector graphics, for print and email",
    has_pages: true,
    is_slides: false,
    is_interactive: false,
    can_be_transparent: false,
    can_embed_fonts: false,
    encode: Encode::Several(encode),
};

/// Encodes each picture on a page of its physical size, followed by its list of evidence on further
/// pages.
///
/// # Errors
/// `Draw` if a page is too small or too large or a font cannot be embedded, `Cancelled` if the work
/// was cancelled.
fn encode(pictures: &[Picture<'_>], progress: &Progress) -> Result<Vec<u8>, ExportError> {
    let mut document = Document::new();
    let mut bookmarks = Bookmarks::new();
    let mut pages = 0;
    let Some(first) = pictures.first() else { return Ok(Vec::new()) };
    let mut drawer = Drawer::new(&first.fonts);
    #[expect(clippy::cast_precision_loss, reason = "a share")]
    let share = 0.8 / pictures.len() as f32;
    for (number, picture) in pictures.iter().enumerate() {
        #[expect(clippy::cast_precision_loss, reason = "a share")]
        progress.reach(number as f32 * share)?;
        draw_page(picture, &mut document, &mut drawer, progress)?;
        pages = draw_lists(picture, pages, &mut document, &mut drawer, &mut bookmarks, progress)?;
    }
    let heading = title::heading(first.map).to_owned();
    let mut metadata = Metadata::new().title(heading).creator("Allegiance".to_owned());
    if !first.map.meta.author.is_empty() {
        metadata = metadata.authors(vec![first.map.meta.author.clone()]);
    }
    document.set_metadata(metadata);
    document.set_outline(bookmarks);
    progress.reach(0.8)?;
    document.finish().map_err(|error| ExportError::Draw(format!("{error:?}")))
}

/// Draws the page with the map.
fn draw_page(
    picture: &Picture<'_>,
    document: &mut Document,
    drawer: &mut Drawer<'_>,
    progress: &Progress,
) -> Result<(), ExportError> {
    let factor = POINTS_PER_INCH / picture.page.dpi;
    let (zoom, shift) = picture.placing();
    let mut sheet_of_paper = document.start_page_with(settings(picture.size, factor)?);
    let mut surface = sheet_of_paper.surface();
    (drawer.zoom, drawer.shift) = (factor, Point::default());
    drawer.ground(&mut surface, picture.size, picture.ground);
    (drawer.zoom, drawer.shift) = (zoom * factor, shift * factor);
    for mark in &picture.scene.marks {
        progress.check()?;
        drawer.mark(&mut surface, mark);
    }
    (drawer.zoom, drawer.shift) = (factor, Point::default());
    picture.furniture.marks.iter().for_each(|mark| drawer.mark(&mut surface, mark));
    surface.finish();
    sheet_of_paper.finish();
    Ok(())
}

/// Draws the pages of the list of evidence, and adds bookmarks for all pages of the picture.
/// `before` is the number of pages before the one with the map; returns it for the next picture.
fn draw_lists(
    picture: &Picture<'_>,
    before: usize,
    document: &mut Document,
    drawer: &mut Drawer<'_>,
    bookmarks: &mut Bookmarks,
    progress: &Progress,
) -> Result<usize, ExportError> {
    let factor = POINTS_PER_INCH / picture.page.dpi;
    let top = || At::from_xy(0.0, 0.0);
    let heading = title::page_heading(picture.map, picture.page.parts.step.as_ref()).to_owned();
    bookmarks.push_child(OutlineNode::new(heading, XyzDestination::new(before, top())));
    let lists = picture.list_pages();
    for (number, list) in lists.iter().enumerate() {
        progress.check()?;
        let mut sheet_of_paper = document.start_page_with(settings(picture.size, factor)?);
        let mut surface = sheet_of_paper.surface();
        drawer.ground(&mut surface, picture.size, picture.ground);
        drawer.mark(&mut surface, list);
        surface.finish();
        sheet_of_paper.finish();
        let name = if lists.len() == 1 {
            "Evidence".to_owned()
        } else {
            format!("Evidence, page {}", number + 1)
        };
        let place = XyzDestination::new(before + number + 1, top());
        bookmarks.push_child(OutlineNode::new(name, place));
    }
    Ok(before + 1 + lists.len())
}

/// The settings of a page of this size in pixels; `factor` is points per pixel.
fn settings(size: Point, factor: f32) -> Result<PageSettings, ExportError> {
    PageSettings::from_wh(size.x * factor, size.y * factor)
        .ok_or_else(|| ExportError::Draw("the page is too small or too large".to_owned()))
}

/// Draws primitives. Coordinates are multiplied by `zoom`, then `shift` is added; the result is in
/// points.
struct Drawer<'a> {
    fonts: &'a Fonts,
    regular: Vec<Option<PdfFont>>,
    bold: Vec<Option<PdfFont>>,
    zoom: f32,
    shift: Point,
}

impl<'a> Drawer<'a> {
    fn new(fonts: &'a Fonts) -> Self {
        Self {
            fonts,
            regular: Self::pdf_fonts(fonts, Weight::Regular),
            bold: Self::pdf_fonts(fonts, Weight::Bold),
            zoom: 1.0,
            shift: Point::default(),
        }
    }

    /// The fonts of a weight, in their order; `None` for fonts that cannot be embedded.
    fn pdf_fonts(fonts: &Fonts, weight: Weight) -> Vec<Option<PdfFont>> {
        fonts.of(weight).iter().map(|font| PdfFont::new(font.bytes.into(), font.index)).collect()
    }

    fn at(&self, at: Point) -> Point {
        at * self.zoom + self.shift
    }

    fn ground(&self, surface: &mut Surface<'_>, size: Point, ground: Option<Color>) {
        let Some(ground) = ground else { return };
        let mut path = PathBuilder::new();
        if let Some(rect) = Box::from_xywh(0.0, 0.0, size.x * self.zoom, size.y * self.zoom) {
            path.push_rect(rect);
        }
        surface.set_fill(Some(fill(ground)));
        surface.set_stroke(None);
        if let Some(path) = path.finish() {
            surface.draw_path(&path);
        }
    }

    fn mark(&self, surface: &mut Surface<'_>, mark: &Mark) {
        for primitive in &mark.primitives {
            match primitive {
                Primitive::Shape { outline, fill, stroke } => {
                    self.shape(surface, outline, *fill, stroke.as_ref());
                }
                Primitive::Text(text) => self.text(surface, text),
                Primitive::Image(image) => self.image(surface, image),
            }
        }
    }

    fn image(&self, surface: &mut Surface<'_>, image: &Image) {
        let whole = |count: usize| u32::try_from(count).unwrap_or(0);
        let [columns, rows] = image.size.map(whole);
        let corner = self.at(image.area.min);
        let (wide, high) = (image.area.width() * self.zoom, image.area.height() * self.zoom);
        let Some(extent) = Size::from_wh(wide, high) else { return };
        surface.push_transform(&Transform::from_translate(corner.x, corner.y));
        surface.draw_image(Pixels::from_rgba8(straight(&image.rgba), columns, rows), extent);
        surface.pop();
    }

    fn shape(
        &self,
        surface: &mut Surface<'_>,
        outline: &Outline,
        inside: Option<Color>,
        stroke: Option<&Stroke>,
    ) {
        let Some(path) = self.path(outline) else { return };
        surface.set_fill(inside.map(fill));
        surface.set_stroke(stroke.map(|stroke| {
            let dash = stroke.pattern.map(|(on, off)| StrokeDash {
                array: vec![on * self.zoom, off * self.zoom],
                offset: 0.0,
            });
            Pen {
                paint: color(stroke.color).into(),
                width: stroke.width * self.zoom,
                dash,
                ..Pen::default()
            }
        }));
        surface.draw_path(&path);
    }

    fn path(&self, outline: &Outline) -> Option<Path> {
        let mut path = PathBuilder::new();
        trace(outline, self.zoom, self.shift, &mut path);
        path.finish()
    }

    fn text(&self, surface: &mut Surface<'_>, text: &Text) {
        let line = self.fonts.line(&text.content, text.weight);
        let start = self.at(point(left_of(text, &line), text.at.y));
        let size = text.size * self.zoom;
        if let Some((rim, width)) = text.halo {
            surface.set_fill(Some(fill(rim)));
            surface.set_stroke(Some(Pen {
                paint: color(rim).into(),
                width: width * self.zoom,
                line_join: LineJoin::Round,
                ..Pen::default()
            }));
            // The halo is drawn as outlines, so that the text is in the file only once.
            self.glyphs(surface, text, &line, start, size, true);
        }
        surface.set_fill(Some(fill(text.color)));
        surface.set_stroke(None);
        self.glyphs(surface, text, &line, start, size, false);
    }

    fn glyphs(
        &self,
        surface: &mut Surface<'_>,
        text: &Text,
        line: &Line,
        start: Point,
        size: f32,
        is_outlined: bool,
    ) {
        let fonts = if text.weight == Weight::Bold { &self.bold } else { &self.regular };
        for run in &line.runs {
            let Some(font) = fonts.get(run.font).cloned().flatten() else { continue };
            let glyphs = &line.glyphs[run.glyphs.clone()];
            // Directional formatting characters were applied in the layout. In the file they would
            // only disturb searching.
            let words = text.content.get(run.text.clone());
            if words.is_some_and(|words| words.chars().all(is_direction_mark)) {
                continue;
            }
            let Some(left) = glyphs.first().map(|glyph| glyph.x) else { continue };
            // A cluster ends where the next one in the text begins.
            let mut starts: Vec<usize> = glyphs.iter().map(|glyph| glyph.start).collect();
            starts.sort_unstable();
            let end_of = |start: usize| {
                starts.iter().copied().find(|other| *other > start).unwrap_or(run.text.end)
            };
            let placed: Vec<KrillaGlyph> = glyphs
                .iter()
                .enumerate()
                .map(|(number, glyph)| {
                    let next = glyphs.get(number + 1).map_or(glyph.x, |next| next.x);
                    KrillaGlyph {
                        glyph_id: GlyphId::new(u32::from(glyph.id)),
                        text_range: glyph.start..end_of(glyph.start),
                        x_advance: next - glyph.x,
                        x_offset: 0.0,
                        y_offset: glyph.y,
                        y_advance: 0.0,
                        location: None,
                    }
                })
                .collect();
            let at = At::from_xy(start.x + left * size, start.y);
            let words = if run.is_right_to_left {
                turned(&text.content, &placed)
            } else {
                text.content.clone()
            };
            surface.draw_glyphs(at, &placed, font, &words, size, is_outlined);
        }
    }
}

/// The text with the characters of each ligature reversed, for right-to-left runs. PDF readers
/// (poppler, pdfium, mupdf) collect the characters of a page from left to right and then reverse
/// right-to-left runs, including the characters of a single glyph.
fn turned(words: &str, glyphs: &[KrillaGlyph]) -> String {
    let mut turned = String::with_capacity(words.len());
    let mut done = 0;
    let mut clusters: Vec<&Range<usize>> = glyphs.iter().map(|glyph| &glyph.text_range).collect();
    clusters.sort_by_key(|range| range.start);
    for (number, range) in clusters.iter().enumerate() {
        // Several glyphs in one cluster are a letter with combining marks.
        let is_alone = clusters.get(number + 1).is_none_or(|next| next.start != range.start)
            && (number == 0 || clusters[number - 1].start != range.start);
        if !is_alone || range.start < done {
            continue;
        }
        turned.push_str(words.get(done..range.start).unwrap_or_default());
        turned.extend(words.get((*range).clone()).unwrap_or_default().chars().rev());
        done = range.end;
    }
    turned.push_str(words.get(done..).unwrap_or_default());
    turned
}

fn color(color: Color) -> rgb::Color {
    rgb::Color::new(color.red, color.green, color.blue)
}

fn fill(inside: Color) -> Fill {
    Fill { paint: color(inside).into(), opacity: NormalizedF32::ONE, ..Fill::default() }
}

impl trace::Pen for PathBuilder {
    fn start(&mut self, at: Point) {
        self.move_to(at.x, at.y);
    }

    fn line(&mut self, to: Point) {
        self.line_to(to.x, to.y);
    }

    fn quadratic(&mut self, control: Point, to: Point) {
        self.quad_to(control.x, control.y, to.x, to.y);
    }

    fn cubic(&mut self, first: Point, second: Point, to: Point) {
        self.cubic_to(first.x, first.y, second.x, second.y, to.x, to.y);
    }

    fn close(&mut self) {
        PathBuilder::close(self);
    }
}
