//! Opening, saving, exporting and closing: no changes are lost without asking.

use std::path::{Path, PathBuf};

use allegiance::edit::Origin;
use allegiance::file::EXAMPLE;
use allegiance::ui::{Picked, Settings};
use egui::{Key, Modifiers, ViewportCommand};
use egui_kittest::kittest::Queryable as _;

use crate::support::{Folder, Window, move_an_actor, read};

#[test]
fn saving_after_a_move_changes_one_line_of_the_file() {
    let folder = Folder::new();
    let path = folder.example();
    let mut window = Window::open(Some(path.clone()));
    move_an_actor(&mut window);
    window.key(Modifiers::COMMAND, Key::S);
    assert!(!window.app().document().is_unsaved());
    let after = read(&path);
    let changed: Vec<&str> =
        EXAMPLE.lines().zip(after.lines()).filter(|(a, b)| a != b).map(|(_, b)| b).collect();
    assert_eq!(changed.len(), 1);
    assert!(changed[0].trim().starts_with("\"moderates\": {"), "{changed:?}");
    assert_eq!(EXAMPLE.lines().count(), after.lines().count());
}

#[test]
fn the_example_is_saved_where_the_dialog_says() {
    let folder = Folder::new();
    let mut window = Window::open(None);
    move_an_actor(&mut window);
    window.will_pick(Picked::File(folder.path("mine")));
    window.key(Modifiers::COMMAND, Key::S);
    assert!(folder.path("mine.json").exists(), "the extension is added");
    assert_eq!(window.app().document().origin(), &Origin::File(folder.path("mine.json")));
}

#[test]
fn a_cancelled_dialog_changes_nothing() {
    let mut window = Window::open(None);
    move_an_actor(&mut window);
    window.key(Modifiers::COMMAND, Key::S);
    assert!(window.app().document().is_unsaved());
    assert_eq!(window.app().document().origin(), &Origin::Example);
}

#[test]
fn without_dialogs_a_path_can_be_typed_and_replacing_a_file_is_confirmed() {
    let folder = Folder::new();
    let taken = folder.path("taken.json");
    std::fs::write(&taken, "mine").expect("written");
    let mut window = Window::open(None);
    window.will_pick(Picked::NoDialog);
    window.key(Modifiers::COMMAND, Key::S);
    assert!(window.sees("This system offers no file dialog"));
    window.type_text(&taken.display().to_string());
    window.click("OK");
    assert_eq!(read(&taken), "mine", "the file is not replaced before the answer");
    window.click("Replace");
    assert_eq!(read(&taken), EXAMPLE);
}

#[test]
fn enter_accepts_a_typed_path_and_never_overwrites_without_asking() {
    let folder = Folder::new();
    let taken = folder.path("taken.json");
    std::fs::write(&taken, "mine").expect("written");
    let mut window = Window::open(None);
    for (typed, question) in
        [(folder.path("taken"), "Replace this file?"), (folder.path(""), "This is a folder")]
    {
        window.will_pick(Picked::NoDialog);
        window.key(Modifiers::COMMAND, Key::S);
        window.type_text(&typed.display().to_string());
        window.key(Modifiers::NONE, Key::Enter);
        assert!(window.sees(question), "{question}");
        assert_eq!(read(&taken), "mine");
        window.key(Modifiers::NONE, Key::Escape);
    }
    window.will_pick(Picked::NoDialog);
    window.key(Modifiers::COMMAND, Key::S);
    window.type_text(&folder.path("fresh").display().to_string());
    window.key(Modifiers::NONE, Key::Enter);
    assert_eq!(read(&folder.path("fresh.json")), EXAMPLE);
}

#[test]
fn opening_with_unsaved_changes_asks_and_continues_after_saving() {
    let folder = Folder::new();
    let path = folder.example();
    let other = folder.path("other.json");
    std::fs::write(&other, EXAMPLE.replacen("March 2024\"", "Another map\"", 1)).expect("written");
    let mut window = Window::open(Some(path.clone()));
    move_an_actor(&mut window);
    window.will_pick(Picked::File(other.clone()));
    window.key(Modifiers::COMMAND, Key::O);
    assert!(window.sees("Save the changes to map.json?"));
    window.click("Cancel");
    assert!(window.app().document().is_unsaved());
    window.key(Modifiers::COMMAND, Key::O);
    window.harness.get_all_by_label("Save").last().expect("a button").click();
    window.settle();
    assert_ne!(read(&path), EXAMPLE, "saved first");
    assert_eq!(window.app().document().origin(), &Origin::File(other));
}

#[test]
fn closing_with_unsaved_changes_asks() {
    let mut window = Window::open(None);
    move_an_actor(&mut window);
    assert!(window.press_close().contains(&ViewportCommand::CancelClose));
    assert!(window.sees("Save the changes to Example map?"));
    window.click("Don't save");
    assert!(!window.press_close().contains(&ViewportCommand::CancelClose));
}

