//! What the scene may ask about words: how wide they are.

/// The family that the window, the exports and the SVG files name.
pub const FAMILY: &str = "Noto Sans";
/// Where Noto Sans lacks a letter.
pub const FALLBACK_FAMILY: &str = "DejaVu Sans";

/// Two weights are enough.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Weight {
    Regular,
    Bold,
}

/// How wide words are; the scene asks, so that it needs no window.
pub trait Measure {
    /// Width in the unit of `size`, the font's em.
    fn width(&self, text: &str, size: f32, weight: Weight) -> f32;
}
