//! Atomic writes: the old file stays intact until the new one is complete.

use std::fs;
use std::io::{self, BufRead as _, Read as _, Seek as _, Write as _};
use std::path::{Path, PathBuf};

use thiserror::Error;

use crate::file::native::{patch, write};
use crate::model::Map;

/// How much of a file is compared at a time.
const PIECE_BYTES: usize = 256 << 10;

/// The common start of a file and its replacement is copied if it has at least so many bytes.
const COPIED_AT_LEAST: usize = 1 << 20;

/// What changed compared with the opened bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Changed {
    /// Only positions, pins and the view.
    LookOnly,
    /// The content of the map as well.
    Anything,
}

/// The bytes to save: the opened bytes with a new layout and view if only those changed, or else
/// the canonical form of the map.
///
/// # Errors
/// Only if serde fails, which does not happen for maps that were read or edited here.
pub fn bytes_to_save(
    opened: Option<&[u8]>,
    map: &Map,
    changed: Changed,
) -> serde_json::Result<Vec<u8>> {
    match (opened, changed) {
        (Some(opened), Changed::LookOnly) => {
            patch::with_look(opened, &map.layout, map.view.as_deref())
        }
        _ => write::write(map),
    }
}

/// A file could not be written. The old file is unchanged.
#[derive(Debug, Error)]
#[error("{message}; {advice} ({})", path.display())]
pub struct SaveError {
    pub path: PathBuf,
    /// What happened.
    pub message: String,
    /// What to do.
    pub advice: &'static str,
}

impl SaveError {
    pub(super) fn refused(path: &Path, message: impl Into<String>, advice: &'static str) -> Self {
        Self { path: path.to_owned(), message: message.into(), advice }
    }

    fn new(path: &Path, error: &io::Error) -> Self {
        use io::ErrorKind;
        let (message, advice) = match error.kind() {
            ErrorKind::NotFound | ErrorKind::NotADirectory => {
                ("there is no such folder".to_owned(), "save the file somewhere else")
            }
            ErrorKind::PermissionDenied => {
                ("no permission to write here".to_owned(), "save the file somewhere else")
            }
            ErrorKind::ReadOnlyFilesystem => {
                ("the disk is read-only".to_owned(), "save the file somewhere else")
            }
            ErrorKind::StorageFull | ErrorKind::QuotaExceeded => {
                ("the disk is full".to_owned(), "free some space and save again")
            }
            ErrorKind::TimedOut
            | ErrorKind::StaleNetworkFileHandle
            | ErrorKind::HostUnreachable
            | ErrorKind::NetworkDown
            | ErrorKind::NetworkUnreachable => (
                "the drive does not respond".to_owned(),
                "save the file somewhere else, or try again later",
            ),
            ErrorKind::IsADirectory => ("this is a folder".to_owned(), "give a file name"),
            _ => (format!("it could not be written: {error}"), "save the file somewhere else"),
        };
        Self { path: path.to_owned(), message, advice }
    }
}

/// Writes `bytes` to a temporary file in the same folder, flushes it to disk and renames it to
/// `path`. Keeps the permissions of an old file, and a symbolic link at `path`. Pipes and devices
/// are written to directly.
///
/// # Errors
/// If any step fails. The old file is then unchanged and the temporary file is deleted.
pub fn write_atomically(path: &Path, bytes: &[u8]) -> Result<(), SaveError> {
    replace(path, bytes, |_| {})
}

/// Like [`write_atomically`]. Calls `before` with the old file just before it is replaced, when
/// nothing else can fail but the replacement itself.
///
/// # Errors
/// If any step fails. The old file is then unchanged and the temporary file is deleted.
pub fn replace(path: &Path, bytes: &[u8], before: impl FnOnce(&Path)) -> Result<(), SaveError> {
    let target = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
    write_beside(&target, bytes, before).map_err(|error| SaveError::new(path, &error))
}