#[test]
fn an_invalid_file_is_reported_and_the_open_map_stays() {
    let folder = Folder::new();
    let bad = folder.path("bad.json");
    std::fs::write(&bad, EXAMPLE.replacen("\"stance\": \"hostile\"", "\"stance\": \"angry\"", 1))
        .expect("written");
    let mut window = Window::open(Some(folder.example()));
    move_an_actor(&mut window);
    window.will_pick(Picked::File(bad));
    window.key(Modifiers::COMMAND, Key::O);
    window.will_pick(Picked::Cancelled);
    window.click("Don't save");
    assert!(window.sees("bad.json could not be opened"));
    assert!(window.sees("relations[0].stance: unknown value \"angry\""));
    window.click("Close");
    assert_eq!(window.app().document().file_name(), "map.json");
    assert!(window.app().document().is_unsaved(), "the move is still there");
}

#[test]
fn a_newer_map_is_shown_read_only() {
    let folder = Folder::new();
    let path = folder.path("newer.json");
    std::fs::write(&path, EXAMPLE.replacen("\"version\": 1", "\"version\": 9", 1))
        .expect("written");
    let mut window = Window::open(Some(path.clone()));
    assert!(window.sees("from a newer version"));
    window.click("Close");
    window.key(Modifiers::COMMAND, Key::S);
    assert!(read(&path).contains("\"version\": 9"));
    assert!(window.sees("read-only"));
    let copy = folder.path("copy.json");
    window.will_pick(Picked::File(copy.clone()));
    window.key(Modifiers::COMMAND.plus(Modifiers::SHIFT), Key::S);
    assert_eq!(read(&copy), read(&path), "an exact copy");
    assert!(window.app().document().is_read_only(), "the copy is read-only too");
    window.key(Modifiers::NONE, Key::N);
    assert_eq!(read(&copy), read(&path));
    assert!(!window.app().document().is_unsaved());
}

#[test]
fn export_writes_the_chosen_format() {
    let folder = Folder::new();
    let mut window = Window::open(None);
    window.will_pick(Picked::File(folder.path("picture")));
    window.key(Modifiers::COMMAND, Key::E);
    window.click("SVG");
    window.click("Choose a file…");
    assert!(read(&folder.path("picture.svg")).starts_with("<svg"));
    assert!(window.sees("Exported"));
    window.will_pick(Picked::File(folder.path("picture.png")));
    window.click("Export");
    window.click("Choose a file…");
    assert!(folder.path("picture.png").exists());
}

#[test]
fn a_new_map_is_empty_and_untitled() {
    let mut window = Window::open(None);
    window.key(Modifiers::COMMAND, Key::N);
    assert!(window.app().document().map().actors.is_empty());
    assert!(window.sees("Untitled map"));
}

#[test]
fn a_dropped_file_opens() {
    let folder = Folder::new();
    let path = folder.example();
    let mut window = Window::open(None);
    window.drop_file(&path);
    assert_eq!(window.app().document().origin(), &Origin::File(path));
}

#[test]
fn opened_files_are_remembered() {
    let folder = Folder::new();
    let (path, settings) = (folder.example(), folder.path("settings.json"));
    drop(Window::with(Some(path.clone()), Settings::load_from(&settings)));
    assert_eq!(Settings::load_from(&settings).recent, [path]);
    std::fs::write(&settings, "{ not json").expect("written");
    assert!(
        Settings::load_from(&settings).recent.is_empty(),
        "invalid settings fall back to the defaults"
    );
}

#[test]
fn the_window_shows_whether_the_map_is_saved() {
    let folder = Folder::new();
    let mut window = Window::open(Some(folder.example()));
    assert!(window.sees("saved"));
    move_an_actor(&mut window);
    assert!(window.harness.query_by_label("unsaved").is_some());
}

#[test]
fn after_a_crash_unsaved_work_can_be_recovered() {
    let folder = Folder::new();
    let (path, state) = (folder.example(), folder.path("state"));
    let mut window =
        Window::journalled(Some(path.clone()), Settings::default(), Some(state.clone()));
    move_an_actor(&mut window);
    let place = window.place("moderates");
    // Dropping without closing is like a crash, because the journal's thread writes at once.
    drop(window);
    assert_eq!(read(&path), EXAMPLE);
    let mut window = Window::journalled(None, Settings::default(), Some(state.clone()));
    assert!(window.sees("Recover unsaved work?") && window.sees("1 change"));
    window.click("Recover");
    assert_eq!(window.place("moderates"), place);
    assert_eq!(window.app().document().origin(), &Origin::File(path.clone()));
    assert!(window.app().document().is_unsaved());
    window.key(Modifiers::COMMAND, Key::S);
    assert_ne!(read(&path), EXAMPLE);
    drop(window);
    assert_eq!(
        std::fs::read_dir(state.join("journals")).expect("a folder").count(),
        0,
        "no journal is left after a save"
    );
}

