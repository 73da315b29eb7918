//! What an import has kept with an actor or a tie, such as the number of events.

use egui::{RichText, Ui};

use crate::model::Extra;
use crate::model::words::cut_to;
use crate::text::visual;

/// How many values are shown, and how many letters of each.
const SHOWN: usize = 12;
const LETTERS: usize = 80;

/// Shows the values by their names: `events: 8 · fatalities: 32`.
pub(super) fn kept_ui(ui: &mut Ui, extra: &Extra) {
    let words = |(name, value): (&String, &serde_json::Value)| {
        let text = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
        format!("{name}: {}", cut_to(&text.replace('\n', " "), LETTERS))
    };
    let mut parts: Vec<String> = extra.iter().take(SHOWN).map(words).collect();
    if extra.len() > SHOWN {
        parts.push(format!("{} more", extra.len() - SHOWN));
    }
    if !parts.is_empty() {
        ui.label(RichText::new(visual(&parts.join(" · "))).weak().size(12.0));
    }
}
