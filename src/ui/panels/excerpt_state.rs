//! The state of an excerpt in its source, shown on one line below its card: found, moved, altered,
//! ambiguous or lost.

use std::ops::Range;

use egui::text::LayoutJob;
use egui::{FontId, RichText, Stroke, TextFormat, Ui};
use similar::{ChangeTag, TextDiff};

use crate::edit::reading::Reading;
use crate::evidence::State;
use crate::evidence::verify::Verified;
use crate::model::Evidence;
use crate::ui::requests::{Request, Requests};

/// Characters of context shown on each side of a candidate place.
const GLIMPSE_LETTERS: usize = 26;

/// Shows the state of an excerpt and the actions that it allows.
pub fn state_ui(
    ui: &mut Ui,
    reading: &Reading,
    evidence: &Evidence,
    verified: &Verified,
    out: &mut Requests,
) {
    let (Some(state), Some(anchor)) = (verified.state(), &verified.anchor) else { return };
    let source = &verified.source;
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().interact_size.y = 18.0;
        ui.spacing_mut().item_spacing.x = 6.0;
        ui.spacing_mut().button_padding.y = 1.0;
        let words = match state {
            State::Anchored => "✓ in the source",
            State::Moved => "✓ in the source, moved; saving updates its position",
            State::Altered => "≈ altered: the source has different words",
            State::Ambiguous => "? ambiguous: choose the right place",
            State::Lost => "✗ lost: these words are not in the source",
        };
        let words = RichText::new(words).size(12.0);
        ui.label(if state.is_exact() {
            words.weak()
        } else {
            words.color(ui.visuals().warn_fg_color)
        });
        if let Some(place) = verified.place() {
            if ui.link(RichText::new("Show in source").size(12.0)).clicked() {
                out.push(Request::Read(source.clone(), place.clone()));
            }
            if state == State::Altered
                && ui.button(RichText::new("Use the source's words").size(12.0)).clicked()
            {
                out.push(place_at(verified, place));
            }
        }
        if anchor.places.len() > 1 {
            for (number, place) in anchor.places.iter().take(9).enumerate() {
                let around =
                    place.start.saturating_sub(GLIMPSE_LETTERS)..place.end + GLIMPSE_LETTERS;
                let hint = reading.words(source, &around).unwrap_or_default();
                let button = ui.button(RichText::new(format!("Place {}", number + 1)).size(12.0));
                if button.on_hover_text(format!("…{hint}…")).clicked() {
                    out.push(place_at(verified, place));
                    out.push(Request::Read(source.clone(), place.clone()));
                }
            }
        }
    });
    if state == State::Altered
        && let Some(there) = verified.place().and_then(|place| reading.words(source, place))
    {
        ui.label(difference(ui, &evidence.excerpt, there));
    }
}

/// The request to replace the text of an excerpt by the words at `place` in its source.
fn place_at(verified: &Verified, place: &Range<usize>) -> Request {
    Request::PlaceExcerpt(verified.owner.clone(), verified.number, place.clone())
}

/// A word diff: words only in the excerpt are struck through, words only in the source are
/// underlined.
fn difference(ui: &Ui, excerpt: &str, source: &str) -> LayoutJob {
    let visuals = ui.visuals();
    let mut job = LayoutJob::default();
    let plain = TextFormat {
        font_id: FontId::proportional(12.0),
        color: visuals.text_color(),
        ..TextFormat::default()
    };
    for change in TextDiff::from_words(excerpt, source).iter_all_changes() {
        let format = match change.tag() {
            ChangeTag::Equal => plain.clone(),
            ChangeTag::Delete => TextFormat {
                strikethrough: Stroke::new(1.0, visuals.error_fg_color),
                color: visuals.weak_text_color(),
                ..plain.clone()
            },
            ChangeTag::Insert => {
                TextFormat { underline: Stroke::new(1.5, visuals.hyperlink_color), ..plain.clone() }
            }
        };
        job.append(change.value(), 0.0, format);
    }
    job
}
