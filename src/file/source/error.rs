//! Errors of reading sources.

use std::fmt;
use std::path::{Path, PathBuf};

use thiserror::Error;

/// The text of a source could not be read.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub struct SourceError {
    pub path: PathBuf,
    /// What is wrong.
    pub message: String,
    /// What was expected; may be empty.
    pub expected: String,
    /// What to do, as sentences; may be empty.
    pub advice: String,
}

impl fmt::Display for SourceError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.path.display(), self.message)?;
        if !self.expected.is_empty() {
            write!(f, "; expected {}", self.expected)?;
        }
        if !self.advice.is_empty() {
            write!(f, ". {}", self.advice)?;
        }
        Ok(())
    }
}

/// Why bytes could not be read, without the path of their file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::file) struct Fault {
    message: String,
    expected: String,
    advice: String,
}

impl Fault {
    pub(super) fn new(message: impl Into<String>) -> Self {
        Self { message: message.into(), expected: String::new(), advice: String::new() }
    }

    /// What is wrong.
    pub(in crate::file) fn message(&self) -> &str {
        &self.message
    }

    /// States what was expected instead.
    pub(super) fn expected(mut self, expected: impl Into<String>) -> Self {
        self.expected = expected.into();
        self
    }

    /// States what to do.
    pub(super) fn advice(mut self, advice: impl Into<String>) -> Self {
        self.advice = advice.into();
        self
    }

    pub(super) fn at(self, path: &Path) -> SourceError {
        let Self { message, expected, advice } = self;
        SourceError { path: path.to_owned(), message, expected, advice }
    }
}

/// The fault of a file that cannot be opened or read.
pub(super) fn unreadable(error: &std::io::Error) -> Fault {
    use std::io::ErrorKind;
    match error.kind() {
        ErrorKind::NotFound => Fault::new("there is no such file")
            .expected("the file of the source's text")
            .advice("Check its name and its folder, or attach the text again."),
        ErrorKind::PermissionDenied => Fault::new("no permission to read it")
            .advice("Change the permissions of the file, or choose a copy that you may read."),
        _ => Fault::new(format!("it cannot be read ({error})"))
            .advice("Copy the file to another drive and attach that copy."),
    }
}
