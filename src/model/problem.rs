//! Problems of a map, in one form for the command line and the window.

use std::borrow::Cow;
use std::fmt;

use ecow::EcoString;
use serde::Serialize;

use super::words::capitalised;
use super::{Element, SourceId};

/// Whether the map can be opened despite the problem.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// The map opens, but the user should review it.
    Warning,
    /// The map does not open until this is fixed.
    Error,
}

impl fmt::Display for Severity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Warning => "warning",
            Self::Error => "error",
        })
    }
}

/// One step of a path in a JSON document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step {
    Key(EcoString),
    Index(usize),
}

/// A place in a file: the path in the JSON document and, once it was located in the bytes, line and
/// column.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Place {
    /// The path from the root of the document.
    pub steps: Vec<Step>,
    /// Line and column, both from 1; columns count Unicode scalar values.
    pub line_column: Option<(usize, usize)>,
}

impl Place {
    /// This place, followed by an object key.
    #[must_use]
    pub fn key(&self, key: impl Into<EcoString>) -> Self {
        self.deeper(Step::Key(key.into()))
    }

    /// This place, followed by an array index.
    #[must_use]
    pub fn index(&self, index: usize) -> Self {
        self.deeper(Step::Index(index))
    }

    fn deeper(&self, step: Step) -> Self {
        let mut steps = self.steps.clone();
        steps.push(step);
        Self { steps, line_column: None }
    }

    /// The path without line and column: `relations[3].to`.
    #[must_use]
    pub fn path(&self) -> String {
        self.steps.iter().enumerate().map(|(number, step)| step_words(number, step)).collect()
    }
}

/// The text of a step in a path; `number` is its index in the path.
fn step_words(number: usize, step: &Step) -> String {
    match step {
        Step::Index(index) => format!("[{index}]"),
        Step::Key(key) if !is_plain(key) => format!("[{key:?}]"),
        Step::Key(key) if number == 0 => key.to_string(),
        Step::Key(key) => format!(".{key}"),
    }
}

/// True if a key needs no quotes in a path.
fn is_plain(key: &str) -> bool {
    !key.is_empty() && key.chars().all(|c| c.is_alphanumeric() || c == '_' || c == '-')
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let path = self.path();
        match self.line_column {
            Some((line, column)) if path.is_empty() => write!(f, "line {line}, column {column}"),
            Some((line, column)) => write!(f, "line {line}, column {column}, {path}"),
            None => f.write_str(&path),
        }
    }
}

/// The element or source that a problem concerns.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Subject {
    Element(Element),
    Source(SourceId),
}

/// One problem: where it is, what was found and what was expected.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    pub severity: Severity,
    pub place: Place,
    /// What the window shows for this problem; `None` if it concerns the map or file as a whole.
    pub subject: Option<Subject>,
    /// What was found.
    pub message: String,
    /// What was expected instead.
    pub expected: Cow<'static, str>,
}

impl Problem {
    /// A problem that keeps the map from opening.
    #[must_use]
    pub fn error(
        place: Place,
        message: impl Into<String>,
        expected: impl Into<Cow<'static, str>>,
    ) -> Self {
        Self {
            severity: Severity::Error,
            place,
            subject: None,
            message: message.into(),
            expected: expected.into(),
        }
    }

    /// A problem with which the map still opens.
    #[must_use]
    pub fn warning(
        place: Place,
        message: impl Into<String>,
        expected: impl Into<Cow<'static, str>>,
    ) -> Self {
        Self { severity: Severity::Warning, ..Self::error(place, message, expected) }
    }
}

impl Problem {
    /// The message as a sentence, without the place in the file.
    #[must_use]
    pub fn sentence(&self) -> String {
        let error = if self.severity == Severity::Error { "Error: " } else { "" };
        capitalised(&format!("{error}{}.", self.message))
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: ", self.severity)?;
        let place = self.place.to_string();
        if !place.is_empty() {
            write!(f, "{place}: ")?;
        }
        f.write_str(&self.message)?;
        if !self.expected.is_empty() {
            write!(f, "; expected {}", self.expected)?;
        }
        Ok(())
    }
}
