//! The list of numbered evidence: each numbered tie with its excerpts, in columns below the map or
//! on separate pages.

use super::corners::{MARGIN_PX, MARKING_PX, marking};
use crate::geometry::{Point, point};
use crate::model::citation::{self, isolated};
use crate::model::query::Index;
use crate::model::{LineIndex, Map, Relation};
use crate::scene::line_words;
use crate::scene::primitive::{Anchor, Color, Mark, Owner, Primitive, Text};
use crate::scene::shown::{Shown, numbers};
use crate::scene::theme::Theme;

use crate::text::{Measure, Weight, lines};

const SIZE_PX: f32 = 11.0;
const HEAD_PX: f32 = 15.0;
const LINE_HEIGHT: f32 = 1.36;
/// Approximate width of a column.
const COLUMN_PX: f32 = 440.0;
const GUTTER_PX: f32 = 26.0;
const INDENT_PX: f32 = 26.0;
/// How much a list on a page of its own is enlarged: the first that fits.
const ENLARGED: [f32; 6] = [2.0, 1.8, 1.6, 1.4, 1.2, ENLARGED_AT_LEAST];
const ENLARGED_AT_LEAST: f32 = 1.1;

/// One numbered line and the excerpts of its ties, as text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// The number on the picture, from 1.
    pub number: usize,
    /// The line in words.
    pub line: String,
    pub ties: Vec<TieEntry>,
}

/// The excerpts of one tie, as text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TieEntry {
    /// The tie in words; `None` if the words of its line say the same.
    pub tie: Option<String>,
    /// One citation per excerpt.
    pub excerpts: Vec<String>,
}

/// The entries of the list: one per numbered line, in the order of the numbers.
#[must_use]
pub fn entries(map: &Map, index: &Index, shown: &Shown) -> Vec<Entry> {
    let lines = shown.lines();
    let numbers = numbers(map, lines);
    let numbered = numbers.iter_enumerated().filter_map(|(line, number)| Some((line, (*number)?)));
    let entry = |(at, number): (LineIndex, usize)| {
        let line = line_words::line(map, index, lines, at);
        let cited = lines.ties(at).iter().filter_map(|tie| map.relations.get(*tie));
        let cited = cited.filter(|tie| !tie.evidence.is_empty());
        let ties = cited.map(|tie| tie_entry(map, index, tie, &line)).collect();
        Entry { number, line, ties }
    };
    numbered.map(entry).collect()
}

/// The entry of a tie in a line that is called `line`.
fn tie_entry(map: &Map, index: &Index, tie: &Relation, line: &str) -> TieEntry {
    // A single source is named once, at the head of the list.
    let cite = if map.sources.len() == 1 { citation::excerpt_alone } else { citation::excerpt };
    let excerpts = tie.evidence.iter().map(|excerpt| cite(map, index, excerpt, Some(tie)));
    let words = citation::tie(map, index, tie);
    TieEntry { tie: Some(words).filter(|words| words != line), excerpts: excerpts.collect() }
}

/// Layout settings of a list.
pub struct Setting<'a> {
    /// Magnification of the whole page; 1 is the normal size.
    pub scale: f32,
    pub theme: &'a Theme,
    pub measure: &'a dyn Measure,
    /// The marking at top and bottom of each separate page; may be empty.
    pub marking: &'a str,
    /// The heading of the map or of the step.
    pub heading: &'a str,
}

/// One line of the list.
struct Row {
    content: String,
    number: Option<usize>,
    weight: Weight,
    color: Color,
    /// True if no column should end after this row.
    keeps_next: bool,
}

/// Lays out the list in columns of about equal length, from `top` downwards. Also returns the `y`
/// of its lower end.
#[must_use]
pub fn under(
    map: &Map,
    entries: &[Entry],
    width: f32,
    top: f32,
    setting: &Setting<'_>,
) -> (Mark, f32) {
    let columns = Columns::on(width, setting);
    let rows = columns.rows(entries, setting);
    let mut per_column = rows.len().div_ceil(columns.count).max(1);
    // Excerpts stay in one column, so columns may have to be longer.
    while Columns::split(&rows, per_column).len() > columns.count {
        per_column += 1;
    }
    let head_height = HEAD_PX * setting.scale * if map.sources.len() == 1 { 3.2 } else { 2.0 };
    let mut primitives = vec![head("Evidence", top, setting)];
    primitives.extend(one_source(map, top, setting));
    columns.draw(&Columns::split(&rows, per_column), top + head_height, setting, &mut primitives);
    #[expect(clippy::cast_precision_loss, reason = "rows of a page")]
    let height = head_height + per_column as f32 * columns.line + MARGIN_PX * setting.scale;
    (Mark { owner: Owner::List, primitives }, top + height)
}

