//! State that belongs to a document ends with it. Work on threads neither outlives the document nor
//! keeps the window open.

use std::fs;

use allegiance::model::Element;
use allegiance::ui::panels::id::PanelId;
use allegiance::ui::{Picked, Settings};
use egui::{Key, Modifiers, ViewportCommand};
use egui_kittest::kittest::Queryable as _;

use crate::crowd::made;
use crate::pictures::assert_alike;
use crate::support::{Broken, Folder, Window, fill, move_an_actor, project, read};

/// A map with one source whose text contains `words`, and one tie that quotes them.
fn quoting(words: &str) -> String {
    format!(
        r#"{{"format":"relationship-map","version":1,
        "sources":[{{"id":"s1","title":"Page","text":"{words} in the valley."}}],
        "actors":[{{"id":"a","name":"Arland"}},{{"id":"b","name":"Borland"}}],
        "relations":[{{"id":"r","from":"a","to":"b","stance":"hostile",
            "evidence":[{{"source":"s1","excerpt":"{words}"}}]}}]}}"#
    )
}

#[test]
fn the_second_map_of_a_session_gets_its_fonts() {
    let mut window = Window::open(None);
    window.drop_file(&project("tests/fixtures/scripts.json"));
    assert_alike(&window, "many scripts, opened second");
    window.key(Modifiers::COMMAND.plus(Modifiers::SHIFT), Key::O);
    window.drop_file(&project("tests/fixtures/scripts.json"));
    assert_alike(&window, "many scripts, opened again");
}

#[test]
fn a_map_that_is_read_in_the_background_gets_its_fonts() {
    let folder = Folder::new();
    let path = folder.path("large.json");
    let scripts = read(&project("tests/fixtures/scripts.json"));
    // Spaces between two fields do not change the map.
    let large = scripts.replacen('{', &format!("{{{}", " ".repeat(4_100_000)), 1);
    fs::write(&path, large).expect("written");
    let mut window = Window::open(Some(path));
    window.until("it is open", |window| window.app().document().path().is_some());
    window.settle();
    assert_alike(&window, "many scripts in a large file");
}

#[test]
fn an_export_of_the_whole_map_shows_the_open_map() {
    let folder = Folder::new();
    let second = folder.path("second.json");
    fs::write(&second, quoting("struck")).expect("written");
    let target = folder.path("whole.svg");
    let mut window = Window::open(None);
    window.key(Modifiers::COMMAND, Key::E);
    window.click("SVG");
    window.click("The whole map");
    window.until("the preview", |window| window.sees("pixels, "));
    window.settle();
    window.will_pick(Picked::File(target.clone()));
    window.drop_file(&second);
    assert!(window.sees("Choose a file…"), "the export window is still open");
    window.click("Choose a file…");
    window.until("the export", |_| target.exists());
    let svg = read(&target);
    assert!(svg.contains("Borland") && !svg.contains("Tehreek"), "the first map was exported");
}

/// A window in which a slow export is running.
fn exporting(folder: &Folder) -> Window {
    let path = folder.path("many.json");
    fs::write(&path, made(3000)).expect("written");
    let mut window = Window::open(Some(path));
    window.until("it is open", |window| window.app().document().map().actors.len() == 3000);
    window.settle();
    window.will_pick(Picked::File(folder.path("many.svg")));
    window.harness.key_press_modifiers(Modifiers::COMMAND, Key::E);
    window.harness.run_steps(3);
    window.harness.get_by_label("SVG").click();
    window.harness.run_steps(3);
    window.harness.get_by_label("The whole map").click();
    window.harness.run_steps(1);
    window.harness.get_by_label("Choose a file…").click();
    window.until("the export runs", |window| window.app().workspace().work.is_some());
    window
}

#[test]
fn a_window_closed_during_an_export_closes_after_the_export() {
    let folder = Folder::new();
    let mut window = exporting(&folder);
    assert!(window.press_close().contains(&ViewportCommand::CancelClose));
    assert!(window.sees("is not finished"), "the message says what it waits for");
    window.until_it_closes();
    assert!(read(&folder.path("many.svg")).ends_with("</svg>\n"), "the picture is complete");
}

#[test]
fn an_export_can_be_cancelled_to_close_the_window() {
    let folder = Folder::new();
    let mut window = exporting(&folder);
    window.press_close();
    window.harness.get_by_label("Cancel it and close").click();
    window.until_it_closes();
    assert!(!folder.path("many.svg").exists());
}

