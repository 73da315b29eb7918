//! What was found in the rows so far: the graph, and what could not be read.

use std::collections::HashMap;

use csv::StringRecord;

use super::columns::{Columns, Wrong};
use crate::file::formats::draft::{Draft, Node};

/// How many rows with a fault are kept, so that they can be looked at and saved.
const FLAWS_AT_MOST: usize = 100_000;
/// Something in a row that could not be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Flaw {
    pub sheet: String,
    /// From 1.
    pub line: u64,
    /// The name of the column; empty if it concerns the whole row.
    pub column: String,
    pub reason: String,
    /// True if the row is not in the map. If not, only the cell is missing, or is kept as text.
    pub is_left_out: bool,
    /// The row as it stands in the file.
    pub cells: Vec<String>,
}

/// What was read.
#[derive(Debug, Default)]
pub(super) struct Read {
    pub draft: Draft,
    pub flaws: Vec<Flaw>,
    /// Number of all flaws, and of rows that are not in the map.
    pub flaw_count: usize,
    pub left_out: usize,
    /// Number of rows that were looked at.
    pub rows: usize,
    /// Number of rows that were skipped because the plan says so.
    pub skipped: usize,
    /// The id of an actor by id, name and alias.
    pub known: HashMap<String, String>,
    /// The number of a tie in the draft, by its id.
    pub ties: HashMap<String, usize>,
}

/// Where a row stands.
#[derive(Clone, Copy)]
pub(super) struct Place<'a> {
    pub sheet: &'a str,
    pub line: u64,
    pub row: &'a StringRecord,
}

impl Read {
    /// Notes something that could not be read.
    pub fn flaw(
        &mut self,
        at: Place<'_>,
        column: &str,
        reason: impl Into<String>,
        is_left_out: bool,
    ) {
        self.flaw_count += 1;
        self.left_out += usize::from(is_left_out);
        if self.flaws.len() < FLAWS_AT_MOST {
            self.flaws.push(Flaw {
                sheet: at.sheet.to_owned(),
                line: at.line,
                column: column.to_owned(),
                reason: reason.into(),
                is_left_out,
                cells: at.row.iter().map(str::to_owned).collect(),
            });
        }
    }

    /// Notes a cell that could not be read.
    pub fn wrong(&mut self, at: Place<'_>, columns: &Columns<'_>, wrong: Wrong, is_left_out: bool) {
        self.flaw(at, columns.name(wrong.column), wrong.reason, is_left_out);
    }

    /// The id of the actor that a text names: its id, name or alias. Others name a new actor.
    pub fn actor(&self, text: &str) -> String {
        self.known.get(text).cloned().unwrap_or_else(|| text.to_owned())
    }

    /// Finds the wholes that actors are part of, by id, name or alias. Others become actors.
    pub fn find_wholes(&mut self) {
        let wholes: Vec<String> = self
            .draft
            .nodes
            .values_mut()
            .filter_map(|node| {
                let whole = node.inside.as_mut()?;
                if let Some(id) = self.known.get(whole.as_str()) {
                    whole.clone_from(id);
                }
                Some(whole.clone())
            })
            .collect();
        let mut added = Vec::new();
        for whole in wholes {
            if !self.draft.nodes.contains_key(&whole) {
                self.draft.add(&whole, Node { name: whole.clone(), ..Node::default() });
                self.known.insert(whole.clone(), whole.clone());
                added.push(whole);
            }
        }
        if !added.is_empty() {
            let words =
                format!("actors are part of some that are not listed; added: {}", added.join(", "));
            self.draft.remark(crate::model::words::cut_to(&words, 200));
        }
    }

    /// Names an actor that is known by an id.
    pub fn name_actor(&mut self, id: &str, name: &str) {
        if !name.is_empty() && !self.known.contains_key(id) {
            let node = self.draft.nodes.entry(id.to_owned()).or_default();
            if node.name.is_empty() {
                name.clone_into(&mut node.name);
            }
        }
    }
}
