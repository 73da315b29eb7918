//! The sources' texts beside the map: attaching them, keeping what is known of them up to date, and
//! what is asked of the reader.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use eframe::egui::Context;

use super::App;
use super::jobs::{Done, ReadText};
use crate::edit::reading::Reading;
use crate::edit::{Command, Selection};
use crate::evidence::anchor::placed;
use crate::evidence::{Segment, SourceText, table};
use crate::file::source;
use crate::file::store::atomic::write_atomically;
use crate::file::store::output::write_output;
use crate::model::{
    Actor, ActorId, Element, Evidence, Paragraph, Relation, RelationId, Source, SourceId,
};
use crate::ui::dialogs::files::Wanted;
use crate::ui::dialogs::questions::Question;
use crate::ui::panels::editor::free_id;
use crate::ui::panels::reader::ReaderWish;

/// What the present reading was made of.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct ReadAt {
    opened: u64,
    said: u64,
    /// The file's name may decide where texts are.
    saves: u64,
}

impl App {
    /// Reads the sources again on a thread where the map says something else now; one thread at a
    /// time.
    pub(super) fn keep_reading(&mut self, ctx: &Context) {
        let now =
            ReadAt { opened: self.documents_opened, said: self.document.said(), saves: self.saves };
        if self.is_reading || (self.read_at == Some(now) && !self.wants_reading) {
            return;
        }
        let reads_again = std::mem::take(&mut self.wants_reading)
            || self.read_at.is_none_or(|before| before.opened != now.opened);
        self.is_reading = true;
        self.read_at = Some(now);
        let map = self.document.map().clone();
        let path = self.document.path().map(Path::to_owned);
        let before = Arc::clone(&self.reading);
        self.jobs.start(ctx, "", move || {
            Done::Read(Box::new(Reading::of(&map, path, &before, reads_again)))
        });
    }

    pub(super) fn read(&mut self, reading: Reading) {
        self.is_reading = false;
        self.reading = Arc::new(reading);
    }

    /// Positions and paragraphs of excerpts that were found elsewhere; done before a save, as a
    /// step of its own.
    pub(super) fn update_moved(&mut self) {
        let said = self.document.said();
        if self.is_reading || self.read_at.is_none_or(|at| at.said != said) {
            return;
        }
        let reading = Arc::clone(&self.reading);
        let moved: Vec<(Element, usize, Evidence)> = reading
            .moved()
            .filter_map(|one| {
                let prepared = reading.prepared.get(&one.source)?;
                let excerpt = self.excerpt(&one.owner, one.number)?;
                let there = placed(excerpt, one.place()?, &prepared.text, &prepared.segments);
                Some((one.owner.clone(), one.number, there))
            })
            .collect();
        if moved.is_empty() {
            return;
        }
        // The listed paragraphs of a text that was changed are elsewhere as well.
        for source in self.document.map().sources.clone() {
            let Some(prepared) =
                reading.prepared.get(&source.id).filter(|_| !source.paragraphs.is_empty())
            else {
                continue;
            };
            let paragraph = |segment: &Segment| Paragraph {
                label: segment.label.clone(),
                start: segment.range.start,
                end: segment.range.end,
                ..Paragraph::default()
            };
            let paragraphs: Vec<Paragraph> = prepared.segments.iter().map(paragraph).collect();
            let is_same = |(a, b): (&Paragraph, &Paragraph)| {
                (a.start, a.end, &a.label) == (b.start, b.end, &b.label)
            };
            if paragraphs.len() != source.paragraphs.len()
                || !paragraphs.iter().zip(&source.paragraphs).all(is_same)
            {
                self.apply(Command::SetSource(
                    Box::new(Source { paragraphs, ..source }),
                    "paragraphs",
                ));
            }
        }
        self.apply(Command::PlaceExcerpts("update of positions", moved));
    }

    fn excerpt(&self, owner: &Element, number: usize) -> Option<&Evidence> {
        let (map, index) = (self.document.map(), self.document.index());
        match owner {
            Element::Actor(id) => map.actors.get(index.actor(id)?)?.evidence.get(number),
            Element::Relation(id) => map.relations.get(index.relation(id)?)?.evidence.get(number),
        }
    }

