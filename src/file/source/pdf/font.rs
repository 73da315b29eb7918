//! Fonts of a PDF: the codes in a string, their text and their widths.

use std::collections::HashMap;

use encoding_rs::Encoding;
use lopdf::{Dictionary, Document, Object};

use super::cmap::CharacterMap;
use super::objects::{contents, dictionary, get, name, number, numbers};
use super::{embedded, glyph_names};

/// Widths of ASCII from the blank in Helvetica and Times, in thousandths of the font size, for
/// fonts without widths.
const SANS: [u16; 95] = [
    278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278, 556, 556, 556,
    556, 556, 556, 556, 556, 556, 556, 278, 278, 584, 584, 584, 556, 1015, 667, 667, 722, 722, 667,
    611, 778, 722, 278, 500, 667, 556, 833, 722, 778, 667, 778, 722, 667, 611, 722, 667, 944, 667,
    667, 611, 278, 278, 278, 469, 556, 333, 556, 556, 500, 556, 556, 278, 556, 556, 222, 222, 500,
    222, 833, 556, 556, 556, 556, 333, 500, 278, 556, 500, 722, 500, 500, 500, 334, 260, 334, 584,
];
const SERIF: [u16; 95] = [
    250, 333, 408, 500, 500, 833, 778, 180, 333, 333, 500, 564, 250, 333, 250, 278, 500, 500, 500,
    500, 500, 500, 500, 500, 500, 500, 278, 278, 564, 564, 564, 444, 921, 722, 667, 667, 722, 611,
    556, 722, 722, 333, 389, 722, 611, 889, 722, 722, 556, 722, 667, 556, 611, 722, 722, 944, 722,
    722, 611, 333, 278, 333, 469, 500, 333, 444, 500, 444, 500, 444, 333, 500, 500, 278, 278, 500,
    278, 778, 500, 500, 500, 500, 333, 389, 278, 500, 500, 722, 500, 500, 444, 480, 200, 480, 541,
];

/// A code of a string, as it is shown.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Shown {
    pub text: String,
    /// Width as a share of the font size.
    pub width: f64,
    /// True for the single byte 32, which word spacing applies to.
    pub is_blank: bool,
}

/// How the codes of a font are read.
#[derive(Debug)]
enum Coding {
    /// One byte each; the texts of the 256 codes.
    Simple(Vec<Option<String>>),
    /// Two bytes, which are numbers of glyphs.
    Glyphs,
    /// As an embedded map says.
    Mapped(CharacterMap),
    /// Text in an encoding of East Asia, or in UTF-16.
    Text(&'static Encoding),
}

/// A font.
#[derive(Debug)]
pub(super) struct Font {
    coding: Coding,
    to_unicode: Option<CharacterMap>,
    /// Text by the number of the glyph, from the embedded font.
    glyph_texts: HashMap<u32, String>,
    /// Width by code or number of the glyph, as a share of the font size.
    widths: HashMap<u32, f64>,
    default_width: f64,
    standard: &'static [u16; 95],
    is_fixed: bool,
    /// True if the glyphs stand below each other.
    pub is_vertical: bool,
}

impl Font {
    pub(super) fn new(document: &Document, dict: &Dictionary) -> Self {
        let to_unicode = match get(document, dict, b"ToUnicode") {
            Some(Object::Stream(stream)) => Some(CharacterMap::parse(&contents(document, stream))),
            _ => None,
        };
        let to_unicode = to_unicode.filter(|map| !map.texts.is_empty());
        let base = name(document, dict, b"BaseFont").unwrap_or_default();
        let base = String::from_utf8_lossy(base).to_lowercase();
        let is_serif = base.contains("times") || base.contains("serif") || base.contains("roman");
        let mut font = Self {
            coding: Coding::Glyphs,
            to_unicode,
            glyph_texts: HashMap::new(),
            widths: HashMap::new(),
            default_width: f64::NAN,
            standard: if is_serif && !base.contains("sans") { &SERIF } else { &SANS },
            is_fixed: base.contains("courier") || base.contains("mono"),
            is_vertical: false,
        };
        if name(document, dict, b"Subtype") == Some(b"Type0") {
            font.read_composite(document, dict);
        } else {
            font.coding = Coding::Simple(simple_texts(document, dict, &base));
            font.read_simple_widths(document, dict);
        }
        font
    }

