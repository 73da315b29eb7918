//! Where the program keeps what is not a map.

use std::path::PathBuf;

/// Where this user's journals and earlier versions are; `None` on a system without such a place.
#[must_use]
pub fn state_folder() -> Option<PathBuf> {
    let folders = directories::ProjectDirs::from("", "", "allegiance")?;
    Some(folders.state_dir().unwrap_or(folders.data_local_dir()).to_owned())
}
