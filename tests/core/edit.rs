//! Selecting, editing, undoing and redoing.

use allegiance::edit::{Command, Document, Origin, Selection, fragment};
use allegiance::geometry::{Point, point};
use allegiance::model::{
    Actor, ActorId, ActorIndex, Element, Evidence, Note, PerActor, Relation, RelationIndex, Stance,
};

use allegiance::scene::shown::Shown;

use crate::support::{EXAMPLE, looking, map, parse};

fn document() -> Document {
    Document::opened(
        allegiance::file::parse(EXAMPLE.as_bytes()).expect("it opens"),
        Origin::Example,
    )
}

#[test]
fn one_move_of_many_actors_is_one_step() {
    let mut document = document();
    let before = document.positions().to_owned();
    let moves =
        document.map().actors.iter().map(|actor| (actor.id.clone(), point(1.0, 1.0))).collect();
    document.apply(Command::Move(moves));
    let name = format!("move {} actors", document.map().actors.len());
    assert_eq!(document.undo_name(), Some(name.as_str()));
    document.undo();
    assert_eq!(document.positions(), before);
    assert_eq!(document.undo_name(), None);
    assert_eq!(document.redo_name(), Some(name.as_str()));
}

#[test]
fn a_move_to_the_same_place_or_of_an_unknown_actor_is_no_step() {
    let mut document = document();
    let placement = document.map().layout[&ActorId::from("ttp")].clone();
    #[expect(clippy::cast_possible_truncation, reason = "small round numbers")]
    let here = point(placement.x as f32, placement.y as f32);
    document.apply(Command::Move(vec![("ttp".into(), here), ("nobody".into(), point(0.0, 0.0))]));
    assert_eq!(document.undo_name(), None);
    assert!(!document.is_unsaved());
}

#[test]
fn a_new_move_discards_the_redo_steps() {
    let mut document = document();
    document.apply(Command::Move(vec![("ttp".into(), point(1.0, 1.0))]));
    document.undo();
    document.apply(Command::Move(vec![("jfm".into(), point(1.0, 1.0))]));
    assert_eq!(document.redo_name(), None);
    assert!(document.redo().is_none());
}

#[test]
fn undo_leaves_the_saved_state_and_redo_returns_to_it() {
    let mut document = document();
    document.apply(Command::Move(vec![("ttp".into(), point(1.0, 1.0))]));
    let bytes = document.to_bytes().expect("written");
    let state = document.state();
    document.saved("map.json".into(), bytes.into(), state);
    assert!(!document.is_unsaved());
    document.undo();
    assert!(document.is_unsaved());
    document.redo();
    assert!(!document.is_unsaved());
}

#[test]
fn an_edit_made_while_a_save_runs_stays_unsaved() {
    let mut document = document();
    document.apply(Command::Move(vec![("ttp".into(), point(1.0, 1.0))]));
    let (bytes, state) = (document.to_bytes().expect("written"), document.state());
    document.apply(Command::Move(vec![("ttp".into(), point(2.0, 2.0))]));
    document.saved("map.json".into(), bytes.into(), state);
    assert!(document.is_unsaved());
}

#[test]
fn coordinates_that_are_not_finite_never_reach_the_map() {
    let mut document = document();
    document.apply(Command::Move(vec![("ttp".into(), point(f32::NAN, f32::INFINITY))]));
    let placement = &document.map().layout[&ActorId::from("ttp")];
    assert!(placement.x.is_finite() && placement.y.is_finite());
}

