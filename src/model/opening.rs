//! The view with which a map opens.

use super::view::LineMode;
use super::{ActorId, Map, ViewSettings};

/// The settings with which a map opens: those of the file, with the usual lines if it names none.
#[must_use]
pub fn view_of(map: &Map) -> ViewSettings {
    let mut settings = map.view.as_deref().cloned().unwrap_or_default();
    settings.lines.get_or_insert_with(|| usual_lines(map));
    settings
}

/// The lines of a map that names none: `Stances` if more than two ties join any two actors, else
/// `Ties`.
#[must_use]
pub fn usual_lines(map: &Map) -> LineMode {
    let mut counts: foldhash::HashMap<(&ActorId, &ActorId), u8> = foldhash::HashMap::default();
    for tie in &map.relations {
        let ends = ((&tie.from).min(&tie.to), (&tie.from).max(&tie.to));
        let count = counts.entry(ends).or_default();
        *count = count.saturating_add(1);
        if *count > 2 {
            return LineMode::Stances;
        }
    }
    LineMode::Ties
}
