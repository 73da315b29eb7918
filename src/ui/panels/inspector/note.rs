//! What the panel shows if one note is selected: its text, and a link to what it is about.

use egui::{self, RichText, Ui};

use super::page::{Page, heading};
use crate::model::NoteId;
use crate::model::query::about;
use crate::text::visual;
use crate::ui::requests::Request;
use crate::ui::widgets::style::prose;
use crate::ui::widgets::words::subject_name;

impl Page<'_> {
    pub(super) fn note_ui(&mut self, ui: &mut Ui, id: &NoteId) {
        let document = self.document;
        let Some(note) = document.note(id) else { return };
        heading(ui, "Note");
        ui.label(prose(ui, &note.text, 13.0));
        let Some(subject) = about(document.index(), note) else { return };
        let Some(name) = subject_name(document, note) else { return };
        ui.horizontal_wrapped(|ui| {
            ui.label(RichText::new("About").weak());
            if ui.link(visual(&name)).clicked() {
                self.out.push(Request::Focus(subject));
            }
        });
    }
}
