//! PPTX and HTML: what is in the files, read back by other libraries.

use std::io::Read as _;

use allegiance::export::{self, Format, HTML, PPTX, Page, Picture, render_steps};
use allegiance::file::formats::slides;
use allegiance::geometry::{Point, point};
use allegiance::layout;
use allegiance::model::query::Index;
use allegiance::model::{BriefingStep, Map};
use allegiance::progress::Progress;
use allegiance::scene::picture::edge::Route;
use allegiance::scene::view::View;
use base64::Engine as _;
use roxmltree::{Document, Node};
use sha2::{Digest as _, Sha256};
use zip::ZipArchive;

use crate::support::{EXAMPLE, assert_golden, parse, project};

fn example() -> Map {
    parse(EXAMPLE)
}

fn page(map: &Map) -> Page {
    Page { view: View::of(map), ..Page::new(1280, 720) }
}

fn render(map: &Map, page: &Page, format: &Format) -> Vec<u8> {
    export::render(map, &layout::positions(map), page, format, &Progress::default()).expect("drawn")
}

fn part(bytes: &[u8], name: &str) -> String {
    let mut zip = ZipArchive::new(std::io::Cursor::new(bytes)).expect("a ZIP file");
    let mut text = String::new();
    zip.by_name(name).expect("a part").read_to_string(&mut text).expect("UTF-8");
    text
}

fn slide(bytes: &[u8], number: usize) -> String {
    part(bytes, &format!("ppt/slides/slide{number}.xml"))
}

fn named<'a>(node: Node<'a, 'a>, name: &'static str) -> Vec<Node<'a, 'a>> {
    node.descendants().filter(|node| node.tag_name().name() == name).collect()
}

fn number(node: Node<'_, '_>, name: &str) -> f64 {
    node.attribute(name).and_then(|text| text.parse().ok()).unwrap_or(0.0)
}

#[test]
fn every_part_of_a_presentation_is_well_formed_and_listed() {
    let mut map = example();
    map.steps = vec![BriefingStep::default(), BriefingStep::default()];
    let progress = Progress::default();
    let files = render_steps(&map, &layout::positions(&map), &page(&map), &PPTX, &progress);
    let bytes = files.expect("drawn").0.remove(0);
    let types = part(&bytes, "[Content_Types].xml");
    let mut zip = ZipArchive::new(std::io::Cursor::new(&bytes)).expect("a ZIP file");
    for at in 0..zip.len() {
        let mut file = zip.by_index(at).expect("a part");
        let name = file.name().expect("UTF-8").to_string();
        let mut text = String::new();
        file.read_to_string(&mut text).expect("UTF-8");
        let document = Document::parse(&text).unwrap_or_else(|error| panic!("{name}: {error}"));
        let is_relations = name.contains("_rels/");
        let is_listed = is_relations
            || name.starts_with('[')
            || types.contains(&format!("PartName=\"/{name}\""));
        assert!(is_listed, "{name} has no type");
        // Every target of a relation is there.
        for relation in named(document.root_element(), "Relationship") {
            let target = relation.attribute("Target").expect("a target");
            let last = target.rsplit('/').next().unwrap_or(target);
            assert!(types.contains(&format!("/{last}\"")), "{name} leads to {target}");
        }
        if name.contains("slides/slide") && !is_relations {
            let ids: Vec<&str> = named(document.root_element(), "cNvPr")
                .iter()
                .filter_map(|node| node.attribute("id"))
                .collect();
            let different: std::collections::BTreeSet<&&str> = ids.iter().collect();
            assert_eq!(different.len(), ids.len(), "{name}: each id once");
        }
    }
    assert!(!types.contains("image"), "no picture is in it");
}

