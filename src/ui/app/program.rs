//! The application: state that lives as long as the window, and the steps of one frame.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use ecow::EcoString;
use egui::{self, ColorImage, Context, Ui};

use super::fonts::ChosenFonts;
use super::jobs::Jobs;
use super::key_order::WaitingKeys;
use super::lifecycle::Lifecycle;
use super::session::Session;
use crate::edit::reading::Reading;
use crate::edit::{Document, Selection};
use crate::file::exchange::ExchangeFormat;
use crate::file::store::journal::{self, Journal, Orphan};
use crate::ui::commands::commands;
use crate::ui::dialogs::export::ExportChoices;
use crate::ui::dialogs::files::Dialogs;
use crate::ui::dialogs::import::Import;
use crate::ui::dialogs::questions::Question;
use crate::ui::settings::Settings;
use crate::ui::workspace::{Work, Workspace};

/// The application.
pub struct App {
    pub(super) session: Session,
    pub(super) settings: Settings,
    pub(super) fonts: ChosenFonts,
    pub(super) dialogs: Arc<dyn Dialogs>,
    pub(super) jobs: Jobs,
    pub(super) recovery: Recovery,
    pub(super) lifecycle: Lifecycle,
    /// The open modal dialog, if any.
    pub(super) modal: Option<Question>,
    pub(super) export: ExportChoices,
    /// The format of the last export of data.
    pub(super) data_format: Option<&'static ExchangeFormat>,
    /// The import whose window is open, if any.
    pub(super) import: Option<Import>,
    /// The message in the status line.
    pub(super) news: String,
    pub(super) shell: Shell,
}

/// State of the native window.
#[derive(Default)]
#[expect(clippy::struct_excessive_bools, reason = "independent facts about the last frame")]
pub(super) struct Shell {
    /// Modifier keys held at the end of the last frame.
    pub held: egui::Modifiers,
    /// True if a text field had the keyboard focus at the end of the last frame.
    pub was_typing: bool,
    /// True if a control other than the map and text fields had the focus at the end of the last
    /// frame.
    pub was_on_control: bool,
    /// True if the focus was last moved by a key; it is then marked.
    pub is_focus_shown: bool,
    /// Keys that wait for a field.
    pub waiting: WaitingKeys,
    /// The title set last, to avoid setting it again in each frame.
    pub title: String,
    /// Number of frames drawn so far; `None` if they are not printed.
    pub frames: Option<u64>,
    /// True once the size of the window was compared with that of the screen.
    pub is_sized: bool,
    /// Part of every id that is generated in this window.
    pub id_tag: EcoString,
    /// A screenshot of the window, until the user has chosen a file for it.
    pub screenshot: Option<Arc<ColorImage>>,
}

/// The journal of the open document, and the journals left behind by earlier runs.
pub(super) struct Recovery {
    pub journal: Journal,
    /// True if the journal could not be written; it is restarted at the next edit.
    pub is_broken: bool,
    /// Folder for the versions that saves replace; `None` if none are kept.
    pub backups: Option<PathBuf>,
    /// Journals left behind by crashes that the user has not decided on yet.
    pub orphans: Vec<Orphan>,
    /// True until the user was asked about them.
    pub is_offer_due: bool,
    /// The journals that the user decides on later.
    pub put_off: BTreeSet<PathBuf>,
}

impl Recovery {
    /// Keeps journals and earlier versions below the folder `state`; `None` keeps none.
    pub fn new(state: Option<&Path>) -> Self {
        let journals = state.map(journal::folder);
        Self {
            orphans: journals.as_deref().map(journal::orphans).unwrap_or_default(),
            journal: Journal::new(journals),
            is_offer_due: true,
            put_off: BTreeSet::new(),
            is_broken: false,
            backups: state.map(|state| state.join("backups")),
        }
    }
}

impl App {
    /// The open document.
    #[must_use]
    pub fn document(&self) -> &Document {
        &self.session.document
    }

    /// The selected actors, ties and notes.
    #[must_use]
    pub fn selection(&self) -> &Selection {
        &self.session.selection
    }

    /// The texts of the sources and the excerpts found in them.
    #[must_use]
    pub fn reading(&self) -> &Reading {
        &self.session.texts.reading
    }

    /// Screen points per map unit.
    #[must_use]
    pub fn zoom(&self) -> f32 {
        self.session.canvas.camera().map_or(1.0, |camera| camera.zoom)
    }

    /// True if no background job is running.
    #[must_use]
    #[doc(hidden)]
    pub fn is_quiet(&self) -> bool {
        !self.jobs.is_busy()
    }

    /// The read-only view for panels, the canvas and commands.
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
            problems: session.problems(),
            reading: &session.texts.reading,
            search: &session.search,
            fonts: self.fonts.fonts(),
            settings: &self.settings,
            is_editing: session.is_editing,
            wanted_focus: session.wanted_focus,
            work: self.jobs.label().map(work),
            news: &self.news,
            presented: session.presented.as_ref(),
            open_step: session.open_step.as_ref(),
            unsaved_works: self.recovery.orphans.len(),
            zoom: self.zoom(),
            is_dark: self.fonts.is_dark(),
            commands: commands(),
        }
    }

    /// Chooses fonts again if the texts of the map may have changed.
    fn update_fonts(&mut self, ctx: &Context) {
        let version = Some(self.session.document.version().content());
        if self.session.fonts_for == version {
            return;
        }
        self.session.fonts_for = version;
        if let Some(complaint) = self.fonts.update(ctx, self.session.document.map()) {
            self.tell(complaint);
        }
    }

    /// Runs one frame: handles results and input, shows the window, records changes.
    pub fn show(&mut self, ui: &mut Ui) {
        let ctx = ui.ctx().clone();
        self.count_frame();
        self.fonts.note_theme(&ctx);
        for finished in self.jobs.finished(ctx.input(|input| input.time)) {
            self.handle_job_result(&ctx, finished);
        }
        self.fit_screen(&ctx);
        self.take_drops(&ctx);
        self.take_screenshot(&ctx);
        self.update_fonts(&ctx);
        self.start_initial_layout(&ctx);
        self.watch_close(&ctx);
        self.watch_disk(&ctx);
        self.update_reading(&ctx);
        self.watch_saves(&ctx);
        self.session.update_shown();
        self.session.check_if_quick();
        if self.is_presenting() && self.modal.is_some() {
            self.leave_presentation(&ctx);
        }
        if self.is_presenting() {
            self.present_ui(ui);
            self.write_journal();
            self.update_title(&ctx);
            return;
        }
        self.order_keys(&ctx);
        let keyboard = self.keyboard(&ctx);
        // Shortcuts are handled before the panels, except while a text field has the focus: it must
        // first receive the text that was typed before a shortcut in the same frame.
        if !keyboard.is_typing() {
            self.press_keys(&ctx, keyboard);
        }
        self.offer_focus(&ctx);
        self.panels(ui);
        if keyboard.is_typing() {
            self.press_keys(&ctx, keyboard);
        }
        self.watch_new_note(&ctx);
        self.offer_recovery();
        self.modal_ui(&ctx);
        self.write_journal();
        self.update_title(&ctx);
        self.remember_window(&ctx);
        self.shell.held = ctx.input(|input| input.modifiers);
        self.note_focus(&ctx);
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

    /// Shows an error in a modal dialog.
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
