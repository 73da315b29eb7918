//! What the window itself reports and remembers: closing, dropped files, title, size.

use std::time::Duration;

use eframe::egui::{self, Context, ViewportCommand};
use mundy::{ColorScheme, Interest, Preferences, ReducedMotion};

use super::App;
use crate::ui::dialogs::questions::{Question, Then};
use crate::ui::settings::ThemeChoice;

/// How long the desktop has to answer.
const PATIENCE: Duration = Duration::from_secs(5);

impl App {
    pub(super) fn take_drops(&mut self, ctx: &Context) {
        let dropped =
            ctx.input(|input| input.raw.dropped_files.first().map(|file| file.path().to_owned()));
        if let Some(path) = dropped.filter(|path| !path.as_os_str().is_empty()) {
            let ending = path.extension().map(|ending| ending.to_string_lossy().to_lowercase());
            if ["txt", "md", "markdown", "html", "htm", "xhtml", "pdf"]
                .contains(&ending.unwrap_or_default().as_str())
            {
                self.attaching = self.reader.source().cloned();
                self.read_text(ctx, path);
            } else {
                self.unless_unsaved(ctx, Then::Open(path));
            }
        }
        if ctx.input(|input| !input.raw.hovered_files.is_empty()) {
            let layer = egui::LayerId::new(egui::Order::Foreground, egui::Id::new("drop"));
            let painter = ctx.layer_painter(layer);
            painter.rect_filled(ctx.content_rect(), 0.0, egui::Color32::from_black_alpha(120));
            let centre = ctx.content_rect().center();
            let font = egui::FontId::proportional(20.0);
            painter.text(
                centre,
                egui::Align2::CENTER_CENTER,
                "Drop a map to open it, or a text to attach it",
                font,
                egui::Color32::WHITE,
            );
        }
    }

    pub(super) fn watch_close(&mut self, ctx: &Context) {
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

    pub(super) fn update_title(&mut self, ctx: &Context) {
        let mark = if self.document.is_unsaved() { "• " } else { "" };
        let title = format!("{mark}{} – Allegiance", self.document.file_name());
        if title != self.title {
            ctx.send_viewport_cmd(ViewportCommand::Title(title.clone()));
            self.title = title;
        }
    }

    pub(super) fn remember_window(&mut self, ctx: &Context) {
        let (size, is_maximized) = ctx.input(|input| {
            let viewport = input.viewport();
            (viewport.inner_rect.map(|rect| rect.size()), viewport.maximized.unwrap_or(false))
        });
        self.settings.is_maximized = is_maximized;
        if let Some(size) = size.filter(|size| !is_maximized && size.x >= 200.0 && size.y >= 200.0)
        {
            self.settings.window = size.into();
        }
    }
}

/// X11 tells nobody whether the system is dark, and nobody tells whether it asks for little motion;
/// the desktop's own service does, if there is one. It may be slow to answer or silent, so it is
/// asked on a thread, and the window is light until then.
pub(super) fn ask_the_system(ctx: &Context) {
    let ctx = ctx.clone();
    let ask = move || {
        let interest = Interest::ColorScheme | Interest::ReducedMotion;
        let Some(wishes) = Preferences::once_blocking(interest, PATIENCE) else { return };
        if wishes.color_scheme == ColorScheme::Dark {
            ctx.options_mut(|options| options.fallback_theme = egui::Theme::Dark);
        }
        if wishes.reduced_motion == ReducedMotion::Reduce {
            ctx.all_styles_mut(|style| style.animation_time = 0.0);
        }
        ctx.request_repaint();
    };
    if let Err(error) = std::thread::Builder::new().name("system wishes".to_owned()).spawn(ask) {
        log::warn!("the system's wishes are not known: {error}");
    }
}

pub(super) fn follow_theme(ctx: &Context, choice: ThemeChoice) {
    ctx.set_theme(match choice {
        ThemeChoice::System => egui::ThemePreference::System,
        ThemeChoice::Light => egui::ThemePreference::Light,
        ThemeChoice::Dark => egui::ThemePreference::Dark,
    });
}

pub(super) fn capitalised(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or(String::new(), |first| first.to_uppercase().chain(letters).collect())
}
