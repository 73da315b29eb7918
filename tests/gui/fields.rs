//! Every field of the format can be edited under its name, and each change can be undone.

use allegiance::file::EXAMPLE;
use allegiance::model::Element;
use egui::accesskit::Role;
use egui::{Key, Modifiers};
use egui_kittest::kittest::{NodeT as _, Queryable as _};

use crate::support::{Folder, Window, fill, press, saved_bytes, undo_all};

const TTP: &str = "Tehreek-e-Taliban Pakistan (TTP), armed group";

/// Fills the field, checks that the file then contains `found`, and undoes the change.
fn check(window: &mut Window, field: &str, text: &str, found: &str) {
    let before = saved_bytes(window);
    fill(window, field, text);
    // A new id takes effect when the field loses the focus.
    window.key(Modifiers::NONE, Key::Tab);
    let after = String::from_utf8(saved_bytes(window)).expect("a text");
    assert!(
        after.contains(found) && after.as_bytes() != before,
        "{field} does not reach the file as {found}"
    );
    assert!(allegiance::file::parse(after.as_bytes()).is_ok(), "{field}");
    undo_all(window);
    assert_eq!(saved_bytes(window), before, "undo of {field}");
}

/// Chooses from a drop-down list, checks that the file then contains `found`, and undoes the
/// change.
fn choose(window: &mut Window, field: &str, choice: &str, found: &str) {
    let before = saved_bytes(window);
    let is_list = |node: &egui_kittest::Node<'_>| node.accesskit_node().role() == Role::ComboBox;
    for is_in_view in [false, true] {
        let list = window
            .harness
            .get_all_by_label(field)
            .find(is_list)
            .unwrap_or_else(|| panic!("no list {field}"));
        if is_in_view {
            list.click();
        } else {
            list.scroll_to_me();
        }
        window.settle();
    }
    let is_entry = |node: &egui_kittest::Node<'_>| node.accesskit_node().role() == Role::Button;
    for is_in_view in [false, true] {
        let entry = window.harness.get_all_by_label(choice).find(is_entry);
        let entry = entry.unwrap_or_else(|| panic!("no {choice} under {field}"));
        if is_in_view {
            entry.click();
        } else {
            entry.scroll_to_me();
        }
        window.settle();
    }
    let after = String::from_utf8(saved_bytes(window)).expect("a text");
    assert!(
        after.contains(found) && after.as_bytes() != before,
        "{field} does not reach the file as {found}"
    );
    undo_all(window);
    assert_eq!(saved_bytes(window), before, "undo of {field}");
}

fn editing(select: &str) -> Window {
    let mut window = Window::open(None);
    if !select.is_empty() {
        window.click_containing(select);
    }
    window.key(Modifiers::NONE, Key::F2);
    window
}

#[test]
fn every_field_of_an_actor() {
    let mut window = editing(TTP);
    for (field, text, found) in [
        ("Name", "A name", "\"name\": \"A name\""),
        ("Short form", "AN", "\"short\": \"AN\""),
        ("Kind", "shadow court", "\"kind\": \"shadow_court\""),
        ("Aliases, separated by commas", "one, two", "\"two\""),
        ("Wikidata", "Q42", "\"wikidata\": \"Q42\""),
        ("Note", "a note", "\"note\": \"a note\""),
        ("X", "12.5", "\"x\": 12.5"),
        ("Y", "-7", "\"y\": -7.0"),
    ] {
        check(&mut window, field, text, found);
    }
    choose(&mut window, "Part of", "Pakistan", "\"part_of\": \"pakistan\"");
    press(&mut window, "Pinned");
    assert!(window.app().document().map().layout[&allegiance::model::ActorId::from("ttp")].pinned);
    undo_all(&mut window);
    assert_eq!(saved_bytes(&window), EXAMPLE.as_bytes());
}

#[test]
fn a_new_id_of_an_actor_takes_effect_when_the_field_loses_the_focus() {
    let mut window = editing(TTP);
    fill(&mut window, "Id", "pakistan");
    assert!(window.sees("This id is already in use."));
    window.key(Modifiers::NONE, Key::Tab);
    assert_eq!(saved_bytes(&window), EXAMPLE.as_bytes());
    fill(&mut window, "Id", "");
    assert!(window.sees("The id cannot be empty."));
    fill(&mut window, "Id", "tehreek");
    assert_eq!(saved_bytes(&window), EXAMPLE.as_bytes(), "the id does not change while typing");
    window.key(Modifiers::NONE, Key::Tab);
    assert_eq!(
        window.app().selection().only(),
        Some(&Element::Actor("tehreek".into())),
        "it stays selected"
    );
    let text = String::from_utf8(saved_bytes(&window)).expect("a text");
    assert!(text.contains("\"to\": \"tehreek\"") && !text.contains("\"ttp\""));
    undo_all(&mut window);
    assert_eq!(saved_bytes(&window), EXAMPLE.as_bytes());
}

