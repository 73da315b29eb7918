//! Writing a file so that the old one is whole until the new one is.

use std::fs;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use thiserror::Error;

use crate::file::native::{patch, write};
use crate::model::Map;

/// What is to be written, compared with the bytes that were opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Changed {
    /// Nothing but positions and pins.
    LayoutOnly,
    /// What the map says.
    Anything,
}

/// The bytes to save: the opened ones with a new layout, or the canonical form.
///
/// # Errors
/// Never for a map that was read or edited here; the type is serde's.
pub fn bytes_to_save(
    opened: Option<&[u8]>,
    map: &Map,
    changed: Changed,
) -> serde_json::Result<Vec<u8>> {
    match (opened, changed) {
        (Some(opened), Changed::LayoutOnly) => patch::with_layout(opened, &map.layout),
        _ => write::write(map),
    }
}

/// A file that could not be written. The old one is as it was.
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
                "the drive does not answer".to_owned(),
                "save the file somewhere else, or again later",
            ),
            ErrorKind::IsADirectory => ("this is a folder".to_owned(), "give a file name"),
            _ => (format!("it could not be written: {error}"), "save the file somewhere else"),
        };
        Self { path: path.to_owned(), message, advice }
    }
}

/// Writes `bytes` to a temporary file in the same folder, flushes it and puts it in place of
/// `path`. Permissions of the old file and a symbolic link to it are kept. A pipe or a device is
/// written into.
///
/// # Errors
/// When any step fails; the old file is then as it was and the temporary one gone.
pub fn write_atomically(path: &Path, bytes: &[u8]) -> Result<(), SaveError> {
    let target = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
    write_beside(&target, bytes).map_err(|error| SaveError::new(path, &error))
}

fn write_beside(target: &Path, bytes: &[u8]) -> io::Result<()> {
    if target.is_dir() {
        return Err(io::Error::from(io::ErrorKind::IsADirectory));
    }
    let old = fs::metadata(target).ok();
    if old.as_ref().is_some_and(|old| old.permissions().readonly()) {
        return Err(io::Error::from(io::ErrorKind::PermissionDenied));
    }
    if old.as_ref().is_some_and(|old| !old.is_file()) {
        // A pipe or a device has nothing to keep, and must not become a file.
        return fs::OpenOptions::new().write(true).open(target)?.write_all(bytes);
    }
    let folder =
        target.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let mut builder = tempfile::Builder::new();
    builder.prefix(".allegiance-").suffix(".tmp");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        // What a newly made file would get; the user's mask still applies.
        builder.permissions(fs::Permissions::from_mode(0o666));
    }
    let mut file = builder.tempfile_in(folder)?;
    file.write_all(bytes)?;
    file.flush()?;
    if let Some(old) = old {
        file.as_file().set_permissions(old.permissions())?;
    }
    file.as_file().sync_all()?;
    file.persist(target).map_err(|error| error.error)?;
    #[cfg(unix)]
    fs::File::open(folder)?.sync_all()?;
    Ok(())
}
