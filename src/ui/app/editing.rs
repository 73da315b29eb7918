//! Edits of the map that come from menus, keys and the canvas.

use super::program::App;
use crate::edit::align::Arrangement;
use crate::edit::{Command, Selection, StepKind, StepName};
use crate::geometry::{Point, Rect, point};
use crate::layout;
use crate::model::words::counted;
use crate::model::{
    Actor, ActorId, ActorIndex, Element, Evidence, Map, Relation, RelationKind, Stance, Status,
    ViewSettings,
};
use crate::scene::note_place::NotePlace;
use crate::ui::panels::editor::fields::{first_field, name_field, words_field};
use crate::ui::requests::{NewTie, Party};
use crate::ui::workspace::Focus;

/// Offset of pasted actors from the originals, in map units, so that both are visible.
const PASTE_SHIFT: Point = point(40.0, 40.0);

/// Minimum distance of a new actor from the others, in pixels at 100 %.
const ROOM_FOR_NEW: f32 = 118.0;

impl App {
    /// True if the field with the keyboard focus is the name of a new actor and nothing was typed
    /// into it. Undo then removes the actor, because there is no text to undo.
    pub(super) fn is_naming_new_actor(&self, ctx: &egui::Context) -> bool {
        let document = &self.session.document;
        self.session.new_actor.as_ref().is_some_and(|(id, version)| {
            document.version() == *version
                && ctx.memory(egui::Memory::focused) == Some(name_field(document, id))
        })
    }

    /// Performs a command on the map, unless the map is read-only.
    pub(super) fn apply(&mut self, command: Command) {
        let document = &mut self.session.document;
        if document.is_read_only() {
            self.tell(
                "This map is read-only because it is from a newer version of the program; open it \
                 with that version to change it.",
            );
            return;
        }
        let before = document.state();
        document.apply(command);
        let is_changed = document.state() != before;
        self.after_history();
        if is_changed && let Some(name) = self.session.document.undo_name() {
            self.news = format!("Done: {name}");
        }
    }

    /// Changes the settings of the view, as a step with this name.
    pub(super) fn change_view(
        &mut self,
        name: &'static str,
        change: impl FnOnce(&mut ViewSettings),
    ) {
        self.session.update_shown();
        let mut settings = self.session.view.settings.clone();
        change(&mut settings);
        if self.session.document.is_read_only() {
            self.session.set_own_view(settings);
            return;
        }
        // The news line keeps what the command says about itself.
        self.session.document.apply(Command::SetView(Box::new(settings), name));
        self.session.update_shown();
    }

    pub(super) fn undo(&mut self) {
        if let Some(name) = self.session.document.undo() {
            self.tell(format!("Undone: {}", name.words));
            self.after_step(&name);
        }
    }

    pub(super) fn redo(&mut self) {
        if let Some(name) = self.session.document.redo() {
            self.tell(format!("Redone: {}", name.words));
            self.after_step(&name);
        }
    }

    /// Updates the selection after undo or redo; after a layout step the view is fitted again.
    fn after_step(&mut self, name: &StepName) {
        self.after_history();
        if name.kind == StepKind::Arrangement {
            self.session.canvas.fit();
        }
    }

    /// Updates the selection for elements that were renamed or deleted.
    pub(super) fn after_history(&mut self) {
        let session = &mut self.session;
        for (from, to) in session.document.renamed() {
            session.selection.rename(&from, to);
        }
        session.selection.retain_known(session.document.index());
    }

    /// Selects an element and brings it into view. If it is folded, its whole is unfolded; if it is
    /// a forecast, forecasts are shown. If it is still not drawn, the status line tells why.
    pub(super) fn select_and_focus(&mut self, ctx: &egui::Context, element: &Element) {
        self.uncover(element);
        self.session.select(Selection::of(element.clone()));
        self.session.update_shown();
        let is_drawn = self.absence(element).is_none();
        if let Some(at) = self.place_of(element).filter(|_| is_drawn) {
            self.session.canvas.focus_close(at);
        }
        self.tell_absence(ctx, element);
    }

