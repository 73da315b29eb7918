//! Small pictures of everything that a crowded map is made of, in one texture: a frame is then one
//! mesh of quads.
//!
//! The pictures are made by the code that draws the exports, from the primitives that the scene is
//! made of.

use std::sync::Arc;

use eframe::egui::{
    Color32, ColorImage, Context, Pos2, TextureHandle, TextureId, TextureOptions, pos2,
};
use eframe::egui::{TextureFilter, TextureWrapMode, Vec2, vec2};

use crate::draw::raster;
use crate::geometry::{Point, point};
use crate::model::Stance;
use crate::scene::picture::badge::{self, BADGE_PX};
use crate::scene::picture::fading::{FADED_SHARE, FAINT_SHARE};
use crate::scene::picture::overview::tie_color;
use crate::scene::picture::shape::{self, Body, Build, Looks, half_size_px};
use crate::scene::primitive::{Color, Dash, Mark, Outline, Owner, Primitive};
use crate::scene::theme::Theme;
use crate::text::Fonts;

const SIDE: usize = 1024;
/// Sizes of actors that are drawn anew; those between are scaled.
const SIZES: usize = 7;
/// How bright things are: as they are, faded, what may happen, that faded.
const SHARES: [f32; 4] = [1.0, FADED_SHARE, FAINT_SHARE, FADED_SHARE * FAINT_SHARE];
const STANCES: [Stance; 3] = [Stance::Hostile, Stance::Cooperative, Stance::Mixed];
const DASHES: [Dash; 3] = [Dash::Solid, Dash::Dashed, Dash::Dotted];
/// Widths of lines that are drawn anew, in pixels of the screen.
const WIDTHS: [f32; 12] = [0.35, 0.5, 0.7, 1.0, 1.4, 2.0, 2.8, 4.0, 5.6, 8.0, 11.0, 16.0];
/// Dashes side by side in the texture; beyond its edge it begins anew.
const PERIODS: usize = 64;
/// Sets of pictures that are kept.
const KEPT: usize = 4;
/// Length of the picture of an arrowhead, in pixels of the texture.
const HEAD: f32 = 24.0;

/// A picture: where it lies in the texture, and half its size.
#[derive(Clone, Copy, Default)]
pub struct Sprite {
    pub uv: [Pos2; 2],
    /// In pixels at 100 %.
    pub half: Vec2,
}

/// A piece of texture across a line.
#[derive(Clone, Copy)]
pub struct Profile {
    /// Upper and lower edge in the texture.
    pub v: [f32; 2],
    /// Half of what the piece is wide on the screen, where the line itself has width 1.
    pub half: f32,
}

/// The sprites of the sizes that were needed last.
#[derive(Default)]
pub struct SpriteCache {
    sets: Vec<(u32, Theme, Arc<Sprites>)>,
}

impl SpriteCache {
    /// The pictures for `scale` pixels of the screen for one at 100 %.
    pub fn at(&mut self, ctx: &Context, scale: f32, theme: &Theme, fonts: &Fonts) -> Arc<Sprites> {
        // Steps of half a doubling; what is between is made smaller.
        let scale = 2.0_f32.powf((scale.clamp(0.05, 2.0).log2() * 2.0 - 1e-3).ceil() / 2.0);
        let is_it = |set: &(u32, Theme, Arc<Sprites>)| set.0 == scale.to_bits() && set.1 == *theme;
        let set = match self.sets.iter().position(is_it) {
            Some(at) => self.sets.remove(at),
            None => {
                (scale.to_bits(), theme.clone(), Arc::new(Sprites::new(ctx, scale, theme, fonts)))
            }
        };
        let sprites = Arc::clone(&set.2);
        self.sets.push(set);
        if self.sets.len() > KEPT {
            self.sets.remove(0);
        }
        sprites
    }
}

/// All pictures at one size.
pub struct Sprites {
    texture: TextureHandle,
    actors: Vec<Sprite>,
    signs: Vec<Sprite>,
    lines: Vec<Profile>,
    pub head: Sprite,
}

