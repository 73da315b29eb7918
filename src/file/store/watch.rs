//! Detects that another program changed a file, and reads its new content.

use std::path::{Path, PathBuf};
use std::time::Duration;

use notify::event::{AccessKind, AccessMode, EventKind};
use notify::{Event, RecommendedWatcher, RecursiveMode, Watcher as _};

use super::atomic::has_content;
use crate::file::{Bytes, OpenError, Opened};

/// Delay between two reads of a file that may be in the middle of being written.
const BETWEEN_LOOKS: Duration = Duration::from_millis(150);
/// Maximum number of reads before the content is accepted as it is.
const LOOKS: usize = 8;

/// The current content of a file.
#[derive(Debug)]
pub enum Found {
    /// One of the known contents.
    Same,
    /// The file no longer exists.
    Gone,
    /// New content: a map, or why it cannot be opened.
    Changed(Box<Result<Opened, OpenError>>),
}

/// Reads the file at `path` and compares it with the `known` contents. Blocks for about a second if
/// the file is missing or is not a map, because it may be in the middle of being replaced.
#[must_use]
pub fn look(path: &Path, known: &[Bytes]) -> Found {
    let mut before: Option<Vec<u8>> = None;
    for _ in 0..LOOKS {
        // Reading a pipe or a device might never end.
        let is_file = std::fs::metadata(path).is_ok_and(|about| about.is_file());
        if is_file && known.iter().any(|known| has_content(path, known).unwrap_or(false)) {
            return Found::Same;
        }
        let read =
            if is_file { std::fs::read(path) } else { Err(std::io::ErrorKind::NotFound.into()) };
        match read {
            Ok(bytes) if before.as_ref() == Some(&bytes) => {
                let outcome = crate::file::parse(&bytes);
                if outcome.as_ref().is_ok_and(|opened| opened.native_bytes().is_some()) {
                    return Found::Changed(Box::new(outcome));
                }
            }
            Ok(bytes) => before = Some(bytes),
            Err(_) => before = None,
        }
        std::thread::sleep(BETWEEN_LOOKS);
    }
    match crate::file::open_native(path) {
        Err(_) if !path.exists() => Found::Gone,
        outcome => Found::Changed(Box::new(outcome)),
    }
}

/// Watches files until it is dropped. It watches their folders, because programs replace files
/// rather than write into them. Network drives often report no changes, so callers should also
/// poll.
pub struct Watch {
    _watcher: RecommendedWatcher,
}

impl Watch {
    /// Calls `wake` on a background thread whenever one of the files at `paths` may have been
    /// changed, created or deleted.
    ///
    /// # Errors
    /// If a folder does not exist, or the system's limit on watches is reached.
    pub fn new(paths: &[PathBuf], wake: impl Fn() + Send + 'static) -> notify::Result<Self> {
        // For a symbolic link, watch both the link and its target.
        let real = paths.iter().filter_map(|path| std::fs::canonicalize(path).ok());
        let files: Vec<PathBuf> = paths.iter().cloned().chain(real).collect();
        let ours = files.clone();
        let mut watcher = notify::recommended_watcher(move |event: notify::Result<Event>| {
            let is_ours = |event: &Event| event.paths.iter().any(|path| is_among(&ours, path));
            if event.is_ok_and(|event| is_change(event.kind) && is_ours(&event)) {
                wake();
            }
        })?;
        let mut folders: Vec<PathBuf> =
            files.iter().filter_map(|file| file.parent().map(folder)).collect();
        folders.sort();
        folders.dedup();
        for folder in folders {
            watcher.watch(&folder, RecursiveMode::NonRecursive)?;
        }
        Ok(Self { _watcher: watcher })
    }
}

/// The folder to watch. The parent of a bare file name is empty and means the current folder.
fn folder(parent: &Path) -> PathBuf {
    if parent.as_os_str().is_empty() { PathBuf::from(".") } else { parent.to_owned() }
}

/// True if `path` has the name of one of `files`. Only the folders of `files` are watched, so the
/// name is enough.
fn is_among(files: &[PathBuf], path: &Path) -> bool {
    files.iter().any(|file| file.file_name() == path.file_name() && file.file_name().is_some())
}

/// False for events that only report reading.
fn is_change(kind: EventKind) -> bool {
    match kind {
        EventKind::Access(access) => matches!(access, AccessKind::Close(AccessMode::Write)),
        _ => true,
    }
}
