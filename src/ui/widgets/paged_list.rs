//! Long lists that show a limited number of entries, and more on request.

use egui::{Id, Ui};

/// Number of entries shown at first. Each request adds as many.
const PAGE_SIZE: usize = 100;

/// The number of entries to show of the list with this name.
pub fn shown(ui: &Ui, list: &str) -> usize {
    let asked: usize = ui.data(|data| data.get_temp(id(list))).unwrap_or(0);
    PAGE_SIZE.saturating_add(asked)
}

/// A link below a list of `count` entries that shows more. Empty if all are shown.
pub fn more_ui(ui: &mut Ui, list: &str, count: usize) {
    let shown = shown(ui, list);
    if count <= shown {
        return;
    }
    let words = format!("{shown} of {count} shown. Show {} more", PAGE_SIZE.min(count - shown));
    if ui.link(words).clicked() {
        ui.data_mut(|data| data.insert_temp(id(list), shown));
    }
}

fn id(list: &str) -> Id {
    Id::new(("shown", list))
}