    /// The map point where an element is: for a tie, the middle between its actors.
    pub(super) fn place_of(&self, element: &Element) -> Option<Point> {
        let document = &self.session.document;
        match element {
            Element::Actor(id) => document.position(id),
            Element::Relation(id) => document.relation(id).and_then(|tie| {
                let (from, to) = (document.position(&tie.from)?, document.position(&tie.to)?);
                Some(from.towards(to, 0.5))
            }),
            Element::Note(id) => document.note(id).map(|note| NotePlace::of(note).middle),
        }
    }

    /// Adds an actor at a map point, selects it and moves the keyboard focus to its name field.
    pub(super) fn add_actor(&mut self, at: Point) {
        let id = self.session.document.new_ids().actor();
        let actor = Actor { id: id.clone(), name: "New actor".to_owned(), ..Actor::default() };
        self.apply(Command::AddActor(Box::new(actor), at));
        if self.session.document.is_read_only() {
            return;
        }
        self.session.new_actor = Some((id.clone(), self.session.document.version()));
        self.session.select(Selection::of(Element::Actor(id)));
        self.open_form();
    }

    /// Adds an actor near the middle of the view, named after the text of the excerpt.
    pub(super) fn add_named_actor(&mut self, evidence: Evidence) {
        let id = self.session.document.new_ids().actor();
        let Party::New { name, short, .. } = Party::named(&evidence.excerpt) else { return };
        let actor =
            Actor { id: id.clone(), name, short, evidence: vec![evidence], ..Actor::default() };
        let at = self.free_place(self.session.canvas.middle());
        self.apply(Command::AddActor(Box::new(actor), at));
        self.session.select(Selection::of(Element::Actor(id)));
    }

    /// Returns `at` if no actor is near it, else a free map point in the smallest ring around it.
    /// Returns `at` as well if all 30 rings are occupied.
    pub(super) fn free_place(&self, at: Point) -> Point {
        self.free_place_beside(at, &[])
    }

    /// Like `free_place`, with more positions that are taken.
    fn free_place_beside(&self, at: Point, taken: &[Point]) -> Point {
        let canvas = &self.session.canvas;
        let room = ROOM_FOR_NEW * canvas.pixel().clamp(0.3, 2.0) / self.zoom();
        let positions = self.session.document.positions();
        let all = positions.iter().chain(taken);
        let is_free = |place: &Point| all.clone().all(|one| (*one - *place).length() >= room);
        let around = (1..=30_u8).flat_map(|ring| {
            layout::circle(6 * usize::from(ring), Point::default(), 0.0)
                .into_iter()
                .map(move |way| at + way.direction() * (room * f32::from(ring)))
        });
        std::iter::once(at).chain(around).find(is_free).unwrap_or(at)
    }

    /// Adds a neutral tie, selects it and opens its fields.
    pub(super) fn connect(&mut self, from: ActorId, to: ActorId) {
        let id = self.session.document.new_ids().relation();
        let relation = Relation::new(id.clone(), from, to, Stance::Neutral);
        self.apply(Command::AddRelation(Box::new(relation)));
        if self.session.document.is_read_only() {
            return;
        }
        self.session.select(Selection::of(Element::Relation(id)));
        self.open_form();
    }

    /// Shows the fields of the selection and moves the keyboard focus to the first one.
    pub(super) fn open_form(&mut self) {
        let session = &mut self.session;
        session.is_editing = true;
        let field = first_field(&session.document, &session.selection);
        session.wanted_focus = field.map(|id| Focus::Field { id, is_replaced: true });
    }

    /// Opens the form of the selection, or closes it.
    pub(super) fn toggle_form(&mut self) {
        if self.session.is_editing {
            self.session.is_editing = false;
        } else {
            self.open_form();
        }
    }

    /// Ends drawing a tie at the selected actor, which was reached by keyboard.
    pub(super) fn finish_connecting(&mut self) {
        let session = &mut self.session;
        let from = session.canvas.connecting();
        let from = from.and_then(|actor| session.document.map().actors.get(actor));
        match (from.map(|actor| actor.id.clone()), session.selection.lead().cloned()) {
            (Some(from), Some(Element::Actor(to))) if from != to => {
                session.canvas.connect_from(None);
                self.connect(from, to);
            }
            _ => self.tell("Go to the other actor with Tab and press Enter; Esc cancels."),
        }
    }

