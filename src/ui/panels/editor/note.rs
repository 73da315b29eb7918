//! The form of a note on the map.

use egui::Ui;

use super::fields::{TEXT, danger, form, note_key};
use crate::edit::{Command, Document};
use crate::model::note::{NARROWEST, WIDEST};
use crate::model::query::about;
use crate::model::{Actor, Element, Note};
use crate::ui::requests::{Request, Requests};
use crate::ui::widgets::words::tie_name;

/// The form of a note.
pub fn note_ui(ui: &mut Ui, document: &Document, note: &Note, out: &mut Requests) {
    let mut form = form(document, note_key(&note.id));
    let mut set = |field: &'static str, change: &dyn Fn(&mut Note)| {
        let mut changed = note.clone();
        change(&mut changed);
        out.edit(Command::SetNote(Box::new(changed), field));
    };
    if let Some(text) = form.lines(ui, TEXT, &note.text) {
        set("text", &|note| note.text.clone_from(&text));
    }
    let count = 1 + document.map().actors.len() + document.map().relations.len();
    let words = |row: usize| row_words(document, row);
    if let Some(row) = form.rows(ui, "About", row_of(document, note), count, &words) {
        let id = element_at(document, row).map(|element| element.id().to_owned());
        set("the subject", &|note| note.about.clone_from(&id));
    }
    let width = |text: &str| text.trim().parse::<f64>().ok();
    let allowed = |text: &str| {
        let is_allowed = width(text).is_some_and(|width| (NARROWEST..=WIDEST).contains(&width));
        if is_allowed { Ok(()) } else { Err("Enter a width from 60 to 900.") }
    };
    if let Some(text) = form.checked_line(ui, "Width", &note.width.to_string(), allowed) {
        set("the width", &|note| note.width = width(&text).unwrap_or(note.width));
    }
    if form.is_left {
        out.push(Request::SealStep);
    }
    if danger(ui, "Delete this note") {
        out.edit(Command::Delete(vec![Element::Note(note.id.clone())]));
    }
}

/// The row of what a note is about: 0 for nothing, then all actors, then all ties.
fn row_of(document: &Document, note: &Note) -> usize {
    let index = document.index();
    let row = about(index, note).and_then(|element| match element {
        Element::Actor(id) => Some(1 + index.actor(&id)?.get()),
        Element::Relation(id) => Some(1 + document.map().actors.len() + index.relation(&id)?.get()),
        Element::Note(_) => None,
    });
    row.unwrap_or(0)
}

/// What is in a row; `None` for nothing.
fn element_at(document: &Document, row: usize) -> Option<Element> {
    let map = document.map();
    let row = row.checked_sub(1)?;
    if let Some(actor) = map.actors.raw.get(row) {
        return Some(Element::Actor(actor.id.clone()));
    }
    let tie = map.relations.raw.get(row.checked_sub(map.actors.len())?)?;
    Some(Element::Relation(tie.id.clone()))
}

fn row_words(document: &Document, row: usize) -> String {
    let words = match element_at(document, row) {
        Some(Element::Actor(id)) => document.actor(&id).map(Actor::full_name),
        Some(Element::Relation(id)) => document.relation(&id).map(|tie| tie_name(document, tie)),
        _ => None,
    };
    words.unwrap_or_else(|| "–".to_owned())
}
