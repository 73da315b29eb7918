//! A sheet as pixels.

use tiny_skia::Pixmap;

use super::format::ExportError;
use super::sheet::Sheet;
use crate::draw::raster::Canvas;
use crate::geometry::Point;
use crate::progress::Progress;
use crate::scene::primitive::Mark;

/// Marks between two looks at whether the picture is still wanted.
const BATCH: usize = 500;

/// Draws a sheet with what is below it, `height` pixels high.
///
/// # Errors
/// When there is not enough memory for the pixels, or nobody wants them any more.
pub(super) fn draw(
    sheet: &Sheet<'_>,
    below: Option<&Mark>,
    size: (u32, u32),
    progress: &Progress,
) -> Result<Pixmap, ExportError> {
    let mut pixels = Pixmap::new(size.0, size.1)
        .ok_or_else(|| ExportError::Draw("there is not enough memory for its pixels".to_owned()))?;
    if let Some(ground) = sheet.ground {
        pixels.fill(tiny_skia::Color::from_rgba8(ground.red, ground.green, ground.blue, 255));
    }
    let (zoom, shift) = sheet.placing();
    let mut canvas = Canvas::new(pixels, &sheet.fonts, zoom, shift);
    let batches = sheet.scene.marks.chunks(BATCH);
    let count = batches.len().max(1);
    for (number, batch) in batches.enumerate() {
        #[expect(clippy::cast_precision_loss, reason = "a share")]
        progress.reach(0.1 + 0.7 * number as f32 / count as f32)?;
        for mark in batch {
            canvas.mark(mark);
        }
    }
    // The map ends where its page ends.
    if below.is_some() {
        canvas.clear_below(sheet.size.y, sheet.ground);
    }
    (canvas.zoom, canvas.shift) = (1.0, Point::default());
    sheet.furniture.marks.iter().chain(below).for_each(|mark| canvas.mark(mark));
    Ok(canvas.pixels)
}
