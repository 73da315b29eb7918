//! The list of names in the text that may be actors. Each is accepted or rejected with one key.

use egui::{self, Align, Button, Key, Layout, Modifiers, RichText, ScrollArea, Ui};

use super::coding::Text;
use super::state::Reader;
use crate::evidence::names::Proposal;
use crate::ui::requests::{Party, Request, Requests};
use crate::ui::widgets::style::bold;

/// Height of the list, in points.
const HEIGHT: f32 = 150.0;

impl Reader {
    /// The names that were neither added nor rejected.
    pub(super) fn open_names<'a>(&self, text: &Text<'a>) -> Vec<&'a Proposal> {
        let proposals = text.named.outline.proposals.iter();
        let is_open = |one: &&Proposal| {
            !self.rejected.contains(&one.name) && !self.added.1.contains(&one.name)
        };
        proposals.filter(is_open).collect()
    }

    pub(super) fn names_ui(&mut self, ui: &mut Ui, text: &Text<'_>, out: &mut Requests) {
        let names = self.open_names(text);
        self.name_row = self.name_row.min(names.len().saturating_sub(1));
        let mut accepted = None;
        let mut rejected = None;
        if self.has_focus {
            let keys = ui.input_mut(names_keys);
            let row = (self.name_row + keys.down).saturating_sub(keys.up);
            let row = row.min(names.len().saturating_sub(1));
            if row != self.name_row {
                self.name_row = row;
                self.target = names.get(row).and_then(|one| one.places.first()).cloned();
            }
            accepted = keys.is_accepted.then_some(self.name_row);
            rejected = keys.is_rejected.then_some(self.name_row);
            if keys.is_left {
                self.lists_names = false;
                self.takes_focus = true;
            }
        }
        ui.horizontal(|ui| {
            ui.label(RichText::new("Suggested actors").font(bold(13.0)));
            ui.label(RichText::new("⏎ adds, Delete rejects, Esc closes").weak().size(12.0));
        });
        if names.is_empty() {
            ui.label(RichText::new("No other names were found in this text.").weak());
        }
        ScrollArea::vertical()
            .id_salt("names")
            .max_height(HEIGHT)
            .min_scrolled_height(HEIGHT)
            .show(ui, |ui| {
                for (number, proposal) in names.iter().enumerate() {
                    let line = egui::vec2(ui.available_width(), 24.0);
                    let layout = Layout::right_to_left(Align::Center);
                    ui.allocate_ui_with_layout(line, layout, |ui| {
                        if ui.add(Button::new("Reject").small()).clicked() {
                            rejected = Some(number);
                        }
                        if ui.add(Button::new("Add").small()).clicked() {
                            accepted = Some(number);
                        }
                        let is_chosen = number == self.name_row;
                        let row = Button::selectable(is_chosen, words(proposal)).truncate();
                        let room = egui::vec2(ui.available_width(), 22.0);
                        let layout = Layout::left_to_right(Align::Center);
                        let row = ui.allocate_ui_with_layout(room, layout, |ui| ui.add(row)).inner;
                        if number == self.name_row && self.has_focus {
                            row.scroll_to_me(None);
                        }
                        if row.clicked() {
                            self.name_row = number;
                            self.target = proposal.places.first().cloned();
                        }
                    });
                }
            });
        if let Some(proposal) = accepted.and_then(|number| names.get(number)) {
            out.push(Request::AddProposed(Party::proposed(proposal)));
            self.added.1.insert(proposal.name.clone());
        }
        if let Some(proposal) = rejected.and_then(|number| names.get(number)) {
            self.rejected.insert(proposal.name.clone());
        }
    }
}

/// The keys pressed in this frame.
struct NamesKeys {
    down: usize,
    up: usize,
    is_accepted: bool,
    is_rejected: bool,
    is_left: bool,
}

fn names_keys(input: &mut egui::InputState) -> NamesKeys {
    let mut count = |key| input.count_and_consume_key(Modifiers::NONE, key);
    NamesKeys {
        down: count(Key::ArrowDown),
        up: count(Key::ArrowUp),
        is_accepted: count(Key::Enter) > 0,
        is_rejected: count(Key::Delete) + count(Key::Backspace) > 0,
        is_left: count(Key::Escape) + count(Key::P) > 0,
    }
}

/// `Front for Free Kestria (FFK), 3 times`.
fn words(proposal: &Proposal) -> String {
    let short = proposal.short.as_ref().map_or(String::new(), |short| format!(" ({short})"));
    let description = proposal.description.as_ref().map_or(String::new(), |one| format!(", {one}"));
    let times = match proposal.places.len() {
        1 => "once".to_owned(),
        count => format!("{count} times"),
    };
    format!("{}{short}{description} – {times}", proposal.name)
}