#[test]
fn a_selected_actor_highlights_its_neighbours() {
    let map = map(&["a-b", "b+c", "c-d"]);
    let index = allegiance::model::query::Index::of(&map);
    let all = Shown::of(&map, &index, &looking(|_| {}));
    let nothing = looking(|view| view.filter.hidden_stances.extend(Stance::ALL));
    let none = Shown::of(&map, &index, &nothing);
    let emphasis = Selection::of(Element::Actor("b".into())).emphasis(&index, &all);
    assert_eq!(emphasis.bright_actors, [0, 1, 2].map(ActorIndex::from));
    assert_eq!(emphasis.bright_relations, [0, 1].map(RelationIndex::from));
    let emphasis = Selection::of(Element::Relation("r2".into())).emphasis(&index, &all);
    assert_eq!(emphasis.bright_actors, [2, 3].map(ActorIndex::from));
    assert_eq!(emphasis.bright_relations, [RelationIndex::from(2)]);
    assert!(Selection::default().emphasis(&index, &all).is_none());
    // Hidden ties lead to no neighbours.
    let emphasis = Selection::of(Element::Actor("b".into())).emphasis(&index, &none);
    assert_eq!((emphasis.bright_actors.len(), emphasis.bright_relations.len()), (1, 0));
}

#[test]
fn several_selected_actors_highlight_the_ties_among_them_only() {
    let map = map(&["a-b", "b+c", "b+a", "c-a"]);
    let index = allegiance::model::query::Index::of(&map);
    let all = Shown::of(&map, &index, &looking(|_| {}));
    let nothing = looking(|view| view.filter.hidden_stances.extend(Stance::ALL));
    let none = Shown::of(&map, &index, &nothing);
    let two: Selection = ["a", "b"].map(|id| Element::Actor(id.into())).into_iter().collect();
    let emphasis = two.emphasis(&index, &all);
    assert_eq!(emphasis.bright_actors, [0, 1].map(ActorIndex::from));
    assert_eq!(emphasis.bright_relations, [0, 2].map(RelationIndex::from));
    // A selected tie to another actor keeps that actor bright.
    let mut with_tie = two.clone();
    with_tie.toggle(Element::Relation("r1".into()));
    let emphasis = with_tie.emphasis(&index, &all);
    assert_eq!(emphasis.bright_actors, [0, 1, 2].map(ActorIndex::from));
    // Without a tie among them, everything else fades.
    let emphasis = two.emphasis(&index, &none);
    assert_eq!((emphasis.bright_actors.len(), emphasis.bright_relations.len()), (2, 0));
    assert!(!emphasis.is_none());
}

#[test]
fn actors_without_a_position_are_on_a_circle_in_file_order() {
    let map = map(&["a-b", "c-d"]);
    let positions = allegiance::layout::positions(&map).raw;
    let radius = positions[0].length();
    assert!(positions.iter().all(|at| (at.length() - radius).abs() < 0.1));
    assert!(positions[0].y < 0.0 && positions[0].x.abs() < 0.1, "the first is at the top");
    assert!(positions[1].x > 0.0, "the next follows clockwise");
}

fn actor(id: &str) -> Box<Actor> {
    Box::new(Actor { id: id.into(), name: id.to_uppercase(), ..Actor::default() })
}

#[test]
fn deleting_an_actor_removes_its_ties_and_all_references_and_undo_restores_the_file() {
    let mut document = document();
    let ties =
        document.index().ties(document.index().actor(&"pakistan".into()).expect("there")).len();
    document.apply(Command::Delete(vec![Element::Actor("pakistan".into())]));
    let name = format!("delete Pakistan and {ties} ties");
    assert_eq!(document.undo_name(), Some(name.as_str()));
    let bytes = document.to_bytes().expect("written");
    let reopened = allegiance::file::parse(&bytes).expect("nothing dangles");
    assert!(
        reopened
            .map
            .actors
            .iter()
            .all(|actor| actor.part_of.as_deref() != Some(&"pakistan".into()))
    );
    document.undo();
    assert_eq!(document.to_bytes().expect("written"), EXAMPLE.as_bytes());
    document.redo();
    assert_eq!(document.to_bytes().expect("written"), bytes);
}

