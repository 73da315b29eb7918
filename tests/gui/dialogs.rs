//! Dialogs: the problems of a map, and every dialog in a small window.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::SystemTime;

use allegiance::edit::merge::merge;
use allegiance::edit::unsaved::Unsaved;
use allegiance::file::source::SourceFile;
use allegiance::file::{EXAMPLE, parse};
use allegiance::model::{Element, Place, Problem};
use allegiance::ui::dialogs::questions::{Conflicting, Question, Then, question_ui};
use allegiance::ui::{Settings, Wanted};
use egui::{Key, Modifiers, Rect, Vec2, vec2};
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;

use crate::support::{Folder, Window};

const MAP: &str = r#"{
  "format": "relationship-map", "version": 1,
  "sources": [ { "id": "s", "title": "River war", "paragraphs": [
    { "label": "P1", "start": 0, "end": 5 } ] } ],
  "actors": [ { "id": "a", "name": "Arland" }, { "id": "b", "name": "Borland" } ],
  "relations": [
    { "id": "r1", "from": "a", "to": "b", "stance": "hostile", "kind": "threaten",
      "status": "claimed",
      "evidence": [ { "source": "s", "excerpt": "threats", "paragraph": "P9" } ] },
    { "id": "r2", "from": "b", "to": "a", "stance": "cooperative" }
  ],
  "layout": { "a": { "x": 0.0, "y": 0.0 }, "b": { "x": 300.0, "y": 0.0 } }
}
"#;

#[test]
fn the_problems_of_a_map_name_its_elements_and_a_click_shows_them() {
    let folder = Folder::new();
    let path = folder.path("map.json");
    std::fs::write(&path, MAP).expect("written");
    let mut window = Window::open(Some(path));
    window.key(Modifiers::NONE, Key::F8);
    for words in [
        "Arland → Borland (threaten) is claimed, but it is not said by whom.",
        "Arland → Borland (threaten): the source “River war” has no paragraph \"P9\".",
        "Borland → Arland has no excerpt.",
    ] {
        assert!(window.harness.query_by_label(words).is_some(), "{words}");
    }
    assert!(!window.sees("relations[") && !window.sees("line 1"));
    window.click("Borland → Arland has no excerpt.");
    assert_eq!(window.app().selection().only(), Some(&Element::Relation("r2".into())));
    assert!(!window.sees("Problems in this map"), "the dialog closes");
    // The list is that of the map as it is now.
    window.key(Modifiers::NONE, Key::Delete);
    assert!(window.sees("2 warnings"));
    window.key(Modifiers::NONE, Key::F8);
    assert!(window.sees("it is not said by whom") && !window.sees("has no excerpt"));
}

/// Unsaved work of a map.
fn unsaved() -> Unsaved {
    Unsaved {
        journal: "journal".into(),
        name: "map.json".to_owned(),
        file: Some("map.json".into()),
        changes: 7,
        written: Some(SystemTime::UNIX_EPOCH),
    }
}

