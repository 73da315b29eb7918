//! What the commands of the menu, the keys and the canvas change in the map.

use eframe::egui::{Context, Event};

use super::App;
use crate::edit::align::Arrangement;
use crate::edit::{Command, Selection, citation, fragment};
use crate::geometry::{Point, Rect, point};
use crate::model::{Actor, ActorId, Element, Evidence, Map, Relation, RelationId, Stance};
use crate::ui::panels::editor::{free_id, words_field};
use crate::ui::panels::inspector::counted;
use crate::ui::requests::actions::Action;
use crate::{file, layout};

/// How far from its origin a pasted piece lands, so that both are seen.
const PASTE_SHIFT: Point = point(40.0, 40.0);

/// How far from others a new actor is put, in pixels at 100 %.
const ROOM_FOR_NEW: f32 = 118.0;

impl App {
    /// A new actor at a place, selected and open for its name.
    pub(super) fn add_actor(&mut self, at: Point) {
        let index = self.document.index();
        let id =
            ActorId::from(free_id("a", |id| index.actor(&ActorId::from(id.clone())).is_some()));
        let actor = Actor { id: id.clone(), name: "New actor".to_owned(), ..Actor::default() };
        self.apply(Command::AddActor(Box::new(actor), at));
        if self.document.is_read_only {
            return;
        }
        self.select(Selection::of(Element::Actor(id)));
        self.is_editing = true;
        self.wants_name_focus = true;
    }

    /// The place itself, or one beside it where nobody stands yet.
    pub(super) fn free_place(&self, at: Point) -> Point {
        let zoom = self.canvas.camera().map_or(1.0, |camera| camera.zoom);
        let room = ROOM_FOR_NEW * self.canvas.pixel().clamp(0.3, 2.0) / zoom;
        let is_free = |place: &Point| {
            self.document.positions().iter().all(|other| (*other - *place).length() >= room)
        };
        let around = (1..=30_u8).flat_map(|ring| {
            layout::circle(6 * usize::from(ring), Point::default(), 0.0)
                .into_iter()
                .map(move |way| at + way.direction() * (room * f32::from(ring)))
        });
        std::iter::once(at).chain(around).find(is_free).unwrap_or(at)
    }

    /// A new tie, selected and open for its fields.
    pub(super) fn connect(&mut self, from: ActorId, to: ActorId) {
        let index = self.document.index();
        let id = RelationId::from(free_id("r", |id| {
            index.relation(&RelationId::from(id.clone())).is_some()
        }));
        let relation = Relation::new(id.clone(), from, to, Stance::Neutral);
        self.apply(Command::AddRelation(Box::new(relation)));
        if self.document.is_read_only {
            return;
        }
        self.select(Selection::of(Element::Relation(id)));
        self.is_editing = true;
    }

    /// A new excerpt behind the selected actor or tie, open for its words.
    pub(super) fn add_excerpt(&mut self) {
        let map = self.document.map();
        let Some(source) = map.sources.last().map(|source| source.id.clone()) else {
            "An excerpt needs a source: add one under the map's own fields (F2 with nothing selected)."
                .clone_into(&mut self.news);
            return;
        };
        let excerpt = Evidence { source, ..Evidence::default() };
        let index = self.document.index();
        let (command, field) = match self.selection.only() {
            Some(Element::Actor(id)) => {
                let Some(mut actor) = index.actor(id).and_then(|at| map.actors.get(at)).cloned()
                else {
                    return;
                };
                actor.evidence.push(excerpt);
                let field = words_field(("actor", id.as_str()), actor.evidence.len() - 1);
                (Command::SetActor(Box::new(actor), "excerpts"), field)
            }
            Some(Element::Relation(id)) => {
                let Some(mut tie) =
                    index.relation(id).and_then(|at| map.relations.get(at)).cloned()
                else {
                    return;
                };
                tie.evidence.push(excerpt);
                let field = words_field(("relation", id.as_str()), tie.evidence.len() - 1);
                (Command::SetRelation(Box::new(tie), "excerpts"), field)
            }
            None => {
                "Select one actor or tie for the new excerpt.".clone_into(&mut self.news);
                return;
            }
        };
        self.document.seal();
        self.apply(command);
        if !self.document.is_read_only {
            self.is_editing = true;
            self.wanted_field = Some(field);
        }
    }

