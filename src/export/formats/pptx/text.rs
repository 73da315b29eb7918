//! Texts of a slide as XML: each line at an exact height, in fonts that Office has.

use std::fmt::Write as _;

use super::xml::{Scale, solid};
use crate::export::formats::xml::words;
use crate::scene::primitive::Color;
use crate::text::Weight;

/// One line of text.
#[derive(Clone, Debug)]
pub(super) struct Row {
    pub content: String,
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

/// The body of a text whose first line begins at [`top_of`] it. Lines are placed by exact heights and
/// gaps, so that they are where the picture has them whatever the font.
pub(super) fn body(rows: &[Row], align: Align, scale: Scale) -> String {
    let mut xml = String::from(
        "<p:txBody><a:bodyPr wrap=\"none\" lIns=\"0\" tIns=\"0\" rIns=\"0\" bIns=\"0\" \
         anchor=\"t\"><a:noAutofit/></a:bodyPr><a:lstStyle/>",
    );
    let mut bottom = rows.first().map_or(0.0, top_of);
    for row in rows {
        let end = row.baseline + BELOW * row.size;
        let room = (end - bottom).max(0.3 * row.size);
        let height = room.min(LINE * row.size);
        paragraph(&mut xml, row, [room - height, height], align, scale);
        bottom = end;
    }
    if rows.is_empty() {
        xml.push_str("<a:p><a:endParaRPr lang=\"en-GB\"/></a:p>");
    }
    xml.push_str("</p:txBody>");
    xml
}

/// A paragraph of one line; the gap before it and its height are in pixels.
fn paragraph(xml: &mut String, row: &Row, [gap, height]: [f32; 2], align: Align, scale: Scale) {
    let to = match (align, row.is_right_to_left) {
        (Align::Middle, _) => "ctr",
        (Align::Left, false) | (Align::Right, true) => "l",
        (Align::Right, false) | (Align::Left, true) => "r",
    };
    let direction = if row.is_right_to_left { " rtl=\"1\"" } else { "" };
    let _ = write!(
        xml,
        "<a:p><a:pPr algn=\"{to}\"{direction}><a:lnSpc><a:spcPts val=\"{}\"/></a:lnSpc>\
         <a:spcBef><a:spcPts val=\"{}\"/></a:spcBef><a:buNone/></a:pPr>{}</a:p>",
        scale.hundredths(height).min(MOST_SPACING),
        if gap > 0.05 { scale.hundredths(gap).min(MOST_SPACING) } else { 0 },
        run(&row.content, row.size, row.weight, row.color, scale)
    );
}

/// A run of text in fonts that Office has.
fn run(content: &str, size: f32, weight: Weight, color: Color, scale: Scale) -> String {
    let bold = if weight == Weight::Bold { " b=\"1\"" } else { "" };
    format!(
        "<a:r><a:rPr lang=\"{}\" sz=\"{}\"{bold} dirty=\"0\">{}{}</a:rPr><a:t>{}</a:t></a:r>",
        language(content),
        scale.hundredths(size),
        solid(color),
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

/// Fonts for a text: that of the pictures for Latin letters, with a description by which Office finds
/// a similar one, and fonts that Office has for the others.
fn fonts(content: &str) -> String {
    let east = match language(content) {
        "ja-JP" => "Yu Gothic",
        "ko-KR" => "Malgun Gothic",
        "zh-CN" => "Microsoft YaHei",
        _ => "",
    };
    let east = if east.is_empty() { String::new() } else { format!("<a:ea typeface=\"{east}\"/>") };
    format!(
        "<a:latin typeface=\"Noto Sans\" panose=\"020B0502040504020204\" pitchFamily=\"34\"/>{east}<a:cs typeface=\"Arial\"/>"
    )
}

/// The height above the first baseline of a text where its first line begins.
pub(super) fn top_of(row: &Row) -> f32 {
    row.baseline + BELOW * row.size - LINE * row.size
}
