//! Keyboard input on the map: moving from actor to actor, to notes and along lines, nudging the
//! selection.

use egui::{self, Key, Modifiers, Response, Ui};

use super::elements::{actor_at, note_at, ties_of};
use super::notes::{edit_selected_note, moving, selected_actors, selected_notes};
use super::state::Canvas;
use crate::edit::{Selection, neighbours};
use crate::geometry::{Point, point};
use crate::model::{ActorIndex, Element, LineIndex, Note, NoteIndex};
use crate::scene::note_place::NotePlace;
use crate::ui::requests::{Request, Requests};
use crate::ui::workspace::Workspace;

/// Height of a row for the reading order of actors, in pixels at 100 %.
const READING_ROW_PX: f32 = 60.0;

impl Canvas {
    /// Handles the keys that only the map uses: Tab, arrows and brackets.
    pub(super) fn keys(
        &mut self,
        ui: &Ui,
        workspace: &Workspace<'_>,
        response: &Response,
        out: &mut Requests,
    ) {
        if response.clicked() || response.drag_started() {
            response.request_focus();
            self.is_focus_shown = false;
        }
        if !response.has_focus() || egui::Popup::is_any_open(ui.ctx()) {
            return;
        }
        let filter = egui::EventFilter {
            tab: true,
            horizontal_arrows: true,
            vertical_arrows: true,
            escape: true,
        };
        ui.memory_mut(|memory| memory.set_focus_lock_filter(response.id, filter));
        let pressed = |modifiers: Modifiers, key: Key| {
            ui.input_mut(|input| input.consume_key(modifiers, key))
        };
        let mut step = |forward: bool| {
            let row = READING_ROW_PX * self.unit;
            if let Some(item) = next_element(workspace, row, forward) {
                out.push(self.select_and_show(workspace, item));
            }
        };
        if pressed(Modifiers::SHIFT, Key::Tab) {
            step(false);
        } else if pressed(Modifiers::NONE, Key::Tab) {
            step(true);
        }
        if pressed(Modifiers::NONE, Key::E) {
            edit_selected_note(workspace, out);
        }
        for (key, forward) in [(Key::OpenBracket, false), (Key::CloseBracket, true)] {
            if pressed(Modifiers::NONE, key)
                && let Some(line) = next_line(workspace, forward)
            {
                out.push(Request::Select(ties_of(workspace, line)));
            }
        }
        for (key, way) in [
            (Key::ArrowLeft, point(-1.0, 0.0)),
            (Key::ArrowRight, point(1.0, 0.0)),
            (Key::ArrowUp, point(0.0, -1.0)),
            (Key::ArrowDown, point(0.0, 1.0)),
        ] {
            let towards = |from| neighbours::nearest_towards(&places(workspace), from, way);
            let that_way = || {
                current_actor(workspace)
                    .and_then(towards)
                    .and_then(|actor| actor_at(workspace, actor))
            };
            if pressed(Modifiers::ALT.plus(Modifiers::SHIFT), key) {
                if let Some(item) = that_way().filter(|item| !workspace.selection.contains(item)) {
                    let mut selection = workspace.selection.clone();
                    selection.toggle(item);
                    out.push(Request::Select(selection));
                }
            } else if pressed(Modifiers::ALT, key) {
                if let Some(item) = that_way() {
                    out.push(self.select_and_show(workspace, item));
                }
            } else {
                // A slow frame may contain several presses of the same key.
                let far = ui.input_mut(|input| input.count_and_consume_key(Modifiers::SHIFT, key));
                let near = ui.input_mut(|input| input.count_and_consume_key(Modifiers::NONE, key));
                let steps = u16::try_from(far * 10 + near).unwrap_or(u16::MAX);
                if steps > 0 {
                    self.nudge(workspace, way * f32::from(steps), out);
                }
            }
        }
    }

    fn select_and_show(&mut self, workspace: &Workspace<'_>, item: Element) -> Request {
        let document = workspace.document;
        let at = match &item {
            Element::Actor(id) => document.position(id),
            Element::Relation(_) => None,
            Element::Note(id) => document.note(id).map(|note| NotePlace::of(note).middle),
        };
        if let Some(at) = at {
            self.focus(at);
        }
        Request::Select(Selection::of(item))
    }

