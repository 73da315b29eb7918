//! One rule for the keyboard: what has the focus decides what a key does.

use allegiance::model::{ActorId, Element, Map};
use egui::{Event, Key, Modifiers, PointerButton};
use egui_kittest::kittest::Queryable as _;

use crate::support::{Folder, Window, enter, state};

/// Letters and signs that are shortcuts on the map.
const LETTERS: [(Key, &str); 11] = [
    (Key::N, "n"),
    (Key::T, "t"),
    (Key::X, "x"),
    (Key::P, "p"),
    (Key::L, "l"),
    (Key::G, "g"),
    (Key::F, "f"),
    (Key::R, "r"),
    (Key::Plus, "+"),
    (Key::Questionmark, "?"),
    (Key::Delete, ""),
];

const JFM: &str = "Jaish-e-Fursan-e-Muhammad (JFM), armed group";
const TTP: &str = "Tehreek-e-Taliban Pakistan (TTP), armed group";

/// Sends a key as a keyboard does: pressed, its text, released, all in one frame.
fn push(window: &mut Window, modifiers: Modifiers, key: Key, text: &str) {
    let event = |pressed| Event::Key { key, physical_key: None, pressed, repeat: false, modifiers };
    let events = &mut window.harness.input_mut().events;
    events.push(Event::ModifiersChanged(modifiers));
    events.push(event(true));
    if !text.is_empty() {
        events.push(Event::Text(text.to_owned()));
    }
    events.push(event(false));
    events.push(Event::ModifiersChanged(Modifiers::NONE));
}

fn push_word(window: &mut Window, word: &str) {
    for letter in word.chars() {
        let key = Key::from_name(&letter.to_uppercase().to_string()).expect("a key");
        push(window, Modifiers::NONE, key, &letter.to_string());
    }
}

fn map(window: &Window) -> &Map {
    window.app().document().map()
}

