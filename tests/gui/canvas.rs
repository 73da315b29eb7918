//! Pointing at the map, selecting, and moving actors.

use allegiance::edit::Selection;
use allegiance::model::{Element, Stance};
use egui::{Event, Key, Modifiers, MouseWheelUnit, PointerButton, TouchPhase, vec2};
use egui_kittest::kittest::Queryable as _;

use crate::support::Window;

const TTP: &str = "Tehreek-e-Taliban Pakistan (TTP), armed group";
const MODERATES: &str = "Moderates (pro-Pakistan camp), faction";

fn selected(window: &Window) -> Vec<String> {
    window.app().selection().actors().map(ToString::to_string).collect()
}

/// The number of an actor's shown ties by stance, as text: `5 hostile, 2 neutral`.
fn stances(window: &Window, id: &str, between: &str) -> String {
    let map = window.app().document().map();
    let of = |stance: Stance| {
        let ties =
            map.relations.iter().filter(|tie| tie.from.as_str() == id || tie.to.as_str() == id);
        ties.filter(|tie| tie.stance == stance && !tie.status.is_outlook()).count()
    };
    let parts = Stance::ALL
        .iter()
        .map(|stance| (of(*stance), stance.words()))
        .filter(|(count, _)| *count > 0);
    parts.map(|(count, words)| format!("{count} {words}")).collect::<Vec<_>>().join(between)
}

#[test]
fn every_actor_and_line_has_a_descriptive_accessible_name() {
    let window = Window::open(None);
    let map = window.app().document().map();
    for (at, actor) in map.actors.iter_enumerated() {
        assert_eq!(
            window.sees(&format!("{}, {}", actor.full_name(), actor.kind.words())),
            window.app().workspace().shown.is_drawn(at),
            "{}",
            actor.id
        );
    }
    let shown = window.app().workspace().shown.lines().len();
    let ties = window.harness.query_all_by(|node| {
        node.label().is_some_and(|label| {
            (label.contains(" → ") || label.contains(" ↔ ")) && label.contains(", ")
        })
    });
    assert_eq!(ties.count(), shown);
    let counts = stances(&window, "afghanistan", ", ");
    assert!(window.sees(&format!("Afghanistan, state, {counts}")), "counts by stance");
}

#[test]
fn clicking_an_actor_selects_it_and_clicking_empty_space_clears_the_selection() {
    let mut window = Window::open(None);
    window.click_containing(TTP);
    assert_eq!(selected(&window), ["ttp"]);
    let counts = stances(&window, "ttp", " · ");
    assert!(window.sees(&format!("({counts}) · ")), "{counts}");
    let nothing = window.middle(TTP) + vec2(180.0, 150.0);
    window.tap(nothing, Modifiers::NONE);
    assert!(window.app().selection().is_empty());
}

#[test]
fn a_click_does_not_move_the_actor() {
    let mut window = Window::open(None);
    let at = window.middle(MODERATES) + vec2(9.0, 7.0);
    window.tap(at, Modifiers::NONE);
    assert_eq!(selected(&window), ["moderates"]);
    assert!(!window.app().document().is_unsaved());
}

#[test]
fn shift_click_adds_and_ctrl_click_removes() {
    let mut window = Window::open(None);
    window.click_containing(TTP);
    let moderates = window.middle(MODERATES);
    window.tap(moderates, Modifiers::SHIFT);
    assert_eq!(selected(&window), ["moderates", "ttp"]);
    window.tap(moderates, Modifiers::COMMAND);
    assert_eq!(selected(&window), ["ttp"]);
}

#[test]
fn dragging_an_actor_moves_it_as_far_as_the_pointer_and_can_be_undone() {
    let mut window = Window::open(None);
    let before = window.place("moderates");
    let on_screen = window.middle(MODERATES);
    window.drag(on_screen + vec2(6.0, 4.0), vec2(60.0, 40.0), Modifiers::NONE);
    let moved = window.middle(MODERATES) - on_screen;
    assert!((moved - vec2(60.0, 40.0)).length() < 1.5, "moved by {moved:?}");
    assert_ne!(window.place("moderates"), before);
    assert!(window.app().document().is_unsaved());
    window.key(Modifiers::COMMAND, Key::Z);
    assert_eq!(window.place("moderates"), before);
    assert!(!window.app().document().is_unsaved());
    window.key(Modifiers::COMMAND.plus(Modifiers::SHIFT), Key::Z);
    assert_ne!(window.place("moderates"), before);
}

