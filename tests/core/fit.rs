//! The whole map on a page: everything that is drawn is on it, and nothing under title, legend or
//! notes.

use allegiance::geometry::{Point, Rect, point};
use allegiance::layout;
use allegiance::model::query::Index;
use allegiance::model::view::Membership;
use allegiance::model::{Map, Note, StepCamera};
use allegiance::scene::camera::Camera;
use allegiance::scene::page::fit::{fit_step, fit_whole};
use allegiance::scene::page::furniture::{Furniture, furnish};
use allegiance::scene::page::parts::Parts;
use allegiance::scene::picture::badge::Badge;
use allegiance::scene::picture::build::{Scene, build};
use allegiance::scene::picture::drawn::Drawn;
use allegiance::scene::picture::request::Request;
use allegiance::scene::picture::shape::Body;
use allegiance::scene::primitive::{Anchor, Outline, Primitive};
use allegiance::scene::shown::Shown;
use allegiance::scene::theme::Theme;
use allegiance::scene::view::View;
use allegiance::text::{Fonts, Measure as _};

use crate::support::{EXAMPLE, looking, map, parse};

struct Fitted {
    scene: Scene,
    furniture: Furniture,
    camera: Camera,
    page: Point,
}

fn fitted(map: &Map, page: Point, scale: f32, view: &View) -> Fitted {
    let (fonts, index, theme) = (Fonts::default(), Index::of(map), Theme::light());
    let positions = layout::positions(map);
    let shown = Shown::of(map, &index, view);
    let parts = Parts::default();
    let furniture = furnish(
        map,
        (view, &shown),
        &Drawn::in_view(map, view, &shown),
        &parts,
        page,
        scale,
        &theme,
        &fonts,
    );
    let mut request = Request {
        map,
        index: &index,
        positions: &positions,
        view,
        shown: &shown,
        zoom: 1.0,
        scale,
        frame: None,
        theme: &theme,
        bows: None,
        density: 1.0,
        without: &[],
        part: None,
    };
    let camera = fit_whole(&request, &furniture, page, &fonts);
    let frame = furniture.frame(&camera, page, scale);
    request.zoom = camera.zoom;
    request.frame = Some(&frame);
    Fitted { scene: build(&request, &fonts), furniture, camera, page }
}

impl Fitted {
    fn on_page(&self, rect: Rect) -> Rect {
        Rect {
            min: self.camera.page_from_map(rect.min, self.page),
            max: self.camera.page_from_map(rect.max, self.page),
        }
    }

    /// The bounds of every primitive, in page pixels.
    fn drawn(&self) -> Vec<Rect> {
        let fonts = Fonts::default();
        let bounds = |primitive: &Primitive| match primitive {
            Primitive::Image(image) => image.area,
            Primitive::Text(text) => {
                let width = fonts.width(&text.content, text.size, text.weight);
                let left = match text.anchor {
                    Anchor::Start => text.at.x,
                    Anchor::Middle => text.at.x - width * 0.5,
                    Anchor::End => text.at.x - width,
                };
                Rect::sized(point(left, text.at.y - text.size * 0.8), width, text.size)
            }
            Primitive::Shape { outline, stroke, .. } => {
                let bounds = match outline {
                    Outline::Circle { centre, radius } => Rect::around(*centre, *radius, *radius),
                    Outline::Rounded { rect, .. } => *rect,
                    Outline::Polygon(points) => {
                        points.iter().copied().fold(Rect::NOTHING, Rect::with)
                    }
                    Outline::Curve(curve) => {
                        curve.points(64).into_iter().fold(Rect::NOTHING, Rect::with)
                    }
                    Outline::Line(a, b) => Rect::NOTHING.with(*a).with(*b),
                };
                bounds.grown(stroke.map_or(0.0, |stroke| stroke.width * 0.5))
            }
        };
        let primitives = self.scene.marks.iter().flat_map(|mark| &mark.primitives);
        primitives.map(|primitive| self.on_page(bounds(primitive))).collect()
    }

