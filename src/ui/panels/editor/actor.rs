//! The form of an actor.

use arcstr::ArcStr;
use egui::Ui;

use super::excerpts::excerpts_ui;
use super::fields::{actor_key, danger, form, key_of};
use crate::edit::{Command, Document};
use crate::geometry::Point;
use crate::model::{Actor, ActorId, ActorKind, COORDINATE_LIMIT, Element};
use crate::ui::requests::{Request, Requests};
use crate::ui::widgets::check::check_ui;
use crate::ui::widgets::form::Form;

/// The form of an actor.
pub fn actor_ui(ui: &mut Ui, document: &Document, actor: &Actor, out: &mut Requests) {
    let mut form = form(document, actor_key(&actor.id));
    let mut set = |field: &'static str, change: &dyn Fn(&mut Actor)| {
        let mut changed = actor.clone();
        change(&mut changed);
        out.edit(Command::SetActor(Box::new(changed), field));
    };
    if let Some(name) = form.line(ui, "Name", &actor.name) {
        set("name", &|actor| actor.name.clone_from(&name));
    }
    if let Some(short) = form.optional_line(ui, "Short form", actor.short.as_deref()) {
        set("short form", &|actor| actor.short.clone_from(&short));
    }
    let known = known_kinds(document);
    let shown = if actor.kind == ActorKind::Unknown { "" } else { actor.kind.key() };
    if let Some(kind) = form.open_list(ui, "Kind", shown, &known) {
        let kind = if kind.trim().is_empty() {
            ActorKind::Unknown
        } else {
            ActorKind::from(key_of(&kind))
        };
        set("kind", &|actor| actor.kind = kind.clone());
    }
    if let Some(aliases) = form.line(ui, "Aliases, separated by commas", &actor.aliases.join(", "))
    {
        let aliases: Vec<String> = aliases
            .split(',')
            .map(str::trim)
            .filter(|alias| !alias.is_empty())
            .map(str::to_owned)
            .collect();
        set("aliases", &|actor| actor.aliases.clone_from(&aliases));
    }
    if let Some(whole) = form.actor(ui, "Part of", actor.part_of.as_deref())
        && whole.as_deref().is_none_or(|whole| !is_inside(document, whole, actor))
    {
        set("whole", &|actor| actor.part_of.clone_from(&whole));
    }
    if let Some(wikidata) = form.optional_line(ui, "Wikidata", actor.wikidata.as_deref()) {
        set("Wikidata item", &|actor| actor.wikidata = wikidata.as_deref().map(ArcStr::from));
    }
    if let Some(weight) = form.optional_amount(ui, "Weight", actor.weight) {
        set("weight", &|actor| actor.weight = weight);
    }
    if let Some(note) = form.lines(ui, "Note", &actor.note) {
        set("note", &|actor| actor.note = note.as_str().into());
    }
    let taken = |id: &str| document.index().actor(&id.into()).is_some();
    if let Some(id) = form.id_line(ui, "Id", actor.id.as_str(), taken) {
        out.edit(Command::RenameActor(actor.id.clone(), ActorId::from(id)));
    }
    place_ui(ui, document, actor, &mut form, out);
    if form.is_left {
        out.push(Request::SealStep);
    }
    let element = Element::Actor(actor.id.clone());
    if let Some(evidence) = excerpts_ui(ui, document, &element, &actor.evidence, out) {
        let changed = Actor { evidence, ..actor.clone() };
        out.edit(Command::SetActor(Box::new(changed), "excerpts"));
    }
    if danger(ui, "Delete this actor") {
        out.edit(Command::Delete(vec![element]));
    }
}

/// The position of the actor, and whether it is pinned.
fn place_ui(
    ui: &mut Ui,
    document: &Document,
    actor: &Actor,
    form: &mut Form<'_>,
    out: &mut Requests,
) {
    let Some(at) = document.position(&actor.id) else { return };
    let placement = document.map().layout.get(&actor.id);
    let (x, y) = placement
        .map_or((f64::from(at.x), f64::from(at.y)), |placement| (placement.x, placement.y));
    if let Some(x) = form.number(ui, "X", x, COORDINATE_LIMIT) {
        move_to(actor, x, y, out);
    }
    if let Some(y) = form.number(ui, "Y", y, COORDINATE_LIMIT) {
        move_to(actor, x, y, out);
    }
    let mut pinned = placement.is_some_and(|placement| placement.pinned);
    let hint = "Automatic arrangements do not move a pinned actor";
    if check_ui(ui, &mut pinned, "Pinned").on_hover_text(hint).changed() {
        out.edit(Command::Pin(vec![actor.id.clone()], pinned));
    }
}

/// Requests the move of an actor to a map point.
#[expect(clippy::cast_possible_truncation, reason = "a position is moved in `f32`")]
fn move_to(actor: &Actor, x: f64, y: f64, out: &mut Requests) {
    let to = Point { x: x as f32, y: y as f32 };
    out.edit(Command::Move(vec![(actor.id.clone(), to)]));
}

/// True if `whole` is `actor` or is inside it. Making it the whole would then create a cycle.
fn is_inside(document: &Document, whole: &ActorId, actor: &Actor) -> bool {
    let map = document.map();
    let mut at = Some(whole);
    // Bounded, because the map may already contain a cycle.
    for _ in 0..=map.actors.len() {
        match at {
            None => return false,
            Some(id) if *id == actor.id => return true,
            Some(id) => {
                at = document.actor(id).and_then(|actor| actor.part_of.as_deref());
            }
        }
    }
    true
}

fn known_kinds(document: &Document) -> Vec<String> {
    let known = ActorKind::KNOWN.iter().map(|kind| kind.key().to_owned());
    known.chain(document.index().actor_kinds().iter().cloned()).collect()
}
