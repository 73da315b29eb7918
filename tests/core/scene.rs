//! What is drawn and where, and that elements do not cover each other.

use allegiance::geometry::{Point, Rect, point};
use allegiance::layout::request::Quality;
use allegiance::layout::{self, arrange};
use allegiance::model::query::Index;
use allegiance::model::{Map, Placement};
use allegiance::progress::Progress;
use allegiance::scene;
use allegiance::scene::page::parts::Parts;
use allegiance::scene::picture::build::Scene;
use allegiance::scene::picture::drawn::Drawn;
use allegiance::scene::picture::edge::Route;
use allegiance::scene::picture::request::Request;
use allegiance::scene::shown::Shown;
use allegiance::scene::theme::Theme;
use allegiance::scene::view::View;
use allegiance::text::Fonts;

use crate::support::{EXAMPLE, looking, map, method, parse};

pub struct Picture {
    pub scene: Scene,
    zoom: f32,
    /// The part of the map that the page shows, in map coordinates.
    visible: Rect,
    /// The area of the title, in map coordinates.
    title: Rect,
}

pub fn picture(map: &Map, page: Point, view: &View) -> Picture {
    let (fonts, index, theme, positions) =
        (Fonts::default(), Index::of(map), Theme::light(), layout::positions(map));
    let shown = Shown::of(map, &index, view);
    let furniture = scene::page::furniture::furnish(
        map,
        (view, &shown),
        &Drawn::in_view(map, view, &shown),
        &Parts::default(),
        page,
        1.0,
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
        scale: 1.0,
        frame: None,
        theme: &theme,
        bows: None,
        density: 1.0,
        without: &[],
        part: None,
    };
    let camera = scene::page::fit::fit_whole(&request, &furniture, page, &fonts);
    let frame = furniture.frame(&camera, page, 1.0);
    request.zoom = camera.zoom;
    request.frame = Some(&frame);
    Picture {
        scene: scene::picture::build::build(&request, &fonts),
        zoom: camera.zoom,
        visible: frame.visible,
        title: frame.taken[0],
    }
}

fn badges(scene: &Scene) -> Vec<Rect> {
    scene.badges.iter().flatten().map(allegiance::scene::picture::badge::Badge::bounds).collect()
}

#[test]
fn nothing_overlaps_on_the_example() {
    let map = parse(EXAMPLE);
    for page in [point(1280.0, 720.0), point(1600.0, 1000.0), point(1920.0, 1080.0)] {
        let picture = picture(&map, page, &looking(|_| {}));
        let scene = &picture.scene;
        let names: Vec<Rect> = scene.names.iter().map(|name| name.rect).collect();
        assert_eq!(names.len(), map.actors.len(), "every name has a place on {page:?}");
        let bodies: Vec<Rect> =
            scene.bodies.iter().map(allegiance::scene::picture::shape::Body::bounds).collect();
        let badges = badges(scene);
        let overlaps = |a: &[Rect], b: &[Rect]| -> usize {
            a.iter()
                .map(|a| {
                    b.iter()
                        .filter(|b| *b != a && a.overlap(b) * picture.zoom * picture.zoom > 2.0)
                        .count()
                })
                .sum()
        };
        assert_eq!(overlaps(&names, &names), 0, "names on names, {page:?}");
        assert_eq!(overlaps(&names, &bodies), 0, "names on shapes, {page:?}");
        assert_eq!(overlaps(&badges, &bodies), 0, "badges on shapes, {page:?}");
        assert_eq!(overlaps(&badges, &names), 0, "badges on names, {page:?}");
        assert_eq!(overlaps(&bodies, &bodies), 0, "shapes on shapes, {page:?}");
    }
}

