//! Crowds: how many ties pass each pixel, and how that is drawn.

#![expect(
    clippy::cast_possible_truncation,
    clippy::cast_precision_loss,
    clippy::float_cmp,
    reason = "pixels and small counts"
)]

use allegiance::export::{PDF, PNG, SVG};
use allegiance::export::{Page, Picture, render};
use allegiance::geometry::{Point, Rect, point};
use allegiance::model::query::Index;
use allegiance::model::{Map, Placement, Stance};
use allegiance::progress::Progress;
use allegiance::scene::camera::Camera;
use allegiance::scene::crowd::counts::{Counts, Piece, STANCES};
use allegiance::scene::crowd::course::counts_of;
use allegiance::scene::crowd::in_view::InView;
use allegiance::scene::crowd::paint::{Dot, Layer, Looks, paint};
use allegiance::scene::crowd::sheet::Sheet;
use allegiance::scene::crowd::tones::{Tones, total};
use allegiance::scene::picture::overview::Overview;
use allegiance::scene::primitive::{Color, Image, Owner, Primitive};
use allegiance::scene::shown::Shown;
use allegiance::scene::theme::Theme;
use allegiance::scene::view::View;
use proptest::prelude::*;

use crate::support::parse;

fn piece(from: (f32, f32), to: (f32, f32), ties: u32) -> Piece {
    Piece { from: point(from.0, from.1), to: point(to.0, to.1), ties }
}

/// The counts of one stance, row by row.
fn plane(counts: &Counts, stance: usize) -> Vec<u32> {
    (0..counts.len()).map(|cell| counts.at(cell)[stance]).collect()
}

#[test]
fn a_line_passes_one_cell_in_each_column_or_in_each_row_if_it_is_steep() {
    let mut counts = Counts::new(6, 4);
    // Along the second row, over the whole width; two ties.
    counts.add(Stance::Hostile, [piece((-3.0, 1.5), (9.0, 1.5), 2)].into_iter());
    // Down one cell for each two to the right: at the middles of the columns, the rows are 0.25,
    // 0.75, 1.25, 1.75, 2.25, 2.75.
    counts.add(Stance::Cooperative, [piece((0.0, 0.0), (6.0, 3.0), 1)].into_iter());
    // Steep, upwards, from below the middle of the last row to below the middle of the first.
    counts.add(Stance::Neutral, [piece((4.2, 3.6), (4.9, 0.6), 1)].into_iter());
    #[rustfmt::skip]
    let expected = [
        [0, 0, 0, 0, 0, 0,
         2, 2, 2, 2, 2, 2,
         0, 0, 0, 0, 0, 0,
         0, 0, 0, 0, 0, 0],
        [1, 1, 0, 0, 0, 0,
         0, 0, 1, 1, 0, 0,
         0, 0, 0, 0, 1, 1,
         0, 0, 0, 0, 0, 0],
        [0, 0, 0, 0, 0, 0,
         0, 0, 0, 0, 0, 0,
         0, 0, 0, 0, 0, 0,
         0, 0, 0, 0, 0, 0],
        [0, 0, 0, 0, 0, 0,
         0, 0, 0, 0, 1, 0,
         0, 0, 0, 0, 1, 0,
         0, 0, 0, 0, 1, 0],
    ];
    for (stance, expected) in expected.iter().enumerate() {
        let name = STANCES[stance];
        assert_eq!(plane(&counts, stance), expected, "{name:?}");
    }
}

#[test]
fn lines_outside_or_without_a_length_pass_no_cell() {
    let mut counts = Counts::new(3, 3);
    let pieces = [
        piece((-5.0, -5.0), (-1.0, 9.0), 1),
        piece((1.5, 1.5), (1.5, 1.5), 1),
        piece((f32::NAN, 1.0), (2.0, 2.0), 1),
        piece((-1e30, 1.0), (1e30, 1.0e30), 1),
        piece((0.0, 7.0), (3.0, 7.0), 1),
    ];
    counts.add(Stance::Mixed, pieces.into_iter());
    assert_eq!(plane(&counts, 2), [0; 9]);
}

