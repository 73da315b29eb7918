//! The command line: its words, and the commands that need no window.

mod recover;
mod verify;

use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::SystemTime;

use clap::{Args, Parser, Subcommand, ValueEnum};
use serde::Serialize;

use crate::export::{self, DEFAULT_SIZE_PX, ExportError, Format, Page, SCREEN_DPI};
use crate::file::save::write_atomically;
use crate::file::{self, Refusal};
use crate::layout;
use crate::model::{Problem, Severity};
use crate::scene::theme::Theme;
use crate::scene::{Parts, View};

/// Exit code for a call that is wrong, a file that is no map, or a missing display.
pub const UNUSABLE: u8 = 2;

/// Pixels to an inch of paper where nobody says otherwise.
const PAPER_DPI: f32 = 150.0;
/// How large symbols are on paper, of their size on a screen: a sheet is read from nearer.
const PAPER_SHARE: f32 = 0.75;

/// Maps of who stands with whom, with the words behind every line.
#[derive(Debug, Parser)]
#[command(name = "allegiance", version, args_conflicts_with_subcommands = true)]
pub struct Cli {
    #[command(subcommand)]
    pub command: Option<Command>,
    /// The map to open in the window; without it the example map opens.
    #[arg(value_name = "MAP")]
    pub map: Option<PathBuf>,
    /// Print a line to standard error for each frame the window draws (there are none while nothing happens).
    #[arg(long)]
    pub frames: bool,
}

/// The commands that need no window.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Write the picture of a map to a file; needs no display.
    Export(Export),
    /// Report everything that is wrong with map files. Exit 0: no error; 1: errors; 2: not a map.
    Check(Check),
    /// Look every excerpt up in its source. Exit 0: all there, word for word; 1: some altered, ambiguous or lost; 2: a
    /// source is missing.
    Verify(verify::Verify),
    /// List the unsaved work that a crash left behind, or write it to a file.
    Recover(recover::Recover),
    /// Print the JSON Schema of the map format.
    Schema,
}

/// What `export` is told.
#[derive(Debug, Args)]
#[expect(clippy::struct_excessive_bools, reason = "each is an option of its own")]
pub struct Export {
    /// The map file.
    pub map: PathBuf,
    /// The picture to write: .png, .svg or .pdf. With an existing folder and --format, several maps are taken.
    #[arg(required = true, num_args = 1.., value_name = "OUT")]
    pub out: Vec<PathBuf>,
    /// The kind of the pictures in a folder.
    #[arg(long, value_enum)]
    pub format: Option<FormatName>,
    /// Width of the picture in pixels [default: 1600 times the scale].
    #[arg(long, value_name = "PX")]
    pub width: Option<u32>,
    /// Height of the picture in pixels [default: 1000 times the scale].
    #[arg(long, value_name = "PX")]
    pub height: Option<u32>,
    /// Enlarge what is drawn (words, symbols, title and legend); a size that is given stays as it is.
    #[arg(long, value_name = "N", default_value_t = 1.0)]
    pub scale: f32,
    /// Size of a sheet of paper, lying; with --dpi it decides the pixels.
    #[arg(long, value_enum, conflicts_with_all = ["width", "height"])]
    pub paper: Option<Paper>,
    /// Pixels to an inch of paper [default: 96, with --paper 150].
    #[arg(long, value_name = "N")]
    pub dpi: Option<f32>,
    #[arg(long, value_enum, default_value_t = ThemeName::Light)]
    pub theme: ThemeName,
    /// Draw no ground: a PNG is transparent where nothing is.
    #[arg(long)]
    pub transparent: bool,
    /// Leave out the title.
    #[arg(long)]
    pub no_title: bool,
    /// Leave out the legend.
    #[arg(long)]
    pub no_legend: bool,
    /// Leave out the marking at top and bottom.
    #[arg(long)]
    pub no_marking: bool,
    /// Leave out caveat, author and the note on positions.
    #[arg(long)]
    pub no_notes: bool,
    /// Say on the picture from which file and when it was made; the picture is then another one every time.
    #[arg(long)]
    pub made: bool,
    /// Show forecasts and hypotheses too.
    #[arg(long)]
    pub forecasts: bool,
}

/// A map and its picture.
type Pair = (PathBuf, PathBuf);

/// The kinds of picture by name.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub enum FormatName {
    Png,
    Svg,
    Pdf,
}

impl FormatName {
    fn extension(self) -> &'static str {
        match self {
            Self::Png => "png",
            Self::Svg => "svg",
            Self::Pdf => "pdf",
        }
    }
}

/// Sheets of paper, lying.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub enum Paper {
    A4,
    A3,
    Letter,
}

impl Paper {
    /// Width and height in inches (ISO 216, ANSI/ASME Y14.1).
    fn inches(self) -> (f32, f32) {
        match self {
            Self::A4 => (297.0 / 25.4, 210.0 / 25.4),
            Self::A3 => (420.0 / 25.4, 297.0 / 25.4),
            Self::Letter => (11.0, 8.5),
        }
    }
}