#[test]
fn deleting_a_source_removes_its_excerpts() {
    let mut document = document();
    document.apply(Command::DeleteSource("jamal2024".into()));
    assert_eq!(document.index().census().excerpts, 0);
    assert!(allegiance::file::parse(&document.to_bytes().expect("written")).is_ok());
    document.undo();
    assert_eq!(document.to_bytes().expect("written"), EXAMPLE.as_bytes());
}

#[test]
fn typing_in_one_field_is_one_step_until_the_field_is_left() {
    let mut document = document();
    let start = document.map().actors.raw[0].clone();
    for name in ["P", "Pa", "Pak"] {
        document.apply(Command::SetActor(
            Box::new(Actor { name: name.to_owned(), ..start.clone() }),
            "name",
        ));
    }
    document.seal();
    document.apply(Command::SetActor(
        Box::new(Actor { name: "X".to_owned(), ..start.clone() }),
        "name",
    ));
    document.undo();
    assert_eq!(document.map().actors.raw[0].name, "Pak");
    document.undo();
    assert_eq!(document.map().actors.raw[0], start);
    assert!(document.undo().is_none());
}

#[test]
fn duplicate_ids_and_dangling_ties_are_refused() {
    let mut document = document();
    document.apply(Command::AddActor(actor("ttp"), point(0.0, 0.0)));
    document.apply(Command::AddActor(actor(""), point(0.0, 0.0)));
    let tie = |from: &str, to: &str| {
        Box::new(Relation::new("new".into(), from.into(), to.into(), Stance::Hostile))
    };
    document.apply(Command::AddRelation(tie("ttp", "nobody")));
    assert_eq!(document.undo_name(), None);
    document.apply(Command::AddRelation(tie("ttp", "jfm")));
    document.apply(Command::AddRelation(tie("ttp", "jfm")));
    assert_eq!(
        document.undo_name(),
        Some("add the tie Tehreek-e-Taliban Pakistan to Jaish-e-Fursan-e-Muhammad")
    );
    document.undo();
    assert_eq!(document.undo_name(), None, "the second one was refused");
}

#[test]
fn an_edit_made_while_a_save_runs_is_in_the_next_save() {
    let mut document = document();
    document.apply(Command::Move(vec![("ttp".into(), point(1.0, 1.0))]));
    let (bytes, state) = (document.to_bytes().expect("written"), document.state());
    document.apply(Command::AddActor(actor("late"), point(0.0, 0.0)));
    document.saved("map.json".into(), bytes.into(), state);
    let next = document.to_bytes().expect("written");
    assert!(String::from_utf8_lossy(&next).contains("\"late\""));
}

#[test]
fn an_excerpt_without_its_source_never_enters_the_map() {
    let mut document = document();
    let mut ttp = document.map().actors.raw[0].clone();
    ttp.evidence.push(Evidence { source: "nowhere".into(), ..Evidence::default() });
    document.apply(Command::SetActor(Box::new(ttp), "excerpts"));
    assert_eq!(document.undo_name(), None);
}

#[test]
fn a_pasted_part_gets_new_ids_and_reuses_an_existing_source() {
    let mut document = document();
    let selection: Selection =
        ["ttp", "jfm"].map(|id| Element::Actor(id.into())).into_iter().collect();
    let fragment = fragment::copied(document.map(), document.index(), &selection);
    assert!(
        fragment
            .relations
            .iter()
            .all(|tie| [&tie.from, &tie.to].iter().all(|id| ["ttp", "jfm"].contains(&id.as_str())))
    );
    let text = allegiance::file::native::write::write(&fragment).expect("written");
    let again = allegiance::file::parse(&text).expect("a fragment is a map").map;
    document.apply(Command::Paste(Box::new(again.clone()), point(40.0, 0.0)));
    let map = document.map();
    assert_eq!(map.sources.len(), 1);
    assert!(map.actors.iter().any(|actor| actor.id.as_str() == "ttp-2"));
    let tie = map.relations.last().expect("the tie came along");
    assert_eq!((tie.from.as_str(), tie.to.as_str()), ("jfm-2", "ttp-2"));
    let shift = map.layout[&ActorId::from("ttp-2")].x - map.layout[&ActorId::from("ttp")].x;
    assert!((shift - 40.0).abs() < 0.001, "moved by {shift}");
    let mut empty = Document::empty();
    empty.apply(Command::Paste(Box::new(again), point(0.0, 0.0)));
    assert!(
        empty.map().actors.iter().any(|actor| actor.id.as_str() == "ttp"),
        "an unused id stays"
    );
    assert!(allegiance::file::parse(&empty.to_bytes().expect("written")).is_ok());
}

