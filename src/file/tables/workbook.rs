//! The sheets of a workbook: Excel (XLSX, XLSB, XLS) and `OpenDocument` (ODS).

use std::io::Cursor;
use std::panic::{AssertUnwindSafe, catch_unwind};

use calamine::{Data, ExcelDateTime, Ods, Reader, SheetType, SheetVisible, Xls, Xlsb, Xlsx};
use csv::StringRecord;

use super::sheet::Sheet;
use crate::file::formats::draft::refused;
use crate::file::opened::OpenError;
use crate::file::source::error::Fault;
use crate::file::source::package::Package;
use crate::progress::Progress;

/// Maximum size of a workbook when unpacked, in bytes.
const UNPACKED_AT_MOST: u64 = 2 << 30;
/// Maximum number of cells with a value in one sheet.
const CELLS_AT_MOST: usize = 60_000_000;
/// The least columns of a row that are kept as they are; further ones must have a value.
const COLUMNS_AT_MOST: usize = 4_096;

/// The sheet with the excerpts of a workbook that was written here.
const OF_EXCERPTS: &str = "(Excerpts)";

/// The kinds of workbooks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Xlsx,
    Xlsb,
    Xls,
    Ods,
}

/// True if a file may be a workbook, by its first bytes: a ZIP file whose first part is one of a
/// workbook, or one of the containers of old Office files.
pub(in crate::file) fn recognises(start: &[u8]) -> bool {
    let has = |words: &str| memchr::memmem::find(start, words.as_bytes()).is_some();
    start.starts_with(b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1")
        || start.starts_with(b"PK\x03\x04")
            && (has("xl/")
                || has("application/vnd.oasis.opendocument.spreadsheet")
                || has("[Content_Types].xml") && !has("word/") && !has("ppt/"))
}

/// True if a workbook was written here.
pub(super) fn is_own(bytes: &[u8]) -> bool {
    let part = Package::open(bytes).and_then(|mut package| package.part("docProps/core.xml"));
    part.is_ok_and(|core| core.is_some_and(|core| core.contains(">Allegiance<")))
}

/// All sheets that have rows, in their order. Hidden sheets are left out.
///
/// # Errors
/// If the file is damaged, protected, no workbook, or too large when unpacked.
pub(super) fn sheets(bytes: &[u8], progress: &Progress) -> Result<Vec<Sheet>, OpenError> {
    let kind = kind_of(bytes, progress)?;
    let work = AssertUnwindSafe(|| match kind {
        Kind::Xlsx => xlsx(bytes, progress),
        Kind::Xlsb => ranges::<Xlsb<_>>(bytes),
        Kind::Xls => ranges::<Xls<_>>(bytes),
        Kind::Ods => ranges::<Ods<_>>(bytes),
    });
    let sheets = catch_unwind(work).unwrap_or_else(|_| Err(damaged(&"it cannot be read")))?;
    if sheets.is_empty() {
        return Err(refused("the workbook is empty", "a sheet with rows of actors or ties"));
    }
    Ok(sheets)
}

fn damaged(error: &dyn std::fmt::Display) -> OpenError {
    damaged_because(&format!("this workbook is damaged ({error})"))
}

fn damaged_because(message: &str) -> OpenError {
    refused(
        message,
        "a whole workbook; open it in its program and save it again, or copy it again from where it \
         came",
    )
}

/// Which kind of workbook this is. Everything in a ZIP file is unpacked once, without being kept,
/// so that a file that was made to fill the memory is found before.
fn kind_of(bytes: &[u8], progress: &Progress) -> Result<Kind, OpenError> {
    if bytes.starts_with(b"\xD0\xCF\x11\xE0") {
        if memchr::memmem::find(bytes, &wide("EncryptedPackage")).is_some() {
            return Err(refused(
                "this workbook has a password",
                "a workbook without a password; open it in its program and save a copy without one",
            ));
        }
        let has = |name: &str| memchr::memmem::find(bytes, &wide(name)).is_some();
        if has("Workbook") || has("Book") {
            return Ok(Kind::Xls);
        }
        return Err(refused("this is an old Office file without a table", "a workbook"));
    }
    let fault = |fault: Fault| damaged_because(fault.message());
    let mut package = Package::open(bytes).map_err(fault)?;
    progress.check().map_err(|_| OpenError::cancelled())?;
    if package.unpacked(UNPACKED_AT_MOST).map_err(fault)?.is_none() {
        return Err(refused(
            format!("this workbook has more than {} GB when unpacked", UNPACKED_AT_MOST >> 30),
            "a workbook with a table; check where it comes from, it may be made to do harm",
        ));
    }
    let names = package.names();
    let has = |wanted: &str| names.iter().any(|name| name == wanted);
    if has("xl/workbook.bin") {
        Ok(Kind::Xlsb)
    } else if names.iter().any(|name| name.starts_with("xl/")) {
        Ok(Kind::Xlsx)
    } else if has("content.xml") {
        Ok(Kind::Ods)
    } else {
        Err(refused("this is an archive without a workbook", "an Excel or OpenDocument workbook"))
    }
}

/// A name as old Office files have it, in UTF-16.
fn wide(name: &str) -> Vec<u8> {
    name.encode_utf16().flat_map(u16::to_le_bytes).collect()
}

/// Rows that are filled cell by cell.
#[derive(Default)]
struct Cells {
    rows: Vec<(u64, StringRecord)>,
    count: usize,
}

impl Cells {
    /// Adds a cell; cells come row by row, from left to right. Empty ones are not given.
    fn add(&mut self, row: u32, column: u32, text: &str) -> Result<(), OpenError> {
        let line = u64::from(row) + 1;
        if self.rows.last().is_none_or(|(last, _)| *last != line) {
            self.rows.push((line, StringRecord::new()));
        }
        self.count += 1;
        let too_far = column as usize >= COLUMNS_AT_MOST;
        if self.count > CELLS_AT_MOST || too_far {
            return Err(refused(
                if too_far {
                    format!("row {line} has a value in column {}", column + 1)
                } else {
                    format!("a sheet has more than {CELLS_AT_MOST} cells")
                },
                "a table of at most 4,096 columns; delete what is far to the right of it",
            ));
        }
        let Some((_, record)) = self.rows.last_mut() else { return Ok(()) };
        while record.len() < column as usize {
            record.push_field("");
        }
        record.push_field(text);
        Ok(())
    }

    /// The rows without columns at the left that are empty in all of them.
    fn into_sheet(self, name: &str) -> Option<Sheet> {
        let first = |(_, row): &(u64, StringRecord)| row.iter().position(|cell| !cell.is_empty());
        let left = self.rows.iter().filter_map(first).min()?;
        let shifted = |(line, row): (u64, StringRecord)| (line, row.iter().skip(left).collect());
        let rows = if left == 0 { self.rows } else { self.rows.into_iter().map(shifted).collect() };
        Some(Sheet::of_cells(name.to_owned(), rows))
    }
}

/// XLSX, cell by cell: only cells with a value take memory.
fn xlsx(bytes: &[u8], progress: &Progress) -> Result<Vec<Sheet>, OpenError> {
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).map_err(|error| damaged(&error))?;
    let mut sheets = Vec::new();
    for name in shown_sheets(&book) {
        let Ok(mut reader) = book.worksheet_cells_reader(&name) else { continue };
        let mut cells = Cells::default();
        let mut last = (0, 0);
        while let Some(cell) = reader.next_cell().map_err(|error| damaged(&error))? {
            let (row, column) = cell.get_position();
            if cells.count.is_multiple_of(1 << 16) {
                progress.check().map_err(|_| OpenError::cancelled())?;
            }
            let text = text_of(&Data::from(cell.get_value().clone()));
            // Cells out of order would overwrite one another.
            if !text.is_empty() && (row, column + 1) > last {
                cells.add(row, column, &text)?;
                last = (row, column + 1);
            }
        }
        sheets.extend(cells.into_sheet(&name));
    }
    Ok(sheets)
}

