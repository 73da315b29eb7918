//! The forms of the inspector: every field of an actor, a tie, a source and the map itself.

use eframe::egui::{Id, RichText, Slider, Ui};

use super::form::Form;
use super::style::bold;
use crate::edit::{Command, Document, Item};
use crate::model::{
    Actor, ActorId, ActorKind, Channel, Confidence, Evidence, Meta, Relation, RelationKind, Source, SourceId, Stance,
    Status, Strength,
};

/// What the forms ask for.
#[derive(Default)]
pub struct Edits {
    pub commands: Vec<Command>,
    pub is_left: bool,
}

fn form(document: &Document, key: impl std::hash::Hash + std::fmt::Debug) -> Form<'_> {
    Form { map: document.map(), key: Id::new(key), is_left: false }
}

/// The id of the field for an actor's name.
#[must_use]
pub fn name_field(actor: &ActorId) -> Id {
    Id::new(("actor", actor.as_str())).with("Name")
}

/// The form of an actor.
pub fn actor_ui(ui: &mut Ui, document: &Document, actor: &Actor, edits: &mut Edits) {
    let mut form = form(document, ("actor", actor.id.as_str()));
    let mut set = |field: &'static str, change: &dyn Fn(&mut Actor)| {
        let mut changed = actor.clone();
        change(&mut changed);
        edits.commands.push(Command::SetActor(Box::new(changed), field));
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
        let kind = if kind.trim().is_empty() { ActorKind::Unknown } else { ActorKind::from(key_of(&kind)) };
        set("kind", &|actor| actor.kind = kind.clone());
    }
    if let Some(aliases) = form.line(ui, "Aliases, separated by commas", &actor.aliases.join(", ")) {
        let aliases: Vec<String> =
            aliases.split(',').map(str::trim).filter(|alias| !alias.is_empty()).map(str::to_owned).collect();
        set("aliases", &|actor| actor.aliases.clone_from(&aliases));
    }
    if let Some(whole) = form.actor(ui, "Part of", actor.part_of.as_ref())
        && whole.as_ref().is_none_or(|whole| !is_inside(document, whole, actor))
    {
        set("whole", &|actor| actor.part_of.clone_from(&whole));
    }
    if let Some(wikidata) = form.optional_line(ui, "Wikidata", actor.wikidata.as_deref()) {
        set("Wikidata item", &|actor| actor.wikidata.clone_from(&wikidata));
    }
    if let Some(note) = form.lines(ui, "Note", &actor.note) {
        set("note", &|actor| actor.note.clone_from(&note));
    }
    edits.is_left |= form.is_left;
    if let Some((evidence, field)) = excerpts_ui(ui, document, ("actor", &actor.id.0), &actor.evidence, edits) {
        edits.commands.push(Command::SetActor(Box::new(Actor { evidence, ..actor.clone() }), field));
    }
    if danger(ui, "Delete this actor") {
        edits.commands.push(Command::Delete(vec![Item::Actor(actor.id.clone())]));
    }
}

/// True where `whole` is `actor` or lies inside it: making it the whole would close a circle.
fn is_inside(document: &Document, whole: &ActorId, actor: &Actor) -> bool {
    let map = document.map();
    let mut at = Some(whole.clone());
    for _ in 0..=map.actors.len() {
        match at {
            None => return false,
            Some(id) if id == actor.id => return true,
            Some(id) => at = document.index().actor(&id).and_then(|at| map.actors.get(at)?.part_of.clone()),
        }
    }
    true
}

fn known_kinds(document: &Document) -> Vec<String> {
    let mut known: Vec<String> = ActorKind::KNOWN.iter().map(|kind| kind.key().to_owned()).collect();
    for actor in &document.map().actors {
        if let ActorKind::Other(kind) = &actor.kind
            && !known.contains(kind)
        {
            known.push(kind.clone());
        }
    }
    known
}

/// Words as a key: `armed group` is `armed_group`.
fn key_of(words: &str) -> String {
    words.trim().replace(' ', "_")
}

