//! The steps of a briefing: plans that change them, and what is captured from the screen.

use std::collections::BTreeSet;

use super::Selection;
use super::history::Change;
use super::ids::NewIds;
use super::planned::Plan;
use crate::model::query::{Index, element_of};
use crate::model::{ActorId, BriefingStep, Element, Map, RelationId, StepCamera, ViewSettings};

/// What is on the screen, from which a step is made.
#[derive(Clone, Copy)]
pub struct OnScreen<'a> {
    pub settings: &'a ViewSettings,
    pub selection: &'a Selection,
    /// The camera; `None` if the whole map is fitted to its page.
    pub camera: Option<StepCamera>,
}

/// The steps with a new one after the step at `after`, or at the end; also returns its place.
#[must_use]
pub fn with_new(
    map: &Map,
    ids: &NewIds<'_>,
    after: Option<usize>,
    screen: OnScreen<'_>,
) -> (Vec<BriefingStep>, usize) {
    let mut steps = map.steps.clone();
    let at = after.map_or(steps.len(), |after| (after + 1).min(steps.len()));
    let id = ids.step(map);
    steps.insert(at, captured(BriefingStep { id, ..BriefingStep::default() }, screen));
    (steps, at)
}

/// A step with what is on the screen; title and text stay.
#[must_use]
pub fn captured(step: BriefingStep, screen: OnScreen<'_>) -> BriefingStep {
    let focus = screen.selection.items().filter(|item| !matches!(item, Element::Note(_)));
    BriefingStep {
        view: screen.settings.clone(),
        focus: focus.map(|item| item.id().to_owned()).collect(),
        camera: screen.camera,
        ..step
    }
}

/// Replaces all steps.
pub(super) fn set(map: &Map, steps: Vec<BriefingStep>, words: &str) -> Plan {
    if steps == map.steps {
        return Plan::new(words, Vec::new());
    }
    let key = typed_in(&map.steps, &steps);
    let changes = vec![Change::Steps { before: map.steps.clone(), after: steps }];
    match key {
        Some(key) => Plan::merging(words.to_owned(), changes, key),
        None => Plan::new(words, changes),
    }
}

/// A key for the field that differs, if only the title or only the text of one step does.
fn typed_in(before: &[BriefingStep], after: &[BriefingStep]) -> Option<String> {
    if before.len() != after.len() {
        return None;
    }
    let mut changed = before.iter().zip(after).filter(|(before, after)| before != after);
    let (one, other) = changed.next()?;
    let title = BriefingStep { title: other.title.clone(), ..one.clone() } == *other;
    let text = BriefingStep { text: other.text.clone(), ..one.clone() } == *other;
    let field = if title { "title" } else { "text" };
    let is_typed = (title || text) && changed.next().is_none();
    is_typed.then(|| format!("step {} {field}", one.id))
}

/// The change after `change` was made to each step; `None` if it changes nothing.
pub(super) fn each(map: &Map, change: impl Fn(&mut BriefingStep)) -> Option<Change> {
    let mut after = map.steps.clone();
    after.iter_mut().for_each(change);
    (after != map.steps).then(|| Change::Steps { before: map.steps.clone(), after })
}

/// The change when elements are deleted: steps no longer mention them.
pub(super) fn without(
    map: &Map,
    index: &Index,
    is_deleted: impl Fn(&Element) -> bool,
) -> Option<Change> {
    if map.steps.is_empty() {
        return None;
    }
    let is_gone = |element: Element| is_deleted(&element);
    let ids = map.actors.iter().map(|actor| &actor.id);
    let actors: BTreeSet<&ActorId> =
        ids.filter(|id| is_gone(Element::Actor(ActorId::clone(id)))).collect();
    let ids = map.relations.iter().map(|tie| &tie.id);
    let ties: BTreeSet<&RelationId> =
        ids.filter(|id| is_gone(Element::Relation(RelationId::clone(id)))).collect();
    each(map, |step| {
        step.view.forget(&actors, &ties);
        step.focus.retain(|id| !element_of(index, id).is_some_and(is_gone));
    })
}