/// Ways to move the focus away from the map.
type Away = (&'static str, fn(&mut Window));

const AWAY: [Away; 8] = [
    ("a dialog", |window| window.key(Modifiers::COMMAND, Key::E)),
    ("the page of shortcuts", |window| window.key(Modifiers::NONE, Key::Questionmark)),
    ("a menu", |window| window.click("☰ Menu")),
    ("a button", |window| {
        window.harness.get_by_label("Export").focus();
        window.settle();
    }),
    ("the search field", |window| window.key(Modifiers::COMMAND, Key::F)),
    ("a form of the map", |window| {
        window.key(Modifiers::NONE, Key::Escape);
        window.key(Modifiers::NONE, Key::F2);
    }),
    ("a form of an actor", |window| window.key(Modifiers::NONE, Key::F2)),
    ("a form of a tie", |window| {
        window.click_tie("Pakistan ↔ TTP, ", "Pakistan → TTP, air strike");
        window.key(Modifiers::NONE, Key::F2);
    }),
];

#[test]
fn letters_are_commands_only_while_the_map_has_the_focus() {
    for (name, go) in AWAY {
        let mut window = Window::open(None);
        window.click_containing(JFM);
        go(&mut window);
        let before = state(&window);
        for (key, text) in LETTERS {
            // In a field, this key deletes letters.
            if key == Key::Delete && name.contains("form") {
                continue;
            }
            push(&mut window, Modifiers::NONE, key, "");
            window.harness.run_steps(6);
            assert_eq!(state(&window), before, "{text} with the focus on {name}");
        }
    }
}

#[test]
fn letters_are_commands_on_the_map() {
    for (key, text) in LETTERS {
        // The whole map is already in view, there is nothing to snap yet, and no tie to draw.
        if matches!(key, Key::F | Key::T | Key::Questionmark) {
            continue;
        }
        let mut window = Window::open(None);
        window.click_containing(JFM);
        let before = state(&window);
        push(&mut window, Modifiers::NONE, key, text);
        window.settle();
        assert_ne!(state(&window), before, "{text} on the map");
    }
}

#[test]
fn a_form_opens_with_its_first_field_selected_and_in_view() {
    let name_of = |window: &Window, id: &str| {
        let actor = map(window).actors.iter().find(|actor| actor.id.as_str() == id);
        actor.map(|actor| actor.name.clone())
    };
    // F2, a double click and the button; each time the whole name is replaced by what is typed.
    for way in ["F2", "double click", "button"] {
        let mut window = Window::open(None);
        // The form of the map is scrolled down before.
        window.key(Modifiers::NONE, Key::F2);
        window.harness.get_by_label("Add a source").scroll_to_me();
        window.settle();
        window.click("Done");
        if way != "double click" {
            window.click_containing(JFM);
        }
        match way {
            "F2" => window.key(Modifiers::NONE, Key::F2),
            "button" => window.click("Edit"),
            _ => double_click(&mut window, JFM),
        }
        window.type_text("Renamed plain");
        assert_eq!(name_of(&window, "jfm").as_deref(), Some("Renamed plain"), "{way}");
        assert_eq!(map(&window).actors.len(), 16, "{way}");
        let fields = window.harness.get_all_by_label("Name");
        let top = fields.map(|field| field.rect().top()).fold(f32::MAX, f32::min);
        assert!((40.0..800.0).contains(&top), "{way}: the field is in view, at {top}");
    }
}

fn double_click(window: &mut Window, name: &str) {
    // Otherwise this counts as the third click, after one that came just before.
    window.harness.run_steps(40);
    let at = window.middle(name);
    window.harness.event(Event::PointerMoved(at));
    window.harness.step();
    for pressed in [true, false, true, false] {
        let button = PointerButton::Primary;
        let modifiers = Modifiers::NONE;
        window.harness.event(Event::PointerButton { pos: at, button, pressed, modifiers });
        window.harness.step();
    }
    window.settle();
}

#[test]
fn tab_selects_the_text_of_the_next_field() {
    let mut window = Window::open(None);
    window.key(Modifiers::NONE, Key::F2);
    window.key(Modifiers::NONE, Key::Tab);
    window.key(Modifiers::NONE, Key::Tab);
    window.type_text("16 March 2025");
    window.key(Modifiers::NONE, Key::Tab);
    let date = map(&window).meta.as_of.map(|date| date.to_string());
    assert_eq!(date.as_deref(), Some("2025-03-16"));
}

#[test]
fn keys_in_the_same_frame_as_ctrl_f_go_to_the_search_field() {
    let mut window = Window::open(None);
    push(&mut window, Modifiers::COMMAND, Key::F, "");
    push_word(&mut window, "district");
    window.settle();
    assert_eq!(window.app().workspace().search.text(), "district");
    let workspace = window.app().workspace();
    assert!(workspace.settings.snaps_to_lines && !workspace.document.is_unsaved());
    assert!(!window.sees("Select one or two actors to draw a tie."), "no letter was a command");
}

#[test]
fn keys_in_the_frames_after_ctrl_f_go_to_the_search_field() {
    let mut window = Window::open(None);
    push(&mut window, Modifiers::COMMAND, Key::F, "");
    for letter in ["s", "p", "o", "k", "e"] {
        push_word(&mut window, letter);
        window.harness.step();
    }
    window.settle();
    assert_eq!(window.app().workspace().search.text(), "spoke");
}

#[test]
fn a_name_typed_in_the_same_frame_as_n_is_the_name_of_the_new_actor() {
    let mut window = Window::open(None);
    push(&mut window, Modifiers::NONE, Key::N, "n");
    push_word(&mut window, "xenon");
    window.settle();
    let actors = &map(&window).actors;
    assert_eq!(actors.len(), 17);
    assert_eq!(actors.last().map(|actor| actor.name.as_str()), Some("xenon"));
}

#[test]
fn keys_in_the_same_frame_as_a_double_click_go_to_the_name() {
    let mut window = Window::open(None);
    let at = window.middle(JFM);
    window.harness.event(Event::PointerMoved(at));
    window.harness.step();
    for pressed in [true, false, true, false] {
        let (button, modifiers) = (PointerButton::Primary, Modifiers::NONE);
        let event = Event::PointerButton { pos: at, button, pressed, modifiers };
        window.harness.input_mut().events.push(event);
    }
    push_word(&mut window, "plain");
    window.settle();
    let actors = &map(&window).actors;
    assert_eq!(actors.len(), 16, "no letter was a command");
}

#[test]
fn a_tie_is_drawn_by_keyboard() {
    let mut window = Window::open(None);
    window.click_containing(TTP);
    let ties = map(&window).relations.len();
    window.key(Modifiers::NONE, Key::T);
    window.key(Modifiers::NONE, Key::Enter);
    assert_eq!(map(&window).relations.len(), ties, "an actor has no tie to itself");
    window.key(Modifiers::NONE, Key::Tab);
    let Some(Element::Actor(to)) = window.app().selection().only().cloned() else {
        panic!("no actor")
    };
    window.key(Modifiers::NONE, Key::Enter);
    let tie = map(&window).relations.last().expect("a tie");
    assert_eq!((tie.from.as_str(), &tie.to), ("ttp", &to));
    assert_eq!(map(&window).relations.len(), ties + 1);
    assert_eq!(window.app().selection().only(), Some(&Element::Relation(tie.id.clone())));
    // The form of the tie is open, and letters are no commands.
    let actors = map(&window).actors.len();
    push(&mut window, Modifiers::NONE, Key::N, "n");
    window.settle();
    assert_eq!(map(&window).actors.len(), actors);
}

#[test]
fn the_keys_of_a_tie_in_one_frame_are_taken_in_their_order() {
    let mut window = Window::open(None);
    window.click_containing(TTP);
    let ties = map(&window).relations.len();
    push(&mut window, Modifiers::NONE, Key::T, "t");
    push(&mut window, Modifiers::NONE, Key::Tab, "");
    push(&mut window, Modifiers::NONE, Key::Enter, "");
    window.settle();
    assert_eq!(map(&window).relations.len(), ties + 1);
}

#[test]
fn escape_cancels_a_tie_being_drawn_before_the_selection() {
    let mut window = Window::open(None);
    window.click_containing(TTP);
    let (ties, selection) = (map(&window).relations.len(), window.app().selection().clone());
    window.key(Modifiers::NONE, Key::T);
    window.key(Modifiers::NONE, Key::Escape);
    assert_eq!(window.app().selection(), &selection, "the actor stays selected");
    assert!(!window.sees("Click the actor that the tie leads to"));
    // A later click makes no tie.
    window.click_containing(JFM);
    assert_eq!(map(&window).relations.len(), ties);
    window.key(Modifiers::NONE, Key::Escape);
    assert!(window.app().selection().is_empty());
}

#[test]
fn escape_leaves_a_field_or_a_button_or_a_dialog_before_the_selection() {
    let steps: [Away; 4] = [
        ("a field", |window| {
            window.key(Modifiers::NONE, Key::F2);
            enter(window, "Name");
        }),
        ("a button", |window| {
            window.harness.get_by_label("Export").focus();
            window.settle();
        }),
        ("a dialog", |window| window.key(Modifiers::NONE, Key::Questionmark)),
        ("a menu", |window| window.click("☰ Menu")),
    ];
    for (name, go) in steps {
        let mut window = Window::open(None);
        window.click_containing(JFM);
        go(&mut window);
        window.key(Modifiers::NONE, Key::Escape);
        assert!(!window.app().selection().is_empty(), "Escape in {name} keeps the selection");
        window.key(Modifiers::NONE, Key::Escape);
        assert!(window.app().selection().is_empty(), "the next Escape after {name} clears it");
    }
}

#[test]
fn a_field_that_never_appears_does_not_hold_the_keyboard() {
    let folder = Folder::new();
    let mut window = Window::open(Some(folder.example()));
    window.click_containing(JFM);
    // Editing is switched on, and two elements are selected before the form is shown.
    push(&mut window, Modifiers::NONE, Key::F2, "");
    push(&mut window, Modifiers::COMMAND, Key::A, "");
    window.settle();
    for _ in 0..20 {
        window.harness.step();
    }
    window.key(Modifiers::NONE, Key::Escape);
    window.key(Modifiers::NONE, Key::Escape);
    window.key(Modifiers::NONE, Key::N);
    assert_eq!(map(&window).actors.len(), 17);
}

/// The actors whose positions differ, by name.
fn moved(before: &Map, after: &Map) -> Vec<String> {
    let is_moved = |id: &ActorId| before.layout.get(id) != after.layout.get(id);
    let moved = after.actors.iter().filter(|actor| is_moved(&actor.id));
    moved.map(|actor| actor.name.clone()).collect()
}

#[test]
fn the_keys_of_the_map_in_one_frame_are_taken_in_their_order() {
    let mut window = Window::open(None);
    let start = map(&window).clone();
    let mut selected = Vec::new();
    for _ in 0..3 {
        push(&mut window, Modifiers::NONE, Key::Escape, "");
        push(&mut window, Modifiers::NONE, Key::Tab, "");
        push(&mut window, Modifiers::NONE, Key::ArrowRight, "");
        window.settle();
        selected.push(window.app().selection().clone());
    }
    assert!(!selected[0].is_empty());
    assert!(selected.iter().all(|one| *one == selected[0]), "{selected:?}");
    assert_eq!(moved(&start, map(&window)).len(), 1, "only the selected actor moves");
}