#[test]
fn half_of_the_strength_is_the_share_of_cells_with_no_more_ties_and_half_the_logarithm() {
    let mut counts = Counts::new(5, 1);
    // Cells with 0, 1, 1, 3 and 7 ties.
    let cell = |column: u8, ties| {
        let at = f32::from(column);
        piece((at, 0.5), (at + 1.0, 0.5), ties)
    };
    counts.add(Stance::Hostile, [cell(1, 1), cell(2, 1), cell(3, 3), cell(4, 7)].into_iter());
    let tones = Tones::of(&counts, [0..5, 0..1]);
    let near = |count: u32, expected: f32| {
        let strength = tones.strength(count);
        assert!((strength - expected).abs() < 1e-6, "{count} ties: {strength}, not {expected}");
    };
    near(0, 0.0);
    near(1, 0.0);
    // One of the two cells above the lowest; (ln 4 - ln 2) / (ln 8 - ln 2) = 1/2.
    near(3, 0.5);
    near(7, 1.0);
    near(100, 1.0);
    assert_eq!(tones.most(), 7);
    // Of another part of the grid only its own cells matter.
    assert_eq!(Tones::of(&counts, [0..4, 0..1]).most(), 3);
    assert_eq!(Tones::of(&counts, [0..1, 0..1]).most(), 0);
}

#[test]
fn the_image_mixes_the_colours_of_stances_by_their_shares() {
    let mut counts = Counts::new(6, 1);
    let cell = |column: u8, ties| {
        let at = f32::from(column);
        piece((at, 0.5), (at + 1.0, 0.5), ties)
    };
    // Hostile, cooperative, half and half, three quarters hostile, neutral, nothing.
    counts.add(Stance::Hostile, [cell(0, 4), cell(2, 2), cell(3, 3)].into_iter());
    counts.add(Stance::Cooperative, [cell(1, 4), cell(2, 2), cell(3, 1)].into_iter());
    counts.add(Stance::Neutral, [cell(4, 4)].into_iter());
    let theme = Theme::light();
    let tones = Tones::of(&counts, [0..6, 0..1]);
    // All cells have as many ties, so that they are as faint as the faintest.
    let looks = Looks { theme: &theme, faintest: 1.0, dots_above: 0.0 };
    let layer = Layer { counts, tones, share: 1.0 };
    let pixels = paint((6, 1), &[layer], &[], &looks);
    let color = |color: Color| [color.red, color.green, color.blue, 255];
    let (hostile, mixed) = (theme.stance(Stance::Hostile), theme.stance(Stance::Mixed));
    let expected = [
        color(hostile),
        color(theme.stance(Stance::Cooperative)),
        color(mixed),
        color(hostile.over(mixed, 0.5)),
        color(theme.stance(Stance::Neutral)),
        [0; 4],
    ];
    assert_eq!(pixels, expected.concat());
}

#[test]
fn dots_cover_lines_as_far_as_they_are_shapes() {
    let theme = Theme::light();
    let red = Color::rgb(0x00FF_0000);
    let dot = Dot { centre: point(1.5, 1.5), radius: 1.6, outline: 0.2, fill: red, line: red };
    let drawn = |dots_above: f32| {
        let mut counts = Counts::new(3, 3);
        counts.add(Stance::Cooperative, [piece((0.0, 1.5), (3.0, 1.5), 1)].into_iter());
        let tones = Tones::of(&counts, [0..3, 0..3]);
        let looks = Looks { theme: &theme, faintest: 0.5, dots_above };
        let layer = Layer { counts, tones, share: 1.0 };
        let pixels = paint((3, 3), &[layer], std::slice::from_ref(&dot), &looks);
        [pixels[16], pixels[17], pixels[18], pixels[19]]
    };
    assert_eq!(drawn(1.0), [255, 0, 0, 255]);
    // Half of cooperation's blue, 00 72 B2, over red.
    assert_eq!(drawn(0.0), [127, 57, 89, 255]);
}

