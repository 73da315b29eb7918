//! The picture is the same in every file format, and readable: renderers, colour vision, small
//! sizes, many scripts.

use std::sync::Arc;

use allegiance::export::{self, Format, PDF, PNG, Page, Paper, Picture, SVG};
use allegiance::geometry::{Rect, point};
use allegiance::model::query::Index;
use allegiance::model::view::{LineMode, Membership};
use allegiance::model::{Actor, Map, Note, Placement, Stance};
use allegiance::progress::Progress;
use allegiance::scene::page::legend;
use allegiance::scene::page::parts::Parts;
use allegiance::scene::picture::drawn::Drawn;
use allegiance::scene::picture::request::Request;
use allegiance::scene::picture::shape::Body;
use allegiance::scene::shown::Shown;
use allegiance::scene::theme::Theme;
use allegiance::scene::view::View;
use allegiance::text::{Fonts, Measure as _, Weight};
use allegiance::{layout, scene};
use resvg::tiny_skia::{Pixmap, Transform};
use resvg::usvg;

use crate::support::{EXAMPLE, assert_golden, looking, map, parse, project};

fn render(map: &Map, page: &Page, format: &Format) -> Vec<u8> {
    export::render(map, &layout::positions(map), page, format, &Progress::default()).expect("drawn")
}

fn svg(map: &Map, page: &Page) -> String {
    String::from_utf8(render(map, page, &SVG)).expect("UTF-8")
}

/// Width, height and RGB bytes from our own renderer.
fn own_pixels(map: &Map, page: &Page) -> (u32, u32, Vec<u8>) {
    let picture = Picture::new(map, &layout::positions(map), page).expect("laid out");
    let pixels = picture.to_pixels(&Progress::default()).expect("drawn");
    let [width, height] = pixels.size.map(|side| u32::try_from(side).expect("a side"));
    (
        width,
        height,
        pixels.rgba.chunks(4).flat_map(|pixel| [pixel[0], pixel[1], pixel[2]]).collect(),
    )
}

/// Width, height and RGB bytes of an SVG drawn by resvg, which shares only the font files with our
/// renderer.
fn resvg_pixels(svg: &str) -> (u32, u32, Vec<u8>) {
    let mut fonts = usvg::fontdb::Database::new();
    for bytes in
        [notosans::REGULAR_TTF, notosans::BOLD_TTF, dejavu::sans::regular(), dejavu::sans::bold()]
    {
        fonts.load_font_data(bytes.to_vec());
    }
    let options = usvg::Options { fontdb: Arc::new(fonts), ..usvg::Options::default() };
    let tree = usvg::Tree::from_str(svg, &options).expect("an SVG");
    let size = tree.size().to_int_size();
    let mut pixels = Pixmap::new(size.width(), size.height()).expect("memory");
    resvg::render(&tree, Transform::identity(), &mut pixels.as_mut());
    let rgb = pixels
        .pixels()
        .iter()
        .flat_map(|pixel| [pixel.red(), pixel.green(), pixel.blue()])
        .collect();
    (size.width(), size.height(), rgb)
}

/// The mean difference (levels, 0 to 255), and the share of pixels with a channel that differs by
/// more than 64 levels.
fn apart(a: &[u8], b: &[u8]) -> (f64, f64) {
    let sum: f64 = a.iter().zip(b).map(|(a, b)| f64::from(a.abs_diff(*b))).sum();
    let far = a
        .chunks(3)
        .zip(b.chunks(3))
        .filter(|(a, b)| a.iter().zip(*b).any(|(a, b)| a.abs_diff(*b) > 64))
        .count();
    let count = u32::try_from(a.len()).expect("a picture");
    (sum / f64::from(count), f64::from(u32::try_from(far).expect("few")) * 3.0 / f64::from(count))
}

