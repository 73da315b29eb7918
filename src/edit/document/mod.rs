//! An open map: its content, its origin, its history and its unsaved changes.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use ecow::EcoString;

use crate::edit::difference::difference;
use crate::edit::history::{Change, Entry, Event, History, StepName};
use crate::edit::ids::NewIds;
use crate::edit::version::{DocumentNumber, Version};
use crate::edit::{Command, plan};
use crate::file::store::atomic::{Changed, bytes_to_save};
use crate::file::store::journal::Header;
use crate::file::{self, Bytes, Contents, OpenError, Opened};
use crate::geometry::Point;
use crate::layout;
use crate::model::query::Index;
use crate::model::{
    Actor, ActorId, Element, Evidence, Map, Problem, Relation, RelationId, Source, SourceId,
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
    /// Position of each actor in map units, in the order of `map.actors`. Includes actors without a
    /// placement.
    positions: Arc<Vec<Point>>,
    /// Computed positions of actors that have no placement in the map.
    computed: HashMap<ActorId, Point>,
    origin: Origin,
    /// The bytes of the file when it was last read or written.
    bytes: Option<Bytes>,
    warnings: Vec<Problem>,
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
            warnings,
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

    /// Position of each actor in map units, in the order of `map().actors`.
    #[must_use]
    pub fn positions(&self) -> &[Point] {
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
    pub fn shared_positions(&self) -> Arc<Vec<Point>> {
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
    pub fn warnings(&self) -> &[Problem] {
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

    /// The excerpts of an actor or a relation; empty if it is not in the map.
    #[must_use]
    pub fn evidence(&self, element: &Element) -> &[Evidence] {
        let evidence = match element {
            Element::Actor(id) => self.actor(id).map(|actor| &actor.evidence),
            Element::Relation(id) => self.relation(id).map(|relation| &relation.evidence),
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

    /// Performs a command. A command that changes nothing adds no step.
    pub fn apply(&mut self, command: Command) {
        if self.map.layout.is_empty() && !self.computed.is_empty() {
            self.apply_with_places(command);
            return;
        }
        let plan = plan::plan(&self.map, &self.index, command);
        if !plan.changes.is_empty() {
            self.make(plan.into());
        }
    }

    /// Like `apply`, for a map whose positions were all computed. The first edit also stores these
    /// positions in the layout, so that the actors stay where they were shown.
    fn apply_with_places(&mut self, command: Command) {
        let places = self.map.actors.iter().zip(self.positions.iter());
        let places = places.map(|(actor, at)| (actor.id.clone(), *at)).collect();
        let first = plan::plan(&self.map, &self.index, Command::Arrange(places));
        let mut map = Map::clone(&self.map);
        first.changes.iter().for_each(|change| change.put(&mut map, true));
        let mut plan = plan::plan(&map, &self.index, command);
        if !plan.changes.is_empty() {
            plan.changes.splice(0..0, first.changes);
            self.make(plan.into());
        }
    }

    /// Sets the positions at which actors without a placement are shown. Takes one position per
    /// actor, in the order of `map().actors`. This does not change the map.
    pub fn set_computed_positions(&mut self, positions: &[Point]) {
        let placed = self.map.actors.iter().zip(positions);
        self.computed = placed.map(|(actor, at)| (actor.id.clone(), *at)).collect();
        self.positions = Arc::new(layout::positions_with_fallback(&self.map, &self.computed));
        self.version.change_places();
    }

    /// Applies an event to the map and records it in the history.
    fn make(&mut self, event: Event) {
        self.history.apply(Arc::make_mut(&mut self.map), event.clone());
        self.changed(event);
    }

    /// Makes the next edit a separate step, even if it is in the same field.
    pub fn seal(&mut self) {
        self.history.seal();
    }

    /// Undoes the last step and returns its name; `None` if there is none.
    pub fn undo(&mut self) -> Option<StepName> {
        let step = self.history.undo(Arc::make_mut(&mut self.map))?;
        let (name, event) = (step.name.clone(), step.as_undo_event());
        self.changed(event);
        Some(name)
    }

    /// Redoes the last undone step and returns its name; `None` if there is none.
    pub fn redo(&mut self) -> Option<StepName> {
        let step = self.history.redo(Arc::make_mut(&mut self.map))?;
        let (name, event) = (step.name.clone(), step.as_event());
        self.changed(event);
        Some(name)
    }

    /// Restores a document from a journal: its base map, and all events before the first unreadable
    /// one. The events count as unsaved changes.
    ///
    /// # Errors
    /// If the base map cannot be parsed. It was valid when the journal was started.
    pub fn recovered(header: &Header, events: &[String]) -> Result<Self, OpenError> {
        let origin = header.file.clone().map_or(Origin::New, Origin::File);
        let mut document = match &header.base {
            None => Self::empty(),
            Some(base) => Self::opened(file::parse(base.as_bytes())?, origin),
        };
        for event in events.iter().map_while(|line| serde_json::from_str::<Event>(line).ok()) {
            // Typing was recorded letter by letter. The merge key turns it into one step again.
            document.make(event);
        }
        document.seal();
        Ok(document)
    }

    /// The header for a journal that is started now.
    #[must_use]
    pub fn journal_header(&self) -> Header {
        let base = self.bytes.as_deref().map(|bytes| String::from_utf8_lossy(bytes).into_owned());
        Header { file: self.path().map(Path::to_owned), title: self.title(), base }
    }

    /// Takes the events since the last call, for the journal.
    pub fn take_events(&mut self) -> Vec<Event> {
        std::mem::take(&mut self.events)
    }

    /// Old and new ids of the elements that the last event renamed. Empty once `take_events` was
    /// called.
    #[must_use]
    pub fn renamed(&self) -> Vec<(Element, Element)> {
        let changes = self.events.last().map_or(&[] as &[Change], |event| &event.changes);
        let renamed = |change: &Change| match change {
            Change::Actor(Entry { before: Some(before), after: Some(after), .. })
                if before.id != after.id =>
            {
                Some((Element::Actor(before.id.clone()), Element::Actor(after.id.clone())))
            }
            Change::Relation(Entry { before: Some(before), after: Some(after), .. })
                if before.id != after.id =>
            {
                Some((Element::Relation(before.id.clone()), Element::Relation(after.id.clone())))
            }
            _ => None,
        };
        changes.iter().filter_map(renamed).collect()
    }

    /// Name of the step that undo would undo: `move of 3 actors`.
    #[must_use]
    pub fn undo_name(&self) -> Option<&str> {
        self.history.undo_name()
    }

    /// Name of the step that redo would redo.
    #[must_use]
    pub fn redo_name(&self) -> Option<&str> {
        self.history.redo_name()
    }

    /// Updates everything that depends on the map, after `event` changed it.
    fn changed(&mut self, event: Event) {
        if event.changes.iter().all(Change::is_layout_only) {
            self.version.change_places();
        } else {
            self.has_content_changed = true;
            self.index = Arc::new(Index::of(&self.map));
            self.version.change_content();
        }
        if !self.is_unsaved() {
            // Back at the saved state, for example after undo.
            self.has_content_changed = false;
        }
        self.events.push(event);
        self.positions = Arc::new(layout::positions_with_fallback(&self.map, &self.computed));
    }

    /// Takes over a file that another program changed. As one step called `name`, the map becomes
    /// `merged`, or the map in the file if that is `None`. Differences from the file count as
    /// unsaved changes.
    pub fn accept_disk_version(&mut self, name: &str, theirs: Opened, merged: Option<Map>) {
        self.is_read_only = theirs.is_newer();
        let map = merged.unwrap_or_else(|| theirs.map.clone());
        let changes = difference(&self.map, &map);
        if !changes.is_empty() {
            self.history.seal();
            self.make(Event::new(StepName::edit(name), changes));
        }
        self.is_on_disk(theirs);
    }

    /// Keeps this map although another program changed the file. The next save overwrites the file.
    pub fn keep_own_version(&mut self, theirs: Opened) {
        self.is_on_disk(theirs);
    }

    /// Records `theirs` as the current content of the file.
    fn is_on_disk(&mut self, theirs: Opened) {
        let left = difference(&theirs.map, &self.map);
        self.saved_state =
            if left.is_empty() { self.history.state() } else { self.history.fresh_state() };
        self.has_content_changed = !left.iter().all(Change::is_layout_only);
        self.bytes = theirs.native_bytes().cloned();
        self.warnings = theirs.warnings;
        self.history.seal();
    }

    /// Marks the whole map as unsaved, because the file was deleted.
    pub fn mark_file_deleted(&mut self) {
        self.saved_state = self.history.fresh_state();
        self.events.push(Event::new(StepName::edit("loss of the file"), Vec::new()));
    }

    /// All unsaved changes as one event, relative to the bytes on disk. For a journal that is
    /// started again.
    ///
    /// # Errors
    /// If the bytes on disk cannot be parsed. They were valid when they were read.
    pub fn unsaved_event(&self) -> Result<Event, OpenError> {
        let changes = difference(&self.map_on_disk()?, &self.map);
        Ok(Event::new(StepName::edit("unsaved changes"), changes))
    }

    /// The map as it was last read or written; an empty map if there is no file.
    ///
    /// # Errors
    /// If the bytes on disk cannot be parsed. They were valid when they were read.
    pub fn map_on_disk(&self) -> Result<Map, OpenError> {
        self.bytes
            .as_deref()
            .map_or_else(|| Ok(Map::default()), |bytes| Ok(file::parse(bytes)?.map))
    }

    /// The bytes to write for the current state.
    ///
    /// # Errors
    /// If the layout cannot be patched into the opened bytes, or serde fails; never in practice.
    pub fn to_bytes(&self) -> serde_json::Result<Vec<u8>> {
        if let Some(bytes) = self.bytes.as_deref().filter(|_| !self.is_unsaved()) {
            return Ok(bytes.clone());
        }
        let changed =
            if self.has_content_changed { Changed::Anything } else { Changed::LayoutOnly };
        bytes_to_save(self.bytes.as_deref().map(Vec::as_slice), &self.map, changed)
    }

    /// Records that the file at `path` now holds `bytes`, which were made from the state `state`.
    pub fn saved(&mut self, path: PathBuf, bytes: Bytes, state: u64) {
        self.origin = Origin::File(path);
        self.bytes = Some(bytes);
        self.saved_state = state;
        self.history.seal();
        // Edits that were made while the save was running are not in the file.
        self.has_content_changed &= self.history.state() != state;
    }
}
