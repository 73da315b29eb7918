//! The interface for measuring text. It keeps the scene independent of fonts and windows.

/// The font family of the window and the exports. SVG files refer to it by this name.
pub const FAMILY: &str = "Noto Sans";
/// The font family for characters that Noto Sans lacks.
pub const FALLBACK_FAMILY: &str = "DejaVu Sans";

/// A font weight.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Weight {
    Regular,
    Bold,
}

/// Measures text.
pub trait Measure {
    /// The width of `text` on one line. `size` is the font size (the length of one em); the width
    /// is in the same unit.
    fn width(&self, text: &str, size: f32, weight: Weight) -> f32;
}
