//! A passage marked with the mouse is extended to whole words.

use std::ops::Range;

use crate::evidence::SourceText;

/// Trims white space at both ends of a range, and extends the range to whole words.
pub(super) fn snapped_to_words(text: &SourceText, range: &Range<usize>) -> Range<usize> {
    let mut start = range.start;
    let mut end = range.end.min(text.length());
    while start < end && is_space(text, start) {
        start += 1;
    }
    while start < end && is_space(text, end - 1) {
        end -= 1;
    }
    while start < end && start > 0 && is_word(text, start) && is_word(text, start - 1) {
        start -= 1;
    }
    while start < end && end < text.length() && is_word(text, end - 1) && is_word(text, end) {
        end += 1;
    }
    start..end
}

/// True if a character is white space, or if the text has no character there.
fn is_space(text: &SourceText, at: usize) -> bool {
    letter_at(text, at).is_none_or(char::is_whitespace)
}

/// True if a character is a letter or a digit.
fn is_word(text: &SourceText, at: usize) -> bool {
    letter_at(text, at).is_some_and(char::is_alphanumeric)
}

/// The character at an index; `None` after the end of the text.
fn letter_at(text: &SourceText, at: usize) -> Option<char> {
    text.slice(&(at..at + 1)).chars().next()
}

/// True if two ranges have a character in common.
pub(super) fn overlaps(a: &Range<usize>, b: &Range<usize>) -> bool {
    a.start < b.end && b.start < a.end
}
