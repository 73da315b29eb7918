//! Renders a picture to pixels.

use tiny_skia::Pixmap;

use super::check::check;
use super::error::ExportError;
use super::page::Page;
use super::picture::Picture;
use crate::draw::raster::Canvas;
use crate::geometry::Point;
use crate::progress::Progress;
use crate::scene::camera::Camera;
use crate::scene::primitive::{Color, Mark};
use crate::text::Fonts;

/// Number of marks drawn between two checks for cancellation.
const BATCH: usize = 500;

/// An image in memory.
pub struct Pixels {
    /// Width and height in pixels.
    pub size: [usize; 2],
    /// Straight (not premultiplied) RGBA, four bytes per pixel.
    pub rgba: Vec<u8>,
}

/// Draws marks on a page of this size in pixels; `None` if there is not enough memory.
#[must_use]
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "whole pixels")]
pub fn pixels_of(
    marks: &[Mark],
    size: Point,
    camera: &Camera,
    ground: Color,
    fonts: &Fonts,
) -> Option<Pixels> {
    let mut pixels = Pixmap::new(size.x as u32, size.y as u32)?;
    pixels.fill(tiny_skia::Color::from_rgba8(ground.red, ground.green, ground.blue, 255));
    let shift = size * 0.5 - camera.centre * camera.zoom;
    let mut canvas = Canvas::new(pixels, fonts, camera.zoom, shift);
    for mark in marks {
        canvas.mark(mark);
    }
    let size = [canvas.pixels.width() as usize, canvas.pixels.height() as usize];
    // Opaque, so that premultiplied and straight are the same.
    Some(Pixels { size, rgba: canvas.pixels.take() })
}

impl Picture<'_> {
    /// Renders the picture to pixels.
    ///
    /// # Errors
    /// If the picture with its list of evidence is too large, there is not enough memory, or the
    /// work was cancelled.
    pub fn to_pixels(&self, progress: &Progress) -> Result<Pixels, ExportError> {
        let drawn = self.drawn(progress)?;
        let rgba = drawn.clone().take_demultiplied();
        Ok(Pixels { size: [drawn.width() as usize, drawn.height() as usize], rgba })
    }

    /// The rendered picture, computed on first use.
    pub(super) fn drawn(&self, progress: &Progress) -> Result<&Pixmap, ExportError> {
        if let Some(drawn) = self.pixels.get() {
            return Ok(drawn);
        }
        let drawn = draw(self, progress)?;
        Ok(self.pixels.get_or_init(|| drawn))
    }
}

fn draw(picture: &Picture<'_>, progress: &Progress) -> Result<Pixmap, ExportError> {
    let page = picture.page;
    let below = picture.list();
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "checked below")]
    let height = (picture.height() as u32).max(page.height_px);
    check(&Page { height_px: height, ..page.clone() })?;
    let mut pixels = Pixmap::new(page.width_px, height)
        .ok_or_else(|| ExportError::Draw("not enough memory".to_owned()))?;
    if let Some(ground) = picture.ground {
        pixels.fill(tiny_skia::Color::from_rgba8(ground.red, ground.green, ground.blue, 255));
    }
    let (zoom, shift) = picture.placing();
    let mut canvas = Canvas::new(pixels, &picture.fonts, zoom, shift);
    if let Some(list) = picture.list_sheet() {
        (canvas.zoom, canvas.shift) = (1.0, Point::default());
        canvas.mark(&list);
        return Ok(canvas.pixels);
    }
    let batches = picture.scene.marks.chunks(BATCH);
    let count = batches.len().max(1);
    for (number, batch) in batches.enumerate() {
        #[expect(clippy::cast_precision_loss, reason = "a share")]
        progress.reach(0.1 + 0.7 * number as f32 / count as f32)?;
        for mark in batch {
            canvas.mark(mark);
        }
    }
    // The map must not show through the list of evidence.
    if below.is_some() {
        canvas.clear_below(picture.size.y, picture.ground);
    }
    (canvas.zoom, canvas.shift) = (1.0, Point::default());
    picture.furniture.marks.iter().chain(below).for_each(|mark| canvas.mark(mark));
    Ok(canvas.pixels)
}

/// Straight RGBA from premultiplied RGBA.
pub(super) fn straight(premultiplied: &[u8]) -> Vec<u8> {
    let mut pixels = premultiplied.to_vec();
    for pixel in pixels.as_chunks_mut::<4>().0 {
        let alpha = u32::from(pixel[3]);
        if alpha > 0 && alpha < 255 {
            for part in &mut pixel[..3] {
                let full = (u32::from(*part) * 255 + alpha / 2) / alpha;
                *part = u8::try_from(full).unwrap_or(u8::MAX);
            }
        }
    }
    pixels
}
