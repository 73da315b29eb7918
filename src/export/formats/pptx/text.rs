//! Texts of a slide as XML: each line at an exact height, in fonts that Office has.

use std::fmt::Write as _;

use super::xml::{Scale, solid};
use crate::export::formats::xml::words;
use crate::scene::primitive::{Anchor, Color};
use crate::text::Weight;

/// One line of text, or a part of one.
#[derive(Clone, Debug)]
pub(super) struct Row {
    pub content: String,
    /// Where its start, its middle or its end is, in pixels.
    pub x: f32,
    pub anchor: Anchor,
    pub size: f32,
    pub weight: Weight,
    pub color: Color,
    pub is_right_to_left: bool,
    /// In pixels.
    pub baseline: f32,
}

/// How the lines of a text are aligned.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Align {
    Left,
    Middle,
    Right,
}

/// The largest gap between lines, in hundredths of a point.
const MOST_SPACING: i64 = 158_400;
/// Share of a line of text that is below its baseline.
const BELOW: f32 = 0.24;
/// Height of a line of text, as a share of the font size.
const LINE: f32 = 1.2;
/// Parts of a text whose baselines differ by less are on one line, as a share of the font size.
const SAME_LINE: f32 = 0.3;

/// The body of a text whose first line begins at [`top_of`] it. Lines are placed by exact heights
/// and gaps, so that they are where the picture has them whatever the font.
pub(super) fn body(rows: &[Row], align: Align, scale: Scale) -> String {
    let lines = rows.iter().map(|row| {
        let to = match (align, row.is_right_to_left) {
            (Align::Middle, _) => "ctr",
            (Align::Left, false) | (Align::Right, true) => "l",
            (Align::Right, false) | (Align::Left, true) => "r",
        };
        let direction = if row.is_right_to_left { " rtl=\"1\"" } else { "" };
        let style = format!("algn=\"{to}\"{direction}");
        (row, style, String::new(), run(row, "", scale))
    });
    paragraphs(lines, scale)
}

/// The body of a text with parts beside each other, each held in its place by a tab stop; `left` is
/// the left side of the text in pixels. Parts are from top to bottom.
pub(super) fn tabbed(rows: &[Row], left: f32, scale: Scale) -> String {
    let lines = rows.chunk_by(is_one_line).filter_map(|parts| {
        let (mut stops, mut runs) = (String::new(), String::new());
        let mut parts: Vec<&Row> = parts.iter().collect();
        parts.sort_by(|one, other| one.x.total_cmp(&other.x));
        for part in &parts {
            let to = match part.anchor {
                Anchor::Start => "l",
                Anchor::Middle => "ctr",
                Anchor::End => "r",
            };
            let at = scale.emu(part.x - left);
            if at > 0 {
                let _ = write!(stops, "<a:tab pos=\"{at}\" algn=\"{to}\"/>");
            }
            // What begins at the left side needs no stop, and a tab would lead to the next one.
            runs.push_str(&run(part, if at > 0 { "\t" } else { "" }, scale));
        }
        let stops = format!("<a:tabLst>{stops}</a:tabLst>");
        Some((*parts.first()?, "algn=\"l\"".to_owned(), stops, runs))
    });
    paragraphs(lines, scale)
}

/// True if two parts of a text are beside each other.
fn is_one_line(one: &Row, next: &Row) -> bool {
    (next.baseline - one.baseline).abs() < SAME_LINE * one.size.max(next.size)
}

/// A body of one paragraph for each line: its first part, its alignment, its tab stops and its
/// runs.
fn paragraphs<'a>(
    lines: impl Iterator<Item = (&'a Row, String, String, String)>,
    scale: Scale,
) -> String {
    let mut xml = String::from(
        "<p:txBody><a:bodyPr wrap=\"none\" lIns=\"0\" tIns=\"0\" rIns=\"0\" bIns=\"0\" \
         anchor=\"t\"><a:noAutofit/></a:bodyPr><a:lstStyle/>",
    );
    let mut bottom: Option<f32> = None;
    for (row, style, stops, runs) in lines {
        let end = row.baseline + BELOW * row.size;
        let room = (end - bottom.unwrap_or_else(|| top_of(row))).max(0.3 * row.size);
        let height = room.min(LINE * row.size);
        let gap = room - height;
        let _ = write!(
            xml,
            "<a:p><a:pPr {style}><a:lnSpc><a:spcPts val=\"{}\"/></a:lnSpc><a:spcBef>\
             <a:spcPts val=\"{}\"/></a:spcBef><a:buNone/>{stops}</a:pPr>{runs}</a:p>",
            scale.hundredths(height).min(MOST_SPACING),
            if gap > 0.05 { scale.hundredths(gap).min(MOST_SPACING) } else { 0 },
        );
        bottom = Some(end);
    }
    if bottom.is_none() {
        xml.push_str("<a:p><a:endParaRPr lang=\"en-GB\"/></a:p>");
    }
    xml.push_str("</p:txBody>");
    xml
}

