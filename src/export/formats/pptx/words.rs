//! Texts of a slide: which lines belong together, and how much room they take.

use super::text::{Row, top_of};
use crate::export::picture::Picture;
use crate::geometry::{Point, Rect, point};
use crate::scene::primitive::{Anchor, Text};
use crate::text::{Fonts, Measure as _};

/// Room for a text, in widths of it in the font of the picture.
const WIDER: f32 = 1.1;
const MUCH_WIDER: f32 = 1.4;

pub(super) fn row(text: &Text, fonts: &Fonts) -> Row {
    Row {
        content: text.content.clone(),
        x: text.at.x,
        anchor: text.anchor,
        size: text.size,
        weight: text.weight,
        color: text.color,
        is_right_to_left: fonts.line(&text.content, text.weight).is_right_to_left,
        baseline: text.at.y,
    }
}

/// The area of lines of text, with some room for fonts that are wider.
pub(super) fn around(texts: &[Text], picture: &Picture<'_>) -> Rect {
    let area = texts.iter().fold(Rect::NOTHING, |area, text| {
        // Other scripts are drawn in other fonts than on the picture.
        let wider = if text.content.is_ascii() { WIDER } else { MUCH_WIDER };
        let width = picture.fonts.width(&text.content, text.size, text.weight) * wider;
        let left = match text.anchor {
            Anchor::Start => text.at.x,
            Anchor::Middle => text.at.x - width * 0.5,
            Anchor::End => text.at.x - width,
        };
        area.with(point(left, text.at.y)).with(point(left + width, text.at.y + 0.24 * text.size))
    });
    match texts.first() {
        Some(first) => Rect { min: point(area.min.x, top_of(&row(first, &picture.fonts))), ..area },
        None => Rect { min: Point::default(), max: Point::default() },
    }
}

/// The words of an actor in one text, from top to bottom, and whether some of them are beside each
/// other: the short name in the shape, the name above, below or beside it.
pub(super) fn words_of(names: &[Text], short: Option<&Text>) -> (Vec<Text>, bool) {
    let mut texts: Vec<Text> = names.iter().chain(short).cloned().collect();
    texts.sort_by(|one, other| one.at.y.total_cmp(&other.at.y));
    let is_beside = texts
        .windows(2)
        .any(|pair| (pair[0].at.x - pair[1].at.x).abs() > 1.0 || pair[0].anchor != pair[1].anchor);
    (texts, is_beside)
}

/// Consecutive lines of text that belong together: one below the other, and alike.
pub(super) fn blocks(texts: &[Text]) -> Vec<&[Text]> {
    texts
        .chunk_by(|above, below| {
            let gap = (below.at.y - above.at.y) / below.size.max(1e-6);
            above.anchor == below.anchor
                && (above.at.x - below.at.x).abs() < 0.5
                && (above.size - below.size).abs() < 0.01
                && above.weight == below.weight
                && above.color == below.color
                && (0.8..2.0).contains(&gap)
        })
        .collect()
}