#[test]
fn a_drag_that_leaves_the_actor_within_one_frame_moves_the_pressed_actor() {
    let mut window = Window::open(None);
    let before = window.place("ttp");
    let at = window.middle(TTP);
    window.harness.hover_at(at);
    window.settle();
    let modifiers = Modifiers::NONE;
    let button = |pos, pressed| Event::PointerButton {
        pos,
        button: PointerButton::Primary,
        pressed,
        modifiers,
    };
    let both = [button(at, true), Event::PointerMoved(at + vec2(60.0, 90.0))];
    window.harness.input_mut().events.extend(both);
    window.harness.step();
    window.harness.event(Event::PointerMoved(at + vec2(80.0, 100.0)));
    window.harness.step();
    window.harness.event(button(at + vec2(80.0, 100.0), false));
    window.settle();
    let after = window.place("ttp");
    assert!(after.0 > before.0 && after.1 > before.1, "{before:?} and {after:?}");
}

#[test]
fn a_press_and_release_within_one_frame_selects() {
    let mut window = Window::open(None);
    let at = window.middle(TTP);
    window.harness.hover_at(at + vec2(160.0, 130.0));
    window.settle();
    let modifiers = Modifiers::NONE;
    let button = |pressed| Event::PointerButton {
        pos: at,
        button: PointerButton::Primary,
        pressed,
        modifiers,
    };
    window.harness.input_mut().events.extend([
        Event::PointerMoved(at),
        button(true),
        button(false),
    ]);
    window.harness.step();
    window.settle();
    assert_eq!(selected(&window), ["ttp"]);
}

#[test]
fn all_selected_actors_move_together_in_one_step() {
    let mut window = Window::open(None);
    window.key(Modifiers::COMMAND, Key::A);
    let (ttp, pakistan) = (window.place("ttp"), window.place("pakistan"));
    let at = window.middle(MODERATES);
    window.drag(at, vec2(30.0, 0.0), Modifiers::NONE);
    let by = (window.place("ttp").0 - ttp.0, window.place("pakistan").0 - pakistan.0);
    assert!(by.0 > 5.0 && (by.0 - by.1).abs() < 0.02, "{by:?}");
    assert_eq!(
        window.app().document().undo_name(),
        Some(format!("move {} actors", window.app().workspace().shown.actors().count()).as_str())
    );
    window.key(Modifiers::COMMAND, Key::Z);
    assert_eq!(window.place("ttp"), ttp);
}

#[test]
fn dragging_empty_space_moves_the_view_and_not_the_map() {
    let mut window = Window::open(None);
    let before = window.middle(TTP);
    let nothing = before + vec2(180.0, 150.0);
    window.drag(nothing, vec2(-80.0, -50.0), Modifiers::NONE);
    let moved = window.middle(TTP) - before;
    assert!((moved - vec2(-80.0, -50.0)).length() < 12.0, "{moved:?}");
    assert!(!window.app().document().is_unsaved());
    window.key(Modifiers::NONE, Key::F);
    assert!((window.middle(TTP) - before).length() < 1.0, "F fits again");
}

#[test]
fn shift_dragging_selects_the_actors_in_the_rectangle() {
    let mut window = Window::open(None);
    let corner =
        window.middle("Militant groups allied with the TTP, collective") + vec2(70.0, 75.0);
    let to = window.middle(TTP) + vec2(-50.0, -50.0);
    window.drag(corner, to - corner, Modifiers::SHIFT);
    assert_eq!(selected(&window), ["ttp", "ttp_allies"]);
}

#[test]
fn the_wheel_zooms_at_the_pointer() {
    let mut window = Window::open(None);
    let (ttp, pakistan) = (window.middle(TTP), window.middle("Pakistan, state"));
    window.harness.event(Event::PointerMoved(ttp));
    window.harness.run_steps(2);
    window.harness.event(Event::MouseWheel {
        unit: MouseWheelUnit::Point,
        delta: vec2(0.0, 120.0),
        phase: TouchPhase::Move,
        modifiers: Modifiers::NONE,
    });
    window.harness.run_steps(40);
    assert!((window.middle(TTP) - ttp).length() < 2.0, "the point under the pointer stays");
    let grown = (window.middle("Pakistan, state") - window.middle(TTP)).length()
        / (pakistan - ttp).length();
    assert!(grown > 1.15, "grown by {grown}");
}

