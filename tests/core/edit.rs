//! Selecting, moving, undoing.

use allegiance::edit::align::Arrangement;
use allegiance::edit::{Command, Document, Item, Origin, Selection, fragment};
use allegiance::geometry::{Rect, point};
use allegiance::model::{Actor, ActorId, Evidence, Relation, RelationId, Source, Stance, Status, Strength};
use proptest::prelude::*;

use crate::support::{EXAMPLE, map};

fn document() -> Document {
    Document::opened(allegiance::file::parse(EXAMPLE.as_bytes()).expect("it opens"), Origin::Example)
}

#[test]
fn one_move_of_many_actors_is_one_step() {
    let mut document = document();
    let before = document.positions().to_vec();
    let moves = document.map().actors.iter().map(|actor| (actor.id.clone(), point(1.0, 1.0))).collect();
    document.apply(Command::Move(moves));
    let name = format!("move of {} actors", document.map().actors.len());
    assert_eq!(document.undo_name(), Some(name.as_str()));
    document.undo();
    assert_eq!(document.positions(), before);
    assert_eq!(document.undo_name(), None);
    assert_eq!(document.redo_name(), Some(name.as_str()));
}

#[test]
fn a_move_to_the_same_place_or_of_a_stranger_is_no_step() {
    let mut document = document();
    let placement = document.map().layout[&ActorId::from("ttp")].clone();
    #[expect(clippy::cast_possible_truncation, reason = "small round numbers")]
    let here = point(placement.x as f32, placement.y as f32);
    document.apply(Command::Move(vec![("ttp".into(), here), ("nobody".into(), point(0.0, 0.0))]));
    assert_eq!(document.undo_name(), None);
    assert!(!document.is_unsaved());
}

#[test]
fn a_new_move_forgets_what_was_undone() {
    let mut document = document();
    document.apply(Command::Move(vec![("ttp".into(), point(1.0, 1.0))]));
    document.undo();
    document.apply(Command::Move(vec![("jfm".into(), point(1.0, 1.0))]));
    assert_eq!(document.redo_name(), None);
    assert!(document.redo().is_none());
}

