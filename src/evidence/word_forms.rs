//! Forms of one English word.

/// Endings by which two forms of one English word differ.
const ENDINGS: &[&str] =
    &["", "s", "es", "ed", "d", "ing", "er", "ers", "y", "ies", "ied", "e", "i", "’s", "'s", "ist"];

/// Letters that two forms of one word have in common at least.
pub(super) const SHORTEST_STEM: usize = 3;

/// True if two words in lower case are forms of one word: `allies` and `allied`.
pub(super) fn is_same_word(one: &str, other: &str) -> bool {
    if one == other {
        return true;
    }
    let stem: usize =
        one.chars().zip(other.chars()).take_while(|(a, b)| a == b).map(|(a, _)| a.len_utf8()).sum();
    let ends = |word: &str| word.get(stem..).is_some_and(|end| ENDINGS.contains(&end));
    let letters = one.get(..stem).map_or(0, |stem| stem.chars().count());
    letters >= SHORTEST_STEM && ends(one) && ends(other)
}
