//! Sentences and phrases, the units in which a text is read and marked.
//!
//! Sentences follow Unicode Standard Annex 29, except that a full stop after an abbreviation or an
//! initial ends none.

use std::ops::Range;

use unicode_segmentation::UnicodeSegmentation as _;

use super::{Segment, SourceText};

/// Titles and other words that are written with a full stop and often precede a name.
const ABBREVIATIONS: &[&str] = &[
    "adm", "brig", "capt", "cf", "cmdr", "col", "cpl", "dr", "e.g", "fr", "gen", "gov", "hon",
    "i.e", "inc", "jr", "lt", "ltd", "maj", "mr", "mrs", "ms", "mt", "no", "pres", "prof", "rep",
    "rev", "sen", "sgt", "sr", "st", "vs",
];

/// The sentences of a text in order, none longer than its paragraph. Ranges count Unicode scalar
/// values and include no white space at either end.
#[must_use]
pub fn sentences(text: &SourceText, segments: &[Segment]) -> Vec<Range<usize>> {
    segments.iter().flat_map(|segment| within(text, &segment.range)).collect()
}

/// The sentences of one paragraph.
fn within(text: &SourceText, paragraph: &Range<usize>) -> Vec<Range<usize>> {
    let mut found: Vec<Range<usize>> = Vec::new();
    let mut at = paragraph.start;
    let mut goes_on = false;
    for piece in text.slice(paragraph).split_sentence_bounds() {
        let end = at + piece.chars().count();
        match found.last_mut().filter(|_| goes_on) {
            Some(last) => last.end = end,
            None => found.push(at..end),
        }
        goes_on = ends_with_abbreviation(piece);
        at = end;
    }
    let trimmed = found.into_iter().map(|range| trimmed(text, &range));
    trimmed.filter(|range| !range.is_empty()).collect()
}

/// True if the last word is an abbreviation or a single capital letter, followed by a full stop.
fn ends_with_abbreviation(piece: &str) -> bool {
    let Some(body) = piece.trim_end().strip_suffix('.') else { return false };
    let word = body.rsplit(|letter: char| letter.is_whitespace()).next().unwrap_or_default();
    let word = word.trim_start_matches(|letter: char| !letter.is_alphanumeric());
    let mut letters = word.rsplit('.').next().unwrap_or_default().chars();
    let is_initial = letters.next().is_some_and(char::is_uppercase) && letters.next().is_none();
    is_initial || ABBREVIATIONS.contains(&word.to_lowercase().as_str())
}

/// The phrases of a sentence: the parts between commas, semicolons, colons, dashes and brackets.
#[must_use]
pub fn phrases(text: &SourceText, sentence: &Range<usize>) -> Vec<Range<usize>> {
    let letters: Vec<char> = text.slice(sentence).chars().collect();
    let mut found = Vec::new();
    let mut start = sentence.start;
    for (number, letter) in letters.iter().enumerate() {
        let at = sentence.start + number;
        let is_between_digits = number > 0
            && letters.get(number - 1).is_some_and(char::is_ascii_digit)
            && letters.get(number + 1).is_some_and(char::is_ascii_digit);
        if is_break(*letter) && !is_between_digits {
            found.push(trimmed(text, &(start..at)));
            start = at + 1;
        }
    }
    found.push(trimmed(text, &(start..sentence.end)));
    found.retain(|range| !range.is_empty());
    found
}

/// True for the marks that separate phrases.
fn is_break(letter: char) -> bool {
    matches!(
        letter,
        ',' | ';' | ':' | '–' | '—' | '(' | ')' | '،' | '؛' | '，' | '、' | '；' | '：'
    )
}

/// A range without the white space at both ends.
#[must_use]
pub fn trimmed(text: &SourceText, range: &Range<usize>) -> Range<usize> {
    let words = text.slice(range);
    let lead = words.chars().take_while(|letter| letter.is_whitespace()).count();
    let tail = words.chars().rev().take_while(|letter| letter.is_whitespace()).count();
    let end = range.end.saturating_sub(tail);
    (range.start + lead).min(end)..end
}

/// The words of a range: runs of letters and digits, with apostrophes and hyphens inside.
#[must_use]
pub fn words(text: &SourceText, range: &Range<usize>) -> Vec<Range<usize>> {
    let start = text.byte(range.start);
    let words = text.slice(range).unicode_word_indices();
    words.map(|(at, word)| text.scalars(&(start + at..start + at + word.len()))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::evidence::segments;

    fn read(text: &SourceText, ranges: &[Range<usize>]) -> Vec<String> {
        ranges.iter().map(|range| text.slice(range).to_owned()).collect()
    }

    #[test]
    fn sentences_end_at_full_stops_but_not_after_titles_and_initials() {
        let text = SourceText::new(
            "Gen. Asim Munir met J. B. Smith. “Go!” he said. It cost 3.5 dollars.\nNext one"
                .to_owned(),
        );
        let found = sentences(&text, &segments(&text, &[]));
        assert_eq!(
            read(&text, &found),
            [
                "Gen. Asim Munir met J. B. Smith.",
                "“Go!”",
                "he said.",
                "It cost 3.5 dollars.",
                "Next one"
            ]
            .into_iter()
            .map(str::to_owned)
            .collect::<Vec<_>>()
            .iter()
            .map(String::as_str)
            .collect::<Vec<_>>()
        );
    }

    #[test]
    fn phrases_are_the_parts_between_commas_and_brackets() {
        let text = SourceText::new("Arland, its ally (1,200 men), left; no one stayed.".to_owned());
        let all = 0..text.length();
        assert_eq!(
            read(&text, &phrases(&text, &all)),
            ["Arland", "its ally", "1,200 men", "left", "no one stayed."]
        );
    }

    #[test]
    fn words_keep_apostrophes_and_ranges_count_letters() {
        let text = SourceText::new("Élan’s 3 ships sank".to_owned());
        let all = 0..text.length();
        assert_eq!(read(&text, &words(&text, &all)), ["Élan’s", "3", "ships", "sank"]);
    }
}
