//! Adding, changing and deleting actors, ties, excerpts and sources.

use allegiance::analysis::graph::graph_of;
use allegiance::analysis::nearness::Nearer;
use allegiance::file::EXAMPLE;
use allegiance::layout::drawn::DrawnMap;
use allegiance::model::Element;
use egui::{Event, Key, Modifiers, Pos2};
use egui_kittest::kittest::Queryable as _;

use crate::support::Window;
use crate::support::{enter, fill, press, saved_bytes, undo_all};

const TTP: &str = "Tehreek-e-Taliban Pakistan (TTP), armed group";

fn double_click(window: &mut Window, at: Pos2) {
    window.harness.event(Event::PointerMoved(at));
    window.harness.step();
    for pressed in [true, false, true, false] {
        let button = egui::PointerButton::Primary;
        window.harness.event(Event::PointerButton {
            pos: at,
            button,
            pressed,
            modifiers: Modifiers::NONE,
        });
        window.harness.step();
    }
    window.settle();
}

#[test]
fn a_double_click_on_empty_space_adds_an_actor_that_can_be_named_and_undone() {
    let mut window = Window::open(None);
    let before = window.app().document().map().actors.len();
    let nothing = Pos2::new(150.0, 470.0);
    // The new actor may move the view, so its place is compared on the map.
    let ttp = (window.middle(TTP), window.place("ttp"));
    let wanted = (nothing - ttp.0) / window.app().zoom();
    let wanted = (ttp.1.0 + f64::from(wanted.x), ttp.1.1 + f64::from(wanted.y));
    double_click(&mut window, nothing);
    assert_eq!(window.app().document().map().actors.len(), before + 1);
    fill(&mut window, "Name", "United Nations");
    let added = window.app().document().map().actors.last().expect("the new actor").clone();
    assert_eq!(added.name, "United Nations");
    let place = window.place(added.id.as_str());
    let away = (place.0 - wanted.0).hypot(place.1 - wanted.1);
    assert!(away < 3.0, "the actor is {away} from the position of the click");
    assert_eq!(window.app().document().undo_name(), Some("change the name of New actor"));
    undo_all(&mut window);
    assert_eq!(saved_bytes(&window), EXAMPLE.as_bytes());
}

#[test]
fn a_shortcut_ties_two_selected_actors_and_the_tie_gets_an_excerpt() {
    let mut window = Window::open(None);
    window.click_containing("Zabihullah Mujahid, person");
    let ttp = window.middle(TTP);
    window.tap(ttp, Modifiers::SHIFT);
    window.key(Modifiers::NONE, Key::T);
    let map = window.app().document().map();
    let tie = map.relations.last().expect("the new tie").clone();
    assert_eq!((tie.from.as_str(), tie.to.as_str()), ("mujahid", "ttp"));
    press(&mut window, "Add an excerpt");
    fill(&mut window, "Words", "a few words");
    let tie = window.app().document().map().relations.last().expect("the tie").clone();
    assert_eq!(tie.evidence[0].excerpt, "a few words");
    let edited = saved_bytes(&window);
    assert!(allegiance::file::parse(&edited).is_ok());
    undo_all(&mut window);
    assert_eq!(saved_bytes(&window), EXAMPLE.as_bytes());
}

#[test]
fn a_tie_is_drawn_from_the_handle_beside_the_selected_actor() {
    let mut window = Window::open(None);
    let before = window.app().document().map().relations.len();
    window.click_containing("Zabihullah Mujahid, person");
    let body = window.harness.get_by_label_contains("Zabihullah Mujahid, person").rect();
    let handle = Pos2::new(body.right() + 16.0, body.center().y);
    let way = window.middle(TTP) - handle;
    window.drag(handle, way, Modifiers::NONE);
    let map = window.app().document().map();
    assert_eq!(map.relations.len(), before + 1);
    let tie = map.relations.last().expect("the new tie");
    assert_eq!((tie.from.as_str(), tie.to.as_str()), ("mujahid", "ttp"));
    assert!(matches!(window.app().selection().only(), Some(Element::Relation(_))));
}

