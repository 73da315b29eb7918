//! Functions on text fields.

use egui::text::{CCursor, CCursorRange};
use egui::text_edit::TextEditState;
use egui::{Context, Id};

/// Selects everything in a text field, so that typing replaces it.
pub fn select_all(ctx: &Context, field: Id) {
    let mut state = TextEditState::load(ctx, field).unwrap_or_default();
    // Past the end of any text; egui clamps it.
    let end = CCursor::new(usize::MAX >> 1);
    state.cursor.set_char_range(Some(CCursorRange::two(CCursor::new(0), end)));
    state.store(ctx, field);
}
