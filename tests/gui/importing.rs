//! The import window, and actors that may be the same.

use std::path::PathBuf;

use allegiance::ui::Picked;
use egui::{Key, Modifiers};
use egui_kittest::kittest::Queryable as _;

use crate::support::{Folder, Window};

const DEALS: &str = "Who;Towards whom;Attitude;Quote\nArland;Borland;ally;We stand together.\n\
                     Borland;Carland;enemy;\nCarland;;neutral;\n";

const MAP: &str = r#"{
  "format": "relationship-map", "version": 1,
  "actors": [ { "id": "a", "name": "Arland", "kind": "state" },
              { "id": "x", "name": "Xland" }, { "id": "c", "name": "Carlánd" } ],
  "relations": [ { "id": "r1", "from": "a", "to": "x", "stance": "hostile" } ],
  "layout": { "a": { "x": 10.0, "y": 20.0 }, "x": { "x": 300.0, "y": 0.0 },
              "c": { "x": 0.0, "y": 300.0 } }
}
"#;

fn written(folder: &Folder, name: &str, text: &str) -> PathBuf {
    let path = folder.path(name);
    std::fs::write(&path, text).expect("written");
    path
}

fn count(window: &Window) -> (usize, usize) {
    let map = window.app().document().map();
    (map.actors.len(), map.relations.len())
}

#[test]
fn a_table_that_is_opened_shows_how_it_is_read_and_becomes_a_new_map() {
    let folder = Folder::new();
    let table = written(&folder, "deals.csv", DEALS);
    let mut window = Window::open(None);
    window.drop_file(&table);
    assert!(window.sees("Import deals.csv"));
    assert!(window.sees("3 actors, 2 ties, 1 excerpt"));
    assert!(window.sees("Line 4, column Towards whom: the row has no second actor"));
    for column in ["Who", "Towards whom", "Attitude", "Quote"] {
        assert!(window.sees(&format!("Role of {column}")), "{column}");
    }
    assert!(window.sees("Stance of ally") && window.sees("Stance of neutral"));
    window.click("Import");
    assert_eq!(count(&window), (3, 2));
    assert!(window.app().document().is_unsaved() && window.app().document().path().is_none());
    assert_eq!(std::fs::read_to_string(&table).expect("there"), DEALS, "the table stays");
}

#[test]
fn roles_and_stances_can_be_changed_with_the_keyboard() {
    let folder = Folder::new();
    let mut window = Window::open(None);
    window.drop_file(&written(&folder, "deals.csv", DEALS));
    window.harness.get_by_label("Stance of ally").focus();
    window.settle();
    window.key(Modifiers::NONE, Key::ArrowDown);
    window.type_text("h");
    window.key(Modifiers::NONE, Key::Enter);
    window.harness.get_by_label("Role of Quote").focus();
    window.settle();
    window.key(Modifiers::NONE, Key::ArrowDown);
    window.type_text("i");
    window.key(Modifiers::NONE, Key::Enter);
    assert!(window.sees("3 actors, 2 ties, 0 excerpts"));
    window.click("Import");
    let map = window.app().document().map();
    assert!(map.relations.iter().all(|tie| tie.stance == allegiance::model::Stance::Hostile));
}

#[test]
fn an_import_into_the_open_map_is_one_step_and_moves_nothing() {
    let folder = Folder::new();
    let map = written(&folder, "map.json", MAP);
    let table = written(&folder, "deals.csv", DEALS);
    let mut window = Window::open(Some(map));
    window.will_pick(Picked::File(table.clone()));
    window.key(Modifiers::NONE, Key::F3);
    assert!(window.sees("New: 2 actors, 2 ties, 1 excerpt and 1 source"));
    assert!(window.sees("Only in the map, and kept: 2 actors and 1 tie"));
    window.click("Import");
    assert_eq!(count(&window), (5, 3));
    assert_eq!(window.place("a"), (10.0, 20.0));
    assert!(window.sees("Two actors may be the same"), "Carland and Carlánd");
    // Again: nothing is doubled.
    window.will_pick(Picked::File(table));
    window.key(Modifiers::NONE, Key::F3);
    assert!(window.sees("All of this is in the map already."));
    window.click("Cancel");
    window.key(Modifiers::COMMAND, Key::Z);
    assert_eq!(count(&window), (3, 1));
}

#[test]
fn two_actors_are_merged_in_one_step() {
    let folder = Folder::new();
    let text = MAP.replace("Xland", "Arlánd");
    let mut window = Window::open(Some(written(&folder, "map.json", &text)));
    window.key(Modifiers::NONE, Key::F10);
    assert!(window.sees("The names are the same but for spelling"));
    window.click("Keep “Arland”");
    let map = window.app().document().map();
    assert_eq!(map.actors.len(), 2);
    assert_eq!(map.actors.raw[0].aliases, ["Arlánd"]);
    assert_eq!(map.relations.raw[0].to.as_str(), "a");
    assert!(window.sees("No two actors have names alike."));
    window.click("Close");
    window.key(Modifiers::COMMAND, Key::Z);
    assert_eq!(count(&window), (3, 1));
}

