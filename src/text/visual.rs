//! Text in visual order, for renderers that shape text but do not reorder it.

use std::borrow::Cow;

use unicode_bidi::BidiInfo;
use unicode_bidi_mirroring::get_mirrored;
use unicode_script::{Script, UnicodeScript as _};

/// Returns `text` with the runs of each line in visual order, from left to right. The letters
/// within a right-to-left word stay in reading order, because shaping reverses them.
#[must_use]
pub fn visual(text: &str) -> Cow<'_, str> {
    if !text.chars().any(is_right_to_left) {
        return Cow::Borrowed(text);
    }
    let bidi = BidiInfo::new(text, None);
    let mut ordered = String::with_capacity(text.len());
    for paragraph in &bidi.paragraphs {
        let content = text[paragraph.range.clone()].trim_end_matches(['\n', '\r']).len();
        let range = paragraph.range.start..paragraph.range.start + content;
        let (levels, runs) = bidi.visual_runs(paragraph, range.clone());
        for run in runs {
            if levels.get(run.start).is_some_and(unicode_bidi::Level::is_rtl) {
                words(&text[run]).into_iter().rev().for_each(|word| match word {
                    Piece::Word(word) => ordered.push_str(word),
                    Piece::Sign(sign) => ordered.push(get_mirrored(sign).unwrap_or(sign)),
                });
            } else {
                ordered.push_str(&text[run]);
            }
        }
        ordered.push_str(&text[range.end..paragraph.range.end]);
    }
    // The direction marks have had their effect. A renderer may draw them as boxes.
    ordered.retain(|letter| !is_direction_mark(letter));
    Cow::Owned(ordered)
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
    if lines.len() < 2 || !whole.chars().any(is_right_to_left) {
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

/// A part of a right-to-left run.
enum Piece<'a> {
    /// Letters that are shaped together.
    Word(&'a str),
    /// Any other character. It is mirrored if it has a mirror image.
    Sign(char),
}

/// Splits a run into words, which are shaped together, and single other characters.
fn words(run: &str) -> Vec<Piece<'_>> {
    let mut pieces = Vec::new();
    let mut start = 0;
    let mut in_word = false;
    for (at, letter) in run.char_indices() {
        let joins = is_letter(letter)
            || (in_word && letter.script() == Script::Inherited
                || letter == '\u{200C}'
                || letter == '\u{200D}');
        if joins {
            if !in_word {
                start = at;
            }
            in_word = true;
            continue;
        }
        if in_word {
            pieces.push(Piece::Word(&run[start..at]));
            in_word = false;
        }
        pieces.push(Piece::Sign(letter));
    }
    if in_word {
        pieces.push(Piece::Word(&run[start..]));
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
