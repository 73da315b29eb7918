//! The image of a crowd: ties by count and stance, actors as dots in the tints of their camps.

use super::counts::Counts;
use super::tones::{Tones, total};
use crate::geometry::Point;
use crate::model::Stance;
use crate::scene::primitive::Color;
use crate::scene::theme::Theme;

/// How opaque the cells with the most ties are.
const STRONGEST: f32 = 0.95;
/// Period of the hatching in grey pictures, in cells.
const HATCH: usize = 5;

/// A dot for an actor.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Dot {
    /// In cells.
    pub centre: Point,
    /// Of the outer edge of its outline, in cells.
    pub radius: f32,
    /// Width of the outline, in cells.
    pub outline: f32,
    pub fill: Color,
    pub line: Color,
}

/// How the image is drawn.
#[derive(Clone, Copy, Debug)]
pub struct Looks<'a> {
    pub theme: &'a Theme,
    /// How opaque a cell with the fewest ties is, 0 to 1.
    pub faintest: f32,
    /// How much of the lines dots cover, 0 to 1. They cover less where they are tiny, because they
    /// would hide the ties between them.
    pub dots_above: f32,
}

/// Ties that are drawn alike.
#[derive(Clone, Debug)]
pub struct Layer {
    pub counts: Counts,
    pub tones: Tones,
    /// Share of their colour that the ties keep, 0 to 1.
    pub share: f32,
}

/// The image as premultiplied RGBA, row by row; transparent where nothing is. Later layers cover
/// earlier ones.
#[must_use]
pub fn paint(
    (columns, rows): (usize, usize),
    layers: &[Layer],
    dots: &[Dot],
    looks: &Looks<'_>,
) -> Vec<u8> {
    let mut pixels = vec![0_u8; columns * rows * 4];
    for dot in dots {
        stamp(&mut pixels, columns, dot);
    }
    for layer in layers {
        lay(&mut pixels, columns, layer, looks);
    }
    pixels
}

/// Paints a layer over the pixels.
fn lay(pixels: &mut [u8], columns: usize, layer: &Layer, looks: &Looks<'_>) {
    let Layer { counts, tones, share } = layer;
    let inks = Inks::of(looks, *share);
    // How opaque each count is, 0 to 255.
    let span = (STRONGEST - looks.faintest).max(0.0);
    let opacity = |count: u32| byte(looks.faintest + span * tones.strength(count));
    let opacities: Vec<u8> = (0..=tones.most()).map(opacity).collect();
    let strongest = opacities.last().copied().unwrap_or(0);
    let dots_above = byte(looks.dots_above);
    let lines = pixels.as_chunks_mut::<4>().0.chunks_exact_mut(columns.max(1));
    for (row, line) in lines.enumerate() {
        let planes = counts.row(row);
        for (column, pixel) in line.iter_mut().enumerate() {
            let here = planes.map(|plane| plane.get(column).copied().unwrap_or(0));
            let count = total(here);
            if count == 0 {
                continue;
            }
            let mut opacity = opacities.get(count as usize).copied().unwrap_or(strongest);
            if inks.is_hatched && share_of_hostile(here) > 0.5 {
                // Grey pictures tell hostility by hatching, because the shade tells the count.
                let is_stripe = (column + row) % HATCH < 2;
                let times = if is_stripe { 1.5 } else { 0.3 };
                opacity = byte(f32::from(opacity) / 255.0 * times);
            }
            let dot = *pixel;
            blend(pixel, inks.color(here), opacity);
            if dots_above > 0 && dot[3] > 0 {
                over(pixel, dot.map(|part| scaled(part, dots_above)));
            }
        }
    }
}

/// The colours of the stances, faded.
struct Inks {
    hostile: Color,
    cooperative: Color,
    mixed: Color,
    neutral: Color,
    is_hatched: bool,
}

