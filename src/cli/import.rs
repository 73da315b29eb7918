//! `allegiance import`: tables, event data and maps of other programs.

use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::Args;
use ecow::EcoString;

use super::{UNUSABLE, exit_code, fail};
use crate::analysis::doubles::doubles;
use crate::edit::combine::{Known, combined};
use crate::file::native::write::write;
use crate::file::source;
use crate::file::source::batch::read_batch;
use crate::file::source::name_pattern::NamePattern;
use crate::file::store::output::{Inputs, check_target, write_output};
use crate::file::tables::book::{Book, Imported, flaws_table, grouped};
use crate::file::tables::plan::Shape;
use crate::file::tables::{Role, presets};
use crate::file::{self, OpenError};
use crate::model::words::counted;
use crate::model::{Map, Place, Problem, Source};
use crate::named::Named as _;
use crate::progress::Progress;

/// How many kinds of flaws are printed.
const PRINTED: usize = 20;

/// Arguments of `import`.
#[derive(Debug, Args)]
pub struct Import {
    /// Tables (CSV, TSV, XLSX, XLS, ODS), or maps of other programs. The tables of all files are
    /// read together: one can list the actors, another the ties.
    #[arg(required = true, value_name = "FILE")]
    pub files: Vec<PathBuf>,
    /// Event data whose columns are known: acled, ucdp-ged, gdelt-1, gdelt-2, icews, polecat, cow-mid
    /// or atop [default: whichever fits].
    #[arg(long, value_name = "NAME")]
    pub preset: Option<String>,
    /// What columns mean: from=Sender,to=Receiver,stance=Tone. Roles: keep, ignore, from, to,
    /// `from_name`, `to_name`, pair, name, id, alias, `part_of`, stance, kind, strength, cooperation,
    /// hostility, direction, status, speaker, start, end, excerpt, source, paragraph, note, x, y.
    #[arg(long, value_name = "ROLE=NAME,…", value_delimiter = ',')]
    pub columns: Vec<String>,
    /// What the rows are: ties, actors, events, matrix or neighbours.
    #[arg(long, value_name = "SHAPE")]
    pub rows: Option<String>,
    /// What values of the stance column stand for: ally=cooperative,war=hostile,trade=skip.
    #[arg(long, value_name = "VALUE=STANCE,…", value_delimiter = ',')]
    pub stances: Vec<String>,
    /// Ties go from the first actor to the second; A and B are told apart from B and A.
    #[arg(long, conflicts_with = "undirected")]
    pub directed: bool,
    /// Ties have no direction; A and B are the same as B and A.
    #[arg(long)]
    pub undirected: bool,
    /// Line of the header, from 1; 0 if there is none.
    #[arg(long, value_name = "LINE")]
    pub header: Option<u64>,
    /// Encoding of a text: utf-8, windows-1252, windows-1251.
    #[arg(long, value_name = "NAME")]
    pub encoding: Option<String>,
    /// Sign between the cells of a text; `tab` for tabs.
    #[arg(long, value_name = "SIGN")]
    pub separator: Option<String>,
    /// How the names of text files tell title, author, publisher and date: "{date} {author} - {title}".
    /// Texts and folders of texts become sources.
    #[arg(long, value_name = "PATTERN")]
    pub names: Option<String>,
    /// Map that the import is added to: actors are the same by id, else by name and kind, else by
    /// another name; positions stay.
    #[arg(long, value_name = "MAP")]
    pub into: Option<PathBuf>,
    /// Replace what the map has by what the import says, not only add what is new.
    #[arg(long, requires = "into")]
    pub update: bool,
    /// Map to write, which can be that of --into; without it, only what was found is printed.
    #[arg(long, value_name = "MAP")]
    pub out: Option<PathBuf>,
    /// Table to write with the rows that could not be read.
    #[arg(long, value_name = "TABLE")]
    pub rejected: Option<PathBuf>,
}

/// What was read, and what is to be said of it.
struct Found {
    map: Map,
    warnings: Vec<Problem>,
    tables: Option<Imported>,
}

