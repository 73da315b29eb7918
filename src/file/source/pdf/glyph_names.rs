//! Unicode of glyph names and of the codes in standard encodings, from the tables of `lopdf`.

use lopdf::{Dictionary, Document, Encoding, Object};

/// Letters of the font Symbol at the codes of `A` to `Z` and `a` to `z`.
const SYMBOL_CAPITALS: &str = "ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ";
const SYMBOL_SMALL: &str = "αβχδεφγηιϕκλμνοπθρστυϖωξψζ";

/// The Unicode text of a glyph name of the Adobe Glyph List, such as `Aacute`, `uni20AC` or `f_i`.
pub(super) fn unicode(name: &[u8]) -> Option<String> {
    let text = std::str::from_utf8(name).ok()?;
    if let Some(letter) = listed(name) {
        return Some(letter.to_string());
    }
    // A suffix names a variant: `a.sc`.
    let (base, _) = text.split_once('.').unwrap_or((text, ""));
    if base.is_empty() {
        return None;
    }
    if base.contains('_') {
        let parts: Option<String> = base.split('_').map(|part| unicode(part.as_bytes())).collect();
        return parts;
    }
    if base.len() < text.len()
        && let Some(letter) = listed(base.as_bytes())
    {
        return Some(letter.to_string());
    }
    let scalars = |digits: &str| {
        u32::from_str_radix(digits, 16).ok().and_then(char::from_u32).map(String::from)
    };
    if let Some(digits) = base.strip_prefix("uni")
        && digits.len() >= 4
        && digits.len().is_multiple_of(4)
    {
        let starts = (0..digits.len()).step_by(4);
        return starts.map(|at| digits.get(at..at + 4).and_then(scalars)).collect();
    }
    base.strip_prefix('u').filter(|digits| (4..=6).contains(&digits.len())).and_then(scalars)
}

/// A glyph name in the list itself.
fn listed(name: &[u8]) -> Option<char> {
    let mut encoding = Dictionary::new();
    encoding.set("Type", Object::Name(b"Encoding".to_vec()));
    let differences = vec![Object::Integer(0), Object::Name(name.to_vec())];
    encoding.set("Differences", Object::Array(differences));
    let font = font(Object::Dictionary(encoding));
    let document = Document::new();
    match font.get_font_encoding(&document) {
        Ok(Encoding::Differences(differences)) => {
            let unit = differences.map.get(&0)?.utf16_code_unit();
            char::from_u32(u32::from(unit)).filter(|letter| *letter != '\0')
        }
        _ => None,
    }
}

fn font(encoding: Object) -> Dictionary {
    let mut font = Dictionary::new();
    font.set("Type", Object::Name(b"Font".to_vec()));
    font.set("Encoding", encoding);
    font
}

/// The texts of the 256 codes of an encoding, such as `WinAnsiEncoding`.
pub(super) fn encoding(name: &[u8]) -> Vec<Option<String>> {
    let known: &[&[u8]] = &[b"MacRomanEncoding", b"WinAnsiEncoding", b"MacExpertEncoding"];
    let name = if known.contains(&name) { name } else { b"StandardEncoding" };
    let font = font(Object::Name(name.to_vec()));
    let document = Document::new();
    let Ok(encoding) = font.get_font_encoding(&document) else { return vec![None; 256] };
    let text = |code: u8| {
        let text = encoding.bytes_to_string(&[code]).ok()?;
        (!text.is_empty() && !text.starts_with('\0')).then_some(text)
    };
    (0..=255).map(text).collect()
}

/// The texts of the codes of Symbol and `ZapfDingbats`, as far as they are letters.
pub(super) fn symbols(is_dingbats: bool) -> Vec<Option<String>> {
    let mut texts = encoding(b"StandardEncoding");
    if is_dingbats {
        for (code, text) in texts.iter_mut().enumerate().skip(0x21) {
            let code = u32::try_from(code).unwrap_or(0);
            *text = char::from_u32(dingbat(code)).map(String::from);
        }
        return texts;
    }
    for (start, letters) in [(0x41, SYMBOL_CAPITALS), (0x61, SYMBOL_SMALL)] {
        for (text, letter) in texts.iter_mut().skip(start).zip(letters.chars()) {
            *text = Some(letter.to_string());
        }
    }
    texts
}

/// The scalar value of a code of `ZapfDingbats`.
fn dingbat(code: u32) -> u32 {
    match code {
        0x25 => 0x260E,
        0x2A => 0x261B,
        0x2B => 0x261E,
        0x48 => 0x2605,
        0x6C => 0x25CF,
        0x6E => 0x25A0,
        0x73 => 0x25B2,
        0x74 => 0x25BC,
        0x75 => 0x25C6,
        0x77 => 0x25D7,
        0xA8 => 0x2663,
        0xA9 => 0x2666,
        0xAA => 0x2665,
        0xAB => 0x2660,
        0xAC..=0xB5 => 0x2460 + code - 0xAC,
        0xD5 => 0x2192,
        0xD6 => 0x2194,
        0xD7 => 0x2195,
        0xA1..=0xFE => 0x2761 + code - 0xA1,
        _ => 0x2701 + code.saturating_sub(0x21),
    }
}
