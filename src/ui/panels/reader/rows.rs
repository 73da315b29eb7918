//! The layout of a text: its paragraphs in rows, each row in visual order, and the place of every
//! character on the screen. Right-to-left text is ordered by Unicode Standard Annex 9.

use std::ops::Range;
use std::sync::Arc;

use egui::text::{CharIndex, LayoutJob, TextFormat};
use egui::{Align, Color32, FontId, Galley, Painter, Pos2, Rect, Ui, Vec2, pos2, vec2};

use crate::evidence::{Segment, SourceText};
use crate::text::{Piece, has_right_to_left, is_direction_mark, pieces, visual};

/// In points, like the two heights below.
const TEXT_SIZE: f32 = 14.5;
pub(super) const LINE_HEIGHT: f32 = 22.0;
/// About the width of a blank.
const SPACE: f32 = 4.0;
/// Space below a paragraph.
const GAP: f32 = 10.0;

/// The rows of the visible part of a text. Positions are relative to its top left corner.
pub(super) struct Rows {
    all: Vec<Row>,
    /// The first row of each paragraph, with the index of its segment.
    starts: Vec<(usize, usize)>,
    pub size: Vec2,
}

/// One row.
struct Row {
    /// In scalar values of the whole text.
    range: Range<usize>,
    /// Top left corner of the row; for a plain one, of its paragraph.
    at: Pos2,
    order: Order,
}

/// How the characters of a row are ordered.
enum Order {
    /// From left to right: a row of the paragraph's galley, by its index.
    Plain(Arc<Galley>, usize),
    /// Mixed: parts in visual order.
    Mixed(Vec<Part>),
}

/// A word or a run that is drawn as one.
struct Part {
    range: Range<usize>,
    is_right_to_left: bool,
    left: f32,
    right: f32,
    galley: Arc<Galley>,
}

impl Rows {
    /// Lays out the paragraphs of a part of a text, in lines at most `width` points wide.
    pub fn of(
        ui: &Ui,
        text: &SourceText,
        segments: &[Segment],
        part: &Range<usize>,
        width: f32,
    ) -> Self {
        let mut rows = Self { all: Vec::new(), starts: Vec::new(), size: vec2(width, 0.0) };
        for (number, segment) in segments.iter().enumerate() {
            let range = segment.range.start.max(part.start)..segment.range.end.min(part.end);
            if range.start < range.end {
                rows.starts.push((rows.all.len(), number));
                rows.add(ui, text.slice(&range), range.start, width);
            }
        }
        rows
    }

    /// Adds one paragraph, which starts at the character `start`.
    fn add(&mut self, ui: &Ui, words: &str, start: usize, width: f32) {
        let top = self.size.y;
        let first = self.all.len();
        // Direction marks are not drawn, so that a text with them is laid out in parts as well.
        if has_right_to_left(words) || words.contains(is_direction_mark) {
            for line in broken(ui, words, width) {
                let at = pos2(0.0, top + LINE_HEIGHT * as_f32(self.all.len() - first));
                self.all.push(mixed_row(ui, words, line, start, at, width));
            }
        } else {
            let galley = laid_out(ui, words, width);
            let mut at = start;
            for (number, placed) in galley.rows.iter().enumerate() {
                let range = at..at + placed.char_count_including_newline().0;
                at = range.end;
                let order = Order::Plain(Arc::clone(&galley), number);
                self.all.push(Row { range, at: pos2(0.0, top), order });
            }
        }
        let bottom = self.all.last().map_or(top, top_of);
        self.size.y = bottom + LINE_HEIGHT + GAP;
    }

    /// The top of each paragraph, with the index of its segment and its height.
    pub fn paragraphs(&self) -> impl Iterator<Item = (usize, f32, f32)> {
        self.starts.iter().enumerate().map(|(at, (row, segment))| {
            let top = self.all.get(*row).map_or(0.0, top_of);
            let next = self.starts.get(at + 1).and_then(|(row, _)| self.all.get(*row));
            let bottom = next.map_or(self.size.y, top_of);
            (*segment, top, bottom - top - GAP)
        })
    }

    /// Draws the rows that are inside the clip rectangle.
    pub fn paint(&self, painter: &Painter, origin: Pos2, color: Color32) {
        let clip = painter.clip_rect();
        let is_visible = |row: &&Row| {
            let top = origin.y + top_of(row);
            top < clip.bottom() && top + LINE_HEIGHT > clip.top()
        };
        let mut last: Option<*const Galley> = None;
        for row in self.all.iter().filter(is_visible) {
            let at = origin + row.at.to_vec2();
            match &row.order {
                // The rows of a plain paragraph share one galley, which is drawn once.
                Order::Plain(galley, _) if last == Some(Arc::as_ptr(galley)) => {}
                Order::Plain(galley, _) => {
                    painter.galley(at, Arc::clone(galley), color);
                    last = Some(Arc::as_ptr(galley));
                }
                Order::Mixed(parts) => {
                    for part in parts {
                        let at = at + vec2(part.left, 0.0);
                        painter.galley(at, Arc::clone(&part.galley), color);
                    }
                }
            }
        }
    }

