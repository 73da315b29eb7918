//! One table: rows of texts, from a text file or a workbook.

use std::sync::Arc;

use csv::{ReaderBuilder, StringRecord};

use super::form::TextForm;
use crate::file::opened::Bytes;

/// A quoted field that goes on for so many lines was not closed where it should have been.
const LINES_OF_A_FIELD: u64 = 2_000;

/// A table as it stands in a file, before anything is known about its columns.
#[derive(Clone, Debug)]
pub struct Sheet {
    /// The name of the sheet; of a text file, its file name without the ending.
    pub name: String,
    rows: Rows,
}

#[derive(Clone, Debug)]
enum Rows {
    /// UTF-8, from this byte on.
    Text { bytes: Bytes, from: usize, form: TextForm },
    /// The cells of a workbook, with the numbers of their rows from 1.
    Cells(Arc<Vec<(u64, StringRecord)>>),
}

/// What to do after a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Next {
    Continue,
    Stop,
}

impl Sheet {
    /// A table of a text; `bytes` must be UTF-8 from `from` on.
    pub(super) fn of_text(name: String, bytes: Bytes, from: usize, form: TextForm) -> Self {
        Self { name, rows: Rows::Text { bytes, from, form } }
    }

    /// A table of a workbook. Each row has its number, from 1.
    pub(super) fn of_cells(name: String, rows: Vec<(u64, StringRecord)>) -> Self {
        Self { name, rows: Rows::Cells(Arc::new(rows)) }
    }

    /// How the text is read; `None` for a workbook.
    #[must_use]
    pub fn form(&self) -> Option<&TextForm> {
        match &self.rows {
            Rows::Text { form, .. } => Some(form),
            Rows::Cells(_) => None,
        }
    }

    /// The text of the file; empty for a workbook.
    pub(super) fn text(&self) -> &str {
        match &self.rows {
            Rows::Text { bytes, from, .. } => {
                std::str::from_utf8(bytes.get(*from..).unwrap_or_default()).unwrap_or_default()
            }
            Rows::Cells(_) => "",
        }
    }

    /// The size of the table in bytes of text, for progress.
    pub(super) fn size(&self) -> usize {
        match &self.rows {
            Rows::Text { bytes, .. } => bytes.len(),
            Rows::Cells(rows) => rows.iter().map(|(_, row)| row.as_slice().len() + 8).sum(),
        }
    }

    /// Calls `each` with the line of every row, from 1, and its cells, in order. Lines without any
    /// cell are passed over.
    pub fn for_each(&self, mut each: impl FnMut(u64, &StringRecord) -> Next) {
        match &self.rows {
            Rows::Text { form, .. } => rows_of_text(self.text(), *form, &mut each),
            Rows::Cells(rows) => {
                for (line, row) in rows.iter() {
                    if each(*line, row) == Next::Stop {
                        return;
                    }
                }
            }
        }
    }

    /// The first rows with their lines.
    #[must_use]
    pub fn first(&self, count: usize) -> Vec<(u64, StringRecord)> {
        let mut rows = Vec::new();
        if count > 0 {
            self.for_each(|line, row| {
                rows.push((line, row.clone()));
                if rows.len() < count { Next::Continue } else { Next::Stop }
            });
        }
        rows
    }
}

