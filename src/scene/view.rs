//! How a map is looked at.

use std::sync::Arc;

use super::note_place::NotePlace;
use crate::model::opening::view_of;
use crate::model::{ActorIndex, Map, NoteIndex, PerActor, RelationIndex, ViewSettings};

/// The camp of each actor, counted from 0; `None` for an actor that is in no camp. `None` as a
/// whole if camps are not shown.
pub type Camps = Option<Arc<PerActor<Option<u16>>>>;

/// How a map is looked at. Never part of the map's content.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct View {
    /// The settings that are saved with the map. `settings.lines` is always given.
    pub settings: ViewSettings,
    /// The ties of a line that is expanded: each is drawn as a line of its own. Ascending.
    pub expanded: Vec<RelationIndex>,
    /// Actors that are drawn even if the filter leaves them no tie. Ascending.
    pub revealed: Vec<ActorIndex>,
    /// Given if shapes are tinted by camp.
    pub camps: Camps,
    /// True if lines with excerpts are numbered (see [`numbers`](super::shown::numbers)).
    pub numbers: bool,
    /// Notes that are being moved or resized, with where they are shown.
    pub moved_notes: Vec<(NoteIndex, NotePlace)>,
    /// The selection and what is faded around it.
    pub emphasis: Emphasis,
}

impl View {
    /// The view with which a map opens.
    #[must_use]
    pub fn of(map: &Map) -> Self {
        Self { settings: view_of(map), ..Self::default() }
    }

    /// The camp of an actor, counted from 0; `None` if it has none, or camps are not shown.
    #[must_use]
    pub fn camp(&self, actor: ActorIndex) -> Option<u16> {
        self.camps.as_ref()?.get(actor).copied().flatten()
    }

    /// The filter in words, such as `only hostile`; empty if it hides nothing.
    #[must_use]
    pub fn filter_words(&self, map: &Map) -> String {
        self.settings.filter.words(map, self.settings.outlook)
    }
}

/// Highlighting: the selection and its neighbourhood.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Emphasis {
    /// Selected actors.
    pub selected_actors: Vec<ActorIndex>,
    /// Selected relations.
    pub selected_relations: Vec<RelationIndex>,
    /// Selected notes.
    pub selected_notes: Vec<NoteIndex>,
    /// Actors that are not faded. If this and `bright_relations` are both empty, nothing is faded.
    pub bright_actors: Vec<ActorIndex>,
    /// Relations that are not faded.
    pub bright_relations: Vec<RelationIndex>,
}

impl Emphasis {
    /// True if nothing is faded.
    #[must_use]
    pub fn is_none(&self) -> bool {
        self.bright_actors.is_empty() && self.bright_relations.is_empty()
    }
}