/// A connection site of a shape, in pixels of the page.
fn site_of(shape: Node<'_, '_>, number_of_it: &str, emu_per_px: f64) -> Point {
    let number_of_it: usize = number_of_it.parse().expect("a number");
    let sites = named(shape, "cxn");
    let place = *named(sites[number_of_it], "pos").first().expect("a place");
    let (corner, size) = (named(shape, "off")[0], named(shape, "ext")[0]);
    let at = |axis: &str, side: &str, length: &str| {
        let guide = place.attribute(axis).expect("a guide");
        let guides = named(shape, "gd");
        let guide = guides.iter().find(|one| one.attribute("name") == Some(guide));
        let formula = guide.and_then(|guide| guide.attribute("fmla")).expect("a formula");
        let words: Vec<&str> = formula.split(' ').collect();
        assert_eq!((words[0], words[1]), ("*/", side));
        let part =
            words[2].parse::<f64>().expect("a number") / words[3].parse::<f64>().expect("one");
        (number(corner, axis) + number(size, length) * part) / emu_per_px
    };
    #[expect(clippy::cast_possible_truncation, reason = "pixels")]
    point(at("x", "w", "cx") as f32, at("y", "h", "cy") as f32)
}

#[test]
fn every_line_is_glued_to_the_shapes_of_its_actors_where_it_ends() {
    for (map, name) in [
        (example(), "example"),
        (
            parse(&std::fs::read_to_string(project("tests/fixtures/scripts.json")).expect("read")),
            "scripts",
        ),
    ] {
        let page = PPTX.fitted(page(&map));
        let positions = layout::positions(&map);
        let picture = Picture::new(&map, &positions, &page).expect("laid out");
        let bytes = render(&map, &page, &PPTX);
        let text = slide(&bytes, 1);
        let document = Document::parse(&text).expect("well-formed");
        let shapes: std::collections::HashMap<&str, Node<'_, '_>> =
            named(document.root_element(), "sp")
                .into_iter()
                .filter_map(|shape| Some((named(shape, "cNvPr").first()?.attribute("id")?, shape)))
                .collect();
        let emu_per_px = 6_858_000.0 / 720.0;
        let mut ends: Vec<[Point; 2]> = Vec::new();
        for connector in named(document.root_element(), "cxnSp") {
            let about = named(connector, "cNvPr")[0].attribute("name").unwrap_or_default();
            let glued = ["stCxn", "endCxn"].map(|tag| named(connector, tag).first().copied());
            let own = ends_of(connector, emu_per_px);
            for (end, at) in glued.iter().zip(own) {
                assert!(
                    end.is_some() || about == "Leader of a note",
                    "{name}: {about} is not glued"
                );
                let Some(end) = end else { continue };
                let shape = shapes[end.attribute("id").expect("an id")];
                let site = site_of(shape, end.attribute("idx").expect("a site"), emu_per_px);
                assert!((site - at).length() < 1.0, "{name}: {about} ends at {at:?}, not {site:?}");
            }
            ends.push(own);
        }
        let camera = picture.camera();
        let size = point(1280.0, 720.0);
        for (_, route) in &picture.scene().routes {
            let wanted = [route.at(0.0), route.at(1.0)].map(|at| camera.page_from_map(at, size));
            if matches!(route, Route::Loop { .. }) {
                continue;
            }
            let is_there = ends
                .iter()
                .any(|ends| ends.iter().zip(&wanted).all(|(a, b)| (*a - *b).length() < 2.0));
            assert!(is_there, "{name}: no connector from {:?} to {:?}", wanted[0], wanted[1]);
        }
    }
}

/// Where a connector begins and ends, in pixels.
fn ends_of(connector: Node<'_, '_>, emu_per_px: f64) -> [Point; 2] {
    let xfrm = named(connector, "xfrm")[0];
    let (off, ext) = (named(xfrm, "off")[0], named(xfrm, "ext")[0]);
    let (mut x, mut y) = (number(off, "x"), number(off, "y"));
    let (mut wide, mut high) = (number(ext, "cx"), number(ext, "cy"));
    let flips = ["flipH", "flipV"].map(|flag| xfrm.attribute(flag) == Some("1"));
    let is_turned = xfrm.attribute("rot") == Some("5400000");
    // From the middle, in the box of the connector.
    let start =
        (if flips[0] { wide } else { -wide } / 2.0, if flips[1] { high } else { -high } / 2.0);
    let middle = (x + wide / 2.0, y + high / 2.0);
    let start = if is_turned { (-start.1, start.0) } else { start };
    if is_turned {
        std::mem::swap(&mut wide, &mut high);
    }
    (x, y) = middle;
    #[expect(clippy::cast_possible_truncation, reason = "pixels")]
    let at = |x: f64, y: f64| point((x / emu_per_px) as f32, (y / emu_per_px) as f32);
    [at(x + start.0, y + start.1), at(x - start.0, y - start.1)]
}

