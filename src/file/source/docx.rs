//! The text of a Word document (Office Open XML, ECMA-376): paragraphs and table rows as lines,
//! footnotes at the end, without hidden text and without what tracked changes delete.

use std::collections::HashMap;

use super::error::Fault;
use super::extract::Extract;
use super::flow::Flow;
use super::package::Package;
use super::properties::Properties;
use super::xml::{Handler, Tag, read as read_xml};

/// The main part of a Word document; `None` if the package is none.
pub(super) fn main_part(package: &mut Package<'_>) -> Result<Option<String>, Fault> {
    const USUAL: &str = "word/document.xml";
    let relations = package.part("_rels/.rels")?.unwrap_or_default();
    let mut targets = Targets::default();
    read_xml(&relations, &mut targets)?;
    let target = targets.main.unwrap_or_default();
    let target = target.trim_start_matches('/').to_owned();
    // Excel and PowerPoint have a main part of the same type elsewhere.
    let usual = || package.names().iter().any(|name| name == USUAL).then(|| USUAL.to_owned());
    Ok(Some(target).filter(|target| target.starts_with("word/")).or_else(usual))
}

/// The text of a Word document with this main part.
pub(super) fn read(package: &mut Package<'_>, main: &str) -> Result<Extract, Fault> {
    let (folder, _) = main.rsplit_once('/').unwrap_or(("word", ""));
    let mut notes = HashMap::new();
    for (name, kind) in [("footnotes", 'f'), ("endnotes", 'e')] {
        if let Some(xml) = package.part(&format!("{folder}/{name}.xml"))? {
            notes.extend(notes_of(&xml, kind)?);
        }
    }
    let xml = package.part(main)?.ok_or_else(|| {
        Fault::new("this Word document has no text in it")
            .advice("Open it in Word and save it again.")
    })?;
    let mut body = Body { notes, ..Body::default() };
    read_xml(&xml, &mut body)?;
    let properties = package.part("docProps/core.xml").ok().flatten().unwrap_or_default();
    let meta = Properties::of(&properties).meta(&["creator"], &["created", "modified"]);
    Ok(Extract { text: body.flow.finish()?, meta, notes: Vec::new() })
}

/// The target of the relation to the main part.
#[derive(Default)]
struct Targets {
    main: Option<String>,
}

impl Handler for Targets {
    fn open(&mut self, _: &str, tag: &Tag<'_>) -> Result<(), Fault> {
        let kind = tag.attribute("Type").unwrap_or_default();
        if kind.ends_with("/officeDocument") {
            self.main = tag.attribute("Target");
        }
        Ok(())
    }

    fn close(&mut self, _: &str) {}

    fn text(&mut self, _: &str) {}
}

/// The identity of a note: `f` or `e` for footnotes and endnotes, and its id.
type NoteId = (char, String);

/// The main text, or the text of one note.
#[derive(Default)]
struct Body {
    flow: Flow,
    notes: HashMap<NoteId, String>,
    /// How many elements are open whose contents are left out.
    skipped: usize,
    /// How many `t` elements are open.
    texts: usize,
    /// The element with properties that is open, such as `rPr`.
    properties: &'static str,
    /// How many elements are open within it, and itself.
    depth: usize,
    /// True if the end of the paragraph is deleted, so that the next one continues it.
    is_end_deleted: bool,
    /// True if the run is hidden.
    is_hidden: bool,
}

/// Elements whose contents are not shown: deleted text and text moved away, the older form of a
/// shape, the reading aid of East Asian text.
fn is_left_out(name: &str) -> bool {
    matches!(name, "moveFrom" | "del" | "Fallback" | "rt" | "instrText" | "delText")
}

/// The name, if elements with this name hold properties instead of text.
fn properties(name: &str) -> Option<&'static str> {
    const NAMES: [&str; 7] = ["pPr", "rPr", "sectPr", "tblPr", "trPr", "tcPr", "sdtPr"];
    NAMES.into_iter().find(|other| *other == name)
}

impl Body {
    fn push(&mut self, text: &str) {
        if self.skipped == 0 && !self.is_hidden {
            self.flow.push(text);
        }
    }

