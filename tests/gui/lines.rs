//! Lines, folding, hiding and isolating, driven by accessible names.

use allegiance::edit::Selection;
use allegiance::model::view::{LineMode, SizeBy};
use allegiance::model::{ActorId, Element, ViewSettings};
use egui::accesskit::Role;
use egui::{Key, Modifiers};
use egui_kittest::kittest::{NodeT as _, Queryable as _};

use crate::support::{Folder, Window, fill, read, saved_bytes};

/// A whole with two parts, and what they do to a group.
const MAP: &str = r#"{
  "format": "relationship-map",
  "version": 1,
  "actors": [
    { "id": "s", "name": "Stateland", "kind": "state" },
    { "id": "army", "name": "Army", "kind": "government_body", "part_of": "s" },
    { "id": "office", "name": "Office", "kind": "government_body", "part_of": "s" },
    { "id": "g", "name": "Group", "kind": "armed_group" },
    { "id": "p", "name": "Preacher", "kind": "person" },
    { "id": "far", "name": "Farland", "kind": "state" },
    { "id": "alone", "name": "Alone", "kind": "population" }
  ],
  "relations": [
    { "id": "r1", "from": "army", "to": "g", "directed": true, "stance": "hostile" },
    { "id": "r2", "from": "office", "to": "g", "directed": true, "stance": "hostile", "status": "inferred" },
    { "id": "r3", "from": "s", "to": "g", "directed": true, "stance": "hostile", "kind": "strike" },
    { "id": "r4", "from": "g", "to": "s", "directed": true, "stance": "cooperative", "kind": "talks" },
    { "id": "r5", "from": "g", "to": "p", "directed": true, "stance": "cooperative" },
    { "id": "r6", "from": "p", "to": "far", "directed": true, "stance": "cooperative" },
    { "id": "r7", "from": "army", "to": "office", "directed": true, "stance": "cooperative" }
  ],
  "layout": {
    "s": { "x": 0.0, "y": 0.0 },
    "army": { "x": 0.0, "y": 200.0 },
    "office": { "x": 0.0, "y": -200.0 },
    "g": { "x": 300.0, "y": 0.0 },
    "p": { "x": 600.0, "y": 0.0 },
    "far": { "x": 900.0, "y": 0.0 },
    "alone": { "x": 600.0, "y": 200.0 }
  },
  "view": {
    "lines": "stances"
  }
}
"#;

fn open(folder: &Folder) -> Window {
    let path = folder.path("lines.json");
    std::fs::write(&path, MAP).expect("written");
    Window::open(Some(path))
}

fn view(window: &Window) -> ViewSettings {
    window.app().workspace().view.settings.clone()
}

fn selected(window: &Window) -> Vec<String> {
    let name = |item: &Element| match item {
        Element::Actor(id) => id.to_string(),
        Element::Relation(id) => id.to_string(),
        Element::Note(id) => id.to_string(),
    };
    window.app().selection().items().map(name).collect()
}

/// The names of the lines on the map.
fn lines(window: &Window) -> Vec<String> {
    let nodes = window.harness.query_all_by(|node| node.role() == Role::ListItem);
    let names = nodes.filter_map(|node| node.accesskit_node().label());
    let mut lines: Vec<String> =
        names.filter(|name| ["→", "←", "↔"].iter().any(|arrow| name.contains(arrow))).collect();
    lines.sort();
    lines
}

/// True if an actor with this name is on the map.
fn is_on_map(window: &Window, name: &str) -> bool {
    let mut nodes = window.harness.query_all_by(|node| node.role() == Role::ListItem);
    nodes.any(|node| node.accesskit_node().label().is_some_and(|label| label.starts_with(name)))
}

/// Selects an actor or a line on the map.
fn select(window: &mut Window, name: &str) {
    let node = window.harness.query_all_by(|node| node.role() == Role::ListItem);
    let is_it = |node: &egui_kittest::Node<'_>| {
        node.accesskit_node().label().is_some_and(|label| label.starts_with(name))
    };
    node.into_iter().find(is_it).unwrap_or_else(|| panic!("no {name}")).click_accesskit();
    window.settle();
}

