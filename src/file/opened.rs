//! A map that was read, and what is wrong with a file that is not one.

use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::model::{Map, Place, Problem, Severity, VERSION};

/// The bytes of a file, shared by whoever compares with them or writes them.
pub type Bytes = Arc<Vec<u8>>;

/// A map as it was read, with the bytes it was read from.
#[derive(Clone, Debug)]
pub struct Opened {
    pub map: Map,
    pub bytes: Bytes,
    /// What somebody should look at; never an error.
    pub warnings: Vec<Problem>,
}

impl Opened {
    /// True for a file of a version that this program does not know: to look at, not to write.
    #[must_use]
    pub fn is_newer(&self) -> bool {
        self.map.version > VERSION
    }
}

/// Why a file did not open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// Unreadable, not JSON, or JSON of another format.
    NotAMap,
    /// A map with errors in it.
    Invalid,
}

/// A file that did not open, and everything that is wrong with it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OpenError {
    /// Absent for bytes that came from no file.
    pub path: Option<PathBuf>,
    pub refusal: Refusal,
    /// At least one; warnings may be among them.
    pub problems: Vec<Problem>,
}

impl OpenError {
    pub(super) fn not_a_map(
        place: Place,
        message: impl Into<String>,
        expected: impl Into<String>,
    ) -> Self {
        Self {
            path: None,
            refusal: Refusal::NotAMap,
            problems: vec![Problem::error(place, message, expected)],
        }
    }

    pub(super) fn cancelled() -> Self {
        Self::not_a_map(Place::default(), "the opening was stopped", "")
    }

    pub(super) fn at(mut self, path: &Path) -> Self {
        self.path = Some(path.to_owned());
        self
    }
}

impl fmt::Display for OpenError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let errors = self.problems.iter().filter(|problem| problem.severity == Severity::Error);
        for (number, problem) in errors.enumerate() {
            if number > 0 {
                f.write_str("\n")?;
            }
            if let Some(path) = &self.path {
                write!(f, "{}: ", path.display())?;
            }
            write!(f, "{problem}")?;
        }
        Ok(())
    }
}

impl std::error::Error for OpenError {}
