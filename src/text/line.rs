//! One line of words as glyphs: ordered by the Unicode bidirectional algorithm, shaped script by
//! script.

use std::ops::Range;
use std::sync::Arc;

use rustybuzz::{Direction, UnicodeBuffer};
use unicode_bidi::BidiInfo;
use unicode_script::{Script, UnicodeScript as _};

use super::font::Font;

/// A glyph of a line.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Glyph {
    /// Position in the fonts of the line's weight.
    pub font: usize,
    pub id: u16,
    /// From the line's start, in em.
    pub x: f32,
    /// Above the baseline, in em.
    pub y: f32,
    /// The byte of the line's text that it begins with.
    pub start: usize,
}

/// Neighbouring glyphs of one font and direction.
#[derive(Clone, Debug, PartialEq)]
pub struct Run {
    /// Position in the fonts of the line's weight.
    pub font: usize,
    /// In the line's glyphs.
    pub glyphs: Range<usize>,
    /// Bytes of the line's text.
    pub text: Range<usize>,
    pub is_right_to_left: bool,
}

/// The glyphs of one line, from left to right.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Line {
    pub glyphs: Vec<Glyph>,
    pub runs: Vec<Run>,
    /// In em.
    pub width: f32,
    /// Read from right to left.
    pub is_right_to_left: bool,
}

/// Lays `text` out in the first of `fonts` that has a script's letters.
pub(super) fn lay(text: &str, fonts: &[Arc<Font>]) -> Line {
    let mut line = Line::default();
    let Some(first) = fonts.first() else { return line };
    if text.chars().all(|letter| letter.is_ascii_graphic() || letter == ' ') && !text.is_empty() {
        shape(text, 0..text.len(), (first, 0), Direction::LeftToRight, &mut line);
        return line;
    }
    let bidi = BidiInfo::new(text, None);
    line.is_right_to_left =
        bidi.paragraphs.first().is_some_and(|paragraph| paragraph.level.is_rtl());
    for paragraph in &bidi.paragraphs {
        let (levels, runs) = bidi.visual_runs(paragraph, paragraph.range.clone());
        for run in runs {
            let is_right_to_left = levels.get(run.start).is_some_and(unicode_bidi::Level::is_rtl);
            let mut pieces = pieces(text, run, fonts);
            if is_right_to_left {
                pieces.reverse();
            }
            let direction =
                if is_right_to_left { Direction::RightToLeft } else { Direction::LeftToRight };
            for (font, range) in pieces {
                shape(text, range, (&fonts[font], font), direction, &mut line);
            }
        }
    }
    line
}

/// Parts of a run that one font draws, in the order of reading. A script's letters are in the first
/// font that has all of them; signs of every script are in that font too, if it has them, and at
/// the ends of a script in the first font.
fn pieces(text: &str, run: Range<usize>, fonts: &[Arc<Font>]) -> Vec<(usize, Range<usize>)> {
    let mut pieces: Vec<(usize, Range<usize>)> = Vec::new();
    for range in scripts(text, run) {
        let words = &text[range.clone()];
        let is_own = |letter: &char| needs_glyph(*letter) && letter.script() != Script::Common;
        let chosen = fonts
            .iter()
            .position(|font| words.chars().filter(is_own).all(|letter| font.has(letter)));
        let core = without_common_ends(text, &range, &fonts[0]);
        for (at, letter) in words.char_indices() {
            let at = range.start + at;
            let wanted = if core.contains(&at) { chosen } else { Some(0) };
            let has = |font: &usize| !needs_glyph(letter) || fonts[*font].has(letter);
            let font =
                wanted.filter(has).or_else(|| fonts.iter().position(|font| font.has(letter)));
            match (font, pieces.last_mut()) {
                // What no font has stays with its neighbour.
                (None, Some((_, last))) if last.end == at => last.end = at + letter.len_utf8(),
                (Some(font), Some((before, last))) if *before == font && last.end == at => {
                    last.end = at + letter.len_utf8();
                }
                (font, _) => pieces.push((font.unwrap_or(0), at..at + letter.len_utf8())),
            }
        }
    }
    pieces
}

