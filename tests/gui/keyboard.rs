//! Keyboard focus and shortcuts: the map has the focus unless another widget was chosen, and a
//! shortcut does the same as its menu entry.

use std::collections::BTreeSet;

use allegiance::model::Element;
use allegiance::ui::Settings;
use allegiance::ui::commands::commands;
use allegiance::ui::requests::actions::Action;
use egui::accesskit::Role;
use egui::{Key, Modifiers};
use egui_kittest::kittest::{NodeT as _, Queryable as _};

use crate::support::{Folder, Window, move_an_actor, project, read, state};

/// Presses a key within one frame, without waiting until the program is idle.
fn first_key(window: &mut Window, key: Key) {
    window.harness.key_press(key);
    window.harness.run_steps(3);
}

fn selects_an_actor(window: &Window) -> bool {
    matches!(window.app().selection().only(), Some(Element::Actor(_)))
}

#[test]
fn tab_right_after_the_start_goes_to_the_first_actor() {
    let folder = Folder::new();
    for map in [None, Some(folder.example())] {
        let mut window = Window::unsettled(map);
        first_key(&mut window, Key::Tab);
        assert!(selects_an_actor(&window));
    }
}

#[test]
fn tab_in_the_frame_after_a_recovery_goes_to_the_first_actor() {
    let folder = Folder::new();
    let state = folder.path("state");
    let mut window =
        Window::journalled(Some(folder.example()), Settings::default(), Some(state.clone()));
    move_an_actor(&mut window);
    drop(window);
    let mut window = Window::journalled(None, Settings::default(), Some(state));
    window.harness.get_by_label("Recover").click();
    window.harness.run_steps(2);
    first_key(&mut window, Key::Tab);
    assert!(selects_an_actor(&window));
}

#[test]
fn tab_after_opening_another_map_goes_to_its_first_actor() {
    let folder = Folder::new();
    let mut window = Window::open(None);
    window.drop_file(&folder.example());
    first_key(&mut window, Key::Tab);
    assert!(selects_an_actor(&window));
}

#[test]
fn escape_returns_the_focus_from_the_toolbar_to_the_map() {
    let mut window = Window::open(None);
    for name in ["☰ Menu", "Edit"] {
        window.harness.get_by_label(name).focus();
        window.harness.run_steps(3);
        assert!(window.harness.get_by_label(name).is_focused(), "{name} has the focus");
        // The first Escape may have another effect, such as closing a panel.
        window.key(Modifiers::NONE, Key::Escape);
        window.key(Modifiers::NONE, Key::Escape);
        first_key(&mut window, Key::Tab);
        assert!(selects_an_actor(&window), "after {name}");
        window.key(Modifiers::NONE, Key::Escape);
    }
}

#[test]
fn every_command_has_one_row_and_no_two_share_a_shortcut() {
    let mut keys = BTreeSet::new();
    for about in commands() {
        let rows = commands().iter().filter(|other| other.action == about.action);
        assert_eq!(rows.count(), 1, "{:?} has two rows", about.action);
        let modifiers = about.key.modifiers;
        let key = (about.key.logical_key, modifiers.command, modifiers.shift, modifiers.alt);
        // Clipboard shortcuts arrive as events and apply to the map only while it has the focus.
        assert!(keys.insert(format!("{key:?}")), "{:?} shares {key:?}", about.action);
    }
}

#[test]
fn every_action_has_a_row() {
    let path = project("src/ui/requests/actions.rs");
    let file = syn::parse_file(&read(&path)).expect("Rust");
    let is_action = |item: &syn::Item| match item {
        syn::Item::Enum(item) if item.ident == "Action" => Some(item.variants.clone()),
        _ => None,
    };
    let variants = file.items.iter().find_map(is_action).expect("the enum Action");
    let in_table: BTreeSet<String> = commands()
        .iter()
        .map(|about| format!("{:?}", about.action))
        .map(|name| name.split('(').next().unwrap_or_default().to_owned())
        .collect();
    let in_enum: BTreeSet<String> =
        variants.iter().map(|variant| variant.ident.to_string()).collect();
    assert_eq!(in_table, in_enum);
}

