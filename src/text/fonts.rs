//! The fonts that measure and draw a text, and a cache of the lines laid out with them.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use super::font::{self, Font};
use super::guard::guarded;
use super::line::{self, Line};
use super::measure::{Measure, Weight};

/// The maximum number of lines in one generation of the cache. A frame with 10,000 labelled actors
/// needs fewer.
const LINES_AT_MOST: usize = 20_000;

/// A cache of laid-out lines in two generations. When the young generation is full, it becomes the
/// old one, and the previous old one is dropped. A line that is used moves to the young generation.
#[derive(Default)]
struct LineCache {
    young: HashMap<(String, Weight), Arc<Line>>,
    old: HashMap<(String, Weight), Arc<Line>>,
}

impl LineCache {
    fn get_or_insert_with(
        &mut self,
        key: (String, Weight),
        lay: impl FnOnce() -> Arc<Line>,
    ) -> Arc<Line> {
        if let Some(line) = self.young.get(&key) {
            return Arc::clone(line);
        }
        let line = self.old.remove(&key).unwrap_or_else(lay);
        if self.young.len() >= LINES_AT_MOST {
            self.old = std::mem::take(&mut self.young);
        }
        self.young.insert(key, Arc::clone(&line));
        line
    }
}

/// The fonts for a text, in order of preference: Noto Sans, system fonts for scripts that need
/// them, `DejaVu` Sans. Both weights have the same families in the same order. Laid-out lines are
/// cached.
pub struct Fonts {
    regular: Vec<Arc<Font>>,
    bold: Vec<Arc<Font>>,
    missing: String,
    lines: Mutex<LineCache>,
}

impl Clone for Fonts {
    /// The same fonts, with a cache of its own.
    fn clone(&self) -> Self {
        Self {
            regular: self.regular.clone(),
            bold: self.bold.clone(),
            missing: self.missing.clone(),
            lines: Mutex::default(),
        }
    }
}

impl Default for Fonts {
    fn default() -> Self {
        Self::for_words("")
    }
}

impl Fonts {
    /// Chooses the fonts for `words`. System fonts are used only for characters that the bundled
    /// fonts lack.
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

    /// The characters of the text that no font has, sorted, each once.
    #[must_use]
    pub fn missing(&self) -> &str {
        &self.missing
    }

    /// A warning that lists up to 12 characters without a font. `None` if every character has a
    /// font.
    #[must_use]
    pub fn complaint(&self) -> Option<String> {
        let letters: Vec<String> = self.missing.chars().take(12).map(String::from).collect();
        let more = if self.missing.chars().count() > 12 { " …" } else { "" };
        (!letters.is_empty()).then(|| {
            format!(
                "No installed font has {}{more}. Install a font for this script, such as Noto.",
                letters.join(" ")
            )
        })
    }

    /// The fonts of a weight, in order of preference.
    #[must_use]
    pub fn of(&self, weight: Weight) -> &[Arc<Font>] {
        if weight == Weight::Bold { &self.bold } else { &self.regular }
    }

    /// The glyphs of one line, from left to right, with positions in em.
    #[must_use]
    pub fn line(&self, text: &str, weight: Weight) -> Arc<Line> {
        let mut lines = self.lines.lock().unwrap_or_else(PoisonError::into_inner);
        let key = (text.to_owned(), weight);
        lines.get_or_insert_with(key, || Arc::new(self.laid(text, weight)))
    }
}

impl Fonts {
    /// Lays out a line. If a font is damaged, uses the first one only, which is bundled.
    fn laid(&self, text: &str, weight: Weight) -> Line {
        let fonts = self.of(weight);
        let with = |fonts| guarded("the layout of a line", || line::lay(text, fonts));
        let bundled = || with(fonts.get(..1).unwrap_or_default());
        with(fonts).or_else(bundled).unwrap_or_default()
    }
}

impl Measure for Fonts {
    fn width(&self, text: &str, size: f32, weight: Weight) -> f32 {
        self.line(text, weight).width * size
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_cache_of_lines_is_bounded_and_keeps_what_is_used() {
        let mut cache = LineCache::default();
        let used = || ("used".to_owned(), Weight::Regular);
        let first = cache.get_or_insert_with(used(), Arc::default);
        for number in 0..3 * LINES_AT_MOST {
            let key = (format!("line {number}"), Weight::Regular);
            cache.get_or_insert_with(key, Arc::default);
            if number % 1000 == 0 {
                let again = cache.get_or_insert_with(used(), Arc::default);
                assert!(Arc::ptr_eq(&first, &again), "the line was laid out again");
            }
            assert!(cache.young.len() + cache.old.len() <= 2 * LINES_AT_MOST);
        }
    }
}
