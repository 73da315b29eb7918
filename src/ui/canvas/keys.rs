//! The keyboard on the map: walking from actor to actor and along ties, nudging what is selected.

use eframe::egui::{self, Key, Modifiers, Response, Ui};

use super::{Canvas, Seen, Wish, actor_item, relation_item};
use crate::edit::{Command, Selection, neighbours};
use crate::geometry::{Point, point};
use crate::model::{ActorId, Element};
use crate::scene::view::shown_relations;

/// Actors within this height count as one row of reading, in pixels at 100 %.
const READING_ROW_PX: f32 = 60.0;

impl Canvas {
    pub(super) fn keys(
        &mut self,
        ui: &Ui,
        seen: &Seen<'_>,
        response: &Response,
        wishes: &mut Vec<Wish>,
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
            let current = led_actor(seen);
            let next =
                neighbours::next_in_reading_order(seen.document.positions(), current, row, forward);
            if let Some(item) = next.and_then(|actor| actor_item(seen, actor)) {
                wishes.push(self.select_and_show(seen, item));
            }
        };
        if pressed(Modifiers::SHIFT, Key::Tab) {
            step(false);
        } else if pressed(Modifiers::NONE, Key::Tab) {
            step(true);
        }
        for (key, forward) in [(Key::OpenBracket, false), (Key::CloseBracket, true)] {
            if pressed(Modifiers::NONE, key)
                && let Some(item) = next_tie(seen, forward)
            {
                wishes.push(self.select_and_show(seen, item));
            }
        }
        for (key, way) in [
            (Key::ArrowLeft, point(-1.0, 0.0)),
            (Key::ArrowRight, point(1.0, 0.0)),
            (Key::ArrowUp, point(0.0, -1.0)),
            (Key::ArrowDown, point(0.0, 1.0)),
        ] {
            let towards = |from| neighbours::nearest_towards(seen.document.positions(), from, way);
            let that_way =
                || led_actor(seen).and_then(towards).and_then(|actor| actor_item(seen, actor));
            if pressed(Modifiers::ALT.plus(Modifiers::SHIFT), key) {
                if let Some(item) = that_way().filter(|item| !seen.selection.contains(item)) {
                    let mut selection = seen.selection.clone();
                    selection.toggle(item);
                    wishes.push(Wish::Select(selection));
                }
            } else if pressed(Modifiers::ALT, key) {
                if let Some(item) = that_way() {
                    wishes.push(self.select_and_show(seen, item));
                }
            } else {
                // A slow frame may hold several presses; each one counts.
                let far = ui.input_mut(|input| input.count_and_consume_key(Modifiers::SHIFT, key));
                let near = ui.input_mut(|input| input.count_and_consume_key(Modifiers::NONE, key));
                let steps = u16::try_from(far * 10 + near).unwrap_or(u16::MAX);
                if steps > 0 {
                    self.nudge(seen, way * f32::from(steps), wishes);
                }
            }
        }
    }

    fn select_and_show(&mut self, seen: &Seen<'_>, item: Element) -> Wish {
        if let Element::Actor(id) = &item
            && let Some(actor) = seen.document.index().actor(id)
        {
            self.focus(seen.document.positions()[actor]);
        }
        Wish::Select(Selection::of(item))
    }

    fn nudge(&mut self, seen: &Seen<'_>, way: Point, wishes: &mut Vec<Wish>) {
        let document = seen.document;
        let place = |id: &ActorId| {
            let actor = document.index().actor(id)?;
            Some((id.clone(), document.positions()[actor] + way))
        };
        let moves: Vec<_> = seen.selection.actors().filter_map(place).collect();
        if moves.is_empty() {
            self.pan(egui::vec2(way.x, way.y) * 40.0);
        } else {
            wishes.push(Wish::Do(Command::Move(moves)));
        }
    }
}

/// The actor that was selected last: from it the keyboard goes on.
fn led_actor(seen: &Seen<'_>) -> Option<usize> {
    let index = seen.document.index();
    match seen.selection.lead()? {
        Element::Actor(id) => index.actor(id),
        Element::Relation(id) => {
            index.relation(id).and_then(|relation| index.ends(relation)).map(|(from, _)| from)
        }
    }
}

/// The tie before or after the selected one among the ties of its first end, or an actor's first or
/// last tie.
fn next_tie(seen: &Seen<'_>, forward: bool) -> Option<Element> {
    let index = seen.document.index();
    let shown = shown_relations(seen.document.map(), seen.view);
    let is_shown = |tie: &usize| shown.binary_search(tie).is_ok();
    let of_actor = |actor: usize| -> Vec<usize> {
        index.ties(actor).iter().copied().filter(is_shown).collect()
    };
    let (ties, place) = match seen.selection.only()? {
        Element::Actor(id) => (of_actor(index.actor(id)?), None),
        Element::Relation(id) => {
            let relation = index.relation(id)?;
            let ties = of_actor(index.ends(relation)?.0);
            let place = ties.iter().position(|tie| *tie == relation);
            (ties, place)
        }
    };
    let next = neighbours::next_round(ties.len(), place, forward)?;
    ties.get(next).and_then(|tie| relation_item(seen, *tie))
}