    /// Adds a tie with an excerpt, together with the actors that it needs, and selects it.
    pub(super) fn add_tie(&mut self, new: NewTie, excerpt: Evidence) {
        let mut parties = vec![new.from, new.to];
        parties.extend(new.speaker);
        let (ids, actors) = self.actors_for(parties);
        let [from, to, speaker @ ..] = ids.as_slice() else { return };
        let speaker = speaker.first().cloned().map(Box::new);
        let id = self.session.document.new_ids().relation();
        let tie = Relation::new(id.clone(), from.clone(), to.clone(), new.stance);
        let claimant = speaker.clone().filter(|_| new.status == Status::Claimed);
        let tie = Relation {
            status: new.status,
            kind: RelationKind::from(new.kind.replace(' ', "_")),
            strength: new.strength,
            start: new.period.start,
            end: new.period.end,
            asserted_by: claimant,
            evidence: vec![Evidence { speaker, ..excerpt }],
            ..tie
        };
        // A new forecast is shown, also if forecasts are hidden.
        if new.status.is_outlook() {
            self.change_view("show forecasts", |view| view.outlook = true);
        }
        self.apply(Command::AddTie(actors, Box::new(tie)));
        self.session.select(Selection::of(Element::Relation(id)));
    }

    /// Adds an actor near the middle of the view.
    pub(super) fn add_proposed(&mut self, party: Party) {
        let (_, actors) = self.actors_for(vec![party]);
        for (actor, at) in actors {
            self.apply(Command::AddActor(Box::new(actor), at));
        }
    }

    /// The id of each party, and the actors that are new, each at a free place.
    fn actors_for(&self, parties: Vec<Party>) -> (Vec<ActorId>, Vec<(Actor, Point)>) {
        let document = &self.session.document;
        let mut fresh = document.new_ids().actors(parties.len()).into_iter();
        let mut added: Vec<(Actor, Point)> = Vec::new();
        let mut ids = Vec::new();
        for party in parties {
            let Party::New { name, short, note } = party else {
                ids.extend(party.id().cloned());
                continue;
            };
            // The actor may have been added since the name was proposed.
            let known = document.map().actors.iter().chain(added.iter().map(|(actor, _)| actor));
            if let Some(actor) = known.into_iter().find(|actor| actor.name == name) {
                ids.push(actor.id.clone());
                continue;
            }
            let id = fresh.next().unwrap_or_default();
            let taken: Vec<Point> = added.iter().map(|(_, at)| *at).collect();
            let at = self.free_place_beside(self.session.canvas.middle(), &taken);
            let actor =
                Actor { id: id.clone(), name, short, note: note.into(), ..Actor::default() };
            ids.push(id);
            added.push((actor, at));
        }
        (ids, added)
    }

    /// Adds an excerpt to the selected actor or tie.
    pub(super) fn cite(&mut self, evidence: Evidence) {
        match self.session.selection.only().cloned() {
            Some(element) => {
                // A step of its own, also between edits of the same excerpts.
                self.session.document.seal();
                self.apply(Command::AddExcerpt(element, Box::new(evidence)));
                self.session.document.seal();
            }
            None => self.tell("Select the actor or tie that the passage supports."),
        }
    }

    /// Adds an empty excerpt to the selected actor or tie and moves the keyboard focus to its text
    /// field.
    pub(super) fn add_excerpt(&mut self) {
        let document = &self.session.document;
        let Some(source) = document.map().sources.last().map(|source| source.id.clone()) else {
            self.tell(
                "An excerpt needs a source. Add one in the map's fields (F2 with nothing \
                 selected).",
            );
            return;
        };
        let Some(element) = self.session.selection.only().cloned() else {
            self.tell("Select one actor or tie for the new excerpt.");
            return;
        };
        let number = document.evidence(&element).len();
        let field = words_field(document, &element, number);
        let excerpt = Evidence { source, ..Evidence::default() };
        self.session.document.seal();
        self.apply(Command::AddExcerpt(element, Box::new(excerpt)));
        if !self.session.document.is_read_only() {
            self.session.is_editing = true;
            self.session.wanted_focus = Some(Focus::Field { id: field, is_replaced: false });
        }
    }

