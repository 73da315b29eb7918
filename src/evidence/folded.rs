//! Normalised text, without the differences that retyping, typesetting and conversion introduce.

use std::ops::Range;

use unicode_normalization::char::decompose_compatible;

/// A folded text and the origin of each of its scalar values.
#[derive(Clone, Debug, Default)]
pub struct Folded {
    pub scalars: Vec<char>,
    /// For each scalar value, its position in the original text.
    origins: Vec<u32>,
}

impl Folded {
    /// Folds case, kinds of quotes and dashes, runs of white space, ligatures and other
    /// compatibility forms. Removes soft hyphens and invisible characters.
    #[must_use]
    pub fn new(text: &str) -> Self {
        let mut folded = Self::default();
        let mut is_after_space = true;
        for (at, scalar) in text.chars().enumerate() {
            let origin = u32::try_from(at).unwrap_or(u32::MAX);
            if scalar.is_whitespace() {
                if !is_after_space {
                    folded.push(' ', origin);
                }
                is_after_space = true;
                continue;
            }
            let before = folded.scalars.len();
            fold(scalar, &mut |scalar| folded.push(scalar, origin));
            is_after_space &= folded.scalars.len() == before;
        }
        while folded.scalars.last() == Some(&' ') {
            folded.scalars.pop();
            folded.origins.pop();
        }
        folded
    }

    fn push(&mut self, scalar: char, origin: u32) {
        self.scalars.push(scalar);
        self.origins.push(origin);
    }

    /// The range of the original text that a range of the folded text came from.
    #[must_use]
    pub fn origin(&self, range: &Range<usize>) -> Range<usize> {
        let at = |place: usize| self.origins.get(place).map_or(0, |origin| *origin as usize);
        if range.is_empty() {
            return 0..0;
        }
        at(range.start)..at(range.end - 1) + 1
    }
}

fn fold(scalar: char, push: &mut impl FnMut(char)) {
    match scalar {
        '‘' | '’' | '‚' | '‛' | '′' | '`' | '´' | 'ʼ' | '‹' | '›' => push('\''),
        '“' | '”' | '„' | '‟' | '″' | '«' | '»' => push('"'),
        '‐' | '‑' | '‒' | '–' | '—' | '―' | '−' => push('-'),
        // Soft hyphen, joiners, direction marks, byte order mark.
        '\u{ad}'
        | '\u{200b}'..='\u{200f}'
        | '\u{202a}'..='\u{202e}'
        | '\u{2060}'..='\u{2064}'
        | '\u{2066}'..='\u{2069}'
        | '\u{feff}' => {}
        ascii if ascii.is_ascii() => push(ascii.to_ascii_lowercase()),
        other => decompose_compatible(other, |part| part.to_lowercase().for_each(&mut *push)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folded(text: &str) -> String {
        Folded::new(text).scalars.into_iter().collect()
    }

    #[test]
    fn what_readers_do_not_hear_is_folded_away() {
        assert_eq!(
            folded("“Pakistan’s  opera\u{ad}tion”\n—ﬁnal"),
            "\"pakistan's operation\" -final"
        );
        assert_eq!(folded("Cafe\u{301}"), folded("CAFÉ"));
        assert_eq!(folded("  a \u{200b} b  "), "a b");
    }

    #[test]
    fn a_folded_range_leads_back_to_its_words() {
        let text = "Say “ﬁne\u{ad}ly” — now";
        let folded = Folded::new(text);
        let words: String = folded.scalars.iter().collect();
        let byte = words.find("finely").expect("folded");
        let origin = folded.origin(&(byte..byte + 6));
        assert_eq!(
            text.chars().skip(origin.start).take(origin.len()).collect::<String>(),
            "ﬁne\u{ad}ly"
        );
    }
}