    /// Carries out what the reader was told.
    pub(super) fn heed_reader(&mut self, ctx: &Context, wish: ReaderWish) {
        match wish {
            ReaderWish::Select(owner) => self.select_and_focus(item_of(&owner)),
            ReaderWish::Cite(evidence) => self.cite(*evidence),
            ReaderWish::Tie { from, to, stance, evidence } => {
                let index = self.document.index();
                let id = RelationId::from(free_id("r", |id| {
                    index.relation(&RelationId::from(id.clone())).is_some()
                }));
                let relation = Relation {
                    evidence: vec![*evidence],
                    ..Relation::new(id.clone(), from, to, stance)
                };
                self.apply(Command::AddRelation(Box::new(relation)));
                self.select(Selection::of(Element::Relation(id)));
            }
            ReaderWish::NewActor(evidence) => {
                let index = self.document.index();
                let id = ActorId::from(free_id("a", |id| {
                    index.actor(&ActorId::from(id.clone())).is_some()
                }));
                let name = evidence.excerpt.split_whitespace().collect::<Vec<_>>().join(" ");
                let actor =
                    Actor { id: id.clone(), name, evidence: vec![*evidence], ..Actor::default() };
                let at = self.free_place(self.canvas.middle());
                self.apply(Command::AddActor(Box::new(actor), at));
                self.select(Selection::of(Element::Actor(id)));
            }
            ReaderWish::Place(owner, number, place) => self.place_excerpt(&owner, number, &place),
            ReaderWish::Label(source, paragraphs) => {
                let at = self.document.index().source(&source);
                if let Some(source) = at.and_then(|at| self.document.map().sources.get(at)).cloned()
                {
                    let changed = Source { paragraphs, ..source };
                    self.document.seal();
                    self.apply(Command::SetSource(Box::new(changed), "paragraphs"));
                }
            }
            ReaderWish::Attach(source) => {
                self.attaching = Some(source);
                self.ask(ctx, Wanted::SourceText);
            }
            ReaderWish::ReadAgain => self.wants_reading = true,
            ReaderWish::Close => self.show_reader(false),
        }
    }

    /// Writes the rows of the table that are shown.
    pub(super) fn save_table(&mut self, ctx: &Context, path: PathBuf) {
        let (rows, order) = self.table.shown();
        let bytes = table::csv(rows, order).map_err(|error| error.to_string());
        let inputs = self.inputs();
        self.jobs.start(ctx, "Saving the table", move || {
            let write = |bytes: Vec<u8>| {
                write_output(&path, &bytes, &inputs).map_err(|error| error.to_string())
            };
            let outcome = bytes.and_then(write);
            Done::TableSaved(path, outcome)
        });
    }

    pub(super) fn show_reader(&mut self, is_open: bool) {
        self.settings.is_reader_open = is_open;
        self.settings.store();
    }

    /// An excerpt behind the selected actor or tie.
    fn cite(&mut self, evidence: Evidence) {
        let (map, index) = (self.document.map(), self.document.index());
        let command = match self.selection.only() {
            Some(Element::Actor(id)) => {
                index.actor(id).and_then(|at| map.actors.get(at)).cloned().map(|mut actor| {
                    actor.evidence.push(evidence);
                    Command::SetActor(Box::new(actor), "excerpts")
                })
            }
            Some(Element::Relation(id)) => {
                index.relation(id).and_then(|at| map.relations.get(at)).cloned().map(|mut tie| {
                    tie.evidence.push(evidence);
                    Command::SetRelation(Box::new(tie), "excerpts")
                })
            }
            None => None,
        };
        match command {
            Some(command) => {
                self.document.seal();
                self.apply(command);
                self.document.seal();
            }
            None => {
                "Select the actor or tie that the passage stands behind.".clone_into(&mut self.news)
            }
        }
    }

    /// The excerpt takes the words that stand at a place of its source.
    fn place_excerpt(&mut self, owner: &Element, number: usize, place: &std::ops::Range<usize>) {
        let reading = Arc::clone(&self.reading);
        let there = self.excerpt(owner, number).and_then(|excerpt| {
            let prepared = reading.prepared.get(&excerpt.source)?;
            Some(placed(excerpt, place, &prepared.text, &prepared.segments))
        });
        if let Some(there) = there {
            self.apply(Command::PlaceExcerpts(
                "placing of an excerpt",
                vec![(owner.clone(), number, there)],
            ));
        }
    }

