//! Recognises title, standfirst, byline and date at the start of a plain text.

use std::ops::Range;

use super::{Segment, SourceText, segments};
use crate::model::written_date::{date_in, date_line};
use crate::model::{Paragraph, PartialDate};

/// Longer lines are no titles.
const TITLE_AT_MOST: usize = 160;
/// Longer lines are no standfirsts.
const STANDFIRST_AT_MOST: usize = 400;
/// Longer lines are no standfirsts where no byline follows.
const STANDFIRST_ALONE_AT_MOST: usize = 200;
/// Longer lines are no bylines.
const BYLINE_AT_MOST: usize = 120;
/// The head of an article has no more lines than these.
const HEAD_LINES: usize = 6;
/// Words at the start of a byline, in several languages.
const BY: [&str; 12] = [
    "by",
    "von",
    "par",
    "por",
    "di",
    "door",
    "author",
    "written by",
    "reported by",
    "автор",
    "بقلم",
    "כתב",
];

/// What the start of a text says about it. Ranges count Unicode scalar values.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Head {
    pub title: Option<Range<usize>>,
    /// The sentences between title and byline.
    pub standfirst: Option<Range<usize>>,
    /// The line with the name of the author.
    pub byline: Option<Range<usize>>,
    pub author: Option<String>,
    /// The line with the date.
    pub date_line: Option<Range<usize>>,
    pub date: Option<PartialDate>,
}

/// A line that is not empty, without blanks at its ends.
struct Line<'a> {
    range: Range<usize>,
    words: &'a str,
    length: usize,
    is_after_blank: bool,
}

/// Recognises the head of a text: the first short line without a full stop is the title, `By Jane
/// Doe` the byline, a line that is a date the date, and one line between title and one of these the
/// standfirst. What is not there is `None`.
#[must_use]
pub fn head(text: &SourceText) -> Head {
    let lines = lines(text.as_str());
    let mut head = Head::default();
    // A date or a byline may come before the title.
    let mut at = 0;
    while lines.get(at).is_some_and(|line| head.take(line)) {
        at += 1;
    }
    let Some(title) = lines.get(at).filter(|title| is_title(title)) else { return head };
    let rest = lines.get(at + 1..).unwrap_or_default();
    let is_sign = |line: &Line<'_>| Head::default().take(line);
    let next_sign = rest.iter().position(is_sign).filter(|next| *next < 2);
    if let (Some(1), Some(line)) = (next_sign, rest.first())
        && line.length <= STANDFIRST_AT_MOST
    {
        head.standfirst = Some(line.range.clone());
    }
    // Without any sign, a title is followed by a blank line or by longer ones.
    let is_followed = rest.first().is_some_and(|next| {
        let is_sentence = next.words.ends_with(['.', '!', '?', '。', '۔']);
        next.is_after_blank
            || next.length > 2 * title.length
            || (is_sentence && next.length > title.length)
    });
    if next_sign.is_none() && at == 0 && !is_followed {
        return head;
    }
    head.title = Some(title.range.clone());
    // Without a byline, one short paragraph before longer ones introduces the article.
    if let (None, Some(first), Some(second)) = (next_sign, rest.first(), rest.get(1))
        && first.length <= STANDFIRST_ALONE_AT_MOST
        && second.length > first.length
    {
        head.standfirst = Some(first.range.clone());
    }
    let signs = rest.iter().skip(next_sign.unwrap_or(rest.len())).take(HEAD_LINES);
    for line in signs {
        if !head.take(line) {
            break;
        }
    }
    head
}

/// True for the label of a line about the text, such as its byline or date: `A`, `A2`.
#[must_use]
pub fn is_about(label: &str) -> bool {
    label.strip_prefix('A').is_some_and(|rest| rest.bytes().all(|byte| byte.is_ascii_digit()))
}

/// The paragraphs of a text whose head was recognised: T for the title, S for the standfirst, A, A2
/// and so on for byline and date, and the others numbered. Empty if no title was recognised.
#[must_use]
pub fn paragraphs(text: &SourceText) -> Vec<Paragraph> {
    let head = head(text);
    let Some(title) = &head.title else { return Vec::new() };
    let about = [&head.byline, &head.date_line];
    let mut number = 0;
    let mut lines_about = 0;
    let mut label = |range: &Range<usize>| {
        let overlaps = |other: &Range<usize>| other.start < range.end && range.start < other.end;
        if overlaps(title) {
            "T".to_owned()
        } else if head.standfirst.as_ref().is_some_and(overlaps) {
            "S".to_owned()
        } else if about.iter().any(|one| one.as_ref().is_some_and(overlaps)) {
            // No two paragraphs of a source have the same label.
            lines_about += 1;
            if lines_about == 1 { "A".to_owned() } else { format!("A{lines_about}") }
        } else {
            number += 1;
            format!("P{number}")
        }
    };
    let paragraph = |segment: Segment| Paragraph {
        label: label(&segment.range),
        start: segment.range.start,
        end: segment.range.end,
        ..Paragraph::default()
    };
    segments(text, &[]).into_iter().map(paragraph).collect()
}

