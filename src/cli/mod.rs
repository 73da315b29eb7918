//! The command line: its words, and the commands that need no window.

mod arrange;
mod export;
mod filter;
mod recover;
mod values;
mod verify;

use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Args, Parser, Subcommand};
use serde::Serialize;

use crate::file::{self, Refusal};
use crate::model::words::counted;
use crate::model::{Problem, Severity};

/// Exit code for a call that is wrong, a file that is no map, or a missing display.
pub const UNUSABLE: u8 = 2;

/// Maps of who stands with whom, with the words behind every line.
#[derive(Debug, Parser)]
#[command(name = "allegiance", version, args_conflicts_with_subcommands = true)]
pub struct Cli {
    #[command(subcommand)]
    pub command: Option<Command>,
    /// The map to open in the window; without it the example map opens.
    #[arg(value_name = "MAP")]
    pub map: Option<PathBuf>,
    /// Print a line to standard error for each frame the window draws (there are none while nothing
    /// happens).
    #[arg(long)]
    pub frames: bool,
}

/// The commands that need no window.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Write the picture of a map to a file; needs no display.
    Export(Box<export::Export>),
    /// Put the actors of a map where friends are near and enemies far.
    Arrange(arrange::Arrange),
    /// Report everything that is wrong with map files. Exit 0: no error; 1: errors; 2: not a map.
    Check(Check),
    /// Look every excerpt up in its source. Exit 0: all there, word for word; 1: some altered,
    /// ambiguous or lost; 2: a source is missing.
    Verify(verify::Verify),
    /// List the unsaved work that a crash left behind, or write it to a file.
    Recover(recover::Recover),
    /// Print the JSON Schema of the map format.
    Schema,
}

/// What `check` is told.
#[derive(Debug, Args)]
pub struct Check {
    /// The map files.
    #[arg(required = true, value_name = "MAP")]
    pub maps: Vec<PathBuf>,
    /// Print an array of objects with file, severity, path, line, column, message and expected.
    #[arg(long)]
    pub json: bool,
}

/// Runs a command that needs no window.
///
/// # Errors
/// When standard output cannot be written.
pub fn run(command: &Command, out: &mut dyn Write, err: &mut dyn Write) -> io::Result<ExitCode> {
    match command {
        Command::Export(export) => export::run(export, err),
        Command::Arrange(told) => arrange::run(told, out, err),
        Command::Check(check) => run_check(check, out),
        Command::Verify(verify) => verify::run(verify, out, err),
        Command::Recover(recover) => recover::run(recover, out, err),
        Command::Schema => {
            out.write_all(file::schema().map_err(io::Error::other)?.as_bytes())?;
            Ok(ExitCode::SUCCESS)
        }
    }
}

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

/// One problem as `check --json` prints it.
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
            expected: problem.expected.clone(),
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
    // The process ends here, which gives everything back at once.
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
