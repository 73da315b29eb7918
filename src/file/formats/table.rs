//! Tables: text with separators, and workbooks. Opened without a question, they are read as they
//! look; the import window and `allegiance import` let the user change that.

use crate::file::format::MapFormat;
use crate::file::opened::{Bytes, OpenError, Opened};
use crate::file::tables::{Book, looks_like_text_table, workbook};
use crate::progress::Progress;

/// Workbooks of Excel and `LibreOffice`.
pub static WORKBOOKS: MapFormat = MapFormat {
    name: "Workbooks (Excel, OpenDocument)",
    extensions: &["xlsx", "xls", "ods", "xlsm", "xlsb"],
    recognises: workbook::recognises,
    read,
};

/// Text with separators.
pub static TABLES: MapFormat = MapFormat {
    name: "Tables (CSV, TSV)",
    extensions: &["csv", "tsv", "tab"],
    recognises: looks_like_text_table,
    read,
};

fn read(bytes: &Bytes, progress: &Progress) -> Result<Opened, OpenError> {
    let mut book = Book::default();
    book.add("", bytes, &[], progress)?;
    book.import("", progress).map(|imported| imported.opened)
}
