//! The program: what lives as long as the window does, and one frame of it.

use std::sync::Arc;

use ecow::EcoString;
use eframe::egui::{self, ColorImage, Ui};

use super::fonts::ChosenFonts;
use super::jobs::Jobs;
use super::lifecycle::Lifecycle;
use super::recovery::Recovery;
use super::session::Session;
use crate::edit::reading::Reading;
use crate::edit::{Document, Selection};
use crate::ui::dialogs::export::ExportChoices;
use crate::ui::dialogs::files::Dialogs;
use crate::ui::dialogs::questions::Question;
use crate::ui::settings::Settings;
use crate::ui::workspace::{Work, Workspace};

/// The program.
pub struct App {
    pub(super) session: Session,
    pub(super) settings: Settings,
    pub(super) fonts: ChosenFonts,
    pub(super) dialogs: Arc<dyn Dialogs>,
    pub(super) jobs: Jobs,
    pub(super) recovery: Recovery,
    pub(super) lifecycle: Lifecycle,
    /// What is asked in front of everything else.
    pub(super) modal: Option<Question>,
    pub(super) export: ExportChoices,
    /// The last thing that happened, for the status line.
    pub(super) news: String,
    pub(super) shell: Shell,
}

/// What the window itself reports and remembers.
#[derive(Default)]
pub(super) struct Shell {
    /// Modifier keys that were down at the end of the last frame.
    pub held: egui::Modifiers,
    /// A text field had the keyboard at the end of the last frame.
    pub was_typing: bool,
    pub title: String,
    /// Frames drawn so far, if they are printed.
    pub frames: Option<u64>,
    /// Part of every id that is made in this window.
    pub id_tag: EcoString,
    /// The window's pixels, until it is known where they go.
    pub screenshot: Option<Arc<ColorImage>>,
}

impl App {
    /// The open document.
    #[must_use]
    pub fn document(&self) -> &Document {
        &self.session.document
    }

    /// What is selected.
    #[must_use]
    pub fn selection(&self) -> &Selection {
        &self.session.selection
    }

    /// What is known of the sources' texts.
    #[must_use]
    pub fn reading(&self) -> &Reading {
        &self.session.texts.reading
    }

    /// Points on the screen for a map unit.
    #[must_use]
    pub fn zoom(&self) -> f32 {
        self.session.canvas.camera().map_or(1.0, |camera| camera.zoom)
    }

    /// True while no job runs.
    #[must_use]
    #[doc(hidden)]
    pub fn is_quiet(&self) -> bool {
        !self.jobs.is_busy()
    }

    /// Everything that panels, the canvas and commands may look at.
    #[must_use]
    #[doc(hidden)]
    pub fn workspace(&self) -> Workspace<'_> {
        let session = &self.session;
        let work = |label| Work { label, share: self.jobs.share() };
        Workspace {
            document: &session.document,
            selection: &session.selection,
            previous: session.previous.as_ref(),
            view: &session.view,
            shown: session.shown(),
            reading: &session.texts.reading,
            search: &session.search,
            fonts: self.fonts.fonts(),
            settings: &self.settings,
            is_editing: session.is_editing,
            wanted_focus: session.wanted_focus,
            work: self.jobs.label().map(work),
            news: &self.news,
            zoom: self.zoom(),
            is_dark: self.fonts.is_dark(),
        }
    }

    /// One frame.
    pub fn show(&mut self, ui: &mut Ui) {
        let ctx = ui.ctx().clone();
        self.count_frame();
        self.fonts.note_theme(&ctx);
        for finished in self.jobs.finished(ctx.input(|input| input.time)) {
            self.handle_job_result(&ctx, finished);
        }
        self.take_drops(&ctx);
        self.take_screenshot(&ctx);
        self.update_fonts(&ctx);
        self.start_initial_layout(&ctx);
        self.watch_close(&ctx);
        self.watch_disk(&ctx);
        self.update_reading(&ctx);
        self.watch_saves(&ctx);
        self.session.update_shown();
        let keyboard = self.keyboard(&ctx);
        // Keys come before the panels, except while typing: what was typed before a shortcut in the
        // same frame belongs to the field.
        if !keyboard.is_typing() {
            self.press_keys(&ctx, keyboard);
        }
        self.panels(ui);
        if keyboard.is_typing() {
            self.press_keys(&ctx, keyboard);
        }
        self.modal_ui(&ctx);
        self.write_journal();
        self.update_title(&ctx);
        self.remember_window(&ctx);
        self.shell.held = ctx.input(|input| input.modifiers);
        self.shell.was_typing = ctx.text_edit_focused();
    }

    fn count_frame(&mut self) {
        if let Some(frames) = &mut self.shell.frames {
            *frames += 1;
            eprintln!("frame {frames}");
        }
    }

    /// Shows a message in the status line.
    pub(super) fn tell(&mut self, words: impl Into<String>) {
        self.news = words.into();
    }

    /// Shows what went wrong, in front of everything else.
    pub(super) fn fail(&mut self, heading: impl Into<String>, error: impl std::fmt::Display) {
        let details = vec![error.to_string()];
        self.modal = Some(Question::Failed { heading: heading.into(), details });
    }
}

impl eframe::App for App {
    fn ui(&mut self, ui: &mut Ui, _: &mut eframe::Frame) {
        self.show(ui);
    }

    fn on_exit(&mut self, _: Option<&eframe::glow::Context>) {
        self.settings.store();
        if self.lifecycle == Lifecycle::Closing || !self.session.document.is_unsaved() {
            self.recovery.journal.end();
        }
    }
}
