//! Opening a map file: its bytes, its contents, and everything that is wrong with it.

use std::fs::File;
use std::io::{Read as _, Seek as _};
use std::path::Path;

use super::native::stream::without_mark;
use super::native::{diagnose, locate, stream, write};
use super::opened::{Bytes, OpenError, Opened, Refusal};
use crate::model::{Map, Place, Problem, Severity, check};
use crate::progress::Progress;

/// The map that comes with the program.
pub const EXAMPLE: &str = include_str!("../../assets/maps/pakistan-afghan-taliban.json");
/// A file larger than this is not read: the largest real maps are a hundredth of it.
const SIZE_LIMIT_BYTES: u64 = 4 << 30;
/// How much is read at a time.
const READ_BYTES: u64 = 4 << 20;
/// How much is looked at before a whole file is read.
const PEEK_BYTES: usize = 4096;

/// Reads the map at `path`.
///
/// # Errors
/// When the file cannot be read, is no map, or is a map with errors.
pub fn open(path: &Path) -> Result<Opened, OpenError> {
    open_with(path, &Progress::default())
}

/// As [`open`], saying how far it is.
///
/// # Errors
/// As [`open`], and when nobody wants it any more.
pub fn open_with(path: &Path, progress: &Progress) -> Result<Opened, OpenError> {
    read(path, progress)
        .and_then(|bytes| parse_with(bytes, progress))
        .map_err(|error| error.at(path))
}

/// Reads the map at `path` to look at and not to write: its bytes are not kept. With what somebody
/// should look at.
///
/// # Errors
/// As [`open`].
pub fn view(path: &Path) -> Result<(Map, Vec<Problem>), OpenError> {
    let progress = Progress::default();
    let whole_map = |entered: (File, u64)| {
        let map = stream::read(&entered.0, entered.1, &progress)?;
        Some((map, entered))
    };
    let Some((map, (mut file, size))) = enter(path).ok().and_then(whole_map) else {
        return open(path).map(|opened| (opened.map, opened.warnings));
    };
    let mut problems = check::check(&map);
    if !problems.is_empty() {
        // To say where: the same file once more.
        let bytes = file.rewind().map_err(|error| unreadable(&error));
        let bytes =
            bytes.and_then(|()| rest(file, size, &progress)).map_err(|error| error.at(path))?;
        locate::locate_all(&bytes, &mut problems);
    }
    let warnings = judged(&map, problems).map_err(|error| error.at(path))?;
    Ok((map, warnings))
}

/// Reads a map out of `bytes`.
///
/// # Errors
/// When they are no map, or a map with errors.
pub fn parse(bytes: &[u8]) -> Result<Opened, OpenError> {
    parse_with(bytes.to_vec().into(), &Progress::default())
}

fn parse_with(bytes: Bytes, progress: &Progress) -> Result<Opened, OpenError> {
    refuse_foreign_start(&bytes)?;
    let map = match write::read(&bytes, progress) {
        Ok(map) => map,
        Err(_) if progress.check().is_err() => return Err(OpenError::cancelled()),
        Err(error) => return Err(diagnose::diagnose(&bytes, &error)),
    };
    let mut problems = check::check(&map);
    locate::locate_all(&bytes, &mut problems);
    let warnings = judged(&map, problems)?;
    Ok(Opened { map, bytes, warnings })
}

/// The problems, unless they keep the map from opening.
fn judged(map: &Map, problems: Vec<Problem>) -> Result<Vec<Problem>, OpenError> {
    if map.format != crate::model::FORMAT {
        return Err(OpenError { path: None, refusal: Refusal::NotAMap, problems });
    }
    if problems.iter().any(|problem| problem.severity == Severity::Error) {
        return Err(OpenError { path: None, refusal: Refusal::Invalid, problems });
    }
    Ok(problems)
}

/// The file's bytes, if it can be a map at all.
fn read(path: &Path, progress: &Progress) -> Result<Bytes, OpenError> {
    let (file, size) = enter(path)?;
    rest(file, size, progress)
}

/// The file with its size, if there is one that can be read.
fn enter(path: &Path) -> Result<(File, u64), OpenError> {
    let fail = |error: std::io::Error| unreadable(&error);
    let about = std::fs::metadata(path).map_err(fail)?;
    if about.is_dir() {
        return Err(OpenError::not_a_map(
            Place::default(),
            "this is a folder",
            "a map file; choose one inside it",
        ));
    }
    if !about.is_file() {
        return Err(OpenError::not_a_map(
            Place::default(),
            "this is a device or a pipe",
            "a map file",
        ));
    }
    if about.len() > SIZE_LIMIT_BYTES {
        let message = format!("the file has {} GB", about.len() >> 30);
        return Err(OpenError::not_a_map(Place::default(), message, "a map file of at most 4 GB"));
    }
    Ok((File::open(path).map_err(fail)?, about.len()))
}

/// Everything from where `file` is, of about `size` bytes, unless it begins as no map does.
fn rest(mut file: File, size: u64, progress: &Progress) -> Result<Bytes, OpenError> {
    let fail = |error: std::io::Error| unreadable(&error);
    let mut bytes = Vec::with_capacity(usize::try_from(size).unwrap_or(0).saturating_add(1));
    file.by_ref().take(PEEK_BYTES as u64).read_to_end(&mut bytes).map_err(fail)?;
    refuse_foreign_start(&bytes)?;
    while file.by_ref().take(READ_BYTES).read_to_end(&mut bytes).map_err(fail)? > 0 {
        progress.check().map_err(|_| OpenError::cancelled())?;
    }
    Ok(bytes.into())
}

fn unreadable(error: &std::io::Error) -> OpenError {
    use std::io::ErrorKind;
    let (message, expected) = match error.kind() {
        ErrorKind::NotFound => (
            "there is no such file".to_owned(),
            "a file that exists; check the name and the folder",
        ),
        ErrorKind::PermissionDenied => {
            ("no permission to read it".to_owned(), "a file you may read")
        }
        _ => (format!("it cannot be read: {error}"), "a readable file"),
    };
    OpenError::not_a_map(Place::default(), message, expected)
}

/// Turns away what the first bytes show to be no map, before the rest is read.
fn refuse_foreign_start(bytes: &[u8]) -> Result<(), OpenError> {
    let expected = "a relationship map in JSON, which begins with {";
    let refuse = |message: &str| Err(OpenError::not_a_map(Place::default(), message, expected));
    if bytes.starts_with(&[0xFF, 0xFE]) || bytes.starts_with(&[0xFE, 0xFF]) {
        return refuse("this is UTF-16 text; save it as UTF-8");
    }
    let start = without_mark(bytes).iter().find(|byte| !byte.is_ascii_whitespace());
    match start {
        None if bytes.len() < PEEK_BYTES => refuse("the file is empty"),
        None | Some(b'{') => Ok(()),
        Some(b'[') => refuse("this is a JSON array, not a map"),
        Some(_) => refuse("this is not a map"),
    }
}
