//! Font files, and the choice of fonts for a text: the bundled fonts, and system fonts for
//! characters that these lack.

use std::collections::BTreeMap;
use std::sync::{Arc, LazyLock, Mutex, PoisonError};

use harfrust::ShaperData;
use skrifa::charmap::Charmap;
use skrifa::outline::OutlinePen;
use skrifa::prelude::{FontRef, LocationRef, Size};
use skrifa::{GlyphId, MetadataProvider as _, OutlineGlyphCollection};
use unicode_script::{Script, UnicodeScript as _};

use super::guard::guarded;
use super::measure::{FALLBACK_FAMILY, FAMILY};
use super::visual::is_direction_mark;

/// One face of a font file. Its bytes stay in memory for as long as the program runs.
pub struct Font {
    /// The family name, as used in SVG files.
    pub family: String,
    /// Unique among all fonts.
    pub name: String,
    /// The whole font file.
    pub bytes: &'static [u8],
    /// The index of the face within the file.
    pub index: u32,
    pub(super) file: FontRef<'static>,
    /// The tables that shaping needs, parsed once.
    pub(super) shaping: ShaperData,
    letters: Charmap<'static>,
    outlines: OutlineGlyphCollection<'static>,
    units_per_em: f32,
}

impl Font {
    /// `None` if the file cannot be used.
    fn new(family: &str, name: String, bytes: &'static [u8], index: u32) -> Option<Arc<Self>> {
        let what = format!("the font {name}");
        guarded(&what, || Self::read(family, name, bytes, index)).flatten()
    }

    fn read(family: &str, name: String, bytes: &'static [u8], index: u32) -> Option<Arc<Self>> {
        let file = FontRef::from_index(bytes, index).ok()?;
        let units = file.metrics(Size::unscaled(), LocationRef::default()).units_per_em;
        Some(Arc::new(Self {
            family: family.to_owned(),
            name,
            bytes,
            index,
            shaping: ShaperData::new(&file),
            letters: file.charmap(),
            outlines: file.outline_glyphs(),
            // At least 1, because shaping and scaling divide by it.
            units_per_em: f32::from(units.max(1)),
            file,
        }))
    }

    /// True if the font has a glyph for the character.
    #[must_use]
    pub fn has(&self, letter: char) -> bool {
        self.glyph(letter).is_some()
    }

    /// The glyph of a character, before shaping.
    pub(super) fn glyph(&self, letter: char) -> Option<GlyphId> {
        self.letters.map(letter).filter(|glyph| *glyph != GlyphId::NOTDEF)
    }

    /// Draws the outline of a glyph with `pen`, in font units, `y` upwards. False if it has none.
    pub fn outline(&self, glyph: u16, pen: &mut impl OutlinePen) -> bool {
        let outline = self.outlines.get(GlyphId::from(glyph));
        let draw = || outline.is_some_and(|outline| outline.draw(Size::unscaled(), pen).is_ok());
        guarded("a glyph", draw).unwrap_or(false)
    }

    /// Font units per em.
    #[must_use]
    pub fn units_per_em(&self) -> f32 {
        self.units_per_em
    }
}

/// The fonts chosen for a text, in order of preference. Both weights have the same families.
pub(super) struct Chosen {
    pub regular: Vec<Arc<Font>>,
    pub bold: Vec<Arc<Font>>,
    /// The characters that no font has, sorted.
    pub missing: String,
}

/// The regular and the bold font of one family.
type Pair = (Arc<Font>, Arc<Font>);

static BUNDLED: LazyLock<Vec<Pair>> = LazyLock::new(|| {
    let noto = bundled_pair(FAMILY, notosans::REGULAR_TTF, notosans::BOLD_TTF);
    let dejavu = bundled_pair(FALLBACK_FAMILY, dejavu::sans::regular(), dejavu::sans::bold());
    noto.into_iter().chain(dejavu).collect()
});

/// The pair of a bundled family; `None` if a font cannot be read.
fn bundled_pair(family: &str, regular: &'static [u8], bold: &'static [u8]) -> Option<Pair> {
    let regular = Font::new(family, format!("{family} Regular"), regular, 0)?;
    let bold = Font::new(family, format!("{family} Bold"), bold, 0)?;
    Some((regular, bold))
}

