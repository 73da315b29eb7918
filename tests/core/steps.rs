//! Random edits in any order: undoing them restores the opened bytes, redoing them the edited
//! bytes, and a journal cut anywhere recovers a prefix of them.

use allegiance::edit::align::Arrangement;
use allegiance::edit::{Command, Document, Origin, Selection, fragment};
use allegiance::file::store::journal;
use allegiance::geometry::{Point, Rect, point};
use allegiance::layout;
use allegiance::model::{
    Actor, ActorId, BriefingStep, Channel, Confidence, Element, Evidence, Map, Meta, Note,
    Paragraph, PartialDate, Relation, RelationId, RelationKind, Source, SourceId, Stance, Status,
    Strength,
};
use proptest::prelude::*;

use crate::support::EXAMPLE;

/// The number of kinds of step.
const KINDS: usize = 77;

/// One step: its kind, and two numbers that choose its targets and values.
pub type Aim = (usize, usize, usize);

pub fn any_step() -> impl Strategy<Value = Aim> {
    (0..KINDS, 0_usize..64, 0_usize..64)
}

pub fn opened(text: &str) -> Document {
    Document::opened(allegiance::file::parse(text.as_bytes()).expect("it opens"), Origin::Example)
}

fn date(number: usize) -> PartialDate {
    format!("20{:02}-{:02}", number % 30, 1 + number % 12).parse().expect("a date")
}

/// The element at `number` modulo the length. `None` if the list is empty.
fn nth<T: Clone>(list: &[T], number: usize) -> Option<T> {
    list.get(number % list.len().max(1)).cloned()
}

/// Applies one step. `serial` makes the ids of new elements unique.
pub fn step(document: &mut Document, (kind, a, b): Aim, serial: usize) {
    match kind {
        0 => drop(document.undo()),
        1 => drop(document.redo()),
        2 => type_a_word(document, a, serial),
        _ => {
            let map = document.map().clone();
            let command = on_map(&map, document, (kind, a, b), serial)
                .or_else(|| on_actor(&map, (kind, a, b)))
                .or_else(|| on_relation(&map, (kind, a, b)))
                .or_else(|| on_source(&map, (kind, a, b)))
                .or_else(|| on_note(&map, (kind, a, b), serial))
                .or_else(|| on_briefing(&map, (kind, a, b), serial));
            if let Some(command) = command {
                document.apply(command);
            }
        }
    }
}

/// Types a word into one field, letter by letter.
fn type_a_word(document: &mut Document, a: usize, serial: usize) {
    let Some(actor) = nth(&document.map().actors.raw, a) else { return };
    let word = format!("word{serial}");
    for end in 1..=word.len() {
        let typed = Actor { note: word[..end].into(), ..actor.clone() };
        document.apply(Command::SetActor(Box::new(typed), "note"));
    }
    document.seal();
}

