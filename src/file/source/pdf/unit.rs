//! A glyph of a line.

/// A glyph in the coordinates of its line.
#[derive(Clone, Debug)]
pub(super) struct Unit {
    pub text: String,
    pub left: f64,
    pub right: f64,
    pub size: f64,
    /// Its number in the order in which the glyphs of the page are shown.
    pub number: usize,
    /// The piece of the line that the glyph belongs to.
    pub piece: usize,
    /// True if a blank follows it.
    pub is_before_blank: bool,
}
