//! Text in visual order, for renderers that shape text but do not reorder it.

use std::borrow::Cow;
use std::ops::Range;

use unicode_bidi::{BidiInfo, ParagraphInfo};
use unicode_bidi_mirroring::get_mirrored;
use unicode_script::{Script, UnicodeScript as _};

/// Returns `text` with the runs of each line in visual order, from left to right. The letters
/// within a right-to-left word stay in reading order, because shaping reverses them.
#[must_use]
pub fn visual(text: &str) -> Cow<'_, str> {
    if !has_right_to_left(text) {
        return Cow::Borrowed(text);
    }
    let bidi = BidiInfo::new(text, None);
    let mut ordered = String::with_capacity(text.len());
    for paragraph in &bidi.paragraphs {
        let content = text[paragraph.range.clone()].trim_end_matches(['\n', '\r']).len();
        let range = paragraph.range.start..paragraph.range.start + content;
        for piece in pieces_of(&bidi, paragraph, range.clone()) {
            ordered.push_str(&piece.shown);
        }
        ordered.push_str(&text[range.end..paragraph.range.end]);
    }
    Cow::Owned(ordered)
}

/// True if a text has a letter that is written from right to left.
#[must_use]
pub fn has_right_to_left(text: &str) -> bool {
    text.chars().any(is_right_to_left)
}

/// A part of a line that is shown as one: a word written from right to left, another character
/// within such words, or a run from left to right.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Piece {
    /// Where it is in the text, in bytes.
    pub bytes: Range<usize>,
    pub is_right_to_left: bool,
    /// What is drawn: without direction marks, and mirrored where that is needed.
    pub shown: String,
}

/// The pieces of one line of a paragraph in visual order, from left to right, and whether the
/// paragraph starts at the right. `line` is a range of bytes of `paragraph`, which has no line
/// breaks except white space.
#[must_use]
pub fn pieces(paragraph: &str, line: Range<usize>) -> (Vec<Piece>, bool) {
    let bidi = BidiInfo::new(paragraph, None);
    let around = bidi.paragraphs.iter().find(|one| one.range.end > line.start);
    let Some(around) = around.or(bidi.paragraphs.last()) else { return (Vec::new(), false) };
    let line = line.start..line.end.min(around.range.end);
    if line.is_empty() {
        return (Vec::new(), around.level.is_rtl());
    }
    (pieces_of(&bidi, around, line), around.level.is_rtl())
}

fn pieces_of(bidi: &BidiInfo<'_>, paragraph: &ParagraphInfo, line: Range<usize>) -> Vec<Piece> {
    let (levels, runs) = bidi.visual_runs(paragraph, line);
    let mut pieces = Vec::new();
    for run in runs {
        if levels.get(run.start).is_some_and(unicode_bidi::Level::is_rtl) {
            pieces.extend(words(&bidi.text[run.clone()], run.start).into_iter().rev());
        } else {
            let shown = without_marks(&bidi.text[run.clone()]);
            pieces.push(Piece { bytes: run, is_right_to_left: false, shown });
        }
    }
    pieces
}

/// The direction marks have had their effect. A renderer may draw them as boxes.
fn without_marks(text: &str) -> String {
    text.chars().filter(|letter| !is_direction_mark(*letter)).collect()
}

