//! The steps of the briefing in the window: the panel, presenting, and their export.

use allegiance::model::{Element, StepCamera, ViewSettings};
use allegiance::ui::Picked;
use egui::{Key, Modifiers, ViewportCommand};

use crate::support::{Folder, Window, enter, fill, press, read};

/// Opens the panel and adds a step of the whole map.
fn with_a_step() -> Window {
    let mut window = Window::open(None);
    window.key(Modifiers::NONE, Key::B);
    assert!(window.sees("Steps"), "the panel is open");
    press(&mut window, "Add step");
    window.settle();
    window.type_text("Who fights");
    window.settle();
    window
}

fn titles(window: &Window) -> Vec<String> {
    window.app().document().map().steps.iter().map(|step| step.title.clone()).collect()
}

#[test]
fn a_new_step_keeps_what_is_on_the_screen_and_asks_for_its_title() {
    let mut window = with_a_step();
    assert_eq!(titles(&window), ["Who fights"]);
    let step = &window.app().document().map().steps[0];
    assert_eq!((step.focus.len(), step.camera), (0, None), "the whole map, nothing selected");
    window.key(Modifiers::NONE, Key::Escape);
    window.click_containing("Tehreek-e-Taliban Pakistan");
    window.key(Modifiers::NONE, Key::Plus);
    window.key(Modifiers::NONE, Key::A);
    let steps = &window.app().document().map().steps;
    assert_eq!(steps.len(), 2);
    assert_eq!(steps[1].focus, ["ttp"]);
    assert!(matches!(steps[1].camera, Some(StepCamera { zoom, .. }) if zoom > 0.0));
    // One edit adds the step, another one its title.
    window.type_text("Second");
    window.key(Modifiers::NONE, Key::Escape);
    window.key(Modifiers::COMMAND, Key::Z);
    assert_eq!(titles(&window), ["Who fights", ""]);
    window.key(Modifiers::COMMAND, Key::Z);
    assert_eq!(titles(&window), ["Who fights"]);
}

#[test]
fn the_panel_of_steps_is_reached_with_the_keyboard() {
    let mut window = Window::open(None);
    window.key(Modifiers::NONE, Key::B);
    // From the map to the search, from there to the steps, and back to the map.
    for _ in 0..2 {
        window.key(Modifiers::NONE, Key::F6);
        window.settle();
    }
    window.key(Modifiers::NONE, Key::Enter);
    window.settle();
    assert_eq!(titles(&window).len(), 1, "Enter presses “Add step”");
    // The field of its title has the focus.
    window.key(Modifiers::NONE, Key::F6);
    window.settle();
    window.key(Modifiers::NONE, Key::Tab);
    assert!(window.app().selection().only().is_some(), "Tab on the map selects an element");
}

#[test]
fn steps_are_moved_updated_and_deleted_with_buttons() {
    let mut window = with_a_step();
    press(&mut window, "Add step");
    window.settle();
    window.type_text("Second");
    window.settle();
    press(&mut window, "↑");
    assert_eq!(titles(&window), ["Second", "Who fights"]);
    window.key(Modifiers::NONE, Key::Escape);
    window.key(Modifiers::COMMAND, Key::A);
    press(&mut window, "Update from screen");
    assert!(window.app().document().map().steps[0].focus.len() > 5);
    fill(&mut window, "Text", "A sentence.");
    enter(&mut window, "Text");
    assert_eq!(window.app().document().map().steps[0].text, "A sentence.");
    press(&mut window, "Delete");
    assert_eq!(titles(&window), ["Who fights"]);
}

#[test]
fn a_click_on_a_step_shows_what_it_shows() {
    let mut window = with_a_step();
    window.key(Modifiers::NONE, Key::Escape);
    window.key(Modifiers::NONE, Key::Num1);
    window.click_containing("Tehreek-e-Taliban Pakistan");
    window.key(Modifiers::NONE, Key::A);
    window.type_text("Ties one by one");
    window.key(Modifiers::NONE, Key::Escape);
    window.click("1  Who fights");
    window.settle();
    assert!(window.app().selection().is_empty(), "the first step stresses nothing");
    let lines = |window: &Window| {
        window.app().document().map().view.as_deref().map(ViewSettings::line_mode)
    };
    let by_step = lines(&window);
    window.click("2  Ties one by one");
    window.settle();
    assert_ne!(lines(&window), by_step);
    assert_eq!(window.app().selection().only(), Some(&Element::Actor("ttp".into())));
}