#[test]
fn renaming_an_actor_updates_all_references_and_keeps_its_position() {
    let mut document = document();
    let before = document.map().layout[&ActorId::from("pakistan")].clone();
    document.apply(Command::RenameActor("pakistan".into(), "pk".into()));
    let text = String::from_utf8(document.to_bytes().expect("written")).expect("a text");
    assert!(!text.contains("\"pakistan\""), "the old id is still in the file");
    assert_eq!(document.map().layout[&ActorId::from("pk")], before);
    assert!(allegiance::file::parse(text.as_bytes()).is_ok());
    document.undo();
    assert_eq!(document.to_bytes().expect("written"), EXAMPLE.as_bytes());
    document.apply(Command::RenameActor("pakistan".into(), "ttp".into()));
    document.apply(Command::RenameActor("pakistan".into(), " ".into()));
    document.apply(Command::RenameActor("nobody".into(), "x".into()));
    assert_eq!(document.undo_name(), None, "taken, empty and unknown ids change nothing");
}

#[test]
fn pinned_actors_stay_in_every_arrangement_and_can_be_moved_by_hand() {
    let mut document = document();
    document.apply(Command::Pin(vec!["ttp".into()], true));
    let before = document.map().layout[&ActorId::from("ttp")].clone();
    let all_to_one_point =
        || document_ids(&document).into_iter().map(|id| (id, point(7.0, 7.0))).collect();
    let moves = all_to_one_point();
    document.apply(Command::Align("circle", moves));
    assert_eq!(document.map().layout[&ActorId::from("ttp")], before);
    assert!((document.map().layout[&ActorId::from("jfm")].x - 7.0).abs() < 0.001);
    document.apply(Command::Move(vec![("ttp".into(), point(1.0, 2.0))]));
    let after = &document.map().layout[&ActorId::from("ttp")];
    assert!((after.x - 1.0).abs() < 0.001 && after.pinned);
}

fn document_ids(document: &Document) -> Vec<ActorId> {
    document.map().actors.iter().map(|actor| actor.id.clone()).collect()
}

#[test]
fn a_selection_as_text_cites_every_excerpt() {
    let document = document();
    let selection: Selection =
        [Element::Actor("ttp".into()), Element::Relation("r01".into())].into_iter().collect();
    let text = allegiance::edit::citation::cited(document.map(), document.index(), &selection);
    let lines: Vec<&str> = text.lines().collect();
    assert_eq!(lines[0], "Tehreek-e-Taliban Pakistan (TTP) (armed group)");
    assert!(
        lines[1].starts_with("    “the outlawed TTP” (¶5, “Pakistan’s Relations"),
        "{}",
        lines[1]
    );
    assert!(lines[1].contains("Umair Jamal, The Diplomat, April 2024"));
    assert!(
        lines[2]
            .starts_with("Pakistan → Tehreek-e-Taliban Pakistan (air strike, hostile, reported"),
        "{}",
        lines[2]
    );
    assert!(lines[3].starts_with("    “"));
    assert!(
        allegiance::edit::citation::cited(document.map(), document.index(), &Selection::default())
            .is_empty()
    );
}

