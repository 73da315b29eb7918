//! The paragraphs of a source and their labels: T, S, P1, …, A if the source lists them, else P1,
//! P2 and so on.

use std::ops::Range;

use super::SourceText;
use crate::model::Paragraph;

/// Maximum length, in characters, of a line in a text with manual line breaks.
const HAND_BROKEN_AT_MOST: usize = 100;

/// One paragraph of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Segment {
    /// The label, such as `P5`.
    pub label: String,
    /// Range of Unicode scalar values in the text.
    pub range: Range<usize>,
}

/// The paragraphs of a text, as listed by the source. If the list does not fit the text, because
/// the text changed, they are detected from its lines.
#[must_use]
pub fn segments(text: &SourceText, listed: &[Paragraph]) -> Vec<Segment> {
    if !listed.is_empty() && listed.iter().all(|paragraph| fits(text, paragraph)) {
        return listed.iter().map(listed_segment).collect();
    }
    labelled(found(text), listed)
}

/// A listed paragraph as a segment.
fn listed_segment(paragraph: &Paragraph) -> Segment {
    Segment { label: paragraph.label.clone(), range: paragraph.start..paragraph.end }
}

/// True if a listed paragraph starts at the start of a line and ends at the end of a line.
fn fits(text: &SourceText, paragraph: &Paragraph) -> bool {
    paragraph.start < paragraph.end
        && paragraph.end <= text.length()
        && is_line_edge(text, text.byte(paragraph.start))
        && is_line_edge(text, text.byte(paragraph.end))
}

/// True if a line of the text starts or ends at this byte.
fn is_line_edge(text: &SourceText, byte: usize) -> bool {
    let (before, after) = text.as_str().split_at_checked(byte).unwrap_or(("", ""));
    before.is_empty()
        || after.is_empty()
        || before.ends_with('\n')
        || after.starts_with(['\n', '\r'])
}

/// Detects the paragraphs of a text: blocks between blank lines if the text has manual line breaks,
/// else single lines. Blank lines are never paragraphs.
fn found(text: &SourceText) -> Vec<Range<usize>> {
    let mut blocks: Vec<Vec<Range<usize>>> = vec![Vec::new()];
    let mut start = 0;
    for line in text.as_str().split_inclusive('\n') {
        let length = line.chars().count();
        let words = line.trim();
        if words.is_empty() {
            blocks.push(Vec::new());
        } else if let Some(block) = blocks.last_mut() {
            let lead = length - line.trim_start().chars().count();
            block.push(start + lead..start + lead + words.chars().count());
        }
        start += length;
    }
    blocks.retain(|block| !block.is_empty());
    let lines = blocks.iter().map(Vec::len).sum::<usize>();
    let long = blocks.iter().flatten().filter(|line| line.len() > HAND_BROKEN_AT_MOST).count();
    // A line that continues on the next one seldom ends like a sentence.
    let goes_on: Vec<&Range<usize>> =
        blocks.iter().flat_map(|block| block.iter().rev().skip(1)).collect();
    let sentences = goes_on.iter().filter(|line| ends_sentence(text.slice(line))).count();
    let is_hand_broken = blocks.len() > 1
        && lines > blocks.len()
        && long * 10 <= lines
        && sentences * 3 <= goes_on.len();
    if !is_hand_broken {
        return blocks.into_iter().flatten().collect();
    }
    blocks.iter().filter_map(|block| Some(block.first()?.start..block.last()?.end)).collect()
}

/// True if a line ends with a mark that usually ends a sentence.
fn ends_sentence(line: &str) -> bool {
    line.ends_with(['.', '!', '?', ':', '”', '"', '»', '。', '؟', '۔'])
}