#[test]
fn a_mapping_that_is_kept_is_suggested_for_the_next_file() {
    let folder = Folder::new();
    let mut window = Window::open(None);
    window.drop_file(&written(&folder, "deals.csv", DEALS));
    window.click("Save this mapping…");
    window.click("Keep");
    window.click("Cancel");
    assert!(!window.sees("Import deals.csv"));
    let next = DEALS.replace("Arland", "Newland");
    window.drop_file(&written(&folder, "next.csv", &next));
    // The list of mappings shows its name.
    assert!(window.sees("Mapping"));
    window.click("Import");
    assert_eq!(count(&window), (3, 2));
}

#[test]
fn data_is_exported_in_every_format_and_the_dialog_tells_what_is_lost() {
    let folder = Folder::new();
    let mut window = Window::open(None);
    window.key(Modifiers::COMMAND, Key::G);
    assert!(window.sees("Export data") && window.sees("It cannot carry"));
    window.click("Pajek network");
    assert!(window.sees("memberships"));
    let path = folder.path("out.net");
    window.will_pick(Picked::File(path.clone()));
    window.click("Save…");
    let text = std::fs::read_to_string(&path).expect("written");
    assert!(text.starts_with("*Network ") && text.contains("*Vertices 16"));
    // The format that was chosen last is suggested, and the ending is added.
    window.key(Modifiers::COMMAND, Key::G);
    window.click("Table of excerpts (CSV)");
    window.will_pick(Picked::File(folder.path("words")));
    window.click("Save…");
    let text = std::fs::read_to_string(folder.path("words.excerpts.csv")).expect("written");
    assert_eq!(text.lines().count(), 62);
}

#[test]
fn imported_quotations_are_assigned_with_a_key_each() {
    let folder = Folder::new();
    let quotes = "Creation Date,URL,Group,Annotation/Reply Type,Quote,User,Body,Tags,Page\n\
        2024-01-01,http://a.example,P,Annotation,Arland threatened Xland.,ann,,,\n\
        2024-01-01,http://a.example,P,Annotation,Nothing is known.,ann,,,\n\
        2024-01-01,http://a.example,P,Annotation,Nobody cares.,ann,,,\n";
    let mut window = Window::open(Some(written(&folder, "map.json", MAP)));
    window.drop_file(&written(&folder, "quotes.csv", quotes));
    assert!(window.sees("1 source, 3 excerpts to assign"));
    window.click("Import");
    assert!(window.sees("Excerpt to assign: Arland threatened Xland."));
    assert!(window.sees("1  Arland → Xland, hostile") && window.sees("2  Arland"));
    window.key(Modifiers::NONE, Key::Num1);
    let tie = &window.app().document().map().relations.raw[0];
    assert_eq!(tie.evidence[0].excerpt.as_str(), "Arland threatened Xland.");
    // The next one goes to what is selected on the map.
    assert!(window.sees("Excerpt to assign: Nothing is known."));
    window.click_containing("Carlánd");
    window.harness.get_by_label("Excerpt to assign: Nothing is known.").focus();
    window.settle();
    window.key(Modifiers::NONE, Key::Enter);
    let map = window.app().document().map();
    assert_eq!(map.actors.raw[2].evidence[0].excerpt.as_str(), "Nothing is known.");
    assert_eq!(map.unassigned.len(), 1);
    window.click("Remove");
    assert!(window.sees("None. Import…"));
    window.key(Modifiers::COMMAND, Key::Z);
    assert_eq!(window.app().document().map().unassigned.len(), 1);
}

#[test]
fn a_folder_of_articles_is_added_in_one_step_with_what_the_names_of_the_files_say() {
    let folder = Folder::new();
    let articles = folder.path("articles");
    std::fs::create_dir(&articles).expect("a folder");
    let text = "The ministry said on Sunday that the talks were over.\n\nNobody agreed.\n";
    for name in ["2024-03-24 Talks end.txt", "2024-04-01 War begins.txt"] {
        std::fs::write(articles.join(name), text).expect("written");
    }
    let mut window = Window::open(Some(written(&folder, "map.json", MAP)));
    window.drop_file(&articles);
    assert!(window.sees("Add 2 articles"));
    window.harness.get_by_label("Usual patterns").focus();
    window.settle();
    window.key(Modifiers::NONE, Key::ArrowDown);
    window.key(Modifiers::NONE, Key::Enter);
    assert!(window.sees("2 of 2 names have this form."));
    window.click("Add them");
    let sources = &window.app().document().map().sources;
    let titles: Vec<&str> = sources.iter().map(|source| source.title.as_str()).collect();
    assert_eq!(titles, ["Talks end", "War begins"]);
    assert!(sources.iter().all(|source| source.date.is_some() && source.text.is_some()));
    window.key(Modifiers::COMMAND, Key::Z);
    assert!(window.app().document().map().sources.is_empty());
}