    pub(super) fn connect_selected(&mut self) {
        let lead = match self.selection.lead() {
            Some(Element::Actor(id)) => Some(id.clone()),
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
        let actors = self.selection.actors().cloned().map(Element::Actor);
        let items: Vec<Element> =
            actors.chain(self.selection.relations().cloned().map(Element::Relation)).collect();
        if items.is_empty() {
            "Select what is to be deleted.".clone_into(&mut self.news);
        } else {
            self.apply(Command::Delete(items));
        }
    }

    /// Copying and pasting come as events of their own, not as keys.
    pub(super) fn clipboard_keys(&mut self, ctx: &Context, has_canvas: bool) {
        let mut held = self.held;
        for event in ctx.input(|input| input.events.clone()) {
            match event {
                Event::ModifiersChanged(modifiers) => held = modifiers,
                // egui takes every Ctrl+C and Ctrl+X for one of its own, whatever else is held.
                Event::Copy if held.shift => self.act(ctx, Action::CopyPicture),
                Event::Cut if held.shift && held.command => self.act(ctx, Action::ShowAll),
                Event::Copy if has_canvas => self.copy(ctx),
                Event::Cut if has_canvas => {
                    self.copy(ctx);
                    self.delete_selected();
                }
                Event::Paste(text) => self.paste(&text),
                _ => {}
            }
        }
    }

    /// The selection as a map of its own; `None` where nothing is selected.
    fn fragment(&mut self) -> Option<Map> {
        if self.selection.is_empty() {
            "Select what is to be copied.".clone_into(&mut self.news);
            return None;
        }
        Some(fragment::copied(self.document.map(), self.document.index(), &self.selection))
    }

    pub(super) fn copy(&mut self, ctx: &Context) {
        let Some(fragment) = self.fragment() else { return };
        match file::native::write::write(&fragment).map(String::from_utf8) {
            Ok(Ok(text)) => {
                ctx.copy_text(text);
                self.news = format!("Copied {}", counted(fragment.actors.len(), "actor"));
            }
            _ => "The selection could not be copied.".clone_into(&mut self.news),
        }
    }

    /// What is selected, in words, with its citations.
    pub(super) fn copy_text(&mut self, ctx: &Context) {
        let text = citation::cited(self.document.map(), self.document.index(), &self.selection);
        if text.is_empty() {
            "Select what is to be copied.".clone_into(&mut self.news);
        } else {
            ctx.copy_text(text);
            "Copied as text, with citations".clone_into(&mut self.news);
        }
    }

    fn paste(&mut self, text: &str) {
        match file::parse(text.as_bytes()) {
            Ok(opened) => self.add(opened.map),
            Err(_) => "The clipboard holds no piece of a map.".clone_into(&mut self.news),
        }
    }

    pub(super) fn duplicate(&mut self) {
        if let Some(fragment) = self.fragment() {
            self.add(fragment);
        }
    }

    /// Adds a piece of a map beside where it came from and selects it.
    fn add(&mut self, fragment: Map) {
        let before = self.document.map().actors.len();
        self.apply(Command::Paste(Box::new(fragment), PASTE_SHIFT));
        let added = self
            .document
            .map()
            .actors
            .iter()
            .skip(before)
            .map(|actor| Element::Actor(actor.id.clone()));
        let added: Selection = added.collect();
        if !added.is_empty() {
            self.select(added);
        }
    }

    /// Puts the selected actors in order; spreading takes all of them where fewer than two are
    /// selected.
    pub(super) fn align(&mut self, align: Arrangement) {
        let map = self.document.map();
        let mut actors: Vec<usize> =
            self.selection.actors().filter_map(|id| self.document.index().actor(id)).collect();
        if actors.len() < 2 && align == Arrangement::Spread {
            actors = (0..map.actors.len()).collect();
        }
        if actors.len() < 2 {
            "Select two actors or more.".clone_into(&mut self.news);
            return;
        }
        let boxes: Vec<Rect> =
            actors.iter().map(|actor| self.canvas.body(*actor).bounds()).collect();
        let pinned: Vec<bool> = actors.iter().map(|actor| self.is_pinned(*actor)).collect();
        let places = align.places(&boxes, &pinned);
        let moves = actors.iter().zip(places);
        let moves = moves
            .filter_map(|(actor, to)| Some((map.actors.get(*actor)?.id.clone(), to)))
            .collect();
        self.apply(Command::Arrange(align.words(), moves));
        self.tell_of_pinned(pinned.iter().filter(|pinned| **pinned).count());
    }

    pub(super) fn is_pinned(&self, actor: usize) -> bool {
        let map = self.document.map();
        let placement = map.actors.get(actor).and_then(|actor| map.layout.get(&actor.id));
        placement.is_some_and(|placement| placement.pinned)
    }

    pub(super) fn tell_of_pinned(&mut self, count: usize) {
        if count > 0 {
            self.news = format!(
                "{}; {} stayed",
                self.news.trim_end_matches('.'),
                counted(count, "pinned actor")
            );
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
