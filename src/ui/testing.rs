//! A workspace without the application around it, so that tests and benchmarks can show a single
//! panel or the canvas alone.

use std::sync::Arc;

use egui::{ColorImage, Context, TextureOptions};

use super::canvas::Canvas;
use super::commands::commands;
use super::panels::search::Search;
use super::settings::Settings;
use super::workspace::Workspace;
use crate::edit::reading::Reading;
use crate::edit::{ContentVersion, Document, Selection};
use crate::scene::shown::Shown;
use crate::scene::view::View;
use crate::text::Fonts;

/// Owns everything that a [`Workspace`] borrows.
pub struct Stage {
    pub document: Document,
    pub selection: Selection,
    pub view: View,
    pub reading: Reading,
    pub search: Search,
    pub fonts: Fonts,
    pub settings: Settings,
    pub is_editing: bool,
    shown: Arc<Shown>,
    shown_for: Option<(ContentVersion, View)>,
}

impl Stage {
    /// A stage for `document` with nothing selected and no filter.
    #[must_use]
    pub fn new(document: Document) -> Self {
        Self {
            document,
            selection: Selection::default(),
            view: View::default(),
            reading: Reading::default(),
            search: Search::default(),
            fonts: Fonts::default(),
            settings: Settings::default(),
            is_editing: false,
            shown: Arc::default(),
            shown_for: None,
        }
    }

    /// Updates derived data: the search results and the ties shown.
    pub fn update(&mut self) {
        self.search.refresh(&self.document, &self.reading, true);
        let key = (self.document.version().content(), self.view.clone());
        if self.shown_for.as_ref() != Some(&key) {
            let (map, index) = (self.document.map(), self.document.index());
            self.shown = Arc::new(Shown::of(map, index, &self.view));
            self.shown_for = Some(key);
        }
    }

    /// Draws the picture that the canvas wants, if it wants one, as the program does on a worker
    /// thread. True if it did.
    pub fn draw_still(&self, canvas: &mut Canvas, ctx: &Context) -> bool {
        let Some(key) = canvas.ask_for_still() else { return false };
        let most = u32::try_from(ctx.input(|input| input.max_texture_side)).unwrap_or(u32::MAX);
        let mut drawn = canvas.still_order(&self.workspace(), key, most).draw();
        let texture = drawn.pixels.take().map(|pixels| {
            let image = ColorImage::from_rgba_premultiplied(pixels.size, &pixels.rgba);
            ctx.load_texture("still", image, TextureOptions::LINEAR)
        });
        canvas.add_still(drawn, texture);
        true
    }

    /// Borrows the workspace. Call `update` after each change first.
    #[must_use]
    pub fn workspace(&self) -> Workspace<'_> {
        Workspace {
            document: &self.document,
            selection: &self.selection,
            previous: None,
            view: &self.view,
            shown: &self.shown,
            problems: self.document.warnings(),
            presented: None,
            open_step: None,
            reading: &self.reading,
            search: &self.search,
            fonts: &self.fonts,
            settings: &self.settings,
            is_editing: self.is_editing,
            wanted_focus: None,
            work: None,
            news: "",
            unsaved_works: 0,
            zoom: 1.0,
            is_dark: false,
            commands: commands(),
        }
    }
}