#[test]
fn the_svg_in_another_renderer_looks_like_the_png() {
    let example = parse(EXAMPLE);
    let view = |view: View| Page { view, ..Page::new(1280, 720) };
    let pages = [
        ("plain", Page::new(1280, 720)),
        ("dark", Page { theme: Theme::dark(), ..Page::new(1600, 1000) }),
        ("print", Page { theme: Theme::print(), scale: 2.0, ..Page::new(1920, 1080) }),
        ("evidence", view(View { numbers: true, ..looking(|view| view.kinds = true) })),
        (
            "areas",
            view(looking(|view| {
                view.membership = Membership::Hulls;
                view.outlook = true;
            })),
        ),
        ("small", Page::new(320, 240)),
    ];
    for (name, page) in pages {
        let (width, height, own) = own_pixels(&example, &page);
        let (other_width, other_height, other) = resvg_pixels(&svg(&example, &page));
        assert_eq!((width, height), (other_width, other_height), "{name}");
        let (mean, far) = apart(&own, &other);
        assert!(
            mean < 1.5 && far < 0.005,
            "{name}: mean difference {mean:.2} levels, {:.2} % of the pixels differ",
            far * 100.0
        );
    }
}

/// Matrices on linear RGB that simulate vision without one kind of cone (Machado, Oliveira and
/// Fernandes 2009, full severity), and greyscale (the luma of ITU-R BT.709).
const SIGHTS: [(&str, [[f64; 3]; 3]); 5] = [
    ("all cones", [[1.0, 0.0, 0.0], [0.0, 1.0, 0.0], [0.0, 0.0, 1.0]]),
    (
        "protanopia",
        [
            [0.152_286, 1.052_583, -0.204_868],
            [0.114_503, 0.786_281, 0.099_216],
            [-0.003_882, -0.048_116, 1.051_998],
        ],
    ),
    (
        "deuteranopia",
        [
            [0.367_322, 0.860_646, -0.227_968],
            [0.280_085, 0.672_501, 0.047_413],
            [-0.011_820, 0.042_940, 0.968_881],
        ],
    ),
    (
        "tritanopia",
        [
            [1.255_528, -0.076_749, -0.178_779],
            [-0.078_411, 0.930_809, 0.147_602],
            [0.004_733, 0.691_367, 0.303_900],
        ],
    ),
    ("greys", [[0.2126, 0.7152, 0.0722], [0.2126, 0.7152, 0.0722], [0.2126, 0.7152, 0.0722]]),
];

/// An sRGB pixel after one of these matrices, in levels from 0 to 255.
fn seen(pixel: &[u8], sight: &[[f64; 3]; 3]) -> [f64; 3] {
    let linear = [0, 1, 2].map(|part| {
        let value = f64::from(pixel[part]) / 255.0;
        if value <= 0.040_45 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
    });
    sight.map(|row| {
        let value: f64 = row.iter().zip(linear).map(|(share, value)| share * value).sum();
        let value = value.clamp(0.0, 1.0);
        if value <= 0.003_130_8 {
            value * 12.92 * 255.0
        } else {
            (1.055 * value.powf(1.0 / 2.4) - 0.055) * 255.0
        }
    })
}

#[test]
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "pixels of a page")]
fn the_stances_in_the_legend_differ_in_every_colour_vision_and_in_greyscale() {
    let mut map = map(&["a-b", "a+c", "b-c", "c-a"]);
    map.relations.raw[2].stance = Stance::Mixed;
    map.relations.raw[3].stance = Stance::Neutral;
    for theme in [Theme::light(), Theme::dark(), Theme::print()] {
        let page = Page { theme: theme.clone(), scale: 2.0, ..Page::new(1200, 900) };
        let (width, _, pixels) = own_pixels(&map, &page);
        let index = Index::of(&map);
        let view = looking(|_| {});
        let drawn = Drawn::of(Shown::of(&map, &index, &view).lines().list().iter());
        let size = point(1200.0, 900.0);
        let (_, rect) = legend::build(&drawn, (size, size.y), 2.0, &theme, &Fonts::default())
            .expect("a legend");
        // The badge of each row is in the middle of its sample.
        let badge = |row: u16| -> Vec<&[u8]> {
            let left = (rect.min.x + 2.0 * (14.0 + 17.0)) as usize - 16;
            let top = (rect.min.y + 2.0 * (10.0 + 12.0 + 24.0 * f32::from(row))) as usize - 16;
            let at = |x: usize, y: usize| {
                let start = ((top + y) * width as usize + left + x) * 3;
                &pixels[start..start + 3]
            };
            (0..32).flat_map(|y| (0..32).map(move |x| (x, y))).map(|(x, y)| at(x, y)).collect()
        };
        for (name, sight) in &SIGHTS {
            for row in 0..4 {
                for other in 0..row {
                    let (this, that) = (badge(row), badge(other));
                    let far = this.iter().zip(&that).filter(|(a, b)| {
                        let (a, b) = (seen(a, sight), seen(b, sight));
                        a.iter().zip(b).any(|(a, b)| (a - b).abs() > 40.0)
                    });
                    let far = far.count();
                    assert!(
                        far >= 30,
                        "rows {other} and {row} share all but {far} of 1024 pixels \
                         for {name}, {theme:?}"
                    );
                }
            }
        }
    }
}

