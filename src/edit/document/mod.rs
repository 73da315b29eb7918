//! An open map: its content, its origin and look-ups in it. `edits` has commands, undo and redo;
//! `disk` has the file, the journal and versions that other programs wrote.

mod disk;
mod edits;

pub use disk::ToWrite;

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use ecow::EcoString;

use crate::edit::difference::difference;
use crate::edit::history::{Event, History, StepName};
use crate::edit::ids::NewIds;
use crate::edit::version::{DocumentNumber, Version};
use crate::file::{Bytes, Contents, Opened};
use crate::geometry::Point;
use crate::layout;
use crate::model::query::Index;
use crate::model::{
    Actor, ActorId, Element, Evidence, Map, Note, NoteId, PerActor, PerActorSlice, Problem,
    Relation, RelationId, Source, SourceId,
};

/// Where a document came from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Origin {
    /// Never saved.
    New,
    /// The example map that ships with the program.
    Example,
    /// A file on disk.
    File(PathBuf),
    /// A file of another format, from which the map was converted.
    Imported(PathBuf),
}

/// An open map.
#[derive(Debug)]
pub struct Document {
    number: DocumentNumber,
    map: Arc<Map>,
    index: Arc<Index>,
    /// Position of each actor in map units. Includes actors without a placement.
    positions: Arc<PerActor<Point>>,
    /// Computed positions of actors that have no placement in the map.
    computed: HashMap<ActorId, Point>,
    origin: Origin,
    /// The bytes of the file when it was last read or written.
    bytes: Option<Bytes>,
    warnings: Arc<[Problem]>,
    /// True if the map has a newer format version. It can then be viewed but not changed.
    is_read_only: bool,
    history: History,
    /// The state that is on disk.
    saved_state: u64,
    /// True if the map may differ from the file on disk in more than the layout.
    has_content_changed: bool,
    /// Events since the last call of `take_events`.
    events: Vec<Event>,
    version: Version,
    /// Suffix of every id created here; differs between windows.
    id_tag: EcoString,
}

impl Document {
    /// A new document with an empty map.
    #[must_use]
    pub fn empty() -> Self {
        Self::with(Map::default(), Origin::New, None, Vec::new())
    }

    /// A document for a map that was read.
    #[must_use]
    pub fn opened(opened: Opened, origin: Origin) -> Self {
        let is_newer = opened.is_newer();
        match opened.contents {
            Contents::Native(bytes) => {
                let document = Self::with(opened.map, origin, Some(bytes), opened.warnings);
                Self { is_read_only: is_newer, ..document }
            }
            Contents::Imported(_) => Self::imported(opened.map, origin, opened.warnings),
        }
    }

    /// A document for a map that was converted from another format: unsaved, and without a file,
    /// so that a save asks for one and the journal has the whole map.
    fn imported(map: Map, origin: Origin, warnings: Vec<Problem>) -> Self {
        let origin = match origin {
            Origin::File(path) => Origin::Imported(path),
            origin => origin,
        };
        let everything = difference(&Map::default(), &map);
        let mut document = Self::with(map, origin, None, warnings);
        document.saved_state = document.history.fresh_state();
        document.has_content_changed = true;
        document.events.push(Event::new(StepName::edit("import"), everything));
        document
    }

    fn with(map: Map, origin: Origin, bytes: Option<Bytes>, warnings: Vec<Problem>) -> Self {
        Self {
            number: DocumentNumber::new(),
            index: Arc::new(Index::of(&map)),
            positions: Arc::new(layout::positions(&map)),
            computed: HashMap::new(),
            map: Arc::new(map),
            origin,
            bytes,
            warnings: warnings.into(),
            is_read_only: false,
            history: History::default(),
            saved_state: 0,
            has_content_changed: false,
            events: Vec::new(),
            version: Version::new(),
            id_tag: EcoString::new(),
        }
    }

    /// Sets the suffix that keeps ids created in this window distinct from those of other windows.
    pub fn set_id_tag(&mut self, tag: EcoString) {
        self.id_tag = tag;
    }

