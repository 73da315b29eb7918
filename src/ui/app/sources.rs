//! The texts of sources: attaching them, reading them again after changes, and updating the
//! positions of excerpts in them.

use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::Ordering;

use egui::Context;

use super::jobs::{Done, Job, ReadText};
use super::program::App;
use crate::edit::reading::Reading;
use crate::edit::{Command, Document};
use crate::evidence::anchor::placed;
use crate::evidence::head::paragraphs;
use crate::evidence::{Segment, SourceText, Verified};
use crate::file::source::{self, SourceFile};
use crate::file::store::atomic::write_atomically;
use crate::file::store::output::{Inputs, write_output};
use crate::file::store::watch::Watch;
use crate::model::{Element, Evidence, Paragraph, Source, SourceId};
use crate::ui::dialogs::questions::Question;
use crate::ui::panels::id::PanelId;

/// A reading that takes longer is abandoned, and another one may be started.
const GIVEN_UP_AFTER_SECONDS: f64 = 20.0;

impl App {
    /// Reads the sources again on a worker thread if the content of the map changed. Only one
    /// reading runs at a time.
    pub(super) fn update_reading(&mut self, ctx: &Context) {
        let session = &mut self.session;
        let texts = &mut session.texts;
        texts.is_reload_wanted |= texts.may_have_changed.swap(false, Ordering::SeqCst);
        let wanted = (session.document.version().content(), session.saves.last);
        let is_current = texts.read_for == Some(wanted) && !texts.is_reload_wanted;
        let time = ctx.input(|input| input.time);
        let is_running =
            texts.running.is_some_and(|(_, started)| time - started < GIVEN_UP_AFTER_SECONDS);
        // A save needs both cores for a large map, and may change where texts are looked for.
        if is_running || is_current || !session.saves.running.is_empty() {
            return;
        }
        let has_any = !session.document.map().sources.is_empty()
            || session.document.index().census().excerpts > 0;
        if !has_any && texts.reading.is_empty() {
            texts.read_for = Some(wanted);
            texts.is_reload_wanted = false;
            return;
        }
        self.watch_texts(ctx);
        let session = &mut self.session;
        let texts = &mut session.texts;
        let is_first = texts.read_for.is_none();
        let reads_again = std::mem::take(&mut texts.is_reload_wanted) || is_first;
        texts.count += 1;
        texts.read_for = Some(wanted);
        texts.running = Some((texts.count, time));
        let (number, before) = (texts.count, Arc::clone(&texts.reading));
        let map = session.document.shared_map();
        let path = session.document.path().map(Path::to_owned);
        let job = Job::new("", "The sources were not read");
        let job = job.for_document(session.document.number());
        let job = job.or_else(move |why| Done::Read(number, Err(why)));
        self.jobs.start(ctx, job, move || {
            Done::Read(number, Ok(Box::new(Reading::of(&map, path, &before, reads_again))))
        });
    }

    /// Watches the files of the texts, so that what is shown about an excerpt is current.
    fn watch_texts(&mut self, ctx: &Context) {
        let document = &self.session.document;
        let files = document.map().sources.iter().filter_map(|source| {
            source::beside(document.path()?, source.text_file.as_deref()?).ok()
        });
        let files: Vec<PathBuf> = files.collect();
        let texts = &mut self.session.texts;
        if texts.watched == files {
            return;
        }
        texts.watch = None;
        texts.watched.clone_from(&files);
        if files.is_empty() {
            return;
        }
        let (may_have_changed, ctx) = (Arc::clone(&texts.may_have_changed), ctx.clone());
        let wake = move || {
            may_have_changed.store(true, Ordering::SeqCst);
            ctx.request_repaint();
        };
        match Watch::new(&files, wake) {
            Ok(watch) => texts.watch = Some(watch),
            // They are still read again when the window receives the focus.
            Err(error) => log::warn!("the texts cannot be watched for changes: {error}"),
        }
    }

    /// Stores the result of a reading, unless a newer one was started.
    pub(super) fn sources_read(&mut self, number: u64, reading: Result<Box<Reading>, String>) {
        let texts = &mut self.session.texts;
        if texts.running.is_none_or(|(running, _)| running != number) {
            // A newer reading was started meanwhile.
            return;
        }
        texts.running = None;
        match reading {
            Ok(reading) => texts.reading = Arc::from(reading),
            Err(why) => self.tell(format!("The texts of the sources could not be read: {why}")),
        }
    }

