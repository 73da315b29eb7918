//! Fonts and the width of words: the same bytes measure, draw on the screen and draw in exports.
//!
//! Knows nothing of maps or windows.

use std::collections::HashMap;
use std::sync::{Arc, LazyLock, Mutex, PoisonError};

use resvg::usvg::fontdb;
use rustybuzz::{Face, UnicodeBuffer};

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

/// A bundled font file and the name egui knows it by.
pub struct Bundled {
    pub name: &'static str,
    pub weight: Weight,
    pub bytes: &'static [u8],
}

/// Every bundled font, the first of each weight preferred.
#[must_use]
pub fn bundled() -> [Bundled; 4] {
    [
        Bundled { name: "noto-regular", weight: Weight::Regular, bytes: notosans::REGULAR_TTF },
        Bundled { name: "noto-bold", weight: Weight::Bold, bytes: notosans::BOLD_TTF },
        Bundled { name: "dejavu-regular", weight: Weight::Regular, bytes: dejavu::sans::regular() },
        Bundled { name: "dejavu-bold", weight: Weight::Bold, bytes: dejavu::sans::bold() },
    ]
}

struct Faces {
    regular: Vec<Face<'static>>,
    bold: Vec<Face<'static>>,
}

static FACES: LazyLock<Faces> = LazyLock::new(|| {
    let of = |weight| {
        let fonts = bundled().into_iter().filter(move |font| font.weight == weight);
        fonts.filter_map(|font| Face::from_slice(font.bytes, 0)).collect()
    };
    Faces { regular: of(Weight::Regular), bold: of(Weight::Bold) }
});

/// Measures with the bundled fonts and remembers what it measured.
#[derive(Default)]
pub struct Fonts {
    /// Widths at an em of 1.
    measured: Mutex<HashMap<(String, Weight), f32>>,
}

impl Measure for Fonts {
    fn width(&self, text: &str, size: f32, weight: Weight) -> f32 {
        let mut measured = self.measured.lock().unwrap_or_else(PoisonError::into_inner);
        let key = (text.to_owned(), weight);
        *measured.entry(key).or_insert_with(|| em_width(text, weight)) * size
    }
}

/// Width at an em of 1, from the first bundled font that has every letter.
fn em_width(text: &str, weight: Weight) -> f32 {
    let faces = if weight == Weight::Bold { &FACES.bold } else { &FACES.regular };
    let mut best: Option<(usize, f32)> = None;
    for face in faces {
        let (missing, width) = shaped(face, text);
        if missing == 0 {
            return width;
        }
        if best.is_none_or(|(fewest, _)| missing < fewest) {
            best = Some((missing, width));
        }
    }
    best.map_or(0.0, |(_, width)| width)
}

/// How many letters the face lacks, and the width with an em for each of those.
#[expect(clippy::cast_precision_loss, reason = "advances are far below 2^24")]
fn shaped(face: &Face<'_>, text: &str) -> (usize, f32) {
    let mut buffer = UnicodeBuffer::new();
    buffer.push_str(text);
    buffer.guess_segment_properties();
    let glyphs = rustybuzz::shape(face, &[], buffer);
    let em = face.units_per_em() as f32;
    let mut missing = 0;
    let mut width = 0.0;
    for (info, position) in glyphs.glyph_infos().iter().zip(glyphs.glyph_positions()) {
        if info.glyph_id == 0 {
            missing += 1;
            width += 1.0;
        } else {
            width += position.x_advance as f32 / em;
        }
    }
    (missing, width)
}

/// True where the bundled fonts have every letter of `text`.
#[must_use]
pub fn is_covered(text: &str) -> bool {
    text.chars()
        .all(|letter| letter.is_whitespace() || FACES.regular.iter().any(|face| face.glyph_index(letter).is_some()))
}

/// The fonts for rendering: the bundled ones, and the system's where `text` needs them.
#[must_use]
pub fn database(text: &str) -> Arc<fontdb::Database> {
    let mut database = fontdb::Database::new();
    for font in bundled() {
        database.load_font_data(font.bytes.to_vec());
    }
    if !is_covered(text) {
        database.load_system_fonts();
    }
    database.set_sans_serif_family(FAMILY);
    Arc::new(database)
}
