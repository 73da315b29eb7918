//! Pictures out of the window: the export window with its preview, the clipboard, a screenshot of
//! the whole.

use std::path::PathBuf;
use std::sync::Arc;

use eframe::egui::{self, ColorImage, Context, TextureHandle, TextureOptions};

use super::App;
use super::jobs::{Done, Drawn, Previewed};
use crate::edit::{Selection, fragment};
use crate::export::{self, ExportError, Format, Page};
use crate::file::store::output::{Inputs, check_target, write_output};
use crate::geometry::Point;
use crate::model::Map;
use crate::progress::Progress;
use crate::scene::view::{Emphasis, Membership};
use crate::text::Fonts;
use crate::ui::dialogs::export::{ExportAnswer, ExportChoices, OnScreen, Shown};
use crate::ui::dialogs::files::Wanted;
use crate::ui::dialogs::questions::{Question, modal};
use crate::ui::widgets::style;

/// A preview is made no larger than this.
const PREVIEW_PX: (usize, usize) = (1040, 800);

/// The page, the kind, whether it is the selection alone, and the state of the map.
type Asked = (Page, Format, Option<Selection>, u64);

/// The picture of the export window.
#[derive(Default)]
pub(super) struct Preview {
    /// What the last one was asked for: the page, the kind, the map.
    asked: Option<Asked>,
    /// How many were asked for.
    number: u64,
    progress: Option<Arc<Progress>>,
    picture: Option<TextureHandle>,
    /// The file that the picture shows.
    bytes: Option<Arc<[u8]>>,
    words: String,
}

impl Preview {
    fn is_drawing(&self) -> bool {
        self.progress.is_some()
    }
}

impl App {
    pub(super) fn open_export(&mut self) {
        self.preview.asked = None;
        self.question = Some(Question::Export);
    }

    pub(super) fn export_window(&mut self, ctx: &Context) {
        self.keep_preview(ctx);
        let mut choices = self.export.clone();
        let name = self.document.file_name();
        let screen = self.on_screen(ctx, &name);
        let preview = Shown {
            picture: self.preview.picture.as_ref(),
            words: &self.preview.words,
            is_drawing: self.preview.is_drawing(),
        };
        let shown = modal(ctx, "export").show(ctx, |ui| choices.ui(ui, &screen, &preview));
        let answer = if shown.should_close() { Some(ExportAnswer::Cancel) } else { shown.inner };
        self.export = choices;
        match answer {
            None => self.question = Some(Question::Export),
            Some(ExportAnswer::Cancel) => self.end_preview(),
            Some(ExportAnswer::Export) => self.ask(ctx, Wanted::SavePicture),
            Some(ExportAnswer::Copy) => {
                self.end_preview();
                let (map, positions, page) = self.asked_for(ctx);
                self.draw_for_clipboard(ctx, map, positions, page);
            }
        }
    }

    /// What the export window asks for: the map or a part of it, where its actors stand, and the
    /// page.
    fn asked_for(&self, ctx: &Context) -> (Map, Vec<Point>, Page) {
        let name = self.document.file_name();
        let screen = self.on_screen(ctx, &name);
        let mut page = self.export.page(&screen);
        let (whole, positions) = (self.document.map(), self.document.positions());
        if !self.export.is_selection(&screen) {
            return (whole.clone(), positions.to_vec(), page);
        }
        let (map, places, words) =
            fragment::pictured(whole, self.document.index(), positions, &self.selection);
        page.view.emphasis = Emphasis::default();
        page.parts.made = [words.as_str(), &page.parts.made].join(" ").trim().into();
        (map, places, page)
    }

    fn asked_now(&self, ctx: &Context) -> Asked {
        let name = self.document.file_name();
        let screen = self.on_screen(ctx, &name);
        let selection = self.export.is_selection(&screen).then(|| self.selection.clone());
        (self.export.page(&screen), self.export.format, selection, self.document.revision())
    }

    /// Draws the file anew when something about it has changed.
    fn keep_preview(&mut self, ctx: &Context) {
        let key = self.asked_now(ctx);
        if self.preview.asked.as_ref() == Some(&key) {
            return;
        }
        self.end_preview();
        let format = key.1;
        self.preview.asked = Some(key);
        self.preview.number += 1;
        let (number, progress) = (self.preview.number, Arc::new(Progress::default()));
        self.preview.progress = Some(Arc::clone(&progress));
        let (map, positions, page) = self.asked_for(ctx);
        self.jobs.start(ctx, "", move || {
            let draw = || {
                let bytes = export::render(&map, &positions, &page, format, &progress)?;
                let (width, height, rgba) = export::pixels(&map, &positions, &page, &progress)?;
                let drawn = Drawn { size: [width as usize, height as usize], rgba };
                Ok((Arc::<[u8]>::from(bytes), drawn))
            };
            let drawn = draw();
            let size = drawn.as_ref().map_or([0, 0], |(_, drawn)| drawn.size);
            let pages =
                (format == Format::Pdf).then(|| export::page_count(&map, &positions, &page));
            let outcome = drawn.map(|(bytes, drawn)| (bytes, shrunk(&drawn)));
            Done::Previewed(Box::new(Previewed { number, size, pages, outcome }))
        });
    }

