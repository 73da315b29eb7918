//! The form of a tie.

use std::collections::BTreeSet;

use egui::{Slider, Ui};

use super::excerpts::excerpts_ui;
use super::fields::{danger, form, key_of, relation_key};
use crate::edit::{Command, Document};
use crate::model::{
    Channel, Confidence, Element, Map, PartialDate, Period, Relation, RelationId, RelationKind,
    Stance, Status, Strength,
};
use crate::ui::requests::{Request, Requests};
use crate::ui::widgets::check::check_ui;
use crate::ui::widgets::form::Form;
use crate::ui::widgets::style::slider_ui;

/// The form of a tie.
pub fn relation_ui(ui: &mut Ui, document: &Document, relation: &Relation, out: &mut Requests) {
    let mut form = form(document, relation_key(&relation.id));
    let mut set = |field: &'static str, change: &dyn Fn(&mut Relation)| {
        let mut changed = relation.clone();
        change(&mut changed);
        out.edit(Command::SetRelation(Box::new(changed), field));
    };
    if let Some(Some(from)) = form.actor(ui, "From", Some(&relation.from)) {
        set("start", &|relation| relation.from.clone_from(&from));
    }
    if let Some(Some(to)) = form.actor(ui, "To", Some(&relation.to)) {
        set("end", &|relation| relation.to.clone_from(&to));
    }
    let mut directed = relation.directed;
    if check_ui(ui, &mut directed, "Directed")
        .on_hover_text("Off: the tie goes both ways")
        .changed()
    {
        set("direction", &|relation| relation.directed = directed);
    }
    let stances: Vec<(Stance, String)> =
        Stance::ALL.iter().map(|stance| (*stance, stance.words().to_owned())).collect();
    if let Some(stance) = form.choice(ui, "Stance", relation.stance, &stances) {
        set("stance", &|relation| relation.stance = stance);
    }
    let of_map = document.map().relations.iter().map(|tie| tie.kind.0.to_string());
    let common = RelationKind::COMMON.iter().map(|kind| (*kind).to_owned());
    let mut known: Vec<String> = of_map.chain(common).collect();
    known.sort();
    known.dedup();
    if let Some(kind) = form.open_list(ui, "Kind", &relation.kind.0, &known) {
        set("kind", &|relation| relation.kind = RelationKind::from(key_of(&kind)));
    }
    if let Some(channel) = form.choice(
        ui,
        "Type (words, force, structure)",
        relation.channel,
        &maybe(Channel::ALL, Channel::words),
    ) {
        set("channel", &|relation| relation.channel = channel);
    }
    let mut strength = relation.strength.value();
    let slider = slider_ui(ui, Slider::new(&mut strength, 0..=Strength::MAX).text("Strength"));
    if slider.changed() {
        set("strength", &|relation| {
            relation.strength = Strength::new(strength).unwrap_or_default();
        });
    }
    let statuses: Vec<(Status, String)> =
        Status::ALL.iter().map(|status| (*status, status.words().to_owned())).collect();
    if let Some(status) = form.choice(ui, "Status", relation.status, &statuses) {
        set("status", &|relation| relation.status = status);
    }
    if let Some(by) = form.actor(ui, "Claimed by", relation.asserted_by.as_deref()) {
        set("speaker", &|relation| relation.asserted_by.clone_from(&by));
    }
    if let Some(by) = form.actor(ui, "Contested by", relation.contested_by.as_deref()) {
        set("contesting actor", &|relation| relation.contested_by.clone_from(&by));
    }
    let confidences = maybe(Confidence::ALL, Confidence::words);
    if let Some(confidence) = form.choice(ui, "Confidence", relation.confidence, &confidences) {
        set("confidence", &|relation| relation.confidence = confidence);
    }
    period_ui(ui, &mut form, relation, &mut set);
    if let Some(note) = form.lines(ui, "Note", &relation.note) {
        set("note", &|relation| relation.note = note.as_str().into());
    }
    let taken = |id: &str| document.index().relation(&id.into()).is_some();
    if let Some(id) = form.id_line(ui, "Id", relation.id.as_str(), taken) {
        out.edit(Command::RenameRelation(relation.id.clone(), RelationId::from(id)));
    }
    if form.is_left || slider.drag_stopped() || slider.lost_focus() {
        out.push(Request::SealStep);
    }
    let element = Element::Relation(relation.id.clone());
    if let Some(evidence) = excerpts_ui(ui, document, &element, &relation.evidence, out) {
        let changed = Relation { evidence, ..relation.clone() };
        out.edit(Command::SetRelation(Box::new(changed), "excerpts"));
    }
    if danger(ui, "Delete this tie") {
        out.edit(Command::Delete(vec![element]));
    }
}

/// Takes the name of a field, which names the undo step, and a function that changes the field.
type SetRelation<'a> = dyn FnMut(&'static str, &dyn Fn(&mut Relation)) + 'a;

/// One field for the start and the end.
fn period_ui(ui: &mut Ui, form: &mut Form<'_>, relation: &Relation, set: &mut SetRelation<'_>) {
    let year = usual_year(form.map, relation);
    let Some(Period { start, end }) = form.period(ui, "When", relation.when(), year) else {
        return;
    };
    set("dates", &|relation| (relation.start, relation.end) = (start, end));
}

/// The year of dates without one: the year of the sources of the tie, or the map's date.
fn usual_year(map: &Map, relation: &Relation) -> Option<u16> {
    let sources = map
        .sources
        .iter()
        .filter(|source| relation.evidence.iter().any(|excerpt| excerpt.source == source.id));
    let years: BTreeSet<u16> =
        sources.filter_map(|source| source.date).map(PartialDate::year).collect();
    let of_sources = years.first().copied().filter(|_| years.len() == 1);
    of_sources.or(map.meta.as_of.map(PartialDate::year))
}

/// The options of a closed list, preceded by `–` for no value.
fn maybe<T: Copy>(all: &[T], words: fn(T) -> &'static str) -> Vec<(Option<T>, String)> {
    let values = all.iter().map(|value| (Some(*value), words(*value).to_owned()));
    std::iter::once((None, "–".to_owned())).chain(values).collect()
}
