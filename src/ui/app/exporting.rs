//! Exporting pictures: the export dialog with its preview, copying to the clipboard, and a
//! screenshot of the whole window.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use egui::{self, ColorImage, Context, TextureOptions};

use super::jobs::{Done, Job, OutputError, Previewed};
use super::program::App;
use super::session::PreviewKey;
use crate::edit::fragment;
use crate::export::{
    self, ExportError, Format, Page, Picture, Pixels, evidence_files, evidence_path, render_steps,
    step_pages, step_paths,
};
use crate::file::store::output::{Inputs, check_target, write_output};
use crate::geometry::Point;
use crate::model::query::Index;
use crate::model::words::counted;
use crate::model::{Actor, Map, PerActor};
use crate::progress::Progress;
use crate::scene::view::Emphasis;
use crate::ui::dialogs::export::{ExportAnswer, ExportChoices, OnScreen, Shown};
use crate::ui::dialogs::files::Wanted;
use crate::ui::dialogs::frame::modal;
use crate::ui::dialogs::questions::Question;
use crate::ui::widgets::style;

/// Maximum size (width, height) of a preview, in pixels.
const PREVIEW_PX: (usize, usize) = (1040, 800);

/// What is exported: the whole map or a part of it, the positions of its actors, and the page.
pub(super) struct Subject {
    pub map: Arc<Map>,
    pub positions: Arc<PerActor<Point>>,
    pub page: Page,
    /// The step to preview, if each step is exported.
    pub step: Option<usize>,
}

impl Subject {
    pub fn picture(&self) -> Result<Picture<'_>, ExportError> {
        Picture::new(&self.map, &self.positions, &self.page)
    }

    /// True if the list of evidence goes to files of its own.
    fn has_more(&self, format: &Format) -> bool {
        self.page.view.numbers && self.page.has_evidence_pages && !format.has_pages
    }

    /// Writes the picture to `path`, and its list of evidence to files beside it if it has pages of
    /// its own. `drawn` holds the bytes of the picture if they are known. Everything is encoded
    /// before the first file is written.
    fn write(
        &self,
        path: &Path,
        drawn: Option<Arc<[u8]>>,
        inputs: &Inputs,
        progress: &Progress,
    ) -> Result<String, OutputError> {
        let format = Format::of(path)?;
        if self.step.is_some() {
            return self.write_steps(path, format, inputs, progress);
        }
        check_target(path, inputs)?;
        let has_more = self.has_more(format);
        if has_more {
            check_target(&evidence_path(path, 1), inputs)?;
        }
        let mut told = String::new();
        let (bytes, more) = match drawn {
            Some(bytes) if !has_more && !format.is_slides => (bytes, Vec::new()),
            drawn => {
                let mut picture = self.picture()?;
                told = sentences(&export::remarks(format, std::slice::from_ref(&picture)));
                let bytes = match drawn {
                    Some(bytes) => bytes,
                    None => format.encode(&picture, progress)?.into(),
                };
                (bytes, evidence_files(&mut picture, format, progress)?)
            }
        };
        progress.check().map_err(ExportError::from)?;
        write_output(path, &bytes, inputs)?;
        for (number, bytes) in more.iter().enumerate() {
            write_output(&evidence_path(path, number + 1), bytes, inputs)?;
        }
        Ok(told)
    }

    fn write_steps(
        &self,
        path: &Path,
        format: &Format,
        inputs: &Inputs,
        progress: &Progress,
    ) -> Result<String, OutputError> {
        let paths = step_paths(path, format, &self.map);
        for path in &paths {
            check_target(path, inputs)?;
        }
        let (files, remarks) =
            render_steps(&self.map, &self.positions, &self.page, format, progress)?;
        progress.check().map_err(ExportError::from)?;
        for (path, bytes) in paths.iter().zip(&files) {
            write_output(path, bytes, inputs)?;
        }
        let others = paths.len().saturating_sub(1);
        let more = if others > 0 {
            format!(" and {}", counted(others, "further file"))
        } else {
            String::new()
        };
        Ok(more + &sentences(&remarks))
    }

    /// The page of the previewed step, or the page itself.
    fn previewed_page(&self) -> Page {
        let Some(step) = self.step else { return self.page.clone() };
        let index = Index::of(&self.map);
        let pages = step_pages(&self.map, &index, &self.page);
        pages.into_iter().nth(step).map_or_else(|| self.page.clone(), |(page, _)| page)
    }

    /// Encodes the file and draws a reduced preview, both from the same page layout.
    fn previewed(&self, format: &Format, number: u64, progress: &Progress) -> Previewed {
        let (mut size, mut pages, mut more_files) = ([0, 0], None, 0);
        let mut remarks = Vec::new();
        let page = self.previewed_page();
        let picture = Picture::new(&self.map, &self.positions, &page);
        let outcome = picture.and_then(|picture| {
            let bytes: Arc<[u8]> = format.encode(&picture, progress)?.into();
            let pixels = picture.to_pixels(progress)?;
            size = pixels.size;
            remarks = export::remarks(format, std::slice::from_ref(&picture));
            pages = format.has_pages.then(|| picture.page_count());
            more_files = if format.has_pages { 0 } else { picture.file_count() - 1 };
            Ok((bytes, shrunk(&pixels)))
        });
        Previewed { number, size, pages, more_files, remarks, outcome }
    }
}

