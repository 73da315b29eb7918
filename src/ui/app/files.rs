//! Opening, and asking for files: what is asked first, what runs on a thread, what follows.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use eframe::egui::{Context, ViewportCommand};

use super::App;
use super::jobs::Done;
use super::saving::Replacing;
use crate::edit::{Document, Origin, Selection};
use crate::export::Format;
use crate::file::{self, OpenError};
use crate::progress::Progress;
use crate::scene::view::View;
use crate::ui::canvas::Canvas;
use crate::ui::dialogs::files::{Picked, Wanted};
use crate::ui::dialogs::questions::{Question, Then};

impl App {
    /// Goes on at once, or asks first what becomes of unsaved changes.
    pub(super) fn unless_unsaved(&mut self, ctx: &Context, then: Then) {
        if self.document.is_unsaved() {
            self.question = Some(Question::Unsaved(then));
        } else {
            self.go_on(ctx, then);
        }
    }

    pub(super) fn go_on(&mut self, ctx: &Context, then: Then) {
        match then {
            Then::Close => {
                self.may_close = true;
                ctx.send_viewport_cmd(ViewportCommand::Close);
            }
            Then::New => self.replace(Document::empty()),
            Then::Example => self.open_example(),
            Then::AskForFile => self.ask(ctx, Wanted::OpenMap),
            Then::Open(path) => self.start_opening(ctx, path),
        }
    }

    /// Reads a map on a thread; what is open stays until it is read.
    pub(super) fn start_opening(&mut self, ctx: &Context, path: PathBuf) {
        let progress = Arc::new(Progress::default());
        self.jobs.start_with(ctx, "Opening", Some(Arc::clone(&progress)), move || {
            let outcome = file::open_with(&path, &progress);
            if progress.go_on().is_err() {
                return Done::Stopped("The opening was stopped; what was open still is.");
            }
            Done::Opened(path, Box::new(outcome))
        });
    }

    pub(super) fn open_example(&mut self) {
        match file::parse(file::EXAMPLE.as_bytes()) {
            Ok(opened) => self.replace(Document::opened(opened, Origin::Example)),
            Err(error) => self.failed_to_open(Path::new("the example map"), &error),
        }
    }

    pub(super) fn opened(&mut self, path: PathBuf, outcome: Result<file::Opened, OpenError>) {
        match outcome {
            Ok(opened) => {
                let path = std::path::absolute(&path).unwrap_or(path);
                self.settings.remember(&path);
                self.replace(Document::opened(opened, Origin::File(path)));
                if self.document.is_read_only {
                    let heading = "This map is from a newer version of the program".to_owned();
                    let details = vec![
                        format!(
                            "Its format has version {}; this program knows version 1.",
                            self.document.map().version
                        ),
                        "It is open to be looked at and exported. Saving is off, so that nothing in it is lost; \
                         “Save as…” writes an exact copy. To change the map, open it with a newer version of the program."
                            .to_owned(),
                    ];
                    self.question = Some(Question::Failed { heading, details });
                }
            }
            Err(error) => self.failed_to_open(&path, &error),
        }
    }

    pub(super) fn failed_to_open(&mut self, path: &Path, error: &OpenError) {
        let name = path.file_name().unwrap_or(path.as_os_str()).to_string_lossy();
        let mut details: Vec<String> = error.problems.iter().map(ToString::to_string).collect();
        details.push(path.display().to_string());
        self.question = Some(Question::Failed { heading: format!("{name} did not open"), details });
    }

    pub(super) fn replace(&mut self, document: Document) {
        self.journal.end();
        self.documents_opened += 1;
        self.renew_disk(None);
        self.document = document;
        self.canvas = Canvas::new(self.documents_opened);
        self.view = View::default();
        self.selection = Selection::default();
        self.before = None;
        self.search.clear();
        self.news.clear();
    }

    pub(super) fn ask(&mut self, ctx: &Context, wanted: Wanted) {
        let dialogs = Arc::clone(&self.dialogs);
        let folder = self.usual_folder();
        let name = self.suggested_name(&wanted);
        self.jobs.start(ctx, "", move || {
            let picked = dialogs.ask(&wanted, folder.as_deref(), &name);
            Done::Picked(wanted, picked)
        });
    }

    /// The folder of the open file, of the last one, or the user's own.
    pub(super) fn usual_folder(&self) -> Option<PathBuf> {
        let last = self.document.path().or(self.settings.recent.first().map(PathBuf::as_path));
        let folder =
            last.and_then(Path::parent).filter(|folder| folder.is_dir()).map(Path::to_owned);
        folder.or_else(|| directories::UserDirs::new().map(|user| user.home_dir().to_owned()))
    }

