//! Moves the ends of an approximate match to the borders of words.

use std::ops::Range;

/// The range with its ends at borders of words, where the edit distance to `pattern` stays within
/// one more for each end that is moved. `distance` is that of `range`. The result stays within
/// `free`.
pub(super) fn at_word_ends(
    pattern: &[char],
    text: &[char],
    range: &Range<usize>,
    distance: usize,
    free: &Range<usize>,
) -> Range<usize> {
    if is_border(text, range.start) && is_border(text, range.end) {
        return range.clone();
    }
    let mut best: Option<(usize, usize, Range<usize>)> = None;
    for start in borders(text, range.start, free) {
        for end in borders(text, range.end, free) {
            if start >= end {
                continue;
            }
            let moved = usize::from(start != range.start) + usize::from(end != range.end);
            let inside = usize::from(!is_border(text, start)) + usize::from(!is_border(text, end));
            let slice = text.get(start..end).unwrap_or_default();
            let Some(cost) = within(pattern, slice, distance + moved) else { continue };
            let is_better =
                best.as_ref().is_none_or(|(other, least, _)| (inside, cost) < (*other, *least));
            if is_better {
                best = Some((inside, cost, start..end));
            }
        }
    }
    best.map_or_else(|| range.clone(), |(.., range)| range)
}

/// The place itself, and the borders of the word that it cuts.
fn borders(text: &[char], at: usize, free: &Range<usize>) -> Vec<usize> {
    let mut places = vec![at];
    if !is_border(text, at) {
        places.extend((at..=free.end).find(|place| is_border(text, *place)));
        places.extend((free.start..at).rev().find(|place| is_border(text, *place)));
    }
    places
}

/// True if no word goes on over this place.
fn is_border(text: &[char], at: usize) -> bool {
    let before = at.checked_sub(1).and_then(|before| text.get(before));
    match (before, text.get(at)) {
        (Some(before), Some(after)) => !(is_word(*before) && is_word(*after)),
        _ => true,
    }
}

/// True for letters and digits of scripts that separate words. Chinese and Japanese do not, so that
/// a word can end anywhere.
fn is_word(letter: char) -> bool {
    let is_unspaced = matches!(letter, '\u{3040}'..='\u{30FF}' | '\u{3400}'..='\u{9FFF}')
        || matches!(letter, '\u{F900}'..='\u{FAFF}' | '\u{20000}'..='\u{3FFFF}');
    (letter.is_alphanumeric() || unicode_normalization::char::is_combining_mark(letter))
        && !is_unspaced
}

/// The edit distance of two texts, if it is at most `limit`. Only the cells near the diagonal of
/// the matrix are computed (Ukkonen 1985).
fn within(pattern: &[char], text: &[char], limit: usize) -> Option<usize> {
    if pattern.len().abs_diff(text.len()) > limit {
        return None;
    }
    let far = limit + 1;
    let mut row: Vec<usize> = (0..=text.len()).map(|at| at.min(far)).collect();
    for (number, letter) in pattern.iter().enumerate() {
        let first = (number + 1).saturating_sub(limit);
        let last = (number + 1 + limit).min(text.len());
        let mut next = vec![far; row.len()];
        for at in first..=last {
            let above = row.get(at).map_or(far, |cost| cost + 1);
            let (left, diagonal) = match at.checked_sub(1) {
                Some(before) => {
                    let differs = usize::from(text.get(before) != Some(letter));
                    (
                        next.get(before).map_or(far, |cost| cost + 1),
                        row.get(before).map_or(far, |cost| cost + differs),
                    )
                }
                None => (far, far),
            };
            if let Some(cell) = next.get_mut(at) {
                *cell = above.min(left).min(diagonal).min(far);
            }
        }
        row = next;
    }
    row.last().copied().filter(|cost| *cost <= limit)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_distance_is_limited() {
        let scalars = |text: &str| text.chars().collect::<Vec<_>>();
        let distance =
            |one: &str, other: &str, limit| within(&scalars(one), &scalars(other), limit);
        assert_eq!(distance("haystak", "haystack", 2), Some(1));
        assert_eq!(distance("kitten", "sitting", 3), Some(3));
        assert_eq!(distance("kitten", "sitting", 2), None);
        assert_eq!(distance("", "", 0), Some(0));
    }
}
