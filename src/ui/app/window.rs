//! The native window: creating the application, dropped files, closing, title, size, theme.

use std::path::PathBuf;
use std::time::Duration;

use egui::{self, Context, Vec2, ViewportCommand, vec2};
use mundy::{ColorScheme, Interest, Preferences, ReducedMotion};

use super::fonts::ChosenFonts;
use super::jobs::Jobs;
use super::lifecycle::Lifecycle;
use super::program::{App, Recovery, Shell};
use super::session::Session;
use super::setup::Setup;
use crate::edit::Document;
use crate::file::source::formats::is_article;
use crate::file::{self, formats};
use crate::model::SourceId;
use crate::ui::MIN_SIZE;
use crate::ui::dialogs::export::ExportChoices;
use crate::ui::dialogs::files::Wanted;
use crate::ui::dialogs::import::Into;
use crate::ui::dialogs::questions::{Question, Then};
use crate::ui::settings::ThemeChoice;
use crate::ui::widgets::style;

/// Map files up to this size are read before the first frame.
const READ_AT_ONCE_BYTES: u64 = 4_000_000;

/// Share of the screen that the window takes at most when it opens.
const SCREEN_SHARE: f32 = 0.9;

/// How long to wait for the desktop to report its settings.
const PATIENCE: Duration = Duration::from_secs(5);

impl App {
    /// Creates the application in an egui context and opens its map.
    #[must_use]
    pub fn new(ctx: &Context, setup: Setup) -> Self {
        style::install(ctx);
        ctx.options_mut(|options| options.fallback_theme = egui::Theme::Light);
        if setup.asks_for_theme {
            read_desktop_settings(ctx);
        }
        follow_theme(ctx, setup.settings.theme);
        let frames = setup.prints_frames.then_some(0);
        let id_tag = setup.id_tag;
        let mut app = Self {
            session: Session::new(Document::empty(), id_tag.clone()),
            settings: setup.settings,
            fonts: ChosenFonts::default(),
            dialogs: setup.dialogs,
            jobs: Jobs::default(),
            recovery: Recovery::new(setup.state.as_deref()),
            lifecycle: Lifecycle::default(),
            modal: None,
            export: ExportChoices::default(),
            data_format: None,
            import: None,
            news: String::new(),
            shell: Shell { frames, id_tag, ..Shell::default() },
        };
        match setup.map {
            None => app.open_example(ctx),
            Some(path) if is_article(&path) => app.open_article(ctx, &path),
            Some(path) => {
                // A large file is read in the background, so that the window can show the progress.
                let about = std::fs::metadata(&path);
                let is_large = about.is_ok_and(|about| about.len() > READ_AT_ONCE_BYTES);
                if is_large || formats::is_table_name(&path) {
                    app.start_opening(ctx, path);
                } else {
                    let outcome = file::open(&path);
                    app.opened(ctx, path, outcome);
                }
            }
        }
        app.forget_empty_journals();
        app.offer_recovery();
        app
    }

