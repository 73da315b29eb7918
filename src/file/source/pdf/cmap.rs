//! Character maps: from the codes of a font to Unicode (`ToUnicode`) and to glyph numbers.

use std::collections::HashMap;

use super::lexer::{Item, Lexer};

/// Larger ranges of a map are cut.
const RANGE_LIMIT: u32 = 0x1_0000;
/// Larger maps are cut.
const SIZE_LIMIT: usize = 1 << 20;

/// A parsed character map.
#[derive(Clone, Debug, Default)]
pub(super) struct CharacterMap {
    /// Number of bytes, first and last code of each range of codes.
    spaces: Vec<(usize, u32, u32)>,
    /// Unicode text by code.
    pub texts: HashMap<u32, String>,
    /// First and last code, and the number of the first glyph.
    glyphs: Vec<(u32, u32, u32)>,
}

impl CharacterMap {
    pub(super) fn parse(bytes: &[u8]) -> Self {
        let mut map = Self::default();
        let mut operands: Vec<Item> = Vec::new();
        for item in Lexer::new(bytes) {
            let Item::Operator(operator) = item else {
                operands.push(item);
                continue;
            };
            match operator.as_slice() {
                b"endcodespacerange" => map.add_spaces(&operands),
                b"endbfchar" => map.add_characters(&operands),
                b"endbfrange" => map.add_ranges(&operands),
                b"endcidrange" => map.add_glyphs(&operands, 3),
                b"endcidchar" => map.add_glyphs(&operands, 2),
                _ => {}
            }
            operands.clear();
        }
        map
    }

    fn add_spaces(&mut self, operands: &[Item]) {
        for pair in operands.chunks_exact(2) {
            if let [Item::Text(first), Item::Text(last)] = pair {
                self.spaces.push((first.len().clamp(1, 4), code(first), code(last)));
            }
        }
    }

    fn add_characters(&mut self, operands: &[Item]) {
        for pair in operands.chunks_exact(2) {
            if let [Item::Text(from), Item::Text(to)] = pair {
                self.insert(code(from), text(to));
            }
        }
    }

    fn add_ranges(&mut self, operands: &[Item]) {
        for three in operands.chunks_exact(3) {
            let [Item::Text(first), Item::Text(last), target] = three else { continue };
            let (first, last) = (code(first), code(last));
            let last = last.min(first.saturating_add(RANGE_LIMIT));
            match target {
                Item::Text(start) => {
                    for at in first..=last {
                        self.insert(at, text(&increased(start, at - first)));
                    }
                }
                Item::List(targets) => {
                    for (at, target) in (first..=last).zip(targets) {
                        self.insert(at, target.text().map(text).unwrap_or_default());
                    }
                }
                _ => {}
            }
        }
    }

    fn add_glyphs(&mut self, operands: &[Item], size: usize) {
        for entry in operands.chunks_exact(size) {
            let codes = entry.iter().filter_map(Item::text).map(code);
            let mut codes = codes.take(size - 1);
            let (Some(first), Some(glyph)) = (codes.next(), entry.last().and_then(Item::number))
            else {
                continue;
            };
            let last = codes.next().unwrap_or(first);
            self.glyphs.push((first, last, whole(glyph)));
        }
    }

    fn insert(&mut self, code: u32, text: String) {
        if self.texts.len() < SIZE_LIMIT {
            self.texts.insert(code, text);
        }
    }

    /// The number of the glyph of a code.
    pub(super) fn glyph(&self, code: u32) -> u32 {
        let range = self.glyphs.iter().find(|(first, last, _)| (*first..=*last).contains(&code));
        range.map_or(code, |(first, _, glyph)| glyph.saturating_add(code - first))
    }

    /// The first code in `bytes` and its length.
    pub(super) fn next_code(&self, bytes: &[u8]) -> (u32, usize) {
        for length in 1..=bytes.len().min(4) {
            let value = code(bytes.get(..length).unwrap_or_default());
            let is_in = |space: &&(usize, u32, u32)| {
                space.0 == length && (space.1..=space.2).contains(&value)
            };
            if self.spaces.iter().any(|space| is_in(&space)) {
                return (value, length);
            }
        }
        let length = self.spaces.iter().map(|space| space.0).min().unwrap_or(2).min(bytes.len());
        (code(bytes.get(..length).unwrap_or_default()), length.max(1))
    }
}

/// A whole number that is not negative.
fn whole(number: f64) -> u32 {
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "it is clamped")]
    let whole = number.clamp(0.0, f64::from(u32::MAX)) as u32;
    whole
}

fn code(bytes: &[u8]) -> u32 {
    bytes.iter().take(4).fold(0, |code, byte| code << 8 | u32::from(*byte))
}

/// A target of a range, with its last code unit increased.
fn increased(start: &[u8], by: u32) -> Vec<u8> {
    let mut bytes = start.to_vec();
    let length = bytes.len();
    if let Some(last) = bytes.get_mut(length.saturating_sub(2)..) {
        let unit = code(last).wrapping_add(by);
        for (at, byte) in last.iter_mut().rev().enumerate() {
            *byte = u8::try_from(unit >> (8 * at) & 0xFF).unwrap_or(0);
        }
    }
    bytes
}

/// Text in UTF-16, or a single byte.
fn text(bytes: &[u8]) -> String {
    if let [byte] = bytes {
        return char::from(*byte).to_string();
    }
    let units = bytes
        .chunks_exact(2)
        .map(|pair| u16::from_be_bytes([*pair.first().unwrap_or(&0), *pair.get(1).unwrap_or(&0)]));
    char::decode_utf16(units).flatten().filter(|letter| *letter != '\0').collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges_and_single_codes_are_mapped() {
        let map = CharacterMap::parse(
            b"1 begincodespacerange <00> <7F> <8000> <FFFF> endcodespacerange
            2 beginbfchar <01> <0041> <02> <00660069> endbfchar
            2 beginbfrange <10> <12> <0061> <20> <21> [<0031> <D83DDE00>] endbfrange
            1 begincidrange <8000> <80FF> 100 endcidrange",
        );
        let text = |code: u32| map.texts.get(&code).map(String::as_str);
        assert_eq!(
            (text(1), text(2), text(0x12), text(0x21)),
            (Some("A"), Some("fi"), Some("c"), Some("😀"))
        );
        assert_eq!(map.glyph(0x8005), 105);
        assert_eq!((map.next_code(b"\x05\x06"), map.next_code(b"\x80\x06")), ((5, 1), (0x8006, 2)));
    }
}