    /// Creates ids for new elements.
    #[must_use]
    pub fn new_ids(&self) -> NewIds<'_> {
        NewIds { index: &self.index, tag: &self.id_tag }
    }

    /// The current map.
    #[must_use]
    pub fn map(&self) -> &Map {
        &self.map
    }

    /// Look-ups by id in the current map.
    #[must_use]
    pub fn index(&self) -> &Index {
        &self.index
    }

    /// Position of each actor in map units.
    #[must_use]
    pub fn positions(&self) -> &PerActorSlice<Point> {
        &self.positions
    }

    /// The map, for use on worker threads.
    #[must_use]
    pub fn shared_map(&self) -> Arc<Map> {
        Arc::clone(&self.map)
    }

    /// The index, for use on worker threads.
    #[must_use]
    pub fn shared_index(&self) -> Arc<Index> {
        Arc::clone(&self.index)
    }

    /// The positions, for use on worker threads.
    #[must_use]
    pub fn shared_positions(&self) -> Arc<PerActor<Point>> {
        Arc::clone(&self.positions)
    }

    /// Identifies this document among all that were opened in this process.
    #[must_use]
    pub fn number(&self) -> DocumentNumber {
        self.number
    }

    /// The cache key of everything derived from this document.
    #[must_use]
    pub fn version(&self) -> Version {
        self.version
    }

    /// Where the document came from.
    #[must_use]
    pub fn origin(&self) -> &Origin {
        &self.origin
    }

    /// Warnings about the file; never errors.
    #[must_use]
    pub fn warnings(&self) -> &Arc<[Problem]> {
        &self.warnings
    }

    /// True if the map has a newer format version. It can then be viewed but not changed.
    #[must_use]
    pub fn is_read_only(&self) -> bool {
        self.is_read_only
    }

    /// The actor with this id.
    #[must_use]
    pub fn actor(&self, id: &ActorId) -> Option<&Actor> {
        self.map.actors.get(self.index.actor(id)?)
    }

    /// The relation with this id.
    #[must_use]
    pub fn relation(&self, id: &RelationId) -> Option<&Relation> {
        self.map.relations.get(self.index.relation(id)?)
    }

    /// The source with this id.
    #[must_use]
    pub fn source(&self, id: &SourceId) -> Option<&Source> {
        self.map.sources.get(self.index.source(id)?)
    }

    /// The note with this id.
    #[must_use]
    pub fn note(&self, id: &NoteId) -> Option<&Note> {
        self.map.notes.get(self.index.note(id)?)
    }

    /// The excerpts of an actor or a relation; empty if it is not in the map, and for a note.
    #[must_use]
    pub fn evidence(&self, element: &Element) -> &[Evidence] {
        let evidence = match element {
            Element::Actor(id) => self.actor(id).map(|actor| &actor.evidence),
            Element::Relation(id) => self.relation(id).map(|relation| &relation.evidence),
            Element::Note(_) => None,
        };
        evidence.map_or(&[], Vec::as_slice)
    }

    /// The position of an actor in map units.
    #[must_use]
    pub fn position(&self, id: &ActorId) -> Option<Point> {
        self.positions.get(self.index.actor(id)?).copied()
    }

    /// True if automatic layouts leave this actor in place.
    #[must_use]
    pub fn is_pinned(&self, id: &ActorId) -> bool {
        self.map.layout.get(id).is_some_and(|placement| placement.pinned)
    }

    /// Id of the current state in the history. A save passes the id of the state it wrote to
    /// [`Self::saved`].
    #[must_use]
    pub fn state(&self) -> u64 {
        self.history.state()
    }

    /// True if there are unsaved changes.
    #[must_use]
    pub fn is_unsaved(&self) -> bool {
        self.history.state() != self.saved_state
    }

    /// The title of the map, or the file name if it has none.
    #[must_use]
    pub fn title(&self) -> String {
        if self.map.meta.title.is_empty() { self.file_name() } else { self.map.meta.title.clone() }
    }

    /// The file name, for the window title and the dialogs.
    #[must_use]
    pub fn file_name(&self) -> String {
        match &self.origin {
            Origin::New => "Untitled map".to_owned(),
            Origin::Example => "Example map".to_owned(),
            Origin::File(path) | Origin::Imported(path) => {
                path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned()
            }
        }
    }

    /// Path of the file on disk, if there is one.
    #[must_use]
    pub fn path(&self) -> Option<&Path> {
        match &self.origin {
            Origin::File(path) => Some(path),
            Origin::New | Origin::Example | Origin::Imported(_) => None,
        }
    }

    /// The bytes of the file when it was last read or written.
    #[must_use]
    pub fn known_bytes(&self) -> Option<&Bytes> {
        self.bytes.as_ref()
    }
}