#[test]
fn computed_positions_are_no_change_until_the_first_edit() {
    let mut opened = allegiance::file::parse(EXAMPLE.as_bytes()).expect("it opens");
    opened.map.layout.clear();
    let bytes = allegiance::file::native::write::write(&opened.map).expect("written");
    let mut document =
        Document::opened(allegiance::file::parse(&bytes).expect("it opens"), Origin::New);
    let places: PerActor<Point> = (0_u8..16).map(|at| point(f32::from(at) * 200.0, 50.0)).collect();
    document.set_computed_positions(&places);
    assert_eq!(document.positions(), places);
    assert!(!document.is_unsaved());
    assert_eq!(document.to_bytes().expect("written"), bytes);
    let id = document.map().actors.raw[3].id.clone();
    document.apply(Command::Move(vec![(id.clone(), point(-10.0, -20.0))]));
    // The other actors keep their computed positions.
    assert_eq!(document.map().layout.len(), 16);
    assert_eq!(document.positions().raw[2], places.raw[2]);
    assert_eq!(document.positions().raw[3], point(-10.0, -20.0));
    document.undo();
    assert_eq!(document.positions(), places);
    assert!(!document.is_unsaved());
    assert_eq!(document.to_bytes().expect("written"), bytes);
    // A deletion stores the computed positions, too, except that of the deleted actor.
    document.apply(Command::Delete(vec![Element::Actor(id)]));
    assert_eq!(document.map().layout.len(), 15);
    assert!(allegiance::file::parse(&document.to_bytes().expect("written")).is_ok());
}

/// The example with three notes of its own.
fn with_notes() -> Document {
    let mut map = parse(EXAMPLE);
    map.notes.raw.clear();
    let bytes = allegiance::file::native::write::write(&map).expect("written");
    let opened = allegiance::file::parse(&bytes).expect("it opens");
    let mut document = Document::opened(opened, Origin::Example);
    for (id, about) in [("n1", Some("ttp")), ("n2", Some("r07")), ("n3", None)] {
        let note = Note {
            id: id.into(),
            text: format!("Note {id}"),
            x: 10.004,
            y: 20.0,
            width: 180.0,
            about: about.map(str::to_owned),
            ..Note::default()
        };
        document.apply(Command::AddNote(Box::new(note)));
        document.seal();
    }
    document
}

/// What each note is about, or `-`.
fn subjects(document: &Document) -> Vec<String> {
    let subject = |note: &Note| note.about.clone().unwrap_or_else(|| "-".to_owned());
    document.map().notes.iter().map(subject).collect()
}

#[test]
fn a_note_is_added_once_and_typing_into_it_is_part_of_that_step() {
    let mut document = with_notes();
    let state = document.state();
    let again = Note { id: "n1".into(), ..Note::default() };
    document.apply(Command::AddNote(Box::new(again)));
    assert_eq!(document.state(), state, "the id is taken");
    assert!((document.map().notes.raw[0].x - 10.0).abs() < f64::EPSILON, "it is on the grid");
    assert_eq!(document.new_ids().note().as_str(), "n4");
    let note = Note { id: "n4".into(), width: 180.0, ..Note::default() };
    document.apply(Command::AddNote(Box::new(note.clone())));
    for text in ["T", "Ta"] {
        document
            .apply(Command::SetNote(Box::new(Note { text: text.into(), ..note.clone() }), "text"));
    }
    assert_eq!(document.undo_name(), Some("add a note"));
    document.undo();
    assert_eq!(document.map().notes.len(), 3);
    document.redo();
    assert_eq!(document.note(&"n4".into()).map(|note| note.text.as_str()), Some("Ta"));
    // A later change of the text has a step of its own.
    document.apply(Command::SetNote(Box::new(Note { text: "Tab".into(), ..note }), "text"));
    assert_eq!(document.undo_name(), Some("change the text of a note"));
}

