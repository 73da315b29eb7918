//! Fonts, the width of words and the place of each letter: the same bytes measure, draw on the
//! screen and draw in exports.
//!
//! Knows nothing of maps or windows.

mod font;
mod fonts;
mod line;
mod measure;
mod visual;
mod wrap;

pub use font::Font;
pub use fonts::Fonts;
pub use line::{Glyph, Line, Run};
pub use measure::{FALLBACK_FAMILY, FAMILY, Measure, Weight};
pub use visual::{held_together, visual};
pub use wrap::{lines, roomy_width, wrapped};
