//! What the window starts with.

use std::collections::hash_map::RandomState;
use std::hash::{BuildHasher as _, Hasher as _};
use std::path::PathBuf;
use std::sync::Arc;

use ecow::EcoString;

use crate::file;
use crate::ui::dialogs::files::{Dialogs, SystemDialogs};
use crate::ui::settings::Settings;

/// What the window starts with.
pub struct Setup {
    /// `None` opens the example.
    pub map: Option<PathBuf>,
    pub settings: Settings,
    pub dialogs: Arc<dyn Dialogs>,
    /// Print a line for each frame drawn.
    pub prints_frames: bool,
    /// Where autosave journals and earlier versions are kept; `None` keeps none.
    pub state: Option<PathBuf>,
    /// Ask the desktop whether it is dark; else light is taken for the system's theme.
    pub asks_for_theme: bool,
    /// Part of every id that is made in this window; see [`crate::edit::ids`].
    pub id_tag: EcoString,
}

impl Setup {
    /// The user's own settings and the system's dialogs.
    #[must_use]
    pub fn of_user(map: Option<PathBuf>, prints_frames: bool) -> Self {
        Self {
            map,
            settings: Settings::load(),
            dialogs: Arc::new(SystemDialogs),
            prints_frames,
            state: file::state_folder(),
            asks_for_theme: true,
            id_tag: random_tag(),
        }
    }
}

/// Four letters and digits that another window will hardly have.
fn random_tag() -> EcoString {
    const SIGNS: &[u8; 32] = b"abcdefghijkmnpqrstuvwxyz23456789";
    // The keys of the standard library's hasher are random in each process.
    let mut random = RandomState::new().build_hasher().finish();
    let mut sign = || {
        let sign = SIGNS.iter().cycle().nth(usize::try_from(random % 32).unwrap_or(0));
        random /= 32;
        sign.copied().map_or('a', char::from)
    };
    (0..4).map(|_| sign()).collect()
}
