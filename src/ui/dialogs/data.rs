//! The dialog for exports as data: graphs and tables for other programs.

use egui::{RichText, Ui};

use super::frame::dialog_ui;
use crate::file::exchange::{EXCHANGE, ExchangeFormat, lost};
use crate::model::Map;
use crate::model::words::listed;
use crate::ui::widgets::check::radio_ui;
use crate::ui::widgets::style::bold;

/// Shows the formats, with what the chosen one cannot carry. The answer is `Some(true)` to save.
pub fn data_ui(ui: &mut Ui, chosen: &mut &'static ExchangeFormat, map: &Map) -> Option<bool> {
    let body = |ui: &mut Ui| {
        for format in EXCHANGE.iter().copied() {
            let is_chosen = std::ptr::eq(format, *chosen);
            if radio_ui(ui, is_chosen, format.name).on_hover_text(format.hint).clicked() {
                *chosen = format;
            }
        }
        ui.add_space(6.0);
        ui.label(RichText::new(chosen.hint).font(bold(13.0)));
        match lost(map, chosen).as_slice() {
            [] => ui.label("It carries everything in this map."),
            parts => ui.label(format!("It cannot carry {}.", listed(parts))),
        };
        None
    };
    dialog_ui(ui, 560.0, "Export data", body, |ui| {
        let save = ui.button("Save…");
        if ui.memory(|memory| memory.focused().is_none()) {
            save.request_focus();
        }
        if save.clicked() {
            Some(true)
        } else if ui.button("Cancel").clicked() {
            Some(false)
        } else {
            None
        }
    })
}
