//! Opening maps, and the file dialogs: the questions before them and the actions after them.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use egui::{Context, ViewportCommand};

use super::importing::content_of;
use super::jobs::{Done, Job, ToImport};
use super::lifecycle::Lifecycle;
use super::program::App;
use super::saving::Replacing;
use super::session::Session;
use crate::edit::combine::Known;
use crate::edit::{Document, Origin};
use crate::file::source::formats::is_article;
use crate::file::{self, OpenError};
use crate::progress::Progress;
use crate::ui::dialogs::files::{Picked, Wanted};
use crate::ui::dialogs::import::{Content, Into};
use crate::ui::dialogs::questions::{Question, Then};
use crate::ui::widgets::rejected;

impl App {
    /// Performs `then` at once, or asks first what to do with unsaved changes.
    pub(super) fn confirm_unsaved_then(&mut self, ctx: &Context, then: Then) {
        if self.has_unsaved(ctx) {
            self.modal = Some(Question::Unsaved(then));
        } else {
            self.proceed(ctx, then);
        }
    }

    /// Performs `then`. Unsaved changes of the open map are lost, so the caller asks before.
    pub(super) fn proceed(&mut self, ctx: &Context, then: Then) {
        match then {
            Then::Close => {
                self.lifecycle = Lifecycle::Closing;
                ctx.send_viewport_cmd(ViewportCommand::Close);
            }
            Then::New => self.replace(ctx, Document::empty()),
            Then::Example => self.open_example(ctx),
            Then::AskForFile => self.ask(ctx, Wanted::OpenMap),
            Then::Open(path) => self.start_opening(ctx, path),
            Then::Recover(journal) => self.recover(ctx, &journal),
            Then::Import => self.open_import(ctx),
        }
    }

    /// Reads a map on a worker thread. The current map stays open until that has succeeded.
    pub(super) fn start_opening(&mut self, ctx: &Context, path: PathBuf) {
        let progress = Arc::new(Progress::default());
        let job = Job::new("Opening", "The map could not be opened").with_progress(&progress);
        let presets = self.settings.presets.clone();
        self.jobs.start(ctx, job, move || {
            let paths = vec![path.clone()];
            let outcome = content_of(&paths, &presets, &progress);
            if progress.check().is_err() {
                return Done::Cancelled("Opening was cancelled; the current map is still open.");
            }
            match outcome {
                Ok(Content::Map(opened)) => {
                    Done::Opened(path, Box::new(Ok(Arc::unwrap_or_clone(opened))))
                }
                Err(error) => Done::Opened(path, Box::new(Err(error))),
                // The user says how a table is to be read.
                tables => {
                    let into = Into::NewMap;
                    Done::ToImport(Box::new(ToImport { paths, into, outcome: tables }))
                }
            }
        });
    }

    pub(super) fn open_example(&mut self, ctx: &Context) {
        match file::parse(file::EXAMPLE.as_bytes()) {
            Ok(opened) => self.replace(ctx, Document::opened(opened, Origin::Example)),
            Err(error) => self.failed_to_open(Path::new("the example map"), &error),
        }
    }

    /// Handles the result of opening the map at `path`.
    pub(super) fn opened(
        &mut self,
        ctx: &Context,
        path: PathBuf,
        outcome: Result<file::Opened, OpenError>,
    ) {
        match outcome {
            // Something was changed while the file was chosen or read.
            Ok(opened) if self.has_new_changes() && !opened.map.actors.is_empty() => {
                self.confirm_unsaved_then(ctx, Then::Open(path));
            }
            // Sources and quotations alone belong to a map that is there.
            Ok(opened) if opened.map.actors.is_empty() && opened.native_bytes().is_none() => {
                let outcome = Ok(Content::Map(Arc::new(opened)));
                self.show_import(ToImport { paths: vec![path], into: Into::NewMap, outcome });
            }
            Ok(opened) => {
                let path = std::path::absolute(&path).unwrap_or(path);
                self.settings.remember(&path);
                self.replace(ctx, Document::opened(opened, Origin::File(path)));
                if self.session.document.is_read_only() {
                    self.explain_read_only();
                }
            }
            Err(error) => self.failed_to_open(&path, &error),
        }
    }

    /// True if there are unsaved changes that the user has not been asked about.
    fn has_new_changes(&self) -> bool {
        let document = &self.session.document;
        document.is_unsaved() && self.session.discarded != Some(document.state())
    }

    fn explain_read_only(&mut self) {
        let version = self.session.document.map().version;
        let heading = "This map is from a newer version of the program".to_owned();
        let details = vec![
            format!("Its format has version {version}; this program supports version 1."),
            "It can be viewed and exported. Saving is disabled, so that nothing in it is lost; \
             “Save as…” writes an exact copy. To change the map, open it with a newer version of \
             the program."
                .to_owned(),
        ];
        self.modal = Some(Question::Failed { heading, details });
    }

    /// Shows why a file could not be opened; the path comes last.
    pub(super) fn failed_to_open(&mut self, path: &Path, error: &OpenError) {
        let name = path.file_name().unwrap_or(path.as_os_str()).to_string_lossy();
        let mut details: Vec<String> = error.problems.iter().map(ToString::to_string).collect();
        details.push(path.display().to_string());
        self.modal =
            Some(Question::Failed { heading: format!("{name} could not be opened"), details });
    }

