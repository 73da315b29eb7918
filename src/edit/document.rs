//! A map that is open: what it says, where it came from, what was done to it.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use ecow::EcoString;

use super::difference::difference;
use super::history::{Change, Entry, Event, History, StepName};
use super::ids::NewIds;
use super::version::{DocumentNumber, Version};
use super::{Command, plan};
use crate::file::store::atomic::{Changed, bytes_to_save};
use crate::file::store::journal::Header;
use crate::file::{self, Bytes, OpenError, Opened};
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
    /// One of the maps that come with the program.
    Example,
    File(PathBuf),
}

/// An open map.
#[derive(Debug)]
pub struct Document {
    number: DocumentNumber,
    map: Arc<Map>,
    index: Arc<Index>,
    /// Where each actor stands, those without a placement included.
    positions: Arc<Vec<Point>>,
    /// Positions that were computed for actors which the map does not place.
    computed: HashMap<ActorId, Point>,
    origin: Origin,
    /// The bytes on disk as they were last read or written here.
    bytes: Option<Bytes>,
    warnings: Vec<Problem>,
    /// Of a newer format version: it can be viewed, not changed.
    is_read_only: bool,
    history: History,
    /// The state that is on disk.
    saved_state: u64,
    /// True if anything but the layout changed since then.
    has_content_changed: bool,
    /// What happened since the last call of `take_events`.
    events: Vec<Event>,
    version: Version,
    /// Part of every id made here; differs between windows.
    id_tag: EcoString,
}

impl Document {
    /// A map without actors.
    #[must_use]
    pub fn empty() -> Self {
        Self::with(Map::default(), Origin::New, None, Vec::new())
    }

    /// A map that was read.
    #[must_use]
    pub fn opened(opened: Opened, origin: Origin) -> Self {
        let is_newer = opened.is_newer();
        let document = Self::with(opened.map, origin, Some(opened.bytes), opened.warnings);
        Self { is_read_only: is_newer, ..document }
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

    /// Sets what tells ids made in this window from those of other windows.
    pub fn set_id_tag(&mut self, tag: EcoString) {
        self.id_tag = tag;
    }

    /// Ids for new elements.
    #[must_use]
    pub fn new_ids(&self) -> NewIds<'_> {
        NewIds { index: &self.index, tag: &self.id_tag }
    }

    #[must_use]
    pub fn map(&self) -> &Map {
        &self.map
    }

    #[must_use]
    pub fn index(&self) -> &Index {
        &self.index
    }

    /// Where each actor stands, in the order of `map().actors`.
    #[must_use]
    pub fn positions(&self) -> &[Point] {
        &self.positions
    }

    /// The map, shared with work on other threads.
    #[must_use]
    pub fn shared_map(&self) -> Arc<Map> {
        Arc::clone(&self.map)
    }

    /// The index, shared with work on other threads.
    #[must_use]
    pub fn shared_index(&self) -> Arc<Index> {
        Arc::clone(&self.index)
    }

    /// The positions, shared with work on other threads.
    #[must_use]
    pub fn shared_positions(&self) -> Arc<Vec<Point>> {
        Arc::clone(&self.positions)
    }

    /// Tells this document from every other that was opened.
    #[must_use]
    pub fn number(&self) -> DocumentNumber {
        self.number
    }

    /// The cache key of everything that is derived from this document.
    #[must_use]
    pub fn version(&self) -> Version {
        self.version
    }

    /// Where the document came from.
    #[must_use]
    pub fn origin(&self) -> &Origin {
        &self.origin
    }

    /// What is worth checking in the file; never an error.
    #[must_use]
    pub fn warnings(&self) -> &[Problem] {
        &self.warnings
    }

    /// True for a map of a newer format version, which can be viewed but not changed.
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

    /// The excerpts behind an actor or a relation; none for one that the map does not have.
    #[must_use]
    pub fn evidence(&self, element: &Element) -> &[Evidence] {
        let evidence = match element {
            Element::Actor(id) => self.actor(id).map(|actor| &actor.evidence),
            Element::Relation(id) => self.relation(id).map(|relation| &relation.evidence),
        };
        evidence.map_or(&[], Vec::as_slice)
    }