/// Every dialog but the export, each with more content than a small window can show.
fn questions() -> Vec<(Question, &'static [&'static str])> {
    let long = || (0..60).map(|line| format!("Line {line} of the details")).collect::<Vec<_>>();
    let path = || PathBuf::from("/a/long/path/of/folders".repeat(30));
    let example = || parse(EXAMPLE.as_bytes()).expect("it opens");
    let text = "the words of a source ".repeat(40);
    let (mut mine, mut theirs) = (example().map, example().map);
    for (map, words) in [(&mut mine, "mine"), (&mut theirs, "theirs")] {
        for actor in &mut map.actors {
            actor.name = format!("{} {words}", actor.name);
        }
    }
    let merged = merge(&example().map, &mine, &theirs, &[]).expect("they merge");
    assert!(merged.conflicts.len() > 10);
    let conflict = Conflicting {
        theirs: example(),
        choices: vec![false; merged.conflicts.len()],
        merged: Ok(merged),
        is_saving: false,
    };
    let problem = |number: usize| {
        Problem::warning(Place::default(), format!("problem {number}"), "something else")
    };
    vec![
        (Question::Unsaved(Then::Close), &["Save", "Don't save", "Cancel"]),
        (Question::ChangedOnDisk(path()), &["Overwrite it", "Save as…", "Cancel"]),
        (
            Question::Conflict(Box::new(conflict)),
            &["Merge", "Keep mine", "Take theirs", "Decide later"],
        ),
        (Question::NotSaved("reason ".repeat(400)), &["Save as…", "Try again", "Close"]),
        (Question::Stalled(path()), &["Keep waiting", "Save elsewhere…"]),
        (
            Question::KeepText {
                source: None,
                path: path(),
                file: Arc::new(SourceFile::pasted(&text)),
                can_keep_in_folder: true,
            },
            &["Keep it in the map's folder", "Put it into the map", "Cancel"],
        ),
        (Question::Versions(Vec::new()), &["Close"]),
        (Question::Overwrite(Wanted::SaveMap, path()), &["Cancel", "Replace"]),
        (
            Question::Path { wanted: Wanted::OpenMap, text: "map.json".to_owned() },
            &["OK", "Cancel"],
        ),
        (Question::Failed { heading: "It failed ".repeat(40), details: long() }, &["Close"]),
        (Question::Recover(vec![unsaved()]), &["Recover", "Discard", "Later", "Decide later"]),
        (Question::Problems((0..80).map(problem).collect()), &["Close"]),
        (Question::Keys, &["Close"]),
        (Question::Working("Exporting"), &["Keep the window open", "Cancel it and close"]),
    ]
}

/// Fails unless the widget with this label can be seen as a whole.
fn assert_inside<State>(harness: &Harness<'_, State>, label: &str, size: Vec2) {
    let window = Rect::from_min_size(egui::Pos2::ZERO, size);
    let rect = harness.get_by_label(label).rect();
    assert!(window.contains_rect(rect), "{label} at {rect:?} is not inside {size:?}");
    assert!(rect.width() > 10.0 && rect.height() > 10.0, "{label} is clipped to {rect:?}");
}

#[test]
fn every_dialog_keeps_its_buttons_visible_in_a_small_window() {
    for size in [vec2(640.0, 400.0), vec2(683.0, 384.0), vec2(480.0, 300.0)] {
        for (mut question, buttons) in questions() {
            let mut harness = Harness::builder().with_size(size).build_ui(move |ui| {
                if ui.ctx().cumulative_pass_nr() == 0 {
                    // Fonts are available from the next frame.
                    allegiance::ui::install(ui.ctx());
                    return;
                }
                question_ui(ui.ctx(), &mut question, "the map.json");
            });
            harness.run_steps(6);
            for button in buttons {
                assert_inside(&harness, button, size);
            }
        }
    }
}

#[test]
fn the_export_dialog_works_in_a_small_window() {
    let size = vec2(640.0, 400.0);
    let mut window = Window::with(None, Settings::default());
    window.harness.set_size(size);
    window.settle();
    window.key(Modifiers::COMMAND, Key::E);
    for button in ["Choose a file…", "Copy", "Cancel"] {
        assert_inside(&window.harness, button, size);
    }
    // Everything else is reached by scrolling.
    for below in ["Highlight the selection", "Preview of the picture"] {
        window.harness.get_by_label(below).scroll_to_me();
        window.settle();
        let rect = window.harness.get_by_label(below).rect();
        assert!(rect.top() >= 0.0 && rect.top() < size.y, "{below}: {rect:?}");
    }
}

#[test]
fn a_window_as_large_as_the_screen_is_made_smaller_once_at_the_start() {
    let mut window = Window::unsettled(None);
    let mut resized = Vec::new();
    for _ in 0..5 {
        let id = window.harness.input().viewport_id;
        let info = window.harness.input_mut().viewports.entry(id).or_default();
        info.monitor_size = Some(vec2(1440.0, 900.0));
        info.inner_rect = Some(Rect::from_min_size(egui::pos2(1.0, 23.0), vec2(1440.0, 900.0)));
        info.outer_rect = Some(Rect::from_min_size(egui::Pos2::ZERO, vec2(1442.0, 928.0)));
        window.harness.step();
        resized.extend(window.commands().into_iter().filter_map(|command| match command {
            egui::ViewportCommand::InnerSize(size) => Some(size),
            _ => None,
        }));
    }
    assert_eq!(resized, [vec2(1294.0, 782.0)]);
}