    /// Reads a text that is to be a source's, on a thread.
    pub(super) fn read_text(&mut self, ctx: &Context, path: PathBuf) {
        let sources = &self.document.map().sources;
        let only = sources.first().filter(|_| sources.len() == 1).map(|source| source.id.clone());
        let known = |id: &SourceId| self.document.index().source(id).is_some();
        let source = self.attaching.take().filter(known).or(only);
        self.jobs.start(ctx, "Reading", move || {
            let outcome = source::read(&path);
            Done::ReadText(Box::new(ReadText { source, path, outcome }))
        });
    }

    /// Asks where the text is to be kept.
    pub(super) fn text_is_read(&mut self, read: ReadText) {
        match read.outcome {
            Ok(text) => {
                let can_stay_beside = self.document.path().is_some();
                self.question = Some(Question::KeepText {
                    source: read.source,
                    path: read.path,
                    text: Arc::new(text),
                    can_stay_beside,
                });
            }
            Err(error) => {
                let heading = "The text was not attached".to_owned();
                self.question =
                    Some(Question::Failed { heading, details: vec![error.to_string()] });
            }
        }
    }

    /// The text becomes a source's: inside the map, or in a file beside it.
    pub(super) fn keep_text(
        &mut self,
        source: Option<&SourceId>,
        path: &Path,
        text: &SourceText,
        is_beside: bool,
    ) {
        let index = self.document.index();
        let found = source
            .and_then(|id| index.source(id))
            .and_then(|at| self.document.map().sources.get(at));
        let source = found.cloned().unwrap_or_else(|| {
            let id = SourceId::from(free_id("s", |id| {
                index.source(&SourceId::from(id.clone())).is_some()
            }));
            let title = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
            Source { id, title, ..Source::default() }
        });
        let mut changed = Source { text: None, text_file: None, ..source };
        if is_beside {
            match self.put_beside(&changed.id, path, text) {
                Ok(name) => changed.text_file = Some(name),
                Err(message) => {
                    let heading = "The text was not attached".to_owned();
                    self.question = Some(Question::Failed { heading, details: vec![message] });
                    return;
                }
            }
        } else {
            changed.text = Some(text.as_str().to_owned());
        }
        self.document.seal();
        let is_new = self.document.index().source(&changed.id).is_none();
        let id = changed.id.clone();
        let changed = Box::new(changed);
        self.apply(if is_new {
            Command::AddSource(changed)
        } else {
            Command::SetSource(changed, "text")
        });
        self.reader.show(id);
        self.show_reader(true);
        self.wants_reading = true;
    }

    /// The name, beside the map, of a file with the text: the chosen one if it lies there already,
    /// else a copy.
    fn put_beside(
        &self,
        id: &SourceId,
        chosen: &Path,
        text: &SourceText,
    ) -> Result<String, String> {
        let map = self.document.path().ok_or("save the map first; the text is put beside it")?;
        let folder = map.parent().unwrap_or(Path::new("."));
        let real = |path: &Path| std::fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
        if let Ok(inside) = real(chosen).strip_prefix(real(folder))
            && let Some(name) = inside.to_str()
        {
            return Ok(name.replace('\\', "/"));
        }
        let stem = map.file_stem().unwrap_or_default().to_string_lossy();
        let safe = |text: &str| {
            text.replace(|letter: char| !letter.is_alphanumeric() && letter != '-', "-")
        };
        let name = |number: usize| match number {
            1 => format!("{stem}.{}.txt", safe(id.as_str())),
            number => format!("{stem}.{}-{number}.txt", safe(id.as_str())),
        };
        let is_free = |name: &String| {
            let path = folder.join(name);
            !path.exists()
                || std::fs::read(&path).is_ok_and(|there| there == text.as_str().as_bytes())
        };
        let name = (1..1000)
            .map(name)
            .find(is_free)
            .ok_or("there is no free name for it beside the map")?;
        write_atomically(&folder.join(&name), text.as_str().as_bytes())
            .map_err(|error| error.to_string())?;
        Ok(name)
    }
}

pub(super) fn item_of(owner: &Element) -> Element {
    match owner {
        Element::Actor(id) => Element::Actor(id.clone()),
        Element::Relation(id) => Element::Relation(id.clone()),
    }
}
