//! Maps with thousands of actors: the screen looks like the export, and hit tests find the right
//! element.

#![expect(
    clippy::cast_possible_truncation,
    clippy::cast_precision_loss,
    clippy::cast_sign_loss,
    reason = "pixels"
)]

use std::collections::HashMap;

use allegiance::edit::{Command, Document, Origin, Selection};
use allegiance::export::{Page, Picture};
use allegiance::geometry::{Point, point};
use allegiance::model::{Element, PerActor, RelationIndex};
use allegiance::progress::Progress;
use allegiance::scene::theme::Theme;
use allegiance::ui::Canvas;
use allegiance::ui::requests::{Request, Requests};
use allegiance::ui::testing::Stage;
use egui::accesskit::Role;
use egui::epaint::{ColorImage, ImageData, ImageDelta, Primitive};
use egui::{self, Context, Event, Modifiers, PointerButton, Pos2, RawInput, Rect, TextureId, vec2};

use crate::pictures::fill;
use crate::support::{Folder, Window};
use egui_kittest::kittest::Queryable as _;

const SIZE: (f32, f32) = (1300.0, 800.0);

/// JSON of a map with `count` actors on a grid, each tied to two others, with all stances and three
/// statuses.
pub fn made(count: usize) -> String {
    let across = (count as f32).sqrt().ceil() as usize;
    let kinds =
        ["state", "armed_group", "person", "organisation", "population", "faction", "unknown"];
    let actor = |at: usize| {
        let (kind, name) = (kinds[at % 7], format!("Council of the valley {at}"));
        format!(r#"{{"id":"a{at}","name":"{name}","kind":"{kind}"}}"#)
    };
    let stances = ["hostile", "cooperative", "mixed", "neutral"];
    let statuses = ["reported", "claimed", "inferred"];
    let tie = |at: usize| {
        let (from, to) =
            (at / 2, (at / 2 + if at.is_multiple_of(2) { 1 } else { across + 3 }) % count);
        let (stance, status, strength) = (stances[at % 4], statuses[at % 3], 1 + at % 5);
        format!(
            r#"{{"id":"r{at}","from":"a{from}","to":"a{to}","stance":"{stance}",
            "status":"{status}","strength":{strength}}}"#
        )
    };
    let place = |at: usize| {
        let (x, y) = ((at % across) * 150 + (at * 37) % 60, (at / across) * 110 + (at * 53) % 50);
        format!(r#""a{at}":{{"x":{x},"y":{y}}}"#)
    };
    let list = |count: usize, of: &dyn Fn(usize) -> String| {
        (0..count).map(of).collect::<Vec<_>>().join(",\n")
    };
    format!(
        r#"{{"format":"relationship-map","version":1,"meta":{{"title":"Many"}},
        "actors":[{}],"relations":[{}],"layout":{{{}}}}}"#,
        list(count, &actor),
        list(2 * count, &tie),
        list(count, &place)
    )
}

/// A canvas outside the program, with the textures that a graphics card would hold.
struct Stand {
    ctx: Context,
    canvas: Canvas,
    stage: Stage,
    textures: HashMap<TextureId, ColorImage>,
    output: Option<egui::FullOutput>,
    time: f64,
}

impl Stand {
    fn new(count: usize) -> Self {
        let opened = allegiance::file::parse(made(count).as_bytes()).expect("a map");
        let ctx = Context::default();
        ctx.set_theme(egui::Theme::Light);
        allegiance::ui::install(&ctx);
        let mut stand = Self {
            ctx,
            canvas: Canvas::default(),
            stage: Stage::new(Document::opened(opened, Origin::New)),
            textures: HashMap::new(),
            output: None,
            time: 0.0,
        };
        stand.rest();
        stand
    }

    fn frame(&mut self, events: Vec<Event>) -> Vec<Request> {
        self.time += 0.05;
        let screen = Rect::from_min_size(Pos2::ZERO, vec2(SIZE.0, SIZE.1));
        let input = RawInput {
            screen_rect: Some(screen),
            time: Some(self.time),
            events,
            ..RawInput::default()
        };
        let mut out = Requests::default();
        self.stage.update();
        let Self { ctx, canvas, stage, .. } = self;
        let mut output = ctx.run_ui(input, |ui| canvas.ui(ui, &stage.workspace(), &mut out));
        let ids: Vec<TextureId> = output.textures_delta.set.keys().copied().collect();
        for id in ids {
            for delta in output.textures_delta.set.remove(&id).into_iter().flatten() {
                self.take_texture(id, &delta);
            }
        }
        // What is freed was painted for the last time in this frame.
        output.textures_delta.free.clear();
        self.output = Some(output);
        self.stage.draw_still(&mut self.canvas, &self.ctx);
        out.into_inner()
    }

