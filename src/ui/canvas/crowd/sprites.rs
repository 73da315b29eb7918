//! Sprites for crowded views: pictures of all actor shapes, badges, arrowheads and lines in one
//! texture, so that a frame is one mesh of quads.
//!
//! The pictures are drawn by the rasteriser of the exports, from the same primitives as a scene.

use std::sync::Arc;

use egui::{Color32, ColorImage, Context, Pos2, TextureHandle, TextureId, TextureOptions, pos2};
use egui::{TextureFilter, TextureWrapMode, Vec2, vec2};

use crate::draw::raster;
use crate::geometry::{Point, point};
use crate::model::Stance;
use crate::scene::picture::badge::{self, BADGE_PX};
use crate::scene::picture::fading::{FADED_SHARE, FAINT_SHARE};
use crate::scene::picture::overview::tie_color;
use crate::scene::picture::shape::{self, Body, Build, Looks, half_size_px};
use crate::scene::primitive::{Color, Dash, Mark, Outline, Owner, Primitive};
use crate::scene::theme::{CAMPS, Theme};
use crate::text::Fonts;

/// Width of the texture, in pixels.
const SIDE: usize = 1024;
/// Number of sizes at which actors are drawn; other sizes are scaled from the nearest one.
const SIZES: usize = 7;
/// The levels of brightness: full, faded, forecast, faded forecast.
const SHARES: [f32; 4] = [1.0, FADED_SHARE, FAINT_SHARE, FADED_SHARE * FAINT_SHARE];
const STANCES: [Stance; 3] = [Stance::Hostile, Stance::Cooperative, Stance::Mixed];
const DASHES: [Dash; 3] = [Dash::Solid, Dash::Dashed, Dash::Dotted];
/// Widths at which lines are drawn, in physical pixels; others are scaled from the next larger one.
const WIDTHS: [f32; 12] = [0.35, 0.5, 0.7, 1.0, 1.4, 2.0, 2.8, 4.0, 5.6, 8.0, 11.0, 16.0];
/// Number of dash periods across the texture, which repeats beyond its edge.
const PERIODS: usize = 64;
/// Maximum number of sprite sets in the cache.
const KEPT: usize = 4;
/// Length of the arrowhead picture, in pixels of the texture.
const HEAD: f32 = 24.0;

/// A picture in the texture.
#[derive(Clone, Copy, Default)]
pub struct Sprite {
    /// Upper left and lower right corner in texture coordinates, 0 to 1.
    pub uv: [Pos2; 2],
    /// Half its size, in pixels at 100 %.
    pub half: Vec2,
}

/// The cross section of a line in the texture.
#[derive(Clone, Copy)]
pub struct Profile {
    /// Upper and lower edge in texture coordinates, 0 to 1.
    pub v: [f32; 2],
    /// Half the width of the section with its antialiased margin, in physical pixels or, in a mesh,
    /// in screen points.
    pub half: f32,
}

/// The most recently used sprite sets, by their keys.
#[derive(Default)]
pub struct SpriteCache {
    sets: Vec<(SetKey, Arc<Sprites>)>,
}

/// The scale as bits, the theme, and whether shapes are tinted by camp.
type SetKey = (u32, Theme, bool);

impl SpriteCache {
    /// The sprites for `scale` physical pixels per pixel at 100 %. Draws them if they are not
    /// cached.
    pub fn at(
        &mut self,
        ctx: &Context,
        scale: f32,
        theme: &Theme,
        has_camps: bool,
        fonts: &Fonts,
    ) -> Arc<Sprites> {
        // Rounds up to a power of the square root of 2, so that pictures are only scaled down.
        let scale = 2.0_f32.powf((scale.clamp(0.05, 2.0).log2() * 2.0 - 1e-3).ceil() / 2.0);
        let key = (scale.to_bits(), theme.clone(), has_camps);
        let set = match self.sets.iter().position(|set| set.0 == key) {
            Some(at) => self.sets.remove(at),
            None => (key, Arc::new(Sprites::new(ctx, scale, theme, has_camps, fonts))),
        };
        let sprites = Arc::clone(&set.1);
        self.sets.push(set);
        if self.sets.len() > KEPT {
            self.sets.remove(0);
        }
        sprites
    }
}

/// All sprites at one scale.
pub struct Sprites {
    texture: TextureHandle,
    actors: Vec<Sprite>,
    signs: Vec<Sprite>,
    lines: Vec<Profile>,
    /// The arrowhead, in white; it is tinted when drawn.
    pub head: Sprite,
}