fn press(window: &mut Window, key: Key) {
    window.key(Modifiers::NONE, key);
}

fn show_everything(window: &mut Window) {
    window.key(Modifiers::COMMAND.plus(Modifiers::SHIFT), Key::X);
}

#[test]
fn digits_choose_what_a_line_stands_for() {
    let folder = Folder::new();
    let mut window = open(&folder);
    press(&mut window, Key::W);
    assert!(window.sees("Nothing to fold"), "nothing is selected");
    select(&mut window, "Stateland");
    press(&mut window, Key::W);
    press(&mut window, Key::Num1);
    assert_eq!(lines(&window).len(), 6, "{:?}", lines(&window));
    press(&mut window, Key::Num2);
    assert_eq!(view(&window).lines, Some(LineMode::Stances));
    assert_eq!(lines(&window).len(), 4);
    let name = "Stateland → Group, 3 hostile ties: 2 reported, 1 inferred";
    assert!(lines(&window).iter().any(|line| line == name), "{:?}", lines(&window));
    press(&mut window, Key::Num3);
    assert_eq!(lines(&window).len(), 3);
    assert!(window.sees("One line for each pair of actors: 3 lines."));
    press(&mut window, Key::Num3);
    assert!(window.sees("as before"));
    window.key(Modifiers::COMMAND, Key::Z);
    assert_eq!(lines(&window).len(), 4);
}

#[test]
fn the_show_menu_has_a_check_mark_at_the_lines_that_are_drawn() {
    let folder = Folder::new();
    let mut window = open(&folder);
    press(&mut window, Key::Num3);
    window.click("Show ▾");
    assert!(window.sees("✔ Lines by pair") && !window.sees("✔ Lines by stance"));
    window.click_containing("Lines by tie");
    assert_eq!(view(&window).lines, Some(LineMode::Ties));
}

#[test]
fn a_part_folds_its_whole_and_the_pill_unfolds_it() {
    let folder = Folder::new();
    let mut window = open(&folder);
    select(&mut window, "Army");
    press(&mut window, Key::W);
    assert!(window.sees("2 actors folded into Stateland"));
    assert_eq!(selected(&window), ["s"], "the whole is selected for its part");
    assert!(is_on_map(&window, "Stateland, state, stands for 2 actors, 3 hostile, 1 cooperative"));
    assert!(!is_on_map(&window, "Army,") && !is_on_map(&window, "Office,"));
    assert!(window.sees("4 lines for 6 of 7 ties, 2 actors folded"));
    let pill = window.harness.get_by_label("Unfold Stateland, stands for 2 actors").rect();
    window.tap(pill.center(), Modifiers::NONE);
    assert!(is_on_map(&window, "Army,") && view(&window).folded.is_empty());
    assert!(window.sees("Stateland unfolded: 2 actors"));
    window.key(Modifiers::COMMAND, Key::Z);
    assert!(!is_on_map(&window, "Army,"), "unfolding is a step");
    window.key(Modifiers::COMMAND, Key::Z);
    assert_eq!(saved_bytes(&window), MAP.as_bytes());
}

#[test]
fn a_selected_whole_has_a_control_that_folds_it() {
    let folder = Folder::new();
    let mut window = open(&folder);
    assert!(window.harness.query_by_label("Fold 2 actors into Stateland").is_none());
    select(&mut window, "Stateland");
    window.harness.get_by_label("Fold 2 actors into Stateland").click_accesskit();
    window.settle();
    assert!(!is_on_map(&window, "Army,"));
}