/// A range less what stands at its ends, belongs to every script, and is in `font`; all of a range
/// of nothing else.
fn without_common_ends(text: &str, range: &Range<usize>, font: &Font) -> Range<usize> {
    let is_common = |letter: char| {
        letter.script() == Script::Common && (letter.is_whitespace() || font.has(letter))
    };
    let part = &text[range.clone()];
    let start = range.start + (part.len() - part.trim_start_matches(is_common).len());
    let end = range.end - (part.len() - part.trim_end_matches(is_common).len());
    if start < end { start..end } else { range.clone() }
}

fn needs_glyph(letter: char) -> bool {
    !letter.is_whitespace() && !matches!(letter, '\u{200B}'..='\u{200F}' | '\u{2060}'..='\u{2069}')
}

/// Ranges of one script each; what belongs to every script stays with what is before it.
fn scripts(text: &str, run: Range<usize>) -> Vec<Range<usize>> {
    let mut ranges: Vec<(Option<Script>, Range<usize>)> = Vec::new();
    for (at, letter) in text[run.clone()].char_indices() {
        let range = run.start + at..run.start + at + letter.len_utf8();
        let script = Some(letter.script())
            .filter(|script| !matches!(script, Script::Common | Script::Inherited));
        match ranges.last_mut() {
            Some((before, last)) if script.is_none() || before.is_none() || *before == script => {
                last.end = range.end;
                *before = before.or(script);
            }
            _ => ranges.push((script, range)),
        }
    }
    ranges.into_iter().map(|(_, range)| range).collect()
}

#[expect(
    clippy::cast_precision_loss,
    clippy::cast_possible_truncation,
    reason = "advances and glyph ids are small"
)]
fn shape(
    text: &str,
    range: Range<usize>,
    (font, number): (&Font, usize),
    direction: Direction,
    line: &mut Line,
) {
    let mut buffer = UnicodeBuffer::new();
    buffer.push_str(&text[range.clone()]);
    buffer.guess_segment_properties();
    buffer.set_direction(direction);
    let shaped = rustybuzz::shape(&font.face, &[], buffer);
    let em = font.units_per_em();
    let first = line.glyphs.len();
    for (info, position) in shaped.glyph_infos().iter().zip(shaped.glyph_positions()) {
        line.glyphs.push(Glyph {
            font: number,
            id: info.glyph_id as u16,
            x: line.width + position.x_offset as f32 / em,
            y: position.y_offset as f32 / em,
            start: range.start + info.cluster as usize,
        });
        line.width += position.x_advance as f32 / em;
    }
    let is_right_to_left = direction == Direction::RightToLeft;
    line.runs.push(Run {
        font: number,
        glyphs: first..line.glyphs.len(),
        text: range,
        is_right_to_left,
    });
}

#[cfg(test)]
mod tests {
    use crate::text::{Fonts, Measure as _, Weight, font};

    #[test]
    fn latin_is_laid_out_from_left_to_right_with_kerning() {
        let fonts = Fonts::default();
        let line = fonts.line("AV", Weight::Regular);
        assert_eq!(line.glyphs.len(), 2);
        let apart = fonts.width("A", 1.0, Weight::Regular) + fonts.width("V", 1.0, Weight::Regular);
        assert!(line.width < apart, "{} is not less than {apart}", line.width);
    }

    #[test]
    fn hebrew_runs_from_right_to_left_and_its_numbers_do_not() {
        let fonts = Fonts::for_words("אב 12");
        let hebrew = font::bundled_for("אב", Weight::Regular).expect("a bundled font has Hebrew");
        let line = fonts.line("אב 12", Weight::Regular);
        let of = |letter: char| {
            let id = hebrew.face.glyph_index(letter).expect("a glyph").0;
            line.glyphs.iter().position(|glyph| glyph.id == id && glyph.font > 0)
        };
        assert!(of('ב') < of('א'), "the second letter stands to the left of the first");
        assert_eq!(of('א'), Some(line.glyphs.len() - 1), "the first letter is the rightmost");
    }

    #[test]
    fn letters_that_join_take_less_room_than_alone() {
        let fonts = Fonts::for_words("طالبان");
        let alone: f32 = "طالبان"
            .chars()
            .map(|letter| fonts.width(&letter.to_string(), 1.0, Weight::Regular))
            .sum();
        assert!(fonts.width("طالبان", 1.0, Weight::Regular) < alone * 0.95);
    }
}