    /// Moves the selected actors and notes by `way` map units, or pans the view if there are none.
    fn nudge(&mut self, workspace: &Workspace<'_>, way: Point, out: &mut Requests) {
        let mut actors = selected_actors(workspace);
        let mut notes = selected_notes(workspace);
        if actors.is_empty() && notes.is_empty() {
            self.pan(egui::vec2(way.x, way.y) * 40.0);
            return;
        }
        for (_, at) in &mut actors {
            *at = *at + way;
        }
        for (_, at) in &mut notes {
            *at = *at + way;
        }
        out.edit(moving(workspace, actors, notes));
    }
}

/// The actor or note after or before the current one in reading order.
fn next_element(workspace: &Workspace<'_>, row: f32, forward: bool) -> Option<Element> {
    let (document, notes) = (workspace.document, &workspace.document.map().notes);
    let actors = places(workspace).into_iter().map(|(actor, at)| (Stop::Actor(actor), at));
    let middle = |(note, one): (NoteIndex, &Note)| (Stop::Note(note), NotePlace::of(one).middle);
    let stops: Vec<(Stop, Point)> = actors.chain(notes.iter_enumerated().map(middle)).collect();
    let current = match workspace.selection.lead() {
        Some(Element::Note(id)) => document.index().note(id).map(Stop::Note),
        _ => current_actor(workspace).map(Stop::Actor),
    };
    match neighbours::next_in_reading_order(&stops, current, row, forward)? {
        Stop::Actor(actor) => actor_at(workspace, actor),
        Stop::Note(note) => note_at(workspace, note),
    }
}

/// What Tab leads to.
#[derive(Clone, Copy, PartialEq)]
enum Stop {
    Actor(ActorIndex),
    Note(NoteIndex),
}

/// The drawn actors with their positions.
fn places(workspace: &Workspace<'_>) -> Vec<(ActorIndex, Point)> {
    let positions = workspace.document.positions();
    let place = |actor| Some((actor, *positions.get(actor)?));
    workspace.shown.actors().filter_map(place).collect()
}

/// The actor from which keyboard navigation continues: the one selected last, or the
/// first end of the tie selected last.
fn current_actor(workspace: &Workspace<'_>) -> Option<ActorIndex> {
    let index = workspace.document.index();
    let actor = match workspace.selection.lead()? {
        Element::Actor(id) => index.actor(id)?,
        Element::Relation(id) => index.ends(index.relation(id)?)?.0,
        Element::Note(_) => return None,
    };
    workspace.shown.drawn_for(actor)
}

/// The next or previous line of the first end of the selected line. If an actor is selected, its
/// first or last line.
fn next_line(workspace: &Workspace<'_>, forward: bool) -> Option<LineIndex> {
    let index = workspace.document.index();
    let lines = workspace.shown.lines();
    let (actor, current) = match workspace.selection.lead()? {
        Element::Actor(id) => (workspace.shown.drawn_for(index.actor(id)?)?, None),
        Element::Relation(id) => {
            let line = lines.line_of(index.relation(id)?)?;
            (walked(workspace, lines.get(line)?.ends), Some(line))
        }
        Element::Note(_) => return None,
    };
    let own = lines.list().iter_enumerated().filter(|(_, line)| line.ends.contains(&actor));
    let own: Vec<LineIndex> = own.map(|(line, _)| line).collect();
    let place = own.iter().position(|line| Some(*line) == current);
    let next = neighbours::next_wrapping(own.len(), place, forward)?;
    own.get(next).copied()
}

/// The actor whose lines the user steps through: of the ends of the current line, the one that the
/// previous selection shares with it, or else the first.
fn walked(workspace: &Workspace<'_>, ends: [ActorIndex; 2]) -> ActorIndex {
    let (index, shown) = (workspace.document.index(), workspace.shown);
    let before: Vec<ActorIndex> = match workspace.previous.and_then(|before| before.lead()) {
        Some(Element::Actor(id)) => {
            index.actor(id).and_then(|actor| shown.drawn_for(actor)).into_iter().collect()
        }
        Some(Element::Relation(id)) => {
            let line = index.relation(id).and_then(|tie| shown.lines().line_of(tie));
            let line = line.and_then(|line| shown.lines().get(line));
            line.map_or_else(Vec::new, |line| line.ends.to_vec())
        }
        Some(Element::Note(_)) | None => Vec::new(),
    };
    ends.into_iter().find(|end| before.contains(end)).unwrap_or(ends[0])
}