impl Sprites {
    fn new(ctx: &Context, scale: f32, theme: &Theme, has_camps: bool, fonts: &Fonts) -> Self {
        let mut shelf = Shelf::default();
        let mut actors = Vec::new();
        // Bright, faded, and bright in the tint of each camp. Faded shapes have no tint.
        let camps = (0..CAMPS).filter(|_| has_camps).filter_map(|camp| u16::try_from(camp).ok());
        let looks = [(SHARES[0], None), (SHARES[1], None)];
        for (share, camp) in looks.into_iter().chain(camps.map(|camp| (1.0, Some(camp)))) {
            for (build, kind) in &Build::ALL {
                for size in 0..SIZES {
                    let half_px = size_px(size);
                    let body = Body::of(*build, Point::default(), half_px * scale);
                    let looks = Looks {
                        kind,
                        short: None,
                        unit: scale,
                        factor: scale,
                        share,
                        is_selected: false,
                        camp,
                        theme,
                    };
                    let half = body.bounds().max + point(2.0, 2.0) * scale.max(1.0);
                    actors.push(shelf.add(half, scale, shape::draw(&body, &looks, fonts), fonts));
                }
            }
        }
        let mut signs = Vec::new();
        for share in SHARES {
            for stance in STANCES {
                for is_open in [false, true] {
                    let color = tie_color(theme, stance, share);
                    let paper = theme.paper.over(theme.ground, share);
                    let on_color = Color::rgb(0x00FF_FFFF).over(color, share);
                    let half = (BADGE_PX + 2.0) * scale.max(1.0);
                    let sign = badge::sign(
                        Point::default(),
                        stance,
                        is_open,
                        scale,
                        [color, paper, on_color],
                    );
                    signs.push(shelf.add(point(half, half), scale, sign, fonts));
                }
            }
        }
        let head = Outline::Polygon(vec![
            point(HEAD * 0.5, 0.0),
            point(-HEAD * 0.5, HEAD * 0.46),
            point(-HEAD * 0.5, -HEAD * 0.46),
        ]);
        let white =
            Primitive::Shape { outline: head, fill: Some(Color::rgb(0x00FF_FFFF)), stroke: None };
        let head = shelf.add(point(HEAD * 0.5 + 2.0, HEAD * 0.5 + 2.0), HEAD, vec![white], fonts);
        let lines = DASHES.into_iter().flat_map(|dash| WIDTHS.map(|width| (dash, width)));
        let lines = lines.map(|(dash, width)| shelf.line(dash, width)).collect();
        let (image, height) = shelf.image();
        let options = TextureOptions {
            magnification: TextureFilter::Linear,
            minification: TextureFilter::Linear,
            wrap_mode: TextureWrapMode::Repeat,
            mipmap_mode: None,
        };
        let texture = ctx.load_texture("sprites", image, options);
        let mut sprites = Self { texture, actors, signs, lines, head };
        #[expect(clippy::cast_precision_loss, reason = "at most a few thousand pixels")]
        sprites.settle(height as f32);
        sprites
    }

    /// Converts pixels of the texture to texture coordinates; `height` is in pixels.
    #[expect(clippy::cast_precision_loss, reason = "at most a few thousand pixels")]
    fn settle(&mut self, height: f32) {
        for sprite in self.actors.iter_mut().chain(&mut self.signs).chain([&mut self.head]) {
            sprite.uv = sprite.uv.map(|at| pos2(at.x / SIDE as f32, at.y / height));
        }
        for line in &mut self.lines {
            line.v = line.v.map(|v| v / height);
        }
    }

    #[must_use]
    pub fn texture(&self) -> TextureId {
        self.texture.id()
    }

    /// The picture of an actor, and the factor by which to scale it. `half_px` is half the size in
    /// pixels at 100 %, `share` the share of its colour, `camp` the camp whose tint it has.
    #[must_use]
    pub fn actor(
        &self,
        build: Build,
        half_px: f32,
        share: f32,
        camp: Option<u16>,
    ) -> (&Sprite, f32) {
        let (least, most) = (size_px(0), size_px(SIZES - 1));
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            clippy::cast_precision_loss,
            reason = "a small index, clamped below"
        )]
        let size =
            ((half_px - least) / (most - least) * (SIZES - 1) as f32).round().max(0.0) as usize;
        let size = size.min(SIZES - 1);
        let camp = camp.map(usize::from).filter(|camp| *camp < CAMPS);
        let set = match camp {
            _ if share < 0.99 => 1,
            Some(camp) => 2 + camp,
            None => 0,
        };
        let sprite =
            |set: usize| self.actors.get((set * Build::ALL.len() + build as usize) * SIZES + size);
        (sprite(set).unwrap_or(&self.actors[size]), half_px / size_px(size))
    }

    /// The picture of a badge; `None` if the stance has no badge.
    #[must_use]
    pub fn sign(&self, stance: Stance, is_open: bool, share: f32) -> Option<&Sprite> {
        let stance = STANCES.iter().position(|known| *known == stance)?;
        let away = |known: &f32| (known - share).abs();
        let level =
            (0..SHARES.len()).min_by(|a, b| away(&SHARES[*a]).total_cmp(&away(&SHARES[*b])))?;
        self.signs.get((level * STANCES.len() + stance) * 2 + usize::from(is_open))
    }

    /// The cross section of a line; `width` is in physical pixels.
    #[must_use]
    pub fn line(&self, dash: Dash, width: f32) -> Profile {
        let near =
            WIDTHS.iter().position(|known| *known >= width * 0.999).unwrap_or(WIDTHS.len() - 1);
        let profile = self.lines[dash as usize * WIDTHS.len() + near];
        Profile { half: profile.half * width / WIDTHS[near], ..profile }
    }

    /// The share of the texture's width that one dash period takes.
    #[must_use]
    #[expect(clippy::cast_precision_loss, reason = "a small constant")]
    pub fn period() -> f32 {
        1.0 / PERIODS as f32
    }
}