impl Inks {
    fn of(looks: &Looks<'_>, share: f32) -> Self {
        let ink = |stance| looks.theme.stance(stance).over(looks.theme.ground, share);
        Self {
            hostile: ink(Stance::Hostile),
            cooperative: ink(Stance::Cooperative),
            mixed: ink(Stance::Mixed),
            neutral: ink(Stance::Neutral),
            is_hatched: looks.theme.is_grey,
        }
    }

    /// The colour of a cell: from cooperation over mixed to hostility by their shares, and as much
    /// of the colour of neutral ties as their share.
    fn color(&self, counts: [u32; 4]) -> Color {
        let [hostile, cooperative, mixed, neutral] = counts;
        match (hostile, cooperative, mixed, neutral) {
            (_, 0, 0, 0) => return self.hostile,
            (0, _, 0, 0) => return self.cooperative,
            (0, 0, _, 0) => return self.mixed,
            (0, 0, 0, _) => return self.neutral,
            _ => {}
        }
        let share = share_of_hostile(counts);
        let color = if share >= 0.5 {
            self.hostile.over(self.mixed, 2.0 * share - 1.0)
        } else {
            self.mixed.over(self.cooperative, 2.0 * share)
        };
        if neutral == 0 {
            return color;
        }
        self.neutral.over(color, share_of(neutral, total(counts)))
    }
}

/// The share of hostility in the ties that are not neutral; half of a mixed tie is hostile.
fn share_of_hostile([hostile, cooperative, mixed, _]: [u32; 4]) -> f32 {
    let all = hostile.saturating_add(cooperative).saturating_add(mixed);
    share_of(hostile, all) + 0.5 * share_of(mixed, all)
}

#[expect(clippy::cast_precision_loss, reason = "a share of counts")]
fn share_of(part: u32, all: u32) -> f32 {
    part as f32 / all.max(1) as f32
}

/// Draws a dot with soft edges: a disc in the colour of the outline, and the inner one on top.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    clippy::cast_precision_loss,
    reason = "limited to the image"
)]
fn stamp(pixels: &mut [u8], columns: usize, dot: &Dot) {
    let rows = pixels.len() / 4 / columns.max(1);
    let range = |middle: f32, most: usize| {
        let reach = dot.radius + 0.5;
        let from = (middle - reach).floor().clamp(0.0, most as f32) as usize;
        from..(middle + reach).ceil().clamp(0.0, most as f32) as usize
    };
    for row in range(dot.centre.y, rows) {
        for column in range(dot.centre.x, columns) {
            let at = Point { x: column as f32 + 0.5, y: row as f32 + 0.5 };
            let distance = (at - dot.centre).length();
            let cover = |radius: f32| (radius + 0.5 - distance).clamp(0.0, 1.0);
            let start = (row * columns + column) * 4;
            if let Some(pixel) = pixels.get_mut(start..).and_then(|rest| rest.first_chunk_mut()) {
                blend(pixel, dot.line, byte(cover(dot.radius)));
                blend(pixel, dot.fill, byte(cover(dot.radius - dot.outline)));
            }
        }
    }
}

/// Blends a colour over a premultiplied pixel; `opacity` is from 0 to 255.
fn blend(pixel: &mut [u8; 4], color: Color, opacity: u8) {
    let above = [color.red, color.green, color.blue, 255].map(|part| scaled(part, opacity));
    over(pixel, above);
}

/// Blends a premultiplied colour over a premultiplied pixel.
fn over(pixel: &mut [u8; 4], above: [u8; 4]) {
    let rest = 255 - above[3];
    for (below, above) in pixel.iter_mut().zip(above) {
        *below = above.saturating_add(scaled(*below, rest));
    }
}

/// `part` times `share` of 255.
fn scaled(part: u8, share: u8) -> u8 {
    let product = u32::from(part) * u32::from(share) + 127;
    u8::try_from(product / 255).unwrap_or(u8::MAX)
}

/// A share from 0 to 1 as a number from 0 to 255.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "from 0 to 255")]
fn byte(share: f32) -> u8 {
    (share.clamp(0.0, 1.0) * 255.0 + 0.5) as u8
}