    /// Where an actor stands.
    #[must_use]
    pub fn position(&self, id: &ActorId) -> Option<Point> {
        self.positions.get(self.index.actor(id)?).copied()
    }

    /// True for an actor that automatic arrangements leave where it is.
    #[must_use]
    pub fn is_pinned(&self, id: &ActorId) -> bool {
        self.map.layout.get(id).is_some_and(|placement| placement.pinned)
    }

    /// Names the present state of the map; a save says which state it wrote.
    #[must_use]
    pub fn state(&self) -> u64 {
        self.history.state()
    }

    /// True where closing would lose something.
    #[must_use]
    pub fn is_unsaved(&self) -> bool {
        self.history.state() != self.saved_state
    }

    /// The map's title, else the file's name.
    #[must_use]
    pub fn title(&self) -> String {
        if self.map.meta.title.is_empty() { self.file_name() } else { self.map.meta.title.clone() }
    }

    /// The file's name, for the window's title and the dialogs.
    #[must_use]
    pub fn file_name(&self) -> String {
        match &self.origin {
            Origin::New => "Untitled map".to_owned(),
            Origin::Example => "Example map".to_owned(),
            Origin::File(path) => {
                path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned()
            }
        }
    }

    /// The file on disk, if there is one.
    #[must_use]
    pub fn path(&self) -> Option<&Path> {
        match &self.origin {
            Origin::File(path) => Some(path),
            Origin::New | Origin::Example => None,
        }
    }

    /// The bytes on disk as this document knows them.
    #[must_use]
    pub fn known_bytes(&self) -> Option<&Bytes> {
        self.bytes.as_ref()
    }

    /// Performs a command; one that changes nothing makes no step.
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

    /// As `apply`, for a map whose positions were computed: they are kept with the first edit, so
    /// that the picture in which the edit was made does not change.
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

    /// Shows actors that the map does not place at these positions, one for each actor. This is no
    /// change of the map.
    pub fn place_computed(&mut self, positions: &[Point]) {
        let placed = self.map.actors.iter().zip(positions);
        self.computed = placed.map(|(actor, at)| (actor.id.clone(), *at)).collect();
        self.positions = Arc::new(layout::positions_or(&self.map, &self.computed));
        self.version.change_places();
    }

    fn make(&mut self, event: Event) {
        self.history.apply(Arc::make_mut(&mut self.map), event.clone());
        self.changed(event);
    }

    /// The next edit is a step of its own, even in the same field.
    pub fn seal(&mut self) {
        self.history.seal();
    }

    /// Undoes the last step and says what it was.
    pub fn undo(&mut self) -> Option<StepName> {
        let step = self.history.undo(Arc::make_mut(&mut self.map))?;
        let (name, event) = (step.name.clone(), step.as_undoing());
        self.changed(event);
        Some(name)
    }

    /// Redoes the last undone step and says what it was.
    pub fn redo(&mut self) -> Option<StepName> {
        let step = self.history.redo(Arc::make_mut(&mut self.map))?;
        let (name, event) = (step.name.clone(), step.as_event());
        self.changed(event);
        Some(name)
    }

    /// The document that a journal holds: its map with as many events as can be read, all of them
    /// unsaved.
    ///
    /// # Errors
    /// When the bytes it starts from are no map; they were when it was begun.
    pub fn recovered(header: &Header, events: &[String]) -> Result<Self, OpenError> {
        let origin = header.file.clone().map_or(Origin::New, Origin::File);
        let mut document = match &header.base {
            None => Self::empty(),
            Some(base) => Self::opened(file::parse(base.as_bytes())?, origin),
        };
        for event in events.iter().map_while(|line| serde_json::from_str::<Event>(line).ok()) {
            // Typing was recorded letter by letter; its merge key makes it one step again.
            document.make(event);
        }
        document.seal();
        Ok(document)
    }

    /// The header of a journal that begins now.
    #[must_use]
    pub fn journal_header(&self) -> Header {
        let base = self.bytes.as_deref().map(|bytes| String::from_utf8_lossy(bytes).into_owned());
        Header { file: self.path().map(Path::to_owned), title: self.title(), base }
    }