    fn take_texture(&mut self, id: TextureId, delta: &ImageDelta) {
        let ImageData::Color(image) = &delta.image;
        let Some([left, top]) = delta.pos else {
            self.textures.insert(id, (**image).clone());
            return;
        };
        let whole = self.textures.get_mut(&id).expect("it was there");
        for (row, line) in image.pixels.chunks(image.size[0]).enumerate() {
            let start = (top + row) * whole.size[0] + left;
            whole.pixels[start..start + line.len()].copy_from_slice(line);
        }
    }

    fn rest(&mut self) {
        for _ in 0..8 {
            self.frame(Vec::new());
        }
    }

    /// The pixels of the last frame: red, green and blue, 0 to 255.
    fn drawn(&self) -> Vec<[f32; 3]> {
        let (width, height) = (SIZE.0 as usize, SIZE.1 as usize);
        let mut pixels = vec![[0.0; 3]; width * height];
        let output = self.output.as_ref().expect("a frame");
        for clipped in self.ctx.tessellate(output.shapes.clone(), 1.0) {
            let Primitive::Mesh(mesh) = &clipped.primitive else { continue };
            let texture = &self.textures[&mesh.texture_id];
            for corner in mesh.indices.chunks(3) {
                let corners = [0, 1, 2].map(|at| mesh.vertices[corner[at] as usize]);
                fill(&corners, clipped.clip_rect, texture, width, height, &mut pixels);
            }
        }
        pixels
    }

    /// The difference between the screen and the exported picture: the mean (levels, 0 to 255), and
    /// the share of pixels that differ by more than 100 levels.
    fn apart(&self) -> (f32, f32) {
        let mut page = Page::new(SIZE.0 as u32, SIZE.1 as u32);
        page.theme = Theme::light();
        (page.camera, page.frame) = (self.canvas.camera(), self.canvas.frame().cloned());
        page.view = self.stage.view.clone();
        let (map, positions) = (self.stage.document.map(), self.stage.document.positions());
        let picture = Picture::new(map, positions, &page).expect("laid out");
        let exported = picture.to_pixels(&Progress::default()).expect("drawn").rgba;
        let (mut sum, mut far) = (0.0, 0_usize);
        let drawn = self.drawn();
        for (screen, picture) in drawn.iter().zip(exported.chunks(4)) {
            let levels = screen.iter().zip(picture).map(|(a, b)| (a - f32::from(*b)).abs());
            let away = levels.sum::<f32>() / 3.0;
            sum += away;
            far += usize::from(away > 100.0);
        }
        (sum / drawn.len() as f32, far as f32 / drawn.len() as f32)
    }

    fn press(&mut self, at: Pos2, pressed: bool) -> Vec<Request> {
        let modifiers = Modifiers::NONE;
        self.frame(vec![Event::PointerButton {
            pos: at,
            button: PointerButton::Primary,
            pressed,
            modifiers,
        }])
    }
}

#[test]
fn a_large_map_looks_like_its_export() {
    let mut stand = Stand::new(1200);
    assert!(stand.canvas.in_view() > 3000, "all of it is in view");
    let (mean, far) = stand.apart();
    assert!(mean < 6.0 && far < 0.02, "{mean} levels, {far} of the pixels");
    // Zoomed in, with signs and arrowheads, but still drawn as a large map.
    stand.canvas.zoom_steps(4);
    stand.rest();
    let (mean, far) = stand.apart();
    assert!(
        stand.canvas.in_view() > 700 && mean < 8.0 && far < 0.03,
        "{mean} levels, {far} of the pixels"
    );
    // Close up, the visible part is drawn like a small map.
    stand.canvas.zoom_steps(6);
    stand.rest();
    let (mean, far) = stand.apart();
    assert!(
        stand.canvas.in_view() < 700 && mean < 4.0 && far < 0.02,
        "{mean} levels, {far} of the pixels"
    );
}

