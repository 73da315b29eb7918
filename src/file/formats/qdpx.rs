//! REFI-QDA projects (`.qdpx`), which programs for qualitative analysis exchange: coded passages
//! of plain texts. They wait to be assigned to actors and ties.

use std::collections::HashMap;

use roxmltree::Node;

use super::draft::refused;
use super::references::{Library, coded};
use super::xml::{attribute, parsed};
use crate::file::format::MapFormat;
use crate::file::opened::{Bytes, OpenError, Opened};
use crate::file::source::package::Package;
use crate::model::words::counted;
use crate::model::{Evidence, Source};
use crate::progress::Progress;

/// Projects of programs for qualitative analysis.
pub static QDPX: MapFormat = MapFormat {
    name: "Coded texts (REFI-QDA)",
    extensions: &["qdpx"],
    recognises: |start| {
        let has = |words: &[u8]| memchr::memmem::find(start, words).is_some();
        start.starts_with(b"PK\x03\x04") && (has(b"project.qde") || has(b".qde"))
    },
    read,
};

fn read(bytes: &Bytes, progress: &Progress) -> Result<Opened, OpenError> {
    let damaged = |why: &str| refused(why.to_owned(), "a whole project file (QDPX)");
    let mut package = Package::open(bytes).map_err(|fault| damaged(fault.message()))?;
    let names = package.names();
    let name = names.iter().find(|name| name.to_lowercase().ends_with("project.qde"));
    let name = name.ok_or_else(|| damaged("this archive has no project"))?;
    let project = package.part(name).map_err(|fault| damaged(fault.message()))?.unwrap_or_default();
    let document = parsed(&project)?;
    let codes: HashMap<&str, &str> = elements(document.root_element(), "Code")
        .map(|code| (attribute(code, "guid"), attribute(code, "name")))
        .collect();
    let mut library = Library::default();
    let mut others = 0;
    for source in elements(document.root_element(), "TextSource") {
        progress.check().map_err(|_| OpenError::cancelled())?;
        let text = text_of(source, &names, &mut package).map_err(|why| damaged(&why))?;
        let path = attribute(source, "plainTextPath");
        let title = attribute(source, "name");
        let title =
            if title.is_empty() { path.rsplit(['/', ':']).next().unwrap_or(path) } else { title };
        let letters: Vec<char> = text.chars().collect();
        library.sources.push(Source {
            title: title.to_owned(),
            text: Some(text).filter(|text| !text.trim().is_empty()),
            ..Source::default()
        });
        let at = library.sources.len() - 1;
        for selection in elements(source, "PlainTextSelection") {
            match quotation(selection, &letters, &codes) {
                Some(quotation) => library.quotations.push((at, quotation)),
                None => others += 1,
            }
        }
    }
    let kinds = ["PDFSelection", "PictureSelection", "AudioSelection", "VideoSelection"];
    others +=
        kinds.iter().map(|kind| elements(document.root_element(), kind).count()).sum::<usize>();
    if others > 0 {
        let words = counted(others, "passage");
        library
            .remarks
            .push(format!("{words} of PDFs, pictures, recordings or missing texts left out"));
    }
    library.into_opened("REFI-QDA")
}

fn elements<'a, 'i>(node: Node<'a, 'i>, name: &str) -> impl Iterator<Item = Node<'a, 'i>> {
    let name = name.to_owned();
    node.descendants().filter(move |one| one.is_element() && one.tag_name().name() == name)
}

/// The text of a source: inside the project, or in a file of the archive. Paths can begin with
/// `internal://`; nothing outside the archive is read.
fn text_of(
    source: Node<'_, '_>,
    names: &[String],
    package: &mut Package<'_>,
) -> Result<String, String> {
    let inside = source
        .children()
        .find(|child| child.is_element() && child.tag_name().name() == "PlainTextContent");
    if let Some(inside) = inside {
        return Ok(inside.text().unwrap_or_default().to_owned());
    }
    let path = attribute(source, "plainTextPath");
    let file = path.rsplit("://").next().unwrap_or(path);
    let wanted = file.rsplit('/').next().unwrap_or(file);
    let is_it = |name: &&String| !wanted.is_empty() && name.rsplit('/').next() == Some(wanted);
    let Some(name) = names.iter().find(is_it) else { return Ok(String::new()) };
    let text = package.part(name).map_err(|fault| fault.message().to_owned())?;
    Ok(text.unwrap_or_default())
}

/// A coded passage; `None` if it is not in the text. Positions count characters from 0; the end is
/// not part of it.
fn quotation(
    selection: Node<'_, '_>,
    letters: &[char],
    codes: &HashMap<&str, &str>,
) -> Option<Evidence> {
    let place = |name: &str| attribute(selection, name).trim().parse::<usize>().ok();
    let (start, end) = (place("startPosition")?, place("endPosition")?);
    let words: String = letters.get(start..end.min(letters.len()))?.iter().collect();
    let trimmed = words.trim_start();
    let start = start + words.chars().count() - trimmed.chars().count();
    let trimmed = trimmed.trim_end();
    if trimmed.is_empty() {
        return None;
    }
    let mut names: Vec<&str> = elements(selection, "CodeRef")
        .filter_map(|code| codes.get(attribute(code, "targetGUID")).copied())
        .collect();
    names.dedup();
    let remarks = elements(selection, "Description").filter_map(|one| one.text());
    let remarks = remarks.collect::<Vec<_>>().join("\n");
    Some(Evidence {
        excerpt: trimmed.into(),
        start: Some(start.into()),
        end: Some((start + trimmed.chars().count()).into()),
        note: coded(&names, &remarks).as_str().into(),
        ..Evidence::default()
    })
}