#[test]
fn every_field_of_a_tie_and_its_excerpt() {
    let mut window = editing("");
    window.click_tie("Pakistan ↔ TTP, ", "Pakistan → TTP, air strike");
    for (field, text, found) in [
        ("Id", "r99", "\"id\": \"r99\""),
        ("Kind", "cross border raid", "\"kind\": \"cross_border_raid\""),
        ("When", "since Feb 2019", "\"start\": \"2019-02\""),
        ("When", "until 2031", "\"end\": \"2031\""),
        ("When", "3–7 May 2019", "\"end\": \"2019-05-07\""),
        ("Words", "some words", "\"excerpt\": \"some words\""),
        ("Paragraph", "P1", "\"paragraph\": \"P1\""),
        ("Credibility (1 to 6)", "3", "\"credibility\": \"3\""),
    ] {
        check(&mut window, field, text, found);
    }
    press(&mut window, "Place in the source");
    for (field, text, found) in [
        ("Words before", "just before", "\"prefix\": \"just before\""),
        ("Words after", "just after", "\"suffix\": \"just after\""),
        ("First character", "7", "\"start\": 7"),
        ("One past the last character", "99", "\"end\": 99"),
    ] {
        check(&mut window, field, text, found);
    }
    choose(&mut window, "Stance", "mixed", "\"stance\": \"mixed\"");
    choose(
        &mut window,
        "Type (words, force, structure)",
        "structural",
        "\"channel\": \"structural\"",
    );
    choose(&mut window, "Status", "Hypothetical", "\"status\": \"hypothetical\"");
    choose(&mut window, "Confidence", "low", "\"confidence\": \"low\"");
    choose(&mut window, "Claimed by", "Zabihullah Mujahid", "\"asserted_by\": \"mujahid\"");
    choose(&mut window, "Contested by", "Zabihullah Mujahid", "\"contested_by\": \"mujahid\"");
    choose(&mut window, "Speaker", "Zabihullah Mujahid", "\"speaker\": \"mujahid\"");
    choose(&mut window, "From", "Zabihullah Mujahid", "\"from\": \"mujahid\"");
    assert_eq!(saved_bytes(&window), EXAMPLE.as_bytes());
}

#[test]
fn every_field_of_the_map_and_its_source() {
    let mut window = editing("");
    for (field, text, found) in [
        ("Title", "A title", "\"title\": \"A title\""),
        ("Headline (shown above the map)", "A message", "\"message\": \"A message\""),
        ("As of", "2031", "\"as_of\": \"2031\""),
        ("Marking", "TLP:RED", "\"marking\": \"TLP:RED\""),
        ("Caveat", "A caveat", "\"caveat\": \"A caveat\""),
        ("Publisher", "A publisher", "\"publisher\": \"A publisher\""),
        ("Date", "1999", "\"date\": \"1999\""),
        ("Link", "https://example.org", "\"url\": \"https://example.org\""),
        ("Reliability (A to F)", "C", "\"reliability\": \"C\""),
        ("Text file (in the map's folder)", "a.txt", "\"text_file\": \"a.txt\""),
    ] {
        check(&mut window, field, text, found);
    }
    window.harness.get_by_label_contains("Paragraphs (").scroll_to_me();
    window.settle();
    window.click_containing("Paragraphs (");
    check(&mut window, "Label", "Lead", "\"label\": \"Lead\"");
    check(&mut window, "One past the last character", "55", "\"end\": 55");
    press(&mut window, "Add a paragraph");
    undo_all(&mut window);
    assert_eq!(saved_bytes(&window), EXAMPLE.as_bytes());
}

#[test]
fn a_shortcut_adds_an_excerpt_and_focuses_its_words() {
    let mut window = Window::open(None);
    window.click_containing("Jaish-e-Fursan-e-Muhammad (JFM), armed group");
    window.key(Modifiers::NONE, Key::X);
    window.type_text("straight away");
    let actor = window
        .app()
        .document()
        .map()
        .actors
        .iter()
        .find(|actor| actor.id.as_str() == "jfm")
        .expect("there");
    assert_eq!(
        actor.evidence.last().map(|excerpt| excerpt.excerpt.as_str()),
        Some("straight away")
    );
    undo_all(&mut window);
    assert_eq!(saved_bytes(&window), EXAMPLE.as_bytes());
}

#[test]
fn text_typed_just_before_a_shortcut_is_not_lost() {
    let folder = Folder::new();
    let path = folder.example();
    let mut window = Window::open(Some(path.clone()));
    window.key(Modifiers::NONE, Key::F2);
    fill(&mut window, "Title", "Long");
    // In a slow frame, the rest of the word and the shortcut for saving arrive together.
    window.harness.event(egui::Event::Text("er".to_owned()));
    window.key(Modifiers::COMMAND, Key::S);
    assert!(!window.app().document().is_unsaved());
    assert!(crate::support::read(&path).contains("\"title\": \"Longer\""));
}

#[test]
fn a_source_is_added_and_cited() {
    let folder = Folder::new();
    let path = folder.path("empty.json");
    std::fs::write(
        &path,
        r#"{"format":"relationship-map","version":1,
        "actors":[{"id":"a","name":"A"}],"relations":[]}"#,
    )
    .expect("written");
    let mut window = Window::open(Some(path));
    window.click_containing("A, kind not given");
    window.key(Modifiers::NONE, Key::X);
    assert!(window.sees("An excerpt needs a source"));
    window.key(Modifiers::NONE, Key::Escape);
    window.key(Modifiers::NONE, Key::F2);
    press(&mut window, "Add a source");
    window.click_containing("A, kind not given");
    window.key(Modifiers::NONE, Key::X);
    let actor = &window.app().document().map().actors.raw[0];
    assert_eq!(actor.evidence[0].source.as_str(), "s1");
}
