//! What can be wrong with a map, in one shape for the command line and the window.

use std::fmt;

use serde::Serialize;

/// Whether a map can be used all the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// The map opens; somebody should look.
    Warning,
    /// The map does not open until this is mended.
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

/// One step into a JSON document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step {
    Key(String),
    Index(usize),
}

/// Where in the file: the path inside the JSON and, once the bytes were looked at, line and column.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Place {
    pub steps: Vec<Step>,
    /// Line and column, both from 1; columns count Unicode scalar values.
    pub line_column: Option<(usize, usize)>,
}

impl Place {
    /// The place one key deeper.
    #[must_use]
    pub fn key(&self, key: impl Into<String>) -> Self {
        self.deeper(Step::Key(key.into()))
    }

    /// The place one array element deeper.
    #[must_use]
    pub fn index(&self, index: usize) -> Self {
        self.deeper(Step::Index(index))
    }

    fn deeper(&self, step: Step) -> Self {
        let mut steps = self.steps.clone();
        steps.push(step);
        Self { steps, line_column: None }
    }

    /// The path alone: `relations[3].to`.
    #[must_use]
    pub fn path(&self) -> String {
        let is_plain = |key: &str| {
            !key.is_empty() && key.chars().all(|c| c.is_alphanumeric() || c == '_' || c == '-')
        };
        let word = |(number, step): (usize, &Step)| match step {
            Step::Index(index) => format!("[{index}]"),
            Step::Key(key) if !is_plain(key) => format!("[{key:?}]"),
            Step::Key(key) if number == 0 => key.clone(),
            Step::Key(key) => format!(".{key}"),
        };
        self.steps.iter().enumerate().map(word).collect()
    }
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

/// One thing that is wrong, where, and what was expected instead.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    pub severity: Severity,
    pub place: Place,
    /// What was found.
    pub message: String,
    /// What would be right.
    pub expected: String,
}

impl Problem {
    /// An error.
    #[must_use]
    pub fn error(place: Place, message: impl Into<String>, expected: impl Into<String>) -> Self {
        Self {
            severity: Severity::Error,
            place,
            message: message.into(),
            expected: expected.into(),
        }
    }

    /// A warning.
    #[must_use]
    pub fn warning(place: Place, message: impl Into<String>, expected: impl Into<String>) -> Self {
        Self { severity: Severity::Warning, ..Self::error(place, message, expected) }
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