/// Lays out the list on pages of this size, one mark per page. Each page begins with the map's
/// heading.
///
/// A short list is enlarged as far as it fits one page; a longer one is a little larger than the
/// list below a map, because a page of its own has room.
#[must_use]
pub fn pages(map: &Map, entries: &[Entry], page: Point, setting: &Setting<'_>) -> Vec<Mark> {
    let enlarged = |share: &f32| Setting { scale: setting.scale * share, ..*setting };
    let pages = |share: &f32| pages_at(map, entries, page, &enlarged(share));
    let one_page = ENLARGED.iter().map(pages).find(|pages| pages.len() <= 1);
    one_page.unwrap_or_else(|| pages(&ENLARGED_AT_LEAST))
}

fn pages_at(map: &Map, entries: &[Entry], page: Point, setting: &Setting<'_>) -> Vec<Mark> {
    let columns = Columns::on(page.x, setting);
    let rows = columns.rows(entries, setting);
    let top = MARGIN_PX * setting.scale;
    let head_height = HEAD_PX * setting.scale * if map.sources.len() == 1 { 3.2 } else { 2.0 };
    // Leave room at the bottom for the marking and the page number.
    let room = page.y - 2.0 * top - head_height - 2.0 * MARKING_PX * setting.scale;
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "rows of a page")]
    let per_column = ((room / columns.line) as usize).max(2);
    let sheets = Columns::split(&rows, per_column);
    let count = sheets.len().div_ceil(columns.count);
    let sheet = |(number, columns_of_page): (usize, &[&[Row]])| {
        let mut primitives =
            vec![head(&format!("Evidence: {}", isolated(setting.heading)), top, setting)];
        primitives.extend(one_source(map, top, setting));
        primitives.push(page_number(number + 1, count, page, setting));
        if !setting.marking.is_empty() {
            let right = page.x - MARGIN_PX * setting.scale;
            let size = MARKING_PX * setting.scale;
            for bottom in [top + size * 0.9, page.y - MARGIN_PX * 0.6 * setting.scale] {
                primitives.extend(
                    marking(
                        setting.marking,
                        point(right, bottom),
                        size,
                        setting.theme,
                        setting.measure,
                    )
                    .0,
                );
            }
        }
        columns.draw(columns_of_page, top + head_height, setting, &mut primitives);
        Mark { owner: Owner::List, primitives }
    };
    sheets.chunks(columns.count).enumerate().map(sheet).collect()
}

/// The source, below the heading, if the map has exactly one.
fn one_source(map: &Map, top: f32, setting: &Setting<'_>) -> Option<Primitive> {
    let [source] = &map.sources.raw[..] else { return None };
    Some(Primitive::Text(Text {
        at: point(MARGIN_PX * setting.scale, top + (HEAD_PX + SIZE_PX * 1.6) * setting.scale),
        anchor: Anchor::Start,
        content: format!("All from {}.", citation::source(source)),
        size: SIZE_PX * setting.scale,
        weight: Weight::Regular,
        color: setting.theme.ink,
        halo: None,
    }))
}

fn page_number(number: usize, count: usize, page: Point, setting: &Setting<'_>) -> Primitive {
    Primitive::Text(Text {
        at: point(MARGIN_PX * setting.scale, page.y - MARGIN_PX * setting.scale),
        anchor: Anchor::Start,
        content: format!("Evidence, page {number} of {count}"),
        size: SIZE_PX * setting.scale,
        weight: Weight::Regular,
        color: setting.theme.muted,
        halo: None,
    })
}

fn head(words: &str, top: f32, setting: &Setting<'_>) -> Primitive {
    Primitive::Text(Text {
        at: point(MARGIN_PX * setting.scale, top + HEAD_PX * setting.scale),
        anchor: Anchor::Start,
        content: words.to_owned(),
        size: HEAD_PX * setting.scale,
        weight: Weight::Bold,
        color: setting.theme.ink,
        halo: None,
    })
}

