//! Files in the folder of the map: where the text of a source may lie, and copying it along when
//! the map is saved elsewhere.

use std::path::{Component, Path, PathBuf};

use super::error::{Fault, SourceError};

/// The path of a source's `text_file`, which must be inside the folder of the map.
///
/// # Errors
/// If the path leads out of that folder.
pub fn beside(map: &Path, text_file: &str) -> Result<PathBuf, SourceError> {
    let relative = Path::new(text_file);
    let folder = folder_of(map);
    let path = path_beside(map, text_file);
    if !relative.components().all(|part| matches!(part, Component::Normal(_) | Component::CurDir)) {
        return Err(outside(&path));
    }
    // A symbolic link may lead out as well.
    match (std::fs::canonicalize(&path), std::fs::canonicalize(folder)) {
        (Ok(real), Ok(folder)) if !real.starts_with(&folder) => Err(outside(&path)),
        _ => Ok(path),
    }
}

fn outside(path: &Path) -> SourceError {
    Fault::new("the path leads out of the map's folder")
        .expected("a file in that folder")
        .advice("Attach the text again to copy it there.")
        .at(path)
}

/// The path of a `text_file`, without checking that it is inside the folder of the map.
#[must_use]
pub fn path_beside(map: &Path, text_file: &str) -> PathBuf {
    folder_of(map).join(text_file)
}

fn folder_of(map: &Path) -> &Path {
    map.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// Copies source texts from the folder of the map `from` to the folder of the map `to`. Existing
/// files are not overwritten; files that are missing or outside the folder are skipped.
///
/// # Errors
/// If one of them cannot be copied.
pub fn carry(text_files: &[String], from: &Path, to: &Path) -> std::io::Result<()> {
    for name in text_files {
        let (Ok(old), Ok(new)) = (beside(from, name), beside(to, name)) else { continue };
        if old.is_file() && !new.exists() {
            if let Some(folder) = new.parent() {
                std::fs::create_dir_all(folder)?;
            }
            std::fs::copy(old, new)?;
        }
    }
    Ok(())
}
