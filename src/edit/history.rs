//! The undo history: reversible changes. It stores only what changed, never copies of the map.

use serde::{Deserialize, Serialize};
use typed_index_collections::TiVec;

use crate::model::{
    Actor, ActorId, ActorIndex, BriefingStep, Evidence, Extra, Layout, Map, Meta, Note, NoteIndex,
    Placement, Relation, RelationIndex, Source, SourceIndex, ViewSettings,
};

/// One change, with the values before and after it. `at` is an index in the list in the file.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Change {
    /// The placement of an actor; `None` if it has none.
    Place {
        actor: ActorId,
        at: usize,
        before: Option<Placement>,
        after: Option<Placement>,
    },
    Actor(Entry<ActorIndex, Actor>),
    Relation(Entry<RelationIndex, Relation>),
    Source(Entry<SourceIndex, Source>),
    Note(Entry<NoteIndex, Note>),
    /// The excerpts that are not assigned yet.
    Unassigned {
        before: Vec<Evidence>,
        after: Vec<Evidence>,
    },
    /// The steps of the briefing.
    Steps {
        before: Vec<BriefingStep>,
        after: Vec<BriefingStep>,
    },
    Meta {
        before: Box<Meta>,
        after: Box<Meta>,
    },
    /// How the map is looked at; `None` if the file does not say.
    View {
        before: Option<Box<ViewSettings>>,
        after: Option<Box<ViewSettings>>,
    },
    /// Unknown keys at the top level of the file.
    Extra {
        before: Extra,
        after: Extra,
    },
}

/// A list element that is added (`before` is `None`), removed (`after` is `None`) or replaced.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Entry<K, T> {
    /// Index in the list.
    pub at: K,
    pub before: Option<Box<T>>,
    pub after: Option<Box<T>>,
}

impl<K, T> Entry<K, T> {
    /// A new element at index `at`.
    pub fn added(at: K, after: T) -> Self {
        Self { at, before: None, after: Some(Box::new(after)) }
    }

    /// Removal of the element at index `at`.
    pub fn removed(at: K, before: T) -> Self {
        Self { at, before: Some(Box::new(before)), after: None }
    }

    /// Replacement of the element at index `at`.
    pub fn replaced(at: K, before: T, after: T) -> Self {
        Self { at, before: Some(Box::new(before)), after: Some(Box::new(after)) }
    }
}

impl<K: Copy + Ord + From<usize> + Into<usize>, T: Clone> Entry<K, T> {
    fn inverted(&self) -> Self {
        Self { at: self.at, before: self.after.clone(), after: self.before.clone() }
    }

    /// Merges `next` into this entry if `next` replaces the same element. True if it was merged.
    fn absorb(&mut self, next: &Self) -> bool {
        let is_continuation = self.at == next.at
            && self.after.is_some()
            && next.before.is_some()
            && next.after.is_some();
        if is_continuation {
            self.after.clone_from(&next.after);
        }
        is_continuation
    }

    /// Applies the entry to `list`, or reverts it if `forward` is false.
    fn put(&self, list: &mut TiVec<K, T>, forward: bool) {
        let (from, to) =
            if forward { (&self.before, &self.after) } else { (&self.after, &self.before) };
        match (from, to) {
            (None, Some(to)) => list.insert(self.at.min(list.next_key()), T::clone(to)),
            (Some(_), Some(to)) => {
                if let Some(element) = list.get_mut(self.at) {
                    *element = T::clone(to);
                }
            }
            (Some(_), None) if self.at < list.next_key() => drop(list.remove(self.at)),
            _ => {}
        }
    }
}

impl Change {
    /// True if only the `layout` or the `view` section of the file changes.
    #[must_use]
    pub fn is_look_only(&self) -> bool {
        matches!(self, Self::Place { .. } | Self::View { .. })
    }

    /// True if only the `view` section of the file changes.
    #[must_use]
    pub fn is_view_only(&self) -> bool {
        matches!(self, Self::View { .. })
    }