#[test]
fn after_an_arrangement_actors_are_drawn_at_their_new_positions() {
    let mut stand = Stand::new(1200);
    let home = stand.stage.document.positions().to_owned();
    let go = |places: PerActor<Point>, stand: &mut Stand| {
        let before = stand.stage.document.positions().to_owned();
        let actors = stand.stage.document.map().actors.iter().map(|actor| actor.id.clone());
        stand.stage.document.apply(Command::Arrange(actors.zip(places).collect()));
        stand.canvas.glide(&stand.ctx.clone(), before);
        stand.canvas.fit();
    };
    // Start far apart, so that most actors are outside the final view at first.
    go(home.iter().map(|at| *at * 12.0).collect(), &mut stand);
    stand.rest();
    go(home, &mut stand);
    for step in 0..24_u8 {
        stand.frame(vec![Event::PointerMoved(Pos2::new(400.0 + f32::from(step), 300.0))]);
    }
    assert!(stand.canvas.in_view() > 3000, "all of it is in view");
    stand.frame(vec![Event::PointerGone]);
    let (mean, far) = stand.apart();
    assert!(mean < 6.0 && far < 0.02, "{mean} levels, {far} of the pixels");
    let at = stand.canvas.screen_from_map(stand.stage.document.positions().raw[600]);
    stand.frame(vec![Event::PointerMoved(at)]);
    stand.press(at, true);
    let wishes = stand.press(at, false);
    let id = stand.stage.document.map().actors.raw[600].id.clone();
    let is_selected = |wish: &Request| {
        matches!(
            wish,
            Request::Select(selection)
                if selection.only() == Some(&Element::Actor(id.clone()))
        )
    };
    assert!(wishes.iter().any(is_selected), "the pointer finds the moved actor");
}

#[test]
fn in_a_large_map_the_pointer_drags_the_actor_under_it() {
    let mut stand = Stand::new(2500);
    for (actor, steps) in [(1234_usize, 0), (700, 6), (2000, 4)] {
        stand.canvas.zoom_steps(steps);
        let place = stand.stage.document.positions().raw[actor];
        stand.canvas.focus(place);
        stand.rest();
        let at = stand.canvas.screen_from_map(place);
        stand.frame(vec![Event::PointerMoved(at)]);
        stand.press(at, true);
        for step in 1..=5_u8 {
            stand.frame(vec![Event::PointerMoved(at + vec2(9.0, 5.0) * f32::from(step))]);
        }
        let wishes = stand.press(at + vec2(45.0, 25.0), false);
        let id = stand.stage.document.map().actors.raw[actor].id.clone();
        let zoom = stand.canvas.camera().expect("a camera").zoom;
        let to = place + point(45.0, 25.0) * (1.0 / zoom);
        let moved = wishes.iter().find_map(|wish| match wish {
            Request::Edit(Command::Move(moves)) => Some(moves.clone()),
            _ => None,
        });
        let moved = moved.expect("it moved");
        assert_eq!(moved.len(), 1);
        assert_eq!(moved[0].0, id);
        assert!((moved[0].1 - to).length() < 1.0 / zoom, "{:?} instead of {to:?}", moved[0].1);
        stand.stage.document.apply(Command::Move(moved));
        stand.canvas.fit();
        stand.rest();
        // The actor is at its new position, and not at the old one.
        assert!((stand.stage.document.positions().raw[actor] - to).length() < 1.0 / zoom);
    }
}

#[test]
fn in_a_large_map_a_click_on_a_line_selects_its_tie() {
    let mut stand = Stand::new(2500);
    stand.canvas.zoom_steps(5);
    stand.rest();
    let middle = stand.canvas.middle();
    // A visible line, at a point that no shape covers.
    let positions = stand.stage.document.positions().to_owned();
    let ends = |tie: RelationIndex| {
        stand.stage.document.index().ends(tie).map(|(from, to)| (positions[from], positions[to]))
    };
    let near = |tie: &RelationIndex| {
        ends(*tie).is_some_and(|(from, to)| {
            (from.towards(to, 0.4) - middle).length() < 400.0 && (to - from).length() > 120.0
        })
    };
    let is_free = |tie: &RelationIndex| {
        let (from, to) = ends(*tie).expect("two ends");
        positions.iter().all(|other| (*other - from.towards(to, 0.4)).length() > 60.0)
    };
    let ties = stand.stage.document.map().relations.keys();
    let tie = ties.filter(near).find(is_free).expect("a line that no shape covers");
    let (from, to) = ends(tie).expect("two ends");
    let place = from.towards(to, 0.4);
    let at = stand.canvas.screen_from_map(place);
    stand.frame(vec![Event::PointerMoved(at)]);
    let mut wishes = stand.press(at, true);
    wishes.extend(stand.press(at, false));
    let selected = wishes.iter().find_map(|wish| match wish {
        Request::Select(selection) => selection.only().cloned(),
        _ => None,
    });
    let Some(Element::Relation(id)) = selected else { panic!("no tie was selected: {wishes:?}") };
    let selected = stand.stage.document.index().relation(&id).expect("it is there");
    let (from, to) = stand
        .stage
        .document
        .index()
        .ends(selected)
        .map(|(from, to)| (positions[from], positions[to]))
        .expect("ends");
    let zoom = stand.canvas.camera().expect("a camera").zoom;
    assert!(
        allegiance::scene::picture::edge::to_segment(place, from, to) * zoom < 12.0,
        "another line was selected"
    );
}

