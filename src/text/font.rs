//! Which fonts some words need: the bundled ones, and of the system's those that have the letters
//! these lack.

use std::collections::BTreeMap;
use std::sync::{Arc, LazyLock, Mutex, PoisonError};

use rustybuzz::Face;
use unicode_script::{Script, UnicodeScript as _};

use super::measure::{FALLBACK_FAMILY, FAMILY};

/// One face of a font file, kept for as long as the program runs.
pub struct Font {
    /// As an SVG names it.
    pub family: String,
    /// Unlike that of any other font here.
    pub name: String,
    pub bytes: &'static [u8],
    /// Of the face within the file.
    pub index: u32,
    pub(super) face: Face<'static>,
}

impl Font {
    fn new(family: &str, name: String, bytes: &'static [u8], index: u32) -> Option<Arc<Self>> {
        let face = Face::from_slice(bytes, index)?;
        Some(Arc::new(Self { family: family.to_owned(), name, bytes, index, face }))
    }

    /// True where the font has a glyph for the letter.
    #[must_use]
    pub fn has(&self, letter: char) -> bool {
        self.face.glyph_index(letter).is_some()
    }

    /// The outline of a glyph in font units, `y` upwards; false where it has none.
    pub fn outline(&self, glyph: u16, pen: &mut dyn rustybuzz::ttf_parser::OutlineBuilder) -> bool {
        self.face.outline_glyph(rustybuzz::ttf_parser::GlyphId(glyph), pen).is_some()
    }

    /// Font units to an em.
    #[must_use]
    #[expect(clippy::cast_precision_loss, reason = "a few thousand")]
    pub fn units_per_em(&self) -> f32 {
        self.face.units_per_em() as f32
    }
}

/// The fonts for some words.
pub(super) struct Chosen {
    pub regular: Vec<Arc<Font>>,
    pub bold: Vec<Arc<Font>>,
    pub missing: String,
}

/// Regular and bold of one family.
type Pair = (Arc<Font>, Arc<Font>);

static BUNDLED: LazyLock<Vec<Pair>> = LazyLock::new(|| {
    let pair = |family: &str, regular: &'static [u8], bold: &'static [u8]| {
        let regular = Font::new(family, format!("{family} Regular"), regular, 0)?;
        Some((regular, Font::new(family, format!("{family} Bold"), bold, 0)?))
    };
    let noto = pair(FAMILY, notosans::REGULAR_TTF, notosans::BOLD_TTF);
    noto.into_iter()
        .chain(pair(FALLBACK_FAMILY, dejavu::sans::regular(), dejavu::sans::bold()))
        .collect()
});

static SYSTEM: LazyLock<fontdb::Database> = LazyLock::new(|| {
    let mut database = fontdb::Database::new();
    database.load_system_fonts();
    database
});

/// Font files of the system that were read, by path and face.
static LOADED: Mutex<BTreeMap<String, Arc<Font>>> = Mutex::new(BTreeMap::new());

/// Chooses script by script: Noto Sans, else `DejaVu` Sans, else the system's font that has most of
/// the letters.
pub(super) fn choose(words: &str) -> Chosen {
    let Some((first, rest)) = BUNDLED.split_first() else {
        return Chosen { regular: Vec::new(), bold: Vec::new(), missing: String::new() };
    };
    let mut lacking: BTreeMap<&'static str, Vec<char>> = BTreeMap::new();
    for letter in words.chars().filter(|letter| is_drawn(*letter) && !first.0.has(*letter)) {
        let letters = lacking.entry(letter.script().full_name()).or_default();
        if !letters.contains(&letter) {
            letters.push(letter);
        }
    }
    let hint = CjkHint::of(words);
    let mut fonts = vec![first.clone()];
    let mut missing: Vec<char> = Vec::new();
    for letters in lacking.into_values() {
        let mut open: Vec<char> = letters;
        let is_bundled = |letter: &char| rest.iter().any(|(font, _)| font.has(*letter));
        if open.iter().all(is_bundled) {
            continue;
        }
        open.retain(|letter| !fonts.iter().any(|(font, _)| font.has(*letter)));
        while !open.is_empty() {
            let Some(found) = from_system(&open, hint) else { break };
            open.retain(|letter| !found.0.has(*letter));
            fonts.push(found);
        }
        missing.extend(open.into_iter().filter(|letter| !is_bundled(letter)));
    }
    fonts.extend(rest.iter().cloned());
    missing.sort_unstable();
    let (regular, bold) = fonts.into_iter().unzip();
    Chosen { regular, bold, missing: missing.into_iter().collect() }
}