#[test]
fn a_pinch_zooms_by_as_much_as_the_fingers_spread() {
    let mut window = Window::open(None);
    let (ttp, pakistan) = (window.middle(TTP), window.middle("Pakistan, state"));
    window.harness.event(Event::PointerMoved(ttp));
    window.harness.run_steps(2);
    window.harness.event(Event::Zoom(1.3));
    window.harness.run_steps(10);
    assert!((window.middle(TTP) - ttp).length() < 2.0, "the point under the fingers stays");
    let grown = (window.middle("Pakistan, state") - window.middle(TTP)).length()
        / (pakistan - ttp).length();
    assert!((grown - 1.3).abs() < 0.02, "grown by {grown}");
}

#[test]
fn tab_steps_through_actors_in_reading_order_and_arrows_move_the_selected_one() {
    let mut window = Window::open(None);
    window.key(Modifiers::NONE, Key::Tab);
    let first = selected(&window);
    window.key(Modifiers::NONE, Key::Tab);
    let second = selected(&window);
    assert!(first.len() == 1 && second.len() == 1 && first != second);
    window.key(Modifiers::SHIFT, Key::Tab);
    assert_eq!(selected(&window), first);
    let before = window.place(&first[0]);
    window.key(Modifiers::NONE, Key::ArrowRight);
    window.key(Modifiers::SHIFT, Key::ArrowDown);
    assert_eq!(window.place(&first[0]), (before.0 + 1.0, before.1 + 10.0));
}

#[test]
fn alt_arrow_selects_the_nearest_actor_in_that_direction() {
    let mut window = Window::open(None);
    window.click_containing("Moderates (pro-Pakistan camp), faction");
    window.key(Modifiers::ALT, Key::ArrowRight);
    assert_eq!(selected(&window), ["hardliners"]);
    window.key(Modifiers::ALT.plus(Modifiers::SHIFT), Key::ArrowLeft);
    assert_eq!(selected(&window), ["hardliners", "moderates"]);
}

#[test]
fn brackets_step_through_the_ties_and_escape_clears_the_selection() {
    let mut window = Window::open(None);
    window.click_containing(TTP);
    window.key(Modifiers::NONE, Key::CloseBracket);
    let first: Vec<Element> = window.app().selection().items().cloned().collect();
    assert!(matches!(first[..], [Element::Relation(_), ..]));
    window.key(Modifiers::NONE, Key::CloseBracket);
    assert!(window.app().selection().items().all(|item| !first.contains(item)));
    window.key(Modifiers::NONE, Key::OpenBracket);
    assert!(window.app().selection().items().eq(&first));
    window.key(Modifiers::NONE, Key::Escape);
    assert_eq!(window.app().selection(), &Selection::default());
}

#[test]
fn an_idle_window_requests_no_frames() {
    let mut window = Window::open(None);
    window.click_containing(TTP);
    window.harness.run_steps(60);
    {
        let output = window.harness.output();
        let delay = output
            .viewport_output
            .values()
            .map(|viewport| viewport.repaint_delay)
            .min()
            .expect("a viewport");
        assert!(
            delay > std::time::Duration::from_hours(1),
            "another frame is requested in {delay:?}"
        );
    }
}

#[test]
fn ties_can_be_clicked() {
    let mut window = Window::open(None);
    window.click_containing("Militant groups allied with the TTP → TTP, support");
    let map = window.app().document().map();
    let Some(Element::Relation(id)) = window.app().selection().only() else {
        panic!("no tie is selected")
    };
    let relation = map.relations.iter().find(|relation| relation.id == *id).expect("a tie");
    assert_eq!((relation.from.as_str(), relation.to.as_str()), ("ttp_allies", "ttp"));
    assert!(
        window.harness.query_all_by_label_contains("Excerpt: “support the TTP”").next().is_some()
    );
}

