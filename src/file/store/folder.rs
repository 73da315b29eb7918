//! The folder for the program's own files.

use std::path::PathBuf;

/// The folder of this user's journals and earlier versions; `None` if the system has none.
#[must_use]
pub fn state_folder() -> Option<PathBuf> {
    let folders = directories::ProjectDirs::from("", "", "allegiance")?;
    Some(folders.state_dir().unwrap_or(folders.data_local_dir()).to_owned())
}