#[test]
fn twelve_parallel_ties_stay_apart_down_to_the_smallest_picture() {
    let ties: Vec<String> =
        (0..12).map(|tie| if tie % 2 == 0 { "a-b" } else { "b+a" }.to_owned()).collect();
    let ties: Vec<&str> = ties.iter().map(String::as_str).collect();
    let mut map = map(&ties);
    for (id, x) in [("a", 0.0), ("b", 400.0)] {
        map.layout
            .insert(id.into(), allegiance::model::Placement { x, y: 0.0, ..Default::default() });
    }
    for (width, height) in [(320.0, 200.0), (640.0, 400.0), (1920.0, 1080.0)] {
        let (scene, zoom) = built(&map, point(width, height), &looking(|_| {}));
        let middles: Vec<_> = scene.routes.iter().map(|(_, route)| route.at(0.5)).collect();
        let line = 2.4 * scene.unit * zoom;
        for (number, a) in middles.iter().enumerate() {
            for b in &middles[..number] {
                let gap = (*a - *b).length() * zoom;
                assert!(
                    gap > line * 1.5,
                    "{gap:.1} pixels between lines of {line:.1} at {width}×{height}"
                );
            }
        }
    }
}

#[test]
fn loops_of_one_actor_are_circles_of_different_sizes() {
    let (scene, zoom) =
        built(&map(&["a-a", "a+a", "a-a", "a-b"]), point(640.0, 400.0), &looking(|_| {}));
    let mut tops: Vec<f32> =
        scene.routes[..3].iter().map(|(_, route)| route.bounds().min.y * zoom).collect();
    tops.sort_by(f32::total_cmp);
    assert!(tops.windows(2).all(|pair| pair[1] - pair[0] > 4.0), "{tops:?}");
}

fn built(
    map: &Map,
    page: allegiance::geometry::Point,
    view: &View,
) -> (scene::picture::build::Scene, f32) {
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
    let camera = scene::page::fit::fit(&positions.raw, &furniture, page, 1.0);
    let frame = furniture.frame(&camera, page, 1.0);
    let (zoom, frame) = (camera.zoom, Some(&frame));
    let request = Request {
        map,
        index: &index,
        positions: &positions,
        view,
        shown: &shown,
        zoom,
        scale: 1.0,
        frame,
        theme: &theme,
        bows: None,
        density: 1.0,
        without: &[],
        part: None,
    };
    (scene::picture::build::build(&request, &fonts), zoom)
}

#[test]
fn tie_numbers_and_labels_cover_nothing_on_the_example() {
    let map = parse(EXAMPLE);
    let view = View { numbers: true, ..looking(|view| view.kinds = true) };
    for page in [point(1280.0, 720.0), point(1600.0, 1000.0), point(1920.0, 1080.0)] {
        let (scene, zoom) = built(&map, page, &view);
        let badges: Vec<Rect> =
            scene.badges.iter().flatten().map(scene::picture::badge::Badge::bounds).collect();
        let kinds: Vec<Rect> = scene.kinds.iter().map(|kind| kind.rect).collect();
        let names: Vec<Rect> = scene.names.iter().map(|name| name.rect).collect();
        let bodies: Vec<Rect> =
            scene.bodies.iter().map(scene::picture::shape::Body::bounds).collect();
        assert_eq!(badges.len(), scene.routes.len(), "every tie has its number");
        assert!(
            kinds.len() * 2 > scene.routes.len(),
            "only {} of the ties have room for labels",
            kinds.len()
        );
        let pairs = [
            ("labels, labels", &kinds, &kinds),
            ("labels, names", &kinds, &names),
            ("labels, shapes", &kinds, &bodies),
            ("labels, badges", &kinds, &badges),
            ("badges, shapes", &badges, &bodies),
            ("badges, names", &badges, &names),
            ("names, shapes", &names, &bodies),
            ("names, names", &names, &names),
        ];
        for (what, some, others) in pairs {
            let covered = some
                .iter()
                .flat_map(|a| others.iter().map(move |b| (a, b)))
                .filter(|(a, b)| !std::ptr::eq(*a, *b) && a.overlap(b) * zoom * zoom > 2.0)
                .count();
            assert_eq!(covered, 0, "{what} on {page:?}");
        }
    }
}

