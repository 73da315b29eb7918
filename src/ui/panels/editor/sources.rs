//! The form of the map itself and of its sources.

use egui::{CollapsingHeader, RichText, Ui};

use super::fields::{MAP_KEY, danger, form, paragraph_id, paragraph_key, source_key};
use crate::edit::{Command, Document};
use crate::model::{Meta, Paragraph, Source, SourceId};
use crate::ui::requests::{Request, Requests};
use crate::ui::widgets::rejected;
use crate::ui::widgets::style::bold;

/// The form of the map itself and of its sources.
pub fn map_ui(ui: &mut Ui, document: &Document, out: &mut Requests) {
    let meta = &document.map().meta;
    let mut form = form(document, MAP_KEY);
    let mut set = |field: &'static str, change: &dyn Fn(&mut Meta)| {
        let mut changed = meta.clone();
        change(&mut changed);
        out.edit(Command::SetMeta(Box::new(changed), field));
    };
    if let Some(title) = form.line(ui, "Title", &meta.title) {
        set("title", &|meta| meta.title.clone_from(&title));
    }
    if let Some(message) = form.line(ui, "Headline (shown above the map)", &meta.message) {
        set("message", &|meta| meta.message.clone_from(&message));
    }
    if let Some(date) = form.date(ui, "As of", meta.as_of) {
        set("date", &|meta| meta.as_of = date);
    }
    if let Some(author) = form.line(ui, "Author", &meta.author) {
        set("author", &|meta| meta.author.clone_from(&author));
    }
    if let Some(marking) = form.line(ui, "Marking", &meta.marking) {
        set("marking", &|meta| meta.marking.clone_from(&marking));
    }
    if let Some(caveat) = form.lines(ui, "Caveat", &meta.caveat) {
        set("caveat", &|meta| meta.caveat.clone_from(&caveat));
    }
    if form.is_left {
        out.push(Request::SealStep);
    }
    ui.separator();
    ui.label(RichText::new("Sources").font(bold(13.0)));
    for source in &document.map().sources {
        source_ui(ui, document, source, out);
    }
    if ui.button("Add a source").clicked() {
        let id = document.new_ids().source();
        let source = Source { id, ..Source::default() };
        out.edit(Command::AddSource(Box::new(source)));
    }
}

fn source_ui(ui: &mut Ui, document: &Document, source: &Source, out: &mut Requests) {
    let mut form = form(document, source_key(&source.id));
    let mut set = |field: &'static str, change: &dyn Fn(&mut Source)| {
        let mut changed = source.clone();
        change(&mut changed);
        out.edit(Command::SetSource(Box::new(changed), field));
    };
    if let Some(title) = form.line(ui, "Title", &source.title) {
        set("title", &|source| source.title.clone_from(&title));
    }
    if let Some(author) = form.line(ui, "Author", &source.author) {
        set("author", &|source| source.author.clone_from(&author));
    }
    if let Some(publisher) = form.line(ui, "Publisher", &source.publisher) {
        set("publisher", &|source| source.publisher.clone_from(&publisher));
    }
    if let Some(date) = form.date(ui, "Date", source.date) {
        set("date", &|source| source.date = date);
    }
    if let Some(url) = form.optional_line(ui, "Link", source.url.as_deref()) {
        set("link", &|source| source.url.clone_from(&url));
    }
    if let Some(code) =
        form.optional_line(ui, "Reliability (A to F)", source.reliability.as_deref())
    {
        set("reliability", &|source| source.reliability.clone_from(&code));
    }
    if let Some(file) =
        form.optional_line(ui, "Text file (in the map's folder)", source.text_file.as_deref())
    {
        set("text file", &|source| source.text_file.clone_from(&file));
    }
    let label = format!("Paragraphs ({})", source.paragraphs.len());
    let mut paragraphs = source.paragraphs.clone();
    let is_rejected = |number| rejected::is_in(ui.ctx(), paragraph_id(document, source, number));
    let is_open = (0..paragraphs.len()).any(is_rejected).then_some(true);
    CollapsingHeader::new(label).id_salt(form.key).open(is_open).show(ui, |ui| {
        form.is_left |= paragraphs_ui(ui, document, source, &mut paragraphs);
    });
    if paragraphs != source.paragraphs {
        set("paragraphs", &|source| source.paragraphs.clone_from(&paragraphs));
    }
    let taken = |id: &str| document.index().source(&id.into()).is_some();
    if let Some(id) = form.id_line(ui, "Id", source.id.as_str(), taken) {
        out.edit(Command::RenameSource(source.id.clone(), SourceId::from(id)));
    }
    if form.is_left {
        out.push(Request::SealStep);
    }
    let cited = document.map().relations.iter().flat_map(|relation| &relation.evidence);
    let cited = cited.chain(document.map().actors.iter().flat_map(|actor| &actor.evidence));
    let count = cited.filter(|excerpt| excerpt.source == source.id).count();
    let label = match count {
        0 => "Delete this source".to_owned(),
        1 => "Delete this source and 1 excerpt".to_owned(),
        count => format!("Delete this source and {count} excerpts"),
    };
    if danger(ui, &label) {
        out.edit(Command::DeleteSource(source.id.clone()));
    }
    ui.separator();
}

/// The labelled paragraphs. Invalid input shows a warning and is not applied. Returns true if a
/// field lost focus, or if a paragraph was added or deleted.
fn paragraphs_ui(
    ui: &mut Ui,
    document: &Document,
    source: &Source,
    paragraphs: &mut Vec<Paragraph>,
) -> bool {
    let mut is_left = false;
    let mut removed = None;
    for number in 0..paragraphs.len() {
        let mut form = form(document, paragraph_key(&source.id, number));
        let Some(before) = paragraphs.get(number).cloned() else { continue };
        let mut after = before.clone();
        let others = paragraphs.iter().enumerate().filter(|(other, _)| *other != number);
        let others: Vec<&str> = others.map(|(_, other)| other.label.as_str()).collect();
        let taken = "Another paragraph already has this label.";
        let is_free = |label: &str| (!others.contains(&label)).then_some(()).ok_or(taken);
        if let Some(label) = form.checked_line(ui, "Label", &before.label, is_free) {
            after.label = label;
        }
        let in_order = |start: Option<usize>, end: Option<usize>| match start.zip(end) {
            None => Err("Enter a whole number."),
            Some((start, end)) if start > end => Err("A paragraph cannot end before it starts."),
            Some(_) => Ok(()),
        };
        let (start, end) = (Some(before.start), Some(before.end));
        let allowed = |start| in_order(start, end);
        if let Some(Some(start)) = form.count(ui, "First character", start, allowed) {
            after.start = start;
        }
        let allowed = |end| in_order(start, end);
        if let Some(Some(end)) = form.count(ui, "One past the last character", end, allowed) {
            after.end = end;
        }
        if let Some(place) = paragraphs.get_mut(number) {
            *place = after;
        }
        if ui.button("Delete this paragraph").clicked() {
            removed = Some(number);
        }
        is_left |= form.is_left;
        ui.add_space(4.0);
    }
    if let Some(number) = removed {
        paragraphs.remove(number);
        is_left = true;
    }
    if ui.button("Add a paragraph").clicked() {
        let end = paragraphs.last().map_or(0, |last| last.end);
        let is_free = |label: &String| paragraphs.iter().all(|one| one.label != *label);
        let mut labels = (1..=u64::MAX).map(|number| format!("P{number}"));
        let label = labels.find(is_free).unwrap_or_default();
        paragraphs.push(Paragraph { label, start: end, end, ..Paragraph::default() });
        is_left = true;
    }
    is_left
}
