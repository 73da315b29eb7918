//! Approximate search: finds the places with the smallest edit distance in one pass.
//!
//! Myers, “A fast bit-vector algorithm for approximate string matching based on dynamic
//! programming” (1999), with the blocks of its section 4 for patterns longer than a machine word.

use std::collections::HashMap;
use std::ops::Range;

use super::word_ends::at_word_ends;

/// A match: its range in the text and the smallest edit distance (insertions, deletions and
/// substitutions) that a part of the range has. The ends of the range may have been moved to the
/// borders of words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Near {
    pub range: Range<usize>,
    pub distance: usize,
}

/// Bits in a machine word.
const WORD: usize = 64;

/// 64 rows of the current column of the matrix, as differences between adjacent rows.
#[derive(Clone, Copy)]
struct Block {
    /// Rows whose value is 1 greater than in the row above.
    up: u64,
    /// Rows whose value is 1 less than in the row above.
    down: u64,
}

/// The places in `text` with the smallest edit distance to `pattern`, in order and without
/// overlaps. Empty if that distance is greater than `limit`.
#[must_use]
pub fn nearest(pattern: &[char], text: &[char], limit: usize) -> Vec<Near> {
    if pattern.is_empty() || limit >= pattern.len() {
        return Vec::new();
    }
    let ends = ends(pattern, text, limit);
    let Some(least) = ends.iter().map(|(_, distance)| *distance).min() else { return Vec::new() };
    let mut found: Vec<Near> = Vec::new();
    for end in ends.into_iter().filter(|(_, distance)| *distance == least).map(|(end, _)| end) {
        let range = start(pattern, text, end, least)..end;
        match found.last_mut() {
            // An overlapping match: keep the one whose length is closer to that of the pattern.
            Some(before) if range.start < before.range.end => {
                if range.len().abs_diff(pattern.len()) < before.range.len().abs_diff(pattern.len())
                {
                    before.range = range;
                }
            }
            _ => found.push(Near { range, distance: least }),
        }
    }
    to_word_ends(pattern, text, &mut found);
    found
}

/// Moves the ends of matches to the borders of words where that costs little. Matches stay apart.
fn to_word_ends(pattern: &[char], text: &[char], found: &mut [Near]) {
    let mut free_from = 0;
    for at in 0..found.len() {
        let free_to = found.get(at + 1).map_or(text.len(), |next| next.range.start);
        if let Some(near) = found.get_mut(at) {
            let free = free_from..free_to;
            near.range = at_word_ends(pattern, text, &near.range, near.distance, &free);
            free_from = near.range.end;
        }
    }
}

/// The end and the distance of each match within `limit`. A match with a greater distance than an
/// earlier one is left out.
fn ends(pattern: &[char], text: &[char], limit: usize) -> Vec<(usize, usize)> {
    let blocks = pattern.len().div_ceil(WORD);
    let masks = Masks::new(pattern, blocks);
    let last_bit = 1_u64 << ((pattern.len() - 1) % WORD);
    let mut columns = vec![Block { up: u64::MAX, down: 0 }; blocks];
    let mut score = pattern.len();
    let mut best = limit;
    let mut ends = Vec::new();
    for (at, scalar) in text.iter().enumerate() {
        let mask = masks.of(*scalar);
        // The row above the first is all zeros, because a match may begin anywhere.
        let mut carry = 0_i8;
        for (block, (column, mask)) in columns.iter_mut().zip(mask).enumerate() {
            let bit = if block + 1 == blocks { last_bit } else { 1 << (WORD - 1) };
            carry = column.step(*mask, carry, bit);
        }
        score = score.saturating_add_signed(isize::from(carry));
        if score <= best {
            best = score;
            ends.push((at + 1, score));
        }
    }
    ends
}

/// For each scalar value, the rows where the pattern has it, as one bit mask per block.
struct Masks {
    ascii: Vec<Vec<u64>>,
    others: HashMap<char, Vec<u64>>,
    none: Vec<u64>,
}

impl Masks {
    fn new(pattern: &[char], blocks: usize) -> Self {
        let none = vec![0; blocks];
        let mut masks = Self { ascii: vec![none.clone(); 128], others: HashMap::new(), none };
        for (at, scalar) in pattern.iter().enumerate() {
            let mask = match masks.ascii.get_mut(*scalar as usize) {
                Some(mask) => mask,
                None => masks.others.entry(*scalar).or_insert_with(|| masks.none.clone()),
            };
            if let Some(word) = mask.get_mut(at / WORD) {
                *word |= 1 << (at % WORD);
            }
        }
        masks
    }

    fn of(&self, scalar: char) -> &[u64] {
        let ascii = self.ascii.get(scalar as usize);
        ascii.or_else(|| self.others.get(&scalar)).unwrap_or(&self.none)
    }
}