/// A run of text in fonts that Office has, after `before`.
fn run(row: &Row, before: &str, scale: Scale) -> String {
    let content = &row.content;
    let bold = if row.weight == Weight::Bold { " b=\"1\"" } else { "" };
    format!(
        "<a:r><a:rPr lang=\"{}\" sz=\"{}\"{bold} dirty=\"0\">{}{}</a:rPr>\
         <a:t>{before}{}</a:t></a:r>",
        language(content),
        scale.hundredths(row.size),
        solid(row.color),
        fonts(content),
        words(content)
    )
}

/// The language of the letters of a text, by which Office chooses fonts and checks the spelling.
fn language(content: &str) -> &'static str {
    let has = |is_it: fn(char) -> bool| content.chars().any(is_it);
    if has(|letter| matches!(letter, '\u{3040}'..='\u{30FF}')) {
        "ja-JP"
    } else if has(|letter| matches!(letter, '\u{AC00}'..='\u{D7AF}')) {
        "ko-KR"
    } else if has(is_han) {
        "zh-CN"
    } else if has(|letter| matches!(letter, '\u{590}'..='\u{5FF}')) {
        "he-IL"
    } else if has(|letter| matches!(letter, '\u{600}'..='\u{8FF}')) {
        "ar-SA"
    } else {
        "en-GB"
    }
}

fn is_han(letter: char) -> bool {
    matches!(letter, '\u{3400}'..='\u{4DBF}' | '\u{4E00}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}')
}

/// Fonts for a text: that of the pictures for Latin letters, with a description by which Office
/// finds a similar one, and fonts that Office has for the others.
fn fonts(content: &str) -> String {
    let east = match language(content) {
        "ja-JP" => "Yu Gothic",
        "ko-KR" => "Malgun Gothic",
        "zh-CN" => "Microsoft YaHei",
        _ => "",
    };
    let east = if east.is_empty() { String::new() } else { format!("<a:ea typeface=\"{east}\"/>") };
    format!(
        "<a:latin typeface=\"Noto Sans\" panose=\"020B0502040504020204\" pitchFamily=\"34\"/>\
         {east}<a:cs typeface=\"Arial\"/>"
    )
}

/// The height above the first baseline of a text where its first line begins.
pub(super) fn top_of(row: &Row) -> f32 {
    row.baseline + BELOW * row.size - LINE * row.size
}

#[cfg(test)]
mod tests {
    use super::{Row, Scale, tabbed};
    use crate::scene::primitive::{Anchor, Color};
    use crate::text::Weight;

    fn part(content: &str, x: f32, anchor: Anchor, baseline: f32) -> Row {
        Row {
            content: content.to_owned(),
            x,
            anchor,
            size: 10.0,
            weight: Weight::Bold,
            color: Color { red: 0, green: 0, blue: 0 },
            is_right_to_left: false,
            baseline,
        }
    }

    #[test]
    fn parts_of_a_line_are_from_left_to_right_each_at_its_tab_stop() {
        // The short name in the shape is a little higher than the name on its left.
        let rows = [
            part("PK", 100.0, Anchor::Middle, 50.0),
            part("Pakistan", 70.0, Anchor::End, 51.0),
            part("and others", 20.0, Anchor::Start, 63.0),
        ];
        let xml = tabbed(&rows, 20.0, Scale { emu_per_px: 10.0 });
        let at = |words: &str| xml.find(words).unwrap_or_else(|| panic!("{words} in {xml}"));
        assert!(at("\tPakistan<") < at("\tPK<"));
        let stops = "<a:tab pos=\"500\" algn=\"r\"/><a:tab pos=\"800\" algn=\"ctr\"/>";
        assert!(at(stops) < at("\tPakistan<"));
        assert_eq!(xml.matches("<a:p>").count(), 2, "{xml}");
        assert!(xml.contains(">and others<"), "it begins at the left side: {xml}");
    }
}
