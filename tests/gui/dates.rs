//! Date fields, and fields with input that they do not accept.

use allegiance::model::{Period, Relation};
use egui::{Key, Modifiers};
use egui_kittest::kittest::{NodeT as _, Queryable as _};

use crate::support::{Folder, Window, enter, fill, read};

/// A map with a date, a source from another year, two actors and a tie.
const MAP: &str = r#"{"format":"relationship-map","version":1,"meta":{"as_of":"2026-05"},
    "sources":[{"id":"s1","title":"An article","date":"2021-04"}],
    "actors":[{"id":"a","name":"Alpha"},{"id":"b","name":"Beta"}],
    "relations":[
        {"id":"r1","from":"a","to":"b","stance":"hostile",
         "evidence":[{"source":"s1","excerpt":"words"}]},
        {"id":"r2","from":"b","to":"a","stance":"hostile"}]}"#;

fn opened(folder: &Folder) -> Window {
    let path = folder.path("dates.json");
    std::fs::write(&path, MAP).expect("written");
    let mut window = Window::open(Some(path));
    window.key(Modifiers::NONE, Key::F2);
    window
}

fn as_of(window: &Window) -> Option<String> {
    window.app().document().map().meta.as_of.map(|date| date.to_string())
}

fn tie<'a>(window: &'a Window, id: &str) -> &'a Relation {
    window.app().document().relation(&id.into()).expect("the tie")
}

fn node<'a>(window: &'a Window, field: &'a str) -> egui_kittest::Node<'a> {
    let is_field = |node: &egui_kittest::Node<'_>| {
        node.accesskit_node().role() == egui::accesskit::Role::TextInput
    };
    window.harness.get_all_by_label(field).find(is_field).expect("the field")
}

/// The text of a field.
fn shown(window: &Window, field: &str) -> String {
    node(window, field).accesskit_node().value().unwrap_or_default()
}

fn is_marked(window: &Window, field: &str) -> bool {
    node(window, field).accesskit_node().data().invalid().is_some()
}

#[test]
fn a_date_is_understood_as_typed_and_shown_in_words() {
    let folder = Folder::new();
    let mut window = opened(&folder);
    fill(&mut window, "As of", "March 16");
    assert!(window.sees("16 March 2026"), "the field shows how it is understood");
    window.key(Modifiers::NONE, Key::Tab);
    assert_eq!(as_of(&window).as_deref(), Some("2026-03-16"));
    assert_eq!(shown(&window, "As of"), "16 March 2026");
    fill(&mut window, "As of", "");
    window.key(Modifiers::NONE, Key::Tab);
    assert_eq!(as_of(&window), None);
}

#[test]
fn a_text_that_is_no_date_stays_in_its_field_and_the_value_as_it_was() {
    let folder = Folder::new();
    let mut window = opened(&folder);
    // The beginning of this text is a date by itself.
    enter(&mut window, "As of");
    window.key(Modifiers::COMMAND, Key::A);
    for letters in ["12", " May", " 202"] {
        window.type_text(letters);
    }
    window.key(Modifiers::NONE, Key::Tab);
    assert_eq!(as_of(&window).as_deref(), Some("2026-05"), "the beginning is not stored");
    assert_eq!(shown(&window, "As of"), "12 May 202");
    assert!(is_marked(&window, "As of"));
    assert!(window.sees("This is not a date. Type for example 16 March 2024"));
    // It is still there after other things were selected and Escape was pressed elsewhere.
    window.click_containing("Alpha, kind not given");
    window.key(Modifiers::NONE, Key::Escape);
    window.key(Modifiers::NONE, Key::Escape);
    assert!(window.harness.query_by_label("Done").is_none(), "Escape has left the form");
    window.key(Modifiers::NONE, Key::F2);
    assert_eq!(shown(&window, "As of"), "12 May 202");
    fill(&mut window, "As of", "12 May 2025");
    window.key(Modifiers::NONE, Key::Tab);
    assert!(!is_marked(&window, "As of"));
    assert_eq!(as_of(&window).as_deref(), Some("2025-05-12"));
}