impl Sprites {
    fn new(ctx: &Context, scale: f32, theme: &Theme, fonts: &Fonts) -> Self {
        let mut shelf = Shelf::default();
        let mut actors = Vec::new();
        for share in &SHARES[..2] {
            for (build, kind) in &Build::ALL {
                for size in 0..SIZES {
                    let half_px = size_px(size);
                    let body = Body::of(*build, Point::default(), half_px * scale);
                    let looks = Looks {
                        kind,
                        short: None,
                        unit: scale,
                        factor: scale,
                        share: *share,
                        is_selected: false,
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
        #[expect(clippy::cast_precision_loss, reason = "a few thousand")]
        sprites.settle(height as f32);
        sprites
    }

    /// From pixels of the texture to shares of it.
    #[expect(clippy::cast_precision_loss, reason = "a few thousand")]
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

    /// The picture of an actor, and by how much it is to be scaled.
    #[must_use]
    pub fn actor(&self, build: Build, half_px: f32, share: f32) -> (&Sprite, f32) {
        let (least, most) = (size_px(0), size_px(SIZES - 1));
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            clippy::cast_precision_loss,
            reason = "few"
        )]
        let size =
            ((half_px - least) / (most - least) * (SIZES - 1) as f32).round().max(0.0) as usize;
        let size = size.min(SIZES - 1);
        let faded = usize::from(share < 0.99);
        (
            &self.actors[(faded * Build::ALL.len() + build as usize) * SIZES + size],
            half_px / size_px(size),
        )
    }

    /// The picture of a sign; `None` where a stance has none.
    #[must_use]
    pub fn sign(&self, stance: Stance, is_open: bool, share: f32) -> Option<&Sprite> {
        let stance = STANCES.iter().position(|known| *known == stance)?;
        let away = |known: &f32| (known - share).abs();
        let level =
            (0..SHARES.len()).min_by(|a, b| away(&SHARES[*a]).total_cmp(&away(&SHARES[*b])))?;
        self.signs.get((level * STANCES.len() + stance) * 2 + usize::from(is_open))
    }

    /// What lies across a line of this width on the screen.
    #[must_use]
    pub fn line(&self, dash: Dash, width: f32) -> Profile {
        let near =
            WIDTHS.iter().position(|known| *known >= width * 0.999).unwrap_or(WIDTHS.len() - 1);
        let profile = self.lines[dash as usize * WIDTHS.len() + near];
        Profile { half: profile.half * width / WIDTHS[near], ..profile }
    }

    /// What share of the texture's width one period of a dash takes.
    #[must_use]
    #[expect(clippy::cast_precision_loss, reason = "a few")]
    pub fn period() -> f32 {
        1.0 / PERIODS as f32
    }
}

#[expect(clippy::cast_precision_loss, reason = "a few")]
fn size_px(size: usize) -> f32 {
    let (least, most) = (half_size_px(0, 1), half_size_px(1, 1));
    least + (most - least) * size as f32 / (SIZES - 1) as f32
}

/// Pictures beside one another in rows.
#[derive(Default)]
struct Shelf {
    left: usize,
    top: usize,
    height: usize,
    pixels: Vec<Color32>,
}

impl Shelf {
    /// A place for so many pixels.
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

    /// Draws primitives around the origin, `half` pixels to either side.
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        clippy::cast_precision_loss,
        reason = "a few hundred"
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
        let mark = Mark { owner: Owner::Note, primitives };
        let (left, top) = self.room(width, height);
        // Without memory for a few pixels it is blank.
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

    /// Draws what lies across a line, as long as the texture is wide.
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        clippy::cast_precision_loss,
        reason = "a few hundred"
    )]
    fn line(&mut self, dash: Dash, width: f32) -> Profile {
        let rows = width.ceil() as usize + 3;
        self.left = SIDE;
        let (_, top) = self.room(SIDE, rows);
        let middle = rows as f32 * 0.5;
        // The share of a period that is drawn; it hardly changes with the width.
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

/// A sprite's corners around a point, turned to a direction of length 1.
#[must_use]
pub fn corners(sprite: &Sprite, at: Pos2, along: Vec2, scale: f32) -> [Pos2; 4] {
    let (x, y) = (along * sprite.half.x * scale, along.rot90() * sprite.half.y * scale);
    [at - x - y, at + x - y, at + x + y, at - x + y]
}
