//! Functions on text fields and on the fields of forms.

use egui::text::{CCursor, CCursorRange};
use egui::text_edit::TextEditState;
use egui::{Context, Id, Response};

/// Selects everything in a text field, so that typing replaces it.
pub fn select_all(ctx: &Context, field: Id) {
    let mut state = TextEditState::load(ctx, field).unwrap_or_default();
    // Past the end of any text; egui clamps it.
    let end = CCursor::new(usize::MAX >> 1);
    state.cursor.set_char_range(Some(CCursorRange::two(CCursor::new(0), end)));
    state.store(ctx, field);
}

/// The field that should get the keyboard focus.
fn wanted_id() -> Id {
    Id::new("wanted field")
}

/// The field that got the keyboard focus last because it was wanted.
fn taken_id() -> Id {
    Id::new("taken field")
}

/// Sets the field that should get the keyboard focus in this frame, by its id in its form.
pub fn want(ctx: &Context, field: Option<Id>) {
    ctx.data_mut(|data| {
        data.insert_temp(wanted_id(), field);
        data.remove::<Id>(taken_id());
    });
}

/// True if this field was wanted in this frame and has got the focus.
#[must_use]
pub fn is_taken(ctx: &Context, field: Id) -> bool {
    ctx.data(|data| data.get_temp::<Id>(taken_id())) == Some(field)
}

/// Gives the focus to a control of a form, and scrolls to it, if its field is wanted. For controls
/// whose widget id differs from the id of the field.
pub(super) fn take(field: Id, control: &Response) {
    let wanted = control.ctx.data(|data| data.get_temp::<Option<Id>>(wanted_id())).flatten();
    if wanted == Some(field) {
        control.request_focus();
        control.scroll_to_me(None);
        control.ctx.data_mut(|data| data.insert_temp(taken_id(), field));
    }
}
