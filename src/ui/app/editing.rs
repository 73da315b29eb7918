//! What the commands of the menu, the keys and the canvas change in the map.

use super::App;
use crate::edit::{Command, Item, Selection};
use crate::geometry::Point;
use crate::model::{Actor, ActorId, Relation, RelationId, Stance};
use crate::ui::editor::free_id;

impl App {
    /// A new actor at a place, selected and open for its name.
    pub(super) fn add_actor(&mut self, at: Point) {
        let index = self.document.index();
        let id = ActorId(free_id("a", |id| index.actor(&ActorId(id.clone())).is_some()));
        let actor = Actor { id: id.clone(), name: "New actor".to_owned(), ..Actor::default() };
        self.apply(Command::AddActor(Box::new(actor), at));
        self.select(Selection::of(Item::Actor(id)));
        self.is_editing = true;
        self.wants_name_focus = true;
    }

    /// A new tie, selected and open for its fields.
    pub(super) fn connect(&mut self, from: ActorId, to: ActorId) {
        let index = self.document.index();
        let id = RelationId(free_id("r", |id| index.relation(&RelationId(id.clone())).is_some()));
        let relation = Relation::new(id.clone(), from, to, Stance::Neutral);
        self.apply(Command::AddRelation(Box::new(relation)));
        self.select(Selection::of(Item::Relation(id)));
        self.is_editing = true;
    }

    pub(super) fn connect_selected(&mut self) {
        let lead = match self.selection.lead() {
            Some(Item::Actor(id)) => Some(id.clone()),
            _ => None,
        };
        let actors: Vec<ActorId> = self.selection.actors().cloned().collect();
        match (actors.as_slice(), lead) {
            ([one], _) => {
                let from = self.document.index().actor(one);
                self.canvas.connect_from(from);
                "Click the actor that the tie leads to; Esc leaves it.".clone_into(&mut self.news);
            }
            ([first, second], Some(lead)) => {
                let from = if *first == lead { second } else { first };
                self.connect(from.clone(), lead);
            }
            ([first, second], None) => self.connect(first.clone(), second.clone()),
            _ => "Select one actor or two to draw a tie.".clone_into(&mut self.news),
        }
    }

    pub(super) fn delete_selected(&mut self) {
        let actors = self.selection.actors().cloned().map(Item::Actor);
        let items: Vec<Item> = actors.chain(self.selection.relations().cloned().map(Item::Relation)).collect();
        if items.is_empty() {
            "Select what is to be deleted.".clone_into(&mut self.news);
        } else {
            self.apply(Command::Delete(items));
        }
    }

    /// Pins the selected actors, or unpins them where all are pinned.
    pub(super) fn pin_selected(&mut self) {
        let actors: Vec<ActorId> = self.selection.actors().cloned().collect();
        let layout = &self.document.map().layout;
        let is_pinned = |id: &ActorId| layout.get(id).is_some_and(|placement| placement.pinned);
        let pinned = !actors.iter().all(is_pinned);
        self.apply(Command::Pin(actors, pinned));
    }
}