/// The form of a tie.
pub fn relation_ui(ui: &mut Ui, document: &Document, relation: &Relation, edits: &mut Edits) {
    let mut form = form(document, ("relation", &relation.id.0));
    let mut set = |field: &'static str, change: &dyn Fn(&mut Relation)| {
        let mut changed = relation.clone();
        change(&mut changed);
        edits.commands.push(Command::SetRelation(Box::new(changed), field));
    };
    if let Some(Some(from)) = form.actor(ui, "From", Some(&relation.from)) {
        set("start", &|relation| relation.from.clone_from(&from));
    }
    if let Some(Some(to)) = form.actor(ui, "To", Some(&relation.to)) {
        set("end", &|relation| relation.to.clone_from(&to));
    }
    let mut directed = relation.directed;
    if ui.checkbox(&mut directed, "Directed").on_hover_text("Off: the tie holds both ways alike").changed() {
        set("direction", &|relation| relation.directed = directed);
    }
    let stances: Vec<(Stance, String)> =
        Stance::ALL.iter().map(|stance| (*stance, stance.words().to_owned())).collect();
    if let Some(stance) = form.choice(ui, "Stance", relation.stance, &stances) {
        set("stance", &|relation| relation.stance = stance);
    }
    let mut known: Vec<String> = document.map().relations.iter().map(|tie| tie.kind.0.clone()).collect();
    known.sort();
    known.dedup();
    if let Some(kind) = form.open_list(ui, "Kind", &relation.kind.0, &known) {
        set("kind", &|relation| relation.kind = RelationKind(key_of(&kind)));
    }
    if let Some(channel) = form.choice(ui, "Channel", relation.channel, &maybe(Channel::ALL, Channel::words)) {
        set("channel", &|relation| relation.channel = channel);
    }
    let mut strength = relation.strength.value();
    let slider = ui.add(Slider::new(&mut strength, 0..=Strength::MAX).text("Strength"));
    if slider.changed() {
        set("strength", &|relation| relation.strength = Strength::new(strength).unwrap_or_default());
    }
    let statuses: Vec<(Status, String)> =
        Status::ALL.iter().map(|status| (*status, status.words().to_owned())).collect();
    if let Some(status) = form.choice(ui, "Status", relation.status, &statuses) {
        set("status", &|relation| relation.status = status);
    }
    if let Some(by) = form.actor(ui, "Asserted by", relation.asserted_by.as_ref()) {
        set("speaker", &|relation| relation.asserted_by.clone_from(&by));
    }
    if let Some(by) = form.actor(ui, "Contested by", relation.contested_by.as_ref()) {
        set("contesting actor", &|relation| relation.contested_by.clone_from(&by));
    }
    let confidences = maybe(Confidence::ALL, Confidence::words);
    if let Some(confidence) = form.choice(ui, "Confidence", relation.confidence, &confidences) {
        set("confidence", &|relation| relation.confidence = confidence);
    }
    period_ui(ui, &mut form, relation, &mut set);
    if let Some(note) = form.lines(ui, "Note", &relation.note) {
        set("note", &|relation| relation.note.clone_from(&note));
    }
    edits.is_left |= form.is_left | slider.drag_stopped() | slider.lost_focus();
    if let Some((evidence, field)) = excerpts_ui(ui, document, ("relation", &relation.id.0), &relation.evidence, edits)
    {
        edits.commands.push(Command::SetRelation(Box::new(Relation { evidence, ..relation.clone() }), field));
    }
    if danger(ui, "Delete this tie") {
        edits.commands.push(Command::Delete(vec![Item::Relation(relation.id.clone())]));
    }
}

/// Takes the name of a field and what becomes of it.
type SetRelation<'a> = dyn FnMut(&'static str, &dyn Fn(&mut Relation)) + 'a;

fn period_ui(ui: &mut Ui, form: &mut Form<'_>, relation: &Relation, set: &mut SetRelation<'_>) {
    let is_backwards = |start: Option<crate::model::PartialDate>, end: Option<crate::model::PartialDate>| {
        start.zip(end).is_some_and(|(start, end)| end.is_surely_before(start))
    };
    let mut refused = false;
    if let Some(start) = form.date(ui, "Since", relation.start) {
        refused |= is_backwards(start, relation.end);
        if !refused {
            set("start date", &|relation| relation.start = start);
        }
    }
    if let Some(end) = form.date(ui, "Until", relation.end) {
        refused |= is_backwards(relation.start, end);
        if !refused {
            set("end date", &|relation| relation.end = end);
        }
    }
    if refused {
        ui.label(RichText::new("It cannot end before it starts.").color(ui.visuals().error_fg_color));
    }
}

/// The values of a closed list that may be absent.
fn maybe<T: Copy>(all: &[T], words: fn(T) -> &'static str) -> Vec<(Option<T>, String)> {
    let values = all.iter().map(|value| (Some(*value), words(*value).to_owned()));
    std::iter::once((None, "–".to_owned())).chain(values).collect()
}

/// The excerpts of an actor or tie; what they became, and the field's name.
fn excerpts_ui(
    ui: &mut Ui,
    document: &Document,
    owner: (&str, &str),
    evidence: &[Evidence],
    edits: &mut Edits,
) -> Option<(Vec<Evidence>, &'static str)> {
    ui.separator();
    ui.label(RichText::new("Excerpts").font(bold(13.0)));
    let mut changed = evidence.to_vec();
    let mut removed = None;
    for (number, excerpt) in changed.iter_mut().enumerate() {
        let mut form = form(document, (owner, number));
        excerpt_ui(ui, &mut form, excerpt);
        edits.is_left |= form.is_left;
        if ui.button("Delete this excerpt").clicked() {
            removed = Some(number);
        }
        ui.add_space(6.0);
    }
    if let Some(number) = removed {
        changed.remove(number);
        edits.is_left = true;
    }
    match document.map().sources.first() {
        None => drop(ui.label(RichText::new("An excerpt needs a source: add one under the map's own fields.").weak())),
        Some(source) => {
            if ui.button("Add an excerpt").clicked() {
                changed.push(Evidence { source: source.id.clone(), ..Evidence::default() });
                edits.is_left = true;
            }
        }
    }
    (changed != evidence).then_some((changed, "excerpts"))
}