    fn assert_whole(&self, what: &str) {
        let whole = Rect { min: Point::default(), max: self.page };
        for rect in self.drawn() {
            let is_on_page = rect.min.x >= 0.0
                && rect.min.y >= 0.0
                && rect.max.x <= whole.max.x
                && rect.max.y <= whole.max.y;
            assert!(is_on_page, "{what}: {rect:?} is off the page {:?}", self.page);
        }
        let names = self.scene.names.iter().map(|name| name.rect);
        let bodies = self.scene.bodies.iter().map(Body::bounds);
        let badges = self.scene.badges.iter().flatten().map(Badge::bounds);
        for rect in names.chain(bodies).chain(badges).map(|rect| self.on_page(rect)) {
            for taken in self.furniture.taken() {
                let covered = taken.overlap(&rect);
                assert!(covered < 1.0, "{what}: {taken:?} covers {rect:?} on {:?}", self.page);
            }
        }
    }
}

const PAGES: [(f32, f32); 5] =
    [(1920.0, 1080.0), (1600.0, 1000.0), (1000.0, 1400.0), (1280.0, 720.0), (900.0, 600.0)];

#[test]
fn sixty_parallel_ties_are_on_the_page_with_their_badges() {
    for count in [2, 12, 60, 90] {
        let ties: Vec<&str> =
            (0..count).map(|tie| if tie % 2 == 0 { "a-b" } else { "b+a" }).collect();
        let map = map(&[&ties[..], &["a-c"]].concat());
        for (width, height) in PAGES {
            let picture = fitted(&map, point(width, height), 1.0, &looking(|_| {}));
            picture.assert_whole(&format!("{count} ties"));
            assert_eq!(picture.scene.routes.len(), count + 1);
        }
    }
}

#[test]
fn the_example_is_on_the_page_and_under_nothing() {
    let map = parse(EXAMPLE);
    for membership in [Membership::Tethers, Membership::Hulls] {
        for (width, height) in PAGES {
            let view = looking(|view| {
                view.membership = membership;
                view.outlook = true;
                view.kinds = true;
            });
            fitted(&map, point(width, height), 1.0, &view).assert_whole("the example");
        }
    }
}

#[test]
fn a_long_title_a_marking_and_a_caveat_move_the_map() {
    let mut map = parse(EXAMPLE);
    map.meta.message = "A message that needs more than one line of the page ".repeat(3);
    map.meta.marking = "TLP:AMBER+STRICT".to_owned();
    map.meta.caveat =
        "A caveat of several lines, which says how far this can be trusted. ".repeat(6);
    for (width, height) in PAGES {
        fitted(&map, point(width, height), 1.0, &looking(|_| {})).assert_whole("long notes");
    }
}

#[test]
fn names_without_blanks_and_very_long_names_are_shown_within_the_page() {
    let mut map = parse(EXAMPLE);
    let names = [
        "A".repeat(250),
        "这是组织".repeat(40),
        "word ".repeat(4000),
        "https://example.org/".repeat(9),
    ];
    for (actor, name) in map.actors.iter_mut().zip(&names) {
        actor.name.clone_from(name);
    }
    for (width, height) in PAGES {
        let picture = fitted(&map, point(width, height), 1.0, &looking(|_| {}));
        picture.assert_whole("long names");
        for actor in 0..names.len() {
            let is_shown = picture.scene.names.iter().any(|name| usize::from(name.actor) == actor);
            assert!(is_shown, "actor {actor} lost its name on {width} × {height}");
        }
    }
}

#[test]
fn one_actor_and_loops_are_on_the_page() {
    for ties in [&["a-a"][..], &["a-a", "a-a", "a-a", "a-b"]] {
        fitted(&map(ties), point(1280.0, 720.0), 1.0, &looking(|_| {})).assert_whole("loops");
    }
}

#[test]
fn the_map_takes_the_room_that_title_and_legend_leave() {
    let map = parse(EXAMPLE);
    for (scale, share) in [(1.0, 0.93), (1.5, 0.85), (2.0, 0.75)] {
        let picture = fitted(&map, point(1920.0, 1080.0), scale, &looking(|_| {}));
        let bounds = picture.drawn().into_iter().fold(Rect::NOTHING, Rect::union);
        let taken = (bounds.height() / 1080.0).max(bounds.width() / 1920.0);
        assert!(taken > share, "at scale {scale} the map takes {taken} of the page");
        if scale < 1.1 {
            let (left, right) = (bounds.min.x, 1920.0 - bounds.max.x);
            assert!(
                (left - right).abs() < 0.1 * 1920.0,
                "{left} at the left, {right} at the right"
            );
        }
    }
}

