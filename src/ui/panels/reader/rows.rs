//! The layout of a text: its paragraphs in rows, each row in visual order, and the place of every
//! character on the screen. Right-to-left text is ordered by Unicode Standard Annex 9.

use std::ops::Range;
use std::sync::Arc;

use egui::text::{CharIndex, LayoutJob, TextFormat};
use egui::{Align, Color32, FontId, Galley, Painter, Pos2, Rect, Ui, Vec2, pos2, vec2};

use crate::evidence::{Segment, SourceText};
use crate::text::{Piece, has_right_to_left, pieces};

/// In points, like the two heights below.
const TEXT_SIZE: f32 = 14.5;
pub(super) const LINE_HEIGHT: f32 = 22.0;
/// Space below a paragraph.
const GAP: f32 = 10.0;

/// The rows of the visible part of a text. Positions are relative to its top left corner.
pub(super) struct Rows {
    rows: Vec<Row>,
    /// The first row of each paragraph, with the index of its segment.
    starts: Vec<(usize, usize)>,
    pub size: Vec2,
}

/// One row.
struct Row {
    /// In scalar values of the whole text.
    range: Range<usize>,
    at: Pos2,
    galley: Arc<Galley>,
    order: Order,
}

/// How the characters of a row are ordered.
enum Order {
    /// From left to right: this row of the galley.
    Plain(usize),
    /// Mixed: parts in visual order, each with its range of characters in the text and its left and
    /// right edge.
    Mixed(Vec<Part>),
}

struct Part {
    range: Range<usize>,
    is_right_to_left: bool,
    left: f32,
    right: f32,
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
        let mut rows = Self { rows: Vec::new(), starts: Vec::new(), size: vec2(width, 0.0) };
        for (number, segment) in segments.iter().enumerate() {
            let range = segment.range.start.max(part.start)..segment.range.end.min(part.end);
            if range.start < range.end {
                rows.starts.push((rows.rows.len(), number));
                rows.add(ui, text.slice(&range), range.start, width);
            }
        }
        rows
    }

    /// Adds one paragraph, which starts at the character `start`.
    fn add(&mut self, ui: &Ui, words: &str, start: usize, width: f32) {
        let galley = laid_out(ui, words, width);
        let is_mixed = has_right_to_left(words);
        let top = self.size.y;
        let mut at = start;
        for (number, placed) in galley.rows.iter().enumerate() {
            let length = placed.char_count_including_newline().0;
            let range = at..at + length;
            at = range.end;
            if is_mixed {
                let local = range.start - start..range.end - start;
                let place = pos2(0.0, top + placed.pos.y);
                self.rows.push(mixed_row(ui, words, local, start, place, width));
            } else {
                let (galley, order) = (Arc::clone(&galley), Order::Plain(number));
                self.rows.push(Row { range, at: pos2(0.0, top), galley, order });
            }
        }
        self.size.y += galley.rows.last().map_or(0.0, |row| row.pos.y) + LINE_HEIGHT + GAP;
    }

    /// The top of each paragraph, with the index of its segment and its height.
    pub fn paragraphs(&self) -> impl Iterator<Item = (usize, f32, f32)> {
        self.starts.iter().enumerate().map(|(at, (row, segment))| {
            let top = self.rows.get(*row).map_or(0.0, |row| self.top(row));
            let next = self.starts.get(at + 1).and_then(|(row, _)| self.rows.get(*row));
            let bottom = next.map_or(self.size.y, |row| self.top(row));
            (*segment, top, bottom - top - GAP)
        })
    }

    fn top(&self, row: &Row) -> f32 {
        match row.order {
            Order::Plain(number) => {
                row.at.y + row.galley.rows.get(number).map_or(0.0, |placed| placed.pos.y)
            }
            Order::Mixed(_) => row.at.y,
        }
    }

    /// Draws the rows that are inside the clip rectangle.
    pub fn paint(&self, painter: &Painter, origin: Pos2, color: Color32) {
        let clip = painter.clip_rect();
        let is_visible = |row: &&Row| {
            let top = origin.y + self.top(row);
            top < clip.bottom() && top + LINE_HEIGHT > clip.top()
        };
        let mut last: Option<*const Galley> = None;
        for row in self.rows.iter().filter(is_visible) {
            // The rows of a plain paragraph share one galley, which is drawn once.
            let galley = Arc::as_ptr(&row.galley);
            if last != Some(galley) {
                painter.galley(origin + row.at.to_vec2(), Arc::clone(&row.galley), color);
                last = Some(galley);
            }
        }
    }

    /// The rectangles that cover a range of characters, row by row.
    pub fn rects(&self, range: &Range<usize>) -> Vec<Rect> {
        let first = self.rows.partition_point(|row| row.range.end <= range.start);
        let rows = self.rows.get(first..).unwrap_or_default().iter();
        let mut rects = Vec::new();
        for row in rows.take_while(|row| row.range.start < range.end) {
            let inside = range.start.max(row.range.start)..range.end.min(row.range.end);
            let top = self.top(row);
            for (left, right) in row.spans(&inside) {
                rects.push(Rect::from_min_max(pos2(left, top), pos2(right, top + LINE_HEIGHT)));
            }
        }
        rects
    }

    /// A rectangle without width, before a character.
    pub fn caret(&self, at: usize) -> Rect {
        let number = self.rows.partition_point(|row| row.range.end <= at);
        let Some(row) = self.rows.get(number).or(self.rows.last()) else { return Rect::ZERO };
        let x = row.x_of(at.clamp(row.range.start, row.range.end));
        Rect::from_min_size(pos2(x, self.top(row)), vec2(0.0, LINE_HEIGHT))
    }

    /// The character at a point: the boundary that is nearest to it.
    pub fn letter(&self, at: Vec2) -> usize {
        let number = self.rows.partition_point(|row| self.top(row) + LINE_HEIGHT <= at.y);
        let Some(row) = self.rows.get(number).or(self.rows.last()) else { return 0 };
        row.letter_at(at.x)
    }
}