#[test]
fn a_move_of_actors_and_notes_is_one_step_and_so_is_a_new_width() {
    let mut document = with_notes();
    let bytes = document.to_bytes().expect("written");
    let to = point(-5.0, 7.0);
    let moves = vec![
        (Element::Note("n1".into()), to),
        (Element::Actor("ttp".into()), to),
        (Element::Relation("r01".into()), to),
    ];
    document.apply(Command::MoveElements(moves));
    assert_eq!(document.undo_name(), Some("move 1 actor and 1 note"));
    assert_eq!(document.position(&"ttp".into()), Some(to));
    let note = document.note(&"n1".into()).expect("it is there");
    assert_eq!((note.x, note.y), (-5.0, 7.0));
    document.apply(Command::ResizeNote("n1".into(), 3.0, 240.0));
    document.apply(Command::ResizeNote("n1".into(), 3.0, 250.0));
    assert_eq!(document.undo_name(), Some("resize the note “Note n1”"));
    document.undo();
    assert_eq!(document.note(&"n1".into()).map(|note| note.width), Some(240.0));
    document.undo();
    document.undo();
    assert_eq!(document.to_bytes().expect("written"), bytes);
    document
        .apply(Command::MoveElements(vec![(Element::Note("n1".into()), point(f32::NAN, 1e30))]));
    let note = document.note(&"n1".into()).expect("it is there");
    assert_eq!((note.x, note.y), (0.0, 1e7), "within the limit");
}

#[test]
fn a_note_follows_a_new_id_and_outlives_what_it_is_about() {
    let mut document = with_notes();
    document.apply(Command::RenameActor("ttp".into(), "tehreek".into()));
    document.apply(Command::RenameRelation("r07".into(), "raid".into()));
    assert_eq!(subjects(&document), ["tehreek", "raid", "-"]);
    // With this id, the note about the tie would be about the actor.
    let state = document.state();
    document.apply(Command::RenameActor("jfm".into(), "raid".into()));
    document.apply(Command::RenameRelation("raid".into(), "tehreek".into()));
    assert_eq!(document.state(), state);
    document.apply(Command::Delete(vec![Element::Actor("tehreek".into())]));
    assert_eq!(subjects(&document), ["-", "-", "-"], "the tie was deleted with its actor");
    document.undo();
    assert_eq!(subjects(&document), ["tehreek", "raid", "-"]);
    document.apply(Command::Delete(vec![
        Element::Note("n3".into()),
        Element::Note("n1".into()),
        Element::Relation("raid".into()),
    ]));
    assert_eq!(subjects(&document), ["-"]);
    assert_eq!(document.undo_name(), Some("delete 1 tie and 2 notes"));
    document.undo();
    assert_eq!(subjects(&document), ["tehreek", "raid", "-"]);
    document.apply(Command::Delete(vec![Element::Note("n3".into())]));
    assert_eq!(document.undo_name(), Some("delete the note “Note n3”"));
}

#[test]
fn a_copied_note_keeps_its_subject_only_if_that_is_copied_too() {
    let document = with_notes();
    let (map, index) = (document.map(), document.index());
    let copied = |items: &[Element]| {
        fragment::copied(map, index, &items.iter().cloned().collect::<Selection>())
    };
    let [first, second] = ["n1", "n2"].map(|id| Element::Note(id.into()));
    let alone = copied(&[first.clone(), second.clone()]);
    assert_eq!((alone.actors.len(), alone.notes.len()), (0, 2));
    assert!(alone.notes.iter().all(|note| note.about.is_none()));
    let both = copied(&[first, second, Element::Actor("ttp".into())]);
    let subjects: Vec<_> = both.notes.iter().map(|note| note.about.as_deref()).collect();
    assert_eq!(subjects, [Some("ttp"), None]);
    let mut target = document;
    target.apply(Command::Paste(Box::new(both), point(40.0, 40.0)));
    let pasted = &target.map().notes.raw[3..];
    assert_eq!(target.undo_name(), Some("paste 1 actor and 2 notes"));
    assert_eq!((pasted[0].id.as_str(), pasted[0].about.as_deref()), ("n1-2", Some("ttp-2")));
    assert!((pasted[0].x - 50.0).abs() < 0.01, "shifted");
    // A picture of an actor shows the notes about it and its ties.
    let selection = Selection::of(Element::Actor("ttp".into()));
    let (part, ..) = fragment::pictured(
        target.map(),
        target.index(),
        target.positions(),
        &Shown::default(),
        &selection,
    );
    let ids: Vec<&str> = part.notes.iter().map(|note| note.id.as_str()).collect();
    assert_eq!(ids, ["n1", "n2"]);
}