/// Three actors with free space around them. No two have the same x or y coordinate.
const TWO: &str = r#"{"format":"relationship-map","version":1,
    "actors":[{"id":"a","name":"Alpha"},{"id":"b","name":"Beta"},{"id":"c","name":"Gamma"}],
    "relations":[],
    "layout":{"a":{"x":0,"y":0},"b":{"x":107,"y":53},"c":{"x":400,"y":301}}}"#;

#[test]
fn dragging_aligns_with_other_actors_unless_ctrl_is_held() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("two.json");
    std::fs::write(&path, TWO).expect("written");
    let mut window = Window::open(Some(path));
    let zoom = window.app().zoom();
    let at = window.middle("Beta, kind");
    // Three pixels right of the vertical line through Alpha, and far from its other guides.
    window.drag(at, vec2(-107.0 * zoom + 3.0, 90.0), Modifiers::NONE);
    assert!(window.place("b").0.abs() < 0.02, "{:?}", window.place("b"));
    let at = window.middle("Beta, kind");
    window.drag(at, vec2(4.0 + 107.0 * zoom, 0.0), Modifiers::NONE);
    let at = window.middle("Beta, kind");
    window.drag(at, vec2(-107.0 * zoom, 0.0), Modifiers::COMMAND);
    assert!((window.place("b").0 - f64::from(4.0 / zoom)).abs() < 0.5, "{:?}", window.place("b"));
}

#[test]
fn with_the_grid_on_a_dragged_actor_snaps_to_it() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("two.json");
    std::fs::write(&path, TWO).expect("written");
    let mut window = Window::open(Some(path));
    window.key(Modifiers::NONE, Key::L);
    window.key(Modifiers::NONE, Key::G);
    assert!(window.sees("snap to the grid"));
    let at = window.middle("Gamma, kind");
    window.drag(at, vec2(-33.0, -41.0), Modifiers::NONE);
    let (x, y) = window.place("c");
    assert!(x.rem_euclid(20.0).abs() < 0.01 && y.rem_euclid(20.0).abs() < 0.01, "{x}, {y}");
}

#[test]
fn a_pinned_actor_is_named_so_and_stays_when_the_others_go_on_a_circle() {
    let mut window = Window::open(None);
    window.click_containing(TTP);
    window.key(Modifiers::NONE, Key::P);
    assert!(window.sees("armed group, "));
    assert!(window.harness.query_all_by_label_contains(", pinned").next().is_some());
    let before = window.place("ttp");
    window.key(Modifiers::NONE, Key::Escape);
    window.key(Modifiers::COMMAND.plus(Modifiers::SHIFT), Key::K);
    assert_eq!(window.place("ttp"), before);
    assert!(window.sees("1 pinned actor stayed"));
}

/// The top of the highest actor on the screen.
fn highest(window: &Window) -> f32 {
    let actors = &window.app().document().map().actors;
    let names = actors.iter().map(|actor| format!("{}, {}", actor.full_name(), actor.kind.words()));
    let top = |name: String| {
        let found = window.harness.query_by_label_contains(&name);
        found.map_or(900.0, |node| node.rect().top())
    };
    names.map(top).fold(900.0, f32::min)
}

#[test]
fn a_title_that_grows_moves_the_map_down_if_it_was_fitted_and_not_otherwise() {
    let long =
        "A headline that is much longer than the map is wide and needs many lines ".repeat(4);
    let mut window = Window::open(None);
    let before = highest(&window);
    window.key(Modifiers::NONE, Key::F2);
    crate::support::fill(&mut window, "Headline (shown above the map)", &long);
    let after = highest(&window);
    assert!(after > before + 5.0, "the highest actor was at {before} and is at {after}");
    // What is not shown is told in the last line of the title.
    let title = window.harness.get_by_label_contains("Show everything: ").rect();
    assert!(after > title.bottom(), "the highest actor at {after} is under the title");
    window.key(Modifiers::COMMAND, Key::Z);
    let mut window = Window::open(None);
    window.key(Modifiers::NONE, Key::Plus);
    let before = highest(&window);
    window.key(Modifiers::NONE, Key::F2);
    crate::support::fill(&mut window, "Headline (shown above the map)", &long);
    assert!((highest(&window) - before).abs() < 0.5, "the view was chosen by hand");
}
