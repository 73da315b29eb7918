//! Adding, changing and deleting actors, ties, excerpts and sources.

use allegiance::analysis::graph::graph_of;
use allegiance::analysis::nearness::Nearer;
use allegiance::file::EXAMPLE;
use allegiance::layout::drawn::DrawnMap;
use allegiance::model::{Element, Note};
use egui::accesskit::Role;
use egui::{Event, Key, Modifiers, Pos2, vec2};
use egui_kittest::kittest::{NodeT as _, Queryable as _};

use crate::support::{Folder, MODERATES, Window};
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

/// The notes that the example does not have.
fn notes(window: &Window) -> Vec<Note> {
    let notes = window.app().document().map().notes.iter();
    let is_new = |note: &&Note| !["strikes", "prevailed"].contains(&note.id.as_str());
    notes.filter(is_new).cloned().collect()
}

/// The only one of them.
fn note(window: &Window) -> Note {
    let notes = notes(window);
    assert_eq!(notes.len(), 1, "{notes:?}");
    notes[0].clone()
}

/// Opens the context menu at a position.
fn open_menu(window: &mut Window, at: Pos2) {
    window.harness.event(Event::PointerMoved(at));
    window.harness.step();
    for pressed in [true, false] {
        window.harness.event(Event::PointerButton {
            pos: at,
            button: egui::PointerButton::Secondary,
            pressed,
            modifiers: Modifiers::NONE,
        });
        window.harness.step();
    }
    window.settle();
}

#[test]
fn a_note_made_on_an_empty_place_is_typed_moved_resized_undone_and_deleted() {
    let mut window = Window::open(None);
    let empty = Pos2::new(300.0, 220.0);
    open_menu(&mut window, empty);
    window.click("New note here");
    assert_eq!(window.app().selection().items().count(), 1);
    window.type_text("Talks broke down");
    assert_eq!((note(&window).text.as_str(), note(&window).about), ("Talks broke down", None));
    let sheet = window.harness.get_by_label("Note: Talks broke down").rect();
    assert!((sheet.center() - empty).length() < 2.0, "{sheet:?}");
    assert_eq!(window.app().document().undo_name(), Some("add a note"), "typing is part of it");

    let before = note(&window);
    window.drag(sheet.center(), vec2(40.0, 30.0), Modifiers::COMMAND);
    assert_eq!(window.app().document().undo_name(), Some("move the note “Talks broke down”"));
    let zoom = f64::from(window.app().zoom());
    let moved = (note(&window).x - before.x, note(&window).y - before.y);
    assert!((moved.0 * zoom - 40.0).abs() < 1.0 && (moved.1 * zoom - 30.0).abs() < 1.0);

    let sheet = window.harness.get_by_label("Note: Talks broke down").rect();
    window.drag(sheet.right_center(), vec2(50.0, 0.0), Modifiers::NONE);
    assert_eq!(window.app().document().undo_name(), Some("resize the note “Talks broke down”"));
    let wider = window.harness.get_by_label("Note: Talks broke down").rect();
    assert!((wider.left() - sheet.left()).abs() < 1.0, "the left edge stays");
    assert!((wider.right() - sheet.right() - 50.0).abs() < 2.0, "{wider:?} {sheet:?}");
    assert!(note(&window).width > before.width + 20.0);

    let at = note(&window).x;
    window.key(Modifiers::SHIFT, Key::ArrowLeft);
    assert!((note(&window).x - at + 10.0).abs() < 0.02, "arrows nudge");
    window.key(Modifiers::COMMAND, Key::Z);
    window.key(Modifiers::COMMAND, Key::Z);
    assert!((note(&window).width - before.width).abs() < f64::EPSILON);
    window.key(Modifiers::COMMAND, Key::Z);
    assert_eq!(note(&window), before);
    window.key(Modifiers::NONE, Key::Delete);
    assert!(notes(&window).is_empty());
    assert!(window.sees("Done: delete the note “Talks broke down”"));
    undo_all(&mut window);
    assert_eq!(saved_bytes(&window), EXAMPLE.as_bytes());
}