/// A map of actors at these places, with ties between them.
fn made(places: &[(f32, f32)], ties: &[(usize, usize, usize)]) -> Map {
    let actors: Vec<String> =
        (0..places.len()).map(|at| format!(r#"{{"id":"a{at}","name":"Actor {at}"}}"#)).collect();
    let stances = ["hostile", "cooperative", "mixed", "neutral"];
    let tie = |(number, (from, to, stance)): (usize, &(usize, usize, usize))| {
        format!(
            r#"{{"id":"r{number}","from":"a{from}","to":"a{to}","stance":"{}"}}"#,
            stances[*stance]
        )
    };
    let ties: Vec<String> = ties.iter().enumerate().map(tie).collect();
    let mut map = parse(&format!(
        r#"{{"format":"relationship-map","version":1,"actors":[{}],"relations":[{}]}}"#,
        actors.join(","),
        ties.join(",")
    ));
    for (at, (x, y)) in places.iter().enumerate() {
        let id = format!("a{at}").as_str().into();
        let (x, y) = (f64::from(*x), f64::from(*y));
        map.layout.insert(id, Placement { x, y, ..Placement::default() });
    }
    map
}

/// How many ties pass a cell, found cell by cell without the help of the program.
fn plain_count(places: &[Point], ties: &[(usize, usize)], column: usize, row: usize) -> u32 {
    let passes = |(from, to): &(usize, usize)| {
        let [a, b] = [places[*from], places[*to]].map(|at| [f64::from(at.x), f64::from(at.y)]);
        let (along, across) =
            if (b[1] - a[1]).abs() > (b[0] - a[0]).abs() { (1, 0) } else { (0, 1) };
        let cell = [column as f64, row as f64];
        let middle = cell[along] + 0.5;
        let (low, high) = (a[along].min(b[along]), a[along].max(b[along]));
        if a[along] == b[along] || middle < low || middle >= high {
            return false;
        }
        let at = a[across] + (middle - a[along]) / (b[along] - a[along]) * (b[across] - a[across]);
        at.floor() == cell[across]
    };
    ties.iter().filter(|tie| passes(tie)).count() as u32
}

proptest! {
    #[test]
    fn the_density_of_a_map_is_a_plain_count_in_each_pixel(
        places in proptest::collection::vec((-30.0_f32..70.0, -30.0_f32..60.0), 2..30),
        ends in proptest::collection::vec((0_usize..30, 0_usize..30, 0_usize..4), 1..60),
    ) {
        // One tie between two actors, so that lines are straight.
        let mut ties: Vec<(usize, usize, usize)> = Vec::new();
        for (from, to, stance) in ends {
            let (from, to) = (from % places.len(), to % places.len());
            let is_new = ties.iter().all(|tie| {
                (tie.0.min(tie.1), tie.0.max(tie.1)) != (from.min(to), from.max(to))
            });
            if from != to && is_new {
                ties.push((from, to, stance));
            }
        }
        let map = made(&places, &ties);
        let (index, view) = (Index::of(&map), View::default());
        let shown = Shown::of(&map, &index, &view);
        let positions: allegiance::model::PerActor<Point> =
            places.iter().map(|(x, y)| point(*x, *y)).collect();
        let overview = Overview::of(&map, &index, &positions, &view, &shown);
        // A page of 40 × 30 pixels from (0, 0), one pixel per map unit.
        let camera = Camera { centre: point(20.0, 15.0), zoom: 1.0 };
        let sheet = Sheet::of(&camera, point(40.0, 30.0));
        prop_assert_eq!((sheet.columns, sheet.rows), (40, 30));
        let on_sheet = InView::of(&overview, &positions, &sheet.area, 1.0, &[]);
        let counts = counts_of(&overview, &positions, &sheet, &on_sheet, 1.0, |_| true);
        let cells: Vec<Point> = positions.iter().map(|at| sheet.cell_at(*at)).collect();
        for (slot, stance) in STANCES.iter().enumerate() {
            let own = |tie: &&(usize, usize, usize)| {
                map.relations.raw[ties.iter().position(|other| other == *tie).unwrap_or(0)].stance
                    == *stance
            };
            let own: Vec<(usize, usize)> =
                ties.iter().filter(own).map(|(from, to, _)| (*from, *to)).collect();
            for cell in 0..counts.len() {
                let expected = plain_count(&cells, &own, cell % 40, cell / 40);
                prop_assert_eq!(counts.at(cell)[slot], expected, "cell {} of {:?}", cell, stance);
            }
        }
    }
}

/// 3,000 actors in two camps side by side, with ties inside and between.
fn two_camps() -> Map {
    let place = |at: usize| {
        let (camp, number) = (at % 2, at / 2);
        let [x, y] = [number % 40, number / 40].map(|at| at as f32 * 60.0);
        (x + camp as f32 * 6000.0, y)
    };
    let places: Vec<(f32, f32)> = (0..3000).map(place).collect();
    let inside = (0..3000).map(|at| (at, (at + 38) % 3000, 1));
    let between = (0..1500).map(|at| (2 * at, (2 * at + 301) % 3000, 0));
    let ties: Vec<(usize, usize, usize)> = inside.chain(between).collect();
    made(&places, &ties)
}

fn image_of(picture: &Picture<'_>) -> Option<Image> {
    let mut primitives = picture.scene().marks.iter().flat_map(|mark| &mark.primitives);
    primitives.find_map(|primitive| match primitive {
        Primitive::Image(image) => Some(image.clone()),
        _ => None,
    })
}

#[test]
fn a_crowd_is_an_image_in_every_format_and_close_up_it_is_shapes_and_lines() {
    let map = two_camps();
    let positions = allegiance::layout::positions(&map);
    let page = Page::new(900, 600);
    let picture = Picture::new(&map, &positions, &page).expect("a picture");
    let image = image_of(&picture).expect("an image");
    assert_eq!(image.size, [900, 600]);
    assert!(picture.scene().busiest.is_some_and(|most| most > 10));
    // Between the camps, in the middle of the page, there is only hostility.
    let middle = (300 * 900 + 450) * 4;
    let near = |cell: usize| &image.rgba[cell..cell + 4];
    let hostile = Theme::light().stance(Stance::Hostile);
    let column: Vec<usize> = (200..400).map(|row| (row * 900 + 450) * 4).collect();
    let cell = column.iter().copied().find(|cell| near(*cell)[3] > 0).unwrap_or(middle);
    let alpha = f32::from(near(cell)[3]) / 255.0;
    for (part, whole) in near(cell).iter().zip([hostile.red, hostile.green, hostile.blue]) {
        assert!((f32::from(*part) - f32::from(whole) * alpha).abs() < 2.0, "{:?}", near(cell));
    }
    let formats = [(&PNG, &b"PNG"[..]), (&SVG, b"<image "), (&PDF, b"%PDF")];
    for (format, sign) in formats {
        let bytes =
            render(&map, &positions, &page, format, &Progress::default()).expect("rendered");
        let has = bytes.windows(sign.len()).any(|part| part == sign);
        assert!(has, "{} has the image", format.text);
        if format.text == "PDF" {
            let document = lopdf::Document::load_mem(&bytes).expect("a PDF");
            let page = document.page_iter().next().expect("a page");
            let images = document.get_page_images(page).expect("images");
            assert_eq!(images.iter().map(|image| image.width).collect::<Vec<_>>(), [900]);
        }
        assert!(bytes.len() < 1_500_000, "{}: {} bytes", format.text, bytes.len());
    }
    // Close up.
    let mut page = Page::new(900, 600);
    page.camera = Some(Camera { centre: point(600.0, 600.0), zoom: 1.0 });
    let picture = Picture::new(&map, &positions, &page).expect("a picture");
    assert!(image_of(&picture).is_none());
    assert!(!picture.scene().routes.is_empty() && picture.scene().busiest.is_none());
}

/// What is drawn at a zoom: whether actors are shapes, whether lines are counted, and the pixels.
fn at_zoom(map: &Map, zoom: f32) -> (bool, bool, Vec<u8>) {
    let positions = allegiance::layout::positions(map);
    let mut page = Page::new(700, 500);
    page.parts = allegiance::scene::page::parts::Parts::none();
    page.camera = Some(Camera { centre: point(1200.0, 1100.0), zoom });
    let picture = Picture::new(map, &positions, &page).expect("a picture");
    let is_shape = |mark: &&allegiance::scene::primitive::Mark| {
        matches!(mark.owner, Owner::Actor(_))
            && matches!(mark.primitives[0], Primitive::Shape { .. })
    };
    let shapes = picture.scene().marks.iter().filter(is_shape).count();
    let pixels = picture.to_pixels(&Progress::default()).expect("drawn").rgba;
    (shapes > picture.scene().names.len(), picture.scene().busiest.is_some(), pixels)
}

/// Asserts that the picture hardly changes at the zoom between `low` and `high` at which `of`
/// changes.
fn assert_no_jump(
    map: &Map,
    (mut low, mut high): (f32, f32),
    of: impl Fn(&(bool, bool, Vec<u8>)) -> bool,
    levels: f32,
) {
    let before = of(&at_zoom(map, low));
    assert_ne!(before, of(&at_zoom(map, high)));
    while high / low > 1.0 + 1e-5 {
        let middle = (low * high).sqrt();
        if of(&at_zoom(map, middle)) == before {
            low = middle;
        } else {
            high = middle;
        }
    }
    let [below, above] = [low, high].map(|zoom| at_zoom(map, zoom).2);
    let sum: u64 = below.iter().zip(&above).map(|(a, b)| u64::from(a.abs_diff(*b))).sum();
    let mean = sum as f32 / below.len() as f32;
    assert!(mean < levels, "{mean} levels at zoom {low}");
}

#[test]
fn nothing_jumps_where_dots_become_shapes() {
    assert_no_jump(&two_camps(), (0.03, 1.0), |drawn| drawn.0, 3.0);
}

#[test]
fn nothing_jumps_where_counts_become_lines() {
    assert_no_jump(&two_camps(), (0.03, 2.0), |drawn| drawn.1, 2.0);
}

#[test]
fn a_selection_stays_bright_above_a_faded_crowd() {
    let map = two_camps();
    let positions = allegiance::layout::positions(&map);
    let index = Index::of(&map);
    let mut page = Page::new(900, 600);
    let selection = allegiance::edit::Selection::of(allegiance::model::Element::Actor("a0".into()));
    let shown = Shown::of(&map, &index, &page.view);
    page.view.emphasis = selection.emphasis(&index, &shown);
    let picture = Picture::new(&map, &positions, &page).expect("a picture");
    assert_eq!(picture.scene().routes.len(), index.ties(0.into()).len());
    // If all are selected, none is faded, and the image shows them.
    let all = allegiance::edit::Selection::all_actors(&map);
    page.view.emphasis = all.emphasis(&index, &shown);
    let picture = Picture::new(&map, &positions, &page).expect("a picture");
    assert!(picture.scene().routes.is_empty());
    assert!(image_of(&picture).is_some());
}

#[test]
fn on_a_huge_page_a_cell_is_several_pixels_and_the_page_is_covered() {
    let camera = Camera { centre: Point::default(), zoom: 2.0 };
    let sheet = Sheet::of(&camera, point(9001.0, 7003.0));
    assert!(sheet.columns * sheet.rows <= 9_000_000);
    let page = Rect::around(Point::default(), 9001.0 / 4.0, 7003.0 / 4.0);
    let area = sheet.area.grown(0.01);
    assert!(area.contains(page.min) && area.contains(page.max), "{:?}", sheet.area);
    assert!(
        (sheet.area.width() / sheet.area.height() - sheet.columns as f32 / sheet.rows as f32).abs()
            < 1e-3
    );
    assert_eq!(total([1, 2, 3, u32::MAX]), u32::MAX);
}
