//! The source panel (reading, marking and citing passages) and the evidence table.

use std::path::PathBuf;

use allegiance::evidence::State;
use allegiance::model::Element;
use allegiance::ui::panels::id::PanelId;
use allegiance::ui::{Picked, Settings};
use egui::accesskit::Role;
use egui::{Key, Modifiers, Rect, pos2, vec2};
use egui_kittest::kittest::{NodeT as _, Queryable as _};

use crate::support::press;
use crate::support::{Folder, Window, read};

const TEXT: &str = "River war\n\nArland struck Borland at dawn.\nBorland wept.\n\
                    The Arlanders left, Borland said.\n";

/// Writes a map with two actors, a tie with an excerpt, a tie without one, and a source whose text
/// is in the same folder. Returns the path of the map.
fn map(folder: &Folder, excerpt: &str) -> PathBuf {
    let path = folder.path("map.json");
    let evidence = format!(r#"[ {{ "source": "s1", {excerpt} }} ]"#);
    let text = format!(
        r#"{{
  "format": "relationship-map",
  "version": 1,
  "sources": [
    {{ "id": "s1", "title": "River war", "author": "A. Writer", "text_file": "text.txt" }},
    {{ "id": "s2", "title": "Unread" }}
  ],
  "actors": [
    {{ "id": "a", "name": "Arland" }},
    {{ "id": "b", "name": "Borland", "aliases": ["the North"] }}
  ],
  "relations": [
    {{ "id": "r", "from": "a", "to": "b", "stance": "hostile", "evidence": {evidence} }},
    {{ "id": "bare", "from": "b", "to": "a", "stance": "neutral" }}
  ],
  "layout": {{ "a": {{ "x": 0.0, "y": 0.0 }}, "b": {{ "x": 300.0, "y": 100.0 }} }}
}}
"#
    );
    std::fs::write(&path, text).expect("written");
    std::fs::write(folder.path("text.txt"), TEXT).expect("written");
    path
}

fn open(folder: &Folder, excerpt: &str) -> Window {
    let mut settings = Settings::default();
    settings.set_open(PanelId::READER, true);
    let mut window = Window::with(Some(map(folder, excerpt)), settings);
    window.settle();
    window
}

fn state(window: &Window) -> Option<State> {
    window
        .app()
        .reading()
        .verified(&Element::Relation("r".into()), 0)
        .and_then(allegiance::evidence::Verified::state)
}

/// The screen area of the source text.
fn page(window: &Window) -> Rect {
    let is_text = |node: &egui_kittest::Node<'_>| {
        matches!(node.accesskit_node().role(), Role::TextInput | Role::MultilineTextInput)
    };
    window.harness.get_all_by_label("Text of s1").find(is_text).expect("the text").rect()
}

/// Marks a paragraph of one line from its first character to its end.
fn mark_paragraph(window: &mut Window, number: u8) {
    let page = page(window);
    let from = pos2(page.left() + 1.0, page.top() + 32.0 * f32::from(number) + 11.0);
    window.drag(from, vec2(page.width() - 4.0, 0.0), Modifiers::NONE);
}

fn last_tie(window: &Window) -> allegiance::model::Relation {
    window.app().document().map().relations.last().expect("a tie").clone()
}

