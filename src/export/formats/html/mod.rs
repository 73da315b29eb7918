//! HTML encoding: one file with the map, its steps, and the words behind every line. It makes no
//! request: its policy allows only the script and the styles that are in it.

mod data;

use std::fmt::Write as _;
use std::sync::Arc;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use sha2::{Digest as _, Sha256};

use super::svg::{Numbers, Writer};
use super::xml::words;
use crate::export::error::ExportError;
use crate::export::format::{Encode, Format};
use crate::export::page::Page;
use crate::export::picture::{Known as Laid, Picture};
use crate::export::steps::step_pages;
use crate::model::{Stance, Status};
use crate::progress::Progress;
use crate::scene::page::title;
use crate::scene::shown::Shown;
use crate::scene::theme::Theme;
use data::{Data, Known};

const SCRIPT: &str = include_str!("../../../../assets/viewer/viewer.js");
const STYLE: &str = include_str!("../../../../assets/viewer/viewer.css");

/// A page for browsers, in which lines answer who says so.
pub static HTML: Format = Format {
    text: "HTML",
    extension: "html",
    hint: "One file for browsers, in which a click on a line shows its words",
    has_pages: false,
    is_slides: false,
    is_interactive: true,
    can_be_transparent: false,
    can_embed_fonts: false,
    encode: Encode::One(encode),
};

/// Encodes the picture, and one for each step of the map, as one page. The output is deterministic.
///
/// # Errors
/// `Cancelled` if the work was cancelled.
fn encode(first: &Picture<'_>, progress: &Progress) -> Result<Vec<u8>, ExportError> {
    let map = first.map;
    let mut pages: Vec<(Page, Arc<Shown>)> = vec![(first.page.clone(), Arc::clone(&first.shown))];
    if first.page.has_steps && first.page.parts.step.is_none() {
        pages.extend(step_pages(map, &first.index, first.page));
    }
    // The other theme has other colours at the same places.
    let theme = if first.page.theme.is_dark { Theme::light() } else { Theme::dark() };
    let other: Vec<Page> =
        pages.iter().map(|(page, _)| Page { theme: theme.clone(), ..page.clone() }).collect();
    let laid = |shown: &Arc<Shown>| Laid {
        index: Arc::clone(&first.index),
        shown: Arc::clone(shown),
        fonts: Arc::clone(&first.fonts),
    };
    let mut pictures = Vec::new();
    for ((page, shown), other) in pages.iter().zip(&other) {
        progress.check()?;
        let picture = Picture::with(map, &first.positions, page, laid(shown))?;
        let twin = Picture::with(map, &first.positions, other, laid(shown))?;
        let (light, dark) = if page.theme.is_dark { (twin, picture) } else { (picture, twin) };
        pictures.push([light, dark]);
    }
    progress.reach(0.4)?;
    let shown: Vec<&Picture<'_>> = pictures.iter().map(|[light, _]| light).collect();
    let known = Known::of(map, &shown);
    let data = Data::of(map, &shown, &known, first.page.has_texts, first.page.theme.is_dark);
    let data =
        serde_json::to_string(&data).map_err(|error| ExportError::Draw(error.to_string()))?;
    progress.reach(0.5)?;
    let Some([start, _]) = pictures.first() else { return Ok(Vec::new()) };
    let prefixes: Vec<String> = (0..pictures.len()).map(|number| format!("v{number}-")).collect();
    let mut writer = Writer::new(start);
    let mut ground = (String::new(), String::new());
    for ([light, dark], prefix) in pictures.iter().zip(&prefixes) {
        progress.check()?;
        writer.picture = light;
        writer.groups.clear();
        writer.numbers = Some(Numbers { prefix, actors: &known.actors });
        ground = draw(&mut writer, light, dark, prefix != "v0-");
    }
    progress.reach(0.8)?;
    let style = format!(
        "{STYLE}#stage>svg{{background:{}}}\n.dark #stage>svg{{background:{}}}\n\
         #stage>svg{{font-family:{}}}\n{}",
        ground.0,
        ground.1,
        writer.families(),
        writer.style_sheet()
    );
    let body = std::mem::take(&mut writer.body);
    Ok(page(first, &style, &body, &data, pictures.len() - 1).into_bytes())
}

/// Writes a picture; returns its background in the light and the dark theme.
fn draw<'a>(
    writer: &mut Writer<'a>,
    light: &'a Picture<'a>,
    dark: &Picture<'_>,
    is_hidden: bool,
) -> (String, String) {
    let step = light.page.parts.step.as_ref();
    let _ = writeln!(
        writer.body,
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{0}\" height=\"{1}\" \
         viewBox=\"0 0 {0} {1}\" role=\"img\" aria-label=\"{2}\"{3}>",
        light.size.x,
        light.size.y,
        words(title::page_heading(light.map, step)),
        if is_hidden { " hidden=\"\"" } else { "" }
    );
    (writer.zoom, writer.shift) = light.placing();
    let twins = &dark.scene.marks;
    let is_alike = twins.len() == light.scene.marks.len();
    for (at, mark) in light.scene.marks.iter().enumerate() {
        writer.mark_with(mark, twins.get(at).filter(|_| is_alike));
    }
    (writer.zoom, writer.shift) = (1.0, crate::geometry::Point::default());
    let twins = &dark.furniture.marks;
    for (at, mark) in light.furniture.marks.iter().enumerate() {
        writer.mark_with(mark, twins.get(at));
    }
    writer.body.push_str("</svg>\n");
    let hex = |color: crate::scene::primitive::Color| {
        format!("#{:02x}{:02x}{:02x}", color.red, color.green, color.blue)
    };
    (hex(light.page.theme.ground), hex(dark.page.theme.ground))
}

