//! Counts in the panels and the status line, the ties among selected actors, and the filter.

use allegiance::model::Element;
use egui::accesskit::Role;
use egui::{Event, Key, Modifiers};
use egui_kittest::kittest::{NodeT as _, Queryable as _};

use crate::support::{Folder, Window, enter};

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
    let words = "3 actors · 3 of 4 ties · 3 of 5 excerpts shown";
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
    assert!(window.sees("Between them: 2 ties (1 hostile · 1 cooperative)"));
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
    assert!(window.sees("Between them: 0 of 1 tie shown"));
    assert!(window.sees("1 forecast hidden on the map."));
}

#[test]
fn the_list_counts_the_ties_that_are_shown() {
    let folder = Folder::new();
    let mut window = open(&folder);
    window.key(Modifiers::COMMAND, Key::L);
    assert!(window.harness.query_by_label("3 of 4 ties shown").is_some());
}

fn open_filter(window: &mut Window) {
    window.key(Modifiers::COMMAND.plus(Modifiers::SHIFT), Key::F);
}

fn filter(window: &Window) -> String {
    let words = window.harness.query_all_by_label_contains("Filtered: ");
    let text = |node: egui_kittest::Node<'_>| {
        let node = node.accesskit_node();
        node.value().or_else(|| node.label()).unwrap_or_default()
    };
    words.map(text).next().unwrap_or_default()
}

#[test]
fn one_click_shows_only_one_stance_or_one_status() {
    let folder = Folder::new();
    let mut window = open(&folder);
    open_filter(&mut window);
    window.click("Only cooperative");
    assert_eq!(filter(&window), "Filtered: only cooperative");
    assert!(window.sees("2 of 3 actors · 1 of 4 ties · 0 of 5 excerpts shown"));
    window.key(Modifiers::COMMAND.plus(Modifiers::SHIFT), Key::X);
    window.click("Only Forecast");
    assert_eq!(filter(&window), "Filtered: only forecasts");
    assert!(window.sees("2 of 3 actors · 1 of 4 ties · 3 of 5 excerpts shown"));
    // Hiding the forecasts again leaves nothing of them in the filter.
    window.key(Modifiers::COMMAND, Key::H);
    assert_eq!(filter(&window), "Filtered: without reported, claimed, inferred");
}

#[test]
fn show_all_ties_works_while_a_filter_field_has_the_focus() {
    let folder = Folder::new();
    let mut window = open(&folder);
    open_filter(&mut window);
    window.harness.get_by_role_and_label(Role::TextInput, "Contains").click();
    window.settle();
    window.type_text("raided");
    assert_eq!(filter(&window), "Filtered: “raided”");
    // In a real window, egui reports Ctrl+Shift+X as a cut.
    window.harness.event(Event::ModifiersChanged(Modifiers::COMMAND | Modifiers::SHIFT));
    window.harness.event(Event::Cut);
    window.harness.event(Event::ModifiersChanged(Modifiers::NONE));
    window.settle();
    assert_eq!(filter(&window), "");
    assert!(window.sees("3 actors · 3 of 4 ties · 3 of 5 excerpts shown"));
}

#[test]
fn ties_are_filtered_by_actor_and_the_choice_can_be_removed() {
    let folder = Folder::new();
    let mut window = open(&folder);
    open_filter(&mut window);
    window.harness.get_by_role_and_label(Role::ComboBox, "Actor").click();
    window.settle();
    window.click("Corland");
    assert_eq!(filter(&window), "Filtered: ties of Corland");
    window.click("Remove Corland from the filter");
    assert_eq!(filter(&window), "");
}

#[test]
fn the_date_filter_says_how_many_ties_without_dates_it_hides() {
    let folder = Folder::new();
    let mut window = open(&folder);
    open_filter(&mut window);
    assert!(!window.sees("without dates"));
    // “From” and “To” of the dates are the only fields with these names.
    enter(&mut window, "From");
    window.type_text("2023");
    assert!(window.sees("3 ties without dates are hidden."));
    assert!(window.sees("0 of 4 ties shown"));
}

#[test]
fn a_row_of_a_hidden_tie_says_why_it_is_hidden() {
    let folder = Folder::new();
    let mut window = open(&folder);
    open_filter(&mut window);
    window.click("Only cooperative");
    window.key(Modifiers::COMMAND, Key::L);
    let hover = |window: &mut Window, words: &str| {
        {
            let rows = window.harness.query_all_by_label_contains(words);
            let mut rows = rows.filter(|node| node.accesskit_node().role() == Role::Button);
            rows.next_back().expect("a row").hover();
        }
        window.harness.run_steps(60);
    };
    hover(&mut window, "Borland → Corland");
    assert!(window.sees("Not on the map: left out by the filter"));
    hover(&mut window, "Arland → Corland");
    assert!(window.sees("Not on the map: a forecast, and forecasts are not shown"));
}
