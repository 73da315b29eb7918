//! Breaks texts into lines, and estimates widths without a font.
//!
//! Lines break where the Unicode line breaking algorithm (Unicode Standard Annex 14) allows it. In
//! scripts that put spaces between words, they break at spaces only; within a word that is too long
//! for a line, after a hyphen if there is one, else between two characters as a reader sees them
//! (grapheme clusters, Unicode Standard Annex 29).

use unicode_linebreak::linebreaks;
use unicode_script::{Script, UnicodeScript as _};
use unicode_segmentation::UnicodeSegmentation as _;

use super::measure::{Measure, Weight};
use super::visual::held_together;

/// Target length of a line of a name, in characters.
const WRAP_AT: usize = 22;
/// Longest word of a name that stays whole, in characters.
const WORD_AT_MOST: usize = 28;
/// Most lines of a name; the last one ends in an ellipsis if there are more.
const NAME_LINES: usize = 4;
/// More characters of a name than these lines can hold are never looked at.
const NAME_AT_MOST: usize = (NAME_LINES + 1) * WORD_AT_MOST;

/// A part of a text that stays on one line if it fits.
#[derive(Clone, Copy)]
struct Piece<'a> {
    text: &'a str,
    /// True if a space is between this piece and the one before.
    follows_space: bool,
}

impl Piece<'_> {
    /// Appends the piece to the line that it continues.
    fn push_to(&self, line: &mut String) {
        if self.follows_space {
            line.push(' ');
        }
        line.push_str(self.text);
    }
}

/// Breaks a name into the fewest lines of about 22 characters, as equal in length as possible. A
/// long word, such as an address, breaks after `/`, `-` or `.`, or else between two characters. A
/// name of more than four lines is cut and ends in an ellipsis.
#[must_use]
pub fn wrapped(name: &str) -> Vec<String> {
    let start = name.char_indices().nth(NAME_AT_MOST).map_or(name, |(end, _)| &name[..end]);
    let lines = wrapped_at(start, WRAP_AT);
    if lines.len() > NAME_LINES {
        return shortened(lines, NAME_LINES);
    }
    if lines.len() < 2 {
        return lines;
    }
    let narrower = (WRAP_AT / 2..WRAP_AT).map(|width| wrapped_at(start, width));
    let mut even = narrower.filter(|other| other.len() == lines.len());
    even.next().unwrap_or(lines)
}

/// The first `count` lines; the last of them ends in an ellipsis if there were more.
#[must_use]
pub fn shortened(mut lines: Vec<String>, count: usize) -> Vec<String> {
    if lines.len() > count {
        lines.truncate(count);
        if let Some(last) = lines.last_mut() {
            last.push('…');
        }
    }
    lines
}

fn wrapped_at(name: &str, width: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    let mut length = 0;
    for piece in pieces(name).flat_map(short_pieces) {
        let added = piece.text.chars().count() + usize::from(piece.follows_space);
        match lines.last_mut() {
            Some(line) if length + added <= width => {
                piece.push_to(line);
                length += added;
            }
            _ => {
                lines.push(piece.text.to_owned());
                length = piece.text.chars().count();
            }
        }
    }
    lines
}

/// Breaks a text into lines that are at most `room` wide, in the unit of `size`.
#[must_use]
pub fn lines(
    text: &str,
    size: f32,
    weight: Weight,
    room: f32,
    measure: &dyn Measure,
) -> Vec<String> {
    let fits = |line: &str| measure.width(line, size, weight) <= room;
    let mut lines: Vec<String> = Vec::new();
    for piece in pieces(text) {
        if !fits(piece.text) {
            lines.extend(cut(piece.text, &fits));
            continue;
        }
        if let Some(line) = lines.last_mut() {
            let mut longer = line.clone();
            piece.push_to(&mut longer);
            if fits(&longer) {
                *line = longer;
                continue;
            }
        }
        lines.push(piece.text.to_owned());
    }
    held_together(text, lines)
}

