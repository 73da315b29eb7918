//! The command line: its arguments, and the commands that need no window.

mod analyse;
mod arrange;
mod convert;
mod export;
mod filter;
mod import;
mod recover;
mod text;
mod values;
mod verify;
mod view;

use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Args, Parser, Subcommand};
use serde::Serialize;

use crate::file::{self, Refusal};
use crate::model::words::counted;
use crate::model::{Problem, Severity};

/// Exit code for invalid arguments, a file that is not a map, or a missing display.
pub const UNUSABLE: u8 = 2;

/// Maps of who stands with whom, with the words behind every line.
#[derive(Debug, Parser)]
#[command(name = "allegiance", version, args_conflicts_with_subcommands = true)]
pub struct Cli {
    #[command(subcommand)]
    pub command: Option<Command>,
    /// Map to open in the window [default: the example map].
    #[arg(value_name = "MAP")]
    pub map: Option<PathBuf>,
    /// Print a line to standard error for each frame that is drawn (none while the window is idle).
    #[arg(long)]
    pub frames: bool,
}

/// The commands that need no window.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Export a map as a picture. Needs no display.
    Export(Box<export::Export>),
    /// Arrange the actors of a map, for example with friends near and enemies far.
    Arrange(Box<arrange::Arrange>),
    /// Write a map in the format of another program, or a map of another program in ours. Prints what
    /// the format cannot carry.
    Convert(convert::Convert),
    /// Make a map of tables, event data or maps of other programs, or add them to one. Prints what
    /// could not be read.
    Import(Box<import::Import>),
    /// Analyse a map, for example into camps.
    Analyse(analyse::Analyse),
    /// Report all problems in map files. Exit code 0: no errors; 1: errors; 2: not a map.
    Check(Check),
    /// Look up every excerpt in its source. Exit code 0: all found word for word; 1: some altered,
    /// ambiguous or lost; 2: the text of a source is missing.
    Verify(verify::Verify),
    /// Print the text of a file as it would be attached to a source. Exit code 2: it cannot be
    /// read.
    Text(text::Text),
    /// List unsaved work from before a crash, write it to a file, or discard it.
    Recover(recover::Recover),
    /// Print the JSON Schema of the map format.
    Schema,
}

/// Arguments of `check`.
#[derive(Debug, Args)]
pub struct Check {
    /// Map files.
    #[arg(required = true, value_name = "MAP")]
    pub maps: Vec<PathBuf>,
    /// Print JSON: an array of objects with `file`, `severity`, `path`, `line`, `column`, `message`
    /// and `expected`.
    #[arg(long)]
    pub json: bool,
}

/// Runs a command that needs no window.
///
/// # Errors
/// If standard output cannot be written.
pub fn run(command: &Command, out: &mut dyn Write, err: &mut dyn Write) -> io::Result<ExitCode> {
    match command {
        Command::Export(export) => export::run(export, err),
        Command::Arrange(told) => arrange::run(told, out, err),
        Command::Convert(told) => convert::run(told, err),
        Command::Import(told) => import::run(told, out, err),
        Command::Analyse(analyse) => analyse::run(analyse, out, err),
        Command::Check(check) => run_check(check, out),
        Command::Verify(verify) => verify::run(verify, out, err),
        Command::Text(text) => text::run(text, out, err),
        Command::Recover(recover) => recover::run(recover, out, err),
        Command::Schema => {
            out.write_all(file::schema().map_err(io::Error::other)?.as_bytes())?;
            Ok(ExitCode::SUCCESS)
        }
    }
}

/// Prints an error and returns the exit code.
fn fail(err: &mut dyn Write, error: &dyn std::fmt::Display, code: u8) -> io::Result<ExitCode> {
    writeln!(err, "allegiance: {error}")?;
    Ok(ExitCode::from(code))
}

fn exit_code(refusal: Refusal) -> u8 {
    match refusal {
        Refusal::NotAMap => UNUSABLE,
        Refusal::Invalid => 1,
    }
}

/// One problem as printed by `check --json`.
#[derive(Serialize)]
struct Reported {
    file: String,
    severity: Severity,
    path: String,
    line: Option<usize>,
    column: Option<usize>,
    message: String,
    expected: String,
}

impl Reported {
    fn new(file: &Path, problem: &Problem) -> Self {
        Self {
            file: file.display().to_string(),
            severity: problem.severity,
            path: problem.place.path(),
            line: problem.place.line_column.map(|(line, _)| line),
            column: problem.place.line_column.map(|(_, column)| column),
            message: problem.message.clone(),
            expected: problem.expected.to_string(),
        }
    }
}

fn run_check(check: &Check, out: &mut dyn Write) -> io::Result<ExitCode> {
    let mut worst = 0;
    let mut reported = Vec::new();
    let mut last = None;
    for path in &check.maps {
        let (problems, code) = match file::view(path) {
            Ok((map, warnings)) => {
                last = Some(map);
                (warnings, 0)
            }
            Err(error) => (error.problems, exit_code(error.refusal)),
        };
        worst = worst.max(code);
        if check.json {
            reported.extend(problems.iter().map(|problem| Reported::new(path, problem)));
        } else {
            print_problems(out, path, &problems)?;
        }
    }
    if check.json {
        serde_json::to_writer_pretty(&mut *out, &reported)?;
        writeln!(out)?;
    }
    // The process ends here, so skip dropping a large map, which would be slow.
    std::mem::forget(last);
    Ok(ExitCode::from(worst))
}

fn print_problems(out: &mut dyn Write, path: &Path, problems: &[Problem]) -> io::Result<()> {
    for problem in problems {
        writeln!(out, "{}: {problem}", path.display())?;
    }
    let count = |severity| problems.iter().filter(|problem| problem.severity == severity).count();
    let (errors, warnings) = (count(Severity::Error), count(Severity::Warning));
    writeln!(
        out,
        "{}: {}, {}",
        path.display(),
        counted(errors, "error"),
        counted(warnings, "warning")
    )
}
