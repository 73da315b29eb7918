//! Counts in the panels and the status line, and the ties among selected actors.

use allegiance::model::Element;
use egui::{Key, Modifiers};
use egui_kittest::kittest::Queryable as _;

use crate::support::{Folder, Window};

/// Three actors, three reported ties and a forecast.
const MAP: &str = r#"{
  "format": "relationship-map",
  "version": 1,
  "sources": [ { "id": "s", "title": "River war" } ],
  "actors": [
    { "id": "a", "name": "Arland" }, { "id": "b", "name": "Borland" },
    { "id": "c", "name": "Corland", "evidence": [ { "source": "s", "excerpt": "of Corland" } ] }
  ],
  "relations": [
    { "id": "r1", "from": "a", "to": "b", "stance": "hostile",
      "evidence": [ { "source": "s", "excerpt": "struck at dawn" } ] },
    { "id": "r2", "from": "b", "to": "a", "stance": "cooperative", "kind": "trade" },
    { "id": "r3", "from": "a", "to": "c", "stance": "hostile", "status": "forecast",
      "evidence": [ { "source": "s", "excerpt": "may strike" },
                    { "source": "s", "excerpt": "will strike" } ] },
    { "id": "r4", "from": "b", "to": "c", "stance": "hostile",
      "evidence": [ { "source": "s", "excerpt": "raided the coast" } ] }
  ],
  "layout": { "a": { "x": 0.0, "y": 0.0 }, "b": { "x": 300.0, "y": 0.0 },
              "c": { "x": 150.0, "y": 200.0 } }
}
"#;

fn open(folder: &Folder) -> Window {
    let path = folder.path("map.json");
    std::fs::write(&path, MAP).expect("written");
    Window::open(Some(path))
}

fn select(window: &mut Window, names: &[&str]) {
    for (number, name) in names.iter().enumerate() {
        let at = window.middle(&format!("{name}, kind not given"));
        let keys = if number == 0 { Modifiers::NONE } else { Modifiers::SHIFT };
        window.tap(at, keys);
    }
}

#[test]
fn counts_say_how_many_ties_and_excerpts_are_shown() {
    let folder = Folder::new();
    let mut window = open(&folder);
    let words = "3 actors · 3 of 4 ties shown · 3 of 5 excerpts shown";
    let count = |window: &Window, words: &str| window.harness.query_all_by_label(words).count();
    assert_eq!(count(&window, words), 2, "in the panel and in the status line");
    assert!(window.sees("2 hostile · 1 cooperative"), "the breakdown counts the shown ties");
    window.key(Modifiers::COMMAND, Key::H);
    assert_eq!(count(&window, "3 actors · 4 ties · 5 excerpts"), 2);
    assert!(window.sees("3 hostile · 1 cooperative"));
}

#[test]
fn an_actor_counts_and_lists_the_ties_that_are_shown() {
    let folder = Folder::new();
    let mut window = open(&folder);
    assert!(
        window.sees("Corland, kind not given, 1 hostile"),
        "the name on the map counts shown ties"
    );
    select(&mut window, &["Corland"]);
    assert!(window.sees("1 of 2 ties shown (1 hostile) · 2 excerpts"));
    assert!(window.sees("raided the coast") && !window.sees("may strike"));
    assert!(window.sees("1 forecast hidden on the map."));
    window.click("Show forecasts");
    assert!(window.sees("2 ties (2 hostile) · 4 excerpts") && window.sees("may strike"));
}

#[test]
fn two_actors_list_the_ties_between_them_and_each_leads_to_its_evidence() {
    let folder = Folder::new();
    let mut window = open(&folder);
    select(&mut window, &["Arland", "Borland"]);
    assert!(window.sees("2 actors selected"));
    assert!(window.sees("Among them: 2 ties (1 hostile · 1 cooperative)"));
    assert!(window.sees("Excerpt: “struck at dawn”"));
    assert!(!window.sees("Excerpt: “raided the coast”"), "a tie to a third actor");
    // A tie without an excerpt is a row of its own.
    let rows = window.harness.query_all_by_label_contains("Borland → Arland, trade");
    let right = rows.map(|row| row.rect()).max_by(|a, b| a.left().total_cmp(&b.left()));
    window.tap(right.expect("a row").center(), Modifiers::NONE);
    assert_eq!(window.app().selection().only(), Some(&Element::Relation("r2".into())));
    select(&mut window, &["Arland", "Borland"]);
    window.click_containing("Excerpt: “struck at dawn”");
    assert_eq!(window.app().selection().only(), Some(&Element::Relation("r1".into())));
}

#[test]
fn two_actors_whose_tie_is_hidden_say_so() {
    let folder = Folder::new();
    let mut window = open(&folder);
    select(&mut window, &["Arland", "Corland"]);
    assert!(window.sees("Among them: 0 of 1 tie shown"));
    assert!(window.sees("1 forecast hidden on the map."));
}

#[test]
fn the_list_counts_the_ties_that_are_shown() {
    let folder = Folder::new();
    let mut window = open(&folder);
    window.key(Modifiers::COMMAND, Key::L);
    assert!(window.harness.query_by_label("3 of 4 ties shown").is_some());
}
