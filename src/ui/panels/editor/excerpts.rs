//! The fields of the excerpts of an actor or tie.

use egui::{CollapsingHeader, RichText, Ui};

use super::fields::{excerpt_key, form};
use crate::edit::{Command, Document};
use crate::model::{Element, Evidence, SourceIndex};
use crate::ui::requests::{Request, Requests};
use crate::ui::widgets::form::Form;
use crate::ui::widgets::rejected;
use crate::ui::widgets::style::bold;

/// The excerpts of an actor or a tie. Returns the new excerpts if any of them changed.
pub(super) fn excerpts_ui(
    ui: &mut Ui,
    document: &Document,
    element: &Element,
    evidence: &[Evidence],
    out: &mut Requests,
) -> Option<Vec<Evidence>> {
    ui.separator();
    ui.label(RichText::new("Excerpts").font(bold(13.0)));
    let mut changed = evidence.to_vec();
    let mut removed = None;
    for (number, excerpt) in changed.iter_mut().enumerate() {
        let mut form = form(document, excerpt_key(element, number));
        excerpt_ui(ui, &mut form, excerpt);
        if form.is_left {
            out.push(Request::SealStep);
        }
        if ui.button("Delete this excerpt").clicked() {
            removed = Some(number);
        }
        ui.add_space(6.0);
    }
    if let Some(number) = removed {
        changed.remove(number);
        out.push(Request::SealStep);
    }
    match document.map().sources.first() {
        None => {
            let words = "An excerpt needs a source. Deselect everything to add one.";
            ui.label(RichText::new(words).weak());
        }
        Some(source) => {
            if ui.button("Add an excerpt").clicked() {
                let excerpt = Evidence { source: source.id.clone(), ..Evidence::default() };
                out.push(Request::SealStep);
                out.edit(Command::AddExcerpt(element.clone(), Box::new(excerpt)));
            }
        }
    }
    (changed != evidence).then_some(changed)
}

fn excerpt_ui(ui: &mut Ui, form: &mut Form<'_>, excerpt: &mut Evidence) {
    if let Some(words) = form.lines(ui, "Words", &excerpt.excerpt) {
        excerpt.excerpt = words.into();
        // The old position does not apply to the new words.
        excerpt.start = None;
        excerpt.end = None;
    }
    let sources = &form.map.sources;
    let at = sources.position(|source| source.id == excerpt.source);
    let all: Vec<(Option<SourceIndex>, String)> = sources
        .iter_enumerated()
        .map(|(at, source)| (Some(at), source.name().to_owned()))
        .collect();
    if let Some(source) =
        form.choice(ui, "Source", at, &all).flatten().and_then(|at| form.map.sources.get(at))
    {
        excerpt.source = source.id.clone();
    }
    if let Some(paragraph) = form.optional_line(ui, "Paragraph", excerpt.paragraph.as_deref()) {
        excerpt.paragraph = paragraph.map(Into::into);
    }
    if let Some(speaker) = form.actor(ui, "Speaker", excerpt.speaker.as_deref()) {
        excerpt.speaker = speaker;
    }
    if let Some(credibility) =
        form.optional_line(ui, "Credibility (1 to 6)", excerpt.credibility.as_deref())
    {
        excerpt.credibility = credibility.map(Into::into);
    }
    if let Some(note) = form.lines(ui, "Note", &excerpt.note) {
        excerpt.note = note.into();
    }
    CollapsingHeader::new("Place in the source")
        .id_salt(form.key)
        .open(rejected::is_in(ui.ctx(), form.key).then_some(true))
        .show(ui, |ui| anchor_ui(ui, form, excerpt));
}

/// Fields for the position of the words in the source. If the text of the source is available, the
/// program keeps the position up to date.
fn anchor_ui(ui: &mut Ui, form: &mut Form<'_>, excerpt: &mut Evidence) {
    if let Some(prefix) = form.line(ui, "Words before", &excerpt.prefix) {
        excerpt.prefix = prefix.into();
    }
    if let Some(suffix) = form.line(ui, "Words after", &excerpt.suffix) {
        excerpt.suffix = suffix.into();
    }
    let (start, end) = (excerpt.start.map(usize::from), excerpt.end.map(usize::from));
    let backwards = "An excerpt must end after it starts.";
    let is_before = |start: Option<usize>, end: Option<usize>| {
        start.zip(end).is_none_or(|(start, end)| start < end)
    };
    let allowed = |start| is_before(start, end).then_some(()).ok_or(backwards);
    if let Some(start) = form.count(ui, "First character", start, allowed) {
        excerpt.start = start.map(Into::into);
    }
    let allowed = |end| is_before(start, end).then_some(()).ok_or(backwards);
    if let Some(end) = form.count(ui, "One past the last character", end, allowed) {
        excerpt.end = end.map(Into::into);
    }
}
