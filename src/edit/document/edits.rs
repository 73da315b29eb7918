//! Commands, undo and redo.

use std::sync::Arc;

use super::Document;
use crate::edit::history::{Change, Entry, Event, StepName};
use crate::edit::{Command, plan};
use crate::geometry::Point;
use crate::layout;
use crate::model::query::Index;
use crate::model::{Element, Map, NoteId, PerActorSlice};

impl Document {
    /// Performs a command. A command that changes nothing adds no step.
    pub fn apply(&mut self, command: Command) {
        let is_content = !matches!(command, Command::SetView(..));
        if is_content && self.map.layout.is_empty() && !self.computed.is_empty() {
            self.apply_with_places(command);
            return;
        }
        let plan = plan::plan(&self.map, &self.index, command);
        if !plan.changes.is_empty() {
            self.make(plan.into());
        }
    }

    /// Like `apply`, for a map whose positions were all computed. The first edit also stores these
    /// positions in the layout, so that the actors stay where they were shown.
    fn apply_with_places(&mut self, command: Command) {
        let places = self.map.actors.iter().zip(self.positions.iter());
        let places = places.map(|(actor, at)| (actor.id.clone(), *at)).collect();
        let first = plan::plan(&self.map, &self.index, Command::Arrange(places));
        let mut map = Map::clone(&self.map);
        first.changes.iter().for_each(|change| change.put(&mut map, true));
        let mut plan = plan::plan(&map, &self.index, command);
        if !plan.changes.is_empty() {
            plan.changes.splice(0..0, first.changes);
            self.make(plan.into());
        }
    }

    /// Sets the positions at which actors without a placement are shown. This does not change the
    /// map.
    pub fn set_computed_positions(&mut self, positions: &PerActorSlice<Point>) {
        let placed = self.map.actors.iter().zip(positions);
        self.computed = placed.map(|(actor, at)| (actor.id.clone(), *at)).collect();
        self.positions = Arc::new(layout::positions_with_fallback(&self.map, &self.computed));
        self.version.change_places();
    }

    /// Applies an event to the map and records it in the history.
    pub(super) fn make(&mut self, event: Event) {
        self.history.apply(Arc::make_mut(&mut self.map), event.clone());
        self.changed(event);
    }

    /// Makes the next edit a separate step, even if it is in the same field.
    pub fn seal(&mut self) {
        self.history.seal();
    }

    /// Removes a note if it has no text. If the last step added it, that step is removed from the
    /// history, as if it had not been made. True if the note was removed.
    pub fn take_back_empty_note(&mut self, id: &NoteId) -> bool {
        if self.note(id).is_none_or(|note| !note.text.trim().is_empty()) {
            return false;
        }
        let added = |change: &Change| {
            matches!(change, Change::Note(Entry { before: None, after: Some(note), .. })
                if note.id == *id)
        };
        match self
            .history
            .take_back(Arc::make_mut(&mut self.map), |step| step.changes.last().is_some_and(added))
        {
            Some(step) => self.changed(step.as_undo_event()),
            None => self.apply(Command::Delete(vec![Element::Note(id.clone())])),
        }
        true
    }

    /// Undoes the last step and returns its name; `None` if there is none.
    pub fn undo(&mut self) -> Option<StepName> {
        let step = self.history.undo(Arc::make_mut(&mut self.map))?;
        let (name, event) = (step.name.clone(), step.as_undo_event());
        self.changed(event);
        Some(name)
    }

    /// Redoes the last undone step and returns its name; `None` if there is none.
    pub fn redo(&mut self) -> Option<StepName> {
        let step = self.history.redo(Arc::make_mut(&mut self.map))?;
        let (name, event) = (step.name.clone(), step.as_event());
        self.changed(event);
        Some(name)
    }

    /// Old and new ids of the elements that the last event renamed. Empty once `take_events` was
    /// called.
    #[must_use]
    pub fn renamed(&self) -> Vec<(Element, Element)> {
        let changes = self.events.last().map_or(&[] as &[Change], |event| &event.changes);
        let renamed = |change: &Change| match change {
            Change::Actor(Entry { before: Some(before), after: Some(after), .. })
                if before.id != after.id =>
            {
                Some((Element::Actor(before.id.clone()), Element::Actor(after.id.clone())))
            }
            Change::Relation(Entry { before: Some(before), after: Some(after), .. })
                if before.id != after.id =>
            {
                Some((Element::Relation(before.id.clone()), Element::Relation(after.id.clone())))
            }
            Change::Note(Entry { before: Some(before), after: Some(after), .. })
                if before.id != after.id =>
            {
                Some((Element::Note(before.id.clone()), Element::Note(after.id.clone())))
            }
            _ => None,
        };
        changes.iter().filter_map(renamed).collect()
    }

    /// Name of the step that undo would undo: `move 3 actors`.
    #[must_use]
    pub fn undo_name(&self) -> Option<&str> {
        self.history.undo_name()
    }

    /// Name of the step that redo would redo.
    #[must_use]
    pub fn redo_name(&self) -> Option<&str> {
        self.history.redo_name()
    }

    /// Updates everything that depends on the map, after `event` changed it.
    fn changed(&mut self, event: Event) {
        let has_places = event.changes.iter().any(|change| matches!(change, Change::Place { .. }));
        let keeps_form = event.changes.iter().all(Change::keeps_form);
        // Everything that depends on the view has it in its cache key.
        if !event.changes.iter().all(Change::is_look_only) {
            self.has_content_changed = true;
            if keeps_form {
                self.version.change_words();
            } else {
                self.index = Arc::new(Index::of(&self.map));
                self.version.change_content();
            }
        }
        if has_places {
            self.version.change_places();
        }
        if !self.is_unsaved() {
            // Back at the saved state, for example after undo.
            self.has_content_changed = false;
        }
        if !keeps_form || (has_places && !self.move_placed(&event)) {
            self.positions = Arc::new(layout::positions_with_fallback(&self.map, &self.computed));
        }
        self.events.push(event);
    }

    /// Updates the positions of the actors that `event` has moved; false if positions of others may
    /// depend on them.
    fn move_placed(&mut self, event: &Event) -> bool {
        if self.map.layout.len() < self.map.actors.len() || !self.computed.is_empty() {
            return false;
        }
        let positions = Arc::make_mut(&mut self.positions);
        for change in &event.changes {
            if let Change::Place { actor, after, .. } = change
                && let Some(at) = self.index.actor(actor).and_then(|at| positions.get_mut(at))
            {
                let Some(placement) = after else { return false };
                *at = layout::point_of(placement);
            }
        }
        true
    }
}
