//! Exports: they have the requested size, are valid and escaped, and are the same every time.

use allegiance::export::{self, Format, PDF, PNG, Page, SVG};
use allegiance::layout;
use allegiance::model::Map;
use allegiance::progress::Progress;
use allegiance::scene::page::parts::Parts;
use allegiance::scene::theme::Theme;

use crate::support::{EXAMPLE, assert_golden, looking, map, parse};

fn page(width_px: u32, height_px: u32, scale: f32) -> Page {
    Page { scale, ..Page::new(width_px, height_px) }
}

fn render(map: &Map, page: &Page, format: &Format) -> Vec<u8> {
    export::render(map, &layout::positions(map), page, format, &Progress::default())
        .unwrap_or_else(|error| panic!("{error}"))
}

fn svg(map: &Map, page: &Page) -> String {
    String::from_utf8(render(map, page, &SVG)).expect("UTF-8")
}

/// Width, height and RGB bytes.
fn pixels(png: &[u8]) -> (u32, u32, Vec<u8>) {
    let mut reader = png::Decoder::new(std::io::Cursor::new(png)).read_info().expect("a PNG");
    let mut bytes = vec![0; reader.output_buffer_size().expect("a size")];
    let info = reader.next_frame(&mut bytes).expect("a frame");
    bytes.truncate(info.buffer_size());
    (info.width, info.height, bytes)
}

#[test]
fn a_png_has_exactly_the_requested_size() {
    let map = parse(EXAMPLE);
    for (width, height, scale) in [(1280, 720, 1.0), (333, 777, 2.0), (1, 1, 1.0), (640, 480, 0.5)]
    {
        let (got_width, got_height, _) = pixels(&render(&map, &page(width, height, scale), &PNG));
        assert_eq!((got_width, got_height), (width, height));
    }
}

#[test]
fn scale_enlarges_the_drawing_and_not_the_page() {
    let map = parse(EXAMPLE);
    let inked = |scale: f32| {
        let (_, _, bytes) = pixels(&render(&map, &page(1600, 1000, scale), &PNG));
        let ground = Theme::light().ground;
        bytes.chunks(3).filter(|pixel| *pixel != [ground.red, ground.green, ground.blue]).count()
    };
    let (once, twice) = (inked(1.0), inked(2.0));
    assert!(twice * 10 > once * 13, "{twice} pixels against {once}");
}

#[test]
fn the_same_map_gives_the_same_bytes() {
    let map = parse(EXAMPLE);
    for format in [&SVG, &PNG, &PDF] {
        assert_eq!(
            render(&map, &page(800, 600, 1.0), format),
            render(&map, &page(800, 600, 1.0), format)
        );
    }
}

#[test]
fn names_with_markup_are_escaped_and_the_svg_stays_one_document() {
    let mut map = map(&["a-b"]);
    "<script>alert(1)</script> & \"quotes\" \u{1}".clone_into(&mut map.actors.raw[0].name);
    "]]> <b>".clone_into(&mut map.meta.title);
    let text = svg(&map, &page(800, 600, 1.0));
    assert!(!text.contains("<script"));
    let document = roxmltree::Document::parse(&text).expect("well-formed XML");
    let words: String = document
        .descendants()
        .filter(roxmltree::Node::is_text)
        .filter_map(|node| node.text())
        .collect();
    assert!(words.contains("<script>alert(1)</script>"), "{words}");
}

#[test]
fn every_actor_and_shown_tie_is_a_group_with_its_id() {
    let map = parse(EXAMPLE);
    let text = svg(&map, &Page { view: looking(|_| {}), ..page(1600, 1000, 1.0) });
    let document = roxmltree::Document::parse(&text).expect("well-formed XML");
    let ids: Vec<&str> = document.descendants().filter_map(|node| node.attribute("id")).collect();
    let once: std::collections::BTreeSet<&str> = ids.iter().copied().collect();
    assert_eq!(once.len(), ids.len(), "each id is used once");
    let has = |class: &str, id: &str| {
        once.contains(format!("{class}-{}", id.replace('_', "_5f_")).as_str())
    };
    assert!(map.actors.iter().all(|actor| has("actor", actor.id.as_str())));
    for relation in &map.relations {
        assert_eq!(
            has("tie", relation.id.as_str()),
            !relation.status.is_outlook(),
            "{}",
            relation.id
        );
    }
}

