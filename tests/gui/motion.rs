//! While the view moves, or actors are dragged, a picture stands for the map if frames are slow.

use allegiance::ui::set_slow;
use egui::epaint::{Primitive, TextureId};
use egui::{Event, Modifiers, MouseWheelUnit, PointerButton, Pos2, Rect, TouchPhase, Vec2, vec2};

use crate::support::Window;

/// The empty corner of the example from which the view is dragged.
const EMPTY: Pos2 = Pos2::new(60.0, 560.0);

/// The area of the picture that stands for the map, and the number of triangles of the window.
fn picture(window: &Window) -> (Option<Rect>, usize) {
    let context = &window.harness.ctx;
    let shapes = window.harness.output().shapes.clone();
    let (mut area, mut triangles) = (None, 0);
    for clipped in context.tessellate(shapes, 1.0) {
        let Primitive::Mesh(mesh) = &clipped.primitive else { continue };
        triangles += mesh.indices.len() / 3;
        if mesh.texture_id != TextureId::default() {
            // Title and legend are pictures too, but small ones.
            let bounds = mesh.calc_bounds();
            area = area.or(Some(bounds).filter(|bounds| bounds.height() > 600.0));
        }
    }
    (area, triangles)
}

fn event(window: &mut Window, event: Event) {
    window.harness.event(event);
    window.harness.step();
}

fn button(window: &mut Window, pos: Pos2, pressed: bool) {
    let (button, modifiers) = (PointerButton::Primary, Modifiers::NONE);
    event(window, Event::PointerButton { pos, button, pressed, modifiers });
}

/// Presses at a point and moves the pointer in small steps; the button stays down.
fn hold(window: &mut Window, from: Pos2, by: Vec2) {
    event(window, Event::PointerMoved(from));
    button(window, from, true);
    for step in 1_u8..=10 {
        event(window, Event::PointerMoved(from + by * (f32::from(step) / 10.0)));
    }
}

/// Moves the pointer on, one frame each, until a picture stands for the map.
fn until_there(window: &mut Window, at: Pos2) {
    for step in 0_u16..2000 {
        event(window, Event::PointerMoved(at + vec2(f32::from(step % 2), 0.0)));
        if picture(window).0.is_some() {
            event(window, Event::PointerMoved(at));
            return;
        }
        std::thread::sleep(std::time::Duration::from_millis(5));
    }
    panic!("no picture");
}

fn slow() -> Window {
    let window = Window::open(None);
    set_slow(&window.harness.ctx, true);
    window
}

#[test]
fn a_picture_moves_with_the_pointer_and_the_map_is_drawn_again_at_rest() {
    let mut window = slow();
    let (none, at_rest) = picture(&window);
    assert_eq!(none, None);
    let by = vec2(80.0, -40.0);
    hold(&mut window, EMPTY, by);
    until_there(&mut window, EMPTY + by);
    let (area, in_motion) = picture(&window);
    let area = area.expect("a picture");
    assert!(in_motion * 2 < at_rest, "{in_motion} of {at_rest} triangles");
    let ttp = window.middle("Tehreek-e-Taliban Pakistan");
    event(&mut window, Event::PointerMoved(EMPTY + by + vec2(30.0, 20.0)));
    let moved = picture(&window).0.expect("still a picture");
    assert!((moved.min - area.min - vec2(30.0, 20.0)).length() < 0.01, "{area:?} {moved:?}");
    assert!((moved.size() - area.size()).length() < 0.01);
    button(&mut window, EMPTY + by + vec2(30.0, 20.0), false);
    window.settle();
    let (none, again) = picture(&window);
    assert_eq!(none, None);
    assert!(again * 4 > at_rest * 3, "{again} of {at_rest} triangles: all but title and legend");
    let now = window.middle("Tehreek-e-Taliban Pakistan");
    assert!((now - ttp - vec2(30.0, 20.0)).length() < 1.0, "{ttp:?} {now:?}");
}

#[test]
fn a_picture_grows_as_the_view_does() {
    let mut window = slow();
    hold(&mut window, EMPTY, vec2(40.0, 0.0));
    until_there(&mut window, EMPTY + vec2(40.0, 0.0));
    button(&mut window, EMPTY + vec2(40.0, 0.0), false);
    let (before, zoom) = (picture(&window).0.expect("a picture"), window.app().zoom());
    let delta = vec2(0.0, 60.0);
    let (unit, modifiers, phase) = (MouseWheelUnit::Point, Modifiers::NONE, TouchPhase::Move);
    event(&mut window, Event::MouseWheel { unit, delta, phase, modifiers });
    window.harness.run_steps(4);
    let after = picture(&window).0.expect("a picture");
    let grown = window.app().zoom() / zoom;
    assert!(grown > 1.05, "{grown}");
    assert!((after.width() / before.width() - grown).abs() < 0.01, "{before:?} {after:?} {grown}");
}

#[test]
fn a_change_of_the_map_needs_a_new_picture() {
    let mut window = slow();
    hold(&mut window, EMPTY, vec2(40.0, 0.0));
    until_there(&mut window, EMPTY + vec2(40.0, 0.0));
    button(&mut window, EMPTY + vec2(40.0, 0.0), false);
    window.settle();
    window.key(Modifiers::NONE, egui::Key::Num1);
    hold(&mut window, EMPTY, vec2(10.0, 0.0));
    assert_eq!(picture(&window).0, None, "the old one shows other lines");
    until_there(&mut window, EMPTY + vec2(10.0, 0.0));
}

#[test]
fn a_dragged_actor_is_drawn_above_a_picture_without_it() {
    let mut window = slow();
    let at_rest = picture(&window).1;
    let (at, by) = (window.middle("Zabihullah Mujahid, "), vec2(40.0, -30.0));
    hold(&mut window, at, by);
    until_there(&mut window, at + by);
    event(&mut window, Event::PointerMoved(at + by + vec2(5.0, 0.0)));
    let (area, in_motion) = picture(&window);
    assert!(area.is_some() && in_motion * 2 < at_rest, "{in_motion} of {at_rest} triangles");
    button(&mut window, at + by, false);
    window.settle();
    assert_eq!(picture(&window).0, None);
    assert_eq!(
        window.app().document().undo_name().map(|name| name.starts_with("move")),
        Some(true)
    );
}

#[test]
fn without_slow_frames_the_map_itself_moves() {
    let mut window = Window::open(None);
    hold(&mut window, EMPTY, vec2(80.0, 0.0));
    for step in 0_u8..40 {
        event(&mut window, Event::PointerMoved(EMPTY + vec2(80.0 + f32::from(step), 0.0)));
        assert_eq!(picture(&window).0, None);
    }
}
