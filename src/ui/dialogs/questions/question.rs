//! The questions that the program asks, and the answers to them.

use std::path::PathBuf;
use std::sync::Arc;

use crate::edit::merge::Merged;
use crate::edit::unsaved::Unsaved;
use crate::file::Opened;
use crate::file::exchange::ExchangeFormat;
use crate::file::source::SourceFile;
use crate::file::store::backup::Version;
use crate::model::problem::Subject;
use crate::model::{Problem, SourceId};
use crate::ui::dialogs::articles::Articles;
use crate::ui::dialogs::doubles::{Doubled, LikelyDouble};
use crate::ui::dialogs::files::Wanted;
use crate::ui::dialogs::recover::Decision;

/// The action that follows once unsaved changes are saved or discarded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Then {
    Close,
    New,
    Example,
    AskForFile,
    Open(PathBuf),
    /// Open the unsaved work of this journal.
    Recover(PathBuf),
    /// Open the map of the import window.
    Import,
}

/// The modal dialog that is open.
#[derive(Clone, Debug)]
pub enum Question {
    /// Save the changes first?
    Unsaved(Then),
    /// Another program changed the file at this path, and it is no longer a valid map.
    ChangedOnDisk(PathBuf),
    /// Another program wrote a different map to the file.
    Conflict(Box<Conflicting>),
    /// Saving failed, for this reason.
    NotSaved(String),
    /// Saving to this path takes unusually long.
    Stalled(PathBuf),
    /// Where should a text be kept: in the map, or in a separate file?
    KeepText {
        source: Option<SourceId>,
        path: PathBuf,
        file: Arc<SourceFile>,
        /// True if the text can be kept in a file in the map's folder.
        can_keep_in_folder: bool,
    },
    /// Earlier versions of the file, newest first.
    Versions(Vec<Version>),
    /// The typed path already exists. Replace that file?
    Overwrite(Wanted, PathBuf),
    /// The list of evidence of the picture at the first path, or the picture of a step, goes to the
    /// second path, which already exists. Replace that file?
    OverwriteEvidence(PathBuf, PathBuf),
    /// A field for a path, because the system has no file dialog.
    Path {
        wanted: Wanted,
        text: String,
    },
    /// An operation failed: a heading and the details.
    Failed {
        heading: String,
        details: Vec<String>,
    },
    /// Recover unsaved work after a crash?
    Recover(Vec<Unsaved>),
    /// Problems of the map.
    Problems(Vec<Problem>),
    /// The keyboard shortcuts.
    Keys,
    Export,
    /// Export as data in this format.
    Data(&'static ExchangeFormat),
    Import,
    /// Several articles that were read.
    Articles(Box<Articles>),
    /// Actors that may be the same.
    Doubles(Vec<LikelyDouble>),
    /// The window closes when this work has finished. Holds the label of the work.
    Working(&'static str),
}

/// A changed file, in conflict with the unsaved changes in this window.
#[derive(Clone, Debug)]
pub struct Conflicting {
    /// The map in the file.
    pub theirs: Opened,
    /// The merged map, or the problems that prevent a merge.
    pub merged: Result<Merged, Vec<String>>,
    /// For each conflict: true if the value in the file is taken.
    pub choices: Vec<bool>,
    /// True if a save led to this question. The answer then continues that save.
    pub is_saving: bool,
}

/// The answer to a question.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answer {
    Save,
    Discard,
    /// What to do with unsaved work.
    Unsaved(Decision),
    Overwrite,
    SaveElsewhere,
    Mine,
    Theirs,
    Merge,
    /// Keep the text in the map.
    Embed,
    /// Keep the text in a file in the map's folder.
    Beside,
    /// The typed path, or the path of an earlier version.
    Path(PathBuf),
    CancelWork,
    /// Add the articles.
    Add,
    /// What to do with two actors that may be the same.
    Doubled(Doubled),
    /// Show what a problem concerns.
    Show(Subject),
    Close,
}