fn on_map(map: &Map, document: &Document, (kind, a, b): Aim, serial: usize) -> Option<Command> {
    #[expect(clippy::cast_precision_loss, reason = "small numbers")]
    let at = point(a as f32 * 7.0, b as f32 * -3.0);
    let all_at = |at: Point| map.actors.iter().map(|actor| (actor.id.clone(), at)).collect();
    let pasted = |selection: &Selection, by: Point| {
        Command::Paste(Box::new(fragment::copied(map, document.index(), selection)), by)
    };
    let actor = |number: usize| nth(&map.actors.raw, number).map(|actor| actor.id);
    let meta = |change: &dyn Fn(&mut Meta), field: &'static str| {
        let mut meta = map.meta.clone();
        change(&mut meta);
        Some(Command::SetMeta(Box::new(meta), field))
    };
    match kind {
        3 => Some(Command::Move(vec![(actor(a)?, at)])),
        4 => Some(Command::Move(all_at(at))),
        5 => Some(Command::Pin(vec![actor(a)?], b % 2 == 0)),
        6 => {
            let id = ActorId::from(format!("new{serial}"));
            let name = format!("New {b}");
            Some(Command::AddActor(Box::new(Actor { id, name, ..Actor::default() }), at))
        }
        7 => {
            let id = RelationId::from(format!("new{serial}"));
            Some(Command::AddRelation(Box::new(Relation::new(
                id,
                actor(a)?,
                actor(b)?,
                Stance::ALL[b % 4],
            ))))
        }
        8 => Some(Command::AddSource(Box::new(Source {
            id: SourceId::from(format!("s{serial}")),
            ..Source::default()
        }))),
        9 => Some(Command::DeleteSource(nth(&map.sources.raw, b)?.id)),
        10 => Some(Command::Delete(vec![Element::Relation(nth(&map.relations.raw, a)?.id)])),
        11 => Some(Command::Delete(vec![Element::Actor(actor(a)?), Element::Actor(actor(b)?)])),
        12 => {
            let selection = [actor(a)?, actor(b)?].into_iter().map(Element::Actor).collect();
            Some(pasted(&selection, point(5.0, 5.0)))
        }
        13 => Some(pasted(
            &Selection::of(Element::Relation(nth(&map.relations.raw, a)?.id)),
            point(-5.0, 5.0),
        )),
        14 => Some(pasted(&Selection::all_actors(map), point(0.0, 500.0))),
        15 => {
            let boxes: Vec<Rect> =
                document.positions().iter().map(|at| Rect::around(*at, 20.0, 12.0)).collect();
            let align = ARRANGEMENTS[b % ARRANGEMENTS.len()];
            let ids = map.actors.iter().map(|actor| actor.id.clone());
            Some(Command::Align(align.verb(), ids.zip(align.places(&boxes, &[])).collect()))
        }
        16 => {
            let places = layout::circle(map.actors.len(), at, 0.0);
            Some(Command::Arrange(
                map.actors.iter().map(|actor| actor.id.clone()).zip(places).collect(),
            ))
        }
        17 => Some(Command::RenameActor(actor(a)?, ActorId::from(format!("renamed{}", b % 5)))),
        18 => Some(Command::RenameRelation(
            nth(&map.relations.raw, a)?.id,
            RelationId::from(format!("renamed{}", b % 5)),
        )),
        19 => Some(Command::RenameSource(
            nth(&map.sources.raw, a)?.id,
            SourceId::from(format!("renamed{}", b % 5)),
        )),
        20 => {
            // Differs as an earlier version may: another order, one tie less, another key.
            let mut other = map.clone();
            other.actors.reverse();
            other.layout.reverse();
            if !other.relations.is_empty() {
                other.relations.raw.remove(a % map.relations.len());
            }
            other.extra.insert(format!("key{}", b % 3), a.into());
            Some(Command::ReplaceMap("return to an earlier version", Box::new(other)))
        }
        21 => meta(&|meta| meta.title = format!("T{b}"), "title"),
        22 => meta(&|meta| meta.message = format!("M{b}"), "message"),
        23 => meta(&|meta| meta.as_of = (b % 3 > 0).then(|| date(a)), "date"),
        24 => meta(&|meta| meta.author = format!("A{b}"), "author"),
        25 => meta(&|meta| meta.marking = format!("TLP:{b}"), "marking"),
        26 => meta(&|meta| meta.caveat = format!("C{b}"), "caveat"),
        _ => None,
    }
}

/// Changes the steps of the briefing.
fn on_briefing(map: &Map, (kind, a, b): Aim, serial: usize) -> Option<Command> {
    let mut steps = map.steps.clone();
    match kind {
        74 => {
            let actor = nth(&map.actors.raw, a)?.id.to_string();
            let focus = vec![actor, nth(&map.relations.raw, b)?.id.to_string()];
            let id = format!("p{serial}").as_str().into();
            let at = a % (steps.len() + 1);
            steps.insert(at, BriefingStep { id, focus, ..BriefingStep::default() });
            Some(Command::SetSteps(steps, "add a step"))
        }
        75 => {
            let at = a % steps.len().max(1);
            steps.get_mut(at)?.title = format!("title {b}");
            Some(Command::SetSteps(steps, "change the title of a step"))
        }
        76 if b % 2 == 0 => {
            steps.reverse();
            Some(Command::SetSteps(steps, "reorder the steps"))
        }
        76 => {
            steps.pop()?;
            Some(Command::SetSteps(steps, "delete a step"))
        }
        _ => None,
    }
}