#[test]
fn all_wholes_fold_and_unfold_at_once_and_nothing_to_do_is_said() {
    let folder = Folder::new();
    let mut window = open(&folder);
    window.key(Modifiers::COMMAND.plus(Modifiers::SHIFT), Key::W);
    assert!(!is_on_map(&window, "Army,"));
    window.key(Modifiers::COMMAND.plus(Modifiers::SHIFT), Key::W);
    assert!(window.sees("Nothing to fold: every whole is folded."));
    window.key(Modifiers::COMMAND, Key::U);
    assert!(is_on_map(&window, "Army,"));
    select(&mut window, "Farland");
    press(&mut window, Key::W);
    assert!(window.sees("Nothing to fold: the selection has no parts"));
}

#[test]
fn hidden_actors_and_ties_leave_the_map_and_return() {
    let folder = Folder::new();
    let mut window = open(&folder);
    show_everything(&mut window);
    assert!(window.sees("Nothing is hidden or filtered."));
    select(&mut window, "Preacher");
    press(&mut window, Key::H);
    assert!(window.sees("Hidden: 1 actor. Show everything: Ctrl+Shift+X"));
    assert!(!is_on_map(&window, "Preacher") && window.app().selection().is_empty());
    assert!(window.sees("5 of 7 ties shown, 1 actor hidden"));
    select(&mut window, "Group → Stateland");
    press(&mut window, Key::H);
    assert!(window.sees("Hidden: 1 tie."));
    assert_eq!(window.app().document().map().actors.len(), 7, "they remain in the map");
    show_everything(&mut window);
    assert!(is_on_map(&window, "Preacher") && is_on_map(&window, "Group → Stateland"));
    assert!(window.sees("Everything is shown: 7 actors, 7 ties."));
    for _ in 0..3 {
        window.key(Modifiers::COMMAND, Key::Z);
    }
    assert_eq!(saved_bytes(&window), MAP.as_bytes());
}

#[test]
fn a_neighbourhood_of_one_or_two_steps_is_isolated() {
    let folder = Folder::new();
    let mut window = open(&folder);
    select(&mut window, "Farland");
    press(&mut window, Key::I);
    assert!(is_on_map(&window, "Preacher") && !is_on_map(&window, "Group"));
    assert!(
        window.sees("Only within 1 step of Farland: 2 actors shown, 5 left out. Show everything: ")
    );
    window.key(Modifiers::COMMAND, Key::I);
    assert!(is_on_map(&window, "Group, armed group") && !is_on_map(&window, "Army,"));
    show_everything(&mut window);
    assert!(is_on_map(&window, "Army,") && view(&window).around.is_none());
}

#[test]
fn what_is_not_shown_is_a_link_in_the_title_and_in_the_status_line() {
    let folder = Folder::new();
    let mut window = open(&folder);
    for way in ["title", "status"] {
        select(&mut window, "Preacher");
        press(&mut window, Key::H);
        let title = window.harness.get_by_label_contains("Show everything: 5 of 7 ties");
        if way == "title" {
            let at = title.rect().center();
            window.tap(at, Modifiers::NONE);
        } else {
            window.harness.get_by_label("1 actor hidden").click();
            window.settle();
        }
        assert!(is_on_map(&window, "Preacher"), "{way}");
    }
}

#[test]
fn enter_expands_a_line_and_escape_or_enter_ends_that() {
    let folder = Folder::new();
    let mut window = open(&folder);
    select(&mut window, "Army");
    press(&mut window, Key::W);
    select(&mut window, "Stateland → Group, 3 hostile");
    for end in [Key::Enter, Key::Escape] {
        assert_eq!(selected(&window), ["r1", "r2", "r3"]);
        press(&mut window, Key::Enter);
        assert_eq!(lines(&window).len(), 6, "one line for each tie: {:?}", lines(&window));
        press(&mut window, end);
        assert_eq!(lines(&window).len(), 4, "{end:?}");
        assert_eq!(selected(&window), ["r1", "r2", "r3"], "the line stays selected");
    }
    press(&mut window, Key::Escape);
    assert!(window.app().selection().is_empty());
    select(&mut window, "Stateland → Group, 3 hostile");
    press(&mut window, Key::Enter);
    select(&mut window, "Army → Group");
    assert_eq!(selected(&window), ["r1"]);
    assert_eq!(lines(&window).len(), 6, "a tie of the line is selected");
    select(&mut window, "Preacher");
    assert_eq!(lines(&window).len(), 4, "something else is selected");
}