    /// What happened since the last call, for the journal.
    pub fn take_events(&mut self) -> Vec<Event> {
        std::mem::take(&mut self.events)
    }

    /// What got another id in the last event, as long as that one was not taken.
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

    /// What undo would take back: `move of 3 actors`.
    #[must_use]
    pub fn undo_name(&self) -> Option<&str> {
        self.history.undo_name()
    }

    /// What redo would make again.
    #[must_use]
    pub fn redo_name(&self) -> Option<&str> {
        self.history.redo_name()
    }

    fn changed(&mut self, event: Event) {
        if event.changes.iter().all(Change::is_of_layout) {
            self.version.change_places();
        } else {
            self.has_content_changed = true;
            self.index = Arc::new(Index::of(&self.map));
            self.version.change_content();
        }
        if !self.is_unsaved() {
            // Back at the state on disk: only what comes after it counts.
            self.has_content_changed = false;
        }
        self.events.push(event);
        self.positions = Arc::new(layout::positions_or(&self.map, &self.computed));
    }

    /// The file was read again and holds another map. The map becomes `map` in a step of that name,
    /// which is what is on disk (`None`) or a mixture of both; what is not on disk stays unsaved.
    pub fn found_on_disk(&mut self, name: &str, theirs: Opened, merged: Option<Map>) {
        self.is_read_only = theirs.is_newer();
        let map = merged.unwrap_or_else(|| theirs.map.clone());
        let changes = difference(&self.map, &map);
        if !changes.is_empty() {
            self.history.seal();
            self.make(Event::new(StepName::edit(name), changes));
        }
        self.is_on_disk(theirs);
    }

    /// The file was read again and holds another map, which the person does not want: the next save
    /// replaces it.
    pub fn keep_against(&mut self, theirs: Opened) {
        self.is_on_disk(theirs);
    }

    fn is_on_disk(&mut self, theirs: Opened) {
        let left = difference(&theirs.map, &self.map);
        self.saved_state =
            if left.is_empty() { self.history.state() } else { self.history.fresh_state() };
        self.has_content_changed = !left.iter().all(Change::is_of_layout);
        self.bytes = Some(theirs.bytes);
        self.warnings = theirs.warnings;
        self.history.seal();
    }

    /// The file is gone: what is here is nowhere else.
    pub fn lost_on_disk(&mut self) {
        self.saved_state = self.history.fresh_state();
        self.events.push(Event::new(StepName::edit("loss of the file"), Vec::new()));
    }

    /// Everything that is not on disk, as one event after the bytes that are; for a journal that
    /// begins anew.
    ///
    /// # Errors
    /// When the bytes on disk are no map; they were when they were read.
    pub fn unsaved_event(&self) -> Result<Event, OpenError> {
        let changes = difference(&self.map_on_disk()?, &self.map);
        Ok(Event::new(StepName::edit("unsaved changes"), changes))
    }

    /// The map as it was read or written last.
    ///
    /// # Errors
    /// When the bytes on disk are no map; they were when they were read.
    pub fn map_on_disk(&self) -> Result<Map, OpenError> {
        self.bytes
            .as_deref()
            .map_or_else(|| Ok(Map::default()), |bytes| Ok(file::parse(bytes)?.map))
    }

    /// The bytes to write for the present state.
    ///
    /// # Errors
    /// When the opened bytes are no longer what they were; never in practice.
    pub fn to_bytes(&self) -> serde_json::Result<Vec<u8>> {
        if let Some(bytes) = self.bytes.as_deref().filter(|_| !self.is_unsaved()) {
            return Ok(bytes.clone());
        }
        let changed =
            if self.has_content_changed { Changed::Anything } else { Changed::LayoutOnly };
        bytes_to_save(self.bytes.as_deref().map(Vec::as_slice), &self.map, changed)
    }

    /// Notes that `bytes`, the state named `state`, are now in the file at `path`.
    pub fn saved(&mut self, path: PathBuf, bytes: Bytes, state: u64) {
        self.origin = Origin::File(path);
        self.bytes = Some(bytes);
        self.saved_state = state;
        self.history.seal();
        // What was said while the save ran is not in the file.
        self.has_content_changed &= self.history.state() != state;
    }
}
