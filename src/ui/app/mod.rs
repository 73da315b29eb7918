//! The program in its window: one document, its canvas and panels, and what goes on around it.
//!
//! Panels and keys give actions; they are drained once a frame, here and nowhere else.

mod answers;
mod arranging;
mod editing;
mod exporting;
mod external_changes;
mod files;
pub mod jobs;
mod panels;
mod perform;
mod recovery;
mod saving;
mod sources;
mod window;

use std::path::PathBuf;
use std::sync::Arc;

use eframe::egui::{self, ColorImage, Context, Ui};

use self::exporting::Preview;
use self::external_changes::Disk;
use self::jobs::Jobs;
use self::saving::Saving;
use self::sources::ReadAt;
use self::window::{ask_the_system, capitalised, follow_theme};
use super::dialogs::export::ExportChoices;
use super::dialogs::files::{Dialogs, SystemDialogs};
use super::dialogs::questions::{Question, Then};
use super::panels::list::Found;
use super::panels::reader::Reader;
use super::panels::table::EvidenceTable;
use super::widgets::style;
use crate::edit::reading::Reading;
use crate::edit::{Command, Document, Selection};
use crate::file;
use crate::file::store::journal::{self, Journal, Orphan};
use crate::model::{Element, SourceId};
use crate::scene::view::View;
use crate::text::Fonts;
use crate::ui::canvas::{Canvas, Wish};
use crate::ui::settings::Settings;

/// A map file up to this size is read before the first frame.
const READ_AT_ONCE_BYTES: u64 = 4_000_000;

/// What the window starts with.
pub struct Setup {
    /// `None` opens the example.
    pub map: Option<PathBuf>,
    pub settings: Settings,
    pub dialogs: Arc<dyn Dialogs>,
    /// Print a line for each frame drawn.
    pub prints_frames: bool,
    /// Where autosave journals and earlier versions are kept; `None` keeps none.
    pub state: Option<PathBuf>,
    /// Ask the desktop whether it is dark; else light is taken for the system's theme.
    pub asks_for_theme: bool,
}

impl Setup {
    /// The user's own settings and the system's dialogs.
    #[must_use]
    pub fn of_user(map: Option<PathBuf>, prints_frames: bool) -> Self {
        Self {
            map,
            settings: Settings::load(),
            dialogs: Arc::new(SystemDialogs),
            prints_frames,
            state: file::state_folder(),
            asks_for_theme: true,
        }
    }
}

/// The program.
#[expect(clippy::struct_excessive_bools, reason = "independent facts, none a state of another")]
pub struct App {
    document: Document,
    documents_opened: u64,
    /// The document that places were looked for.
    settled: u64,
    canvas: Canvas,
    selection: Selection,
    /// What was selected before.
    before: Option<Selection>,
    view: View,
    fonts: Fonts,
    settings: Settings,
    dialogs: Arc<dyn Dialogs>,
    jobs: Jobs,
    journal: Journal,
    is_journal_broken: bool,
    disk: Disk,
    reading: Arc<Reading>,
    is_reading: bool,
    /// The texts are read from their files again.
    wants_reading: bool,
    read_at: Option<ReadAt>,
    reader: Reader,
    /// The source that the next chosen text is for.
    attaching: Option<SourceId>,
    table: EvidenceTable,
    /// Where the versions before each save are kept.
    backups: Option<PathBuf>,
    saving: Vec<Saving>,
    /// The number of the last save.
    saves: u64,
    /// A save was asked for while one was under way.
    wants_save: bool,
    /// Work that a crash left behind and nobody has decided on yet.
    orphans: Vec<Orphan>,
    question: Option<Question>,
    /// What to do once the save under way is done.
    then: Option<Then>,
    export: ExportChoices,
    preview: Preview,
    /// The window's pixels, until it is known where they go.
    screenshot: Option<Arc<ColorImage>>,
    /// Words that the fonts were chosen for, and the state of what is said that they are from.
    written: (Option<u64>, String),
    search: String,
    found: Found,
    is_filter_open: bool,
    /// The number of the present filter.
    filters: u64,
    news: String,
    wants_search_focus: bool,
    /// The list is shown for the search only, and goes with it.
    is_list_for_search: bool,
    wants_evidence_focus: bool,
    /// The name in the form takes the keyboard, its text selected.
    wants_name_focus: bool,
    /// This field of the form takes the keyboard once it is shown.
    wanted_field: Option<egui::Id>,
    /// The inspector shows fields instead of evidence.
    is_editing: bool,
    /// What was held down at the end of the last frame.
    held: egui::Modifiers,
    may_close: bool,
    title: String,
    frames: Option<u64>,
}

