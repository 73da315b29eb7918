//! The result of opening a file: a map, or an error with all problems.

use std::borrow::Cow;
use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::model::{Map, Place, Problem, Severity, VERSION};

/// The bytes of a file, shared without copying.
pub type Bytes = Arc<Vec<u8>>;

/// What a map was read from.
#[derive(Clone, Debug)]
pub enum Contents {
    /// A file of the native format, with its bytes. A save keeps what the map does not change.
    Native(Bytes),
    /// A file of another format, by the name of that format. Saves leave it as it is.
    Imported(&'static str),
}

/// A map as it was read.
#[derive(Clone, Debug)]
pub struct Opened {
    pub map: Map,
    pub contents: Contents,
    /// Warnings; never errors.
    pub warnings: Vec<Problem>,
}

impl Opened {
    /// The bytes of the file; `None` if it has another format than the native one.
    #[must_use]
    pub fn native_bytes(&self) -> Option<&Bytes> {
        match &self.contents {
            Contents::Native(bytes) => Some(bytes),
            Contents::Imported(_) => None,
        }
    }

    /// True if the file has a newer format version than this program supports. It can then be
    /// viewed but not written.
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
    /// A map with errors.
    Invalid,
}

/// A file that could not be opened, with all its problems.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OpenError {
    /// `None` if the bytes did not come from a file.
    pub path: Option<PathBuf>,
    pub refusal: Refusal,
    /// At least one error; may include warnings.
    pub problems: Vec<Problem>,
}

impl OpenError {
    pub(super) fn not_a_map(
        place: Place,
        message: impl Into<String>,
        expected: impl Into<Cow<'static, str>>,
    ) -> Self {
        Self {
            path: None,
            refusal: Refusal::NotAMap,
            problems: vec![Problem::error(place, message, expected)],
        }
    }

    pub(super) fn cancelled() -> Self {
        Self::not_a_map(Place::default(), "opening was cancelled", "")
    }

    /// This error, as one of the file at `path`.
    #[must_use]
    pub fn at(mut self, path: &Path) -> Self {
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
