//! Styles for the classes of the style sheet, and numbers in as few digits as possible.

use std::fmt::Write as _;

use crate::scene::primitive::Color;
use crate::text::Weight;

/// Colour of a line, its width, and the lengths of dash and gap, in hundredths of a pixel.
pub(in crate::export::formats) type Line = ([u8; 3], u32, Option<(u32, u32)>);

/// The style of a class. Lengths are in hundredths of a pixel; `anchor` is 0 for start, 1 for
/// middle and 2 for end.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub(in crate::export::formats) enum Look {
    Shape { fill: Option<[u8; 3]>, stroke: Option<Line> },
    Text { size: u32, weight: Weight, anchor: u8, fill: [u8; 3], halo: Option<([u8; 3], u32)> },
}

/// The CSS declarations of a look.
pub(super) fn style(look: Look) -> String {
    let hundredth = |value: u32| number_of(f64::from(value) / 100.0, 2);
    match look {
        Look::Shape { fill, stroke } => {
            let mut style = format!("fill:{}", fill.map_or_else(|| "none".to_owned(), hex));
            if let Some((color, width, pattern)) = stroke {
                let _ = write!(style, ";stroke:{};stroke-width:{}", hex(color), hundredth(width));
                if let Some((on, off)) = pattern {
                    let _ = write!(style, ";stroke-dasharray:{} {}", hundredth(on), hundredth(off));
                }
            }
            style
        }
        Look::Text { size, weight, anchor, fill, halo } => {
            let mut style = format!("font-size:{}px;fill:{}", hundredth(size), hex(fill));
            if weight == Weight::Bold {
                style.push_str(";font-weight:bold");
            }
            match anchor {
                1 => style.push_str(";text-anchor:middle"),
                2 => style.push_str(";text-anchor:end"),
                _ => {}
            }
            if let Some((color, width)) = halo {
                let _ = write!(
                    style,
                    ";stroke:{};stroke-width:{};stroke-linejoin:round;paint-order:stroke",
                    hex(color),
                    hundredth(width)
                );
            }
            style
        }
    }
}

/// The short name of a class: a, b, …, z, aa, ab, ….
pub(super) fn name(mut number: usize) -> String {
    let mut letters = Vec::new();
    loop {
        letters.push(b'a' + u8::try_from(number % 26).unwrap_or(0));
        if number < 26 {
            break;
        }
        number = number / 26 - 1;
    }
    letters.iter().rev().map(|letter| char::from(*letter)).collect()
}

pub(super) fn number(value: f32, decimals: u32) -> String {
    number_of(f64::from(value), decimals)
}

pub(super) fn number_of(value: f64, decimals: u32) -> String {
    let mut text = String::new();
    push_number(&mut text, value, decimals);
    text
}

/// Appends a number with at most `decimals` decimal places, without zeros that are not needed.
#[expect(clippy::cast_possible_truncation, reason = "coordinates of a page")]
pub(super) fn push_number(text: &mut String, value: f64, decimals: u32) {
    let unit = 10_i64.pow(decimals);
    #[expect(clippy::cast_precision_loss, reason = "a power of ten")]
    let scaled = (value * unit as f64).round() as i64;
    if scaled < 0 {
        text.push('-');
    }
    let mut buffer = itoa::Buffer::new();
    let whole = scaled.unsigned_abs() / unit.unsigned_abs();
    let mut rest = scaled.unsigned_abs() % unit.unsigned_abs();
    if whole > 0 || rest == 0 {
        text.push_str(buffer.format(whole));
    }
    let mut digit = unit.unsigned_abs() / 10;
    if rest > 0 {
        text.push('.');
    }
    while rest > 0 {
        text.push(char::from(b'0' + u8::try_from(rest / digit).unwrap_or(0)));
        rest %= digit;
        digit /= 10;
    }
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "sizes on a page")]
pub(super) fn hundredths(value: f32) -> u32 {
    (value * 100.0).round().max(0.0) as u32
}

pub(super) fn rgb(color: Color) -> [u8; 3] {
    [color.red, color.green, color.blue]
}

pub(super) fn hex([red, green, blue]: [u8; 3]) -> String {
    format!("#{red:02x}{green:02x}{blue:02x}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_written_with_as_few_digits_as_will_do() {
        let written = |value: f64| number_of(value, 2);
        assert_eq!(
            [0.0, -0.001, 1.0, 0.5, -0.05, 12.34, 100.10].map(written),
            ["0", "0", "1", ".5", "-.05", "12.34", "100.1"]
        );
    }

    #[test]
    fn classes_have_short_names() {
        assert_eq!([0, 25, 26, 27, 701, 702].map(name), ["a", "z", "aa", "ab", "zz", "aaa"]);
    }
}
