//! The program in its window: one document, its canvas and panels, and what goes on around it.
//!
//! Panels and keys give actions; they are drained once a frame, here and nowhere else.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use eframe::egui::{self, CentralPanel, Context, Frame, Margin, Panel, Ui, ViewportCommand};

use super::actions::{Action, TABLE};
use super::canvas::{Canvas, Seen, Wish};
use super::dialogs::{Dialogs, Picked, SystemDialogs, Wanted};
use super::export_window::{ExportAnswer, ExportChoices, OnScreen};
use super::inspector::inspector_ui;
use super::jobs::{Done, Jobs, SaveFailure, Saved};
use super::list::{Found, list_ui};
use super::modals::{Answer, Question, Then, modal, question_ui};
use super::settings::{Settings, ThemeChoice};
use super::status::Status;
use super::toolbar::{Bar, search_id};
use super::{actions, style};
use crate::edit::{Command, Document, Item, Origin, Selection};
use crate::export::{self, Format};
use crate::file::save::write_atomically;
use crate::file::{self, OpenError};
use crate::geometry::Rect;
use crate::layout;
use crate::scene::View;
use crate::text::Fonts;

/// The map that comes with the program.
pub const EXAMPLE: &str = include_str!("../../assets/maps/pakistan-afghan-taliban.json");

/// What the window starts with.
pub struct Setup {
    /// `None` opens the example.
    pub map: Option<PathBuf>,
    pub settings: Settings,
    pub dialogs: Arc<dyn Dialogs>,
    /// Print a line for each frame drawn.
    pub prints_frames: bool,
    /// Ask the desktop whether it is dark; else light is taken for the system's theme.
    pub asks_for_theme: bool,
}

impl Setup {
    /// The user's own settings and the system's dialogs.
    #[must_use]
    pub fn of_user(map: Option<PathBuf>, prints_frames: bool) -> Self {
        Self { map, settings: Settings::load(), dialogs: Arc::new(SystemDialogs), prints_frames, asks_for_theme: true }
    }
}

