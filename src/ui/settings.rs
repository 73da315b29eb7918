//! User settings kept between runs: theme, window, open panels, recent files. Written whenever they
//! change.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Deserializer, Serialize};

use super::panels::id::PanelId;
use crate::file::store::atomic::write_atomically;
use crate::file::tables::presets::Preset;

/// Maximum number of recent files.
const RECENT_AT_MOST: usize = 12;

/// The theme that the user chose.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum ThemeChoice {
    /// Follows the desktop.
    #[default]
    System,
    Light,
    Dark,
}

/// The settings. Unknown or invalid values are replaced by defaults; they never cause an error.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Settings {
    pub theme: ThemeChoice,
    /// Inner size (width, height) in points.
    pub window: [f32; 2],
    pub is_maximized: bool,
    /// The open panels, among those that can be closed.
    #[serde(deserialize_with = "names")]
    open: BTreeSet<String>,
    /// True if dragged actors align with other actors.
    pub snaps_to_lines: bool,
    /// True if dragged actors snap to the grid.
    pub snaps_to_grid: bool,
    /// Recently opened or saved files, newest first.
    pub recent: Vec<PathBuf>,
    /// How tables are read, by names that the user gave; the last one first.
    #[serde(deserialize_with = "presets")]
    pub presets: Vec<Preset>,
    /// The settings file; `None` if settings are not saved.
    #[serde(skip)]
    file: Option<PathBuf>,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            theme: ThemeChoice::default(),
            window: [1440.0, 900.0],
            is_maximized: false,
            open: BTreeSet::new(),
            snaps_to_lines: true,
            snaps_to_grid: false,
            recent: Vec::new(),
            presets: Vec::new(),
            file: None,
        }
    }
}

impl Settings {
    /// Loads the settings of the current user.
    #[must_use]
    pub fn load() -> Self {
        let folders = directories::ProjectDirs::from("", "", "allegiance");
        let file = folders.map(|folders| folders.config_dir().join("settings.json"));
        file.map(|file| Self::load_from(&file)).unwrap_or_default()
    }

    /// Loads the settings from `file`. Returns the defaults if it is missing or invalid.
    #[must_use]
    pub fn load_from(file: &Path) -> Self {
        let read = std::fs::read(file).ok().and_then(|bytes| serde_json::from_slice(&bytes).ok());
        let mut settings: Self = read.unwrap_or_default();
        let is_usable = settings.window.iter().all(|side| (200.0..=20_000.0).contains(side));
        if !is_usable {
            settings.window = Self::default().window;
        }
        settings.recent.truncate(RECENT_AT_MOST);
        // The window always starts with the map, not with the table.
        settings.set_open(PanelId::TABLE, false);
        settings.file = Some(file.to_owned());
        settings
    }

    /// True if the panel is open.
    #[must_use]
    pub fn is_open(&self, panel: PanelId) -> bool {
        self.open.contains(panel.0)
    }

    /// Opens or closes a panel.
    pub fn set_open(&mut self, panel: PanelId, is_open: bool) {
        if is_open {
            self.open.insert(panel.0.to_owned());
        } else {
            self.open.remove(panel.0);
        }
    }

    /// Puts `path` first in the recent files and saves the settings.
    pub fn remember(&mut self, path: &Path) {
        let path = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
        self.recent.retain(|other| *other != path);
        self.recent.insert(0, path);
        self.recent.truncate(RECENT_AT_MOST);
        self.store();
    }

    /// Writes the settings file. A failure is only logged.
    pub fn store(&self) {
        let Some(file) = &self.file else { return };
        let Ok(bytes) = serde_json::to_vec_pretty(self) else { return };
        if let Some(folder) = file.parent()
            && let Err(error) = std::fs::create_dir_all(folder)
        {
            log::warn!("the settings could not be saved: {error}");
            return;
        }
        if let Err(error) = write_atomically(file, &bytes) {
            log::warn!("the settings could not be saved: {error}");
        }
    }
}

/// Presets that cannot be read are left out.
fn presets<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<Preset>, D::Error> {
    let presets = Vec::<serde_json::Value>::deserialize(deserializer)?;
    Ok(presets.into_iter().filter_map(|preset| serde_json::from_value(preset).ok()).collect())
}

/// Reads panel names; values that are not text are skipped.
fn names<'de, D: Deserializer<'de>>(deserializer: D) -> Result<BTreeSet<String>, D::Error> {
    let names = Vec::<serde_json::Value>::deserialize(deserializer)?;
    Ok(names.into_iter().filter_map(|name| serde_json::from_value(name).ok()).collect())
}