#[test]
fn a_note_grows_downwards_and_its_edge_resizes_it_also_when_it_is_not_selected() {
    let mut window = Window::open(None);
    open_menu(&mut window, Pos2::new(300.0, 220.0));
    window.click("New note here");
    window.type_text("Talks");
    let sheet = |window: &Window| window.harness.get_by_label_contains("Note: Talks").rect();
    let first = sheet(&window);
    window.type_text(" broke down after the second round");
    let more = sheet(&window);
    assert!(more.height() > first.height() + 8.0, "{more:?}");
    assert!((more.top() - first.top()).abs() < 1.5, "{first:?} {more:?}");
    for _ in 0.." broke down after the second round".len() {
        window.key(Modifiers::NONE, Key::Backspace);
    }
    assert!((sheet(&window).top() - first.top()).abs() < 1.5, "and back");
    window.key(Modifiers::NONE, Key::Escape);
    window.key(Modifiers::NONE, Key::Escape);
    assert!(window.app().selection().is_empty());
    let before = note(&window).width;
    window.drag(sheet(&window).right_center(), vec2(50.0, 0.0), Modifiers::NONE);
    assert!(note(&window).width > before + 20.0, "{before}");
}

#[test]
fn a_note_is_found_by_its_words_and_typing_goes_through_what_it_can_be_about() {
    let mut window = Window::open(None);
    open_menu(&mut window, Pos2::new(300.0, 220.0));
    window.click("New note here");
    window.type_text("Quarrel about water");
    window.key(Modifiers::NONE, Key::Escape);
    window.key(Modifiers::NONE, Key::Escape);
    window.key(Modifiers::COMMAND, Key::F);
    window.type_text("quarrel");
    assert!(window.sees("1 note"));
    window.key(Modifiers::NONE, Key::Enter);
    let id = note(&window).id;
    assert_eq!(window.app().selection().only(), Some(&Element::Note(id)));
    window.key(Modifiers::NONE, Key::F2);
    let about = window.harness.get_by_role_and_label(Role::ComboBox, "About");
    about.focus();
    window.settle();
    window.key(Modifiers::NONE, Key::ArrowDown);
    window.type_text("ja");
    window.type_text("i");
    window.key(Modifiers::NONE, Key::Enter);
    assert_eq!(note(&window).about.as_deref(), Some("jfm"));
}

#[test]
fn a_note_about_a_line_is_made_beside_it_and_says_what_it_is_about() {
    let mut window = Window::open(None);
    let line = window.middle("Pakistan ↔ TTP, ");
    open_menu(&mut window, line);
    window.click_containing("Add a note about it");
    window.type_text("The worst of it");
    let map = window.app().document().map();
    let about = note(&window).about.expect("it is about a tie");
    let tie = map.relations.iter().find(|tie| tie.id.as_str() == about).expect("it is there");
    assert!([&tie.from, &tie.to].iter().all(|end| ["pakistan", "ttp"].contains(&end.as_str())));
    assert!(window.sees("Note: The worst of it, about "));
    // Escape leaves the field, and the inspector leads to the tie.
    window.key(Modifiers::NONE, Key::Escape);
    window.click("Done");
    window.click("Pakistan → TTP, air strike, hostile, reported");
    assert_eq!(window.app().selection().only(), Some(&Element::Relation(about.as_str().into())));
    // Deleting the tie keeps the note.
    window.key(Modifiers::NONE, Key::Delete);
    assert_eq!(note(&window).about, None);
    undo_all(&mut window);
    assert_eq!(saved_bytes(&window), EXAMPLE.as_bytes());
}

#[test]
fn the_menu_makes_a_note_about_the_selected_actor_and_its_form_changes_that() {
    let mut window = Window::open(None);
    window.click_containing(TTP);
    window.click("☰ Menu");
    window.click_containing("New note");
    window.type_text("A movement");
    assert_eq!(note(&window).about.as_deref(), Some("ttp"));
    window.harness.get_by_role_and_label(Role::ComboBox, "About").click();
    window.settle();
    for is_in_view in [false, true] {
        let is_entry = |node: &egui_kittest::Node<'_>| node.accesskit_node().role() == Role::Button;
        let entry = window.harness.get_all_by_label("Pakistan").find(is_entry);
        let entry = entry.expect("an entry of the list");
        if is_in_view {
            entry.click();
        } else {
            entry.scroll_to_me();
        }
        window.settle();
    }
    assert_eq!(note(&window).about.as_deref(), Some("pakistan"));
    assert!(window.app().document().undo_name().is_some_and(|name| name.contains("the subject")));
    fill(&mut window, "Width", "10");
    assert!(window.sees("Enter a width from 60 to 900."));
    fill(&mut window, "Width", "240");
    assert!((note(&window).width - 240.0).abs() < f64::EPSILON);
    fill(&mut window, "Text", "Two\nlines");
    assert_eq!(note(&window).text, "Two\nlines");
    press(&mut window, "Delete this note");
    assert!(notes(&window).is_empty());
}

