//! Importing: reading the files, trying out what the import window says, and using the result.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use egui::Context;

use super::jobs::{Done, Job, ToImport, TriedImport};
use super::program::App;
use crate::edit::combine::Known;
use crate::edit::{Command, Document, Origin};
use crate::file::tables::book::{Book, flaws_table};
use crate::file::tables::presets::Preset;
use crate::file::{self, Contents, OpenError, Opened};
use crate::model::words::{counted, listed};
use crate::progress::Progress;
use crate::ui::dialogs::files::Wanted;
use crate::ui::dialogs::frame::modal;
use crate::ui::dialogs::import::{Content, Import, ImportAnswer, Into, Tried, import_ui};
use crate::ui::dialogs::questions::{Question, Then};
use crate::ui::panels::id::PanelId;

/// Reads files for an import: tables together, or one map.
pub(super) fn content_of(
    paths: &[PathBuf],
    presets: &[Preset],
    progress: &Progress,
) -> Result<Content, OpenError> {
    let mut book = Book::default();
    for path in paths {
        let bytes = file::read_bytes(path, progress)?;
        if file::is_table(&bytes, path) {
            let name = path.file_stem().unwrap_or_default().to_string_lossy();
            book.add(&name, &bytes, presets, progress).map_err(|error| error.at(path))?;
        } else {
            let opened = file::open_bytes(&bytes, path, progress)?;
            return Ok(Content::Map(Arc::new(opened)));
        }
    }
    Ok(Content::Tables(book))
}

impl App {
    /// Reads files on a worker thread, for the import window.
    pub(super) fn start_import(&mut self, ctx: &Context, paths: Vec<PathBuf>, into: Into) {
        let progress = Arc::new(Progress::default());
        let presets = self.settings.presets.clone();
        let job = Job::new("Reading", "The file could not be read").with_progress(&progress);
        self.jobs.start(ctx, job, move || {
            let outcome = content_of(&paths, &presets, &progress);
            if progress.check().is_err() {
                return Done::Cancelled("Reading was cancelled.");
            }
            Done::ToImport(Box::new(ToImport { paths, into, outcome }))
        });
    }

    /// Opens the import window for files that were read.
    pub(super) fn show_import(&mut self, read: ToImport) {
        match read.outcome {
            Ok(content) => {
                let has_map = !self.session.document.map().actors.is_empty();
                let into = match &content {
                    // Sources and quotations alone belong to a map that is there.
                    Content::Map(opened) if has_map && opened.map.actors.is_empty() => {
                        Into::OpenMap(Known::Keep)
                    }
                    Content::Tables(_) | Content::Map(_) => read.into,
                };
                let into = if has_map { into } else { Into::NewMap };
                self.import = Some(Import::new(read.paths, content, into));
                self.modal = Some(Question::Import);
            }
            Err(error) => {
                let path = read.paths.first().cloned().unwrap_or_default();
                self.failed_to_open(&path, &error);
            }
        }
    }

    /// Shows the import window and acts on its answer.
    pub(super) fn import_window(&mut self, ctx: &Context) {
        let Some(mut import) = self.import.take() else { return };
        self.try_import(ctx, &mut import);
        let document = &self.session.document;
        let can_change = !document.is_read_only() && !document.map().actors.is_empty();
        let open = can_change.then(|| document.title());
        let presets = &self.settings.presets;
        let shown = modal(ctx, "import")
            .show(ctx, |ui| import_ui(ui, &mut import, presets, open.as_deref()));
        // A click beside the window would throw the mapping away.
        let is_closed = shown.should_close() && !shown.backdrop_response.clicked();
        let answer = if is_closed { Some(ImportAnswer::Cancel) } else { shown.inner };
        match answer {
            Some(ImportAnswer::Cancel) => {
                import.end_trial();
                self.tell("Nothing was imported.");
                self.release_keyboard(ctx);
                return;
            }
            Some(ImportAnswer::Import) => {
                self.import = Some(import);
                self.use_import(ctx);
                return;
            }
            Some(ImportAnswer::AddFile) => self.ask(ctx, Wanted::ImportMore),
            Some(ImportAnswer::SaveFlaws) => self.save_flaws(ctx, &import),
            Some(ImportAnswer::SavePreset(name)) => self.save_preset(&mut import, &name),
            None => {}
        }
        if import.is_stale {
            ctx.request_repaint();
        }
        self.import = Some(import);
        self.modal.get_or_insert(Question::Import);
    }

    /// Starts a trial if something has changed since the last one.
    fn try_import(&mut self, ctx: &Context, import: &mut Import) {
        if !std::mem::take(&mut import.is_stale) {
            return;
        }
        import.end_trial();
        import.number += 1;
        let progress = Arc::new(Progress::default());
        import.progress = Some(Arc::clone(&progress));
        let (number, title, content) = (import.number, import.title(), import.content.clone());
        let into = import.into;
        let own = self.session.document.shared_map();
        let tag = self.shell.id_tag.clone();
        let failed = move |why: String| {
            let outcome = Err(file::refusal(why));
            Done::Tried(Box::new(TriedImport { number, outcome }))
        };
        let job = Job::new("", "The import failed").or_else(failed);
        self.jobs.start(ctx, job, move || {
            let own = match into {
                Into::OpenMap(known) => Some((&*own, known)),
                Into::NewMap => None,
            };
            let outcome = content.tried(&title, own, &tag, &progress).map(Box::new);
            Done::Tried(Box::new(TriedImport { number, outcome }))
        });
    }

