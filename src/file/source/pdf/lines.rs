//! Puts the glyphs of a page together to lines: blanks where there are gaps, and words in the order
//! in which they are read, from left to right or from right to left.

use super::content::Glyph;
use super::marks::{is_mark, with_marks};
use super::reading_order::logical;
use super::unit::Unit;

/// Gaps that are wider than this share of the font size are blanks.
const BLANK: f64 = 0.14;
/// The same after a full stop or a comma.
const BLANK_AFTER_SIGN: f64 = 0.1;
/// Glyphs that begin this far before the end of the one before, in font sizes, are another word.
const BACK: f64 = -0.8;
/// The same between letters of Chinese and Japanese, which stand apart.
const WIDE_BLANK: f64 = 0.6;
/// Letters are spaced widely if three quarters of the gaps are wider than this share of the font
/// size.
const SPACED: f64 = 0.1;
/// Wider gaps are blanks in any case.
const SPACED_AT_MOST: f64 = 0.6;
/// Glyphs are on one line if their baselines differ by less than this share of the font size.
const SAME_LINE: f64 = 0.45;
/// A glyph that is shown twice within this share of the font size makes bold letters.
const SAME_PLACE: f64 = 0.12;

/// A line of text on a page, turned so that it runs from left to right.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Line {
    pub text: String,
    pub left: f64,
    pub right: f64,
    /// The baseline, upwards.
    pub y: f64,
    pub size: f64,
    /// How far the line is turned counter-clockwise, in degrees.
    pub turn: i32,
    pub is_right_to_left: bool,
    /// True if the line stands apart from the text and does not interrupt it.
    pub is_aside: bool,
}

/// A word: glyphs that were shown one after the other from left to right.
type Piece = Vec<Unit>;

/// The pieces of a line.
struct Open {
    pieces: Vec<Piece>,
    /// Glyphs that are marks above or below letters.
    marks: Vec<Unit>,
    y: f64,
    size: f64,
    turn: i32,
    /// True if the next glyph begins a piece.
    is_after_blank: bool,
}

/// The lines of a page, in the order of its contents.
pub(super) fn lines(glyphs: Vec<Glyph>) -> Vec<Line> {
    let mut lines = Vec::new();
    let mut open: Option<Open> = None;
    // Marks before the next letter, which decides on their line.
    let mut marks: Vec<Unit> = Vec::new();
    let mut turn = 0;
    for (number, glyph) in glyphs.into_iter().enumerate() {
        turn = turned(&glyph).unwrap_or(turn);
        let (unit, y) = unit(glyph, turn, number);
        if is_mark(&unit.text) {
            marks.push(unit);
            continue;
        }
        let is_blank = unit.text.trim().is_empty();
        let fits = |open: &&mut Open| {
            let size = open.size.max(unit.size);
            open.turn == turn && (open.y - y).abs() < SAME_LINE * size
        };
        if let Some(open) = open.as_mut().filter(fits) {
            open.marks.append(&mut marks);
            open.add(unit, y);
        } else if !is_blank {
            let mut next = Open::new(unit, y, turn);
            for mark in marks.drain(..) {
                let last = open.as_mut().filter(|open| open.has_at_end(&mark));
                last.unwrap_or(&mut next).marks.push(mark);
            }
            lines.extend(open.replace(next).and_then(Open::finish));
        }
    }
    if let Some(open) = &mut open {
        open.marks.append(&mut marks);
    }
    lines.extend(open.and_then(Open::finish));
    lines
}

/// The direction of a glyph in whole degrees; `None` if it has no width.
fn turned(glyph: &Glyph) -> Option<i32> {
    let (x, y) = (glyph.end_x - glyph.x, glyph.end_y - glyph.y);
    if x.hypot(y) < 1e-6 {
        return None;
    }
    #[expect(clippy::cast_possible_truncation, reason = "at most 180 degrees")]
    let degrees = libm::atan2(y, x).to_degrees().round() as i32;
    Some(degrees)
}

/// A glyph in the coordinates of its line, and its baseline.
fn unit(glyph: Glyph, turn: i32, number: usize) -> (Unit, f64) {
    let angle = f64::from(turn).to_radians();
    let (sin, cos) = (libm::sin(angle), libm::cos(angle));
    let along = |x: f64, y: f64| x * cos + y * sin;
    let left = along(glyph.x, glyph.y);
    let right = along(glyph.end_x, glyph.end_y);
    let y = glyph.y * cos - glyph.x * sin;
    (
        Unit {
            text: glyph.text,
            left,
            right: right.max(left),
            size: glyph.size,
            number,
            piece: 0,
            is_before_blank: false,
        },
        y,
    )
}