    fn end_preview(&mut self) {
        if let Some(progress) = self.preview.progress.take() {
            progress.cancel();
        }
        self.preview.bytes = None;
    }

    pub(super) fn previewed(&mut self, ctx: &Context, previewed: Previewed) {
        if previewed.number != self.preview.number {
            return;
        }
        self.preview.progress = None;
        match previewed.outcome {
            Ok((bytes, drawn)) => {
                let size = size_words(bytes.len());
                self.preview.words = match previewed.pages {
                    Some(1) => format!("One page, {size}"),
                    Some(pages) => {
                        format!("{pages} pages, {size}; the list stands on pages of its own")
                    }
                    None => format!("{} × {} pixels, {size}", previewed.size[0], previewed.size[1]),
                };
                let image = ColorImage::from_rgba_unmultiplied(drawn.size, &drawn.rgba);
                self.preview.picture =
                    Some(ctx.load_texture("preview", image, TextureOptions::LINEAR));
                self.preview.bytes = Some(bytes);
            }
            Err(ExportError::Cancelled(_)) => {}
            Err(error) => {
                self.preview.picture = None;
                self.preview.words = error.to_string();
            }
        }
    }

    /// Writes the picture: the file that the preview shows, where that is drawn.
    pub(super) fn export_to(&mut self, ctx: &Context, path: PathBuf) {
        let drawn = self.preview.bytes.take();
        self.end_preview();
        let (map, positions, page) = self.asked_for(ctx);
        let is_same = self.preview.asked.as_ref() == Some(&self.asked_now(ctx))
            && Format::of(&path).is_ok_and(|format| format == self.export.format);
        let (progress, inputs) = (Arc::new(Progress::default()), self.inputs());
        self.jobs.start_with(ctx, "Exporting", Some(Arc::clone(&progress)), move || {
            let write = || {
                let format = Format::of(&path)?;
                check_target(&path, &inputs)?;
                let bytes = match drawn.filter(|_| is_same) {
                    Some(bytes) => bytes,
                    None => export::render(&map, &positions, &page, format, &progress)?.into(),
                };
                progress.go_on().map_err(ExportError::from)?;
                Ok(write_output(&path, &bytes, &inputs)?)
            };
            let outcome = write();
            Done::Exported(path, outcome)
        });
    }

    /// The files that nothing but a save may replace.
    pub(super) fn inputs(&self) -> Inputs {
        Inputs::of(self.document.path(), self.document.map())
    }

    pub(super) fn on_screen<'a>(&'a self, ctx: &Context, file: &'a str) -> OnScreen<'a> {
        OnScreen {
            page: self.canvas.page(),
            camera: self.canvas.camera(),
            frame: self.canvas.frame(),
            pixels_per_point: ctx.pixels_per_point(),
            file,
            view: &self.view,
            has_marking: !self.document.map().meta.marking.trim().is_empty(),
        }
    }

    /// The page of a picture that is what the window shows of the map, pixel for pixel, and where
    /// that is in the window.
    #[must_use]
    pub fn page_on_screen(&self, ctx: &Context) -> (Page, egui::Rect) {
        let name = self.document.file_name();
        let screen = self.on_screen(ctx, &name);
        let page = ExportChoices::of_screen(style::scene_theme(ctx)).page(&screen);
        (page, self.canvas.rect())
    }

    /// Puts what is on the screen on the clipboard.
    pub(super) fn copy_picture(&mut self, ctx: &Context) {
        let name = self.document.file_name();
        let page = self.export.page_for_clipboard(&self.on_screen(ctx, &name));
        let (map, positions) = (self.document.map().clone(), self.document.positions().to_vec());
        self.draw_for_clipboard(ctx, map, positions, page);
    }

    fn draw_for_clipboard(&mut self, ctx: &Context, map: Map, positions: Vec<Point>, page: Page) {
        let progress = Arc::new(Progress::default());
        self.jobs.start_with(ctx, "Drawing", Some(Arc::clone(&progress)), move || {
            let drawn = export::pixels(&map, &positions, &page, &progress);
            Done::Drawn(drawn.map(|(width, height, rgba)| Drawn {
                size: [width as usize, height as usize],
                rgba,
            }))
        });
    }

