//! Joins the lines of a PDF into paragraphs, also over columns and pages, and words that were
//! hyphenated at the end of a line.

use super::lines::Line;

/// A gap between lines that is wider than the usual one by this factor separates paragraphs.
const WIDE_GAP: f64 = 1.3;
/// Distances between baselines, in font sizes, that never and always separate paragraphs.
const NEVER: f64 = 1.5;
const ALWAYS: f64 = 3.2;
/// Lines whose sizes differ by this factor belong to different paragraphs.
const OTHER_SIZE: f64 = 1.15;
/// Letters of notes are smaller than those of the text by this factor.
const SMALLER: f64 = 0.95;
/// Shorter lines, as a share of the width of their paragraph, end it.
const SHORT: f64 = 0.85;

/// A paragraph that grows.
struct Open {
    text: String,
    left: f64,
    right: f64,
    lines: usize,
    last: Line,
    page: usize,
}

/// A paragraph that is interrupted by notes at the end of its column.
struct Interrupted {
    open: Open,
    notes: Vec<String>,
}

/// The paragraphs of all pages, one per line.
pub(super) fn paragraphs(pages: &[Vec<Line>]) -> String {
    let mut text = Text::default();
    for (number, page) in pages.iter().enumerate() {
        let gap = (usual_gap(page) * WIDE_GAP).clamp(NEVER, ALWAYS);
        text.usual_size = usual_size(page);
        for line in page {
            text.add(line, number, gap);
        }
    }
    text.finish()
}

/// The text that grows.
#[derive(Default)]
struct Text {
    done: Vec<String>,
    open: Option<Open>,
    interrupted: Option<Interrupted>,
    /// Notes that follow the open paragraph, which they interrupted.
    notes: Vec<String>,
    /// The size of most letters of the page.
    usual_size: f64,
}

impl Text {
    fn add(&mut self, line: &Line, page: usize, gap: f64) {
        if line.is_aside {
            // It comes before the paragraph that it interrupts.
            self.done.push(line.text.clone());
            return;
        }
        if let Some(open) = self.open.as_mut().filter(|open| open.goes_on(line, page, gap)) {
            open.add(line, page);
            return;
        }
        if self.resume(line, page) {
            return;
        }
        let next = Open::new(line, page);
        match self.open.replace(next) {
            // Text after a title is no note.
            Some(open)
                if self.interrupted.is_none()
                    && open.last.size < OTHER_SIZE * self.usual_size
                    && open.is_interrupted_by(line, page) =>
            {
                let notes = std::mem::take(&mut self.notes);
                self.interrupted = Some(Interrupted { open, notes });
            }
            Some(open) => self.close(open),
            None => {}
        }
    }

    /// Continues the interrupted paragraph, if the line belongs to it.
    fn resume(&mut self, line: &Line, page: usize) -> bool {
        let Some(Interrupted { mut open, mut notes }) = self.interrupted.take() else {
            return false;
        };
        let is_note = line.size < SMALLER * open.last.size;
        let is_elsewhere = page != open.page || line.y > open.last.y;
        if is_note && page <= open.page + 1 {
            self.interrupted = Some(Interrupted { open, notes });
            return false;
        }
        notes.extend(self.open.take().map(|note| note.text));
        if is_elsewhere && is_same_size(&open.last, line) && open.goes_on_elsewhere(line) {
            open.add(line, page);
            self.open = Some(open);
            self.notes = notes;
            return true;
        }
        self.done.push(open.text);
        self.done.append(&mut notes);
        false
    }

    /// Ends a paragraph.
    fn close(&mut self, open: Open) {
        if let Some(interrupted) = &mut self.interrupted {
            interrupted.notes.push(open.text);
            return;
        }
        self.done.push(open.text);
        self.done.append(&mut self.notes);
    }

    fn finish(mut self) -> String {
        if let Some(Interrupted { open, mut notes }) = self.interrupted.take() {
            self.done.push(open.text);
            self.done.append(&mut notes);
        }
        if let Some(open) = self.open.take() {
            self.close(open);
        }
        self.done.join("\n")
    }
}

