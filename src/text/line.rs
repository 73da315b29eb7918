//! Lays out one line of text as glyphs: ordered by the Unicode bidirectional algorithm (Unicode
//! Standard Annex 9), shaped script by script.

use std::ops::Range;
use std::sync::Arc;

use harfrust::{Direction, ShapeOptions, UnicodeBuffer};
use unicode_bidi::BidiInfo;
use unicode_script::{Script, UnicodeScript as _};

use super::font::Font;

/// A positioned glyph of a line.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Glyph {
    /// Index into the fonts of the line's weight.
    pub font: usize,
    /// The glyph id in that font.
    pub id: u16,
    /// Distance from the left end of the line, in em.
    pub x: f32,
    /// Height above the baseline, in em.
    pub y: f32,
    /// The byte offset in the line's text of the cluster that the glyph belongs to.
    pub start: usize,
}

/// Adjacent glyphs of one font and direction.
#[derive(Clone, Debug, PartialEq)]
pub struct Run {
    /// Index into the fonts of the line's weight.
    pub font: usize,
    /// The range of indices into the line's glyphs.
    pub glyphs: Range<usize>,
    /// The byte range in the line's text.
    pub text: Range<usize>,
    /// True if the run is read from right to left.
    pub is_right_to_left: bool,
}

/// The glyphs of one line, from left to right.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Line {
    pub glyphs: Vec<Glyph>,
    /// The glyphs grouped by font and direction, from left to right.
    pub runs: Vec<Run>,
    /// The sum of the advances, in em.
    pub width: f32,
    /// True if the line as a whole is read from right to left.
    pub is_right_to_left: bool,
}

/// Lays out `text`. Each script uses the first of `fonts` that has all of its letters.
pub(super) fn lay(text: &str, fonts: &[Arc<Font>]) -> Line {
    let mut line = Line::default();
    let Some(first) = fonts.first() else { return line };
    // Fast path: ASCII text needs no reordering and no other font.
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

/// Splits a run into parts of one font each: (index of the font, byte range), in reading order. The
/// letters of a script use the first font that has all of them. Characters common to all scripts
/// (spaces, digits, punctuation) use the same font if it has them; at the ends of a script they use
/// the first font.
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
                // A character that no font has joins the part before it.
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

/// `range` without the characters at its ends that are common to all scripts and are in `font`. The
/// whole range if nothing else is left.
fn without_common_ends(text: &str, range: &Range<usize>, font: &Font) -> Range<usize> {
    let is_common = |letter: char| {
        letter.script() == Script::Common && (letter.is_whitespace() || font.has(letter))
    };
    let part = &text[range.clone()];
    let start = range.start + (part.len() - part.trim_start_matches(is_common).len());
    let end = range.end - (part.len() - part.trim_end_matches(is_common).len());
    if start < end { start..end } else { range.clone() }
}

/// False for spaces and invisible format characters.
fn needs_glyph(letter: char) -> bool {
    !letter.is_whitespace() && !matches!(letter, '\u{200B}'..='\u{200F}' | '\u{2060}'..='\u{2069}')
}

/// Splits a run into byte ranges of one script each. Characters common to all scripts belong to the
/// range before them.
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
/// Shapes `range` of `text` with one font. Appends the glyphs and their run to `line`.
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
    let engine = font.shaping.shaper(&font.file).build();
    let shaped = engine.shape(buffer, ShapeOptions::new());
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
            let id = hebrew.glyph(letter).expect("a glyph").to_u32();
            line.glyphs.iter().position(|glyph| u32::from(glyph.id) == id && glyph.font > 0)
        };
        assert!(of('ב') < of('א'), "the second letter is to the left of the first");
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
