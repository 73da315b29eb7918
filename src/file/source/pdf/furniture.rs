//! Finds what is not part of the text of a PDF: running heads and footers, and page numbers.

use std::collections::{BTreeMap, BTreeSet};

use super::lines::Line;

/// How many lines at the top and at the bottom of a page can be running heads.
const EDGE_LINES: usize = 3;
/// Running heads stand apart by more than the usual gap between lines times this.
const APART: f64 = 1.4;
/// How far apart, in points, running heads of two pages may stand.
const SAME_HEIGHT: f64 = 6.0;

/// Leaves out page numbers and the lines that recur on other pages. The first of the lines that
/// recur is kept, but does not interrupt the text. Returns whether anything was left out.
pub(super) fn leave_out(pages: &mut [Vec<Line>]) -> bool {
    let found = found(pages);
    let mut known = BTreeSet::new();
    for (page, found) in pages.iter_mut().zip(&found) {
        let lines = std::mem::take(page);
        for (at, mut line) in lines.into_iter().enumerate() {
            if found.contains(&at) {
                if is_page_number(&line.text) || !known.insert(pattern(&line.text)) {
                    continue;
                }
                line.is_aside = true;
            }
            page.push(line);
        }
    }
    found.iter().any(|lines| !lines.is_empty())
}

/// The lines of each page that recur on others or are page numbers, by their indices.
fn found(pages: &[Vec<Line>]) -> Vec<BTreeSet<usize>> {
    let mut found = vec![BTreeSet::new(); pages.len()];
    if pages.len() < 2 {
        return found;
    }
    let edges: Vec<Vec<(usize, usize)>> = pages.iter().map(|page| edges(page)).collect();
    let mut seen: BTreeMap<String, Vec<(usize, usize)>> = BTreeMap::new();
    for (number, edges) in edges.iter().enumerate() {
        for (at, _) in edges {
            if let Some(line) = pages.get(number).and_then(|page| page.get(*at)) {
                seen.entry(pattern(&line.text)).or_default().push((number, *at));
            }
        }
    }
    let line = |(page, at): &(usize, usize)| pages.get(*page).and_then(|page| page.get(*at));
    for places in seen.values() {
        for place in places {
            let is_same = |other: &&(usize, usize)| {
                other.0 != place.0
                    && line(place).zip(line(other)).is_some_and(|(a, b)| is_like(a, b))
            };
            // Left and right pages often have different heads, so that a third of them is enough.
            let needed = (pages.len().min(12) / 4).max(2) - 1;
            if places.iter().filter(is_same).take(needed).count() == needed
                && let Some(found) = found.get_mut(place.0)
            {
                found.insert(place.1);
            }
        }
    }
    for ((edges, page), found) in edges.iter().zip(pages).zip(&mut found) {
        // Numbers stand at the very edge, or next to a running head.
        for (at, rank) in edges {
            let is_number = page.get(*at).is_some_and(|line| is_page_number(&line.text));
            if is_number && (*rank == 0 || !found.is_empty()) {
                found.insert(*at);
            }
        }
    }
    // Where most pages have nothing else, it is no furniture.
    let bare = found.iter().zip(pages).filter(|(found, page)| found.len() == page.len()).count();
    if bare * 2 > pages.len() {
        return vec![BTreeSet::new(); pages.len()];
    }
    found
}

