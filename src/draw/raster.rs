//! Draws primitives to pixels on the CPU: shapes with tiny-skia, text from a cache of glyph
//! bitmaps.

use rustc_hash::FxHashMap;
use skrifa::outline::OutlinePen;
use tiny_skia::{
    BlendMode, FillRule, LineJoin, Mask, Paint, Path, PathBuilder, Pixmap, PixmapPaint, PixmapRef,
    Stroke as Pen, StrokeDash, Transform,
};

use super::hairline::{self, blend};
use super::text::left_of;
use super::trace::{self, trace};
use crate::geometry::{Point, Rect, point};
use crate::scene::primitive::{Color, Image, Mark, Outline, Primitive, Stroke, Text};
use crate::text::{Font, Fonts};

/// Number of subpixel positions of a glyph, along each axis.
const STEPS: f32 = 4.0;
/// Draws what marks have in an area on a transparent image, with `zoom` pixels per unit. Returns
/// the size of the image and its premultiplied RGBA; `None` if the size is not possible.
#[must_use]
pub fn cut_out<'m>(
    marks: impl IntoIterator<Item = &'m Mark>,
    area: Rect,
    zoom: f32,
    fonts: &Fonts,
) -> Option<([usize; 2], Vec<u8>)> {
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a page")]
    let [width, height] = [area.width(), area.height()].map(|side| (side * zoom).round() as u32);
    let shift = Point::default() - area.min * zoom;
    let mut canvas = Canvas::new(Pixmap::new(width, height)?, fonts, zoom, shift);
    for mark in marks {
        canvas.mark(mark);
    }
    Some(([width as usize, height as usize], canvas.pixels.take()))
}

/// An image that marks are drawn on.
pub struct Canvas<'a> {
    pub pixels: Pixmap,
    fonts: &'a Fonts,
    stamps: FxHashMap<StampKey, Option<Stamp>>,
    /// Pixels per unit of the primitives.
    pub zoom: f32,
    /// Position of the origin of the primitives, in pixels.
    pub shift: Point,
    page: Rect,
}

/// Cache key of a glyph bitmap. Sizes are the bits of an `f32`, in pixels.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
struct StampKey {
    font: usize,
    glyph: u16,
    size: u32,
    halo: u32,
    step: (u8, u8),
}

/// A glyph bitmap: the coverage of each pixel, 0 to 255. `left` and `top` are relative to the pixel
/// that contains the glyph's origin.
struct Stamp {
    left: i32,
    top: i32,
    width: usize,
    coverage: Vec<u8>,
}

impl<'a> Canvas<'a> {
    #[expect(clippy::cast_precision_loss, reason = "sides are below 2^24")]
    /// A canvas on `pixels`, which already contain the background.
    #[must_use]
    pub fn new(pixels: Pixmap, fonts: &'a Fonts, zoom: f32, shift: Point) -> Self {
        let page = Rect {
            min: Point::default(),
            max: point(pixels.width() as f32, pixels.height() as f32),
        };
        Self { pixels, fonts, stamps: FxHashMap::default(), zoom, shift, page }
    }

    /// Draws a mark.
    pub fn mark(&mut self, mark: &Mark) {
        for primitive in &mark.primitives {
            match primitive {
                Primitive::Shape { outline, fill, stroke } => {
                    self.shape(outline, *fill, stroke.as_ref());
                }
                Primitive::Text(text) => self.text(text),
                Primitive::Image(image) => self.image(image),
            }
        }
    }

    /// Covers everything below `top` with the background, or makes it transparent.
    pub fn clear_below(&mut self, top: f32, ground: Option<Color>) {
        let rect = tiny_skia::Rect::from_ltrb(0.0, top, self.page.max.x, self.page.max.y.max(top));
        if let Some(rect) = rect {
            let clear = Paint { blend_mode: BlendMode::Clear, ..Paint::default() };
            self.pixels.fill_rect(rect, &ground.map_or(clear, paint), Transform::identity(), None);
        }
    }

    fn at(&self, at: Point) -> Point {
        at * self.zoom + self.shift
    }

    fn image(&mut self, image: &Image) {
        let side = |side: usize| u32::try_from(side).unwrap_or(0);
        let [width, height] = image.size.map(side);
        let Some(pixels) = PixmapRef::from_bytes(&image.rgba, width, height) else { return };
        let corner = self.at(image.area.min);
        #[expect(clippy::cast_precision_loss, reason = "sides are below 2^24")]
        let scale = image.area.width() * self.zoom / width as f32;
        // An image made for these pixels is not resampled.
        let place = if (scale - scale.round()).abs() < 1e-3 {
            let scale = scale.round();
            Transform::from_row(scale, 0.0, 0.0, scale, corner.x.round(), corner.y.round())
        } else {
            Transform::from_row(scale, 0.0, 0.0, scale, corner.x, corner.y)
        };
        self.pixels.draw_pixmap(0, 0, pixels, &PixmapPaint::default(), place, None);
    }