/// The size of most letters of a page.
fn usual_size(page: &[Line]) -> f64 {
    let mut sizes: Vec<(f64, usize)> =
        page.iter().map(|line| (line.size, line.text.len())).collect();
    sizes.sort_by(|one, other| one.0.total_cmp(&other.0));
    let half = sizes.iter().map(|(_, length)| length).sum::<usize>() / 2;
    let mut passed = 0;
    let middle = sizes.iter().find(|(_, length)| {
        passed += length;
        passed > half
    });
    middle.map_or(0.0, |(size, _)| *size)
}

/// The usual distance of baselines within paragraphs, in font sizes: a quarter of the distances are
/// smaller.
fn usual_gap(page: &[Line]) -> f64 {
    let gap = |pair: &[Line]| match pair {
        [one, other] if one.turn == other.turn && is_same_size(one, other) => {
            Some((one.y - other.y) / one.size.max(1e-9)).filter(|gap| (0.5..ALWAYS).contains(gap))
        }
        _ => None,
    };
    let mut gaps: Vec<f64> = page.windows(2).filter_map(gap).collect();
    gaps.sort_by(f64::total_cmp);
    let usual = gaps.get(gaps.len().saturating_sub(1) / 4).copied().unwrap_or(NEVER);
    // Either the lines are widely spaced, or each line is a paragraph.
    let ends = page.iter().filter(|line| ends_sentence(&line.text)).count();
    if usual > NEVER && ends * 2 > page.len() { NEVER / WIDE_GAP } else { usual }
}

fn is_same_size(one: &Line, other: &Line) -> bool {
    one.size < OTHER_SIZE * other.size && other.size < OTHER_SIZE * one.size
}

impl Open {
    fn new(line: &Line, page: usize) -> Self {
        let (left, right) = (line.left, line.right);
        Self { text: line.text.clone(), left, right, lines: 1, last: line.clone(), page }
    }

    fn add(&mut self, line: &Line, page: usize) {
        if self.page == page && line.y < self.last.y {
            self.left = self.left.min(line.left);
            self.right = self.right.max(line.right);
        } else {
            // The text goes on in another column.
            (self.left, self.right) = (line.left, line.right);
        }
        join(&mut self.text, &line.text);
        self.lines += 1;
        self.last = line.clone();
        self.page = page;
    }

    /// True if `line` continues the paragraph. `gap` is the distance of baselines that separates
    /// paragraphs.
    fn goes_on(&self, line: &Line, page: usize, gap: f64) -> bool {
        let last = &self.last;
        if last.turn != line.turn || !is_same_size(last, line) {
            return false;
        }
        let down = (last.y - line.y) / last.size.max(1e-9);
        if page != self.page || down < -0.5 {
            return self.goes_on_elsewhere(line);
        }
        let is_below = down < gap;
        // A line that stands beside the paragraph begins something else.
        let is_under = line.left < self.right + last.size && line.right > self.left - last.size;
        is_below && is_under && !self.is_ended_by(line) && !is_listed(&line.text)
    }

    /// True if a smaller line below, such as a footnote, interrupts a sentence.
    fn is_interrupted_by(&self, line: &Line, page: usize) -> bool {
        page == self.page
            && self.lines > 1
            && line.size < SMALLER * self.last.size
            && line.y < self.last.y
            && !ends_sentence(&self.text)
    }

    /// True if the last line is short and ends a sentence, or the next one is indented.
    fn is_ended_by(&self, line: &Line) -> bool {
        if !ends_sentence(&self.text) {
            return false;
        }
        let width = (self.right - self.left).max(line.right - line.left);
        let is_short = self.lines > 1 && self.last_width() < SHORT * width;
        let indent =
            if line.is_right_to_left { self.right - line.right } else { line.left - self.left };
        let is_indented = (0.8..6.0).contains(&(indent / line.size.max(1e-9)));
        is_short || (is_indented && self.lines > 1)
    }

    fn last_width(&self) -> f64 {
        if self.last.is_right_to_left {
            self.right - self.last.left
        } else {
            self.last.right - self.left
        }
    }

    /// True if a line at the top of another column or page continues the paragraph.
    fn goes_on_elsewhere(&self, line: &Line) -> bool {
        if self.text.ends_with(['-', '\u{ad}']) {
            return true;
        }
        if ends_sentence(&self.text) || is_listed(&line.text) {
            return false;
        }
        let first = line.text.chars().find(|letter| letter.is_alphabetic());
        let is_small = first.is_some_and(char::is_lowercase);
        let is_full = self.lines > 1 && self.last_width() > 0.9 * (self.right - self.left);
        let has_case = first.is_some_and(|letter| letter.is_lowercase() || letter.is_uppercase());
        is_small || is_full || (!has_case && self.lines > 1)
    }
}

