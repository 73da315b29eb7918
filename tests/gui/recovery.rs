//! Unsaved work of earlier runs is offered beside the map that was asked for.

use std::path::{Path, PathBuf};

use allegiance::file::EXAMPLE;
use allegiance::ui::{Picked, Settings};
use egui::{Key, Modifiers};

use crate::support::{Broken, Folder, Window, move_an_actor, read};

const QUESTION: &str = "Recover unsaved work?";

fn opened(map: Option<PathBuf>, state: &Path) -> Window {
    Window::journalled(map, Settings::default(), Some(state.to_owned()))
}

/// Leaves unsaved work on `names`, and returns the state folder. The last is the newest.
fn crashed(folder: &Folder, names: &[&str]) -> PathBuf {
    let state = folder.path("state");
    for name in names {
        let path = folder.path(name);
        std::fs::write(&path, EXAMPLE).expect("written");
        let mut window = opened(Some(path), &state);
        if window.sees(QUESTION) {
            window.click("Decide later");
        }
        move_an_actor(&mut window);
    }
    state
}

fn journals(state: &Path) -> usize {
    std::fs::read_dir(state.join("journals")).expect("a folder").count()
}

fn name(window: &Window) -> String {
    window.app().document().file_name()
}

#[test]
fn the_map_that_was_asked_for_is_opened_and_the_work_on_others_listed() {
    let folder = Folder::new();
    let state = crashed(&folder, &["one.json", "two.json"]);
    let path = folder.path("merge.json");
    std::fs::write(&path, EXAMPLE).expect("written");
    let mut window = opened(Some(path.clone()), &state);
    assert!(window.sees(QUESTION));
    assert_eq!(name(&window), "merge.json");
    for words in ["one.json", "two.json", "1 change, less than a minute ago"] {
        assert!(window.sees(words), "{words}");
    }
    window.key(Modifiers::NONE, Key::Escape);
    assert!(!window.sees(QUESTION));
    assert_eq!(name(&window), "merge.json");
    assert!(window.sees("Unsaved work of 2 maps"));
    assert_eq!(journals(&state), 2, "nothing is deleted");
    // The list can be shown again, by the status line and by a key.
    window.click("Unsaved work of 2 maps");
    assert!(window.sees(QUESTION));
    window.key(Modifiers::NONE, Key::Escape);
    window.key(Modifiers::COMMAND, Key::F5);
    assert!(window.sees(QUESTION));
}

#[test]
fn one_dialog_takes_a_decision_for_each_work_by_keyboard() {
    let folder = Folder::new();
    let state = crashed(&folder, &["one.json", "two.json", "three.json"]);
    let mut window = opened(Some(folder.example()), &state);
    // Discard the newest: its second button.
    window.key(Modifiers::NONE, Key::Tab);
    window.key(Modifiers::NONE, Key::Enter);
    assert!(window.sees(QUESTION) && !window.sees("three.json") && window.sees("two.json"));
    assert_eq!(journals(&state), 2);
    // Put off the next: its third button.
    for _ in 0..2 {
        window.key(Modifiers::NONE, Key::Tab);
    }
    window.key(Modifiers::NONE, Key::Enter);
    assert!(window.sees(QUESTION) && !window.sees("two.json") && window.sees("one.json"));
    assert_eq!(journals(&state), 2);
    // Recover the last.
    window.key(Modifiers::NONE, Key::Enter);
    assert_eq!(name(&window), "one.json");
    assert!(window.app().document().is_unsaved());
    assert!(window.sees("Unsaved work of 1 map"));
    assert_eq!(journals(&state), 2, "one put off, and the one of the open map");
}

#[test]
fn recovering_asks_about_unsaved_changes_first() {
    let folder = Folder::new();
    let state = crashed(&folder, &["one.json"]);
    let path = folder.example();
    let mut window = opened(Some(path.clone()), &state);
    window.click("Decide later");
    move_an_actor(&mut window);
    window.key(Modifiers::COMMAND, Key::F5);
    window.click("Recover");
    assert!(window.sees("Save the changes to map.json?"));
    window.click("Cancel");
    assert_eq!((name(&window).as_str(), journals(&state)), ("map.json", 2));
    window.key(Modifiers::COMMAND, Key::F5);
    window.click("Recover");
    // The first button saves.
    window.key(Modifiers::NONE, Key::Enter);
    window.until("the recovery", |window| name(window) == "one.json");
    assert_ne!(read(&path), EXAMPLE);
}

#[test]
fn a_map_that_cannot_be_opened_is_reported_before_the_list() {
    let folder = Folder::new();
    let state = crashed(&folder, &["one.json"]);
    let wrong = folder.path("wrong.json");
    std::fs::write(&wrong, "{}").expect("written");
    let mut window = opened(Some(wrong), &state);
    assert!(window.sees("wrong.json could not be opened") && !window.sees(QUESTION));
    window.click("Close");
    assert!(window.sees(QUESTION));
}

#[test]
fn work_that_another_window_has_recovered_is_not_opened_again() {
    let folder = Folder::new();
    let state = crashed(&folder, &["one.json"]);
    let mut first = opened(Some(folder.example()), &state);
    let mut second = opened(Some(folder.example()), &state);
    first.click("Recover");
    second.click("Recover");
    assert!(second.sees("Another window has recovered or discarded this work."));
    assert_eq!(name(&second), "map.json");
    assert!(!second.sees("Unsaved work of"));
}

#[test]
fn changes_made_while_a_file_is_chosen_are_asked_about() {
    let folder = Folder::new();
    let (path, other) = (folder.example(), folder.path("other.json"));
    std::fs::write(&other, EXAMPLE).expect("written");
    let mut window = Window::open(Some(path));
    window.break_dialogs(Broken::Hangs);
    window.will_pick(Picked::File(other));
    window.harness.key_press_modifiers(Modifiers::COMMAND, Key::O);
    window.harness.run_steps(4);
    for (modifiers, key) in [(Modifiers::COMMAND, Key::A), (Modifiers::SHIFT, Key::ArrowRight)] {
        window.harness.key_press_modifiers(modifiers, key);
        window.harness.run_steps(4);
    }
    assert!(window.app().document().is_unsaved());
    window.break_dialogs(Broken::No);
    window.until("the question", |window| window.sees("Save the changes to map.json?"));
    window.click("Don't save");
    assert_eq!(name(&window), "other.json");
    assert!(!window.app().document().is_unsaved());
}