impl App {
    /// A program in a context of egui, with its map opened.
    #[must_use]
    pub fn new(ctx: &Context, setup: Setup) -> Self {
        style::install(ctx);
        ctx.options_mut(|options| options.fallback_theme = egui::Theme::Light);
        if setup.asks_for_theme {
            ask_the_system(ctx);
        }
        follow_theme(ctx, setup.settings.theme);
        let journals = setup.state.as_deref().map(journal::folder);
        let mut app = Self {
            document: Document::empty(),
            documents_opened: 0,
            settled: 0,
            canvas: Canvas::new(0),
            selection: Selection::default(),
            before: None,
            view: View::default(),
            fonts: Fonts::default(),
            settings: setup.settings,
            dialogs: setup.dialogs,
            jobs: Jobs::default(),
            orphans: journals.as_deref().map(journal::orphans).unwrap_or_default(),
            journal: Journal::new(journals),
            is_journal_broken: false,
            disk: Disk::default(),
            reading: Arc::default(),
            is_reading: false,
            wants_reading: false,
            read_at: None,
            reader: Reader::default(),
            attaching: None,
            table: EvidenceTable::default(),
            backups: setup.state.map(|state| state.join("backups")),
            saving: Vec::new(),
            saves: 0,
            wants_save: false,
            question: None,
            then: None,
            export: ExportChoices::default(),
            preview: Preview::default(),
            screenshot: None,
            written: (None, String::new()),
            search: String::new(),
            found: Found::default(),
            is_filter_open: false,
            filters: 0,
            news: String::new(),
            wants_search_focus: false,
            is_list_for_search: false,
            wants_evidence_focus: false,
            wants_name_focus: false,
            wanted_field: None,
            is_editing: false,
            held: egui::Modifiers::NONE,
            may_close: false,
            title: String::new(),
            frames: setup.prints_frames.then_some(0),
        };
        match setup.map {
            None => app.open_example(),
            Some(path) => {
                app.replace(Document::empty());
                // A large file is read while the window is there to tell of it.
                if std::fs::metadata(&path).is_ok_and(|about| about.len() > READ_AT_ONCE_BYTES) {
                    app.start_opening(ctx, path);
                } else {
                    app.opened(path.clone(), file::open(&path));
                }
            }
        }
        app.offer_recovery();
        app
    }

    /// The open document.
    #[must_use]
    pub fn document(&self) -> &Document {
        &self.document
    }

    /// What is selected.
    #[must_use]
    pub fn selection(&self) -> &Selection {
        &self.selection
    }

    /// What is known of the sources' texts.
    #[must_use]
    pub fn reading(&self) -> &Reading {
        &self.reading
    }

    /// Points on the screen for a map unit.
    #[must_use]
    pub fn zoom(&self) -> f32 {
        self.canvas.camera().map_or(1.0, |camera| camera.zoom)
    }

    /// True while nothing runs beside the window.
    #[must_use]
    pub fn is_quiet(&self) -> bool {
        !self.jobs.is_busy()
    }