fn excerpt_ui(ui: &mut Ui, form: &mut Form<'_>, excerpt: &mut Evidence) {
    if let Some(words) = form.lines(ui, "Words", &excerpt.excerpt) {
        excerpt.excerpt = words;
        // The words were somewhere else in the source, or nowhere.
        excerpt.start = None;
        excerpt.end = None;
    }
    let sources = &form.map.sources;
    let at = sources.iter().position(|source| source.id == excerpt.source);
    let all: Vec<(Option<usize>, String)> =
        sources.iter().enumerate().map(|(at, source)| (Some(at), source.name().to_owned())).collect();
    if let Some(source) = form.choice(ui, "Source", at, &all).flatten().and_then(|at| form.map.sources.get(at)) {
        excerpt.source = source.id.clone();
    }
    if let Some(paragraph) = form.optional_line(ui, "Paragraph", excerpt.paragraph.as_deref()) {
        excerpt.paragraph = paragraph;
    }
    if let Some(speaker) = form.actor(ui, "Speaker", excerpt.speaker.as_ref()) {
        excerpt.speaker = speaker;
    }
    if let Some(credibility) = form.optional_line(ui, "Credibility (1 to 6)", excerpt.credibility.as_deref()) {
        excerpt.credibility = credibility;
    }
    if let Some(note) = form.lines(ui, "Note", &excerpt.note) {
        excerpt.note = note;
    }
}

/// The form of the map itself and of its sources.
pub fn map_ui(ui: &mut Ui, document: &Document, edits: &mut Edits) {
    let meta = &document.map().meta;
    let mut form = form(document, "map");
    let mut set = |field: &'static str, change: &dyn Fn(&mut Meta)| {
        let mut changed = meta.clone();
        change(&mut changed);
        edits.commands.push(Command::SetMeta(Box::new(changed), field));
    };
    if let Some(title) = form.line(ui, "Title", &meta.title) {
        set("title", &|meta| meta.title.clone_from(&title));
    }
    if let Some(message) = form.line(ui, "Message", &meta.message) {
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
    edits.is_left |= form.is_left;
    ui.separator();
    ui.label(RichText::new("Sources").font(bold(13.0)));
    for source in &document.map().sources {
        source_ui(ui, document, source, edits);
    }
    if ui.button("Add a source").clicked() {
        let taken = |id: &String| document.index().source(&SourceId(id.clone())).is_some();
        let id = free_id("s", taken);
        let source = Source { id: SourceId(id), title: "New source".to_owned(), ..Source::default() };
        edits.commands.push(Command::AddSource(Box::new(source)));
    }
}

fn source_ui(ui: &mut Ui, document: &Document, source: &Source, edits: &mut Edits) {
    let mut form = form(document, ("source", &source.id.0));
    let mut set = |field: &'static str, change: &dyn Fn(&mut Source)| {
        let mut changed = source.clone();
        change(&mut changed);
        edits.commands.push(Command::SetSource(Box::new(changed), field));
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
    if let Some(code) = form.optional_line(ui, "Reliability (A to F)", source.reliability.as_deref()) {
        set("reliability", &|source| source.reliability.clone_from(&code));
    }
    edits.is_left |= form.is_left;
    let cited = document.map().relations.iter().flat_map(|relation| &relation.evidence);
    let cited = cited.chain(document.map().actors.iter().flat_map(|actor| &actor.evidence));
    let count = cited.filter(|excerpt| excerpt.source == source.id).count();
    let label = match count {
        0 => "Delete this source".to_owned(),
        1 => "Delete this source and 1 excerpt".to_owned(),
        count => format!("Delete this source and {count} excerpts"),
    };
    if danger(ui, &label) {
        edits.commands.push(Command::DeleteSource(source.id.clone()));
    }
    ui.separator();
}

/// The first of `s1`, `s2`, … that is not taken.
#[must_use]
pub fn free_id(stem: &str, is_taken: impl Fn(&String) -> bool) -> String {
    (1..=u64::MAX).map(|number| format!("{stem}{number}")).find(|id| !is_taken(id)).unwrap_or_default()
}

fn danger(ui: &mut Ui, text: &str) -> bool {
    ui.add_space(4.0);
    let text = RichText::new(text).color(ui.visuals().error_fg_color);
    ui.button(text).on_hover_text("It can be undone").clicked()
}