#[test]
fn delete_removes_the_selected_actor_and_its_ties_and_reports_it() {
    let mut window = Window::open(None);
    window.click_containing("Jaish-e-Fursan-e-Muhammad (JFM), armed group");
    window.key(Modifiers::NONE, Key::Delete);
    assert!(window.app().document().map().actors.iter().all(|actor| actor.id.as_str() != "jfm"));
    assert!(window.sees("Done: delete Jaish-e-Fursan-e-Muhammad and 2 ties"));
    assert!(window.app().selection().is_empty());
    window.key(Modifiers::COMMAND, Key::Z);
    assert_eq!(saved_bytes(&window), EXAMPLE.as_bytes());
}

#[test]
fn delete_in_a_field_deletes_no_actor() {
    let mut window = Window::open(None);
    window.click_containing("Jaish-e-Fursan-e-Muhammad (JFM), armed group");
    window.key(Modifiers::NONE, Key::F2);
    enter(&mut window, "Name");
    window.key(Modifiers::NONE, Key::Delete);
    assert!(window.app().document().map().actors.iter().any(|actor| actor.id.as_str() == "jfm"));
}

#[test]
fn a_date_is_checked_while_it_is_typed() {
    let mut window = Window::open(None);
    window.key(Modifiers::NONE, Key::F2);
    fill(&mut window, "As of", "2024-13");
    assert!(window.sees("There is no month 13."));
    fill(&mut window, "As of", "2023-12");
    assert!(!window.sees("There is no month"));
    let as_of = window.app().document().map().meta.as_of.map(|date| date.to_string());
    assert_eq!(as_of.as_deref(), Some("2023-12"));
}

#[test]
fn a_right_click_opens_a_menu_of_commands() {
    let mut window = Window::open(None);
    window.harness.get_by_label_contains(TTP).click_secondary();
    window.settle();
    for entry in ["Edit fields", "New tie", "Pin", "Delete"] {
        assert!(window.sees(entry), "{entry}");
    }
    window.click_containing("Pin");
    assert!(window.app().document().map().layout[&allegiance::model::ActorId::from("ttp")].pinned);
}

#[test]
fn deleting_a_source_says_how_many_excerpts_are_deleted_with_it() {
    let mut window = Window::open(None);
    window.click("Edit");
    let count = window.app().document().index().census().excerpts;
    press(&mut window, &format!("Delete this source and {count} excerpts"));
    assert!(window.app().document().map().sources.is_empty());
    undo_all(&mut window);
    assert_eq!(saved_bytes(&window), EXAMPLE.as_bytes());
}

#[test]
fn copying_and_pasting_adds_the_same_actors_again_in_one_step() {
    let mut window = Window::open(None);
    window.click_containing("Jaish-e-Fursan-e-Muhammad (JFM), armed group");
    window.harness.event(Event::Copy);
    window.harness.step();
    let commands = &window.harness.output().platform_output.commands;
    let copied = commands.iter().find_map(|command| match command {
        egui::OutputCommand::CopyText(text) => Some(text.clone()),
        _ => None,
    });
    let text = copied.expect("something is on the clipboard");
    window.harness.event(Event::Paste(text));
    window.settle();
    let last = window.app().document().map().actors.last().expect("the copy").clone();
    assert_eq!((last.id.as_str(), last.name.as_str()), ("jfm-2", "Jaish-e-Fursan-e-Muhammad"));
    assert_eq!(window.app().selection().only(), Some(&Element::Actor("jfm-2".into())));
    window.key(Modifiers::COMMAND, Key::Z);
    assert_eq!(saved_bytes(&window), EXAMPLE.as_bytes());
    window.harness.event(Event::Paste("no map".to_owned()));
    window.settle();
    assert!(window.sees("The clipboard holds neither a part of a map nor"));
}

#[test]
fn selected_actors_are_aligned_in_one_step() {
    let mut window = Window::open(None);
    window.click_containing("Zabihullah Mujahid, person");
    let ttp = window.middle(TTP);
    window.tap(ttp, Modifiers::SHIFT);
    window.key(Modifiers::COMMAND.plus(Modifiers::SHIFT), Key::E);
    assert!((window.place("mujahid").0 - window.place("ttp").0).abs() < 0.02);
    assert_eq!(window.app().document().undo_name(), Some("align 2 actors"));
}