/// True if a file has this content. Reads only as much of it as agrees.
///
/// # Errors
/// If the file cannot be read.
pub fn has_content(path: &Path, content: &[u8]) -> io::Result<bool> {
    let mut file = fs::File::open(path)?;
    if file.metadata()?.len() != content.len() as u64 {
        return Ok(false);
    }
    let mut piece = vec![0; PIECE_BYTES];
    let mut rest = content;
    loop {
        let read = file.read(&mut piece)?;
        let Some((here, after)) = rest.split_at_checked(read) else { return Ok(false) };
        if here != &piece[..read] {
            return Ok(false);
        }
        if read == 0 {
            return Ok(after.is_empty());
        }
        rest = after;
    }
}

/// True if two files have the same content.
///
/// # Errors
/// If one of them cannot be read.
pub(super) fn are_alike(one: &Path, other: &Path) -> io::Result<bool> {
    let [one, other] = [fs::File::open(one)?, fs::File::open(other)?];
    if one.metadata()?.len() != other.metadata()?.len() {
        return Ok(false);
    }
    let [mut one, mut other] =
        [one, other].map(|file| io::BufReader::with_capacity(PIECE_BYTES, file));
    loop {
        let (here, there) = (one.fill_buf()?, other.fill_buf()?);
        let both = here.len().min(there.len());
        if here[..both] != there[..both] {
            return Ok(false);
        }
        if both == 0 {
            return Ok(here.is_empty() && there.is_empty());
        }
        one.consume(both);
        other.consume(both);
    }
}

/// Begins a file with what the one at `old` has in common with `bytes`, and returns how much that
/// is, in bytes. The system copies large files much faster than a program writes them. Small files
/// are not begun.
fn copied(old: &Path, new: &mut fs::File, bytes: &[u8]) -> io::Result<usize> {
    if bytes.len() < COPIED_AT_LEAST {
        return Ok(0);
    }
    let mut old = fs::File::open(old)?;
    let common = common_start(&mut old, bytes)?;
    if common < COPIED_AT_LEAST {
        return Ok(0);
    }
    old.rewind()?;
    io::copy(&mut old.take(common as u64), new)?;
    // Another program may have written into the old file meanwhile.
    new.rewind()?;
    if common_start(new, &bytes[..common])? == common && new.stream_position()? == common as u64 {
        return Ok(common);
    }
    new.set_len(0)?;
    new.rewind()?;
    Ok(0)
}

/// Number of bytes that a file and `bytes` have in common at the start. The file is read no further
/// than that, in whole pieces.
fn common_start(file: &mut fs::File, bytes: &[u8]) -> io::Result<usize> {
    let mut piece = vec![0; PIECE_BYTES];
    let mut done = 0;
    loop {
        let rest = bytes.get(done..).unwrap_or_default();
        let room = piece.len().min(rest.len());
        let read = file.read(&mut piece[..room])?;
        let same = piece[..read] == rest[..read];
        if read == 0 || !same {
            return Ok(done);
        }
        done += read;
    }
}

fn write_beside(target: &Path, bytes: &[u8], before: impl FnOnce(&Path)) -> io::Result<()> {
    if target.is_dir() {
        return Err(io::Error::from(io::ErrorKind::IsADirectory));
    }
    let old = fs::metadata(target).ok();
    if old.as_ref().is_some_and(|old| old.permissions().readonly()) {
        return Err(io::Error::from(io::ErrorKind::PermissionDenied));
    }
    if old.as_ref().is_some_and(|old| !old.is_file()) {
        // A pipe or a device must not be replaced by a file.
        return fs::OpenOptions::new().write(true).open(target)?.write_all(bytes);
    }
    let folder =
        target.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let mut builder = tempfile::Builder::new();
    builder.prefix(".allegiance-").suffix(".tmp");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        // The mode of any newly created file; the umask still applies.
        builder.permissions(fs::Permissions::from_mode(0o666));
    }
    let mut file = builder.tempfile_in(folder)?;
    let known = if old.is_some() { copied(target, file.as_file_mut(), bytes)? } else { 0 };
    file.write_all(bytes.get(known..).unwrap_or_default())?;
    file.flush()?;
    if let Some(old) = old {
        file.as_file().set_permissions(old.permissions())?;
    }
    file.as_file().sync_all()?;
    before(target);
    file.persist(target).map_err(|error| error.error)?;
    // Flushes the rename itself to disk.
    #[cfg(unix)]
    fs::File::open(folder)?.sync_all()?;
    Ok(())
}