#[test]
fn escape_gives_up_a_text_that_is_no_date() {
    let folder = Folder::new();
    let mut window = opened(&folder);
    fill(&mut window, "As of", "spring");
    window.key(Modifiers::NONE, Key::Escape);
    assert_eq!(shown(&window, "As of"), "May 2026");
    window.key(Modifiers::COMMAND, Key::S);
    assert!(!window.sees("Not saved"));
}

#[test]
fn saving_leads_to_the_field_that_is_no_date() {
    let folder = Folder::new();
    let mut window = opened(&folder);
    let path = folder.path("dates.json");
    fill(&mut window, "As of", "3/4/2024");
    window.key(Modifiers::COMMAND, Key::S);
    assert!(window.sees("Not saved: check the field “As of”."));
    assert!(window.sees("This can be 3 April 2024 or 4 March 2024."));
    assert_eq!(read(&path), MAP);
    // The same from an actor, whose form replaces that of the map.
    window.click_containing("Alpha, kind not given");
    fill(&mut window, "Name", "Gamma");
    window.key(Modifiers::COMMAND, Key::S);
    assert!(node(&window, "As of").is_focused(), "the field has the focus");
    assert_eq!(read(&path), MAP);
    // The text is selected, so typing replaces it.
    window.type_text("3 April 2024");
    window.key(Modifiers::COMMAND, Key::S);
    assert!(window.sees("Saved dates.json"));
    let saved = read(&path);
    assert!(saved.contains("2024-04-03") && saved.contains("Gamma"), "{saved}");
}

#[test]
fn other_fields_that_are_not_accepted_prevent_saving_too() {
    let folder = Folder::new();
    let mut window = opened(&folder);
    window.click_containing("Alpha, kind not given");
    for (field, text) in [("X", "left"), ("Id", "b")] {
        fill(&mut window, field, text);
        window.key(Modifiers::NONE, Key::Tab);
        assert_eq!(shown(&window, field), text);
        window.click_containing("Beta, kind not given");
        window.key(Modifiers::COMMAND, Key::S);
        assert!(window.sees(&format!("Not saved: check the field “{field}”.")));
        assert_eq!(shown(&window, field), text);
        window.key(Modifiers::NONE, Key::Escape);
        window.click_containing("Alpha, kind not given");
        assert!(!is_marked(&window, field), "{field}");
    }
}

#[test]
fn closing_asks_about_a_field_that_is_not_accepted() {
    let folder = Folder::new();
    let mut window = opened(&folder);
    fill(&mut window, "As of", "spring");
    let commands = window.press_close();
    assert!(commands.contains(&egui::ViewportCommand::CancelClose));
    window.settle();
    // The first button of the question, Save, has the focus.
    window.key(Modifiers::NONE, Key::Enter);
    assert!(window.sees("Not saved: check the field “As of”."));
    assert!(node(&window, "As of").is_focused());
}

#[test]
fn a_tie_has_one_field_for_its_period() {
    let folder = Folder::new();
    let mut window = opened(&folder);
    let period = |window: &Window, id: &str| tie(window, id).when();
    let of = |text: &str| Period::read(text, None).expect("a period");
    window.click_containing("Alpha → Beta");
    // The year is that of the source.
    fill(&mut window, "When", "3–7 May");
    window.key(Modifiers::NONE, Key::Tab);
    assert_eq!(period(&window, "r1"), of("3–7 May 2021"));
    assert_eq!(shown(&window, "When"), "3 May 2021 – 7 May 2021");
    fill(&mut window, "When", "2024-2021");
    window.key(Modifiers::NONE, Key::Tab);
    assert!(window.sees("The period ends before it starts."));
    assert_eq!(period(&window, "r1"), of("3–7 May 2021"));
    window.click_containing("Beta → Alpha");
    // Without a source, the year is that of the map.
    fill(&mut window, "When", "3 May");
    window.key(Modifiers::NONE, Key::Tab);
    assert_eq!(period(&window, "r2"), of("3 May 2026"));
    window.click("Done");
    assert!(window.sees("3 May 2026") && !window.sees("since 3 May 2026"));
}