/// Labels paragraphs that are not where the source lists them. Paragraphs with a special label,
/// such as T or A, are recognised by their length if it is unique; else by their position at the
/// beginning or the end. The others are numbered.
fn labelled(ranges: Vec<Range<usize>>, listed: &[Paragraph]) -> Vec<Segment> {
    let own: Vec<&Paragraph> =
        listed.iter().filter(|paragraph| !is_numbered(&paragraph.label)).collect();
    let known: Option<Vec<(usize, &str)>> = own
        .iter()
        .map(|paragraph| Some((only_as_long(&ranges, paragraph)?, paragraph.label.as_str())))
        .collect();
    if let Some(known) = known.filter(|known| !known.is_empty()) {
        let mut number = 0;
        let label = |at: usize| {
            let own = known.iter().find(|(place, _)| *place == at);
            number += usize::from(own.is_none());
            own.map_or_else(|| format!("P{number}"), |(_, label)| (*label).to_owned())
        };
        let labels: Vec<String> = (0..ranges.len()).map(label).collect();
        return labels
            .into_iter()
            .zip(ranges)
            .map(|(label, range)| Segment { label, range })
            .collect();
    }
    let labels: Vec<&str> = listed.iter().map(|paragraph| paragraph.label.as_str()).collect();
    let first = labels.iter().position(|label| is_numbered(label)).unwrap_or(labels.len());
    let last =
        labels.iter().rposition(|label| is_numbered(label)).map_or(labels.len(), |last| last + 1);
    let head = &labels[..first];
    let tail = &labels[last..];
    let count = ranges.len();
    let label = |at: usize| match (head.get(at), (at + tail.len()).checked_sub(count)) {
        (Some(label), _) => (*label).to_owned(),
        (None, Some(end)) if end < tail.len() => tail[end].to_owned(),
        _ => format!("P{}", at + 1 - head.len()),
    };
    ranges.into_iter().enumerate().map(|(at, range)| Segment { label: label(at), range }).collect()
}

/// The index of the range that is as long as the paragraph; `None` unless there is exactly one.
fn only_as_long(ranges: &[Range<usize>], paragraph: &Paragraph) -> Option<usize> {
    let length = paragraph.end.saturating_sub(paragraph.start);
    let mut fitting = ranges.iter().enumerate().filter(|(_, range)| range.len() == length);
    fitting.next().filter(|_| fitting.next().is_none()).map(|(at, _)| at)
}

/// True for labels such as `P5`.
fn is_numbered(label: &str) -> bool {
    label
        .strip_prefix('P')
        .is_some_and(|rest| !rest.is_empty() && rest.bytes().all(|byte| byte.is_ascii_digit()))
}

/// The list of paragraphs for a source, after the paragraph at index `number` was relabelled by the
/// user; with the label `None` it is numbered. Other special labels are kept, and all other
/// paragraphs are numbered in order.
#[must_use]
pub fn relabelled(segments: &[Segment], number: usize, label: Option<&str>) -> Vec<Paragraph> {
    let mut next = 0;
    let paragraph = |(at, segment): (usize, &Segment)| {
        let own = if at == number {
            label
        } else {
            Some(segment.label.as_str()).filter(|label| !is_numbered(label))
        };
        // A special label is unique: a paragraph that had it before is numbered.
        let own = own.filter(|own| at == number || Some(*own) != label);
        let label = own.map_or_else(
            || {
                next += 1;
                format!("P{next}")
            },
            str::to_owned,
        );
        Paragraph {
            label,
            start: segment.range.start,
            end: segment.range.end,
            ..Paragraph::default()
        }
    };
    segments.iter().enumerate().map(paragraph).collect()
}

/// The paragraph that contains most of a range; the first if two contain equally much.
#[must_use]
pub fn segment_of<'a>(segments: &'a [Segment], range: &Range<usize>) -> Option<&'a Segment> {
    let first = segments.partition_point(|segment| segment.range.end <= range.start);
    let near = segments
        .get(first..)
        .unwrap_or_default()
        .iter()
        .take_while(|segment| segment.range.start < range.end);
    near.fold(None, |best: Option<&Segment>, segment| match best {
        Some(best) if shared(&best.range, range) >= shared(&segment.range, range) => Some(best),
        _ => Some(segment),
    })
}

