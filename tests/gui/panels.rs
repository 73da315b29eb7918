//! Reading the evidence, searching, the menu, the theme.

use allegiance::edit::{Document, Origin};
use allegiance::file::EXAMPLE;
use allegiance::model::Element;
use allegiance::ui::panels::list::List;
use allegiance::ui::panels::panel::Panel;
use allegiance::ui::requests::{Request, Requests};
use allegiance::ui::testing::Stage;
use egui::accesskit::Role;
use egui::{Key, Modifiers, Pos2, Ui, Vec2};
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT as _, Queryable as _};

use crate::support::Window;

#[test]
fn without_a_selection_the_panel_shows_the_fields_of_the_map() {
    let window = Window::open(None);
    let map = window.app().document().map();
    let hidden = map.relations.iter().filter(|tie| tie.status.is_outlook()).count();
    let (shown, all) = (map.relations.len() - hidden, map.relations.len());
    let view = map.view.as_deref().expect("the example has a view");
    let wholes = map.actors.iter().filter_map(|actor| actor.part_of.as_ref());
    let folded = wholes.filter(|whole| view.folded.contains(*whole));
    let (left_out, actors) = (folded.count() + view.hidden_actors.len(), map.actors.len());
    let counts = format!("{} of {actors} actors · {shown} of {all} ties · ", actors - left_out);
    for text in ["As of April 2024", "One article", counts.as_str(), "Umair Jamal, The Diplomat"] {
        assert!(window.sees(text), "{text}");
    }
}

#[test]
fn an_actor_shows_its_excerpts_by_party_with_paragraph_and_speaker() {
    let mut window = Window::open(None);
    window.click_containing("Jaish-e-Fursan-e-Muhammad (JFM), armed group");
    for text in [
        "“a wing of the outlawed TTP”",
        "¶5 · ",
        "Umair Jamal, ",
        "The Diplomat",
        "Said by: Pakistan · Claimed by Pakistan · moderate confidence",
        "Pakistani military",
    ] {
        assert!(window.sees(text), "{text}");
    }
}

#[test]
fn clicking_an_excerpt_selects_its_tie() {
    let mut window = Window::open(None);
    window.click_containing("Jaish-e-Fursan-e-Muhammad (JFM), armed group");
    window.click_containing("Excerpt: “a wing of the outlawed TTP”");
    let map = window.app().document().map();
    let affiliation =
        map.relations.iter().find(|tie| tie.kind.0 == "affiliated_with").expect("the tie");
    assert_eq!(window.app().selection().only(), Some(&Element::Relation(affiliation.id.clone())));
    assert!(window.sees("strength 3 of 5"));
    window.click_containing("← Jaish-e-Fursan-e-Muhammad");
    assert_eq!(window.app().selection().only(), Some(&Element::Actor("jfm".into())));
}

#[test]
fn search_lists_its_results_and_enter_selects_the_first() {
    let mut window = Window::open(None);
    window.key(Modifiers::COMMAND, Key::F);
    window.type_text("mujahid");
    assert!(window.sees("1 actor"));
    window.key(Modifiers::NONE, Key::Enter);
    assert_eq!(window.app().selection().only(), Some(&Element::Actor("mujahid".into())));
}

#[test]
fn search_finds_excerpts_and_shows_a_hidden_forecast() {
    let mut window = Window::open(None);
    window.key(Modifiers::COMMAND, Key::F);
    window.type_text("skirmishes");
    assert!(window.sees("0 actors") && window.sees("1 tie"));
    window.key(Modifiers::NONE, Key::Enter);
    assert!(matches!(window.app().selection().only(), Some(Element::Relation(_))));
    assert!(!window.sees("forecasts hidden"));
}

#[test]
fn a_search_without_results_suggests_a_shorter_search() {
    let mut window = Window::open(None);
    window.key(Modifiers::COMMAND, Key::F);
    window.type_text("zzzz");
    assert!(window.sees("No results. Try a shorter search."));
}

#[test]
fn the_menu_lists_the_commands() {
    let mut window = Window::open(None);
    window.click("☰ Menu");
    for entry in [
        "New map",
        "Open…",
        "Open the example",
        "Save as…",
        "Export…",
        "Undo",
        "Redo",
        "Fit to window",
        "Show forecasts",
        "Dark theme",
        "Keyboard shortcuts",
        "Quit",
    ] {
        assert!(window.sees(entry), "{entry}");
    }
    // The menu scrolls if the window is not high enough.
    window.harness.get_by_label_contains("Show forecasts").scroll_to_me();
    window.settle();
    window.click_containing("Show forecasts");
    assert!(!window.sees("forecasts hidden"));
}

#[test]
fn the_question_mark_shows_the_keyboard_shortcuts() {
    let mut window = Window::open(None);
    window.key(Modifiers::SHIFT, Key::Questionmark);
    assert!(window.sees("Zoom at the pointer") && window.sees("Undo the last step"));
    window.click("Close");
    assert!(!window.sees("Zoom at the pointer"));
}