#[test]
fn a_presentation_shows_the_steps_and_leaves_the_window_as_it_was() {
    let mut window = with_a_step();
    window.key(Modifiers::NONE, Key::Escape);
    window.click_containing("Tehreek-e-Taliban Pakistan");
    window.key(Modifiers::NONE, Key::A);
    window.type_text("Second");
    window.key(Modifiers::NONE, Key::Escape);
    window.click("1  Who fights");
    window.settle();
    let before = window.app().document().state();
    window.key(Modifiers::NONE, Key::F5);
    assert!(window.app().is_presenting());
    assert!(!window.sees("Add step") && !window.sees("Export"), "nothing of the editor");
    assert!(window.sees("Step 1 of 2: Who fights."));
    window.key(Modifiers::NONE, Key::ArrowRight);
    assert!(window.sees("Step 2 of 2: Second."));
    // There is nothing after the last step.
    window.key(Modifiers::NONE, Key::ArrowRight);
    assert!(window.sees("Step 2 of 2: Second."));
    assert!(!window.sees("Who says so"));
    window.key(Modifiers::NONE, Key::E);
    assert!(window.sees("Who says so"));
    window.key(Modifiers::NONE, Key::ArrowLeft);
    assert!(window.sees("Step 1 of 2: Who fights."));
    // Keys of the editor do nothing.
    window.key(Modifiers::NONE, Key::Delete);
    window.key(Modifiers::NONE, Key::Num1);
    window.key(Modifiers::NONE, Key::Escape);
    assert!(!window.app().is_presenting());
    assert!(window.sees("Add step"));
    assert_eq!(window.app().document().state(), before, "nothing was changed");
    let leaves = ViewportCommand::Fullscreen(false);
    assert!(window.commands().contains(&leaves) || !window.app().is_presenting());
}

#[test]
fn without_steps_presenting_says_how_to_add_one() {
    let mut window = Window::open(None);
    window.key(Modifiers::NONE, Key::F5);
    assert!(!window.app().is_presenting());
    assert!(window.sees("There are no steps to present: add one in the panel of steps (B)."));
}

#[test]
fn the_steps_are_exported_as_one_file_each_or_together() {
    let folder = Folder::new();
    let mut window = with_a_step();
    window.key(Modifiers::NONE, Key::Escape);
    window.key(Modifiers::NONE, Key::A);
    window.type_text("Second");
    window.key(Modifiers::NONE, Key::Escape);
    assert_eq!(titles(&window), ["Who fights", "Second"]);
    for (format, name, expected) in [
        ("SVG", "map.svg", vec!["map-01-who-fights.svg", "map-02-second.svg"]),
        ("PDF", "map.pdf", vec!["map.pdf"]),
        ("PPTX", "map.pptx", vec!["map.pptx"]),
    ] {
        window.key(Modifiers::COMMAND, Key::E);
        window.click(format);
        window.click("The steps");
        window.settle();
        window.until("the preview", |window| window.sees("step 1 of 2"));
        window.click("›");
        window.until("the preview of the next", |window| window.sees("step 2 of 2"));
        window.will_pick(Picked::File(folder.path(name)));
        window.click("Choose a file…");
        window.until("the files", |_| expected.iter().all(|name| folder.path(name).exists()));
        window.settle();
    }
    assert!(read(&folder.path("map-02-second.svg")).contains(">Second</text>"));
    window.key(Modifiers::COMMAND, Key::E);
    window.click("HTML");
    window.will_pick(Picked::File(folder.path("map.html")));
    window.click("Choose a file…");
    window.until("the page", |_| folder.path("map.html").exists());
    window.settle();
    assert!(read(&folder.path("map.html")).contains("\"title\":\"Second\""));
}