    pub(super) fn put_on_clipboard(&mut self, ctx: &Context, outcome: Result<Drawn, ExportError>) {
        match outcome {
            Ok(drawn) => {
                ctx.copy_image(ColorImage::from_rgba_unmultiplied(drawn.size, &drawn.rgba));
                self.news =
                    format!("Copied the picture, {} × {} pixels.", drawn.size[0], drawn.size[1]);
            }
            Err(ExportError::Cancelled(_)) => "Nothing was copied.".clone_into(&mut self.news),
            Err(error) => {
                let heading = "The picture was not copied".to_owned();
                self.question =
                    Some(Question::Failed { heading, details: vec![error.to_string()] });
            }
        }
    }

    /// Keeps the screenshot that was asked for, and asks where it goes.
    pub(super) fn take_screenshot(&mut self, ctx: &Context) {
        let taken = ctx.input(|input| {
            input.events.iter().find_map(|event| match event {
                egui::Event::Screenshot { image, .. } => Some(Arc::clone(image)),
                _ => None,
            })
        });
        if let Some(image) = taken {
            self.screenshot = Some(image);
            self.ask(ctx, Wanted::SaveScreenshot);
        }
    }

    pub(super) fn save_screenshot(&mut self, ctx: &Context, path: PathBuf) {
        let Some(image) = self.screenshot.take() else { return };
        let (progress, inputs) = (Arc::new(Progress::default()), self.inputs());
        self.jobs.start_with(ctx, "Saving the screenshot", Some(progress), move || {
            let rgba: Vec<u8> =
                image.pixels.iter().flat_map(egui::Color32::to_srgba_unmultiplied).collect();
            let write = || {
                check_target(&path, &inputs)?;
                let bytes = export::png_of(image.size, &rgba)?;
                Ok(write_output(&path, &bytes, &inputs)?)
            };
            let outcome = write();
            Done::Exported(path, outcome)
        });
    }

    pub(super) fn switch_membership(&mut self) {
        let (next, words) = match self.view.membership {
            Membership::Tethers => (Membership::Hulls, "Parts stand in an area with their whole."),
            Membership::Hulls => {
                (Membership::Nothing, "No line or area says what is part of what.")
            }
            Membership::Nothing => {
                (Membership::Tethers, "A thin line leads from a part to its whole.")
            }
        };
        self.view.membership = next;
        words.clone_into(&mut self.news);
    }

    /// Chooses the fonts anew when the map has words that the present ones may lack, and says so
    /// once where none has.
    pub(super) fn keep_fonts(&mut self, ctx: &Context) {
        let said = Some(self.document.said());
        if self.written.0 == said {
            return;
        }
        let words = export::words(self.document.map());
        let is_same = words == self.written.1;
        self.written = (said, words);
        if is_same {
            return;
        }
        let before = self.fonts.complaint();
        let fonts = Fonts::for_words(&self.written.1);
        style::set_fonts(ctx, &fonts);
        self.fonts = fonts;
        if let Some(complaint) =
            self.fonts.complaint().filter(|complaint| before.as_ref() != Some(complaint))
        {
            self.news = complaint;
        }
        ctx.request_repaint();
    }
}

/// `412 KB`.
#[expect(clippy::cast_precision_loss, reason = "sizes of files in words")]
fn size_words(bytes: usize) -> String {
    match bytes {
        0..1_000_000 => format!("{} KB", bytes.div_ceil(1000)),
        _ => format!("{:.1} MB", bytes as f64 / 1e6),
    }
}

/// A picture made small enough for a preview, each of its pixels the mean of those it stands for.
fn shrunk(drawn: &Drawn) -> Drawn {
    let [width, height] = drawn.size;
    let step = width.div_ceil(PREVIEW_PX.0).max(height.div_ceil(PREVIEW_PX.1)).max(1);
    let size = [(width / step).max(1), (height / step).max(1)];
    let mut rgba = Vec::with_capacity(size[0] * size[1] * 4);
    for y in 0..size[1] {
        for x in 0..size[0] {
            let mut sums = [0_usize; 4];
            let mut count = 0;
            for row in y * step..((y + 1) * step).min(height) {
                for column in x * step..((x + 1) * step).min(width) {
                    let at = (row * width + column) * 4;
                    for (sum, value) in sums.iter_mut().zip(&drawn.rgba[at..at + 4]) {
                        *sum += usize::from(*value);
                    }
                    count += 1;
                }
            }
            rgba.extend(sums.map(|sum| u8::try_from(sum / count.max(1)).unwrap_or(u8::MAX)));
        }
    }
    Drawn { size, rgba }
}