#[test]
fn saved_is_a_place_in_the_history_that_undo_can_leave_and_redo_can_reach() {
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
fn coordinates_that_are_no_numbers_never_reach_the_map() {
    let mut document = document();
    document.apply(Command::Move(vec![("ttp".into(), point(f32::NAN, f32::INFINITY))]));
    let placement = &document.map().layout[&ActorId::from("ttp")];
    assert!(placement.x.is_finite() && placement.y.is_finite());
}

#[test]
fn a_selected_actor_keeps_its_neighbourhood_bright() {
    let map = map(&["a-b", "b+c", "c-d"]);
    let index = allegiance::model::query::Index::of(&map);
    let emphasis = Selection::of(Item::Actor("b".into())).emphasis(&index);
    assert_eq!(emphasis.bright_actors, [0, 1, 2]);
    assert_eq!(emphasis.bright_relations, [0, 1]);
    let emphasis = Selection::of(Item::Relation("r2".into())).emphasis(&index);
    assert_eq!((emphasis.bright_actors, emphasis.bright_relations), (vec![2, 3], vec![2]));
    assert!(Selection::default().emphasis(&index).is_none());
}

#[test]
fn actors_without_a_place_stand_on_a_circle_in_file_order() {
    let map = map(&["a-b", "c-d"]);
    let positions = allegiance::layout::positions(&map);
    let radius = positions[0].length();
    assert!(positions.iter().all(|at| (at.length() - radius).abs() < 0.1));
    assert!(positions[0].y < 0.0 && positions[0].x.abs() < 0.1, "the first stands at the top");
    assert!(positions[1].x > 0.0, "the next follows clockwise");
}

fn actor(id: &str) -> Box<Actor> {
    Box::new(Actor { id: id.into(), name: id.to_uppercase(), ..Actor::default() })
}

#[test]
fn deleting_an_actor_takes_its_ties_and_every_mention_and_undo_gives_the_file_back() {
    let mut document = document();
    let ties = document.index().ties(document.index().actor(&"pakistan".into()).expect("there")).len();
    document.apply(Command::Delete(vec![Item::Actor("pakistan".into())]));
    let name = format!("deletion of Pakistan and {ties} ties");
    assert_eq!(document.undo_name(), Some(name.as_str()));
    let bytes = document.to_bytes().expect("written");
    let reopened = allegiance::file::parse(&bytes).expect("nothing dangles");
    assert!(reopened.map.actors.iter().all(|actor| actor.part_of != Some("pakistan".into())));
    document.undo();
    assert_eq!(document.to_bytes().expect("written"), EXAMPLE.as_bytes());
    document.redo();
    assert_eq!(document.to_bytes().expect("written"), bytes);
}

#[test]
fn deleting_a_source_takes_its_excerpts() {
    let mut document = document();
    document.apply(Command::DeleteSource("jamal2024".into()));
    assert_eq!(allegiance::model::query::excerpt_count(document.map()), 0);
    assert!(allegiance::file::parse(&document.to_bytes().expect("written")).is_ok());
    document.undo();
    assert_eq!(document.to_bytes().expect("written"), EXAMPLE.as_bytes());
}

#[test]
fn typing_in_one_field_is_one_step_until_it_is_left() {
    let mut document = document();
    let start = document.map().actors[0].clone();
    for name in ["P", "Pa", "Pak"] {
        document.apply(Command::SetActor(Box::new(Actor { name: name.to_owned(), ..start.clone() }), "name"));
    }
    document.seal();
    document.apply(Command::SetActor(Box::new(Actor { name: "X".to_owned(), ..start.clone() }), "name"));
    document.undo();
    assert_eq!(document.map().actors[0].name, "Pak");
    document.undo();
    assert_eq!(document.map().actors[0], start);
    assert!(document.undo().is_none());
}

#[test]
fn an_id_is_never_given_twice_and_a_tie_never_hangs_in_the_air() {
    let mut document = document();
    document.apply(Command::AddActor(actor("ttp"), point(0.0, 0.0)));
    document.apply(Command::AddActor(actor(""), point(0.0, 0.0)));
    let tie = |from: &str, to: &str| Box::new(Relation::new("new".into(), from.into(), to.into(), Stance::Hostile));
    document.apply(Command::AddRelation(tie("ttp", "nobody")));
    assert_eq!(document.undo_name(), None);
    document.apply(Command::AddRelation(tie("ttp", "jfm")));
    document.apply(Command::AddRelation(tie("ttp", "jfm")));
    assert_eq!(document.undo_name(), Some("new tie Tehreek-e-Taliban Pakistan to Jaish-e-Fursan-e-Muhammad"));
    document.undo();
    assert_eq!(document.undo_name(), None, "the second one was refused");
}

#[test]
fn what_is_said_while_a_save_runs_is_saved_by_the_next() {
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
    let mut ttp = document.map().actors[0].clone();
    ttp.evidence.push(Evidence { source: "nowhere".into(), ..Evidence::default() });
    document.apply(Command::SetActor(Box::new(ttp), "excerpts"));
    assert_eq!(document.undo_name(), None);
}

#[test]
fn a_pasted_piece_gets_new_ids_and_shares_the_source_it_knows() {
    let mut document = document();
    let selection: Selection = ["ttp", "jfm"].map(|id| Item::Actor(id.into())).into_iter().collect();
    let fragment = fragment::copied(document.map(), document.index(), &selection);
    assert!(
        fragment
            .relations
            .iter()
            .all(|tie| [&tie.from, &tie.to].iter().all(|id| ["ttp", "jfm"].contains(&id.as_str())))
    );
    let text = allegiance::file::json::write(&fragment).expect("written");
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
    assert!(empty.map().actors.iter().any(|actor| actor.id.as_str() == "ttp"), "where it is free an id stays");
    assert!(allegiance::file::parse(&empty.to_bytes().expect("written")).is_ok());
}

/// One edit of some kind, aimed by a number.
fn any_command() -> impl Strategy<Value = (usize, usize, usize)> {
    (0_usize..25, 0_usize..64, 0_usize..64)
}

fn command(document: &Document, (kind, a, b): (usize, usize, usize), serial: usize) -> Option<Command> {
    let map = document.map();
    let some_actor = |number: usize| map.actors.get(number % map.actors.len().max(1)).cloned();
    let some_relation = |number: usize| map.relations.get(number % map.relations.len().max(1)).cloned();
    #[expect(clippy::cast_precision_loss, reason = "small numbers")]
    let at = point(a as f32 * 7.0, b as f32 * -3.0);
    let set_actor = |field: &'static str, change: &dyn Fn(&mut Actor)| {
        let mut actor = some_actor(a)?;
        change(&mut actor);
        Some(Command::SetActor(Box::new(actor), field))
    };
    let set_relation = |field: &'static str, change: &dyn Fn(&mut Relation)| {
        let mut relation = some_relation(a)?;
        change(&mut relation);
        Some(Command::SetRelation(Box::new(relation), field))
    };
    let excerpt = || {
        let source = map.sources.first().map(|source| source.id.clone()).unwrap_or_default();
        Evidence { source, excerpt: format!("e{b}"), ..Evidence::default() }
    };
    match kind {
        0 => Some(Command::Move(vec![(some_actor(a)?.id, at)])),
        1 => Some(Command::Move(map.actors.iter().map(|actor| (actor.id.clone(), at)).collect())),
        2 => Some(Command::Pin(vec![some_actor(a)?.id], b % 2 == 0)),
        3 => Some(Command::AddActor(actor(&format!("new{serial}")), at)),
        4 => set_actor("name", &|actor| actor.name = format!("N{b}")),
        5 => set_actor("short form", &|actor| actor.short = (b % 2 == 0).then(|| format!("S{b}"))),
        6 => set_actor("kind", &|actor| actor.kind = format!("kind{}", b % 3).into()),
        7 => set_actor("aliases", &|actor| actor.aliases.push(format!("A{b}"))),
        8 => set_actor("note", &|actor| actor.note = format!("note {b}")),
        9 => set_actor("excerpts", &|actor| actor.evidence.push(excerpt())),
        10 => {
            let relation = Relation::new(
                RelationId(format!("new{serial}")),
                some_actor(a)?.id,
                some_actor(b)?.id,
                Stance::ALL[b % 4],
            );
            Some(Command::AddRelation(Box::new(relation)))
        }
        11 => set_relation("stance", &|relation| relation.stance = Stance::ALL[b % 4]),
        12 => set_relation("strength", &|relation| {
            relation.strength = Strength::new(u8::try_from(b % 6).unwrap_or(0)).unwrap_or_default();
        }),
        13 => set_relation("direction", &|relation| relation.directed = !relation.directed),
        14 => set_relation("status", &|relation| relation.status = Status::ALL[b % 5]),
        15 => set_relation("excerpts", &|relation| drop(relation.evidence.pop())),
        16 => set_relation("ends", &|relation| std::mem::swap(&mut relation.from, &mut relation.to)),
        17 => {
            Some(Command::AddSource(Box::new(Source { id: format!("s{serial}").as_str().into(), ..Source::default() })))
        }
        18 => Some(Command::DeleteSource(map.sources.get(b % map.sources.len().max(1))?.id.clone())),
        19 => Some(Command::Delete(vec![Item::Relation(some_relation(a)?.id)])),
        20 => Some(Command::Delete(vec![Item::Actor(some_actor(a)?.id), Item::Actor(some_actor(b)?.id)])),
        21 => {
            let selection: Selection =
                [some_actor(a)?, some_actor(b)?].into_iter().map(|actor| Item::Actor(actor.id)).collect();
            let fragment = fragment::copied(map, document.index(), &selection);
            Some(Command::Paste(Box::new(fragment), point(5.0, 5.0)))
        }
        22 => {
            let selection = Selection::of(Item::Relation(some_relation(a)?.id));
            let fragment = fragment::copied(map, document.index(), &selection);
            Some(Command::Paste(Box::new(fragment), point(-5.0, 5.0)))
        }
        23 => {
            let boxes: Vec<Rect> = document.positions().iter().map(|at| Rect::around(*at, 20.0, 12.0)).collect();
            let align = [
                Arrangement::Left,
                Arrangement::Centre,
                Arrangement::Right,
                Arrangement::Top,
                Arrangement::Middle,
                Arrangement::Bottom,
                Arrangement::Across,
                Arrangement::Down,
                Arrangement::MirrorAcross,
                Arrangement::MirrorDown,
                Arrangement::TurnLeft,
                Arrangement::TurnRight,
                Arrangement::Spread,
            ][b % 13];
            let ids = map.actors.iter().map(|actor| actor.id.clone());
            Some(Command::Arrange(align.words(), ids.zip(align.places(&boxes)).collect()))
        }
        _ => {
            let meta = allegiance::model::Meta { title: format!("T{b}"), ..map.meta.clone() };
            Some(Command::SetMeta(Box::new(meta), "title"))
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: if std::env::var_os("CI").is_some() { 1000 } else { 60 }, ..ProptestConfig::default() })]

    #[test]
    fn any_edits_undone_give_the_opened_bytes_and_redone_the_edited_ones(
        edits in proptest::collection::vec(any_command(), 1..25),
        is_sealed in any::<bool>(),
    ) {
        let mut document = document();
        for (serial, edit) in edits.into_iter().enumerate() {
            if let Some(command) = command(&document, edit, serial) {
                document.apply(command);
            }
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
}