    /// Opens a dropped map, or attaches a dropped text to the source in the reader. While files are
    /// dragged over the window, shows a hint.
    pub(super) fn take_drops(&mut self, ctx: &Context) {
        let dropped = ctx
            .input(|input| input.raw.dropped_files.first().map(|file| file.path().to_owned()))
            .filter(|path| !path.as_os_str().is_empty());
        let all: Vec<PathBuf> = ctx.input(|input| {
            input.raw.dropped_files.iter().map(|file| file.path().to_owned()).collect()
        });
        let has_folder = all.iter().any(|path| path.is_dir());
        if has_folder || all.len() > 1 && all.iter().all(|path| is_article(path)) {
            self.read_articles(ctx, all);
        } else if all.len() > 1 && all.iter().all(|path| formats::is_table_name(path)) {
            // One can list the actors, another the ties.
            self.start_import(ctx, all, Into::NewMap);
        } else if let Some(path) = dropped {
            let ending = path.extension().map(|ending| ending.to_string_lossy().to_lowercase());
            let is_text = ending.is_some_and(|ending| is_text_ending(&ending));
            if is_text {
                let shown = self.session.source_shown().cloned();
                let lacks_text = |source: &SourceId| {
                    let source = self.session.document.source(source);
                    source.is_some_and(|one| one.text.is_none() && one.text_file.is_none())
                };
                self.session.texts.attaching = shown.filter(lacks_text);
                self.read_text(ctx, path);
            } else {
                self.open_path(ctx, path);
            }
            let count = ctx.input(|input| input.raw.dropped_files.len());
            if count > 1 {
                self.tell(format!("Only the first of {count} dropped files was used."));
            }
        }
        if ctx.input(|input| !input.raw.hovered_files.is_empty()) {
            let layer = egui::LayerId::new(egui::Order::Foreground, egui::Id::new("drop"));
            let painter = ctx.layer_painter(layer);
            painter.rect_filled(ctx.content_rect(), 0.0, egui::Color32::from_black_alpha(120));
            painter.text(
                ctx.content_rect().center(),
                egui::Align2::CENTER_CENTER,
                "Drop a map or tables to open them, or an article to add it",
                egui::FontId::proportional(20.0),
                egui::Color32::WHITE,
            );
        }
    }

    /// Handles a request to close the window. Asks about unsaved changes first, and waits for
    /// running jobs.
    pub(super) fn watch_close(&mut self, ctx: &Context) {
        if let Lifecycle::ClosingAfterWork { at_the_latest } = self.lifecycle {
            let now = ctx.input(|input| input.time);
            if self.jobs.label().is_none() || at_the_latest.is_some_and(|latest| now >= latest) {
                self.lifecycle = Lifecycle::Running;
                if matches!(self.modal, Some(Question::Working(_))) {
                    self.modal = None;
                }
                self.confirm_unsaved_then(ctx, Then::Close);
            } else {
                ctx.request_repaint_after(Duration::from_millis(100));
            }
        }
        let is_asked = ctx.input(|input| input.viewport().close_requested());
        if !is_asked || self.lifecycle == Lifecycle::Closing {
            return;
        }
        if self.has_unsaved(ctx) {
            ctx.send_viewport_cmd(ViewportCommand::CancelClose);
            self.modal = Some(Question::Unsaved(Then::Close));
        } else if let Some(label) = self.jobs.label() {
            ctx.send_viewport_cmd(ViewportCommand::CancelClose);
            self.modal = Some(Question::Working(label));
            self.lifecycle = Lifecycle::ClosingAfterWork { at_the_latest: None };
        }
    }

    /// Sets the window title when it changes; a bullet marks unsaved changes.
    pub(super) fn update_title(&mut self, ctx: &Context) {
        let document = &self.session.document;
        let mark = if document.is_unsaved() { "• " } else { "" };
        let title = format!("{mark}{} – Allegiance", document.file_name());
        if title != self.shell.title {
            ctx.send_viewport_cmd(ViewportCommand::Title(title.clone()));
            self.shell.title = title;
        }
    }

    /// Shrinks the window once after the start if it is too large for its screen. The size of the
    /// screen is not known before.
    pub(super) fn fit_screen(&mut self, ctx: &Context) {
        if self.shell.is_sized {
            return;
        }
        let viewport = ctx.input(|input| input.viewport().clone());
        let (Some(screen), Some(inner)) = (viewport.monitor_size, viewport.inner_rect) else {
            return;
        };
        self.shell.is_sized = true;
        if viewport.maximized == Some(true) || viewport.fullscreen == Some(true) {
            return;
        }
        let frame = viewport.outer_rect.map_or(Vec2::ZERO, |outer| outer.size() - inner.size());
        let size = size_for_screen(inner.size(), frame, screen);
        if size != inner.size() {
            ctx.send_viewport_cmd(ViewportCommand::InnerSize(size));
        }
    }

