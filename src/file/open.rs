//! Opens map files and reports all problems in them.

use std::fs::File;
use std::io::{Read as _, Seek as _};
use std::path::Path;

use super::native::stream::without_bom;
use super::native::{diagnose, locate, stream, write};
use super::opened::{Bytes, OpenError, Opened, Refusal};
use crate::model::{Map, Place, Problem, Severity, check};
use crate::progress::Progress;

/// The example map that ships with the program, as JSON.
pub const EXAMPLE: &str = include_str!("../../assets/maps/pakistan-afghan-taliban.json");
/// Larger files are refused. The largest real maps are about a hundredth of this size.
const SIZE_LIMIT_BYTES: u64 = 4 << 30;
/// Size of one read; cancellation is checked between reads.
const READ_BYTES: u64 = 4 << 20;
/// How much is checked before the rest of a file is read.
const PEEK_BYTES: usize = 4096;

/// Reads the map at `path`.
///
/// # Errors
/// If the file cannot be read, is not a map, or is a map with errors.
pub fn open(path: &Path) -> Result<Opened, OpenError> {
    open_with(path, &Progress::default())
}

/// Like [`open`], with progress.
///
/// # Errors
/// As [`open`], and if the operation was cancelled.
pub fn open_with(path: &Path, progress: &Progress) -> Result<Opened, OpenError> {
    read(path, progress)
        .and_then(|bytes| parse_with(bytes, progress))
        .map_err(|error| error.at(path))
}

/// Reads the map at `path` for viewing only: its bytes are not kept. Returns the map and its
/// warnings.
///
/// # Errors
/// As [`open`].
pub fn view(path: &Path) -> Result<(Map, Vec<Problem>), OpenError> {
    let progress = Progress::default();
    let whole_map = |entered: (File, u64)| {
        let map = stream::read(&entered.0, entered.1, &progress)?;
        Some((map, entered))
    };
    // Fast path. If it fails, `open` reads the file again and reports the errors.
    let Some((map, (mut file, size))) = open_checked(path).ok().and_then(whole_map) else {
        return open(path).map(|opened| (opened.map, opened.warnings));
    };
    let mut problems = check::check(&map);
    if !problems.is_empty() {
        // Read the file again to find the line and column of each problem.
        let bytes = file.rewind().map_err(|error| unreadable(&error));
        let bytes = bytes
            .and_then(|()| read_rest(file, size, &progress))
            .map_err(|error| error.at(path))?;
        locate::locate_all(&bytes, &mut problems);
    }
    let warnings = warnings_or_error(&map, problems).map_err(|error| error.at(path))?;
    Ok((map, warnings))
}

/// Parses a map from `bytes`.
///
/// # Errors
/// If they are not a map, or a map with errors.
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
    let warnings = warnings_or_error(&map, problems)?;
    Ok(Opened { map, bytes, warnings })
}

/// Returns the problems as warnings, or an error if one of them prevents opening the map.
fn warnings_or_error(map: &Map, problems: Vec<Problem>) -> Result<Vec<Problem>, OpenError> {
    if map.format != crate::model::FORMAT {
        return Err(OpenError { path: None, refusal: Refusal::NotAMap, problems });
    }
    if problems.iter().any(|problem| problem.severity == Severity::Error) {
        return Err(OpenError { path: None, refusal: Refusal::Invalid, problems });
    }
    Ok(problems)
}

/// Reads the bytes of a file. Fails early if they cannot be a map.
fn read(path: &Path, progress: &Progress) -> Result<Bytes, OpenError> {
    let (file, size) = open_checked(path)?;
    read_rest(file, size, progress)
}

/// Opens a file and returns it with its size in bytes. Refuses folders, devices, pipes and files
/// above the size limit.
fn open_checked(path: &Path) -> Result<(File, u64), OpenError> {
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
        let message = format!("the file is {} GB", about.len() >> 30);
        return Err(OpenError::not_a_map(Place::default(), message, "a map file of at most 4 GB"));
    }
    Ok((File::open(path).map_err(fail)?, about.len()))
}

/// Reads `file` to its end, which is about `size` bytes away. Fails early if the first bytes cannot
/// be a map.
fn read_rest(mut file: File, size: u64, progress: &Progress) -> Result<Bytes, OpenError> {
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

/// Refuses a file if its first bytes show that it is not a map.
fn refuse_foreign_start(bytes: &[u8]) -> Result<(), OpenError> {
    let expected = "a relationship map in JSON, which begins with {";
    let refuse = |message: &str| Err(OpenError::not_a_map(Place::default(), message, expected));
    if bytes.starts_with(&[0xFF, 0xFE]) || bytes.starts_with(&[0xFE, 0xFF]) {
        return refuse("this is UTF-16 text; save it as UTF-8");
    }
    let start = without_bom(bytes).iter().find(|byte| !byte.is_ascii_whitespace());
    match start {
        None if bytes.len() < PEEK_BYTES => refuse("the file is empty"),
        None | Some(b'{') => Ok(()),
        Some(b'[') => refuse("this is a JSON array, not a map"),
        Some(_) => refuse("this is not a map"),
    }
}