pub(super) fn run(told: &Import, out: &mut dyn Write, err: &mut dyn Write) -> io::Result<ExitCode> {
    let found = match read(told) {
        Ok(found) => found,
        Err(error) => return fail(err, &error.0, error.1),
    };
    for warning in &found.warnings {
        writeln!(err, "allegiance: {}", warning.message)?;
    }
    if let Some(tables) = &found.tables {
        print_flaws(tables, err)?;
    }
    let inputs = Inputs::maps(&told.files);
    let found = match &told.into {
        None => found,
        Some(path) => match added(path, found, told.update, out)? {
            Ok(found) => found,
            Err(error) => return fail(err, &error, exit_code(error.refusal)),
        },
    };
    writeln!(out, "{}", counts(&found.map))?;
    if let (Some(path), Some(tables)) = (&told.rejected, &found.tables) {
        let bytes = flaws_table(&tables.flaws).map_err(io::Error::other)?;
        if let Err(error) = write_output(path, &bytes, &inputs) {
            return fail(err, &error, 1);
        }
    }
    let Some(path) = &told.out else { return Ok(ExitCode::SUCCESS) };
    if let Err(error) = check_target(path, &inputs) {
        return fail(err, &error, UNUSABLE);
    }
    let bytes = write(&found.map).map_err(io::Error::other)?;
    match write_output(path, &bytes, &inputs) {
        Ok(()) => Ok(ExitCode::SUCCESS),
        Err(error) => fail(err, &error, 1),
    }
}

/// `3 actors, 5 ties`, and the sources and waiting excerpts where there are only these.
fn counts(map: &Map) -> String {
    let mut parts = vec![counted(map.actors.len(), "actor"), counted(map.relations.len(), "tie")];
    if map.actors.is_empty() {
        parts = vec![counted(map.sources.len(), "source")];
    }
    if !map.unassigned.is_empty() {
        parts.push(format!("{} to assign", counted(map.unassigned.len(), "excerpt")));
    }
    parts.join(", ")
}

/// The map at `path` with the import added. Prints what is new, changed and missing.
fn added(
    path: &Path,
    found: Found,
    updates: bool,
    out: &mut dyn Write,
) -> io::Result<Result<Found, OpenError>> {
    let own = match file::open_native(path) {
        Ok(own) => own,
        Err(error) => return Ok(Err(error)),
    };
    let known = if updates { Known::Update } else { Known::Keep };
    let both = combined(&own.map, &found.map, known, &EcoString::new());
    writeln!(
        out,
        "new: {}, {}, {}, {}",
        counted(both.new_actors.len(), "actor"),
        counted(both.new_ties, "tie"),
        counted(both.new_excerpts, "excerpt"),
        counted(both.new_sources, "source")
    )?;
    let pairs = [
        ("changed", both.changed_actors.len(), both.changed_ties),
        ("only in the map, and kept", both.missing_actors.len(), both.missing_ties),
    ];
    for (what, actors, ties) in pairs {
        writeln!(out, "{what}: {}, {}", counted(actors, "actor"), counted(ties, "tie"))?;
    }
    for double in doubles(&both.map) {
        let [one, other] = [double.one, double.other].map(|at| both.map.actors[at].name.as_str());
        writeln!(out, "perhaps the same: {one} and {other} ({})", double.reason)?;
    }
    Ok(Ok(Found { map: both.map, ..found }))
}

fn print_flaws(tables: &Imported, err: &mut dyn Write) -> io::Result<()> {
    let groups = grouped(&tables.flaws);
    for group in groups.iter().take(PRINTED) {
        writeln!(err, "allegiance: {}", group.words())?;
    }
    if groups.len() > PRINTED || groups.iter().any(|group| group.count > group.lines.len()) {
        writeln!(err, "allegiance: --rejected FILE.csv lists all of them")?;
    }
    let read = tables.rows - tables.left_out - tables.skipped;
    let rows = counted(tables.rows, "row");
    let skipped = match tables.skipped {
        0 => String::new(),
        count => format!(", {count} skipped"),
    };
    writeln!(err, "allegiance: {read} of {rows} read{skipped}")
}