/// The indices of the lines at the top and at the bottom of a page that stand apart from the text,
/// with their distance from the edge in lines.
fn edges(page: &[Line]) -> Vec<(usize, usize)> {
    let mut order: Vec<usize> = (0..page.len()).filter(|at| is_upright(page, *at)).collect();
    let height = |at: &usize| page.get(*at).map_or(0.0, |line| line.y);
    order.sort_by(|one, other| height(other).total_cmp(&height(one)));
    let gap = |pair: &[usize]| match pair {
        [above, below] => height(above) - height(below),
        _ => 0.0,
    };
    let gaps: Vec<f64> = order.windows(2).map(gap).collect();
    let mut sorted: Vec<f64> = gaps.iter().copied().filter(|gap| *gap > 1.0).collect();
    sorted.sort_by(f64::total_cmp);
    let apart = APART * sorted.get(sorted.len() / 2).copied().unwrap_or(0.0);
    let is_apart = |gap: &f64| *gap > apart;
    let top = gaps.iter().take(EDGE_LINES).rposition(is_apart).map_or(0, |at| at + 1);
    let bottom = gaps.iter().rev().take(EDGE_LINES).rposition(is_apart).map_or(0, |at| at + 1);
    if gaps.len() < 3 {
        // Too few lines to know which gaps are wide.
        return order.iter().copied().map(|at| (at, 0)).take(EDGE_LINES).collect();
    }
    let top = order.iter().enumerate().take(top);
    let bottom = order.iter().rev().enumerate().take(bottom);
    let mut edges: Vec<(usize, usize)> = top.chain(bottom).map(|(rank, at)| (*at, rank)).collect();
    edges.sort_unstable();
    edges.dedup_by_key(|(at, _)| *at);
    edges
}

fn is_upright(page: &[Line], at: usize) -> bool {
    page.get(at).is_some_and(|line| line.turn == 0)
}

/// The text without what changes from page to page: numbers.
fn pattern(text: &str) -> String {
    let mut pattern = String::with_capacity(text.len());
    for letter in text.chars() {
        let letter = if letter.is_numeric() { '#' } else { letter };
        if letter != '#' || !pattern.ends_with('#') {
            pattern.extend(letter.to_lowercase());
        }
    }
    pattern
}

/// True if two lines of different pages stand at the same height in letters of the same size.
fn is_like(one: &Line, other: &Line) -> bool {
    (one.y - other.y).abs() < SAME_HEIGHT && (one.size - other.size).abs() < 0.1 * one.size
}

/// True for `12`, `- 12 -`, `Page 3 of 10`, `3/10` and `xiv`.
fn is_page_number(text: &str) -> bool {
    let words: Vec<String> = text
        .split(|letter: char| !letter.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
        .collect();
    let is_number = |word: &String| word.len() < 5 && word.chars().all(char::is_numeric);
    let is_roman = |word: &String| word.len() < 7 && word.chars().all(|one| "ivxl".contains(one));
    let is_beside = |word: &String| {
        matches!(
            word.as_str(),
            "page"
                | "p"
                | "pp"
                | "of"
                | "seite"
                | "von"
                | "página"
                | "de"
                | "страница"
                | "из"
                | "صفحة"
                | "من"
                | "עמוד"
        )
    };
    let numbers = words.iter().filter(|word| is_number(word)).count();
    match words.as_slice() {
        [only] => is_number(only) || is_roman(only),
        [] => false,
        several => {
            (1..=2).contains(&numbers)
                && several.len() <= 4
                && several.iter().all(|word| is_number(word) || is_beside(word))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page(lines: &[(&str, f64)]) -> Vec<Line> {
        let line = |(text, y): &(&str, f64)| Line {
            text: (*text).to_owned(),
            left: 50.0,
            right: 300.0,
            y: *y,
            size: 10.0,
            turn: 0,
            is_right_to_left: false,
            is_aside: false,
        };
        lines.iter().map(line).collect()
    }

    #[test]
    fn heads_and_page_numbers_are_found_and_sentences_are_not() {
        let pages = [
            page(&[("DAILY PAPER 24 March", 700.0), ("One", 650.0), ("two", 640.0), ("12", 90.0)]),
            page(&[("Three", 650.0), ("DAILY PAPER 25 March", 700.0), ("four", 640.0)]),
            page(&[("Five", 655.0), ("14 dead", 640.0), ("six", 630.0), ("- 14 -", 90.0)]),
        ];
        let found = found(&pages);
        assert_eq!(found, [BTreeSet::from([0, 3]), BTreeSet::from([1]), BTreeSet::from([3])]);
        for text in ["12", "- 12 -", "Page 3 of 10", "3/10", "xiv"] {
            assert!(is_page_number(text), "{text}");
        }
        for text in ["12 dead", "In 2024 of", "", "mix of 3 a b c"] {
            assert!(!is_page_number(text), "{text}");
        }
    }
}