/// True if a text ends like a sentence.
fn ends_sentence(text: &str) -> bool {
    let text = text.trim_end_matches(['”', '"', '»', '’', '\'', ')', ']', '」', '』']);
    text.ends_with(['.', '!', '?', ':', '…', '。', '！', '？', '؟', '۔'])
}

/// True if a line begins like an item of a list.
fn is_listed(text: &str) -> bool {
    text.starts_with(['•', '▪', '■', '◦', '●', '‣', '\u{f0b7}'])
}

/// Appends a line to a paragraph.
fn join(text: &mut String, line: &str) {
    let is_divided =
        text.ends_with('\u{ad}') || (text.ends_with('-') && line.starts_with(char::is_lowercase));
    let last = text.chars().last();
    if is_divided {
        text.pop();
    } else if !(last.is_some_and(is_unspaced) && line.starts_with(is_unspaced)) {
        text.push(' ');
    }
    text.push_str(line);
}

/// True for letters of Chinese and Japanese, between which a line ends without a blank.
fn is_unspaced(letter: char) -> bool {
    matches!(letter, '\u{3000}'..='\u{30FF}' | '\u{3400}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}')
        || matches!(letter, '\u{FF00}'..='\u{FFEF}' | '\u{20000}'..='\u{3FFFF}')
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Lines of a page with their top and their size; the width follows from the text.
    fn page(lines: &[(&str, f64, f64)]) -> Vec<Line> {
        let line = |(text, y, size): &(&str, f64, f64)| {
            #[expect(clippy::cast_precision_loss, reason = "a short line")]
            let right = 50.0 + 5.0 * text.chars().count() as f64;
            let (left, turn) = (50.0, 0);
            Line {
                text: (*text).to_owned(),
                left,
                right,
                y: *y,
                size: *size,
                turn,
                is_right_to_left: false,
                is_aside: false,
            }
        };
        lines.iter().map(line).collect()
    }

    #[test]
    fn lines_become_paragraphs_and_divided_words_whole() {
        let lines = page(&[
            ("A title", 720.0, 16.0),
            ("The first line of it ends here", 700.0, 10.0),
            ("and the opera-", 688.0, 10.0),
            ("tions of it.", 676.0, 10.0),
            ("A second para-", 652.0, 10.0),
            ("Graph.", 640.0, 10.0),
        ]);
        assert_eq!(
            paragraphs(&[lines]),
            "A title\nThe first line of it ends here and the operations of it.\nA second para- Graph."
        );
    }

    #[test]
    fn a_sentence_goes_on_after_the_notes_of_its_page() {
        let first = page(&[
            ("A title without", 160.0, 16.0),
            ("a full stop", 142.0, 16.0),
            ("The session had ended without", 120.0, 10.0),
            ("any result and the chairman of it", 108.0, 10.0),
            ("1 A note.", 60.0, 8.0),
            ("2 Another note.", 40.0, 8.0),
        ]);
        let second = page(&[("had refused to vote.", 700.0, 10.0), ("The end.", 600.0, 10.0)]);
        assert_eq!(
            paragraphs(&[first.clone(), second]),
            "A title without a full stop\n\
             The session had ended without any result and the chairman of it had refused to \
             vote.\n1 A note.\n2 Another note.\nThe end."
        );
        let other = page(&[("A HEADING", 700.0, 16.0), ("Another begins.", 600.0, 10.0)]);
        assert_eq!(
            paragraphs(&[first, other]),
            "A title without a full stop\n\
             The session had ended without any result and the chairman of it\n1 A note.\n\
             2 Another note.\nA HEADING\nAnother begins."
        );
    }

    #[test]
    fn a_sentence_goes_on_over_a_page_and_a_new_one_does_not() {
        let first = page(&[("The session had ended and the chairman", 100.0, 10.0)]);
        let second = page(&[("had refused to vote.", 700.0, 10.0)]);
        let third = page(&[("Another begins.", 700.0, 10.0)]);
        assert_eq!(
            paragraphs(&[first, second, third]),
            "The session had ended and the chairman had refused to vote.\nAnother begins."
        );
    }
}