type Failure = (String, u8);

fn failed(error: &OpenError) -> Failure {
    (error.to_string(), exit_code(error.refusal))
}

fn unusable(words: impl Into<String>) -> Failure {
    (words.into(), UNUSABLE)
}

/// Reads all files: tables together, or one map of another program.
fn read(told: &Import) -> Result<Found, Failure> {
    let progress = Progress::default();
    if told.files.iter().all(|path| path.is_dir() || source::formats::is_article(path)) {
        return articles(told, &progress);
    }
    let mut book = Book::default();
    for path in &told.files {
        let bytes = file::read_bytes(path, &progress).map_err(|error| failed(&error))?;
        if file::is_table(&bytes, path) {
            let name = stem(path);
            book.add(&name, &bytes, &[], &progress).map_err(|error| failed(&error.at(path)))?;
        } else if let [only] = told.files.as_slice() {
            let opened = file::open(only).map_err(|error| failed(&error))?;
            return Ok(Found { map: opened.map, warnings: opened.warnings, tables: None });
        } else {
            return Err(unusable(format!(
                "{} is a map; maps are imported one at a time",
                path.display()
            )));
        }
    }
    prepare(&mut book, told)?;
    let title = told.files.first().map(|path| stem(path)).unwrap_or_default();
    let mut tables = book.into_map(&title, &progress).map_err(|error| {
        let path = told.files.first().map(PathBuf::as_path);
        failed(&path.map_or(error.clone(), |path| error.at(path)))
    })?;
    let map = std::mem::take(&mut tables.opened.map);
    let warnings = std::mem::take(&mut tables.opened.warnings);
    Ok(Found { map, warnings, tables: Some(tables) })
}

/// The texts of files and folders as sources.
fn articles(told: &Import, progress: &Progress) -> Result<Found, Failure> {
    let pattern = told.names.as_deref().map(NamePattern::parse).transpose();
    let pattern = pattern.map_err(|why| unusable(format!("--names: {why}")))?;
    let batch = read_batch(&told.files, progress).map_err(|error| unusable(error.to_string()))?;
    let mut map = Map::default();
    for (number, text) in batch.texts.iter().enumerate() {
        let id = format!("s{}", number + 1).into();
        map.sources.push(Source { id, ..text.whole_source(pattern.as_ref()) });
    }
    let errors: Vec<String> = batch.errors.iter().map(ToString::to_string).collect();
    if map.sources.is_empty() {
        let none = "there are no texts in these folders".to_owned();
        return Err(unusable(errors.first().cloned().unwrap_or(none)));
    }
    let count = counted(map.sources.len(), "source");
    let words = std::iter::once(count).chain(errors);
    let warnings = words.map(|words| Problem::warning(Place::default(), words, "")).collect();
    Ok(Found { map, warnings, tables: None })
}

fn stem(path: &Path) -> String {
    path.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default()
}

/// Changes the plans as the user has said.
fn prepare(book: &mut Book, told: &Import) -> Result<(), Failure> {
    for planned in &mut book.sheets {
        if told.encoding.is_some() || told.separator.is_some() {
            planned.tell(&text_told(told)?);
        }
        if let Some(line) = told.header {
            let lines =
                planned.sheet.first(usize::try_from(line).unwrap_or(usize::MAX).min(10_000));
            if line > 0 && lines.iter().all(|(other, _)| *other != line) {
                return Err(unusable(format!("--header {line}: there is no such line with cells")));
            }
            planned.set_header(Some(line).filter(|line| *line > 0));
        }
    }
    if let Some(name) = &told.preset {
        let named = presets::by_name(&[], name);
        if named.is_empty() {
            let mut known: Vec<String> = presets::known().into_iter().map(|one| one.name).collect();
            known.dedup();
            return Err(unusable(format!("no preset “{name}”; there are {}", known.join(", "))));
        }
        let mut fits = false;
        for planned in &mut book.sheets {
            fits |= named.iter().any(|preset| planned.apply(preset));
        }
        if !fits {
            return Err(unusable(format!("the columns of {name} are not in the file")));
        }
    }
    if let Some(key) = &told.rows {
        let shape = Shape::from_key(key).ok_or_else(|| {
            unusable(format!("rows are no “{key}”; use ties, actors, events, matrix or neighbours"))
        })?;
        for planned in &mut book.sheets {
            planned.plan.shape = shape;
        }
    }
    for planned in &mut book.sheets {
        let plan = &mut planned.plan;
        plan.is_directed = (plan.is_directed || told.directed) && !told.undirected;
    }
    for pair in &told.columns {
        set_column(book, pair)?;
    }
    for pair in &told.stances {
        set_stance(book, pair)?;
    }
    Ok(())
}

