//! Noticing that somebody else wrote a file, and looking what it holds now.

use std::path::{Path, PathBuf};
use std::time::Duration;

use notify::event::{AccessKind, AccessMode, EventKind};
use notify::{Event, RecommendedWatcher, RecursiveMode, Watcher as _};

use crate::file::{Bytes, OpenError, Opened};

/// Between two looks at a file that may still be written.
const BETWEEN_LOOKS: Duration = Duration::from_millis(150);
/// After so many looks it is what it is.
const LOOKS: usize = 8;

/// What a file holds now.
#[derive(Debug)]
pub enum Found {
    /// What was known.
    Same,
    /// There is no such file any more.
    Gone,
    /// Something else: a map, or what is wrong with it.
    Changed(Box<Result<Opened, OpenError>>),
}

/// Looks at the file at `path`. Takes its time where the file is gone or no map: it may be in the
/// middle of being replaced.
#[must_use]
pub fn look(path: &Path, known: &[Bytes]) -> Found {
    let mut before: Option<Vec<u8>> = None;
    for _ in 0..LOOKS {
        // A pipe or a device would never end.
        let is_file = std::fs::metadata(path).is_ok_and(|about| about.is_file());
        let read =
            if is_file { std::fs::read(path) } else { Err(std::io::ErrorKind::NotFound.into()) };
        match read {
            Ok(bytes) if known.iter().any(|known| **known == *bytes) => return Found::Same,
            Ok(bytes) if before.as_ref() == Some(&bytes) => {
                let outcome = crate::file::parse(&bytes);
                if outcome.is_ok() {
                    return Found::Changed(Box::new(outcome));
                }
            }
            Ok(bytes) => before = Some(bytes),
            Err(_) => before = None,
        }
        std::thread::sleep(BETWEEN_LOOKS);
    }
    match crate::file::open(path) {
        Err(_) if !path.exists() => Found::Gone,
        outcome => Found::Changed(Box::new(outcome)),
    }
}

/// Watches one file as long as it lives. The folder is what is watched: programs replace files
/// rather than write into them. Network drives often tell nothing; whoever depends on it looks for
/// himself as well.
pub struct Watch {
    _watcher: RecommendedWatcher,
}

impl Watch {
    /// Calls `wake`, on a thread of its own, whenever the file at `path` may have changed, come or
    /// gone.
    ///
    /// # Errors
    /// When the folder is gone or the system watches no more of them.
    pub fn new(path: &Path, wake: impl Fn() + Send + 'static) -> notify::Result<Self> {
        let real = std::fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
        // Where a link leads elsewhere both ends count.
        let files = [path.to_owned(), real];
        let ours = files.clone();
        let mut watcher = notify::recommended_watcher(move |event: notify::Result<Event>| {
            let is_ours = |event: &Event| event.paths.iter().any(|path| is_among(&ours, path));
            if event.is_ok_and(|event| is_change(event.kind) && is_ours(&event)) {
                wake();
            }
        })?;
        let mut folders: Vec<PathBuf> =
            files.iter().filter_map(|file| file.parent().map(folder)).collect();
        folders.dedup();
        for folder in folders {
            watcher.watch(&folder, RecursiveMode::NonRecursive)?;
        }
        Ok(Self { _watcher: watcher })
    }
}

/// The folder of a bare file name is the current one.
fn folder(parent: &Path) -> PathBuf {
    if parent.as_os_str().is_empty() { PathBuf::from(".") } else { parent.to_owned() }
}

fn is_among(files: &[PathBuf], path: &Path) -> bool {
    files.iter().any(|file| file.file_name() == path.file_name() && file.file_name().is_some())
}

/// Reading is no change.
fn is_change(kind: EventKind) -> bool {
    match kind {
        EventKind::Access(access) => matches!(access, AccessKind::Close(AccessMode::Write)),
        _ => true,
    }
}