impl App {
    /// Opens the export dialog with a fresh preview.
    pub(super) fn open_export(&mut self) {
        self.session.preview.key = None;
        self.export.start_preview();
        self.modal = Some(Question::Export);
    }

    /// Shows the export dialog and acts on its answer.
    pub(super) fn export_window(&mut self, ctx: &Context) {
        if self.session.document.map().actors.is_empty() {
            // The dialog was open when a map without actors replaced the previous one.
            self.session.preview.end();
            return;
        }
        self.update_preview(ctx);
        let mut choices = self.export.clone();
        let name = self.session.document.file_name();
        let screen = self.on_screen(ctx, &name);
        let preview = &self.session.preview;
        let preview = Shown {
            picture: preview.picture.as_ref(),
            words: &preview.words,
            is_drawing: preview.is_drawing(),
        };
        let shown = modal(ctx, "export").show(ctx, |ui| choices.ui(ui, &screen, &preview));
        let is_closed = shown.should_close();
        let answer = if is_closed { Some(ExportAnswer::Cancel) } else { shown.inner };
        self.export = choices;
        match answer {
            None => self.modal = Some(Question::Export),
            Some(ExportAnswer::Cancel) => self.session.preview.end(),
            Some(ExportAnswer::Export) => self.ask(ctx, Wanted::SavePicture),
            Some(ExportAnswer::Copy) => {
                self.session.preview.end();
                let subject = self.subject(ctx);
                self.draw_for_clipboard(ctx, subject);
            }
        }
        if answer.is_some() {
            self.release_keyboard(ctx);
        }
    }

    /// What the choices in the export dialog select.
    fn subject(&self, ctx: &Context) -> Subject {
        let name = self.session.document.file_name();
        let screen = self.on_screen(ctx, &name);
        let mut page = self.export.page(&screen);
        let step = self.export.previewed_step(&screen);
        let document = &self.session.document;
        if !self.export.is_selection(&screen) {
            let positions = document.shared_positions();
            return Subject { map: self.with_texts(&page), positions, page, step };
        }
        let (map, positions, words) = fragment::pictured(
            document.map(),
            document.index(),
            document.positions(),
            self.session.shown(),
            &self.session.selection,
        );
        let view = &mut page.view;
        view.settings.filter =
            view.settings.filter.fixed(document.map(), document.index(), view.settings.outlook);
        view.emphasis = Emphasis::default();
        // These are for indices of the whole map.
        view.expanded.clear();
        view.revealed.clear();
        let camp = |actor: &Actor| view.camp(document.index().actor(&actor.id)?);
        let has_camps = view.camps.is_some();
        view.camps = has_camps.then(|| Arc::new(map.actors.iter().map(camp).collect()));
        page.parts.made = [words.as_str(), &page.parts.made].join(" ").trim().into();
        Subject { map: Arc::new(map), positions: Arc::new(positions), page, step: None }
    }

    /// The map, with the texts of its sources if the page has them.
    fn with_texts(&self, page: &Page) -> Arc<Map> {
        let document = &self.session.document;
        if !page.has_texts {
            return document.shared_map();
        }
        let mut map = document.map().clone();
        for source in &mut map.sources {
            let prepared = self.session.texts.reading.prepared.get(&source.id);
            let text = prepared.map(|prepared| prepared.text.as_str().to_owned());
            source.text = text.or(source.text.take());
        }
        Arc::new(map)
    }

    fn preview_key(&self, ctx: &Context) -> PreviewKey {
        let name = self.session.document.file_name();
        let screen = self.on_screen(ctx, &name);
        let is_selection = self.export.is_selection(&screen);
        let selection = is_selection.then(|| self.session.selection.clone());
        let version = self.session.document.version();
        let step = self.export.previewed_step(&screen);
        (self.export.page(&screen), self.export.format, (selection, step), version)
    }