fn text_told(told: &Import) -> Result<file::tables::form::Told, Failure> {
    if let Some(name) = &told.encoding
        && !file::tables::text::is_encoding(name)
    {
        return Err(unusable(format!(
            "no encoding “{name}”; use utf-8 or windows-1252, for example"
        )));
    }
    let separator = match told.separator.as_deref() {
        None => None,
        Some("tab") => Some('\t'),
        Some(sign) => {
            let mut letters = sign.chars();
            match (letters.next(), letters.next()) {
                (Some(letter), None) if letter.is_ascii() => Some(letter),
                _ => return Err(unusable(format!("“{sign}” is not one sign; use , ; | or tab"))),
            }
        }
    };
    Ok(file::tables::form::Told { encoding: told.encoding.clone(), separator })
}

/// Applies `role=name` to every sheet that has the column.
fn set_column(book: &mut Book, pair: &str) -> Result<(), Failure> {
    let (key, name) = pair
        .split_once('=')
        .ok_or_else(|| unusable(format!("“{pair}” is not of the form role=column")))?;
    let role = Role::from_key(key.trim())
        .ok_or_else(|| unusable(format!("there is no role “{key}”; see --help")))?;
    let mut is_found = false;
    for planned in &mut book.sheets {
        let columns = &planned.plan.columns;
        let found = columns.iter().position(|column| column.name == name.trim());
        let found = found.or_else(|| {
            columns.iter().position(|column| column.name.eq_ignore_ascii_case(name.trim()))
        });
        if let Some(at) = found {
            planned.set_role(at, role);
            is_found = true;
            if matches!(planned.plan.shape, Shape::Nothing | Shape::Actors)
                && planned.plan.has(Role::From)
                && planned.plan.has(Role::To)
            {
                planned.plan.shape = Shape::Ties;
            }
            if planned.plan.shape == Shape::Nothing && planned.plan.has(Role::Name) {
                planned.plan.shape = Shape::Actors;
            }
        }
    }
    if is_found {
        return Ok(());
    }
    let names: Vec<&str> = book
        .sheets
        .iter()
        .flat_map(|planned| planned.plan.columns.iter().map(|column| column.name.as_str()))
        .collect();
    Err(unusable(format!("there is no column “{name}”; there are {}", names.join(", "))))
}

fn set_stance(book: &mut Book, pair: &str) -> Result<(), Failure> {
    use crate::file::tables::plan::Choice;
    let (value, key) = pair
        .rsplit_once('=')
        .ok_or_else(|| unusable(format!("“{pair}” is not of the form value=stance")))?;
    let choice = Choice::from_key(key.trim()).ok_or_else(|| {
        unusable(format!("“{key}” is no stance; use hostile, cooperative, mixed, neutral or skip"))
    })?;
    let with_stances = book.sheets.iter_mut().filter(|planned| planned.plan.has(Role::Stance));
    let mut count = 0;
    for planned in with_stances {
        count += 1;
        planned.plan.stances.insert(value.trim().to_owned(), choice);
    }
    if count == 0 {
        return Err(unusable("no column has the role stance; say --columns stance=NAME"));
    }
    Ok(())
}