#[test]
fn an_empty_note_is_taken_back_without_a_trace() {
    let mut document = document();
    let note = Note { id: "n1".into(), width: 180.0, ..Note::default() };
    document.apply(Command::AddNote(Box::new(note.clone())));
    assert!(document.take_back_empty_note(&note.id));
    assert_eq!((document.undo_name(), document.redo_name()), (None, None));
    assert!(!document.is_unsaved());
    // With a text, it stays.
    document.apply(Command::AddNote(Box::new(Note { text: "T".into(), ..note.clone() })));
    assert!(!document.take_back_empty_note(&note.id));
    // After another step, it is deleted by a step of its own.
    document.apply(Command::SetNote(Box::new(note.clone()), "text"));
    document.apply(Command::ResizeNote(note.id.clone(), 0.0, 200.0));
    assert!(document.take_back_empty_note(&note.id));
    assert_eq!(document.undo_name(), Some("delete a note"));
}

/// A change of the example by number: words, kinds, ties, positions, deletions, undo and redo.
fn change(document: &mut Document, (what, which): (u8, usize)) {
    let map = document.map();
    let actor = map.actors.raw[which % map.actors.len()].clone();
    let tie = map.relations.raw[which % map.relations.len()].clone();
    let other = map.actors.raw[(which + 3) % map.actors.len()].id.clone();
    let at = f32::from(u8::try_from(which).unwrap_or(0));
    let at = point(at * 7.0, -10.0 * at);
    let command = match what {
        0 => Command::SetActor(Box::new(Actor { name: format!("N{which}"), ..actor }), "name"),
        1 => Command::SetActor(Box::new(Actor { note: "new".into(), ..actor }), "note"),
        2 => {
            let kind = ["state", "person", "sports_club"][which % 3].to_owned().into();
            Command::SetActor(Box::new(Actor { kind, ..actor }), "kind")
        }
        3 => Command::SetRelation(Box::new(Relation { note: "new".into(), ..tie }), "note"),
        4 => {
            let stance = if which.is_multiple_of(2) { Stance::Hostile } else { Stance::Neutral };
            Command::SetRelation(Box::new(Relation { stance, ..tie }), "stance")
        }
        5 => Command::Move(vec![(actor.id, at), (other, at * 0.5)]),
        6 => Command::Pin(vec![actor.id], which.is_multiple_of(2)),
        7 if map.actors.len() > 8 => Command::Delete(vec![Element::Actor(actor.id)]),
        8 if map.relations.len() > 20 => Command::Delete(vec![Element::Relation(tie.id)]),
        9 => {
            let evidence = tie.evidence.iter().skip(1).cloned().collect();
            Command::SetRelation(Box::new(Relation { evidence, ..tie }), "excerpts")
        }
        10 => {
            document.undo();
            return;
        }
        _ => {
            document.redo();
            return;
        }
    };
    document.apply(command);
}