/// True for characters that only say how others are ordered.
#[must_use]
pub fn is_direction_mark(letter: char) -> bool {
    matches!(letter, '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}

/// Adds direction marks to the lines of `whole`, so that each line alone is ordered as it is within
/// the whole. A line starts in the base direction of the whole, and punctuation at its end has the
/// direction of the words around the break.
#[must_use]
pub fn held_together(whole: &str, mut lines: Vec<String>) -> Vec<String> {
    if lines.len() < 2 || !has_right_to_left(whole) {
        return lines;
    }
    let base = BidiInfo::new(whole, None);
    let is_base_right = base.paragraphs.first().is_some_and(|paragraph| paragraph.level.is_rtl());
    let mark = |is_right: bool| if is_right { '\u{200F}' } else { '\u{200E}' };
    for at in 0..lines.len() {
        let next = lines.get(at + 1).and_then(|next| next.chars().find_map(direction));
        let last = lines[at].chars().rev().find_map(direction);
        if let (Some(last), Some(next)) = (last, next)
            && last == next
            && last != is_base_right
        {
            lines[at].push(mark(last));
        }
        lines[at].insert(0, mark(is_base_right));
    }
    lines
}

/// True for right-to-left letters, false for left-to-right letters, `None` for characters without a
/// strong direction.
fn direction(letter: char) -> Option<bool> {
    use unicode_bidi::{BidiClass, bidi_class};
    match bidi_class(letter) {
        BidiClass::L => Some(false),
        BidiClass::R | BidiClass::AL => Some(true),
        _ => None,
    }
}

/// Splits a right-to-left run, which starts at byte `start`, into words, which are shaped together,
/// and single other characters, which are mirrored if they have a mirror image.
fn words(run: &str, start: usize) -> Vec<Piece> {
    let mut pieces: Vec<Piece> = Vec::new();
    let mut in_word = false;
    for (at, letter) in run.char_indices() {
        let joins = is_letter(letter)
            || (in_word && letter.script() == Script::Inherited
                || letter == '\u{200C}'
                || letter == '\u{200D}');
        let bytes = start + at..start + at + letter.len_utf8();
        if let Some(word) = pieces.last_mut().filter(|_| in_word && joins) {
            word.bytes.end = bytes.end;
            word.shown.push(letter);
        } else {
            let shown = if joins { letter } else { get_mirrored(letter).unwrap_or(letter) };
            let shown = without_marks(shown.encode_utf8(&mut [0; 4]));
            pieces.push(Piece { bytes, is_right_to_left: true, shown });
        }
        in_word = joins;
    }
    pieces
}

fn is_letter(letter: char) -> bool {
    // The blocks from Hebrew to Arabic Extended-A: their punctuation is shaped with the letters.
    matches!(letter, '\u{590}'..='\u{8FF}')
        || !matches!(letter.script(), Script::Common | Script::Inherited | Script::Unknown)
}

fn is_right_to_left(letter: char) -> bool {
    use unicode_bidi::{BidiClass, bidi_class};
    // No character below the Hebrew block is right-to-left.
    letter > '\u{58F}'
        && matches!(
            bidi_class(letter),
            BidiClass::R | BidiClass::AL | BidiClass::RLE | BidiClass::RLO | BidiClass::RLI
        )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_of_a_paragraph_is_ordered_like_the_paragraph() {
        let text = "אב גד 12 AB הו";
        let line = 0..text.len();
        let (found, is_right) = pieces(text, line);
        let shown: String = found.iter().map(|piece| piece.shown.as_str()).collect();
        assert_eq!((shown.as_str(), is_right), ("הו AB 12 גד אב", true));
        let bytes: usize = found.iter().map(|piece| piece.bytes.len()).sum();
        assert_eq!(bytes, text.len(), "every byte belongs to one piece");
        for empty in [0..0, text.len()..text.len()] {
            assert_eq!(pieces(text, empty), (Vec::new(), true));
        }
        assert_eq!(pieces("", 0..0), (Vec::new(), false));
    }

    #[test]
    fn words_change_places_and_letters_stay() {
        assert_eq!(visual("plain"), "plain");
        assert_eq!(visual("جيش محمد"), "محمد جيش");
        assert_eq!(visual("TTP (تحریک طالبان) 2024"), "TTP (طالبان تحریک) 2024");
        assert_eq!(visual("حزب (2)"), "(2) حزب");
        assert_eq!(visual("نام هر کس، بدرستی"), "بدرستی کس، هر نام");
        assert_eq!(visual("אב\nגד הו"), "אב\nהו גד");
        let lines = held_together("A: אב גד, הו", vec!["A: אב גד,".to_owned(), "הו".to_owned()]);
        assert_eq!(lines.iter().map(|line| visual(line)).collect::<Vec<_>>(), ["A: ,גד אב", "הו"]);
        assert_eq!(held_together("A b", vec!["A".to_owned(), "b".to_owned()]), ["A", "b"]);
        assert_eq!(
            visual("\u{2068}אב גד\u{2069} → \u{2068}הו\u{2069} (hostile)"),
            "גד אב → הו (hostile)"
        );
    }
}
