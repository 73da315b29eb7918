//! Groups of the filter panel: checkboxes with counts, and lists of chosen values.

use std::collections::{BTreeMap, BTreeSet};

use egui::{self, RichText, Ui, WidgetInfo, WidgetType};

use crate::text::visual;
use crate::ui::widgets::check::check_ui;
use crate::ui::widgets::form::Form;
use crate::ui::widgets::style::bold;

/// A heading above a group.
pub(super) fn heading_ui(ui: &mut Ui, words: &str) {
    ui.add_space(4.0);
    ui.label(RichText::new(words).font(bold(12.5)));
}

/// A row of a group of checkboxes: a value, its words and the number of its ties.
pub(super) struct Row<T> {
    pub value: T,
    pub words: String,
    pub count: usize,
}

/// Checkboxes for values that are shown if they are not in `hidden`. Each has its count and a link
/// that hides all others. `badge_ui` may draw something behind a name.
pub(super) fn checks_ui<T: Ord + Clone>(
    ui: &mut Ui,
    hidden: &mut BTreeSet<T>,
    rows: &[Row<T>],
    badge_ui: impl Fn(&mut Ui, &T),
) {
    for row in rows {
        ui.horizontal(|ui| {
            let mut is_shown = !hidden.contains(&row.value);
            if check_ui(ui, &mut is_shown, &row.words).changed() {
                if is_shown {
                    hidden.remove(&row.value);
                } else {
                    hidden.insert(row.value.clone());
                }
            }
            badge_ui(ui, &row.value);
            ui.label(RichText::new(row.count.to_string()).weak().size(12.0));
            ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
                let name = format!("Only {}", row.words);
                let only = ui.link(RichText::new("only").size(12.0)).on_hover_text(&name);
                only.widget_info(|| WidgetInfo::labeled(WidgetType::Link, true, &name));
                if only.clicked() {
                    let others = rows.iter().filter(|other| other.value != row.value);
                    *hidden = others.map(|other| other.value.clone()).collect();
                }
            });
        });
    }
}

/// The chosen values, each with a link that removes it, and a list of further values.
pub(super) fn chosen_ui<T: Ord + Clone>(
    ui: &mut Ui,
    form: &mut Form<'_>,
    label: &str,
    chosen: &mut BTreeSet<T>,
    known: &BTreeMap<T, usize>,
    name: impl Fn(&T) -> String,
) {
    if known.is_empty() && chosen.is_empty() {
        return;
    }
    let first = if chosen.is_empty() { "any" } else { "or …" };
    let mut all: Vec<(Option<usize>, String)> = vec![(None, first.to_owned())];
    let open = known.iter().enumerate().filter(|(_, (value, _))| !chosen.contains(value));
    all.extend(open.map(|(at, (value, count))| (Some(at), format!("{} ({count})", name(value)))));
    let picked = form.choice(ui, label, None, &all).flatten();
    removable_ui(ui, chosen, name);
    chosen.extend(picked.and_then(|at| known.keys().nth(at)).cloned());
}

/// A link for each chosen value that removes it.
pub(super) fn removable_ui<T: Ord + Clone>(
    ui: &mut Ui,
    chosen: &mut BTreeSet<T>,
    name: impl Fn(&T) -> String,
) {
    if chosen.is_empty() {
        return;
    }
    let mut removed = None;
    ui.horizontal_wrapped(|ui| {
        for value in &*chosen {
            let words = name(value);
            let link = ui.link(RichText::new(visual(&format!("{words} ×"))).size(12.0));
            let hint = format!("Remove {words} from the filter");
            let link = link.on_hover_text(&hint);
            link.widget_info(|| WidgetInfo::labeled(WidgetType::Link, true, &hint));
            if link.clicked() {
                removed = Some(value.clone());
            }
        }
    });
    if let Some(removed) = removed {
        chosen.remove(&removed);
    }
}