    /// Records the window size in the settings; they are saved on exit.
    pub(super) fn remember_window(&mut self, ctx: &Context) {
        let (size, is_maximized) = ctx.input(|input| {
            let viewport = input.viewport();
            let size = viewport.inner_rect.map(|rect| rect.size());
            (size, viewport.maximized.unwrap_or(false))
        });
        self.settings.is_maximized = is_maximized;
        let is_usable = |size: &egui::Vec2| !is_maximized && size.x >= 200.0 && size.y >= 200.0;
        if let Some(size) = size.filter(is_usable) {
            self.settings.window = size.into();
        }
    }

    /// Switches between the light and the dark theme.
    pub(super) fn switch_theme(&mut self, ctx: &Context) {
        let is_dark = ctx.theme() == egui::Theme::Dark;
        self.settings.theme = if is_dark { ThemeChoice::Light } else { ThemeChoice::Dark };
        self.settings.store();
        follow_theme(ctx, self.settings.theme);
    }
}

/// The size of a window that has the size `inner` without its frame, on a screen of size `screen`.
/// A tenth of the screen stays free for the frame and for bars of the desktop; `frame` is the size
/// of a frame that is already known.
fn size_for_screen(inner: Vec2, frame: Vec2, screen: Vec2) -> Vec2 {
    let most = (screen * SCREEN_SHARE - frame.max(Vec2::ZERO)).max(vec2(MIN_SIZE.0, MIN_SIZE.1));
    if screen.min_elem() <= 0.0 { inner } else { inner.min(most).floor() }
}

fn is_text_ending(ending: &str) -> bool {
    let others = ["markdown", "xhtml"];
    let usual = Wanted::SourceText.endings(crate::export::Format::usual());
    usual.iter().chain(&others).any(|known| *known == ending)
}

/// Asks the desktop for its colour scheme and for reduced motion. X11 has no setting for the first,
/// and no window system reports the second. The desktop may be slow or not answer at all, so a
/// thread asks it, and the window is light until then.
fn read_desktop_settings(ctx: &Context) {
    let ctx = ctx.clone();
    let thread = std::thread::Builder::new().name("system wishes".to_owned());
    if let Err(error) = thread.spawn(move || ask_desktop(&ctx)) {
        log::warn!("the desktop's settings could not be read: {error}");
    }
}

/// Waits for the desktop's settings and applies them.
fn ask_desktop(ctx: &Context) {
    let interest = Interest::ColorScheme | Interest::ReducedMotion;
    let Some(wishes) = Preferences::once_blocking(interest, PATIENCE) else { return };
    if wishes.color_scheme == ColorScheme::Dark {
        ctx.options_mut(|options| options.fallback_theme = egui::Theme::Dark);
    }
    if wishes.reduced_motion == ReducedMotion::Reduce {
        ctx.all_styles_mut(|style| style.animation_time = 0.0);
    }
    ctx.request_repaint();
}

fn follow_theme(ctx: &Context, choice: ThemeChoice) {
    ctx.set_theme(match choice {
        ThemeChoice::System => egui::ThemePreference::System,
        ThemeChoice::Light => egui::ThemePreference::Light,
        ThemeChoice::Dark => egui::ThemePreference::Dark,
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_window_leaves_a_tenth_of_the_screen_free() {
        let size = |inner, frame, screen| size_for_screen(inner, frame, screen);
        let usual = vec2(1440.0, 900.0);
        assert_eq!(size(usual, Vec2::ZERO, vec2(1920.0, 1080.0)), usual);
        assert_eq!(size(usual, Vec2::ZERO, vec2(1440.0, 900.0)), vec2(1296.0, 810.0));
        assert_eq!(size(usual, vec2(2.0, 27.0), vec2(1366.0, 768.0)), vec2(1227.0, 664.0));
        assert_eq!(size(usual, Vec2::ZERO, vec2(683.0, 384.0)), vec2(614.0, 345.0));
        // A screen of unknown size, or one that is smaller than any usable window.
        assert_eq!(size(usual, Vec2::ZERO, Vec2::ZERO), usual);
        assert_eq!(size(usual, Vec2::ZERO, vec2(320.0, 240.0)), vec2(480.0, 300.0));
    }
}