impl Block {
    /// Advances by one column. `carry` is the difference between the columns in the row above the
    /// block; the result is the difference in the row of `bit`.
    fn step(&mut self, mask: u64, carry: i8, bit: u64) -> i8 {
        let Self { up, down } = *self;
        let vertical = mask | down;
        let mask = if carry < 0 { mask | 1 } else { mask };
        let horizontal = ((mask & up).wrapping_add(up) ^ up) | mask;
        let mut plus = down | !(horizontal | up);
        let mut minus = up & horizontal;
        let out = i8::from(plus & bit != 0) - i8::from(minus & bit != 0);
        plus = (plus << 1) | u64::from(carry > 0);
        minus = (minus << 1) | u64::from(carry < 0);
        self.up = minus | !(vertical | plus);
        self.down = plus & vertical;
        out
    }
}

/// The start of the match that ends at `end`. Computes the matrix backwards from there, which is
/// cheap because a match within `distance` is short.
fn start(pattern: &[char], text: &[char], end: usize, distance: usize) -> usize {
    let reach = (pattern.len() + distance).min(end);
    let mut row: Vec<usize> = (0..=pattern.len()).collect();
    // The longest of the best matches, so that a replaced character at the edge is included.
    let mut best = (usize::MAX, 0);
    for length in 1..=reach {
        let scalar = text.get(end - length);
        let mut diagonal = row.first().copied().unwrap_or(0);
        if let Some(first) = row.first_mut() {
            *first = length;
        }
        for at in 1..row.len() {
            let above = row[at];
            let cost = usize::from(pattern.get(pattern.len() - at) != scalar);
            row[at] = (diagonal + cost).min(above + 1).min(row[at - 1] + 1);
            diagonal = above;
        }
        let score = row.last().copied().unwrap_or(usize::MAX);
        if score < best.0 || (score == best.0 && length <= pattern.len()) {
            best = (score, length);
        }
    }
    end - best.1
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn scalars(text: &str) -> Vec<char> {
        text.chars().collect()
    }

    fn near(pattern: &str, text: &str, limit: usize) -> Vec<(String, usize)> {
        let text = scalars(text);
        let found = nearest(&scalars(pattern), &text, limit);
        found.into_iter().map(|near| (text[near.range].iter().collect(), near.distance)).collect()
    }

    /// The smallest distance from the full matrix (Sellers 1980), as a reference.
    fn least(pattern: &[char], text: &[char]) -> usize {
        let mut row: Vec<usize> = (0..=pattern.len()).collect();
        let mut best = pattern.len();
        for scalar in text {
            let mut diagonal = row[0];
            for at in 1..row.len() {
                let above = row[at];
                row[at] = (diagonal + usize::from(pattern[at - 1] != *scalar))
                    .min(above + 1)
                    .min(row[at - 1] + 1);
                diagonal = above;
            }
            best = best.min(row[pattern.len()]);
        }
        best
    }

    #[test]
    fn a_replaced_word_is_found_as_a_whole() {
        let text = "it said that a wing of the banned TTP had claimed responsibility";
        assert_eq!(
            near("a wing of the outlawed TTP had claimed", text, 10),
            [("a wing of the banned TTP had claimed".to_owned(), 6)]
        );
    }

    #[test]
    fn a_match_ends_at_the_borders_of_words() {
        let text = "he said that the needle in the haystack was found";
        for excerpt in ["needle in the haystak", "nedle in the haystack", "eedle in teh haystack"] {
            let found = near(excerpt, text, 6);
            assert_eq!(found.len(), 1);
            assert_eq!(found[0].0, "needle in the haystack", "{excerpt}");
        }
        // Two letters more are another word.
        assert_eq!(near("in the hayst", "put in the haystack", 4)[0].0, "in the hayst");
        assert_eq!(near("交渉が終わった", "外相は交渉が終了したと", 4)[0].0, "交渉が終了した");
    }

    #[test]
    fn two_equally_good_places_are_both_told() {
        let found = near("the border region", "the border regiom, and then the border regiot", 3);
        assert_eq!(found.iter().map(|(_, distance)| *distance).collect::<Vec<_>>(), [1, 1]);
    }

    #[test]
    fn what_is_too_far_is_not_found() {
        assert!(near("responsibility", "an entirely different sentence", 3).is_empty());
        assert!(near("", "text", 3).is_empty());
        assert!(near("ab", "text", 2).is_empty());
    }

    proptest! {
        #[test]
        fn the_distance_is_that_of_the_whole_matrix(
            pattern in "[abc]{1,150}", text in "[abcd]{0,200}",
        ) {
            let pattern = scalars(&pattern);
            let text = scalars(&text);
            let limit = pattern.len() - 1;
            let found = nearest(&pattern, &text, limit);
            let least = least(&pattern, &text);
            if least <= limit {
                prop_assert!(!found.is_empty());
                for near in found {
                    prop_assert_eq!(near.distance, least);
                    prop_assert!(near.range.end <= text.len());
                    prop_assert_eq!(super::tests::least(&pattern, &text[near.range]), least);
                }
            } else {
                prop_assert!(found.is_empty());
            }
        }
    }
}