    fn shape(&mut self, outline: &Outline, fill: Option<Color>, stroke: Option<&Stroke>) {
        let width = stroke.map_or(0.0, |stroke| stroke.width * self.zoom);
        // Fast path: a filled shape with a solid stroke is the outer shape in the stroke's colour,
        // with the inner shape on top. No stroke has to be computed.
        if let (Some(fill), Some(stroke)) = (fill, stroke)
            && stroke.pattern.is_none()
            && let Some((outer, inner)) = self.rims(outline, width * 0.5)
        {
            self.fill(&outer, stroke.color);
            if let Some(inner) = inner {
                self.fill(&inner, fill);
            }
            return;
        }
        if let (Outline::Line(start, end), Some(stroke)) = (outline, stroke)
            && stroke.pattern.is_none()
            && width <= hairline::WIDEST_PX
        {
            let start = self.at(*start);
            let end = self.at(*end);
            hairline::draw(&mut self.pixels, start, end, width, stroke.color);
            return;
        }
        let Some(path) = self.path(outline) else { return };
        if !is_near(&path, self.page, width) {
            return;
        }
        if let Some(fill) = fill {
            self.fill(&path, fill);
        }
        if let Some(stroke) = stroke {
            let dash = stroke
                .pattern
                .and_then(|(on, off)| StrokeDash::new(vec![on * self.zoom, off * self.zoom], 0.0));
            let pen = Pen { width, dash, ..Pen::default() };
            self.pixels.stroke_path(&path, &paint(stroke.color), &pen, Transform::identity(), None);
        }
    }

    fn fill(&mut self, path: &Path, color: Color) {
        if is_near(path, self.page, 0.0) {
            self.pixels.fill_path(
                path,
                &paint(color),
                FillRule::Winding,
                Transform::identity(),
                None,
            );
        }
    }

    /// A shape grown and shrunk by `half` the width of its stroke, in pixels; `None` for shapes
    /// that cannot be grown. The inner path is `None` if nothing is left inside.
    fn rims(&self, outline: &Outline, half: f32) -> Option<(Path, Option<Path>)> {
        let half = half / self.zoom;
        let (outer, inner) = match outline {
            Outline::Circle { centre, radius } => {
                let circle = |radius: f32| Outline::Circle { centre: *centre, radius };
                (circle(radius + half), (*radius > half).then(|| circle(radius - half)))
            }
            Outline::Rounded { rect, corner } => {
                let inner = rect.grown(-half);
                let inner = Outline::Rounded { rect: inner, corner: (corner - half).max(0.0) };
                let has_inner = rect.width().min(rect.height()) > 2.0 * half;
                let outer = Outline::Rounded { rect: rect.grown(half), corner: corner + half };
                (outer, has_inner.then_some(inner))
            }
            Outline::Polygon(_) | Outline::Curve(_) | Outline::Line(..) => return None,
        };
        Some((self.path(&outer)?, inner.and_then(|inner| self.path(&inner))))
    }

    fn path(&self, outline: &Outline) -> Option<Path> {
        let mut path = PathBuilder::new();
        trace(outline, self.zoom, self.shift, &mut path);
        path.finish()
    }

    fn text(&mut self, text: &Text) {
        let fonts = self.fonts;
        let line = fonts.line(&text.content, text.weight);
        let size = text.size * self.zoom;
        let start = self.at(point(left_of(text, &line), text.at.y));
        let reach = Rect {
            min: start - point(size, 2.0 * size),
            max: start + point(line.width * size + size, size),
        };
        if reach.overlap(&self.page) <= 0.0 {
            return;
        }
        let halo = text.halo.map(|(color, width)| (color, width * self.zoom));
        for (color, halo) in halo.into_iter().chain([(text.color, 0.0)]) {
            for glyph in &line.glyphs {
                if let Some(font) = fonts.of(text.weight).get(glyph.font) {
                    let at = start + point(glyph.x, -glyph.y) * size;
                    self.stamp(font, glyph.id, (size, halo), at, color);
                }
            }
        }
    }

    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "coordinates near the page, and steps from 0 to 3"
    )]
    fn stamp(
        &mut self,
        font: &Font,
        glyph: u16,
        (size, halo): (f32, f32),
        at: Point,
        color: Color,
    ) {
        let at = point((at.x * STEPS).round() / STEPS, (at.y * STEPS).round() / STEPS);
        let whole = point(at.x.floor(), at.y.floor());
        let step = ((at - whole) * STEPS).x as u8;
        let step = (step, ((at - whole) * STEPS).y as u8);
        let key = StampKey {
            font: font.bytes.as_ptr().addr() + font.index as usize,
            glyph,
            size: size.to_bits(),
            halo: halo.to_bits(),
            step,
        };
        let stamp =
            self.stamps.entry(key).or_insert_with(|| cut(font, glyph, size, halo, at - whole));
        if let Some(stamp) = stamp {
            press(&mut self.pixels, stamp, whole.x as i32, whole.y as i32, color);
        }
    }
}

