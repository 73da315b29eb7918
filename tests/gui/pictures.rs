//! Exports from the window: an exported picture looks like the screen.

#![expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    clippy::cast_precision_loss,
    clippy::redundant_closure_for_method_calls,
    reason = "pixel counts are small; a method path does not satisfy the lifetimes of egui"
)]

use allegiance::export::{self, PNG, Picture};
use allegiance::progress::Progress;
use allegiance::ui::Picked;
use egui::epaint::{ColorImage, Primitive, Vertex};
use egui::{self, Key, Modifiers, Pos2, Rect};

use crate::support::{Folder, Window, read};

/// Draws the window from the triangles that a graphics card would get. Returns width, height and
/// pixels (red, green and blue, 0 to 255).
fn drawn(window: &Window) -> (usize, usize, Vec<[f32; 3]>) {
    let context = &window.harness.ctx;
    let output = window.harness.output();
    let atlas = context.fonts(|fonts| fonts.image());
    let size = context.content_rect().size();
    let (width, height) = (size.x as usize, size.y as usize);
    let mut pixels = vec![[0.0; 3]; width * height];
    for clipped in context.tessellate(output.shapes.clone(), 1.0) {
        let Primitive::Mesh(mesh) = &clipped.primitive else { continue };
        for corner in mesh.indices.chunks(3) {
            let corners = [0, 1, 2].map(|at| mesh.vertices[corner[at] as usize]);
            fill(&corners, clipped.clip_rect, &atlas, width, height, &mut pixels);
        }
    }
    (width, height, pixels)
}

/// Draws one textured triangle over `pixels`.
pub fn fill(
    corners: &[Vertex; 3],
    clip: Rect,
    atlas: &ColorImage,
    width: usize,
    height: usize,
    pixels: &mut [[f32; 3]],
) {
    let bounds = Rect::from_points(&corners.map(|corner| corner.pos)).intersect(clip);
    let cross = |a: Pos2, b: Pos2, c: Pos2| (b.x - a.x) * (c.y - a.y) - (b.y - a.y) * (c.x - a.x);
    let area = cross(corners[0].pos, corners[1].pos, corners[2].pos);
    if area.abs() < 1e-9 || !bounds.is_positive() {
        return;
    }
    for y in
        bounds.min.y.floor().max(0.0) as usize..(bounds.max.y.ceil().max(0.0) as usize).min(height)
    {
        for x in bounds.min.x.floor().max(0.0) as usize
            ..(bounds.max.x.ceil().max(0.0) as usize).min(width)
        {
            let at = egui::pos2(x as f32 + 0.5, y as f32 + 0.5);
            if !clip.contains(at) {
                continue;
            }
            let shares = [
                cross(corners[1].pos, corners[2].pos, at) / area,
                cross(corners[2].pos, corners[0].pos, at) / area,
                cross(corners[0].pos, corners[1].pos, at) / area,
            ];
            // A pixel on an edge shared by two triangles belongs to exactly one of them (top-left
            // rule).
            let is_inside = shares.iter().enumerate().all(|(number, share)| {
                let (from, to) = (corners[(number + 1) % 3].pos, corners[(number + 2) % 3].pos);
                let is_top_or_left = if area > 0.0 {
                    to.y < from.y || (to.y <= from.y && to.x > from.x)
                } else {
                    from.y < to.y || (from.y <= to.y && from.x > to.x)
                };
                *share > 0.0 || (*share == 0.0 && is_top_or_left)
            });
            if !is_inside {
                continue;
            }
            let mixed = |of: &dyn Fn(&Vertex) -> f32| {
                corners.iter().zip(shares).map(|(corner, share)| of(corner) * share).sum::<f32>()
            };
            let texel = sampled(atlas, mixed(&|corner| corner.uv.x), mixed(&|corner| corner.uv.y));
            let color: Vec<f32> = (0..4)
                .map(|part| {
                    mixed(&|corner| f32::from(corner.color.to_array()[part])) * texel[part] / 255.0
                })
                .collect();
            let pixel = &mut pixels[y * width + x];
            for part in 0..3 {
                pixel[part] = color[part] + pixel[part] * (1.0 - color[3] / 255.0);
            }
        }
    }
}

