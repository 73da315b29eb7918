//! The text of an Open Document text (ISO 26300): paragraphs and table rows as lines, footnotes at
//! the end, without hidden text and without what tracked changes delete.

use std::collections::HashSet;

use super::error::Fault;
use super::extract::Extract;
use super::flow::Flow;
use super::package::Package;
use super::properties::Properties;
use super::xml::{Handler, Tag, read as read_xml};

/// Maximum number of blanks that one element stands for.
const BLANKS_LIMIT: usize = 1000;

/// The text of an Open Document package.
pub(super) fn read(package: &mut Package<'_>) -> Result<Extract, Fault> {
    let xml = package.part("content.xml")?.ok_or_else(|| {
        Fault::new("this OpenDocument text has no text in it")
            .advice("Open it in its program and save it again.")
    })?;
    if package.part("META-INF/manifest.xml")?.is_some_and(|list| list.contains("encryption-data")) {
        return Err(Fault::new("this OpenDocument text has a password")
            .advice("Open it in its program and save a copy without a password."));
    }
    let properties = package.part("meta.xml").ok().flatten().unwrap_or_default();
    of(&xml, &properties)
}

/// The text of an Open Document text in a single XML file.
pub(super) fn read_flat(xml: &str) -> Result<Extract, Fault> {
    let end = xml.find("</office:meta>").unwrap_or(0);
    of(xml, xml.get(..end).unwrap_or_default())
}

fn of(xml: &str, properties: &str) -> Result<Extract, Fault> {
    let mut body = Body::default();
    read_xml(xml, &mut body)?;
    let dates = ["creation-date", "date"];
    let meta = Properties::of(properties).meta(&["initial-creator", "creator"], &dates);
    Ok(Extract { text: body.flow.finish()?, meta, notes: Vec::new() })
}

#[derive(Default)]
struct Body {
    flow: Flow,
    /// True within `office:text`.
    is_in_text: bool,
    /// How many elements are open within the outermost one that is left out, and itself.
    skipped: usize,
    /// How many paragraphs are open: text boxes have paragraphs within paragraphs.
    paragraphs: usize,
    /// True if the last character was a blank, which swallows the blanks after it.
    is_after_blank: bool,
    /// The style whose definition is open.
    style: String,
    /// Names of styles whose text is hidden.
    hidden: HashSet<String>,
}

/// Elements whose contents are not part of the text.
fn is_left_out(name: &str) -> bool {
    matches!(
        name,
        "tracked-changes"
            | "annotation"
            | "note-citation"
            | "forms"
            | "ruby-text"
            | "hidden-text"
            | "hidden-paragraph"
            | "desc"
            | "title"
            | "event-listeners"
            | "script"
    )
}

impl Body {
    fn define(&mut self, name: &str, tag: &Tag<'_>) {
        match name {
            "style" => self.style = tag.attribute("name").unwrap_or_default(),
            "text-properties" if tag.attribute("display").as_deref() == Some("none") => {
                self.hidden.insert(self.style.clone());
            }
            "text" => self.is_in_text = true,
            _ => {}
        }
    }

    fn is_hidden(&self, tag: &Tag<'_>) -> bool {
        !self.hidden.is_empty()
            && tag.attribute("style-name").is_some_and(|style| self.hidden.contains(&style))
    }

    fn blanks(&mut self, tag: &Tag<'_>) {
        let count = tag.attribute("c").and_then(|count| count.parse().ok()).unwrap_or(1);
        self.flow.push(&" ".repeat(usize::min(count, BLANKS_LIMIT)));
        self.is_after_blank = false;
    }
}

impl Handler for Body {
    fn open(&mut self, name: &str, tag: &Tag<'_>) -> Result<(), Fault> {
        if !self.is_in_text {
            self.define(name, tag);
            return Ok(());
        }
        let is_span = matches!(name, "p" | "h" | "span" | "section");
        if self.skipped > 0 || is_left_out(name) || (is_span && self.is_hidden(tag)) {
            self.skipped += 1;
            return Ok(());
        }
        match name {
            "p" | "h" => {
                self.paragraphs += 1;
                self.is_after_blank = true;
            }
            "tab" => self.flow.push("\t"),
            "line-break" => self.flow.push("\n"),
            "s" => self.blanks(tag),
            "table-cell" | "covered-table-cell" => self.flow.open_cell(),
            "text-box" | "custom-shape" | "rect" | "ellipse" | "circle" | "polygon" => {
                self.flow.open_frame()?;
            }
            "note-body" => self.flow.open_note()?,
            _ => {}
        }
        Ok(())
    }

    fn close(&mut self, name: &str) {
        if self.skipped > 0 {
            self.skipped -= 1;
            return;
        }
        if !self.is_in_text {
            return;
        }
        match name {
            "p" | "h" => {
                self.paragraphs = self.paragraphs.saturating_sub(1);
                self.flow.end_paragraph();
            }
            "table-cell" | "covered-table-cell" => self.flow.close_cell(),
            "table-row" => self.flow.end_row(),
            "text-box" | "custom-shape" | "rect" | "ellipse" | "circle" | "polygon"
            | "note-body" => {
                self.flow.close();
                self.is_after_blank = false;
            }
            "text" => self.is_in_text = false,
            _ => {}
        }
    }

    /// Runs of white space count as one blank.
    fn text(&mut self, text: &str) {
        if self.paragraphs == 0 || self.skipped > 0 {
            return;
        }
        let mut words = String::with_capacity(text.len());
        for letter in text.chars() {
            let is_blank = matches!(letter, ' ' | '\t' | '\n' | '\r');
            if !is_blank {
                words.push(letter);
            } else if !self.is_after_blank {
                words.push(' ');
            }
            self.is_after_blank = is_blank;
        }
        self.flow.push(&words);
    }
}