    fn read_simple_widths(&mut self, document: &Document, dict: &Dictionary) {
        let mut unit = 0.001;
        if name(document, dict, b"Subtype") == Some(b"Type3")
            && let Some(matrix) = numbers(document, dict, b"FontMatrix")
        {
            unit = matrix.first().copied().unwrap_or(unit).abs();
        }
        let first = get(document, dict, b"FirstChar").and_then(number).unwrap_or(0.0);
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped")]
        let first = first.clamp(0.0, 255.0) as u32;
        for (code, width) in
            (first..256).zip(numbers(document, dict, b"Widths").unwrap_or_default())
        {
            self.widths.insert(code, width * unit);
        }
        if !self.widths.is_empty() {
            let descriptor = dictionary(document, dict, b"FontDescriptor");
            let missing = descriptor.and_then(|dict| get(document, dict, b"MissingWidth"));
            let missing = missing.and_then(number).filter(|width| *width > 0.0);
            self.default_width = missing.map_or(f64::NAN, |width| width * unit);
        }
    }

    fn read_composite(&mut self, document: &Document, dict: &Dictionary) {
        self.coding = match get(document, dict, b"Encoding") {
            Some(Object::Stream(stream)) => {
                Coding::Mapped(CharacterMap::parse(&contents(document, stream)))
            }
            Some(Object::Name(name)) => {
                self.is_vertical = name.ends_with(b"-V") || name == b"V";
                named_coding(name)
            }
            _ => Coding::Glyphs,
        };
        let descendants = get(document, dict, b"DescendantFonts");
        let descendant = descendants
            .and_then(|array| array.as_array().ok()?.first())
            .and_then(|first| document.dereference(first).ok()?.1.as_dict().ok());
        let Some(descendant) = descendant else { return };
        let default = get(document, descendant, b"DW").and_then(number).unwrap_or(1000.0);
        self.default_width = default / 1000.0;
        if let Some(Object::Array(widths)) = get(document, descendant, b"W") {
            self.read_widths(document, widths);
        }
        if self.to_unicode.is_none() {
            self.glyph_texts = embedded::glyph_texts(document, descendant);
        }
    }

    /// Widths of glyphs: `first [w w …]` or `first last w`.
    fn read_widths(&mut self, document: &Document, items: &[Object]) {
        let mut rest = items.iter().filter_map(|item| Some(document.dereference(item).ok()?.1));
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped")]
        let glyph =
            |object: &Object| number(object).map(|number| number.clamp(0.0, 65535.0) as u32);
        while let (Some(first), Some(second)) = (rest.next().map(glyph), rest.next()) {
            let Some(first) = first else { continue };
            if let Object::Array(widths) = second {
                for (glyph, width) in (first..).zip(widths) {
                    let width = document.dereference(width).ok().and_then(|(_, one)| number(one));
                    self.widths.insert(glyph, width.unwrap_or(0.0) / 1000.0);
                }
            } else if let (Some(last), Some(width)) = (glyph(second), rest.next().and_then(number))
            {
                for glyph in first..=last {
                    self.widths.insert(glyph, width / 1000.0);
                }
            }
        }
    }

    /// The codes of a string.
    pub(super) fn shown(&self, mut bytes: &[u8]) -> Vec<Shown> {
        let mut shown = Vec::new();
        while !bytes.is_empty() {
            let (one, length) = self.first(bytes);
            shown.push(one);
            bytes = bytes.get(length.max(1)..).unwrap_or_default();
        }
        shown
    }

    /// The first code of a string that is not empty, and its length.
    fn first(&self, bytes: &[u8]) -> (Shown, usize) {
        let first = bytes.first().copied().unwrap_or(0);
        let (code, length) = match &self.coding {
            Coding::Simple(_) => (u32::from(first), 1),
            Coding::Glyphs => (pair(bytes), 2),
            Coding::Mapped(map) => map.next_code(bytes),
            Coding::Text(encoding) => (pair(bytes), text_length(encoding, first)),
        };
        let glyph = match &self.coding {
            Coding::Mapped(map) => map.glyph(code),
            _ => code,
        };
        let text = self.text(code, glyph, bytes.get(..length).unwrap_or(bytes));
        let width = self.widths.get(&glyph).copied().unwrap_or(self.default_width);
        let width = if width.is_nan() { self.standard_width(code) } else { width };
        (Shown { text, width, is_blank: length == 1 && first == 32 }, length)
    }