/// A small map that has one of everything.
fn small() -> Map {
    parse(
        r#"{"format":"relationship-map","version":1,
        "meta":{"title":"One of everything","author":"A. Writer",
                "marking":"TLP:GREEN","as_of":"2024-04"},
        "sources":[{"id":"s","title":"A report","author":"R. Porter","publisher":"Paper"}],
        "actors":[{"id":"a","name":"Alpha","short":"A","kind":"state"},
                  {"id":"b c","name":"Beta & Co","part_of":"a","kind":"armed_group"},
                  {"id":"h","name":"שלום עולם","kind":"faction"}],
        "relations":[{"id":"r","from":"a","to":"h","stance":"mixed","status":"claimed",
                      "kind":"negotiates_with","strength":4,"asserted_by":"a",
                      "evidence":[{"source":"s","paragraph":"P2","excerpt":"talks <resumed>"}]},
                     {"id":"l","from":"h","to":"h","stance":"neutral","directed":false},
                     {"id":"f","from":"a","to":"h","stance":"hostile","status":"forecast"},
                     {"id":"i","from":"b c","to":"h","stance":"cooperative","status":"inferred"}],
        "layout":{"a":{"x":0,"y":0},"b c":{"x":60,"y":90},"h":{"x":220,"y":20}}}"#,
    )
}

/// Several ties between each two actors, of different stances, statuses and directions.
fn bundled() -> Map {
    let tie = |number: usize, [from, to, stance, status]: [&str; 4]| {
        format!(
            r#"{{"id":"r{number}","from":"{from}","to":"{to}","stance":"{stance}",
                "status":"{status}"}}"#
        )
    };
    let ties: Vec<String> = [
        ["a", "b", "hostile", "reported"],
        ["b", "a", "hostile", "claimed"],
        ["a", "b", "hostile", "inferred"],
        ["a", "b", "cooperative", "inferred"],
        ["c", "b", "cooperative", "reported"],
        ["c", "b", "cooperative", "reported"],
        ["d", "c", "mixed", "claimed"],
        ["d", "c", "mixed", "inferred"],
        ["a", "d", "neutral", "reported"],
    ]
    .into_iter()
    .enumerate()
    .map(|(number, tie_of)| tie(number, tie_of))
    .collect();
    parse(&format!(
        r#"{{"format":"relationship-map","version":1,
        "actors":[{{"id":"a","name":"Arland","kind":"state"}},
                  {{"id":"b","name":"Borland","kind":"state"}},
                  {{"id":"c","name":"The Front","kind":"armed_group"}},
                  {{"id":"d","name":"Its northern wing","kind":"faction","part_of":"c"}}],
        "relations":[{}],
        "layout":{{"a":{{"x":0,"y":0}},"b":{{"x":300,"y":20}},
                   "c":{{"x":320,"y":200}},"d":{{"x":40,"y":210}}}}}}"#,
        ties.join(",")
    ))
}

#[test]
fn each_way_of_drawing_lines_matches_its_golden_file() {
    let page = |view: View| Page { view, parts: Parts::none(), ..Page::new(520, 400) };
    let mode = |mode: LineMode| page(looking(|view| view.lines = Some(mode)));
    let folded = looking(|view| {
        view.lines = Some(LineMode::Stances);
        view.folded.insert("c".into());
    });
    for (name, page) in [
        ("lines-ties.svg", mode(LineMode::Ties)),
        ("lines-stances.svg", mode(LineMode::Stances)),
        ("lines-pairs.svg", mode(LineMode::Pairs)),
        ("lines-folded.svg", page(folded)),
    ] {
        assert_golden(name, &svg(&bundled(), &page));
    }
}

