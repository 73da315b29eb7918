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

/// The words of an actor that can be in one text: short name and name one below the other, or else the
/// name, with the short name in brackets.
pub(super) fn words_of(names: &[Text], short: Option<&Text>, shape: &Rect) -> Vec<Text> {
    let (Some(first), Some(short)) = (names.first(), short) else {
        let short = short.filter(|_| names.is_empty());
        return names.iter().chain(short).cloned().collect();
    };
    let is_below = first.at.y > shape.max.y;
    let is_above = names.last().is_some_and(|last| last.at.y < shape.min.y);
    let is_in_line = (first.at.x - short.at.x).abs() < 1.0 && first.anchor == Anchor::Middle;
    match (is_in_line, is_above, is_below) {
        (true, true, _) => names.iter().chain([short]).cloned().collect(),
        (true, _, true) => std::iter::once(short).chain(names).cloned().collect(),
        _ => beside(names, &short.content, shape),
    }
}

/// The lines of a name beside a shape, the last with the short name.
fn beside(names: &[Text], short: &str, shape: &Rect) -> Vec<Text> {
    let mut names = names.to_vec();
    let is_known = names.iter().any(|line| line.content.contains(short));
    let middle = shape.centre().x;
    if let Some(last) = names.last_mut().filter(|_| !is_known) {
        let added = format!(" ({short})");
        last.content.push_str(&added);
        // The longer line grows away from the shape.
        #[expect(clippy::cast_precision_loss, reason = "a few letters")]
        let grown = 0.3 * last.size * added.chars().count() as f32;
        let way = if last.at.x < middle { -grown } else { grown };
        for line in &mut names {
            line.at.x += way;
        }
    }
    names
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
