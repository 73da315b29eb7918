//! Long lists: so many entries, and more when they are asked for.

use eframe::egui::{Id, Ui};

/// Entries that are shown unasked.
const AT_FIRST: usize = 100;

/// How many entries of the list with this name are shown.
pub fn shown(ui: &Ui, list: &str) -> usize {
    let asked: usize = ui.data(|data| data.get_temp(id(list))).unwrap_or(0);
    AT_FIRST.saturating_add(asked)
}

/// The line below a list of `count` that is not shown to its end.
pub fn more_ui(ui: &mut Ui, list: &str, count: usize) {
    let shown = shown(ui, list);
    if count <= shown {
        return;
    }
    let words = format!("{shown} of {count} shown. Show {} more", AT_FIRST.min(count - shown));
    if ui.link(words).clicked() {
        ui.data_mut(|data| data.insert_temp(id(list), shown));
    }
}

fn id(list: &str) -> Id {
    Id::new(("shown", list))
}