#[test]
fn no_line_leaves_the_page() {
    let mut map = parse(EXAMPLE);
    let index = Index::of(&map);
    for method in [method("timeline"), method("layers"), method("circle"), method("signed")] {
        let positions = layout::positions(&map);
        let (quality, seed) = (Quality::Fast, 1);
        let request = allegiance::layout::request::Request {
            map: &map,
            index: &index,
            positions: &positions,
            method,
            quality,
            seed,
            only: None,
        };
        let done = arrange::arrange(&request, &Progress::default()).expect("it is not cancelled");
        for (actor, at) in map.actors.iter().zip(done.positions) {
            map.layout[&actor.id] =
                Placement { x: at.x.into(), y: at.y.into(), ..Placement::default() };
        }
        for page in [point(1280.0, 720.0), point(1600.0, 1000.0), point(900.0, 1300.0)] {
            let Picture { scene, visible, title, .. } = picture(&map, page, &looking(|_| {}));
            let is_out = |rect: &Rect| !visible.contains(rect.min) || !visible.contains(rect.max);
            let lines = scene.routes.iter().map(|(_, route)| route.bounds());
            assert_eq!(
                lines.chain(badges(&scene)).filter(is_out).count(),
                0,
                "{method:?} on {page:?}"
            );
            let under = |route: &Route| {
                (0..=8_u8).any(|step| title.contains(route.at(f32::from(step) / 8.0)))
            };
            let hidden = scene.routes.iter().filter(|(_, route)| under(route)).count();
            assert_eq!(hidden, 0, "{method:?} under the title on {page:?}");
        }
    }
}

#[test]
fn in_a_large_map_no_name_touches_another() {
    let actors: Vec<String> =
        (0..500).map(|at| format!(r#"{{"id":"n{at}","name":"Valley council {at}"}}"#)).collect();
    let places: Vec<String> = (0..500)
        .map(|at| {
            format!(
                r#""n{at}":{{"x":{},"y":{}}}"#,
                at % 25 * 110 + at * at % 37,
                at / 25 * 90 + at * 7 % 31
            )
        })
        .collect();
    let (actors, places) = (actors.join(","), places.join(","));
    let map = parse(&format!(
        r#"{{"format":"relationship-map","version":1,"actors":[{actors}],
        "relations":[],"layout":{{{places}}}}}"#
    ));
    let picture = picture(&map, point(1600.0, 1000.0), &looking(|_| {}));
    let names: Vec<Rect> = picture.scene.names.iter().map(|name| name.rect).collect();
    assert!(names.len() > 60, "{} names have room", names.len());
    let size = 10.5 / picture.zoom;
    for (at, a) in names.iter().enumerate() {
        for b in &names[at + 1..] {
            let aside = a.min.x.max(b.min.x) - a.max.x.min(b.max.x);
            let below = a.min.y.max(b.min.y) - a.max.y.min(b.max.y);
            assert!(aside > 0.25 * size || below > -0.36 * size, "{a:?} and {b:?}");
        }
    }
}

#[test]
fn the_fit_keeps_actors_clear_of_title_and_legend() {
    let map = parse(EXAMPLE);
    let (fonts, theme, view) = (Fonts::default(), Theme::light(), looking(|_| {}));
    let shown = Shown::of(&map, &Index::of(&map), &view);
    let positions = layout::positions(&map);
    for page in [point(900.0, 600.0), point(1066.0, 630.0), point(1600.0, 1000.0)] {
        let furniture = scene::page::furniture::furnish(
            &map,
            (&view, &shown),
            &Drawn::in_view(&map, &view, &shown),
            &Parts::default(),
            page,
            1.0,
            &theme,
            &fonts,
        );
        let camera = scene::page::fit::fit(&positions.raw, &furniture, page, 1.0);
        let legend = furniture.legend.expect("a legend");
        for at in &positions {
            let at = camera.page_from_map(*at, page);
            assert!(!legend.contains(at), "{at:?} is under the legend on {page:?}");
            assert!(furniture.free.contains(at), "{at:?} is off the page {page:?}");
        }
    }
}

#[test]
fn parallel_and_opposed_ties_stay_apart() {
    let ties: Vec<String> =
        (0..12).map(|tie| if tie % 2 == 0 { "a-b" } else { "b-a" }.to_owned()).collect();
    let ties: Vec<&str> = ties.iter().map(String::as_str).collect();
    let picture = picture(&map(&ties), point(1280.0, 720.0), &looking(|_| {}));
    let middles: Vec<Point> = picture.scene.routes.iter().map(|(_, route)| route.at(0.5)).collect();
    for (number, a) in middles.iter().enumerate() {
        for b in &middles[..number] {
            assert!((*a - *b).length() * picture.zoom > 8.0, "two ties share their middle");
        }
    }
}