#[test]
fn slides_have_native_texts_alternative_texts_and_notes() {
    let map = example();
    let bytes = render(&map, &page(&map), &PPTX);
    let text = slide(&bytes, 1);
    assert!(text.contains("type=\"title\""), "the heading is the title of the slide");
    assert!(text.contains("name=\"Legend\"") && text.contains("Firmest: claimed"));
    assert!(text.contains("descr=\"Tehreek-e-Taliban Pakistan (TTP) (armed group)\""), "{text}");
    assert!(text.contains("layout choice"), "the remarks of the page");
    let notes = part(&bytes, "ppt/notesSlides/notesSlide1.xml");
    assert!(notes.contains("1. Pakistan") && notes.contains("¶5") && notes.contains("Umair Jamal"));
    assert_eq!(render(&map, &page(&map), &PPTX), bytes, "the same map gives the same bytes");
}

#[test]
fn slides_are_wide_or_standard() {
    let map = example();
    for (size, expected) in
        [((1280, 720), 12_192_000), ((800, 600), 9_144_000), ((1600, 1000), 12_192_000)]
    {
        let bytes = render(&map, &Page::new(size.0, size.1), &PPTX);
        let text = part(&bytes, "ppt/presentation.xml");
        let document = Document::parse(&text).expect("well-formed");
        let wide = number(named(document.root_element(), "sldSz")[0], "cx");
        assert!((wide - f64::from(expected)).abs() < 10_000.0, "{size:?}: {wide}");
    }
}

#[test]
fn other_scripts_have_fonts_of_office() {
    let text = std::fs::read_to_string(project("tests/fixtures/scripts.json")).expect("read");
    let map = parse(&text);
    let text = slide(&render(&map, &page(&map), &PPTX), 1);
    for words in ["Microsoft YaHei", "Yu Gothic", "Malgun Gothic", "lang=\"he-IL\"", "rtl=\"1\""] {
        assert!(text.contains(words), "{words}");
    }
}

#[test]
fn places_are_read_back_from_slides() {
    let map = example();
    let index = Index::of(&map);
    let positions = layout::positions(&map);
    let bytes = render(&map, &page(&map), &PPTX);
    let known = |id: &allegiance::model::ActorId| positions.get(index.actor(id)?).copied();
    let places = slides::places_in(&bytes).expect("slides of a map");
    assert!(places[0].moved(known).is_empty(), "nothing was moved");
    // One shape is moved by 100 pixels to the right.
    let text = slide(&bytes, 1);
    let at = text.find("(actor ttp)").expect("the shape");
    let start = at + text[at..].find("<a:off x=\"").expect("its place") + "<a:off x=\"".len();
    let end = start + text[start..].find('"').expect("a number");
    let x: i64 = text[start..end].parse().expect("a number");
    let moved = format!("{}{}{}", &text[..start], x + 952_500, &text[end..]);
    let mut package = allegiance::file::source::package::PackageWriter::default();
    package.add("ppt/slides/slide1.xml", moved.as_bytes()).expect("packed");
    let bytes = package.finish().expect("packed");
    let places = slides::places_in(&bytes).expect("slides of a map");
    let moved = places[0].moved(known);
    assert_eq!(moved.len(), 1);
    let (id, to) = moved.first_key_value().expect("the moved actor");
    let before = known(id).expect("known");
    let page = PPTX.fitted(page(&map));
    let zoom = Picture::new(&map, &positions, &page).expect("laid out").camera().zoom;
    assert!(((*to - before).x * zoom - 100.0).abs() < 0.5 && (*to - before).y.abs() < 0.5);
}