/// Reads `text`. Where a quotation mark is not closed, its line is read without quoting, and reading
/// goes on with the next line.
fn rows_of_text(text: &str, form: TextForm, each: &mut impl FnMut(u64, &StringRecord) -> Next) {
    let (mut from, mut line) = (0, 0);
    let mut record = StringRecord::new();
    'text: while let Some(rest) = text.get(from..).filter(|rest| !rest.is_empty()) {
        let mut reader = reader(form).from_reader(rest.as_bytes());
        let mut start = reader.position().clone();
        while matches!(reader.read_record(&mut record), Ok(true)) {
            let begun = record.position().cloned().unwrap_or(start);
            let end = reader.position().clone();
            let [mut low, high] = [begun.byte(), end.byte()].map(as_index);
            let mut here = begun.line();
            // A record begins with the empty lines before it.
            while let Some(b'\n' | b'\r') = rest.as_bytes().get(low) {
                here += u64::from(rest.as_bytes().get(low) == Some(&b'\n'));
                low += 1;
            }
            if form.is_quoted && end.line() > here + 1 {
                let raw = rest.get(low..high).unwrap_or_default();
                if is_unclosed(raw, end.line() - here) {
                    let first = raw.split_inclusive('\n').next().unwrap_or(raw);
                    plain(first, form, &mut record);
                    if each(line + here, &record) == Next::Stop {
                        return;
                    }
                    line += here;
                    from += low + first.len().max(1);
                    continue 'text;
                }
            }
            let is_blank = record.iter().all(str::is_empty) && record.len() < 2;
            if !is_blank && each(line + here, &record) == Next::Stop {
                return;
            }
            start = end;
        }
        return;
    }
}

/// True if a record of so many lines, as it stands in the file, has a quotation mark too few.
fn is_unclosed(raw: &str, lines: u64) -> bool {
    lines > LINES_OF_A_FIELD || !raw.bytes().filter(|byte| *byte == b'"').count().is_multiple_of(2)
}

/// The cells of a line that is read without quoting.
fn plain(line: &str, form: TextForm, record: &mut StringRecord) {
    record.clear();
    for cell in line.trim_end_matches(['\n', '\r']).split(char::from(form.separator)) {
        record.push_field(cell);
    }
}

fn as_index(byte: u64) -> usize {
    usize::try_from(byte).unwrap_or(usize::MAX)
}

fn reader(form: TextForm) -> ReaderBuilder {
    let mut builder = ReaderBuilder::new();
    builder.has_headers(false).flexible(true).delimiter(form.separator).quoting(form.is_quoted);
    builder
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::file::tables::text;

    fn rows(text: &str, separator: u8) -> Vec<(u64, Vec<String>)> {
        let form = TextForm { separator, ..TextForm::default() };
        let mut rows = Vec::new();
        rows_of_text(text, form, &mut |line, row: &StringRecord| {
            rows.push((line, row.iter().map(str::to_owned).collect()));
            Next::Continue
        });
        rows
    }

    fn of(cells: &[&str]) -> Vec<String> {
        cells.iter().map(|cell| (*cell).to_owned()).collect()
    }

    #[test]
    fn fields_in_quotes_may_hold_separators_quotes_and_line_ends() {
        let found = rows("a,\"b, c\"\r\n\"say \"\"no\"\"\",\"two\nlines\"\n\nd,e", b',');
        assert_eq!(
            found,
            [(1, of(&["a", "b, c"])), (2, of(&["say \"no\"", "two\nlines"])), (5, of(&["d", "e"]))]
        );
    }

    #[test]
    fn a_quotation_mark_that_is_not_closed_costs_only_its_line() {
        let found = rows("a,b\n\"c,d\ne,f\ng,h\n", b',');
        assert_eq!(
            found,
            [
                (1, of(&["a", "b"])),
                (2, of(&["\"c", "d"])),
                (3, of(&["e", "f"])),
                (4, of(&["g", "h"]))
            ]
        );
    }

    #[test]
    fn the_first_rows_are_read_no_further_than_asked() {
        let bytes: Bytes = Bytes::new(b"a;b\nc;d\ne;f\n".to_vec());
        let form = text::guessed(std::str::from_utf8(&bytes).unwrap_or_default(), 0);
        let sheet = Sheet::of_text("t".to_owned(), bytes, 0, form);
        assert_eq!(sheet.first(2).len(), 2);
        assert_eq!(sheet.first(9).len(), 3);
        assert!(sheet.first(0).is_empty());
    }
}
