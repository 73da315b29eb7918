//! Fonts, text measurement and text layout. Measuring, the screen and all exports use the same font
//! files.
//!
//! Does not depend on maps or windows.

mod font;
mod fonts;
mod guard;
mod line;
mod measure;
mod visual;
mod wrap;

pub use font::Font;
pub use fonts::Fonts;
pub use guard::guarded;
pub use line::{Glyph, Line, Run};
pub use measure::{FALLBACK_FAMILY, FAMILY, Measure, Weight};
pub use visual::{Piece, has_right_to_left, held_together, is_direction_mark, pieces, visual};
pub use wrap::{lines, roomy_width, shortened, wrapped};