/// Cuts a word that is too long for a line: after hyphens, and between characters where that is not
/// enough. A single character stays whole even if it is too wide.
fn cut(word: &str, fits: &dyn Fn(&str) -> bool) -> Vec<String> {
    let mut lines = vec![String::new()];
    for part in between(word, linebreaks(word).map(|(at, _)| at)) {
        let characters: Vec<&str> =
            if fits(part) { vec![part] } else { part.graphemes(true).collect() };
        for character in characters {
            let Some(line) = lines.last_mut() else { continue };
            if line.is_empty() || fits(&format!("{line}{character}")) {
                line.push_str(character);
            } else {
                lines.push(character.to_owned());
            }
        }
    }
    lines
}

/// The parts between which a line may break. A text without words has none.
fn pieces(text: &str) -> impl Iterator<Item = Piece<'_>> {
    text.split(is_space).filter(|word| !word.is_empty()).flat_map(parts_of_word)
}

/// The piece, or its parts if it is a word that is too long for a line of a name.
fn short_pieces(piece: Piece<'_>) -> Vec<Piece<'_>> {
    if piece.text.chars().count() <= WORD_AT_MOST {
        return vec![piece];
    }
    let is_break = |letter: char| matches!(letter, '/' | '-' | '.' | '_' | '?' | '&' | '=');
    let parts = piece.text.split_inclusive(is_break).flat_map(forced);
    let piece = |(number, text)| Piece { text, follows_space: number == 0 && piece.follows_space };
    parts.enumerate().map(piece).collect()
}

/// Cuts a word between two characters as a reader sees them, into parts that fit a line of a name.
fn forced(word: &str) -> Vec<&str> {
    let mut parts = Vec::new();
    let (mut start, mut count) = (0, 0);
    for (at, character) in word.grapheme_indices(true) {
        let length = character.chars().count();
        if count > 0 && count + length > WRAP_AT {
            parts.extend(word.get(start..at));
            (start, count) = (at, 0);
        }
        count += length;
    }
    parts.extend(word.get(start..).filter(|rest| !rest.is_empty()));
    parts
}

/// The parts of a word between which a line may break: several only in scripts without spaces.
fn parts_of_word(word: &str) -> impl Iterator<Item = Piece<'_>> {
    let ends = linebreaks(word).map(|(at, _)| at).filter(move |at| breaks_at(word, *at));
    between(word, ends).enumerate().map(|(number, text)| Piece { text, follows_space: number == 0 })
}

/// True if a line may break at this byte of a word: beside a letter of a script without spaces.
fn breaks_at(word: &str, at: usize) -> bool {
    let (before, after) = word.split_at(at);
    before.chars().next_back().is_some_and(is_written_without_spaces)
        || after.chars().next().is_none_or(is_written_without_spaces)
}

/// The parts of a text that end at these bytes.
fn between<'a>(
    text: &'a str,
    ends: impl Iterator<Item = usize> + 'a,
) -> impl Iterator<Item = &'a str> {
    let mut start = 0;
    ends.filter_map(move |end| {
        let part = text.get(start..end);
        start = end;
        part.filter(|part| !part.is_empty())
    })
}

/// True for a space at which a line may break. No-break spaces are part of a word.
fn is_space(letter: char) -> bool {
    letter.is_whitespace() && !matches!(letter, '\u{A0}' | '\u{202F}' | '\u{2007}')
}

/// True for characters of scripts that put no spaces between words, as Chinese and Japanese, and
/// for the zero-width space, which marks such a place.
fn is_written_without_spaces(letter: char) -> bool {
    matches!(letter.script(), Script::Han | Script::Hiragana | Script::Katakana | Script::Bopomofo)
        || matches!(letter.script(), Script::Yi | Script::Thai | Script::Lao | Script::Khmer)
        || matches!(letter.script(), Script::Myanmar)
        || matches!(letter, '\u{200B}' | '\u{30FC}')
        || matches!(letter, '\u{3000}'..='\u{303F}' | '\u{FF00}'..='\u{FFEF}')
}

/// An upper bound for the width of a bold `line`, in em, estimated from the kinds of its
/// characters. For layouts, which have no font.
#[must_use]
pub fn roomy_width(line: &str) -> f32 {
    line.chars().map(em).sum()
}