    /// True if neither the elements of the map, nor their kinds and ties change, but only words,
    /// positions or the view.
    #[must_use]
    pub fn keeps_form(&self) -> bool {
        match self {
            Self::Actor(Entry { before: Some(before), after: Some(after), .. }) => {
                before.is_reworded(after)
            }
            Self::Relation(Entry { before: Some(before), after: Some(after), .. }) => {
                before.is_reworded(after)
            }
            Self::Source(Entry { before: Some(before), after: Some(after), .. }) => {
                before.id == after.id
            }
            Self::Note(Entry { before: Some(before), after: Some(after), .. }) => {
                before.id == after.id
            }
            Self::Actor(_) | Self::Relation(_) | Self::Source(_) | Self::Note(_) => false,
            Self::Place { .. }
            | Self::Meta { .. }
            | Self::View { .. }
            | Self::Unassigned { .. }
            | Self::Steps { .. }
            | Self::Extra { .. } => true,
        }
    }

    /// The change that reverts this one.
    fn inverted(&self) -> Self {
        match self {
            Self::Place { actor, at, before, after } => Self::Place {
                actor: actor.clone(),
                at: *at,
                before: after.clone(),
                after: before.clone(),
            },
            Self::Actor(entry) => Self::Actor(entry.inverted()),
            Self::Relation(entry) => Self::Relation(entry.inverted()),
            Self::Source(entry) => Self::Source(entry.inverted()),
            Self::Note(entry) => Self::Note(entry.inverted()),
            Self::View { before, after } => {
                Self::View { before: after.clone(), after: before.clone() }
            }
            Self::Meta { before, after } => {
                Self::Meta { before: after.clone(), after: before.clone() }
            }
            Self::Extra { before, after } => {
                Self::Extra { before: after.clone(), after: before.clone() }
            }
            Self::Unassigned { before, after } => {
                Self::Unassigned { before: after.clone(), after: before.clone() }
            }
            Self::Steps { before, after } => {
                Self::Steps { before: after.clone(), after: before.clone() }
            }
        }
    }

    /// Applies the change to `map`, or reverts it if `forward` is false.
    pub(super) fn put(&self, map: &mut Map, forward: bool) {
        match self {
            Self::Place { actor, at, before, after } => {
                let placement = if forward { after } else { before };
                place(&mut map.layout, actor, *at, placement.as_ref());
            }
            Self::Actor(entry) => entry.put(&mut map.actors, forward),
            Self::Relation(entry) => entry.put(&mut map.relations, forward),
            Self::Source(entry) => entry.put(&mut map.sources, forward),
            Self::Note(entry) => entry.put(&mut map.notes, forward),
            Self::View { before, after } => {
                map.view.clone_from(if forward { after } else { before });
            }
            Self::Meta { before, after } => {
                map.meta = Meta::clone(if forward { after } else { before });
            }
            Self::Extra { before, after } => {
                map.extra.clone_from(if forward { after } else { before });
            }
            Self::Steps { before, after } => {
                map.steps.clone_from(if forward { after } else { before });
            }
            Self::Unassigned { before, after } => {
                map.unassigned.clone_from(if forward { after } else { before });
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

/// The name and the kind of a step.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StepName {
    /// Text for the menu and the status bar: `move 3 actors`. No code depends on it.
    #[serde(rename = "name")]
    pub words: String,
    #[serde(default)]
    pub kind: StepKind,
}

/// What the window has to do after a step, apart from redrawing the map.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum StepKind {
    /// An ordinary edit: nothing more to do.
    #[default]
    Edit,
    /// An automatic layout: fit the view to the map.
    Arrangement,
}

impl StepName {
    /// The name of an ordinary edit.
    #[must_use]
    pub fn edit(words: impl Into<String>) -> Self {
        Self { words: words.into(), kind: StepKind::Edit }
    }
}

/// An edit as recorded in the journal. An undo is recorded as the changes it made.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Event {
    #[serde(flatten)]
    pub name: StepName,
    /// The changes, in the order in which to apply them.
    pub changes: Vec<Change>,
    /// Consecutive events with the same key become one step; for typing in one field.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub merge_key: Option<String>,
}

impl Event {
    /// An event that becomes a separate step.
    #[must_use]
    pub fn new(name: StepName, changes: Vec<Change>) -> Self {
        Self { name, changes, merge_key: None }
    }
}

/// Changes that are undone and redone together.
#[derive(Clone, Debug, PartialEq)]
pub struct Step {
    pub name: StepName,
    pub changes: Vec<Change>,
    /// Consecutive steps with the same key become one; for typing in one field.
    pub(super) merge_key: Option<String>,
    /// Id of the state of the map after this step; unique within the document.
    pub(super) state: u64,
}

impl Step {
    /// The event to record when this step is redone.
    pub(super) fn as_event(&self) -> Event {
        Event::new(self.name.clone(), self.changes.clone())
    }