    fn text(&self, code: u32, glyph: u32, bytes: &[u8]) -> String {
        let mapped = self.to_unicode.as_ref().and_then(|map| map.texts.get(&code));
        // Some programs map what they do not know to zero or to the replacement character.
        let is_known = |text: &&String| !matches!(text.as_str(), "\u{fffd}");
        if let Some(text) = mapped.filter(is_known) {
            return text.clone();
        }
        let other = match &self.coding {
            Coding::Simple(texts) => {
                usize::try_from(code).ok().and_then(|code| texts.get(code)).cloned().flatten()
            }
            Coding::Text(encoding) => {
                encoding.decode_without_bom_handling_and_without_replacement(bytes).map(Into::into)
            }
            Coding::Glyphs | Coding::Mapped(_) => self.glyph_texts.get(&glyph).cloned(),
        };
        other.unwrap_or_default()
    }

    fn standard_width(&self, code: u32) -> f64 {
        if self.is_fixed {
            return 0.6;
        }
        let at = usize::try_from(code.saturating_sub(32)).unwrap_or(0);
        f64::from(self.standard.get(at).copied().unwrap_or(556)) / 1000.0
    }
}

fn pair(bytes: &[u8]) -> u32 {
    bytes.iter().take(2).fold(0, |code, byte| code << 8 | u32::from(*byte))
}

/// Length of a character of an East Asian encoding, by its first byte.
fn text_length(encoding: &'static Encoding, first: u8) -> usize {
    let is_wide = match encoding.name() {
        "UTF-16BE" => true,
        "Shift_JIS" => matches!(first, 0x81..=0x9F | 0xE0..=0xFC),
        _ => first > 0x80,
    };
    if is_wide { 2 } else { 1 }
}

/// The coding with this name among the predefined ones (ISO 32000-1, 9.7.5.2).
fn named_coding(name: &[u8]) -> Coding {
    let name = String::from_utf8_lossy(name);
    let label = if name.starts_with("Identity") {
        return Coding::Glyphs;
    } else if name.contains("UCS2") || name.contains("UTF16") {
        "utf-16be"
    } else if name.starts_with("GB") {
        "gbk"
    } else if name.contains("RKSJ") {
        "shift_jis"
    } else if name.starts_with("EUC") {
        "euc-jp"
    } else if name.starts_with("KSC") {
        "euc-kr"
    } else if name.contains("B5") || name.starts_with("HKscs") {
        "big5"
    } else {
        return Coding::Glyphs;
    };
    Encoding::for_label(label.as_bytes()).map_or(Coding::Glyphs, Coding::Text)
}

/// The texts of the codes of a simple font, without its map to Unicode.
fn simple_texts(document: &Document, dict: &Dictionary, base: &str) -> Vec<Option<String>> {
    let encoding = get(document, dict, b"Encoding");
    let is_dingbats = base.contains("dingbats");
    let is_symbol = is_dingbats || base.ends_with("symbol");
    let is_true_type = name(document, dict, b"Subtype") == Some(b"TrueType");
    let own = || {
        let texts = embedded::simple_texts(document, dict);
        if !texts.is_empty() {
            return texts;
        }
        match (is_symbol, is_true_type) {
            (true, _) => glyph_names::symbols(is_dingbats),
            (_, true) => glyph_names::encoding(b"WinAnsiEncoding"),
            _ => glyph_names::encoding(b"StandardEncoding"),
        }
    };
    let mut texts = match encoding {
        Some(Object::Name(name)) => glyph_names::encoding(name),
        Some(Object::Dictionary(dict)) => match name(document, dict, b"BaseEncoding") {
            Some(name) => glyph_names::encoding(name),
            None => own(),
        },
        _ => own(),
    };
    let differences = encoding
        .and_then(|encoding| encoding.as_dict().ok())
        .and_then(|dict| get(document, dict, b"Differences")?.as_array().ok());
    let mut code = 0_usize;
    for item in differences.into_iter().flatten() {
        match document.dereference(item).map(|(_, item)| item) {
            Ok(Object::Integer(first)) => code = usize::try_from(*first).unwrap_or(0),
            Ok(Object::Name(name)) => {
                if let (Some(text), true) = (texts.get_mut(code), name != b".notdef") {
                    // A name that says nothing keeps the text of the base encoding.
                    *text = glyph_names::unicode(name).or_else(|| text.take());
                }
                code += 1;
            }
            _ => {}
        }
    }
    texts
}