#[test]
fn unsaved_work_can_be_discarded_or_decided_on_later() {
    let folder = Folder::new();
    let state = folder.path("state");
    let mut window =
        Window::journalled(Some(folder.example()), Settings::default(), Some(state.clone()));
    move_an_actor(&mut window);
    drop(window);
    let mut window = Window::journalled(None, Settings::default(), Some(state.clone()));
    window.click("Decide later");
    drop(window);
    let mut window = Window::journalled(None, Settings::default(), Some(state.clone()));
    window.click("Discard");
    drop(window);
    let window = Window::journalled(None, Settings::default(), Some(state));
    assert!(!window.sees("Recover unsaved work?"));
}

#[test]
fn recovered_typing_is_one_undo_step() {
    let folder = Folder::new();
    let state = folder.path("state");
    let mut window =
        Window::journalled(Some(folder.example()), Settings::default(), Some(state.clone()));
    window.key(Modifiers::NONE, Key::F2);
    crate::support::enter(&mut window, "Title");
    window.key(Modifiers::COMMAND, Key::A);
    for letter in ["L", "o", "n", "g"] {
        window.type_text(letter);
    }
    drop(window);
    let mut window = Window::journalled(None, Settings::default(), Some(state));
    window.click("Recover");
    assert_eq!(window.app().document().map().meta.title, "Long");
    window.key(Modifiers::COMMAND, Key::Z);
    assert_eq!(window.app().document().to_bytes().expect("written"), EXAMPLE.as_bytes());
}

/// Writes a map and the text of its source, both with this extension, so that an output could have
/// the same names. Returns the two paths.
fn with_text(folder: &Folder, extension: &str) -> (PathBuf, PathBuf) {
    let (map, text) =
        (folder.path(&format!("map.{extension}")), folder.path(&format!("text.{extension}")));
    let source = format!(r#"{{"id":"s","text_file":"text.{extension}"}}"#);
    let tie = r#"{"id":"r","from":"a","to":"b","stance":"hostile"}"#;
    let json = format!(
        r#"{{"format":"relationship-map","version":1,"sources":[{source}],
        "actors":[{{"id":"a","name":"A"}},{{"id":"b","name":"B"}}],"relations":[{tie}],
        "layout":{{"a":{{"x":0,"y":0}},"b":{{"x":200,"y":0}}}}}}"#
    );
    std::fs::write(&map, json).expect("written");
    std::fs::write(&text, "Arland struck Borland.").expect("written");
    (map, text)
}

/// Writes an output to the file that the dialog returns.
type Write<'a> = &'a dyn Fn(&mut Window);

#[test]
fn no_output_of_the_window_replaces_the_map_or_a_text() {
    let export = |window: &mut Window| {
        window.key(Modifiers::COMMAND, Key::E);
        window.click("Choose a file…");
    };
    let table = |window: &mut Window| {
        window.key(Modifiers::NONE, Key::F9);
        window.click_containing("Save as CSV");
    };
    let screenshot = |window: &mut Window| {
        window.harness.event(egui::Event::Screenshot {
            viewport_id: egui::ViewportId::ROOT,
            user_data: egui::UserData::default(),
            image: std::sync::Arc::new(egui::ColorImage::filled([3, 2], egui::Color32::WHITE)),
        });
        window.settle();
    };
    let outputs: [(&str, Write<'_>); 4] =
        [("svg", &export), ("png", &export), ("csv", &table), ("png", &screenshot)];
    for (extension, write) in outputs {
        let folder = Folder::new();
        let (map, text) = with_text(&folder, extension);
        let before = (read(&map), read(&text));
        for target in [&map, &text] {
            let mut window = Window::open(Some(map.clone()));
            window.will_pick(Picked::File(target.clone()));
            write(&mut window);
            assert!(window.sees("give another name"), "{} as a {extension}", target.display());
            assert_eq!((read(&map), read(&text)), before);
        }
    }
}

#[test]
fn save_as_replaces_no_text_and_asks_before_replacing_changes_on_disk() {
    let folder = Folder::new();
    let (map, text) = with_text(&folder, "json");
    let save_as = |window: &mut Window, path: &Path| {
        window.will_pick(Picked::File(path.to_owned()));
        window.key(Modifiers::COMMAND.plus(Modifiers::SHIFT), Key::S);
    };
    let mut window = Window::open(Some(map.clone()));
    save_as(&mut window, &text);
    assert!(window.sees("give another name"));
    assert_eq!(read(&text), "Arland struck Borland.");
    window.click("Close");
    // The map's own file under another path: a plain save, which notices the change on disk.
    window.key(Modifiers::NONE, Key::N);
    let theirs = read(&map).replacen("\"B\"", "\"Theirs\"", 1);
    std::fs::create_dir(folder.path("inner")).expect("a folder");
    std::fs::write(&map, &theirs).expect("written");
    save_as(&mut window, &folder.path("inner/../map.json"));
    assert_eq!(read(&map), theirs, "nothing is replaced without asking");
    assert!(window.sees("was changed by another program"));
}