/// False for what leaves no ink: spaces, controls, joiners, marks of direction and variation
/// selectors.
fn is_drawn(letter: char) -> bool {
    !(letter.is_whitespace()
        || letter.is_control()
        || matches!(letter, '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{2069}' | '\u{FE00}'..='\u{FE0F}' | '\u{FEFF}'))
}

/// Which of the East Asian traditions Han letters are drawn in.
#[derive(Clone, Copy)]
struct CjkHint(&'static str);

impl CjkHint {
    fn of(words: &str) -> Self {
        let has = |wanted: &[Script]| words.chars().any(|letter| wanted.contains(&letter.script()));
        if has(&[Script::Hiragana, Script::Katakana]) {
            Self("JP")
        } else if has(&[Script::Hangul]) {
            Self("KR")
        } else {
            Self("SC")
        }
    }
}

/// The upright font of the system that has most of `letters`, with its bold; sans before serif,
/// Noto before others.
fn from_system(letters: &[char], hint: CjkHint) -> Option<Pair> {
    let count = |id: fontdb::ID| {
        let covered = |data: &[u8], index: u32| {
            let face = rustybuzz::ttf_parser::Face::parse(data, index).ok()?;
            // Letters in colours have no outline and cannot be drawn alike everywhere.
            let has = |letter: &&char| face.glyph_index(**letter).is_some();
            Some(letters.iter().filter(has).count())
                .filter(|_| face.tables().glyf.is_some() || face.tables().cff.is_some())
        };
        SYSTEM.with_face_data(id, covered).flatten().unwrap_or(0)
    };
    let upright =
        SYSTEM.faces().filter(|face| face.style == fontdb::Style::Normal && !face.monospaced);
    let ranked = upright.filter_map(|face| {
        let found = count(face.id);
        let family = face.families.first().map_or("", |(name, _)| name.as_str());
        let rank = (
            std::cmp::Reverse(found),
            kind_of(family, hint),
            weight_gap(face, 400),
            family.to_owned(),
        );
        (found > 0).then_some((rank, face))
    });
    let (_, best) = ranked.min_by(|a, b| a.0.cmp(&b.0))?;
    let family = best.families.first().map(|(name, _)| name.clone())?;
    let is_kin = |face: &&fontdb::FaceInfo| {
        face.style == fontdb::Style::Normal
            && face.families.first().is_some_and(|(name, _)| *name == family)
    };
    let bold = SYSTEM
        .faces()
        .filter(is_kin)
        .min_by_key(|face| (weight_gap(face, 700), face.post_script_name.clone()));
    let regular = load(best, &family)?;
    let bold = bold.and_then(|face| load(face, &family)).unwrap_or_else(|| Arc::clone(&regular));
    Some((regular, bold))
}

fn weight_gap(face: &fontdb::FaceInfo, wanted: u16) -> u16 {
    face.weight.0.abs_diff(wanted)
}

fn kind_of(family: &str, hint: CjkHint) -> u8 {
    let is_plain = !["Mono", "Display", " UI", "Looped", "Supplement"]
        .iter()
        .any(|part| family.contains(part));
    match (family.starts_with("Noto Sans"), family.contains("CJK"), family.starts_with("Noto")) {
        (true, false, _) if is_plain => 0,
        (true, true, _) if is_plain && family.ends_with(hint.0) => 0,
        (true, ..) if is_plain => 1,
        (.., true) => 2,
        _ => 3,
    }
}

fn load(face: &fontdb::FaceInfo, family: &str) -> Option<Arc<Font>> {
    let path = match &face.source {
        fontdb::Source::File(path) | fontdb::Source::SharedFile(path, _) => path,
        fontdb::Source::Binary(_) => return None,
    };
    let name = format!("{} {}", path.display(), face.index);
    let mut loaded = LOADED.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(font) = loaded.get(&name) {
        return Some(Arc::clone(font));
    }
    // Faces borrow their bytes, and egui wants them for ever; each file is read once, so this is no
    // leak that grows.
    let bytes: &'static [u8] = Box::leak(std::fs::read(path).ok()?.into_boxed_slice());
    let font = Font::new(family, name.clone(), bytes, face.index)?;
    loaded.insert(name, Arc::clone(&font));
    Some(font)
}

/// The bundled font of a weight that has every letter of `text`, if one has.
#[cfg(test)]
pub(super) fn bundled_for(text: &str, weight: super::measure::Weight) -> Option<Arc<Font>> {
    let of_weight = BUNDLED
        .iter()
        .map(|(regular, bold)| if weight == super::measure::Weight::Bold { bold } else { regular });
    of_weight.into_iter().find(|font| text.chars().all(|letter| font.has(letter))).cloned()
}
