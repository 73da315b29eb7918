//! The document and its file: unsaved changes, the journal, saves, and versions that other programs
//! wrote.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::{Document, Origin};
use crate::edit::difference::difference;
use crate::edit::history::{Change, Event, StepName};
use crate::file::store::atomic::{Changed, bytes_to_save};
use crate::file::store::journal::{Base, Header};
use crate::file::{self, Bytes, OpenError, Opened};
use crate::model::Map;

/// What is to be written for one state of a document.
pub struct ToWrite {
    map: Arc<Map>,
    /// The bytes of the file when it was last read or written.
    on_disk: Option<Bytes>,
    /// What changed since; `None` if nothing did.
    changed: Option<Changed>,
}

impl ToWrite {
    /// The bytes to write.
    ///
    /// # Errors
    /// If layout and view cannot be patched into the opened bytes, or serde fails; never in
    /// practice.
    pub fn bytes(&self) -> serde_json::Result<Bytes> {
        match (&self.on_disk, self.changed) {
            (Some(bytes), None) => Ok(Bytes::clone(bytes)),
            (on_disk, changed) => {
                let on_disk = on_disk.as_deref().map(Vec::as_slice);
                let changed = changed.unwrap_or(Changed::LookOnly);
                Ok(Arc::new(bytes_to_save(on_disk, &self.map, changed)?))
            }
        }
    }
}

impl Document {
    /// Restores a document from a journal: its base map, and all events before the first unreadable
    /// one. The events count as unsaved changes.
    ///
    /// # Errors
    /// If the base map cannot be parsed. It was valid when the journal was started.
    pub fn recovered(header: &Header, events: &[String]) -> Result<Self, OpenError> {
        let origin = header.file.clone().map_or(Origin::New, Origin::File);
        let mut document = match &header.base {
            None => Self::empty(),
            Some(base) => Self::opened(file::parse(&base.0)?, origin),
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
        let base = self.bytes.clone().map(Base);
        Header { file: self.path().map(Path::to_owned), title: self.title(), base }
    }

    /// Takes the events since the last call, for the journal.
    pub fn take_events(&mut self) -> Vec<Event> {
        std::mem::take(&mut self.events)
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
        self.has_content_changed = !left.iter().all(Change::is_look_only);
        self.bytes = theirs.native_bytes().cloned();
        self.warnings = theirs.warnings.into();
        self.history.seal();
    }

    /// Marks the whole map as unsaved, because the file was deleted.
    pub fn mark_file_deleted(&mut self) {
        self.saved_state = self.history.fresh_state();
        self.events.push(Event::new(StepName::edit("keep the lost file"), Vec::new()));
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
    /// If layout and view cannot be patched into the opened bytes, or serde fails; never in
    /// practice.
    pub fn to_bytes(&self) -> serde_json::Result<Vec<u8>> {
        self.to_write().bytes().map(Arc::unwrap_or_clone)
    }

    /// What is to be written for the current state, for a worker thread.
    #[must_use]
    pub fn to_write(&self) -> ToWrite {
        let changed = match (self.is_unsaved(), self.has_content_changed) {
            (false, _) => None,
            (true, false) => Some(Changed::LookOnly),
            (true, true) => Some(Changed::Anything),
        };
        ToWrite { map: Arc::clone(&self.map), on_disk: self.bytes.clone(), changed }
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