impl Head {
    /// Takes a line that is a byline or a date; false for other lines.
    fn take(&mut self, line: &Line<'_>) -> bool {
        if let Some(date) = date_line(line.words) {
            self.date_line.get_or_insert(line.range.clone());
            self.date.get_or_insert(date);
            return true;
        }
        let Some(author) = author(line) else { return false };
        if self.byline.is_none() {
            self.byline = Some(line.range.clone());
            self.author = Some(author.to_owned());
            // A date may follow the name in the same line.
            self.date = self.date.or_else(|| date_in(line.words));
        }
        true
    }
}

/// The lines at the start of a text.
fn lines(text: &str) -> Vec<Line<'_>> {
    let mut lines = Vec::new();
    let mut start = 0;
    let mut is_after_blank = false;
    for line in text.split_inclusive('\n') {
        let words = line.trim();
        if !words.is_empty() {
            let lead = line.chars().take_while(|letter| letter.is_whitespace()).count();
            let length = words.chars().count();
            let range = start + lead..start + lead + length;
            lines.push(Line { range, words, length, is_after_blank });
        }
        is_after_blank = words.is_empty();
        start += line.chars().count();
        if lines.len() > 2 * HEAD_LINES {
            break;
        }
    }
    lines
}

fn is_title(line: &Line<'_>) -> bool {
    let has_letters = line.words.chars().filter(|letter| letter.is_alphabetic()).count() > 1;
    let is_open = line.words.ends_with(['.', ',', ';', ':', '。', '۔']);
    has_letters && line.length <= TITLE_AT_MOST && !is_open
}

/// The name in a byline; `None` if the line is none.
fn author<'a>(line: &Line<'a>) -> Option<&'a str> {
    if line.length > BYLINE_AT_MOST || line.words.ends_with(['?', '!', ':']) {
        return None;
    }
    let is_by = |by: &&&str| {
        let start = line.words.get(..by.len());
        start.is_some_and(|start| start.to_lowercase() == **by)
            && line.words.get(by.len()..).is_some_and(|rest| rest.starts_with([' ', ':', '\u{a0}']))
    };
    let by = BY.iter().rfind(is_by)?;
    let rest = line.words.get(by.len()..)?.trim_start_matches([' ', ':', '\u{a0}']);
    let end = rest.find(['|', ',', '·', '•', '—', '(', '\t']).unwrap_or(rest.len());
    let name = rest.get(..end)?.trim();
    let words: Vec<&str> = name.split_whitespace().collect();
    // Names begin with capitals, in scripts that have them; at most “and” and “van der” do not.
    let is_capital = |word: &&&str| word.chars().next().is_some_and(|first| !first.is_lowercase());
    let capitals = words.iter().filter(is_capital).count();
    let has_number = name.contains(|letter: char| letter.is_ascii_digit());
    let is_name = (1..=9).contains(&words.len())
        && words.first().is_some_and(|first| is_capital(&first))
        && capitals * 3 >= words.len() * 2
        && !has_number
        && !(name.ends_with('.') && words.last().is_some_and(|last| last.chars().count() > 3));
    is_name.then_some(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Title, standfirst, author and date.
    fn found(text: &str) -> [String; 4] {
        let text = SourceText::new(text.to_owned());
        let head = head(&text);
        let slice = |range: Option<Range<usize>>| range.map(|range| text.slice(&range).to_owned());
        let date = head.date.map(|date| date.to_string());
        [slice(head.title), slice(head.standfirst), head.author, date]
            .map(Option::unwrap_or_default)
    }

    const BODY: &str = "The governor of Tessa spoke for a long while about the river and the raid.";

    #[test]
    fn a_whole_head_is_recognised() {
        let text = format!(
            "  Talks fail at the river\n\nThe posts stay closed until summer, officials say.\n\n\
             By Jane van Doe, Tessa Post\nSunday, 24 March 2024\n\n{BODY}\n"
        );
        let expected = [
            "Talks fail at the river",
            "The posts stay closed until summer, officials say.",
            "Jane van Doe",
            "2024-03-24",
        ];
        assert_eq!(found(&text), expected);
    }

    #[test]
    fn parts_of_a_head_are_recognised() {
        let text = format!("Talks fail\n{BODY}");
        assert_eq!(found(&text), ["Talks fail", "", "", ""]);
        let text = format!("24.03.2024\nTalks fail\nBy Ann Lee and Bo Roy | Tessa\n{BODY}");
        assert_eq!(found(&text), ["Talks fail", "", "Ann Lee and Bo Roy", "2024-03-24"]);
        let text = format!("محادثات\nبقلم أحمد علي\n{BODY}");
        assert_eq!(found(&text), ["محادثات", "", "أحمد علي", ""]);
        let text = format!("Talks fail\nBy ANN LEE, March 24, 2024\n{BODY}");
        assert_eq!(found(&text), ["Talks fail", "", "ANN LEE", "2024-03-24"]);
    }

    #[test]
    fn a_text_without_a_head_has_none() {
        for text in [
            "",
            BODY,
            &format!("{BODY}\n{BODY}"),
            "One line\nanother line\na third line",
            "By the river they met.\nBy noon the talks had failed and the delegation had left.",
        ] {
            assert_eq!(found(text), ["", "", "", ""], "{text}");
        }
    }
}