#[test]
fn a_small_picture_matches_its_golden_file() {
    let mut map = map(&["a-b", "b+a", "b-c"]);
    "Who stands with whom".clone_into(&mut map.meta.title);
    map.actors.raw[0].kind = "state".to_owned().into();
    map.actors.raw[1].kind = "armed_group".to_owned().into();
    assert_golden("small.svg", &svg(&map, &page(480, 360, 1.0)));
}

#[test]
fn the_legend_lists_only_what_is_drawn() {
    let text = svg(&map(&["a-b"]), &page(800, 600, 1.0));
    assert!(text.contains(">Hostility<") && text.contains(">Reported<"));
    for absent in ["Cooperation", "Mixed", "Claimed", "Part of", "Wider"] {
        assert!(!text.contains(absent), "{absent} is in the legend");
    }
}

#[test]
fn impossible_sizes_are_refused_before_any_work() {
    let map = map(&["a-b"]);
    for (width, height, scale) in [
        (0, 100, 1.0),
        (100, 0, 1.0),
        (100_000, 100_000, 1.0),
        (25_000, 25_000, 1.0),
        (100, 100, 0.0),
        (100, 100, f32::NAN),
    ] {
        assert!(
            export::render(
                &map,
                &layout::positions(&map),
                &page(width, height, scale),
                &PNG,
                &Progress::default()
            )
            .is_err()
        );
    }
    assert!(Format::of(std::path::Path::new("picture.gif")).is_err());
}

#[test]
fn maps_of_any_size_have_a_picture() {
    for map in [Map::default(), map(&["a-a"]), map(&["a-b"])] {
        let (width, _, _) = pixels(&render(&map, &page(400, 300, 1.0), &PNG));
        assert_eq!(width, 400);
    }
}

/// A map with a marking, an author and a caveat.
fn marked() -> Map {
    let mut map = map(&["a-b", "b+a"]);
    "Who stands with whom".clone_into(&mut map.meta.title);
    "tlp: amber".clone_into(&mut map.meta.marking);
    "A. Writer".clone_into(&mut map.meta.author);
    "Two reports, both from one side.".clone_into(&mut map.meta.caveat);
    map
}

fn words(svg: &str) -> Vec<String> {
    let document = roxmltree::Document::parse(svg).expect("well-formed XML");
    let texts = document.descendants().filter(|node| node.tag_name().name() == "text");
    texts.filter_map(|node| node.text()).map(str::to_owned).collect()
}

#[test]
fn marking_and_notes_are_drawn_and_each_part_can_be_left_out() {
    let map = marked();
    let whole = words(&svg(&map, &page(1280, 720, 1.0)));
    assert_eq!(whole.iter().filter(|text| *text == "TLP:AMBER").count(), 2, "at top and bottom");
    let all = whole.join(" ");
    for part in [
        "Who stands with whom",
        "Hostility",
        "Two reports, both from one side.",
        "layout choice",
        "A. Writer",
    ] {
        assert!(all.contains(part), "{part}");
    }
    let none = Parts::none();
    let bare = words(&svg(&map, &Page { parts: none, ..page(1280, 720, 1.0) }));
    assert_eq!(bare, ["A", "B"], "only the actors are left");
    let without =
        |parts: Parts| words(&svg(&map, &Page { parts, ..page(1280, 720, 1.0) })).join(" ");
    for (parts, gone) in [
        (Parts { title: false, ..Parts::default() }, "Who stands with whom"),
        (Parts { legend: false, ..Parts::default() }, "Hostility"),
        (Parts { marking: false, ..Parts::default() }, "TLP:AMBER"),
        (Parts { caveat: false, ..Parts::default() }, "Two reports"),
        (Parts { position: false, ..Parts::default() }, "layout choice"),
        (Parts { author: false, ..Parts::default() }, "A. Writer"),
    ] {
        assert!(all.contains(gone) && !without(parts).contains(gone), "{gone}");
    }
    let made = Parts {
        made: "From map.json, exported 2026-11-22 10:15 UTC.".to_owned(),
        ..Parts::default()
    };
    assert!(
        words(&svg(&map, &Page { parts: made, ..page(1280, 720, 1.0) }))
            .join(" ")
            .contains("10:15 UTC")
    );
}