impl Open {
    fn new(unit: Unit, y: f64, turn: i32) -> Self {
        let size = unit.size;
        let pieces = vec![vec![unit]];
        Self { pieces, marks: Vec::new(), y, size, turn, is_after_blank: false }
    }

    /// True if a mark stands at the last glyph.
    fn has_at_end(&self, mark: &Unit) -> bool {
        let last = self.pieces.last().and_then(|piece| piece.last());
        last.is_some_and(|last| {
            mark.left > last.left - SAME_LINE * last.size
                && mark.left < last.right + SAME_LINE * last.size
        })
    }

    fn add(&mut self, mut unit: Unit, y: f64) {
        if unit.size > self.size {
            // The largest glyphs determine the baseline.
            self.size = unit.size;
            self.y = y;
        }
        let number = self.pieces.len();
        let goes_on = |piece: &&mut Piece| {
            piece.last().is_some_and(|last| unit.left > last.left - SAME_PLACE * unit.size)
        };
        let piece = self.pieces.last_mut().filter(goes_on);
        if unit.text.trim().is_empty() {
            self.is_after_blank = true;
            if let Some(last) = piece.and_then(|piece| piece.last_mut()) {
                last.is_before_blank = true;
            }
            return;
        }
        if let Some(piece) = piece.filter(|_| !self.is_after_blank) {
            unit.piece = number - 1;
            piece.push(unit);
        } else {
            unit.piece = number;
            self.pieces.push(vec![unit]);
        }
        self.is_after_blank = false;
    }

    fn finish(mut self) -> Option<Line> {
        let start = |piece: &Piece| piece.first().map_or(0.0, |unit| unit.left);
        self.pieces.sort_by(|one, other| start(one).total_cmp(&start(other)));
        let units = without_doubles(self.pieces.into_iter().flatten().collect());
        let units = with_marks(units, self.marks);
        let left = units.iter().map(|unit| unit.left).fold(f64::INFINITY, f64::min);
        let right = units.iter().map(|unit| unit.right).fold(f64::NEG_INFINITY, f64::max);
        let (text, is_right_to_left) = logical(&with_blanks(units));
        let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
        if text.is_empty() {
            return None;
        }
        let (y, size, turn) = (self.y, self.size, self.turn);
        Some(Line { text, left, right, y, size, turn, is_right_to_left, is_aside: false })
    }
}

/// Leaves out glyphs that are shown again at the same place.
fn without_doubles(units: Vec<Unit>) -> Vec<Unit> {
    /// How many glyphs back the same glyph is looked for.
    const DOUBLES: usize = 6;
    let mut kept: Vec<Unit> = Vec::with_capacity(units.len());
    for unit in units {
        let is_double = |other: &&Unit| {
            other.text == unit.text
                && other.piece != unit.piece
                && (other.left - unit.left).abs() < SAME_PLACE * unit.size
        };
        if kept.iter().rev().take(DOUBLES).any(|other| is_double(&other)) {
            continue;
        }
        kept.push(unit);
    }
    kept
}

/// Inserts blanks where gaps are wider than those between the letters of the line.
fn with_blanks(units: Vec<Unit>) -> Vec<String> {
    let gap = |pair: &[Unit]| match pair {
        [one, other] => (other.left - one.right) / one.size.max(other.size).max(1e-9),
        _ => 0.0,
    };
    let is_letter = |unit: &Unit| unit.text.chars().all(char::is_alphanumeric);
    let are_letters = |pair: &&[Unit]| pair.iter().all(is_letter);
    let mut gaps: Vec<f64> = units.windows(2).filter(are_letters).map(gap).collect();
    gaps.sort_by(f64::total_cmp);
    // Most gaps are at least as wide as this one.
    let narrow = gaps.get(gaps.len() / 4).copied().unwrap_or(0.0);
    let is_spaced = gaps.len() > 2 && narrow > SPACED;
    let usual = if is_spaced { (narrow * 1.5).min(SPACED_AT_MOST) } else { 0.0 };
    let gaps: Vec<f64> = units.windows(2).map(gap).collect();
    let mut texts = Vec::with_capacity(units.len() * 2);
    let mut before: Option<char> = None;
    let mut is_after_blank = false;
    for (at, unit) in units.into_iter().enumerate() {
        let first = unit.text.chars().next();
        let is_wide = before.is_some_and(is_ideographic) && first.is_some_and(is_ideographic);
        let is_after_sign = before.is_some_and(|letter| matches!(letter, '.' | ',' | ';' | ':'));
        let blank = usual.max(match (is_wide, is_after_sign) {
            (true, _) => WIDE_BLANK,
            (_, true) => BLANK_AFTER_SIGN,
            _ => BLANK,
        });
        let gap = at.checked_sub(1).and_then(|at| gaps.get(at)).copied().unwrap_or(0.0);
        // A jump back separates words that overlap.
        if is_after_blank || gap > blank || gap < BACK {
            texts.push(" ".to_owned());
        }
        before = unit.text.chars().last();
        is_after_blank = unit.is_before_blank;
        texts.push(unit.text);
    }
    texts
}