    /// Replaces the open document; the new one gets a new session.
    pub(super) fn replace(&mut self, ctx: &Context, document: Document) {
        self.recovery.journal.end();
        self.session.preview.end();
        rejected::clear(ctx);
        self.session = Session::new(document, self.shell.id_tag.clone());
        self.news.clear();
        self.lifecycle.give_up();
        self.release_keyboard(ctx);
    }

    /// Asks for a file with a system dialog, on a worker thread.
    pub(super) fn ask(&mut self, ctx: &Context, wanted: Wanted) {
        let dialogs = Arc::clone(&self.dialogs);
        let folder = self.usual_folder();
        let name = self.suggested_name(&wanted);
        let job = Job::new("", "The file dialog failed");
        // The result of opening a map is not tied to a document; all others are tied to this one.
        let job = match wanted {
            Wanted::OpenMap => job,
            _ => job.for_document(self.session.document.number()),
        };
        self.jobs.start(ctx, job, move || {
            let picked = dialogs.ask(&wanted, folder.as_deref(), &name);
            Done::Picked(wanted, picked)
        });
    }

    /// The folder of the open file, else of the most recent file, else the user's home folder.
    pub(super) fn usual_folder(&self) -> Option<PathBuf> {
        let recent = self.settings.recent.first().map(PathBuf::as_path);
        let last = self.session.document.path().or(recent);
        let folder = last.and_then(Path::parent).filter(|folder| folder.is_dir());
        let own = || directories::UserDirs::new().map(|user| user.home_dir().to_owned());
        folder.map(Path::to_owned).or_else(own)
    }

    /// The file name that a dialog suggests.
    pub(super) fn suggested_name(&self, wanted: &Wanted) -> String {
        let document = &self.session.document;
        let stem = match document.path().and_then(Path::file_stem) {
            Some(stem) => stem.to_string_lossy().into_owned(),
            None => file_stem(&document.title()),
        };
        match wanted {
            Wanted::SaveScreenshot => stem + "-window.png",
            wanted => format!("{stem}.{}", wanted.endings(self.export.format)[0]),
        }
    }

    /// Handles the result of a file dialog. Without a dialog, a field for the path is shown.
    pub(super) fn picked(&mut self, ctx: &Context, wanted: Wanted, picked: Picked) {
        match picked {
            Picked::Cancelled => self.lifecycle.give_up(),
            Picked::NoDialog => {
                let is_read = wanted.is_read();
                let name = if is_read { String::new() } else { self.suggested_name(&wanted) };
                let path = self.usual_folder().unwrap_or_default().join(name);
                self.modal = Some(Question::Path { wanted, text: path.display().to_string() });
            }
            Picked::File(picked) => {
                let path = self.final_path(&wanted, picked.clone());
                // The dialog has asked about overwriting `picked`, not about the path with the
                // extension added.
                if !wanted.is_read() && path != picked && path.exists() {
                    self.modal = Some(Question::Overwrite(wanted, path));
                } else {
                    self.use_path(ctx, &wanted, path);
                }
            }
        }
    }

    /// Completes a picked or typed path: expands a leading `~` to the home folder, and adds the
    /// default extension if the path to write has no matching one.
    pub(super) fn final_path(&self, wanted: &Wanted, path: PathBuf) -> PathBuf {
        let path = match (path.strip_prefix("~"), directories::UserDirs::new()) {
            (Ok(rest), Some(user)) => user.home_dir().join(rest),
            _ => path,
        };
        let ending = path.extension().map(|ending| ending.to_string_lossy().to_lowercase());
        let endings = wanted.endings(self.export.format);
        let last = |ending: &&str| ending.rsplit('.').next().unwrap_or(ending).to_owned();
        let has_ending =
            ending.is_some_and(|ending| endings.iter().any(|other| last(other) == ending));
        if wanted.is_read() || has_ending || path.is_dir() {
            return path;
        }
        let mut whole = path.into_os_string();
        whole.push(".");
        whole.push(endings[0]);
        whole.into()
    }

    /// Reads or writes the file at `path`, depending on what was asked for.
    pub(super) fn use_path(&mut self, ctx: &Context, wanted: &Wanted, path: PathBuf) {
        match wanted {
            Wanted::OpenMap if is_article(&path) => self.open_article(ctx, &path),
            // Unsaved changes made since are asked about when the map has been read.
            Wanted::OpenMap => self.proceed(ctx, Then::Open(path)),
            Wanted::Import => self.start_import(ctx, vec![path], Into::OpenMap(Known::Keep)),
            Wanted::ImportMore => self.add_to_import(ctx, &path),
            Wanted::SaveMap => self.write(ctx, path, Replacing::Known),
            Wanted::SavePicture => self.export_to(ctx, path),
            Wanted::SaveData(format) => self.export_data(ctx, path, format),
            Wanted::SaveScreenshot => self.save_screenshot(ctx, path),
            Wanted::SourceText if path.is_dir() => self.read_articles(ctx, vec![path]),
            Wanted::SourceText => self.read_text(ctx, path),
            Wanted::ArticleFolder => self.read_articles(ctx, vec![path]),
            Wanted::SaveTable(bytes) => self.save_table(ctx, path, Arc::clone(bytes)),
        }
    }
}

/// A file name from a title: its words in lower case, joined by hyphens; `map` if there are none.
fn file_stem(title: &str) -> String {
    let words: Vec<String> = title
        .split(|letter: char| !letter.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
        .collect();
    if words.is_empty() { "map".to_owned() } else { words.join("-") }
}