    /// Starts a new preview job if anything that the preview depends on has changed.
    fn update_preview(&mut self, ctx: &Context) {
        let key = self.preview_key(ctx);
        if self.session.preview.key.as_ref() == Some(&key) {
            return;
        }
        let format = key.1;
        let subject = self.subject(ctx);
        let preview = &mut self.session.preview;
        preview.end();
        preview.key = Some(key);
        preview.number += 1;
        let (number, progress) = (preview.number, Arc::new(Progress::default()));
        preview.progress = Some(Arc::clone(&progress));
        let failed = move |why| {
            let outcome = Err(ExportError::Draw(why));
            Done::Previewed(Box::new(Previewed {
                number,
                size: [0, 0],
                pages: None,
                more_files: 0,
                remarks: Vec::new(),
                outcome,
            }))
        };
        let job = Job::new("", "The preview was not drawn").or_else(failed);
        let job = job.for_document(self.session.document.number());
        self.jobs.start(ctx, job, move || {
            Done::Previewed(Box::new(subject.previewed(format, number, &progress)))
        });
    }

    /// Shows a finished preview, unless a newer one was started.
    pub(super) fn previewed(&mut self, ctx: &Context, previewed: Previewed) {
        let preview = &mut self.session.preview;
        if previewed.number != preview.number {
            return;
        }
        preview.progress = None;
        match previewed.outcome {
            Ok((bytes, drawn)) => {
                let size = size_words(bytes.len());
                let is_step = preview.key.as_ref().is_some_and(|key| key.2.1.is_some());
                preview.words = match previewed.pages {
                    _ if is_step => format!("This step alone: {size}"),
                    Some(1) => format!("One page, {size}"),
                    Some(pages) => {
                        format!("{pages} pages, {size}; the list is on separate pages")
                    }
                    None => {
                        let more = match previewed.more_files {
                            0 => String::new(),
                            1 => ", and the evidence in a second file".to_owned(),
                            more => format!(", and the evidence in {more} further files"),
                        };
                        let [width, height] = previewed.size;
                        format!("{width} × {height} pixels, {size}{more}")
                    }
                };
                for remark in previewed.remarks {
                    preview.words.push_str("; ");
                    preview.words.push_str(&remark);
                }
                let image = ColorImage::from_rgba_unmultiplied(drawn.size, &drawn.rgba);
                let texture = ctx.load_texture("preview", image, TextureOptions::LINEAR);
                preview.picture = Some(texture);
                preview.bytes = Some(bytes);
            }
            Err(ExportError::Cancelled(_)) => {}
            Err(error) => {
                preview.picture = None;
                preview.words = error.to_string();
            }
        }
    }

    /// Writes the picture to `path`, which may be replaced. Asks first if the list of evidence
    /// would replace another file.
    pub(super) fn export_to(&mut self, ctx: &Context, path: PathBuf) {
        let subject = self.subject(ctx);
        let others = match Format::of(&path) {
            Ok(format) if subject.step.is_some() => step_paths(&path, format, &subject.map),
            Ok(format) if subject.has_more(format) => vec![evidence_path(&path, 1)],
            _ => Vec::new(),
        };
        match others.into_iter().find(|other| *other != path && other.exists()) {
            Some(other) => self.modal = Some(Question::OverwriteEvidence(path, other)),
            None => self.export_now(ctx, path),
        }
    }

    /// Writes the picture to `path`. Reuses the bytes of the preview if they are still current.
    pub(super) fn export_now(&mut self, ctx: &Context, path: PathBuf) {
        let is_same = self.session.preview.key.as_ref() == Some(&self.preview_key(ctx))
            && Format::of(&path).is_ok_and(|format| format == self.export.format);
        let is_steps = self.subject(ctx).step.is_some();
        let drawn = self.session.preview.bytes.take().filter(|_| is_same && !is_steps);
        self.session.preview.end();
        let (subject, inputs) = (self.subject(ctx), self.inputs());
        let progress = Arc::new(Progress::default());
        let job = Job::new("Exporting", "The picture was not exported").with_progress(&progress);
        let job = job.for_document(self.session.document.number());
        self.jobs.start(ctx, job, move || {
            let first = Format::of(&path).ok().filter(|_| subject.step.is_some());
            let first =
                first.and_then(|format| step_paths(&path, format, &subject.map).into_iter().next());
            let outcome = subject.write(&path, drawn, &inputs, &progress);
            Done::Exported(first.unwrap_or(path), outcome)
        });
    }

    /// The files that an export must not overwrite: the map and the texts of its sources.
    fn inputs(&self) -> Inputs {
        Inputs::of(self.session.document.path(), self.session.document.map())
    }

    /// What an export needs to know about the window. `file` is the file name of the map.
    fn on_screen<'a>(&'a self, ctx: &Context, file: &'a str) -> OnScreen<'a> {
        let session = &self.session;
        OnScreen {
            page: session.canvas.page(),
            camera: session.canvas.camera(),
            frame: session.canvas.frame(),
            pixels_per_point: ctx.pixels_per_point(),
            file,
            view: &session.view,
            steps: session.document.map().steps.len(),
            has_marking: !session.document.map().meta.marking.trim().is_empty(),
        }
    }