    /// The rectangles that cover a range of characters, row by row.
    pub fn rects(&self, range: &Range<usize>) -> Vec<Rect> {
        let first = self.all.partition_point(|row| row.range.end <= range.start);
        let rows = self.all.get(first..).unwrap_or_default().iter();
        let mut rects = Vec::new();
        for row in rows.take_while(|row| row.range.start < range.end) {
            let inside = range.start.max(row.range.start)..range.end.min(row.range.end);
            let top = top_of(row);
            for (left, right) in row.spans(&inside) {
                rects.push(Rect::from_min_max(pos2(left, top), pos2(right, top + LINE_HEIGHT)));
            }
        }
        rects
    }

    /// A rectangle without width, before a character.
    pub fn caret(&self, at: usize) -> Rect {
        let number = self.all.partition_point(|row| row.range.end <= at);
        let Some(row) = self.all.get(number).or(self.all.last()) else { return Rect::ZERO };
        let x = row.x_of(at.clamp(row.range.start, row.range.end));
        Rect::from_min_size(pos2(x, top_of(row)), vec2(0.0, LINE_HEIGHT))
    }

    /// The character at a point: the boundary that is nearest to it.
    pub fn letter(&self, at: Vec2) -> usize {
        let number = self.all.partition_point(|row| top_of(row) + LINE_HEIGHT <= at.y);
        let Some(row) = self.all.get(number).or(self.all.last()) else { return 0 };
        row.letter_at(at.x)
    }
}

impl Row {
    /// The horizontal spans of a range of characters of this row.
    fn spans(&self, range: &Range<usize>) -> Vec<(f32, f32)> {
        match &self.order {
            Order::Plain(..) => vec![(self.x_of(range.start), self.x_of(range.end))],
            Order::Mixed(parts) => parts
                .iter()
                .filter(|part| part.range.start < range.end && part.range.end > range.start)
                .map(|part| {
                    let a = part.x_of(range.start.max(part.range.start));
                    let b = part.x_of(range.end.min(part.range.end));
                    (a.min(b), a.max(b))
                })
                .collect(),
        }
    }

    fn x_of(&self, letter: usize) -> f32 {
        match &self.order {
            Order::Plain(galley, number) => galley.rows.get(*number).map_or(0.0, |placed| {
                let inside = (letter - self.range.start).min(placed.glyphs.len());
                placed.pos.x + placed.x_offset(CharIndex(inside))
            }),
            Order::Mixed(parts) => {
                let part = parts.iter().find(|part| part.range.contains(&letter));
                let end = || parts.iter().max_by_key(|part| part.range.end);
                part.or_else(end).map_or(0.0, |part| part.x_of(letter.min(part.range.end)))
            }
        }
    }

    fn letter_at(&self, x: f32) -> usize {
        match &self.order {
            Order::Plain(galley, number) => {
                galley.rows.get(*number).map_or(self.range.start, |placed| {
                    self.range.start + placed.char_at(x - placed.pos.x).0
                })
            }
            Order::Mixed(parts) => {
                let distance = |part: &&Part| {
                    let outside = (part.left - x).max(x - part.right).max(0.0);
                    egui::emath::OrderedFloat(outside)
                };
                parts.iter().min_by_key(distance).map_or(self.range.start, |part| part.letter_at(x))
            }
        }
    }
}

impl Part {
    /// The position before a character: in proportion, because the letters of a word may be joined.
    fn x_of(&self, letter: usize) -> f32 {
        let share =
            as_f32(letter.saturating_sub(self.range.start)) / as_f32(self.range.len().max(1));
        let share = if self.is_right_to_left { 1.0 - share } else { share };
        self.left + (self.right - self.left) * share
    }

    fn letter_at(&self, x: f32) -> usize {
        let width = (self.right - self.left).max(1.0);
        let share = ((x - self.left) / width).clamp(0.0, 1.0);
        let share = if self.is_right_to_left { 1.0 - share } else { share };
        let letters = (share * as_f32(self.range.len())).round();
        (0..=self.range.len())
            .find(|count| as_f32(*count) >= letters)
            .map_or(self.range.end, |count| self.range.start + count)
    }
}

/// The number of characters of a part of one line, which is small.
fn as_f32(count: usize) -> f32 {
    f32::from(u16::try_from(count).unwrap_or(u16::MAX))
}

/// The top of a row.
fn top_of(row: &Row) -> f32 {
    match &row.order {
        Order::Plain(galley, number) => {
            row.at.y + galley.rows.get(*number).map_or(0.0, |placed| placed.pos.y)
        }
        Order::Mixed(_) => row.at.y,
    }
}