    /// Shows the result of a trial, unless a newer one was started.
    pub(super) fn import_tried(&mut self, tried: TriedImport) {
        let Some(import) = self.import.as_mut().filter(|import| import.number == tried.number)
        else {
            return;
        };
        import.progress = None;
        import.tried = Some(match tried.outcome {
            Ok(tried) => Ok(Arc::new(*tried)),
            Err(error) => Err(reason(&error)),
        });
    }

    /// Uses the import that was tried out: as a new map, or as one step in the open one.
    fn use_import(&mut self, ctx: &Context) {
        let Some(import) = &self.import else { return };
        match import.into {
            Into::NewMap => self.confirm_unsaved_then(ctx, Then::Import),
            Into::OpenMap(_) => self.import_into_map(ctx),
        }
    }

    /// Opens the imported map. Unsaved changes of the open map are lost, so the caller asks before.
    pub(super) fn open_import(&mut self, ctx: &Context) {
        let Some(import) = self.import.take() else { return };
        let Some(Ok(tried)) = import.tried else { return };
        let path = import.paths.first().cloned().unwrap_or_default();
        let path = std::path::absolute(&path).unwrap_or(path);
        let opened = match &import.content {
            Content::Map(opened) => Opened::clone(opened),
            Content::Tables(_) => Opened {
                map: tried.map.clone(),
                contents: Contents::Imported("table"),
                warnings: tried.warnings.clone(),
            },
        };
        self.settings.remember(&path);
        self.replace(ctx, Document::opened(opened, Origin::File(path)));
        let likely = self.words_about_doubles();
        self.tell(format!("Imported {}.{likely}", counts(&tried)));
    }

    /// Adds the import to the open map as one step.
    fn import_into_map(&mut self, ctx: &Context) {
        let Some(import) = self.import.take() else { return };
        let Some(Ok(tried)) = import.tried else { return };
        let Some(combined) = &tried.combined else { return };
        self.session.document.seal();
        self.apply(Command::ReplaceMap("import a file", Box::new(combined.map.clone())));
        let new: Vec<String> = [
            (combined.new_actors.len(), "actor"),
            (combined.new_ties, "tie"),
            (combined.new_excerpts, "excerpt"),
            (combined.new_sources, "source"),
        ]
        .into_iter()
        .filter(|(count, _)| *count > 0)
        .map(|(count, noun)| counted(count, noun))
        .collect();
        let waiting = match combined.new_waiting {
            0 => String::new(),
            count => format!(" {} to assign: Q lists them.", counted(count, "excerpt")),
        };
        if combined.new_waiting > 0 {
            self.show_panel(PanelId::WAITING, true);
        }
        let changed = combined.changed_actors.len() + combined.changed_ties;
        let likely = self.words_about_doubles();
        self.tell(format!("Added {}; {changed} changed.{waiting}{likely}", listed(&new)));
        self.release_keyboard(ctx);
    }

    fn save_flaws(&mut self, ctx: &Context, import: &Import) {
        let Some(Ok(tried)) = &import.tried else { return };
        let Some(tables) = &tried.tables else { return };
        match flaws_table(&tables.flaws) {
            Ok(bytes) => self.ask(ctx, Wanted::SaveTable(bytes.into())),
            Err(error) => self.fail("The table was not saved", error),
        }
    }

    fn save_preset(&mut self, import: &mut Import, name: &str) {
        let Content::Tables(book) = &mut import.content else { return };
        let Some(planned) = book.sheets.get_mut(import.sheet) else { return };
        name.clone_into(&mut planned.preset);
        let preset =
            Preset { name: name.to_owned(), names: Vec::new(), plan: planned.plan.clone() };
        self.settings.presets.retain(|other| other.name != name);
        self.settings.presets.insert(0, preset);
        self.settings.store();
        self.tell(format!("The mapping “{name}” is kept."));
    }

    /// Adds a further table to the open import.
    pub(super) fn add_to_import(&mut self, ctx: &Context, path: &Path) {
        let Some(import) = &self.import else { return };
        let mut paths = import.paths.clone();
        paths.push(path.to_owned());
        let into = import.into;
        self.start_import(ctx, paths, into);
    }
}

/// The words of an error without the path.
fn reason(error: &OpenError) -> String {
    let words = error.problems.iter().map(|problem| {
        let expected = &problem.expected;
        let more = if expected.is_empty() { String::new() } else { format!(": {expected}") };
        format!("{}{more}.", crate::model::words::capitalised(&problem.message))
    });
    words.collect::<Vec<_>>().join(" ")
}

fn counts(tried: &Tried) -> String {
    let (actors, ties) = (tried.map.actors.len(), tried.map.relations.len());
    listed(&[counted(actors, "actor"), counted(ties, "tie")])
}