/// The number of characters that two ranges have in common.
fn shared(a: &Range<usize>, b: &Range<usize>) -> usize {
    a.end.min(b.end).saturating_sub(a.start.max(b.start))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn labels(text: &str, listed: &[Paragraph]) -> Vec<(String, String)> {
        let text = SourceText::new(text.to_owned());
        let words =
            |segment: Segment| (segment.label.clone(), text.slice(&segment.range).to_owned());
        segments(&text, listed).into_iter().map(words).collect()
    }

    fn listed(labels: &[(&str, usize, usize)]) -> Vec<Paragraph> {
        let paragraph = |(label, start, end): &(&str, usize, usize)| Paragraph {
            label: (*label).to_owned(),
            start: *start,
            end: *end,
            ..Paragraph::default()
        };
        labels.iter().map(paragraph).collect()
    }

    fn pair(label: &str, words: &str) -> (String, String) {
        (label.to_owned(), words.to_owned())
    }

    #[test]
    fn each_line_is_a_paragraph_and_blank_ones_are_none() {
        let expected = [pair("P1", "One."), pair("P2", "Two."), pair("P3", "Three.")];
        assert_eq!(labels("One.\nTwo.\nThree.\n", &[]), expected);
        assert_eq!(labels("\n\n  One.\r\n\r\n\r\nTwo.\r\n \nThree.", &[]), expected);
    }

    #[test]
    fn lines_broken_by_hand_are_one_paragraph() {
        let text = "One line\nand its end.\n\nAnother line\nthat ends here.\n";
        assert_eq!(
            labels(text, &[]),
            [pair("P1", "One line\nand its end."), pair("P2", "Another line\nthat ends here.")]
        );
    }

    #[test]
    fn listed_labels_hold_where_they_fit_and_stay_at_the_ends_where_they_do_not() {
        let list = listed(&[("T", 0, 5), ("P1", 6, 10), ("P2", 11, 15), ("A", 16, 22)]);
        let expected =
            [pair("T", "Title"), pair("P1", "One."), pair("P2", "Two."), pair("A", "Author")];
        assert_eq!(labels("Title\nOne.\nTwo.\nAuthor", &list), expected);
        let later = [
            pair("T", "Title"),
            pair("P1", "New."),
            pair("P2", "One."),
            pair("P3", "Two."),
            pair("A", "Author"),
        ];
        assert_eq!(labels("Title\n\nNew.\nOne.\nTwo.\nAuthor", &list), later);
    }

    #[test]
    fn a_title_is_known_again_where_a_paragraph_comes_before_it() {
        let list = listed(&[("T", 0, 5), ("P1", 6, 10), ("P2", 11, 15), ("A", 16, 22)]);
        let expected = [
            pair("P1", "Updated."),
            pair("T", "Title"),
            pair("P2", "One."),
            pair("P3", "Two."),
            pair("A", "Author"),
        ];
        assert_eq!(labels("Updated.\nTitle\nOne.\nTwo.\nAuthor", &list), expected);
        // The title has a new length, so it stays first.
        let other =
            [pair("T", "Headline"), pair("P1", "One."), pair("P2", "Two."), pair("A", "Authoress")];
        assert_eq!(labels("Headline\nOne.\nTwo.\nAuthoress", &list), other);
    }

    #[test]
    fn a_label_can_be_corrected_and_the_others_follow() {
        let text = SourceText::new("Title\nOne.\nTwo.\nAuthor".to_owned());
        let start = segments(&text, &[]);
        let names = |list: &[Paragraph]| {
            list.iter().map(|one| one.label.clone()).collect::<Vec<_>>().join(" ")
        };
        let once = relabelled(&start, 0, Some("T"));
        assert_eq!(names(&once), "T P1 P2 P3");
        let twice = relabelled(&segments(&text, &once), 3, Some("A"));
        assert_eq!(names(&twice), "T P1 P2 A");
        assert_eq!(names(&relabelled(&segments(&text, &twice), 0, None)), "P1 P2 P3 A");
        assert_eq!(names(&relabelled(&segments(&text, &twice), 1, Some("T"))), "P1 T P2 A");
    }

    #[test]
    fn a_range_belongs_to_the_paragraph_that_holds_most_of_it() {
        let text = SourceText::new("Title\nOne long one.\nTwo.".to_owned());
        let segments = segments(&text, &[]);
        let at = |range: Range<usize>| {
            segment_of(&segments, &range).map(|segment| segment.label.as_str())
        };
        assert_eq!(
            (at(0..5), at(4..12), at(18..24), at(5..6)),
            (Some("P1"), Some("P2"), Some("P3"), None)
        );
    }
}