/// Reads the atlas with bilinear filtering, as a graphics card does.
fn sampled(atlas: &ColorImage, u: f32, v: f32) -> [f32; 4] {
    let [width, height] = atlas.size;
    let (x, y) = (u * width as f32 - 0.5, v * height as f32 - 0.5);
    let (left, top) = (x.floor(), y.floor());
    let mut sum = [0.0; 4];
    for (dx, dy, share) in [
        (0.0, 0.0, (1.0 - (x - left)) * (1.0 - (y - top))),
        (1.0, 0.0, (x - left) * (1.0 - (y - top))),
        (0.0, 1.0, (1.0 - (x - left)) * (y - top)),
        (1.0, 1.0, (x - left) * (y - top)),
    ] {
        // Outside 0 to 1 the texture repeats horizontally. Inside, its outermost texels extend to
        // the edge.
        let column = left + dx;
        let is_beyond = !(0.0..=1.0).contains(&u);
        let column = if is_beyond {
            column.rem_euclid(width as f32)
        } else {
            column.clamp(0.0, width as f32 - 1.0)
        };
        let column = (column as usize).min(width - 1);
        let row = (top + dy).clamp(0.0, height as f32 - 1.0) as usize;
        let texel = atlas.pixels[row * width + column].to_array();
        for part in 0..4 {
            sum[part] += f32::from(texel[part]) * share;
        }
    }
    sum
}

/// The width and the bytes of a PNG.
fn decoded(png: &[u8]) -> (usize, Vec<u8>) {
    let mut reader = png::Decoder::new(std::io::Cursor::new(png)).read_info().expect("a PNG");
    let mut bytes = vec![0; reader.output_buffer_size().expect("a size")];
    let info = reader.next_frame(&mut bytes).expect("a frame");
    (info.width as usize, bytes)
}

/// The difference between the window and an exported PNG of the same view: the mean over all
/// channels (levels, 0 to 255), and the share of pixels with a channel that differs by more than 64
/// levels.
fn difference(window: &Window) -> (f32, f32) {
    let (page, place) = window.app().page_on_screen(&window.harness.ctx);
    let document = window.app().document();
    let png =
        export::render(document.map(), document.positions(), &page, &PNG, &Progress::default())
            .expect("drawn");
    let (width, exported) = decoded(&png);
    let (window_width, _, pixels) = drawn(window);
    let (left, top) = (place.min.x.round() as usize, place.min.y.round() as usize);
    let (mut sum, mut far, mut count) = (0.0, 0, 0);
    for (number, pixel) in exported.chunks(3).enumerate() {
        let (x, y) = (number % width, number / width);
        let on_screen = pixels[(top + y) * window_width + left + x];
        let apart = [0, 1, 2].map(|part| (f32::from(pixel[part]) - on_screen[part]).abs());
        sum += apart.iter().sum::<f32>() / 3.0;
        far += usize::from(apart.iter().any(|apart| *apart > 64.0));
        count += 1;
    }
    (sum / count as f32, far as f32 / count as f32)
}

/// Asserts that the window looks like its export. Edges and letters are smoothed differently, so a
/// mean difference of 2.5 levels and 1.6 % of differing pixels are allowed.
pub fn assert_alike(window: &Window, what: &str) {
    let (mean, far) = difference(window);
    assert!(
        mean < 2.5 && far < 0.016,
        "{what}: mean difference {mean:.2} levels, {:.2} % of the pixels differ",
        far * 100.0
    );
}

#[test]
fn an_exported_png_looks_like_the_screen() {
    let mut window = Window::open(None);
    assert_alike(&window, "the example");
    window.key(Modifiers::COMMAND, Key::K);
    window.key(Modifiers::COMMAND, Key::M);
    assert_alike(&window, "with tie labels and areas");
    window.key(Modifiers::COMMAND, Key::T);
    window.harness.key_press(Key::Plus);
    window.settle();
    assert_alike(&window, "dark and zoomed in");
}

#[test]
fn an_exported_png_of_many_scripts_looks_like_the_screen() {
    let path =
        std::path::PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/scripts.json");
    let window = Window::open(Some(path));
    assert_alike(&window, "many scripts");
}

#[test]
fn the_comparison_notices_a_different_picture() {
    let mut window = Window::open(None);
    let (alike, _) = difference(&window);
    let (page, _) = window.app().page_on_screen(&window.harness.ctx);
    window.harness.key_press(Key::Plus);
    window.settle();
    let document = window.app().document();
    let draw = |page: &export::Page| {
        let picture = Picture::new(document.map(), document.positions(), page).expect("laid out");
        picture.to_pixels(&Progress::default()).expect("drawn").rgba
    };
    let nearer = window.app().page_on_screen(&window.harness.ctx).0;
    let apart: f32 =
        draw(&page).iter().zip(draw(&nearer)).map(|(a, b)| f32::from(a.abs_diff(b))).sum::<f32>()
            / (page.width_px * page.height_px * 4) as f32;
    assert!(apart > 3.0 * alike, "{apart} against {alike}");
}