/// The themes by name.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub enum ThemeName {
    Light,
    Dark,
    /// Greys on white.
    Print,
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
        Command::Export(export) => run_export(export, err),
        Command::Check(check) => run_check(check, out),
        Command::Verify(verify) => verify::run(verify, out, err),
        Command::Recover(recover) => recover::run(recover, out, err),
        Command::Schema => {
            out.write_all(file::schema().map_err(io::Error::other)?.as_bytes())?;
            Ok(ExitCode::SUCCESS)
        }
    }
}

fn run_export(export: &Export, err: &mut dyn Write) -> io::Result<ExitCode> {
    let (pairs, format) = match export.pairs() {
        Ok(pairs) => pairs,
        Err(message) => return fail(err, &message, UNUSABLE),
    };
    let mut worst = 0;
    for (map, out) in pairs {
        worst = worst.max(export_one(export, &map, &out, format, err)?);
    }
    Ok(ExitCode::from(worst))
}

fn export_one(export: &Export, map: &Path, out: &Path, format: Option<Format>, err: &mut dyn Write) -> io::Result<u8> {
    let mut said = |error: &dyn std::fmt::Display, code: u8| writeln!(err, "allegiance: {error}").map(|()| code);
    let format = match format.map_or_else(|| Format::of(out), Ok) {
        Ok(format) => format,
        Err(error) => return said(&error, UNUSABLE),
    };
    let opened = match file::open(map) {
        Ok(opened) => opened,
        Err(error) => return said(&error, exit_code(error.refusal)),
    };
    let page = export.page(map);
    let written = export::render(&opened.map, &layout::positions(&opened.map), &page, format)
        .and_then(|bytes| Ok(write_atomically(out, &bytes)?));
    match written {
        Ok(()) => Ok(0),
        Err(error @ (ExportError::Size(..) | ExportError::Scale(_) | ExportError::Dpi(_))) => said(&error, UNUSABLE),
        Err(error) => said(&error, 1),
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

impl Export {
    /// Each map with its picture, and the kind where a folder does not say it.
    fn pairs(&self) -> Result<(Vec<Pair>, Option<Format>), String> {
        let Some((out, more)) = self.out.split_last() else { return Err("no picture to write is named".to_owned()) };
        let format = self.format.map(|format| match format {
            FormatName::Png => Format::Png,
            FormatName::Svg => Format::Svg,
            FormatName::Pdf => Format::Pdf,
        });
        if !out.is_dir() {
            return if more.is_empty() {
                Ok((vec![(self.map.clone(), out.clone())], format))
            } else {
                Err(format!("{}: several maps go into a folder that exists", out.display()))
            };
        }
        let Some(name) = self.format else {
            return Err("a folder says nothing of the kind of picture; give --format png, svg or pdf".to_owned());
        };
        let maps = std::iter::once(&self.map).chain(more);
        let picture = |map: &PathBuf| {
            let stem = map.file_stem().unwrap_or(map.as_os_str()).to_os_string();
            (map.clone(), out.join(stem).with_extension(name.extension()))
        };
        Ok((maps.map(picture).collect(), format))
    }

    fn page(&self, map: &Path) -> Page {
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "saturates; checked later")]
        let whole = |pixels: f64| pixels.round() as u32;
        let scaled = |side: u32| whole(f64::from(side) * f64::from(self.scale));
        let dpi = self.dpi.unwrap_or(if self.paper.is_some() { PAPER_DPI } else { SCREEN_DPI });
        let (width, height, magnified) = match self.paper {
            Some(paper) => {
                let (width, height) = paper.inches();
                let pixels = |inches: f32| whole(f64::from(inches) * f64::from(dpi));
                // Symbols keep their size on paper, whatever the pixels.
                (pixels(width), pixels(height), self.scale * dpi / SCREEN_DPI * PAPER_SHARE)
            }
            None => (scaled(DEFAULT_SIZE_PX.0), scaled(DEFAULT_SIZE_PX.1), self.scale),
        };
        let name = map.file_name().unwrap_or(map.as_os_str()).to_string_lossy();
        let made = if self.made { export::made_words(&name, SystemTime::now()) } else { String::new() };
        Page {
            scale: magnified,
            theme: match self.theme {
                ThemeName::Light => Theme::light(),
                ThemeName::Dark => Theme::dark(),
                ThemeName::Print => Theme::print(),
            },
            parts: Parts {
                title: !self.no_title,
                legend: !self.no_legend,
                marking: !self.no_marking,
                notes: !self.no_notes,
                made,
            },
            is_transparent: self.transparent,
            dpi,
            view: View { outlook: self.forecasts, ..View::default() },
            ..Page::new(self.width.unwrap_or(width), self.height.unwrap_or(height))
        }
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
    for path in &check.maps {
        let (problems, code) = match file::open(path) {
            Ok(opened) => (opened.warnings, 0),
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
    Ok(ExitCode::from(worst))
}

fn print_problems(out: &mut dyn Write, path: &Path, problems: &[Problem]) -> io::Result<()> {
    for problem in problems {
        writeln!(out, "{}: {problem}", path.display())?;
    }
    let count = |severity| problems.iter().filter(|problem| problem.severity == severity).count();
    let (errors, warnings) = (count(Severity::Error), count(Severity::Warning));
    let counted = |count: usize, noun: &str| if count == 1 { format!("1 {noun}") } else { format!("{count} {noun}s") };
    writeln!(out, "{}: {}, {}", path.display(), counted(errors, "error"), counted(warnings, "warning"))
}
