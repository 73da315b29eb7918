//! Earlier versions of saved files. Before a save, the old file is copied to the user's state
//! folder, where file dialogs do not show it.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::time::{SystemTime, UNIX_EPOCH};

use super::atomic::{are_alike, write_atomically};

/// Maximum number of versions per file; the oldest are deleted first.
const KEPT: usize = 30;
const EXTENSION: &str = "json";
/// Size in bytes up to which a file is compared with the newest version.
const COMPARED_AT_MOST: u64 = 8 << 20;

/// One earlier version of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Version {
    /// Path of the copy.
    pub path: PathBuf,
    /// Modification time of the original file.
    pub written: SystemTime,
    pub size_bytes: u64,
}

/// Copies the file at `path`, if there is one, into the backup folder `folder`. Call this before
/// the file is replaced. A copy equal to the newest version is not stored.
///
/// # Errors
/// If the copy cannot be written. The file itself is never changed.
pub fn keep(folder: &Path, path: &Path) -> io::Result<()> {
    keep_with(folder, path, |path, kept| {
        write_atomically(kept, &fs::read(path)?).map_err(io::Error::other)
    })
}

/// Like [`keep`], for a file that is replaced, not written into, right after: a link is enough, if
/// the folder is on the same file system. `file` is `path` without symbolic links.
///
/// # Errors
/// If the copy cannot be written. The file itself is never changed.
pub fn keep_replaced(folder: &Path, path: &Path, file: &Path) -> io::Result<()> {
    keep_with(folder, path, |_, kept| match fs::hard_link(file, kept) {
        Err(error) if error.kind() != io::ErrorKind::AlreadyExists => {
            write_atomically(kept, &fs::read(path)?).map_err(io::Error::other)
        }
        linked => linked,
    })
}

fn keep_with(
    folder: &Path,
    path: &Path,
    copy: impl FnOnce(&Path, &Path) -> io::Result<()>,
) -> io::Result<()> {
    let about = match fs::metadata(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
        about => about?,
    };
    if !about.is_file() {
        return Ok(());
    }
    let own = folder_of(folder, path);
    fs::create_dir_all(&own)?;
    let age = about.modified()?.duration_since(UNIX_EPOCH).unwrap_or_default();
    let kept = own.join(format!("{:020}.{EXTENSION}", age.as_millis()));
    // Large files are not read to find out whether they were only touched.
    let is_alike = |newest: &Version| {
        about.len() <= COMPARED_AT_MOST && are_alike(&newest.path, path).unwrap_or(false)
    };
    let is_kept = fs::metadata(&kept).is_ok_and(|kept| kept.len() == about.len());
    if is_kept || versions(folder, path).first().is_some_and(is_alike) {
        return Ok(());
    }
    copy(path, &kept)?;
    for old in versions(folder, path).into_iter().skip(KEPT) {
        fs::remove_file(old.path)?;
    }
    Ok(())
}

/// The stored versions of the file at `path`, newest first.
#[must_use]
pub fn versions(folder: &Path, path: &Path) -> Vec<Version> {
    let Ok(entries) = fs::read_dir(folder_of(folder, path)) else { return Vec::new() };
    let mut found: Vec<Version> =
        entries.flatten().filter_map(|entry| version(entry.path())).collect();
    found.sort_by_key(|version| std::cmp::Reverse(version.written));
    found
}

fn version(path: PathBuf) -> Option<Version> {
    let millis = path.file_stem()?.to_str()?.parse().ok()?;
    let is_ours = path.extension().is_some_and(|extension| extension == EXTENSION);
    let written = UNIX_EPOCH.checked_add(std::time::Duration::from_millis(millis))?;
    let size_bytes = fs::metadata(&path).ok()?.len();
    is_ours.then_some(Version { path, written, size_bytes })
}

/// The folder for versions of one file. Its name has the file name, so that users can find it, and
/// a hash of the full path.
fn folder_of(folder: &Path, path: &Path) -> PathBuf {
    let whole = fs::canonicalize(path)
        .or_else(|_| std::path::absolute(path))
        .unwrap_or_else(|_| path.to_owned());
    let name = whole.file_stem().unwrap_or_default().to_string_lossy();
    // 64-bit FNV-1a (Fowler, Noll, Vo), because it stays the same in every version of the program.
    let number = whole
        .as_os_str()
        .as_encoded_bytes()
        .iter()
        .fold(0xcbf2_9ce4_8422_2325_u64, |number, byte| {
            (number ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3)
        });
    let short: String = name.chars().take(40).collect();
    folder.join(format!("{short}-{number:016x}"))
}