#[test]
fn a_large_map_can_be_opened_searched_and_filtered() {
    let folder = Folder::new();
    let path = folder.path("many.json");
    std::fs::write(&path, made(3000)).expect("written");
    let mut window = Window::open(Some(path));
    window.until("it is open", |window| window.app().document().map().actors.len() == 3000);
    window.key(Modifiers::COMMAND, egui::Key::F);
    window.type_text("valley 2718");
    window.key(Modifiers::NONE, egui::Key::Enter);
    let selected = window.app().selection().only().cloned();
    assert_eq!(selected, Some(Element::Actor("a2718".into())));
    assert!(window.sees("Council of the valley 2718"));
    window.key(Modifiers::COMMAND.plus(Modifiers::SHIFT), egui::Key::F);
    window.click("hostile");
    window.until("the filter message", |window| window.sees("Filtered: without hostile"));
    window.key(Modifiers::COMMAND.plus(Modifiers::SHIFT), egui::Key::X);
    assert!(!window.sees("Filtered:"));
}

#[test]
fn the_shortcut_that_shows_all_ties_deletes_nothing() {
    let mut window = Window::open(None);
    let count = window.app().document().map().actors.len();
    window.click_containing("Tehreek-e-Taliban Pakistan (TTP)");
    window.key(Modifiers::COMMAND.plus(Modifiers::SHIFT), egui::Key::F);
    window.click("hostile");
    window.until("the filter message", |window| window.sees("Filtered: without hostile"));
    // In a real window, egui also sends a cut event for every Ctrl+X.
    window.harness.event(Event::ModifiersChanged(Modifiers::COMMAND | Modifiers::SHIFT));
    window.harness.event(Event::Cut);
    window.harness.event(Event::ModifiersChanged(Modifiers::NONE));
    window.settle();
    assert_eq!(window.app().document().map().actors.len(), count);
    assert!(!window.sees("Filtered:"));
}

#[test]
fn escape_cancels_an_arrangement_and_a_method_without_data_moves_no_actor() {
    let folder = Folder::new();
    let path = folder.path("many.json");
    std::fs::write(&path, made(3000)).expect("written");
    let mut window = Window::open(Some(path));
    window.until("it is open", |window| window.app().document().map().actors.len() == 3000);
    let before = window.app().document().positions().to_owned();
    for (key, words) in [
        (egui::Key::H, "no actor here is part of another"),
        (egui::Key::Y, "no tie here has a date"),
    ] {
        window.key(Modifiers::COMMAND.plus(Modifiers::SHIFT), key);
        assert!(window.sees(words), "{words}");
    }
    window.harness.key_press_modifiers(Modifiers::COMMAND | Modifiers::SHIFT, egui::Key::A);
    window.harness.step();
    window.harness.step();
    window.harness.key_press(egui::Key::Escape);
    window.until("the cancellation", |window| {
        window.sees("Arranging was cancelled; no actor was moved.")
    });
    assert_eq!(window.app().document().positions(), before);
}

#[test]
fn typing_into_the_filter_stays_in_the_field() {
    let mut window = Window::open(None);
    let count = window.app().document().map().actors.len();
    window.key(Modifiers::COMMAND.plus(Modifiers::SHIFT), egui::Key::F);
    window.harness.get_by_role_and_label(Role::TextInput, "Contains").click();
    window.settle();
    for letter in ["b", "o", "r", "d", "e", "r"] {
        window.harness.key_press(egui::Key::N);
        window.type_text(letter);
    }
    assert!(window.sees("Filtered: “border”"));
    assert_eq!(window.app().document().map().actors.len(), count, "no key reached the map");
    window.harness.get_all_by_label("Show everything").next().expect("a link").click();
    window.settle();
    assert!(!window.sees("Filtered:"));
    window.harness.get_by_role_and_label(Role::TextInput, "Contains").click();
    window.settle();
    window.type_text("x");
    assert!(window.sees("Filtered: “x”"), "what was typed before is gone");
}

#[test]
fn with_all_actors_of_a_large_map_selected_only_some_names_are_drawn() {
    let mut stand = Stand::new(2500);
    stand.stage.selection = Selection::all_actors(stand.stage.document.map());
    stand.stage.update();
    let (index, shown) = (stand.stage.document.index(), stand.stage.workspace().shown);
    stand.stage.view.emphasis = stand.stage.selection.emphasis(index, shown);
    stand.rest();
    let names = stand.output.as_ref().expect("a frame").shapes.iter();
    let names = names.filter(|clipped| matches!(clipped.shape, egui::Shape::Text(_))).count();
    assert!(names < 9 * 1500, "{names} pieces of text");
}