    /// Updates position and paragraph of excerpts that were found elsewhere in their source. Runs
    /// before a save and is a separate undo step.
    pub(super) fn update_moved_excerpts(&mut self) {
        let content = self.session.document.version().content();
        let texts = &self.session.texts;
        let is_read = texts.read_for.is_some_and(|(version, _)| version == content);
        if texts.running.is_some() || !is_read {
            return;
        }
        let reading = Arc::clone(&texts.reading);
        let document = &self.session.document;
        let moved: Vec<(Element, usize, Evidence)> = reading
            .moved()
            .filter_map(|one| Self::moved_excerpt(&reading, document, one))
            .collect();
        if moved.is_empty() {
            return;
        }
        self.update_moved_paragraphs(&reading);
        self.apply(Command::ReplaceExcerpts("update the positions of excerpts", moved));
    }

    /// The owner and the number of an excerpt, and the excerpt with its new position.
    fn moved_excerpt(
        reading: &Reading,
        document: &Document,
        one: &Verified,
    ) -> Option<(Element, usize, Evidence)> {
        let prepared = reading.prepared.get(&one.source)?;
        let excerpt = document.evidence(&one.owner).get(one.number)?;
        let there = placed(excerpt, one.place()?, &prepared.text, &prepared.segments);
        Some((one.owner.clone(), one.number, there))
    }

    /// Updates the listed paragraphs of texts that have changed.
    fn update_moved_paragraphs(&mut self, reading: &Reading) {
        for source in self.session.document.map().sources.clone() {
            let prepared = reading.prepared.get(&source.id);
            let Some(prepared) = prepared.filter(|_| !source.paragraphs.is_empty()) else {
                continue;
            };
            let paragraphs: Vec<Paragraph> = prepared.segments.iter().map(paragraph_of).collect();
            if !paragraphs.iter().map(place_of).eq(source.paragraphs.iter().map(place_of)) {
                let changed = Source { paragraphs, ..source };
                self.apply(Command::SetSource(Box::new(changed), "paragraphs"));
            }
        }
    }

    /// Replaces the text of an excerpt by the characters `place` of its source. `number` is its
    /// index in the evidence of `owner`.
    pub(super) fn place_excerpt(&mut self, owner: &Element, number: usize, place: &Range<usize>) {
        let reading = Arc::clone(&self.session.texts.reading);
        let excerpt = self.session.document.evidence(owner).get(number);
        let there = excerpt.and_then(|excerpt| {
            let prepared = reading.prepared.get(&excerpt.source)?;
            Some(placed(excerpt, place, &prepared.text, &prepared.segments))
        });
        if let Some(there) = there {
            let places = vec![(owner.clone(), number, there)];
            self.apply(Command::ReplaceExcerpts("place an excerpt", places));
        }
    }

    /// Replaces the list of paragraphs of a source, as a separate undo step.
    pub(super) fn set_paragraphs(&mut self, source: &SourceId, paragraphs: Vec<Paragraph>) {
        if let Some(source) = self.session.document.source(source).cloned() {
            self.session.document.seal();
            let changed = Source { paragraphs, ..source };
            self.apply(Command::SetSource(Box::new(changed), "paragraphs"));
        }
    }

    /// Writes a CSV table to a file on a worker thread.
    pub(super) fn save_table(&mut self, ctx: &Context, path: PathBuf, bytes: Arc<[u8]>) {
        let document = &self.session.document;
        let inputs = Inputs::of(document.path(), document.map());
        let job = Job::new("Saving the table", "The table was not saved");
        self.jobs.start(ctx, job.for_document(document.number()), move || {
            let written = write_output(&path, &bytes, &inputs);
            Done::TableSaved(path, written.map_err(|error| error.to_string()))
        });
    }

    /// Opens the reader at `place` of a source's text, or at its start for `None`. The range counts
    /// characters.
    pub(super) fn show_source(&mut self, source: &SourceId, place: Option<&Range<usize>>) {
        self.session.read(source, place);
        self.show_panel(PanelId::READER, true);
    }

    /// Opens the reader with these words of a source's text marked.
    pub(super) fn mark_words(&mut self, source: &SourceId, place: &Range<usize>) {
        self.session.mark_words(source, place);
        self.show_panel(PanelId::READER, true);
    }

    /// Opens the reader with the keyboard at the start of a source's text.
    pub(super) fn read_with_keyboard(&mut self, source: &SourceId) {
        self.session.read_with_keyboard(source);
        self.show_panel(PanelId::READER, true);
    }