#[test]
fn brackets_step_through_lines() {
    let folder = Folder::new();
    let mut window = open(&folder);
    select(&mut window, "Army");
    press(&mut window, Key::W);
    press(&mut window, Key::CloseBracket);
    assert_eq!(selected(&window), ["r1", "r2", "r3"]);
    press(&mut window, Key::CloseBracket);
    assert_eq!(selected(&window), ["r4"]);
}

#[test]
fn tab_visits_only_what_is_drawn() {
    let folder = Folder::new();
    let mut window = open(&folder);
    select(&mut window, "Army");
    press(&mut window, Key::W);
    let mut visited = Vec::new();
    for _ in 0..5 {
        press(&mut window, Key::Tab);
        visited.extend(selected(&window));
    }
    visited.sort();
    assert_eq!(visited, ["alone", "far", "g", "p", "s"]);
    window.key(Modifiers::COMMAND, Key::A);
    assert_eq!(selected(&window).len(), 5, "all that are drawn");
}

#[test]
fn a_selected_line_says_what_it_stands_for_and_through_whom() {
    let folder = Folder::new();
    let mut window = open(&folder);
    select(&mut window, "Army");
    press(&mut window, Key::W);
    assert!(window.sees("through Army") && window.sees("through Office"), "the page of the whole");
    select(&mut window, "Stateland → Group, 3 hostile");
    assert!(window.sees("3 hostile ties: 2 reported, 1 inferred"));
    assert!(window.sees("through Army") && window.sees("through Office"));
    window.click("Show one by one");
    assert_eq!(lines(&window).len(), 6);
    window.click("Show as one line");
    assert_eq!(lines(&window).len(), 4);
}

#[test]
fn search_unfolds_a_folded_hit_and_says_where_a_hidden_one_is() {
    let folder = Folder::new();
    let mut window = open(&folder);
    select(&mut window, "Stateland");
    press(&mut window, Key::W);
    window.key(Modifiers::COMMAND, Key::F);
    window.type_text("army");
    press(&mut window, Key::Enter);
    assert_eq!(selected(&window), ["army"]);
    assert!(is_on_map(&window, "Army,") && window.sees("Unfolded: Stateland"));
    window.key(Modifiers::COMMAND, Key::Z);
    assert!(!is_on_map(&window, "Army,"), "it was one step");
    press(&mut window, Key::F);
    select(&mut window, "Preacher");
    press(&mut window, Key::H);
    window.key(Modifiers::COMMAND, Key::F);
    window.type_text("preacher");
    press(&mut window, Key::Enter);
    assert!(window.sees("Preacher is hidden. Show everything: "));
}

/// The row of the list that starts with these words.
fn row<'a>(window: &'a Window, name: &'a str) -> egui_kittest::Node<'a> {
    let nodes = window.harness.query_all_by(|node| node.role() != Role::ListItem);
    let is_row = |node: &egui_kittest::Node<'_>| {
        let label = node.accesskit_node().label().unwrap_or_default();
        label.starts_with(name) && node.rect().left() < 300.0 && node.rect().height() > 20.0
    };
    nodes.into_iter().find(is_row).unwrap_or_else(|| panic!("no row {name}"))
}

#[test]
fn the_list_has_lines_below_actors_and_ties_below_lines() {
    let folder = Folder::new();
    let mut window = open(&folder);
    select(&mut window, "Stateland");
    press(&mut window, Key::W);
    window.key(Modifiers::COMMAND, Key::L);
    window.click("Open 3 lines");
    assert!(row(&window, "Stateland → Group, 3 hostile").rect().height() > 20.0);
    row(&window, "Stateland → Group, 3 hostile").click();
    window.settle();
    assert_eq!(selected(&window), ["r1", "r2", "r3"]);
    window.click("Open 3 ties");
    row(&window, "Office → Group").click();
    window.settle();
    assert_eq!(selected(&window), ["r2"]);
}

