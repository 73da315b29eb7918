//! The form of a text with a table.

use encoding_rs::{Encoding, UTF_8};
use serde::{Deserialize, Serialize};

/// How the rows and cells of a text are told apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TextForm {
    pub encoding: &'static Encoding,
    pub separator: u8,
    /// True if cells can be in quotation marks, and then hold separators and line ends.
    pub is_quoted: bool,
    /// True if some characters could not be read in this encoding.
    pub has_errors: bool,
}

impl Default for TextForm {
    fn default() -> Self {
        Self { encoding: UTF_8, separator: b',', is_quoted: true, has_errors: false }
    }
}

/// What the user has said of a text; what is `None` is guessed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Told {
    /// The name of an encoding, as web pages use it.
    pub encoding: Option<String>,
    pub separator: Option<char>,
}