#[test]
fn each_feature_matches_its_golden_file() {
    let page = Page::new(420, 300);
    let bare = Parts::none();
    let plain = Page { parts: bare.clone(), ..page.clone() };
    let with = |view: View| Page { view, ..plain.clone() };
    for (name, page) in [
        ("feature-plain.svg", plain.clone()),
        ("feature-whole-page.svg", page.clone()),
        ("feature-numbers.svg", with(View { numbers: true, ..looking(|_| {}) })),
        ("feature-words.svg", with(looking(|view| view.kinds = true))),
        ("feature-areas.svg", with(looking(|view| view.membership = Membership::Hulls))),
        (
            "feature-forecasts.svg",
            with(looking(|view| {
                view.outlook = true;
                view.membership = Membership::Nothing;
            })),
        ),
        (
            "feature-dark-transparent.svg",
            Page { theme: Theme::dark(), is_transparent: true, ..plain.clone() },
        ),
        ("feature-print.svg", Page { theme: Theme::print(), ..plain.clone() }),
    ] {
        assert_golden(name, &svg(&small(), &page));
    }
}

#[test]
fn an_svg_may_carry_its_fonts() {
    let text = svg(&small(), &Page { embeds_fonts: true, ..Page::new(420, 300) });
    assert!(text.matches("@font-face").count() >= 2 && text.contains("'DejaVu Sans'"));
    assert!(!svg(&small(), &Page::new(420, 300)).contains("@font-face"));
    assert!(roxmltree::Document::parse(&text).is_ok());
}

#[test]
fn the_evidence_list_has_number_excerpt_paragraph_and_speaker() {
    let page = Page { view: View { numbers: true, ..looking(|_| {}) }, ..Page::new(900, 500) };
    let text = svg(&small(), &page);
    let document = roxmltree::Document::parse(&text).expect("well-formed XML");
    let list =
        document.descendants().find(|node| node.attribute("id") == Some("list")).expect("a list");
    let words: Vec<&str> = list.descendants().filter_map(|node| node.text()).collect();
    let all = words.join(" ");
    for part in [
        "Evidence",
        "1",
        "Alpha →",
        "negotiates with",
        "“talks <resumed>”",
        "¶2",
        "Alpha,",
        "A report",
        "R. Porter",
    ] {
        assert!(all.contains(part), "{part} is not in {all}");
    }
    let height: f32 = document
        .root_element()
        .attribute("height")
        .and_then(|text| text.parse().ok())
        .expect("a height");
    assert!(height > 500.0, "the list is below the map");
    let on_map =
        document.descendants().filter(|node| node.is_text() && node.text() == Some("1")).count();
    assert_eq!(on_map, 2, "once on the tie, once in the list");
}

#[test]
fn a_pdf_has_the_evidence_list_on_further_pages() {
    let bytes = render(
        &parse(EXAMPLE),
        &Page { view: View { numbers: true, ..looking(|_| {}) }, ..Page::new(1280, 720) },
        &PDF,
    );
    let document = page_count(&bytes);
    assert!(document > 1, "{document} pages");
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("map.pdf");
    std::fs::write(&path, &bytes).expect("written");
    let text: String =
        allegiance::file::source::read(&path).expect("words").as_str().split_whitespace().collect();
    assert!(text.contains("Evidence:Accordingtoonearticle"), "the heading of the list");
}

/// The number of page objects in a PDF.
fn page_count(bytes: &[u8]) -> usize {
    let text = String::from_utf8_lossy(bytes);
    text.matches("/Type/Page/").count()
        + text.matches("/Type /Page\n").count()
        + text.matches("/Type/Page\n").count()
}

#[test]
fn names_of_all_scripts_are_in_every_file() {
    let map =
        parse(&std::fs::read_to_string(project("tests/fixtures/scripts.json")).expect("a map"));
    let page = Page::new(1400, 900);
    let text = svg(&map, &page);
    for actor in &map.actors {
        let words: Vec<&str> = actor.name.split(' ').collect();
        assert!(words.iter().all(|word| text.contains(word)), "{}", actor.name);
    }
    assert!(text.contains("direction=\"rtl\""));
    assert_eq!(render(&map, &page, &PDF), render(&map, &page, &PDF));
}