fn paint(color: Color) -> Paint<'static> {
    let mut paint = Paint::default();
    paint.set_color_rgba8(color.red, color.green, color.blue, 255);
    paint
}

/// True if a path with a stroke of this width may touch the page.
fn is_near(path: &Path, page: Rect, width: f32) -> bool {
    let bounds = path.bounds();
    let reach = width + 1.0;
    bounds.right() + reach > page.min.x
        && bounds.left() - reach < page.max.x
        && bounds.bottom() + reach > page.min.y
        && bounds.top() - reach < page.max.y
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

/// Converts the outline of a glyph to a path in pixels, with `y` downwards.
struct Tracer {
    path: PathBuilder,
    factor: f32,
    origin: Point,
}

impl Tracer {
    fn at(&self, x: f32, y: f32) -> Point {
        self.origin + point(x, -y) * self.factor
    }
}

impl OutlinePen for Tracer {
    fn move_to(&mut self, x: f32, y: f32) {
        let at = self.at(x, y);
        self.path.move_to(at.x, at.y);
    }

    fn line_to(&mut self, x: f32, y: f32) {
        let at = self.at(x, y);
        self.path.line_to(at.x, at.y);
    }

    fn quad_to(&mut self, x1: f32, y1: f32, x: f32, y: f32) {
        let control = self.at(x1, y1);
        let at = self.at(x, y);
        self.path.quad_to(control.x, control.y, at.x, at.y);
    }

    fn curve_to(&mut self, x1: f32, y1: f32, x2: f32, y2: f32, x: f32, y: f32) {
        let first = self.at(x1, y1);
        let second = self.at(x2, y2);
        let at = self.at(x, y);
        self.path.cubic_to(first.x, first.y, second.x, second.y, at.x, at.y);
    }

    fn close(&mut self) {
        self.path.close();
    }
}

/// Draws the bitmap of a glyph, with a stroke of width `halo` around it if that is not 0.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a glyph's pixels")]
fn cut(font: &Font, glyph: u16, size: f32, halo: f32, offset: Point) -> Option<Stamp> {
    let mut tracer =
        Tracer { path: PathBuilder::new(), factor: size / font.units_per_em(), origin: offset };
    if !font.outline(glyph, &mut tracer) {
        return None;
    }
    let path = tracer.path.finish()?;
    let rim = if halo > 0.0 {
        path.stroke(&Pen { width: halo, line_join: LineJoin::Round, ..Pen::default() }, 1.0)
    } else {
        None
    };
    let bounds = rim.as_ref().unwrap_or(&path).bounds();
    let left = bounds.left().floor() - 1.0;
    let top = bounds.top().floor() - 1.0;
    let width = (bounds.right().ceil() + 1.0 - left) as u32;
    let height = (bounds.bottom().ceil() + 1.0 - top) as u32;
    let mut mask = Mask::new(width, height)?;
    for path in rim.iter().chain([&path]) {
        mask.fill_path(path, FillRule::Winding, true, Transform::from_translate(-left, -top));
    }
    Some(Stamp { left: left as i32, top: top as i32, width: width as usize, coverage: mask.take() })
}

/// Blends a colour over the pixels, with the coverage of the bitmap.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_possible_wrap,
    clippy::cast_sign_loss,
    reason = "within the page"
)]
fn press(pixels: &mut Pixmap, stamp: &Stamp, x: i32, y: i32, color: Color) {
    let page_width = pixels.width() as i32;
    let page_height = pixels.height() as i32;
    let data = pixels.pixels_mut();
    let left = x + stamp.left;
    let top = y + stamp.top;
    for (row, coverage) in stamp.coverage.chunks(stamp.width).enumerate() {
        let y = top + row as i32;
        if !(0..page_height).contains(&y) {
            continue;
        }
        for (column, share) in coverage.iter().enumerate() {
            let x = left + column as i32;
            if *share == 0 || !(0..page_width).contains(&x) {
                continue;
            }
            blend(&mut data[(y * page_width + x) as usize], color, *share);
        }
    }
}