/// The program.
pub struct App {
    document: Document,
    documents_opened: u64,
    canvas: Canvas,
    selection: Selection,
    view: View,
    fonts: Fonts,
    settings: Settings,
    dialogs: Arc<dyn Dialogs>,
    jobs: Jobs,
    question: Option<Question>,
    /// What to do once the save under way is done.
    then: Option<Then>,
    export: ExportChoices,
    search: String,
    found: Found,
    news: String,
    wants_search_focus: bool,
    wants_evidence_focus: bool,
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
            ask_for_system_theme(ctx);
        }
        follow_theme(ctx, setup.settings.theme);
        let mut app = Self {
            document: Document::empty(),
            documents_opened: 0,
            canvas: Canvas::new(0),
            selection: Selection::default(),
            view: View::default(),
            fonts: Fonts::default(),
            settings: setup.settings,
            dialogs: setup.dialogs,
            jobs: Jobs::default(),
            question: None,
            then: None,
            export: ExportChoices::default(),
            search: String::new(),
            found: Found::default(),
            news: String::new(),
            wants_search_focus: false,
            wants_evidence_focus: false,
            may_close: false,
            title: String::new(),
            frames: setup.prints_frames.then_some(0),
        };
        match setup.map {
            None => app.open_example(),
            Some(path) => {
                let outcome = file::open(&path);
                if outcome.is_err() {
                    app.open_example();
                }
                app.opened(path, outcome);
            }
        }
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
        self.watch_close(&ctx);
        if self.question.is_none() {
            self.keys(&ctx);
        }
        self.panels(ui, &ctx);
        self.front(&ctx);
        self.update_title(&ctx);
        self.remember_window(&ctx);
    }

    fn count_frame(&mut self) {
        if let Some(frames) = &mut self.frames {
            *frames += 1;
            eprintln!("frame {frames}");
        }
    }

    fn panels(&mut self, ui: &mut Ui, ctx: &Context) {
        let mut actions = Vec::new();
        let bar_frame = Frame::new().fill(ui.visuals().panel_fill).inner_margin(Margin::symmetric(12, 6));
        Panel::top("toolbar").frame(bar_frame).exact_size(42.0).show(ui, |ui| {
            let bar = Bar {
                document: &self.document,
                recent: &self.settings.recent,
                search: &mut self.search,
                wants_search_focus: std::mem::take(&mut self.wants_search_focus),
                is_list_open: self.settings.is_list_open,
                has_outlook: self.document.map().relations.iter().any(|tie| tie.status.is_outlook()),
                is_outlook_shown: self.view.outlook,
            };
            let chosen = bar.ui(ui);
            actions.extend(chosen.actions);
            if let Some(path) = chosen.recent {
                self.unless_unsaved(ctx, Then::Open(path));
            }
            if chosen.is_search_changed && !self.search.is_empty() {
                self.settings.is_list_open = true;
            }
            if chosen.is_search_done {
                self.found.refresh(&self.search, &self.document, usize::try_from(self.documents_opened).unwrap_or(0));
                if let Some(item) = self.found.first(&self.document) {
                    self.select_and_focus(item);
                }
            }
        });
        let status_frame = Frame::new().fill(ui.visuals().panel_fill).inner_margin(Margin::symmetric(14, 2));
        Panel::bottom("status").frame(status_frame).exact_size(28.0).show(ui, |ui| {
            let status = Status {
                document: &self.document,
                hidden_ties: self.canvas.scene().hidden_ties,
                zoom: self.canvas.camera().map_or(1.0, |camera| camera.zoom),
                busy: self.jobs.label(),
                news: &self.news,
            };
            actions.extend(status.ui(ui));
        });
        self.side_panels(ui);
        CentralPanel::default().frame(Frame::NONE).show(ui, |ui| {
            let seen =
                Seen { document: &self.document, selection: &self.selection, view: &self.view, fonts: &self.fonts };
            for wish in self.canvas.ui(ui, &seen) {
                self.grant(wish);
            }
        });
        if self.documents_opened > 0 && ctx.memory(|memory| memory.focused().is_none()) && self.question.is_none() {
            // The keyboard belongs to the map unless something else took it.
            if let Some(id) = self.canvas.response_id {
                ctx.memory_mut(|memory| memory.request_focus(id));
            }
        }
        for action in actions {
            self.act(ctx, action);
        }
    }

    fn side_panels(&mut self, ui: &mut Ui) {
        let panel = ui.visuals().panel_fill;
        let evidence_frame = Frame::new().fill(panel).inner_margin(Margin { left: 18, right: 12, top: 16, bottom: 0 });
        let mut chosen = None;
        let widest = (ui.available_width() * 0.45).max(260.0);
        Panel::right("evidence").frame(evidence_frame).default_size(374.0).size_range(260.0..=widest).show(ui, |ui| {
            let wants_focus = std::mem::take(&mut self.wants_evidence_focus);
            chosen = inspector_ui(ui, &self.document, &self.selection, wants_focus);
        });
        if self.settings.is_list_open {
            let list_frame = Frame::new().fill(panel).inner_margin(Margin { left: 14, right: 8, top: 10, bottom: 0 });
            Panel::left("list").frame(list_frame).default_size(270.0).size_range(180.0..=480.0).show(ui, |ui| {
                self.found.refresh(&self.search, &self.document, usize::try_from(self.documents_opened).unwrap_or(0));
                chosen = list_ui(ui, &self.found, &self.document, &self.selection, &self.search).or(chosen.take());
            });
        }
        if let Some(item) = chosen {
            self.select_and_focus(item);
        }
    }

    fn grant(&mut self, wish: Wish) {
        match wish {
            Wish::Select(selection) => self.select(selection),
            Wish::Do(command) => self.apply(command),
        }
    }

    fn apply(&mut self, command: Command) {
        let before = self.document.state();
        self.document.apply(command);
        if self.document.state() != before
            && let Some(name) = self.document.undo_name()
        {
            self.news = capitalised(name);
        }
    }

    fn select(&mut self, selection: Selection) {
        self.selection = selection;
        self.view.emphasis = self.selection.emphasis(self.document.index());
    }

    /// Selects, and brings it into view; a forecast that is hidden is shown.
    fn select_and_focus(&mut self, item: Item) {
        let index = self.document.index();
        let positions = self.document.positions();
        let at = match &item {
            Item::Actor(id) => index.actor(id).map(|actor| positions[actor]),
            Item::Relation(id) => index.relation(id).and_then(|relation| {
                let is_outlook = self.document.map().relations.get(relation).is_some_and(|tie| tie.status.is_outlook());
                self.view.outlook |= is_outlook;
                let (from, to) = index.ends(relation)?;
                Some(positions[from].towards(positions[to], 0.5))
            }),
        };
        if let Some(at) = at {
            self.canvas.focus(at);
        }
        self.select(Selection::of(item));
    }

    fn keys(&mut self, ctx: &Context) {
        let is_typing = ctx.text_edit_focused();
        let has_canvas = self.canvas.response_id.is_some_and(|id| ctx.memory(|memory| memory.has_focus(id)));
        let mut actions = Vec::new();
        for about in TABLE {
            let is_free = match about.action {
                Action::LeaveCanvas => true,
                // Enter belongs to whatever has the keyboard.
                Action::Evidence => has_canvas,
                // Escape in a field leaves the field.
                _ => !(about.is_plain() && is_typing),
            };
            // Undo inside a text field is the field's own.
            let is_fields_own = is_typing && matches!(about.action, Action::Undo | Action::Redo | Action::SelectAll);
            if is_free && !is_fields_own && ctx.input_mut(|input| is_pressed(input, about)) {
                actions.push(about.action);
            }
        }
        for action in actions {
            self.act(ctx, action);
        }
    }

    fn act(&mut self, ctx: &Context, action: Action) {
        match action {
            Action::New => self.unless_unsaved(ctx, Then::New),
            Action::Open => self.unless_unsaved(ctx, Then::AskForFile),
            Action::OpenExample => self.unless_unsaved(ctx, Then::Example),
            Action::Save => self.save(ctx),
            Action::SaveAs => self.ask(ctx, Wanted::SaveMap),
            Action::Export if self.document.map().actors.is_empty() => {
                "There is nothing to export on an empty map.".clone_into(&mut self.news);
            }
            Action::Export => self.question = Some(Question::Export),
            Action::Quit => ctx.send_viewport_cmd(ViewportCommand::Close),
            Action::Undo => self.undo(),
            Action::Redo => self.redo(),
            Action::SelectAll => self.select(Selection::all_actors(self.document.map())),
            Action::Clear => self.select(Selection::default()),
            Action::Circle => self.arrange_on_circle(),
            Action::Fit => self.canvas.fit(),
            Action::ZoomIn => self.canvas.zoom_steps(1),
            Action::ZoomOut => self.canvas.zoom_steps(-1),
            Action::Search => {
                self.wants_search_focus = true;
                self.settings.is_list_open = true;
            }
            Action::List => {
                self.settings.is_list_open = !self.settings.is_list_open;
                self.settings.store();
            }
            Action::Outlook => self.view.outlook = !self.view.outlook,
            Action::Theme => self.switch_theme(ctx),
            Action::Problems => self.question = Some(Question::Warnings(self.document.warnings.clone())),
            Action::Keys => self.question = Some(Question::Keys),
            Action::Evidence => self.wants_evidence_focus = true,
            Action::LeaveCanvas => self.leave_or_enter_canvas(ctx),
        }
    }

    fn leave_or_enter_canvas(&mut self, ctx: &Context) {
        let Some(canvas) = self.canvas.response_id else { return };
        let is_on_canvas = ctx.memory(|memory| memory.has_focus(canvas));
        if is_on_canvas {
            ctx.memory_mut(|memory| memory.request_focus(search_id()));
        } else {
            ctx.memory_mut(|memory| memory.request_focus(canvas));
        }
    }

    fn undo(&mut self) {
        if let Some(name) = self.document.undo() {
            self.news = format!("Undone: {name}");
            self.after_history();
        }
    }

    fn redo(&mut self) {
        if let Some(name) = self.document.redo() {
            self.news = format!("Redone: {name}");
            self.after_history();
        }
    }

    fn after_history(&mut self) {
        self.selection.retain_known(self.document.index());
        self.view.emphasis = self.selection.emphasis(self.document.index());
    }

    fn arrange_on_circle(&mut self) {
        let map = self.document.map();
        let selected: Vec<usize> = self.selection.actors().filter_map(|id| self.document.index().actor(id)).collect();
        let actors: Vec<usize> = if selected.len() > 1 { selected } else { (0..map.actors.len()).collect() };
        let bounds = actors.iter().fold(Rect::NOTHING, |bounds, at| bounds.with(self.document.positions()[*at]));
        let places = layout::circle(actors.len(), bounds.centre(), 0.0);
        let moves = actors.iter().zip(places).filter_map(|(at, place)| Some((map.actors.get(*at)?.id.clone(), place)));
        let moves = moves.collect();
        self.apply(Command::Move(moves));
        self.canvas.fit();
    }

    fn switch_theme(&mut self, ctx: &Context) {
        let is_dark = ctx.theme() == egui::Theme::Dark;
        self.settings.theme = if is_dark { ThemeChoice::Light } else { ThemeChoice::Dark };
        self.settings.store();
        follow_theme(ctx, self.settings.theme);
    }

    // Opening.

    /// Goes on at once, or asks first what becomes of unsaved changes.
    fn unless_unsaved(&mut self, ctx: &Context, then: Then) {
        if self.document.is_unsaved() {
            self.question = Some(Question::Unsaved(then));
        } else {
            self.go_on(ctx, then);
        }
    }

    fn go_on(&mut self, ctx: &Context, then: Then) {
        match then {
            Then::Close => {
                self.may_close = true;
                ctx.send_viewport_cmd(ViewportCommand::Close);
            }
            Then::New => self.replace(Document::empty()),
            Then::Example => self.open_example(),
            Then::AskForFile => self.ask(ctx, Wanted::OpenMap),
            Then::Open(path) => self.jobs.start(ctx, "Opening", move || {
                let outcome = file::open(&path);
                Done::Opened(path, outcome)
            }),
        }
    }

    fn open_example(&mut self) {
        match file::parse(EXAMPLE.as_bytes()) {
            Ok(opened) => self.replace(Document::opened(opened, Origin::Example)),
            Err(error) => self.failed_to_open(Path::new("the example map"), &error),
        }
    }

    fn opened(&mut self, path: PathBuf, outcome: Result<file::Opened, OpenError>) {
        match outcome {
            Ok(opened) => {
                self.settings.remember(&path);
                self.replace(Document::opened(opened, Origin::File(path)));
                if self.document.is_read_only {
                    let heading = "This map is from a newer version of the program".to_owned();
                    let details = vec![
                        format!("Its format has version {}; this program knows version 1.", self.document.map().version),
                        "It is open to be looked at and exported. Saving is off, so that nothing in it is lost; \
                         “Save as…” writes what this program understands into another file."
                            .to_owned(),
                    ];
                    self.question = Some(Question::Failed { heading, details });
                }
            }
            Err(error) => self.failed_to_open(&path, &error),
        }
    }

    fn failed_to_open(&mut self, path: &Path, error: &OpenError) {
        let name = path.file_name().unwrap_or(path.as_os_str()).to_string_lossy();
        let mut details: Vec<String> = error.problems.iter().map(ToString::to_string).collect();
        details.push(path.display().to_string());
        self.question = Some(Question::Failed { heading: format!("{name} did not open"), details });
    }

    fn replace(&mut self, document: Document) {
        self.documents_opened += 1;
        self.document = document;
        self.canvas = Canvas::new(self.documents_opened);
        self.view = View::default();
        self.selection = Selection::default();
        self.search.clear();
        self.news.clear();
    }

    fn take_drops(&mut self, ctx: &Context) {
        let dropped = ctx.input(|input| input.raw.dropped_files.first().map(|file| file.path().to_owned()));
        if let Some(path) = dropped.filter(|path| !path.as_os_str().is_empty()) {
            self.unless_unsaved(ctx, Then::Open(path));
        }
        if ctx.input(|input| !input.raw.hovered_files.is_empty()) {
            let layer = egui::LayerId::new(egui::Order::Foreground, egui::Id::new("drop"));
            let painter = ctx.layer_painter(layer);
            painter.rect_filled(ctx.content_rect(), 0.0, egui::Color32::from_black_alpha(120));
            let centre = ctx.content_rect().center();
            let font = egui::FontId::proportional(20.0);
            painter.text(centre, egui::Align2::CENTER_CENTER, "Drop the map to open it", font, egui::Color32::WHITE);
        }
    }

    // Saving.

    fn save(&mut self, ctx: &Context) {
        if self.document.is_read_only {
            "This map is read-only here; “Save as…” writes a copy.".clone_into(&mut self.news);
            return;
        }
        match self.document.path().map(Path::to_owned) {
            Some(path) => self.write(ctx, path, false),
            None => self.ask(ctx, Wanted::SaveMap),
        }
    }

    /// Writes on a thread; unless `overwrites`, a file that somebody else changed is left alone.
    fn write(&mut self, ctx: &Context, path: PathBuf, overwrites: bool) {
        let bytes: Arc<[u8]> = match self.document.to_bytes() {
            Ok(bytes) => bytes.into(),
            Err(error) => {
                let heading = "The map could not be written".to_owned();
                self.question = Some(Question::Failed { heading, details: vec![error.to_string()] });
                return;
            }
        };
        let state = self.document.state();
        let is_same_file = self.document.path() == Some(path.as_path());
        let known = self.document.known_bytes().cloned().filter(|_| is_same_file && !overwrites);
        self.jobs.start(ctx, "Saving", move || {
            let is_changed = known.is_some_and(|known| std::fs::read(&path).is_ok_and(|on_disk| *on_disk != *known));
            let outcome = if is_changed {
                Err(SaveFailure::ChangedOnDisk)
            } else {
                write_atomically(&path, &bytes).map_err(SaveFailure::Failed)
            };
            Done::Saved(Saved { path, bytes, state, outcome })
        });
    }

    fn saved(&mut self, ctx: &Context, saved: Saved) {
        match saved.outcome {
            Ok(()) => {
                self.settings.remember(&saved.path);
                self.document.saved(saved.path, saved.bytes, saved.state);
                self.news = format!("Saved {}", self.document.file_name());
                if let Some(then) = self.then.take() {
                    self.unless_unsaved(ctx, then);
                }
            }
            Err(SaveFailure::ChangedOnDisk) => self.question = Some(Question::ChangedOnDisk(saved.path)),
            Err(SaveFailure::Failed(error)) => {
                self.then = None;
                let heading = "The map was not saved".to_owned();
                self.question = Some(Question::Failed { heading, details: vec![error.to_string()] });
            }
        }
    }

    // Files.

    fn ask(&mut self, ctx: &Context, wanted: Wanted) {
        let dialogs = Arc::clone(&self.dialogs);
        let folder = self.usual_folder();
        let name = self.suggested_name(&wanted);
        self.jobs.start(ctx, "", move || {
            let picked = dialogs.ask(&wanted, folder.as_deref(), &name);
            Done::Picked(wanted, picked)
        });
    }

    /// The folder of the open file, of the last one, or the user's own.
    fn usual_folder(&self) -> Option<PathBuf> {
        let last = self.document.path().or(self.settings.recent.first().map(PathBuf::as_path));
        let folder = last.and_then(Path::parent).filter(|folder| folder.is_dir()).map(Path::to_owned);
        folder.or_else(|| directories::UserDirs::new().map(|user| user.home_dir().to_owned()))
    }

    fn suggested_name(&self, wanted: &Wanted) -> String {
        let stem = match self.document.path().and_then(Path::file_stem) {
            Some(stem) => stem.to_string_lossy().into_owned(),
            None => file_stem(&self.document.title()),
        };
        match (wanted, self.export.format) {
            (Wanted::SavePicture, Format::Svg) => stem + ".svg",
            (Wanted::SavePicture, Format::Png) => stem + ".png",
            _ => stem + ".json",
        }
    }

    fn picked(&mut self, ctx: &Context, wanted: Wanted, picked: Picked) {
        match picked {
            Picked::Cancelled => self.then = None,
            Picked::NoDialog => {
                let name = if wanted == Wanted::OpenMap { String::new() } else { self.suggested_name(&wanted) };
                let text = self.usual_folder().unwrap_or_default().join(name).display().to_string();
                self.question = Some(Question::Path { wanted, text });
            }
            Picked::File(path) => self.use_path(ctx, &wanted, path),
        }
    }

    fn use_path(&mut self, ctx: &Context, wanted: &Wanted, path: PathBuf) {
        match wanted {
            Wanted::OpenMap => self.go_on(ctx, Then::Open(path)),
            Wanted::SaveMap => self.write(ctx, with_extension(path, "json"), true),
            Wanted::SavePicture => {
                let extension = if self.export.format == Format::Svg { "svg" } else { "png" };
                self.export_to(ctx, with_extension(path, extension));
            }
        }
    }

    fn export_to(&mut self, ctx: &Context, path: PathBuf) {
        let map = self.document.map().clone();
        let positions = self.document.positions().to_vec();
        let page = self.export.page(&self.on_screen(ctx));
        self.jobs.start(ctx, "Exporting", move || {
            let outcome = Format::of(&path).and_then(|format| {
                let bytes = export::render(&map, &positions, &page, format)?;
                Ok(write_atomically(&path, &bytes)?)
            });
            Done::Exported(path, outcome)
        });
    }

    fn on_screen(&self, ctx: &Context) -> OnScreen<'_> {
        OnScreen {
            page: self.canvas.page(),
            camera: self.canvas.camera(),
            pixels_per_point: ctx.pixels_per_point(),
            view: &self.view,
        }
    }

    fn take(&mut self, ctx: &Context, done: Done) {
        match done {
            Done::Picked(wanted, picked) => self.picked(ctx, wanted, picked),
            Done::Opened(path, outcome) => self.opened(path, outcome),
            Done::Saved(saved) => self.saved(ctx, saved),
            Done::Exported(path, Ok(())) => self.news = format!("Exported {}", path.display()),
            Done::Exported(_, Err(error)) => {
                let heading = "The picture was not exported".to_owned();
                self.question = Some(Question::Failed { heading, details: vec![error.to_string()] });
            }
        }
    }

    // In front.

    fn front(&mut self, ctx: &Context) {
        let Some(mut question) = self.question.take() else { return };
        if matches!(question, Question::Export) {
            self.export_window(ctx);
            return;
        }
        match question_ui(ctx, &mut question, &self.document.file_name()) {
            None => self.question = Some(question),
            Some(answer) => self.answered(ctx, question, answer),
        }
    }

    fn export_window(&mut self, ctx: &Context) {
        let mut choices = self.export.clone();
        let screen = self.on_screen(ctx);
        let shown = modal(ctx, "export").show(ctx, |ui| choices.ui(ui, &screen));
        let answer = if shown.should_close() { Some(ExportAnswer::Cancel) } else { shown.inner };
        self.export = choices;
        match answer {
            None => self.question = Some(Question::Export),
            Some(ExportAnswer::Cancel) => {}
            Some(ExportAnswer::Export) => self.ask(ctx, Wanted::SavePicture),
        }
    }

    fn answered(&mut self, ctx: &Context, question: Question, answer: Answer) {
        match (question, answer) {
            (Question::Unsaved(then), Answer::Save) => {
                self.then = Some(then);
                self.save(ctx);
            }
            (Question::Unsaved(then), Answer::Discard) => self.go_on(ctx, then),
            (Question::ChangedOnDisk(path), Answer::Overwrite) => self.write(ctx, path, true),
            (Question::ChangedOnDisk(_), Answer::SaveElsewhere) => self.ask(ctx, Wanted::SaveMap),
            (Question::Overwrite(wanted, path), Answer::Overwrite) => self.use_path(ctx, &wanted, path),
            (Question::Path { wanted, .. }, Answer::Path(path)) => {
                if wanted != Wanted::OpenMap && path.exists() {
                    self.question = Some(Question::Overwrite(wanted, path));
                } else {
                    self.use_path(ctx, &wanted, path);
                }
            }
            _ => self.then = None,
        }
    }

    // The window.

    fn watch_close(&mut self, ctx: &Context) {
        if !ctx.input(|input| input.viewport().close_requested()) || self.may_close {
            return;
        }
        if self.document.is_unsaved() {
            ctx.send_viewport_cmd(ViewportCommand::CancelClose);
            self.question = Some(Question::Unsaved(Then::Close));
        } else if self.jobs.label().is_some() {
            // A save or an export is under way; it is waited for.
            ctx.send_viewport_cmd(ViewportCommand::CancelClose);
            self.then = Some(Then::Close);
        }
    }

    fn update_title(&mut self, ctx: &Context) {
        let mark = if self.document.is_unsaved() { "• " } else { "" };
        let title = format!("{mark}{} – Allegiance", self.document.file_name());
        if title != self.title {
            ctx.send_viewport_cmd(ViewportCommand::Title(title.clone()));
            self.title = title;
        }
    }

    fn remember_window(&mut self, ctx: &Context) {
        let (size, is_maximized) = ctx.input(|input| {
            let viewport = input.viewport();
            (viewport.inner_rect.map(|rect| rect.size()), viewport.maximized.unwrap_or(false))
        });
        self.settings.is_maximized = is_maximized;
        if let Some(size) = size.filter(|size| !is_maximized && size.x >= 200.0 && size.y >= 200.0) {
            self.settings.window = size.into();
        }
    }
}