#[test]
fn characters_that_no_font_has_are_reported() {
    assert_eq!(Fonts::for_words("Ελληνικά, Українська, عربي, עברית").complaint(), None);
    let complaint =
        Fonts::for_words("name \u{10FEDC}").complaint().expect("a private letter has no font");
    assert!(complaint.contains('\u{10FEDC}') && complaint.contains("Install"), "{complaint}");
    assert!(Fonts::for_words("name \u{10FEDC}").width("\u{10FEDC}", 10.0, Weight::Regular) > 0.0);
}

#[test]
fn a_cancelled_export_makes_no_picture() {
    let progress = Progress::default();
    progress.cancel();
    let map = parse(EXAMPLE);
    for format in [&PNG, &SVG, &PDF] {
        let outcome =
            export::render(&map, &layout::positions(&map), &Page::new(800, 600), format, &progress);
        assert!(matches!(outcome, Err(export::ExportError::Cancelled(_))));
    }
}

#[test]
fn paper_sizes_are_right_in_both_orientations() {
    assert_eq!(Paper::A4.pixels(false, 300.0).0, [3508, 2480]);
    assert_eq!(Paper::Letter.pixels(true, 100.0).0, [850, 1100]);
}

/// The small map with a note about an actor and one about a tie.
fn with_notes() -> Map {
    let mut map = small();
    let note = |id: &str, text: &str, at: (f64, f64), about: &str| Note {
        id: id.into(),
        text: text.to_owned(),
        x: at.0,
        y: at.1,
        width: 110.0,
        about: Some(about.to_owned()),
        ..Note::default()
    };
    let (actor, tie) = (map.actors.raw[0].id.clone(), map.relations.raw[0].id.clone());
    map.notes.push(note("n1", "About <Alpha>,\n\nin two parts", (-160.0, 120.0), actor.as_str()));
    map.notes.push(note("n 2", "گفتگوها", (220.0, -120.0), tie.as_str()));
    map
}

#[test]
fn notes_are_in_the_svg_with_their_ids_and_leaders() {
    let page = Page { parts: Parts::none(), ..Page::new(420, 300) };
    let text = svg(&with_notes(), &page);
    assert_golden("feature-notes.svg", &text);
    let document = roxmltree::Document::parse(&text).expect("well-formed XML");
    for (id, title) in [("note-n1", "Note: About <Alpha>,"), ("note-n_20_2", "Note: گفتگوها")]
    {
        let group = document.descendants().find(|node| node.attribute("id") == Some(id));
        let group = group.unwrap_or_else(|| panic!("no group {id}"));
        assert_eq!(group.first_element_child().and_then(|title| title.text()), Some(title));
    }
}

#[test]
fn a_leader_ends_on_the_outline_of_its_actor_or_on_its_line_clear_of_badges() {
    let map = with_notes();
    let (scene, _) = built(&map, point(900.0, 600.0), &looking(|_| {}));
    let leaders: Vec<_> = scene.notes.iter().map(|note| note.leader.expect("a leader")).collect();
    let body = &scene.bodies.raw[0];
    let inside = leaders[0].to + (body.centre - leaders[0].to).direction() * (0.01 * scene.unit);
    let outside = leaders[0].to - (body.centre - leaders[0].to).direction() * (0.01 * scene.unit);
    assert!(body.contains(inside, 0.0) && !body.contains(outside, 0.0), "on the outline");
    assert!(!leaders[0].is_on_line && leaders[1].is_on_line);
    let line = Shown::of(&map, &Index::of(&map), &looking(|_| {})).lines().line_of(0_usize.into());
    let (_, route) = scene.routes.iter().find(|(at, _)| Some(*at) == line).expect("its line");
    assert!(route.distance(leaders[1].to) < 0.5 * scene.unit, "on the line");
    for badge in scene.badges.iter().flatten() {
        assert!(!badge.bounds().contains(leaders[1].to), "clear of badges");
    }
    for (note, leader) in scene.notes.iter().zip(&leaders) {
        let (grown, shrunk) = (note.rect.grown(0.1), note.rect.grown(-0.1));
        assert!(grown.contains(leader.from) && !shrunk.contains(leader.from), "from the edge");
    }
}