    /// The event to record when this step is undone.
    pub(super) fn as_undo_event(&self) -> Event {
        let changes = self.changes.iter().rev().map(Change::inverted).collect();
        let words = format!("undo: {}", self.name.words);
        Event::new(StepName { words, kind: self.name.kind }, changes)
    }

    /// Appends later changes. A change to the same element as the last one is merged into it.
    fn absorb(&mut self, later: Vec<Change>) {
        for change in later {
            let is_taken = match (self.changes.last_mut(), &change) {
                (Some(Change::Actor(mine)), Change::Actor(next)) => mine.absorb(next),
                (Some(Change::Relation(mine)), Change::Relation(next)) => mine.absorb(next),
                (Some(Change::Source(mine)), Change::Source(next)) => mine.absorb(next),
                (Some(Change::Note(mine)), Change::Note(next)) => mine.absorb(next),
                (Some(Change::View { after, .. }), Change::View { after: next, .. }) => {
                    after.clone_from(next);
                    true
                }
                (Some(Change::Steps { after, .. }), Change::Steps { after: next, .. }) => {
                    after.clone_from(next);
                    true
                }
                (Some(Change::Meta { after, .. }), Change::Meta { after: next, .. }) => {
                    after.clone_from(next);
                    true
                }
                _ => false,
            };
            if !is_taken {
                self.changes.push(change);
            }
        }
    }
}

/// The undo and redo stacks.
#[derive(Clone, Debug, Default)]
pub struct History {
    done: Vec<Step>,
    undone: Vec<Step>,
    /// The last state id that was given out.
    states: u64,
}

impl History {
    /// Id of the current state; 0 as opened.
    #[must_use]
    pub fn state(&self) -> u64 {
        self.done.last().map_or(0, |step| step.state)
    }

    /// A new state id that equals no other.
    pub fn fresh_state(&mut self) -> u64 {
        self.states += 1;
        self.states
    }

    /// Applies an event to `map`, records it and clears the redo stack. An event with the merge key
    /// of the last step is merged into that step.
    pub fn apply(&mut self, map: &mut Map, event: Event) {
        let Event { name, changes, merge_key } = event;
        let state = self.fresh_state();
        for change in &changes {
            change.put(map, true);
        }
        self.undone.clear();
        let is_same = |last: &&mut Step| merge_key.is_some() && last.merge_key == merge_key;
        match self.done.last_mut().filter(is_same) {
            Some(last) => {
                last.absorb(changes);
                last.state = state;
            }
            None => self.done.push(Step { name, changes, merge_key, state }),
        }
    }

    /// Prevents the next event from being merged into the last step.
    pub fn seal(&mut self) {
        if let Some(last) = self.done.last_mut() {
            last.merge_key = None;
        }
    }

    /// Undoes the last step and returns it; `None` if there is none.
    pub fn undo(&mut self, map: &mut Map) -> Option<&Step> {
        let step = self.done.pop()?;
        for change in step.changes.iter().rev() {
            change.put(map, false);
        }
        self.undone.push(step);
        self.seal();
        self.undone.last()
    }

    /// Undoes the last step if `is_unwanted`, and forgets it. Returns it if it was undone.
    pub fn take_back(
        &mut self,
        map: &mut Map,
        is_unwanted: impl Fn(&Step) -> bool,
    ) -> Option<Step> {
        self.done.last().filter(|step| is_unwanted(step))?;
        self.undo(map)?;
        self.undone.pop()
    }

    /// Redoes the step that was undone last and returns it; `None` if there is none.
    pub fn redo(&mut self, map: &mut Map) -> Option<&Step> {
        let step = self.undone.pop()?;
        for change in &step.changes {
            change.put(map, true);
        }
        self.done.push(Step { merge_key: None, ..step });
        self.done.last()
    }

    /// Name of the step that undo would undo.
    #[must_use]
    pub fn undo_name(&self) -> Option<&str> {
        self.done.last().map(|step| step.name.words.as_str())
    }

    /// Name of the step that redo would redo.
    #[must_use]
    pub fn redo_name(&self) -> Option<&str> {
        self.undone.last().map(|step| step.name.words.as_str())
    }
}
