//! The right-hand corners of a page: the marking at top and bottom, the notes at the bottom.

use super::parts::Parts;
use crate::geometry::{Point, Rect, point};
use crate::model::Map;
use crate::model::citation::isolated;
use crate::model::words::cut_to;
use crate::scene::primitive::{Anchor, Color, Mark, Outline, Owner, Primitive, Text};
use crate::scene::theme::Theme;
use crate::text::{Measure, Weight, lines};

pub(super) const MARGIN_PX: f32 = 22.0;
/// Font size of the marking. TLP 2.0 requires at least 12 points, which are 16 pixels.
pub(super) const MARKING_PX: f32 = 16.0;
const NOTE_PX: f32 = 11.2;
/// Most characters of a caveat; a longer one would take the page from the map.
const CAVEAT_AT_MOST: usize = 800;
/// Most characters of a marking.
const MARKING_AT_MOST: usize = 80;
/// Share of the page's width that the notes may take, to the right of the legend.
const WIDTH_SHARE: f32 = 0.44;
/// Pages narrower than this have no room for notes.
const SMALLEST_WIDTH_PX: f32 = 480.0;

/// The contents of the corners and the space that they take, in page pixels.
pub struct Corners {
    /// `None` if there is neither a marking nor a note.
    pub mark: Option<Mark>,
    /// Width that the marking takes at the upper right; 0 without a marking.
    pub head_width: f32,
    /// The areas of the marking and of the notes.
    pub areas: Vec<Rect>,
    /// Height that marking and notes take at the bottom.
    pub foot_height: f32,
}

/// The label of the Traffic Light Protocol (FIRST, version 2.0, 2022) that `marking` names, with
/// its text colour on black; `None` for any other marking.
#[must_use]
pub fn traffic_light(marking: &str) -> Option<(&'static str, Color)> {
    let plain: String =
        marking.to_uppercase().chars().filter(|letter| !letter.is_whitespace()).collect();
    let label = plain.strip_prefix("TLP").map(|rest| rest.trim_start_matches([':', '-']))?;
    match label {
        "RED" => Some(("TLP:RED", Color::rgb(0x00FF_2B2B))),
        "AMBER" => Some(("TLP:AMBER", Color::rgb(0x00FF_C000))),
        "AMBER+STRICT" => Some(("TLP:AMBER+STRICT", Color::rgb(0x00FF_C000))),
        "GREEN" => Some(("TLP:GREEN", Color::rgb(0x0033_FF00))),
        "CLEAR" => Some(("TLP:CLEAR", Color::rgb(0x00FF_FFFF))),
        _ => None,
    }
}

/// The notes of a map, in the order in which they are written.
#[must_use]
pub fn notes(map: &Map, parts: &Parts) -> Vec<String> {
    let mut notes = Vec::new();
    let has_content = !map.relations.is_empty();
    if parts.caveat && has_content && map.meta.caveat.is_empty() && map.sources.len() == 1 {
        notes.push("All of it rests on one source.".to_owned());
    }
    if parts.caveat && !map.meta.caveat.is_empty() {
        let caveat = cut_to(map.meta.caveat.trim(), CAVEAT_AT_MOST);
        let end =
            if caveat.ends_with(['.', '!', '?', '…', '。', '۔', '؟']) { "" } else { "." };
        notes.push(format!("{}{end}", isolated(&caveat)));
    }
    if parts.position && !map.actors.is_empty() {
        notes.push("Where actors stand is a layout choice.".to_owned());
    }
    if parts.author && !map.meta.author.is_empty() {
        notes.push(format!("Map by {}.", isolated(map.meta.author.trim_end_matches('.'))));
    }
    if !parts.made.is_empty() {
        notes.push(parts.made.clone());
    }
    notes
}