#[test]
fn a_leader_goes_to_the_whole_that_is_drawn_and_to_nothing_that_is_hidden() {
    let mut map = map(&["a-b", "c-b"]);
    map.actors.raw[2].part_of = Some(Box::new("a".into()));
    for (number, (x, y)) in [(0.0, 0.0), (400.0, 0.0), (0.0, 200.0)].into_iter().enumerate() {
        let id = map.actors.raw[number].id.clone();
        let placement = allegiance::model::Placement { x, y, ..Default::default() };
        map.layout.insert(id, placement);
    }
    for (id, about, y) in [("n1", "c", 400.0), ("n2", "r1", 300.0)] {
        let (about, text) = (Some(about.to_owned()), "T".to_owned());
        let (id, x) = (id.into(), 200.0);
        map.notes.push(Note { id, about, text, x, y, width: 80.0, ..Note::default() });
    }
    let page = point(900.0, 600.0);
    let (folded, _) = built(&map, page, &looking(|view| view.folded.extend(["a".into()])));
    let leader = folded.notes[0].leader.expect("a leader");
    let whole = folded.bodies.raw[0];
    assert!(whole.contains(leader.to, 0.01 * folded.unit), "to the whole");
    assert!(folded.notes[1].leader.is_some_and(|leader| leader.is_on_line), "to its line");
    let (hidden, _) = built(&map, page, &looking(|view| view.hidden_actors.extend(["c".into()])));
    assert!(hidden.notes.iter().all(|note| note.leader.is_none()));
}

#[test]
fn a_leader_goes_to_the_line_of_a_hidden_tie_while_another_tie_keeps_it() {
    let mut map = map(&["a-b", "b-a", "a-b"]);
    map.relations.raw[2].stance = Stance::Cooperative;
    for (number, x) in [0.0, 400.0].into_iter().enumerate() {
        let id = map.actors.raw[number].id.clone();
        map.layout.insert(id, allegiance::model::Placement { x, y: 0.0, ..Default::default() });
    }
    let about = map.relations.raw[0].id.to_string();
    map.notes.push(Note {
        id: "n".into(),
        text: "T".to_owned(),
        x: 200.0,
        y: 300.0,
        width: 80.0,
        about: Some(about),
        ..Note::default()
    });
    let leader = |hidden: &[usize]| {
        let ids: Vec<_> = hidden.iter().map(|at| map.relations.raw[*at].id.clone()).collect();
        let view = looking(|view| {
            view.lines = Some(LineMode::Stances);
            view.hidden_ties.extend(ids.clone());
        });
        built(&map, point(900.0, 600.0), &view).0.notes[0].leader
    };
    let whole = leader(&[]).expect("to its line");
    let other = leader(&[0]).expect("to the same line");
    assert!(other.is_on_line && (whole.to.y - other.to.y).abs() < 20.0, "{whole:?} {other:?}");
    assert!(leader(&[0, 1]).is_none(), "the line for cooperation is another one");
}

#[test]
fn names_and_badges_keep_clear_of_notes_also_on_the_example() {
    let mut map = parse(EXAMPLE);
    for (number, (x, y)) in [(180.0, 250.0), (700.0, 400.0), (600.0, 700.0)].into_iter().enumerate()
    {
        let (id, text) = (format!("n{number}").into(), "A few words about this".to_owned());
        map.notes.push(Note { id, text, x, y, width: 120.0, ..Note::default() });
    }
    for page in [point(1280.0, 720.0), point(1920.0, 1080.0)] {
        let (scene, _) = built(&map, page, &looking(|view| view.kinds = true));
        for sheet in scene.notes.iter().map(|note| note.rect) {
            let names = scene.names.iter().map(|name| name.rect);
            for rect in names.chain(scene.kinds.iter().map(|kind| kind.rect)) {
                assert!(sheet.overlap(&rect) <= 0.0, "{rect:?} is on a note");
            }
        }
    }
}