    fn refer(&mut self, kind: char, tag: &Tag<'_>) -> Result<(), Fault> {
        let id = (kind, tag.attribute("id").unwrap_or_default());
        if let Some(note) = self.notes.remove(&id) {
            self.flow.open_note()?;
            self.flow.push(&note);
            self.flow.close();
        }
        Ok(())
    }

    /// An element within properties.
    fn property(&mut self, name: &str, tag: &Tag<'_>) {
        let value = tag.attribute("val").unwrap_or_default();
        match (self.properties, self.depth, name) {
            ("rPr", 1, "vanish") => {
                self.is_hidden = !matches!(value.as_str(), "0" | "false" | "off");
            }
            // The mark at the end of the paragraph is deleted or moved away.
            ("pPr", 2, "del" | "moveFrom") => self.is_end_deleted = true,
            _ => {}
        }
    }
}

impl Handler for Body {
    fn open(&mut self, name: &str, tag: &Tag<'_>) -> Result<(), Fault> {
        if self.depth > 0 {
            self.property(name, tag);
            self.depth += 1;
            return Ok(());
        }
        if self.skipped > 0 || is_left_out(name) {
            self.skipped += usize::from(is_left_out(name));
            return Ok(());
        }
        if let Some(properties) = properties(name) {
            self.properties = properties;
            self.depth = 1;
            return Ok(());
        }
        match name {
            "r" => self.is_hidden = false,
            "t" => self.texts += 1,
            "tab" | "ptab" => self.push("\t"),
            "br" | "cr" => self.push("\n"),
            "noBreakHyphen" => self.push("\u{2011}"),
            "tc" => self.flow.open_cell(),
            "txbxContent" => self.flow.open_frame()?,
            "footnoteReference" => self.refer('f', tag)?,
            "endnoteReference" => self.refer('e', tag)?,
            _ => {}
        }
        Ok(())
    }

    fn close(&mut self, name: &str) {
        if self.depth > 0 {
            self.depth -= 1;
            return;
        }
        if self.skipped > 0 {
            self.skipped -= usize::from(is_left_out(name));
            return;
        }
        match name {
            "t" => self.texts = self.texts.saturating_sub(1),
            "r" => self.is_hidden = false,
            "p" => {
                self.is_hidden = false;
                if !std::mem::take(&mut self.is_end_deleted) {
                    self.flow.end_paragraph();
                }
            }
            "tc" => self.flow.close_cell(),
            "tr" => self.flow.end_row(),
            "txbxContent" => self.flow.close(),
            _ => {}
        }
    }

    fn text(&mut self, text: &str) {
        if self.texts > 0 && self.depth == 0 {
            self.push(text);
        }
    }
}

/// The notes of one part.
struct Notes {
    kind: char,
    /// The note that is open.
    open: Option<(NoteId, Body)>,
    found: Vec<(NoteId, String)>,
}

impl Handler for Notes {
    fn open(&mut self, name: &str, tag: &Tag<'_>) -> Result<(), Fault> {
        if let Some((_, body)) = &mut self.open {
            return body.open(name, tag);
        }
        // The lines between text and notes have a type.
        if matches!(name, "footnote" | "endnote")
            && tag.attribute("type").as_deref().is_none_or(is_normal)
        {
            let id = (self.kind, tag.attribute("id").unwrap_or_default());
            self.open = Some((id, Body::default()));
        }
        Ok(())
    }

    fn close(&mut self, name: &str) {
        if matches!(name, "footnote" | "endnote") {
            if let Some((id, body)) = self.open.take()
                && let Ok(text) = body.flow.finish()
            {
                self.found.push((id, text));
            }
        } else if let Some((_, body)) = &mut self.open {
            body.close(name);
        }
    }

    fn text(&mut self, text: &str) {
        if let Some((_, body)) = &mut self.open {
            body.text(text);
        }
    }
}

fn is_normal(kind: &str) -> bool {
    kind == "normal"
}

fn notes_of(xml: &str, kind: char) -> Result<Vec<(NoteId, String)>, Fault> {
    let mut notes = Notes { kind, open: None, found: Vec::new() };
    read_xml(xml, &mut notes)?;
    Ok(notes.found)
}
