//! Input that fields do not accept. It stays in its field, and saving leads to the field, so that
//! nothing that was typed is lost without notice.

use egui::{Context, Id};

/// A field with input that it does not accept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rejected {
    /// The id of the text field.
    pub field: Id,
    /// The key of its form.
    pub form: Id,
    /// The label of the field.
    pub label: String,
    /// Why the input is not accepted.
    pub reason: String,
}

/// Where egui keeps the list, as temporary data.
fn list_id() -> Id {
    Id::new("rejected input")
}

/// The fields with rejected input, in the order in which they were filled in. Also contains fields
/// of forms that are not shown at present.
#[must_use]
pub fn all(ctx: &Context) -> Vec<Rejected> {
    ctx.data(|data| data.get_temp(list_id())).unwrap_or_default()
}

/// Records that the input of a field is rejected.
pub(super) fn add(ctx: &Context, rejected: Rejected) {
    let mut list = all(ctx);
    match list.iter_mut().find(|other| other.field == rejected.field) {
        Some(other) => *other = rejected,
        None => list.push(rejected),
    }
    ctx.data_mut(|data| data.insert_temp(list_id(), list));
}

/// Records that the input of a field is accepted or was given up.
pub(super) fn remove(ctx: &Context, field: Id) {
    let mut list = all(ctx);
    if list.iter().any(|other| other.field == field) {
        list.retain(|other| other.field != field);
        ctx.data_mut(|data| data.insert_temp(list_id(), list));
    }
}

/// True if a field of this form has rejected input.
#[must_use]
pub fn is_in(ctx: &Context, form: Id) -> bool {
    all(ctx).iter().any(|rejected| rejected.form == form)
}

/// Removes all rejected input, when its document is closed.
pub fn clear(ctx: &Context) {
    for rejected in all(ctx) {
        ctx.data_mut(|data| data.remove::<String>(rejected.field));
    }
    ctx.data_mut(|data| data.remove::<Vec<Rejected>>(list_id()));
}