#[test]
fn a_small_slide_and_a_small_page_are_as_before() {
    let mut map = crate::support::map(&["a-b", "b+c"]);
    map.meta.title = "Small".to_owned();
    map.layout =
        serde_json::from_str(r#"{"a":{"x":0,"y":0},"b":{"x":200,"y":0},"c":{"x":100,"y":150}}"#)
            .expect("a layout");
    let page = Page { parts: export_parts(), ..page(&map) };
    assert_golden("slide.xml", &slide(&render(&map, &page, &PPTX), 1).replace("><", ">\n<"));
    let html = String::from_utf8(render(&map, &page, &HTML)).expect("UTF-8");
    let stage = html.find("<div id=\"stage\"").expect("the pictures");
    let end = html.find("<script>").expect("the script");
    assert_golden("page.html", &html[stage..end]);
}

fn export_parts() -> allegiance::scene::page::parts::Parts {
    allegiance::scene::page::parts::Parts {
        title: true,
        ..allegiance::scene::page::parts::Parts::none()
    }
}

fn html(map: &Map) -> String {
    String::from_utf8(render(map, &page(map), &HTML)).expect("UTF-8")
}

/// The data of the viewer.
fn data(html: &str) -> serde_json::Value {
    let start = html.find("id=\"data\">").expect("data") + "id=\"data\">".len();
    let end = start + html[start..].find("</script>").expect("its end");
    serde_json::from_str(&html[start..end]).expect("JSON")
}

#[test]
fn a_page_may_run_and_load_nothing_but_what_is_in_it() {
    let mut map = example();
    map.meta.title = "</script><script>alert(1)</script>".to_owned();
    map.meta.message = String::new();
    map.actors.raw[0].name = "<img src=x onerror=alert(1)>\"'".to_owned();
    map.sources.raw[0].url = Some("javascript:alert(1)".to_owned());
    let html = html(&map);
    let policy_at = html.find("content=\"default-src 'none'").expect("a policy");
    let policy = &html[policy_at..policy_at + html[policy_at..].find("\">").expect("its end")];
    let between = |start: &str, end: &str| {
        let from = html.rfind(start).expect("there") + start.len();
        &html[from..from + html[from..].find(end).expect("its end")]
    };
    for (start, end) in [("<script>", "</script>"), ("<style>", "</style>")] {
        let digest = Sha256::digest(between(start, end).as_bytes());
        let digest = base64::engine::general_purpose::STANDARD.encode(digest);
        assert!(policy.contains(&format!("'sha256-{digest}'")), "{start}: {policy}");
    }
    assert_eq!(html.matches("<script").count(), 2, "the data and the script");
    assert_eq!(html.matches("<style").count(), 1);
    for forbidden in
        [" style=\"", "onerror=alert(1)>", "javascript:", " src=\"", "@import", "url(http"]
    {
        let markup = html.find("<script type").map_or(&*html, |end| &html[..end]);
        assert!(!markup.contains(forbidden), "{forbidden}");
    }
    assert!(data(&html)["sources"][0]["url"].is_null(), "no address that could run a script");
}

#[test]
fn a_page_knows_every_line_with_its_ties_and_words_and_nothing_that_is_not_shown() {
    let mut map = example();
    let view = View::of(&map);
    let hidden = map.actors.iter().find(|actor| view.settings.hidden_actors.contains(&actor.id));
    let hidden = hidden.expect("the example hides an actor").name.clone();
    map.sources.raw[0].text = Some("The whole text".to_owned());
    let html = html(&map);
    let data = data(&html);
    let picture_page = page(&map);
    let positions = layout::positions(&map);
    let picture = Picture::new(&map, &positions, &picture_page).expect("laid out");
    let lines = data["views"][0]["lines"].as_array().expect("lines");
    assert_eq!(lines.len(), picture.scene().routes.len());
    let ties: usize = lines.iter().map(|line| line["ties"].as_array().expect("ties").len()).sum();
    assert_eq!(ties, data["ties"].as_array().expect("ties").len());
    let excerpts: usize = data["ties"]
        .as_array()
        .expect("ties")
        .iter()
        .map(|tie| tie["excerpts"].as_array().expect("excerpts").len())
        .sum();
    let shown = map.relations.iter().filter(|tie| !tie.status.is_outlook());
    assert!(excerpts > 0 && excerpts <= shown.map(|tie| tie.evidence.len()).sum::<usize>());
    let names = data["actors"].to_string();
    assert!(!names.contains(&hidden), "{hidden} is hidden");
    assert!(!html.contains("The whole text"), "full texts only on request");
    let with = String::from_utf8(render(&map, &Page { has_texts: true, ..page(&map) }, &HTML));
    assert!(with.expect("UTF-8").contains("The whole text"));
    assert!(html.len() < 300_000, "{} bytes", html.len());
}

#[test]
fn a_page_has_the_steps_of_the_map_and_two_themes() {
    let mut map = example();
    let mut steps = vec![BriefingStep { title: "One".to_owned(), ..BriefingStep::default() }];
    steps.push(BriefingStep {
        title: "Two".to_owned(),
        text: "Words".to_owned(),
        ..steps[0].clone()
    });
    steps[1].id = "p2".into();
    steps[0].id = "p1".into();
    map.steps = steps;
    let html = html(&map);
    let data = data(&html);
    let titles: Vec<&str> = data["views"]
        .as_array()
        .expect("views")
        .iter()
        .filter_map(|view| view["title"].as_str())
        .collect();
    assert_eq!(&titles[1..], ["One", "Two"]);
    assert_eq!(html.matches("role=\"img\" aria-label").count(), 3);
    assert!(html.contains(".dark .a{"), "colours of the dark theme");
    let ids: Vec<&str> = html
        .match_indices(" id=\"")
        .map(|(at, _)| {
            let rest = &html[at + 5..];
            &rest[..rest.find('"').unwrap_or(0)]
        })
        .collect();
    let different: std::collections::BTreeSet<&&str> = ids.iter().collect();
    assert_eq!(different.len(), ids.len(), "each id once");
}

#[test]
fn lines_that_pass_behind_actors_on_a_slide_are_counted() {
    let said = |middle: i32| {
        let map = parse(&format!(
            r#"{{"format": "relationship-map", "version": 1, "meta": {{"title": "Three"}},
            "actors": [{{"id": "a", "name": "A"}}, {{"id": "b", "name": "B"}}, {{"id": "c", "name": "C"}}],
            "relations": [{{"id": "r", "from": "a", "to": "c", "stance": "hostile"}}],
            "layout": {{"a": {{"x": 0, "y": 0}}, "b": {{"x": 200, "y": {middle}}}, "c": {{"x": 400, "y": 0}}}}}}"#
        ));
        let page = PPTX.fitted(page(&map));
        let picture = Picture::new(&map, &layout::positions(&map), &page).expect("laid out");
        export::remarks(&PPTX, &[picture])
    };
    assert_eq!(
        said(0),
        [
            "1 line passes behind actors on the slide, around which a picture bows it; move these actors"
        ]
    );
    assert!(said(200).is_empty(), "{:?}", said(200));
}

#[test]
fn parallel_lines_are_curved_unless_that_leads_far_away() {
    let presets = |height: i32| {
        let map = parse(&format!(
            r#"{{"format": "relationship-map", "version": 1, "meta": {{"title": "Two"}},
            "actors": [{{"id": "a", "name": "A"}}, {{"id": "b", "name": "B"}}],
            "relations": [{{"id": "r", "from": "a", "to": "b", "stance": "hostile"}},
                {{"id": "s", "from": "b", "to": "a", "stance": "hostile"}}],
            "layout": {{"a": {{"x": 0, "y": 0}}, "b": {{"x": 500, "y": {height}}}}}}}"#
        ));
        let text = slide(&render(&map, &PPTX.fitted(page(&map)), &PPTX), 1);
        (text.matches("curvedConnector").count(), text.matches("straightConnector").count())
    };
    assert_eq!(presets(0), (2, 0), "side by side");
    // Out of the sides and back would be two large bends.
    assert_eq!(presets(200), (0, 2), "aslant");
}
