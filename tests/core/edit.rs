//! Selecting, moving, undoing.

use allegiance::edit::{Command, Document, Item, Origin, Selection};
use allegiance::geometry::point;
use allegiance::model::ActorId;

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
    assert_eq!(document.undo_name(), Some("move of 15 actors"));
    document.undo();
    assert_eq!(document.positions(), before);
    assert_eq!(document.undo_name(), None);
    assert_eq!(document.redo_name(), Some("move of 15 actors"));
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
