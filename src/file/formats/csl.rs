//! CSL-JSON, which Zotero, Mendeley and pandoc write.

use serde_json::Value;

use super::draft::refused;
use super::references::{Library, address_of_doi, date_of_parts, date_of_text};
use super::xml::text_of;
use crate::file::format::MapFormat;
use crate::file::opened::{Bytes, OpenError, Opened};
use crate::model::{PartialDate, Source};
use crate::progress::Progress;

/// References of Zotero and pandoc.
pub static CSL: MapFormat =
    MapFormat { name: "References (CSL-JSON)", extensions: &["json"], recognises, read };

fn recognises(start: &[u8]) -> bool {
    let text = text_of(start);
    let text = text.trim_start();
    let has = |words: &str| text.contains(words);
    (text.starts_with('[') || text.starts_with("{\"items\""))
        && (has("\"issued\"")
            || has("\"date-parts\"")
            || has("\"container-title\"")
            || has("\"citation-key\""))
        && !has("\"selector\"")
}

fn read(bytes: &Bytes, progress: &Progress) -> Result<Opened, OpenError> {
    let value: Value = serde_json::from_str(&text_of(bytes)).map_err(|error| {
        refused(format!("this JSON cannot be read: {error}"), "references in CSL-JSON")
    })?;
    progress.check().map_err(|_| OpenError::cancelled())?;
    let items = value.as_array().or_else(|| value.get("items").and_then(Value::as_array));
    let mut library = Library::default();
    library.sources.extend(items.into_iter().flatten().filter(|item| item.is_object()).map(source));
    library.into_opened("CSL-JSON")
}

fn source(item: &Value) -> Source {
    let text = |name: &str| item.get(name).and_then(plain).unwrap_or_default();
    let first = |names: &[&str]| {
        names.iter().map(|name| text(name)).find(|text| !text.is_empty()).unwrap_or_default()
    };
    let people = ["author", "editor", "director", "composer"].iter().find_map(|role| {
        item.get(*role).and_then(Value::as_array).filter(|people| !people.is_empty())
    });
    let names: Vec<String> = people.into_iter().flatten().map(name).collect();
    let (url, doi) = (text("URL"), text("DOI"));
    let url = if url.is_empty() && !doi.is_empty() { address_of_doi(&doi) } else { url };
    let dates = ["issued", "event-date", "submitted", "original-date"];
    Source {
        title: first(&["title", "title-short", "citation-key", "id"]),
        author: names.join(", "),
        publisher: first(&["container-title", "publisher", "event-title"]),
        date: dates.iter().find_map(|name| date(item.get(*name)?)),
        url: Some(url).filter(|url| !url.is_empty()),
        ..Source::default()
    }
}

/// A text; numbers are written out.
fn plain(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.trim().to_owned()),
        Value::Number(number) => Some(number.to_string()),
        Value::Array(all) => all.first().and_then(plain),
        _ => None,
    }
}

fn name(person: &Value) -> String {
    let part = |name: &str| person.get(name).and_then(plain).unwrap_or_default();
    let literal = part("literal");
    if !literal.is_empty() {
        return literal;
    }
    let all = [part("given"), part("non-dropping-particle"), part("family"), part("suffix")];
    let all: Vec<String> = all.into_iter().filter(|part| !part.is_empty()).collect();
    all.join(" ")
}

/// The first date of a range; years can be texts.
fn date(value: &Value) -> Option<PartialDate> {
    let number = |part: &Value| part.as_i64().or_else(|| part.as_str()?.trim().parse().ok());
    let parts = value.get("date-parts").and_then(Value::as_array).and_then(|all| all.first());
    let parts: Vec<i64> =
        parts.and_then(Value::as_array).into_iter().flatten().map_while(number).collect();
    let text = ["raw", "literal"].iter().find_map(|name| value.get(*name).and_then(Value::as_str));
    date_of_parts(&parts).or_else(|| date_of_text(text?)).or_else(|| date_of_text(value.as_str()?))
}
