//! Marked quotations: W3C Web Annotations, and exports of Hypothesis in JSON and CSV. They wait to be
//! assigned to actors and ties.

use csv::ReaderBuilder;
use serde_json::Value;

use super::draft::refused;
use super::references::{Library, coded};
use super::xml::text_of;
use crate::file::format::MapFormat;
use crate::file::opened::{Bytes, OpenError, Opened};
use crate::model::{Evidence, Source};
use crate::progress::Progress;

/// Annotations in JSON.
pub static ANNOTATIONS: MapFormat = MapFormat {
    name: "Annotations (W3C, Hypothesis)",
    extensions: &["json", "jsonld"],
    recognises,
    read,
};

/// The table that Hypothesis exports.
pub static HYPOTHESIS_TABLE: MapFormat = MapFormat {
    name: "Annotations of Hypothesis (CSV)",
    extensions: &["csv"],
    recognises: |start| {
        let text = text_of(start);
        let first = text.lines().next().unwrap_or_default();
        ["Annotation/Reply Type", "Quote", "URL"].iter().all(|name| first.contains(name))
    },
    read: read_table,
};

fn recognises(start: &[u8]) -> bool {
    let text = text_of(start);
    let has = |words: &str| text.contains(words);
    text.trim_start().starts_with(['{', '['])
        && !has("\"relationship-map\"")
        && (has("ns/anno")
            || has("\"TextQuoteSelector\"")
            || has("\"selector\"") && has("\"target\"")
            || has("\"annotations\"") && has("\"uri\"") && !has("\"elements\""))
}

/// A quotation as it was marked.
#[derive(Default)]
struct Marked {
    address: String,
    title: String,
    words: String,
    prefix: String,
    suffix: String,
    comment: String,
    tags: Vec<String>,
    page: String,
}

impl Library {
    fn add(&mut self, marked: Marked) {
        let words = marked.words.trim();
        if words.is_empty() {
            return;
        }
        let name =
            [&marked.title, &marked.address].into_iter().find(|name| !name.trim().is_empty());
        let name = name.map_or("Annotated document", |name| name.trim()).to_owned();
        let address = Some(marked.address.clone()).filter(|address| address.starts_with("http"));
        let is_it = |source: &Source| match (&source.url, &address) {
            (Some(one), Some(other)) => one == other,
            _ => source.title == name && source.url == address,
        };
        let new = || Source { title: name.clone(), url: address.clone(), ..Source::default() };
        let at = self.source(is_it, new);
        let quotation = Evidence {
            excerpt: words.into(),
            prefix: marked.prefix.as_str().into(),
            suffix: marked.suffix.as_str().into(),
            note: coded(&marked.tags, &marked.comment).as_str().into(),
            paragraph: Some(marked.page).filter(|page| !page.is_empty()).map(Into::into),
            ..Evidence::default()
        };
        self.quotations.push((at, quotation));
    }
}

fn read(bytes: &Bytes, progress: &Progress) -> Result<Opened, OpenError> {
    let value: Value = serde_json::from_str(&text_of(bytes)).map_err(|error| {
        refused(format!("this JSON cannot be read: {error}"), "annotations in JSON")
    })?;
    let mut library = Library::default();
    let lists = ["annotations", "rows", "items", "@graph"];
    let list = lists.iter().find_map(|name| value.get(*name)).unwrap_or(&value);
    let list = list.get("items").unwrap_or(list);
    let one = std::slice::from_ref(list);
    let mut without = 0;
    for annotation in list.as_array().map_or(one, Vec::as_slice) {
        progress.check().map_err(|_| OpenError::cancelled())?;
        let before = library.quotations.len();
        for target in targets(annotation) {
            library.add(marked(annotation, target));
        }
        without += usize::from(library.quotations.len() == before);
    }
    if without > 0 {
        let words =
            format!("{without} notes about whole documents or without marked words left out");
        library.remarks.push(words);
    }
    library.into_opened("annotations")
}

/// The targets of an annotation: one, or a list.
fn targets(annotation: &Value) -> Vec<&Value> {
    match annotation.get("target") {
        Some(Value::Array(all)) => all.iter().collect(),
        Some(target) => vec![target],
        None => vec![annotation],
    }
}

