//! Puts the glyphs of a line into the order in which they are read.

use unicode_bidi::{BidiClass, BidiInfo, Level, bidi_class};
use unicode_bidi_mirroring::get_mirrored;
use unicode_normalization::UnicodeNormalization as _;

/// The text of glyphs from left to right, in the order in which it is read; true if the line as a
/// whole is read from right to left.
///
/// Reordering by the bidirectional algorithm (Unicode Standard Annex 9) is its own inverse for
/// letters, words and numbers.
pub(super) fn logical(texts: &[String]) -> (String, bool) {
    let first = |text: &String| text.chars().next().unwrap_or(' ');
    let shown: String = texts.iter().map(first).collect();
    let is_right = |letter: &char| matches!(bidi_class(*letter), BidiClass::R | BidiClass::AL);
    let right = shown.chars().filter(is_right).count();
    if right == 0 {
        return (texts.iter().map(|text| composed(text)).collect(), false);
    }
    let left = shown.chars().filter(|letter| bidi_class(*letter) == BidiClass::L).count();
    let is_right_to_left = right >= left;
    let base = if is_right_to_left { Level::rtl() } else { Level::ltr() };
    let info = BidiInfo::new(&shown, Some(base));
    let levels: Vec<Level> = shown
        .char_indices()
        .map(|(byte, _)| info.levels.get(byte).copied().unwrap_or(base))
        .collect();
    let order = BidiInfo::reorder_visual(&levels);
    let put = |is_mirrored: bool| {
        let mut text = String::with_capacity(shown.len() * 2);
        for at in &order {
            let unit = texts.get(*at).map(String::as_str).unwrap_or_default();
            let is_turned = is_mirrored && levels.get(*at).is_some_and(Level::is_rtl);
            match single(unit).filter(|_| is_turned).and_then(get_mirrored) {
                Some(letter) => text.push(letter),
                None => text.push_str(&composed(unit)),
            }
        }
        text
    };
    // Fonts name either the sign that is seen or the one that is meant.
    let (seen, meant) = (put(true), put(false));
    let text = if wrong_brackets(&meant) < wrong_brackets(&seen) { meant } else { seen };
    (text, is_right_to_left)
}

/// How many brackets close that were not open.
fn wrong_brackets(text: &str) -> usize {
    let mut open = 0_usize;
    let mut wrong = 0;
    for letter in text.chars() {
        match letter {
            '(' | '[' | '{' | '«' => open += 1,
            ')' | ']' | '}' | '»' if open > 0 => open -= 1,
            ')' | ']' | '}' | '»' => wrong += 1,
            _ => {}
        }
    }
    wrong
}

/// The letter, if the text is a single one.
fn single(text: &str) -> Option<char> {
    let mut letters = text.chars();
    letters.next().filter(|_| letters.next().is_none())
}

/// Replaces the forms of letters that only typesetting uses by the letters themselves.
fn composed(text: &str) -> String {
    let is_form =
        |letter: char| matches!(letter, '\u{FB00}'..='\u{FDFF}' | '\u{FE70}'..='\u{FEFC}');
    if !text.contains(is_form) {
        return text.to_owned();
    }
    // A mark without a letter is decomposed with a blank before it.
    let is_mark = text.starts_with(|letter| matches!(letter, '\u{FE70}'..='\u{FE7F}'));
    let plain: String = text.nfkc().collect();
    if is_mark { plain.trim_start().to_owned() } else { plain }
}