const ARRANGEMENTS: [Arrangement; 14] = [
    Arrangement::Left,
    Arrangement::Centre,
    Arrangement::Right,
    Arrangement::Top,
    Arrangement::Middle,
    Arrangement::Bottom,
    Arrangement::DistributeAcross,
    Arrangement::DistributeDown,
    Arrangement::MirrorAcross,
    Arrangement::MirrorDown,
    Arrangement::RotateLeft,
    Arrangement::RotateRight,
    Arrangement::Spread,
    Arrangement::Grid,
];

fn excerpt(map: &Map, b: usize) -> Option<Evidence> {
    Some(Evidence {
        source: nth(&map.sources.raw, b)?.id,
        excerpt: format!("e{b}").into(),
        ..Evidence::default()
    })
}

/// Changes one of the excerpts.
fn amended(evidence: &mut [Evidence], b: usize, change: &dyn Fn(&mut Evidence)) {
    let count = evidence.len().max(1);
    if let Some(excerpt) = evidence.get_mut(b % count) {
        change(excerpt);
    }
}

fn on_actor(map: &Map, (kind, a, b): Aim) -> Option<Command> {
    let set = |field: &'static str, change: &dyn Fn(&mut Actor)| {
        let mut actor = nth(&map.actors.raw, a)?;
        change(&mut actor);
        Some(Command::SetActor(Box::new(actor), field))
    };
    match kind {
        27 => set("name", &|actor| actor.name = format!("N{b}")),
        28 => set("short form", &|actor| actor.short = (b % 2 == 0).then(|| format!("S{b}"))),
        29 => set("kind", &|actor| actor.kind = format!("kind{}", b % 3).into()),
        30 => set("aliases", &|actor| actor.aliases.push(format!("A{b}"))),
        31 => set("note", &|actor| actor.note = format!("note {b}").into()),
        32 => set("Wikidata item", &|actor| {
            actor.wikidata = (b % 2 == 0).then(|| format!("Q{b}").into());
        }),
        33 => {
            // Avoids cycles: the whole is part of nothing, and the part has no parts.
            let (part, whole) = (nth(&map.actors.raw, a)?, nth(&map.actors.raw, b)?);
            let has_parts =
                map.actors.iter().any(|actor| actor.part_of.as_deref() == Some(&part.id));
            let is_possible = part.id != whole.id && whole.part_of.is_none() && !has_parts;
            set("whole", &|actor| actor.part_of = is_possible.then(|| Box::new(whole.id.clone())))
        }
        34 => {
            let excerpt = excerpt(map, b)?;
            set("excerpts", &|actor| actor.evidence.push(excerpt.clone()))
        }
        35 => set("excerpts", &|actor| drop(actor.evidence.pop())),
        36 => set("excerpts", &|actor| {
            amended(&mut actor.evidence, b, &|excerpt| excerpt.excerpt = format!("w{a}").into());
        }),
        37 => {
            let speaker = nth(&map.actors.raw, b)?.id;
            set("excerpts", &|actor| {
                amended(&mut actor.evidence, b, &|excerpt| {
                    excerpt.speaker = Some(Box::new(speaker.clone()));
                });
            })
        }
        _ => None,
    }
}