    pub(super) fn suggested_name(&self, wanted: &Wanted) -> String {
        let stem = match self.document.path().and_then(Path::file_stem) {
            Some(stem) => stem.to_string_lossy().into_owned(),
            None => file_stem(&self.document.title()),
        };
        match (wanted, self.export.format) {
            (Wanted::SaveTable, _) => stem + ".csv",
            (Wanted::SaveScreenshot, _) => stem + "-window.png",
            (Wanted::SavePicture, Format::Svg) => stem + ".svg",
            (Wanted::SavePicture, Format::Png) => stem + ".png",
            (Wanted::SavePicture, Format::Pdf) => stem + ".pdf",
            _ => stem + ".json",
        }
    }

    pub(super) fn picked(&mut self, ctx: &Context, wanted: Wanted, picked: Picked) {
        match picked {
            Picked::Cancelled => self.then = None,
            Picked::NoDialog => {
                let name =
                    if wanted.is_read() { String::new() } else { self.suggested_name(&wanted) };
                let text = self.usual_folder().unwrap_or_default().join(name).display().to_string();
                self.question = Some(Question::Path { wanted, text });
            }
            Picked::File(picked) => {
                let path = self.final_path(&wanted, picked.clone());
                // The dialog has asked about the file it knew of, not about one with another
                // ending.
                if !wanted.is_read() && path != picked && path.exists() {
                    self.question = Some(Question::Overwrite(wanted, path));
                } else {
                    self.use_path(ctx, &wanted, path);
                }
            }
        }
    }

    /// The file that a picked or typed path stands for: with the ending of its kind, and `~` for
    /// the user's folder.
    pub(super) fn final_path(&self, wanted: &Wanted, path: PathBuf) -> PathBuf {
        let path = match (path.strip_prefix("~"), directories::UserDirs::new()) {
            (Ok(rest), Some(user)) => user.home_dir().join(rest),
            _ => path,
        };
        let has = |endings: &[&str]| {
            let ending = path.extension().map(|ending| ending.to_string_lossy().to_lowercase());
            ending.is_some_and(|ending| endings.contains(&ending.as_str()))
        };
        let missing = match (wanted, self.export.format) {
            (Wanted::SaveMap, _) if !has(&["json"]) => ".json",
            (Wanted::SaveTable, _) if !has(&["csv"]) => ".csv",
            (Wanted::SaveScreenshot, _) if !has(&["png"]) => ".png",
            (Wanted::SavePicture, Format::Svg) if !has(&["svg", "png", "pdf"]) => ".svg",
            (Wanted::SavePicture, Format::Png) if !has(&["svg", "png", "pdf"]) => ".png",
            (Wanted::SavePicture, Format::Pdf) if !has(&["svg", "png", "pdf"]) => ".pdf",
            _ => "",
        };
        if path.is_dir() {
            return path;
        }
        let mut whole = path.into_os_string();
        whole.push(missing);
        whole.into()
    }

    pub(super) fn use_path(&mut self, ctx: &Context, wanted: &Wanted, path: PathBuf) {
        match wanted {
            Wanted::OpenMap => self.go_on(ctx, Then::Open(path)),
            Wanted::SaveMap => self.write(ctx, path, Replacing::Known),
            Wanted::SavePicture => self.export_to(ctx, path),
            Wanted::SaveScreenshot => self.save_screenshot(ctx, path),
            Wanted::SourceText => self.read_text(ctx, path),
            Wanted::SaveTable => self.save_table(ctx, path),
        }
    }

    pub(super) fn take(&mut self, ctx: &Context, done: Done) {
        match done {
            Done::Picked(wanted, picked) => self.picked(ctx, wanted, picked),
            Done::Stopped(news) => news.clone_into(&mut self.news),
            Done::Opened(path, outcome) => self.opened(path, *outcome),
            Done::Saved(saved) => self.saved(ctx, saved),
            Done::Looked(path, writes, found) => self.looked(&path, writes, found),
            Done::Read(reading) => self.read(*reading),
            Done::ReadText(read) => self.text_is_read(*read),
            Done::TableSaved(path, Ok(())) => self.news = format!("Saved {}", path.display()),
            Done::TableSaved(_, Err(error)) => {
                let heading = "The table was not saved".to_owned();
                self.question = Some(Question::Failed { heading, details: vec![error] });
            }
            Done::Version(outcome) => self.take_version(*outcome),
            Done::Previewed(previewed) => self.previewed(ctx, *previewed),
            Done::Arranged(arranged) => self.arranged(ctx, *arranged),
            Done::Drawn(outcome) => self.put_on_clipboard(ctx, outcome),
            Done::Exported(_, Err(error)) if error.is_cancelled() => {
                "The export was stopped; nothing was written.".clone_into(&mut self.news);
            }
            Done::Exported(path, Ok(())) => self.news = format!("Exported {}", path.display()),
            Done::Exported(_, Err(error)) => {
                let heading = "The picture was not exported".to_owned();
                self.question =
                    Some(Question::Failed { heading, details: vec![error.to_string()] });
            }
        }
    }
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
