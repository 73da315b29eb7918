//! `allegiance analyse`: analyses a map without a window.

use std::io::{self, Write};
use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;
use serde::Serialize;

use super::values::analysis;
use super::{exit_code, fail};
use crate::analysis::report::{ANALYSES, Analysis, Report, Row, Subject};
use crate::file;
use crate::layout;
use crate::model::Element;
use crate::model::query::Index;
use crate::progress::Progress;

/// Arguments of `analyse`.
#[derive(Debug, Args)]
pub struct Analyse {
    /// Map file.
    pub map: PathBuf,
    /// Which analysis.
    #[arg(long, value_parser = analysis(), default_value = ANALYSES[0].key)]
    pub by: &'static Analysis,
    /// Print JSON: an object with `analysis`, `summary`, `exact`, `columns` and `rows`; each row
    /// has `ids` and `cells`.
    #[arg(long)]
    pub json: bool,
}

#[derive(Serialize)]
struct Printed<'a> {
    analysis: &'a str,
    summary: &'a str,
    exact: bool,
    columns: &'a [&'a str],
    rows: Vec<PrintedRow<'a>>,
}

#[derive(Serialize)]
struct PrintedRow<'a> {
    ids: Vec<&'a str>,
    cells: &'a [String],
}

impl<'a> PrintedRow<'a> {
    fn of(row: &'a Row) -> Self {
        Self { ids: row.elements.iter().map(Element::id).collect(), cells: &row.cells }
    }
}

/// Analyses one map and prints the report: JSON, or a line of column names, one line per row with
/// tabs between the cells, and the summary.
pub(super) fn run(
    analyse: &Analyse,
    out: &mut dyn Write,
    err: &mut dyn Write,
) -> io::Result<ExitCode> {
    let map = match file::view(&analyse.map) {
        Ok((map, _)) => map,
        Err(error) => return fail(err, &error, exit_code(error.refusal)),
    };
    let (index, positions) = (Index::of(&map), layout::positions(&map));
    let subject = Subject { map: &map, index: &index, positions: &positions };
    // The command line cannot cancel.
    match analyse.by.run(&subject, &Progress::default()) {
        Ok(report) => print(analyse, &report, out)?,
        Err(error) => return fail(err, &error, 1),
    }
    Ok(ExitCode::SUCCESS)
}

fn print(analyse: &Analyse, report: &Report, out: &mut dyn Write) -> io::Result<()> {
    if analyse.json {
        let printed = Printed {
            analysis: analyse.by.key,
            summary: &report.summary,
            exact: report.is_exact,
            columns: analyse.by.columns,
            rows: report.rows.iter().map(PrintedRow::of).collect(),
        };
        serde_json::to_writer_pretty(&mut *out, &printed)?;
        return writeln!(out);
    }
    writeln!(out, "{}", analyse.by.columns.join("\t"))?;
    for row in &report.rows {
        // A name may contain what separates cells and rows.
        let cells: Vec<String> =
            row.cells.iter().map(|cell| cell.replace(['\t', '\n', '\r'], " ")).collect();
        writeln!(out, "{}", cells.join("\t"))?;
    }
    let how = if report.is_exact { "exact" } else { "approximate" };
    writeln!(out, "{} ({how})", report.summary)
}