#[test]
fn a_folded_part_in_the_list_leads_to_its_whole() {
    let folder = Folder::new();
    let mut window = open(&folder);
    select(&mut window, "Stateland");
    press(&mut window, Key::W);
    press(&mut window, Key::Escape);
    window.key(Modifiers::COMMAND, Key::L);
    row(&window, "Army, government body").click();
    window.settle();
    assert_eq!(selected(&window), ["s"]);
    assert!(window.sees("Army is folded into Stateland. Unfold: W"));
    row(&window, "Army, government body").click_secondary();
    window.settle();
    window.click("Show on the map");
    assert!(is_on_map(&window, "Army,") && view(&window).folded.is_empty());
    assert_eq!(selected(&window), ["army"]);
    row(&window, "Preacher").click_secondary();
    window.settle();
    window.click("Hide");
    assert!(!is_on_map(&window, "Preacher"));
    row(&window, "Preacher").click_secondary();
    window.settle();
    window.click("Show on the map");
    assert!(is_on_map(&window, "Preacher"));
}

#[test]
fn kinds_of_actors_are_left_out_in_the_filter_panel() {
    let folder = Folder::new();
    let mut window = open(&folder);
    window.key(Modifiers::COMMAND.plus(Modifiers::SHIFT), Key::F);
    window.harness.get_by_label("person").scroll_to_me();
    window.settle();
    window.click("person");
    assert!(!is_on_map(&window, "Preacher") && is_on_map(&window, "Alone"));
    assert!(window.sees("Filtered: without actors of kind person"));
    show_everything(&mut window);
    assert!(is_on_map(&window, "Preacher"));
}

#[test]
fn one_element_is_shown_again_without_clearing_the_filter() {
    let folder = Folder::new();
    let mut window = open(&folder);
    window.key(Modifiers::COMMAND.plus(Modifiers::SHIFT), Key::F);
    for kind in ["person", "government body"] {
        window.harness.get_by_label(kind).scroll_to_me();
        window.settle();
        window.click(kind);
    }
    assert!(window.sees("2 of 7 ties"));
    window.key(Modifiers::COMMAND, Key::L);
    let show = |window: &mut Window| {
        row(window, "Preacher").click_secondary();
        window.settle();
        window.click("Show on the map");
    };
    show(&mut window);
    assert!(is_on_map(&window, "Preacher") && !is_on_map(&window, "Army,"));
    assert!(window.sees(
        "Preacher is shown again; the filter is now: without actors of kind government body."
    ));
    window.key(Modifiers::COMMAND, Key::Z);
    assert!(!is_on_map(&window, "Preacher"), "it was one step");
    window.click("Only hostile");
    show(&mut window);
    assert!(is_on_map(&window, "Preacher"));
    assert!(window.sees(
        "Preacher has no tie that passes the filter, and is drawn while it is selected. Show \
         everything: "
    ));
}

#[test]
fn the_bodies_of_a_whole_remain_if_only_its_kind_is_left_out() {
    let folder = Folder::new();
    let mut window = open(&folder);
    select(&mut window, "Stateland");
    press(&mut window, Key::W);
    assert!(!is_on_map(&window, "Army,"));
    window.key(Modifiers::COMMAND.plus(Modifiers::SHIFT), Key::F);
    window.harness.get_by_role_and_label(Role::CheckBox, "state").scroll_to_me();
    window.settle();
    window.harness.get_by_role_and_label(Role::CheckBox, "state").click();
    window.settle();
    assert!(!is_on_map(&window, "Stateland") && is_on_map(&window, "Army,"));
}