fn marked(annotation: &Value, target: &Value) -> Marked {
    let text = |value: Option<&Value>| -> String {
        match value {
            Some(Value::String(text)) => text.clone(),
            Some(Value::Number(number)) => number.to_string(),
            Some(object) => ["id", "value", "@id", "name"]
                .iter()
                .find_map(|name| object.get(*name).and_then(Value::as_str))
                .unwrap_or_default()
                .to_owned(),
            None => String::new(),
        }
    };
    let mut marked = Marked::default();
    let address = [target.get("source"), annotation.get("uri"), annotation.get("url")];
    marked.address =
        address.into_iter().map(text).find(|text| !text.is_empty()).unwrap_or_default();
    let document = annotation.get("document").and_then(|document| document.get("title"));
    marked.title = match document {
        Some(Value::Array(all)) => text(all.first()),
        title => text(title),
    };
    let selectors = target.get("selector");
    let one: Vec<&Value> = match selectors {
        Some(Value::Array(all)) => all.iter().collect(),
        Some(selector) => vec![selector],
        None => Vec::new(),
    };
    for selector in one {
        // A selector can refine another one.
        let all = std::iter::successors(Some(selector), |one| one.get("refinedBy"));
        for selector in all {
            let exact = [selector.get("exact"), selector.get("quote")];
            let exact = exact.into_iter().map(text).find(|text| !text.is_empty());
            if let Some(exact) = exact.filter(|_| marked.words.is_empty()) {
                marked.words = exact;
                marked.prefix = text(selector.get("prefix"));
                marked.suffix = text(selector.get("suffix"));
            }
            if let Some(page) = selector.get("pageNumber").or_else(|| selector.get("page")) {
                marked.page = text(Some(page));
            }
        }
    }
    let bodies = ["body", "bodies"].iter().find_map(|name| annotation.get(*name));
    let bodies: Vec<&Value> = match bodies {
        Some(Value::Array(all)) => all.iter().collect(),
        Some(body) => vec![body],
        None => Vec::new(),
    };
    let mut comments = vec![text(annotation.get("text")), text(annotation.get("bodyValue"))];
    for body in bodies {
        let is_tag = body.get("purpose").and_then(Value::as_str) == Some("tagging");
        let words = text(body.get("value").or(Some(body)));
        if is_tag { marked.tags.push(words) } else { comments.push(words) }
    }
    comments.retain(|comment| !comment.trim().is_empty());
    marked.comment = comments.join("\n");
    let tags = annotation.get("tags").and_then(Value::as_array).into_iter().flatten();
    marked.tags.extend(tags.map(|tag| text(Some(tag))));
    marked
}

fn read_table(bytes: &Bytes, progress: &Progress) -> Result<Opened, OpenError> {
    let text = text_of(bytes);
    let mut library = Library::default();
    let mut reader = ReaderBuilder::new().flexible(true).from_reader(text.as_bytes());
    let names: Vec<String> = reader
        .headers()
        .map(|names| names.iter().map(|name| name.trim_matches('\u{feff}').to_owned()).collect())
        .unwrap_or_default();
    let mut without = 0;
    for row in reader.records().flatten() {
        progress.check().map_err(|_| OpenError::cancelled())?;
        let cell = |name: &str| {
            let at = names.iter().position(|other| other == name);
            at.and_then(|at| row.get(at)).unwrap_or_default().trim().to_owned()
        };
        let tags = cell("Tags");
        let tags = tags.split(',').map(str::trim).filter(|tag| !tag.is_empty());
        let before = library.quotations.len();
        library.add(Marked {
            address: cell("URL"),
            title: cell("Title"),
            words: cell("Quote"),
            comment: cell("Body"),
            tags: tags.map(str::to_owned).collect(),
            page: cell("Page"),
            ..Marked::default()
        });
        without += usize::from(library.quotations.len() == before);
    }
    if without > 0 {
        let words =
            format!("{without} notes about whole documents or without marked words left out");
        library.remarks.push(words);
    }
    library.into_opened("Hypothesis")
}