    /// Adds a tie between the two selected actors; with one, the next actor clicked is the target.
    pub(super) fn connect_selected(&mut self) {
        let selection = &self.session.selection;
        let lead = match selection.lead() {
            Some(Element::Actor(id)) => Some(id.clone()),
            _ => None,
        };
        let actors: Vec<ActorId> = selection.actors().cloned().collect();
        match (actors.as_slice(), lead) {
            ([one], _) => {
                let from = self.session.document.index().actor(one);
                self.session.canvas.connect_from(from);
                self.tell(
                    "Click the actor that the tie leads to, or go to it with Tab and press Enter; \
                     Esc cancels.",
                );
            }
            ([first, second], Some(lead)) => {
                let from = if *first == lead { second } else { first };
                self.connect(from.clone(), lead);
            }
            ([first, second], None) => self.connect(first.clone(), second.clone()),
            _ => self.tell("Select one or two actors to draw a tie."),
        }
    }

    pub(super) fn delete_selected(&mut self) {
        let selection = &self.session.selection;
        let elements: Vec<Element> = selection.items().cloned().collect();
        if elements.is_empty() {
            self.tell("Select something to delete.");
        } else {
            self.apply(Command::Delete(elements));
        }
    }

    /// Adds a part of a map, offset by [`PASTE_SHIFT`], and selects its actors and notes.
    pub(super) fn add(&mut self, fragment: Map) {
        let map = self.session.document.map();
        let before = (map.actors.len(), map.notes.len());
        self.apply(Command::Paste(Box::new(fragment), PASTE_SHIFT));
        let map = self.session.document.map();
        let actors = map.actors.iter().skip(before.0);
        let actors = actors.map(|actor| Element::Actor(actor.id.clone()));
        let notes = map.notes.iter().skip(before.1);
        let notes = notes.map(|note| Element::Note(note.id.clone()));
        let added: Selection = actors.chain(notes).collect();
        if !added.is_empty() {
            self.session.select(added);
        }
    }

    /// Aligns the selected actors. [`Arrangement::Spread`] applies to all actors if fewer than two
    /// are selected.
    pub(super) fn align(&mut self, align: Arrangement) {
        let document = &self.session.document;
        let map = document.map();
        let selected = self.session.selection.actors();
        let mut actors: Vec<ActorIndex> =
            selected.filter_map(|id| document.index().actor(id)).collect();
        if actors.len() < 2 && align == Arrangement::Spread {
            actors = map.actors.keys().collect();
        }
        if actors.len() < 2 {
            self.tell("Select two or more actors.");
            return;
        }
        let canvas = &self.session.canvas;
        let boxes: Vec<Rect> = actors.iter().map(|at| canvas.body(*at).bounds()).collect();
        let pinned: Vec<bool> = actors.iter().map(|at| self.is_pinned(*at)).collect();
        let places = align.places(&boxes, &pinned);
        let moves = actors.iter().zip(places);
        let moves = moves.filter_map(|(at, to)| Some((map.actors.get(*at)?.id.clone(), to)));
        self.apply(Command::Align(align.verb(), moves.collect()));
        self.report_pinned(pinned.iter().filter(|pinned| **pinned).count());
    }

    /// True if this actor is pinned.
    pub(super) fn is_pinned(&self, actor: ActorIndex) -> bool {
        let document = &self.session.document;
        document.map().actors.get(actor).is_some_and(|actor| document.is_pinned(&actor.id))
    }

    /// Adds to the status message how many pinned actors were not moved.
    pub(super) fn report_pinned(&mut self, count: usize) {
        if count > 0 {
            let news = self.news.trim_end_matches('.');
            self.news = format!("{news}; {} stayed", counted(count, "pinned actor"));
        }
    }

    /// Pins the selected actors, or unpins them if all are pinned.
    pub(super) fn pin_selected(&mut self) {
        let actors: Vec<ActorId> = self.session.selection.actors().cloned().collect();
        let pinned = !actors.iter().all(|id| self.session.document.is_pinned(id));
        self.apply(Command::Pin(actors, pinned));
    }
}
