//! RIS, the exchange format of reference managers: a tag of two letters in each line.

use super::draft::refused;
use super::references::{Library, address_of_doi, date_of_text, turned};
use super::xml::text_of;
use crate::file::format::MapFormat;
use crate::file::opened::{Bytes, OpenError, Opened};
use crate::model::Source;
use crate::model::words::cut_to;
use crate::progress::Progress;

/// References of Zotero, `EndNote`, Mendeley and libraries.
pub static RIS: MapFormat =
    MapFormat { name: "References (RIS)", extensions: &["ris"], recognises, read };

/// Most letters of what stands for a title.
const TITLE: usize = 80;

fn recognises(start: &[u8]) -> bool {
    let text = text_of(start);
    let mut lines = text.lines();
    // Exports of Web of Science have tags as well, and are told apart by their first lines.
    text.trim_start().starts_with("FN ") && text.contains("\nPT ")
        || lines.any(|line| tag(line).is_some_and(|(tag, _)| tag == "TY"))
}

/// The tag and the value of a line.
fn tag(line: &str) -> Option<(&str, &str)> {
    let line = line.trim_start_matches('\u{feff}');
    let (tag, rest) = line.split_at_checked(2)?;
    let is_tag = tag.bytes().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit());
    let value = rest.strip_prefix("  -").or_else(|| rest.strip_prefix(" -"))?;
    (is_tag && tag.starts_with(|letter: char| letter.is_ascii_uppercase()))
        .then(|| (tag, value.trim()))
}

fn read(bytes: &Bytes, progress: &Progress) -> Result<Opened, OpenError> {
    let text = text_of(bytes);
    progress.check().map_err(|_| OpenError::cancelled())?;
    if text.trim_start().starts_with("FN ") {
        return Err(refused(
            "this is an export of Web of Science, not RIS",
            "an export as RIS; choose “RIS” or “Other file formats” there",
        ));
    }
    let mut library = Library::default();
    let mut fields: Vec<(String, String)> = Vec::new();
    let mut is_inside = false;
    for line in text.lines() {
        match tag(line) {
            Some(("TY", _)) => {
                library.sources.extend(source(&std::mem::take(&mut fields)));
                is_inside = true;
            }
            Some(("ER", _)) => {
                library.sources.extend(source(&std::mem::take(&mut fields)));
                is_inside = false;
            }
            Some((tag, value)) if is_inside => fields.push((tag.to_owned(), value.to_owned())),
            // A line without a tag belongs to the one before.
            None if is_inside => {
                if let Some((_, value)) = fields.last_mut().filter(|_| !line.trim().is_empty()) {
                    value.push(' ');
                    value.push_str(line.trim());
                }
            }
            _ => {}
        }
    }
    library.sources.extend(source(&fields));
    library.into_opened("RIS")
}

/// The source of a record; `None` if it tells nothing.
fn source(fields: &[(String, String)]) -> Option<Source> {
    let first = |tags: &[&str]| {
        let of_tag = |tag: &&str| fields.iter().find(|(own, text)| own == tag && !text.is_empty());
        tags.iter().find_map(of_tag).map_or("", |(_, value)| value.as_str()).to_owned()
    };
    let names: Vec<String> = fields
        .iter()
        .filter(|(tag, name)| matches!(tag.as_str(), "AU" | "A1") && !name.is_empty())
        .map(|(_, name)| turned(name))
        .collect();
    let url = first(&["UR", "L2", "LK"]);
    // Of several, the first.
    let url = url.split("; ").next().unwrap_or_default().to_owned();
    let doi = first(&["DO"]);
    let url = if url.is_empty() && !doi.is_empty() { address_of_doi(&doi) } else { url };
    let source = Source {
        title: first(&["TI", "T1", "CT", "BT", "T2", "JO"]),
        author: names.join(", "),
        publisher: first(&["JO", "JF", "T2", "JA", "J2", "PB"]),
        date: date_of_text(&first(&["DA", "PY", "Y1"]))
            .or_else(|| date_of_text(&first(&["PY", "Y1"]))),
        url: Some(url).filter(|url| !url.is_empty()),
        ..Source::default()
    };
    let mut source = source;
    if source.title.is_empty() {
        let others = [
            source.url.clone().unwrap_or_default(),
            source.author.clone(),
            first(&["ID", "AB", "N2", "N1"]),
        ];
        let title = others.into_iter().find(|text| !text.is_empty());
        source.title = cut_to(&title.unwrap_or_default(), TITLE);
    }
    (!source.title.is_empty()).then_some(source)
}