/// Builds the corners of a page. `not_drawn` names what is folded and hidden.
#[must_use]
pub fn build(
    map: &Map,
    parts: &Parts,
    not_drawn: &str,
    page: Point,
    scale: f32,
    theme: &Theme,
    measure: &dyn Measure,
) -> Corners {
    let mut primitives = Vec::new();
    let right = page.x - MARGIN_PX * scale;
    let bottom = page.y - MARGIN_PX * 0.6 * scale;
    let mut foot = bottom;
    let mut head_width = 0.0;
    let mut areas = Vec::new();
    if parts.marking && !map.meta.marking.trim().is_empty() {
        let size = MARKING_PX * scale;
        let top = point(right, MARGIN_PX * 0.6 * scale + size * 1.3);
        for at in [top, point(right, bottom)] {
            let (drawn, width) = marking(map.meta.marking.trim(), at, size, theme, measure);
            primitives.extend(drawn);
            areas.push(Rect { min: point(at.x - width, at.y - size * 1.3), max: at });
            head_width = width + MARGIN_PX * scale;
        }
        foot -= size * 1.5;
    }
    let not_drawn = Some(not_drawn.to_owned()).filter(|words| parts.about && !words.is_empty());
    let notes: Vec<String> = not_drawn.into_iter().chain(notes(map, parts)).collect();
    let notes = notes.join(" ");
    if !notes.is_empty() && page.x >= SMALLEST_WIDTH_PX * scale {
        let size = NOTE_PX * scale;
        let wrapped = lines(&notes, size, Weight::Regular, page.x * WIDTH_SHARE, measure);
        let width = wrapped
            .iter()
            .map(|line| measure.width(line, size, Weight::Regular))
            .fold(0.0, f32::max);
        #[expect(clippy::cast_precision_loss, reason = "a few lines")]
        let height = wrapped.len() as f32 * size * 1.3;
        // A filled background, so that lines of the map do not run through the text.
        let rect = Rect { min: point(right - width, foot - height), max: point(right, foot) }
            .grown(4.0 * scale);
        areas.push(rect);
        let outline = Outline::Rounded { rect, corner: 4.0 * scale };
        primitives.push(Primitive::Shape { outline, fill: Some(theme.ground), stroke: None });
        for content in wrapped.into_iter().rev() {
            primitives.push(Primitive::Text(Text {
                at: point(right, foot - size * 0.25),
                anchor: Anchor::End,
                content,
                size,
                weight: Weight::Regular,
                color: theme.muted,
                halo: None,
            }));
            foot -= size * 1.3;
        }
    }
    let mark = (!primitives.is_empty()).then_some(Mark { owner: Owner::Margin, primitives });
    Corners {
        mark,
        head_width,
        areas,
        foot_height: if foot < bottom { page.y - foot } else { 0.0 },
    }
}

/// Draws a marking with its lower right corner at `at`, on black if it is a label of the Traffic
/// Light Protocol. Also returns its width.
pub(super) fn marking(
    words: &str,
    at: Point,
    size: f32,
    theme: &Theme,
    measure: &dyn Measure,
) -> (Vec<Primitive>, f32) {
    let light = traffic_light(words);
    let content =
        light.map_or_else(|| cut_to(words, MARKING_AT_MOST), |(label, _)| label.to_owned());
    let width = measure.width(&content, size, Weight::Bold);
    let padding = size * 0.4;
    let mut primitives = Vec::new();
    if light.is_some() {
        let rect = Rect {
            min: point(at.x - width - 2.0 * padding, at.y - size * 1.3),
            max: point(at.x, at.y),
        };
        let outline = Outline::Rounded { rect, corner: 0.0 };
        primitives.push(Primitive::Shape { outline, fill: Some(Color::rgb(0)), stroke: None });
    }
    primitives.push(Primitive::Text(Text {
        at: point(at.x - if light.is_some() { padding } else { 0.0 }, at.y - size * 0.32),
        anchor: Anchor::End,
        content,
        size,
        weight: Weight::Bold,
        color: light.map_or(theme.ink, |(_, color)| color),
        halo: None,
    }));
    (primitives, width + 2.0 * padding)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Relation, Stance};

    #[test]
    fn the_labels_of_the_protocol_are_recognised_however_they_are_typed() {
        let label = |text: &str| traffic_light(text).map(|(label, _)| label);
        assert_eq!(label("tlp: amber + strict"), Some("TLP:AMBER+STRICT"));
        assert_eq!(label("TLP RED"), Some("TLP:RED"));
        assert_eq!((label("Confidential"), label("TLP:WHITE"), label("")), (None, None, None));
    }

    #[test]
    fn a_single_source_is_said_where_no_caveat_says_more() {
        let mut map =
            Map { sources: vec![crate::model::Source::default()].into(), ..Map::default() };
        assert!(notes(&map, &Parts::default()).is_empty(), "nothing rests on it yet");
        map.relations.push(Relation::new("r".into(), "a".into(), "b".into(), Stance::Hostile));
        assert_eq!(notes(&map, &Parts::default()), ["All of it rests on one source."]);
        map.meta.caveat = "One article.".to_owned();
        map.meta.author = "A. Writer".to_owned();
        assert_eq!(notes(&map, &Parts::default()), ["One article.", "Map by A. Writer."]);
        let parts = Parts { made: "Made today.".to_owned(), ..Parts::none() };
        assert_eq!(notes(&map, &parts), ["Made today."]);
    }
}
