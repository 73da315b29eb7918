//! Files that the program writes beside the map: pictures, tables, copies. None of them may replace
//! a file that the map depends on.

use std::path::{Path, PathBuf};

use super::atomic::{SaveError, write_atomically};
use crate::file::source;
use crate::model::Map;

/// The files that a map depends on: its own, and the texts of its sources.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Inputs(Vec<(PathBuf, &'static str)>);

impl Inputs {
    /// The inputs of a map; `path` is absent for one that was never saved.
    #[must_use]
    pub fn of(path: Option<&Path>, map: &Map) -> Self {
        let Some(path) = path else { return Self::default() };
        let mut inputs = Self(vec![(path.to_owned(), "this is the map itself")]);
        let names = map.sources.iter().filter_map(|source| source.text_file.as_deref());
        let texts = names.map(|name| source::path_beside(path, name));
        inputs.0.extend(texts.map(|text| (text, "this is the text of one of the map's sources")));
        inputs
    }

    /// Map files that were named, whatever is in them.
    #[must_use]
    pub fn maps<'a>(paths: impl IntoIterator<Item = &'a PathBuf>) -> Self {
        Self(
            paths
                .into_iter()
                .map(|path| (path.clone(), "this is a map that is to be read"))
                .collect(),
        )
    }

    /// Refuses a file to write that is one of these, by whatever name it is given.
    ///
    /// # Errors
    /// When `target` is one of the inputs.
    pub fn check(&self, target: &Path) -> Result<(), SaveError> {
        let found = self.0.iter().find(|(input, _)| is_same_file(input, target));
        found.map_or(Ok(()), |(_, what)| {
            Err(SaveError::refused(target, *what, "nothing was written; give another name"))
        })
    }
}

/// True for two names of one file: the same path, a link, or another way to it.
#[must_use]
pub fn is_same_file(a: &Path, b: &Path) -> bool {
    resolved(a) == resolved(b) || has_same_identity(a, b)
}

/// Compares device and inode, without opening the files: a pipe would wait for its other end.
#[cfg(unix)]
fn has_same_identity(a: &Path, b: &Path) -> bool {
    use std::os::unix::fs::MetadataExt as _;
    let identity =
        |path: &Path| std::fs::metadata(path).ok().map(|about| (about.dev(), about.ino()));
    identity(a).is_some_and(|file| identity(b) == Some(file))
}

/// Elsewhere the resolved paths decide. A second hard link is a name of its own, which a write
/// replaces without touching the first.
#[cfg(not(unix))]
fn has_same_identity(_: &Path, _: &Path) -> bool {
    false
}

/// The real path; of a file that is not there yet, its name in the real path of its folder.
fn resolved(path: &Path) -> PathBuf {
    let real = |path: &Path| std::fs::canonicalize(path).ok();
    let in_folder = || {
        let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
        Some(real(folder.unwrap_or(Path::new(".")))?.join(path.file_name()?))
    };
    real(path).or_else(in_folder).unwrap_or_else(|| path.to_owned())
}

/// Checks whether a file can be written to `path`, before the work that makes it.
///
/// # Errors
/// When it is an input, there is no such folder, it may not be written to, or `path` is a folder.
pub fn check_target(path: &Path, inputs: &Inputs) -> Result<(), SaveError> {
    inputs.check(path)?;
    let refuse = |message, advice| Err(SaveError::refused(path, message, advice));
    if path.is_dir() {
        return refuse("this is a folder", "give the name of a file");
    }
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
    let folder = folder.unwrap_or(Path::new("."));
    if !folder.is_dir() {
        return refuse("there is no such folder", "make it, or choose another");
    }
    let about = path.metadata().ok();
    if about.as_ref().is_some_and(|about| about.permissions().readonly()) {
        return refuse("this file may not be written to", "choose another");
    }
    if about.is_some_and(|about| !about.is_file()) {
        // A pipe or a device: written into, not replaced.
        return Ok(());
    }
    // Permissions alone do not show a read-only disk.
    if tempfile::Builder::new().prefix(".allegiance").tempfile_in(folder).is_err() {
        return refuse("this folder may not be written to", "choose another");
    }
    Ok(())
}

/// Writes an output, unless it would replace an input.
///
/// # Errors
/// When `path` is one of the inputs, or any step of the writing fails.
pub fn write_output(path: &Path, bytes: &[u8], inputs: &Inputs) -> Result<(), SaveError> {
    inputs.check(path)?;
    write_atomically(path, bytes)
}
