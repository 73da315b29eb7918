//! Finds words in a text, whatever their case, kinds of quotes and dashes, and white space.

use std::ops::Range;

use memchr::memmem::Finder;

use super::SourceText;
use super::folded::Folded;

/// The places at which a text has these words in a row, in order, at most `most` of them. Ranges
/// count Unicode scalar values.
#[must_use]
pub fn places(text: &SourceText, words: &str, most: usize) -> Vec<Range<usize>> {
    let needle: String = Folded::new(words.trim()).scalars.into_iter().collect();
    if needle.is_empty() {
        return Vec::new();
    }
    let folded = Folded::new(text.as_str());
    let haystack = SourceText::new(folded.scalars.iter().collect());
    let finder = Finder::new(&needle);
    let found = finder.find_iter(haystack.as_str().as_bytes()).take(most);
    let place = |start| folded.origin(&haystack.scalars(&(start..start + needle.len())));
    found.map(place).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_found_whatever_their_case_and_spacing() {
        let text = SourceText::new("“The Élite  Guard” — the élite\nguard’s men".to_owned());
        let found = places(&text, " élite guard ", 9);
        let words: Vec<&str> = found.iter().map(|place| text.slice(place)).collect();
        assert_eq!(words, ["Élite  Guard", "élite\nguard"]);
        assert_eq!(places(&text, "the", 1).len(), 1);
        assert!(places(&text, " ", 9).is_empty() && places(&text, "navy", 9).is_empty());
    }
}
