//! What the program remembers between runs: theme, window, recent files. Written when it changes.

use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::file::store::atomic::write_atomically;

const RECENT_AT_MOST: usize = 12;

/// The theme, as chosen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum ThemeChoice {
    #[default]
    System,
    Light,
    Dark,
}

/// The settings. Unknown or broken ones are left at their defaults: they are never worth an error.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default)]
#[expect(clippy::struct_excessive_bools, reason = "independent choices")]
pub struct Settings {
    pub theme: ThemeChoice,
    /// Inner size in points.
    pub window: [f32; 2],
    pub is_maximized: bool,
    pub is_list_open: bool,
    /// The source's text is shown below the evidence.
    pub is_reader_open: bool,
    /// A dragged actor snaps to the lines of others.
    pub snaps_to_lines: bool,
    pub snaps_to_grid: bool,
    /// The newest first.
    pub recent: Vec<PathBuf>,
    /// Where they are kept; `None` keeps them nowhere.
    #[serde(skip)]
    file: Option<PathBuf>,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            theme: ThemeChoice::default(),
            window: [1440.0, 900.0],
            is_maximized: false,
            is_list_open: false,
            is_reader_open: false,
            snaps_to_lines: true,
            snaps_to_grid: false,
            recent: Vec::new(),
            file: None,
        }
    }
}

impl Settings {
    /// The settings of this user.
    #[must_use]
    pub fn load() -> Self {
        let folders = directories::ProjectDirs::from("", "", "allegiance");
        let file = folders.map(|folders| folders.config_dir().join("settings.json"));
        file.map(|file| Self::load_from(&file)).unwrap_or_default()
    }

    /// The settings in `file`, which need not exist.
    #[must_use]
    pub fn load_from(file: &Path) -> Self {
        let read = std::fs::read(file).ok().and_then(|bytes| serde_json::from_slice(&bytes).ok());
        let mut settings: Self = read.unwrap_or_default();
        let is_usable = settings.window.iter().all(|side| (200.0..=20_000.0).contains(side));
        if !is_usable {
            settings.window = Self::default().window;
        }
        settings.recent.truncate(RECENT_AT_MOST);
        settings.file = Some(file.to_owned());
        settings
    }

    /// Puts `path` in front of the recent files.
    pub fn remember(&mut self, path: &Path) {
        let path = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
        self.recent.retain(|other| *other != path);
        self.recent.insert(0, path);
        self.recent.truncate(RECENT_AT_MOST);
        self.store();
    }

    /// Writes the settings; a failure costs only the memory of them.
    pub fn store(&self) {
        let Some(file) = &self.file else { return };
        let Ok(bytes) = serde_json::to_vec_pretty(self) else { return };
        if let Some(folder) = file.parent()
            && let Err(error) = std::fs::create_dir_all(folder)
        {
            log::warn!("settings are not kept: {error}");
            return;
        }
        if let Err(error) = write_atomically(file, &bytes) {
            log::warn!("settings are not kept: {error}");
        }
    }
}
