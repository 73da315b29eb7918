//! The native format as a row of the table of formats.

use super::stream::without_bom;
use super::{diagnose, locate, write};
use crate::file::format::{MapFormat, START_BYTES};
use crate::file::opened::{Bytes, Contents, OpenError, Opened, Refusal};
use crate::model::{Map, Problem, Severity, check};
use crate::progress::Progress;

/// Our own JSON.
pub static NATIVE: MapFormat =
    MapFormat { name: "Relationship maps", extensions: &["json"], recognises, read };

/// A map is an object. White space may fill the whole start.
fn recognises(start: &[u8]) -> bool {
    first_byte(start).map_or(start.len() >= START_BYTES, |first| first == b'{')
}

/// The first byte after a byte order mark and white space.
pub(in crate::file) fn first_byte(start: &[u8]) -> Option<u8> {
    without_bom(start).iter().find(|byte| !byte.is_ascii_whitespace()).copied()
}

fn read(bytes: &Bytes, progress: &Progress) -> Result<Opened, OpenError> {
    let map = match write::read(bytes, progress) {
        Ok(map) => map,
        Err(_) if progress.check().is_err() => return Err(OpenError::cancelled()),
        Err(error) => return Err(diagnose::diagnose(bytes, &error)),
    };
    let mut problems = check::check(&map);
    locate::locate_all(bytes, &mut problems);
    let warnings = warnings_or_error(&map, problems)?;
    Ok(Opened { map, contents: Contents::Native(Bytes::clone(bytes)), warnings })
}

/// Returns the problems as warnings, or an error if one of them prevents opening the map.
pub(in crate::file) fn warnings_or_error(
    map: &Map,
    problems: Vec<Problem>,
) -> Result<Vec<Problem>, OpenError> {
    if map.format != crate::model::FORMAT {
        return Err(OpenError { path: None, refusal: Refusal::NotAMap, problems });
    }
    if problems.iter().any(|problem| problem.severity == Severity::Error) {
        return Err(OpenError { path: None, refusal: Refusal::Invalid, problems });
    }
    Ok(problems)
}