/// The names of the sheets that the program shows. Kumu passes over those in brackets; the excerpts
/// are read.
fn shown_sheets<R: Reader<Cursor<B>>, B: AsRef<[u8]>>(book: &R) -> Vec<String> {
    let shown = book.sheets_metadata().iter().filter(|sheet| {
        let is_table = sheet.typ == SheetType::WorkSheet && sheet.visible == SheetVisible::Visible;
        is_table && (!sheet.name.starts_with('(') || sheet.name == OF_EXCERPTS)
    });
    shown.map(|sheet| sheet.name.clone()).collect()
}

/// The other kinds, which come as whole tables.
fn ranges<'a, R: Reader<Cursor<&'a [u8]>>>(bytes: &'a [u8]) -> Result<Vec<Sheet>, OpenError> {
    let mut book = R::new(Cursor::new(bytes)).map_err(|error| damaged(&format!("{error:?}")))?;
    let mut sheets = Vec::new();
    for name in shown_sheets(&book) {
        let Ok(range) = book.worksheet_range(&name) else { continue };
        let (top, left) = range.start().unwrap_or_default();
        let mut cells = Cells::default();
        for (row, column, value) in range.used_cells() {
            let text = text_of(value);
            if !text.is_empty() {
                let [row, column] = [row, column].map(|at| u32::try_from(at).unwrap_or(u32::MAX));
                cells.add(top.saturating_add(row), left.saturating_add(column), &text)?;
            }
        }
        sheets.extend(cells.into_sheet(&name));
    }
    Ok(sheets)
}

/// The text of a cell. Whole numbers have no fraction, dates are ISO 8601.
fn text_of(value: &Data) -> String {
    match value {
        Data::Empty | Data::Error(_) => String::new(),
        Data::String(text) | Data::DateTimeIso(text) | Data::DurationIso(text) => text.clone(),
        Data::Int(number) => number.to_string(),
        Data::Float(number) => number.to_string(),
        Data::Bool(is_true) => if *is_true { "true" } else { "false" }.to_owned(),
        Data::DateTime(date) => date_text(*date),
    }
}

fn date_text(date: ExcelDateTime) -> String {
    if !date.is_datetime() {
        return date.as_f64().to_string();
    }
    let (year, month, day, hour, minute, ..) = date.to_ymd_hms_milli();
    if (hour, minute) == (0, 0) {
        format!("{year:04}-{month:02}-{day:02}")
    } else {
        format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}")
    }
}