fn on_relation(map: &Map, (kind, a, b): Aim) -> Option<Command> {
    let set = |field: &'static str, change: &dyn Fn(&mut Relation)| {
        let mut relation = nth(&map.relations.raw, a)?;
        change(&mut relation);
        Some(Command::SetRelation(Box::new(relation), field))
    };
    let amend = |change: &dyn Fn(&mut Evidence)| {
        set("excerpts", &|tie| amended(&mut tie.evidence, b, change))
    };
    match kind {
        38 => set("stance", &|tie| tie.stance = Stance::ALL[b % 4]),
        39 => {
            let strength = Strength::new(u8::try_from(b % 6).unwrap_or(0)).unwrap_or_default();
            set("strength", &|tie| tie.strength = strength)
        }
        40 => set("direction", &|tie| tie.directed = !tie.directed),
        41 => set("status", &|tie| tie.status = Status::ALL[b % 5]),
        42 => set("ends", &|tie| std::mem::swap(&mut tie.from, &mut tie.to)),
        43 => set("kind", &|tie| tie.kind = RelationKind::from(format!("k{}", b % 4))),
        44 => set("channel", &|tie| tie.channel = Channel::ALL.get(b % 4).copied()),
        45 => set("confidence", &|tie| tie.confidence = Confidence::ALL.get(b % 4).copied()),
        46 => set("speaker", &|tie| {
            tie.asserted_by =
                (b % 4 > 0).then(|| Box::new(map.actors.raw[b % map.actors.len()].id.clone()));
        }),
        47 => set("contesting actor", &|tie| {
            tie.contested_by =
                (b % 4 > 0).then(|| Box::new(map.actors.raw[b % map.actors.len()].id.clone()));
        }),
        48 => set("start date", &|tie| (tie.start, tie.end) = ((b % 3 > 0).then(|| date(b)), None)),
        49 => set("end date", &|tie| (tie.start, tie.end) = (None, (b % 3 > 0).then(|| date(b)))),
        50 => set("note", &|tie| tie.note = format!("note {b}").into()),
        51 => {
            let excerpt = excerpt(map, b)?;
            set("excerpts", &|tie| tie.evidence.push(excerpt.clone()))
        }
        52 => set("excerpts", &|tie| drop(tie.evidence.pop())),
        53 => amend(&|excerpt| excerpt.paragraph = Some(format!("P{a}").into())),
        54 => amend(&|excerpt| excerpt.credibility = Some(format!("{}", 1 + a % 6).into())),
        55 => amend(&|excerpt| {
            (excerpt.prefix, excerpt.suffix) =
                (format!("before {a}").into(), format!("after {a}").into());
        }),
        56 => amend(&|excerpt| {
            (excerpt.start, excerpt.end) = (Some(a.into()), Some((a + 1 + b).into()));
        }),
        57 => amend(&|excerpt| excerpt.note = format!("said {a}").into()),
        58 => {
            let source = nth(&map.sources.raw, a)?.id;
            amend(&|excerpt| excerpt.source = source.clone())
        }
        59 => set("excerpts", &|tie| tie.evidence.extend(tie.evidence.last().cloned())),
        _ => None,
    }
}

fn on_source(map: &Map, (kind, a, b): Aim) -> Option<Command> {
    let set = |field: &'static str, change: &dyn Fn(&mut Source)| {
        let mut source = nth(&map.sources.raw, a)?;
        change(&mut source);
        Some(Command::SetSource(Box::new(source), field))
    };
    match kind {
        60 => set("title", &|source| source.title = format!("T{b}")),
        61 => set("author", &|source| source.author = format!("A{b}")),
        62 => set("publisher", &|source| source.publisher = format!("P{b}")),
        63 => set("date", &|source| source.date = (b % 3 > 0).then(|| date(b))),
        64 => set("link", &|source| {
            source.url = (b % 2 == 0).then(|| format!("https://example.org/{b}"));
        }),
        65 => {
            set("reliability", &|source| source.reliability = (b % 2 == 0).then(|| "B".to_owned()))
        }
        66 => set("text file", &|source| {
            source.text_file = (b % 2 == 0).then(|| format!("text{b}.txt"));
        }),
        67 => set("paragraphs", &|source| {
            let (start, label) = (source.paragraphs.len(), format!("L{}", source.paragraphs.len()));
            source.paragraphs.push(Paragraph {
                label,
                start,
                end: start + b,
                ..Paragraph::default()
            });
        }),
        _ => None,
    }
}

fn on_note(map: &Map, (kind, a, b): Aim, serial: usize) -> Option<Command> {
    #[expect(clippy::cast_precision_loss, reason = "small numbers")]
    let at = point(a as f32 * -7.0, b as f32 * 3.0);
    let about = match b % 3 {
        0 => None,
        1 => nth(&map.actors.raw, a).map(|actor| actor.id.to_string()),
        _ => nth(&map.relations.raw, a).map(|tie| tie.id.to_string()),
    };
    let note = nth(&map.notes.raw, a);
    match kind {
        68 => {
            let id = format!("n{serial}").into();
            let (x, y) = (at.x.into(), at.y.into());
            let text = format!("note {a} {b}");
            Some(Command::AddNote(Box::new(Note {
                id,
                x,
                y,
                width: 180.0,
                about,
                text,
                ..Note::default()
            })))
        }
        69 => Some(Command::SetNote(Box::new(Note { text: format!("T{b}"), ..note? }), "text")),
        70 => Some(Command::SetNote(Box::new(Note { about, ..note? }), "the subject")),
        71 => {
            let actor = Element::Actor(nth(&map.actors.raw, b)?.id);
            Some(Command::MoveElements(vec![(Element::Note(note?.id), at), (actor, at)]))
        }
        72 => Some(Command::ResizeNote(note?.id, at.x, 100.0 + f64::from(u8::try_from(b).ok()?))),
        73 => {
            let actor = Element::Actor(nth(&map.actors.raw, b)?.id);
            let note = Element::Note(note?.id);
            Some(Command::Delete(if b % 2 == 0 { vec![note] } else { vec![note, actor] }))
        }
        _ => None,
    }
}