#[test]
fn a_click_on_a_mark_selects_its_tie_and_the_card_confirms_the_excerpt() {
    let folder = Folder::new();
    let mut window = open(&folder, r#""excerpt": "struck""#);
    assert_eq!(state(&window), Some(State::Anchored));
    // The second paragraph, after "Arland ".
    let page = page(&window);
    let word = pos2(page.left() + 70.0, page.top() + 32.0 + 9.0);
    window.tap(word, Modifiers::NONE);
    assert_eq!(window.app().selection().only(), Some(&Element::Relation("r".into())));
    assert!(window.sees("✓ in the source"));
    // A click on unmarked words does not change the selection.
    window.tap(pos2(page.left() + 20.0, page.top() + 8.0), Modifiers::NONE);
    assert_eq!(window.app().selection().only(), Some(&Element::Relation("r".into())));
}

#[test]
fn a_save_updates_the_position_of_a_moved_excerpt_as_a_separate_step() {
    let folder = Folder::new();
    let mut window =
        open(&folder, r#""excerpt": "struck", "paragraph": "P9", "start": 1, "end": 7"#);
    assert_eq!(state(&window), Some(State::Moved));
    window.key(Modifiers::COMMAND, Key::A);
    window.key(Modifiers::NONE, Key::ArrowRight);
    window.key(Modifiers::COMMAND, Key::S);
    let text = read(&folder.path("map.json"));
    assert!(text.contains("\"start\": 18") && text.contains("\"paragraph\": \"P2\""), "{text}");
    assert_eq!(window.app().document().undo_name(), Some("update the positions of excerpts"));
    assert_eq!(state(&window), Some(State::Anchored));
}

#[test]
fn an_altered_excerpt_can_take_the_words_of_the_source() {
    let folder = Folder::new();
    let mut window = open(&folder, r#""excerpt": "Arland attacked Borland at dawn""#);
    assert_eq!(state(&window), Some(State::Altered));
    assert!(window.sees("1 excerpt not found word for word"));
    window.click_containing("Arland → Borland");
    assert!(window.sees("altered: the source has different words"));
    press(&mut window, "Use the source's words");
    let excerpt = &window.app().document().map().relations.raw[0].evidence[0];
    assert_eq!(
        (excerpt.excerpt.as_str(), excerpt.paragraph.as_deref()),
        ("Arland struck Borland at dawn", Some("P2"))
    );
    assert_eq!(state(&window), Some(State::Anchored));
}

#[test]
fn an_ambiguous_excerpt_can_be_placed_and_a_lost_one_is_reported() {
    let folder = Folder::new();
    let mut window = open(&folder, r#""excerpt": "Borland""#);
    assert_eq!(state(&window), Some(State::Ambiguous));
    window.click_containing("Arland → Borland");
    press(&mut window, "Place 2");
    let excerpt = &window.app().document().map().relations.raw[0].evidence[0];
    assert_eq!((excerpt.start, excerpt.paragraph.as_deref()), (Some(42.into()), Some("P3")));
    assert_eq!(state(&window), Some(State::Anchored));
    let mut window = open(&folder, r#""excerpt": "a peace treaty was signed""#);
    window.click_containing("Arland → Borland");
    assert!(window.sees("lost: these words are not in the source"));
}

#[test]
fn a_marked_passage_becomes_an_excerpt_of_the_selected_tie() {
    let folder = Folder::new();
    let mut window = open(&folder, r#""excerpt": "struck""#);
    window.click_containing("Borland → Arland");
    mark_paragraph(&mut window, 2);
    window.click("New excerpt for Borland → Arland");
    let excerpt = last_tie(&window).evidence[0].clone();
    assert_eq!(
        (excerpt.excerpt.as_str(), excerpt.paragraph.as_deref()),
        ("Borland wept.", Some("P3"))
    );
    assert_eq!(excerpt.end.zip(excerpt.start), Some((55.into(), 42.into())));
    window.key(Modifiers::COMMAND, Key::Z);
    assert!(last_tie(&window).evidence.is_empty());
}

#[test]
fn a_marked_passage_becomes_a_tie_between_the_actors_that_it_names() {
    let folder = Folder::new();
    let mut window = open(&folder, r#""excerpt": "struck""#);
    mark_paragraph(&mut window, 1);
    window.click("cooperative");
    window.click("Add tie");
    let tie = last_tie(&window);
    assert_eq!((tie.from.as_str(), tie.to.as_str(), tie.stance.key()), ("a", "b", "cooperative"));
    assert_eq!(tie.evidence[0].excerpt, "Arland struck Borland at dawn.");
    assert_eq!(window.app().selection().only(), Some(&Element::Relation(tie.id)));
    assert_eq!(window.app().document().undo_name(), Some("add the tie Arland to Borland"));
}

#[test]
fn a_marked_passage_becomes_an_actor() {
    let folder = Folder::new();
    let mut window = open(&folder, r#""excerpt": "struck""#);
    mark_paragraph(&mut window, 0);
    window.click("New actor");
    let actor = window.app().document().map().actors.last().expect("one").clone();
    assert_eq!(
        (actor.name.as_str(), actor.evidence[0].excerpt.as_str()),
        ("River war", "River war")
    );
    assert!(allegiance::file::parse(&window.app().document().to_bytes().expect("written")).is_ok());
}

#[test]
fn paragraphs_that_name_two_actors_and_have_no_excerpt_are_listed() {
    let folder = Folder::new();
    let mut window = open(&folder, r#""excerpt": "wept""#);
    window.click("…");
    assert!(window.sees("1 uncoded mention"));
    window.click_containing("P2: Arland struck");
}

#[test]
fn the_mentions_of_an_actor_can_be_visited_in_turn() {
    let folder = Folder::new();
    let mut window = open(&folder, r#""excerpt": "wept""#);
    window.click("…");
    assert!(window.sees("Borland (3)") && window.sees("Arland (1)"));
    window.click("Borland (3)");
    window.click("…");
    window.click("Borland (3)");
}

#[test]
fn a_passage_is_marked_with_the_keyboard() {
    let folder = Folder::new();
    let mut window = open(&folder, r#""excerpt": "struck""#);
    window.click_containing("Borland → Arland");
    let page = page(&window);
    window.tap(page.left_top() + vec2(2.0, 10.0), Modifiers::NONE);
    window.key(Modifiers::NONE, Key::ArrowDown);
    window.click("New excerpt for Borland → Arland");
    assert_eq!(last_tie(&window).evidence[0].excerpt, "River war");
}

#[test]
fn a_text_is_attached_beside_the_map_or_inside_it() {
    for (answer, beside) in [("Keep it in the map's folder", true), ("Put it into the map", false)]
    {
        let folder = Folder::new();
        let elsewhere = tempfile::tempdir().expect("a folder");
        let chosen = elsewhere.path().join("page.md");
        std::fs::write(&chosen, "Arland struck Borland with words.").expect("written");
        let mut window = open(&folder, r#""excerpt": "with words""#);
        assert_eq!(state(&window), Some(State::Lost));
        window.click("…");
        window.will_pick(Picked::File(chosen));
        window.click("Attach another text…");
        assert!(window.sees("Where should the text be kept?"));
        window.click(answer);
        assert_eq!(state(&window), Some(State::Anchored), "{answer}");
        let source = window.app().document().map().sources.raw[0].clone();
        assert_eq!(
            (source.text_file.as_deref(), source.text.is_some()),
            (beside.then_some("map.s1.txt"), !beside)
        );
        assert_eq!(folder.path("map.s1.txt").exists(), beside);
        window.key(Modifiers::COMMAND, Key::Z);
        assert_eq!(state(&window), Some(State::Lost), "undo of {answer}");
    }
}

#[test]
fn a_guessed_encoding_is_told_and_empty_fields_are_filled_from_the_text() {
    let folder = Folder::new();
    let chosen = folder.path("page.txt");
    let words = "Arland struck Borland\nBy Ann Lee\n24 March 2024\n\nThe caf\u{e9} closed early.";
    let bytes: Vec<u8> =
        words.chars().filter_map(|one| u8::try_from(u32::from(one)).ok()).collect();
    std::fs::write(&chosen, bytes).expect("written");
    let mut window = open(&folder, r#""excerpt": "struck""#);
    window.click("…");
    window.will_pick(Picked::File(chosen));
    window.click("Attach another text…");
    assert!(window.sees("windows-1252 was guessed"));
    window.click("Put it into the map");
    let source = window.app().document().map().sources.raw[0].clone();
    assert_eq!(source.text.as_deref(), Some(words));
    assert_eq!((source.title.as_str(), source.author.as_str()), ("River war", "A. Writer"));
    assert_eq!(source.date.map(|date| date.to_string()).as_deref(), Some("2024-03-24"));
}

#[test]
fn an_unreadable_text_is_reported_and_nothing_changes() {
    let folder = Folder::new();
    let bad = folder.path("bad.txt");
    std::fs::write(&bad, b"\x89PNG\r\n\x1a\n").expect("written");
    let mut window = open(&folder, r#""excerpt": "struck""#);
    window.click("…");
    window.will_pick(Picked::File(bad));
    window.click("Attach another text…");
    assert!(window.sees("The text was not attached"));
    assert!(window.sees("this is a picture (PNG)") && window.sees("recognise the text (OCR)"));
    window.click("Close");
    assert!(!window.app().document().is_unsaved());
    std::fs::remove_file(folder.path("text.txt")).expect("removed");
    window.until("the loss is noticed", |window| window.sees("there is no such file"));
    window.click("…");
    window.click("Reload texts");
    assert!(window.sees("there is no such file"));
}

#[test]
fn the_table_sorts_filters_selects_and_is_saved_as_shown() {
    let folder = Folder::new();
    let mut window = open(&folder, r#""excerpt": "struck""#);
    window.key(Modifiers::NONE, Key::F9);
    assert!(window.sees("3 of 3 rows"));
    assert!(window.sees("no excerpt") && window.sees("not cited"), "missing evidence is shown");
    window.click("State");
    crate::support::fill(&mut window, "Filter by Actor or tie", "land");
    assert!(window.sees("2 of 3 rows"));
    let csv = folder.path("table.csv");
    window.will_pick(Picked::File(csv.clone()));
    window.click("Save as CSV…");
    let text = read(&csv);
    let lines: Vec<&str> = text.lines().collect();
    assert_eq!(
        lines,
        [
            "Actor or tie,Excerpt,Stance,Status,Speaker,Source,Paragraph,State,\
             Kind,Date,Strength,Confidence,Claimed by,Contested by",
            "Arland → Borland,struck,hostile,Reported,the author,River war,,anchored,,,2,,,",
            "Borland → Arland,,neutral,Reported,,,,no excerpt,,,2,,,"
        ]
    );
    // Not on a line between columns, which can be dragged.
    let row = window.harness.get_by_label_contains("Row: Arland → Borland").rect();
    window.tap(row.left_center() + vec2(40.0, 0.0), Modifiers::NONE);
    assert_eq!(window.app().selection().only(), Some(&Element::Relation("r".into())));
    window.key(Modifiers::NONE, Key::F6);
    window.click("Close");
    assert!(window.sees("Map of 2 actors"));
}

#[test]
fn a_paragraph_can_be_labelled_as_the_title() {
    let folder = Folder::new();
    let mut window = open(&folder, r#""excerpt": "struck""#);
    let at = page(&window).left_top() + vec2(30.0, 8.0);
    let button = egui::PointerButton::Secondary;
    window.harness.event(egui::Event::PointerMoved(at));
    window.harness.step();
    for pressed in [true, false] {
        let modifiers = Modifiers::NONE;
        window.harness.event(egui::Event::PointerButton { pos: at, button, pressed, modifiers });
        window.harness.step();
    }
    window.settle();
    window.click("Title");
    let labels: Vec<String> = window.app().document().map().sources.raw[0]
        .paragraphs
        .iter()
        .map(|one| one.label.clone())
        .collect();
    assert_eq!(labels, ["T", "P1", "P2", "P3"]);
}

#[test]
fn saving_a_map_elsewhere_copies_its_texts() {
    let folder = Folder::new();
    let mut window = open(&folder, r#""excerpt": "struck""#);
    let elsewhere = tempfile::tempdir().expect("a folder");
    window.will_pick(Picked::File(elsewhere.path().join("copy.json")));
    window.key(Modifiers::COMMAND.plus(Modifiers::SHIFT), Key::S);
    assert_eq!(read(&elsewhere.path().join("text.txt")), TEXT);
    assert_eq!(state(&window), Some(State::Anchored));
}

#[test]
fn a_passage_that_is_an_actor_s_name_adds_no_second_actor() {
    let folder = Folder::new();
    let mut window = open(&folder, r#""excerpt": "struck""#);
    let page = page(&window);
    // The first word of the third line and the space after it. A passage consists of whole words.
    let from = pos2(page.left() + 1.0, page.top() + 22.0 + 32.0 + 10.0);
    window.drag(from, vec2(47.0, 0.0), Modifiers::NONE);
    let before = window.app().document().map().actors.len();
    window.click("New actor");
    assert_eq!(window.app().document().map().actors.len(), before);
}

#[test]
fn a_text_that_another_program_changes_is_read_again_at_once() {
    let folder = Folder::new();
    let mut window = open(&folder, r#""excerpt": "struck""#);
    assert_eq!(state(&window), Some(State::Anchored));
    std::fs::write(folder.path("text.txt"), "Arland and Borland made peace.\n").expect("written");
    window.until("the text is read again", |window| state(window) == Some(State::Lost));
    std::fs::write(folder.path("text.txt"), TEXT).expect("written");
    window.until("it is read once more", |window| state(window) == Some(State::Anchored));
}