#[test]
fn the_theme_switches() {
    let mut window = Window::open(None);
    window.key(Modifiers::COMMAND, Key::T);
    assert_eq!(window.harness.ctx.theme(), egui::Theme::Dark);
    window.key(Modifiers::COMMAND, Key::T);
    assert_eq!(window.harness.ctx.theme(), egui::Theme::Light);
}

#[test]
fn enter_goes_to_the_evidence_and_f6_comes_back() {
    let mut window = Window::open(None);
    window.click_containing("Jaish-e-Fursan-e-Muhammad (JFM), armed group");
    window.key(Modifiers::NONE, Key::Enter);
    let card = window.harness.get_all_by_label_contains("Excerpt: “").next().expect("a card");
    assert!(card.is_focused());
    window.key(Modifiers::NONE, Key::Enter);
    assert!(
        matches!(window.app().selection().only(), Some(Element::Relation(_))),
        "Enter on a card selects its tie"
    );
}

#[test]
fn the_list_selects() {
    let mut window = Window::open(None);
    window.key(Modifiers::COMMAND, Key::L);
    let rows: Vec<_> =
        window.harness.get_all_by_label_contains("Zabihullah Mujahid, person").collect();
    assert_eq!(rows.len(), 2, "on the map and in the list");
    rows.iter().min_by(|a, b| a.rect().left().total_cmp(&b.rect().left())).expect("a row").click();
    drop(rows);
    window.settle();
    assert_eq!(window.app().selection().only(), Some(&Element::Actor("mujahid".into())));
}

#[test]
fn a_map_with_warnings_opens_and_shows_them() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("map.json");
    std::fs::write(&path, EXAMPLE.replacen("\"version\": 1,", "\"version\": 1,\n  \"zoo\": 1,", 1))
        .expect("written");
    let mut window = Window::open(Some(path));
    window.click_containing("1 warning");
    assert!(window.sees("Unknown key \"zoo\"."));
}

#[test]
fn escape_leaves_the_search_and_closes_its_list() {
    let mut window = Window::open(None);
    window.key(Modifiers::COMMAND, Key::F);
    window.type_text("mujahid");
    assert!(window.sees("1 actor"));
    window.key(Modifiers::COMMAND, Key::F);
    window.type_text("skirmishes");
    assert!(window.sees("0 actors"), "the second search replaces the first");
    window.key(Modifiers::NONE, Key::Escape);
    assert!(!window.sees("0 actors"));
}

#[test]
fn a_shortcut_keeps_its_modifiers_if_they_are_released_within_the_frame() {
    use egui::Event;
    let mut window = Window::open(None);
    for (key, pressed, modifiers) in
        [(Key::T, true, Modifiers::COMMAND.plus(Modifiers::CTRL)), (Key::T, false, Modifiers::NONE)]
    {
        window.harness.event(Event::Key {
            key,
            physical_key: None,
            pressed,
            repeat: false,
            modifiers,
        });
    }
    window.settle();
    assert_eq!(window.harness.ctx.theme(), egui::Theme::Dark);
    assert!(!window.sees("draw a tie"), "T was not pressed without Ctrl");
}

/// A panel outside the program, and the requests that it sends.
struct Alone {
    stage: Stage,
    panel: Box<dyn Panel>,
    out: Requests,
}

fn alone(panel: Box<dyn Panel>) -> Harness<'static, Alone> {
    let opened = allegiance::file::parse(EXAMPLE.as_bytes()).expect("it opens");
    let stage = Stage::new(Document::opened(opened, Origin::Example));
    let show = |ui: &mut Ui, alone: &mut Alone| {
        if ui.ctx().cumulative_pass_nr() == 0 {
            // Fonts are available from the next frame.
            allegiance::ui::install(ui.ctx());
            return;
        }
        alone.stage.update();
        alone.panel.ui(ui, &alone.stage.workspace(), &mut alone.out);
    };
    let mut harness = Harness::builder()
        .with_size(Vec2::new(700.0, 800.0))
        .build_ui_state(show, Alone { stage, panel, out: Requests::default() });
    harness.run_steps(4);
    harness
}

#[test]
fn every_panel_can_be_shown_outside_the_program() {
    for panel in allegiance::ui::panels::all() {
        let id = panel.id();
        let harness = alone(panel);
        let has_words = harness.root().children_recursive().any(|node| {
            let node = node.accesskit_node();
            node.label().is_some_and(|label| !label.is_empty())
        });
        assert!(has_words, "{id:?} is empty");
    }
}

#[test]
fn a_click_on_a_row_of_the_list_requests_focus_on_its_actor() {
    let mut harness = alone(Box::<List>::default());
    harness.get_by_label_contains("Moderates").click();
    harness.run_steps(2);
    let asked = std::mem::take(&mut harness.state_mut().out).into_inner();
    let focus = Request::Focus(Element::Actor("moderates".into()));
    assert!(asked.contains(&focus), "{asked:?}");
    assert!(harness.state().stage.selection.is_empty(), "a panel changes nothing itself");
}