#[test]
fn the_words_on_ties_can_be_read_from_a_distance() {
    let map = parse(EXAMPLE);
    let view = looking(|view| view.kinds = true);
    for (scale, page) in [(1.0, point(1920.0, 1080.0)), (2.0, point(3840.0, 2160.0))] {
        let picture = fitted(&map, page, scale, &view);
        let words: Vec<&str> = picture.scene.kinds.iter().map(|label| &*label.words).collect();
        assert!(words.len() > 20, "{words:?}");
        let texts = picture.scene.marks.iter().flat_map(|mark| &mark.primitives);
        let sizes = texts.filter_map(|primitive| match primitive {
            Primitive::Text(text) if words.contains(&text.content.as_str()) => Some(text.size),
            _ => None,
        });
        for size in sizes {
            let share = size * picture.camera.zoom / page.y;
            assert!(share > 13.99 / 1080.0, "{} px of 1080", share * 1080.0);
        }
    }
}

#[test]
fn twenty_kilobytes_in_any_field_leave_room_for_the_map() {
    let mut map = map(&["a-b", "b+c"]);
    let long = "word ".repeat(4000);
    for actor in &mut map.actors {
        actor.name.clone_from(&long);
        actor.short = Some("S".repeat(20_000));
    }
    map.relations.raw[0].kind.0 = "k".repeat(20_000).into();
    let meta = &mut map.meta;
    for field in [&mut meta.title, &mut meta.message, &mut meta.caveat, &mut meta.marking] {
        field.clone_from(&long);
    }
    let view = looking(|view| view.kinds = true);
    let picture = fitted(&map, point(1600.0, 1000.0), 1.0, &view);
    picture.assert_whole("long fields");
    let texts = picture.scene.marks.iter().chain(&picture.furniture.marks);
    let texts = texts.flat_map(|mark| &mark.primitives).filter_map(|primitive| match primitive {
        Primitive::Text(text) => Some(text.content.chars().count()),
        Primitive::Shape { .. } | Primitive::Image(_) => None,
    });
    assert!(texts.sum::<usize>() < 6000);
}

