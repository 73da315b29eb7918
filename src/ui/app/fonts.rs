//! The fonts for drawing and measuring text; chosen again when the texts of the map change.

use egui::{self, Context};

use crate::export;
use crate::model::Map;
use crate::text::Fonts;
use crate::ui::widgets::style;

/// The fonts in use.
#[derive(Default)]
pub(super) struct ChosenFonts {
    fonts: Fonts,
    /// The text that `fonts` was chosen for.
    words: String,
    /// True if the dark theme is in use.
    is_dark: bool,
}

impl ChosenFonts {
    pub fn fonts(&self) -> &Fonts {
        &self.fonts
    }

    pub fn is_dark(&self) -> bool {
        self.is_dark
    }

    /// Records which theme is in use.
    pub fn note_theme(&mut self, ctx: &Context) {
        self.is_dark = ctx.theme() == egui::Theme::Dark;
    }

    /// Chooses fonts for the texts of a map if they changed. Returns a message if no font has
    /// glyphs for some of the characters, and the message is new.
    pub fn update(&mut self, ctx: &Context, map: &Map) -> Option<String> {
        let words = export::words(map);
        if words == self.words {
            return None;
        }
        let before = self.fonts.complaint();
        self.fonts = Fonts::for_words(&words);
        self.words = words;
        style::set_fonts(ctx, &self.fonts);
        ctx.request_repaint();
        self.fonts.complaint().filter(|complaint| before.as_ref() != Some(complaint))
    }
}