#[test]
fn camps_are_told_by_name() {
    let folder = Folder::new();
    let mut window = open(&folder);
    press(&mut window, Key::C);
    assert!(window.sees("groups with many friends and few enemies"));
    assert!(is_on_map(&window, "Group, armed group, camp "));
    assert!(is_on_map(&window, "Alone, population, no ties"), "an actor without friends");
    select(&mut window, "Group, armed group");
    assert!(window.harness.query_all_by_label_contains("camp ").count() > 1, "in the inspector");
    press(&mut window, Key::C);
    assert!(!is_on_map(&window, "Group, armed group, camp "));
}

#[test]
fn sizes_follow_a_measure_and_the_weight_is_a_field() {
    let folder = Folder::new();
    let mut window = open(&folder);
    select(&mut window, "Alone");
    window.key(Modifiers::NONE, Key::F2);
    fill(&mut window, "Weight", "-1");
    assert!(window.sees("Enter a number from 0, or nothing."));
    fill(&mut window, "Weight", "7.5");
    window.key(Modifiers::NONE, Key::F6);
    let alone = || ActorId::from("alone");
    let weight =
        |window: &Window| window.app().document().actor(&alone()).and_then(|actor| actor.weight);
    assert_eq!(weight(&window), Some(7.5));
    let size = |window: &Window| {
        let index = window.app().document().index().actor(&alone()).expect("it");
        window.app().workspace().shown.size(index)
    };
    assert!(size(&window) < 0.1, "no tie");
    window.key(Modifiers::NONE, Key::F6);
    for (words, expected) in [("ties", SizeBy::Excerpts), ("excerpts", SizeBy::Weight)] {
        window.click("Show ▾");
        window.click(&format!("Size: number of {words} S"));
        assert_eq!(view(&window).size, expected);
    }
    assert!((size(&window) - 1.0).abs() < 1e-6);
}

#[test]
fn an_arrangement_moves_only_what_is_drawn() {
    let folder = Folder::new();
    let mut window = open(&folder);
    select(&mut window, "Stateland");
    press(&mut window, Key::W);
    press(&mut window, Key::Escape);
    let before = [window.place("army"), window.place("office")];
    let others = window.place("g");
    window.key(Modifiers::COMMAND.plus(Modifiers::SHIFT), Key::A);
    window.until("the arrangement", |window| window.sees("Arranged"));
    assert_eq!([window.place("army"), window.place("office")], before);
    assert_ne!(window.place("g"), others);
}

#[test]
fn the_view_is_saved_and_only_its_lines_change() {
    let folder = Folder::new();
    let mut window = open(&folder);
    select(&mut window, "Stateland");
    press(&mut window, Key::W);
    window.key(Modifiers::COMMAND, Key::S);
    window.until("the save", |window| !window.app().document().is_unsaved());
    let saved = read(&folder.path("lines.json"));
    let kept = saved.split(",\n  \"view\": ").next().expect("a start");
    assert!(MAP.starts_with(kept), "{saved}");
    let window = Window::open(Some(folder.path("lines.json")));
    assert!(!is_on_map(&window, "Army,") && window.app().selection() == &Selection::default());
}

#[test]
fn context_menus_offer_what_can_be_done() {
    let folder = Folder::new();
    let mut window = open(&folder);
    let at = window.middle("Stateland, state");
    secondary(&mut window, at);
    for entry in ["Fold the whole", "Hide the selection", "Only its neighbourhood"] {
        assert!(window.sees(entry), "{entry}");
    }
    window.click_containing("Fold the whole");
    assert!(!is_on_map(&window, "Army,"));
    let line = window.harness.get_by_label_contains("Stateland → Group, 3 hostile").rect();
    secondary(&mut window, line.center());
    assert!(window.sees("Hide the selection"));
    window.click("Show its ties one by one");
    assert_eq!(lines(&window).len(), 6);
}

fn secondary(window: &mut Window, at: egui::Pos2) {
    window.harness.event(egui::Event::PointerMoved(at));
    window.harness.step();
    for pressed in [true, false] {
        window.harness.event(egui::Event::PointerButton {
            pos: at,
            button: egui::PointerButton::Secondary,
            pressed,
            modifiers: Modifiers::NONE,
        });
        window.harness.step();
    }
    window.settle();
}