#[test]
fn every_kind_of_step_has_an_effect() {
    for kind in 2..KINDS {
        let is_felt = (0..40).any(|aim| {
            let mut document = opened(EXAMPLE);
            // Some kinds of step need an excerpt of an actor, a second source or a note.
            step(&mut document, (34, 3, 0), 0);
            step(&mut document, (8, 0, 0), 0);
            step(&mut document, (68, 3, 1), 0);
            // Or two steps of a briefing.
            step(&mut document, (74, 3, 1), 0);
            step(&mut document, (74, 3, 1), 2);
            let before = document.state();
            step(&mut document, (kind, 3 + aim % 2 * aim, aim + 1), 1);
            document.state() != before
        });
        assert!(is_felt, "step {kind} does nothing");
    }
}

pub fn cases() -> ProptestConfig {
    let cases = if std::env::var_os("CI").is_some() { 1000 } else { 60 };
    ProptestConfig { cases, ..ProptestConfig::default() }
}

proptest! {
    #![proptest_config(cases())]

    #[test]
    fn undoing_any_edits_restores_the_opened_bytes_and_redoing_the_edited_ones(
        edits in proptest::collection::vec(any_step(), 1..25),
        is_sealed in any::<bool>(),
    ) {
        let mut document = opened(EXAMPLE);
        for (serial, edit) in edits.into_iter().enumerate() {
            step(&mut document, edit, serial);
            if is_sealed { document.seal(); }
        }
        let edited = document.to_bytes().expect("written");
        prop_assert!(allegiance::file::parse(&edited).is_ok(), "an edit left the map with errors");
        let mut steps = 0;
        while document.undo().is_some() { steps += 1; }
        prop_assert_eq!(&document.to_bytes().expect("written")[..], EXAMPLE.as_bytes());
        prop_assert!(!document.is_unsaved());
        for _ in 0..steps { prop_assert!(document.redo().is_some()); }
        prop_assert_eq!(document.to_bytes().expect("written"), edited);
    }

    #[test]
    fn a_journal_of_any_edits_cut_anywhere_recovers_a_prefix_of_them(
        edits in proptest::collection::vec(any_step(), 1..12),
        cut in 0.0_f64..1.0,
    ) {
        let mut document = opened(EXAMPLE);
        let written = |document: &Document| {
            allegiance::file::native::write::write(document.map()).expect("written")
        };
        let mut journal =
            serde_json::to_string(&document.journal_header()).expect("a header") + "\n";
        let header = journal.len();
        let mut states = vec![written(&document)];
        for (serial, edit) in edits.into_iter().enumerate() {
            step(&mut document, edit, serial);
            for event in document.take_events() {
                journal += &serde_json::to_string(&event).expect("an event");
                journal += "\n";
                states.push(Vec::new());
            }
            // Typing makes several events at once. Only the state after the last one is compared.
            *states.last_mut().expect("one at least") = written(&document);
        }
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            clippy::cast_precision_loss,
            reason = "a share of a length"
        )]
        let cut = header + ((journal.len() - header) as f64 * cut) as usize;
        let (header, events) = journal::read(&journal.as_bytes()[..cut]).expect("a header");
        let recovered = Document::recovered(&header, &events).expect("it opens");
        prop_assert!(events.len() < states.len());
        if !states[events.len()].is_empty() {
            prop_assert_eq!(written(&recovered), states[events.len()].clone());
        }
        prop_assert!(allegiance::file::parse(&written(&recovered)).is_ok());
    }
}