#[test]
fn a_cancelled_close_does_not_happen_at_a_later_save() {
    let folder = Folder::new();
    let mut window = exporting(&folder);
    window.press_close();
    window.harness.get_by_label("Keep the window open").click();
    window.harness.run_steps(2);
    window.until("the export", |_| folder.path("many.svg").exists());
    window.settle();
    window.key(Modifiers::NONE, Key::F2);
    fill(&mut window, "Title", "Later");
    window.harness.key_press_modifiers(Modifiers::COMMAND, Key::S);
    for _ in 0..200 {
        window.harness.step();
        assert!(!window.commands().contains(&ViewportCommand::Close), "the window closed");
        if !window.app().document().is_unsaved() && window.app().is_quiet() {
            break;
        }
        std::thread::sleep(std::time::Duration::from_millis(5));
    }
    assert!(!window.app().document().is_unsaved());
}

#[test]
fn a_dialog_that_panics_is_reported_and_the_window_works_and_closes() {
    let mut window = Window::open(None);
    window.break_dialogs(Broken::Panics);
    window.key(Modifiers::COMMAND, Key::O);
    assert!(window.sees("The file dialog failed"), "the failure is shown");
    window.click("Close");
    move_an_actor(&mut window);
    window.key(Modifiers::COMMAND, Key::Z);
    assert!(!window.press_close().contains(&ViewportCommand::CancelClose));
}

#[test]
fn a_dialog_that_never_answers_leaves_the_window_usable_and_closable() {
    let mut window = Window::open(None);
    window.break_dialogs(Broken::Hangs);
    window.harness.key_press_modifiers(Modifiers::COMMAND, Key::O);
    window.harness.run_steps(4);
    assert!(!window.app().is_quiet(), "the dialog is open");
    window.harness.key_press(Key::Tab);
    window.harness.run_steps(4);
    assert!(!window.app().selection().is_empty(), "the map can be used meanwhile");
    assert!(!window.press_close().contains(&ViewportCommand::CancelClose));
    window.break_dialogs(Broken::No);
}

#[test]
fn a_marked_passage_and_its_tie_are_not_carried_into_the_next_map() {
    let folder = Folder::new();
    let (first, second) = (folder.path("first.json"), folder.path("second.json"));
    fs::write(&first, quoting("Arland struck Borland")).expect("written");
    fs::write(&second, quoting("Both talked")).expect("written");
    let mut settings = Settings::default();
    settings.set_open(PanelId::READER, true);
    let mut window = Window::with(Some(first), settings);
    let text = window.harness.get_all_by_label("Text of s1").last().expect("a text").rect();
    window.drag(text.left_top() + egui::vec2(1.0, 11.0), egui::vec2(120.0, 0.0), Modifiers::NONE);
    assert!(window.sees("Add tie"), "a passage is marked and its tie is drafted");
    window.drop_file(&second);
    assert!(!window.sees("Add tie"));
}

#[test]
fn a_search_and_a_half_typed_field_are_not_carried_into_the_next_map() {
    let folder = Folder::new();
    let second = folder.path("second.json");
    fs::write(&second, quoting("struck")).expect("written");
    let mut window = Window::open(None);
    window.key(Modifiers::COMMAND, Key::F);
    window.type_text("moderates");
    assert_eq!(window.app().workspace().search.text(), "moderates");
    window.drop_file(&second);
    assert_eq!(window.app().workspace().search.text(), "");
    window.key(Modifiers::NONE, Key::F2);
    fill(&mut window, "Title", "First title");
    window.key(Modifiers::COMMAND.plus(Modifiers::SHIFT), Key::O);
    window.click("Don't save");
    window.until("the example", |window| window.app().document().path().is_none());
    assert!(!window.sees("First title"), "the field shows the title of the new map");
}

#[test]
fn a_selection_by_position_is_not_carried_into_the_next_map() {
    let folder = Folder::new();
    let second = folder.path("second.json");
    fs::write(&second, quoting("struck")).expect("written");
    let mut window = Window::open(None);
    window.key(Modifiers::COMMAND, Key::A);
    window.drop_file(&second);
    assert!(window.app().selection().is_empty());
    window.key(Modifiers::NONE, Key::Tab);
    assert_eq!(window.app().selection().only(), Some(&Element::Actor("a".into())));
}
