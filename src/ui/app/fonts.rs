//! The fonts of the window and of measuring: chosen again when the map has words that need others.

use eframe::egui::{self, Context};

use super::program::App;
use crate::export;
use crate::text::Fonts;
use crate::ui::widgets::style;

/// The fonts in use.
#[derive(Default)]
pub(super) struct ChosenFonts {
    fonts: Fonts,
    /// The words that they were chosen for.
    words: String,
    is_dark: bool,
}

impl ChosenFonts {
    pub fn fonts(&self) -> &Fonts {
        &self.fonts
    }

    pub fn is_dark(&self) -> bool {
        self.is_dark
    }

    /// Remembers which theme is shown.
    pub fn note_theme(&mut self, ctx: &Context) {
        self.is_dark = ctx.theme() == egui::Theme::Dark;
    }
}

impl App {
    /// Chooses fonts for the words of this version of the map, unless they are the same words, and
    /// says so if no font has some of their letters.
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
