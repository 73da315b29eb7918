//! Clipboard: copies, pastes and duplicates parts of a map.

use egui::Context;

use super::program::App;
use crate::edit::{citation, fragment};
use crate::file;
use crate::file::native::write::write;
use crate::model::Map;

impl App {
    /// The selection as a separate map. Shows a message and returns `None` if nothing is selected.
    fn fragment(&mut self) -> Option<Map> {
        let session = &self.session;
        if session.selection.is_empty() {
            self.tell("Select something to copy.");
            return None;
        }
        let document = &session.document;
        Some(fragment::copied(document.map(), document.index(), &session.selection))
    }

    /// Copies the selection as a map in JSON.
    pub(super) fn copy(&mut self, ctx: &Context) {
        let Some(fragment) = self.fragment() else { return };
        match write(&fragment).map(String::from_utf8) {
            Ok(Ok(text)) => {
                ctx.copy_text(text);
                self.tell(format!("Copied {}", fragment::contents(&fragment)));
            }
            _ => self.tell("The selection could not be copied."),
        }
    }

    /// Copies the selection as text, with its citations.
    pub(super) fn copy_text(&mut self, ctx: &Context) {
        let document = &self.session.document;
        let text = citation::cited(document.map(), document.index(), &self.session.selection);
        if text.is_empty() {
            self.tell("Select something to copy.");
        } else {
            ctx.copy_text(text);
            self.tell("Copied as text, with citations");
        }
    }

    /// Adds the map in `text` to the open map, or else the article that it is.
    pub(super) fn paste(&mut self, text: &str) {
        match file::parse(text.as_bytes()) {
            Ok(opened) => self.add(opened.map),
            Err(_) if self.paste_article(text) => {}
            Err(_) => {
                self.tell(
                    "The clipboard holds neither a part of a map nor the text of an article.",
                );
            }
        }
    }

    pub(super) fn duplicate(&mut self) {
        if let Some(fragment) = self.fragment() {
            self.add(fragment);
        }
    }
}
