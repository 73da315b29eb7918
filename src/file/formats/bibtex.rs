//! BibTeX and BibLaTeX.

use biblatex::{Bibliography, ChunksExt as _, DateValue, Entry, PermissiveType};

use super::references::{Library, address_of_doi, date_of_parts, date_of_text};
use super::xml::text_of;
use crate::file::format::MapFormat;
use crate::file::opened::{Bytes, OpenError, Opened};
use crate::model::words::counted;
use crate::model::{PartialDate, Source};
use crate::progress::Progress;

/// References of LaTeX.
pub static BIBTEX: MapFormat =
    MapFormat { name: "References (BibTeX)", extensions: &["bib", "bibtex"], recognises, read };

/// Entries that are no references.
const NO_REFERENCES: [&str; 4] = ["comment", "string", "preamble", "set"];

fn recognises(start: &[u8]) -> bool {
    let text = text_of(start);
    text.lines().any(|line| {
        let Some((kind, rest)) =
            line.trim_start().strip_prefix('@').and_then(|rest| rest.split_once(['{', '(']))
        else {
            return false;
        };
        let is_kind = !kind.trim().is_empty() && kind.trim().chars().all(char::is_alphabetic);
        is_kind
            && (rest.contains([',', '='])
                || rest.trim().is_empty()
                || kind.eq_ignore_ascii_case("comment"))
    })
}

fn read(bytes: &Bytes, progress: &Progress) -> Result<Opened, OpenError> {
    let text = text_of(bytes);
    let mut library = Library::default();
    let mut bad = 0;
    if let Ok(all) = Bibliography::parse(&text) {
        library.sources.extend(all.iter().map(source));
    } else {
        // One at a time, so that an entry with a mistake does not hide the others.
        let strings = entries(&text).filter(|entry| is_of(entry, "string")).collect::<String>();
        for entry in entries(&text) {
            progress.check().map_err(|_| OpenError::cancelled())?;
            match Bibliography::parse(&format!("{strings}\n{entry}")) {
                Ok(one) => library.sources.extend(one.iter().map(source)),
                Err(_) => bad += usize::from(!NO_REFERENCES.iter().any(|kind| is_of(entry, kind))),
            }
        }
    }
    if bad > 0 {
        library.remarks.push(format!("{} could not be read", counted(bad, "reference")));
    }
    library.into_opened("BibTeX")
}

/// The text from each `@` at the start of a line to the next.
fn entries(text: &str) -> impl Iterator<Item = &str> {
    let mut starts: Vec<usize> = text.match_indices("\n@").map(|(at, _)| at + 1).collect();
    if text.starts_with('@') {
        starts.insert(0, 0);
    }
    let ends: Vec<usize> = starts.iter().skip(1).copied().chain([text.len()]).collect();
    starts.into_iter().zip(ends).filter_map(|(start, end)| text.get(start..end))
}

fn is_of(entry: &str, kind: &str) -> bool {
    entry.get(1..).is_some_and(|rest| rest.to_ascii_lowercase().starts_with(kind))
}

fn source(entry: &Entry) -> Source {
    let text = |name: &str| {
        entry.get(name).map_or(String::new(), |chunks| clean(&chunks.format_verbatim()))
    };
    let first = |names: &[&str]| {
        names.iter().map(|name| text(name)).find(|text| !text.is_empty()).unwrap_or_default()
    };
    let people = entry.author().or_else(|_| {
        entry.editors().map(|all| all.into_iter().flat_map(|(people, _)| people).collect())
    });
    let names: Vec<String> = people
        .unwrap_or_default()
        .into_iter()
        .map(|person| {
            let family = format!("{} {}", person.prefix, person.name);
            clean(format!("{} {}", person.given_name, family.trim()).trim())
        })
        .collect();
    let title = [text("maintitle"), text("title"), text("subtitle")];
    let title: Vec<String> = title.into_iter().filter(|part| !part.is_empty()).collect();
    let (url, doi) = (text("url"), text("doi"));
    let url = if url.is_empty() && !doi.is_empty() { address_of_doi(&doi) } else { url };
    Source {
        title: if title.is_empty() { entry.key.clone() } else { title.join(". ") },
        author: names.join(", "),
        publisher: first(&[
            "journaltitle",
            "journal",
            "booktitle",
            "publisher",
            "institution",
            "school",
        ]),
        date: date(entry).or_else(|| date_of_text(&first(&["date", "year"]))),
        url: Some(url).filter(|url| !url.is_empty()),
        ..Source::default()
    }
}

/// A text without the braces that protect capitals, and with single blanks.
fn clean(text: &str) -> String {
    let bare = text.replace(['{', '}'], "");
    bare.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn date(entry: &Entry) -> Option<PartialDate> {
    let PermissiveType::Typed(date) = entry.date().ok()? else { return None };
    let at = match date.value {
        DateValue::At(at)
        | DateValue::After(at)
        | DateValue::Before(at)
        | DateValue::Between(at, _) => at,
    };
    let part = |part: Option<u8>| part.map_or(0, |part| i64::from(part) + 1);
    date_of_parts(&[i64::from(at.year), part(at.month), part(at.day)])
}