/// The whole page.
fn page(picture: &Picture<'_>, style: &str, body: &str, data: &str, steps: usize) -> String {
    let map = picture.map;
    let heading = words(title::heading(map));
    let digest = |text: &str| BASE64.encode(Sha256::digest(text.as_bytes()));
    let policy = format!(
        "default-src 'none'; script-src 'sha256-{}'; style-src 'sha256-{}'; img-src data:; \
         base-uri 'none'; form-action 'none'",
        digest(SCRIPT),
        digest(style)
    );
    let mut page =
        String::with_capacity(body.len() + data.len() + STYLE.len() + SCRIPT.len() + 4096);
    let _ = write!(
        page,
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"{policy}\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta name=\"generator\" content=\"Allegiance\">\n<meta name=\"referrer\" \
         content=\"no-referrer\">\n<link rel=\"icon\" href=\"data:,\">\n<title>{heading}</title>\n\
         <style>{style}</style>\n</head>\n<body>\n<header>\n<h1 dir=\"auto\">{heading}</h1>\n"
    );
    if steps > 0 {
        page.push_str(
            "<button type=\"button\" id=\"before\">Previous</button>\n<span id=\"step\"></span>\n\
             <button type=\"button\" id=\"after\">Next</button>\n",
        );
    }
    page.push_str(
        "<div class=\"find\" role=\"search\"><input type=\"search\" id=\"search\" \
         aria-label=\"Search actors, lines and words\" placeholder=\"Search (/)\" \
         autocomplete=\"off\"><ul id=\"list\" hidden></ul></div>\n",
    );
    page.push_str(&filter(picture));
    page.push_str(
        "<button type=\"button\" id=\"out\" aria-label=\"Zoom out\">−</button>\n\
         <button type=\"button\" id=\"in\" aria-label=\"Zoom in\">+</button>\n\
         <button type=\"button\" id=\"fit\">Fit</button>\n\
         <button type=\"button\" id=\"theme\">Light or dark</button>\n\
         <button type=\"button\" id=\"print\">Print</button>\n</header>\n<main>\n\
         <div id=\"stage\" tabindex=\"0\" role=\"application\" aria-label=\"Map. Arrow keys move it, \
         plus and minus zoom, N and P go to the next and previous actor, brackets to its lines, Enter \
         shows the ties of a line, Escape clears.\">\n",
    );
    page.push_str(body);
    page.push_str(
        "<p id=\"filtered\" hidden></p>\n</div>\n<aside id=\"words\" tabindex=\"0\" aria-label=\"Words\"><p>This page needs \
         JavaScript to show the words behind the lines.</p></aside>\n</main>\n\
         <div id=\"live\" role=\"status\"></div>\n",
    );
    page.push_str(&heads());
    // A text of the map cannot end the element of the data.
    let data = data.replace('<', "\\u003c");
    let _ = write!(
        page,
        "<script type=\"application/json\" id=\"data\">{data}</script>\n<script>{SCRIPT}</script>\n\
         </body>\n</html>\n"
    );
    page
}

/// The choices of stances and statuses that occur in the picture.
fn filter(picture: &Picture<'_>) -> String {
    let ties = || picture.shown.ties().iter().filter_map(|tie| picture.map.relations.get(*tie));
    let mut choices = String::new();
    let mut group = |legend: &str, name: &str, all: Vec<(&'static str, &'static str)>| {
        let _ = write!(choices, "<fieldset><legend>{legend}</legend>");
        for (key, words) in all {
            let _ = write!(
                choices,
                "<label><input type=\"checkbox\" name=\"{name}\" value=\"{key}\" checked> {words}\
                 </label>"
            );
        }
        choices.push_str("</fieldset>");
    };
    let stances = Stance::ALL.iter().filter(|stance| ties().any(|tie| tie.stance == **stance));
    group("Stance", "stance", stances.map(|one| (one.key(), one.words())).collect());
    let statuses = Status::ALL.iter().filter(|status| ties().any(|tie| tie.status == **status));
    group("Status", "status", statuses.map(|one| (one.key(), one.words())).collect());
    format!(
        "<details id=\"filter\"><summary>Filter</summary><div class=\"choices\">{choices}\
         <p class=\"facts\" id=\"count\"></p></div></details>\n"
    )
}

/// The arrowheads of ties that are drawn one by one.
fn heads() -> String {
    let mut markers = String::new();
    for stance in Stance::ALL {
        let key = stance.key();
        let _ = write!(
            markers,
            "<marker id=\"head-{key}\" class=\"{key}\" viewBox=\"0 0 10 10\" refX=\"9\" refY=\"5\" \
             markerWidth=\"12\" markerHeight=\"12\" markerUnits=\"userSpaceOnUse\" orient=\"auto\">\
             <path d=\"M0 0L10 5L0 10z\"/></marker>"
        );
    }
    format!(
        "<svg width=\"0\" height=\"0\" aria-hidden=\"true\" focusable=\"false\" class=\"heads\"><defs>\
         {markers}</defs></svg>\n"
    )
}