/// True for letters that are written without blanks between words.
fn is_ideographic(letter: char) -> bool {
    matches!(letter, '\u{2E80}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}' | '\u{FF00}'..='\u{FFEF}')
        || matches!(letter, '\u{20000}'..='\u{3FFFF}')
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Glyphs of equal width; `_` moves on by one width without a glyph.
    fn shown(text: &str, from: f64, step: f64) -> Vec<Glyph> {
        let mut glyphs = Vec::new();
        let mut x = from;
        for letter in text.chars() {
            if letter != '_' {
                let text = letter.to_string();
                glyphs.push(Glyph { text, x, y: 100.0, end_x: x + 5.0, end_y: 100.0, size: 10.0 });
            }
            x += step;
        }
        glyphs
    }

    fn text(glyphs: Vec<Glyph>) -> String {
        lines(glyphs).into_iter().map(|line| line.text).collect::<Vec<_>>().join("|")
    }

    #[test]
    fn gaps_are_blanks_unless_letters_are_spaced() {
        assert_eq!(text(shown("north_12_dead", 0.0, 5.0)), "north 12 dead");
        assert_eq!(text(shown("2024", 0.0, 7.0)), "2024");
        assert_eq!(text(shown("n_=_n", 0.0, 4.0)), "n = n");
        assert_eq!(text(shown("One_._._._7", 0.0, 5.0)), "One . . . 7");
        assert_eq!(text(shown("THE_END", 0.0, 7.0)), "THE END");
        assert_eq!(text(shown("外務大臣", 0.0, 8.0)), "外務大臣");
    }

    #[test]
    fn cells_that_are_shown_out_of_order_are_sorted_and_bold_letters_are_not_doubled() {
        let cells = [shown("dead", 100.0, 5.0), shown("north", 0.0, 5.0)].concat();
        assert_eq!(text(cells), "north dead");
        let bold = [shown("north", 0.0, 5.0), shown("north", 0.3, 5.0)].concat();
        assert_eq!(text(bold), "north");
    }

    #[test]
    fn marks_follow_their_letters() {
        // From left to right, and each mark before its letter and above the line.
        let mut glyphs = shown("ב", 0.0, 5.0);
        let mark = |text: &str, x: f64| Glyph {
            text: text.to_owned(),
            x,
            y: 107.0,
            end_x: x,
            end_y: 107.0,
            size: 10.0,
        };
        glyphs.insert(0, mark("\u{5b8}", 2.0));
        glyphs.push(mark("\u{5b7}", 6.0));
        glyphs.extend(shown("א", 5.0, 5.0));
        assert_eq!(text(glyphs), "א\u{5b7}ב\u{5b8}");
        let latin = [shown("e", 0.0, 5.0), vec![mark("\u{301}", 3.0)], shown("t", 5.0, 5.0)];
        assert_eq!(text(latin.concat()), "e\u{301}t");
    }

    #[test]
    fn right_to_left_text_is_put_into_reading_order() {
        // As it is seen from left to right.
        assert_eq!(text(shown("ץיקה ינפל (2024) ץוחה רש", 0.0, 5.0)), "שר החוץ (2024) לפני הקיץ");
        assert_eq!(text(shown(".2024 ﺱﺭﺎﻣ 24 ﻰﺘﺣ", 0.0, 5.0)), "حتى 24 مارس 2024.");
        assert_eq!(text(shown("English and םולש mixed", 0.0, 5.0)), "English and שלום mixed");
        // Letter by letter from the right.
        let mut letters = shown("םולש", 0.0, 5.0);
        letters.reverse();
        assert_eq!(text(letters), "שלום");
    }
}