#[test]
fn the_export_window_shows_the_file_that_it_writes() {
    let folder = Folder::new();
    let mut window = Window::open(None);
    window.will_pick(Picked::File(folder.path("evidence.svg")));
    window.key(Modifiers::COMMAND, Key::E);
    window.until("the size of the file", |window| window.sees("pixels, "));
    window.click("SVG");
    window.click("Numbered evidence");
    window.click("Embed fonts");
    window.click("Choose a file…");
    let text = read(&folder.path("evidence.svg"));
    assert!(text.contains("@font-face") && text.contains("Number: see the list"));
    assert!(!text.contains(">Evidence<"));
    assert!(read(&folder.path("evidence-evidence.svg")).contains("Evidence, page 1 of "));
    window.will_pick(Picked::File(folder.path("below.svg")));
    window.key(Modifiers::COMMAND, Key::E);
    window.click("Below the map");
    window.click("Choose a file…");
    assert!(read(&folder.path("below.svg")).contains(">Evidence<"));
    assert!(!folder.path("below-evidence.svg").exists());
}

#[test]
fn a_list_of_evidence_replaces_no_file_without_a_question() {
    let folder = Folder::new();
    let beside = folder.path("war-evidence.svg");
    std::fs::write(&beside, "my own notes").expect("written");
    let mut window = Window::open(None);
    for (answer, is_replaced) in [("Cancel", false), ("Replace", true)] {
        window.will_pick(Picked::File(folder.path("war.svg")));
        window.key(Modifiers::COMMAND, Key::E);
        window.until("the size of the file", |window| window.sees("pixels, "));
        window.click("SVG");
        if !is_replaced {
            window.click("Numbered evidence");
        }
        window.click("Choose a file…");
        assert!(window.sees("Replace this file?") && window.sees("war-evidence.svg"));
        assert_eq!(read(&beside), "my own notes");
        window.click(answer);
        assert_eq!(folder.path("war.svg").exists(), is_replaced);
        assert_eq!(read(&beside).contains("Evidence, page 1"), is_replaced);
    }
}

#[test]
fn the_picture_can_be_copied_to_the_clipboard() {
    let mut window = Window::open(None);
    window.harness.key_press_modifiers(Modifiers::COMMAND | Modifiers::SHIFT, Key::C);
    window.until("the message", |window| window.sees("Copied the picture"));
    // In a real window, egui also sends a copy event for every Ctrl+C.
    window.key(Modifiers::COMMAND, Key::Z);
    window.harness.event(egui::Event::ModifiersChanged(Modifiers::COMMAND | Modifiers::SHIFT));
    window.harness.event(egui::Event::Copy);
    window.harness.event(egui::Event::ModifiersChanged(Modifiers::NONE));
    window.until("the message", |window| window.sees("Copied the picture"));
    window.key(Modifiers::COMMAND, Key::E);
    window.click("Copy");
    window.until("the message", |window| window.sees("Copied the picture"));
}

#[test]
fn a_screenshot_of_the_window_is_saved_as_it_is() {
    let folder = Folder::new();
    let mut window = Window::open(None);
    window.will_pick(Picked::File(folder.path("window.png")));
    let mut image = ColorImage::filled([3, 2], egui::Color32::WHITE);
    image.pixels[4] = egui::Color32::from_rgb(200, 10, 30);
    window.harness.event(egui::Event::Screenshot {
        viewport_id: egui::ViewportId::ROOT,
        user_data: egui::UserData::default(),
        image: std::sync::Arc::new(image),
    });
    window.until("it is saved", |window| window.sees("Exported"));
    let (width, bytes) = decoded(&std::fs::read(folder.path("window.png")).expect("written"));
    assert_eq!((width, &bytes[16..20]), (3, &[200, 10, 30, 255][..]));
}

#[test]
fn a_missing_folder_is_reported_before_anything_is_drawn() {
    let folder = Folder::new();
    let mut window = Window::open(None);
    window.will_pick(Picked::File(folder.path("nowhere/picture.png")));
    window.key(Modifiers::COMMAND, Key::E);
    window.click("Choose a file…");
    assert!(window.sees("there is no such folder"));
}
