//! Joins marks above and below letters, which are glyphs of their own, to their letters.

use unicode_normalization::char::is_combining_mark;

use super::unit::Unit;

/// Distances below this share of the font size count as none.
const NEAR: f64 = 0.02;

/// True if a text consists of marks.
pub(super) fn is_mark(text: &str) -> bool {
    !text.is_empty() && text.chars().all(is_combining_mark)
}

/// The glyphs of a line with their marks: each mark follows the letter that it stands at.
pub(super) fn with_marks(mut units: Vec<Unit>, marks: Vec<Unit>) -> Vec<Unit> {
    let mut before: Vec<(usize, String)> = Vec::new();
    for mark in marks {
        let Some(at) = nearest(&units, &mark) else { continue };
        let Some(unit) = units.get_mut(at) else { continue };
        if mark.number > unit.number {
            unit.text.push_str(&mark.text);
        } else {
            before.push((at, mark.text));
        }
    }
    // Text from right to left is shown from its end: marks come before their letter, and the last
    // of them first.
    for (at, mark) in before.into_iter().rev() {
        if let Some(unit) = units.get_mut(at) {
            unit.text.push_str(&mark);
        }
    }
    units
}

/// The index of the letter that a mark stands at: the nearest one, and of several the one that is
/// shown just before or after it.
fn nearest(units: &[Unit], mark: &Unit) -> Option<usize> {
    let middle = f64::midpoint(mark.left, mark.right);
    let distance = |unit: &Unit| {
        let apart = (unit.left - middle).max(middle - unit.right).max(0.0);
        (apart / unit.size.max(1e-9)).max(NEAR)
    };
    let order = |one: &(usize, &Unit), other: &(usize, &Unit)| {
        let shown = |unit: &Unit| unit.number.abs_diff(mark.number);
        distance(one.1)
            .total_cmp(&distance(other.1))
            .then_with(|| shown(one.1).cmp(&shown(other.1)))
    };
    units.iter().enumerate().min_by(order).map(|(at, _)| at)
}