/// Half the size of the actors at one of the [`SIZES`], in pixels at 100 %.
#[expect(clippy::cast_precision_loss, reason = "below SIZES")]
fn size_px(size: usize) -> f32 {
    let (least, most) = (half_size_px(0.0), half_size_px(1.0));
    least + (most - least) * size as f32 / (SIZES - 1) as f32
}

/// Packs pictures into the texture, row by row.
#[derive(Default)]
struct Shelf {
    /// Left edge of the free space in the current row.
    left: usize,
    /// Top edge of the current row.
    top: usize,
    /// Height of the current row.
    height: usize,
    pixels: Vec<Color32>,
}

impl Shelf {
    /// Reserves a rectangle and returns its left and top edge, in pixels.
    fn room(&mut self, width: usize, height: usize) -> (usize, usize) {
        if self.left + width > SIDE {
            (self.left, self.top, self.height) = (0, self.top + self.height, 0);
        }
        let place = (self.left, self.top);
        self.left += width;
        self.height = self.height.max(height);
        self.pixels
            .resize(((self.top + self.height) * SIDE).max(self.pixels.len()), Color32::TRANSPARENT);
        place
    }

    /// Draws primitives whose origin is the centre of the picture. `half` is half its size in
    /// pixels of the texture, `scale` the number of those per pixel at 100 %.
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        clippy::cast_precision_loss,
        reason = "at most a few hundred pixels"
    )]
    fn add(
        &mut self,
        half: Point,
        scale: f32,
        primitives: Vec<Primitive>,
        fonts: &Fonts,
    ) -> Sprite {
        let (width, height) =
            ((half.x * 2.0).ceil().max(2.0) as usize, (half.y * 2.0).ceil().max(2.0) as usize);
        let middle = point(width as f32 * 0.5, height as f32 * 0.5);
        let mark = Mark { owner: Owner::Margin, primitives };
        let (left, top) = self.room(width, height);
        // The picture stays blank if its pixels cannot be allocated.
        let drawn =
            raster::stamp(&mark, (width as u32, height as u32), middle, fonts).unwrap_or_default();
        for (row, line) in drawn.chunks_exact(width * 4).enumerate() {
            let start = (top + row) * SIDE + left;
            for (pixel, rgba) in self.pixels[start..].iter_mut().zip(line.chunks_exact(4)) {
                *pixel = Color32::from_rgba_premultiplied(rgba[0], rgba[1], rgba[2], rgba[3]);
            }
        }
        let corner = |x: usize, y: usize| pos2(x as f32, y as f32);
        Sprite {
            uv: [corner(left, top), corner(left + width, top + height)],
            half: vec2(width as f32, height as f32) * 0.5 / scale,
        }
    }

    /// Draws a line of `width` pixels across the whole texture.
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        clippy::cast_precision_loss,
        reason = "at most a few hundred pixels"
    )]
    fn line(&mut self, dash: Dash, width: f32) -> Profile {
        let rows = width.ceil() as usize + 3;
        self.left = SIDE;
        let (_, top) = self.room(SIDE, rows);
        let middle = rows as f32 * 0.5;
        // The drawn share of a dash period; it is almost the same for all widths.
        let on = dash.pattern(2.4).map_or(1.0, |(on, off)| on / (on + off));
        let covered =
            |start: f32, end: f32, at: f32| (end.min(at + 1.0) - start.max(at)).clamp(0.0, 1.0);
        let period = (SIDE / PERIODS) as f32;
        let along = |column: usize| {
            if on < 1.0 { covered(0.0, on * period, (column as f32) % period) } else { 1.0 }
        };
        let along: Vec<f32> = (0..SIDE).map(along).collect();
        for row in 0..rows {
            let across = covered(middle - width * 0.5, middle + width * 0.5, row as f32);
            let pixels = self.pixels[(top + row) * SIDE..].iter_mut();
            for (pixel, along) in pixels.zip(&along) {
                *pixel = Color32::from_white_alpha((across * along * 255.0).round() as u8);
            }
        }
        Profile { v: [top as f32, (top + rows) as f32], half: middle }
    }

    fn image(self) -> (ColorImage, usize) {
        let height = self.pixels.len() / SIDE;
        let size = vec2(1.0, 1.0);
        (ColorImage { size: [SIDE, height], source_size: size, pixels: self.pixels }, height)
    }
}

/// The corners of a sprite centred on `at` and rotated to the unit vector `along`.
#[must_use]
pub fn corners(sprite: &Sprite, at: Pos2, along: Vec2, scale: f32) -> [Pos2; 4] {
    let (x, y) = (along * sprite.half.x * scale, along.rot90() * sprite.half.y * scale);
    [at - x - y, at + x - y, at + x + y, at - x + y]
}