#[test]
fn the_camera_is_finite_for_every_page_and_any_places() {
    let places: [&[(f64, f64)]; 5] = [
        &[(0.0, 0.0), (0.0, 0.0), (0.0, 0.0)],
        &[(1e7, -1e7), (-1e7, 1e7), (0.0, 0.0)],
        &[(0.0, 0.0), (1e7, 0.0), (5e6, 0.0)],
        &[(1e7, 1e7), (1e7, 1e7), (1e7, 1e7)],
        &[(0.0, 0.0), (1e-6, 0.0), (0.0, 1e-6)],
    ];
    for places in places {
        let mut map = map(&["a-b", "b+c", "a-a"]);
        for (actor, (x, y)) in map.actors.iter().zip(places) {
            let placement = allegiance::model::Placement { x: *x, y: *y, ..Default::default() };
            map.layout.insert(actor.id.clone(), placement);
        }
        for page in [(16.0, 16.0), (40.0, 2000.0), (2000.0, 40.0), (320.0, 240.0), (1280.0, 720.0)]
        {
            for scale in [0.1, 1.0, 4.0] {
                let picture = fitted(&map, point(page.0, page.1), scale, &looking(|_| {}));
                let Camera { centre, zoom } = picture.camera;
                assert!(
                    centre.x.is_finite() && centre.y.is_finite() && zoom.is_finite() && zoom > 0.0,
                    "{places:?} on {page:?} at {scale}: {:?}",
                    picture.camera
                );
            }
        }
    }
    let nothing = parse(r#"{"format":"relationship-map","version":1}"#);
    assert!(fitted(&nothing, point(640.0, 400.0), 1.0, &looking(|_| {})).camera.zoom > 0.0);
}

#[test]
fn a_note_beside_the_map_is_on_the_page_and_clear_of_title_and_legend() {
    let mut map = parse(EXAMPLE);
    let (id, text) = ("n1".into(), "A note far to the left of everything".to_owned());
    let (x, y) = (-500.0, 900.0);
    map.notes.push(Note { id, text, x, y, width: 180.0, ..Note::default() });
    for (width, height) in [(1280.0, 720.0), (1920.0, 1080.0)] {
        let fitted = fitted(&map, point(width, height), 1.0, &looking(|_| {}));
        let rect = fitted.on_page(fitted.scene.notes[0].rect);
        let page = Rect { min: Point::default(), max: fitted.page };
        assert!(page.contains(rect.min) && page.contains(rect.max), "{rect:?} on {width}");
        assert!(fitted.furniture.taken().all(|taken| taken.overlap(&rect) < 1.0), "{rect:?}");
    }
}

#[test]
fn no_actor_of_a_large_grid_is_under_the_legend() {
    let kinds = ["state", "armed_group", "person"];
    let (mut actors, mut relations, mut layout) = (Vec::new(), Vec::new(), Vec::new());
    for at in 0..300 {
        let (kind, next) = (kinds[at % 3], (at + 1) % 300);
        actors.push(format!(r#"{{"id": "a{at}", "name": "Council {at}", "kind": "{kind}"}}"#));
        for stance in ["hostile", "cooperative"] {
            relations.push(format!(
                r#"{{"id": "{stance}{at}", "from": "a{at}", "to": "a{next}", "stance": "{stance}",
                "evidence": [{{"source": "s", "paragraph": "P1", "excerpt": "words"}}]}}"#
            ));
        }
        layout.push(format!(r#""a{at}": {{"x": {}, "y": {}}}"#, at % 18 * 170, at / 18 * 130));
    }
    let map = parse(&format!(
        r#"{{"format": "relationship-map", "version": 1, "meta": {{"title": "A grid"}},
        "sources": [{{"id": "s", "title": "A source", "author": "Nobody"}}],
        "actors": [{}], "relations": [{}], "layout": {{{}}}}}"#,
        actors.join(", "),
        relations.join(", "),
        layout.join(", ")
    ));
    for page in [point(1280.0, 720.0), point(960.0, 720.0), point(1000.0, 1400.0)] {
        let fitted = fitted(&map, page, 1.0, &View::default());
        let legend = fitted.furniture.legend.expect("a legend");
        for body in fitted.scene.bodies.iter().map(|body| fitted.on_page(body.bounds())) {
            assert!(legend.overlap(&body) < 1.0, "{body:?} is under {legend:?} on {page:?}");
        }
    }
}

#[test]
fn a_step_shows_its_part_of_the_map_clear_of_title_legend_and_notes() {
    let map = parse(EXAMPLE);
    let positions = layout::positions(&map);
    let shown = Shown::of(&map, &Index::of(&map), &View::of(&map));
    let places = shown.places(&positions);
    let bounds = places.iter().copied().fold(Rect::NOTHING, Rect::with);
    let page = point(1280.0, 720.0);
    let furniture = fitted(&map, page, 1.0, &View::of(&map)).furniture;
    let middle = bounds.centre();
    let look = |zoom: f64| StepCamera {
        x: f64::from(middle.x),
        y: f64::from(middle.y),
        zoom,
        ratio: Some(16.0 / 9.0),
    };
    // Everything with some room around it.
    let (wide, high) = (f64::from(bounds.width()) + 200.0, f64::from(bounds.height()) + 200.0);
    let zoom = (1600.0 / wide).min(900.0 / high);
    let camera = fit_step(&look(zoom), &places, &furniture, page, 1.0);
    for at in places.iter().map(|at| camera.page_from_map(*at, page)) {
        let shape = Rect::around(at, 15.0, 15.0);
        for taken in furniture.taken() {
            assert!(taken.overlap(&shape) < 1.0, "{taken:?} covers the actor at {at:?}");
        }
    }
    // A close look at one place stays as it is, in the part of the page that the title leaves.
    let close = fit_step(&look(40.0), &places, &furniture, page, 1.0);
    let on_page = close.page_from_map(middle, page);
    assert!((on_page - furniture.free.centre()).length() < 1.0, "{on_page:?}");
}
