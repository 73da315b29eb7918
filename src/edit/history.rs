//! What was done, as changes that can be turned round. Holds what changed, never copies of the map.

use crate::model::{ActorId, Layout, Map, Placement};

/// One change, with what was before and what is after.
#[derive(Clone, Debug, PartialEq)]
pub enum Change {
    /// Where an actor stands. `at` is its position among the placements of the file.
    Place { actor: ActorId, at: usize, before: Option<Placement>, after: Option<Placement> },
}

impl Change {
    /// True where only the `layout` part of the file changes.
    #[must_use]
    pub fn is_of_layout(&self) -> bool {
        match self {
            Self::Place { .. } => true,
        }
    }

    fn put(&self, map: &mut Map, forward: bool) {
        match self {
            Self::Place { actor, at, before, after } => {
                let placement = if forward { after } else { before };
                place(&mut map.layout, actor, *at, placement.as_ref());
            }
        }
    }
}

fn place(layout: &mut Layout, actor: &ActorId, at: usize, placement: Option<&Placement>) {
    match placement {
        Some(placement) => match layout.get_mut(actor) {
            Some(old) => *old = placement.clone(),
            None => {
                layout.shift_insert(at.min(layout.len()), actor.clone(), placement.clone());
            }
        },
        None => {
            layout.shift_remove(actor);
        }
    }
}

/// Changes that are undone and redone together, and what they are called: `move of 3 actors`.
#[derive(Clone, Debug, PartialEq)]
pub struct Step {
    pub name: String,
    pub changes: Vec<Change>,
    /// Names the state of the map after this step; never used twice in one document.
    pub(super) state: u64,
}

impl Step {
    /// The name, and whether only the `layout` part of the file changes.
    pub(super) fn about(&self) -> (String, bool) {
        (self.name.clone(), self.changes.iter().all(Change::is_of_layout))
    }
}

/// Steps that were done and steps that were undone.
#[derive(Clone, Debug, Default)]
pub struct History {
    done: Vec<Step>,
    undone: Vec<Step>,
    states: u64,
}

impl History {
    /// Names the present state: 0 as opened.
    #[must_use]
    pub fn state(&self) -> u64 {
        self.done.last().map_or(0, |step| step.state)
    }

    /// Makes the changes and remembers them; what was undone is forgotten.
    pub fn apply(&mut self, map: &mut Map, name: String, changes: Vec<Change>) {
        self.states += 1;
        for change in &changes {
            change.put(map, true);
        }
        self.undone.clear();
        self.done.push(Step { name, changes, state: self.states });
    }

    /// Takes the last step back.
    pub fn undo(&mut self, map: &mut Map) -> Option<&Step> {
        let step = self.done.pop()?;
        for change in step.changes.iter().rev() {
            change.put(map, false);
        }
        self.undone.push(step);
        self.undone.last()
    }

    /// Makes the step that was undone last again.
    pub fn redo(&mut self, map: &mut Map) -> Option<&Step> {
        let step = self.undone.pop()?;
        for change in &step.changes {
            change.put(map, true);
        }
        self.done.push(step);
        self.done.last()
    }

    /// What undo would take back.
    #[must_use]
    pub fn undo_name(&self) -> Option<&str> {
        self.done.last().map(|step| step.name.as_str())
    }

    /// What redo would make again.
    #[must_use]
    pub fn redo_name(&self) -> Option<&str> {
        self.undone.last().map(|step| step.name.as_str())
    }
}