/// A letter's width in Noto Sans Bold, or that of the widest of its kind.
fn em(letter: char) -> f32 {
    match letter {
        ' ' | '.' | ',' | ':' | ';' | '\'' | '’' | '!' | 'i' | 'j' | 'l' => 0.32,
        'f' | 'r' | 't' | '-' | '(' | ')' | 'I' | 'J' | '/' => 0.46,
        'm' | 'w' | 'M' | 'W' | '@' | '%' | '…' | '—' | 'æ' | 'œ' | 'ŵ' | 'ψ' | 'ω' | 'ώ' => {
            1.0
        }
        'a'..='z' | '0'..='9' | '|' => 0.67,
        'A'..='Z' | '&' | '+' | '=' | '<' | '>' | '~' | '#' => 0.82,
        'Ш' | 'Щ' | 'Ю' => 1.12,
        _ => match letter.script() {
            Script::Cyrillic if "жмшщыюљњ".contains(letter) => 1.0,
            Script::Latin | Script::Greek | Script::Cyrillic if letter.is_lowercase() => 0.82,
            // Pictures are wider than any writing.
            _ if letter >= '\u{1F000}' => 1.3,
            _ => 1.0,
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Fonts;

    fn lines_of(text: &str, room: f32) -> Vec<String> {
        lines(text, 10.0, Weight::Regular, room, &Fonts::default())
    }

    #[test]
    fn a_line_breaks_at_spaces_and_not_at_no_break_spaces() {
        let text = "three thousand 10\u{A0}km";
        assert_eq!(lines_of(text, 100.0), ["three thousand", "10\u{A0}km"]);
        assert_eq!(lines_of("  two   spaces ", 1000.0), ["two spaces"]);
    }

    #[test]
    fn a_word_that_is_too_long_breaks_after_its_hyphens() {
        assert_eq!(lines_of("Jaish-e-Muhammad", 70.0), ["Jaish-e-", "Muhammad"]);
    }

    #[test]
    fn a_cut_keeps_each_character_with_its_accents() {
        // One character each: a letter with two accents, a family, a flag.
        let character = ["e\u{301}\u{323}", "👨\u{200D}👩\u{200D}👧", "🇵🇰"];
        for character in character {
            let cut = lines_of(&character.repeat(4), 1.0);
            assert_eq!(cut, [character; 4]);
        }
    }

    #[test]
    fn chinese_breaks_between_its_letters_but_not_before_a_full_stop() {
        let name = "中华人民共和国外交部发言人办公室新闻司第一处与第二处";
        let wrapped = wrapped(name);
        assert_eq!(wrapped.len(), 2);
        assert_eq!(wrapped.concat(), name);
        for line in lines_of("他们同意了。他们走了。", 60.0) {
            assert!(!line.starts_with('。'), "{line}");
        }
    }

    #[test]
    fn a_long_word_of_a_name_breaks_after_its_signs_or_else_anywhere() {
        let address = "https://example.org/a/very/long/path/of/the/organisation.html";
        let lines = wrapped(address);
        assert_eq!(lines.concat(), address);
        assert_eq!(
            lines,
            ["https://example.org/", "a/very/long/path/of/", "the/organisation.html"]
        );
        let lines = wrapped(&"A".repeat(60));
        assert_eq!(lines, ["A".repeat(22), "A".repeat(22), "A".repeat(16)]);
        assert_eq!(wrapped("Jaish-e-Fursan-e-Muhammad"), ["Jaish-e-Fursan-e-Muhammad"]);
    }

    #[test]
    fn a_name_has_at_most_four_lines_however_long_it_is() {
        for name in ["word ".repeat(4000), "A".repeat(20_000), "这是组织".repeat(5000)] {
            let lines = wrapped(&name);
            assert_eq!(lines.len(), 4);
            assert!(lines.iter().all(|line| line.chars().count() <= 23), "{lines:?}");
            assert!(lines[3].ends_with('…'));
        }
        assert_eq!(wrapped("one two three four").len(), 1);
    }

    #[test]
    fn nothing_has_no_lines() {
        assert!(lines_of(" \t\n", 50.0).is_empty() && wrapped("").is_empty());
    }
}