#[test]
fn a_note_about_what_is_selected_stays_bright_and_others_fade() {
    let map = with_notes();
    let index = Index::of(&map);
    let view = looking(|_| {});
    let shown = Shown::of(&map, &index, &view);
    let far = map.actors.raw.iter().rposition(|actor| {
        let tie = &map.relations.raw[0];
        actor.id != map.actors.raw[0].id && actor.id != tie.from && actor.id != tie.to
    });
    let select = |actor: usize| {
        let item = allegiance::model::Element::Actor(map.actors.raw[actor].id.clone());
        let emphasis = allegiance::edit::Selection::of(item).emphasis(&index, &shown);
        let (scene, _) = built(&map, point(900.0, 600.0), &View { emphasis, ..view.clone() });
        scene.notes.iter().map(|note| note.share).collect::<Vec<_>>()
    };
    assert!((select(0)[0] - 1.0).abs() < f32::EPSILON);
    if let Some(far) = far {
        assert!(select(far).iter().any(|share| *share < 0.5));
    }
}

#[test]
fn captions_of_areas_name_their_wholes_and_cover_nothing() {
    let map = parse(EXAMPLE);
    let mut found = 0;
    for page in [point(1280.0, 720.0), point(1600.0, 1000.0), point(1920.0, 1080.0)] {
        let (scene, _) = built(&map, page, &looking(|view| view.membership = Membership::Hulls));
        found += scene.captions.len();
        for caption in &scene.captions {
            assert_eq!(caption.words, map.actors[caption.whole].name);
            let bodies = scene.actors.iter().map(|actor| scene.bodies[*actor].bounds());
            let names = scene.names.iter().map(|name| name.rect);
            for other in bodies.chain(names) {
                assert!(caption.rect.overlap(&other) <= 0.0, "{} covers {other:?}", caption.words);
            }
        }
    }
    assert!(found > 0, "at least one area has room for its caption");
}

#[test]
fn larger_texts_and_symbols_do_not_make_the_map_smaller() {
    let map = parse(EXAMPLE);
    let positions = layout::positions(&map);
    let zoom = |width, height, scale| {
        let page = Page { scale, ..Page::new(width, height) };
        let page = Page { view: View::of(&map), ..page };
        Picture::new(&map, &positions, &page).expect("laid out").camera().zoom
    };
    for (width, height) in [(1600, 1000), (1920, 1080), (2339, 1654)] {
        let (usual, large) = (zoom(width, height, 1.0), zoom(width, height, 2.0));
        // The shapes at the edge take more room, and nothing else.
        assert!(large > 0.93 * usual, "{width}×{height}: {large} beside {usual}");
    }
}

#[test]
fn notes_keep_off_the_shapes_of_small_pictures_unless_they_were_put_on_them() {
    let actors = [("a", 0.0, 0.0), ("b", 400.0, 0.0), ("c", 0.0, 300.0), ("d", 400.0, 300.0)];
    let mut map = Map::default();
    for (id, x, y) in actors {
        let name = format!("Actor {id}");
        map.actors.push(Actor { id: id.into(), name, ..Actor::default() });
        map.layout.insert(id.into(), Placement { x, y, ..Placement::default() });
    }
    let text = "They have talked for a year about this".to_owned();
    let width = 120.0;
    let note =
        |id: &str, x, y| Note { id: id.into(), text: text.clone(), x, y, width, ..Note::default() };
    map.notes = vec![note("between", 105.0, 40.0), note("on it", 400.0, 300.0)].into();
    let covers = |width, height| {
        let positions = layout::positions(&map);
        let page = Page { view: View::of(&map), ..Page::new(width, height) };
        let picture = Picture::new(&map, &positions, &page).expect("laid out");
        let shapes: Vec<Rect> = picture.scene().bodies.iter().map(Body::bounds).collect();
        let notes = picture.scene().notes.iter();
        let covered = |sheet: &Rect| shapes.iter().map(|shape| shape.overlap(sheet)).sum::<f32>();
        notes.map(|note| covered(&note.rect) > 0.0).collect::<Vec<bool>>()
    };
    for (width, height) in [(1600, 1000), (640, 480), (360, 300)] {
        assert_eq!(covers(width, height), [false, true], "{width}×{height}");
    }
}
