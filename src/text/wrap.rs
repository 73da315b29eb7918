//! Names in lines, and the room they need before any font is asked.

use unicode_script::{Script, UnicodeScript as _};

use super::measure::{Measure, Weight};
use super::visual::held_together;

/// Letters to a line, about.
const WRAP_AT: usize = 22;

/// Breaks a name at spaces into the fewest lines of about 22 letters, and those into even lengths;
/// a long word stays whole.
#[must_use]
pub fn wrapped(name: &str) -> Vec<String> {
    let lines = wrapped_at(name, WRAP_AT);
    if lines.len() < 2 {
        return lines;
    }
    let narrower = (WRAP_AT / 2..WRAP_AT).map(|width| wrapped_at(name, width));
    let mut even = narrower.filter(|other| other.len() == lines.len());
    even.next().unwrap_or(lines)
}

fn wrapped_at(name: &str, width: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    let mut letters = 0;
    for word in name.split_whitespace() {
        let more = word.chars().count();
        match lines.last_mut() {
            Some(line) if letters + 1 + more <= width => {
                line.push(' ');
                line.push_str(word);
                letters += 1 + more;
            }
            _ => {
                lines.push(word.to_owned());
                letters = more;
            }
        }
    }
    lines
}

/// Breaks at spaces so that each line fits into `room`, and within a word that is longer than that.
#[must_use]
pub fn lines(
    text: &str,
    size: f32,
    weight: Weight,
    room: f32,
    measure: &dyn Measure,
) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in text.split_whitespace() {
        if measure.width(word, size, weight) > room {
            let mut part = String::new();
            for letter in word.chars() {
                if !part.is_empty()
                    && measure.width(&format!("{part}{letter}"), size, weight) > room
                {
                    lines.push(std::mem::take(&mut part));
                }
                part.push(letter);
            }
            lines.push(part);
            continue;
        }
        match lines.last_mut() {
            Some(line) if measure.width(&format!("{line} {word}"), size, weight) <= room => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    held_together(text, lines)
}

/// A width in ems that a bold `line` does not exceed, by the kinds of its letters: for reckoning
/// with names where no font is at hand.
#[must_use]
pub fn roomy_width(line: &str) -> f32 {
    line.chars().map(em).sum()
}

/// A letter's width in Noto Sans Bold, or that of the widest of its kind.
fn em(letter: char) -> f32 {
    match letter {
        ' ' | '.' | ',' | ':' | ';' | '\'' | '’' | '!' | 'i' | 'j' | 'l' => 0.32,
        'f' | 'r' | 't' | '-' | '(' | ')' | 'I' | 'J' | '/' => 0.46,
        'm' | 'w' | 'M' | 'W' | '@' | '%' | '…' | '—' | 'æ' | 'œ' | 'ŵ' | 'ψ' | 'ω' | 'ώ' => {
            1.0
        }
        'a'..='z' | '0'..='9' | '|' => 0.67,
        'A'..='Z' | '&' | '+' | '=' | '<' | '>' | '~' | '#' => 0.82,
        'Ш' | 'Щ' | 'Ю' => 1.12,
        _ => match letter.script() {
            Script::Cyrillic if "жмшщыюљњ".contains(letter) => 1.0,
            Script::Latin | Script::Greek | Script::Cyrillic if letter.is_lowercase() => 0.82,
            // Pictures are wider than any writing.
            _ if letter >= '\u{1F000}' => 1.3,
            _ => 1.0,
        },
    }
}