/// Breaks a paragraph between words into lines at most `width` points wide. The ranges are bytes.
fn broken(ui: &Ui, words: &str, width: f32) -> Vec<Range<usize>> {
    let mut lines: Vec<Range<usize>> = Vec::new();
    let mut used = 0.0;
    let mut at = 0;
    for word in words.split_inclusive(char::is_whitespace) {
        let end = at + word.len();
        let room = laid_out(ui, &visual(word.trim_end()), f32::INFINITY).size().x;
        let space = if word.ends_with(char::is_whitespace) { SPACE } else { 0.0 };
        if let Some(line) = lines.last_mut().filter(|_| used + room <= width) {
            line.end = end;
        } else {
            lines.push(at..end);
            used = 0.0;
        }
        // A line break in the text begins a new line.
        used = if word.ends_with('\n') { f32::INFINITY } else { used + room + space };
        at = end;
    }
    lines
}

/// A row with right-to-left text: the bytes `line` of a paragraph that starts at the character
/// `start`.
fn mixed_row(ui: &Ui, words: &str, line: Range<usize>, start: usize, at: Pos2, width: f32) -> Row {
    let letters: Vec<usize> =
        words.char_indices().map(|(byte, _)| byte).chain([words.len()]).collect();
    let letter = |byte: usize| start + letters.partition_point(|other| *other < byte);
    let shown = words.get(line.clone()).map_or("", str::trim_end);
    let (pieces, is_right) = pieces(words, line.start..line.start + shown.len());
    let mut left = 0.0;
    let mut parts: Vec<Part> = Vec::new();
    for Piece { bytes, is_right_to_left, shown } in pieces {
        let galley = laid_out(ui, &shown, f32::INFINITY);
        let right = left + galley.size().x;
        let range = letter(bytes.start)..letter(bytes.end);
        parts.push(Part { range, is_right_to_left, left, right, galley });
        left = right;
    }
    let room = if is_right { (width - left).max(0.0) } else { 0.0 };
    for part in &mut parts {
        part.left += room;
        part.right += room;
    }
    Row { range: letter(line.start)..letter(line.end), at, order: Order::Mixed(parts) }
}

fn laid_out(ui: &Ui, words: &str, width: f32) -> Arc<Galley> {
    let format = TextFormat {
        font_id: FontId::proportional(TEXT_SIZE),
        // The colour is chosen when the text is painted.
        color: Color32::PLACEHOLDER,
        line_height: Some(LINE_HEIGHT),
        valign: Align::TOP,
        ..TextFormat::default()
    };
    let mut job = LayoutJob::single_section(words.to_owned(), format);
    job.wrap.max_width = width;
    ui.fonts_mut(|fonts| fonts.layout_job(job))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::evidence::segments;

    /// Lays a text out and looks at it.
    fn with_rows(text: &str, width: f32, look: impl Fn(&Rows, &SourceText)) {
        let text = SourceText::new(text.to_owned());
        let segments = segments(&text, &[]);
        let ctx = egui::Context::default();
        crate::ui::widgets::style::install(&ctx);
        // The fonts are there from the second frame on.
        for frame in 0..2 {
            let mut output = ctx.run_ui(egui::RawInput::default(), |ui| {
                let rows = Rows::of(ui, &text, &segments, &(0..text.length()), width);
                if frame == 1 {
                    look(&rows, &text);
                }
            });
            output.textures_delta.clear();
        }
    }

    #[test]
    fn right_to_left_text_starts_at_the_right_and_numbers_in_it_run_to_the_right() {
        with_rows("אבג דהו 2024 זחט", 300.0, |rows, _| {
            let left = |letter: usize| rows.caret(letter).left();
            assert!((left(0) - 300.0).abs() < 0.5, "the first letter is at the right edge");
            assert!(left(0) > left(4) && left(4) > left(8), "words run to the left");
            assert!(left(8) < left(11), "digits run to the right");
            let last = rows.rects(&(13..16));
            assert_eq!(last.len(), 1);
            assert!(last[0].right() <= left(8) + 0.5, "the last word is left of the number");
        });
    }

    #[test]
    fn a_point_in_a_word_leads_back_to_its_letters() {
        for sample in ["אבג דהו 2024 זחט", "one two three", "one אבג two"] {
            with_rows(sample, 300.0, |rows, text| {
                for letter in 0..text.length() {
                    let rects = rows.rects(&(letter..letter + 1));
                    let Some(rect) = rects.first().filter(|rect| rect.width() > 1.0) else {
                        continue;
                    };
                    let found = rows.letter(rect.center().to_vec2());
                    assert!(found == letter || found == letter + 1, "{sample}: {letter}, {found}");
                }
            });
        }
    }

    #[test]
    fn paragraphs_are_below_each_other_and_lines_are_no_wider_than_the_page() {
        let hebrew = "מילה ".repeat(40);
        let text = format!("{}\n{hebrew}\nlast", "word ".repeat(40));
        with_rows(&text, 200.0, |rows, text| {
            let tops: Vec<f32> = rows.paragraphs().map(|(_, top, _)| top).collect();
            assert_eq!(tops.len(), 3);
            assert!(tops.windows(2).all(|pair| pair[1] - pair[0] > 4.0 * LINE_HEIGHT), "{tops:?}");
            for rect in rows.rects(&(0..text.length())) {
                assert!(rect.left() > -1.0 && rect.right() < 204.0, "{rect:?}");
            }
        });
    }
}