    /// The page that reproduces the visible part of the map pixel for pixel, and the rectangle of
    /// the map in the window, in points.
    #[must_use]
    #[doc(hidden)]
    pub fn page_on_screen(&self, ctx: &Context) -> (Page, egui::Rect) {
        let name = self.session.document.file_name();
        let screen = self.on_screen(ctx, &name);
        let page = ExportChoices::of_screen(style::scene_theme(ctx)).page(&screen);
        (page, self.session.canvas.rect())
    }

    /// Copies the visible part of the map to the clipboard.
    pub(super) fn copy_picture(&mut self, ctx: &Context) {
        let document = &self.session.document;
        let name = document.file_name();
        let page = self.export.page_for_clipboard(&self.on_screen(ctx, &name));
        let (map, positions) = (document.shared_map(), document.shared_positions());
        self.draw_for_clipboard(ctx, Subject { map, positions, page, step: None });
    }

    fn draw_for_clipboard(&mut self, ctx: &Context, subject: Subject) {
        let progress = Arc::new(Progress::default());
        let job = Job::new("Drawing", "The picture was not copied").with_progress(&progress);
        let job = job.for_document(self.session.document.number());
        self.jobs.start(ctx, job, move || {
            Done::Drawn(subject.picture().and_then(|picture| picture.to_pixels(&progress)))
        });
    }

    pub(super) fn drawn_for_clipboard(
        &mut self,
        ctx: &Context,
        outcome: Result<Pixels, ExportError>,
    ) {
        match outcome {
            Ok(drawn) => {
                ctx.copy_image(ColorImage::from_rgba_unmultiplied(drawn.size, &drawn.rgba));
                let [width, height] = drawn.size;
                self.tell(format!("Copied the picture, {width} × {height} pixels."));
            }
            Err(ExportError::Cancelled(_)) => self.tell("Nothing was copied."),
            Err(error) => self.fail("The picture was not copied", error),
        }
    }

    /// Stores a requested screenshot when it arrives, and asks for a file name.
    pub(super) fn take_screenshot(&mut self, ctx: &Context) {
        let taken = ctx.input(|input| {
            input.events.iter().find_map(|event| match event {
                egui::Event::Screenshot { image, .. } => Some(Arc::clone(image)),
                _ => None,
            })
        });
        if let Some(image) = taken {
            self.shell.screenshot = Some(image);
            self.ask(ctx, Wanted::SaveScreenshot);
        }
    }

    pub(super) fn save_screenshot(&mut self, ctx: &Context, path: PathBuf) {
        let Some(image) = self.shell.screenshot.take() else { return };
        let (progress, inputs) = (Arc::new(Progress::default()), self.inputs());
        let label = "Saving the screenshot";
        let job = Job::new(label, "The screenshot was not saved").with_progress(&progress);
        let job = job.for_document(self.session.document.number());
        self.jobs.start(ctx, job, move || {
            let rgba: Vec<u8> =
                image.pixels.iter().flat_map(egui::Color32::to_srgba_unmultiplied).collect();
            let write = || -> Result<(), OutputError> {
                check_target(&path, &inputs)?;
                let bytes = export::png_of(image.size, &rgba)?;
                Ok(write_output(&path, &bytes, &inputs)?)
            };
            let outcome = write().map(|()| String::new());
            Done::Exported(path, outcome)
        });
    }
}

/// What is told after the path of a file.
fn sentences(remarks: &[String]) -> String {
    remarks.iter().flat_map(|remark| ["; ", remark]).collect()
}

/// Formats a file size, such as `412 KB` or `3.1 MB`.
#[expect(clippy::cast_precision_loss, reason = "file sizes are shown with one decimal")]
fn size_words(bytes: usize) -> String {
    match bytes {
        0..1_000_000 => format!("{} KB", bytes.div_ceil(1000)),
        _ => format!("{:.1} MB", bytes as f64 / 1e6),
    }
}

/// Reduces a picture to at most [`PREVIEW_PX`] by a whole factor. Each pixel is the mean of the
/// pixels that it replaces (box filter).
fn shrunk(drawn: &Pixels) -> Pixels {
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
                    for (sum, value) in sums.iter_mut().zip(drawn.rgba.get(at..).unwrap_or(&[])) {
                        *sum += usize::from(*value);
                    }
                    count += 1;
                }
            }
            rgba.extend(sums.map(|sum| u8::try_from(sum / count.max(1)).unwrap_or(u8::MAX)));
        }
    }
    Pixels { size, rgba }
}
