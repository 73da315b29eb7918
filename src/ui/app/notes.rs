//! New notes on the map, and what happens to those that stay empty.

use egui::Context;

use super::program::App;
use crate::edit::{Command, Selection};
use crate::geometry::Point;
use crate::model::note::NOTE_WIDTH;
use crate::model::{Element, Note};
use crate::ui::panels::editor::fields::text_field;

impl App {
    /// Adds an empty note at a map point, selects it and moves the keyboard focus to its text.
    pub(super) fn add_note(&mut self, at: Point, about: Option<&Element>) {
        self.drop_empty_note();
        let id = self.session.document.new_ids().note();
        let note = Note {
            id: id.clone(),
            x: at.x.into(),
            y: at.y.into(),
            width: NOTE_WIDTH,
            about: about.map(|element| element.id().to_owned()),
            ..Note::default()
        };
        self.apply(Command::AddNote(Box::new(note)));
        if self.session.document.is_read_only() {
            return;
        }
        self.session.new_note = Some(id.clone());
        self.session.select(Selection::of(Element::Note(id)));
        self.open_form();
    }

    /// Performs a command. A note grows downwards while its text is typed.
    pub(super) fn edit(&mut self, command: Command) {
        self.apply(match command {
            Command::SetNote(note, field) => {
                let before = self.session.document.note(&note.id);
                let canvas = &self.session.canvas;
                let fonts = self.fonts.fonts();
                let note = match before.filter(|before| before.text != note.text) {
                    Some(before) => Box::new(canvas.with_top_kept(before, *note, fonts)),
                    None => note,
                };
                Command::SetNote(note, field)
            }
            other => other,
        });
    }

    /// Adds a note about an actor or a tie, beside it.
    pub(super) fn add_note_about(&mut self, element: &Element) {
        if let Some(at) = self.place_of(element) {
            self.add_note(self.session.canvas.place_beside(at), Some(element));
        }
    }

    /// Adds a note about the selected actor or line, or else a note in the middle of the view.
    pub(super) fn add_note_of_selection(&mut self) {
        let selection = &self.session.selection;
        let index = self.session.document.index();
        let lines = self.session.shown().lines();
        // All selected ties of one line count as one element.
        let line = selection.relations().map(|id| lines.line_of(index.relation(id)?));
        let line: Option<Vec<_>> = line.collect();
        let is_one_line = selection.actors().next().is_none()
            && line.is_some_and(|line| line.windows(2).all(|pair| pair[0] == pair[1]));
        let first = selection.items().next();
        let about = first.filter(|_| selection.len() == 1 || is_one_line).cloned();
        match about.filter(|element| !matches!(element, Element::Note(_))) {
            Some(element) => self.add_note_about(&element),
            None => self.add_note(self.session.canvas.place_in_middle(), None),
        }
    }

    /// True if the field with the keyboard focus is the text of a new note and nothing was typed
    /// into it. Undo then removes the note, because there is no text to undo.
    pub(super) fn is_writing_new_note(&self, ctx: &Context) -> bool {
        let document = &self.session.document;
        self.session.new_note.as_ref().is_some_and(|id| {
            document.note(id).is_some_and(|note| note.text.is_empty())
                && ctx.memory(egui::Memory::focused) == Some(text_field(document, id))
        })
    }

    /// Removes the new note if it was left without a text: something else is selected, or the map
    /// has the keyboard focus again.
    pub(super) fn watch_new_note(&mut self, ctx: &Context) {
        let Some(id) = &self.session.new_note else { return };
        let is_selected = self.session.selection.only().map(Element::id) == Some(id.as_str());
        let canvas = self.session.canvas.id();
        let is_on_map = canvas.is_some() && ctx.memory(egui::Memory::focused) == canvas;
        if !is_selected || (is_on_map && self.session.wanted_focus.is_none()) {
            self.drop_empty_note();
        }
    }

    /// Ends the writing of the new note, and removes it if it has no text.
    fn drop_empty_note(&mut self) {
        let Some(id) = self.session.new_note.take() else { return };
        if self.session.document.take_back_empty_note(&id) {
            self.after_history();
            self.tell("The empty note was removed.");
        }
    }
}