/// Everything that a command may change, and the message that it may show, as text.
fn state_of(window: &Window) -> String {
    format!("{} {}", state(window), window.app().workspace().news)
}

#[test]
fn a_shortcut_does_nothing_if_its_menu_entry_is_disabled() {
    let mut window = Window::open(None);
    let mut checked = 0;
    for opens_empty_map in [false, true] {
        if opens_empty_map {
            window.key(Modifiers::COMMAND, Key::N);
        }
        for about in commands() {
            if (about.is_possible)(&window.app().workspace()) {
                continue;
            }
            let before = state_of(&window);
            window.harness.key_press_modifiers(about.key.modifiers, about.key.logical_key);
            window.harness.run_steps(3);
            assert_eq!(state_of(&window), before, "{:?} had an effect", about.action);
            checked += 1;
        }
    }
    assert!(checked > 10, "only {checked} commands were disabled");
}

#[test]
fn the_menu_disables_commands_that_are_not_possible() {
    let mut window = Window::open(None);
    window.key(Modifiers::COMMAND, Key::N);
    window.click("☰ Menu");
    let workspace = window.app().workspace();
    let mut found = 0;
    for about in commands() {
        let text = about.text_in(&workspace);
        let entry = window.harness.query_all_by_label_contains(&text).find(|node| {
            node.accesskit_node().label().is_some_and(|label| label.starts_with(&text))
        });
        let Some(entry) = entry else { continue };
        if matches!(about.action, Action::Edit | Action::Arrange(_)) {
            // The toolbar has buttons of these names as well.
            continue;
        }
        let is_disabled = entry.accesskit_node().is_disabled();
        assert_eq!(is_disabled, !(about.is_possible)(&workspace), "{text}");
        found += 1;
    }
    assert!(found > 20, "only {found} entries");
}

#[test]
fn the_readme_lists_every_function_key() {
    let readme = read(&project("README.md"));
    let rows: Vec<&str> = readme.lines().filter(|line| line.starts_with("| ")).collect();
    let mut checked = 0;
    for about in commands() {
        let key = about.key.logical_key.name();
        if key.strip_prefix('F').is_none_or(|number| number.parse::<u8>().is_err()) {
            continue;
        }
        let is_listed = |row: &&str| {
            let keys = row.split('|').nth(1).unwrap_or_default();
            keys.split([',', ' ']).any(|word| word == key)
        };
        assert!(rows.iter().any(is_listed), "{key}, {}, is in no row", about.text);
        checked += 1;
    }
    assert!(checked > 5, "only {checked} function keys");
}

#[test]
fn a_drop_down_list_is_used_with_the_arrow_keys() {
    let mut window = Window::open(None);
    window.key(Modifiers::COMMAND | Modifiers::SHIFT, Key::F);
    let is_filtered = |window: &Window, words: &str| window.sees(&format!("Filtered: {words}"));
    let focus = |window: &mut Window| {
        window.harness.get_by_role_and_label(Role::ComboBox, "Contested").focus();
        window.settle();
    };
    for opening in [Key::ArrowDown, Key::Space, Key::Enter] {
        focus(&mut window);
        window.key(Modifiers::NONE, opening);
        window.key(Modifiers::NONE, Key::ArrowDown);
        window.key(Modifiers::NONE, Key::ArrowDown);
        window.key(Modifiers::NONE, Key::ArrowUp);
        assert!(!window.sees("Filtered:"), "nothing is chosen yet");
        window.key(Modifiers::NONE, Key::Enter);
        assert!(is_filtered(&window, "contested"), "opened with {opening:?}");
        // The list is closed and still has the focus.
        window.key(Modifiers::NONE, Key::ArrowDown);
        window.key(Modifiers::NONE, Key::Home);
        window.key(Modifiers::NONE, Key::Space);
        assert!(!window.sees("Filtered:"));
    }
    // Escape leaves the value as it was.
    focus(&mut window);
    window.key(Modifiers::NONE, Key::ArrowDown);
    window.key(Modifiers::NONE, Key::End);
    window.key(Modifiers::NONE, Key::Escape);
    assert!(!window.sees("Filtered:"));
}
