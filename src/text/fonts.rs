//! The fonts that measure and draw words, and the lines laid out with them.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use super::font::{self, Font};
use super::line::{self, Line};
use super::measure::{Measure, Weight};

/// The fonts for the words at hand: Noto Sans, then the system's for the scripts that need them,
/// then `DejaVu` Sans. Each weight has the same families in the same order. Remembers the lines it
/// laid out.
pub struct Fonts {
    regular: Vec<Arc<Font>>,
    bold: Vec<Arc<Font>>,
    missing: String,
    lines: Mutex<HashMap<(String, Weight), Arc<Line>>>,
}

impl Default for Fonts {
    fn default() -> Self {
        Self::for_words("")
    }
}

impl Fonts {
    /// The fonts that `words` need. The system is asked only for what the bundled fonts lack.
    #[must_use]
    pub fn for_words(words: &str) -> Self {
        let chosen = font::choose(words);
        Self {
            regular: chosen.regular,
            bold: chosen.bold,
            missing: chosen.missing,
            lines: Mutex::default(),
        }
    }

    /// Letters of the words that no font here has; each once.
    #[must_use]
    pub fn missing(&self) -> &str {
        &self.missing
    }

    /// What to tell about letters that no font has; `None` where all are there.
    #[must_use]
    pub fn complaint(&self) -> Option<String> {
        let letters: Vec<String> = self.missing.chars().take(12).map(String::from).collect();
        let more = if self.missing.chars().count() > 12 { " …" } else { "" };
        (!letters.is_empty()).then(|| {
            format!(
                "No font here has {}{more}. Install one for that script, for example Noto.",
                letters.join(" ")
            )
        })
    }

    /// The fonts of a weight, the first that has a letter preferred.
    #[must_use]
    pub fn of(&self, weight: Weight) -> &[Arc<Font>] {
        if weight == Weight::Bold { &self.bold } else { &self.regular }
    }

    /// Where each letter of one line stands, in the order of the screen, at an em of 1.
    #[must_use]
    pub fn line(&self, text: &str, weight: Weight) -> Arc<Line> {
        let mut lines = self.lines.lock().unwrap_or_else(PoisonError::into_inner);
        let laid = lines
            .entry((text.to_owned(), weight))
            .or_insert_with(|| Arc::new(line::lay(text, self.of(weight))));
        Arc::clone(laid)
    }
}

impl Measure for Fonts {
    fn width(&self, text: &str, size: f32, weight: Weight) -> f32 {
        self.line(text, weight).width * size
    }
}