#[test]
fn an_open_menu_receives_all_keys() {
    let mut window = Window::open(None);
    window.click_containing("Jaish-e-Fursan-e-Muhammad (JFM), armed group");
    window.click("Arrange ▾");
    for key in [Key::Delete, Key::ArrowDown, Key::P, Key::N] {
        window.key(Modifiers::NONE, key);
    }
    assert_eq!(window.app().document().undo_name(), None);
}

#[test]
fn escape_during_a_drag_puts_the_actor_back() {
    let mut window = Window::open(None);
    let at = window.middle(TTP);
    let before = window.place("ttp");
    let button = |pos, pressed| Event::PointerButton {
        pos,
        button: egui::PointerButton::Primary,
        pressed,
        modifiers: Modifiers::NONE,
    };
    window.harness.event(Event::PointerMoved(at));
    window.harness.run_steps(2);
    window.harness.event(button(at, true));
    window.harness.run_steps(2);
    for way in [20.0, 60.0] {
        window.harness.event(Event::PointerMoved(at + egui::vec2(way, way)));
        window.harness.run_steps(2);
    }
    window.key(Modifiers::NONE, Key::Escape);
    window.harness.event(button(at + egui::vec2(60.0, 60.0), false));
    window.settle();
    assert_eq!((window.place("ttp"), window.app().document().undo_name()), (before, None));
}

#[test]
fn arranging_is_one_step_and_reports_its_quality() {
    let mut window = Window::open(None);
    let before = window.app().document().positions().to_owned();
    window.key(Modifiers::COMMAND | Modifiers::SHIFT, Key::A);
    window.until("it is arranged", |window| window.sees("Arranged. Friends are nearer"));
    let document = window.app().document();
    // What is folded or hidden is not arranged, and does not count.
    let drawn = DrawnMap::of(
        document.map(),
        document.index(),
        document.positions(),
        window.app().workspace().shown,
    );
    let drawn = drawn.expect("some actors are folded");
    let (map, index, positions) = drawn.parts();
    let nearer = Nearer::of(&graph_of(map, index), &positions.raw);
    assert_eq!(nearer.friends, nearer.pairs);
    let all = nearer.pairs;
    assert!(window.sees(&format!("Friends are nearer than enemies in {all} of {all} cases")));
    assert_ne!(window.app().document().positions(), before);
    window.key(Modifiers::COMMAND, Key::Z);
    assert_eq!(window.app().document().positions(), before);
    window.key(Modifiers::COMMAND | Modifiers::SHIFT, Key::N);
    window.until("it is arranged", |window| {
        window.sees("Arranged. Friends are nearer than enemies in ")
    });
}

#[test]
fn an_excerpt_and_the_words_typed_into_it_are_one_step_and_the_next_excerpt_another() {
    let mut window = Window::open(None);
    window.click_containing("Jaish-e-Fursan-e-Muhammad (JFM), armed group");
    for words in ["first", "second"] {
        window.key(Modifiers::NONE, Key::X);
        for letter in words.chars() {
            window.type_text(&letter.to_string());
        }
        window.key(Modifiers::NONE, Key::F6);
    }
    let last_words = |window: &Window| {
        let actor = window.app().document().actor(&"jfm".into()).expect("it is there");
        actor.evidence.last().map(|excerpt| excerpt.excerpt.to_string())
    };
    assert_eq!(last_words(&window).as_deref(), Some("second"));
    window.key(Modifiers::COMMAND, Key::Z);
    assert_eq!(last_words(&window).as_deref(), Some("first"));
    window.key(Modifiers::COMMAND, Key::Z);
    assert_eq!(saved_bytes(&window), EXAMPLE.as_bytes());
}

#[test]
fn undo_right_after_an_accidental_double_click_removes_the_new_actor() {
    let mut window = Window::open(None);
    let count = window.app().document().map().actors.len();
    window.key(Modifiers::NONE, Key::N);
    assert_eq!(window.app().document().map().actors.len(), count + 1);
    window.key(Modifiers::COMMAND, Key::Z);
    assert_eq!(window.app().document().map().actors.len(), count);
    // A name that was typed is undone first, in its field.
    window.key(Modifiers::NONE, Key::N);
    window.type_text("Arland");
    window.key(Modifiers::COMMAND, Key::Z);
    assert_eq!(window.app().document().map().actors.len(), count + 1);
}