/// The area of the map.
fn map_area(window: &Window) -> egui::Rect {
    window.app().page_on_screen(&window.harness.ctx).1
}

#[test]
fn panels_at_the_sides_leave_the_map_nearly_half_of_the_window() {
    for (width, height) in [(1280.0, 720.0), (1024.0, 700.0), (1920.0, 1080.0)] {
        let mut window = Window::open(None);
        window.harness.set_size(Vec2::new(width, height));
        window.settle();
        window.key(Modifiers::COMMAND, Key::L);
        window.key(Modifiers::COMMAND | Modifiers::SHIFT, Key::F);
        assert!(window.sees("Minimum") && window.sees("16 actors"));
        let map = map_area(&window);
        assert!(map.width() > 0.44 * width, "{} of {width} points", map.width());
        // A panel that is dragged wider takes no more.
        let edge = Pos2::new(map.max.x + 1.0, map.center().y);
        window.drag(edge, Vec2::new(-300.0, 0.0), Modifiers::NONE);
        let map = map_area(&window);
        assert!(map.width() > 0.44 * width, "{} of {width} points", map.width());
    }
}

#[test]
fn the_columns_of_the_evidence_table_up_to_the_state_fit_into_a_small_window() {
    let mut window = Window::open(None);
    window.harness.set_size(Vec2::new(1280.0, 720.0));
    window.settle();
    window.key(Modifiers::NONE, Key::F9);
    let inspector = window.harness.get_by_label("Edit").rect();
    for column in ["Actor or tie", "Excerpt", "Stance", "Status", "Speaker", "Source", "State"] {
        let rect = window.harness.get_by_label(&format!("Filter by {column}")).rect();
        assert!(rect.max.x < inspector.min.x && rect.min.x >= 0.0, "{column}: {rect:?}");
        assert!(rect.width() > 40.0, "{column}: {rect:?}");
    }
}

#[test]
fn a_text_panel_without_a_text_is_small() {
    let folder = crate::support::Folder::new();
    let path = folder.path("map.json");
    let map = r#"{"format":"relationship-map","version":1,
        "sources":[{"id":"s","title":"River war"}],"actors":[{"id":"a","name":"Arland"}],
        "relations":[]}"#;
    std::fs::write(&path, map).expect("written");
    let mut window = Window::open(Some(path));
    window.key(Modifiers::NONE, Key::R);
    let top = window.harness.get_by_label_contains("No text attached").rect().min.y;
    let bottom = window.harness.get_by_label("Attach its text…").rect().max.y;
    assert!(top > 700.0 && bottom < 880.0, "{top} to {bottom} of 900 points");
}

#[test]
fn search_lists_places_in_source_texts_and_marks_the_words_in_the_reader() {
    let folder = crate::support::Folder::new();
    let path = folder.path("map.json");
    let map = r#"{"format":"relationship-map","version":1,
        "sources":[{"id":"s","title":"River war","text":"It rained.\nThe harbour  fell."}],
        "actors":[{"id":"a","name":"Arland"}],"relations":[]}"#;
    std::fs::write(&path, map).expect("written");
    let mut window = Window::open(Some(path));
    let marked = |window: &Window| {
        let nodes = window.harness.query_all_by_label_contains("Text of");
        let is_text = |node: &egui_kittest::Node<'_>| {
            let role = node.accesskit_node().role();
            matches!(role, Role::TextInput | Role::MultilineTextInput)
        };
        let text = nodes.into_iter().find(is_text).expect("the text");
        text.accesskit_node().value().unwrap_or_default()
    };
    for is_clicked in [true, false] {
        window.key(Modifiers::COMMAND, Key::F);
        window.type_text("Harbour fell");
        assert!(window.sees("0 actors") && window.sees("1 place in source texts"));
        if is_clicked {
            window.click_containing("River war, P2: …The harbour  fell.…");
        } else {
            window.key(Modifiers::NONE, Key::Enter);
        }
        assert_eq!(marked(&window), "harbour  fell");
        window.key(Modifiers::NONE, Key::Escape);
        window.key(Modifiers::NONE, Key::R);
    }
}

#[test]
fn escape_leaves_the_field_then_the_selection_and_its_form() {
    let mut window = Window::open(None);
    window.click_containing("Jaish-e-Fursan-e-Muhammad (JFM), armed group");
    window.key(Modifiers::NONE, Key::F2);
    assert!(window.sees("Done"));
    window.key(Modifiers::NONE, Key::Escape);
    assert!(window.app().selection().only().is_some(), "only the field is left");
    window.key(Modifiers::NONE, Key::Escape);
    assert_eq!(window.app().selection().only(), None);
    window.click_containing("Jaish-e-Fursan-e-Muhammad (JFM), armed group");
    assert!(window.sees("“a wing of the outlawed TTP”"), "the evidence, not the fields");
}