proptest::proptest! {
    #[test]
    fn what_is_derived_is_that_of_the_map_after_any_edits(
        changes in proptest::collection::vec((0_u8..12, 0_usize..40), 1..40),
    ) {
        let mut document = document();
        let view = allegiance::scene::view::View::of(document.map());
        let shown = |document: &Document| {
            let (map, index) = (document.map(), document.index());
            format!("{:?}", allegiance::scene::shown::Shown::of(map, index, &view))
        };
        let mut before = (document.version(), shown(&document));
        for one in changes {
            change(&mut document, one);
            let (map, index) = (document.map(), document.index());
            let fresh = allegiance::model::query::Index::of(map);
            for (at, actor) in map.actors.iter_enumerated() {
                proptest::prop_assert_eq!(index.actor(&actor.id), Some(at));
                proptest::prop_assert_eq!(index.ties(at), fresh.ties(at));
                proptest::prop_assert_eq!(index.parts(at), fresh.parts(at));
            }
            for (at, tie) in map.relations.iter_enumerated() {
                proptest::prop_assert_eq!(index.relation(&tie.id), Some(at));
                proptest::prop_assert_eq!(index.ends(at), fresh.ends(at));
            }
            proptest::prop_assert_eq!(index.census(), fresh.census());
            proptest::prop_assert_eq!(index.kinds(), fresh.kinds());
            proptest::prop_assert_eq!(index.actor_kinds(), fresh.actor_kinds());
            let positions = allegiance::layout::positions(map);
            proptest::prop_assert_eq!(document.positions(), &*positions);
            let now = (document.version(), shown(&document));
            if now.0.form() == before.0.form() {
                proptest::prop_assert_eq!(&now.1, &before.1, "the same form, another picture");
            }
            before = now;
        }
    }
}

#[test]
fn words_change_neither_the_form_nor_positions() {
    let mut document = document();
    let before = document.version();
    let actor = document.map().actors.raw[0].clone();
    document
        .apply(Command::SetActor(Box::new(Actor { name: "X".into(), ..actor.clone() }), "name"));
    let renamed = document.version();
    assert_eq!((renamed.form(), renamed.places()), (before.form(), before.places()));
    assert_ne!(renamed.content(), before.content());
    document.apply(Command::SetActor(Box::new(Actor { weight: Some(3.0), ..actor }), "weight"));
    assert_ne!(document.version().form(), before.form());
}

#[test]
fn a_move_changes_only_its_numbers_wherever_the_layout_is_in_the_file() {
    let actors =
        r#""actors": [{"id": "a", "name": "\"layout\": {"}, {"id": "layout", "name": "B"}]"#;
    let layout = r#""layout": {"a": {"x": 1, "y": 2, "view": 1}, "layout": {"x": 3, "y": 4}}"#;
    let head = r#""format": "relationship-map", "version": 1, "relations": []"#;
    let extra = r#""other": {"layout": {"a": {"x": 1, "y": 2}}, "view": null}"#;
    let view = r#""view": {"lines": "ties"}"#;
    let orders: [&[&str]; 6] = [
        &[head, actors, layout],
        &[layout, head, actors],
        &[head, actors, view, layout, extra],
        &[extra, view, head, actors, layout],
        &[head, layout, view, actors],
        &[head, extra, actors, layout, view],
    ];
    for order in orders {
        let text = format!("{{ {} }}", order.join(",\n"));
        let opened = allegiance::file::parse(text.as_bytes()).expect("it opens");
        let mut document = Document::opened(opened, Origin::New);
        document.apply(Command::Move(vec![("a".into(), point(8.0, 2.0))]));
        let expected = layout.replace(r#""x": 1, "y": 2, "view""#, r#""x": 8.0, "y": 2, "view""#);
        let bytes = document.to_bytes().expect("written");
        assert_eq!(String::from_utf8_lossy(&bytes), text.replace(layout, &expected));
        // The view can be changed wherever it is as well.
        let settings = allegiance::model::ViewSettings {
            lines: Some(allegiance::model::view::LineMode::Pairs),
            ..allegiance::model::ViewSettings::default()
        };
        document.apply(Command::SetView(Box::new(settings.clone()), "lines"));
        let again = allegiance::file::parse(&document.to_bytes().expect("written")).expect("a map");
        assert_eq!(again.map.view.as_deref(), Some(&settings), "{order:?}");
        assert_eq!(again.map.layout, document.map().layout);
        assert_eq!(again.map.extra, document.map().extra);
    }
}