#[test]
fn lines_end_at_the_outline_of_the_shape_they_point_at() {
    let map = parse(EXAMPLE);
    let picture = picture(&map, point(1600.0, 1000.0), &looking(|_| {}));
    let index = Index::of(&map);
    let shown = Shown::of(&map, &index, &looking(|_| {}));
    for (line, route) in &picture.scene.routes {
        let [from, to] = shown.lines().list()[*line].ends;
        let Route::Curve(curve) = route else { panic!("no loops here") };
        for (at, body) in [(curve.start, from), (curve.end, to)] {
            let body = &picture.scene.bodies[body];
            assert!(
                body.contains(at, 2.0 * picture.scene.unit),
                "the line stops short of the shape"
            );
            assert!(!body.contains(at, -picture.scene.unit), "the line runs into the shape");
        }
    }
}

#[test]
fn a_tie_to_the_same_actor_is_a_loop_and_a_map_of_one_actor_fits() {
    let picture = picture(&map(&["a-a"]), point(800.0, 600.0), &looking(|_| {}));
    assert!(matches!(picture.scene.routes[0].1, Route::Loop { .. }));
    assert!(picture.zoom.is_finite() && picture.zoom > 0.0);
}

#[test]
fn forecasts_are_hidden_by_default_and_the_title_says_so() {
    let map = parse(EXAMPLE);
    let index = Index::of(&map);
    let view = looking(|_| {});
    let shown = Shown::of(&map, &index, &view);
    let (ties, all) = (shown.ties().len(), map.relations.len());
    assert!(ties < all);
    assert!(
        scene::page::title::subheading(&map, &shown, &view, None)
            .contains(&format!("{ties} of {all} ties shown"))
    );
    let view = looking(|view| view.outlook = true);
    assert_eq!(Shown::of(&map, &index, &view).ties().len(), all);
    assert_eq!(picture(&map, point(1280.0, 720.0), &view).scene.routes.len(), all);
}

#[test]
fn a_page_twice_as_large_at_twice_the_scale_is_the_same_picture() {
    let map = parse(EXAMPLE);
    let (fonts, index, theme, view) =
        (Fonts::default(), Index::of(&map), Theme::light(), looking(|_| {}));
    let shown = Shown::of(&map, &index, &view);
    let positions = layout::positions(&map);
    let build = |scale: f32| {
        let page = point(800.0, 500.0) * scale;
        let furniture = scene::page::furniture::furnish(
            &map,
            (&view, &shown),
            &Drawn::in_view(&map, &view, &shown),
            &Parts::default(),
            page,
            scale,
            &theme,
            &fonts,
        );
        let camera = scene::page::fit::fit(&positions.raw, &furniture, page, scale);
        let request = Request {
            map: &map,
            index: &index,
            positions: &positions,
            view: &view,
            shown: &shown,
            zoom: camera.zoom,
            scale,
            frame: None,
            theme: &theme,
            bows: None,
            density: 1.0,
            without: &[],
            part: None,
        };
        (scene::picture::build::build(&request, &fonts), camera)
    };
    let ((small, near), (large, far)) = (build(1.0), build(2.0));
    assert!((far.zoom / near.zoom - 2.0).abs() < 1e-3);
    assert!((small.unit - large.unit).abs() < 1e-3 * small.unit);
    assert_eq!(small.names.len(), large.names.len());
}

#[test]
fn an_empty_map_has_a_picture() {
    let empty = Map::default();
    let picture = picture(&empty, point(800.0, 600.0), &looking(|_| {}));
    assert!(picture.scene.marks.is_empty());
}

#[test]
fn names_wrap_evenly_and_long_words_stay_whole() {
    use allegiance::text::wrapped;
    assert_eq!(wrapped("Hardliners (pro-TTP camp)"), ["Hardliners", "(pro-TTP camp)"]);
    assert_eq!(wrapped("Jaish-e-Fursan-e-Muhammad"), ["Jaish-e-Fursan-e-Muhammad"]);
    assert_eq!(wrapped(""), Vec::<String>::new());
}