/// The columns of a list: number, width, gap and line height, in page pixels.
struct Columns {
    count: usize,
    width: f32,
    gutter: f32,
    line: f32,
}

impl Columns {
    #[expect(
        clippy::cast_precision_loss,
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a few columns"
    )]
    fn on(page_width: f32, setting: &Setting<'_>) -> Self {
        let room = page_width - 2.0 * MARGIN_PX * setting.scale;
        let gutter = GUTTER_PX * setting.scale;
        let count =
            (((room + gutter) / (COLUMN_PX * setting.scale + gutter)).round() as usize).max(1);
        let width = ((room + gutter) / count as f32 - gutter).max(40.0);
        Self { count, width, gutter, line: SIZE_PX * LINE_HEIGHT * setting.scale }
    }

    fn rows(&self, entries: &[Entry], setting: &Setting<'_>) -> Vec<Row> {
        let size = SIZE_PX * setting.scale;
        let theme = setting.theme;
        let room = self.width - INDENT_PX * setting.scale;
        let mut rows = Vec::new();
        for entry in entries {
            let mut number = Some(entry.number);
            for content in lines(&entry.line, size, Weight::Bold, room, setting.measure) {
                let number = number.take();
                let (weight, color) = (Weight::Bold, theme.ink);
                rows.push(Row { content, number, weight, color, keeps_next: true });
            }
            for tie in &entry.ties {
                let words = tie.tie.iter().map(|words| (words, theme.ink));
                let excerpts = tie.excerpts.iter().map(|excerpt| (excerpt, theme.muted));
                for (at, (words, color)) in words.chain(excerpts).enumerate() {
                    let first = rows.len();
                    for content in lines(words, size, Weight::Regular, room, setting.measure) {
                        let weight = Weight::Regular;
                        rows.push(Row { content, number: None, weight, color, keeps_next: true });
                    }
                    // A column may end after an excerpt, but not within one.
                    let is_excerpt = tie.tie.is_none() || at > 0;
                    if let Some(last) = rows.get_mut(first..).and_then(<[Row]>::last_mut) {
                        last.keeps_next = !is_excerpt;
                    }
                }
            }
        }
        rows
    }

    /// Breaks rows into columns of at most `per_column` rows, at the end of an excerpt. An excerpt
    /// that is longer than a column is broken anywhere.
    fn split(rows: &[Row], per_column: usize) -> Vec<&[Row]> {
        let mut columns = Vec::new();
        let mut rest = rows;
        while !rest.is_empty() {
            let mut end = per_column.min(rest.len());
            if end < rest.len() {
                let is_open = |end: usize| rest.get(end - 1).is_some_and(|row| row.keeps_next);
                let kept = (1..=end).rev().find(|end| !is_open(*end));
                end = kept.unwrap_or(end);
            }
            let (column, after) = rest.split_at(end);
            columns.push(column);
            rest = after;
        }
        columns
    }

    #[expect(clippy::cast_precision_loss, reason = "a few columns and rows")]
    fn draw(
        &self,
        columns: &[&[Row]],
        top: f32,
        setting: &Setting<'_>,
        primitives: &mut Vec<Primitive>,
    ) {
        let size = SIZE_PX * setting.scale;
        for (column, rows) in columns.iter().enumerate() {
            let left = MARGIN_PX * setting.scale + column as f32 * (self.width + self.gutter);
            for (row, about) in rows.iter().enumerate() {
                let baseline = top + row as f32 * self.line + size;
                let mut text = |left: f32, anchor, content: &str, weight| {
                    primitives.push(Primitive::Text(Text {
                        at: point(left, baseline),
                        anchor,
                        content: content.to_owned(),
                        size,
                        weight,
                        color: about.color,
                        halo: None,
                    }));
                };
                if let Some(number) = about.number {
                    text(
                        left + (INDENT_PX - 7.0) * setting.scale,
                        Anchor::End,
                        &number.to_string(),
                        Weight::Bold,
                    );
                }
                text(left + INDENT_PX * setting.scale, Anchor::Start, &about.content, about.weight);
            }
        }
    }
}
