//! The inputs with which the application starts.

use std::collections::hash_map::RandomState;
use std::hash::{BuildHasher as _, Hasher as _};
use std::path::PathBuf;
use std::sync::Arc;

use ecow::EcoString;

use crate::file;
use crate::ui::dialogs::files::{Dialogs, SystemDialogs};
use crate::ui::settings::Settings;

/// The inputs with which the application starts.
pub struct Setup {
    /// The map to open; `None` opens the example.
    pub map: Option<PathBuf>,
    pub settings: Settings,
    pub dialogs: Arc<dyn Dialogs>,
    /// True to print a line to stderr for each frame.
    pub prints_frames: bool,
    /// Folder for journals and earlier versions; `None` keeps none.
    pub state: Option<PathBuf>,
    /// True to ask the desktop for its colour scheme and motion setting; otherwise the system theme
    /// is taken as light.
    pub asks_for_theme: bool,
    /// Part of every id that is generated in this window; see [`crate::edit::ids`].
    pub id_tag: EcoString,
}

impl Setup {
    /// The setup for normal use: the user's settings, system dialogs, and a random id tag.
    #[must_use]
    pub fn of_user(map: Option<PathBuf>, prints_frames: bool) -> Self {
        Self {
            map,
            settings: Settings::load(),
            dialogs: Arc::new(SystemDialogs::default()),
            prints_frames,
            state: file::state_folder(),
            asks_for_theme: true,
            id_tag: random_tag(),
        }
    }
}

/// Four random letters and digits (20 bits), so that two windows are unlikely to share a tag.
fn random_tag() -> EcoString {
    // Without l, o, 0 and 1, which are easily confused.
    const SIGNS: &[u8; 32] = b"abcdefghijkmnpqrstuvwxyz23456789";
    // The standard library seeds the keys of this hasher randomly in each process.
    let mut random = RandomState::new().build_hasher().finish();
    let mut sign = || {
        let sign = SIGNS.iter().cycle().nth(usize::try_from(random % 32).unwrap_or(0));
        random /= 32;
        sign.copied().map_or('a', char::from)
    };
    (0..4).map(|_| sign()).collect()
}