#[test]
fn a_time_is_written_in_a_readable_form() {
    let time = std::time::UNIX_EPOCH + std::time::Duration::from_secs(1_700_000_000);
    assert_eq!(
        export::export_note("map.json", time),
        "From map.json, exported 2023-11-14 22:13 UTC."
    );
    // A wrong clock: 1969, and the years 9999 and 10000.
    let epoch = std::time::UNIX_EPOCH;
    let seconds = std::time::Duration::from_secs;
    assert_eq!(export::export_note("map.json", epoch - seconds(3600)), "From map.json.");
    assert_eq!(
        export::export_note("map.json", epoch + seconds(253_402_300_799)),
        "From map.json, exported 9999-12-31 23:59 UTC."
    );
    assert_eq!(export::export_note("m.json", epoch + seconds(253_402_300_800)), "From m.json.");
}

#[test]
fn a_png_stores_its_title_and_resolution_and_may_be_transparent() {
    let bytes =
        render(&marked(), &Page { dpi: 300.0, is_transparent: true, ..page(300, 200, 1.0) }, &PNG);
    let mut reader =
        png::Decoder::new(std::io::Cursor::new(&bytes[..])).read_info().expect("a PNG");
    let info = reader.info();
    assert_eq!(info.color_type, png::ColorType::Rgba);
    assert_eq!(info.pixel_dims.map(|dims| dims.xppu), Some(11_811));
    let titles: Vec<String> = info
        .utf8_text
        .iter()
        .filter(|text| text.keyword == "Title")
        .filter_map(|text| text.get_text().ok())
        .collect();
    assert_eq!(titles, ["Who stands with whom"]);
    let mut pixels = vec![0; reader.output_buffer_size().expect("a size")];
    reader.next_frame(&mut pixels).expect("a frame");
    assert!(
        pixels.chunks(4).any(|pixel| pixel[3] == 0)
            && pixels.chunks(4).any(|pixel| pixel[3] == 255)
    );
}

#[test]
fn the_text_of_a_pdf_can_be_searched() {
    let map = marked();
    let bytes = render(&map, &page(1280, 720, 1.0), &PDF);
    assert!(bytes.starts_with(b"%PDF-"));
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("map.pdf");
    std::fs::write(&path, &bytes).expect("written");
    let text = allegiance::file::source::read(&path).expect("a PDF with words");
    // The PDF reader used here reads a space after each letter that has its own position.
    let joined: String = text.as_str().split_whitespace().collect();
    for part in ["Whostandswithwhom", "TLP:AMBER", "Hostility", "Tworeports,bothfromoneside."] {
        assert!(joined.contains(part), "{part} is not in {joined}");
    }
    assert_eq!(render(&map, &page(1280, 720, 1.0), &PDF), bytes, "the same every time");
}

#[test]
fn in_print_each_stance_has_a_different_grey() {
    let theme = Theme::print();
    let grey = |stance: allegiance::model::Stance| {
        let color = theme.stance(stance);
        assert!(color.red == color.green && color.green == color.blue, "{stance:?} is not grey");
        color.red
    };
    let greys: Vec<u8> =
        allegiance::model::Stance::ALL.iter().map(|stance| grey(*stance)).collect();
    for (at, one) in greys.iter().enumerate() {
        for other in &greys[..at] {
            assert!(one.abs_diff(*other) >= 30, "{greys:?}");
        }
    }
}
