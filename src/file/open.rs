//! Opens map files and reports all problems in them.

use std::fs::File;
use std::io::{Read as _, Seek as _};
use std::path::Path;

use super::format::{MapFormat, START_BYTES};
use super::formats;
use super::native::format::{first_byte, warnings_or_error};
use super::native::{locate, stream};
use super::opened::{Bytes, OpenError, Opened};
use crate::model::{Map, Place, Problem, check};
use crate::progress::Progress;

/// The example map that ships with the program, as JSON.
pub const EXAMPLE: &str = include_str!("../../assets/maps/pakistan-afghan-taliban.json");
/// Larger files are refused. The largest real maps are about a hundredth of this size.
const SIZE_LIMIT_BYTES: u64 = 4 << 30;
/// Size of one read; cancellation is checked between reads.
const READ_BYTES: u64 = 4 << 20;

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
        .and_then(|bytes| parse_with(&bytes, progress))
        .map_err(|error| error.at(path))
}

/// Like [`open`], for the file of an open map: another format is refused, because a save would
/// replace it.
///
/// # Errors
/// As [`open`], and if the file has another format than the native one.
pub fn open_native(path: &Path) -> Result<Opened, OpenError> {
    let opened = open(path)?;
    if opened.native_bytes().is_some() {
        return Ok(opened);
    }
    let expected = "a relationship map in JSON, which begins with {";
    Err(OpenError::not_a_map(Place::default(), "this is a file of another program", expected)
        .at(path))
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
    parse_with(&bytes.to_vec().into(), &Progress::default())
}

fn parse_with(bytes: &Bytes, progress: &Progress) -> Result<Opened, OpenError> {
    let format = format_of(bytes)?;
    (format.read)(bytes, progress)
}

/// Reads the bytes of a file. Fails early if they cannot be a map.
fn read(path: &Path, progress: &Progress) -> Result<Bytes, OpenError> {
    let (file, size) = open_checked(path)?;
    read_rest(file, size, progress)
}

/// The bytes of a file, whatever its format.
///
/// # Errors
/// If it cannot be read, or was cancelled.
pub fn read_bytes(path: &Path, progress: &Progress) -> Result<Bytes, OpenError> {
    let (mut file, size) = open_checked(path).map_err(|error| error.at(path))?;
    let mut bytes = Vec::with_capacity(usize::try_from(size).unwrap_or(0).saturating_add(1));
    let fail = |error: std::io::Error| unreadable(&error).at(path);
    while file.by_ref().take(READ_BYTES).read_to_end(&mut bytes).map_err(fail)? > 0 {
        progress.check().map_err(|_| OpenError::cancelled())?;
    }
    Ok(bytes.into())
}

/// Reads the map in the bytes of the file at `path`.
///
/// # Errors
/// As [`open`].
pub fn open_bytes(bytes: &Bytes, path: &Path, progress: &Progress) -> Result<Opened, OpenError> {
    parse_with(bytes, progress).map_err(|error| error.at(path))
}

/// True if a file holds a table rather than a map: by its contents, or, where these say nothing, by
/// the ending of its name.
#[must_use]
pub fn is_table(bytes: &[u8], path: &Path) -> bool {
    match formats::recognised(bytes.get(..START_BYTES).unwrap_or(bytes)) {
        Some(format) => formats::is_of_tables(format),
        None => formats::is_table_name(path),
    }
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
    file.by_ref().take(START_BYTES as u64).read_to_end(&mut bytes).map_err(fail)?;
    format_of(&bytes)?;
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

/// The format of a file, by its first bytes.
fn format_of(bytes: &[u8]) -> Result<&'static MapFormat, OpenError> {
    let start = bytes.get(..START_BYTES).unwrap_or(bytes);
    if let Some(format) = formats::recognised(start) {
        return Ok(format);
    }
    let message = match first_byte(start) {
        _ if start.starts_with(&[0xFF, 0xFE]) || start.starts_with(&[0xFE, 0xFF]) => {
            "this is UTF-16 text; save it as UTF-8"
        }
        None if bytes.len() < START_BYTES => "the file is empty",
        Some(b'[') => "this is a JSON array, not a map",
        _ => "this is not a map",
    };
    let expected = "a relationship map in JSON, or a map of Gephi, yEd, Cytoscape, Kumu, \
                    Oligrapher, Obsidian, Pajek or UCINET";
    Err(OpenError::not_a_map(Place::default(), message, expected))
}