impl Row {
    /// The horizontal spans of a range of characters of this row.
    fn spans(&self, range: &Range<usize>) -> Vec<(f32, f32)> {
        match &self.order {
            Order::Plain(_) => vec![(self.x_of(range.start), self.x_of(range.end))],
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
            Order::Plain(number) => self.galley.rows.get(*number).map_or(0.0, |placed| {
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
            Order::Plain(number) => {
                self.galley.rows.get(*number).map_or(self.range.start, |placed| {
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

/// A row with right-to-left text: the characters `local` of a paragraph that starts at the
/// character `start`.
fn mixed_row(ui: &Ui, words: &str, local: Range<usize>, start: usize, at: Pos2, width: f32) -> Row {
    let letters: Vec<usize> =
        words.char_indices().map(|(byte, _)| byte).chain([words.len()]).collect();
    let byte = |letter: usize| letters.get(letter).copied().unwrap_or(words.len());
    let letter = |byte: usize| start + letters.partition_point(|other| *other < byte);
    let line = byte(local.start)..byte(local.end);
    let trimmed = words.get(line.clone()).map_or(0, |line| line.trim_end_matches('\n').len());
    let (pieces, is_right) = pieces(words, line.start..line.start + trimmed);
    let shown: String = pieces.iter().map(|piece: &Piece| piece.shown.as_str()).collect();
    let galley = laid_out(ui, &shown, f32::INFINITY);
    let room = if is_right { (width - galley.size().x).max(0.0) } else { 0.0 };
    let x_of =
        |count: usize| room + galley.rows.first().map_or(0.0, |row| row.x_offset(CharIndex(count)));
    let mut count = 0;
    let mut parts = Vec::new();
    for piece in pieces {
        let left = x_of(count);
        count += piece.shown.chars().count();
        let range = letter(piece.bytes.start)..letter(piece.bytes.end);
        let is_right_to_left = piece.is_right_to_left;
        parts.push(Part { range, is_right_to_left, left, right: x_of(count) });
    }
    let range = start + local.start..start + local.end;
    Row { range, at: at + vec2(room, 0.0), galley, order: Order::Mixed(parts) }
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
