//! Long texts are shown in parts, because all paragraphs of a part are laid out.

use std::ops::Range;

use egui::{self, RichText, Ui};

use super::state::Reader;
use crate::evidence::{Segment, SourceText};

/// Longer texts are shown in parts of about this many characters.
const PART_LETTERS: usize = 60_000;

impl Reader {
    /// The paragraphs of the visible part, as indices `(first, last)` with `last` excluded.
    pub(super) fn part(&mut self, segments: &[Segment]) -> (usize, usize) {
        if let Some(target) = &self.target {
            let at = segments.partition_point(|segment| segment.range.end <= target.start);
            let (first, last) = span(segments, self.first_segment);
            if at < first || at >= last {
                // Show some context before the target.
                self.first_segment = at.saturating_sub(3);
            }
        }
        span(segments, self.first_segment)
    }

    /// Limits the part to three times `PART_LETTERS`, around the target or the marked passage. Only
    /// a very long paragraph exceeds this.
    pub(super) fn clipped(&self, part: Range<usize>) -> Range<usize> {
        let most = 3 * PART_LETTERS;
        if part.len() <= most {
            return part;
        }
        let place =
            self.target.as_ref().or(self.marked.as_ref()).map_or(part.start, |place| place.start);
        let start = place.saturating_sub(PART_LETTERS).clamp(part.start, part.end - most);
        start..start + most
    }

    pub(super) fn parts_ui(
        &mut self,
        ui: &mut Ui,
        segments: &[Segment],
        first: usize,
        last: usize,
    ) {
        if first == 0 && last >= segments.len() {
            return;
        }
        ui.horizontal(|ui| {
            if ui.add_enabled(first > 0, egui::Button::new("Previous")).clicked() {
                let mut letters = 0;
                let before = segments.get(..first).unwrap_or_default().iter().rev();
                let fitting = before.take_while(|segment| {
                    letters += segment.range.len();
                    letters < PART_LETTERS
                });
                self.first_segment = first - fitting.count().max(1);
            }
            if ui.add_enabled(last < segments.len(), egui::Button::new("Next")).clicked() {
                self.first_segment = last;
            }
            let label = |at: usize| segments.get(at).map_or("", |segment| segment.label.as_str());
            let words =
                format!("{} to {} of {} paragraphs", label(first), label(last - 1), segments.len());
            ui.label(RichText::new(words).weak());
        });
    }
}

/// The paragraphs of the part that begins at `first`, as `(first, last)` with `last` excluded.
pub(super) fn span(segments: &[Segment], first: usize) -> (usize, usize) {
    let first = first.min(segments.len().saturating_sub(1));
    let mut letters = 0;
    let fitting = segments.get(first..).unwrap_or_default().iter().take_while(|segment| {
        let fits = letters < PART_LETTERS;
        letters += segment.range.len();
        fits
    });
    (first, first + fitting.count().max(1))
}

/// The characters of the paragraphs from `first` to `last`, which is excluded.
pub(super) fn part_range(
    segments: &[Segment],
    first: usize,
    last: usize,
    text: &SourceText,
) -> Range<usize> {
    let start = segments.get(first).filter(|_| first > 0).map_or(0, |segment| segment.range.start);
    let end = segments.get(last).map_or(text.length(), |next| next.range.start);
    start..end.max(start)
}
