//! The title block in the upper left corner of a page.

use super::parts::{Parts, StepWords};
use crate::geometry::{Rect, point};
use crate::model::Map;
use crate::scene::primitive::{Anchor, Mark, Outline, Owner, Primitive, Text};
use crate::scene::shown::Shown;
use crate::scene::shown_words::not_shown;
use crate::scene::theme::Theme;
use crate::scene::view::View;
use crate::text::{Measure, Weight, lines, shortened};

const MARGIN_PX: f32 = 22.0;
/// Font sizes in pixels at 100 %. On a slide of 1280 pixels they are multiples of 0.12 points, a
/// dot at 600 per inch, so that the words keep their widths in programs that set letters in such
/// dots.
const HEAD_PX: f32 = 19.52;
const LINE_PX: f32 = 12.8;
/// Font size of the text of a step, in pixels at 100 %.
const TEXT_PX: f32 = 14.4;
/// Widest text of a step, in pixels at 100 %; longer lines are hard to read.
const TEXT_WIDTH_PX: f32 = 720.0;
/// Most lines of the heading, and of the line below it. Longer texts end in an ellipsis.
const LINES_AT_MOST: usize = 4;
/// Most lines of the text of a step.
const TEXT_LINES_AT_MOST: usize = 8;
/// Most characters of them.
const LETTERS_AT_MOST: usize = 2000;

/// The heading: the map's message, or its title if it has no message.
#[must_use]
pub fn heading(map: &Map) -> &str {
    match (map.meta.message.is_empty(), map.meta.title.is_empty()) {
        (false, _) => &map.meta.message,
        (true, false) => &map.meta.title,
        (true, true) => "Untitled map",
    }
}

/// The heading of a page: the title of the step that it shows, or else that of the map.
#[must_use]
pub fn page_heading<'a>(map: &'a Map, step: Option<&'a StepWords>) -> &'a str {
    step.map(|step| step.title.trim()).filter(|title| !title.is_empty()).unwrap_or(heading(map))
}

/// The line below the heading: title, date, number of sources, filter, and what is not shown.
#[must_use]
pub fn subheading(map: &Map, shown: &Shown, view: &View, step: Option<&StepWords>) -> String {
    let mut parts = Vec::new();
    let title = if map.meta.title.is_empty() { &map.meta.message } else { &map.meta.title };
    if !title.is_empty() && title != page_heading(map, step) {
        parts.push(title.clone());
    }
    if let Some(date) = map.meta.as_of {
        parts.push(format!("As of {}", date.long_words()));
    }
    match map.sources.len() {
        0 => {}
        1 => parts.push("one source".to_owned()),
        count => parts.push(format!("{count} sources")),
    }
    // The filter is named, so that readers do not take a part of the map for all of it.
    let filter = view.filter_words(map);
    if !filter.is_empty() {
        parts.push(format!("Filtered: {filter}"));
    }
    parts.extend(not_shown(map, shown));
    parts.join(" · ")
}

/// The title block.
pub struct Title {
    pub mark: Mark,
    pub rect: Rect,
    /// The area of the line below the heading; `None` if it is not drawn.
    pub about: Option<Rect>,
}

/// The title block for a `width` in page pixels.
#[must_use]
pub fn build(
    map: &Map,
    (shown, view): (&Shown, &View),
    parts: &Parts,
    width: f32,
    scale: f32,
    theme: &Theme,
    measure: &dyn Measure,
) -> Title {
    let left = MARGIN_PX * scale;
    let room = (width - 2.0 * left).max(40.0);
    let mut primitives = Vec::new();
    let mut bottom = MARGIN_PX * scale;
    let mut width: f32 = 0.0;
    let mut heading_end = bottom;
    let mut line = |content: &str, size_px: f32, weight, color, gap: f32| {
        let size = size_px * scale;
        let is_text = size_px.to_bits() == TEXT_PX.to_bits();
        let (room, at_most) = if is_text {
            (room.min(TEXT_WIDTH_PX * scale), TEXT_LINES_AT_MOST)
        } else {
            (room, LINES_AT_MOST)
        };
        // Not even the start of a very long text is longer than this.
        let content: String = content.chars().take(LETTERS_AT_MOST).collect();
        for content in shortened(lines(&content, size, weight, room, measure), at_most) {
            bottom += size;
            width = width.max(measure.width(&content, size, weight));
            primitives.push(Primitive::Text(Text {
                at: point(left, bottom),
                anchor: Anchor::Start,
                content,
                size,
                weight,
                color,
                halo: None,
            }));
            bottom += gap * scale;
        }
        if size_px > LINE_PX {
            heading_end = bottom;
        }
    };
    if parts.title {
        let step = parts.step.as_ref();
        line(page_heading(map, step), HEAD_PX, Weight::Bold, theme.ink, 9.0);
        for paragraph in step.iter().flat_map(|step| step.text.lines()).map(str::trim) {
            if !paragraph.is_empty() {
                line(paragraph, TEXT_PX, Weight::Regular, theme.ink, 6.0);
            }
        }
    }
    if parts.about {
        line(
            &subheading(map, shown, view, parts.step.as_ref()),
            LINE_PX,
            Weight::Regular,
            theme.muted,
            6.0,
        );
    }
    let rect = Rect::sized(point(left, MARGIN_PX * scale), width, bottom - MARGIN_PX * scale);
    // A filled background, so that lines of the map do not run through the text.
    let outline = Outline::Rounded { rect: rect.grown(7.0 * scale), corner: 5.0 * scale };
    primitives.insert(0, Primitive::Shape { outline, fill: Some(theme.ground), stroke: None });
    let about = Rect { min: point(left, heading_end), max: rect.max };
    Title {
        mark: Mark { owner: Owner::Title, primitives },
        rect,
        about: Some(about).filter(|about| parts.about && about.height() > 0.0),
    }
}
