//! A map that is open: what it says, where it came from, what was done to it.

use std::collections::HashMap;
use std::path::{Path, PathBuf};

use ecow::EcoString;

use super::difference::difference;
use super::history::{Change, Entry, Event, History, Step};
use super::ids::NewIds;
use super::{Command, plan};
use crate::file::store::atomic::{Changed, bytes_to_save};
use crate::file::store::journal::Header;
use crate::file::{self, Bytes, OpenError, Opened};
use crate::geometry::Point;
use crate::layout;
use crate::model::query::Index;
use crate::model::{ActorId, Element, Map, Problem};

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
    map: Map,
    index: Index,
    /// Where each actor stands, those without a placement included.
    positions: Vec<Point>,
    /// Where those stand whom the map does not place: found for them when it was opened.
    settled: HashMap<ActorId, Point>,
    pub origin: Origin,
    /// The bytes on disk as they were last read or written here.
    bytes: Option<Bytes>,
    pub warnings: Vec<Problem>,
    /// Of a newer version: to look at, not to write.
    pub is_read_only: bool,
    history: History,
    /// The state that is on disk.
    saved_state: u64,
    /// Whether anything but the layout was touched since then.
    said_something_else: bool,
    /// What happened since somebody last asked.
    events: Vec<Event>,
    /// Grows with every change of what is drawn.
    revision: u64,
    /// Grows with every change of what is said, which moving actors is not.
    said: u64,
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
            index: Index::of(&map),
            positions: layout::positions(&map),
            settled: HashMap::new(),
            map,
            origin,
            bytes,
            warnings,
            is_read_only: false,
            history: History::default(),
            saved_state: 0,
            said_something_else: false,
            events: Vec::new(),
            revision: 0,
            said: 0,
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

    /// A number that changes whenever what is drawn does.
    #[must_use]
    pub fn revision(&self) -> u64 {
        self.revision
    }

    /// A number that changes whenever what the map says does.
    #[must_use]
    pub fn said(&self) -> u64 {
        self.said
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

    /// Carries a command out; one that changes nothing makes no step.
    pub fn apply(&mut self, command: Command) {
        let mut plan = plan::plan(&self.map, &self.index, command.clone());
        if plan.changes.is_empty() {
            return;
        }
        if self.map.layout.is_empty() && !self.settled.is_empty() {
            // The picture that the edit was made in is kept with it.
            let places = self
                .map
                .actors
                .iter()
                .zip(&self.positions)
                .map(|(actor, at)| (actor.id.clone(), *at));
            let arranged = Command::Arrange("arranging", places.collect());
            let first = plan::plan(&self.map, &self.index, arranged);
            let mut arranged_map = self.map.clone();
            first.changes.iter().for_each(|change| change.put(&mut arranged_map, true));
            plan = plan::plan(&arranged_map, &self.index, command);
            plan.changes.splice(0..0, first.changes);
        }
        self.make(Event { name: plan.name, changes: plan.changes }, plan.merge);
    }

    /// Everybody stands here, one place for each actor, as long as the map says nothing else: no
    /// change of the map.
    pub fn settle(&mut self, places: &[Point]) {
        self.settled =
            self.map.actors.iter().zip(places).map(|(actor, at)| (actor.id.clone(), *at)).collect();
        self.positions = layout::positions_or(&self.map, &self.settled);
        self.revision += 1;
    }

    fn make(&mut self, event: Event, merge: Option<String>) {
        self.history.apply(&mut self.map, event.name.clone(), event.changes.clone(), merge);
        self.changed(event);
    }

    /// The next edit is a step of its own, even in the same field.
    pub fn seal(&mut self) {
        self.history.seal();
    }

    /// Takes the last step back and says what it was.
    pub fn undo(&mut self) -> Option<String> {
        let name = self.undo_name()?.to_owned();
        let event = self.history.undo(&mut self.map).map(Step::as_undoing)?;
        self.changed(event);
        Some(name)
    }

    /// Makes the last undone step again and says what it was.
    pub fn redo(&mut self) -> Option<String> {
        let event = self.history.redo(&mut self.map).map(Step::as_event)?;
        let name = event.name.clone();
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
            // Typing was noted letter by letter; it is one step again.
            let merge = event.name.starts_with("change of the").then(|| event.name.clone());
            document.make(event, merge);
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
        if !event.changes.iter().all(Change::is_of_layout) {
            self.said_something_else = true;
            self.index = Index::of(&self.map);
            self.said += 1;
        }
        if !self.is_unsaved() {
            // Back at what is on disk: from here on only what is done next counts.
            self.said_something_else = false;
        }
        self.events.push(event);
        self.positions = layout::positions_or(&self.map, &self.settled);
        self.revision += 1;
    }

    /// The file was read again and holds another map. The map becomes `map` in a step of that name,
    /// which is what is on disk (`None`) or a mixture of both; what is not on disk stays unsaved.
    pub fn found_on_disk(&mut self, name: &str, theirs: Opened, merged: Option<Map>) {
        let map = merged.unwrap_or_else(|| theirs.map.clone());
        let changes = difference(&self.map, &map);
        if !changes.is_empty() {
            self.history.seal();
            self.make(Event { name: name.to_owned(), changes }, None);
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
            if left.is_empty() { self.history.state() } else { self.history.nowhere() };
        self.said_something_else = !left.iter().all(Change::is_of_layout);
        self.bytes = Some(theirs.bytes);
        self.warnings = theirs.warnings;
        self.history.seal();
    }

    /// The file is gone: what is here is nowhere else.
    pub fn lost_on_disk(&mut self) {
        self.saved_state = self.history.nowhere();
        self.events.push(Event { name: "loss of the file".to_owned(), changes: Vec::new() });
    }

    /// Everything that is not on disk, as one event after the bytes that are; for a journal that
    /// begins anew.
    ///
    /// # Errors
    /// When the bytes on disk are no map; they were when they were read.
    pub fn unsaved_event(&self) -> Result<Event, OpenError> {
        Ok(Event {
            name: "unsaved changes".to_owned(),
            changes: difference(&self.map_on_disk()?, &self.map),
        })
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
            if self.said_something_else { Changed::Anything } else { Changed::LayoutOnly };
        bytes_to_save(self.bytes.as_deref().map(Vec::as_slice), &self.map, changed)
    }

    /// Notes that `bytes`, the state named `state`, are now in the file at `path`.
    pub fn saved(&mut self, path: PathBuf, bytes: Bytes, state: u64) {
        self.origin = Origin::File(path);
        self.bytes = Some(bytes);
        self.saved_state = state;
        self.history.seal();
        // What was said while the save ran is not in the file.
        self.said_something_else &= self.history.state() != state;
    }
}
