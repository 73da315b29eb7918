//! Unsaved work that an earlier run left behind, in the words of the window and the command line.

use std::path::{Path, PathBuf};
use std::time::{SystemTime, UNIX_EPOCH};

use serde::Deserialize;

use crate::file::store::journal::Orphan;
use crate::model::PartialDate;
use crate::model::words::{ago, counted};

const SECONDS_A_DAY: u64 = 86_400;

/// Unsaved work that an earlier run left behind.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unsaved {
    /// The journal of the work; identifies it.
    pub journal: PathBuf,
    /// The file name, or the title of a map that was never saved.
    pub name: String,
    /// The map file; `None` if the map was never saved.
    pub file: Option<PathBuf>,
    /// Number of changes. Typing in one field is one change.
    pub changes: usize,
    /// When the last change was made.
    pub written: Option<SystemTime>,
}

impl Unsaved {
    /// Describes a journal that was left behind.
    #[must_use]
    pub fn of(orphan: &Orphan) -> Self {
        let file = orphan.header.file.clone();
        let name = file.as_deref().and_then(Path::file_name);
        Self {
            journal: orphan.path.clone(),
            name: name.map_or_else(
                || orphan.header.title.clone(),
                |name| name.to_string_lossy().into_owned(),
            ),
            file,
            changes: changes(&orphan.events),
            written: orphan.written,
        }
    }

    /// The number of changes and their age: `5 changes, 5 days ago, 23 November 2026`.
    #[must_use]
    pub fn words(&self, now: SystemTime) -> String {
        let changes = counted(self.changes, "change");
        match self.written {
            None => changes,
            Some(written) => format!("{changes}, {}", when(written, now)),
        }
    }

    /// Where the map is: its path, or that it was never saved.
    #[must_use]
    pub fn place(&self) -> String {
        self.file
            .as_deref()
            .map_or_else(|| "not saved to a file yet".to_owned(), |file| file.display().to_string())
    }
}

/// A time in words: `2 minutes ago`, `5 days ago, 23 November 2026`. A time that is later than now,
/// because a clock was changed, is only a date. Dates are in UTC.
#[must_use]
pub fn when(written: SystemTime, now: SystemTime) -> String {
    let age = now.duration_since(written).ok().map(|age| age.as_secs());
    let date = || {
        let seconds = written.duration_since(UNIX_EPOCH).ok()?.as_secs();
        PartialDate::of_day(seconds / SECONDS_A_DAY).map(PartialDate::long_words)
    };
    match age {
        Some(age) if age < SECONDS_A_DAY => ago(age),
        Some(age) => {
            let date = date().map(|date| format!(", {date}")).unwrap_or_default();
            format!("{}{date}", ago(age))
        }
        None => date().unwrap_or_else(|| "at an unknown time".to_owned()),
    }
}

/// The merge key of an event of a journal.
#[derive(Deserialize)]
struct Key {
    #[serde(default)]
    merge_key: Option<String>,
}

/// The number of undo steps that these events become. Unreadable events end the journal.
fn changes(events: &[String]) -> usize {
    let keys = events.iter().map_while(|line| serde_json::from_str::<Key>(line).ok());
    let mut last = None;
    let mut count = 0;
    for Key { merge_key } in keys {
        let is_continued = merge_key.is_some() && last == Some(merge_key.clone());
        count += usize::from(!is_continued);
        last = Some(merge_key);
    }
    count
}