    /// Reads a text to attach, on a worker thread. It is for the source in `Texts::attaching`, else
    /// for the only source of the map if that has no text, else for a new one.
    pub(super) fn read_text(&mut self, ctx: &Context, path: PathBuf) {
        let document = &self.session.document;
        let sources = &document.map().sources;
        let is_new = std::mem::take(&mut self.session.texts.adds_source);
        let only = sources.first().filter(|source| {
            sources.len() == 1 && !is_new && source.text.is_none() && source.text_file.is_none()
        });
        let only = only.map(|source| source.id.clone());
        let chosen = self.session.texts.attaching.take();
        let source = chosen.filter(|id| document.source(id).is_some()).or(only);
        let job = Job::new("Reading", "The text was not attached");
        self.jobs.start(ctx, job.for_document(document.number()), move || {
            let outcome = source::read_file(&path);
            Done::ReadText(Box::new(ReadText { source, path, outcome }))
        });
    }

    /// Asks whether to store the text in the map or in a file next to it.
    pub(super) fn text_read(&mut self, read: ReadText) {
        match read.outcome {
            Ok(file) if read.source.is_none() => self.article_read(&read.path, file),
            Ok(file) => {
                self.modal = Some(Question::KeepText {
                    source: read.source,
                    path: read.path,
                    file: Arc::new(file),
                    can_keep_in_folder: self.session.document.path().is_some(),
                });
            }
            Err(error) => self.fail("The text was not attached", error),
        }
    }

    /// Attaches a text to a source, or to a new one for `None`. If `is_beside`, the text is stored
    /// in a file next to the map, else inside the map. Empty fields of the source are filled with
    /// what the file says about itself.
    pub(super) fn keep_text(
        &mut self,
        source: Option<&SourceId>,
        path: &Path,
        file: &SourceFile,
        is_beside: bool,
    ) {
        let document = &self.session.document;
        let source = source
            .and_then(|id| document.source(id))
            .cloned()
            .unwrap_or_else(|| Source { id: document.new_ids().source(), ..Source::default() });
        let mut changed = Source { text: None, text_file: None, ..source };
        if self.session.document.source(&changed.id).is_none() {
            changed.paragraphs = paragraphs(&file.text);
        }
        file.meta.fill(&mut changed);
        if changed.title.is_empty() {
            changed.title = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        }
        let text = &file.text;
        if is_beside {
            match self.put_beside(&changed.id, path, text) {
                Ok(name) => changed.text_file = Some(name),
                Err(message) => return self.fail("The text was not attached", message),
            }
        } else {
            changed.text = Some(text.as_str().to_owned());
        }
        self.session.document.seal();
        let id = changed.id.clone();
        let is_new = self.session.document.source(&id).is_none();
        let changed = Box::new(changed);
        self.apply(if is_new {
            Command::AddSource(changed)
        } else {
            Command::SetSource(changed, "text")
        });
        self.read_with_keyboard(&id);
        self.session.texts.is_reload_wanted = true;
    }

    /// Returns the path, relative to the map's folder, of a file with the text: the chosen file if
    /// it is in that folder, else a copy.
    fn put_beside(
        &self,
        id: &SourceId,
        chosen: &Path,
        text: &SourceText,
    ) -> Result<String, String> {
        let map = self.session.document.path();
        let map = map.ok_or("save the map first; the text is stored next to it")?;
        let folder = map.parent().unwrap_or(Path::new("."));
        if let Ok(inside) = resolved(chosen).strip_prefix(resolved(folder))
            && let Some(name) = inside.to_str()
        {
            return Ok(name.replace('\\', "/"));
        }
        let stem = map.file_stem().unwrap_or_default().to_string_lossy();
        let id = id.as_str().replace(|sign: char| !sign.is_alphanumeric() && sign != '-', "-");
        let first = std::iter::once(format!("{stem}.{id}.txt"));
        let mut names = first.chain((2..1000).map(|number| format!("{stem}.{id}-{number}.txt")));
        let name = names.find(|name| is_free(&folder.join(name), text));
        let name = name.ok_or("no free file name was found next to the map")?;
        write_atomically(&folder.join(&name), text.as_str().as_bytes())
            .map_err(|error| error.to_string())?;
        Ok(name)
    }
}

/// The absolute path without links; `path` itself if it cannot be resolved.
fn resolved(path: &Path) -> PathBuf {
    std::fs::canonicalize(path).unwrap_or_else(|_| path.to_owned())
}

/// True if no file is at `path`, or if the file there has the same text.
fn is_free(path: &Path, text: &SourceText) -> bool {
    !path.exists() || std::fs::read(path).is_ok_and(|there| there == text.as_str().as_bytes())
}

fn paragraph_of(segment: &Segment) -> Paragraph {
    Paragraph {
        label: segment.label.clone(),
        start: segment.range.start,
        end: segment.range.end,
        ..Paragraph::default()
    }
}

fn place_of(paragraph: &Paragraph) -> (usize, usize, &str) {
    (paragraph.start, paragraph.end, &paragraph.label)
}