static SYSTEM: LazyLock<fontdb::Database> = LazyLock::new(|| {
    let load = || {
        let mut database = fontdb::Database::new();
        database.load_system_fonts();
        database
    };
    guarded("the list of the system's fonts", load).unwrap_or_default()
});

/// The system fonts loaded so far. The key is the path and the index of the face.
static LOADED: Mutex<BTreeMap<String, Arc<Font>>> = Mutex::new(BTreeMap::new());

/// Chooses fonts script by script: Noto Sans, else `DejaVu` Sans, else the system fonts that have
/// most of the characters.
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

/// False for invisible characters: spaces, control characters, joiners, direction marks and
/// variation selectors.
fn is_drawn(letter: char) -> bool {
    !(letter.is_whitespace()
        || letter.is_control()
        || is_direction_mark(letter)
        || matches!(letter, '\u{200B}'..='\u{200D}' | '\u{2060}'..='\u{2065}')
        || matches!(letter, '\u{FE00}'..='\u{FE0F}' | '\u{FEFF}'))
}

/// The regional form of Han characters, as the suffix of Noto CJK families: JP, KR or SC.
#[derive(Clone, Copy)]
struct CjkHint(&'static str);

impl CjkHint {
    fn of(words: &str) -> Self {
        if has_script(words, &[Script::Hiragana, Script::Katakana]) {
            Self("JP")
        } else if has_script(words, &[Script::Hangul]) {
            Self("KR")
        } else {
            Self("SC")
        }
    }
}

/// True if a text has a letter of one of these scripts.
fn has_script(words: &str, wanted: &[Script]) -> bool {
    words.chars().any(|letter| wanted.contains(&letter.script()))
}

/// The upright system font that has most of `letters`, and its bold face. Of several such fonts,
/// Noto fonts are preferred, sans serif first.
fn from_system(letters: &[char], hint: CjkHint) -> Option<Pair> {
    let upright =
        SYSTEM.faces().filter(|face| face.style == fontdb::Style::Normal && !face.monospaced);
    let ranked = upright.filter_map(|face| {
        let found = count_in_face(letters, face.id);
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

/// The number of `letters` that a system font has; 0 if it cannot be used.
fn count_in_face(letters: &[char], id: fontdb::ID) -> usize {
    let count = || SYSTEM.with_face_data(id, |data, index| count_in_file(letters, data, index));
    guarded("a system font", count).flatten().flatten().unwrap_or(0)
}

/// The number of `letters` that a face of a font file has; `None` if it cannot be used.
fn count_in_file(letters: &[char], data: &[u8], index: u32) -> Option<usize> {
    let file = FontRef::from_index(data, index).ok()?;
    // Colour fonts have no outlines, so they cannot be drawn the same way everywhere.
    file.outline_glyphs().format()?;
    let glyphs = file.charmap();
    let found = letters.iter().filter_map(|letter| glyphs.map(*letter));
    Some(found.filter(|glyph| *glyph != GlyphId::NOTDEF).count())
}

/// The distance from a weight (400 is regular, 700 bold).
fn weight_gap(face: &fontdb::FaceInfo, wanted: u16) -> u16 {
    face.weight.0.abs_diff(wanted)
}

/// The rank of a family, 0 is best: Noto Sans, Noto Sans CJK of another region, other Noto fonts,
/// all others.
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

/// Loads a face, unless it is loaded already. `None` if the file cannot be read.
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
    // Faces and egui need the bytes for `'static`. Each face is loaded once, so the leak is
    // bounded.
    let bytes: &'static [u8] = Box::leak(std::fs::read(path).ok()?.into_boxed_slice());
    let font = Font::new(family, name.clone(), bytes, face.index)?;
    loaded.insert(name, Arc::clone(&font));
    Some(font)
}

/// The first bundled font of a weight that has every character of `text`.
#[cfg(test)]
pub(super) fn bundled_for(text: &str, weight: super::measure::Weight) -> Option<Arc<Font>> {
    let of_weight = BUNDLED
        .iter()
        .map(|(regular, bold)| if weight == super::measure::Weight::Bold { bold } else { regular });
    of_weight.into_iter().find(|font| text.chars().all(|letter| font.has(letter))).cloned()
}