#[test]
fn a_note_that_stays_empty_is_removed_and_leaves_no_step() {
    let mut window = Window::open(None);
    window.key(Modifiers::NONE, Key::M);
    assert_eq!(notes(&window).len(), 1);
    window.key(Modifiers::NONE, Key::Escape);
    assert!(notes(&window).is_empty());
    assert_eq!(window.app().document().undo_name(), None);
    assert_eq!(window.app().document().redo_name(), None);
    assert_eq!(saved_bytes(&window), EXAMPLE.as_bytes());
    // Selecting something else removes it as well.
    window.key(Modifiers::NONE, Key::M);
    let ttp = window.middle(TTP);
    window.tap(ttp, Modifiers::NONE);
    assert!(notes(&window).is_empty());
    assert_eq!(window.app().selection().only(), Some(&Element::Actor("ttp".into())));
    // Undo in the empty field removes it too.
    window.key(Modifiers::NONE, Key::M);
    window.key(Modifiers::COMMAND, Key::Z);
    assert!(notes(&window).is_empty());
}

#[test]
fn a_note_is_reached_by_keys_copied_and_moved_with_the_actors_that_are_selected_with_it() {
    let folder = Folder::new();
    let path = folder.path("notes.json");
    let mut map: serde_json::Value = serde_json::from_str(EXAMPLE).expect("JSON");
    map["notes"] = serde_json::json!([
        { "id": "n1", "text": "First", "x": -60.0, "y": -60.0, "about": "ttp" }
    ]);
    std::fs::write(&path, map.to_string()).expect("written");
    let mut window = Window::open(Some(path));
    let before = note(&window);
    window.key(Modifiers::NONE, Key::F6);
    window.key(Modifiers::NONE, Key::F6);
    window.key(Modifiers::NONE, Key::Tab);
    assert_eq!(
        window.app().selection().only(),
        Some(&Element::Note("n1".into())),
        "first in order"
    );
    // E opens the text, with the text selected.
    window.key(Modifiers::NONE, Key::E);
    window.type_text("Second");
    assert_eq!(note(&window).text, "Second");
    window.key(Modifiers::NONE, Key::Escape);
    let at = window.middle(MODERATES);
    window.tap(at, Modifiers::SHIFT);
    window.drag(at, vec2(30.0, 0.0), Modifiers::COMMAND);
    assert_eq!(window.app().document().undo_name(), Some("move 1 actor and 1 note"));
    assert!(note(&window).x > before.x + 10.0);
    window.key(Modifiers::COMMAND, Key::Z);
    assert!((note(&window).x - before.x).abs() < f64::EPSILON);
    window.key(Modifiers::COMMAND, Key::D);
    let map = window.app().document().map();
    assert_eq!((map.notes.len(), map.notes.raw[1].id.as_str()), (2, "n1-2"));
    assert_eq!(window.app().document().undo_name(), Some("paste 1 actor and 1 note"));
    assert_eq!(window.app().selection().notes().count(), 1, "the copies are selected");
}

#[test]
fn a_rectangle_selects_the_notes_in_it() {
    let mut window = Window::open(None);
    let empty = Pos2::new(300.0, 220.0);
    open_menu(&mut window, empty);
    window.click("New note here");
    window.type_text("Here");
    window.key(Modifiers::NONE, Key::Escape);
    window.key(Modifiers::NONE, Key::Escape);
    assert!(window.app().selection().is_empty());
    window.drag(empty - vec2(150.0, 60.0), vec2(200.0, 100.0), Modifiers::SHIFT);
    assert_eq!(window.app().selection().notes().count(), 1);
}

#[test]
fn in_a_large_map_a_note_is_drawn_found_and_moved() {
    let folder = Folder::new();
    let path = folder.path("large.json");
    let actors: Vec<_> = (0..2000)
        .map(|id| serde_json::json!({ "id": format!("a{id}"), "name": format!("a{id}") }))
        .collect();
    let layout: serde_json::Map<_, _> = (0..2000)
        .map(|id| (format!("a{id}"), serde_json::json!({ "x": id % 50 * 90, "y": id / 50 * 90 })))
        .collect();
    let map = serde_json::json!({
        "format": "relationship-map", "version": 1, "actors": actors, "layout": layout,
        "notes": [{ "id": "n1", "text": "In a crowd", "x": 2000, "y": 2000, "about": "a3" }]
    });
    std::fs::write(&path, map.to_string()).expect("written");
    let mut window = Window::open(Some(path));
    let at = window.middle("Note: In a crowd, about a3");
    window.tap(at, Modifiers::NONE);
    assert_eq!(window.app().selection().only(), Some(&Element::Note("n1".into())));
    window.drag(at, vec2(60.0, 0.0), Modifiers::COMMAND);
    assert!(note(&window).x > 2100.0, "{}", note(&window).x);
    assert_eq!(window.app().document().undo_name(), Some("move the note “In a crowd”"));
}
