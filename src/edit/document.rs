//! A map that is open: what it says, where it came from, what was done to it.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::Command;
use super::history::{Change, History, Step};
use crate::file::Opened;
use crate::file::save::{Changed, bytes_to_save};
use crate::geometry::Point;
use crate::layout;
use crate::model::query::Index;
use crate::model::{ActorId, Map, Placement, Problem};

/// Positions are kept to a hundredth of a map unit; finer would only make files harder to compare.
const GRID_PER_UNIT: f64 = 100.0;

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
    pub origin: Origin,
    /// The bytes on disk as they were last read or written here.
    bytes: Option<Arc<[u8]>>,
    pub warnings: Vec<Problem>,
    /// Of a newer version: to look at, not to write.
    pub is_read_only: bool,
    history: History,
    /// The state that is on disk.
    saved_state: u64,
    /// Whether anything but the layout was touched since then.
    said_something_else: bool,
    /// Grows with every change of what is drawn.
    revision: u64,
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

    fn with(map: Map, origin: Origin, bytes: Option<Arc<[u8]>>, warnings: Vec<Problem>) -> Self {
        Self {
            index: Index::of(&map),
            positions: layout::positions(&map),
            map,
            origin,
            bytes,
            warnings,
            is_read_only: false,
            history: History::default(),
            saved_state: 0,
            said_something_else: false,
            revision: 0,
        }
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
            Origin::File(path) => path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned(),
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
    pub fn known_bytes(&self) -> Option<&Arc<[u8]>> {
        self.bytes.as_ref()
    }

    /// Carries a command out; one that changes nothing makes no step.
    pub fn apply(&mut self, command: Command) {
        match command {
            Command::Move(moves) => self.move_actors(moves),
        }
    }

    fn move_actors(&mut self, moves: Vec<(ActorId, Point)>) {
        let placed = |(actor, to): (ActorId, Point)| {
            let before = self.map.layout.get(&actor).cloned();
            let at = self.map.layout.get_index_of(&actor).unwrap_or(self.map.layout.len());
            let after = Placement { x: on_grid(to.x), y: on_grid(to.y), ..before.clone().unwrap_or_default() };
            let changes = self.index.actor(&actor).is_some() && before.as_ref() != Some(&after);
            changes.then_some(Change::Place { actor, at, before, after: Some(after) })
        };
        let changes: Vec<Change> = moves.into_iter().filter_map(placed).collect();
        let name = match changes.as_slice() {
            [] => return,
            [Change::Place { actor, .. }] => format!("move of {}", self.index.name(&self.map, actor)),
            many => format!("move of {} actors", many.len()),
        };
        self.history.apply(&mut self.map, name, changes);
        self.changed(true);
    }

    /// Takes the last step back and says what it was.
    pub fn undo(&mut self) -> Option<String> {
        let (name, is_of_layout) = self.history.undo(&mut self.map).map(Step::about)?;
        self.changed(is_of_layout);
        Some(name)
    }

    /// Makes the last undone step again and says what it was.
    pub fn redo(&mut self) -> Option<String> {
        let (name, is_of_layout) = self.history.redo(&mut self.map).map(Step::about)?;
        self.changed(is_of_layout);
        Some(name)
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

    fn changed(&mut self, is_of_layout: bool) {
        self.said_something_else |= !is_of_layout;
        self.positions = layout::positions(&self.map);
        self.revision += 1;
    }

    /// The bytes to write for the present state.
    ///
    /// # Errors
    /// When the opened bytes are no longer what they were; never in practice.
    pub fn to_bytes(&self) -> serde_json::Result<Vec<u8>> {
        let changed = if self.said_something_else { Changed::Anything } else { Changed::LayoutOnly };
        bytes_to_save(self.bytes.as_deref(), &self.map, changed)
    }

    /// Notes that `bytes`, the state named `state`, are now in the file at `path`.
    pub fn saved(&mut self, path: PathBuf, bytes: Arc<[u8]>, state: u64) {
        self.origin = Origin::File(path);
        self.bytes = Some(bytes);
        self.saved_state = state;
        self.said_something_else = false;
        self.is_read_only = false;
    }
}

fn on_grid(coordinate: f32) -> f64 {
    let limit = crate::model::COORDINATE_LIMIT;
    let coordinate = if coordinate.is_finite() { f64::from(coordinate).clamp(-limit, limit) } else { 0.0 };
    (coordinate * GRID_PER_UNIT).round() / GRID_PER_UNIT + 0.0
}
