//! Draws thin straight lines, which make up most of a picture of ten thousand actors.

use tiny_skia::{Pixmap, PremultipliedColorU8};

use crate::geometry::Point;
use crate::scene::primitive::Color;

/// Greatest width of a line that is drawn here, in pixels.
pub(super) const WIDEST_PX: f32 = 2.0;

/// Blends a colour over a pixel with a coverage of `share`, 0 to 255.
pub(super) fn blend(pixel: &mut PremultipliedColorU8, color: Color, share: u8) {
    let alpha = mix(pixel.alpha(), 255, share);
    let mixed = PremultipliedColorU8::from_rgba(
        mix(pixel.red(), color.red, share).min(alpha),
        mix(pixel.green(), color.green, share).min(alpha),
        mix(pixel.blue(), color.blue, share).min(alpha),
        alpha,
    );
    if let Some(mixed) = mixed {
        *pixel = mixed;
    }
}

/// Mixes one channel of two colours: a `share` of 255 gives `above`, 0 gives `below`.
fn mix(below: u8, above: u8, share: u8) -> u8 {
    let below = u32::from(below);
    let above = u32::from(above);
    let share = u32::from(share);
    u8::try_from((above * share + below * (255 - share) + 127) / 255).unwrap_or(u8::MAX)
}

/// Draws an antialiased line with flat ends. The line is cut into steps of one pixel along its
/// longer axis; each step covers a band across that axis. For thin lines the coverage differs from
/// the exact area by a few levels of 255.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    clippy::cast_possible_wrap,
    clippy::cast_precision_loss,
    reason = "pixel coordinates, clipped to the page"
)]
pub(super) fn draw(pixels: &mut Pixmap, start: Point, end: Point, width: f32, color: Color) {
    let way = end - start;
    let length = way.length();
    if length < 1e-3 || !length.is_finite() {
        return;
    }
    let is_flat = way.x.abs() >= way.y.abs();
    // Coordinates along the longer axis, and across it.
    let turned = |at: Point| if is_flat { (at.x, at.y) } else { (at.y, at.x) };
    let ((mut from, mut across), (mut to, mut other)) = (turned(start), turned(end));
    if from > to {
        std::mem::swap(&mut from, &mut to);
        std::mem::swap(&mut across, &mut other);
    }
    let slope = (other - across) / (to - from);
    let half = width * 0.5 * slope.hypot(1.0);
    let page_width = pixels.width() as i32;
    let page_height = pixels.height() as i32;
    let (along_end, across_end) =
        if is_flat { (page_width, page_height) } else { (page_height, page_width) };
    if to < 0.0 {
        return;
    }
    let data = pixels.pixels_mut();
    // The values are not negative, so the cast rounds down; it is faster than `floor`.
    for along in (from.max(0.0) as i32)..=(to.min(along_end as f32 - 1.0) as i32) {
        let left = from.max(along as f32);
        let right = to.min(along as f32 + 1.0);
        let share = (right - left).clamp(0.0, 1.0);
        let middle = across + ((left + right) * 0.5 - from) * slope;
        let low = middle - half;
        let high = middle + half;
        if high < 0.0 {
            continue;
        }
        for cell in (low.max(0.0) as i32)..=(high.min(across_end as f32 - 1.0) as i32) {
            let covered = high.min(cell as f32 + 1.0) - low.max(cell as f32);
            let coverage = (covered.clamp(0.0, 1.0) * share * 255.0 + 0.5) as u8;
            if coverage > 0 {
                let at =
                    if is_flat { cell * page_width + along } else { along * page_width + cell };
                blend(&mut data[at as usize], color, coverage);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::geometry::point;

    /// The red channel of a small white page after drawing a black line.
    fn drawn(start: Point, end: Point, width: f32) -> Vec<u8> {
        let mut pixels = Pixmap::new(4, 3).expect("memory");
        pixels.fill(tiny_skia::Color::WHITE);
        draw(&mut pixels, start, end, width, Color::rgb(0));
        pixels.pixels().iter().map(|pixel| pixel.red()).collect()
    }

    #[test]
    fn a_line_along_the_pixels_covers_what_it_covers() {
        assert_eq!(drawn(point(0.0, 1.5), point(4.0, 1.5), 1.0)[4..8], [0, 0, 0, 0]);
        assert_eq!(
            drawn(point(1.0, 1.0), point(2.0, 1.0), 1.0)[..8],
            [255, 127, 255, 255, 255, 127, 255, 255]
        );
        assert_eq!(
            drawn(point(2.5, 3.0), point(2.5, -9.0), 0.5)
                .iter()
                .map(|red| usize::from(*red == 127))
                .sum::<usize>(),
            3
        );
    }

    #[test]
    fn a_line_off_the_page_draws_nothing() {
        assert!(drawn(point(-9.0, -5.0), point(30.0, -5.0), 1.0).iter().all(|red| *red == 255));
        assert!(drawn(point(f32::NAN, 0.0), point(3.0, 3.0), 1.0).iter().all(|red| *red == 255));
    }

    #[test]
    fn a_slanted_line_covers_about_its_area() {
        let inked: f32 = drawn(point(0.5, 0.5), point(3.5, 2.0), 1.0)
            .iter()
            .map(|red| 1.0 - f32::from(*red) / 255.0)
            .sum();
        assert!((inked - 3.0_f32.hypot(1.5)).abs() < 0.35, "{inked}");
    }
}