impl eframe::App for App {
    fn ui(&mut self, ui: &mut Ui, _: &mut eframe::Frame) {
        self.show(ui);
    }

    fn on_exit(&mut self, _: Option<&eframe::glow::Context>) {
        self.settings.store();
    }
}

fn is_pressed(input: &mut egui::InputState, about: &actions::About) -> bool {
    if about.is_plain() {
        // Shift may be needed to type the sign at all.
        let modifiers = input.modifiers;
        let is_plain = !modifiers.command && !modifiers.alt && !modifiers.ctrl;
        let needs_shift = matches!(about.key.logical_key, egui::Key::Questionmark | egui::Key::Plus);
        if !is_plain || (modifiers.shift && !needs_shift) {
            return false;
        }
        return input.key_pressed(about.key.logical_key);
    }
    input.consume_shortcut(&about.key)
}

/// X11 tells nobody whether the system is dark; the desktop's own service does, if there is one. It may be slow to
/// answer or silent, so it is asked on a thread, and the window is light until then.
fn ask_for_system_theme(ctx: &Context) {
    let ctx = ctx.clone();
    let ask = move || {
        if let Ok(dark_light::Mode::Dark) = dark_light::detect() {
            ctx.options_mut(|options| options.fallback_theme = egui::Theme::Dark);
            ctx.request_repaint();
        }
    };
    if let Err(error) = std::thread::Builder::new().name("system theme".to_owned()).spawn(ask) {
        log::warn!("the system's theme is not known: {error}");
    }
}

fn follow_theme(ctx: &Context, choice: ThemeChoice) {
    ctx.set_theme(match choice {
        ThemeChoice::System => egui::ThemePreference::System,
        ThemeChoice::Light => egui::ThemePreference::Light,
        ThemeChoice::Dark => egui::ThemePreference::Dark,
    });
}

fn with_extension(path: PathBuf, extension: &str) -> PathBuf {
    if path.extension().is_some() { path } else { path.with_extension(extension) }
}

/// Letters and digits of a title, for a file name.
fn file_stem(title: &str) -> String {
    let words: Vec<String> = title
        .split(|letter: char| !letter.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
        .collect();
    if words.is_empty() { "map".to_owned() } else { words.join("-") }
}

fn capitalised(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or(String::new(), |first| first.to_uppercase().chain(letters).collect())
}
