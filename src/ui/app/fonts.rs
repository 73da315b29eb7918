//! The fonts for drawing and measuring text; chosen again when the texts of the map change.

use eframe::egui::{self, Context};

use super::program::App;
use crate::export;
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
}

impl App {
    /// Chooses fonts for the texts of the map if they changed, and shows a message if no font has
    /// glyphs for some of the characters.
    pub(super) fn update_fonts(&mut self, ctx: &Context) {
        let version = Some(self.session.document.version().content());
        if self.session.fonts_for == version {
            return;
        }
        self.session.fonts_for = version;
        let words = export::words(self.session.document.map());
        if words == self.fonts.words {
            return;
        }
        let before = self.fonts.fonts.complaint();
        self.fonts.fonts = Fonts::for_words(&words);
        self.fonts.words = words;
        style::set_fonts(ctx, &self.fonts.fonts);
        let complaint = self.fonts.fonts.complaint();
        if let Some(complaint) = complaint.filter(|now| before.as_ref() != Some(now)) {
            self.tell(complaint);
        }
        ctx.request_repaint();
    }
}
