//! Output files other than the map: pictures, tables, copies. An output must not replace a file
//! that the map depends on.

use std::path::{Path, PathBuf};

use super::atomic::{SaveError, write_atomically};
use crate::file::source;
use crate::model::Map;

/// The files that a map depends on: its own, and the texts of its sources. Each has the message for
/// an output that would replace it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Inputs(Vec<(PathBuf, &'static str)>);

impl Inputs {
    /// The inputs of a map; `path` is `None` if it was never saved.
    #[must_use]
    pub fn of(path: Option<&Path>, map: &Map) -> Self {
        let Some(path) = path else { return Self::default() };
        let mut inputs = Self(vec![(path.to_owned(), "this is the map itself")]);
        let names = map.sources.iter().filter_map(|source| source.text_file.as_deref());
        let texts = names.map(|name| source::path_beside(path, name));
        inputs.0.extend(texts.map(|text| (text, "this is the text of one of the map's sources")));
        inputs
    }

    /// The given map files, without reading them.
    #[must_use]
    pub fn maps<'a>(paths: impl IntoIterator<Item = &'a PathBuf>) -> Self {
        Self(
            paths.into_iter().map(|path| (path.clone(), "this is one of the input maps")).collect(),
        )
    }

    /// Checks that writing `target` would not replace one of the inputs, under any name.
    ///
    /// # Errors
    /// If `target` is one of the inputs.
    pub fn check(&self, target: &Path) -> Result<(), SaveError> {
        let found = self.0.iter().find(|(input, _)| is_same_file(input, target));
        found.map_or(Ok(()), |(_, what)| {
            Err(SaveError::refused(target, *what, "nothing was written; give another name"))
        })
    }
}

/// True if both paths lead to the same file, directly or through links.
#[must_use]
pub fn is_same_file(a: &Path, b: &Path) -> bool {
    resolved(a) == resolved(b) || has_same_identity(a, b)
}

/// Compares device and inode without opening the files, because opening a pipe would block.
#[cfg(unix)]
fn has_same_identity(a: &Path, b: &Path) -> bool {
    use std::os::unix::fs::MetadataExt as _;
    let identity =
        |path: &Path| std::fs::metadata(path).ok().map(|about| (about.dev(), about.ino()));
    identity(a).is_some_and(|file| identity(b) == Some(file))
}

/// On other systems only the resolved paths are compared. A second hard link is not recognised, but
/// an atomic write replaces that link and leaves the first file unchanged.
#[cfg(not(unix))]
fn has_same_identity(_: &Path, _: &Path) -> bool {
    false
}

/// The canonical path. If the file does not exist yet: the canonical path of its folder, with its
/// name.
fn resolved(path: &Path) -> PathBuf {
    let real = |path: &Path| std::fs::canonicalize(path).ok();
    let in_folder = || {
        let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
        Some(real(folder.unwrap_or(Path::new(".")))?.join(path.file_name()?))
    };
    real(path).or_else(in_folder).unwrap_or_else(|| path.to_owned())
}

/// Checks that a file can be written to `path`, before its content is computed.
///
/// # Errors
/// If `path` is an input or a folder, if its folder does not exist, or if either is not writable.
pub fn check_target(path: &Path, inputs: &Inputs) -> Result<(), SaveError> {
    inputs.check(path)?;
    let refuse = |message, advice| Err(SaveError::refused(path, message, advice));
    if path.is_dir() {
        return refuse("this is a folder", "give a file name");
    }
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
    let folder = folder.unwrap_or(Path::new("."));
    if !folder.is_dir() {
        return refuse("there is no such folder", "create it, or choose another");
    }
    let about = path.metadata().ok();
    if about.as_ref().is_some_and(|about| about.permissions().readonly()) {
        return refuse("this file is read-only", "choose another");
    }
    if about.is_some_and(|about| !about.is_file()) {
        // A pipe or a device is written to, not replaced.
        return Ok(());
    }
    // Permissions do not show that a disk is read-only, so try to create a file.
    if tempfile::Builder::new().prefix(".allegiance").tempfile_in(folder).is_err() {
        return refuse("this folder is not writable", "choose another");
    }
    Ok(())
}

/// Writes an output file, unless it would replace an input.
///
/// # Errors
/// If `path` is one of the inputs, or writing fails.
pub fn write_output(path: &Path, bytes: &[u8], inputs: &Inputs) -> Result<(), SaveError> {
    inputs.check(path)?;
    write_atomically(path, bytes)
}
