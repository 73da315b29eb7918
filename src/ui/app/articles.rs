//! Adding articles: from a file, from the clipboard, or dropped on the window. Each becomes a
//! source with its text, its title, author and date, and the reader shows it.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use egui::Context;

use super::jobs::{Done, Job};
use super::program::App;
use crate::edit::Command;
use crate::evidence::head::paragraphs;
use crate::file::source::SourceFile;
use crate::file::source::batch::{Batch, read_batch};
use crate::file::source::name_pattern::{NamePattern, USUAL};
use crate::model::Source;
use crate::model::words::counted;
use crate::progress::Progress;
use crate::ui::dialogs::articles::Articles;
use crate::ui::dialogs::files::Wanted;
use crate::ui::dialogs::questions::Question;

/// Shorter text on the clipboard is not taken for an article.
const SHORTEST_ARTICLE: usize = 60;
/// The title of a source that has none.
const UNTITLED: &str = "Untitled article";

impl App {
    /// Asks for the file of an article.
    pub(super) fn ask_for_article(&mut self, ctx: &Context) {
        self.session.texts.attaching = None;
        self.session.texts.adds_source = true;
        self.ask(ctx, Wanted::SourceText);
    }

    /// Reads a file and adds it as an article to the open map.
    pub(super) fn open_article(&mut self, ctx: &Context, path: &Path) {
        self.session.texts.attaching = None;
        self.session.texts.adds_source = true;
        self.read_text(ctx, path.to_owned());
    }

    /// Reads several articles, or all those of folders, and shows what is known of them.
    pub(super) fn read_articles(&mut self, ctx: &Context, paths: Vec<PathBuf>) {
        let progress = Arc::new(Progress::default());
        let job =
            Job::new("Reading articles", "The articles were not read").with_progress(&progress);
        let job = job.for_document(self.session.document.number());
        self.jobs.start(ctx, job, move || match read_batch(&paths, &progress) {
            Ok(batch) => Done::Articles(Box::new(batch)),
            Err(_) => Done::Cancelled("Reading was cancelled; no article was added."),
        });
    }

    /// Shows articles that were read.
    pub(super) fn articles_read(&mut self, batch: Batch) {
        if batch.texts.is_empty() && batch.errors.is_empty() {
            self.tell("There are no articles in this folder.");
            return;
        }
        let fits = |pattern: &&&str| {
            let texts = &batch.texts;
            NamePattern::parse(pattern)
                .is_ok_and(|pattern| texts.iter().all(|text| pattern.read(&text.name()).is_some()))
        };
        // The one that tells most, if it fits all names.
        let pattern = USUAL.iter().filter(fits).max_by_key(|pattern| pattern.matches('{').count());
        let pattern = pattern.filter(|_| batch.texts.len() > 1).map_or("", |pattern| *pattern);
        let articles = Articles { pattern: pattern.to_owned(), batch };
        self.modal = Some(Question::Articles(Box::new(articles)));
    }

    /// Adds articles as sources with their texts inside the map, as one step.
    pub(super) fn add_articles(&mut self, articles: &Articles) {
        let pattern = articles.name_pattern();
        let document = &self.session.document;
        let mut map = document.map().clone();
        let mut ids = document.new_ids().sources(articles.batch.texts.len()).into_iter();
        let mut first = None;
        for text in &articles.batch.texts {
            let Some(id) = ids.next() else { break };
            first.get_or_insert_with(|| id.clone());
            map.sources.push(Source { id, ..text.whole_source(pattern.as_ref()) });
        }
        self.session.document.seal();
        self.apply(Command::ReplaceMap("add articles", Box::new(map)));
        self.session.texts.is_reload_wanted = true;
        if let Some(first) = first.filter(|id| self.session.document.source(id).is_some()) {
            self.read_with_keyboard(&first);
        }
        self.tell(format!("Added {}.", counted(articles.batch.texts.len(), "article")));
    }

    /// Adds the text of an article from the clipboard. Returns false if it is too short for one.
    pub(super) fn paste_article(&mut self, text: &str) -> bool {
        if text.trim().chars().count() < SHORTEST_ARTICLE {
            return false;
        }
        self.add_article(&SourceFile::pasted(text), UNTITLED);
        true
    }

    /// Adds an article that was read from the file at `path`. In a saved map, asks first where its
    /// text is to be kept.
    pub(super) fn article_read(&mut self, path: &Path, file: SourceFile) {
        if self.session.document.path().is_some() {
            self.modal = Some(Question::KeepText {
                source: None,
                path: path.to_owned(),
                file: Arc::new(file),
                can_keep_in_folder: true,
            });
        } else {
            let name = path.file_stem().unwrap_or_default().to_string_lossy();
            self.add_article(&file, &name);
        }
    }

    /// Adds a source with its text inside the map, and shows it. `name` is its title if the text
    /// has none.
    fn add_article(&mut self, file: &SourceFile, name: &str) {
        let id = self.session.document.new_ids().source();
        let mut source = Source {
            id: id.clone(),
            text: Some(file.text.as_str().to_owned()),
            paragraphs: paragraphs(&file.text),
            ..Source::default()
        };
        file.meta.fill(&mut source);
        if source.title.is_empty() {
            name.clone_into(&mut source.title);
        }
        let title = source.title.clone();
        self.session.document.seal();
        self.apply(Command::AddSource(Box::new(source)));
        if self.session.document.source(&id).is_none() {
            // The map is read-only, and the user was told.
            return;
        }
        self.session.texts.is_reload_wanted = true;
        self.read_with_keyboard(&id);
        let words = counted(file.text.as_str().split_whitespace().count(), "word");
        let added = format!("Added “{title}” ({words}).");
        let all: Vec<&str> =
            std::iter::once(added.as_str()).chain(file.notes.iter().map(String::as_str)).collect();
        self.tell(all.join(" "));
    }
}