    /// One frame.
    pub fn show(&mut self, ui: &mut Ui) {
        let ctx = ui.ctx().clone();
        self.count_frame();
        for done in self.jobs.finished() {
            self.take(&ctx, done);
        }
        self.take_drops(&ctx);
        self.take_screenshot(&ctx);
        self.keep_fonts(&ctx);
        self.keep_settled(&ctx);
        self.watch_close(&ctx);
        self.watch_disk(&ctx);
        self.keep_reading(&ctx);
        self.watch_saves(&ctx);
        // What was typed before a key belongs to the field, even where one frame holds both.
        let is_typing = ctx.text_edit_focused();
        // An open list or menu has the keys to itself.
        let is_choosing = egui::Popup::is_any_open(&ctx);
        if self.question.is_none() && !is_typing && !is_choosing {
            self.keys(&ctx, false);
        }
        self.panels(ui, &ctx);
        if self.question.is_none() && is_typing && !is_choosing {
            self.keys(&ctx, true);
        }
        self.front(&ctx);
        self.keep_journal();
        self.update_title(&ctx);
        self.remember_window(&ctx);
        self.held = ctx.input(|input| input.modifiers);
    }

    fn count_frame(&mut self) {
        if let Some(frames) = &mut self.frames {
            *frames += 1;
            eprintln!("frame {frames}");
        }
    }

    fn grant(&mut self, ctx: &Context, wish: Wish) {
        match wish {
            Wish::Select(selection) => self.select(selection),
            Wish::Do(command) => self.apply(command),
            Wish::Edit(item) => {
                self.select(Selection::of(item));
                self.is_editing = true;
            }
            Wish::AddActor(at) => self.add_actor(at),
            Wish::Connect(from, to) => self.connect(from, to),
            Wish::Act(action) => self.act(ctx, action),
        }
    }

    fn apply(&mut self, command: Command) {
        if self.document.is_read_only {
            "This map is from a newer version and read-only here; open it with a newer program to change it."
                .clone_into(&mut self.news);
            return;
        }
        let before = self.document.state();
        self.document.apply(command);
        self.after_history();
        if self.document.state() != before
            && let Some(name) = self.document.undo_name()
        {
            self.news = capitalised(name);
        }
    }

    fn select(&mut self, selection: Selection) {
        if self.selection != selection {
            self.before = Some(std::mem::replace(&mut self.selection, selection));
        }
        self.emphasise();
    }

    /// Selects, and brings it into view; a forecast that is hidden is shown.
    fn select_and_focus(&mut self, item: Element) {
        let index = self.document.index();
        let positions = self.document.positions();
        let at = match &item {
            Element::Actor(id) => index.actor(id).map(|actor| positions[actor]),
            Element::Relation(id) => index.relation(id).and_then(|relation| {
                let is_outlook = self
                    .document
                    .map()
                    .relations
                    .get(relation)
                    .is_some_and(|tie| tie.status.is_outlook());
                self.view.outlook |= is_outlook;
                let (from, to) = index.ends(relation)?;
                Some(positions[from].towards(positions[to], 0.5))
            }),
        };
        if let Some(at) = at {
            self.canvas.focus_close(at);
        }
        self.select(Selection::of(item));
    }

    fn undo(&mut self) {
        if let Some(name) = self.document.undo() {
            self.news = format!("Undone: {name}");
            self.after_history();
            self.fit_after(&name);
        }
    }

    fn redo(&mut self) {
        if let Some(name) = self.document.redo() {
            self.news = format!("Redone: {name}");
            self.after_history();
            self.fit_after(&name);
        }
    }

    /// Where everybody stands elsewhere, the view has to follow.
    fn fit_after(&mut self, step: &str) {
        if step.starts_with("arranging") {
            self.canvas.fit();
        }
    }

    fn after_history(&mut self) {
        for (from, to) in self.document.renamed() {
            self.selection.rename(&from, to);
        }
        self.selection.retain_known(self.document.index());
        self.emphasise();
    }
}

impl eframe::App for App {
    fn ui(&mut self, ui: &mut Ui, _: &mut eframe::Frame) {
        self.show(ui);
    }

    fn on_exit(&mut self, _: Option<&eframe::glow::Context>) {
        self.settings.store();
        if self.may_close || !self.document.is_unsaved() {
            self.journal.end();
        }
    }
}
